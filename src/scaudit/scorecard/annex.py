"""The annexes: every record and what became of it, every row in quarantine, how the sources were read."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice, repeat

from scaudit.results import Results
from scaudit.rows import Criterion, Quarantined, Record
from scaudit.scorecard.model import Entry, Group, Held, Meaning
from scaudit.scorecard.reasons import grade
from scaudit.scorecard.wording import clip, reference, sentence, short, some, tally, when, word

LISTED, HELD = 2_000, 500
"""Records, and rows in quarantine, that a card lists: nobody turns more pages. The data beside it has them all."""

USES = ("counted", "context", "held_back", "baseline", "aftermath", "not_yet", "replaced")


def groups(results: Results, item_id: str, most: int = LISTED) -> tuple[Group, ...]:
    """Every record of an item by criterion, asks before claims, up to `most`; records printed as one share an entry."""
    criteria = [*results.asks(item_id), *results.item_claims(item_id)]
    entries = [sum(not row["printed_with"] for row in results.records_of(one["criterion_id"])) for one in criteria]
    return tuple(map(_group, repeat(results), criteria, _shares(entries, most)))


def _shares(counts: Sequence[int], most: int) -> list[int]:
    """How many of each are listed where there is room for so many in all: none is crowded out by another."""
    shares, left = [0] * len(counts), most
    for done, place in enumerate(sorted(range(len(counts)), key=lambda place: counts[place])):
        shares[place] = min(counts[place], left // (len(counts) - done))
        left -= shares[place]
    return shares


def _group(results: Results, criterion: Criterion, most: int) -> Group:
    records = results.records_of(criterion["criterion_id"])
    also: defaultdict[str, list[str]] = defaultdict(list)
    for record in records:
        if record["printed_with"]:
            also[record["printed_with"]].append(record["evidence_id"])
    ordered = sorted((row for row in records if not row["printed_with"]), key=lambda row: _rank(row["disposition"]))
    return Group(
        short=short(criterion["criterion_id"]),
        title=criterion["ask"],
        counts=tally(use_counts(results, records)),
        entries=tuple(_entry(results, row, some(sorted(also[row["evidence_id"]]))) for row in ordered[:most]),
        more=sum(1 + len(also[row["evidence_id"]]) for row in ordered[most:]),
    )


def _entry(results: Results, record: Record, also: Sequence[str]) -> Entry:
    use = word(results.words, "records", record["disposition"])
    return Entry(
        evidence_id=record["evidence_id"],
        also=tuple(also),
        when=when(record),
        stance=word(results.words, "stances", record["stance"]) if record["stance"] != record["disposition"] else "",
        finding=record["finding"],
        reference=reference(results, record["source_id"], record["locator"]),
        grade=grade(record),
        use=use,
        reason="" if record["reason"].lower() == use.lower() else sentence(record["reason"]),
    )


def _rank(disposition: str) -> int:
    return USES.index(disposition) if disposition in USES else len(USES)


def use_counts(results: Results, records: Iterable[Record]) -> dict[str, int]:
    """Rows by what became of them, in printed words, zeros included."""
    found = Counter(record["disposition"] for record in records)
    return {word(results.words, "records", use).lower(): found[use] for use in USES}


def use_meanings(results: Results, records: Iterable[Record]) -> tuple[Meaning, ...]:
    """The dispositions that occur, and what each means."""
    found = {record["disposition"] for record in records}
    return tuple(
        Meaning(word(results.words, "records", use), word(results.words, "records_meaning", use))
        for use in USES
        if use in found
    )


def readings(results: Results, source_ids: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How many sources were read whole, in excerpt or are known second-hand; in the ruleset's order."""
    wanted = set(source_ids)
    found = Counter(
        (results.sources[key]["seen"] or "not recorded") if key in results.sources else "not recorded" for key in wanted
    )
    order = [*results.words.get("seen", {}), *sorted(set(found).difference(results.words.get("seen", {})))]
    return tuple((word(results.words, "seen", seen), found[seen]) for seen in order if found[seen])


def held(results: Results, item_id: str | None = None) -> tuple[Held, ...]:
    """Rows in quarantine, each with its faults, up to HELD; with an item only those that touch it."""
    return tuple(_held(faults) for faults in islice(_faults_by_row(results, item_id), HELD))


def held_more(results: Results, item_id: str | None = None) -> int:
    """How many rows in quarantine there are beyond those."""
    return max(len(_faults_by_row(results, item_id)) - HELD, 0)


def _faults_by_row(results: Results, item_id: str | None) -> list[list[Quarantined]]:
    rows: defaultdict[tuple[str, str, int], list[Quarantined]] = defaultdict(list)
    for fault in sorted(results.quarantine, key=_place):
        if item_id is None or touches(fault, item_id):
            rows[_place(fault)[:3]].append(fault)
    return list(rows.values())


def touches(fault: Quarantined, item_id: str) -> bool:
    """A row touches an item when its key, its value or its reason names the item or one of its criteria."""
    return _names(f"{fault['key'] or ''}\n{fault['value'] or ''}\n{fault['reason']}", item_id)


def _names(text: str, item_id: str) -> bool:
    """The id as a word of its own: `A/R1` is named by `A/R1.c` and not by `A/R10`."""
    start = text.find(item_id)
    while start >= 0:
        end = start + len(item_id)
        before, after = text[start - 1 : start], text[end : end + 1]
        if not (before.isalnum() or before in ("/", "_")) and not (after.isalnum() or after in ("/", "_")):
            return True
        start = text.find(item_id, end)
    return False


def _place(fault: Quarantined) -> tuple[str, str, int, str, str]:
    return fault["file"], fault["sheet"] or "", fault["row"], fault["column"] or "", fault["rule"]


def _held(faults: Sequence[Quarantined]) -> Held:
    first = faults[0]
    sheet = f", sheet {first['sheet']}" if first["sheet"] else ""
    return Held(
        place=f"{first['file']}{sheet}, row {first['row']}",
        key=first["key"] or "",
        faults=tuple(_fault(fault) for fault in faults),
    )


def _fault(fault: Quarantined) -> str:
    value = f" (value: {clip(fault['value'], 80)})" if fault["value"] else ""
    return f"{fault['column'] + ': ' if fault['column'] else ''}{fault['reason']}{value}"
