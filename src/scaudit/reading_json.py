"""JSON Lines: one object a line, every member taken as text."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from scaudit.errors import ProjectError
from scaudit.reading_part import Reject
from scaudit.reading_text import encoding_error, look, plain_copy
from scaudit.statement import quoted, statement


class JsonPart:
    """One JSON Lines file. Its header is the union of the names in all its objects."""

    sheet: str | None = None

    def __init__(self, path: Path, name: str, con: duckdb.DuckDBPyConnection) -> None:
        """Find the names; raises ProjectError for a file that is not UTF-8 or holds no object."""
        self.path, self.name = path, name
        self._stage(con)
        self.header = tuple(row[0] for row in con.execute(statement("stage", "json_keys")).fetchall())
        if not self.header:
            raise ProjectError(f"{name} holds no JSON object; write one object a line.")

    def load(self, con: duckdb.DuckDBPyConnection, table: str) -> list[Reject]:
        """Append the rows to raw.<table>; see Part."""
        self._stage(con)
        structure = json.dumps(dict.fromkeys(self.header, "VARCHAR"))
        con.execute(statement("stage", "append_json", target=quoted("raw", table)), [structure])
        bad = con.execute(statement("stage", "json_rejects")).fetchall()
        return [Reject(row, line, "E003", "the line is not a JSON object") for row, line in bad]

    def _stage(self, con: duckdb.DuckDBPyConnection) -> None:
        with TemporaryDirectory() as folder:
            seen, source = look(self.path), self.path
            if seen.returns or seen.mark:
                source = Path(folder) / "plain.jsonl"
                plain_copy(self.path, source)
            con.execute(statement("stage", "stage_json_lines"), [str(source)])
        kinds = {row[1] for row in con.execute(statement("stage", "csv_rejects")).fetchall()}
        con.execute(statement("stage", "drop_csv_rejects"))
        if "INVALID ENCODING" in kinds:
            raise encoding_error(self.path, self.name)
        if kinds:
            raise ProjectError(f"{self.name} has a line of more than 16 MB; write one object a line.")
