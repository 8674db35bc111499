"""Invented values for the second look: through time, by viewpoint, how firm, and where records contradict each other."""

from datetime import date
from typing import Any

VIEWPOINTS = [
    ("bureaus", "Bureaus", False), ("inspectors", "Inspectors", False), ("courts", "Courts and boards of appeal", False),
    ("science", "Researchers", False), ("parents", "Parents", False), ("press", "Press", False),
    ("counties", "Counties and towns", False), ("parliament", "Parliament", False),
    ("document-report", "Report 4/2014", True), ("document-petition", "Petition", True),
]  # fmt: skip
CHOICES = [
    ("agency-down", "grade", "if records of agencies weighed one grade less"),
    ("court-up", "grade", "if records of courts weighed one grade more"),
    ("pairs-none", "pairing", "if outside accounts of different origins never added up"),
    ("shelf-policy-24", "shelf_life", "with a shelf life of 24 months for texts instead of 36"),
    ("shelf-none", "shelf_life", "with no shelf life at all"),
]
_DAYS = [
    ("report", date(2014, 3, 12)),
    ("directive", date(2014, 9, 1)),
    ("petition", date(2015, 1, 15)),
    ("end", date(2019, 12, 31)),
]
_MOST = (0, 2, 5)  # no rung is higher on the first three days


def second_look(criteria: list[dict[str, Any]], rungs: list[dict[str, Any]]) -> dict[str, Any]:
    """The tables of the second look, for criteria and rungs of the factory."""
    asks = {row["criterion_id"]: row["item_id"] for row in criteria if row["kind"] != "claim"}
    return {
        "points": [point for row in rungs for point in _points(row)],
        "viewpoints": [{"viewpoint_id": key, "label": label, "documents": documents} for key, label, documents in VIEWPOINTS],
        "seen": [row for place, key in enumerate(asks) for row in _seen(place, key)] + _claims(),
        "choices": [{"scenario": key, "family": family, "words": words, "criteria": 1 + place % 2}
                    for place, (key, family, words) in enumerate(CHOICES)],
        "shifts": [shift("shelf-none", "SYN-1/R1.e-result", (5, True), (5, False)),
                   shift("agency-down", "SYN-1/R1.b", (4, False), (3, False)),
                   shift("shelf-policy-24", "SYN-1/R1.a", (5, False), (5, True))],
        "status_shifts": [{"scenario": "shelf-policy-24", "item_id": "SYN-1/R1", "status": "under_way", "status_then": "announced"}],
        "left_out": [left_out("S001", "SYN-1/R1.a", 5, 2), left_out("S005", "SYN-1/R1.b", 4, 0), left_out("S010", "SYN-1/R1.c", 3, 5)],
        "contradictions": [
            {"contradiction_id": "K1", "question": "How many loads arrived warm?", "explained_by": "different_measure",
             "explanation": "One counts loads, the other counts boxes.", "items": ["PLEA/II", "SYN-1/R1"],
             "sides": [{"says": "Seven of 120 loads.", "records": ["S001", "S100"], "sources": []},
                       {"says": "One box in three.", "records": ["S010"], "sources": ["PETITION"]}]},
            {"contradiction_id": "K2", "question": "Was the directive sent to the depots?", "explained_by": "unresolved",
             "explanation": "The mailing list would settle it.", "items": ["SYN-1/R1"],
             "sides": [{"says": "To all of them.", "records": [], "sources": ["DIRECTIVE"]},
                       {"says": "To none.", "records": [], "sources": ["PRESS"]},
                       {"says": "To some.", "records": ["S009"], "sources": []}]}],
        "conflicts": [conflict("S009", "S010", "K1"), conflict("S011", "S010", None), conflict("S012", "S010", None)],
    }  # fmt: skip


def _points(rung: dict[str, Any]) -> list[dict[str, Any]]:
    """One that is reopened at the end stood at 5 before; whatever is stale is so on the last day only."""
    before = 5 if "reopened" in rung["flags"] else rung["rung"]
    rows = [point(rung, day_id, day, min(before, most)) for (day_id, day), most in zip(_DAYS[:-1], _MOST, strict=True)]
    return [*rows, {**point(rung, *_DAYS[-1], rung["rung"]), "stale": rung["stale"], "flags": rung["flags"]}]


def point(rung: dict[str, Any], day_id: str, day: date, level: int) -> dict[str, Any]:
    """Where a criterion stood on a day in the reading of `rung`."""
    names = {name: rung[name] for name in ("criterion_id", "reading")}
    return {**names, "day_id": day_id, "day": day, "rung": level, "stale": False, "flags": []}


def _seen(place: int, criterion_id: str) -> list[dict[str, Any]]:
    return [
        seen(key, criterion_id, (place + 2 * number) % 6, binding=["S001"])
        for number, (key, *_) in enumerate(VIEWPOINTS)
        if (place + number) % 3 == 0
    ]


def _claims() -> list[dict[str, Any]]:
    return [
        seen("document-report", "PLEA/II.x3", None, standing="not_borne_out", against="S156"),
        seen("document-petition", "PLEA/II.x3", None, standing="supported", binding=["S157"]),
        seen("press", "PLEA/II.x1", None, standing="supported", binding=["S151"]),
    ]


def seen(viewpoint_id: str, criterion_id: str, rung: int | None, **changes: Any) -> dict[str, Any]:
    """A criterion in a viewpoint; `changes` replace single fields."""
    row = {
        "viewpoint_id": viewpoint_id, "criterion_id": criterion_id, "records": 1, "rung": rung, "stale": False,
        "standing": None, "binding": [], "against": None,
    }  # fmt: skip
    return {**row, **changes}


def shift(scenario: str, criterion_id: str, now: tuple[int, bool], then: tuple[int, bool]) -> dict[str, Any]:
    """A criterion that a choice moves from a rung to another one, each with whether it is stale."""
    names = ("rung", "stale", "rung_then", "stale_then")
    return {"scenario": scenario, "criterion_id": criterion_id, **dict(zip(names, (*now, *then), strict=True))}


def left_out(evidence_id: str, criterion_id: str, rung: int, then: int) -> dict[str, Any]:
    """A record without which a criterion would stand elsewhere."""
    stale = {"stale": False, "stale_then": False}
    return {"evidence_id": evidence_id, "criterion_id": criterion_id, "rung": rung, "rung_then": then, **stale}


def conflict(for_id: str, against_id: str, known_as: str | None) -> dict[str, Any]:
    """Two records at odds over SYN-1/R1.c."""
    return {
        "criterion_id": "SYN-1/R1.c", "item_id": "SYN-1/R1", "for_id": for_id, "against_id": against_id,
        "overlap_from": date(2016, 1, 1), "overlap_to": date(2016, 1, 1 + int(for_id[-1])), "known_as": known_as,
    }  # fmt: skip
