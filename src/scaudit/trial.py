"""Trial: a place beside the audit in which its record is scored again with something changed.

Its inputs are those of the audit, seen and not copied; its results are its own and go when the trial ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from scaudit.statement import quoted, statement


@contextmanager
def trial(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Score inside this without touching the results of the audit.

    Gives the name of the audit's own database, as SQL text, by which its tables can be read and written. The tables
    `scope` and `exclusions` of the trial are there, and empty.
    """
    (home,) = con.execute("select current_database()").fetchall()[0]
    con.execute("attach ':memory:' as trial")
    try:
        con.execute("use trial")
        con.execute(statement("trials", "prepare"))
        tables = con.execute(statement("trials", "clean_tables"), [home]).fetchall()
        for (table,) in tables:
            con.execute(statement("trials", "see", table=quoted(table), home=quoted(home)))
        yield quoted(home)
    finally:
        con.execute(f"use {quoted(home)}")
        con.execute("detach trial")
