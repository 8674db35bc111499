"""Axes: from values and days to places in a picture, with round numbers beside them."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil, floor, log10

from scaudit.scorecard.numerals import short_month

_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)
_STEPS = 4  # between the lowest and the highest level at most
_YEAR, _MONTH = 26.0, 44.0  # points that the name of a year and of a month take
_YEARS = 800  # days from which on only years are named
_MONTHS = (1, 2, 3, 6, 12)


class Height:
    """From a value to a height: nought always stands in the picture, so that no change looks larger than it is."""

    def __init__(self, values: Sequence[float], top: float, base: float) -> None:
        low, high = min((0.0, *values)), max((0.0, *values))
        self.step = round_step((high - low or 1.0) / _STEPS)
        self.low, self.high = floor(low / self.step) * self.step, ceil((high or 1.0) / self.step) * self.step
        self.top, self.base = top, base

    def y(self, value: float) -> float:
        """The height of a value."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.base - share * (self.base - self.top), 2)

    @property
    def levels(self) -> tuple[float, ...]:
        """The round values of the axis."""
        return tuple(self.low + place * self.step for place in range(round((self.high - self.low) / self.step) + 1))


class Width:
    """From a day to a place between `left` and `right`."""

    def __init__(self, first: date, last: date, left: float, right: float) -> None:
        self.first, self.last = first, max(last, first + timedelta(days=1))
        self.left, self.right = left, right

    def x(self, day: date) -> float:
        """The place of a day."""
        share = (day - self.first).days / (self.last - self.first).days
        return round(self.left + share * (self.right - self.left), 2)

    def holds(self, day: date) -> bool:
        """Whether a day lies in the picture."""
        return self.first <= day <= self.last

    @property
    def ticks(self) -> tuple[tuple[float, str], ...]:
        """Years, or months where the time is short, as many as have room for their names."""
        days = (self.last - self.first).days
        wide = self.right - self.left
        return self._years(max(1, int(wide / _YEAR))) if days > _YEARS else self._months(max(1, int(wide / _MONTH)))

    def _years(self, room: int) -> tuple[tuple[float, str], ...]:
        years = [year for year in range(self.first.year, self.last.year + 1) if self.holds(date(year, 1, 1))]
        every = ceil(len(years) / room)
        return tuple((self.x(date(year, 1, 1)), str(year)) for year in years[::every])

    def _months(self, room: int) -> tuple[tuple[float, str], ...]:
        numbers = range(self.first.year * 12, self.last.year * 12 + 12)
        days = [day for day in (date(number // 12, number % 12 + 1, 1) for number in numbers) if self.holds(day)]
        every = next((each for each in _MONTHS if len(days) <= each * room), _MONTHS[-1])
        kept = [day for day in days if (day.month - 1) % every == 0]
        return tuple((self.x(day), f"{short_month(day)} {day.year}") for day in kept)


def round_step(least: float) -> float:
    """The least round number, 1, 2, 2.5 or 5 times a power of ten, that is not under `least`."""
    power: float = 10.0 ** floor(log10(least))
    return next((part * power for part in _ROUND if part * power >= least * (1 - 1e-9)), 10 * power)
