"""Parquet files: every column taken as text, dates in ISO form; rows count from 1, without a header."""

from __future__ import annotations

from pathlib import Path

import duckdb

from scaudit.errors import ProjectError
from scaudit.reading_part import Reject
from scaudit.statement import quoted, statement


class ParquetPart:
    """One Parquet file."""

    sheet: str | None = None

    def __init__(self, path: Path, name: str, con: duckdb.DuckDBPyConnection) -> None:
        """Read the columns; raises ProjectError for a file that is not Parquet."""
        self.path = path
        try:
            columns = con.execute(statement("stage", "parquet_columns"), [str(path)]).fetchall()
        except duckdb.Error as error:
            raise ProjectError(f"{name} is not a readable Parquet file; write it again.") from error
        self.header = tuple(column[0] for column in columns)
        self._moments = [column[0] for column in columns if column[1].startswith("TIMESTAMP")]

    def load(self, con: duckdb.DuckDBPyConnection, table: str) -> list[Reject]:
        """Append the rows to raw.<table>; see Part."""
        target = quoted("raw", table)
        con.execute(statement("stage", "append_parquet", target=target), [str(self.path)])
        for column in self._moments:
            con.execute(statement("stage", "cut_midnight", target=target, column=quoted(column)))
        con.execute(statement("stage", "number_in_step", target=target), [1])
        return []
