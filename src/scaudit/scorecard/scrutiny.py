"""The view model of the second look: how firm a status is, where records contradict each other, who sees what."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tried:
    """A choice of the ruleset, tried otherwise, that moves something: the asks it moves, and the status then."""

    words: str
    asks: tuple[str, ...]
    status: str


@dataclass(frozen=True)
class Without:
    """A record whose removal alone would move an ask; `number` is its citation on this card, or empty."""

    short: str
    evidence_id: str
    number: str
    stands: str
    would: str
    finding: str


@dataclass(frozen=True)
class Firmness:
    """How firm a status is. `said` are the sentences of the body; `idle` the choices that move nothing here."""

    said: tuple[str, ...]
    tried: int
    moving: tuple[Tried, ...]
    idle: tuple[str, ...]
    without: tuple[Without, ...]


@dataclass(frozen=True)
class Side:
    """One side of a contradiction: what it says, and the records (here and on other cards) and sources that say so.

    `later` where nobody had said so yet on the day of the card.
    """

    says: str
    later: bool
    records: tuple[str, ...]
    elsewhere: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Dispute:
    """An entry of the register of contradictions."""

    contradiction_id: str
    question: str
    sides: tuple[Side, ...]
    explained: str
    explanation: str


@dataclass(frozen=True)
class Clash:
    """A record against, and those for the same ask that speak of the same time."""

    short: str
    against: str
    finding: str
    supports: tuple[str, ...]
    when: str
    known_as: str


@dataclass(frozen=True)
class Contradictions:
    """Where records contradict each other on an item. `said` is the line of the body, or empty.

    `later` counts entries of the register that were none yet on the day of the card, `more` the clashes not listed.
    """

    said: str
    entries: tuple[Dispute, ...]
    later: int
    clashes: tuple[Clash, ...]
    more: int


@dataclass(frozen=True)
class Grid:
    """Rows of words under the names of viewpoints."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Viewpoints:
    """An item as each viewpoint sees it: a rung for each ask, in tables of bearable width, and its claims in words."""

    grids: tuple[Grid, ...]
    claims: tuple[str, ...]
    silent: tuple[str, ...]
    stale: bool


@dataclass(frozen=True)
class Outlook:
    """An item in one viewpoint: its weakest rung, its strongest where that differs, on how many asks, its claims."""

    weakest: str
    strongest: str
    asks: str
    claims: str


@dataclass(frozen=True)
class OutlookTable:
    """Items by viewpoint; None where a viewpoint is silent on an item. `silent` names items of which all are."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Outlook | None, ...]], ...]
    silent: tuple[str, ...]


@dataclass(frozen=True)
class Witness:
    """What a viewpoint's rung on an item rests on: the ask, the record, and its finding."""

    viewpoint: str
    stands: str
    evidence_id: str
    finding: str
    source: str


@dataclass(frozen=True)
class Contrast:
    """An item on which viewpoints stand two rungs or more apart: what each rests on, and which pairs do.

    The two rungs of a pair rest on the same ask, or on different ones.
    """

    item_id: str
    witnesses: tuple[Witness, ...]
    same: tuple[str, ...]
    different: tuple[str, ...]


@dataclass(frozen=True)
class Outlooks:
    """Who would conclude what. `said` is the line of the overview's body, or empty."""

    said: str
    tables: tuple[OutlookTable, ...]
    contrasts: tuple[Contrast, ...]
    other: bool
