"""The same content as data, one card and the whole edition: fixed order, UTF-8, a newline at the end."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from scaudit.results import Results
from scaudit.rows import Criterion, Item, Move, Record
from scaudit.scorecard.annex import USES, touches
from scaudit.scorecard.glance import band
from scaudit.scorecard.numbers_json import numbers_json
from scaudit.scorecard.replies import later_replies, replies
from scaudit.scorecard.synthetic import is_synthetic
from scaudit.scorecard.viewpoints import ordered
from scaudit.scorecard.wording import item_word, rung_word, word

AUDIT_SCHEMA = "scaudit/audit/1"
CARD_SCHEMA = "scaudit/card/1"
OF_A_RUN = ("data_digest", "read", "loaded", "quarantined")
"""What is said of whole runs alone: a card stays as it is when the records of other items change."""


def audit_json(results: Results, files: Sequence[str] = ()) -> dict[str, Any]:
    """The whole edition in the fixed shape `scaudit/audit/1`; `files` are relative to its folder."""
    return {**audit_shell(results, files), "items": [_item(results, item) for item in results.ordered_items]}


def audit_shell(results: Results, files: Sequence[str]) -> dict[str, Any]:
    """The same without the items: what is said of the run."""
    return {"schema": AUDIT_SCHEMA, **_run(results, *OF_A_RUN), "items": [], "files": list(files)}


def audit_item(results: Results, item_id: str) -> dict[str, Any]:
    """One item as the whole edition has it."""
    return _item(results, results.item(item_id))


def card_json(results: Results, item_id: str) -> dict[str, Any]:
    """One item as its card shows it: every record with grade, disposition and reason, and the words printed.

    Raises UsageError where the results have no such item.
    """
    item, progress = results.item(item_id), band(results, item_id)
    return {
        "schema": CARD_SCHEMA,
        **_run(results),
        "item": {**_plain(item), **_item(results, item)},
        "status_words": {reading: item_word(results, item, reading) for reading in ("verified", "claimed")},
        "progress_words": "; ".join(part for part in (progress.words, progress.open) if part),
        "criteria": [_ask(results, ask) for ask in results.asks(item_id)],
        "claims": [_claim(results, claim) for claim in results.item_claims(item_id)],
        "dispositions": sorted(
            (_plain(row) for row in results.dispositions if row["item_id"] == item_id),
            key=canonical,
        ),
        "replies": _sorted(replies(results, item_id)),
        "later_replies": later_replies(results, item_id),
        "reading_days": sorted((_plain(row) for row in results.reading_days), key=canonical),
        "sources": _sources(results, item),
        "quarantine": sorted(
            (_plain(row) for row in results.quarantine if touches(row, item_id)),
            key=in_line,
        ),
        **_second_look(results, item_id),
        "numbers": {name: _sorted(rows) for name, rows in numbers_json(results, item_id).items()},
    }


def canonical(value: Any) -> str:
    """JSON text with fixed separators and order of keys as given; the same value gives the same bytes."""
    return json.dumps(value, ensure_ascii=False, indent=1, default=_day) + "\n"


def lines(value: Any) -> str:
    """The same a value a line, not indented: where there is much of it, that takes a sixth of the time."""
    return within(value) + "\n"


def within(value: Any) -> str:
    """The same as a part of such a text."""
    return json.dumps(value, ensure_ascii=False, separators=(",\n", ": "), default=_day)


def in_lines(value: Mapping[str, Any], name: str, parts: Iterable[str]) -> str:
    """The `lines` of a value of which the entry `name` is a list of what is text already."""
    texts = {key: "[" + ",\n".join(parts) + "]" if key == name else within(one) for key, one in value.items()}
    return "{" + ",\n".join(f"{within(key)}: {text}" for key, text in texts.items()) + "}\n"


def in_line(row: Mapping[str, Any]) -> str:
    """A flat row as text that sorts as its canonical text does, in a tenth of the time: they may be many."""
    return json.dumps(row, ensure_ascii=False, separators=(",\n ", ": "), default=_day)


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in JSON output")


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return dict(row)


def _run(results: Results, *besides: str) -> dict[str, Any]:
    names = ("edition", "as_of", "known_on", "ruleset", *besides)
    run: Mapping[str, Any] = results.run
    plain = {name: run[name].isoformat() if isinstance(run[name], date) else run[name] for name in names}
    return {**plain, "synthetic": True} if is_synthetic(results) else plain


def _item(results: Results, item: Item) -> dict[str, Any]:
    item_id = item["item_id"]
    verified, claimed = (results.status(item_id, reading) for reading in ("verified", "claimed"))
    return {
        "id": item_id,
        "kind": item["kind"],
        "title": item["title"],
        "status": {"verified": verified["status"], "claimed": claimed["status"]},
        "flags": sorted(verified["flags"]),
        "progress": {name: verified[name] for name in ("required", "met_low", "met_high")},  # type: ignore[literal-required, unused-ignore]
        "criteria": [_criterion(results, ask) for ask in results.asks(item_id)],
        "claims": [
            {
                "id": claim["criterion_id"],
                "standing": results.standings.get(claim["criterion_id"], "unexamined"),
                "evidence": _uses(results, claim),
            }
            for claim in results.item_claims(item_id)
        ],
    }


def _criterion(results: Results, ask: Criterion) -> dict[str, Any]:
    key = ask["criterion_id"]
    verified, claimed = (results.rung(key, reading) for reading in ("verified", "claimed"))
    return {
        "id": key,
        "kind": ask["kind"],
        "required": ask["required"],
        "rung": {"verified": verified["rung"], "claimed": claimed["rung"]},
        "flags": sorted(verified["flags"]),
        "binding_evidence": {"verified": sorted(verified["binding"]), "claimed": sorted(claimed["binding"])},
        "would_raise": _move(results.raising.get(key)),
        "would_lower": _move(results.lowering.get(key)),
        "evidence": _uses(results, ask),
    }


def _move(move: Move | None) -> dict[str, Any] | None:
    return {"grade": move["grade"], "to": move["to"], "words": move["words"]} if move else None


def _uses(results: Results, criterion: Criterion) -> dict[str, int]:
    found = results.uses_of(criterion["criterion_id"])
    return {use: found[use] for use in USES}


def _ask(results: Results, ask: Criterion) -> dict[str, Any]:
    rungs = {reading: results.rung(ask["criterion_id"], reading) for reading in ("verified", "claimed")}
    return {
        **_plain(ask),
        **_criterion(results, ask),
        "words": {reading: rung_word(results.words, rung, ask) for reading, rung in rungs.items()},
        "standing_evidence": {reading: sorted(rung["standing"]) for reading, rung in rungs.items()},
        "rules": {reading: rung["rules"] for reading, rung in rungs.items()},
        "records": [_plain(record) for record in results.records_of(ask["criterion_id"])],
    }


def _claim(results: Results, claim: Criterion) -> dict[str, Any]:
    standing = results.standings.get(claim["criterion_id"], "unexamined")
    return {
        **_plain(claim),
        "standing": standing,
        "words": word(results.words, "claims", standing),
        "evidence": _uses(results, claim),
        "records": [_plain(record) for record in results.records_of(claim["criterion_id"])],
    }


def _second_look(results: Results, item_id: str) -> dict[str, Any]:
    """Where an item stood when, by whose records, how firm that is, and where records contradict each other."""
    asks = [ask["criterion_id"] for ask in results.asks(item_id)]
    shifts = [row for key in asks for row in results.shifts_of[key]]
    moved = Counter(row["scenario"] for row in shifts)
    return {
        "trajectory": _sorted(row for key in asks for row in results.points_of[key]),
        "viewpoints": _viewpoints(results, [*asks, *(claim["criterion_id"] for claim in results.item_claims(item_id))]),
        "sensitivity": {
            "tried": _sorted({**row, "criteria": moved[row["scenario"]]} for row in results.choices),
            "shifts": _sorted(shifts),
            "status_shifts": _sorted(results.status_shifts_of[item_id]),
        },
        "left_out": _sorted(row for key in asks for row in results.left_out_of[key]),
        "contradictions": _sorted(row for row in results.contradictions if item_id in row["items"]),
        "conflicts": _sorted(results.conflicts_of[item_id]),
    }


def _viewpoints(results: Results, criteria: Sequence[str]) -> list[dict[str, Any]]:
    """Every viewpoint with the criteria and claims on which it has a counted record."""
    return [
        {
            **_plain(viewpoint),
            "seen": _sorted(
                row
                for key in criteria
                for row in results.seen_of[key]
                if row["viewpoint_id"] == viewpoint["viewpoint_id"]
            ),
        }
        for viewpoint in ordered(results)
    ]


def _sorted(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return sorted((_plain(row) for row in rows), key=canonical)


def _sources(results: Results, item: Item) -> dict[str, Any]:
    records: list[Record] = results.item_records(item["item_id"])
    keys = sorted({item["source_id"], *(record["source_id"] for record in records)})
    return {key: _plain(results.sources[key]) for key in keys if key in results.sources}
