"""Carried: what the results of an earlier run still have of files that did not change, so that nobody reads them again.

A run may begin with a copy of those results. Rows of a file with the same digest are there then as it would read them,
with the faults that the models found in them. Checks across rows are made on all rows in any case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from scaudit.contract import Table
from scaudit.reading_part import Part
from scaudit.statement import quoted, statement

IN_PARTS = ("evidence",)
"""Tables that are large: of these a file may be read anew alone, and rows of it that are as they were stay. The order
of their rows is told by their places."""

Places = tuple[int, int]
"""The first and the last place in a part of which is spoken."""

ALL_PLACES: Places = (0, 2**62)


@dataclass(frozen=True)
class CarriedPart:
    """A part of a table, as an earlier run read it; its rows are in the database."""

    file: str
    sheet: str | None
    sha256: str
    rows: int
    header: tuple[str, ...]


def prepare(con: duckdb.DuckDBPyConnection) -> bool:
    """Make room for what is known of files; gives whether the database is a copy of an earlier run's results."""
    try:
        copied = bool(con.execute(statement("carried", "marked")).fetchall())
    except duckdb.CatalogException:
        copied = False
    if not copied:
        con.execute("create schema if not exists made")
        con.execute(statement("carried", "anew"))
    con.execute(statement("carried", "prepare"))
    return copied


def mark(con: duckdb.DuckDBPyConnection) -> None:
    """Say of a database that it is a copy of an earlier run's results."""
    con.execute(statement("carried", "mark"))


def unmark(con: duckdb.DuckDBPyConnection) -> None:
    """Make a database that of this run alone."""
    con.execute(statement("carried", "unmark"))


def standing(con: duckdb.DuckDBPyConnection, table: Table, digests: Mapping[str, str]) -> dict[str, list[CarriedPart]]:
    """The parts of a table that stand as they are, by file; `digests` are those of its files now, in their order."""
    found = con.execute(statement("carried", "parts"), [table.name]).fetchall()
    parts: dict[str, list[CarriedPart]] = {}
    for file, sheet, sha256, rows, header in found:
        if digests.get(file) == sha256:
            parts.setdefault(file, []).append(CarriedPart(file, sheet, sha256, rows, tuple(header)))
    same = list(parts) == list(digests) and len(found) == sum(map(len, parts.values()))
    return parts if same or table.name in IN_PARTS else {}


def columns(con: duckdb.DuckDBPyConnection, table: Table) -> tuple[str, ...]:
    """The columns of a raw table that is there, but for the place of the row."""
    answer = con.execute(statement("checks", "columns", raw=quoted("raw", table.name)))
    return tuple(column[0] for column in answer.description)


def keep_rows(con: duckdb.DuckDBPyConnection, table: Table, parts: Sequence[tuple[str, Part | CarriedPart]]) -> None:
    """Of a raw table keep the rows of these parts alone, each with its file."""
    files, sheets = [file for file, _ in parts], [part.sheet for _, part in parts]
    stand = [file for file, part in parts if isinstance(part, CarriedPart)]
    con.execute(statement("carried", "forget", table=quoted("raw", table.name)), [files, sheets])
    con.execute(statement("carried", "forget_rejects"), [table.name, stand])
    con.execute(statement("carried", "take"), [table.name, files])


def incoming(con: duckdb.DuckDBPyConnection, table: Table) -> str:
    """Make an empty table like a raw one, for what is read anew; gives its name as SQL text."""
    con.execute(statement("carried", "incoming", table=quoted("raw", table.name)))
    return quoted("incoming")


def earlier_digest(con: duckdb.DuckDBPyConnection, table: Table, file: str) -> str:
    """The digest that a file of one part had when an earlier run read it; empty where none did."""
    found = con.execute(statement("carried", "parts"), [table.name]).fetchall()
    return next((str(sha256) for name, sheet, sha256, *_ in found if name == file and sheet is None), "")


def number_of_rows(con: duckdb.DuckDBPyConnection, table: Table, file: str) -> int:
    """How many rows of a file of one part are in the raw table."""
    counting = statement("carried", "number_of_rows", table=quoted("raw", table.name))
    return int(con.execute(counting, [file]).fetchall()[0][0])


def renew(
    con: duckdb.DuckDBPyConnection, table: Table, file: str, sheet: str | None, places: Places = ALL_PLACES
) -> None:
    """Put what is incoming of a part into the raw table, but for rows that are there already, at the same place.

    `places` are those that were read. Where a row is another now, or is gone, is noted.
    """
    names, raw = columns(con, table), quoted("raw", table.name)
    alike = {side: ", ".join(quoted(side, name) for name in names) for side in ("known", "incoming")}
    where = [file, sheet, *places]
    con.execute(statement("carried", "staying", table=raw, **alike), where)
    con.execute(statement("carried", "other_places", table=raw), [*where, table.name])
    con.execute(statement("carried", "forget_others", table=raw), where)
    con.execute(statement("carried", "bring_others", table=raw))


def keep_parts(con: duckdb.DuckDBPyConnection, table: Table, parts: Sequence[CarriedPart], copied: bool) -> None:
    """Note how the parts of a table were read; of a copy, instead of how they had been."""
    if copied:
        con.execute(statement("carried", "forget_parts"), [table.name])
    for number, part in enumerate(parts, 1):
        told = [part.file, part.sheet, part.sha256, part.rows, list(part.header)]
        con.execute(statement("carried", "add_part"), [table.name, number, *told])


def tell_read_now(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make the temporary table read_now(rid): the rows of a raw table that were not taken over."""
    con.execute(statement("carried", "read_now", raw=quoted("raw", table.name)), [table.name])


def faulty(con: duckdb.DuckDBPyConnection) -> set[str]:
    """The tables in which models found faults in an earlier run."""
    return {name for (name,) in con.execute(statement("carried", "faulty")).fetchall()}


def settle_faults(con: duckdb.DuckDBPyConnection, table: Table, found: bool, before: bool) -> None:
    """Keep the faults that the model found now, and bring those of rows that were taken over.

    `found` and `before` say whether there are any that it finds now, and any that it found in an earlier run.
    """
    raw = quoted("raw", table.name)
    if before:
        con.execute(statement("carried", "forget_faults"), [table.name])
    if found:
        con.execute(statement("carried", "keep_faults", raw=raw), [table.name])
    if before:
        con.execute(statement("carried", "bring_faults", raw=raw), [table.name])


def settle_rows(con: duckdb.DuckDBPyConnection, table: Table) -> bool:
    """Where typed rows of a large table are there, keep those that stand; gives whether there are any.

    The criteria of those that go are noted.
    """
    if table.name not in IN_PARTS:
        return False
    names = {"raw": quoted("raw", table.name), "clean": quoted("clean", table.name)}
    if not all(con.execute(statement("carried", asked), [table.name]).fetchall() for asked in ("taken", "has_clean")):
        con.execute(statement("carried", "forget_sums"))
        con.execute(statement("carried", "all_unsettled", **names))
        return False
    con.execute(statement("carried", "unsettled", **names), [table.name])
    gone = con.execute(statement("carried", "unsettle", **names), [table.name]).fetchall()
    con.execute(statement("carried", "touch"), [sorted({criterion_id for (criterion_id,) in gone})])
    return True


def add_fit(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Add the typed rows that were made now, and note their criteria."""
    con.execute(statement("carried", "add_fit", clean=quoted("clean", table.name)))
