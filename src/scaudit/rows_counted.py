"""Rows of tables that are made without the records: counts of them, and the little that is known of a few."""

from datetime import date
from typing import NotRequired, TypedDict


class Party(TypedDict):
    """A record that the register of contradictions names, on whatever card it is."""

    evidence_id: str
    item_id: str
    source_id: str
    disposition: str


class Use(TypedDict):
    """How many records of a criterion became what."""

    criterion_id: str
    disposition: str
    records: int


class Cited(TypedDict):
    """A record on which a rung hangs: where it was read, and until when the fact held."""

    evidence_id: str
    source_id: str
    event_to: date | None


class Stood(TypedDict):
    """A status or a rung that was another one on an earlier day: of an item, or of a criterion."""

    item_id: NotRequired[str]
    criterion_id: NotRequired[str]
    reading: str
    status: NotRequired[str]
    rung: NotRequired[int]
    stale: NotRequired[bool]


class HeldCount(TypedDict):
    """How many rows of a table are held in quarantine for one reason."""

    table_name: str
    rule: str
    reason: str
    held: int
