"""The view model of a summary: a group of items on few pages, told in counts where they are many."""

from dataclasses import dataclass

from scaudit.scorecard.model import AskedOf, Frame, Held, Ledger, Meaning
from scaudit.scorecard.panels import AllNumbers
from scaudit.scorecard.shapes import Bar, NamedDay, Step


@dataclass(frozen=True)
class Pair:
    """A bar for what the evidence shows and one for what is said, with the word beside them."""

    word: str
    verified: int
    claimed: int


@dataclass(frozen=True)
class Pairs:
    """How many items have which status; `picture` says the same in words."""

    title: str
    rows: tuple[Pair, ...]
    picture: str


@dataclass(frozen=True)
class SummaryLine:
    """An item in a line. `steps` are the asks that the page tells of; `card` is the file name of its card."""

    item_id: str
    title: str
    accountable: str
    verified: str
    claimed: str
    flags: tuple[str, ...]
    steps: tuple[Step, ...]
    picture: str
    met: str
    gap: str
    card: str


@dataclass(frozen=True)
class Named:
    """An item that stands out, and why, in a column or two."""

    item_id: str
    title: str
    accountable: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Standouts:
    """Items that stand out: what is counted of all, in a sentence, and the first few; `more` says of the others."""

    said: str
    rows: tuple[Named, ...]
    more: str


@dataclass(frozen=True)
class Breakdown:
    """The items by another sort of group, in a line each. `more` says how many groups have no line."""

    title: str
    head: str
    rows: tuple[tuple[str, ...], ...]
    more: str


@dataclass(frozen=True)
class Letters:
    """The letters of the annexes of a summary; those that it lacks are empty."""

    asks: str
    questions: str
    numbers: str
    held: str


@dataclass(frozen=True)
class SummaryCard:
    """The items of one body, of one programme, or all of them.

    `theirs` names the body where only its own asks are counted. `lines` and `questions` are empty where the items are
    many; `questions_said` counts them then.
    """

    frame: Frame
    kind: str
    heading: str
    theirs: str
    how: str
    asked_by: tuple[str, ...]
    not_yet: str
    headline: tuple[tuple[str, str], ...]
    stands_out: tuple[str, ...]
    statuses: tuple[Pairs, ...]
    lines: tuple[SummaryLine, ...]
    bars: tuple[Bar, ...]
    bars_unit: str
    bars_picture: str
    gaps: Standouts
    oldest: Standouts
    moved: Standouts | None
    moved_since: str
    moved_labels: str
    breakdowns: tuple[Breakdown, ...]
    claims: tuple[tuple[str, int], ...]
    flags: tuple[Meaning, ...]
    ladder: tuple[Meaning, ...]
    unknown: tuple[tuple[str, tuple[str, ...]], ...]
    unknown_said: str
    questions: tuple[AskedOf, ...]
    questions_said: str
    within: str
    letters: Letters
    named: tuple[NamedDay, ...] = ()
    uses: tuple[tuple[str, int], ...] = ()
    readings: tuple[tuple[str, int], ...] = ()
    held: tuple[Held, ...] = ()
    held_more: int = 0
    held_counts: tuple[tuple[str, str, str], ...] = ()
    ledger: Ledger | None = None
    numbers: AllNumbers | None = None
    by: str = "all"
