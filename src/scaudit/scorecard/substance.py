"""Substance: what a document says, whatever its edition and days, as one digest. Equal substance is not sent again.

It is made of what is known, as records, texts and numbers, and of where that leaves items and asks. What the engine
works out besides (on which record a rung hangs, what would move it, how firm it is, where it stood on earlier days)
follows from these and from the day, so some of it may change with the calendar alone: that is no news.
"""

import hashlib
from collections.abc import Iterable, Mapping
from json.encoder import encode_basestring as in_text
from typing import Any

from scaudit.results import Results
from scaudit.rows import Criterion
from scaudit.scorecard.card_json import audit_json, card_json, in_line, lines
from scaudit.scorecard.held_back import figures
from scaudit.scorecard.numbers_json import finite
from scaudit.scorecard.wording import item_word

PASSING = ("edition", "as_of", "known_on", "data_digest", "read", "loaded", "quarantined", "files")
"""What differs between editions that say the same: their name, their days, the counts and files of whole runs."""
PASSING_OF_ITEMS = ("before", "asked_since")
"""The same in the data of a group, of each of its items."""
WORKED_OUT = (
    *("trajectory", "viewpoints", "sensitivity", "left_out", "conflicts"),
    *("binding_evidence", "standing_evidence", "rules", "would_raise", "would_lower"),
)
"""What follows from all else and from the day."""


def substance(results: Results, item_id: str = "") -> str:
    """The SHA-256 of what an item's card says, or without one the overview, in hexadecimal digits."""
    return substance_of(card_json(results, item_id) if item_id else {**audit_json(results), **besides(results)})


def substance_of(said: Mapping[str, Any]) -> str:
    """The same of what a card says, as data."""
    return hashlib.sha256(lines(_lasting(said)).encode()).hexdigest()


def _lasting(said: Mapping[str, Any]) -> dict[str, Any]:
    """A document without what passes and what was worked out, in its items and asks too."""
    kept = {name: value for name, value in said.items() if name not in PASSING and name not in WORKED_OUT}
    if "item" in kept:
        kept["item"] = _lasting(kept["item"])
    for name in ("items", "criteria"):
        if name in kept:
            kept[name] = [_lasting(row) for row in kept[name]]
    return kept


def lasting_entry(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item as the data of a group tell of it, without where it stood on another day."""
    kept = {name: value for name, value in item.items() if name not in PASSING_OF_ITEMS}
    kept["asks"] = [{key: value for key, value in ask.items() if key != "before"} for ask in item["asks"]]
    return kept


def besides(results: Results) -> dict[str, Any]:
    """What an overview says beside its data: statuses and asks in words, the numbers, the quarantine."""
    readings = ("verified", "claimed")
    return {
        "words": [[item_word(results, item, reading) for reading in readings] for item in results.ordered_items],
        "asks": [_asked(row) for row in sorted(results.criteria, key=_id_in_text)],
        **beside_items(results),
    }


def beside_items(results: Results) -> dict[str, Any]:
    """What of that concerns no item alone: the numbers, the quarantine."""
    return {
        "indicators": _sorted(results.measured),
        "figures": _sorted(finite(one for row in results.measured for one in figures(results, row["indicator_id"]))),
        "outliers": _sorted(finite(results.outliers)),
        "disagreements": _sorted(results.disagreements),
        "quarantine": sorted(results.quarantine, key=in_line),
    }


def asks_of(results: Results, item_id: str) -> list[dict[str, Any]]:
    """What of that is said of the asks and claims of one item."""
    return [_asked(row) for row in (*results.asks(item_id), *results.item_claims(item_id))]


def _asked(row: Criterion) -> dict[str, Any]:
    return {name: row[name] for name in ("criterion_id", "ask", "accountable", "window_to")}


def _id_in_text(row: Criterion) -> str:
    """What a row of asks is sorted by as text, in a tenth of the time: its id comes first, and is no other row's."""
    return in_text(row["criterion_id"])


def _sorted(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(rows, key=lines)
