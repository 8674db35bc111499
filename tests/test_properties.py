"""What must always hold (method, section 9), over generated registries and the shipped SQL.

One example is a registry of hundreds of criteria, drawn from a seed, since a scoring costs the same for one criterion
as for hundreds. Each criterion stands alone, so a failure names the one with the fewest records, and prints them.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import product
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from pencil import by_hand, stand_by_hand
from scoring_tables import (
    AS_OF,
    DAYS,
    FROM,
    KNOWN_ON,
    LADDER,
    SIZE,
    Registry,
    Row,
    Scored,
    any_record,
    connect,
    fill,
    fill_table,
    graded,
    record,
    registry,
    run,
)

settings.register_profile(
    "scoring",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=5,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
ALWAYS = settings.get_profile("scoring")
SEEDS = st.integers(0, 10**9)
# --- scoring and comparing --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def base() -> Iterator[duckdb.DuckDBPyConnection]:
    with connect() as con:
        yield con


def judged(con: duckdb.DuckDBPyConnection, world: Registry, more: Iterable[Row] = (), **how: Any) -> Scored:
    """Score a registry with some records more."""
    fill(con, world)
    if more := list(more):
        fill_table(con, "evidence", [*world.evidence, *more])
    return run(con, AS_OF, KNOWN_ON, programme_from=FROM, **how)


def rungs(result: Scored) -> dict[tuple[str, str], int]:
    """The rung of every criterion in both readings."""
    query = "select criterion_id, reading_id, rung from result.rungs where reading_id in ('verified', 'claimed')"
    return {(name, reading): rung for name, reading, rung in result.all(query)}


def whole(result: Scored) -> dict[str, list[Any]]:
    """All results, in an order that is that of no input."""
    tables = ("rungs", "flags", "claims", "items", "item_flags", "uncured", "records", "moves", "asks")
    queries = {name: f"select * from result.{name} order by all" for name in tables}
    queries["admitted"] = "select * from step.admitted order by all"
    queries["pairs"] = "select * from step.pairs order by all"
    return {name: result.all(query) for name, query in queries.items()}


def none_of(world: Registry, wrong: Iterable[str], more: Iterable[Row] = ()) -> None:
    """Fails with the wrong criterion that has the fewest records, printed so that a test can be made of it."""
    found = sorted(set(wrong))
    if not found:
        return
    records = [*world.evidence, *more]
    held = {name: [row for row in records if row["criterion_id"] == name] for name in found}
    name = min(found, key=lambda one: (len(held[one]), one))
    ask = next(row for row in world.criteria if row["criterion_id"] == name)
    lines = [{k: v for k, v in row.items() if v is not None} for row in (ask, *held[name])]
    pytest.fail(f"{len(found)} criteria, the least of them:\n" + "\n".join(map(str, lines)), pytrace=False)


def against(
    base: dict[tuple[str, str], int], new: dict[tuple[str, str], int], holds: Callable[[int, int], bool]
) -> list[str]:
    """The criteria for which a rung and the rung after it do not go together."""
    return [name for (name, reading), rung in base.items() if not holds(rung, new[name, reading])]


# --- the properties ---------------------------------------------------------------------------------------------


def test_the_generator_reaches_everything(base: duckdb.DuckDBPyConnection) -> None:
    """Else the properties below would hold of nothing: each grade, rung by kind, flag, fate, status and standing."""
    result = judged(base, registry(1, 3000))
    seen = {
        "grade": "select distinct grade from step.singles where reading_id = 'verified'",
        "rung": "select distinct kind || rung from result.rungs where reading_id = 'verified'",
        "flag": "select distinct flag from result.flags union select distinct flag from result.item_flags",
        "fate": "select distinct reason from step.admitted",
        "status": "select distinct status from result.items where reading_id = 'verified'",
        "standing": "select distinct standing from result.claims",
        "pair": "select distinct stance || grade from step.pairs where reading_id = 'verified'",
    }
    expected: dict[str, set[Any]] = {
        "grade": {1, 2, 3, 4, 5},
        "rung": {f"{kind}{rung}" for kind, rung in product(["policy", "practice", "result"], range(7))},
        "flag": {"reopened", "contested", "withdrawn", "alleged", "stale", "thin", "overdue", "issuer_differs"},
        "fate": set(LADDER.reasons["records"]) - {"not_taken"},  # this ruleset takes from all kinds of bodies
        "status": {row["status"] for row in LADDER.table("statuses")},
        "standing": {row["standing"] for row in LADDER.table("standings")},
        "pair": {f"{stance}{grade}" for stance, grade in product(["supports", "partly", "contradicts"], [4, 5])},
    }
    assert {name: {value for (value,) in result.all(query)} for name, query in seen.items()} == expected


@ALWAYS
@given(seed=SEEDS)
def test_the_order_of_rows_changes_nothing(base: duckdb.DuckDBPyConnection, seed: int) -> None:
    """Every result of every table is the same whatever the order of the input rows (9.1)."""
    world, draw = registry(seed), random.Random(seed)
    first = whole(judged(base, world))
    for name in ("evidence", "criteria", "recommendations", "bodies", "dispositions", "responsibilities"):
        setattr(world, name, draw.sample(list(getattr(world, name)), len(getattr(world, name))))
    assert whole(judged(base, world)) == first


@ALWAYS
@given(seed=SEEDS)
def test_a_repeated_row_changes_no_rung(base: duckdb.DuckDBPyConnection, seed: int) -> None:
    """Even where a repeated row got past the checks, which hold it in quarantine (9.1)."""
    world = registry(seed)
    before = judged(base, world)
    claims, old = before.all("select * exclude (others) from result.claims order by all"), rungs(before)
    after = judged(base, world, world.evidence)
    none_of(world, against(old, rungs(after), int.__eq__))
    assert after.all("select * exclude (others) from result.claims order by all") == claims


@ALWAYS
@given(seed=SEEDS)
def test_a_copy_under_another_id_changes_no_rung(base: duckdb.DuckDBPyConnection, seed: int) -> None:
    """One record of every criterion copied, with an id before or after all others (9.1; none that is replaced)."""
    world, draw = registry(seed), random.Random(seed)
    old = rungs(judged(base, world))
    copies = [{**row, "evidence_id": draw.choice(["A", "Z"]) + row["evidence_id"]} for row in _one_each(world, draw)]
    after = judged(base, world, copies)
    none_of(world, against(old, rungs(after), int.__eq__), copies)


def _one_each(world: Registry, draw: random.Random) -> list[Row]:
    replaced = {row["replaces"] for row in world.evidence if row.get("replaces")}
    by_criterion: dict[str, list[Row]] = defaultdict(list)
    for row in world.evidence:
        if row["evidence_id"] not in replaced:
            by_criterion[row["criterion_id"]].append(row)
    return [draw.choice(rows) for rows in by_criterion.values()]


def _added(world: Registry, draw: random.Random, *stances: str) -> list[Row]:
    """One more record for every criterion, of the stance given and otherwise any."""
    rows = [
        any_record(draw, f"{draw.choice('AZ')}-{ask['criterion_id']}", ask["criterion_id"], 0) for ask in world.criteria
    ]
    return [{**row, "stance": draw.choice(stances)} for row in rows]


@ALWAYS
@given(seed=SEEDS)
def test_assertions_never_lift_above_announced(base: duckdb.DuckDBPyConnection, seed: int) -> None:
    """Grade-1 support, once or often, never lifts a criterion above 2 in the verified reading (9.2)."""
    world, draw = registry(seed), random.Random(seed)
    old = judged(base, world).rungs()
    more = [{**graded(f"Z{n}-{ask['criterion_id']}", 1, draw.choice(["supports", "partly"]), of=ask["criterion_id"]),
             "event_from": day, "event_to": day}
            for ask in world.criteria for n, day in enumerate(draw.sample(DAYS, 3))
            if ask["accountable_id"] is None]  # fmt: skip
    new = judged(base, world, more).rungs()
    none_of(world, [name for name, rung in old.items() if new[name] not in {rung, max(rung, 2)}], more)


@ALWAYS
@given(seed=SEEDS)
def test_support_never_lowers(base: duckdb.DuckDBPyConnection, seed: int) -> None:
    """Whatever support is added, no rung falls, in neither reading (9.3)."""
    world = registry(seed)
    old, more = rungs(judged(base, world)), _added(world, random.Random(seed), "supports", "partly")
    none_of(world, against(old, rungs(judged(base, world, more)), int.__le__), more)


@ALWAYS
@given(seed=SEEDS)
def test_an_adverse_record_never_lifts(base: duckdb.DuckDBPyConnection, seed: int) -> None:
    """Whatever is added against it, no rung rises, but from 0 to 1 (9.3)."""
    world = registry(seed)
    old, more = rungs(judged(base, world)), _added(world, random.Random(seed), "contradicts")
    new = rungs(judged(base, world, more))
    none_of(world, against(old, new, lambda was, now: now <= was or (was, now) == (0, 1)), more)


@ALWAYS
@given(seed=SEEDS)
def test_claimed_is_never_below_verified(base: duckdb.DuckDBPyConnection, seed: int) -> None:
    """Taking the body at its word never lowers what the evidence shows (9.4)."""
    world = registry(seed)
    found = rungs(judged(base, world))
    wrong = [name for (name, reading), rung in found.items() if reading == "verified" and found[name, "claimed"] < rung]
    none_of(world, wrong)


@ALWAYS
@given(seed=SEEDS)
def test_what_is_not_yet_has_no_effect(base: duckdb.DuckDBPyConnection, seed: int) -> None:
    """Records that were not yet known, or whose event had not ended, change no result; not even as successors (9.5)."""
    world, draw = registry(seed), random.Random(seed)
    first = _without_the_future(judged(base, world))
    more = _added(world, draw, "supports", "contradicts", "partly", "context")
    olds = {row["criterion_id"]: row["evidence_id"] for row in world.evidence}
    for row in more:
        row["replaces"] = olds.get(row["criterion_id"]) if draw.random() < 0.3 else None
        if draw.random() < 0.5:
            row |= {"recorded_on": date(2015, 1, 2)}
        else:
            row |= {"event_from": row["event_from"] or date(2014, 1, 1), "event_to": date(2015, 1, 2),
                    "recorded_on": date(2013, 1, 1)}  # fmt: skip
    after = _without_the_future(judged(base, world, more), {row["evidence_id"] for row in more})
    changed = {one[0] for one in set(first) ^ set(after)}
    none_of(world, changed, more)


def _without_the_future(result: Scored, but: Iterable[str] = ()) -> list[Any]:
    found: list[Any] = []
    for table in ("rungs", "claims", "flags"):
        found += result.all(f"select criterion_id, '{table}', * exclude (criterion_id) from result.{table}")
    fates = result.all("select criterion_id, evidence_id, reading_id, grade, disposition, reason from step.admitted")
    return found + [row for row in fates if row[1] not in set(but)]


@ALWAYS
@given(seed=SEEDS)
def test_no_record_disappears(base: duckdb.DuckDBPyConnection, seed: int) -> None:
    """Each record has exactly one fate and one reason in each reading, and those that count have a grade (9.7)."""
    world = registry(seed)
    result = judged(base, world)
    fates = result.all(
        "select evidence_id, disposition, reason, grade from step.admitted where reading_id = 'verified'"
    )
    assert sorted(row[0] for row in fates) == sorted(row["evidence_id"] for row in world.evidence)
    assert all(fate in LADDER.words["records"] and reason in LADDER.reasons["records"] for _, fate, reason, _ in fates)
    assert all(1 <= grade <= 5 for *_, grade in fates)
    assert len(result.shipped("records")) == len(world.evidence)


@ALWAYS
@given(seed=SEEDS)
@example(seed=424604905)  # two records hold down one support each
def test_a_rung_that_is_held_down_is_flagged(base: duckdb.DuckDBPyConnection, seed: int) -> None:
    """Where the adverse records cost a criterion a rung, a flag says so: every standing adverse record raises one."""
    world = registry(seed)
    silent = judged(base, world).all(
        """select criterion_id from result.rungs where reading_id = 'verified' and unopposed > rung and not exists (
            select 1 from result.flags
            where flags.reading_id = rungs.reading_id and flags.criterion_id = rungs.criterion_id
                and flag in ('reopened', 'contested', 'withdrawn')
        ) and not exists (
            select 1 from step.kept as kept
            where kept.reading_id = rungs.reading_id and kept.criterion_id = rungs.criterion_id
                and kept.kept = kept.rung and kept.kept = rungs.rung
        )"""
    )
    none_of(world, [name for (name,) in silent])


@ALWAYS
@given(seed=SEEDS)
@example(seed=424604905)  # two records hold down one support each
def test_the_binding_record_adds_up(base: duckdb.DuckDBPyConnection, seed: int) -> None:
    """With no standing record the binding record reaches by itself the rung that is printed (section 8)."""
    world = registry(seed)
    rows = judged(base, world).shipped("rungs")
    wrong = [row["criterion_id"] for row in rows
             if row["evidence_id"] and not row["standing"] and row["bound_from"] != row["rung"]]  # fmt: skip
    none_of(world, wrong)


# --- what would raise, what would lower --------------------------------------------------------------------------


def _real(candidate: Row, ask: Row, accountable: str) -> Row:
    """The record that a candidate describes, as somebody would enter it on the day of judgment."""
    origin = accountable if candidate["own"] == "true" else f"NEW-{candidate['origin_kind'].upper()}"
    on = min(AS_OF, ask.get("window_to") or AS_OF)
    return record(f"new-{ask['criterion_id']}", origin, candidate["stance"], candidate["basis"], candidate["tense"], on,
                  of=ask["criterion_id"], method=candidate["method_stated"] == "true")  # fmt: skip


def test_the_record_that_is_named_moves_and_no_lesser_one_does(base: duckdb.DuckDBPyConnection) -> None:
    """Entering the record that `would_raise` or `would_lower` names moves the rung as said; no lower grade does (8)."""
    world = registry(7)
    result = judged(base, world, moving=True)
    old = result.rungs()
    said = {(row["side"], row["criterion_id"]): (row["grade"], row["to"]) for row in result.shipped("moves")}
    assert len(said) > SIZE
    least: dict[tuple[str, str], tuple[int, int, int]] = {}
    for candidate in LADDER.table("candidates"):
        side, place = str(candidate["side"]), int(candidate["position"] or 0)
        for name, grade, rung in _entered(base, world, candidate):
            if rung > old[name] if side == "raise" else rung < old[name]:
                least[side, name] = min((grade, place, rung), least.get((side, name), (9, 9, 9)))
    assert {key: (grade, moved) for key, (grade, _, moved) in least.items()} == said


def _entered(base: duckdb.DuckDBPyConnection, world: Registry, candidate: Row) -> list[tuple[str, int, int]]:
    """Each criterion that the candidate is for, with the grade of the real record and the rung that it makes."""
    kinds = str(candidate["kind"]).split("|")
    more = [_real(candidate, ask, ask["accountable_id"] or "AGENCY") for ask in world.criteria if ask["kind"] in kinds]
    result = judged(base, world, more)
    return result.all(
        """select rungs.criterion_id, graded.grade, rungs.rung from result.rungs as rungs
        join step.graded as graded on graded.criterion_id = rungs.criterion_id and starts_with(graded.evidence_id, 'new-')
        where rungs.reading_id = 'verified'"""
    )


# --- the method once more, with a pencil -------------------------------------------------------------------------


@ALWAYS
@given(seed=SEEDS)
def test_the_sql_agrees_with_a_pencil(base: duckdb.DuckDBPyConnection, seed: int) -> None:
    """Grades, and in both readings rung and staleness, worked again in plain Python from the page and not the SQL."""
    world = registry(seed)
    result = judged(base, world)
    counted, grades = by_hand(result, world)
    asks = {row["criterion_id"]: row for row in world.criteria}
    query = "select criterion_id, evidence_id, grade from step.admitted where reading_id = 'verified'"
    wrong = [name for name, record_id, grade in result.all(query) if grade != grades[record_id]]
    for name, reading, *stand in result.all("select criterion_id, reading_id, rung, stale from result.rungs"):
        wrong += [name] if tuple(stand) != stand_by_hand(counted[name], asks[name], reading == "claimed") else []
    none_of(world, wrong)
