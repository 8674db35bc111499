"""Why values of records are missing: nothing was entered, a mark of redaction (which), or no value of its kind."""

from __future__ import annotations

from collections import Counter

import duckdb

from scaudit.records import Records, RecordsTable
from scaudit.records_layout import Layout
from scaudit.records_part import RecordsPart, cell, value
from scaudit.statement import literal, literal_list, quoted, statement

NO_COLUMN = "the file has no such column"
NO_VALUE = {
    "text": "not a text",
    "date": "not a date",
    "timestamp": "not a moment",
    "integer": "not a number",
    "boolean": "not yes or no",
}
_REDACTED = "redacted: "


def count_nulls(con: duckdb.DuckDBPyConnection, records: Records) -> None:
    """Make records_nulls(table_name, file, column, reason, rows), in one pass over every file: at its size, a cost."""
    con.execute(statement("record", "create_nulls"))
    found: Counter[tuple[str, str, str, str]] = Counter()
    for table in records.tables:
        for part in table.parts:
            for (target, reason), rows in _reasons(con, table, part).items():
                found[table.name, part.file, target, reason] += rows
    if found:
        con.executemany(statement("record", "add_nulls"), [[*where, rows] for where, rows in found.items()])


def _reasons(con: duckdb.DuckDBPyConnection, table: RecordsTable, part: RecordsPart) -> dict[tuple[str, str], int]:
    """How many rows of a part lack a value, by column and reason."""
    targets = list(part.sources)
    scan = part.scan(_why_null(table.layout, part, target) for target in targets)
    counted = ", ".join(f"histogram({quoted(target)})" for target in targets)
    row = con.execute(statement("record", "count_nulls", scan=scan, columns=counted)).fetchall()[0]
    reasons = {
        (target, _as_written(table.layout, reason)): rows
        for target, counts in zip(targets, row, strict=True)
        for reason, rows in (counts or {}).items()
    }
    absent = [target for target in table.layout.columns if target not in part.sources]
    return reasons | {(target, NO_COLUMN): part.rows for target in absent if part.rows}


def _why_null(layout: Layout, part: RecordsPart, target: str) -> str:
    kind, source = layout.columns[target].type, part.sources[target]
    arguments = (
        cell(source),
        value(layout, kind, source),
        literal_list(layout.blanks),
        literal_list(layout.marks),
        literal(NO_VALUE[kind]),
    )
    return f"{quoted('records', 'why_null')}({', '.join(arguments)}) as {quoted(target)}"


def _as_written(layout: Layout, reason: str) -> str:
    """A reason with the mark as the layout has it, not as it is compared."""
    mark = reason.removeprefix(_REDACTED)
    return reason if mark == reason else _REDACTED + layout.marks[mark]
