"""Who sees what: the table of a card, the matrix of the overview, and where viewpoints stand far apart."""

import html

from scaudit.scorecard.build import item_card
from scaudit.scorecard.edition import imprint
from scaudit.scorecard.html import Pages
from scaudit.scorecard.outlooks import outlooks
from scaudit.scorecard.overview import overview_card
from scaudit.scorecard.viewpoints import ordered, viewpoints
from scorecard_factory import TEMPLATES, SomeSettings, some_results
from second_look_factory import VIEWPOINTS, seen

RESULTS = some_results()
PAGES = Pages(TEMPLATES)
A, B, C, RESULT = "SYN-1/R1.a", "SYN-1/R1.b", "SYN-1/R1.c", "SYN-1/R1.e-result"


def _card(results, item_id="SYN-1/R1"):
    return PAGES.item(item_card(results, item_id), imprint(SomeSettings(), item_id))


def _overview(results):
    return PAGES.overview(overview_card(results), imprint(SomeSettings()))


def _cell(*rows, item_id="SYN-1/R1", viewpoint="Press"):
    """The cell of a viewpoint in the matrix, where only these rows are seen."""
    for table in outlooks(some_results(seen=rows)).tables:
        if viewpoint in table.heads and item_id in dict(table.rows):
            return dict(table.rows)[item_id][table.heads.index(viewpoint)]
    return None


def test_a_card_has_a_column_for_each_viewpoint_that_speaks_and_names_the_silent():
    """First the rung by all records; a dash where a viewpoint has no counted record on an ask."""
    rows = [
        seen("press", A, 4),
        seen("parents", A, 5, stale=True),
        seen("parents", B, 2),
        seen("courts", C, 3, records=0),
    ]
    found = viewpoints(some_results(seen=rows), "SYN-1/R1")
    (grid,) = found.grids
    assert grid.heads == ("Parents", "Press")
    assert dict(grid.rows)["R1.a"] == ("5", "5*", "4")
    assert dict(grid.rows)["R1.b"] == ("4", "2", "\u2013")
    assert dict(grid.rows)["R1.e-result"][0] == "5*"
    assert found.stale
    assert "Courts and boards of appeal" in found.silent
    assert len(found.silent) == len(VIEWPOINTS) - 2


def test_a_claim_is_told_in_words_by_viewpoint():
    """Who finds it borne out, and who does not; claims of the same answer share a line."""
    rows = [
        *(seen("document-report", f"PLEA/II.{claim}", None, standing="not_borne_out") for claim in ("x1", "x3")),
        *(seen("press", f"PLEA/II.{claim}", None, standing="supported") for claim in ("x1", "x3")),
        seen("press", "PLEA/II.x2", None, standing="alleged"),
    ]
    assert viewpoints(some_results(seen=rows), "PLEA/II").claims == (
        "II.x1, II.x3: supported (Press); not borne out (Report 4/2014)",
        "II.x2: alleged (Press)",
    )


def test_viewpoints_by_documents_stand_after_those_by_bodies():
    """By name, whatever the order of rows."""
    names = [row["label"] for row in ordered(some_results(viewpoints=tuple(reversed(RESULTS.viewpoints))))]
    assert names[-2:] == ["Petition", "Report 4/2014"]
    assert names[:-2] == sorted(names[:-2])


def test_more_viewpoints_than_a_page_bears_are_two_tables():
    """The sorts of bodies, then the documents."""
    first, second = outlooks(RESULTS).tables
    assert (len(first.heads), second.heads) == (8, ("Petition", "Report 4/2014"))


def test_a_cell_has_the_weakest_required_rung_the_strongest_and_how_many_asks():
    """An ask that was not asked in so many words is counted beside."""
    cell = _cell(seen("press", A, 5), seen("press", C, 3), seen("press", RESULT, 1))
    assert cell is not None
    assert (cell.weakest, cell.strongest, cell.asks) == ("3 Partly done", "5", "2 of 5 asks, 1 other")


def test_what_is_too_old_to_count_is_weaker_than_five():
    """A stale rung reads as 4, and says so."""
    cell = _cell(seen("press", A, 5), seen("press", B, 5, stale=True))
    assert cell is not None
    assert (cell.weakest, cell.strongest) == ("5 stale", "5")


def test_one_rung_has_no_second():
    """`to` is for two different ones."""
    cell = _cell(seen("press", A, 4), seen("press", B, 4))
    assert cell is not None
    assert (cell.weakest, cell.strongest) == ("4 In place", "")


