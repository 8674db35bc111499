"""Conflicts: records of weight that speak for and against one criterion at one time, and which the register has
(method, section 8). All small cases are scored at once."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from scoring_tables import (
    AS_OF,
    FROM,
    Case,
    Registry,
    Row,
    Scored,
    connect,
    crowded,
    fill,
    graded,
    of_cases,
    record,
    run,
)

AGAINST = "contradicts"
YEAR = {"on": "2013-01-01", "to": "2013-12-31"}
Named = list[tuple[str, str, str, str]]


def case(*evidence: Row, kind: str = "practice", **ask: Any) -> Case:
    return Case(kind, evidence, ask)


A = graded("a", 3, **YEAR)
CASES: dict[str, tuple[Case, Named]] = {
    "one year, one day in it": (
        case(A, graded("x", 3, AGAINST, "2013-06-01", origin="CITY")),
        [("a", "x", "2013-06-01", "2013-06-01")],
    ),
    "spans that touch": (
        case(A, graded("x", 3, AGAINST, "2013-12-31", to="2014-03-01", origin="CITY")),
        [("a", "x", "2013-12-31", "2013-12-31")],
    ),
    "spans that touch the other way": (
        case(A, graded("x", 4, AGAINST, "2012-06-01", to="2013-01-01")),
        [("a", "x", "2013-01-01", "2013-01-01")],
    ),
    "the next day": (case(A, graded("x", 3, AGAINST, "2014-01-01", origin="CITY")), []),
    "one origin at odds with itself": (
        case(A, record("x", "UNIVERSITY", AGAINST, on="2013-06-01", to="2014-06-01")),
        [("a", "x", "2013-06-01", "2013-12-31")],
    ),
    "a body against itself": (
        case(graded("a", 3, **YEAR), record("x", "AGENCY", AGAINST, "statement", **YEAR)),
        [("a", "x", "2013-01-01", "2013-12-31")],
    ),
    "an own record is no weight": (case(graded("a", 2, **YEAR), graded("x", 5, AGAINST, **YEAR)), []),
    "an outsider's word is no weight": (case(A, record("x", "UNION", AGAINST, "statement", **YEAR)), []),
    "partly is not opposed": (case(graded("a", 3, "partly", **YEAR), graded("x", 3, AGAINST, **YEAR)), []),
    "context is not opposed": (case(A, graded("x", 3, "context", **YEAR)), []),
    "what is held back is not opposed": (case(A, graded("x", 3, AGAINST, locator=None, **YEAR)), []),
    "nor what was before the ask": (
        case(graded("a", 3, on="2011-06-01"), graded("x", 3, AGAINST, "2011-06-01")),
        [],
    ),
    "nor what is not yet known": (case(A, graded("x", 3, AGAINST, recorded="2015-06-01", **YEAR)), []),
    "two for, two against": (
        case(A, graded("b", 4, on="2013-02-01", origin="INSTITUTE"), graded("x", 3, AGAINST, "2013-02-01", origin="CITY"),
             graded("y", 5, AGAINST, "2013-06-01")),
        [("a", "x", "2013-02-01", "2013-02-01"), ("a", "y", "2013-06-01", "2013-06-01"),
         ("b", "x", "2013-02-01", "2013-02-01")],
    ),
    "records printed as one are named once, by the first that bears most": (
        case(graded("c", 3, **YEAR), graded("b", 3, **YEAR), record("z", "UNIVERSITY", basis="data", method=True, **YEAR),
             graded("y", 3, AGAINST, "2013-06-01", origin="CITY"), graded("x", 3, AGAINST, "2013-06-01", origin="CITY")),
        [("z", "x", "2013-06-01", "2013-06-01")],
    ),
    "a claim": (
        case(graded("a", 3, **YEAR), graded("x", 3, AGAINST, "2013-06-01", origin="CITY"), kind="claim"),
        [("a", "x", "2013-06-01", "2013-06-01")],
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def found() -> Iterator[Scored]:
    with connect() as con:
        fill(con, of_cases({name: one for name, (one, _) in CASES.items()}))
        yield run(con, AS_OF, programme_from=FROM)


@pytest.mark.parametrize("name", CASES)
def test_what_speaks_for_and_against_at_one_time(found: Scored, name: str) -> None:
    """Each pair once, with the time that both are about; none of these is in a register."""
    query = """select for_id, against_id, overlap_from, overlap_to from result.conflicts
        where criterion_id = ? and item_id = criterion_id and known_as is null order by all"""
    named = [(*(one.removeprefix(f"{name}/") for one in row[:2]), *(day.isoformat() for day in row[2:]))
             for row in found.all(query, name)]  # fmt: skip
    assert named == CASES[name][1]


# --- the register -------------------------------------------------------------------------------------------------

Sides = dict[str, list[str]]
REGISTERS: dict[str, tuple[list[Sides], str | None]] = {
    "on different sides": ([{"a": ["a"], "b": ["x"]}], "K0"),
    "the other way round": ([{"a": ["x"], "b": ["a"]}], "K0"),
    "among others": ([{"a": ["other", "a"], "b": ["another"], "c": ["x", "y"]}], "K0"),
    "both on one side": ([{"a": ["a", "x"], "b": ["other"]}], None),
    "on both sides of one that has the other on one": ([{"a": ["a", "x"], "b": ["x"]}], "K0"),
    "one of them only": ([{"a": ["a"], "b": ["other"]}], None),
    "in two contradictions": ([{"a": ["a"], "b": ["other"]}, {"a": ["another"], "b": ["x"]}], None),
    "in two that both have them": ([{"a": ["other"]}, {"b": ["a"], "c": ["x"]}, {"a": ["a"], "b": ["x"]}], "K1"),
    "by a copy that is printed with it": ([{"a": ["a-copy"], "b": ["x"]}], "K0"),
    "no register": ([], None),
}


@pytest.mark.parametrize("name", REGISTERS)
def test_the_register_knows_a_conflict_that_it_has_on_different_sides(name: str) -> None:
    """By its first contradiction that does; everything else is not known."""
    sides, expected = REGISTERS[name]
    rows = [{"contradiction_id": f"K{number}", **{f"records_{side}": ids for side, ids in one.items()}}
            for number, one in enumerate(sides)]  # fmt: skip
    evidence = [A, {**A, "evidence_id": "a-copy"}, graded("x", 3, AGAINST, "2013-06-01", origin="CITY")]
    world = Registry(evidence, contradictions=rows)
    with connect() as con:
        con.execute("pragma disable_optimizer")
        fill(con, world)
        known = run(con, AS_OF).all("select for_id, against_id, known_as from result.conflicts")
    assert known == [("a", "x", expected)]


def test_conflicts_are_all_pairs_that_overlap() -> None:
    """Over a generated registry, worked in plain Python from the records as they are printed."""
    with connect() as con:
        fill(con, crowded(51))
        result = run(con, AS_OF, programme_from=FROM)
        named = result.all("select criterion_id, for_id, against_id, overlap_from, overlap_to from result.conflicts")
        printed = [row for row in result.dicts("from result.records where printed_with is null")
                   if row["disposition"] == "counted" and row["grade"] >= 3]  # fmt: skip
    expected: list[tuple[str, str, str, date, date]] = []
    for one in printed:
        for other in printed:
            start, end = max(one["event_from"], other["event_from"]), min(one["event_to"], other["event_to"])
            opposed = (one["stance"], other["stance"]) == ("supports", AGAINST)
            if opposed and one["criterion_id"] == other["criterion_id"] and start <= end:
                expected.append((one["criterion_id"], one["evidence_id"], other["evidence_id"], start, end))
    assert sorted(named) == sorted(expected)
    assert len(expected) > 20
