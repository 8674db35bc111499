"""Small cells cannot be read, nor worked out from what is shown: every table is attacked with linear programming."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from scaudit.statistics.suppression import suppress, suppress_shares

ALWAYS = settings(
    derandomize=True, database=None, deadline=None, max_examples=60, suppress_health_check=list(HealthCheck)
)
COUNTS = st.one_of(st.integers(0, 14), st.sampled_from([0, 0, 1, 10, 11, 12, 40, 300]), st.integers(0, 5000))


@st.composite
def tables(draw):
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    return np.array(draw(st.lists(COUNTS, min_size=rows * columns, max_size=rows * columns))).reshape(rows, columns)


def printed(cells, found, *, columns):
    """The table as it is printed, totals last, and what of it is hidden."""
    table = np.column_stack([cells, cells.sum(axis=1)])
    hidden = np.column_stack([found.cells, found.row_totals])
    if columns:
        table = np.vstack([table, table.sum(axis=0)])
        hidden = np.vstack([hidden, [*found.column_totals, found.grand_total]])
    return table, hidden


def attack(table, hidden, *, columns):
    """The least and the most that each hidden count may be, to a reader who knows that none of them is 0."""
    places = {place: number for number, place in enumerate(zip(*np.nonzero(hidden), strict=True))}
    sums = [[(row, column) for column in range(table.shape[1])] for row in range(table.shape[0])]
    if columns:
        sums += [[(row, column) for row in range(table.shape[0])] for column in range(table.shape[1])]
    left = np.zeros((len(sums), len(places)))
    right = np.zeros(len(sums))
    for number, line in enumerate(sums):
        for place in line:
            sign = -1 if place == line[-1] else 1
            if place in places:
                left[number, places[place]] += sign
            else:
                right[number] -= sign * table[place]
    ranges = {}
    for place, number in places.items():
        aim = np.eye(len(places))[number]
        least = linprog(aim, A_eq=left, b_eq=right, bounds=(1, None))
        most = linprog(-aim, A_eq=left, b_eq=right, bounds=(1, None))
        ranges[place] = (least.fun, -most.fun if most.status == 0 else np.inf)
    return ranges


@ALWAYS
@given(tables(), st.booleans())
def test_no_small_count_is_shown_and_none_can_be_worked_out(cells, columns):
    """Whatever the table: a hidden small count may be 11 or more for all that is shown, and no hidden count is certain.

    The reader is given every shown cell and total, that counts are not negative, and that no hidden count is 0.
    """
    table, hidden = printed(cells, suppress(cells, columns=columns), columns=columns)
    small = (table > 0) & (table < 11)
    assert not (small & ~hidden).any()
    assert not (hidden & (table == 0)).any()
    if not small.any():
        assert not hidden.any()
    for place, (least, most) in attack(table, hidden, columns=columns).items():
        assert most - least >= 1 - 1e-6, (table, hidden, place)
        if small[place]:
            assert most >= 11 - 1e-6, (table, hidden, place)


def test_the_attack_would_find_a_table_that_hides_too_little():
    """The small cell alone: its row's total gives it away. Two in a row: their columns' totals give them away."""
    cells = np.array([[5, 100, 200], [300, 400, 500]])
    table = printed(cells, suppress(cells), columns=True)[0]
    hidden = np.zeros(table.shape, dtype=bool)
    hidden[0, 0] = True
    assert attack(table, hidden, columns=True)[0, 0] == pytest.approx((5, 5))
    hidden[0, 1] = True
    assert attack(table, hidden, columns=True)[0, 0] == pytest.approx((5, 5))


def test_the_cheapest_rectangle_is_hidden():
    """By hand: 5 trades with 100 in its row, with 300 in its column, and with 400 where these two meet."""
    found = suppress([[5, 100, 200], [300, 400, 500], [900, 900, 900]])
    assert found.cells.tolist() == [[True, True, False], [True, True, False], [False, False, False]]
    assert not found.row_totals.any()
    assert not found.column_totals.any()
    assert not found.grand_total


def test_a_complement_is_a_cell_too():
    """995 of 1,000: the five who are not counted are hidden, and so is the share that would give them away."""
    found = suppress_shares([995, 300, 0], [1000, 700, 400])
    assert found.cells[0].tolist() == [True, True]
    assert found.cells[1].tolist() == [True, True]
    assert found.cells[2].tolist() == [False, False]
    assert suppress_shares([995, 300, 0], [1000, 700, 400], total=False).cells.any(axis=1).tolist() == [
        *(True, False, False)
    ]


def test_a_few_small_cells_that_add_up_to_a_small_count_are_not_enough():
    """3 and 4 hidden in a row of 507 whose other cell is shown: the reader would know that they are 7 together."""
    found = suppress([[3, 4, 500]], columns=False)
    assert found.cells.tolist() == [[True, True, True]]


def test_a_unit_of_fewer_than_eleven_hides_its_total_too():
    found = suppress([[4, 2], [60, 50], [70, 90]])
    assert found.row_totals.tolist() == [True, True, False]
    assert found.cells[0].tolist() == [True, True]


def test_a_group_of_fewer_than_eleven_hides_its_total_and_not_the_table():
    """By hand: 5 in the first column, of all units together; it trades with the second, and the third is shown."""
    found = suppress([[2, 60, 50], [3, 70, 90], [0, 80, 90]])
    assert found.cells.tolist() == [[True, True, False], [True, True, False], [False, False, False]]
    assert found.column_totals.tolist() == [True, True, False]
    assert not found.row_totals.any()
    assert not found.grand_total


def test_zeros_and_tables_without_small_cells_are_shown():
    found = suppress([[0, 11], [50, 0]])
    assert not found.cells.any()
    assert not found.row_totals.any()
    assert not suppress(np.zeros((3, 2), dtype=int)).cells.any()
    assert suppress([[4, 30]], floor=3).cells.tolist() == [[False, False]]


@pytest.mark.parametrize("bad", [[1, 2], [[1, -2]]])
def test_what_is_no_table_of_counts_is_refused(bad):
    with pytest.raises(ValueError, match="table of counts"):
        suppress(bad)
