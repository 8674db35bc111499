"""Figures: what a line of each table of measured numbers is. None stands without its N, its source and its date."""

from datetime import date
from typing import TypedDict


class Measured(TypedDict):
    """An indicator of the project, and whether it could be computed; `missing` says what it needs where not.

    `bears_on` are criteria and claims. `synthetic` is true where a record-level file that it reads is invented.
    """

    indicator_id: str
    title: str
    counts: str
    unit: str
    kind: str
    numerator: str
    denominator: str
    population: str
    by: str
    period: str
    term: str
    better: str
    note: str
    bears_on: list[str]
    source_ids: list[str]
    synthetic: bool
    missing: str


class Figure(TypedDict):
    """One value of an indicator: for a period, a group (empty for all) and a version of its definition (or None).

    `value` is a share from 0 to 1, a count, or an amount in the indicator's unit; `low` and `high` its 95 percent
    interval where it is a share, or the published or assumed range. `n` is the number of records counted, None for
    published figures. `in_force` says that the version was in force in the period. A suppressed figure has no numbers.
    `bound` is exact, about, more_than, at_most or nearly, as the source says.
    """

    indicator_id: str
    version: str | None
    period_from: date
    period_to: date
    grp: str
    numerator: float | None
    denominator: float | None
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    in_force: bool
    suppressed: bool
    bound: str
    source_ids: list[str]


class Event(TypedDict):
    """An indicator before and after a named day: the difference with its interval, and what else could explain it.

    `changed_on` is where the series itself would put a change, with its p-value; `placebo_rank` of `placebo_days` says
    how many other days give as large a difference; `detectable` is the least change that could have been seen.
    """

    indicator_id: str
    grp: str
    day: date
    label: str
    before: float
    after: float
    n_before: int
    n_after: int
    difference: float
    low: float
    high: float
    p_value: float
    changed_on: date | None
    change_p: float | None
    placebo_rank: int
    placebo_days: int
    detectable: float


class Split(TypedDict):
    """How much of a change between two periods is change of records, and how much is change of definition."""

    indicator_id: str
    grp: str
    version_from: str
    version_to: str
    period_from: date
    period_to: date
    total: float
    by_records: float
    by_definition: float


class Version(TypedDict):
    """A version of a definition: from when to when, whose, and what it takes in."""

    term: str
    version: str
    valid_from: date | None
    valid_to: date | None
    rule: str
    source_id: str


class Outlier(TypedDict):
    """A unit whose share lies outside the funnel after control for the number of units looked at; `n` is its N."""

    indicator_id: str
    grp: str
    numerator: int
    n: int
    value: float
    overall: float
    low: float
    high: float
    q_value: float


class Disagreement(TypedDict):
    """Values that sources, or releases of one source, give for what they call the same; never averaged."""

    family: str
    geography: str
    period_from: date
    period_to: date
    values: list[float]
    bounds: list[str]
    series: list[str]
    source_ids: list[str]
