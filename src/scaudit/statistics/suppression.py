"""Suppression: which cells of a table are hidden so that no count of fewer than 11 people can be read or worked out.

The rule is that of the Centers for Medicare and Medicaid Services (cell size suppression policy): no cell of 1 to 10 is
shown, and none may be derived from what is shown; a cell of 0 names nobody and is shown. Of one table this module
keeps the rule against a reader who knows every shown cell, all totals, and the rule. It cannot see other tables: two
tables of the same people under two definitions give away their difference.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scaudit.statistics.series import BoolArray, FloatArray

FLOOR = 11
"""The smallest count of people that is shown."""


@dataclass(frozen=True, eq=False)
class Suppression:
    """What is hidden: cells, the totals of rows and of columns, and the grand total."""

    cells: BoolArray
    row_totals: BoolArray
    column_totals: BoolArray
    grand_total: bool


def suppress(cells: npt.ArrayLike, *, floor: int = FLOOR, columns: bool = True) -> Suppression:
    """Hide the small cells and totals of a table of counts, and enough others that none can be worked out.

    The table is printed with the totals of its rows and, if `columns`, those of its columns and the grand total. For
    every small cell three others (or one, in its row, without totals of columns) are hidden with which it can trade
    people: the same totals and shown cells then fit a table in which the small cell holds `floor` or more and no hidden
    cell is empty. The three are chosen for the fewest people hidden. Method: Cox, JASA 75 (1980) 377-385.
    """
    counts = np.asarray(cells, dtype=np.int64)
    if counts.ndim != 2 or bool(np.any(counts < 0)):  # noqa: PLR2004 - rows and columns
        raise ValueError("a table of counts has rows and columns, and no count below 0")
    table, signs = _with_totals(counts, columns=columns)
    small = (table > 0) & (table < floor)
    hidden = small.copy()
    trade = _traded_in_table if columns else _traded_in_row
    for place in _places(small):
        for partner in trade(table, signs, hidden, place, floor - int(table[place])):
            hidden[partner] = True
    inner = hidden[: len(counts), :-1]
    totals = hidden[len(counts)] if columns else np.zeros(hidden.shape[1], dtype=bool)
    return Suppression(inner, hidden[: len(counts), -1], totals[:-1], bool(totals[-1]))


def suppress_shares(
    successes: npt.ArrayLike, n: npt.ArrayLike, *, floor: int = FLOOR, total: bool = True
) -> Suppression:
    """Hide shares k of n of units as a table of k and its complement n - k; `total`: that of all units is shown too.

    The share of a unit is hidden where either cell is; its n where the row's total is.
    """
    k, size = np.asarray(successes, dtype=np.int64), np.asarray(n, dtype=np.int64)
    return suppress(np.column_stack([k, size - k]), floor=floor, columns=total)


Place = tuple[int, int]


def _with_totals(counts: npt.NDArray[np.int64], *, columns: bool) -> tuple[npt.NDArray[np.int64], FloatArray]:
    """The table with its totals, and +1 for cells and the grand total, -1 for totals.

    Signed so, every row and every column adds up to nought, and people are traded round a rectangle alike anywhere.
    """
    table = np.column_stack([counts, counts.sum(axis=1)])
    signs = np.ones(table.shape)
    signs[:, -1] = -1
    if columns:
        table, signs = np.vstack([table, table.sum(axis=0)]), np.vstack([signs, -signs[:1]])
    return table, signs


def _traded_in_table(
    table: npt.NDArray[np.int64], signs: FloatArray, hidden: BoolArray, place: Place, missing: int
) -> list[Place]:
    """The other corners of the cheapest rectangle with which the cell at `place` can trade; all but 0 if none can."""
    row, column = place
    cost = np.where(hidden, 0.0, table.astype(float))
    gains = signs * signs[row, column] * missing  # of a corner opposite; beside, it loses what this says
    cost_beside = np.where((table > 0) & (table - gains >= 1), cost, np.inf)
    cost_opposite = np.where((table > 0) & (table + gains >= 1), cost, np.inf)
    price = cost_opposite + cost_beside[row][None, :] + cost_beside[:, column][:, None]
    price[row], price[:, column] = np.inf, np.inf
    other_row, other_column = (int(part) for part in np.unravel_index(price.argmin(), price.shape))
    if not np.isfinite(price[other_row, other_column]):
        return _places(table > 0)
    return [(row, other_column), (other_row, column), (other_row, other_column)]


def _traded_in_row(
    table: npt.NDArray[np.int64], signs: FloatArray, hidden: BoolArray, place: Place, missing: int
) -> list[Place]:
    """The cheapest cell of the row, or its total, with which the cell at `place` can trade; all but 0 if none can."""
    row, column = place
    loses = signs[row] * signs[row, column] * missing
    price = np.where((table[row] > 0) & (table[row] - loses >= 1), np.where(hidden[row], 0.0, table[row]), np.inf)
    price[column] = np.inf
    other = int(price.argmin())
    if not np.isfinite(price[other]):
        return [(row, each) for each in range(len(price)) if table[row, each] > 0]
    return [(row, other)]


def _places(chosen: BoolArray) -> list[Place]:
    return [(int(row), int(column)) for row, column in zip(*np.nonzero(chosen), strict=True)]
