"""Comparing: what moved between two sides of an audit: two days, two states of knowledge, two rulesets.

A comparison is one scoring over more readings, never two audits laid side by side (method, section 7).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, TypedDict

import duckdb

from scaudit import warehouse
from scaudit.audit import Order, check_items, load, validate
from scaudit.errors import UsageError
from scaudit.moving import Days, movements, rulings
from scaudit.outcome import rows
from scaudit.project import Project, find_project
from scaudit.reading import Progress, silent
from scaudit.rows import Words
from scaudit.rules import Ruleset, load_ruleset
from scaudit.workplace import workplace

SCHEMA = "scaudit/compare/1"
READINGS = ("verified", "claimed")


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
    """A record that moved a criterion in one reading, alone or together with others."""

    criterion_id: str
    reading: str
    together: bool
    evidence_id: str
    grade: int
    disposition_from: str
    disposition_to: str
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
class Movement:
    """A criterion that moved. `stands` are keyed `from/verified`, ...; causes and movers by reading.

    A cause is `records`, `days`, `both` or `rules`; a reading in which nothing moved has none.
    """

    stands: dict[str, Stand]
    causes: dict[str, str]
    movers: dict[str, tuple[Mover, ...]]

    @property
    def ask(self) -> Stand:
        """What the criterion asks; the same on every side."""
        return self.stands["to/verified"]


@dataclass(frozen=True)
class Comparison:
    """What moved from one side to the other: items by status, criteria by rung or standing."""

    former: Mark
    latter: Mark
    items: tuple[dict[str, Any], ...]
    movements: tuple[Movement, ...]
    words: Words
    rules: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For programs; schema scaudit/compare/1."""
        return {
            "schema": SCHEMA,
            "from": self.former.as_json(),
            "to": self.latter.as_json(),
            "rules_changed": list(self.rules),
            "items": [_item_json(row) for row in self.items],
            "criteria": [_movement_json(one) for one in self.movements],
        }


def sides(order: Order, since: str, until: str, window: str, by_rules: bool) -> tuple[str, str]:
    """The two days that are asked for: given, or as a window of the project names them; the second defaults to as-of.

    Raises UsageError where it is not clear what shall be compared.
    """
    if sum(map(bool, (since or until, window, by_rules))) != 1 or (until and not since):
        raise UsageError("Say what to compare: --from DAY [--to DAY], --window NAME, or --ruleset A B.")
    if not window:
        return since, until or order.as_of.isoformat()
    windows = find_project(order.root).settings.windows
    if window not in windows:
        raise UsageError(f"There is no window '{window}' in scaudit.toml; there are: {', '.join(windows) or 'none'}.")
    return windows[window]


def compare_days(
    order: Order, days: tuple[str, str], known: tuple[date, date], progress: Progress = silent
) -> Comparison:
    """What moved between two days, given as ISO days or as reading days' ids, each with its known-on day.

    Raises UsageError for a day or an item that is not there.
    """
    project = find_project(order.root)
    ruleset = load_ruleset(project.settings.ruleset)
    with _checked(order, project, progress) as (con, incomplete):
        named = {row["day_id"]: row["day"] for row in rows(con, "reading_days")}
        former, latter = (Mark(_day(named, day), on, ruleset.id) for day, on in zip(days, known, strict=True))
        movements(con, ruleset, former.days, latter.days, project.settings.programme.first, incomplete)
        return _collect(con, ruleset, former, latter, order.items)


def compare_rulesets(order: Order, names: tuple[str, str], progress: Progress = silent) -> Comparison:
    """What another ruleset makes of the same record on the days of the order.

    Raises ProjectError for a ruleset that is not there.
    """
    project = find_project(order.root)
    former, latter = (load_ruleset(name) for name in names)
    with _checked(order, project, progress) as (con, incomplete):
        days = (order.as_of, order.known_on)
        rulings(con, former, latter, days, project.settings.programme.first, incomplete)
        found = _collect(con, former, Mark(*days, former.id), Mark(*days, latter.id), order.items)
    return replace(found, rules=differing(former, latter))


def differing(former: Ruleset, latter: Ruleset) -> tuple[str, ...]:
    """The tables and steps in which two rulesets differ, by name."""
    parts = [
        {**{table.name: str((table.columns, table.rows)) for table in one.tables}, **{s.name: s.sql for s in one.steps}}
        for one in (former, latter)
    ]
    return tuple(sorted(name for name in {*parts[0], *parts[1]} if parts[0].get(name) != parts[1].get(name)))


@contextmanager
def _checked(
    order: Order, project: Project, progress: Progress
) -> Iterator[tuple[duckdb.DuckDBPyConnection, list[str]]]:
    """The checked inputs in a private database, and the items of which a criterion is held in quarantine."""
    with workplace(project, order.run_id):
        load(order, progress)
        validate(order, progress)
        progress("comparing")
        with closing(warehouse.connect(order.database)) as con:
            check_items(order, {row["item_id"] for row in rows(con, "item_ids")})
            yield con, [row["item_id"] for row in rows(con, "incomplete_items")]


def _day(days: Mapping[str, date], text: str) -> date:
    """A day from its ISO text, or a reading day by its id."""
    if text in days:
        return days[text]
    try:
        return date.fromisoformat(text)
    except ValueError:
        named = ", ".join(days) or "none"
        raise UsageError(f"'{text}' is neither a day (YYYY-MM-DD) nor a reading day; those are: {named}.") from None


def _collect(
    con: duckdb.DuckDBPyConnection, ruleset: Ruleset, former: Mark, latter: Mark, wanted: Sequence[str]
) -> Comparison:
    stands: defaultdict[str, dict[str, Stand]] = defaultdict(dict)
    for row in rows(con, "stands"):
        stands[row["criterion_id"]][row["reading_id"]] = row  # type: ignore[assignment]
    causes: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in rows(con, "movements"):
        causes[row["criterion_id"]][row["reading"]] = row["cause"]
    movers = rows(con, "movers")
    found = (
        Movement(stand, causes[key], {reading: _of(movers, key, reading) for reading in causes[key]})
        for key, stand in stands.items()
    )
    return Comparison(
        former,
        latter,
        tuple(row for row in rows(con, "item_moves") if not wanted or row["item_id"] in wanted),
        tuple(one for one in found if not wanted or one.ask["item_id"] in wanted),
        ruleset.words,
    )


def _of(movers: Sequence[dict[str, Any]], criterion_id: str, reading: str) -> tuple[Mover, ...]:
    return tuple(row for row in movers if (row["criterion_id"], row["reading"]) == (criterion_id, reading))  # type: ignore[misc]


def _item_json(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": row["item_id"],
        "status": {side: {one: row[f"{one}_{side}"] for one in READINGS} for side in ("from", "to")},
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
    movers = one.movers[reading]
    return {
        "cause": one.causes[reading],
        "together": any(mover["together"] for mover in movers),
        "records": [
            {name: value for name, value in mover.items() if name not in ("criterion_id", "reading", "together")}
            for mover in movers
        ],
    }
