"""XLSX workbooks of records: the columns that the layout knows, copied as text, sheet by sheet, into the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import duckdb
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, load_workbook

from scaudit.errors import ProjectError
from scaudit.reading_xlsx import Cell, cell_text, refuse_bombs
from scaudit.records_header import Match, header_line, match
from scaudit.records_layout import Layout
from scaudit.records_part import RecordsPart, Source
from scaudit.statement import literal, quoted, statement

UNPACKED_LIMIT = 2 * 2**30
"""Bytes a workbook of records may have once unpacked; a million rows of sixty columns have about half of that."""

SEARCHED = 20
"""Lines below the expected one in which the column names are looked for, to say where they are."""

BATCH = 50_000

Line = list[Cell]


def sheet_parts(con: duckdb.DuckDBPyConnection, path: Path, name: str, table: str, layout: Layout) -> list[RecordsPart]:
    """The sheets that the layout names, or all that have anything in them.

    Raises ProjectError for what is no workbook, unpacks to more than UNPACKED_LIMIT, lacks a sheet that the layout
    names, or has a sheet without the columns that the layout requires.
    """
    refuse_bombs(path, name, UNPACKED_LIMIT)
    try:
        book: CalamineWorkbook = load_workbook(str(path))
        parts = []
        for sheet_name in _sheet_names(book, name, layout):
            sheet = book.get_sheet_by_name(sheet_name)
            if sheet.start is not None:
                parts.append(_sheet_part(con, sheet, name, table, layout))
    except CalamineError as error:
        raise ProjectError(f"{name} is not a readable XLSX workbook ({error}); save it again.") from error
    if not parts:
        raise ProjectError(f"{name} has no sheet with anything in it; get it again, or take it away.")
    return parts


def _sheet_names(book: CalamineWorkbook, name: str, layout: Layout) -> list[str]:
    there: list[str] = book.sheet_names
    if layout.sheets == "all":
        return there
    missing = [sheet for sheet in layout.sheets if sheet not in there]
    if missing:
        raise ProjectError(f"{name} has no sheet '{missing[0]}', which the layout names; it has {', '.join(there)}.")
    return list(layout.sheets)


def _sheet_part(
    con: duckdb.DuckDBPyConnection, sheet: CalamineSheet, name: str, table: str, layout: Layout
) -> RecordsPart:
    place = f"{name}, sheet {sheet.name}"
    top = [[cell_text(cell) for cell in line] for line in islice(sheet.iter_rows(), max(layout.lines_above) + SEARCHED)]
    above = header_line(layout, top, place)
    found = match(layout, top[above], place)
    copy = _new_copy(con, table, found)
    rows = _copy_rows(con, copy, found, _lines(sheet, above + 1))
    return RecordsPart(
        name,
        sheet.name,
        rows,
        {target: Source(target, "VARCHAR") for target in found.places},
        found.unknown,
        "scan_sheet",
        {"sheet": literal(sheet.name), "copy": copy},
    )


def _new_copy(con: duckdb.DuckDBPyConnection, table: str, found: Match) -> str:
    """An empty table of text for one sheet; its name, quoted."""
    number = con.execute(statement("record", "count_copies")).fetchall()[0][0] + 1
    copy = quoted("record_sheets", f"{table}_{number}")
    columns = ", ".join(f"{quoted(target)} varchar" for target in found.places)
    con.execute(statement("record", "create_copy", copy=copy, columns=columns))
    return copy


def _lines(sheet: CalamineSheet, above: int) -> Iterator[tuple[int, Line]]:
    """The lines below the header that are not empty, each with its number in the sheet."""
    for number, line in enumerate(sheet.iter_rows(), 1):
        if number > above and any(cell != "" for cell in line):
            yield number, line


def _copy_rows(con: duckdb.DuckDBPyConnection, copy: str, found: Match, lines: Iterable[tuple[int, Line]]) -> int:
    """Copy the cells that the layout knows, in batches, so that memory stays bounded; gives the number of rows."""
    import pyarrow as pa  # noqa: PLC0415 (heavy, and wanted only where there is something to read)

    waiting, rows = iter(lines), 0
    while batch := list(islice(waiting, BATCH)):
        cells = {
            target: pa.array([cell_text(line[place]).strip() for _, line in batch], pa.string())
            for target, place in found.places.items()
        }
        numbers = pa.array([number for number, _ in batch], pa.int64())
        con.register("record_lines", pa.table({**cells, "_row": numbers}))
        con.execute(statement("record", "append_copy", copy=copy))
        con.unregister("record_lines")
        rows += len(batch)
    return rows
