"""Where records contradict each other: the register's entries and the conflicts of the rules, on the card."""

import html
from datetime import date

from scaudit.scorecard.build import item_card
from scaudit.scorecard.contradictions import contradictions
from scaudit.scorecard.edition import imprint
from scaudit.scorecard.html import Pages
from scorecard_factory import TEMPLATES, WORDS, SomeSettings, some_results
from second_look_factory import conflict

RESULTS = some_results()
PAGES = Pages(TEMPLATES)


def _page(results, item_id="SYN-1/R1"):
    return PAGES.item(item_card(results, item_id), imprint(SomeSettings(), item_id))


def test_each_side_has_its_records_and_sources():
    """Those of this card with their number, those of other cards with the item, and the source of every record."""
    first, second = contradictions(RESULTS, "SYN-1/R1", {"S010": 7}).entries[0].sides
    assert (first.records, first.elsewhere) == (("S001",), ("S100 (PLEA/II)",))
    assert first.sources == ("Directive 7 on Chilled Transport, 1 September 2014",)
    assert (second.records, second.elsewhere) == (("S010 [7]",), ())
    assert second.sources[1] == "Petition on School Meals, 15 January 2015"


def test_a_side_may_rest_on_sources_alone_and_there_may_be_three():
    """Not everything that is said is a record."""
    entry = contradictions(RESULTS, "SYN-1/R1", {}).entries[1]
    assert [side.records for side in entry.sides] == [(), (), ("S009",)]
    assert [side.sources[0].split(",")[0] for side in entry.sides][:2] == [
        "Directive 7 on Chilled Transport",
        "Bureau says cold chain is fixed",
    ]


def test_only_what_bears_on_the_item_is_on_its_card():
    """By the register's own list of items."""
    assert [entry.contradiction_id for entry in contradictions(RESULTS, "PLEA/II", {}).entries] == ["K1"]
    assert contradictions(RESULTS, "SYN-1/R2", {}).entries == ()


def test_what_nobody_had_said_yet_is_no_contradiction():
    """A card of an early day leaves out what was heard later, and counts it."""
    later = [{**row, "disposition": "not_yet"} if row["evidence_id"] == "S010" else row for row in RESULTS.records]
    early = {
        "records": later,
        "run": {**RESULTS.run, "known_on": date(2015, 1, 14)},
        "contradictions": RESULTS.contradictions,
    }
    found = contradictions(some_results(**early), "SYN-1/R1", {})
    assert ([entry.contradiction_id for entry in found.entries], found.later) == (["K2"], 1)
    assert found.said == "The register has 1 contradiction that bears on it"
    assert "heard only later: 1 of the register." in _page(some_results(**early))
    sides = contradictions(some_results(**{**early, "run": RESULTS.run}), "SYN-1/R1", {}).entries[0].sides
    assert (sides[1].records, len(sides[1].sources)) == ((), 1)
    known = {**early, "run": {**RESULTS.run, "known_on": date(2015, 1, 15)}}
    assert contradictions(some_results(**known), "SYN-1/R1", {}).later == 0


def test_a_side_that_was_heard_later_is_marked():
    """Where two others already contradicted each other."""
    run = {**RESULTS.run, "known_on": date(2015, 1, 14)}
    entry = contradictions(some_results(run=run), "SYN-1/R1", {}).entries[1]
    assert [side.later for side in entry.sides] == [False, True, False]
    assert "<i>Said later than this day:</i> To none." in _page(some_results(run=run))


def test_what_explains_it_is_printed_in_words():
    """Every token of the register has its words."""
    explained = [entry.explained for entry in contradictions(RESULTS, "SYN-1/R1", {}).entries]
    assert explained == ["Different measures", "Not explained"]
    assert set(WORDS["explained_by"]) == {
        "different_measure", "different_period", "different_population", "different_unit", "different_release", "unresolved",
    }  # fmt: skip


def test_records_for_share_a_line_by_what_the_conflict_is_known_as():
    """One record against many is one finding to be weighed; the time in common is the whole of theirs."""
    known, unknown = sorted(contradictions(RESULTS, "SYN-1/R1", {"S010": 2}).clashes, key=lambda row: not row.known_as)
    assert (known.short, known.against, known.supports, known.known_as) == ("R1.c", "S010 [2]", ("S009",), "K1")
    assert (unknown.supports, unknown.known_as) == (("S011", "S012"), "")
    assert unknown.when == "1 January 2016 to 3 January 2016"


def test_the_line_of_the_body_counts_both():
    """How many the register has, how many the rules find, and how many of those nobody has explained."""
    assert contradictions(RESULTS, "SYN-1/R1", {}).said == (
        "The register has 2 contradictions that bear on it; 3 pairs of records at odds over one ask and time, 2 not yet explained"
    )
    known = some_results(conflicts=[conflict("S009", "S010", "K1")], contradictions=())
    assert (
        contradictions(known, "SYN-1/R1", {}).said == "1 pair of records at odds over one ask and time, in the register"
    )
    assert contradictions(RESULTS, "SYN-1/R2", {}).said == ""


def test_without_any_the_body_is_silent_and_the_annex_says_so():
    """A reader who looks finds an answer."""
    page = _page(RESULTS, "SYN-1/R2")
    assert "<b>Where records contradict each other</b>" not in page
    assert "The register of contradictions has none that bears on this item." in page
    assert "No record that wholly supports an ask or a claim stands beside one of weight against it" in page


def test_the_page_has_questions_sides_and_conflicts():
    """In annex D, which the body names."""
    body, annex = html.unescape(_page(RESULTS)).split("<h2>Annex D.")
    assert "<b>Where records contradict each other</b> (annex D). The register has 2 contradictions" in body
    assert "How many loads arrived warm?" in annex
    assert "Seven of 120 loads.<b> S001 [1].</b> On other cards: S100 (PLEA/II).<i> " in annex
    assert "<b>Not explained.</b> The mailing list would settle it." in annex
    assert "<td>not yet explained</td>" in annex


def test_hostile_text_of_the_register_is_escaped():
    """Question, sides and explanation are text, whatever they look like."""
    evil = "<script>1</script>{{ 7*7 }}"
    row = {**RESULTS.contradictions[0], "question": evil, "explanation": evil}
    row["sides"] = [{"says": evil, "records": [key], "sources": [evil]} for key in ("S001", "S010")]
    page = _page(some_results(contradictions=[row]))
    assert "<script" not in page
    assert page.count(html.escape(evil)) == 6
