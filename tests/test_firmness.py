"""How firm a status is: what hangs on one record, and what on one choice of the ruleset (method, section 5).

All small cases are scored at once: each is an item of one criterion, named as its case, as of the first day of 2015.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

from scaudit.explaining import choices
from scaudit.firmness import firmness
from scaudit.scoring import Reading
from scaudit.trial import trial
from scoring_tables import (
    AS_OF,
    FROM,
    LADDER,
    Case,
    Registry,
    Row,
    Scored,
    connect,
    criterion,
    fill,
    graded,
    item,
    of_cases,
    record,
    registry,
    run,
)

VERIFIED = Reading("verified", date.fromisoformat(AS_OF), date.fromisoformat(AS_OF))
AGAINST = "contradicts"
Left = dict[str, tuple[int, int] | tuple[int, int, str]]


def case(kind: str, *evidence: Row, **ask: Any) -> Case:
    return Case(kind, evidence, ask)


def firm(con: duckdb.DuckDBPyConnection) -> Scored:
    """The audit of the standard day, with how firm it is."""
    found = run(con, AS_OF, programme_from=FROM)
    firmness(con, LADDER, VERIFIED, date.fromisoformat(FROM))
    return found


# --- one record less: each case with the records on which it hangs, from which rung to which ---------------------

HANGING: dict[str, tuple[Case, Left]] = {
    "the only support": (
        case("practice", graded("a", 5, on="2014-06-01")),
        {"a": (5, 0)},
    ),
    "a promise alone": (
        case("practice", graded("a", 1, tense="promise")),
        {"a": (2, 0)},
    ),
    "two supports, either of which is enough": (
        case("practice", graded("a", 5, on="2014-06-01"), graded("b", 5, on="2014-06-01", origin="BOARD")),
        {},
    ),
    "a better support over a lesser one": (
        case("practice", graded("a", 5, on="2014-06-01"), graded("b", 3)),
        {"a": (5, 4)},
    ),
    "a copy under another id goes with it": (
        case("practice", graded("b", 5, on="2014-06-01"), graded("a", 5, on="2014-06-01")),
        {"a": (5, 0)},
    ),
    "two documents of one finding go together, named by the one that bears most": (
        case("practice", graded("b", 5, on="2014-06-01"), graded("a", 5, on="2014-06-01", basis="document", method=False)),
        {"b": (5, 0)},
    ),
    "the same origin on another day is another record": (
        case("practice", graded("a", 5, on="2014-06-01"), graded("b", 5, on="2014-06-02")),
        {},
    ),
    "either half of a pair": (
        case("policy", graded("a", 3), graded("b", 3, origin="CITY")),
        {"a": (5, 4), "b": (5, 4)},
    ),
    "a third makes every half dispensable": (
        case("policy", graded("a", 3), graded("b", 3, origin="CITY"), graded("c", 3, origin="INSTITUTE")),
        {},
    ),
    "what speaks against it, and what it speaks against": (
        case("practice", graded("a", 5, on="2014-01-01"), graded("x", 3, AGAINST, "2014-06-01")),
        {"a": (4, 1), "x": (4, 5)},
    ),
    "two that hold it equally low": (
        case("practice", graded("a", 5, on="2014-01-01"), graded("x", 4, AGAINST, "2014-06-01"),
             graded("y", 4, AGAINST, "2014-06-01", origin="CITY")),
        {"a": (3, 1)},
    ),
    "two of which one holds it lower": (
        case("result", graded("a", 5, on="2014-06-01"), graded("x", 4, AGAINST, "2014-07-01"),
             graded("y", 3, AGAINST, "2014-08-01", origin="CITY")),
        {"a": (3, 1), "x": (3, 4)},
    ),
    "the only record against it": (
        case("practice", graded("x", 3, AGAINST)),
        {"x": (1, 0)},
    ),
    "two records against it": (
        case("practice", graded("x", 3, AGAINST), graded("y", 3, AGAINST, origin="CITY")),
        {},
    ),
    "an outsider's word against it": (
        case("practice", record("x", "UNION", AGAINST, "statement")),
        {},
    ),
    "the first of two verifications, and the second, which keeps it fresh": (
        case("practice", graded("a", 5, on="2012-06-01"), graded("b", 5, on="2014-06-01")),
        {"a": (6, 5), "b": (6, 5, "then stale")},
    ),
    "what came between two verifications": (
        case("practice", graded("a", 5, on="2012-06-01"), graded("x", 3, AGAINST, "2013-01-01"),
             graded("b", 5, on="2014-06-01")),
        {"x": (5, 6), "b": (5, 4)},
    ),
    "what came between them, beside what is better and came before": (
        case("practice", graded("a", 5, on="2012-03-01", to="2012-09-01"), graded("z", 4, AGAINST, "2012-04-01"),
             graded("x", 3, AGAINST, "2013-01-01", origin="CITY"), graded("b", 5, on="2014-06-01")),
        {"x": (5, 6), "b": (5, 3)},
    ),
    "a newer support than the two that sustain it": (
        case("policy", graded("a", 5, on="2012-06-01"), graded("b", 5, on="2013-06-01"), graded("c", 4, on="2014-06-01"),
             shelf_life_months=12),
        {"a": (6, 5), "b": (6, 5), "c": (6, 6, "then stale")},
    ),
    "the newest support, without which it is stale": (
        case("practice", graded("a", 5, on="2013-02-01"), graded("b", 5, on="2013-12-01")),
        {"b": (5, 5, "then stale")},
    ),
    "what holds down the support that would be fresh": (
        case("practice", graded("b", 5, on="2012-06-01", to="2014-06-01"), graded("x", 4, AGAINST, "2012-07-01"),
             graded("a", 5, on="2013-02-01")),
        {"x": (5, 5, "then fresh"), "a": (5, 3, "then fresh")},
    ),
    "the same, where a pair would be fresh, beside what is better and was cured": (
        case("practice", graded("y", 5, AGAINST, "2012-03-01", origin="COURT"), graded("x", 4, AGAINST, "2012-07-01"),
             graded("b", 4, on="2012-06-01", to="2014-06-01"), graded("c", 4, on="2012-06-01", to="2014-06-01", origin="CITY"),
             graded("a", 5, on="2013-02-01")),
        {"x": (5, 5, "then fresh"), "a": (5, 3, "then fresh")},
    ),
    "a successor gives back what it replaced": (
        case("practice", graded("a", 5, on="2014-06-01"), graded("b", 3, on="2014-07-01", replaces="a")),
        {"b": (4, 5)},
    ),
    "a successor that is held back still replaces": (
        case("practice", graded("a", 5, on="2014-06-01"), graded("b", 3, on="2014-07-01", replaces="a", locator=None),
             graded("c", 3, origin="CITY")),
        {"b": (4, 5), "c": (4, 0)},
    ),
    "the record by which an origin took another back, so that it counts in no pair": (
        case("practice", graded("v", 5, on="2012-06-01", to="2014-06-01"), record("x", "CITY", AGAINST),
             record("y", "UNIVERSITY", AGAINST, on="2013-02-01"), record("b", "CITY", "partly", on="2013-07-01")),
        {"v": (4, 3), "b": (4, 3)},
    ),
    "the same, where the origin promised before": (
        case("practice", graded("v", 5, on="2012-06-01", to="2014-06-01"), record("x", "CITY", AGAINST),
             record("y", "UNIVERSITY", AGAINST, on="2013-02-01"), record("b", "CITY", "partly", on="2013-07-01"),
             record("a", "CITY", tense="promise", on="2013-06-01")),
        {"v": (4, 3), "b": (4, 3)},
    ),
    "the same, where it took it back twice": (
        case("practice", graded("v", 5, on="2012-06-01", to="2014-06-01"), record("x", "CITY", AGAINST),
             record("y", "UNIVERSITY", AGAINST, on="2013-02-01"), record("b", "CITY", "partly", on="2013-07-01"),
             record("c", "CITY", "partly", on="2013-08-01")),
        {"v": (4, 3)},
    ),
    "a text and what ended it": (
        case("policy", record("a", "AGENCY", tense="act"), record("x", "AGENCY", AGAINST, "document", "act", "2014-01-01")),
        {"x": (1, 4)},
    ),
    "records that do not count": (
        case("practice", graded("a", 5, on="2011-06-01"), graded("b", 5, on="2015-06-01"), graded("c", 5, locator=None),
             graded("d", 5, "context")),
        {},
    ),
    "nothing": (case("practice"), {}),
}  # fmt: skip


@pytest.fixture(scope="module")
def hanging() -> Iterator[Scored]:
    with connect() as con:
        fill(con, of_cases({name: one for name, (one, _) in HANGING.items()}))
        yield firm(con)


@pytest.mark.parametrize("name", HANGING)
def test_what_hangs_on_one_record(hanging: Scored, name: str) -> None:
    """Each of these records, and no other of the case, leaves the criterion on another rung, or stale, or fresh."""
    rows = hanging.dicts("select * from result.left_out where criterion_id = ?", name)
    found: Left = {}
    for row in rows:
        turned = ("then stale" if row["stale_then"] else "then fresh",) if row["stale_then"] != row["stale"] else ()
        found[row["evidence_id"].removeprefix(f"{name}/")] = (row["rung"], row["rung_then"], *turned)
    assert found == HANGING[name][1]


def test_the_flag_is_set_on_the_criteria_that_hang(hanging: Scored) -> None:
    """In the verified reading, on the criterion and not on its item."""
    flagged = hanging.all("select reading_id, criterion_id from result.flags where flag = 'hangs_on_one' order by all")
    assert flagged == sorted(("verified", name) for name, (_, left) in HANGING.items() if left)
    assert hanging.all("select * from result.item_flags where flag = 'hangs_on_one'") == []


def test_a_claim_has_no_rung_to_hang() -> None:
    """Neither a record nor a choice is named for it."""
    with connect() as con:
        fill(con, of_cases({"one": case("claim", graded("a", 5))}, "concern"))
        found = firm(con)
        assert found.standing("one") == "established"
        assert [found.all(f"select * from result.{name}") for name in ("left_out", "shifts")] == [[], []]
        assert found.flags("one") == set()


# --- one choice otherwise: each case with the scenarios that move it ---------------------------------------------

SHIFTED: dict[str, tuple[Case, dict[str, tuple[int, str]]]] = {
    "a practice verified 16 months ago": (
        case("practice", graded("a", 5, on="2013-09-01")),
        {"shelf-practice-12": (5, "stale"), "shelf-all-12": (5, "stale"), "auditor-down": (4, "fresh")},
    ),
    "a practice with a shelf life of its own": (
        case("practice", graded("a", 5, on="2013-09-01"), shelf_life_months=18),
        {"auditor-down": (4, "fresh")},
    ),
    "a practice verified 22 months ago": (
        case("practice", graded("a", 5, on="2013-03-01")),
        {"shelf-practice-24": (5, "fresh"), "shelf-all-24": (5, "fresh"), "shelf-none": (5, "fresh"),
         "auditor-down": (4, "fresh")},
    ),
    "a text verified 31 months ago; a tested record verifies it too": (
        case("policy", graded("a", 5, on="2012-06-01")),
        {"shelf-policy-24": (5, "stale"), "shelf-all-24": (5, "stale"), "shelf-all-12": (5, "stale")},
    ),
    "a text verified 40 months ago": (
        case("policy", graded("a", 5, on="2011-09-01"), window_from="2011-01-01"),
        {"shelf-policy-60": (5, "fresh"), "shelf-none": (5, "fresh")},
    ),
    "an effect verified 10 months ago": (
        case("result", graded("a", 5, on="2014-03-01")),
        {"shelf-result-6": (5, "stale"), "auditor-down": (4, "fresh")},
    ),
    "an effect verified 18 months ago": (
        case("result", graded("a", 5, on="2013-07-01")),
        {"shelf-result-24": (5, "fresh"), "shelf-all-24": (5, "fresh"), "shelf-none": (5, "fresh"),
         "auditor-down": (4, "fresh")},
    ),
    "a text by two outside accounts": (
        case("policy", graded("a", 3), graded("b", 3, origin="CITY")),
        {"pairs-none": (4, "fresh"), "researcher-down": (4, "fresh"), "local_government-down": (4, "fresh"),
         "shelf-all-12": (5, "stale")},
    ),
    "two accounts 28 months apart": (
        case("policy", graded("a", 3, on="2012-02-01"), graded("b", 3, on="2014-06-01", origin="CITY")),
        {"pairs-none": (4, "fresh"), "researcher-down": (4, "fresh"), "local_government-down": (4, "fresh"),
         "shelf-policy-24": (4, "fresh"), "shelf-all-12": (4, "fresh"), "shelf-all-24": (4, "fresh")},
    ),
    "two documents of one origin": (
        case("policy", graded("a", 3, on="2014-01-01"), graded("b", 3, on="2014-06-01", publisher="CITY")),
        {"pairs-sources": (5, "fresh"), "researcher-up": (5, "fresh")},
    ),
    "two origins in one document": (
        case("policy", graded("a", 3, on="2014-01-01"),
             graded("b", 3, on="2014-06-01", origin="CITY", publisher="UNIVERSITY")),
        {"pairs-sources": (4, "fresh"), "pairs-none": (4, "fresh"), "researcher-down": (4, "fresh"),
         "local_government-down": (4, "fresh")},
    ),
    "an own word, which cannot weigh less than 1": (
        case("policy", graded("a", 1)),
        {"agency-up": (4, "fresh")},
    ),
    "an own record": (
        case("practice", graded("a", 2)),
        {"agency-up": (4, "fresh"), "agency-down": (2, "fresh")},
    ),
    "a promise stops where it stops": (
        case("policy", graded("a", 1, tense="promise")),
        {},
    ),
    "one outside account against it": (
        case("practice", record("x", "COALITION", AGAINST)),
        {"advocate-down": (0, "fresh")},
    ),
    "an outsider's word against it": (
        case("practice", graded("a", 3, on="2014-01-01"), record("x", "PARLIAMENT", AGAINST, "statement", on="2014-06-01")),
        {"researcher-down": (3, "fresh")},
    ),
    "a record that is held back stays held back": (
        case("practice", graded("a", 5, on="2014-06-01", locator=None)),
        {},
    ),
    "what has two grounds hangs on no choice": (
        case("practice", graded("a", 5, on="2014-06-01"), graded("b", 5, on="2014-06-01", origin="COURT")),
        {},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def shifting() -> Iterator[Scored]:
    with connect() as con:
        fill(con, of_cases({name: one for name, (one, _) in SHIFTED.items()}))
        yield firm(con)


@pytest.mark.parametrize("name", SHIFTED)
def test_what_hangs_on_one_choice(shifting: Scored, name: str) -> None:
    """Each of these choices, and no other, puts the criterion on another rung, or makes it stale or fresh."""
    rows = shifting.dicts("select * from result.shifts where criterion_id = ?", name)
    found = {row["scenario"]: (row["rung_then"], "stale" if row["stale_then"] else "fresh") for row in rows}
    assert found == SHIFTED[name][1]


STATUSES = {
    "a practice verified 16 months ago": {
        **dict.fromkeys(("shelf-practice-12", "shelf-all-12", "auditor-down"), ("verified", "in_place")),
    },
    "one outside account against it": {"advocate-down": ("no_action", "unknown")},
    "an own record": {"agency-down": ("under_way", "announced"), "agency-up": ("under_way", "in_place")},
    "a text verified 40 months ago": dict.fromkeys(("shelf-policy-60", "shelf-none"), ("in_place", "verified")),
    "a promise stops where it stops": {},
}


@pytest.mark.parametrize("name", STATUSES)
def test_a_choice_may_shift_the_status_of_an_item(shifting: Scored, name: str) -> None:
    """Where it does, from which to which."""
    rows = shifting.dicts("select * from result.status_shifts where item_id = ?", name)
    assert {row["scenario"]: (row["status"], row["status_then"]) for row in rows} == STATUSES[name]


def test_an_item_is_judged_whole_where_a_choice_touches_one_of_its_criteria() -> None:
    """What the choice cannot touch stands as before: a second ask that is only under way, or one that is refuted."""
    rows = [graded("a", 5, on="2013-09-01", of="I.a"), graded("b", 2, of="I.b"),
            graded("c", 5, on="2013-09-01", of="J.a"), graded("d", 5, on="2014-01-01", of="J.b"),
            graded("x", 3, AGAINST, "2014-06-01", of="J.b")]  # fmt: skip
    life = {"I.a": None, "I.b": None, "J.a": None, "J.b": 18}
    asks = [criterion(name, "practice", item_id=name[0], shelf_life_months=own) for name, own in life.items()]
    with connect() as con:
        fill(con, Registry(rows, asks, [item("I"), item("J")]))
        statuses = firm(con).dicts("select * from result.status_shifts where scenario = 'shelf-practice-12'")
    statuses.sort(key=lambda row: row["item_id"])
    assert [(row["item_id"], row["status"], row["status_then"]) for row in statuses] == [
        ("I", "partly_verified", "under_way"),
        ("J", "partly_verified", "under_way"),
    ]


def test_choices_say_what_was_tried_and_how_many_criteria_it_moves(shifting: Scored) -> None:
    """In words, with the shelf life that the ruleset has; a choice that moves nothing is said too."""
    shifts = shifting.dicts("select * from result.shifts")
    said = {row["scenario"]: row for row in choices(LADDER, shifts)}
    assert said["shelf-practice-12"] == {
        "scenario": "shelf-practice-12",
        "family": "shelf_life",
        "words": "with a shelf life of 12 months for practice instead of 18",
        "criteria": 1,
    }
    assert (said["pairs-none"]["criteria"], said["court-up"]["criteria"]) == (3, 0)
    assert [row["scenario"] for row in LADDER.table("scenarios")] == list(said)
    assert sum(row["criteria"] for row in said.values()) == len(shifts)


# --- beside the audit -------------------------------------------------------------------------------------------


def everything(con: duckdb.DuckDBPyConnection) -> dict[str, list[Any]]:
    """All tables of the audit's database, without order."""
    listed = "select schema_name, table_name from duckdb_tables() where database_name = current_database()"
    names = [f'"{schema}"."{table}"' for schema, table in con.execute(listed).fetchall()]
    return {name: con.execute(f"select * from {name} order by all").fetchall() for name in names}


def test_firmness_leaves_the_results_of_the_audit_as_they_are() -> None:
    """To the last cell, apart from its own tables and the flag."""
    with connect() as con:
        fill(con, registry(8))
        run(con, AS_OF, programme_from=FROM, moving=True)
        before = everything(con)
        firmness(con, LADDER, VERIFIED, date.fromisoformat(FROM))
        after = everything(con)
    flags = '"result"."flags"'
    marked, after[flags] = after[flags], [row for row in after[flags] if row[2] != "hangs_on_one"]
    own = [f'"result"."{name}"' for name in ("left_out", "shifts", "status_shifts")]
    assert all([*(after.pop(name) for name in own), len(marked) > len(after[flags])])  # else nothing was tried
    assert after == before


def test_a_trial_that_fails_leaves_the_audit_in_its_place() -> None:
    """The next question finds the tables of the audit again, and can try again."""
    with connect() as con:
        fill(con, registry(8, 10))
        for _ in range(2):
            with pytest.raises(ZeroDivisionError), trial(con):
                raise ZeroDivisionError
        assert con.execute("select count(*) from clean.criteria").fetchall() == [(10,)]
