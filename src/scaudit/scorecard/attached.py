"""The data inside a document: exactly what it rests on, for people with a spreadsheet and for programs."""

from collections.abc import Iterator

from scaudit.document.attachment import Attachment
from scaudit.results import Results
from scaudit.rows import Record
from scaudit.scorecard.card_json import audit_json, canonical, card_json, lines
from scaudit.scorecard.replies import attached_replies
from scaudit.scorecard.wording import body_name, flag_words, item_word
from scaudit.spreadsheet import csv_text

SAID, GROUNDS, EVIDENCE, STATUSES = "scorecard.json", "grounds.json", "evidence.csv", "statuses.csv"
EVIDENCE_COLUMNS = (
    *("item_id", "criterion_id", "evidence_id", "printed_with", "stance", "basis", "tense", "method_stated"),
    *("event_from", "event_to", "recorded_on", "finding", "origin", "source_id", "source", "publisher", "published_on"),
    *("locator", "url", "grade", "claimed_grade", "grade_name", "disposition", "reason", "coding_note"),
)
STATUS_COLUMNS = (
    *("item_id", "kind", "title", "verified", "verified_words", "claimed", "claimed_words"),
    *("required", "met_low", "met_high", "flags"),
)


def attached(results: Results, item_id: str = "", said: str = "") -> tuple[Attachment, ...]:
    """The attachments of an item's card, or without one those of the overview, in the order of their names.

    `said` is what the document says, as data, where that is there already.
    """
    said = said or canonical(card_json(results, item_id) if item_id else audit_json(results))
    found = [
        Attachment(
            EVIDENCE, "Every record, with its source and what became of it", "Supplement", evidence(results, item_id)
        ),
        Attachment(SAID, "What this document says", "Data", said.encode()),
        *attached_replies(results, item_id),
    ]
    if results.grounds:
        grounds = results.grounds.of(item_id) if item_id else results.grounds
        about = "Everything that scoring reads: the records, the days and the rules"
        found.append(Attachment(GROUNDS, about, "Data", lines(grounds.as_json()).encode()))
    if not item_id:
        found.append(Attachment(STATUSES, "The status of every item", "Supplement", statuses(results)))
    return tuple(sorted(found, key=lambda one: one.name))


def evidence(results: Results, item_id: str = "") -> bytes:
    """The records of an item, or of all, as CSV that a spreadsheet reads as text."""
    items = [item_id] if item_id else [item["item_id"] for item in results.ordered_items]
    lines = (_record(results, key, record) for key in items for record in results.item_records(key))
    return csv_text(EVIDENCE_COLUMNS, lines).encode()


def statuses(results: Results) -> bytes:
    """The statuses of all items as CSV, in tokens and in the words printed."""
    return csv_text(STATUS_COLUMNS, _statuses(results)).encode()


def _record(results: Results, item_id: str, record: Record) -> list[object]:
    source = results.sources.get(record["source_id"])
    about = {
        "item_id": item_id,
        "event_from": record["event_from_text"] or record["event_from"],
        "event_to": record["event_to_text"] or record["event_to"],
        "origin": body_name(results, record["origin_id"]),
        "source": source and source["title"],
        "publisher": source and source["publisher"],
        "published_on": source and source["published_on_text"],
        "url": source and source["url"],
    }
    row = {**record, **about}
    return [_cell(row[name]) for name in EVIDENCE_COLUMNS]


def _cell(value: object) -> object:
    """A value as a cell: nothing as nothing, true and false as inputs have them."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else value


def _statuses(results: Results) -> Iterator[list[object]]:
    for item in results.ordered_items:
        verified, claimed = (results.status(item["item_id"], reading) for reading in ("verified", "claimed"))
        words = [item_word(results, item, reading) for reading in ("verified", "claimed")]
        counts = (verified["required"], verified["met_low"], verified["met_high"])
        flags = "; ".join(flag_words(results.words, verified["flags"]))
        told = (verified["status"], words[0], claimed["status"], words[1], *counts, flags)
        yield [item["item_id"], item["kind"], item["title"], *told]
