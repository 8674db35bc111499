"""A small registry in Python rows: the typed `clean` tables that the scoring reads, and its results read back.

Bodies: AGENCY answers, under MINISTRY, whose BUREAU shares the responsibility and whose INSPECTOR does not.
Items: R (a recommendation of INSPECTOR, issued on the last day of 2011, so that its window opens on 1 January 2012)
and C (a concern of COALITION). Each criterion is named for its kind: policy, practice, result, and claim.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import duckdb
import pyarrow as pa

from scaudit import warehouse
from scaudit.explaining import hypotheses
from scaudit.rules import Ruleset, load_ruleset
from scaudit.scoring import Reading, audit_readings, score
from scaudit.statement import statement

Row = dict[str, Any]

LADDER = load_ruleset("ladder-1")
DAY = pa.date32()
COLUMNS: dict[str, dict[str, pa.DataType]] = {
    "bodies": {"body_id": pa.string(), "name": pa.string(), "kind": pa.string(), "parent_id": pa.string(),
               "independent_by_statute": pa.bool_()},
    "sources": {"source_id": pa.string(), "title": pa.string(), "publisher_id": pa.string(), "published_on": DAY,
                "published_on_text": pa.string(), "url": pa.string(), "seen": pa.string()},
    "recommendations": {"item_id": pa.string(), "kind": pa.string(), "title": pa.string(), "summary": pa.string(),
                        "issuer_id": pa.string(), "accountable_id": pa.string(), "issued_on": DAY,
                        "response": pa.string(), "response_on": DAY, "target_on": DAY, "source_id": pa.string(),
                        "locator": pa.string()},
    "criteria": {"criterion_id": pa.string(), "item_id": pa.string(), "kind": pa.string(), "ask": pa.string(),
                 "required": pa.bool_(), "window_from": DAY, "window_to": DAY, "accountable_id": pa.string(),
                 "shelf_life_months": pa.int32(), "sustain_months": pa.int32(), "source_id": pa.string(),
                 "locator": pa.string()},
    "responsibilities": {"criterion_id": pa.string(), "body_id": pa.string()},
    "dispositions": {"item_id": pa.string(), "body_id": pa.string(), "stated_on": DAY, "disposition": pa.string(),
                     "words": pa.string(), "basis_stated": pa.string(), "source_id": pa.string(),
                     "locator": pa.string()},
    "reading_days": {"day_id": pa.string(), "day": DAY, "label": pa.string()},
    "evidence": {"evidence_id": pa.string(), "criterion_id": pa.string(), "source_id": pa.string(),
                 "locator": pa.string(), "origin_id": pa.string(), "stance": pa.string(), "basis": pa.string(),
                 "tense": pa.string(), "method_stated": pa.bool_(), "event_from": DAY, "event_to": DAY,
                 "event_from_text": pa.string(), "event_to_text": pa.string(), "recorded_on": DAY,
                 "reliability": pa.string(), "credibility": pa.string(), "expires_on": DAY, "replaces": pa.string(),
                 "finding": pa.string(), "coding_note": pa.string(), "fact_id": pa.string(),
                 "quoted_source_id": pa.string()},
    "viewpoints": {"viewpoint_id": pa.string(), "label": pa.string(), "body_kinds": pa.list_(pa.string()),
                   "source_ids": pa.list_(pa.string())},
    "contradictions": {"contradiction_id": pa.string(), "question": pa.string(), "says_a": pa.string(),
                       "records_a": pa.list_(pa.string()), "sources_a": pa.list_(pa.string()), "says_b": pa.string(),
                       "records_b": pa.list_(pa.string()), "sources_b": pa.list_(pa.string()), "says_c": pa.string(),
                       "records_c": pa.list_(pa.string()), "sources_c": pa.list_(pa.string()),
                       "explained_by": pa.string(), "explanation": pa.string(), "item_ids": pa.list_(pa.string())},
}  # fmt: skip

KINDS = {
    "MINISTRY": "agency", "AGENCY": "agency", "BUREAU": "agency", "INSPECTOR": "auditor", "BOARD": "oversight_body",
    "COURT": "court", "PARLIAMENT": "legislature", "UNIVERSITY": "researcher", "INSTITUTE": "researcher",
    "COALITION": "advocate", "UNION": "advocate", "CITY": "local_government", "PAPER": "press", "OTHER": "agency",
    "NEW-RESEARCHER": "researcher", "NEW-AUDITOR": "auditor",
}  # fmt: skip
PARENTS = {"AGENCY": "MINISTRY", "BUREAU": "MINISTRY", "INSPECTOR": "MINISTRY"}
BODIES: list[Row] = [
    {"body_id": body, "name": body, "kind": kind, "parent_id": PARENTS.get(body),
     "independent_by_statute": body == "INSPECTOR"}
    for body, kind in KINDS.items()
]  # fmt: skip


def day(text: str | date | None) -> date | None:
    """A day from its ISO text."""
    return date.fromisoformat(text) if isinstance(text, str) else text


def _typed(row: Mapping[str, Any], table: str) -> Row:
    types = COLUMNS[table]
    unknown = set(row) - set(types)
    assert not unknown, f"{table} has no {unknown}"
    return {name: day(row.get(name)) if kind == DAY else row.get(name) for name, kind in types.items()}


def body(body_id: str, kind: str, parent: str | None = None, *, independent: bool = False) -> Row:
    return {"body_id": body_id, "name": body_id, "kind": kind, "parent_id": parent,
            "independent_by_statute": independent}  # fmt: skip


def item(item_id: str = "R", **given: Any) -> Row:
    concern = given.get("kind") == "concern"
    row = {"kind": "recommendation", "title": item_id, "issuer_id": "COALITION" if concern else "INSPECTOR",
           "accountable_id": "AGENCY", "issued_on": "2011-12-31"}  # fmt: skip
    return {"item_id": item_id, **row, **given}


def criterion(criterion_id: str, kind: str | None = None, **given: Any) -> Row:
    row = {"item_id": "C" if (kind or criterion_id) == "claim" else "R", "ask": "asked", "required": True}
    return {"criterion_id": criterion_id, "kind": kind or criterion_id, **row, **given}


def record(
    evidence_id: str,
    origin: str = "UNIVERSITY",
    stance: str = "supports",
    basis: str = "document",
    tense: str = "observation",
    on: str | None = "2013-01-01",
    to: str | None = None,
    **given: Any,
) -> Row:
    """One record; by default on `practice`, of one day, printed by its origin and public from its last day."""
    publisher = given.pop("publisher", origin)
    row: Row = {"evidence_id": evidence_id, "criterion_id": given.pop("of", "practice"), "origin_id": origin,
                "source_id": f"by {publisher}", "locator": "p. 1", "stance": stance, "basis": basis, "tense": tense,
                "method_stated": given.pop("method", False), "event_from": on, "event_to": to or on,
                "recorded_on": given.pop("recorded", to or on), "finding": "found"}  # fmt: skip
    return {**row, **given}


def graded(evidence_id: str, grade: int, stance: str = "supports", on: str = "2013-01-01", **given: Any) -> Row:
    """A record of the given grade, from the body that such a record usually comes from."""
    origin, basis, tense, method = {
        1: ("AGENCY", "statement", "act", False),
        2: ("AGENCY", "data", "observation", False),
        3: ("UNIVERSITY", "document", "observation", False),
        4: ("UNIVERSITY", "data", "observation", True),
        5: ("INSPECTOR", "inspection", "observation", True),
    }[grade]
    marks: Row = {"origin": origin, "basis": basis, "tense": tense, "method": method, **given}
    return record(evidence_id, stance=stance, on=on, **marks)


ITEMS = [item("R"), item("C", kind="concern", issued_on="2014-01-01")]
CRITERIA = [criterion(kind) for kind in ("policy", "practice", "result", "claim")]


@dataclass
class Registry:
    """All tables of a project as rows."""

    evidence: Sequence[Row] = ()
    criteria: Sequence[Row] = field(default_factory=lambda: CRITERIA)
    recommendations: Sequence[Row] = field(default_factory=lambda: ITEMS)
    bodies: Sequence[Row] = field(default_factory=lambda: BODIES)
    sources: Sequence[Row] | None = None
    responsibilities: Sequence[Row] = ()
    dispositions: Sequence[Row] = ()
    reading_days: Sequence[Row] = ()
    viewpoints: Sequence[Row] = ()
    contradictions: Sequence[Row] = ()

    def rows(self) -> dict[str, Sequence[Row]]:
        sources = self.sources
        if sources is None:
            sources = [{"source_id": f"by {row['body_id']}", "publisher_id": row["body_id"],
                        "published_on": "2013-06-30"} for row in self.bodies]  # fmt: skip
        return {"bodies": self.bodies, "sources": sources, "recommendations": self.recommendations,
                "criteria": self.criteria, "responsibilities": self.responsibilities,
                "dispositions": self.dispositions, "reading_days": self.reading_days,
                "viewpoints": self.viewpoints, "evidence": self.evidence,
                "contradictions": self.contradictions}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One criterion with its few records, and what is special about it."""

    kind: str
    evidence: Sequence[Row] = ()
    ask: Mapping[str, Any] = field(default_factory=dict)


