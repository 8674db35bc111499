"""What all formats share: a part of a table in one file or sheet, rows that could not be read, loading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

import duckdb
import pyarrow as pa

from scaudit.statement import quoted, statement

BATCH = 100_000


@dataclass(frozen=True)
class Reject:
    """A row that cannot be read as a row, with its place and the plain reason."""

    row: int
    value: str | None
    rule: str
    reason: str


class Part(Protocol):
    """One file, or one sheet of a workbook, that holds rows of a table; `header` has its column names."""

    sheet: str | None
    header: tuple[str, ...]

    def load(self, con: duckdb.DuckDBPyConnection, table: str) -> list[Reject]:
        """Append the rows to raw.<table> with `_row` filled, and return those that cannot be read."""


def unnamed_filled(header: Sequence[str]) -> tuple[str, ...]:
    """Column names with empty ones (a stray comma at the end of the header) called unnamed_<position>."""
    return tuple(name or f"unnamed_{position}" for position, name in enumerate(header, 1))


def insert_rows(
    con: duckdb.DuckDBPyConnection,
    table: str,
    header: tuple[str, ...],
    rows: Iterable[tuple[int, Sequence[str | None]]],
) -> None:
    """Append rows that Python has parsed, each with its number, to raw.<table>; empty text becomes NULL."""
    names = [*header, "_row"]
    for chunk in _chunks(iter(rows)):
        numbers = pa.array([number for number, _ in chunk], pa.int64())
        columns = [
            pa.array([value or None for value in column], pa.string())
            for column in zip(*(values for _, values in chunk), strict=True)
        ]
        con.register("reading_rows", pa.table([*columns, numbers], names=names))
        con.execute(statement("stage", "append_rows", target=quoted("raw", table)))
        con.unregister("reading_rows")


def _chunks(
    rows: Iterator[tuple[int, Sequence[str | None]]],
) -> Iterator[list[tuple[int, Sequence[str | None]]]]:
    while chunk := list(islice(rows, BATCH)):
        yield chunk
