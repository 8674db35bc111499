"""Substance: what a document says, whatever its edition and days, as one digest. Equal substance is not sent again."""

import hashlib
from typing import Any

from scaudit.results import Results
from scaudit.scorecard.card_json import audit_json, canonical, card_json

PASSING = ("edition", "as_of", "known_on", "data_digest", "read", "loaded", "quarantined")
"""What differs between editions that say the same: their name, their days, and the counts of whole runs."""


def substance(results: Results, item_id: str = "") -> str:
    """The SHA-256 of what an item's card says, or without one the overview, in hexadecimal digits."""
    said: dict[str, Any] = card_json(results, item_id) if item_id else audit_json(results)
    lasting = {name: value for name, value in said.items() if name not in PASSING}
    return hashlib.sha256(canonical(lasting).encode()).hexdigest()
