"""What the numbers say, as data: the rows behind the indicators that bear on an item."""

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

from scaudit.results import Results
from scaudit.scorecard.held_back import figures
from scaudit.scorecard.numbers import bearing, versions_of


def numbers_json(results: Results, item_id: str) -> dict[str, list[Mapping[str, Any]]]:
    """The indicators of an item with their figures, events and splits, and the definitions by which they count."""
    found = bearing(results, item_id)
    keys = [row["indicator_id"] for row in found]
    return {
        "indicators": list(found),
        "figures": finite(row for key in keys for row in figures(results, key)),
        "events": finite(row for key in keys for row in results.events_of[key]),
        "splits": [row for key in keys for row in results.splits_of[key]],
        "versions": list(versions_of(results, found)),
    }


def finite(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Rows in which what is no number is null, since JSON has no word for it."""
    return [
        {key: None if isinstance(value, float) and not isfinite(value) else value for key, value in row.items()}
        for row in rows
    ]