def test_a_viewpoint_that_speaks_only_to_what_was_not_asked_in_words_is_marked():
    """It does not stand beside the others as if it were an answer."""
    cell = _cell(seen("press", RESULT, 1))
    assert cell is not None
    assert (cell.weakest, cell.asks) == ("1 No effect shown", "1 other ask")
    results = some_results(seen=[seen("press", RESULT, 1)])
    assert outlooks(results).other
    assert "speaks only to asks that were not asked in so many words" in _overview(results)


def test_claims_have_a_line_of_their_own_in_the_cell():
    """So that two documents on one concern can be told apart, also where they speak to no ask."""
    rows = [seen("document-petition", "PLEA/II.x1", None, standing="supported"),
            seen("document-petition", "PLEA/II.x3", None, standing="supported"),
            seen("document-report", "PLEA/II.x3", None, standing="not_borne_out")]  # fmt: skip
    one, other = (_cell(*rows, item_id="PLEA/II", viewpoint=name) for name in ("Petition", "Report 4/2014"))
    assert one is not None
    assert other is not None
    assert (one.claims, one.weakest, other.claims) == ("2 supported", "", "1 not borne out")


def test_an_item_on_which_all_are_silent_is_named_below():
    """A row of dashes says less than a sentence."""
    (first, second) = outlooks(some_results(seen=[seen("press", A, 4)])).tables
    assert [item_id for item_id, _ in first.rows] == ["SYN-1/R1"]
    assert "PLEA/II" in first.silent
    assert second.rows == ()
    assert "Petition, Report 4/2014: no counted record on" in _overview(some_results(seen=[seen("press", A, 4)]))


def test_two_rungs_apart_are_told_with_the_record_on_each_side():
    """By the best record for it; where there is none, by the strongest against it."""
    rows = [seen("press", A, 4, binding=["S001"]), seen("parents", A, 1, against="S003")]
    (contrast,) = outlooks(some_results(seen=rows)).contrasts
    assert (contrast.item_id, contrast.same, contrast.different) == ("SYN-1/R1", ("Parents 1, Press 4",), ())
    parents, press = contrast.witnesses
    assert (parents.stands, parents.evidence_id) == ("1 No action on R1.a", "S003")
    assert (press.stands, press.evidence_id) == ("4 In place on R1.a", "S001")
    assert press.finding.startswith("Directive 7 orders two readings a day")
    assert press.source == "Directive 7 on Chilled Transport, 1 September 2014"


def test_rungs_on_different_asks_are_said_to_be():
    """They do not contradict each other."""
    rows = [seen("press", A, 4, binding=["S001"]), seen("parents", B, 1, against="S006")]
    (contrast,) = outlooks(some_results(seen=rows)).contrasts
    assert (contrast.same, contrast.different) == ((), ("Parents 1, Press 4",))


def test_one_rung_apart_is_no_contrast_and_a_third_viewpoint_stays_out():
    """Only those that stand far from another one are told."""
    rows = [seen("press", A, 4), seen("parents", A, 1), seen("courts", A, 3)]
    (contrast,) = outlooks(some_results(seen=rows)).contrasts
    assert contrast.same == ("Courts and boards of appeal 3, Parents 1", "Parents 1, Press 4")
    assert outlooks(some_results(seen=[seen("press", A, 4), seen("parents", A, 3)])).contrasts == ()


def test_the_overview_says_on_how_many_items_readers_would_differ():
    """One sentence in the body, which names the annex."""
    results = some_results(seen=[seen("press", A, 4), seen("parents", A, 1)])
    body, annex = html.unescape(_overview(results)).split("<h2>Annex C.")
    assert (
        "(annex C). Two viewpoints, each by its own records alone, stand two rungs or more apart on the same ask on 1 of 9 items."
        in body
    )
    assert "<b>On the same ask:</b> Parents 1, Press 4." in annex
    assert "apart on the same ask on none of 9 items." in _overview(some_results(seen=()))


def test_without_viewpoints_the_body_is_silent_and_the_annexes_say_so():
    """The table is optional."""
    none = some_results(viewpoints=(), seen=())
    assert "<b>What each viewpoint's records alone would bear</b>" not in _overview(none)
    assert "No viewpoint was entered." in _overview(none)
    assert "No viewpoint was entered." in _card(none)


def test_hostile_names_and_findings_are_escaped():
    """On the card and on the overview."""
    evil = "<script>1</script>{{ 7*7 }}"
    results = some_results(
        viewpoints=[{**row, "label": evil} for row in RESULTS.viewpoints],
        records=[{**row, "finding": evil} for row in RESULTS.records],
        seen=[seen("press", A, 4, binding=["S001"]), seen("parents", A, 1, binding=["S002"])],
    )
    for page in (_card(results), _overview(results)):
        assert "<script" not in page
        assert html.escape(evil) in page
