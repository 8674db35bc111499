"""Where records contradict each other: the register's entries on an item, and the conflicts that the rules find."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from scaudit import rows
from scaudit.results import Results
from scaudit.scorecard.scrutiny import Clash, Contradictions, Dispute, Side
from scaudit.scorecard.wording import clip, count, printed_date, printed_day, short, some, word

_FINDING = 110  # characters of a finding in the annex
LISTED = 500  # lines of records at odds that a card has
_TWO = 2  # sides that make a contradiction


def contradictions(results: Results, item_id: str, numbers: Mapping[str, int]) -> Contradictions:
    """The contradictions that bear on an item and that existed on the day of the card.

    `numbers` are the citation numbers of records on the card.
    """
    bearing = sorted(
        (row for row in results.contradictions if item_id in row["items"]), key=lambda row: row["contradiction_id"]
    )
    entries = [row for row in bearing if sum(not _later(results, side) for side in row["sides"]) >= _TWO]
    conflicts = results.conflicts_of[item_id]
    clashes = _clashes(results, conflicts, numbers)
    return Contradictions(
        said=_said(len(entries), conflicts),
        entries=tuple(_dispute(results, item_id, row, numbers) for row in entries),
        later=len(bearing) - len(entries),
        clashes=clashes[:LISTED],
        more=max(len(clashes) - LISTED, 0),
    )


def _later(results: Results, side: rows.Side) -> bool:
    """Whether nobody had said so yet on the day of the card."""
    heard = _heard(results, side)
    return not heard["records"] and not heard["sources"]


def _heard(results: Results, side: rows.Side) -> rows.Side:
    """A side with those of its records that have effect, and of its documents that had been published."""
    known = results.run["known_on"].isoformat()
    days = {key: results.sources[key]["published_on_text"] or "" for key in side["sources"] if key in results.sources}
    return {
        "says": side["says"],
        "records": [key for key in side["records"] if _has_effect(results, key)],
        "sources": [key for key in side["sources"] if days.get(key, "") <= known[: len(days.get(key, ""))]],
    }


def _has_effect(results: Results, evidence_id: str) -> bool:
    record = results.party.get(evidence_id)
    return record is not None and record["disposition"] != "not_yet"


def _said(entries: int, conflicts: Sequence[rows.Conflict]) -> str:
    """How many there are of both kinds, in one line; nothing where there is none."""
    found = (
        [f"The register has {count(entries, 'contradiction')} that {'bear' if entries > 1 else 'bears'} on it"]
        if entries
        else []
    )
    if conflicts:
        unknown = sum(row["known_as"] is None for row in conflicts)
        among = f"{unknown} not yet explained" if unknown else "in the register"
        found.append(f"{count(len(conflicts), 'pair')} of records at odds over one ask and time, {among}")
    return "; ".join(found)


def _dispute(results: Results, item_id: str, row: rows.Contradiction, numbers: Mapping[str, int]) -> Dispute:
    return Dispute(
        contradiction_id=row["contradiction_id"],
        question=row["question"],
        sides=tuple(_side(results, item_id, side, numbers) for side in row["sides"]),
        explained=word(results.words, "explained_by", row["explained_by"]),
        explanation=row["explanation"],
    )


def _side(results: Results, item_id: str, side: rows.Side, numbers: Mapping[str, int]) -> Side:
    later = _later(results, side)
    given = side if later else _heard(results, side)
    held = [results.party[key] for key in sorted(given["records"]) if key in results.party]
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for record in held:
        homes[record["item_id"]].append(record["evidence_id"])
    sources = (*(record["source_id"] for record in held), *given["sources"])
    return Side(
        says=side["says"],
        later=later,
        records=tuple(_cited(key, numbers) for key in homes.pop(item_id, [])),
        elsewhere=tuple(f"{', '.join(keys)} ({home})" for home, keys in sorted(homes.items())),
        sources=tuple(dict.fromkeys(_source(results, key) for key in sources)),
    )


def _source(results: Results, source_id: str) -> str:
    source = results.sources.get(source_id)
    if source is None:
        return source_id
    return ", ".join(part for part in (source["title"], printed_date(source["published_on_text"])) if part)


def _clashes(results: Results, conflicts: Sequence[rows.Conflict], numbers: Mapping[str, int]) -> tuple[Clash, ...]:
    """The conflicts by ask, by the record against and by what they are known as; the records for share a line."""
    groups: defaultdict[tuple[str, str, str], list[rows.Conflict]] = defaultdict(list)
    for row in sorted(conflicts, key=lambda row: (row["criterion_id"], row["against_id"], row["for_id"])):
        groups[row["criterion_id"], row["against_id"], row["known_as"] or ""].append(row)
    return tuple(_clash(results, *key, group, numbers) for key, group in groups.items())


def _clash(
    results: Results,
    criterion_id: str,
    against_id: str,
    known_as: str,
    group: Sequence[rows.Conflict],
    numbers: Mapping[str, int],
) -> Clash:
    first, last = min(row["overlap_from"] for row in group), max(row["overlap_to"] for row in group)
    return Clash(
        short=short(criterion_id),
        against=_cited(against_id, numbers),
        finding=clip(results.evidence[against_id]["finding"], _FINDING),
        supports=some([_cited(row["for_id"], numbers) for row in group]),
        when=printed_day(first) if first == last else f"{printed_day(first)} to {printed_day(last)}",
        known_as=known_as,
    )


def _cited(evidence_id: str, numbers: Mapping[str, int]) -> str:
    return f"{evidence_id} [{numbers[evidence_id]}]" if evidence_id in numbers else evidence_id
