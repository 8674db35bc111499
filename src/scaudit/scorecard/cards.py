"""The view model of whole documents: the card of one item, and the overview of all."""

from dataclasses import dataclass

from scaudit.scorecard.letters import Letters
from scaudit.scorecard.model import (
    Asked,
    AskedOf,
    Beside,
    Change,
    ClaimLine,
    Frame,
    Gap,
    Glance,
    Group,
    Held,
    ItemLine,
    Ledger,
    Meaning,
    Reason,
)
from scaudit.scorecard.panels import AllNumbers, Numbers
from scaudit.scorecard.scrutiny import Contradictions, Firmness, Outlooks, Viewpoints
from scaudit.scorecard.shapes import Bar, NamedDay, Timeline, Trajectory


@dataclass(frozen=True)
class ItemCard:
    """One item, from the ask to the last record."""

    frame: Frame
    asked: Asked
    glance: Glance
    claims: tuple[ClaimLine, ...]
    reasons: tuple[Reason, ...]
    closing: str
    changes: tuple[Change, ...]
    unknown: tuple[Gap, ...]
    timeline: Timeline | None
    beside: Beside
    ladder: tuple[Meaning, ...]
    readings: tuple[tuple[str, int], ...]
    grades: tuple[Meaning, ...]
    uses: tuple[Meaning, ...]
    letters: Letters
    numbers: Numbers | None
    annex: tuple[Group, ...]
    trajectory: Trajectory | None
    firmness: Firmness
    contradictions: Contradictions
    viewpoints: Viewpoints
    held: tuple[Held, ...]
    held_more: int


@dataclass(frozen=True)
class OverviewCard:
    """All items of an edition."""

    frame: Frame
    asked_by: tuple[str, ...]
    not_yet: str
    headline: tuple[tuple[str, str], ...]
    lines: tuple[ItemLine, ...]
    bars: tuple[Bar, ...]
    bars_unit: str
    bars_picture: str
    claims: tuple[tuple[str, int], ...]
    flags: tuple[Meaning, ...]
    ladder: tuple[Meaning, ...]
    unknown: tuple[tuple[str, tuple[Gap, ...]], ...]
    outlooks: Outlooks
    numbers: AllNumbers | None
    questions: tuple[AskedOf, ...]
    within: str
    named: tuple[NamedDay, ...]
    readings: tuple[tuple[str, int], ...]
    uses: tuple[tuple[str, int], ...]
    held: tuple[Held, ...]
    held_more: int
    ledger: Ledger
