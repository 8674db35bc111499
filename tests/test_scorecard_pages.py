"""The pages carry what a card must carry, escaped, in signs that the fonts have."""

import html
import itertools
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from scaudit.errors import ProjectError
from scaudit.scorecard import html as pages
from scaudit.scorecard.build import item_card
from scaudit.scorecard.edition import imprint
from scaudit.scorecard.html import Pages
from scaudit.scorecard.overview import overview_card
from scorecard_factory import TEMPLATES, WORDS, SomeSettings, record, some_results

RESULTS = some_results()
PAGES = Pages(TEMPLATES)


def _page(item_id: str, results=RESULTS) -> str:
    return PAGES.item(item_card(results, item_id), imprint(SomeSettings(), item_id))


def _section(page: str, heading: str) -> str:
    """The text of one section, tags removed."""
    part = page.split(f"<h2>{heading}", 1)[1].split("<h2>", 1)[0]
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", part)))


@pytest.mark.parametrize("item_id", [item["item_id"] for item in RESULTS.items])
def test_every_status_has_its_reason_on_the_page(item_id):
    """A rung without its record, its rules or the words that there is none fails."""
    page = _page(item_id)
    why, unknown = _section(page, "Why"), _section(page, "What is unknown")
    for ask in RESULTS.asks(item_id):
        rung = RESULTS.rung(ask["criterion_id"], "verified")
        if rung["rung"] == 0:
            assert "No record was found" in unknown
            assert ask["ask"] in unknown
        else:
            assert all(text in why for text in (*rung["rules"], *rung["binding"], *rung["standing"]))


def test_sections_stand_in_the_order_that_was_asked_for():
    """A reader finds the same thing in the same place on every card."""
    headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", _page("PLEA/II"))
    assert headings == [
        "What was asked", "The answer at a glance", "Where it stood on the named days", "Are its claims borne out?", "Why",
        "What would change it", "What is unknown", "The evidence over time", "Their words beside ours", "About this card",
        "Annex A. Every record, counted or set aside", "Annex B. The numbers of the pictures", "Annex C. How firm it is",
        "Annex D. Where records contradict each other", "Annex E. What each viewpoint's records alone would bear", "Annex F. Held in quarantine",
    ]  # fmt: skip


def test_a_concern_is_never_called_not_implemented():
    """Nobody agreed to it, and the card says so."""
    page = _page("PLEA/II")
    assert "nobody agreed to it" in page
    assert "not implemented" not in page.lower()
    assert "Answered: under way" in page


def test_the_two_axes_are_for_recommendations_only():
    """A concern has no resolution to speak of."""
    assert WORDS["axes"]["name"].split("'")[0] in _page("SYN-1/R1")
    assert "Resolved" not in _page("PLEA/II")


def test_what_we_added_is_marked():
    """An ask that the document does not put in words says so."""
    assert "Not asked in so many words." in _section(_page("SYN-1/R1"), "The answer at a glance")


def test_notes_reach_the_items_that_they_are_for():
    """A note is by prefix of the item's id, the empty prefix for all."""
    assert "known here from its summary" in _page("SYN-1/R1")
    assert "known here from its summary" not in _page("PLEA/II")


def test_the_bodys_own_words_are_verbatim():
    """Own words stand beside ours, with day and source."""
    words = _section(_page("SYN-1/R1"), "Their words beside ours")
    assert "“We consider this recommendation closed as implemented.”" in words
    assert "1 July 2016" in words


def test_how_sources_were_read_is_counted():
    """Most readers ask whether the report was read."""
    assert "3 read whole, 5 read in excerpt, 1 known second-hand" in _section(_page("SYN-1/R1"), "About this card")


