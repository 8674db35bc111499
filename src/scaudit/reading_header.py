"""Headers: the names of columns on the first line of a file, compared with what the contract says of its table."""

from collections.abc import Sequence

from scaudit.contract import Table
from scaudit.errors import ProjectError

MOST_COLUMNS = 200
"""Columns that a file may have: no table knows more than a few dozen, and each costs time."""


def check_header(table: Table, place: str, header: Sequence[str]) -> None:
    """Compare a header with the contract. Raises ProjectError, which names the `place`, where no row could be read."""
    known = {column.casefold(): column for column in table.columns}
    seen: set[str] = set()
    if len(header) > MOST_COLUMNS:
        raise ProjectError(f"{place} has more than {MOST_COLUMNS} columns; take those away that nobody reads.")
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        raise ProjectError(f"{place} has only one column; separate the columns by commas.")
    for column in header:
        folded = column.casefold()
        if folded in seen:
            raise ProjectError(f"{place} has the column '{column}' twice; keep one of them.")
        if folded.strip() in known and column != column.strip():
            raise ProjectError(f"{place}: the column '{column.strip()}' has spaces around its name; remove them.")
        if column.startswith("_"):
            raise ProjectError(f"{place}: the column '{column}' begins with '_', which is kept for places; rename it.")
        if known.get(folded, column) != column:
            raise ProjectError(f"{place}: the column '{column}' must be written '{known[folded]}'.")
        seen.add(folded)
    missing = [column for column in table.mandatory if column not in header]
    if missing:
        raise ProjectError(f"{place} has no column {', '.join(missing)}; add it to the header.")
