"""A sketch: where periods and values of a series stand in its picture, before anything is drawn."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from statistics import median

from scaudit.figures import Figure, Measured
from scaudit.scorecard.axes import Height, Width
from scaudit.scorecard.keys import WIDTH
from scaudit.scorecard.lines import Line
from scaudit.scorecard.numerals import hidden, number, short_day, told
from scaudit.scorecard.plots import DayMark

STYLED = 4  # lines that have a dash and a mark of their own
NAMES = 11.0  # height of a row of names
_PLOT = 88.0  # height of the picture itself
_LETTER, _AIR = 4.3, 5.0
_MARKED = 24  # periods up to which every value is marked
_LONG_PERIOD = 80  # days from which on a period is drawn as long as it is
_UNEVEN = 1.5  # times that a period may be longer than another
_ASIDE = 5.0  # points by which marks of the same period stand apart
_NEXT = timedelta(days=3)  # what begins within it is the next period
_BESIDE = 54.0  # width of a day beside its line


class Sketch:
    """The places of one picture: lines of an indicator and the days of its events.

    `split` says that versions differ in force, `running` that periods run from one first day, `steps` that a period is
    drawn as long as it is, `uneven` that totals of shorter and longer periods stand beside each other, `marked` that
    every value has a mark.
    """

    def __init__(self, measured: Measured, lines: Sequence[Line], days: Sequence[date]) -> None:
        self.measured, self.lines = measured, lines
        self.figures = [row for line in lines for row in line.figures]
        self.split = len({row["in_force"] for row in self.figures}) > 1
        self.running = any(_running(line) for line in lines)
        many = max(len(line.figures) for line in lines)
        spans = [(row["period_to"] - row["period_from"]).days for row in self.figures]
        self.steps = not self.running and many <= _MARKED and median(spans) >= _LONG_PERIOD
        self.uneven = self.steps and measured["kind"] in ("count", "amount") and min(spans) * _UNEVEN < max(spans)
        self.marked = many <= _MARKED
        self.days = _days([day for day in sorted(days) if self.width.holds(day)], self.width)
        self.height = Height(self._values, NAMES * len({day.y for day in self.days}) + 4, self.base)

    @property
    def base(self) -> float:
        """The height of the axis."""
        return NAMES * len({day.y for day in self.days}) + 4 + _PLOT

    @property
    def styled(self) -> Sequence[Line]:
        """The lines that have a dash and a mark of their own."""
        return self.lines[:STYLED]

    @cached_property
    def width(self) -> Width:
        """The axis of days, with room for the levels before it and for the last values after it."""
        levels = [self.level(level) for level in Height(self._values, 0, 1).levels]
        lasts = [told(self.measured, row) for row in self.figures if not hidden(row)]
        begins = [row["period_to"] if self.running else row["period_from"] for row in self.figures]
        return Width(
            min(begins),
            max(row["period_to"] for row in self.figures),
            round(max(map(len, levels)) * _LETTER + _AIR, 2),
            round(WIDTH - max(map(len, lasts)) * _LETTER - _AIR, 2),
        )

    def level(self, value: float) -> str:
        """A level of the axis in words."""
        return f"{number(round(100 * value, 6))} %" if self.measured["kind"] == "share" else number(value)

    def x(self, row: Figure, place: int) -> float:
        """Where the value of a period stands: in its middle, or at its end where periods run from one first day."""
        if self.running:
            return self.width.x(row["period_to"])
        aside = (place - (len(self.styled) - 1) / 2) * _ASIDE if self.steps and place < STYLED else 0
        return round(self.width.x(row["period_from"] + (row["period_to"] - row["period_from"]) / 2) + aside, 2)

    def y(self, value: float | None) -> float:
        """The height of a value; of none, the axis."""
        return self.height.y(value or 0.0)

    def neighbours(self, line: Line) -> Iterator[tuple[Figure, Figure]]:
        """The values of a line that follow each other; what is missing or not shown breaks it."""
        for row, after in pairwise(line.figures):
            near = self.running or timedelta(0) < after["period_from"] - row["period_to"] <= _NEXT
            if near and not hidden(row) and not hidden(after):
                yield row, after

    @property
    def _values(self) -> list[float]:
        ends = (row[name] for row in self.figures for name in ("value", "low", "high"))
        return [float(value) for value in ends if value is not None]


def _running(line: Line) -> bool:
    """Whether two periods begin on one day and end on different ones: a running total."""
    pairs = pairwise(sorted((row["period_from"], row["period_to"]) for row in line.figures))
    return any(first[0] == then[0] and first[1] != then[1] for first, then in pairs)


def _days(days: Sequence[date], width: Width) -> tuple[DayMark, ...]:
    """The named days, each beside its line, in a second row where two would touch."""
    marks: list[DayMark] = []
    for day in dict.fromkeys(days):
        x = width.x(day)
        at = x + 2 if x + _BESIDE < WIDTH else x - _BESIDE
        touches = bool(marks) and marks[-1].y == NAMES - 2 and at - marks[-1].at < _BESIDE
        marks.append(DayMark(x, round(at, 2), 2 * NAMES - 2 if touches else NAMES - 2, short_day(day)))
    return tuple(marks)
