"""The data inside a document: exactly what it rests on, for people with a spreadsheet and for programs."""

from scaudit.document.attachment import Attachment
from scaudit.results import Results
from scaudit.scorecard.card_json import audit_json, canonical, card_json


def attached(results: Results, item_id: str = "") -> tuple[Attachment, ...]:
    """The attachments of an item's card, or without one those of the overview, in the order of their names."""
    said = card_json(results, item_id) if item_id else audit_json(results)
    return (Attachment("scorecard.json", "What this document says", "Data", canonical(said).encode()),)
