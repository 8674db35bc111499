"""The view model of the charts of numbers: what is drawn, lengths in points, and the same in words."""

from dataclasses import dataclass

from scaudit.scorecard.shapes import Tick


@dataclass(frozen=True)
class Stroke:
    """Lines of one sort as an SVG path. `dash` is an SVG dash pattern, empty for solid."""

    path: str
    dash: str
    weight: float


@dataclass(frozen=True)
class Spot:
    """A value that is marked. `shape` is circle, square, diamond or cross."""

    x: float
    y: float
    shape: str
    filled: bool


@dataclass(frozen=True)
class Sample:
    """An entry of the key from `x`, `y` on: a piece of line, a mark or a bar (`solid`, `hatched`), and words."""

    x: float
    y: float
    words: str
    stroke: Stroke | None
    spot: Spot | None
    bar: str


@dataclass(frozen=True)
class DayMark:
    """The upright line of a named day, and its date beside it at `at`, `y`."""

    x: float
    at: float
    y: float
    words: str


@dataclass(frozen=True)
class Curve:
    """A series over time. `whiskers` and `breaks` are SVG paths: intervals, and where the series itself breaks."""

    width: float
    height: float
    left: float
    right: float
    top: float
    base: float
    levels: tuple[Tick, ...]
    ticks: tuple[Tick, ...]
    days: tuple[DayMark, ...]
    strokes: tuple[Stroke, ...]
    spots: tuple[Spot, ...]
    whiskers: str
    breaks: str
    ends: tuple[Tick, ...]
    key: tuple[Sample, ...]
    picture: str


@dataclass(frozen=True)
class GroupBar:
    """A group: a bar as far as `right` at `y`, solid or hatched, its words from `end` on, its label at `label_y`."""

    label: str
    label_y: float
    y: float
    right: float
    end: float
    hatched: bool
    words: str


@dataclass(frozen=True)
class GroupBars:
    """The groups of one period, each with one bar for each of at most two versions or sources.

    `whiskers` is one SVG path of all intervals.
    """

    width: float
    height: float
    left: float
    rows: tuple[GroupBar, ...]
    whiskers: str
    key: tuple[Sample, ...]
    when: str
    unit: str
    picture: str
    note: str


@dataclass(frozen=True)
class Funnel:
    """Shares of units against their N. `limits` are lines, `middle` the height of the overall share."""

    width: float
    height: float
    left: float
    base: float
    levels: tuple[Tick, ...]
    ticks: tuple[Tick, ...]
    limits: tuple[Stroke, ...]
    middle: float
    spots: tuple[Spot, ...]
    names: tuple[Tick, ...]
    key: tuple[Sample, ...]
    picture: str
