"""What moved between two days, or two states of knowledge, and which record moved it (method, section 7).

Small cases first, all compared at once; then everything again the slow way, over generated registries: each record
that changed is taken out of `clean.evidence`, and both sides are scored plainly.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import duckdb
import pytest

from scaudit.moving import Days, movements, rulings
from scaudit.rules import load_ruleset
from scaudit.scoring import audit_readings, score
from scoring_tables import (
    FROM,
    LADDER,
    Case,
    Registry,
    Row,
    connect,
    crowded,
    fill,
    fill_table,
    graded,
    of_cases,
    record,
    registry,
)

AGAINST = "contradicts"
Key = tuple[str, str]
"""A criterion and a reading."""


def days(as_of: str, known_on: str | None = None) -> Days:
    return date.fromisoformat(as_of), date.fromisoformat(known_on or as_of)


YEAR = days("2014-01-01"), days("2015-01-01")
LEARNED = days("2015-01-01", "2014-01-01"), days("2015-01-01")


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with connect() as con:
        yield con


@dataclass(frozen=True)
class Moves:
    """What a comparison leaves."""

    stands: dict[Key, tuple[Any, ...]]  # rung, stale and standing, from and to
    causes: dict[Key, str]
    movers: dict[Key, tuple[bool, frozenset[str]]]  # whether they act together, and their leads
    changed: dict[str, dict[str, set[str]]]  # by criterion and lead
    fates: dict[str, tuple[str, str]]


def read(con: duckdb.DuckDBPyConnection) -> Moves:
    names = "rung_from, stale_from, standing_from, rung_to, stale_to, standing_to"
    rows = con.execute(f"select criterion_id, reading, cause, {names} from result.movements").fetchall()
    movers: dict[Key, set[tuple[bool, str]]] = defaultdict(set)
    for name, reading, together, lead in con.execute("select * from result.movers").fetchall():
        movers[name, reading].add((together, lead))
    assert all(len({together for together, _ in found}) == 1 for found in movers.values())
    changed: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    fates = {}
    for name, record_id, lead, _, was, now in con.execute("select * from result.changed").fetchall():
        changed[name][lead].add(record_id)
        fates[record_id] = (was, now)
    return Moves(
        {(name, reading): tuple(stand) for name, reading, _, *stand in rows},
        {(name, reading): cause for name, reading, cause, *_ in rows},
        {key: (any(one for one, _ in found), frozenset(lead for _, lead in found)) for key, found in movers.items()},
        {name: dict(leads) for name, leads in changed.items()},
        fates,
    )


def compared(con: duckdb.DuckDBPyConnection, former: Days, latter: Days) -> Moves:
    movements(con, LADDER, former, latter, date.fromisoformat(FROM))
    return read(con)


# --- small cases: what moved in each reading, from where to where, why, and by which records ---------------------

Told = dict[str, tuple[Any, Any, str, str]]
STALE = "5 stale"


def case(kind: str, *evidence: Row, **ask: Any) -> Case:
    return Case(kind, evidence, ask)


def both(*told: Any) -> Told:
    """Alike in both readings."""
    return {"verified": told, "claimed": told}  # type: ignore[dict-item]


CASES: dict[str, tuple[Case, Told]] = {
    "one record": (
        case("practice", graded("a", 3), graded("b", 5, on="2014-06-01")),
        both(4, 5, "records", "b"),
    ),
    "two records, either of which is enough": (
        case("practice", graded("b", 5, on="2014-06-01"), graded("c", 5, on="2014-06-01", origin="BOARD")),
        both(0, 5, "records", "b + c"),
    ),
    "the same, beside what is of no account": (
        case("practice", graded("a", 3), graded("b", 5, on="2014-06-01"), graded("c", 5, on="2014-06-01", origin="BOARD"),
             graded("d", 1, on="2014-07-01", tense="promise")),
        both(4, 5, "records", "b + c"),
    ),
    "the same, beside what counts in the claimed reading only": (
        case("practice", graded("a", 3), graded("b", 5, on="2014-06-01"), graded("c", 5, on="2014-06-01", origin="BOARD"),
             graded("d", 1, on="2014-07-01")),
        {"verified": (4, 5, "records", "b + c"), "claimed": (4, 5, "records", "b + c + d")},
    ),
    "two records against it, either of which is enough, beside what is of no account": (
        case("practice", graded("a", 5, on="2013-09-01"), graded("x", 4, AGAINST, "2014-06-01"),
             graded("y", 4, AGAINST, "2014-06-01", origin="CITY"), graded("d", 1, on="2014-07-01", tense="promise")),
        {"verified": (5, 3, "records", "x + y"), "claimed": (5, 3, "records", "x, y")},  # there, only both stand, as a pair
    ),
    "the first two records against it, beside what is of no account": (
        case("practice", graded("x", 3, AGAINST, "2014-06-01"), graded("y", 3, AGAINST, "2014-06-01", origin="CITY"),
             record("d", "UNION", AGAINST, "statement", on="2014-07-01")),
        both(0, 1, "records", "x + y"),
    ),
    "two newer verifications of what was stale, beside what is of no account": (
        case("practice", graded("a", 5, on="2012-03-01"), graded("b", 5, on="2014-06-01"),
             graded("c", 5, on="2014-07-01", origin="BOARD"), graded("d", 1, on="2014-08-01", tense="promise"),
             sustain_months=60),
        both(STALE, 5, "records", "b + c"),
    ),
    "two newer verifications that expired, beside what is of no account": (
        case("practice", graded("a", 5, on="2012-02-01"), graded("b", 5, on="2013-09-01", expires_on="2014-06-01"),
             graded("c", 5, on="2013-10-01", origin="BOARD", expires_on="2014-06-01"),
             graded("d", 1, on="2014-08-01", tense="promise"), sustain_months=60),
        both(5, STALE, "records", "b + c"),
    ),
    "two records, which it takes both": (
        case("policy", graded("a", 2), graded("b", 3, on="2014-05-01"), graded("c", 3, on="2014-06-01", origin="CITY")),
        {"verified": (4, 5, "records", "b, c")},
    ),
    "the later half of a pair": (
        case("policy", graded("a", 3, on="2013-06-01"), graded("b", 3, on="2014-06-01", origin="CITY")),
        both(4, 5, "records", "b"),
    ),
    "a record in two documents is one": (
        case("practice", graded("b", 5, on="2014-06-01"), graded("a", 5, on="2014-06-01")),
        both(0, 5, "records", "a"),
    ),
    "a record of no account beside the one that counts": (
        case("practice", graded("b", 5, on="2014-06-01"), graded("c", 1, on="2014-07-01"), graded("a", 3)),
        {"verified": (4, 5, "records", "b"), "claimed": (4, 5, "records", "b + c")},
    ),
    "a record against it": (
        case("practice", graded("a", 5, on="2013-09-01"), graded("x", 4, AGAINST, "2014-06-01")),
        {"verified": (5, 3, "records", "x")},
    ),
    "the first record against it": (
        case("practice", graded("x", 3, AGAINST, "2014-06-01")),
        both(0, 1, "records", "x"),
    ),
    "a cure": (
        case("practice", graded("a", 4, on="2012-06-01"), graded("x", 4, AGAINST, "2013-06-01"),
             graded("b", 4, on="2014-06-01")),
        {"verified": (3, 4, "records", "b")},
    ),
    "an expiry": (
        case("practice", graded("a", 5, on="2013-09-01", expires_on="2014-06-01")),
        both(5, 0, "records", "a"),
    ),
    "a successor": (
        case("practice", graded("a", 5, on="2013-09-01"), graded("b", 3, on="2014-06-01", replaces="a")),
        both(5, 4, "records", "b"),
    ),
    "a successor that is held back": (
        case("practice", graded("a", 5, on="2013-09-01"), graded("b", 3, on="2014-06-01", replaces="a", locator=None)),
        both(5, 0, "records", "a, b"),
    ),
    "a second verification": (
        case("practice", graded("a", 5, on="2013-07-01"), graded("b", 5, on="2014-09-01")),
        both(5, 6, "records", "b"),
    ),
    "a second verification, without which the first would be too old by now": (
        case("practice", graded("a", 5, on="2012-11-01"), graded("b", 5, on="2014-06-01")),
        both(5, 6, "both", ""),
    ),
    "a shelf life that ran out": (
        case("practice", graded("a", 5, on="2012-11-01")),
        both(5, STALE, "days", ""),
    ),
    "a shelf life that ran out while somebody said something": (
        case("practice", graded("a", 5, on="2012-11-01"), graded("b", 1, "partly", on="2014-06-01", tense="promise")),
        both(5, STALE, "days", ""),
    ),
    "a shelf life that ran out, and a record": (
        case("practice", graded("a", 5, on="2012-11-01"), graded("x", 3, AGAINST, "2014-06-01")),
        {"verified": (5, 4, "both", ""), "claimed": (5, STALE, "days", "")},
    ),
    "a newer verification of what was stale": (
        case("policy", graded("a", 5, on="2011-02-01"), graded("b", 4, on="2014-06-01"), window_from="2011-01-01",
             shelf_life_months=24),
        both(STALE, 5, "records", "b"),
    ),
    "a closed window stops the clock": (
        case("practice", graded("a", 5, on="2012-11-01"), graded("b", 5, "contradicts", "2014-06-01"),
             window_to="2013-12-31"),
        {},
    ),
    "more of the same": (
        case("practice", graded("a", 5, on="2013-09-01"), graded("b", 5, on="2014-06-01", origin="BOARD")),
        {},
    ),
    "only a flag": (
        case("practice", graded("a", 3), record("x", "UNION", AGAINST, "statement", on="2014-06-01")),
        {},
    ),
}  # fmt: skip


def told(found: Moves, name: str) -> Told:
    """The moves of one case in the words of its table."""
    words: Told = {}
    for reading in ("verified", "claimed"):
        if stand := found.stands.get((name, reading)):
            sides = [f"{rung} stale" if stale else rung for rung, stale in (stand[0:2], stand[3:5])]
            together, leads = found.movers.get((name, reading), (False, frozenset()))
            by = (" + " if together else ", ").join(sorted(lead.removeprefix(f"{name}/") for lead in leads))
            words[reading] = (*sides, found.causes[name, reading], by)
    return words


@pytest.fixture(scope="module")
def cases() -> Iterator[Moves]:
    with connect() as con:
        fill(con, of_cases({name: one for name, (one, _) in CASES.items()}))
        yield compared(con, *YEAR)


@pytest.mark.parametrize("name", CASES)
def test_what_moved_and_by_which_record(cases: Moves, name: str) -> None:
    """`a, b` each moved it alone; `a + b` did together."""
    assert told(cases, name) == CASES[name][1]


def test_a_record_learned_later_moves_what_was_known(con: duckdb.DuckDBPyConnection) -> None:
    """As of the same day: what was published since, not what happened since; its fate is told on both sides."""
    late = graded("b", 5, on="2013-09-01", recorded="2014-06-01")
    fill(con, of_cases({"learned": case("practice", graded("a", 3), late), "known": case("practice", graded("a", 3))}))
    found = compared(con, *LEARNED)
    assert {name for name, _ in found.stands} == {"learned"}
    assert told(found, "learned") == both(4, 5, "records", "b")
    assert found.fates == {"learned/b": ("not_yet", "counted")}


CLAIMS: dict[str, tuple[Case, tuple[str, str, str, bool] | None]] = {
    "one outside account": (
        case("claim", record("a", "COALITION", basis="statement"), graded("b", 3, on="2014-06-01")),
        ("unexamined", "supported", "b", False),
    ),
    "two, either of which is enough": (
        case("claim", graded("b", 5, on="2014-06-01"), graded("c", 5, on="2014-07-01", origin="COURT")),
        ("unexamined", "established", "b, c", True),
    ),
    "a dispute": (
        case("claim", graded("a", 4), graded("x", 4, AGAINST, "2014-06-01")),
        ("corroborated", "disputed", "x", False),
    ),
    "more of the same": (case("claim", graded("a", 4), graded("b", 4, on="2014-06-01")), None),
}


@pytest.fixture(scope="module")
def claims() -> Iterator[Moves]:
    with connect() as con:
        fill(con, of_cases({name: one for name, (one, _) in CLAIMS.items()}, "concern"))
        yield compared(con, *YEAR)


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_moves_by_its_standing(claims: Moves, name: str) -> None:
    """Once, in the verified reading, since a claim has no other."""
    stand = claims.stands.get((name, "verified"))
    together, leads = claims.movers.get((name, "verified"), (False, frozenset()))
    by = ", ".join(sorted(lead.removeprefix(f"{name}/") for lead in leads))
    assert (stand and (stand[2], stand[5], by, together)) == CLAIMS[name][1]
    assert (name, "claimed") not in claims.stands


# --- generated registries, the slow way ---------------------------------------------------------------------------

PAIRS = {
    "a year and a half": (days("2013-06-01", "2015-01-01"), days("2015-01-01")),
    "knowledge alone": (days("2014-12-31", "2014-03-01"), days("2014-12-31")),
    "days and knowledge": (days("2013-02-01"), days("2014-12-31")),
    "long after": (days("2014-03-01", "2015-01-01"), days("2017-01-01", "2015-06-01")),
}


def sides(con: duckdb.DuckDBPyConnection, pair: tuple[Days, Days]) -> dict[Key, tuple[Any, Any]]:
    """Where everything stands on both sides, scored plainly: a rung and whether it is stale, or a standing."""
    named = {"from": pair[0], "to": pair[1]}
    readings = [
        replace(one, reading_id=f"{side}/{one.reading}") for side, on in named.items() for one in audit_readings(*on)
    ]
    score(con, LADDER, readings, date.fromisoformat(FROM))
    rungs = con.execute("select reading_id, criterion_id, (rung, stale) from result.rungs").fetchall()
    claims = con.execute("select reading_id, criterion_id, standing from result.claims").fetchall()
    found = {(reading_id, name): stand for reading_id, name, stand in rungs + claims}
    return {(name, reading): (found[f"from/{reading}", name], found[f"to/{reading}", name])
            for name in {name for _, name in found} for reading in ("verified", "claimed")}  # fmt: skip


def without(
    con: duckdb.DuckDBPyConnection, world: Registry, gone: Iterable[str], pair: tuple[Days, Days]
) -> dict[Key, tuple[Any, Any]]:
    """Where everything stands on both sides with these records taken out of the evidence."""
    out = set(gone)
    fill_table(con, "evidence", [row for row in world.evidence if row["evidence_id"] not in out])
    return sides(con, pair)


def alone(
    con: duckdb.DuckDBPyConnection, world: Registry, found: Moves, pair: tuple[Days, Days]
) -> dict[Key, set[str]]:
    """For every move the changed records (with those printed as one) that undo it each for itself, all of them tried."""
    leads = {name: sorted(some) for name, some in found.changed.items()}
    undoing: dict[Key, set[str]] = defaultdict(set)
    for turn in range(max(map(len, leads.values()))):
        tried = {name: some[turn] for name, some in leads.items() if turn < len(some)}
        gone = {one for name, lead in tried.items() for one in found.changed[name][lead]}
        after = without(con, world, gone, pair)
        for key in found.stands:
            if key[0] in tried and after[key][0] == after[key][1]:
                undoing[key].add(tried[key[0]])
    return undoing


def by_brute_force(con: duckdb.DuckDBPyConnection, world: Registry, found: Moves, pair: tuple[Days, Days]) -> list[Any]:
    """What is wrong with the movers and causes of a comparison."""
    single = alone(con, world, found, pair)
    plain = without(con, world, (), pair)
    wrong: list[Any] = [key for key, (was, now) in plain.items() if (was != now) != (key in found.stands)
                        and not (key[1] == "claimed" and isinstance(was, str))]  # fmt: skip
    all_gone = without(con, world, found.fates, pair)
    for reading in ("verified", "claimed"):
        moved = {name: found.movers.get((name, reading)) for name, one in found.stands if one == reading}
        gone = {one for name, some in moved.items() if some for lead in some[1] for one in found.changed[name][lead]}
        acting = without(con, world, gone, pair)
        for name, some in moved.items():
            key = (name, reading)
            if some is None:
                expected = "days" if all_gone[key] == plain[key] else "both"
                undone = single[key] or all_gone[key][0] == all_gone[key][1]
            else:
                expected = "records"
                undone = single[key] != set() if some[0] else single[key] != some[1]
                undone = undone or (some[0] and acting[key][0] != acting[key][1])
            wrong += [(key, some, single[key])] if undone or found.causes[key] != expected else []
    return wrong


@pytest.mark.parametrize("name", PAIRS)
def test_movers_are_exactly_the_records_without_which_both_sides_stand_alike(
    con: duckdb.DuckDBPyConnection, name: str
) -> None:
    """Each that is named alone undoes the move when it is taken out, and no other does; those that are named together do
    when all are taken out; and a move without movers is undone by nothing that changed."""
    world = crowded(31, 150)
    fill(con, world)
    found = compared(con, *PAIRS[name])
    assert by_brute_force(con, world, found, PAIRS[name]) == []
    assert len(found.stands) > 40


@pytest.mark.parametrize("name", PAIRS)
def test_comparing_backwards_finds_the_same_moves_and_the_same_movers(
    con: duckdb.DuckDBPyConnection, name: str
) -> None:
    """From and to change places, and nothing else."""
    fill(con, crowded(32, 200))
    former, latter = PAIRS[name]
    there, back = compared(con, former, latter), compared(con, latter, former)
    turned = {key: (*stand[3:], *stand[:3]) for key, stand in back.stands.items()}
    fates = {record_id: (was, now) for record_id, (now, was) in back.fates.items()}
    assert replace(back, stands=turned, fates=fates) == there
    assert there.movers


@pytest.mark.parametrize("name", PAIRS)
def test_comparing_a_side_with_itself_finds_nothing(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """Neither a move nor a record."""
    fill(con, crowded(33, 100))
    for side in PAIRS[name]:
        assert compared(con, side, side) == Moves({}, {}, {}, {}, {})


def test_the_order_of_rows_changes_no_move(con: duckdb.DuckDBPyConnection) -> None:
    """Nor which records are named for it."""
    world = crowded(34, 200)
    fill(con, world)
    first = compared(con, *PAIRS["days and knowledge"])
    world.evidence, world.criteria = [*reversed(world.evidence)], [*reversed(world.criteria)]
    fill(con, world)
    assert compared(con, *PAIRS["days and knowledge"]) == first


def test_the_generated_moves_have_every_cause(con: duckdb.DuckDBPyConnection) -> None:
    """Else the properties above would hold of less than they say: each cause, alone and together, rungs and standings."""
    fill(con, crowded(31, 150))
    found = [compared(con, *pair) for pair in PAIRS.values()]
    assert {cause for one in found for cause in one.causes.values()} == {"records", "days", "both"}
    named = {(together, reading) for one in found for (_, reading), (together, _) in one.movers.items()}
    assert named == {(together, reading) for together in (True, False) for reading in ("verified", "claimed")}
    assert any(standing for one in found for *_, standing in one.stands.values())


# --- two rulesets on the same record ------------------------------------------------------------------------------

STRICT = load_ruleset("strict-1")
RULED: dict[str, tuple[Case, Told]] = {
    "a tested record": (case("practice", graded("a", 4)), both(4, 3, "rules", "")),
    "a tested text": (case("policy", graded("a", 4)), {}),
    "the press alone": (case("practice", record("a", "PAPER")), both(4, 0, "rules", "")),
    "the press against it": (
        case("practice", graded("a", 5, on="2014-06-01"), record("x", "PAPER", AGAINST, on="2014-07-01")),
        {"verified": (4, 5, "rules", "")},
    ),
    "a verification": (case("practice", graded("a", 5, on="2014-06-01")), {}),
}  # fmt: skip


@pytest.fixture(scope="module")
def ruled() -> Iterator[duckdb.DuckDBPyConnection]:
    with connect() as con:
        fill(con, of_cases({name: one for name, (one, _) in RULED.items()}))
        rulings(con, LADDER, STRICT, YEAR[1], date.fromisoformat(FROM))
        yield con


@pytest.mark.parametrize("name", RULED)
def test_another_ruleset_moves_criteria_without_any_record(ruled: duckdb.DuckDBPyConnection, name: str) -> None:
    """The record is the same, so the rules are the cause of all."""
    found = read(ruled)
    assert told(found, name) == RULED[name][1]
    assert (found.movers, found.changed) == ({}, {})


def test_both_rulesets_judge_the_items(ruled: duckdb.DuckDBPyConnection) -> None:
    """Each side has the status that its own ruleset gives."""
    query = (
        "select reading_id, status from result.items where item_id = 'a tested record' and reading_id like '%/verified'"
    )
    assert dict(ruled.execute(query).fetchall()) == {"from/verified": "in_place", "to/verified": "under_way"}


def test_what_two_rulesets_make_is_what_each_makes_alone(con: duckdb.DuckDBPyConnection) -> None:
    """Every move from the one's plain scoring to the other's, and none else; and none from a ruleset to itself."""
    fill(con, registry(35))
    on, first = YEAR[1], date.fromisoformat(FROM)
    alone = []
    for ruleset in (LADDER, STRICT):
        score(con, ruleset, audit_readings(*on), first)
        rows = con.execute("select criterion_id, reading_id, rung, stale from result.rungs").fetchall()
        rows += con.execute("select criterion_id, 'verified', standing from result.claims").fetchall()
        alone.append({(name, reading): stand for name, reading, *stand in rows})
    rulings(con, LADDER, STRICT, on, first)
    found = read(con)
    assert set(found.stands) == {key for key, stand in alone[0].items() if stand != alone[1][key]}
    assert set(found.causes.values()) == {"rules"}
    rulings(con, STRICT, STRICT, on, first)
    assert read(con) == Moves({}, {}, {}, {}, {})
