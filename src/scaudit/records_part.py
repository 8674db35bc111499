"""What all formats of record-level files share: a part of a table in one file or sheet, and the SQL that reads it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from types import MappingProxyType

from scaudit.records_layout import Kind, Layout
from scaudit.statement import literal, literal_list, quoted, statement

ISO = "%Y-%m-%d"

FAMILIES = MappingProxyType(
    {
        "VARCHAR": "text",
        "DATE": "date",
        "TIMESTAMP WITH TIME ZONE": "zoned",
        "BOOLEAN": "boolean",
        **dict.fromkeys(("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"), "timestamp"),
        **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"), "whole"),
        **dict.fromkeys(("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"), "whole"),
        **dict.fromkeys(("FLOAT", "DOUBLE"), "number"),
    }
)
"""How readers.sql calls what a file has; whatever is not here is read by its text."""

READERS = MappingProxyType(
    {
        "text": ("text",),
        "date": ("text", "date", "timestamp", "zoned"),
        "timestamp": ("text", "date", "timestamp", "zoned"),
        "integer": ("text", "whole", "number"),
        "boolean": ("text", "boolean"),
    }
)
"""The families that each kind has a reader for in readers.sql, besides `other`."""

TYPES = MappingProxyType(
    {"text": "varchar", "date": "date", "timestamp": "timestamp", "integer": "bigint", "boolean": "boolean"}
)
"""The type of a target of each kind."""

LATER: tuple[Kind, ...] = ("text", "integer", "boolean")
"""The kinds that can be read after they are counted."""


@dataclass(frozen=True)
class Source:
    """A column of a file: its name in the scan, and its type in the database's words."""

    name: str
    type: str


@dataclass(frozen=True)
class RecordsPart:
    """One file, or one sheet of a workbook: where its columns are, how many rows it has, and how it is scanned.

    `step` is the SQL file that scans it and `names` fill that; `sources` has the column of every target that it has,
    `unknown` names those that no target took.
    """

    file: str
    sheet: str | None
    rows: int
    sources: dict[str, Source]
    unknown: tuple[str, ...]
    step: str
    names: dict[str, str]

    def scan(self, columns: Iterable[str]) -> str:
        """The SQL that selects expressions from this part."""
        return statement("record", self.step, columns=", ".join(columns), file=literal(self.file), **self.names)


def cell(source: Source) -> str:
    """A column of the scan, by name, as SQL."""
    return quoted(source.name)


def unread(layout: Layout, parts: Iterable[RecordsPart]) -> set[str]:
    """The targets that can stand as written and be read later: those that every part which has them has as text.

    Not dates: whoever counts by the month must have them read.
    """
    typed = {target for part in parts for target, source in part.sources.items() if FAMILIES.get(source.type) != "text"}
    return {target for target, column in layout.columns.items() if column.type in LATER} - typed


def columns(layout: Layout, part: RecordsPart, as_written: Collection[str] = ()) -> list[str]:
    """What a view selects from a part: every target in the layout's order, NULL where the file has no such column."""
    found = []
    for target, column in layout.columns.items():
        source = part.sources.get(target)
        if target in as_written:
            expression = cell(source) if source else "null::varchar"
        else:
            expression = value(layout, column.type, source)
        found.append(f"{expression} as {quoted(target)}")
    return found


def marks(layout: Layout) -> str:
    """The SQL of the words for nothing and the marks of redaction, as they are compared."""
    return literal_list([*layout.blanks, *layout.marks])


def value(layout: Layout, kind: Kind, source: Source | None) -> str:
    """The SQL of one value of that kind."""
    if source is None:
        return f"null::{TYPES[kind]}"
    family = FAMILIES.get(source.type, "other")
    reader = quoted("records", f"{kind}_from_{family if family in READERS[kind] else 'other'}")
    return f"{reader}({cell(source)}, {marks(layout)}, {literal_list(layout.date_formats or (ISO,))})"


def union(parts: Iterable[RecordsPart], layout: Layout, as_written: Collection[str] = ()) -> str:
    """The SQL of all parts of a table, one after the other."""
    return "\nunion all\n".join(part.scan(columns(layout, part, as_written)) for part in parts)
