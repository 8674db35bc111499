"""Vanishing: rows whose key stood in a table at the last edition and stands in no row of it now.

A row in quarantine is still there; a row whose key was renamed is gone under the name that editions know.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scaudit.contract import TABLES, Table
from scaudit.statement import quoted, quoted_list, statement
from scaudit.warehouse import published, unopened

SEEN = 20


@dataclass(frozen=True)
class Vanished:
    """A row that is gone: the table, its key as words, and the file and row in which it stood."""

    table: str
    key: str
    file: str
    row: int


def vanished(con: duckdb.DuckDBPyConnection, state: Path) -> tuple[Vanished, ...]:
    """The rows of the results published last that what was read into `con` no longer has.

    A table or key column that those results lack is left out, since nothing can have vanished from it. Raises
    ProjectError where the results cannot be opened.
    """
    path = published(state)
    if not path.is_file():
        return ()
    try:
        con.execute(statement("sql", "attach_published"), [str(path)])
    except duckdb.Error as error:
        raise unopened(path, error) from error
    try:
        return tuple(row for table in TABLES.values() for row in _vanished(con, table))
    finally:
        con.execute(statement("sql", "detach_published"))


def _vanished(con: duckdb.DuckDBPyConnection, table: Table) -> list[Vanished]:
    names = {"key": quoted_list(table.key), "first_key": quoted(table.key[0]), "raw": quoted("raw", table.name)}
    names["was"] = quoted("published", "raw", table.name)
    try:
        gone = con.execute(statement("sql", "any_vanished", **names)).fetchall()[0][0]
    except (duckdb.CatalogException, duckdb.BinderException):  # results of an engine that did not know it
        return []
    found = con.execute(statement("sql", "vanished", **names), [table.name]).fetchall() if gone else ()
    return [Vanished(table.name, printable(key), file, row) for key, file, row in found]


def printable(key: str) -> str:
    """A key without signs that a reader cannot see, since it is printed."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in key)[:200]


def sentences(rows: Sequence[Vanished]) -> list[str]:
    """What vanished, by name, in lines; at most SEEN names, then how many more."""
    lines = [
        f"Vanished since the last edition: {row.table} {row.key} ({row.file} row {row.row})." for row in rows[:SEEN]
    ]
    return [*lines, f"Vanished since the last edition: {len(rows) - SEEN} more."] if len(rows) > SEEN else lines
