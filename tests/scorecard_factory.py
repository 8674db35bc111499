"""Invented results (a cold-chain programme of an invented food bureau) on which every part of a card shows."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from scaudit.results import Results
from scaudit.scorecard.edition import Way, render_cards
from scaudit.scorecard.whole import render_whole
from second_look_factory import second_look

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "reports" / "templates"
WORDS = tomllib.loads((ROOT / "src/scaudit/ruleset/ladder-1/words.toml").read_text("utf-8"))

BODIES = {
    "BUREAU": "Food Safety Bureau (invented)",
    "INSPECTOR": "Inspector of Public Health Spending (invented)",
    "ACADEMY": "Academy of Food Science (invented)",
    "PARENTS": "Parents for Safe School Meals (invented)",
    "GAZETTE": "Harbour Gazette (invented)",
    "COURT": "Court of Claims (invented)",
}
SOURCES: dict[str, Any] = {
    "REPORT": (
        "Cold Chain Inspections Need Clear Rules (synthetic report)",
        "INSPECTOR",
        "2014-03-12",
        "whole",
    ),
    "DIRECTIVE": ("Directive 7 on Chilled Transport", "BUREAU", "2014-09-01", "whole"),
    "FOLLOWUP": ("Follow-up Test of Chilled Transport in Six Depots", "INSPECTOR", "2016-06-30", "excerpt"),
    "RETEST": ("Second Test of Chilled Transport", "INSPECTOR", "2018-11", "excerpt"),
    "PRESS": ("Bureau says cold chain is fixed", "GAZETTE", "2015-02-20", "excerpt"),
    "STUDY": ("Illness and Chilled Transport, a Panel of 212 Schools", "ACADEMY", "2017", "excerpt"),
    "RULING": ("Harbour Schools v. Food Safety Bureau", "COURT", "2019-05-17", "second_hand"),
    "PETITION": ("Petition on School Meals", "PARENTS", "2015-01-15", "whole"),
    "YEARBOOK": ("Bureau Yearbook 2015", "BUREAU", "2016-02", "excerpt"),
}
GRADES = ["held back", "assertion", "own record", "outside account", "tested record", "direct verification"]
TEXTS = [
    "The Bureau wrote that every depot would be logging temperatures by the end of the year, and named no depot.",
    "Directive 7 orders two readings a day, names the depot head as the one who answers, and sets 5 °C as the limit.",
    "Of 120 loads that were followed from depot to school, 113 stayed below the limit; the six depots and the days are listed.",
    "In four of nine depots no log was kept for more than half the days; the visits and the logs that were asked for are described.",
    "Inspectors of the county say that drivers were told of the rule by word of mouth and had never seen the text.",
]
ASKS = [
    ("a", "policy", "A written rule for chilled transport is issued.", True, 5, 6, []),
    ("b", "policy", "The rule says who answers for a load at each point of the way.", True, 4, 5, ["thin"]),
    ("c", "practice", "Drivers and depots keep a log of temperatures, and depot heads look at it each week.", True, 3, 5, ["reopened"]),
    ("d", "practice", "Loads above the limit are turned back.", True, 2, 5, ["alleged"]),
    ("e-practice", "practice", "Results of checks are made public every quarter, for every depot.", True, 0, 0, []),
    ("e-result", "result", "Fewer loads arrive warm.", False, 5, 5, ["stale"]),
]  # fmt: skip
CONCERNS = [
    ("a", "practice", "Parents are told when a warm load has reached a school.", True, 1, 5, ["contested"]),
    ("b", "policy", "The legal ground of the exemptions for small carriers is disclosed.", True, 0, 2, []),
    ("c-policy", "policy", "A way to complain is laid down in writing.", True, 4, 4, []),
    ("c-practice", "practice", "Complaints are answered within the time that the Bureau set itself.", True, 3, 5, ["contested", "thin"]),
    ("d", "practice", "Schools with many poor pupils are checked as often as others.", True, 3, 3, []),
    ("e", "policy", "The Inspector examines the contracts of the carriers.", True, 6, 6, []),
    ("f", "result", "The number of pupils who fall ill after meals goes down.", False, 1, 4, ["contested"]),
    ("g", "policy", "Carriers that fail twice lose their contract.", True, 2, 5, ["withdrawn"]),
]  # fmt: skip
CLAIMS = [
    ("x1", "Warm loads were served to pupils in at least three counties.", "established"),
    ("x2", "Exemptions went mostly to carriers with ties to the Bureau.", "unexamined"),
    ("x3", "Complaints from parents were not answered.", "disputed"),
]


@dataclass(frozen=True)
class SomeTerm:
    """How long an answer may take, as a project has it."""

    answer_days: int = 45


@dataclass(frozen=True)
class SomeSettings:
    """Settings as a project has them."""

    title: str = "Cold chain audit (invented data)"
    publisher: str = "Example Audit Group (invented)"
    contact: str = "audit@example.org"
    paper: str = "letter"
    questions: SomeTerm = field(default_factory=SomeTerm)
    notes: dict[str, str] = field(
        default_factory=lambda: {
            "": "Everything on this card is synthetic and describes no real body.",
            "SYN-1": "The report is known here from its summary.",
        }
    )


@dataclass(frozen=True)
class SomeProject:
    """A project as the renderer sees it."""

    settings: SomeSettings = field(default_factory=SomeSettings)
    templates: Path = TEMPLATES


def record(number: int, criterion: str, **changes: Any) -> dict[str, Any]:
    """A record that is plausible for its number; `changes` replace single fields."""
    grade = (1, 2, 3, 5, 4, 3, 1)[number % 7]
    year, source = 2012 + number % 8, list(SOURCES)[number % len(SOURCES)]
    row = {
        "evidence_id": f"S{number:03}",
        "criterion_id": criterion,
        "source_id": source,
        "locator": f"page {3 + number}",
        "origin_id": SOURCES[source][1],
        "stance": ("supports", "supports", "contradicts", "supports", "partly", "context")[number % 6],
        "basis": "data",
        "tense": "observation",
        "method_stated": grade == 5,
        "event_from": date(year, 1 + number % 12, 1),
        "event_to": date(year, 1 + number % 12, 28),
        "event_from_text": f"{year}-{1 + number % 12:02}",
        "event_to_text": None,
        "recorded_on": date(year + 1, 1, 31),
        "finding": TEXTS[number % 5],
        "coding_note": "measures what is asked",
        "fact_id": f"F{number:03}",
        "independent": grade > 2,
        "second_hand": False,
        "grade": grade,
        "claimed_grade": 5,
        "grade_name": GRADES[grade],
        "disposition": ("counted", "counted", "counted", "baseline", "counted", "context")[number % 6],
        "reason": "It bears on what is asked and lies in the window of the ask.",
        "printed_with": None,
    }
    return {**row, **changes}


def _criteria(item_id: str, source: str, asks: list[Any]) -> list[dict[str, Any]]:
    return [
        {
            "criterion_id": f"{item_id}.{key}",
            "item_id": item_id,
            "kind": kind,
            "ask": ask,
            "required": required,
            "window_from": date(2014, 3, 13),
            "window_to": date(2019, 12, 31),
            "closed": key.startswith("c"),
            "accountable": ["BUREAU"],
            "source_id": source,
            "locator": f"part {key}",
            "shelf_life_months": 18,
        }
        for key, kind, ask, required, *_ in asks
    ]


def _rungs(item_id: str, asks: list[Any], records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for key, _, _, _, verified, claimed, flags in asks:
        criterion = f"{item_id}.{key}"
        mine = [row["evidence_id"] for row in records if row["criterion_id"] == criterion]
        against = mine[1:2] if {"reopened", "contested"}.intersection(flags) else []
        for reading, rung in (("verified", verified), ("claimed", claimed)):
            rules = (
                [f"{mine[0]} is the best support.", f"That puts it at step {rung}."]
                if rung
                else ["There is no record."]
            )
            bound = (mine[:1] if reading == "verified" else mine[2:3]) if rung else []
            rows.append(
                {
                    "criterion_id": criterion,
                    "reading": reading,
                    "rung": rung,
                    "flags": flags if reading == "verified" else [],
                    "stale": "stale" in flags,
                    "binding": bound,
                    "standing": against if reading == "verified" else [],
                    "rules": [*rules, *(f"{key} stands against it." for key in against)],
                }
            )
    return rows


def _status(item_id: str, asks: list[Any], verified: str, claimed: str, flags: list[str]) -> list[dict[str, Any]]:
    required = [row for row in asks if row[3]]
    met = [sum(row[place] >= 5 for row in required) for place in (4, 5)]
    high = met[0] + sum(row[4] == 0 or "reopened" in row[6] for row in required)
    return [
        {
            "item_id": item_id, "reading": reading, "status": status, "flags": flags if not place else [],
            "required": len(required), "met_low": met[place], "met_high": high if not place else met[place],
            "weakest": min(row[4 + place] for row in required), "strongest": max(row[4 + place] for row in required),
        }
        for place, (reading, status) in enumerate((("verified", verified), ("claimed", claimed)))
    ]  # fmt: skip


def _item(item_id: str, kind: str, title: str, summary: str) -> dict[str, Any]:
    issuer, source = ("INSPECTOR", "REPORT") if kind == "recommendation" else ("PARENTS", "PETITION")
    agreed = kind == "recommendation"
    return {
        "item_id": item_id, "kind": kind, "title": title, "summary": summary, "issuer_id": issuer,
        "accountable_id": "BUREAU", "issued_on": date(2014, 3, 12) if agreed else date(2015, 1, 15),
        "response": "concur" if agreed else "none", "response_on": date(2014, 3, 30) if agreed else None,
        "target_on": date(2015, 12, 31) if agreed else None, "source_id": source, "locator": "page 4",
        "not_yet_asked": False,
    }  # fmt: skip


def _fill(item_id: str, asks: list[Any], start: int, each: int) -> list[dict[str, Any]]:
    rows = []
    for ask in asks:
        for _ in range(each if not isinstance(ask[4], int) or ask[4] or ask[5] else 0):
            rows.append(record(start + len(rows), f"{item_id}.{ask[0]}"))
    return rows


def some_results(**changes: Any) -> Results:
    """Nine invented items: a recommendation of six asks, a concern of eight with three claims, seven lesser ones."""
    claims = [(key, "claim", text, True, standing, 0, []) for key, text, standing in CLAIMS]
    first = _fill("SYN-1/R1", ASKS, 1, 4)
    first.append({**first[0], "evidence_id": "S900", "printed_with": first[0]["evidence_id"]})
    second = _fill("PLEA/II", CONCERNS, 100, 4) + _fill("PLEA/II", claims, 150, 3)
    items = [
        _item("SYN-1/R1", "recommendation", "Clear rules for chilled transport",
              "The Bureau should put out rules for chilled transport, see that they are kept, and publish the results."),
        _item("PLEA/II", "concern", "Warm loads and silence",
              "The petition asks that parents be told, that exemptions be explained and that complaints be answered."),
    ]  # fmt: skip
    records, criteria = (
        first + second,
        _criteria("SYN-1/R1", "REPORT", ASKS) + _criteria("PLEA/II", "PETITION", CONCERNS + claims),
    )
    rungs = _rungs("SYN-1/R1", ASKS, first) + _rungs("PLEA/II", CONCERNS, second)
    statuses = _status("SYN-1/R1", ASKS, "under_way", "partly_verified", ["overdue", "issuer_differs"])
    statuses += _status("PLEA/II", CONCERNS, "under_way", "partly_verified", [])
    for number, (item_id, kind) in enumerate(_LESSER):
        asks = CONCERNS[number % 4 :] if kind == "concern" else ASKS[number % 3 :]
        more = _fill(item_id, asks, 300 + 30 * number, 3)
        items.append(_item(item_id, kind, f"Lesser invented ask {number + 1}", "It stands here to fill the table."))
        records, criteria = records + more, criteria + _criteria(item_id, "REPORT", asks)
        rungs += _rungs(item_id, asks, more)
        statuses += _status(
            item_id, asks, ("announced", "in_place", "no_action", "unknown")[number % 4], "in_place", []
        )
    tables: dict[str, Any] = {
        "run": {"edition": "2019-12-31", "as_of": date(2019, 12, 31), "known_on": date(2020, 6, 30), "ruleset": "ladder-1",
                "data_digest": "3f9a1c7be0d24485" * 4, "read": len(records) + 61, "loaded": len(records) + 59, "quarantined": 2},
        "bodies": BODIES,
        "sources": {key: {"title": title, "publisher": BODIES[body], "published_on_text": day,
                          "url": f"https://example.org/{key.lower()}", "seen": seen}
                    for key, (title, body, day, seen) in SOURCES.items()},
        "items": items, "item_status": statuses, "criteria": criteria, "rungs": rungs,
        "raises": [{"criterion_id": row["criterion_id"], "grade": 5, "to": 5, "words": "A test by an independent auditor that says how it was done."}
                   for row in rungs if row["reading"] == "verified" and row["rung"] < 5],
        "lowers": [{"criterion_id": row["criterion_id"], "grade": 4, "to": 3, "words": "A court or auditor finding, later than the support, that it is not done."}
                   for row in rungs if row["reading"] == "verified" and row["rung"] > 2],
        "claims": [{"criterion_id": f"PLEA/II.{key}", "standing": standing} for key, _, standing in CLAIMS],
        "records": records,
        "dispositions": [
            {"item_id": "SYN-1/R1", "body_id": "INSPECTOR", "stated_on": date(2016, 7, 1), "disposition": "closed_implemented",
             "words": "We consider this recommendation closed as implemented.", "basis_stated": None, "source_id": "FOLLOWUP", "locator": "page 2"},
            {"item_id": "SYN-1/R1", "body_id": "BUREAU", "stated_on": date(2015, 2, 20), "disposition": "partial",
             "words": None, "basis_stated": "As the newspaper reports it.", "source_id": "PRESS", "locator": "paragraph 3"}],
        "reading_days": [
            {"day_id": "report", "day": date(2014, 3, 12), "label": "The report is published"},
            {"day_id": "directive", "day": date(2014, 9, 1), "label": "Directive 7 is signed"},
            {"day_id": "petition", "day": date(2015, 1, 15), "label": "Parents hand in their petition"},
            {"day_id": "end", "day": date(2019, 12, 31), "label": "The programme ends"}],
        "quarantine": [
            {"table_name": "evidence", "file": "inputs/evidence.csv", "sheet": None, "row": 41, "key": "S041", "column": column,
             "value": value, "rule": rule, "reason": reason}
            for column, value, rule, reason in (
                ("criterion_id", "SYN-1/R1.z", "reference", "there is no criterion SYN-1/R1.z"),
                ("event_from", "2016-13", "E107", "not a day, month or year"))]
        + [{"table_name": "sources", "file": "inputs/sources.csv", "sheet": None, "row": 9, "key": "MEMO", "column": "url",
            "value": "ftp://example.org", "rule": "E109", "reason": "not an http or https address"}],
        "words": WORDS,
        **second_look(criteria, rungs),
    }  # fmt: skip
    made = {key: tuple(value) if isinstance(value, list) else value for key, value in tables.items()}
    gone = {"left_out": (), "conflicts": ()} if "records" in changes else {}  # they name records
    whole = {**made, **gone, **changes}
    return Results(**{**whole, "parties": _parties(whole), **changes})


def _parties(tables: dict[str, Any]) -> tuple[Any, ...]:
    """The records that the register of contradictions can name."""
    homes = {row["criterion_id"]: row["item_id"] for row in tables["criteria"]}
    kept = ("evidence_id", "source_id", "disposition")
    return tuple(
        {**{key: row[key] for key in kept}, "item_id": homes[row["criterion_id"]]}
        for row in tables["records"]
        if row["criterion_id"] in homes
    )


def render_edition(
    results: Results, project: Any, folder: Path, items: Sequence[str] | None = None, with_pdf: bool = True
) -> list[str]:
    """All files of an edition but for its manifest, without signatures; gives their names, in order."""
    ordered = [item["item_id"] for item in results.ordered_items]
    way = Way(with_pdf=with_pdf)
    cards = render_cards(results, project, folder, ordered if items is None else sorted(items), way)
    names = [file["path"] for one in cards for file in one.files]
    shared = render_whole(results, project, folder, names, way)
    return [*names, *(file["path"] for one in shared for file in one.files)]


_LESSER = [
    ("SYN-1/R2", "recommendation"), ("SYN-1/R3", "recommendation"), ("PLEA/I", "concern"), ("PLEA/III", "concern"),
    ("PLEA/IV", "concern"), ("PLEA/V", "concern"), ("PLEA/VI", "concern"),
]  # fmt: skip
