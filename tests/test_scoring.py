"""The rules of the method, one by one: sections 1 to 6 and 10."""

from typing import Any

import pytest

from scoring_tables import (
    BODIES,
    CRITERIA,
    ITEMS,
    Case,
    Registry,
    Row,
    Scored,
    body,
    criterion,
    graded,
    item,
    of_cases,
    record,
    scored,
)

DOC, DATA, SEEN, SAID = "document", "data", "inspection", "statement"
AGAINST = "contradicts"

# --- section 3: grades ------------------------------------------------------------------------------------------


def grade(origin: str, basis: str = DOC, tense: str = "observation", stance: str = "supports", **given: Any) -> int:
    return scored(record("e", origin, stance, basis, tense, **given)).grade("e")


def grades(*rows: Row) -> list[int]:
    result = scored(*rows)
    return [result.grade(row["evidence_id"]) for row in rows]


def test_a_body_against_itself_bears_4_whatever_the_basis() -> None:
    """Whoever shares responsibility and speaks against it is a record against interest."""
    rows = [record(f"{origin}-{basis}", origin, AGAINST, basis) for origin in ("AGENCY", "MINISTRY", "BUREAU")
            for basis in (SAID, DOC, DATA, SEEN)]  # fmt: skip
    assert grades(*rows) == [4] * 12


def test_an_own_statement_or_promise_bears_1() -> None:
    """Nobody's word about itself is more than an assertion; neither is a promise on any paper."""
    assert grades(record("a", "AGENCY", basis=SAID, tense="act"), record("b", "BUREAU", basis=SAID),
                  record("c", "AGENCY", tense="promise"), record("d", "AGENCY", basis=DATA, tense="promise")) == [1] * 4  # fmt: skip


def test_an_own_document_or_figure_bears_2_also_where_the_press_prints_it() -> None:
    """The thing itself is the act or a record kept, whoever prints it."""
    assert grades(record("a", "AGENCY", tense="act"), record("b", "AGENCY", basis=DATA, method=True),
                  record("c", "MINISTRY", basis=SEEN), record("d", "AGENCY", publisher="PAPER")) == [2] * 4  # fmt: skip


@pytest.mark.parametrize("tense", ["act", "observation", "promise"])
def test_words_of_others_bear_1_or_3_by_who_says_them(tense: str) -> None:
    """An outsider's word is an assertion, unless he is auditor, oversight body, court, researcher or local government."""
    rows = [record(o, o, basis=SAID, tense=tense) for o in ("OTHER", "PARLIAMENT", "COALITION", "PAPER")]
    heard = [record(o, o, basis=SAID, tense=tense) for o in ("INSPECTOR", "BOARD", "UNIVERSITY", "CITY")]
    assert grades(*rows, *heard) == [1] * 4 + [3] * 4


def test_a_promise_on_paper_bears_1_or_3_by_who_makes_it() -> None:
    """A promise never bears more than 3, however it is based."""
    weak = [record(o, o, tense="promise") for o in ("OTHER", "PARLIAMENT", "COALITION", "PAPER")]
    heard = [record(o, o, basis=DATA, tense="promise", method=True)
             for o in ("INSPECTOR", "BOARD", "COURT", "UNIVERSITY", "CITY")]  # fmt: skip
    assert grades(*weak, *heard) == [1] * 4 + [3] * 5


def test_direct_verification_bears_5() -> None:
    """Auditor, oversight body or court, data or inspection, method stated."""
    rows = [record(f"{o}{b}", o, basis=b, method=True) for o in ("INSPECTOR", "BOARD", "COURT") for b in (DATA, SEEN)]
    assert grades(*rows) == [5] * 6


def test_direct_verification_told_by_press_or_advocate_bears_3() -> None:
    """Second-hand is a publisher of press or advocacy that is not the origin; another agency's print is not."""
    tested: Row = {"origin": "INSPECTOR", "basis": SEEN, "method": True}
    assert grades(record("a", publisher="PAPER", **tested), record("b", publisher="UNION", **tested),
                  record("c", publisher="CITY", **tested)) == [3, 3, 5]  # fmt: skip


def test_a_tested_record_bears_4_except_from_advocates_and_press() -> None:
    """Data or inspection with the method stated, of an independent body that is no auditor or court."""
    rows = [record(o, o, basis=DATA, method=True) for o in ("OTHER", "PARLIAMENT", "UNIVERSITY", "CITY")]
    rows += [record(o, o, basis=SEEN, method=True) for o in ("COALITION", "PAPER")]
    assert grades(*rows) == [4, 4, 4, 4, 3, 3]


def test_a_tested_record_told_second_hand_bears_3() -> None:
    """None of those of grade 4 may be second-hand."""
    rows = [record("a", "UNIVERSITY", basis=DATA, method=True, publisher="PAPER"),
            record("b", "COURT", publisher="UNION"), record("c", "BOARD", publisher="PAPER")]  # fmt: skip
    assert grades(*rows) == [3] * 3


def test_a_court_bears_4_even_by_a_statement_an_auditor_does_not() -> None:
    """A court's act or observation bears 4; an auditor's or oversight body's only if more than a statement."""
    rows = [record(f"{o}{b}", o, basis=b) for o in ("COURT", "INSPECTOR", "BOARD") for b in (SAID, DOC, DATA, SEEN)]
    assert grades(*rows) == [4, 4, 4, 4, 3, 4, 4, 4, 3, 4, 4, 4]


def test_every_other_independent_record_bears_3() -> None:
    """Documents of anybody, and data without a method."""
    rows = [record(o, o) for o in ("OTHER", "PARLIAMENT", "COALITION", "PAPER", "UNIVERSITY", "CITY")]
    assert grades(*rows, record("d", "UNIVERSITY", basis=DATA)) == [3] * 7


def test_for_a_claim_the_body_s_own_yes_bears_4_and_its_no_1() -> None:
    """For a claim against interest is to say that it is so; a denial is an assertion whatever its basis."""
    rows = [record("a", "AGENCY", "supports", SAID, of="claim"), record("b", "BUREAU", "partly", DATA, of="claim"),
            record("c", "AGENCY", AGAINST, DATA, of="claim"), record("d", "AGENCY", AGAINST, SAID, of="claim")]  # fmt: skip
    assert grades(*rows) == [4, 4, 1, 1]


def test_for_a_claim_the_issuer_bears_1_whatever_it_brings() -> None:
    """Who raised the concern cannot bear it out."""
    rows = [record(b, "COALITION", basis=b, method=True, of="claim") for b in (SAID, DOC, DATA, SEEN)]
    assert grades(*rows, record("u", "UNION", of="claim"), record("p", "COALITION")) == [1, 1, 1, 1, 3, 3]


def test_an_affiliate_of_the_issuer_is_not_the_issuer() -> None:
    """The rule names the issuer alone, not who shares responsibility with it."""
    world = Registry(bodies=[*BODIES, body("CHAPTER", "researcher", "COALITION")])
    result = scored(record("a", "CHAPTER", of="claim"), registry=world)
    assert (result.grade("a"), result.standing()) == (3, "supported")


