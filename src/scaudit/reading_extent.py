"""The extent of a sheet: how far its cells reach, found before anything reads it as a table.

What reads workbooks makes room for every cell between the first and the last: two cells, far enough apart, fill the
memory and end the run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

CHUNK = 1 << 20
_OVERLAP = 1 << 14
_COLUMNS = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)""")
_CELL_ROWS = re.compile(rb"""\sr\s*=\s*["'][A-Za-z]+([0-9]+)""")
_ROWS = re.compile(rb"""\sr\s*=\s*["']([0-9]+)""")
_ANY = (_COLUMNS, _CELL_ROWS, _ROWS)
_PLAIN = tuple(re.compile(b' r="' + place) for place in (b"([A-Za-z]+)", b"[A-Za-z]+([0-9]+)", b"([0-9]+)"))
"""The same as everybody writes them: found in a third of the time."""
_EMPTY = re.compile(rb"""<(?:[^\s<>/"'=]+:)?c(?:\s+[^\s<>/"'=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*/>""")
_ODD, _BROKEN = re.compile(rb' r(?!=")[\s=]'), (b"\nr", b"\rr", b"\tr")
_ROW = re.compile(rb"[<:]row[\s/>]")
_ROW_TAGS = re.compile(rb"<row[\s/>]"), re.compile(rb":row[\s/>]")
_CELL_TAGS = re.compile(rb"<c[\s/>]"), re.compile(rb":c[\s/>]")
_PADDING = re.compile(rb"\s{4096}")
_DIGITS, _LETTERS = 9, 5
"""Signs of a row and of a column that are looked at: whatever has more is too far away."""


@dataclass
class Extent:
    """How far the cells reach that were seen, at most: a cell or row without a place follows the one before it."""

    cell_row: int = 0
    row: int = 0
    column: int = 0
    rows_without: int = 0
    longest: int = 0
    in_row: int = 0

    @property
    def area(self) -> int:
        """The number of cells from the first place of the sheet to its last."""
        rows = max(self.cell_row, self.row) + self.rows_without if self.longest else self.cell_row
        return rows * (self.column + self.longest)

    def see(self, text: bytes) -> None:
        """Take in the next part of a sheet."""
        odd = _ODD.search(text) or any(signs in text for signs in _BROKEN)
        columns, cell_rows, rows = (found.findall(text) for found in (_ANY if odd else _PLAIN))
        self.column = max([self.column, *map(_number, set(columns))])
        self.cell_row = max([self.cell_row, *map(_row, set(cell_rows))])
        self.row = max([self.row, *map(_row, set(rows))])
        self.rows_without += max(_count(text, _ROW_TAGS) - len(rows), 0)
        if _count(text, _CELL_TAGS) > len(columns):
            self._count_rows(text)
        else:
            self.in_row = 0

    def _count_rows(self, text: bytes) -> None:
        """Count the cells of each row, of the first one together with what was seen of it before."""
        counts = [_count(part, _CELL_TAGS) for part in _ROW.split(text)]
        counts[0] += self.in_row
        self.longest, self.in_row = max(self.longest, *counts), counts[-1]


def extent(file: IO[bytes], *, filled: bool = False) -> Extent:
    """Read a member of a workbook to its end; `filled` passes over cells that have a format and nothing in them.

    Raises ValueError for a tag that is stretched so as to be passed over.
    """
    found, rest = Extent(), b""
    while chunk := file.read(CHUNK):
        text = rest + chunk
        cut = max(text.rfind(b"<"), 0)
        if len(text) - cut > CHUNK:  # no tag of a sheet is so long; what is no sheet may have no tags at all
            if _PADDING.search(text):
                raise ValueError("a tag is stretched")
            cut = len(text) - _OVERLAP
        found.see(_EMPTY.sub(b"", text[:cut]) if filled else text[:cut])
        rest = text[cut:]
    found.see(rest)
    return found


def _count(text: bytes, tags: Iterable[re.Pattern[bytes]]) -> int:
    return sum(len(tag.findall(text)) for tag in tags)


def _row(digits: bytes) -> int:
    return int(digits.lstrip(b"0")[:_DIGITS] or 0)


def _number(letters: bytes) -> int:
    """The number of a column: A is 1, Z is 26, AA is 27."""
    number = 0
    for sign in letters.upper()[:_LETTERS]:
        number = number * 26 + sign - 64
    return number
