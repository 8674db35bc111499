"""Firmness against brute force: whatever it names is tried again the slow way, over generated registries.

The slow way knows no suspects and no scenarios: rows are taken out of `clean.evidence`, or the tables of the ruleset
are changed by hand, and all is scored plainly; what no table says is worked with the pencil. Each criterion stands
alone, so one plain scoring tries one group of records of every criterion at once.
"""

import dataclasses
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

from pencil import by_hand, stand_by_hand
from scaudit.firmness import firmness
from scaudit.rules import Ruleset
from scaudit.scoring import Reading
from scoring_tables import (
    AS_OF,
    FROM,
    KNOWN_ON,
    LADDER,
    Registry,
    Row,
    Scored,
    connect,
    crowded,
    fill,
    fill_table,
    registry,
    run,
)

VERIFIED = Reading("verified", date.fromisoformat(AS_OF), date.fromisoformat(KNOWN_ON))
TRIED = {row["scenario"]: row for row in LADDER.table("scenarios")}
Stand = tuple[int, bool]
Changes = dict[tuple[str, str], tuple[Stand, Stand]]


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with connect() as con:
        yield con


@pytest.fixture(scope="module")
def firm(con: duckdb.DuckDBPyConnection) -> tuple[Registry, Changes]:
    """A registry with what each scenario shifts in it."""
    world = crowded(21, 600)
    return world, tried(con, world)[1]


def stands(con: duckdb.DuckDBPyConnection, ruleset: Ruleset = LADDER) -> dict[str, Stand]:
    """Rung and staleness of every criterion, scored plainly."""
    found = run(con, AS_OF, KNOWN_ON, programme_from=FROM, ruleset=ruleset)
    rows = found.all("select criterion_id, rung, stale from result.rungs where reading_id = 'verified'")
    return {name: (rung, stale) for name, rung, stale in rows}


def tried(con: duckdb.DuckDBPyConnection, world: Registry) -> tuple[Changes, Changes]:
    """What firmness finds: by criterion and record left out, and by criterion and scenario, from where to where."""
    fill(con, world)
    run(con, AS_OF, KNOWN_ON, programme_from=FROM)
    firmness(con, LADDER, VERIFIED, date.fromisoformat(FROM))
    found = []
    for what, table in (("evidence_id", "left_out"), ("scenario", "shifts")):
        rows = con.execute(f"select criterion_id, {what}, rung, stale, rung_then, stale_then from result.{table}")
        found.append(
            {(name, by): ((rung, stale), (then, later)) for name, by, rung, stale, then, later in rows.fetchall()}
        )
    return found[0], found[1]


def differing(one: dict[Any, Any], other: dict[Any, Any]) -> dict[Any, Any]:
    """Where two answers differ, with both."""
    return {key: (one.get(key), other.get(key)) for key in one | other if one.get(key) != other.get(key)}


# --- one record less --------------------------------------------------------------------------------------------


def groups(con: duckdb.DuckDBPyConnection) -> dict[str, list[list[str]]]:
    """The records of every criterion that are printed as one, the lead of each group first, read from the page: same
    criterion, origin, stance, dates and tense, and the same fate; the one that bears most leads."""
    found: dict[tuple[Any, ...], list[tuple[int, str]]] = defaultdict(list)
    names = "criterion_id, origin_id, stance, event_from, event_to, tense, disposition"
    query = f"select {names}, grade, evidence_id from step.admitted where reading_id = 'verified'"
    for *same, grade, name in con.execute(query).fetchall():
        found[tuple(same)].append((-grade, name))
    by_criterion: dict[str, list[list[str]]] = defaultdict(list)
    for (criterion_id, *_), records in found.items():
        by_criterion[criterion_id].append([name for _, name in sorted(records)])
    return by_criterion


def brute_left_out(con: duckdb.DuckDBPyConnection, world: Registry) -> Changes:
    """Every group of every criterion, left out: those without which the criterion stands elsewhere."""
    fill(con, world)
    before, of = stands(con), groups(con)
    changed: Changes = {}
    for turn in range(max(map(len, of.values()))):
        out = {name: some[turn] for name, some in of.items() if turn < len(some)}
        gone = {record for records in out.values() for record in records}
        fill_table(con, "evidence", [row for row in world.evidence if row["evidence_id"] not in gone])
        after = stands(con)
        changed |= {(name, out[name][0]): (before[name], after[name])
                    for name in before.keys() & out.keys() if before[name] != after[name]}  # fmt: skip
    return changed


