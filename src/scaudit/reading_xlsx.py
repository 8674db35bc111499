"""XLSX workbooks: one sheet or several, the header in row 1, dates as ISO text."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import duckdb
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, load_workbook

from scaudit.contract import Table
from scaudit.errors import ProjectError
from scaudit.reading_extent import extent
from scaudit.reading_part import Reject, insert_rows, probable_key, unnamed_filled

UNPACKED_LIMIT = 512 * 2**20
"""Bytes a workbook may have once unpacked: a small file may unpack to fill the memory."""

CELL = 32
"""Bytes that a cell takes up once it is read, whether there is anything in it or not."""

LARGEST_WHOLE = 1e15
"""Numbers beyond this are written short, as 1e+300: a workbook holds 15 digits."""

Cell = int | float | str | bool | time | date | datetime | timedelta


class SheetPart:
    """One sheet of a workbook."""

    def __init__(self, sheet: CalamineSheet, name: str) -> None:
        """Read the cells; raises ProjectError for a sheet without a header in row 1."""
        self.sheet: str | None = sheet.name
        self._rows = [[cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        header = list(self._rows[0]) if self._rows else []
        while header and not header[-1]:
            header.pop()
        if not header:
            raise ProjectError(f"{name}, sheet {self.sheet}: row 1 is empty; write the column names there.")
        self.header = unnamed_filled(header)

    def load(self, con: duckdb.DuckDBPyConnection, table: Table, target: str, columns: tuple[str, ...]) -> list[Reject]:
        """Append the rows to `target`; see Part."""
        rejects: list[Reject] = []
        insert_rows(con, target, columns, self._good_rows(table, rejects))
        return rejects

    def _good_rows(self, table: Table, rejects: list[Reject]) -> Iterator[tuple[int, list[str]]]:
        width = len(self.header)
        for number, row in enumerate(self._rows[1:], 2):
            if any(row[width:]):
                reason = f"the row has cells beyond the {width} columns of the header"
                key = probable_key(table, self.header, row)
                rejects.append(Reject(number, ",".join(row), "E001", reason, key))
            elif any(row):
                yield number, row[:width] + [""] * (width - len(row))


def sheet_parts(path: Path, name: str, table: str) -> list[SheetPart]:
    """The sheet that is named like the table, or else every sheet with anything in it.

    Raises ProjectError for a file that is no workbook, or one that unpacks to more than UNPACKED_LIMIT.
    """
    refuse_bombs(path, name, UNPACKED_LIMIT)
    try:
        book: CalamineWorkbook = load_workbook(str(path))
        names = [table] if table in book.sheet_names else book.sheet_names
        sheets = [book.get_sheet_by_name(sheet) for sheet in names]
        parts = [SheetPart(sheet, name) for sheet in sheets if sheet.start is not None]
    except CalamineError as error:
        raise ProjectError(f"{name} is not a readable XLSX workbook ({error}); save it again.") from error
    if not parts:
        raise ProjectError(f"{name} has no sheet with anything in it; write the column names in row 1.")
    return parts


def refuse_bombs(path: Path, name: str, limit: int) -> None:
    """Raise ProjectError for what is no XLSX workbook, or one that unpacks or spreads to more bytes than `limit`."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > limit:
                raise ProjectError(f"{name} unpacks to more than {limit // 2**20} MB; split it or save it as CSV.")
            _refuse_spread(archive, name, limit // CELL)
    except zipfile.BadZipFile as error:
        raise ProjectError(f"{name} is not an XLSX workbook; save it again as XLSX.") from error
    # an encrypted member, one packed in a way that is not known, one that cannot be unpacked
    except (RuntimeError, NotImplementedError, zlib.error, EOFError) as error:
        raise ProjectError(f"{name} cannot be unpacked; save it again as XLSX, without a password.") from error


def _refuse_spread(archive: zipfile.ZipFile, name: str, most: int) -> None:
    """Raise ProjectError for a damaged member, and for a sheet with more than so many places from first to last."""
    for member in archive.infolist():
        try:
            # a member longer than it says fails its checksum here, bounded by the size that it states
            with archive.open(member) as file:
                area = extent(file).area
            if area > most:
                with archive.open(member) as file:
                    area = extent(file, filled=True).area
        except (zipfile.BadZipFile, ValueError) as error:
            raise ProjectError(f"{name} is a damaged workbook; save it again.") from error
        if area > most:
            raise ProjectError(f"{name} has cells too far apart to be read; copy those you need into a new sheet.")


def cell_text(cell: Cell) -> str:
    """A cell as text: 12.0 is "12", a date is ISO, a moment at midnight is a day, TRUE is "true"."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < LARGEST_WHOLE:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
