"""Printed: whether the pages of a document say in words what its attached data say."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from scaudit.results import Results
from scaudit.rows import Item
from scaudit.scorecard.glance import steps
from scaudit.scorecard.groups import MANY
from scaudit.scorecard.shapes import Step
from scaudit.scorecard.standouts import breakdowns, gaps, headline, moved, oldest
from scaudit.scorecard.tallies import own
from scaudit.scorecard.wording import item_word, short

READINGS = ("verified", "claimed")
_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


@dataclass(frozen=True)
class Row:
    """A row of a table, or a heading: how it begins, what stands in it after that, in order, and what to call it."""

    name: str
    begins: str
    holds: tuple[str, ...] = ()


def squeezed(text: str) -> str:
    """The text without white space and what cannot be seen: lines break where there was room."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text))


def not_printed(pages: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """The rows that the pages do not have in these words and in this order, by name."""
    text, place, starts = squeezed("".join(pages)), 0, list[int]()
    for row in rows:
        starts.append(text.find(squeezed(row.begins), place))
        place = max(place, starts[-1] + 1)
    found = [start for start in starts if start >= 0]
    cells = {start: text[start:end] for start, end in pairwise([*found, len(text)])}
    return [row.name for row, start in zip(rows, starts, strict=True) if not _holds(row, cells.get(start, ""))]


def card_rows(said: Mapping[str, Any]) -> list[Row]:
    """What an item's card prints: its statuses, a row for each ask and for each claim, a heading for each ask."""
    words, asks = said["status_words"], said["criteria"]
    progress = said["progress_words"].split("; ")
    return [
        Row("the statuses", said["item"]["title"], (words["verified"], words["claimed"], *progress)),
        *(Row(_name(ask), _name(ask) + ask["ask"], _levels(ask)) for ask in asks),
        *(Row(_name(claim), _name(claim) + claim["ask"], (claim["words"],)) for claim in said["claims"]),
        *(
            Row(f"{_name(ask)} under Why", f"{_name(ask)}: {ask['words']['verified']}")
            for ask in asks
            if ask["rung"]["verified"]
        ),
    ]


def overview_rows(results: Results) -> list[Row]:
    """What the overview prints: a row for each item with its statuses, then one for each ask."""
    items = results.ordered_items
    asks = [step for item in items for step in steps(results, item["item_id"])]
    return [
        *(Row(item["item_id"], item["item_id"] + item["title"], _statuses(results, item)) for item in items),
        *(Row(one.criterion_id, one.short + one.ask, _both(one)) for one in asks),
    ]


def group_rows(told: Mapping[str, Any]) -> list[Row]:
    """What the page of a group prints: its counts, then rows for items, for groups of another sort, and for asks."""
    lists = (gaps(told), oldest(told), moved(told))
    few = len(told["items"]) <= MANY
    return [
        *(Row(words, number + words) for number, words in headline(told)),
        *(Row(item["id"], item["id"] + item["title"], tuple(item["words"].values())) for item in told["items"] if few),
        *(
            Row(f"{row.item_id} in a list", row.item_id + row.title, row.cells)
            for one in lists
            if one
            for row in one.rows
        ),
        *(Row(row[0], row[0], row[1:]) for part in breakdowns(told) for row in part.rows),
        *(Row(ask["id"], _name_of(ask) + ask["ask"], _levels(ask)) for ask in (_asks(told) if few else ())),
    ]


def _asks(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [ask for item in told["items"] for ask in own(item, told)]


def _name_of(ask: Mapping[str, Any]) -> str:
    return short(ask["id"])


def _statuses(results: Results, item: Item) -> tuple[str, ...]:
    return tuple(item_word(results, item, reading) for reading in READINGS)


def _both(step: Step) -> tuple[str, ...]:
    return f"{step.verified} {step.verified_words}", f"{step.claimed} {step.claimed_words}"


def _name(criterion: Mapping[str, Any]) -> str:
    return short(criterion["criterion_id"])


def _levels(ask: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(f"{ask['rung'][reading]} {ask['words'][reading]}" for reading in READINGS)


def _holds(row: Row, cell: str) -> bool:
    """Whether a row has all of its words, in order."""
    place = 0
    for words in (row.begins, *row.holds):
        wanted = squeezed(words)
        found = cell.find(wanted, place)
        if found < 0:
            return False
        place = found + len(wanted)
    return True