def of_cases(table: Mapping[str, Case], item_kind: str = "recommendation") -> Registry:
    """A registry of small cases, scored at once: each is an item of one criterion of its name; records are `name/id`."""
    rows = []
    for name, case in table.items():
        for row in case.evidence:
            replaced = {"replaces": f"{name}/{row['replaces']}"} if row.get("replaces") else {}
            rows.append({**row, "evidence_id": f"{name}/{row['evidence_id']}", "criterion_id": name, **replaced})
    asks = [criterion(name, case.kind, item_id=name, **case.ask) for name, case in table.items()]
    return Registry(rows, asks, [item(name, kind=item_kind) for name in table])


def connect() -> duckdb.DuckDBPyConnection:
    """A database in memory. One thread: the tables are small, and so the machines."""
    con = warehouse.connect()
    con.execute("set threads = 1")
    return con


def fill(con: duckdb.DuckDBPyConnection, registry: Registry) -> None:
    """Make the `clean` tables of a registry."""
    con.execute("create schema if not exists clean")
    for name, rows in registry.rows().items():
        fill_table(con, name, rows)


def fill_table(con: duckdb.DuckDBPyConnection, name: str, rows: Iterable[Row]) -> None:
    """Make one `clean` table anew."""
    schema = pa.schema(list(COLUMNS[name].items()))
    con.register("given", pa.Table.from_pylist([_typed(row, name) for row in rows], schema))
    con.execute(f"create or replace table clean.{name} as select * from given")
    con.unregister("given")