def test_a_body_independent_by_statute_shares_no_responsibility() -> None:
    """The inspector under the ministry is independent; a bureau under the inspector is with the inspector."""
    world = Registry(bodies=[*BODIES, body("FIELD", "auditor", "INSPECTOR")])
    result = scored(record("a", "INSPECTOR"), record("b", "FIELD"), record("c", "MINISTRY"), registry=world)
    assert [result.record(name)["own"] for name in "abc"] == [False, False, True]


def test_every_accountable_body_shares_responsibility() -> None:
    """A criterion may have several accountable bodies, and each makes its group the body's own."""
    world = Registry(responsibilities=[{"criterion_id": "practice", "body_id": "CITY"}])
    result = scored(record("a", "CITY"), record("b", "CITY", of="policy"), registry=world)
    assert (result.grade("a"), result.grade("b")) == (2, 3)


def test_a_criterion_may_name_another_accountable_body_than_its_item() -> None:
    """The criterion's own accountable body takes the place of the item's."""
    world = Registry(criteria=[criterion("practice", accountable_id="OTHER")])
    result = scored(record("a", "OTHER"), record("b", "AGENCY"), registry=world)
    assert (result.grade("a"), result.grade("b")) == (2, 3)


# --- section 3: gates; sections 1 and 2: windows, days, successors -----------------------------------------------


def fate(**given: Any) -> tuple[str, str]:
    how = {key: given.pop(key) for key in ("as_of", "known_on", "programme_from", "registry") if key in given}
    return scored(record("e", **given), **how).disposition("e")


def test_no_locator_holds_back() -> None:
    """What cannot be found again bears nothing."""
    assert fate(locator=None) == ("held_back", "no_locator")


def test_no_date_holds_back() -> None:
    """Neither without the day of the event nor without the day of publication."""
    assert fate(on=None, recorded="2013-01-01") == ("held_back", "no_date")


@pytest.mark.parametrize(
    ("reliability", "credibility", "expected"),
    [("E", "5", "held_back"), ("F", "6", "held_back"), ("E", "6", "held_back"), ("E", "4", "counted"),
     ("D", "6", "counted"), ("F", None, "counted"), (None, "6", "counted"), (None, None, "counted")],
)  # fmt: skip
def test_two_bad_marks_together_hold_back(reliability: str | None, credibility: str | None, expected: str) -> None:
    """Reliability E or F with credibility 5 or 6; either alone, or none given, does not."""
    assert fate(reliability=reliability, credibility=credibility)[0] == expected


def test_a_record_past_its_expiry_is_held_back() -> None:
    """On its last day it still counts, on the next it does not."""
    assert fate(expires_on="2015-01-01", as_of="2015-01-01") == ("counted", "counted")
    assert fate(expires_on="2015-01-01", as_of="2015-01-02") == ("held_back", "expired")


def test_a_record_held_back_moves_nothing() -> None:
    """Grade 0 bears nothing for and nothing against."""
    assert scored(graded("e", 5, locator=None)).rung() == 0
    assert scored(graded("e", 5, AGAINST, locator=None)).rung() == 0


def test_the_window_opens_on_the_day_after_issue() -> None:
    """What began on the day of issue or before is baseline, also where it lasted longer."""
    assert fate(on="2011-12-31") == ("baseline", "before_window")
    assert fate(on="2011-12-31", to="2013-01-01") == ("baseline", "before_window")
    assert fate(on="2012-01-01") == ("counted", "counted")


def test_the_window_of_a_concern_opens_with_the_programme() -> None:
    """The letter asks for a review before and after its own day."""
    claim: Row = {"of": "claim", "programme_from": "2010-05-01"}
    assert fate(on="2010-05-01", **claim) == ("counted", "counted")
    assert fate(on="2010-04-30", **claim) == ("baseline", "before_window")


def test_a_criterion_may_have_its_own_window() -> None:
    """An opening named for the criterion goes before that of its item."""
    world = Registry(criteria=[criterion("practice", window_from="2012-06-01")])
    assert fate(on="2012-05-31", registry=world) == ("baseline", "before_window")


@pytest.mark.parametrize(
    ("on", "to", "expected"),
    [("2013-06-30", None, ("counted", "counted")), ("2013-07-01", None, ("aftermath", "after_window")),
     ("2013-06-01", "2013-07-01", ("aftermath", "past_window"))],
)  # fmt: skip
def test_what_begins_or_runs_past_a_closed_window_is_aftermath(
    on: str, to: str | None, expected: tuple[str, str]
) -> None:
    """A criterion is judged on the day on which its window closes; later things are shown and not counted."""
    world = Registry(criteria=[criterion("practice", window_to="2013-06-30")])
    assert fate(on=on, to=to, registry=world) == expected


def test_a_record_not_yet_known_or_not_yet_ended_is_not_yet() -> None:
    """Known-on asks what could be known, as-of what was so; both days themselves are within."""
    assert fate(recorded="2015-01-02") == ("not_yet", "not_known")
    assert fate(on="2014-12-01", to="2015-01-02", recorded="2014-12-01") == ("not_yet", "not_happened")
    assert fate(on="2015-01-01") == ("counted", "counted")


def test_a_record_is_known_from_its_source_s_day_where_it_names_none() -> None:
    """Default of recorded_on is the source's publication date (here 30 June 2013)."""
    assert fate(recorded=None, known_on="2013-06-29") == ("not_yet", "not_known")
    assert fate(recorded=None, known_on="2013-06-30") == ("counted", "counted")


def test_a_replaced_record_has_no_effect_from_its_successor_s_day() -> None:
    """Until the successor could be known, the old record counts."""
    rows = [graded("old", 5), graded("new", 3, recorded="2014-06-01", replaces="old")]
    assert scored(*rows, known_on="2014-06-01").disposition("old") == ("replaced", "replaced")
    assert scored(*rows, known_on="2014-05-31").disposition("old") == ("counted", "counted")


def test_a_successor_whose_event_has_not_ended_replaces_nothing() -> None:
    """A record whose event_to is after as-of has no effect (section 9.5), not even on the record that it replaces."""
    rows = [graded("old", 5), graded("new", 5, on="2015-06-01", recorded="2014-01-01", replaces="old")]
    assert scored(*rows).disposition("old") == ("counted", "counted")


def test_context_is_neither_for_nor_against() -> None:
    """A record that does not measure what is asked is shown and not counted."""
    result = scored(graded("e", 5, "context"))
    assert (result.disposition("e"), result.rung(), result.flags()) == (("context", "context"), 0, set())


# --- section 3: pairs -------------------------------------------------------------------------------------------


def city(name: str, stance: str = "supports", on: str = "2013-06-01", **given: Any) -> Row:
    """A record of grade 3 from another group than UNIVERSITY."""
    return record(name, "CITY", stance, on=on, **given)


