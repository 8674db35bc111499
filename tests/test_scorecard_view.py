"""The view model says in words and numbers what the results say, and nothing else."""

import csv
import itertools
from datetime import date

import pytest

from scaudit.errors import UsageError
from scaudit.scorecard.annex import groups, held
from scaudit.scorecard.beside import beside
from scaudit.scorecard.build import item_card
from scaudit.scorecard.card_json import card_json
from scaudit.scorecard.edition import imprint
from scaudit.scorecard.glance import glance
from scaudit.scorecard.moves import changes, closing
from scaudit.scorecard.overview import overview_card
from scaudit.scorecard.reasons import unknown
from scaudit.scorecard.timeline import timeline
from scaudit.scorecard.wording import clip, printed_date, rung_word, when
from scaudit.slug import slug
from scorecard_factory import ROOT, WORDS, SomeSettings, record, some_results

RESULTS = some_results()


def _rung_word(
    rung: int, reading: str = "verified", kind: str = "policy", closed: bool = False, stale: bool = False, flags=()
) -> str:
    state = {"rung": rung, "reading": reading, "stale": stale, "flags": list(flags)}
    return rung_word(WORDS, state, {"kind": kind, "closed": closed})  # type: ignore[typeddict-item]


def test_claimed_five_and_six_are_said_to_be_done():
    """A body's word is never printed as verified."""
    assert _rung_word(5, "claimed") == _rung_word(6, "claimed") == "Said to be done"


@pytest.mark.parametrize("rung", [5, 6])
def test_what_is_too_old_to_count_says_so_in_both_readings(rung):
    """A word that a tile does not count is not printed as if it counted."""
    assert _rung_word(rung, stale=True) == "Verified, too long ago to count"
    assert _rung_word(rung, "claimed", stale=True) == "Said to be done, too long ago to count"


def test_a_stale_word_agrees_in_table_gap_and_overview():
    """Said to be done too long ago is no claim gap where the evidence stands on 4, and no ask said to be done."""
    rungs = [{**row, "stale": row["stale"] or row["criterion_id"] == "SYN-1/R1.b"} for row in RESULTS.rungs]
    row = next(row for row in glance(some_results(rungs=rungs), "SYN-1/R1").steps if row.short == "R1.b")
    assert (row.verified, row.claimed, row.said, row.gap) == (4, 5, 4, 0)
    assert row.claimed_words == "Said to be done, too long ago to count"
    assert glance(some_results(rungs=rungs), "SYN-1/R1").gap.endswith("On 1 ask more was said, too long ago to count.")
    bars = {bar.rung: bar.claimed for bar in overview_card(some_results(rungs=rungs)).bars}
    assert bars[5] == {bar.rung: bar.claimed for bar in overview_card(RESULTS).bars}[5] - 1


def test_nothing_found_is_said_unless_words_against_it_were():
    """Rung 0 reads as the record does."""
    assert _rung_word(0) == "Unknown: nothing found"
    assert _rung_word(0, flags=["alleged"]) == "Unknown"


def test_three_in_a_closed_window_is_partly_done():
    """What can no longer go on is not called under way."""
    assert _rung_word(3, closed=True) == "Partly done"


def test_one_of_a_result_is_no_effect_shown():
    """A result is not an action."""
    assert _rung_word(1, kind="result") == "No effect shown"


@pytest.mark.parametrize("status", WORDS["status_concern"])
def test_a_concern_is_answered_and_never_not_implemented(status):
    """Nobody agreed to a concern, so it cannot fail to be implemented."""
    for reading in ("status_concern", "status_concern_claimed"):
        assert WORDS[reading][status].startswith("Answered: ")


def test_the_progress_band_has_both_ends():
    """The open part is neither met nor unmet, and never reads as met."""
    band = glance(RESULTS, "SYN-1/R1").band
    assert (band.words, band.open) == ("1 of 5 required asks met", "2 more open")


def test_the_gap_names_the_widest_ask():
    """The claim gap is the first thing a reader should see."""
    assert "on 4 of 6 asks. Widest on R1.d: said to be done" in glance(RESULTS, "SYN-1/R1").gap


def test_every_record_of_an_item_is_in_its_annex():
    """No record disappears; one that is printed with another is named beside it."""
    found = [
        key for group in groups(RESULTS, "SYN-1/R1") for row in group.entries for key in (row.evidence_id, *row.also)
    ]
    assert sorted(found) == sorted(row["evidence_id"] for row in RESULTS.item_records("SYN-1/R1"))


def test_one_finding_is_cited_in_full_only_once():
    """The same fact under two asks keeps one number."""
    same = {"source_id": "PRESS", "locator": "page 1", "finding": "One fact."}
    rows = [{**row, **same} if row["evidence_id"] in ("S001", "S005") else row for row in RESULTS.records]
    first, second = (reason.support[0] for reason in item_card(some_results(records=rows), "SYN-1/R1").reasons[:2])
    assert (first.number, first.again) == (1, False)
    assert (second.number, second.again) == (1, True)


