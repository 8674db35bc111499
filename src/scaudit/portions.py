"""Portions: judging very many items some at a time, since the working tables of all would not fit into memory.

An item scores in a portion as in the whole. Where the results of a run before hold what most items came to, only the
others are judged, and what these come to takes the place of what it was.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import duckdb

from scaudit.grounds import COLUMNS
from scaudit.judging import judge
from scaudit.rules import Ruleset
from scaudit.statement import quoted, statement

RECORDS = 25_000
"""Records that are judged at once: twelve readings and more of each are held in memory beside it."""
OWN = ("main", "rule", "result")
"""The schemas that judging fills."""


def judge_in_portions(
    con: duckdb.DuckDBPyConnection,
    ruleset: Ruleset,
    days: tuple[date, date],
    programme_from: date | None,
    incomplete: Collection[str],
    items: Sequence[str],
    standing: Sequence[str] = (),
) -> None:
    """Judge the `items`, of which some are `incomplete`, for as-of and known-on day; leaves what `judge` leaves.

    What the database has of the `standing` items stays; all else that it has of items goes. Where none stand, its
    result tables are made anew.
    """
    if standing:
        _forget(con, standing)
    con.execute(statement("portions", "plan"), [list(items), RECORDS])
    portions = [number for (number,) in con.execute(statement("portions", "numbers")).fetchall()]
    for number in portions or [0]:
        with _portion(con, number) as (home, own):
            judge(con, ruleset, *days, programme_from, own & set(incomplete))
            _bring(con, home, anew=number == (portions or [0])[0], standing=bool(standing))


def _forget(con: duckdb.DuckDBPyConnection, standing: Sequence[str]) -> None:
    con.execute(statement("portions", "standing"), [list(standing)])
    for schema, table, column in _tables(con, _current(con), OWN):
        if column:
            names = {"table": quoted(schema, table), "column": quoted(column)}
            con.execute(statement("portions", "forget", **names))


@contextmanager
def _portion(con: duckdb.DuckDBPyConnection, number: int) -> Iterator[tuple[str, set[str]]]:
    """A database of its own with the input tables narrowed to the items of a portion.

    Gives the name of the results' own database, as SQL text, and the items.
    """
    home = _current(con)
    con.execute(statement("portions", "chosen", home=quoted(home)), [number])
    con.execute("attach ':memory:' as portion")
    try:
        con.execute("use portion")
        con.execute(statement("portions", "prepare"))
        for schema, table, column in _tables(con, home, ("clean",)):
            names = {"table": quoted(schema, table), "whole": quoted(home, schema, table)}
            if column and table in COLUMNS:
                con.execute(statement("portions", "narrowed", **names, column=quoted(column)))
            elif table in COLUMNS:
                con.execute(statement("portions", "shared", **names))
        own = {item for (item,) in con.execute(statement("sql", "item_ids")).fetchall()}
        yield quoted(home), own
    finally:
        con.execute(f"use {quoted(home)}")
        con.execute("detach portion")


def _bring(con: duckdb.DuckDBPyConnection, home: str, *, anew: bool, standing: bool) -> None:
    """Put what a portion came to into the results; what all items share is the same in every portion."""
    for schema, table, column in _tables(con, "portion", OWN):
        names = {"home": home, "schema": quoted(schema), "table": quoted(schema, table)}
        if anew and not (column and standing):
            con.execute(statement("portions", "bring_first", **names))
        elif column:
            con.execute(statement("portions", "bring", **names))


def _tables(con: duckdb.DuckDBPyConnection, database: str, schemas: Sequence[str]) -> list[tuple[str, str, str | None]]:
    return con.execute(statement("portions", "tables"), [database, list(schemas)]).fetchall()


def _current(con: duckdb.DuckDBPyConnection) -> str:
    (name,) = con.execute("select current_database()").fetchall()[0]
    return str(name)
