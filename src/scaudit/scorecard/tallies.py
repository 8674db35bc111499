"""Tallies: what is counted of a group of items, out of its data alone, so that anybody can count again."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from scaudit.scorecard.wording import DONE

Told = Mapping[str, Any]
STATUSES = ("verified", "in_place", "partly_verified", "under_way", "announced", "no_action", "unknown")
READINGS = ("verified", "claimed")
AGES = ((1, "under a year"), (2, "1 year"), (5, "2 to 4 years"), (10, "5 to 9 years"), (0, "10 years and more"))
"""Bands of age by the year before which each ends; the last has no end."""


def counts(items: Sequence[Told], group: Told) -> dict[str, Any]:
    """What is counted of the items that had been asked by the day; of a body only the asks that were put to it."""
    asked = [item for item in items if not item["not_yet_asked"]]
    asks = [ask for item in asked for ask in own(item, group) if ask["required"]]
    shown, said = (Counter(ask["counts_as"][reading] for ask in asks) for reading in READINGS)
    wide = Counter(gap(ask) for ask in asks)
    old = Counter(age(years(item, group)) for item in asked if unmet(item))
    return {
        "items": len(items),
        "asked": len(asked),
        "verified": sum(item["status"]["verified"] == "verified" for item in asked),
        "required": len(asks),
        "met": sum(shown[rung] for rung in shown if rung >= DONE),
        "said": sum(said[rung] for rung in said if rung >= DONE),
        "unknown": shown[0],
        "statuses": list(_statuses(asked)),
        "rungs": [{"rung": rung, "verified": shown[rung], "claimed": said[rung]} for rung in range(6, -1, -1)],
        "gaps": [{"rungs": rungs, "asks": wide[rungs]} for rungs in range(6, 0, -1) if wide[rungs]],
        "unmet_for": [{"age": words, "items": old[words]} for _, words in AGES if old[words]],
        "moved": _moved(asked, group) if group["since"] else None,
        "claims": _claims(items),
    }


def _claims(items: Iterable[Told]) -> dict[str, int]:
    """How many claims of the items stand how."""
    found = Counter[str]()
    for item in items:
        if item["claims"]:
            found.update(item["claims"])
    return dict(sorted(found.items()))


def own(item: Told, group: Told) -> list[Told]:
    """The asks of an item of which a page on the group tells: of a body those that were put to it."""
    about = group["group"]
    return [ask for ask in item["asks"] if about["by"] != "body" or about["id"] in ask["of"]]


def gap(ask: Told) -> int:
    """Steps by which the word goes further than the evidence."""
    return max(0, int(ask["counts_as"]["claimed"]) - int(ask["counts_as"]["verified"]))


def met(ask: Told) -> bool:
    """Whether the evidence shows an ask done."""
    return bool(ask["counts_as"]["verified"] >= DONE)


def unmet(item: Told) -> bool:
    """Whether an item has something open; one of which nothing is required has nothing."""
    return bool(item["status"]["verified"] != "verified" and any(ask["required"] for ask in item["asks"]))


def days(item: Told, group: Told) -> int | None:
    """Days from the day of issue to the as-of day; None where the day of issue is not known."""
    return (_day(group["as_of"]) - _day(item["issued_on"])).days if item["issued_on"] else None


def years(item: Told, group: Told) -> int | None:
    """The same in whole years."""
    if not item["issued_on"]:
        return None
    first, last = _day(item["issued_on"]), _day(group["as_of"])
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def age(whole: int | None) -> str:
    """The band in which an age lies."""
    if whole is None:
        return ""
    return next((words for end, words in AGES if whole < end), AGES[-1][1])


def _statuses(items: Iterable[Told]) -> Iterator[dict[str, Any]]:
    """How many items of each kind have which status, in both readings; those that none has are left out."""
    found = Counter((item["kind"], reading, item["status"][reading]) for item in items for reading in READINGS)
    for kind in ("recommendation", "concern"):
        for status in STATUSES:
            shown, said = (found[kind, reading, status] for reading in READINGS)
            if shown or said:
                yield {"kind": kind, "status": status, "verified": shown, "claimed": said}


def _moved(items: Sequence[Told], group: Told) -> dict[str, Any]:
    """What has moved since the last named day: asks up and down by the evidence, items, and items asked since."""
    steps = [
        ask["counts_as"]["verified"] - ask["before"]["verified"]
        for item in items
        for ask in own(item, group)
        if ask["required"] and "verified" in ask["before"]
    ]
    return {
        "asks_up": sum(step > 0 for step in steps),
        "asks_down": sum(step < 0 for step in steps),
        "items": sum("verified" in item["before"] for item in items),
        "items_said": sum("claimed" in item["before"] for item in items),
        "asked_since": sum(item["asked_since"] for item in items),
    }


def _day(text: str) -> date:
    return date.fromisoformat(text)
