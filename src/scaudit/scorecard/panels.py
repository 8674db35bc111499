"""The view model of what the numbers say: one panel an indicator, and what sources disagree about."""

from dataclasses import dataclass

from scaudit.scorecard.plots import Curve, Funnel, GroupBars


@dataclass(frozen=True)
class NumberTable:
    """Numbers in rows; `widths` are percent of the page. A line feed in a cell parts a value from its N."""

    title: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


@dataclass(frozen=True)
class Panel:
    """An indicator: what it counts, its pictures, what they say, and the numbers. `caption` has label and words."""

    title: str
    bears: tuple[str, ...]
    synthetic: bool
    message: str
    begun: str
    caption: tuple[tuple[str, str], ...]
    curve: Curve | None
    bars: GroupBars | None
    funnel: Funnel | None
    events: tuple[str, ...]
    splits: tuple[str, ...]
    outliers: tuple[str, ...]
    tables: tuple[NumberTable, ...]


@dataclass(frozen=True)
class Lacking:
    """An indicator that was not computed, and what it needs."""

    title: str
    bears: tuple[str, ...]
    needs: str


@dataclass(frozen=True)
class Defined:
    """A version of a definition by which figures are counted."""

    term: str
    version: str
    valid: str
    rule: str
    source: str


@dataclass(frozen=True)
class Numbers:
    """What the numbers say of an item. `said` are the sentences of the body; `sources` are ids with their titles."""

    said: tuple[str, ...]
    panels: tuple[Panel, ...]
    lacking: tuple[Lacking, ...]
    definitions: tuple[Defined, ...]
    sources: tuple[tuple[str, str], ...]
    hidden: str


@dataclass(frozen=True)
class NumberLine:
    """An indicator as a line of the overview."""

    title: str
    synthetic: bool
    latest: str
    bears: str


@dataclass(frozen=True)
class Differing:
    """Values for the same thing, place and period that cannot all be so, side by side."""

    what: str
    when: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """The units of an indicator that stand outside its funnel."""

    title: str
    synthetic: bool
    funnel: Funnel | None
    units: tuple[str, ...]


@dataclass(frozen=True)
class AllNumbers:
    """What the numbers say in the overview. `said` is the line of the body."""

    said: str
    lines: tuple[NumberLine, ...]
    differing: tuple[Differing, ...]
    standing: tuple[Standing, ...]
