"""The view model of the pictures: what a chart draws, and the same in words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """A criterion on the ladder: rungs 0 to 6 in both readings, and the same in words.

    `shown` and `said` are the rungs as they count: one that is too old to count is 4. `of` names the bodies that
    were asked, where the item's accountable body is not among them.
    """

    criterion_id: str
    short: str
    ask: str
    kind: str
    required: bool
    verified: int
    claimed: int
    shown: int
    said: int
    of: str
    verified_words: str
    claimed_words: str
    flags: tuple[str, ...]
    picture: str

    @property
    def gap(self) -> int:
        """Steps by which the word goes further than the evidence."""
        return max(0, self.said - self.shown)


@dataclass(frozen=True)
class Band:
    """The progress band: counts of required asks. `words` are what is met, `open` what may be and is not known."""

    required: int
    met_low: int
    met_high: int
    claimed: int
    words: str
    open: str
    picture: str


@dataclass(frozen=True)
class Mark:
    """A record on the timeline. `shape` is circle, diamond or square; lengths in points."""

    x: float
    y: float
    start: float
    shape: str
    counted: bool
    number: str


@dataclass(frozen=True)
class Tick:
    """A label on the time axis or beside a grade."""

    x: float
    y: float
    label: str


@dataclass(frozen=True)
class DayLine:
    """The line of a named day at `x`, and its letter, moved aside to `at` where two would touch."""

    x: float
    at: float
    letter: str


@dataclass(frozen=True)
class NamedDay:
    """A reference day and the letter it has in the picture."""

    letter: str
    day: str
    label: str


@dataclass(frozen=True)
class Timeline:
    """The picture of the evidence over time, lengths in points, and its numbers."""

    width: float
    height: float
    axis: float
    left: float
    grades: tuple[Tick, ...]
    edges: tuple[float, ...]
    ticks: tuple[Tick, ...]
    days: tuple[DayLine, ...]
    marks: tuple[Mark, ...]
    named: tuple[NamedDay, ...]
    table: tuple[tuple[str, tuple[int, ...]], ...]
    picture: str
    note: str


@dataclass(frozen=True)
class Bar:
    """How many required asks stand on a rung, in both readings."""

    rung: int
    word: str
    verified: int
    claimed: int


@dataclass(frozen=True)
class DayColumn:
    """A day of the trajectory, its name, and where its column begins in each block."""

    day: str
    year: str
    words: str
    label: str
    starts: tuple[float, ...]


@dataclass(frozen=True)
class Digit:
    """A rung where it changes, standing on its line; `strong` by the evidence, else taken at its word."""

    x: float
    y: float
    text: str
    strong: bool


@dataclass(frozen=True)
class Lane:
    """One ask through the days: `solid` and `dashed` are SVG paths, `met` and `base` heights of rungs 5 and 0."""

    short: str
    x: float
    end: float
    base: float
    met: float
    solid: str
    dashed: str
    digits: tuple[Digit, ...]


@dataclass(frozen=True)
class Trajectory:
    """The picture of the rungs over the named days, lengths in points, and its numbers (`3/5`: shown and said)."""

    width: float
    height: float
    columns: tuple[DayColumn, ...]
    lanes: tuple[Lane, ...]
    table: tuple[tuple[str, tuple[str, ...]], ...]
    message: str
    picture: str
    note: str
    stale: bool
