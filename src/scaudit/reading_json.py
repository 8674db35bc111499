"""JSON Lines: one object a line, every member taken as text."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from scaudit.contract import Table
from scaudit.errors import ProjectError
from scaudit.reading_part import Reject, probable_key
from scaudit.reading_text import encoding_error, look, plain_copy, without_nul
from scaudit.statement import as_pattern, quoted, statement

REASONS = {
    "E003": "the line is not a JSON object",
    "E004": "the row holds a NUL byte",
    "E006": "the object has a name twice",
    "E007": "a cell holds an object or a list",
}


class JsonPart:
    """One JSON Lines file. Its header is the union of the names in all its objects."""

    sheet: str | None = None

    def __init__(self, path: Path, name: str, con: duckdb.DuckDBPyConnection, table: Table) -> None:
        """Find the names; raises ProjectError for a file that is not UTF-8 or holds no object."""
        self.path, self.name = path, name
        self._stage(con, table)
        self.header = tuple(row[0] for row in con.execute(statement("stage", "json_keys")).fetchall())
        if not self.header:
            raise ProjectError(f"{name} holds no JSON object; write one object a line.")

    def load(self, con: duckdb.DuckDBPyConnection, table: Table, target: str, columns: tuple[str, ...]) -> list[Reject]:
        """Append the rows to `target`; see Part."""
        nul = self._stage(con, table)
        cells = ", ".join(f"json_cell(cells[{n}]) as {quoted(column)}" for n, column in enumerate(columns, 1))
        append = statement("stage", "append_json", target=target, cells=cells)
        con.execute(append, [_pointers(self.header)])
        bad = [*nul, *con.execute(statement("stage", "json_rejects")).fetchall()]
        return [Reject(row, line, fault, REASONS[fault], _key(table, line)) for row, line, fault in sorted(bad)]

    def _stage(self, con: duckdb.DuckDBPyConnection, table: Table) -> list[tuple[int, str, str]]:
        """Lay the lines out with the fault of each; those with a NUL byte are returned instead."""
        nul: list[tuple[int, str, str]] = []
        with TemporaryDirectory() as folder:
            seen, source = look(self.path), self.path
            if seen.returns or seen.mark or seen.nul:
                source = Path(folder) / "plain.jsonl"
                plain_copy(self.path, source)
            if seen.nul:
                nul = [(row, line, "E004") for row, line in without_nul(source)]
            con.execute(statement("stage", "stage_json_lines"), [as_pattern(source), _pointers(table.columns)])
        kinds = {row[1] for row in con.execute(statement("stage", "csv_rejects")).fetchall()}
        con.execute(statement("stage", "drop_csv_rejects"))
        if "INVALID ENCODING" in kinds:
            raise encoding_error(self.path, self.name)
        if kinds:
            raise ProjectError(f"{self.name} has a line of more than 16 MB; write one object a line.")
        return nul


def _pointers(names: tuple[str, ...]) -> list[str]:
    """JSON pointers (RFC 6901) to members of an object."""
    return ["/" + name.replace("~", "~0").replace("/", "~1") for name in names]


def _key(table: Table, line: str) -> str | None:
    """The key that a line shows, where it can be parsed and shows only one."""
    try:
        pairs = json.loads(line, object_pairs_hook=tuple)
    except (ValueError, RecursionError):
        return None
    keys = {value for name, value in pairs if name == table.key[0]} if isinstance(pairs, tuple) else set()
    return probable_key(table, [table.key[0]], [str(key) for key in keys]) if len(keys) == 1 else None
