"""Slicing: the results for some items, as a results database of their own that copies nothing.

Ten thousand items have a million records; what a card shows of one item is a few hundred of them. Everything that reads
results reads a slice of them just as well, so that no process needs more in memory than the items it works on.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from scaudit.statement import quoted, statement
from scaudit.warehouse import connect

RESULTS = ("clean", "main", "result", "rule")
"""The schemas that a results database has; what was read is in none of them."""


@contextmanager
def sliced(results: Path, items: Sequence[str]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that shows, of the file `results`, what concerns the `items` and what all items share.

    Its tables are views of the file's: they cost nothing until they are read, and are not to be written.
    """
    with closing(connect()) as con:
        con.execute(statement("slices", "attach"), [str(results)])
        con.execute(statement("slices", "items"), [list(items)])
        con.execute(statement("slices", "criteria"))
        con.execute(statement("slices", "everywhere"))
        for schema, table, column in con.execute(statement("portions", "tables"), ["whole", list(RESULTS)]).fetchall():
            con.execute(f"create schema if not exists {quoted(schema)}")
            identifiers = {"table": quoted(schema, table), "whole": quoted("whole", schema, table)}
            if column:
                narrowing = {"chosen": quoted("chosen", column), "column": quoted(column)}
                con.execute(statement("slices", "narrowed", **identifiers, **narrowing))
            else:
                con.execute(statement("slices", "shared", **identifiers))
        yield con