class Scored:
    """The results of one scoring."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con

    def all(self, query: str, *values: Any) -> list[Any]:
        return self.con.execute(query, list(values)).fetchall()

    def dicts(self, query: str, *values: Any) -> list[Row]:
        answer = self.con.execute(query, list(values))
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def shipped(self, query: str) -> list[Row]:
        """The rows of one query of the engine's sql folder."""
        self.con.execute(statement("sql", "audited_rungs"))
        return self.dicts(statement("sql", query))

    def record(self, evidence_id: str, reading: str = "verified") -> Row:
        query = "select * from step.admitted where evidence_id = ? and reading_id = ?"
        (row,) = self.dicts(query, evidence_id, reading)
        return row

    def grade(self, evidence_id: str) -> int:
        return int(self.record(evidence_id)["grade"])

    def disposition(self, evidence_id: str) -> tuple[str, str]:
        row = self.record(evidence_id)
        return row["disposition"], row["reason"]

    def rung_row(self, criterion_id: str = "practice", reading: str = "verified") -> Row:
        query = "select * from result.rungs where criterion_id = ? and reading_id = ?"
        (row,) = self.dicts(query, criterion_id, reading)
        return row

    def rung(self, criterion_id: str = "practice", reading: str = "verified") -> int:
        return int(self.rung_row(criterion_id, reading)["rung"])

    def rungs(self, reading: str = "verified") -> dict[str, int]:
        return dict(self.all("select criterion_id, rung from result.rungs where reading_id = ?", reading))

    def flags(self, criterion_id: str = "practice", reading: str = "verified") -> set[str]:
        query = "select flag from result.flags where criterion_id = ? and reading_id = ?"
        return {flag for (flag,) in self.all(query, criterion_id, reading)}

    def pairs(self) -> list[tuple[str, str, int, str]]:
        query = """select partner_id, evidence_id, grade, stance from step.pairs
            where reading_id = 'verified' order by all"""
        return self.all(query)

    def standing(self, criterion_id: str = "claim") -> str:
        query = "select standing from result.claims where criterion_id = ? and reading_id = 'verified'"
        ((standing,),) = self.all(query, criterion_id)
        return str(standing)

    def item(self, item_id: str = "R", reading: str = "verified") -> Row:
        query = "select * from result.items where item_id = ? and reading_id = ?"
        (row,) = self.dicts(query, item_id, reading)
        return row

    def status(self, item_id: str = "R", reading: str = "verified") -> str:
        return str(self.item(item_id, reading)["status"])

    def item_flags(self, item_id: str = "R", reading: str = "verified") -> set[str]:
        query = "select flag from result.item_flags where item_id = ? and reading_id = ?"
        return {flag for (flag,) in self.all(query, item_id, reading)}

    def move(self, side: str, criterion_id: str = "practice") -> tuple[str, int, int] | None:
        """The candidate that moves a criterion, its grade and the rung to which it moves."""
        for row in self.shipped("moves"):
            if row["side"] == side and row["criterion_id"] == criterion_id:
                return row["candidate"], row["grade"], row["to"]
        return None


