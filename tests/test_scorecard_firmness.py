"""How firm a status is: what the card says of choices tried otherwise and of records left out."""

import html

from scaudit.scorecard.build import item_card
from scaudit.scorecard.edition import imprint
from scaudit.scorecard.firmness import firmness
from scaudit.scorecard.html import Pages
from scorecard_factory import TEMPLATES, SomeSettings, some_results
from second_look_factory import left_out, shift

RESULTS = some_results()
PAGES = Pages(TEMPLATES)


def _page(results, item_id="SYN-1/R1"):
    return PAGES.item(item_card(results, item_id), imprint(SomeSettings(), item_id))


def _said(**changes) -> tuple[str, ...]:
    return firmness(some_results(**changes), "SYN-1/R1", {}).said


def test_a_choice_that_changes_the_status_is_told_with_the_status_then():
    """In words a reader can weigh, and how many more only move an ask."""
    assert _said()[0] == (
        "1 of 5 choices of the method, each tried otherwise alone, changes this status: with a shelf life of 24 months "
        "for texts instead of 36 it would be announced only; 2 more move an ask."
    )


def test_that_no_choice_changes_the_status_is_said_too():
    """With how many were tried, and how many move an ask."""
    assert _said(status_shifts=()) == (
        "None of 5 choices of the method, each tried otherwise alone, changes this status; 3 move an ask.",
        _said()[1],
    )
    assert _said(status_shifts=(), shifts=())[0].endswith("changes this status, and none moves an ask.")
    assert _said(status_shifts=(), shifts=[shift("shelf-none", "SYN-1/R1.a", (5, False), (6, False))])[0].endswith(
        "; 1 moves an ask."
    )


def test_the_status_then_of_a_concern_says_answered():
    """No status of a concern is printed bare."""
    shifts = [{"scenario": "pairs-none", "item_id": "PLEA/II", "status": "under_way", "status_then": "no_action"}]
    assert (
        "it would be answered: no action shown." in firmness(some_results(status_shifts=shifts), "PLEA/II", {}).said[0]
    )


def test_the_record_on_which_most_hangs_is_named():
    """A required ask before another one, then the furthest fall; one that would rise is no support."""
    rows = [
        left_out("S017", "SYN-1/R1.e-result", 5, 0),
        left_out("S005", "SYN-1/R1.b", 4, 2),
        left_out("S010", "SYN-1/R1.c", 3, 5),
    ]
    assert _said(left_out=rows)[1] == (
        "2 of 6 asks hang on a single record: without S005, R1.b would stand at 2 announced instead of 4."
    )
    assert _said(left_out=rows[2:])[1] == "None of 6 asks would stand lower without any single record."


def test_a_fall_to_nothing_is_not_said_to_have_nothing_found():
    """What else is on record is not looked at here."""
    assert "at 0 unknown instead of 4" in _said(left_out=[left_out("S005", "SYN-1/R1.b", 4, 0)])[1]


def test_to_be_too_old_to_count_is_a_fall():
    """The rung stays, and it does not count any more."""
    row = {**left_out("S001", "SYN-1/R1.a", 5, 5), "stale_then": True}
    assert _said(left_out=[row])[1] == (
        "1 of 6 asks hangs on a single record: without S001, R1.a would stand at 5 verified, too long ago to count instead of 5."
    )


def test_all_choices_are_in_the_annex_moving_or_not():
    """Those that change the status first; each ask with the rung then; the idle ones by their words."""
    found = firmness(RESULTS, "SYN-1/R1", {"S005": 3})
    assert [row.words for row in found.moving] == [
        "with a shelf life of 24 months for texts instead of 36",
        "if records of agencies weighed one grade less",
        "with no shelf life at all",
    ]
    assert [row.asks for row in found.moving] == [
        ("R1.a 5 to 5 stale",),
        ("R1.b 4 to 3",),
        ("R1.e-result 5 stale to 5",),
    ]
    assert [row.status for row in found.moving] == ["announced only", "", ""]
    assert len(found.moving) + len(found.idle) == found.tried == 5
    assert [(row.short, row.evidence_id, row.number) for row in found.without] == [
        ("R1.a", "S001", ""), ("R1.b", "S005", "3"), ("R1.c", "S010", ""),
    ]  # fmt: skip
    assert found.without[0].would == "2 Announced"


def test_an_item_that_was_not_asked_yet_has_no_firm_or_weak_status():
    """There is no status to change."""
    items = [{**row, "not_yet_asked": True} for row in RESULTS.items]
    found = firmness(some_results(items=items), "SYN-1/R1", {})
    assert found.said == ()
    assert not any(row.status for row in found.moving)


def test_without_trials_the_body_is_silent_and_the_annex_says_so():
    """Nothing tried is not nothing found."""
    page = _page(some_results(choices=(), shifts=(), status_shifts=(), left_out=()))
    assert "<b>How firm it is</b>" not in page
    assert "No choice of the method was tried otherwise in this run." in page


def test_the_page_has_the_summary_and_the_tables():
    """The sentences stand under the answer, the rest in annex C, which they name."""
    page = html.unescape(_page(RESULTS))
    body, annex = page.split("<h2>Annex C.")
    assert f"<b>How firm it is</b> (annex C). {' '.join(_said())}" in body
    assert "<b>Announced only</b>" in annex
    assert "2 Announced instead of 5" in annex
    assert "<b>Nothing on this card moves</b> if records of courts weighed one grade more; if outside accounts" in annex


def test_hostile_words_of_a_choice_are_escaped():
    """A ruleset's words are text."""
    evil = "<script>1</script>{{ 7*7 }}"
    page = _page(some_results(choices=[{**row, "words": evil} for row in RESULTS.choices]))
    assert "<script" not in page
    assert page.count(html.escape(evil)) >= len(RESULTS.choices)
