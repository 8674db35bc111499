"""Findings: what was measured, as groups of lines, each group with its ratios and what was aimed at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

from process import Took

OURS, FLOOR, PEER = "scaudit", "floor", "peer"


@dataclass(frozen=True)
class Line:
    """One thing that was measured, over its rounds: who, in which role, how long, how much memory, beside what load.

    `done` is how many things were done in that time, where they differ within a group; `note` what else is to be said.
    """

    who: str
    role: str
    seconds: tuple[float, ...]
    cpu: tuple[float, ...] = ()
    peak_mb: float | None = None
    others: float | None = None
    done: int = 1
    note: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def middle(self) -> float:
        """Seconds for one of what was done, the median of the rounds."""
        return median(self.seconds) / self.done

    def as_json(self) -> dict[str, Any]:
        told = asdict(self) | {"seconds": [round(one, 3) for one in self.seconds], "median": round(self.middle, 4)}
        return told | {"cpu": [round(one, 3) for one in self.cpu], "more": dict(self.more)}


@dataclass(frozen=True)
class Verdict:
    """One comparison: a ratio or a difference in seconds, round by round, and the aim where there is one."""

    what: str
    values: tuple[float, ...]
    unit: str = "x"
    at_most: float | None = None
    at_least: float | None = None
    big_enough: bool = True

    @property
    def middle(self) -> float:
        return median(self.values)

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None where there is none, or where too little was measured to say."""
        if not self.big_enough or (self.at_most is None and self.at_least is None):
            return None
        return (self.at_most is None or self.middle <= self.at_most) and (
            self.at_least is None or self.middle >= self.at_least
        )

    @property
    def aim(self) -> str:
        if self.at_most is None and self.at_least is None:
            return ""
        return f"at most {self.at_most:g}" if self.at_most is not None else f"at least {self.at_least:g}"

    def as_json(self) -> dict[str, Any]:
        spread = {"least": round(min(self.values), 3), "most": round(max(self.values), 3)}
        told = {"what": self.what, "median": round(self.middle, 3), **spread, "unit": self.unit}
        return told | {"aim": self.aim, "met": self.met, "big_enough": self.big_enough}


@dataclass(frozen=True)
class Group:
    """Things that may be compared: the lines, the verdicts, and what a reader must know. Or why it failed."""

    part: str
    title: str
    lines: tuple[Line, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    notes: tuple[str, ...] = ()
    failed: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "part": self.part,
            "title": self.title,
            "lines": [one.as_json() for one in self.lines],
            "verdicts": [one.as_json() for one in self.verdicts],
            "notes": list(self.notes),
            "failed": self.failed,
        }


def line(who: str, role: str, took: Sequence[Took], *, done: int = 1, note: str = "") -> Line:
    """The line of some rounds of one measurement, with the answer of the last."""
    beside = [one.others for one in took if one.others is not None]
    return Line(
        who,
        role,
        tuple(one.seconds for one in took),
        tuple(one.cpu for one in took),
        round(max(one.tree_mb or one.peak_mb for one in took)),
        max(beside) if beside else None,
        done,
        note,
        {key: value for key, value in took[-1].answer.items() if key != "seconds"},
    )


def ratios(ours: Sequence[Took], theirs: Sequence[Took]) -> tuple[float, ...]:
    """Ours to theirs, round by round."""
    return tuple(one.seconds / max(other.seconds, 1e-6) for one, other in zip(ours, theirs, strict=True))


def more(ours: Sequence[Took], theirs: Sequence[Took]) -> tuple[float, ...]:
    """How many seconds ours takes more than theirs, round by round."""
    return tuple(one.seconds - other.seconds for one, other in zip(ours, theirs, strict=True))