def run(
    con: duckdb.DuckDBPyConnection,
    as_of: str = "2015-01-01",
    known_on: str | None = None,
    ruleset: Ruleset = LADDER,
    moving: bool = False,
    incomplete: Iterable[str] = (),
    programme_from: str | None = None,
) -> Scored:
    """Score the `clean` tables of `con` in the two readings; `moving` adds what would raise and what would lower."""
    verified, claimed = audit_readings(date.fromisoformat(as_of), date.fromisoformat(known_on or as_of))
    more: list[Reading] = hypotheses(ruleset, verified) if moving else []
    score(con, ruleset, [verified, claimed, *more], day(programme_from), incomplete)
    return Scored(con)


def scored(*evidence: Row, registry: Registry | None = None, **how: Any) -> Scored:
    """Score some records, against the registry given or the standard one."""
    world = registry or Registry()
    world.evidence = [*world.evidence, *evidence]
    con = connect()
    con.execute("pragma disable_optimizer")  # planning takes most of the time that a handful of rows needs
    fill(con, world)
    return run(con, **how)


# --- generated registries: everything that the method knows occurs ------------------------------------------------

SIZE = 300
AS_OF, KNOWN_ON, FROM = "2015-01-01", "2015-01-01", "2011-01-01"
ORIGINS = ["AGENCY"] * 5 + ["INSPECTOR"] * 3 + ["UNIVERSITY", "CITY", "COURT", "BOARD", "COALITION"] * 2
ORIGINS += ["MINISTRY", "BUREAU", "INSTITUTE", "UNION", "PAPER", "OTHER", "PARLIAMENT"]
DAYS = ["2012-03-01", "2012-09-01", "2013-01-01", "2013-03-01", "2013-09-01", "2014-03-01", "2014-09-01"] * 3
DAYS += ["2011-06-01", "2014-12-31", "2015-03-01"]


def registry(seed: int, size: int = SIZE) -> Registry:
    """A registry of about `size` criteria in which everything that the method knows occurs."""
    draw = random.Random(seed)
    world = Registry(criteria=[], recommendations=[], dispositions=[], responsibilities=[], evidence=[])
    rows: dict[str, list[Row]] = {name: [] for name in ("items", "criteria", "shared", "said", "evidence")}
    while len(rows["criteria"]) < size:
        _add_item(draw, f"I{len(rows['items']):04}", rows)
    world.recommendations, world.criteria, world.responsibilities = rows["items"], rows["criteria"], rows["shared"]
    world.dispositions, world.evidence = rows["said"], rows["evidence"]
    return world


def _add_item(draw: random.Random, item_id: str, rows: dict[str, list[Row]]) -> None:
    concern = draw.random() < 0.3
    target = draw.choice([None, "2013-12-31", "2015-06-01"])
    rows["items"].append(item(item_id, kind="concern" if concern else "recommendation", target_on=target))
    for said in draw.sample(["closed_implemented", "open", "partial", "declined"], draw.choice([0, 0, 1, 2])):
        day = draw.choice(["2013-06-01", "2014-06-01", "2015-06-01"])
        rows["said"].append({"item_id": item_id, "body_id": draw.choice(["INSPECTOR", "COALITION", "AGENCY"]),
                             "stated_on": day, "disposition": said, "source_id": f"by {said}"})  # fmt: skip
    usual = draw.choice([1, 2, 3, 4, 5, 5, 0, 0])
    for number in range(draw.choice([1, 1, 2, 3])):
        _add_criterion(draw, f"{item_id}.{number}", item_id, concern, usual, rows)


