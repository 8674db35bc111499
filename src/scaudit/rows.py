"""Rows: what a line of each result table is."""

from collections.abc import Mapping
from datetime import date
from typing import NotRequired, TypedDict

Words = Mapping[str, Mapping[str, object]]
"""The ruleset's printed words: its words.toml as read (tables rungs, flags, crosswalk, ...)."""


class Run(TypedDict):
    """The parameters and counts of the run; counts are rows. `synthetic` where it reads a file of invented records."""

    edition: str
    as_of: date
    known_on: date
    ruleset: str
    data_digest: str
    read: int
    loaded: int
    quarantined: int
    synthetic: NotRequired[bool]


class Source(TypedDict):
    """A document; `publisher` is a name, `seen` how it was read (whole, excerpt, ...)."""

    title: str
    publisher: str
    published_on_text: str | None
    url: str | None
    seen: str | None


class Item(TypedDict):
    """Something an outside body asked for."""

    item_id: str
    kind: str
    title: str
    summary: str | None
    issuer_id: str
    accountable_id: str
    issued_on: date | None
    response: str | None
    response_on: date | None
    target_on: date | None
    source_id: str
    locator: str | None
    not_yet_asked: bool


class ItemStatus(TypedDict):
    """Status of an item in one reading; `met_low` and `met_high` are counts of required criteria."""

    item_id: str
    reading: str
    status: str
    flags: list[str]
    required: int
    met_low: int
    met_high: int
    weakest: int | None
    strongest: int | None


class Criterion(TypedDict):
    """One checkable ask of an item, or a claim of a concern."""

    criterion_id: str
    item_id: str
    kind: str
    ask: str
    required: bool
    window_from: date | None
    window_to: date | None
    closed: bool
    accountable: list[str]
    source_id: str
    locator: str | None
    shelf_life_months: int | None


class Rung(TypedDict):
    """How far a criterion has come in one reading, and by which records and rules."""

    criterion_id: str
    reading: str
    rung: int
    flags: list[str]
    stale: bool
    binding: list[str]
    standing: list[str]
    rules: list[str]


class Move(TypedDict):
    """The least record that would move a criterion's verified rung, and where to."""

    criterion_id: str
    grade: int
    to: int
    words: str


class Claim(TypedDict):
    """How far a claim of a concern is borne out."""

    criterion_id: str
    standing: str


class Record(TypedDict):
    """One finding of one source about one criterion, graded, with what became of it and why."""

    evidence_id: str
    criterion_id: str
    source_id: str
    locator: str | None
    origin_id: str | None
    stance: str
    basis: str
    tense: str
    method_stated: bool
    event_from: date | None
    event_to: date | None
    event_from_text: str | None
    event_to_text: str | None
    recorded_on: date | None
    finding: str
    coding_note: str | None
    fact_id: str | None
    independent: bool
    second_hand: bool
    grade: int
    claimed_grade: int
    grade_name: str
    disposition: str
    reason: str
    printed_with: str | None


class Disposition(TypedDict):
    """Where the issuer or the accountable body says an item stands, in its own words."""

    item_id: str
    body_id: str
    stated_on: date | None
    disposition: str
    words: str | None
    basis_stated: str | None
    source_id: str | None
    locator: str | None


class Reply(TypedDict):
    """What a body replied on an item, in its own words; `replied_on_text` is the day as given, maybe only a month."""

    reply_id: str
    item_id: str
    body_id: str
    replied_on: date
    replied_on_text: str
    words: str
    source_id: str
    locator: str | None


class ReadingDay(TypedDict):
    """A named day on which the audit is read."""

    day_id: str
    day: date
    label: str


class Quarantined(TypedDict):
    """One fault of one row that was held back; a row with five faults has five lines."""

    table_name: str
    file: str
    sheet: str | None
    row: int
    key: str | None
    column: str | None
    value: str | None
    rule: str
    reason: str


class Point(TypedDict):
    """Where a criterion stood on one day of its trajectory; `day_id` is empty for the as-of day of the run."""

    criterion_id: str
    reading: str
    day_id: str
    day: date
    rung: int
    stale: bool
    flags: list[str]


class Viewpoint(TypedDict):
    """Whose records alone a further reading takes (method, section 5): sorts of bodies, or documents."""

    viewpoint_id: str
    label: str
    documents: bool


class Seen(TypedDict):
    """A criterion in one viewpoint: by the verified rule over its records alone. `records` are those counted.

    `rung` is None for a claim, `standing` None for any other criterion. `against` is the strongest record against it.
    """

    viewpoint_id: str
    criterion_id: str
    records: int
    rung: int | None
    stale: bool
    standing: str | None
    binding: list[str]
    against: str | None


class Choice(TypedDict):
    """One choice of the ruleset that was tried otherwise; `words` begin small: "with a shelf life of ..."."""

    scenario: str
    family: str
    words: str
    criteria: int


class Shift(TypedDict):
    """A criterion that such a choice moves, in the verified reading."""

    scenario: str
    criterion_id: str
    rung: int
    rung_then: int
    stale: bool
    stale_then: bool


class StatusShift(TypedDict):
    """An item of which such a choice changes the status, in the verified reading."""

    scenario: str
    item_id: str
    status: str
    status_then: str


class LeftOut(TypedDict):
    """A record without which a criterion would stand on another rung in the verified reading, or be stale."""

    evidence_id: str
    criterion_id: str
    rung: int
    rung_then: int
    stale: bool
    stale_then: bool


class Side(TypedDict):
    """One side of a contradiction: what it says, and the records or sources that say so."""

    says: str
    records: list[str]
    sources: list[str]


class Contradiction(TypedDict):
    """Records that cannot both be so, or seem so, with what explains it. `items` are those that it bears on."""

    contradiction_id: str
    question: str
    sides: list[Side]
    explained_by: str
    explanation: str
    items: list[str]


class Conflict(TypedDict):
    """Two records of weight that speak for and against one criterion at one time, as the engine finds them.

    `known_as` is the contradiction of the register that has them on different sides, if any.
    """

    criterion_id: str
    item_id: str
    for_id: str
    against_id: str
    overlap_from: date
    overlap_to: date
    known_as: str | None