def test_hostile_text_is_escaped():
    """Evidence is text, whatever it looks like."""
    evil = '<img src="file:///etc/passwd"/><script>1</script> {{ 7*7 }} {% raw %} ]]> &amp;'
    page = _page("SYN-1/R1", some_results(records=[record(1, "SYN-1/R1.a", finding=evil)], rungs=_unbound()))
    assert "<img" not in page
    assert "<script" not in page
    assert html.escape(evil).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in page


def _unbound() -> list:
    return [{**row, "binding": [], "standing": []} for row in RESULTS.rungs]


def test_a_sources_address_must_be_a_web_address():
    """No link runs code or opens a file."""
    sources = {key: {**row, "url": "javascript:alert(1)"} for key, row in RESULTS.sources.items()}
    assert "javascript" not in _page("SYN-1/R1", some_results(sources=sources))


def test_signs_that_the_fonts_lack_are_named():
    """No page has an empty box, a control character or a hidden change of direction."""
    text = "a\u202eb \U0001f600 \u4e2d \x07 caf\u00e9 \u0141\u00f3d\u017a \u2265 5"
    page = _page("SYN-1/R1", some_results(records=[record(1, "SYN-1/R1.a", finding=text)], rungs=_unbound()))
    assert "a[U+202E]b [U+1F600] [U+4E2D] [U+0007] caf\u00e9 \u0141\u00f3d\u017a &gt;= 5" in page


@pytest.mark.parametrize(
    "page",
    [_page("SYN-1/R1"), _page("PLEA/II"), PAGES.overview(overview_card(RESULTS), imprint(SomeSettings()))],
)
def test_pages_are_well_formed_and_accessible(page):
    """XML; a title first in every picture; header cells with a scope; headings in order; even rows; no anchored text."""
    root = ET.fromstring(page)
    assert root.get("lang") == "en"
    assert all(svg[0].tag.endswith("}title") and svg[0].text for svg in root.iter("{http://www.w3.org/2000/svg}svg"))
    assert all(cell.get("scope") for cell in root.iter("th"))
    levels = [int(element.tag[1]) for element in root.iter() if element.tag in ("h1", "h2", "h3")]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))
    assert all(len({len(row) for row in table.iter("tr")}) == 1 for table in root.iter("table"))
    assert "text-anchor" not in page
    assert "opacity" not in page
    assert 'style="color' not in page


def test_every_number_of_the_ladder_picture_is_in_its_title():
    """Who cannot see the picture reads the same."""
    assert "R1.c: evidence shows rung 3, partly done, reopened; taken at its word rung 5, said to be done." in _page(
        "SYN-1/R1"
    )


def test_what_would_change_it_begins_with_what_closes_it():
    """The least record that raises an ask is not read as one that closes it."""
    text = _section(_page("SYN-1/R1"), "What would change it")
    assert text.strip().startswith("An ask is closed from rung 5 on.")
    assert "The least record that would raise it" in text
    assert "to 5 Verified: A test by an independent auditor" in text


def test_silence_is_said_to_prove_nothing():
    """No record is neither done nor not done, and what was set aside is counted."""
    text = _section(_page("SYN-1/R1"), "What is unknown")
    assert "Silence is no proof that nothing was done." in text
    assert "No sign of it was found in the record. (no record set aside)" in text


@pytest.mark.parametrize("item_id", ["SYN-1/R1", "PLEA/II"])
def test_a_card_from_before_the_ask_says_so_first(item_id):
    """Before anything else, with the day on which it was asked; and it has no answer to it and no crosswalk."""
    items = [{**row, "not_yet_asked": True} for row in RESULTS.items]
    page = _page(item_id, some_results(items=items))
    first = page.split("</h1>", 1)[1].split("<h2>", 1)[0]
    assert "Not yet asked on 31 December 2019." in first
    assert "It was asked on" in first
    assert "agreed (concurred)" not in page
    assert "Consent decree" not in page


