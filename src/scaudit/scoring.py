"""Scoring: runs the steps of a ruleset once, set-based, over a table of readings.

Pure: it reads the tables of `clean` and returns those of `result`; the days come in as parameters
(method, section 7). An audit is two readings; a question such as "what would raise it" is some more rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date

import duckdb

from scaudit.rules import Ruleset, Table

_COLUMNS = "reading_id varchar, as_of date, known_on date, reading varchar, variant varchar"


@dataclass(frozen=True)
class Reading:
    """One way to look at the record: on which day, with what knowledge, taking whom at their word."""

    reading_id: str
    as_of: date
    known_on: date
    reading: str = "verified"
    variant: str | None = None


def audit_readings(as_of: date, known_on: date) -> tuple[Reading, Reading]:
    """The two readings that every audit prints (method, section 5)."""
    return (
        Reading("verified", as_of, known_on),
        Reading("claimed", as_of, known_on, reading="claimed"),
    )


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
    items of which a criterion is in quarantine.
    """
    for schema in ("rule", "result"):
        con.execute(f"create schema if not exists {schema}")
    con.execute(
        "attach if not exists ':memory:' as step"
    )  # working tables: nobody needs them once the results are there
    for table in ruleset.tables:
        _store(con, table)
    _fill(con, "readings", _COLUMNS, [astuple(one) for one in readings])
    _fill(con, "programme", "opens_on date", [(programme_from,)])
    _fill(con, "incomplete", "item_id varchar", [(item,) for item in incomplete])
    for step in ruleset.steps:
        con.execute(step.sql)


def _store(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    columns = ", ".join(f'"{column}" varchar' for column in table.columns)
    _fill(con, f'rule."{table.name}"', columns, table.rows)


def _fill(con: duckdb.DuckDBPyConnection, name: str, columns: str, rows: Sequence[Sequence[object]]) -> None:
    """Make the table `name` anew with `rows`; names and columns come from the engine or a ruleset, never from input."""
    con.execute(f"create or replace table {name} ({columns})")
    if rows:
        marks = ", ".join("?" for _ in rows[0])
        con.executemany(f"insert into {name} values ({marks})", [list(row) for row in rows])
