"""What scoring and explaining hand over: plain tables, one value for one run."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from scaudit.errors import UsageError
from scaudit.figures import Disagreement, Event, Figure, Measured, Outlier, Split, Version
from scaudit.grounds import Grounds
from scaudit.rows import (
    Choice,
    Claim,
    Conflict,
    Contradiction,
    Criterion,
    Disposition,
    Item,
    ItemStatus,
    LeftOut,
    Move,
    Point,
    Quarantined,
    ReadingDay,
    Record,
    Reply,
    Run,
    Rung,
    Seen,
    Shift,
    Source,
    StatusShift,
    Viewpoint,
    Words,
)
from scaudit.rows_counted import Cited, HeldCount, Party, Stood, Use

R = TypeVar("R")


@dataclass(frozen=True)
class Earlier:
    """The last named day before the as-of day, and what stood elsewhere then."""

    day: date
    labels: tuple[str, ...]
    statuses: tuple[Stood, ...] = ()
    rungs: tuple[Stood, ...] = ()


@dataclass(frozen=True)
class Results:
    """All result tables of one run. Every table is a tuple of rows; their order carries no meaning.

    `grounds` are the rows that were scored, where they were asked for: documents carry them. Of very many items results
    have no records, but what became of them: `uses` and `cited_records` (scaudit.standings).
    """

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
    points: tuple[Point, ...] = ()
    viewpoints: tuple[Viewpoint, ...] = ()
    seen: tuple[Seen, ...] = ()
    choices: tuple[Choice, ...] = ()
    shifts: tuple[Shift, ...] = ()
    status_shifts: tuple[StatusShift, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    measured: tuple[Measured, ...] = ()
    figures: tuple[Figure, ...] = ()
    events: tuple[Event, ...] = ()
    splits: tuple[Split, ...] = ()
    versions: tuple[Version, ...] = ()
    outliers: tuple[Outlier, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    replies: tuple[Reply, ...] = ()
    grounds: Grounds | None = None
    uses: tuple[Use, ...] | None = None
    cited_records: tuple[Cited, ...] = ()
    parties: tuple[Party, ...] = ()
    programmes: Mapping[str, str] = field(default_factory=dict)
    held_counts: tuple[HeldCount, ...] = ()
    earlier: Earlier | None = None

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

    def uses_of(self, criterion_id: str) -> Counter[str]:
        """How many records of a criterion became what."""
        if self.uses is None:
            return Counter(record["disposition"] for record in self._records[criterion_id])
        return self._uses[criterion_id]

    @cached_property
    def all_uses(self) -> Counter[str]:
        """How many of all records became what."""
        return sum((self.uses_of(row["criterion_id"]) for row in self.criteria), Counter[str]())

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
    def cited(self) -> Mapping[str, Cited | Record]:
        """The records on which rungs hang, by id; where all records are known, all of them."""
        return {row["evidence_id"]: row for row in self.cited_records} or self.evidence

    @cached_property
    def party(self) -> Mapping[str, Party]:
        """The records that the register of contradictions names, by id, on whatever card they are."""
        return {row["evidence_id"]: row for row in self.parties}

    @cached_property
    def criterion(self) -> dict[str, Criterion]:
        """Every criterion and claim by its id."""
        return {row["criterion_id"]: row for row in self.criteria}

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
    def points_of(self) -> Mapping[str, list[Point]]:
        """Where a criterion stood on the days of its trajectory, by criterion id."""
        return _grouped(self.points, lambda row: row["criterion_id"])

    @cached_property
    def seen_of(self) -> Mapping[str, list[Seen]]:
        """A criterion as each viewpoint sees it, by criterion id."""
        return _grouped(self.seen, lambda row: row["criterion_id"])

    @cached_property
    def shifts_of(self) -> Mapping[str, list[Shift]]:
        """How single choices of the ruleset move a criterion, by criterion id."""
        return _grouped(self.shifts, lambda row: row["criterion_id"])

    @cached_property
    def status_shifts_of(self) -> Mapping[str, list[StatusShift]]:
        """How single choices of the ruleset change the status of an item, by item id."""
        return _grouped(self.status_shifts, lambda row: row["item_id"])

    @cached_property
    def left_out_of(self) -> Mapping[str, list[LeftOut]]:
        """The records whose removal alone moves a criterion, by criterion id."""
        return _grouped(self.left_out, lambda row: row["criterion_id"])

    @cached_property
    def conflicts_of(self) -> Mapping[str, list[Conflict]]:
        """The pairs of records that speak for and against one criterion at one time, by item id."""
        return _grouped(self.conflicts, lambda row: row["item_id"])

    @cached_property
    def figures_of(self) -> Mapping[str, list[Figure]]:
        """The figures of an indicator, by its id."""
        return _grouped(self.figures, lambda row: row["indicator_id"])

    @cached_property
    def events_of(self) -> Mapping[str, list[Event]]:
        """An indicator before and after named days, by its id."""
        return _grouped(self.events, lambda row: row["indicator_id"])

    @cached_property
    def splits_of(self) -> Mapping[str, list[Split]]:
        """How much of a change is change of definition, by indicator id."""
        return _grouped(self.splits, lambda row: row["indicator_id"])

    @cached_property
    def outliers_of(self) -> Mapping[str, list[Outlier]]:
        """The units outside the funnel of an indicator, by its id."""
        return _grouped(self.outliers, lambda row: row["indicator_id"])

    @cached_property
    def _uses(self) -> defaultdict[str, Counter[str]]:
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for row in self.uses or ():
            found[row["criterion_id"]][row["disposition"]] = row["records"]
        return found

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


def _grouped(rows: Iterable[R], key: Callable[[R], str]) -> defaultdict[str, list[R]]:
    groups: defaultdict[str, list[R]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _by_date(record: Record) -> tuple[bool, date, str]:
    """Undated records come last."""
    day = record["event_to"] or record["event_from"]
    return day is None, day or date.min, record["evidence_id"]