@pytest.mark.parametrize("seed", [3, 77])
def test_left_out_is_exactly_what_leaving_out_shows(con: duckdb.DuckDBPyConnection, seed: int) -> None:
    """No record is named that moves nothing, none that moves a criterion is missed, and each moves it as said."""
    world = crowded(seed) if seed == 77 else registry(seed)
    named, _ = tried(con, world)
    assert differing(brute_left_out(con, world), named) == {}
    assert len(named) > 100


def test_the_order_of_rows_changes_nothing_that_is_named(con: duckdb.DuckDBPyConnection) -> None:
    world, draw = registry(5), random.Random(5)
    first = tried(con, world)
    for name in ("evidence", "criteria", "recommendations", "bodies"):
        setattr(world, name, draw.sample(list(getattr(world, name)), len(getattr(world, name))))
    assert tried(con, world) == first


def test_no_copy_hides_that_a_criterion_hangs(con: duckdb.DuckDBPyConnection) -> None:
    """Every record copied under another id (but those that are replaced): the same criteria hang, by as much."""
    world = registry(6)
    first, _ = tried(con, world)
    replaced = {row["replaces"] for row in world.evidence if row.get("replaces")}
    copies = [{**row, "evidence_id": f"A-{row['evidence_id']}"} for row in world.evidence
              if row["evidence_id"] not in replaced]  # fmt: skip
    world.evidence = [*world.evidence, *copies]
    again, _ = tried(con, world)
    assert {(name, lead.removeprefix("A-")): found for (name, lead), found in again.items()} == first


# --- one choice otherwise ---------------------------------------------------------------------------------------


def shifted(firm: Changes, scenario: str, before: dict[str, Stand]) -> dict[str, Stand]:
    """Where everything stands in a scenario, as firmness has it."""
    return {name: firm[name, scenario][1] if (name, scenario) in firm else stand for name, stand in before.items()}


def by_tables(scenario: str) -> Ruleset:
    """The ruleset with a scenario's choice written into its tables: its shelf lives, or its pairs."""
    row = TRIED[scenario]
    tables = {table.name: table for table in LADDER.tables}
    lives, pairs = tables["shelf_lives"], tables["pairs"]
    kinds = str(row["kind"]).split("|")
    rows = tuple((kind, row["shelf_life_months"] if kind in kinds else life, *more) for kind, life, *more in lives.rows)
    changed = {"shelf_lives": dataclasses.replace(lives, rows=rows)}
    if row["pairing"] == "none":
        changed = {"pairs": dataclasses.replace(pairs, rows=())}
    return dataclasses.replace(LADDER, tables=tuple((tables | changed).values()))


def test_another_shelf_life_and_no_pairs_are_what_other_tables_make(
    con: duckdb.DuckDBPyConnection, firm: tuple[Registry, Changes]
) -> None:
    """A scenario shifts what a ruleset with that one choice in its tables puts elsewhere, and nothing else."""
    world, shifts = firm
    fill(con, world)
    before = stands(con)
    names = [name for name, row in TRIED.items() if row["family"] == "shelf_life" or row["pairing"] == "none"]
    wrong = {name: differing(stands(con, by_tables(name)), shifted(shifts, name, before)) for name in names}
    assert wrong == {name: {} for name in names}
    assert {name for _, name in shifts} >= {*names} - {
        "shelf-policy-60"
    }  # hardly any text here is older than 36 months


def test_another_grade_and_other_pairs_are_what_a_pencil_makes(
    con: duckdb.DuckDBPyConnection, firm: tuple[Registry, Changes]
) -> None:
    """One grade more or less for one kind of body, and pairs of documents, worked in plain Python."""
    world, shifts = firm
    fill(con, world)
    before = stands(con)
    counted, _ = by_hand(Scored(con), world)
    asks = {row["criterion_id"]: row for row in world.criteria}
    names = [name for name, row in TRIED.items() if row["family"] == "grade" or row["pairing"] == "sources"]
    wrong = {}
    for name in names:
        apart = "source_id" if TRIED[name]["pairing"] == "sources" else "group"
        found = {one: stand_by_hand(_regraded(counted[one], name), asks[one], apart=apart) for one in before}
        wrong[name] = differing(found, shifted(shifts, name, before))
    assert wrong == {name: {} for name in names}
    assert {name for _, name in shifts} >= set(names)


def _regraded(rows: list[Row], scenario: str) -> list[Row]:
    kind, shift = TRIED[scenario]["origin_kind"], int(TRIED[scenario]["grade_shift"] or 0)
    return [
        {**row, "grade": min(max(row["grade"] + shift, 1), 5)} if row["origin_kind"] == kind else row for row in rows
    ]