def test_two_outside_accounts_act_as_a_tested_record() -> None:
    """Two of grade 3, of different groups, act as one of grade 4 dated by the later."""
    result = scored(graded("a", 3, of="policy"), city("b", of="policy"))
    assert (result.pairs(), result.rung("policy")) == ([("a", "b", 4, "supports")], 5)


def test_two_tested_records_act_as_direct_verification() -> None:
    """Two of grade 4, both data or inspection with their method stated, act as one of grade 5."""
    rows = [graded("a", 4), record("b", "CITY", basis=SEEN, method=True, on="2013-09-01")]
    result = scored(*rows)
    assert (result.pairs(), result.rung()) == ([("a", "b", 5, "supports")], 5)


def test_a_pair_acts_by_its_weaker_record() -> None:
    """A grade 5 and a grade 3 act as one of 4, which matters where the weaker is the later."""
    result = scored(graded("a", 5), city("b"))
    assert result.pairs() == [("a", "b", 4, "supports")]


def test_a_pair_of_tested_records_needs_the_method_of_both() -> None:
    """A court's document bears 4 but cannot be half of a direct verification."""
    assert scored(graded("a", 4), record("b", "COURT", on="2013-09-01")).pairs() == []
    assert scored(graded("a", 4), record("b", "COURT", method=True, on="2013-09-01")).pairs() == []
    assert scored(graded("a", 4), record("b", "COURT", basis=DATA, on="2013-09-01")).pairs() == []


def test_no_pair_verifies_a_result() -> None:
    """A pair as one of grade 5 is for policy and practice only; as one of 4 for all."""
    rows = [graded("a", 4, of="result"), record("b", "CITY", basis=SEEN, method=True, on="2013-09-01", of="result")]
    assert scored(*rows).rung("result") == 4
    assert scored(graded("a", 3, of="result"), city("b", of="result")).rung("result") == 4


def test_a_pair_needs_two_responsibility_groups() -> None:
    """Two bodies under one parent are one voice; and so are two records of one body."""
    world = Registry(bodies=[*BODIES, body("DISTRICT", "local_government", "CITY")])
    assert scored(city("a"), record("b", "DISTRICT", on="2013-07-01"), registry=world).pairs() == []
    assert scored(city("a"), city("b", on="2013-07-01")).pairs() == []


def test_a_pair_must_begin_within_the_shelf_life() -> None:
    """Practice keeps 18 months: begun on the last day counts, a day later does not; a criterion may say otherwise."""
    rows = [graded("a", 3, on="2012-03-01"), city("b", on="2013-09-01"), city("c", on="2013-09-02")]
    assert [pair[:2] for pair in scored(*rows).pairs()] == [("a", "b")]
    world = Registry(criteria=[criterion("practice", shelf_life_months=12)])
    assert scored(*rows, registry=world).pairs() == []


def test_no_promise_is_half_of_a_pair() -> None:
    """Two promises, or a promise and an act, do not add up."""
    assert scored(graded("a", 3), city("b", tense="promise")).pairs() == []


def test_grade_1_and_2_never_add_up() -> None:
    """However many assertions and own records there are, they make no pair."""
    rows = [record(f"{o}{n}", o, basis=b, on=f"2013-0{n}-01")
            for n in range(1, 6) for o, b in (("AGENCY", DOC), ("OTHER", SAID), ("UNION", SAID))]  # fmt: skip
    result = scored(*rows)
    assert (result.pairs(), result.rung()) == ([], 3)


def test_a_pair_with_a_partly_in_it_is_partly() -> None:
    """And so it stops at 3."""
    result = scored(graded("a", 3, of="policy"), city("b", "partly", of="policy"))
    assert result.pairs() == [("a", "b", 4, "partly")]
    assert scored(graded("a", 4, "partly"), record("b", "CITY", basis=SEEN, method=True)).rung() == 4


def test_adverse_records_pair_too() -> None:
    """Two of grade 3 against a direct verification hold it to 3, where one alone takes one rung."""
    rows = [graded("s", 5, on="2014-01-01"), graded("a", 3, AGAINST, "2014-06-01")]
    assert scored(*rows).rung() == 4
    assert scored(*rows, city("b", AGAINST, on="2014-07-01")).rung() == 3


def test_a_record_taken_back_counts_in_no_pair() -> None:
    """Who later says by grade 2 or more that it is so has taken its word back; a promise does not."""
    rows = [graded("s", 5, on="2014-01-01"), graded("a", 3, AGAINST, "2014-06-01"), city("b", AGAINST, on="2014-07-01")]
    back: Row = {"origin": "CITY", "on": "2014-08-01"}
    taken = scored(*rows, record("c", basis=DATA, **back)).pairs()
    kept = scored(*rows, record("c", tense="promise", **back)).pairs()
    assert ([pair for pair in taken if pair[3] == AGAINST], kept) == ([], [("a", "b", 4, AGAINST)])


def test_a_copy_of_one_half_of_a_pair_changes_no_rung() -> None:
    """A copy under another id changes no rung (section 9.1), also where two records began and were printed at once."""
    long: Row = {"stance": AGAINST, "to": "2013-06-30", "recorded": "2013-07-01"}
    rows = [record("m", **long), record("n", "CITY", AGAINST, recorded="2013-07-01"), graded("s", 5, on="2013-03-01")]
    assert scored(*rows).rung() == scored(*rows, record("z", **long)).rung()


def test_records_that_say_the_same_are_printed_as_one() -> None:
    """Same criterion, origin, stance, dates and tense: printed with the one that bears most."""
    rows = [record("b", "AGENCY", basis=SAID), record("a", "AGENCY"), record("c", "AGENCY", "partly")]
    result = scored(*rows)
    found = dict(result.all("select evidence_id, coalesce(printed_with, evidence_id) from result.records"))
    assert found == {"a": "a", "b": "a", "c": "c"}


# --- section 4: the ladder --------------------------------------------------------------------------------------

LADDER = {
    "policy": [0, 2, 4, 4, 5, 5],
    "practice": [0, 2, 3, 4, 4, 5],
    "result": [0, 2, 3, 3, 4, 5],
}


@pytest.mark.parametrize("kind", LADDER)
def test_the_best_support_gives_the_rung(kind: str) -> None:
    """The ladder of the method, cell by cell, from nothing to grade 5."""
    names = [f"{kind}-{number}" for number in range(6)]
    world = Registry(criteria=[criterion(name, kind) for name in names])
    result = scored(*(graded(f"e{n}", n, of=names[n]) for n in range(1, 6)), registry=world)
    assert [result.rung(name) for name in names] == LADDER[kind]


def rungs_of(*cases: list[Row], kind: str = "practice") -> list[int]:
    """The rungs of criteria that are scored at once, each an item of its own with these records."""
    result = scored(registry=of_cases({f"c{number}": Case(kind, rows) for number, rows in enumerate(cases)}))
    return [result.rung(f"c{number}") for number in range(len(cases))]


