"""Marks: what a document says of itself to programs, in its metadata (XMP)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Marks:
    """Which document this is. `subject` is an item's id, or "overview"; `data_digest` is that of its attachments.

    `substance` is the digest of what it says, whatever its edition and days.
    """

    subject: str
    edition: str
    as_of: date
    known_on: date
    ruleset: str
    data_digest: str
    substance: str
    engine: str
    synthetic: bool = False
