"""Correcting: what was printed and no longer holds because a record was corrected or withdrawn.

New evidence moves a status and corrects nothing. A row that was there and is gone, changed, replaced or held in
quarantine now, and that explains why a rung or a standing is another, makes the earlier edition wrong.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scaudit.changes import RowChange
from scaudit.comparison import READINGS, Comparison, Movement
from scaudit.rows import Words
from scaudit.scorecard.wording import clip, rung_word, status_word, word
from scaudit.swapping import FACTORS

WRONG = ("withdrawn", "held", "corrected", "changed")
"""What became of a row that was wrong, or that is doubted now."""
READ = {"verified": "The evidence shows", "claimed": "Taken at its word"}
BECAME = {
    "withdrawn": "was withdrawn",
    "held": "is held in quarantine",
    "corrected": "corrects",
    "changed": "was changed",
}
LONG = 300  # characters of a cell that a notice quotes
REGISTRY = ("bodies", "sources", "recommendations", "criteria", "responsibilities")
"""Tables beside the evidence that can make a rung wrong; of others a notice says nothing, least of all of addresses."""


@dataclass(frozen=True)
class Correction:
    """Of one item: what was printed, what is so instead, and which rows of the record are why, each in sentences."""

    item_id: str
    wrong: tuple[str, ...]
    right: tuple[str, ...]
    why: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {"item": self.item_id, "wrong": list(self.wrong), "right": list(self.right), "why": list(self.why)}


def corrections(found: Comparison) -> dict[str, Correction]:
    """The corrections from one run to another, by item; empty where nothing that was printed was wrong."""
    rows = [row for row in found.changes.rows if row.change in WRONG] if found.changes else []
    named: dict[str, list[tuple[Movement, str]]] = {}
    causes: dict[str, dict[tuple[str, str], RowChange]] = {}
    for one in found.movements:
        for reading in one.causes:
            if explaining := _explaining(one, reading, rows):
                named.setdefault(one.ask["item_id"], []).append((one, reading))
                causes.setdefault(one.ask["item_id"], {}).update({(row.table, row.id): row for row in explaining})
    items = {row["item_id"]: row for row in found.items}
    return {
        item_id: Correction(
            item_id,
            tuple(_printed(found.words, items.get(item_id), moves, "from")),
            tuple(_printed(found.words, items.get(item_id), moves, "to")),
            tuple(_why(row) for row in causes[item_id].values()),
        )
        for item_id, moves in named.items()
    }


def _explaining(one: Movement, reading: str, rows: Iterable[RowChange]) -> list[RowChange]:
    """The rows that were wrong and explain a move: the records named, and rows of other tables that are a cause."""
    records = {mover["evidence_id"] for mover in one.movers.get(reading, ())}
    causes = one.whys[reading].causes if reading in one.whys else ()
    tables = {table for cause in causes for table in FACTORS[cause] if table in REGISTRY}
    return [row for row in rows if (row.table == "evidence" and row.id in records) or row.table in tables]


def _printed(
    words: Words, item: Mapping[str, Any] | None, moves: Iterable[tuple[Movement, str]], side: str
) -> Iterable[str]:
    """What stands, or stood, on the card: the item's status where it moved, then each ask or claim that did."""
    for reading in READINGS if item else ():
        if item and item[f"{reading}_from"] != item[f"{reading}_to"]:
            status = status_word(words, item["kind"], reading, item[f"{reading}_{side}"])
            yield f"{item['item_id']} as a whole. {READ[reading]}: {status}."
    for one, reading in moves:
        stand: Any = one.stands[f"{side}/{reading}"]
        if one.ask["kind"] == "claim":
            yield f"{stand['criterion_id']} (a claim): {word(words, 'claims', str(stand['standing']))}."
        else:
            read: Any = {**stand, "reading": reading}
            rung = rung_word(words, read, stand)
            yield f"{stand['criterion_id']}. {READ[reading]}: {stand['rung']} {rung}."


def _why(row: RowChange) -> str:
    """One row and what became of it, with the cells that were otherwise."""
    was = {column: former for column, former, _ in row.cells}
    name = f"Record {row.id}" if row.table == "evidence" else f"{row.id} (table {row.table})"
    if row.change == "corrected":
        return f"{name} {BECAME[row.change]} record {row.replaces}, which counts no longer."
    if row.change == "withdrawn":
        said = f" It said: {_quoted(was.get('finding'))}." if was.get("finding") else ""
        return f"{name} {BECAME[row.change]}.{said}"
    if row.change == "held":
        return f"{name} {BECAME[row.change]}: {', '.join(row.reasons)}."
    cells = [f"{column} was {_quoted(former)} and is {_quoted(now)}" for column, former, now in row.cells]
    return f"{name} {BECAME[row.change]}: {'; '.join(cells)}." if cells else f"{name} {BECAME[row.change]}."


def _quoted(cell: str | None) -> str:
    """A cell in quotation marks, cut where it is long; `empty` where there is nothing in it."""
    if not cell:
        return "empty"
    return f"“{clip(cell, LONG)}”"