@pytest.mark.parametrize("kind", LADDER)
def test_only_adverse_records_of_grade_3_make_rung_1(kind: str) -> None:
    """An adverse record with no support shows that there was no action; an allegation shows nothing."""
    adverse = [[graded("e", n, AGAINST)] for n in (3, 4, 5)]
    assert rungs_of(*adverse, [record("e", "UNION", AGAINST, SAID)], kind=kind) == [1, 1, 1, 0]


def test_a_promise_stops_at_2_however_often_and_by_whom() -> None:
    """Also a promise of grade 3, and two of them."""
    rows = [record(o, o, basis=DATA, tense="promise", method=True, of="policy") for o in ("COURT", "CITY", "AGENCY")]
    assert scored(*rows).rung("policy") == 2


def test_partly_stops_at_3() -> None:
    """Whatever its grade; below 3 it is as good as support."""
    assert rungs_of(*([graded("e", n, "partly")] for n in range(1, 6))) == [2, 3, 3, 3, 3]


def test_no_action_is_the_floor_where_an_adverse_record_exists() -> None:
    """A withdrawn text with its ending on record is at 1, not at 0."""
    rows = [record("s", "AGENCY", tense="promise", of="policy"),
            record("w", "AGENCY", AGAINST, DOC, "act", "2013-06-01", of="policy")]  # fmt: skip
    assert scored(*rows).rung("policy") == 1


# --- section 4: sustained ---------------------------------------------------------------------------------------


def test_two_direct_verifications_a_year_apart_are_sustained() -> None:
    """The second begins at least 12 months after the first ends; one day less is 5. They may be of one body."""
    first = graded("a", 5, on="2012-06-01", to="2013-06-01")
    assert scored(first, graded("b", 5, on="2014-06-01")).rung() == 6
    assert scored(first, graded("b", 5, on="2014-05-31")).rung() == 5


def test_a_criterion_may_ask_for_another_time_apart() -> None:
    """`sustain_months` takes the place of 12."""
    world = Registry(criteria=[criterion("practice", sustain_months=24)])
    assert scored(graded("a", 5), graded("b", 5, on="2014-06-01"), registry=world).rung() == 5


def test_only_whole_single_records_of_grade_5_sustain() -> None:
    """Neither a partly nor a pair counts for rung 6."""
    assert scored(graded("a", 5, "partly"), graded("b", 5, on="2014-06-01")).rung() == 5
    pair = [graded("a", 4), record("b", "CITY", basis=SEEN, method=True, on="2013-02-01")]
    assert scored(*pair, graded("c", 5, on="2014-06-01")).rung() == 5


def test_an_adverse_record_touching_the_time_between_breaks_rung_6() -> None:
    """Also one that is cured by the second; the ends belong to the time between."""
    spans = [
        ("2013-06-01", None),
        ("2012-06-01", "2013-01-01"),
        ("2014-06-01", "2014-06-01"),
        ("2012-06-01", "2012-12-31"),
    ]
    two = [graded("a", 5), graded("b", 5, on="2014-06-02")]
    assert rungs_of(*([*two, graded("x", 3, AGAINST, on, to=to)] for on, to in spans)) == [5, 5, 5, 6]


def test_an_allegation_between_does_not_break_rung_6() -> None:
    """Only adverse records of grade 3 or more do."""
    rows = [graded("a", 5), graded("b", 5, on="2014-06-02"), record("x", "UNION", AGAINST, SAID, on="2013-06-01")]
    assert scored(*rows).rung() == 6


def test_a_later_pair_of_tests_sustains_where_an_adverse_record_lies_before_them() -> None:
    """The nearest first verification is taken."""
    rows = [graded("a", 5, on="2012-02-01"), graded("x", 3, AGAINST, "2012-03-01"), graded("b", 5, on="2012-06-01"),
            graded("c", 5, on="2014-01-01")]  # fmt: skip
    result = scored(*rows)
    assert (result.rung(), result.rung_row()["first_id"]) == (6, "b")


# --- section 4: adverse records, cures, caps ---------------------------------------------------------------------


def test_a_standing_adverse_record_caps() -> None:
    """At most 3; from a direct verification only one rung down where the adverse record is of grade 3."""
    expected = {(1, 3): 2, (2, 3): 3, (3, 3): 3, (3, 5): 3, (4, 3): 3, (5, 3): 4, (5, 4): 3, (5, 5): 3}
    cases = [[graded("s", good), graded("x", bad, AGAINST, "2014-01-01")] for good, bad in expected]
    assert dict(zip(expected, rungs_of(*cases), strict=True)) == expected


def test_a_sustained_criterion_is_capped_like_a_verified_one() -> None:
    """One rung down at grade 3, at most 3 from grade 4."""
    two = [graded("a", 5), graded("b", 5, on="2014-06-01")]
    assert rungs_of(*([*two, graded("x", grade, AGAINST, "2014-07-01")] for grade in (3, 4, 5))) == [5, 3, 3]


@pytest.mark.parametrize("on", ["2012-06-01", "2013-01-01"])
def test_earlier_support_and_overlapping_spans_cure_nothing(on: str) -> None:
    """Later means that one begins after the other ended; spans that meet overlap."""
    rows = [graded("x", 4, AGAINST, on="2012-03-01", to="2013-01-01"), graded("s", 4, on=on, of="practice")]
    result = scored(*rows)
    assert (result.rung(), result.flags()) == (3, {"contested", "thin"})


def test_cure_a_later_support_of_at_least_the_grade() -> None:
    """A grade 4 cures a 3 and a 4, not a 5."""
    cases = ([graded("x", n, AGAINST), graded("s", 4, on="2014-01-01")] for n in (3, 4, 5))
    assert rungs_of(*cases) == [4, 4, 3]


def test_cure_b_the_origin_takes_its_word_back() -> None:
    """A weaker later record of the same origin cures, from grade 2 on, and no promise."""
    tested = record("x", "CITY", AGAINST, DATA, method=True)
    assert scored(tested, city("s")).rung() == 4
    assert scored(tested, graded("s", 3, on="2013-06-01")).rung() == 3
    assert "contested" in scored(tested, city("s", tense="promise")).flags()
    own = record("x", "AGENCY", AGAINST, SAID)
    assert scored(own, record("s", "AGENCY", basis=DATA, on="2013-06-01")).flags() == {"thin"}
    assert "contested" in scored(own, record("s", "AGENCY", basis=SAID, on="2013-06-01")).flags()


def test_cure_c_the_text_itself_for_policy_alone() -> None:
    """A later act that is a document of grade 2 cures any adverse record on a policy, and none on a practice."""
    text: Row = {"origin": "AGENCY", "tense": "act", "on": "2014-01-01"}
    assert scored(graded("x", 5, AGAINST, of="policy"), record("s", of="policy", **text)).rung("policy") == 4
    assert scored(graded("x", 5, AGAINST), record("s", **text)).flags() == {"contested", "thin"}
    seen = {**text, "tense": "observation"}
    assert scored(graded("x", 5, AGAINST, of="policy"), record("s", of="policy", **seen)).rung("policy") == 3


