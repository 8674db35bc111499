"""Statuses: the items of a group in a line each, as CSV for whoever has a spreadsheet, out of the group's data."""

from collections.abc import Iterator, Mapping
from typing import Any

from scaudit.scorecard.tallies import days, gap, own
from scaudit.scorecard.wording import DONE
from scaudit.spreadsheet import csv_lines

COLUMNS = (
    *("item_id", "kind", "title", "issuer", "accountable", "programme", "issued_on", "days", "verified"),
    *("verified_words", "claimed", "claimed_words", "required", "met", "said_to_be_done", "unknown", "widest_gap"),
    *("verified_before", "flags"),
)


def statuses(told: Mapping[str, Any]) -> str:
    """The items of a group as CSV."""
    return in_statuses(status_lines(told))


def in_statuses(lines: str) -> str:
    """Lines of items, under the names of the columns."""
    return csv_lines([COLUMNS]) + lines


def status_lines(told: Mapping[str, Any]) -> str:
    """The lines of the items of a group; of its data nothing else but the day and what is the group's own is needed."""
    return csv_lines(_lines(told))


def _lines(told: Mapping[str, Any]) -> Iterator[list[object]]:
    for item in told["items"]:
        asks = [ask for ask in own(item, told) if ask["required"]]
        since = days(item, told)
        yield [
            *(item[name] for name in ("id", "kind", "title", "issuer", "accountable")),
            item.get("programme", ""),
            item["issued_on"] or "",
            "" if since is None else since,
            *(item[name][reading] for reading in ("verified", "claimed") for name in ("status", "words")),
            len(asks),
            *(sum(ask["counts_as"][reading] >= DONE for ask in asks) for reading in ("verified", "claimed")),
            sum(not ask["counts_as"]["verified"] for ask in asks),
            max(map(gap, asks), default=0),
            item["before"].get("verified", {}).get("status", ""),
            "; ".join(item["flags"]),
        ]
