"""Lines: the figures of an indicator sorted into series that may be joined: one group, one version, one source each.

What two sources or two releases give for one period stands in two lines, side by side, and is never averaged.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from scaudit.figures import Figure, Measured

_MOST = 4  # groups that one picture can bear as lines


@dataclass(frozen=True)
class Line:
    """Figures of one group, version and source, by period."""

    grp: str
    version: str
    source_ids: tuple[str, ...]
    figures: tuple[Figure, ...]
    label: str = ""

    @property
    def in_force(self) -> bool:
        """Whether the version was in force in any of its periods."""
        return any(row["in_force"] for row in self.figures)


def lines(figures: Iterable[Figure]) -> tuple[Line, ...]:
    """The lines of figures, those in force and with most periods first, each with a label where there are several."""
    groups: defaultdict[tuple[str, str, tuple[str, ...]], list[Figure]] = defaultdict(list)
    for row in sorted(figures, key=_place):
        groups[row["grp"], row["version"] or "", tuple(row["source_ids"])].append(row)
    found = [Line(*key, tuple(part)) for key, rows in groups.items() for part in _apart(rows)]
    return _labelled(sorted(found, key=_rank))


def over_time(figures: Sequence[Figure]) -> tuple[Line, ...]:
    """The lines that a picture over time draws: of all groups together, or of a few groups where there is no total.

    Empty where there is a single period.
    """
    whole = [row for row in figures if not row["grp"]]
    groups = {row["grp"] for row in figures}
    chosen = whole or ([row for row in figures if row["in_force"]] if len(groups) <= _MOST else [])
    return lines(chosen) if len({row["period_to"] for row in chosen}) > 1 else ()


def latest_groups(measured: Measured, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures of the groups in the last period that has any, by group.

    All of them where an indicator speaks of the whole time and every group has one time of its own.
    """
    grouped = sorted((row for row in figures if row["grp"]), key=_place)
    spans = {(row["grp"], row["period_from"], row["period_to"]) for row in grouped}
    if measured["period"] == "whole" and len(spans) == len({row["grp"] for row in grouped}):
        return tuple(grouped)
    last = max(((row["period_to"], row["period_from"]) for row in grouped), default=None)
    return tuple(row for row in grouped if (row["period_to"], row["period_from"]) == last)


def principal(figures: Sequence[Figure]) -> Line | None:
    """The line by which an indicator is told in a sentence: of all groups together, in force last, with most periods.

    None where there is no figure of all groups together.
    """
    whole = [row for row in figures if not row["grp"]]
    found = [line for line in lines(whole) if any(row["value"] is not None for row in line.figures)]
    latest = max((_last(line) for line in found), default=None)
    return next((line for line in found if _last(line) == latest), None)


def _last(line: Line) -> tuple[bool, str]:
    """The last period in force that has a value."""
    shown = [row for row in line.figures if row["value"] is not None]
    in_force = [row for row in shown if row["in_force"]]
    return bool(in_force), max(row["period_to"] for row in in_force or shown).isoformat()


def _place(row: Figure) -> tuple[str, str, str, tuple[str, ...], float]:
    first, last = row["period_from"].isoformat(), row["period_to"].isoformat()
    return row["grp"], last, first, tuple(row["source_ids"]), row["value"] or 0.0


def _apart(rows: Sequence[Figure]) -> list[list[Figure]]:
    """Rows without two values for one period: a second value begins another line."""
    parts: list[list[Figure]] = []
    for row in rows:
        span = (row["period_from"], row["period_to"])
        free = (part for part in parts if (part[-1]["period_from"], part[-1]["period_to"]) != span)
        part = next(free, None)
        if part is None:
            parts.append([row])
        else:
            part.append(row)
    return parts


def _rank(line: Line) -> tuple[bool, int, str, str, tuple[str, ...]]:
    return not line.in_force, -len(line.figures), line.grp, line.version, line.source_ids


def _labelled(found: Sequence[Line]) -> tuple[Line, ...]:
    """Each line with what tells it from the others: its group, its version, its sources; nothing where it is alone.

    Sources that the name of a group names are not named again.
    """
    several = (
        len({line.grp for line in found}) > 1,
        len({line.version for line in found}) > 1,
        len({line.source_ids for line in found}) > 1,
    )
    labels = [_label(line, several) for line in found]
    return tuple(
        replace(line, label=_numbered(label, labels[:place].count(label), labels.count(label)))
        for place, (line, label) in enumerate(zip(found, labels, strict=True))
    )


def _numbered(label: str, before: int, alike: int) -> str:
    """A label that others have too, with a number; one source may give two values for one period."""
    return label if alike == 1 else ", ".join(part for part in (label, f"value {before + 1}") if part)


def _label(line: Line, several: tuple[bool, bool, bool]) -> str:
    sources = ", ".join(line.source_ids)
    names = (line.grp or "all", line.version or "no version", sources or "no source named")
    told = several[0] and bool(sources) and re.search(rf"\b{re.escape(sources)}(,|$)", line.grp)
    return ", ".join(name for name, apart in zip(names, (*several[:2], several[2] and not told), strict=True) if apart)