def test_a_pair_cures_by_its_grade() -> None:
    """Two later outside accounts answer a tested record against."""
    rows = [graded("x", 4, AGAINST, of="policy"), graded("a", 3, on="2013-02-01", of="policy"), city("b", of="policy")]
    assert scored(*rows).rung("policy") == 5


# --- section 4: withdrawn ---------------------------------------------------------------------------------------


def ended(name: str = "w", origin: str = "AGENCY", on: str = "2014-01-01", **given: Any) -> Row:
    marks = {"basis": DOC, "tense": "act", "of": "policy", **given}
    return record(name, origin, AGAINST, on=on, **marks)


@pytest.mark.parametrize("support", [2, 3, 4, 5])
def test_a_text_that_its_body_ended_is_withdrawn(support: int) -> None:
    """Held at 1 whatever had verified it, flags withdrawn and (for it had reached 4) reopened."""
    result = scored(graded("s", support, of="policy"), ended())
    assert (result.rung("policy"), result.flags("policy")) == (1, {"withdrawn", "reopened", "thin"})


@pytest.mark.parametrize("other", [{"tense": "observation"}, {"basis": SAID}, {"origin": "BOARD"}, {"of": "practice"}])
def test_only_the_body_s_own_act_and_document_withdraws_a_policy(other: Row) -> None:
    """Other adverse records cap at 3."""
    kind = other.get("of", "policy")
    result = scored(graded("s", 5, of=kind), ended(**other))
    assert (result.rung(kind), "withdrawn" in result.flags(kind)) == (3, False)


def test_only_a_later_record_withdraws() -> None:
    """The end of an earlier text says nothing of a later one that does not cure it: capped at 3."""
    result = scored(ended(on="2012-06-01"), graded("s", 3, of="policy"))
    assert (result.rung("policy"), result.flags("policy")) == (3, {"contested", "thin"})


def test_a_new_text_cures_a_withdrawal() -> None:
    """The rung is that of the new text, and no flag stays."""
    again = record("n", "AGENCY", basis=DOC, tense="act", on="2014-06-01", of="policy")
    result = scored(graded("s", 5, of="policy"), ended(), again)
    assert (result.rung("policy"), result.flags("policy")) == (4, set())


# --- section 4: stale and the flags -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "last"), [("policy", "2016-01-01"), ("practice", "2014-07-01"), ("result", "2014-01-01")]
)
def test_a_verification_keeps_for_its_shelf_life(kind: str, last: str) -> None:
    """36, 18 and 12 months from the end of the event; on the last day it is met, on the next it is stale."""
    assert scored(graded("s", 5, of=kind), as_of=last).flags(kind) == {"thin"}
    after = last[:-1] + "2"
    result = scored(graded("s", 5, of=kind), as_of=after)
    assert (result.rung(kind), result.flags(kind)) == (5, {"thin", "stale"})


def test_a_criterion_may_keep_longer_and_one_fresh_support_is_enough() -> None:
    """Shelf life of the criterion, counted from the end of a span; the freshest support at 5 decides."""
    world = Registry(criteria=[criterion("practice", shelf_life_months=24)])
    assert "stale" not in scored(graded("s", 5), registry=world, as_of="2015-01-01").flags()
    assert "stale" not in scored(graded("s", 5, to="2013-12-31"), as_of="2015-01-01").flags()
    assert "stale" not in scored(graded("s", 5), graded("t", 5, on="2013-11-01"), as_of="2015-01-01").flags()


def test_support_that_keeps_less_than_5_does_not_freshen() -> None:
    """A newer own record is no verification."""
    assert "stale" in scored(graded("s", 5), graded("t", 2, on="2014-12-01")).flags()


def test_a_closed_window_is_judged_on_its_last_day() -> None:
    """What was fresh when the programme ended does not go stale in the archive."""
    world = Registry(criteria=[criterion("practice", window_to="2013-12-31")])
    assert "stale" not in scored(graded("s", 5), registry=world, as_of="2020-01-01").flags()


def test_nothing_below_5_is_stale() -> None:
    """Shelf life is for verification."""
    assert "stale" not in scored(graded("s", 4, on="2012-02-01"), as_of="2020-01-01").flags()


def test_reopened_is_later_than_support_that_had_reached_4() -> None:
    """Else contested: earlier, overlapping, or against support that had not."""
    assert "reopened" in scored(graded("s", 3), graded("x", 3, AGAINST, "2014-01-01")).flags()
    assert "contested" in scored(graded("s", 2), graded("x", 3, AGAINST, "2014-01-01")).flags()
    assert "contested" in scored(graded("s", 4), graded("x", 5, AGAINST, "2012-06-01")).flags()


def test_each_standing_record_raises_its_own_flag() -> None:
    """One earlier and one later than the support give both flags."""
    rows = [graded("x", 5, AGAINST, "2012-06-01"), graded("s", 4), graded("y", 3, AGAINST, "2014-01-01")]
    assert scored(*rows).flags() == {"contested", "reopened", "thin"}


@pytest.mark.parametrize("weak", [{"tense": "promise"}, {"stance": "partly"}])
def test_a_record_that_holds_the_rung_down_raises_a_flag(weak: Row) -> None:
    """Every standing adverse record raises one: later support that bears less does not silence it."""
    rows = [graded("s", 5), graded("x", 3, AGAINST, "2013-06-01"), city("p", on="2014-01-01", **weak)]
    result = scored(*rows)
    assert (result.rung(), result.flags()) == (4, {"reopened"})


def test_two_supports_held_down_by_two_records_are_flagged() -> None:
    """Each record is cured by the support that the other one holds: no support is free, so the rung is not unopposed."""
    rows = [graded("x", 5, AGAINST, "2012-06-01"), graded("s", 5), graded("y", 4, AGAINST, "2013-09-01"),
            record("t", "COURT", on="2014-06-01")]  # fmt: skip
    result = scored(*rows)
    assert (result.rung(), result.flags() & {"reopened", "contested"} != set()) == (3, True)


def test_alleged_is_an_outsider_s_word_and_moves_nothing() -> None:
    """Adverse records of grade 1 or 2 from outside raise the flag and leave the rung."""
    result = scored(graded("s", 5, on="2014-06-01"), record("x", "UNION", AGAINST, SAID, on="2014-07-01"))
    assert (result.rung(), result.flags()) == (5, {"alleged", "thin"})


def test_thin_is_support_of_one_origin() -> None:
    """Two records of one origin are thin, two origins are not, nor is no support."""
    assert scored(graded("a", 2), graded("b", 1)).flags() == {"thin"}
    assert scored(graded("a", 2), graded("b", 3)).flags() == set()
    assert scored(graded("x", 3, AGAINST)).flags() == set()


def ruled(*evidence: Row, criteria: list[Row] | None = None, said: list[Row] | None = None, **how: Any) -> Scored:
    """One item with one required practice, unless other criteria are given."""
    given = how.pop("item", {})
    world = Registry(criteria=criteria or [criterion("practice")], recommendations=[item(**given)],
                     dispositions=said or [])  # fmt: skip
    return scored(*evidence, registry=world, **how)


