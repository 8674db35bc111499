"""What all formats share: a part of a table in one file or sheet, rows that could not be read, loading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, islice
from typing import Protocol

import duckdb

from scaudit.contract import Table
from scaudit.statement import statement

BATCH = 100_000

LONGEST_KEY = 100
"""Characters of the longest id."""

RESERVED = frozenset({"rowid", "rid"})
"""Names by which the database and the checks number rows."""

_KEY = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._/-]*")
_UNPRINTED = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


@dataclass(frozen=True)
class Reject:
    """A row that cannot be read as a row, with its place, the plain reason and, where it can be told, its key."""

    row: int
    value: str | None
    rule: str
    reason: str
    key: str | None = None


class Part(Protocol):
    """One file, or one sheet of a workbook, that holds rows of a table; `header` has its column names."""

    sheet: str | None
    header: tuple[str, ...]

    def load(self, con: duckdb.DuckDBPyConnection, table: Table, target: str, columns: tuple[str, ...]) -> list[Reject]:
        """Append the rows to `target`, a table as SQL names it, with `_row` filled; return those that cannot be read.

        `columns` are its columns that the header's names stand for, in its order. Its other rows have a `_row`.
        """


def unnamed_filled(header: Sequence[str]) -> tuple[str, ...]:
    """Column names with empty ones (a stray comma at the end of the header) called unnamed_<position>."""
    return tuple(name or f"unnamed_{position}" for position, name in enumerate(header, 1))


def probable_key(table: Table, header: Sequence[str], fields: Sequence[str]) -> str | None:
    """The key of a row that cannot be read, as far as its fields show one; the first part of a key of several."""
    place = header.index(table.key[0])
    field = fields[place].strip() if place < len(fields) else ""
    return field if len(field) <= LONGEST_KEY and _KEY.fullmatch(field) else None


def raw_columns(table: Table, headers: Iterable[Sequence[str]]) -> dict[str, str]:
    """The column of the raw table for every name in the headers of its parts.

    An extra column keeps its name, unless the database has that name already in any spelling: then it gets a
    number. A name that is empty or cannot be printed is mended.
    """
    columns = {column: column for column in table.columns}
    taken = {column.casefold() for column in columns} | RESERVED
    for name in dict.fromkeys(name for header in headers for name in header if name not in columns):
        plain = _UNPRINTED.sub("_", name).lstrip("_") or "unnamed"
        numbered = chain([plain], (f"{plain}_{number}" for number in count(2)))
        columns[name] = next(safe for safe in numbered if safe.casefold() not in taken)
        taken.add(columns[name].casefold())
    return columns


def insert_rows(
    con: duckdb.DuckDBPyConnection,
    target: str,
    columns: tuple[str, ...],
    rows: Iterable[tuple[int, Sequence[str | None]]],
) -> None:
    """Append rows that Python has parsed, each with its number, to a table; empty text becomes NULL."""
    import pyarrow as pa  # noqa: PLC0415 (heavy, and wanted only where there is something to read)

    names = [*columns, "_row"]
    for chunk in _chunks(iter(rows)):
        numbers = pa.array([number for number, _ in chunk], pa.int64())
        cells = [
            pa.array([value or None for value in column], pa.string())
            for column in zip(*(values for _, values in chunk), strict=True)
        ]
        con.register("reading_rows", pa.table([*cells, numbers], names=names))
        con.execute(statement("stage", "append_rows", target=target))
        con.unregister("reading_rows")


def _chunks(
    rows: Iterator[tuple[int, Sequence[str | None]]],
) -> Iterator[list[tuple[int, Sequence[str | None]]]]:
    while chunk := list(islice(rows, BATCH)):
        yield chunk
