"""Trial: a place beside the audit in which its record is scored again with something changed.

Its inputs are those of the audit, seen and not copied; its results are its own and go when the trial ends.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import duckdb

from scaudit.statement import quoted, statement


@contextmanager
def trial(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Score inside this without touching the results of the audit.

    Gives the name of the audit's own database, as SQL text, by which its tables can be read and written. The tables
    `scope` and `exclusions` of the trial are there, and empty.
    """
    home = _current(con)
    tables = con.execute(statement("trials", "clean_tables"), [home]).fetchall()
    with scene(con, {table: home for (table,) in tables}) as name:
        yield name


@contextmanager
def scene(con: duckdb.DuckDBPyConnection, origins: Mapping[str, str]) -> Iterator[str]:
    """A trial whose input tables may come from several databases: `origins` has the database of each."""
    home = _current(con)
    con.execute("attach ':memory:' as trial")
    try:
        con.execute("use trial")
        con.execute(statement("trials", "prepare"))
        for table, origin in origins.items():
            con.execute(statement("trials", "see", table=quoted(table), home=quoted(origin)))
        yield quoted(home)
    finally:
        con.execute(f"use {quoted(home)}")
        con.execute("detach trial")


def _current(con: duckdb.DuckDBPyConnection) -> str:
    (name,) = con.execute("select current_database()").fetchall()[0]
    return str(name)
