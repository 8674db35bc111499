"""Differing: where a document says something else than its own grounds give when they are scored again."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from scaudit.results import Results
from scaudit.scorecard.attached import EVIDENCE, STATUSES, evidence, statuses
from scaudit.scorecard.card_json import audit_json, canonical, card_json

SCORED = (
    *("schema", "as_of", "known_on", "ruleset", "item", "status_words", "progress_words", "criteria", "claims"),
    *("dispositions", "reading_days", "sources", "trajectory", "viewpoints", "sensitivity", "left_out"),
    *("contradictions", "conflicts"),
)
"""What of a card follows from its grounds. The rest is not scored: name and counts of the run, numbers, replies."""
SCORED_OF_ALL = ("schema", "as_of", "known_on", "ruleset", "items")
_FIRST = re.compile(r"^[^ ]*\b(status|rung|standing)\b[^ ]* is ")
OF_THE_RUN = {"tried": ("criteria",), "contradictions": ("items",)}
"""What a card says beyond its own item: how many asks a choice moves in all, on which other items an entry bears."""


def differences(said: Any, tables: Mapping[str, bytes], results: Results, item_id: str) -> list[str]:
    """Where a card, or without an item the overview, and its tables are not what these results give.

    Statuses, rungs and standings come first.
    """
    wanted = SCORED if item_id else SCORED_OF_ALL
    again = json.loads(canonical(card_json(results, item_id) if item_id else audit_json(results)))
    found = sorted(between("", _part(said, wanted), _part(again, wanted)), key=lambda line: not _FIRST.search(line))
    given = {EVIDENCE: evidence(results, item_id), STATUSES: statuses(results)}
    return found + [f"{name} has other lines" for name in tables if tables[name] != given[name]]


def _part(told: Any, names: tuple[str, ...]) -> Any:
    return {name: _own(name, told[name]) for name in names if name in told} if isinstance(told, dict) else told


def _own(name: str, told: Any) -> Any:
    """A part of a card without what it says of the whole run."""
    if isinstance(told, list):
        return [_own(name, one) for one in told]
    if isinstance(told, dict):
        return {key: _own(key, value) for key, value in told.items() if key not in OF_THE_RUN.get(name, ())}
    return told


def between(place: str, said: Any, again: Any) -> Iterator[str]:
    """Every difference, by where it is, as a path."""
    if isinstance(said, dict) and isinstance(again, dict):
        for key in sorted({*said, *again}):
            yield from between(f"{place}.{key}" if place else str(key), said.get(key), again.get(key))
    elif isinstance(said, list) and isinstance(again, list) and len(said) == len(again):
        for number, (one, other) in enumerate(zip(said, again, strict=True)):
            yield from between(f"{place}[{_name(again[number], number)}]", one, other)
    elif said != again or type(said) is not type(again):
        yield f"{place} is {_short(said)}, by the grounds {_short(again)}"


def _name(row: Any, number: int) -> str:
    """A row of a list by its id, if it has one."""
    keys = ("id", "criterion_id", "evidence_id") if isinstance(row, dict) else ()
    return next((str(row[key]) for key in keys if key in row), str(number))


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:60]}…"  # noqa: PLR2004 (a line of a terminal has room for two)
