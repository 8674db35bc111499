"""CSV files: DuckDB reads them; where quotes are broken, the broken records are left out first."""

from __future__ import annotations

import csv
import tempfile
from bisect import bisect_right
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import duckdb

from scaudit.contract import Table
from scaudit.errors import ProjectError
from scaudit.reading_part import Reject, probable_key, unnamed_filled
from scaudit.reading_quotes import without_broken
from scaudit.reading_text import Look, Records, encoding_error, look, plain_copy, record_starts
from scaudit.statement import as_pattern, statement

KEY_WITHIN = 10_000
"""Characters of an unreadable row in which its key is looked for."""

FIELD_COUNT_ERRORS = frozenset({"MISSING COLUMNS", "TOO MANY COLUMNS"})


@dataclass(frozen=True)
class _Target:
    """The table to append to, as it is written in SQL, and its columns for the fields of the file."""

    con: duckdb.DuckDBPyConnection
    table: str
    columns: tuple[str, ...]


class CsvPart:
    """One CSV file: comma, double quotes, UTF-8, header on the first line."""

    sheet: str | None = None

    def __init__(self, path: Path, name: str) -> None:
        """Read the header only; `name` is the path to print. Raises ProjectError for a file without one."""
        self.path, self.name = path, name
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                header = next(csv.reader(file), [])
        except UnicodeDecodeError as error:
            raise encoding_error(path, name) from error
        except csv.Error as error:
            raise ProjectError(f"{name}: the header cannot be read ({error}); write it on the first line.") from error
        if not header:
            raise ProjectError(f"{name} has no header; write the column names on its first line.")
        self.header = unnamed_filled(header)

    def load(self, con: duckdb.DuckDBPyConnection, table: Table, target: str, columns: tuple[str, ...]) -> list[Reject]:
        """Append the rows to `target`; see Part."""
        into = _Target(con, target, columns)
        seen = look(self.path)
        if not (seen.returns or seen.mark):
            rejects = self._load_plain(into, self.path, seen)
        else:
            with tempfile.TemporaryDirectory() as folder:
                copy = Path(folder) / "plain.csv"
                plain_copy(self.path, copy)
                rejects = self._load_plain(into, copy, look(copy))
        return [replace(reject, key=self._key(table, reject.value or "")) for reject in rejects]

    def _key(self, table: Table, text: str) -> str | None:
        try:
            fields = next(csv.reader([text[:KEY_WITHIN]]), [])
        except csv.Error:
            return None
        key = probable_key(table, self.header, fields)
        # broken quotes may run fields together: only what stands there word for word is a key
        return key if key and key in text else None

    def _load_plain(self, target: _Target, path: Path, seen: Look) -> list[Reject]:
        rejects = None if seen.nul else _load_fast(target, self, path, seen)
        return self._load_mended(target, path) if rejects is None else rejects

    def _load_mended(self, target: _Target, path: Path) -> list[Reject]:
        """Leave the broken records out, then read the rest: one broken record must not cost those after it."""
        target.con.execute(statement("stage", "forget_rows", target=target.table))
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "mended.csv"
            try:
                broken = without_broken(path, copy)
            except UnicodeDecodeError as error:
                raise encoding_error(self.path, self.name) from error
            others = _load_fast(target, self, copy, look(copy))
        if others is None or any(reject.row == 1 for reject in broken):
            raise ProjectError(f"{self.name} has rows that cannot be told apart; check its quotes.")
        return sorted([*broken, *others], key=lambda reject: reject.row)


class _Fault(NamedTuple):
    """One rejected record as DuckDB tells it."""

    byte: int
    kind: str
    text: str


def _load_fast(target: _Target, part: CsvPart, path: Path, seen: Look) -> list[Reject] | None:
    """Let DuckDB read the file. None where it cannot vouch for rows or their numbers."""
    con, types = target.con, dict.fromkeys(target.columns, "VARCHAR")
    try:
        con.execute(statement("stage", "append_csv", target=target.table), [as_pattern(path), types])
        rows = con.execute(statement("stage", "csv_rejects")).fetchall()
    except duckdb.InvalidInputException:
        return None
    finally:
        con.execute(statement("stage", "drop_csv_rejects"))
    faults = [_Fault(*row) for row in rows]
    if any(fault.kind == "INVALID ENCODING" for fault in faults):
        raise encoding_error(part.path, part.name)
    if any(fault.kind not in FIELD_COUNT_ERRORS for fault in faults):
        return None
    return _number_rows(target, path, seen, faults)


def _number_rows(target: _Target, path: Path, seen: Look, faults: list[_Fault]) -> list[Reject] | None:
    """Write the line of each loaded record into `_row`; None where records and lines do not agree."""
    con, width = target.con, len(target.columns)
    loaded, first = con.execute(statement("stage", "count_new", target=target.table)).fetchall()[0]
    if not faults and loaded == seen.lines - 1:
        con.execute(statement("stage", "number_in_step", target=target.table), [2])
        return []
    records = record_starts(path)
    places = _places(path, records, faults)
    if places is None or len(records.lines) - 1 != loaded + len(places):
        return None
    import pyarrow as pa  # noqa: PLC0415 (heavy, and wanted only where lines are unreadable)

    bad = set(places)
    lines = pa.array(line for index, line in enumerate(records.lines) if index and index not in bad)
    con.register("reading_lines", pa.table({"rid": pa.array(range(first, first + loaded), pa.int64()), "line": lines}))
    con.execute(statement("stage", "number_by_lines", target=target.table))
    con.unregister("reading_lines")
    return [_wrong_width(records.lines[place], fault.text, width) for place, fault in zip(places, faults, strict=True)]


def _places(path: Path, records: Records, faults: list[_Fault]) -> list[int] | None:
    """The record each fault is about, checked against the text that DuckDB kept of it."""
    places = []
    with path.open("rb") as file:
        for fault in faults:
            place = bisect_right(records.offsets, max(fault.byte - 1, 0)) - 1
            if place < 1:
                return None
            file.seek(records.offsets[place])
            start = fault.text.encode().rstrip(b"\n")
            if file.read(len(start)) != start:
                return None
            places.append(place)
    return places if len(set(places)) == len(places) else None


def _wrong_width(line: int, text: str, width: int) -> Reject:
    return Reject(line, text, "E001", f"the row does not have the {width} fields of the header")
