"""A group of items as data: what its page is made of, and nothing else. It needs no records."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from scaudit.results import Results
from scaudit.rows import Criterion, Item
from scaudit.rows_counted import Stood
from scaudit.scorecard.groups import Group, answering
from scaudit.scorecard.synthetic import is_synthetic
from scaudit.scorecard.tallies import counts
from scaudit.scorecard.wording import body_name, counting, effective, item_word, item_word_for, rung_word

SCHEMA = "scaudit/group/1"
READINGS = ("verified", "claimed")
Told = dict[str, Any]


def group_json(results: Results, group: Group, items: Sequence[Told] | None = None) -> Told:
    """The items of a group in the order of pages, each with its asks, and what is counted of them.

    `items` are the entries of these, where somebody has them already; then `results` need not have the items.
    """
    run, before = results.run, _Before(results)
    items = told_items(results, group.items) if items is None else items
    told = {
        "schema": SCHEMA,
        "edition": run["edition"],
        "as_of": run["as_of"].isoformat(),
        "known_on": run["known_on"].isoformat(),
        "ruleset": run["ruleset"],
        **({"synthetic": True} if is_synthetic(results) else {}),
        "group": {"by": group.by, "id": group.id, "name": group.name},
        "bodies": {key: body_name(results, key) for key in sorted({key for item in items for key in item["of"]})},
        "since": {"day": before.day, "labels": list(before.labels)} if before.day else None,
    }
    return {**told, "counts": counts(items, told), "items": items}


def told_items(results: Results, items: Sequence[str]) -> list[Told]:
    """The entry of each item."""
    before = _Before(results)
    return [_item(results, results.item(item_id), before) for item_id in items]


class _Before:
    """The last named day before the as-of day, and what stood elsewhere on it."""

    def __init__(self, results: Results) -> None:
        found = results.earlier
        self.day = found.day.isoformat() if found else ""
        self.labels = found.labels if found else ()
        self._statuses = {(row["item_id"], row["reading"]): row for row in found.statuses} if found else {}
        self._rungs = {(row["criterion_id"], row["reading"]): row for row in found.rungs} if found else {}

    def asked(self, item: Item) -> bool:
        """Whether an item had been asked on that day."""
        return bool(self.day) and (item["issued_on"] is None or item["issued_on"].isoformat() <= self.day)

    def status(self, item: Item, reading: str) -> Stood | None:
        """The status of an item on that day, where it was another one."""
        return self._statuses.get((item["item_id"], reading)) if self.asked(item) else None

    def rung(self, item: Item, ask: Criterion, reading: str) -> Stood | None:
        """The rung of an ask on that day, where it was another one."""
        return self._rungs.get((ask["criterion_id"], reading)) if self.asked(item) else None


def _item(results: Results, item: Item, before: _Before) -> Told:
    verified, claimed = (results.status(item["item_id"], reading) for reading in READINGS)
    standings = Counter(results.standings.get(row["criterion_id"], "unexamined") for row in _claims(results, item))
    programme = results.programmes.get(item["item_id"])
    return {
        "id": item["item_id"],
        "kind": item["kind"],
        "title": item["title"],
        "issuer": body_name(results, item["issuer_id"]),
        "accountable": body_name(results, item["accountable_id"]),
        "of": answering(results, item),
        **({"programme": programme} if programme else {}),
        "issued_on": item["issued_on"].isoformat() if item["issued_on"] else None,
        "not_yet_asked": item["not_yet_asked"],
        "asked_since": bool(before.day) and not before.asked(item),
        "status": {"verified": verified["status"], "claimed": claimed["status"]},
        "words": {reading: item_word(results, item, reading) for reading in READINGS},
        "before": {
            reading: {"status": row["status"], "words": item_word_for(results, item, reading, row["status"])}
            for reading in READINGS
            if (row := before.status(item, reading))
        },
        "flags": sorted(verified["flags"]),
        "progress": {name: verified[name] for name in ("required", "met_low", "met_high")},  # type: ignore[literal-required, unused-ignore]
        "claims": {standing: standings[standing] for standing in sorted(standings)},
        "asks": [_ask(results, item, ask, before) for ask in results.asks(item["item_id"])],
    }


def _claims(results: Results, item: Item) -> list[Criterion]:
    return results.item_claims(item["item_id"])


def _ask(results: Results, item: Item, ask: Criterion, before: _Before) -> Told:
    rungs = {reading: results.rung(ask["criterion_id"], reading) for reading in READINGS}
    return {
        "id": ask["criterion_id"],
        "kind": ask["kind"],
        "ask": ask["ask"],
        "required": ask["required"],
        "of": ask["accountable"],
        "rung": {reading: rung["rung"] for reading, rung in rungs.items()},
        "counts_as": {reading: effective(rung) for reading, rung in rungs.items()},
        "words": {reading: rung_word(results.words, rung, ask) for reading, rung in rungs.items()},
        "before": {
            reading: counting(row["rung"], stale=row["stale"])
            for reading in READINGS
            if (row := before.rung(item, ask, reading))
        },
        "flags": sorted(rungs["verified"]["flags"]),
    }
