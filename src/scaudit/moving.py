"""Moving: what stands elsewhere on one side than on the other, and which records moved it (method, section 7).

A side is a pair of days. A record is named as a mover only where the two sides stand alike without it: each is left
out of both, and both are scored again.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import duckdb

from scaudit.rules import Ruleset
from scaudit.scoring import Reading, audit_readings, score
from scaudit.statement import statement
from scaudit.trial import trial

FINDINGS = ("undone", "movers", "movements", "changed_records")

Days = tuple[date, date]
"""An as-of day and a known-on day."""


def movements(
    con: duckdb.DuckDBPyConnection,
    ruleset: Ruleset,
    former: Days,
    latter: Days,
    programme_from: date | None = None,
    incomplete: Iterable[str] = (),
) -> None:
    """Score both sides; leaves result.movements, result.movers and result.changed.

    The readings are from/verified, from/claimed, to/verified and to/claimed. `con` has the clean tables of a project.
    """
    held = tuple(incomplete)
    readings = [*_side("from", former), *_side("to", latter)]
    score(con, ruleset, readings, programme_from, held)
    for step in ("moved", "changed", "weighty", "tests"):
        con.execute(statement("moves", step))
    (turns,) = con.execute(statement("moves", "turns")).fetchall()[0]
    with trial(con) as home:
        con.execute(statement("moves", "leave_out"))
        score(con, ruleset, _turns(readings, turns), programme_from, held)
        for finding in FINDINGS:
            con.execute(statement("moves", finding, home=home))


def _side(name: str, days: Days) -> list[Reading]:
    return [replace(one, reading_id=f"{name}/{one.reading}") for one in audit_readings(*days)]


def _turns(readings: list[Reading], turns: int) -> list[Reading]:
    """Every reading once a turn, each time without the records of that turn."""
    return [
        replace(one, reading_id=f"{one.reading_id}/{turn + 1}", scoped=True)
        for turn in range(turns)
        for one in readings
    ]


def rulings(
    con: duckdb.DuckDBPyConnection,
    former: Ruleset,
    latter: Ruleset,
    days: Days,
    programme_from: date | None = None,
    incomplete: Iterable[str] = (),
) -> None:
    """Score the same record by two rulesets; leaves the tables of `movements`, with the rules as the cause of all."""
    held = tuple(incomplete)
    score(con, former, _side("from", days), programme_from, held)
    with trial(con) as home:
        score(con, latter, _side("to", days), programme_from, held)
        con.execute(statement("moves", "bring", home=home))
    con.execute(statement("moves", "moved"))
    con.execute(statement("moves", "ruled"))
