"""The view model says in words and numbers what the results say, and nothing else."""

from datetime import date

import pytest

from scaudit.errors import UsageError
from scaudit.scorecard.annex import groups, held
from scaudit.scorecard.build import item_card
from scaudit.scorecard.glance import glance
from scaudit.scorecard.overview import overview_card
from scaudit.scorecard.timeline import timeline
from scaudit.scorecard.wording import clip, printed_date, rung_word, when
from scaudit.slug import slug
from scorecard_factory import WORDS, record, some_results

RESULTS = some_results()


def _rung_word(rung: int, reading: str = "verified", kind: str = "policy", closed: bool = False) -> str:
    return rung_word(WORDS, {"rung": rung, "reading": reading}, {"kind": kind, "closed": closed})  # type: ignore[typeddict-item]


def test_claimed_five_and_six_are_said_to_be_done():
    """A body's word is never printed as verified."""
    assert _rung_word(5, "claimed") == _rung_word(6, "claimed") == "Said to be done"


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
    """The open part is neither met nor unmet."""
    assert glance(RESULTS, "SYN-1/R1").band.words == "1 to 3 of 5 required asks met"


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


def test_close_reference_days_have_their_letters_one_below_another():
    """Letters of two days of one week would touch."""
    days = [{"day_id": str(day), "day": date(2015, 1, day), "label": "x"} for day in (1, 4)]
    drawn = timeline(some_results(reading_days=days), "SYN-1/R1", {})
    assert drawn is not None
    assert [day.y for day in drawn.days if day.x > 150][-2:] != [9.0, 9.0]


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
            for name in ("items", "criteria", "records", "rungs", "quarantine")
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
