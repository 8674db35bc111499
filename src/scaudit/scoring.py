"""Scoring: runs the steps of a ruleset once, set-based, over a table of readings.

Pure: it reads the tables of `clean` and returns those of `result`; the days come in as parameters
(method, section 7). An audit is two readings; a question such as "what would raise it" is some more rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date

import duckdb

from scaudit.rules import Ruleset, Table
from scaudit.statement import quoted

_Columns = Sequence[tuple[str, str]]
"""Names and types."""
_COLUMNS: _Columns = (
    *(("reading_id", "varchar"), ("as_of", "date"), ("known_on", "date"), ("reading", "varchar")),
    *(("variant", "varchar"), ("viewpoint", "varchar"), ("scenario", "varchar"), ("scoped", "boolean")),
)


@dataclass(frozen=True)
class Reading:
    """One way to look at the record: on which day, with what knowledge, taking whom at their word.

    `variant` adds the record of a candidate; `viewpoint` takes the records of one viewpoint alone; `scenario` changes
    one choice of the ruleset; a `scoped` reading judges the criteria of its scope alone, and no items.
    """

    reading_id: str
    as_of: date
    known_on: date
    reading: str = "verified"
    variant: str | None = None
    viewpoint: str | None = None
    scenario: str | None = None
    scoped: bool = False


def audit_readings(as_of: date, known_on: date) -> tuple[Reading, Reading]:
    """The two readings that every audit prints (method, section 5)."""
    return (
        Reading("verified", as_of, known_on),
        Reading("claimed", as_of, known_on, reading="claimed"),
    )


def trajectory_readings(days: Mapping[str, date], as_of: date, known_on: date) -> list[Reading]:
    """Both readings of every named day before the as-of day, with what is known now (method, section 7)."""
    return [
        replace(one, reading_id=f"day/{day_id}/{one.reading}")
        for day_id, day in days.items()
        if day < as_of
        for one in audit_readings(day, known_on)
    ]


def viewpoint_readings(viewpoints: Iterable[str], base: Reading) -> list[Reading]:
    """The same rule over the records of each viewpoint alone (method, section 5)."""
    return [replace(base, reading_id=f"view/{name}", viewpoint=name) for name in viewpoints]


def score(
    con: duckdb.DuckDBPyConnection,
    ruleset: Ruleset,
    readings: Iterable[Reading],
    programme_from: date | None = None,
    incomplete: Iterable[str] = (),
) -> None:
    """Score all criteria and items in all `readings`.

    Needs the `clean` tables and `quarantine` of a checked project. Leaves `result.rungs`, `result.flags`,
    `result.claims`, `result.items`, `result.item_flags`, and `step.admitted` with what became of every record.
    `programme_from` is the day on which the window of a concern opens (method, section 1); `incomplete` are the
    items of which a criterion is in quarantine. The tables `scope` (reading_id, criterion_id) and `exclusions`
    (reading_id, evidence_id) say what scoped readings judge and what readings leave out; empty if not made before.
    """
    for schema in ("rule", "result"):
        con.execute(f"create schema if not exists {schema}")
    con.execute(
        "attach if not exists ':memory:' as step"
    )  # working tables: nobody needs them once the results are there
    for table in ruleset.tables:
        _store(con, table)
    _fill(con, "readings", _COLUMNS, [astuple(one) for one in readings])
    _fill(con, "programme", [("opens_on", "date")], [(programme_from,)])
    con.execute("create table if not exists scope (reading_id varchar, criterion_id varchar)")
    con.execute("create table if not exists exclusions (reading_id varchar, evidence_id varchar)")
    _fill(con, "incomplete", [("item_id", "varchar")], [(item,) for item in incomplete])
    for step in ruleset.steps:
        con.execute(step.sql)


def _store(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    _fill(con, quoted("rule", table.name), [(quoted(column), "varchar") for column in table.columns], table.rows)


def _fill(con: duckdb.DuckDBPyConnection, name: str, columns: _Columns, rows: Sequence[Sequence[object]]) -> None:
    """Make the table `name` anew with `rows`; names and columns are the engine's, or quoted as identifiers.

    Column by column: a statement with a parameter for every cell takes longer to be read than a small project to score.
    """
    told = [f"unnest($column{place}::{kind}[]) as {column}" for place, (column, kind) in enumerate(columns)]
    values = {f"column{place}": [row[place] for row in rows] for place in range(len(columns))}
    con.execute(f"create or replace table {name} as select {', '.join(told)}", values)