def test_overdue_is_a_target_day_gone_by_without_verification() -> None:
    """On the day itself it is not; verified it is not; without a target it is not."""
    late: Row = {"item": {"target_on": "2014-12-31"}}
    fresh = graded("s", 5, on="2014-06-01")
    assert ruled(**late).item_flags() == {"overdue"}
    assert ruled(**late, as_of="2014-12-31").item_flags() == set()
    assert ruled(fresh, **late).item_flags() == {"thin"}
    assert ruled().item_flags() == set()


def said(disposition: str, on: str = "2014-01-01", by: str = "INSPECTOR") -> Row:
    return {"item_id": "R", "body_id": by, "stated_on": on, "disposition": disposition, "source_id": f"by {by}"}


@pytest.mark.parametrize(
    ("disposition", "best", "expected"),
    [("closed_implemented", 4, True), ("closed_implemented", 5, False), ("open", 5, True), ("partial", 5, True),
     ("open", 4, False), ("closed_not_implemented", 4, False), ("declined", 5, False)],
)  # fmt: skip
def test_issuer_differs(disposition: str, best: int, *, expected: bool) -> None:
    """Closed as implemented while a required criterion is under 5; open or partial while all are met."""
    result = ruled(graded("s", best, on="2014-06-01"), said=[said(disposition)])
    assert ("issuer_differs" in result.item_flags()) is expected


def test_only_the_issuer_s_latest_known_word_can_differ() -> None:
    """Another body's word, a later word, and a word not yet said do not count."""
    assert ruled(said=[said("closed_implemented", by="AGENCY")]).item_flags() == set()
    assert ruled(said=[said("closed_implemented"), said("open", "2014-02-01")]).item_flags() == set()
    assert ruled(said=[said("closed_implemented", "2015-01-02")]).item_flags() == set()


def test_an_item_without_required_criteria_does_not_differ_from_its_issuer() -> None:
    """Issuer differs needs a required criterion that is under 5."""
    only = [criterion("practice", required=False)]
    assert ruled(said=[said("closed_implemented")], criteria=only).item_flags() == set()


def test_an_incomplete_item_is_neither_verified_nor_in_place() -> None:
    """A criterion in quarantine could be the one that fails."""
    rows = [graded("s", 5, on="2014-06-01")]
    assert (ruled(*rows, incomplete=["R"]).status(), ruled(*rows).status()) == ("partly_verified", "verified")
    result = ruled(graded("s", 4, on="2014-06-01"), incomplete=["R"])
    assert (result.status(), "incomplete" in result.item_flags()) == ("under_way", True)


# --- section 4: claims ------------------------------------------------------------------------------------------


def claimed(*rows: Row) -> str:
    return scored(*({**row, "criterion_id": "claim"} for row in rows)).standing()


def test_a_claim_that_only_its_issuer_speaks_of_is_unexamined() -> None:
    """Nothing at all, and the issuer's own records alone."""
    assert claimed() == "unexamined"
    assert claimed(record("a", "COALITION", basis=DATA, method=True)) == "unexamined"


def test_a_claim_with_outside_evidence_on_both_sides_is_disputed() -> None:
    """Grade 3 or more for and against, whichever is later or better; a partly is for."""
    assert claimed(graded("a", 5), graded("x", 3, AGAINST, "2012-06-01")) == "disputed"
    assert claimed(graded("a", 3, "partly"), graded("x", 5, AGAINST)) == "disputed"
    assert claimed(graded("a", 5), record("x", "AGENCY", AGAINST, DATA)) == "established"


@pytest.mark.parametrize(
    "row", [graded("a", 5), record("a", "COURT", basis=SAID), record("a", "COURT", publisher="PAPER"),
            record("a", "AGENCY", basis=SAID), record("a", "MINISTRY")]
)  # fmt: skip
def test_a_claim_is_established_by_test_court_or_against_interest(row: Row) -> None:
    """One direct verification, one court, or one record against interest."""
    assert claimed(row) == "established"


def test_a_claim_is_corroborated_by_a_tested_record_or_two_origins() -> None:
    """One of grade 4, or two origins of grade 3."""
    assert claimed(graded("a", 4)) == "corroborated"
    assert claimed(graded("a", 3), city("b")) == "corroborated"
    assert claimed(city("a"), city("b", on="2014-01-01")) == "supported"


def test_a_claim_is_supported_by_one_outside_account() -> None:
    """One of grade 3; and at most by partly, whatever its grade or number."""
    assert claimed(graded("a", 3)) == "supported"
    assert claimed(graded("a", 5, "partly"), record("b", "AGENCY", "partly"), graded("c", 4, "partly")) == "supported"
    assert claimed(graded("a", 3), city("b", "partly")) == "supported"


def test_a_claim_with_only_outside_evidence_against_is_not_borne_out() -> None:
    """Also where the issuer and other weak voices say that it is so."""
    assert (
        claimed(graded("x", 3, AGAINST), record("a", "COALITION"), record("b", "UNION", basis=SAID)) == "not_borne_out"
    )


def test_a_claim_with_words_only_is_alleged() -> None:
    """Somebody else spoke, but nobody bears more than an assertion."""
    assert claimed(record("a", "UNION", basis=SAID)) == "alleged"
    assert claimed(record("a", "AGENCY", AGAINST, DATA)) == "alleged"


def test_claims_enter_neither_status_nor_progress() -> None:
    """An established claim leaves the concern unknown and out of the count, also where it is marked required."""
    row = scored(graded("a", 5, of="claim")).item("C")
    assert (row["status"], row["required"], row["met_high"]) == ("unknown", 0, 0)


# --- section 5: the claimed reading -----------------------------------------------------------------------------


def reading(*rows: Row, kind: str = "practice") -> tuple[int, int]:
    result = scored(*({**row, "criterion_id": kind} for row in rows))
    return result.rung(kind), result.rung(kind, "claimed")


def test_the_claimed_reading_takes_the_body_at_its_word() -> None:
    """Acts and observations in support count as grade 5 whatever their basis; partly still stops at 3."""
    assert reading(record("a", "AGENCY", basis=SAID)) == (2, 5)
    assert reading(record("a", "MINISTRY")) == (3, 5)
    assert reading(record("a", "AGENCY", "partly", SAID)) == (2, 3)


def test_the_claimed_reading_takes_promises_and_outsiders_as_before() -> None:
    """A promise is still a promise; others' support counts as it is."""
    assert reading(record("a", "AGENCY", tense="promise")) == (2, 2)
    assert reading(graded("a", 3)) == (4, 4)
    assert reading(record("a", "OTHER", basis=SAID)) == (2, 2)


def test_in_the_claimed_reading_outsiders_stand_against_it_only_at_grade_5() -> None:
    """Its own adverse records always do."""
    said_so = record("a", "AGENCY", basis=SAID)
    assert [reading(said_so, graded("x", n, AGAINST, "2014-01-01"))[1] for n in (3, 4, 5)] == [5, 5, 3]
    assert reading(said_so, record("x", "AGENCY", AGAINST, SAID, on="2014-01-01"))[1] == 3
    assert reading(said_so, record("x", "AGENCY", AGAINST, DOC, "act", "2014-01-01"), kind="policy") == (1, 1)


