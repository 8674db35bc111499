"""Numerals: figures in printed words, never without their N, their interval and their bound."""

from collections.abc import Sequence
from datetime import date, timedelta

from scaudit.figures import Figure, Measured
from scaudit.scorecard.wording import printed_day

NOT_SHOWN = "fewer than 11 or a complement, not shown"
WHY_NOT_SHOWN = (
    "Not shown: a number of fewer than 11, and its complement, from which such a number could be worked out."
)
UNPUBLISHED = "N not published"
AS_PUBLISHED = "as published"
"""Of a count that others published: it is its own N."""
_LARGE, _MIDDLE = 100, 10  # from here on a number is printed without decimals, and with one
_SMALL = 0.01  # under this two decimals would print a number as nought
_YEAR = 12  # months


def number(value: float) -> str:
    """`1,204`, `43.2`, `0.37`: as many decimals as tell something."""
    if abs(value) >= _LARGE or not value:
        return f"{value:,.0f}"
    if abs(value) < _SMALL:
        return f"{value:.2g}"
    return f"{value:.{1 if abs(value) >= _MIDDLE else 2}f}".rstrip("0").rstrip(".")


def percent(share: float) -> str:
    """`43.2`: a share of 1 as percent, with one decimal."""
    return f"{100 * share:,.1f}"


def plain(measured: Measured, value: float, *, counted: bool = True) -> str:
    """A value without its unit; a share as percent, with no more decimals than were published."""
    if measured["kind"] != "share":
        return number(value)
    return percent(value) if counted else number(round(100 * value, 4))


def unit(measured: Measured) -> str:
    """The unit in words: `percent`, `usd per year`."""
    return "percent" if measured["kind"] == "share" else measured["unit"].replace("_", " ")


def told(measured: Measured, figure: Figure) -> str:
    """A value as its source tells it, without its unit: `about 43.2`; or that it is not shown."""
    if figure["suppressed"]:
        return NOT_SHOWN
    if figure["value"] is None:
        return "no value"
    words = "" if figure["bound"] == "exact" else f"{figure['bound'].replace('_', ' ')} "
    return words + plain(measured, figure["value"], counted=figure["n"] is not None)


def value_words(measured: Measured, figure: Figure) -> str:
    """A value with its unit."""
    words = told(measured, figure)
    return words if hidden(figure) else f"{words} {unit(measured)}"


def hidden(figure: Figure) -> bool:
    """Whether there is no number to print or to draw."""
    return figure["suppressed"] or figure["value"] is None


def limits(measured: Measured, figure: Figure) -> str:
    """`42.1 to 44.3`, or nothing."""
    low, high = figure["low"], figure["high"]
    if hidden(figure) or low is None or high is None:
        return ""
    counted = figure["n"] is not None
    return f"{plain(measured, low, counted=counted)} to {plain(measured, high, counted=counted)}"


def is_interval(measured: Measured, figure: Figure) -> bool:
    """Whether low and high are a 95 percent interval; else they are a range that was published or assumed."""
    return measured["kind"] == "share" and figure["denominator"] is not None


def limits_words(measured: Measured, figure: Figure) -> str:
    """`95 percent interval 42.1 to 44.3`, `range 10 to 20`, or nothing."""
    found = limits(measured, figure)
    name = "95 percent interval" if is_interval(measured, figure) else "range"
    return f"{name} {found}" if found else ""


def n_words(measured: Measured, figure: Figure) -> str:
    """`N 7,812`; a published figure has none, unless it is a count."""
    if figure["n"] is not None:
        return f"N {figure['n']:,}"
    return AS_PUBLISHED if measured["kind"] == "count" else UNPUBLISHED


def n_cell(measured: Measured, figure: Figure) -> str:
    """What stands in a column of N: of a count that others published, nothing."""
    words = n_words(measured, figure)
    return "" if words == AS_PUBLISHED else words.removeprefix("N ")


def full_words(measured: Measured, figure: Figure) -> str:
    """`43.2 percent (95 percent interval 42.1 to 44.3; N 7,812)`."""
    if hidden(figure):
        return value_words(measured, figure)
    beside = [part for part in (limits_words(measured, figure), n_words(measured, figure)) if part]
    return f"{value_words(measured, figure)} ({'; '.join(beside)})"


def period(first: date, last: date, name: str = "") -> str:
    """`March 2012`, `January to March 2012`, `2012`, `fiscal year 2012`, or from day to day.

    `name` is the period that an indicator declares. A fiscal year is called by the year in which it ends.
    """
    if first == last:
        return printed_day(first)
    if first.day != 1 or (last + timedelta(days=1)).day != 1:
        return f"{printed_day(first)} to {printed_day(last)}"
    months = (last.year - first.year) * _YEAR + last.month - first.month + 1
    if months == 1:
        return month(first)
    if months == _YEAR and first.month == 1:
        return str(first.year)
    if months == _YEAR and name == "fiscal year":
        return f"fiscal year {last.year}"
    return f"{_begins(first, last)} to {month(last)}"


def periods(measured: Measured, figures: Sequence[Figure]) -> str:
    """The period of figures in words; where each has another, the time from the first to the last."""
    first, last = min(row["period_from"] for row in figures), max(row["period_to"] for row in figures)
    own = "" if of_one_period(figures) else ", each in its own time"
    return period(first, last, measured["period"]) + own


def of_one_period(figures: Sequence[Figure]) -> bool:
    """Whether all figures are of the same period, and can be compared."""
    return len({(row["period_from"], row["period_to"]) for row in figures}) == 1


def month(day: date) -> str:
    """`March 2012`."""
    return printed_day(day).split(" ", 1)[1]


def short_day(day: date) -> str:
    """`21 Dec 2012`."""
    return f"{day.day} {short_month(day)} {day.year}"


def short_month(day: date) -> str:
    """`Dec`."""
    return printed_day(day).split()[1][:3]


def _begins(first: date, last: date) -> str:
    return month(first).split()[0] if first.year == last.year else month(first)
