"""Spreadsheets: tables as CSV that a person may open in one, without a cell that is taken for a formula."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from string import ascii_letters, digits

_FORMULA = frozenset("=+-@|")
_HARMLESS = frozenset(ascii_letters + digits)
_BEFORE = re.compile("[\\s\u200b-\u200f\u2060\ufeff]*")


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV text: a line of names, then the rows, each line ending in one line feed.

    A number is written as it is: what is below nought runs nothing.
    """
    return csv_lines([columns]) + csv_lines(rows)


def csv_lines(rows: Iterable[Sequence[object]]) -> str:
    """The same without a line of names."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([cell if isinstance(cell, int | float) else safe(str(cell)) for cell in row] for row in rows)
    return text.getvalue()


def safe(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet might read it as a formula.

    Some pass over what is blank at the start, and take wide and small forms of a sign for the sign.
    """
    if cell[:1] in _HARMLESS:  # nearly all do: to look further takes four times as long
        return cell
    first = cell[_BEFORE.match(cell).end() :][:1]  # type: ignore[union-attr]
    runs = unicodedata.normalize("NFKC", first) in _FORMULA
    return f"'{cell}" if runs or cell.startswith(("\t", "\r")) else cell