def test_quarantine_rows_are_rows_not_faults():
    """Two faults of one row are one line."""
    assert [len(row.faults) for row in held(RESULTS)] == [2, 1]


def test_quarantine_of_another_item_is_left_out():
    """`SYN-1/R1` is not named by `SYN-1/R10`."""
    fault = {**RESULTS.quarantine[0], "value": "SYN-1/R10", "reason": "there is no SYN-1/R10.a"}
    assert held(some_results(quarantine=[fault]), "SYN-1/R1") == ()


def test_marks_of_one_grade_never_lie_on_each_other():
    """Forty records of one day stay apart as long as the line has room."""
    rows = [record(number, "SYN-1/R1.a", grade=3, stance="supports", event_from=date(2015, 1, 1), event_to=date(2015, 1, 1))
            for number in range(40)]  # fmt: skip
    drawn = timeline(some_results(records=rows), "SYN-1/R1", {})
    assert drawn is not None
    assert len({(mark.x, mark.y) for mark in drawn.marks}) == 40


@pytest.mark.parametrize("days", [(1, 4), (1, 2, 3, 30), (1, 1)])
def test_letters_of_close_reference_days_stand_apart_and_in_order(days):
    """Letters of two days of one week would touch; their lines stay on their days."""
    named = [{"day_id": str(day), "day": date(2015, 1, day), "label": "x"} for day in days]
    drawn = timeline(some_results(reading_days=named), "SYN-1/R1", {})
    assert drawn is not None
    assert all(right.at - left.at >= 9 - 0.02 for left, right in itertools.pairwise(drawn.days))
    assert [day.letter for day in drawn.days] == sorted(day.letter for day in drawn.days)
    assert all(abs(day.at - day.x) < 20 for day in drawn.days)


def test_a_letter_at_the_end_stays_inside_the_picture():
    """Days at the right edge push their letters to the left."""
    named = [{"day_id": str(day), "day": date(2030, 1, day), "label": "x"} for day in range(1, 9)]
    drawn = timeline(some_results(reading_days=named), "SYN-1/R1", {})
    assert drawn is not None
    assert max(day.at for day in drawn.days) <= drawn.width - 4


def test_the_words_of_closing_name_the_grades_of_the_ladder():
    """What is said to close an ask is the least grade that the ruleset's ladder takes to rung 5."""
    with (ROOT / "src/scaudit/ruleset/ladder-1/ladder.csv").open() as file:
        rows = [(row["kind"], int(row["grade"])) for row in csv.DictReader(file) if int(row["rung"]) >= 5]
    least = {kind: min(grade for each, grade in rows if each == kind) for kind, _ in rows}
    assert WORDS["closing_grade"] == least
    assert [kind for kind in least if "tested record" in WORDS["closing"][kind]] == ["policy"]
    assert all("direct verification" in WORDS["closing"][kind] for kind in least)


def test_what_closes_is_said_for_the_kinds_of_the_item_only():
    """Kinds with the same answer share it."""
    said = closing(RESULTS, "SYN-1/R1")
    assert said.startswith("for a text, a tested record")
    assert "; for a practice or an effect, direct verification" in said


def test_a_move_names_the_rung_that_it_leads_to():
    """A statement that raises an ask to 2 does not close it, and the cell says so."""
    moves = [{"criterion_id": "SYN-1/R1.c", "grade": 1, "to": 2, "words": "a statement by the Bureau that it is done"}]
    change = next(row for row in changes(some_results(raises=moves), "SYN-1/R1") if row.raised)
    assert (change.asks, change.raised_to) == (("R1.c",), "to 2 Announced")
    assert change.raised == "A statement by the Bureau that it is done."


def test_what_is_stale_needs_the_same_again():
    """No record raises it, but a fresh one would make it count."""
    change = next(row for row in changes(RESULTS, "SYN-1/R1") if "R1.e-result" in row.asks)
    assert (change.raised_to, change.raised) == ("to count again", "A new record of the kind that closes it.")


def test_an_unknown_ask_says_what_was_not_found_and_what_was_set_aside():
    """The words follow the kind of ask, and the number of records set aside is there."""
    rows = [record(number, "SYN-1/R1.e-practice", disposition="context") for number in (1, 2)]
    gap = unknown(some_results(records=rows), "SYN-1/R1")[0]
    assert (gap.found, gap.aside) == ("No sign of it was found in the record.", "set aside: 2 records as context")
    assert unknown(some_results(records=[]), "SYN-1/R1")[0].aside == "no record set aside"
    assert unknown(some_results(records=[]), "PLEA/II")[0].found == "No such document was found in the record."


def test_words_against_an_unknown_ask_are_not_called_nothing():
    """Counted words against it move no rung, and they are no silence."""
    rows = [record(1, "SYN-1/R1.e-practice", disposition="counted", stance="contradicts", grade=1)]
    assert unknown(some_results(records=rows), "SYN-1/R1")[0].found.startswith("Only words against it")


