"""What scoring and explaining hand over: plain tables, one value for one run."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypedDict

from scaudit.errors import UsageError

Words = Mapping[str, Mapping[str, object]]
"""The ruleset's printed words: its words.toml as read (tables rungs, flags, crosswalk, ...)."""


class Run(TypedDict):
    """The parameters and counts of the run; counts are rows."""

    edition: str
    as_of: date
    known_on: date
    ruleset: str
    data_digest: str
    read: int
    loaded: int
    quarantined: int


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


@dataclass(frozen=True)
class Results:
    """All result tables of one run. Every table is a tuple of rows; their order carries no meaning."""

    run: Run
    bodies: Mapping[str, str]
    sources: Mapping[str, Source]
    items: tuple[Item, ...]
    item_status: tuple[ItemStatus, ...]
    criteria: tuple[Criterion, ...]
    rungs: tuple[Rung, ...]
    raises: tuple[Move, ...]
    lowers: tuple[Move, ...]
    claims: tuple[Claim, ...]
    records: tuple[Record, ...]
    dispositions: tuple[Disposition, ...]
    reading_days: tuple[ReadingDay, ...]
    quarantine: tuple[Quarantined, ...]
    words: Words

    def item(self, item_id: str) -> Item:
        """The row of one item; raises UsageError where the run has no such item."""
        if item_id not in self._items:
            raise UsageError(f"there is no item {item_id!r} in these results; scaudit audit lists the items")
        return self._items[item_id]

    def status(self, item_id: str, reading: str) -> ItemStatus:
        """The status of an item in the reading `verified` or `claimed`."""
        return self._statuses[item_id, reading]

    def rung(self, criterion_id: str, reading: str) -> Rung:
        """The rung of a criterion in the reading `verified` or `claimed`."""
        return self._rungs[criterion_id, reading]

    def asks(self, item_id: str) -> list[Criterion]:
        """The criteria of an item that can be met, by id; claims are left out."""
        return [row for row in self._criteria[item_id] if row["kind"] != "claim"]

    def item_claims(self, item_id: str) -> list[Criterion]:
        """The claims of a concern, by id."""
        return [row for row in self._criteria[item_id] if row["kind"] == "claim"]

    def records_of(self, criterion_id: str) -> list[Record]:
        """All records of a criterion or claim, by date and id."""
        return self._records[criterion_id]

    def item_records(self, item_id: str) -> list[Record]:
        """All records of an item, criterion by criterion."""
        return [record for row in self._criteria[item_id] for record in self._records[row["criterion_id"]]]

    @cached_property
    def ordered_items(self) -> tuple[Item, ...]:
        """The items by kind (recommendations first) and id."""
        return tuple(sorted(self.items, key=lambda row: (row["kind"] != "recommendation", row["item_id"])))

    @cached_property
    def evidence(self) -> dict[str, Record]:
        """Every record by its id."""
        return {row["evidence_id"]: row for row in self.records}

    @cached_property
    def raising(self) -> dict[str, Move]:
        """What would raise a criterion, by criterion id."""
        return {row["criterion_id"]: row for row in self.raises}

    @cached_property
    def lowering(self) -> dict[str, Move]:
        """What would lower a criterion, by criterion id."""
        return {row["criterion_id"]: row for row in self.lowers}

    @cached_property
    def standings(self) -> dict[str, str]:
        """How far each claim is borne out, by criterion id."""
        return {row["criterion_id"]: row["standing"] for row in self.claims}

    @cached_property
    def _items(self) -> dict[str, Item]:
        return {row["item_id"]: row for row in self.items}

    @cached_property
    def _statuses(self) -> dict[tuple[str, str], ItemStatus]:
        return {(row["item_id"], row["reading"]): row for row in self.item_status}

    @cached_property
    def _rungs(self) -> dict[tuple[str, str], Rung]:
        return {(row["criterion_id"], row["reading"]): row for row in self.rungs}

    @cached_property
    def _criteria(self) -> defaultdict[str, list[Criterion]]:
        groups: defaultdict[str, list[Criterion]] = defaultdict(list)
        for row in sorted(self.criteria, key=lambda row: row["criterion_id"]):
            groups[row["item_id"]].append(row)
        return groups

    @cached_property
    def _records(self) -> defaultdict[str, list[Record]]:
        groups: defaultdict[str, list[Record]] = defaultdict(list)
        for row in sorted(self.records, key=_by_date):
            groups[row["criterion_id"]].append(row)
        return groups


def _by_date(record: Record) -> tuple[bool, date, str]:
    """Undated records come last."""
    day = record["event_to"] or record["event_from"]
    return day is None, day or date.min, record["evidence_id"]
