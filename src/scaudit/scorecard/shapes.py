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
