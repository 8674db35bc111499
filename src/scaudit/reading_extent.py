"""The extent of a sheet: how far its cells reach, found before anything reads it as a table.

What reads workbooks makes room for every cell between the first and the last: two cells, far enough apart, fill the
memory and end the run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import IO

CHUNK = 1 << 20
_OVERLAP = 1 << 14
_COLUMNS = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)""")
_ROWS = re.compile(rb"""\sr\s*=\s*["'][A-Za-z]*([0-9]+)""")
_ROW = re.compile(rb"[<:]row[\s/>]")
_CELLS = tuple(before + b"c" + after for before in (b"<", b":") for after in (b" ", b">", b"/", b"\n", b"\r", b"\t"))
_PADDING = re.compile(rb"\s{4096}")
_DIGITS, _LETTERS = 9, 5
"""Signs of a row and of a column that are looked at: whatever has more is too far away."""


@dataclass
class Extent:
    """How far the cells reach that were seen, at most: a cell or row without a place follows the one before it."""

    row: int = 0
    column: int = 0
    rows_without: int = 0
    longest: int = 0
    in_row: int = 0

    @property
    def area(self) -> int:
        """The number of cells from the first place of the sheet to its last."""
        return (self.row + self.rows_without) * (self.column + self.longest)

    def see(self, text: bytes) -> None:
        """Take in the next part of a sheet."""
        columns, rows = _COLUMNS.findall(text), _ROWS.findall(text)
        self.column = max([self.column, *map(_number, set(columns))])
        self.row = max([self.row, *(int(digits.lstrip(b"0")[:_DIGITS] or 0) for digits in set(rows))])
        self.rows_without += max(len(_ROW.findall(text)) - (len(rows) - len(columns)), 0)
        if _cells(text) > len(columns):
            self._count(text)
        else:
            self.in_row = 0

    def _count(self, text: bytes) -> None:
        """Count the cells of each row, of the first one together with what was seen of it before."""
        counts = [_cells(part) for part in _ROW.split(text)]
        counts[0] += self.in_row
        self.longest, self.in_row = max(self.longest, *counts), counts[-1]


def extent(file: IO[bytes]) -> Extent:
    """Read a member of a workbook to its end. Raises ValueError for a tag that is stretched so as to be passed over."""
    found, rest = Extent(), b""
    while chunk := file.read(CHUNK):
        text = rest + chunk
        cut = max(text.rfind(b"<"), 0)
        if len(text) - cut > CHUNK:  # no tag of a sheet is so long; what is no sheet may have no tags at all
            if _PADDING.search(text):
                raise ValueError("a tag is stretched")
            cut = len(text) - _OVERLAP
        found.see(text[:cut])
        rest = text[cut:]
    found.see(rest)
    return found


def _cells(text: bytes) -> int:
    return sum(text.count(tag) for tag in _CELLS)


def _number(letters: bytes) -> int:
    """The number of a column: A is 1, Z is 26, AA is 27."""
    number = 0
    for sign in letters.upper()[:_LETTERS]:
        number = number * 26 + sign - 64
    return number