def test_in_the_claimed_reading_two_claims_a_year_apart_are_sustained() -> None:
    """Counting as grade 5 they count for rung 6, and an outsider of grade 4 between does not break it."""
    rows = [record("a", "AGENCY", basis=SAID), record("b", "AGENCY", basis=SAID, on="2014-06-01")]
    assert reading(*rows, graded("x", 4, AGAINST, "2013-06-01"))[1] == 6
    assert reading(*rows, graded("x", 5, AGAINST, "2013-06-01"))[1] == 5


def test_an_adverse_record_alone_makes_no_action_in_both_readings() -> None:
    """The floor of 1 holds wherever the record exists."""
    assert reading(graded("x", 3, AGAINST)) == (1, 1)


# --- section 6: item status and progress -------------------------------------------------------------------------

#: Fresh records that put a practice on a rung.
RUNG: dict[int, list[Row]] = {
    0: [], 1: [graded("", 3, AGAINST, "2014-06-01")], 2: [graded("", 1, on="2014-06-01")],
    3: [graded("", 2, on="2014-06-01")], 4: [graded("", 4, on="2014-06-01")], 5: [graded("", 5, on="2014-06-01")],
}  # fmt: skip


def ranked(*rungs: int, extra: tuple[Row, ...] = ()) -> Scored:
    """An item with one required practice on each of these rungs."""
    criteria = [criterion(f"p{n}", "practice") for n in range(len(rungs))]
    rows = [
        {**row, "evidence_id": f"e{n}", "criterion_id": f"p{n}"} for n, rung in enumerate(rungs) for row in RUNG[rung]
    ]
    return ruled(*rows, *extra, criteria=criteria)


STATUSES = (
    [((5, 5), "verified"), ((5, 4), "in_place"), ((4, 4), "in_place"), ((5, 3), "partly_verified"),
     ((5, 0), "partly_verified"), ((4, 3), "under_way"), ((3, 3), "under_way"), ((4, 0), "under_way"), ((3, 1), "under_way"), ((2, 2), "announced"),
     ((2, 0), "announced"), ((2, 1), "announced"), ((1, 1), "no_action"), ((1, 0), "no_action"), ((0, 0), "unknown")]
)  # fmt: skip


@pytest.fixture(scope="module")
def of_two_rungs() -> Scored:
    """Items by the rungs of their two required practices, such as `5-4`, scored at once."""
    asks = [(f"{one}-{two}", place, rung) for (one, two), _ in STATUSES for place, rung in enumerate((one, two))]
    rows = [{**row, "evidence_id": f"{name}/{place}", "criterion_id": f"{name}.{place}"}
            for name, place, rung in asks for row in RUNG[rung]]  # fmt: skip
    criteria = [criterion(f"{name}.{place}", "practice", item_id=name) for name, place, _ in asks]
    items = [item(name) for name in dict.fromkeys(name for name, _, _ in asks)]
    return scored(*rows, registry=Registry(criteria=criteria, recommendations=items))


@pytest.mark.parametrize(("rungs", "status"), STATUSES)
def test_the_status_of_an_item(of_two_rungs: Scored, rungs: tuple[int, int], status: str) -> None:
    """From the required criteria, the first that applies."""
    name = "-".join(str(rung) for rung in rungs)
    assert [of_two_rungs.rung(f"{name}.{place}") for place in (0, 1)] == list(rungs)
    assert of_two_rungs.status(name) == status


def test_the_weakest_and_the_strongest_rung_are_kept_beside_the_status() -> None:
    """An item is as strong as its weakest required criterion; the strongest is printed beside it."""
    result = ranked(5, 4)
    assert (result.item()["weakest"], result.item()["strongest"]) == (4, 5)


def test_a_refuted_item_is_not_in_place() -> None:
    """A criterion at 4 by one rung down from 5 is reopened, and so the item is under way."""
    against = graded("x", 3, AGAINST, "2014-07-01", of="p0")
    result = ranked(5, 4, extra=(against,))
    assert (result.rungs(), result.status()) == ({"p0": 4, "p1": 4}, "under_way")


def test_only_required_criteria_make_the_status() -> None:
    """What was not asked in so many words is shown and does not count."""
    criteria = [criterion("practice"), criterion("policy", required=False)]
    result = ruled(graded("a", 5, on="2014-06-01"), criteria=criteria)
    assert (result.status(), result.item()["required"]) == ("verified", 1)


def test_an_item_without_required_criteria_is_unknown() -> None:
    """Nothing asked in words, nothing met."""
    result = ruled(graded("a", 5, on="2014-06-01"), criteria=[criterion("practice", required=False)])
    assert (result.status(), result.item()["met_low"], result.item()["met_high"]) == ("unknown", 0, 0)


def test_a_stale_item_is_not_verified() -> None:
    """Stale is not met; it stays in place and its weakest rung prints as 4."""
    result = ruled(graded("a", 5))
    assert (result.status(), result.item()["weakest_fresh"], result.item()["weakest"]) == ("in_place", 4, 5)


def test_dispositions_never_take_the_place_of_a_status() -> None:
    """A closing by the issuer counts only where a record of it is entered too."""
    assert ruled(said=[said("closed_implemented")]).status() == "unknown"


def band(*rungs: int, extra: tuple[Row, ...] = ()) -> tuple[int, int, int]:
    row = ranked(*rungs, extra=extra).item()
    return row["met_low"], row["met_high"], row["required"]


def test_the_progress_band() -> None:
    """Low: met. High: also unknown, stale, or met but for a standing record; never what is known and lower."""
    assert band(5, 4, 3, 2, 1, 0) == (1, 2, 6)
    assert band(5, 5, extra=(graded("x", 5, AGAINST, "2014-07-01", of="p0"),)) == (1, 2, 2)
    assert band(4, 5, extra=(graded("x", 5, AGAINST, "2014-07-01", of="p0"),)) == (1, 1, 2)
    assert band(0, 5, extra=(graded("old", 5, of="p0"),)) == (1, 2, 2)


def test_the_band_counts_what_would_be_met_but_for_the_record_that_holds_it() -> None:
    """A later promise changes neither the record that holds the rung nor what would be met without it."""
    extra = (graded("x", 3, AGAINST, "2014-07-01", of="p0"), city("p", on="2014-08-01", tense="promise", of="p0"))
    assert band(5, extra=extra) == (0, 1, 1)


# --- section 8: what would move it, and why it stands there ------------------------------------------------------


