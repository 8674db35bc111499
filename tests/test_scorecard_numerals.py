"""Figures in printed words: decimals, bounds, intervals, N, periods, and what is not shown."""

from datetime import date

import pytest

from numbers_factory import figure, hidden, measured, month, share, year
from scaudit.scorecard.numerals import full_words, limits_words, number, period, told, value_words

SHARE = measured("warm")
COUNT = measured("loads", kind="count", unit="loads_sent")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"), (7, "7"), (1204, "1,204"), (43.25, "43.2"), (43.0, "43"), (0.37, "0.37"), (0.5, "0.5"), (9.999, "10"),
        (1234.56, "1,235"), (-2.25, "-2.25"), (-8.0, "-8"), (100.4, "100"), (0.0042, "0.0042"), (10.04, "10"), (1e6, "1,000,000"),
    ],
)  # fmt: skip
def test_a_number_has_the_decimals_that_tell_something(value, words):
    """No more and no fewer."""
    assert number(value) == words


def test_a_share_that_was_counted_has_one_decimal_its_interval_and_its_n():
    """None of the three is left out."""
    row = share("warm", month(0), 0.25, 400, low=0.2099, high=0.2944)
    assert full_words(SHARE, row) == "25.0 percent (95 percent interval 21.0 to 29.4; N 400)"


def test_a_published_figure_has_its_bound_and_no_more_decimals_than_were_published():
    """74 percent as printed is not 74.0 percent; nobody gave an N."""
    row = figure("warm", year(2012), 0.74, bound="about", low=0.7, high=0.785)
    assert full_words(SHARE, row) == "about 74 percent (range 70 to 78.5; N not published)"
    assert value_words(COUNT, figure("loads", year(2012), 12100, bound="more_than")) == "more than 12,100 loads sent"


@pytest.mark.parametrize("bound", ["about", "more_than", "at_most", "nearly"])
def test_every_bound_is_printed(bound):
    """As the source says it."""
    assert told(COUNT, figure("loads", month(0), 5, bound=bound)) == f"{bound.replace('_', ' ')} 5"


def test_an_assumed_range_is_no_interval():
    """Only a share that was counted has one."""
    assert limits_words(COUNT, figure("loads", month(0), 5, low=2, high=9, n=5)) == "range 2 to 9"
    assert limits_words(COUNT, figure("loads", month(0), 5)) == ""


def test_what_is_held_back_has_no_number_whatever_the_row_says():
    """Neither value, nor interval, nor N."""
    row = hidden("warm", month(0), value=0.5, low=0.1, high=0.9, n=6)
    assert full_words(SHARE, row) == "fewer than 11 or a complement, not shown"
    assert limits_words(SHARE, row) == ""


def test_a_figure_without_a_value_is_told_as_such():
    """It is not held back."""
    assert full_words(SHARE, figure("warm", month(0), None)) == "no value"


@pytest.mark.parametrize(
    ("first", "last", "name", "words"),
    [
        (date(2012, 3, 1), date(2012, 3, 31), "month", "March 2012"),
        (date(2012, 2, 1), date(2012, 2, 29), "month", "February 2012"),
        (date(2012, 2, 1), date(2012, 2, 28), "", "1 February 2012 to 28 February 2012"),
        (date(2012, 1, 1), date(2012, 3, 31), "quarter", "January to March 2012"),
        (date(2012, 1, 1), date(2012, 12, 31), "fiscal year", "2012"),
        (date(2011, 10, 1), date(2012, 9, 30), "fiscal year", "fiscal year 2012"),
        (date(2011, 10, 1), date(2012, 9, 30), "year", "October 2011 to September 2012"),
        (date(2008, 10, 27), date(2012, 9, 30), "", "27 October 2008 to 30 September 2012"),
        (date(2012, 3, 5), date(2012, 3, 5), "", "5 March 2012"),
        (date(2011, 12, 1), date(2012, 1, 31), "", "December 2011 to January 2012"),
    ],
)
def test_a_period_is_called_by_its_name(first, last, name, words):
    """A fiscal year only where the indicator counts by fiscal years."""
    assert period(first, last, name) == words
