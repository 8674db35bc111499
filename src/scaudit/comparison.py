"""A comparison: what moved between two sides of an audit, as one plain value, and as JSON for programs."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal, NotRequired, TypedDict

from scaudit.changes import Changes
from scaudit.moving import Days
from scaudit.rows import Words

SCHEMA = "scaudit/compare/1"
READINGS = ("verified", "claimed")
PARTS: Mapping[str, tuple[str, ...]] = {"both": ("records", "days")}
"""What a cause stands for where that is not itself."""


@dataclass(frozen=True)
class Mark:
    """One side of a comparison."""

    as_of: date
    known_on: date
    ruleset: str

    @property
    def days(self) -> Days:
        """The as-of day and the known-on day."""
        return self.as_of, self.known_on

    def as_json(self) -> dict[str, str]:
        """For programs."""
        return {"as_of": self.as_of.isoformat(), "known_on": self.known_on.isoformat(), "ruleset": self.ruleset}


class Stand(TypedDict):
    """Where a criterion stands on one side in one reading: a rung, or the standing of a claim."""

    item_id: str
    criterion_id: str
    kind: str
    ask: str
    required: bool
    reading_id: str
    closed: bool
    rung: int | None
    stale: bool
    standing: str | None
    flags: list[str]
    binding: list[str]


class Mover(TypedDict):
    """A record that moved a criterion in one reading, alone or together with others.

    Between two runs `change` says what became of its row, and whether that alone `makes` or `undoes` the move. What
    it did on a side on which it is not there is None.
    """

    criterion_id: str
    reading: str
    together: bool
    evidence_id: str
    change: NotRequired[str]
    makes: NotRequired[bool]
    undoes: NotRequired[bool]
    grade: int | None
    disposition_from: str | None
    disposition_to: str | None
    stance: str
    basis: str
    tense: str
    finding: str
    source_id: str
    source: str
    publisher: str
    locator: str | None
    event_from: date | None
    event_from_text: str | None
    event_to_text: str | None


@dataclass(frozen=True)
class Why:
    """What explains a move between two runs: the factors, and those that alone make the move or alone undo it.

    The cause is the only factor, or else `each` (every one makes it), `all` (none makes it, undoing any undoes it),
    `mixed`, or `several` (these do only together).
    """

    cause: str
    causes: tuple[str, ...]
    makes: tuple[str, ...] = ()
    undoes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}


@dataclass(frozen=True)
class Movement:
    """A criterion that moved. `stands` are keyed `from/verified`, ...; causes, movers and whys by reading.

    A cause is `records`, `days`, `both` or `rules`; a reading in which nothing moved has none. Between two runs it is
    that of the why.
    """

    stands: dict[str, Stand]
    causes: dict[str, str]
    movers: dict[str, tuple[Mover, ...]]
    whys: dict[str, Why] = field(default_factory=dict)

    @property
    def ask(self) -> Stand:
        """What the criterion asks; between two runs, what it asks on the second side."""
        return self.stands["to/verified"]


@dataclass(frozen=True)
class Comparison:
    """What moved from one side to the other: items by status, criteria by rung or standing.

    Between two runs it has their ids, and what changed between them.
    """

    former: Mark
    latter: Mark
    items: tuple[dict[str, Any], ...]
    movements: tuple[Movement, ...]
    words: Words
    rules: tuple[str, ...] = ()
    runs: tuple[str, str] | None = None
    changes: Changes | None = None

    def as_json(self) -> dict[str, Any]:
        """For programs; schema scaudit/compare/1."""
        return {
            "schema": SCHEMA,
            "runs": dict(zip(("from", "to"), self.runs, strict=True)) if self.runs else None,
            "from": self.former.as_json(),
            "to": self.latter.as_json(),
            "rules_changed": list(self.rules),
            "changes": self.changes.as_json() if self.changes else None,
            "items": [_item_json(row) for row in self.items],
            "criteria": [_movement_json(one) for one in self.movements],
        }


def _item_json(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": row["item_id"],
        "status": {side: {one: row[f"{one}_{side}"] for one in READINGS} for side in ("from", "to")},
        "moved": {reading: why.as_json() for reading, why in row["moved"].items()} if "moved" in row else None,
    }


def _movement_json(one: Movement) -> dict[str, Any]:
    ask = one.ask
    sides = {side: {reading: one.stands[f"{side}/{reading}"] for reading in READINGS} for side in ("from", "to")}
    claim = ask["kind"] == "claim"
    return {
        "id": ask["criterion_id"],
        "item": ask["item_id"],
        "kind": ask["kind"],
        "ask": ask["ask"],
        "required": ask["required"],
        "rung": None if claim else _each(sides, "rung"),
        "stale": None if claim else _each(sides, "stale"),
        "binding_evidence": None if claim else _each(sides, "binding"),
        "standing": {side: found["verified"]["standing"] for side, found in sides.items()} if claim else None,
        "moved": {reading: _cause_json(one, reading) for reading in READINGS if reading in one.causes},
    }


def _each(sides: Mapping[str, Mapping[str, Stand]], name: Literal["rung", "stale", "binding"]) -> dict[str, Any]:
    return {side: {reading: stand[name] for reading, stand in found.items()} for side, found in sides.items()}


def _cause_json(one: Movement, reading: str) -> dict[str, Any]:
    movers, cause = one.movers[reading], one.causes[reading]
    why = one.whys.get(reading)
    return {
        **(why.as_json() if why else {"cause": cause, "causes": list(PARTS.get(cause, (cause,)))}),
        "together": any(mover["together"] for mover in movers),
        "records": [
            {name: value for name, value in mover.items() if name not in ("criterion_id", "reading", "together")}
            for mover in movers
        ],
    }