@pytest.mark.parametrize(
    ("grade_now", "up", "down"),
    [(0, ("raise-1", 1, 2), None), (1, ("raise-2", 2, 3), None), (2, ("raise-3", 3, 4), None),
     (3, ("raise-4", 4, 5), ("lower-3", 3, 3)), (4, ("raise-4", 4, 5), ("lower-3", 3, 3)), (5, None, ("lower-3", 3, 4))],
)  # fmt: skip
def test_the_least_record_that_moves_a_practice(
    grade_now: int, up: tuple[str, int, int] | None, down: tuple[str, int, int] | None
) -> None:
    """What would close this, and what would open it again: the lowest grade that does."""
    rows = [graded("s", grade_now, on="2014-06-01", origin="CITY")] if grade_now == 4 else []
    rows = rows or ([graded("s", grade_now, on="2014-06-01")] if grade_now else [])
    result = scored(*rows, moving=True)
    expected = {3: ("raise-5", 5, 5)}.get(grade_now, up)
    assert (result.move("raise"), result.move("lower")) == (expected, down)


def test_a_policy_is_lowered_by_its_own_withdrawal() -> None:
    """Where the text is all there is, an outsider's account already lowers it; at rung 2 only its ending does."""
    assert scored(graded("s", 2, of="policy"), moving=True).move("lower", "policy") == ("lower-3", 3, 3)
    assert scored(graded("s", 1, of="policy"), moving=True).move("lower", "policy") == ("withdraw", 4, 1)


def test_no_record_moves_what_was_not_yet_asked() -> None:
    """Before the window opens every record is baseline."""
    result = scored(as_of="2011-06-01", moving=True)
    assert (result.move("raise"), result.move("lower")) == (None, None)


def test_the_binding_record_explains_the_rung() -> None:
    """Where nothing stands against it, the record that binds reaches by itself the rung that is printed."""
    text = record("t", "AGENCY", basis=DOC, tense="act", on="2014-01-01", of="policy")
    result = scored(graded("s", 5, of="policy"), graded("x", 3, AGAINST, "2013-06-01", of="policy"), text)
    row = result.rung_row("policy")
    assert (row["rung"], result.flags("policy")) == (4, set())
    assert (row["evidence_id"], row["bound_from"]) == ("t", 4)


# --- section 10: the worked example, and another field -----------------------------------------------------------

REFORM = [record(f"a-{kind}", "AGENCY", basis=SAID, tense="promise", on="2012-02-01", of=kind)
          for kind in ("policy", "practice")]  # fmt: skip
DIRECTIVE = [record(f"b-{kind}", "AGENCY", basis=DOC, tense="act", on="2012-04-01", of=kind)
             for kind in ("policy", "practice")]  # fmt: skip
CLOSING = [record("c", "INSPECTOR", basis=SAID, on="2012-09-01")]
TESTED = [record(f"d-{kind}", "INSPECTOR", basis=SEEN, on="2013-01-15", method=True, of=kind)
          for kind in ("policy", "practice")]  # fmt: skip
RULING = [record("e", "COURT", AGAINST, on="2014-01-20")]
RELEASE = [record("f", "AGENCY", basis=SAID, tense="act", on="2014-03-01")]


@pytest.mark.parametrize(
    ("as_of", "rungs", "status", "flags"),
    [
        ("2012-02-01", (2, 2), "announced", {"thin"}),
        ("2012-04-01", (4, 3), "under_way", {"thin"}),
        ("2012-09-01", (4, 4), "in_place", {"thin", "issuer_differs"}),
        ("2013-01-15", (5, 5), "verified", set()),
        ("2014-01-20", (5, 3), "partly_verified", {"reopened", "issuer_differs"}),
        ("2014-03-01", (5, 3), "partly_verified", {"reopened", "issuer_differs"}),
    ],
)
def test_the_worked_example(as_of: str, rungs: tuple[int, int], status: str, flags: set[str]) -> None:
    """Section 10, step by step, by moving the as-of day over one record of the whole story."""
    story = [*REFORM, *DIRECTIVE, *CLOSING, *TESTED, *RULING, *RELEASE]
    criteria = [criterion("policy"), criterion("practice")]
    result = ruled(*story, criteria=criteria, said=[said("closed_implemented", "2012-09-01")], as_of=as_of)
    assert (result.rung("policy"), result.rung("practice")) == rungs
    assert (result.status(), result.item_flags()) == (status, flags)


def test_the_worked_example_had_the_court_not_spoken() -> None:
    """Twenty months after the test the policy still stands and the practice is stale."""
    criteria = [criterion("policy"), criterion("practice")]
    result = ruled(*REFORM, *DIRECTIVE, *CLOSING, *TESTED, criteria=criteria, as_of="2014-09-15")
    assert (result.flags("policy"), result.flags("practice")) == (set(), {"stale"})
    assert result.status() == "in_place"


def test_another_field_runs_on_the_same_engine() -> None:
    """Dam safety: other bodies, items, days and words; nothing in the engine knows the first field."""
    bodies = [body("WATER-BOARD", "agency"), body("DAM-UNIT", "agency", "WATER-BOARD"),
              body("SAFETY-PANEL", "oversight_body"), body("VALLEY-TOWN", "local_government"),
              body("ENGINEERS", "researcher"), body("RIVER-FRIENDS", "advocate")]  # fmt: skip
    items = [item("DAM/1", issuer_id="SAFETY-PANEL", accountable_id="DAM-UNIT", issued_on="2018-03-01"),
             item("LETTER/1", kind="concern", issuer_id="RIVER-FRIENDS", accountable_id="DAM-UNIT",
                  issued_on="2019-01-01")]  # fmt: skip
    criteria = [criterion("DAM/1.plan", "policy", item_id="DAM/1"), criterion("DAM/1.drill", "practice", item_id="DAM/1"),
                criterion("LETTER/1.leak", "claim", item_id="LETTER/1")]  # fmt: skip
    evidence = [
        record("plan", "DAM-UNIT", tense="act", on="2018-09-01", of="DAM/1.plan"),
        record("drill", "VALLEY-TOWN", basis=SEEN, method=True, on="2019-05-01", of="DAM/1.drill"),
        record("drill-2", "ENGINEERS", basis=DATA, method=True, on="2019-06-01", of="DAM/1.drill"),
        record("leak", "WATER-BOARD", basis=DATA, on="2018-12-01", of="LETTER/1.leak"),
        record("old", "ENGINEERS", AGAINST, DATA, on="2017-01-01", method=True, of="DAM/1.drill"),
    ]
    result = scored(*evidence, registry=Registry(criteria=criteria, recommendations=items, bodies=bodies),
                    as_of="2019-12-31", programme_from="2016-01-01")  # fmt: skip
    assert result.rungs() == {"DAM/1.plan": 4, "DAM/1.drill": 5}
    assert (result.status("DAM/1"), result.standing("LETTER/1.leak")) == ("in_place", "established")
    assert result.disposition("old") == ("baseline", "before_window")


def test_the_standard_registry_is_what_the_tests_say_it_is() -> None:
    """A guard for the tests themselves: three criteria of R, one claim of C."""
    assert [(row["criterion_id"], row["item_id"]) for row in CRITERIA] == [
        ("policy", "R"), ("practice", "R"), ("result", "R"), ("claim", "C")]  # fmt: skip
    assert [row["item_id"] for row in ITEMS] == ["R", "C"]
