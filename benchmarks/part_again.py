"""The second run: unchanged, against the digests of the inputs; and with one record changed."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from findings import FLOOR, OURS, Group, Verdict, line, more
from part_cards import project
from process import Took, run
from workshop import Workshop, audit, inputs

UNCHANGED, CHANGED = 2.0, 10.0
PATIENCE = 60.0
NOTES = (
    "the first audit of the same registry was made before, with all cards; `scaudit audit` as a person runs it;",
    "one record changed: the words of one finding are others, in one of the evidence files.",
)


def again(shop: Workshop) -> Iterator[Group]:
    where = project(shop)
    first, _ = shop.cold_audit(where)
    shop.say("second run unchanged, against sha256sum of the inputs")
    digests: list[Took] = []
    same: list[Took] = []
    changed: list[Took] = []
    for _ in range(shop.sizes.rounds):
        digests.append(run(["sha256sum", *inputs(where)]))
        same.append(audit(where))
        if same[-1].wall > PATIENCE:
            break  # it is no quick run: once is enough to say so
    shop.say("one record changed")
    for number in range(len(same)):
        change_one_record(where, number)
        changed.append(audit(where))
    yield _group(shop, first, digests, same, changed)


def _group(shop: Workshop, first: Took, digests: list[Took], same: list[Took], changed: list[Took]) -> Group:
    big = shop.sizes.cards >= 200
    lines = (
        line("sha256sum of all inputs", FLOOR, digests),
        line("second run, unchanged", OURS, same),
        line("one record changed", OURS, changed),
        line("first run", OURS, [first]),
    )
    verdicts = (
        Verdict("second run unchanged, more than the digests", more(same, digests), "s", UNCHANGED, big_enough=big),
        Verdict("one record changed, more than unchanged", _more(changed, same, digests), "s", CHANGED, big_enough=big),
        Verdict("first run / second run unchanged", tuple(first.wall / one.wall for one in same)),
    )
    title = f"Again: {shop.sizes.cards:,} items with all cards, SYNTHETIC"
    return Group("again", title, lines, verdicts, NOTES)


def _more(changed: list[Took], same: list[Took], digests: list[Took]) -> tuple[float, ...]:
    """Seconds more than an unchanged run, or than its aim where it missed that: it is no measure then."""
    rounds = zip(changed, same, digests, strict=True)
    return tuple(one.wall - min(two.wall, three.wall + UNCHANGED) for one, two, three in rounds)


def change_one_record(project_folder: Path, number: int) -> str:
    """Put other words into one finding of a record that is sound; the id of the record is given back."""
    planted = json.loads((project_folder / "planted.json").read_text(encoding="utf-8"))
    bad = {one["evidence_id"] for one in planted["bad_records"]}
    path = next(one for one in inputs(project_folder) if one.parent.name == "evidence" or one.name == "evidence.csv")
    text = path.read_text(encoding="utf-8")
    at = 0
    for _ in range(number * 7 + 20):
        at = text.index("\n", at) + 1
    while (row := next(csv.reader([text[at : text.index("\n", at)]])))[0] in bad:
        at = text.index("\n", at) + 1
    begun = text.index("SYNTHETIC finding", at)
    path.write_text(f"{text[:begun]}SYNTHETIC and changed: {text[begun:]}", encoding="utf-8")
    return row[0]