def _add_criterion(
    draw: random.Random, name: str, item_id: str, concern: bool, usual: int, rows: dict[str, list[Row]]
) -> None:
    kind = draw.choice(["policy", "practice", "result", "claim", "claim"][: 5 if concern else 3])
    some: dict[str, Any] = {
        "required": draw.random() < 0.9,
        "window_to": draw.choice([None] * 4 + ["2013-12-31"]),
        "shelf_life_months": draw.choice([None] * 3 + [6]),
        "sustain_months": draw.choice([None] * 3 + [6]),
        "accountable_id": draw.choice([None] * 9 + ["OTHER"]),
    }
    rows["criteria"].append(criterion(name, kind, item_id=item_id, **some))
    if draw.random() < 0.1:
        rows["shared"].append({"criterion_id": name, "body_id": draw.choice(["CITY", "BUREAU"])})
    count = draw.choice([0, 1, 1, 2, 2, 3, 3, 4, 5, 6])
    days = draw.sample(DAYS, 3)  # few days, so that records overlap, touch and tie
    rows["evidence"] += [any_record(draw, f"{name}/{n}", name, usual, days) for n in range(count)]
    if count > 1 and draw.random() < 0.1:
        rows["evidence"][-1]["replaces"] = rows["evidence"][-2]["evidence_id"]


def any_record(draw: random.Random, evidence_id: str, of: str, usual: int, days: Sequence[str] = DAYS) -> Row:
    """Some record on a criterion, often of its usual grade, on one of these days."""
    on = date.fromisoformat(draw.choice(days))
    to = on + timedelta(days=draw.choice([0] * 6 + [92, 200]))
    stance = draw.choice(["supports"] * 5 + ["contradicts"] * 4 + ["partly", "context"])
    some: dict[str, Any] = {"to": to, "of": of}
    some |= {"recorded": draw.choice([to] * 6 + [date(2014, 12, 31)] * 6 + [to + timedelta(days=30), None])}
    if draw.random() < 0.1:
        some |= draw.choice([{"locator": None}, {"on": None, "to": None}, {"reliability": "F", "credibility": "6"},
                             {"expires_on": "2014-06-01"}, {"recorded": date(2015, 6, 1)}])  # fmt: skip
    if draw.random() < 0.6:
        grade = usual or draw.choice([1, 2, 3, 4, 5])
        place = {"origin": draw.choice(["UNIVERSITY", "CITY", "INSTITUTE"])} if grade in {3, 4} else {}
        return graded(evidence_id, grade, stance, **{"on": on, **some, **place})
    origin = draw.choice(ORIGINS)
    return record(evidence_id, origin, stance, draw.choice(["statement", "document", "data", "inspection"]),
                  draw.choice(["promise", "act", "act", "observation", "observation"]),
                  publisher=draw.choice([origin] * 5 + ["PAPER", "CITY"]), method=draw.random() < 0.5,
                  **{"on": on, **some})  # fmt: skip


def crowded(seed: int, size: int = SIZE) -> Registry:
    """More records a criterion: of few origins, out of one document, that copy, replace and take back one another."""
    draw, world = random.Random(seed), registry(seed, size)
    more: list[Row] = []
    for row in world.evidence:
        of, name = row["criterion_id"], row["evidence_id"]
        if draw.random() < 0.3:
            more.append({**row, "evidence_id": f"{name}+", "basis": draw.choice([row["basis"], "data", "document"])})
        if draw.random() < 0.2:
            more.append(
                {**draw.choice(world.evidence), "evidence_id": f"{name}!", "criterion_id": of, "replaces": name}
            )
        if draw.random() < 0.4:
            some = draw.choice(world.evidence)
            tense = draw.choice(["promise", "act", "observation"])
            more.append({**some, "evidence_id": f"{name}?", "criterion_id": of, "tense": tense, "replaces": None,
                         "origin_id": draw.choice(["CITY", "UNIVERSITY"])})  # fmt: skip
    rows = [*world.evidence, *more]
    world.evidence = [{**row, "source_id": "by CITY"} if draw.random() < 0.3 else row for row in rows]
    return world