@pytest.mark.parametrize("contact", ["audit@example.org", "Write to the kitchen auditors."])
def test_how_to_dispute_reads_well_for_address_and_sentence(contact):
    """The contact stands as a sentence of its own."""
    page = PAGES.item(item_card(RESULTS, "PLEA/II"), imprint(SomeSettings(contact=contact)))
    assert f"To dispute a status: {contact.rstrip('.')}. Name the ask and the record." in _section(
        page, "About this card"
    )


def test_every_picture_says_its_message_and_numbers():
    """Who hears the page learns what the eye would."""
    page = html.unescape(PAGES.overview(overview_card(RESULTS), imprint(SomeSettings())))
    titles = re.findall(r"<title>([^<]+)</title>", page.split("<body>")[1])
    assert re.match(
        r"SYN-1/R1: word goes further than evidence on 4 of 6 asks\. Rungs 0 to 6: R1\.a 5 shown, 6 said;", titles[0]
    )
    assert "R1.e-result 5 shown, too old to count, 5 said, too old to count." in titles[0]
    assert re.match(r"\d+ of \d+ met by the evidence, \d+ said to be done\. By rung: 6 sustained \d+ shown", titles[-1])
    line = next(title for title in re.findall(r"<title>([^<]+)</title>", _page("SYN-1/R1")) if "Timeline" in title)
    assert re.search(r"Strongest counted for: grade \d; against: grade \d", line)


def test_the_chart_of_the_overview_has_its_unit():
    """A bar is a number of something."""
    page = PAGES.overview(overview_card(RESULTS), imprint(SomeSettings()))
    assert "Number of required asks on each rung," in page


def test_the_overview_has_every_item_with_both_statuses():
    """The table of all items is the page."""
    page = html.unescape(PAGES.overview(overview_card(RESULTS), imprint(SomeSettings())))
    table = page.split("<h2>Where each item stands")[1].split("</table>")[0]
    assert all(
        line.item_id in table and line.verified in table and line.claimed in table
        for line in overview_card(RESULTS).lines
    )


def test_a_missing_value_in_a_template_is_a_mistake_in_the_project(tmp_path):
    """A typing error in a template does not print an empty space."""
    (tmp_path / "fonts").symlink_to(TEMPLATES / "fonts")
    (tmp_path / "item.html").write_text("<p>{{ card.no_such_thing }}</p>")
    with pytest.raises(ProjectError, match="no_such_thing"):
        Pages(tmp_path).item(item_card(RESULTS, "PLEA/II"), imprint(SomeSettings()))


def test_a_template_cannot_include_a_file_from_outside(tmp_path):
    """The loader knows the templates folder and nothing else."""
    (tmp_path / "fonts").symlink_to(TEMPLATES / "fonts")
    (tmp_path / "item.html").write_text("{% include '../../etc/passwd' %}")
    with pytest.raises(ProjectError, match=re.escape("item.html")):
        Pages(tmp_path).item(item_card(RESULTS, "PLEA/II"), imprint(SomeSettings()))


def test_templates_are_compiled_before_the_first_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them, so that the first card of a worker takes no longer than the next."""
    monkeypatch.setattr(pages, "_COMPILED", pages._Compiled())
    ready = Pages(TEMPLATES)
    ready.compile()
    compiled = dict(pages._COMPILED._codes)
    ready.item(item_card(RESULTS, "SYN-1/R1"), imprint(SomeSettings(), "SYN-1/R1"))
    assert pages._COMPILED._codes == compiled
    assert len(compiled) == len([*TEMPLATES.glob("*.html")])


def test_a_template_that_cannot_be_compiled_is_told_of_by_its_page(tmp_path: Path) -> None:
    """A worker that stands by has nobody to tell."""
    broken = Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))
    (broken / "item.html").write_text("{% broken")
    ready = Pages(broken)
    ready.compile()
    with pytest.raises(ProjectError, match="cannot be used"):
        ready.item(item_card(RESULTS, "SYN-1/R1"), imprint(SomeSettings(), "SYN-1/R1"))