def _asked_later():
    items = [{**row, "not_yet_asked": True} for row in RESULTS.items]
    return some_results(items=items)


def test_what_was_not_yet_asked_is_not_called_unknown():
    """On a day before it was asked an item has no status, in the tile, in the table and in the JSON."""
    later = _asked_later()
    assert glance(later, "SYN-1/R1").verified == glance(later, "SYN-1/R1").claimed == "Not yet asked on this day"
    assert {line.verified for line in overview_card(later).lines} == {"Not yet asked on this day"}
    assert overview_card(later).not_yet == "9 of 9 items had not been asked"
    assert card_json(later, "PLEA/II")["status_words"]["verified"] == "Not yet asked on this day"


def test_what_can_no_longer_go_on_is_not_called_under_way():
    """An item whose windows have all closed is partly done, like its asks."""
    closed = some_results(criteria=[{**row, "closed": True} for row in RESULTS.criteria])
    assert glance(closed, "SYN-1/R1").verified == "Partly done"
    assert glance(closed, "PLEA/II").verified == "Answered: partly done"


def test_an_ask_of_another_body_names_it():
    """The body of the card does not answer for what was asked of somebody else."""
    rows = [
        {**row, "accountable": ["INSPECTOR"]} if row["criterion_id"] == "PLEA/II.e" else row for row in RESULTS.criteria
    ]
    results = some_results(criteria=rows)
    named = {step.short: step.of for step in glance(results, "PLEA/II").steps if step.of}
    assert named == {"II.e": "Inspector of Public Health Spending (invented)"}
    assert item_card(results, "PLEA/II").asked.others == "Inspector of Public Health Spending (invented)"


def test_a_statement_of_a_later_day_is_left_out_and_counted():
    """On the card of a day nobody speaks who had not spoken yet."""
    early = some_results(run={**RESULTS.run, "as_of": date(2016, 1, 1)})
    assert [len(beside(each, "SYN-1/R1").own) for each in (RESULTS, early)] == [2, 1]
    assert beside(early, "SYN-1/R1").later == 1


@pytest.mark.parametrize(
    ("contact", "printed"),
    [
        ("audit@example.org", "audit@example.org."),
        ("Write to us.", "Write to us."),
        ('see "Dispute"', 'see "Dispute".'),
    ],
)
def test_a_contact_is_a_sentence_of_its_own(contact, printed):
    """Whether it is an address, a phrase or a sentence."""
    assert imprint(SomeSettings(contact=contact)).contact == printed


def test_an_item_without_dated_records_has_no_timeline():
    """An empty picture would say that nothing happened."""
    assert timeline(some_results(records=[]), "SYN-1/R1", {}) is None


def test_an_unknown_item_is_the_users_mistake():
    """The sentence names the item."""
    with pytest.raises(UsageError, match="NONE"):
        item_card(RESULTS, "NONE")


def test_the_order_of_rows_changes_nothing():
    """Tables of a run carry no meaning in their order."""
    turned = some_results(
        **{
            name: tuple(reversed(getattr(RESULTS, name)))
            for name in (
                *("items", "criteria", "records", "rungs", "quarantine", "points", "viewpoints", "seen", "choices"),
                *("shifts", "status_shifts", "left_out", "contradictions", "conflicts"),
            )
        }
    )
    assert item_card(turned, "PLEA/II") == item_card(RESULTS, "PLEA/II")
    assert overview_card(turned) == overview_card(RESULTS)


@pytest.mark.parametrize(
    ("text", "words"),
    [("2012", "2012"), ("2012-03", "March 2012"), ("2012-03-07", "7 March 2012"), ("2012-19", "2012-19")],
)
def test_partial_dates_are_printed_as_given(text, words):
    """A month is not made into a day."""
    assert printed_date(text) == words


def test_a_span_is_printed_with_both_ends():
    """The period of a study is seen."""
    assert when(record(1, "x", event_from_text="2011", event_to_text="2013-02")) == "2011 to February 2013"  # type: ignore[arg-type]


def test_clipping_ends_between_words():
    """No word is cut."""
    assert clip("one two three", 10) == "one two …"


@pytest.mark.parametrize(
    ("one", "other"),
    [("A/B", "A_B"), ("A_/B", "A/_B"), ("a~5f.", "a_"), ("A~uB", "A_B"), ("x.y", "x~2e.y"), (".a", "~2e.a")],
)
def test_slugs_of_two_ids_differ(one, other):
    """One file never stands for two ids."""
    assert slug(one) != slug(other)


@pytest.mark.parametrize("hostile", ["../../etc/passwd", "..", "/", "\\", "a\0b", "C:x", ".hidden"])
def test_a_slug_never_leaves_its_folder(hostile, tmp_path):
    """Whatever the id, the file lies in the folder."""
    assert (tmp_path / slug(hostile)).resolve().parent == tmp_path.resolve()
    assert not slug(hostile).startswith(".")


def test_slug_of_a_usual_id():
    """Readable names for usual ids."""
    assert slug("OIG-12-66/R1") == "OIG-12-66_R1"
