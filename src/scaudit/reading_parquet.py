"""Parquet files: every column taken as text, dates in ISO form; rows count from 1, without a header."""

from __future__ import annotations

from pathlib import Path

import duckdb

from scaudit.contract import Table
from scaudit.errors import ProjectError
from scaudit.reading_part import Reject
from scaudit.statement import as_pattern, quoted, quoted_list, statement

MOST_BYTES, MOST_ROWS = 2 * 2**30, 10_000_000
"""Bytes of text and rows that a table may have: a few bytes of Parquet may stand for a word a million times over."""


class ParquetPart:
    """One Parquet file."""

    sheet: str | None = None

    def __init__(self, path: Path, name: str, con: duckdb.DuckDBPyConnection) -> None:
        """Read the columns; raises ProjectError for a file that is not Parquet."""
        self.path, self.name = path, name
        try:
            columns = con.execute(statement("stage", "parquet_columns"), [as_pattern(path)]).fetchall()
        except duckdb.Error as error:
            raise ProjectError(f"{name} is not a readable Parquet file; write it again.") from error
        self.header = tuple(column[0] for column in columns)
        self._types = [column[1] for column in columns]

    def load(
        self,
        con: duckdb.DuckDBPyConnection,
        table: Table,  # noqa: ARG002 (parts of other formats need it to tell the key of a row that they cannot read)
        target: str,
        columns: tuple[str, ...],
    ) -> list[Reject]:
        """Append the rows to `target`; see Part."""
        append = statement("stage", "append_parquet", target=target, columns=quoted_list(columns))
        try:
            rows, *sizes = con.execute(statement("stage", "parquet_size"), [as_pattern(self.path)]).fetchall()[0]
            if rows > MOST_ROWS or sum(size or 0 for size in sizes) > MOST_BYTES:
                raise ProjectError(
                    f"{self.name} holds more than {MOST_BYTES // 2**30} GB or {MOST_ROWS:,} rows; split it."
                )
            con.execute(append, [as_pattern(self.path)])
        except duckdb.Error as error:
            raise ProjectError(f"{self.name} is a damaged Parquet file; write it again.") from error
        for column, kind in zip(columns, self._types, strict=True):
            if kind.startswith("TIMESTAMP"):
                con.execute(statement("stage", "cut_midnight", target=target, column=quoted(column)))
            elif kind in ("FLOAT", "DOUBLE"):
                con.execute(statement("stage", "cut_decimals", target=target, column=quoted(column)))
        con.execute(statement("stage", "number_in_step", target=target), [1])
        return []
