"""Cards with numbers as PDF: short bodies, bytes that repeat, no warning, and the mark of what is synthetic."""

import hashlib
import logging
import re
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from conftest import examined
from numbers_factory import measured_results, tables
from scaudit.project import find_project
from scorecard_factory import ROOT, SomeProject, render_edition
from test_scorecard_pdf import _body_pages

ITEMS = ("SYN-1/R1", "PLEA/II")
INVENTED = measured_results(measured=[{**row, "synthetic": True} for row in tables()["measured"]])


def render(results, folder, project=None, items=ITEMS):
    return render_edition(results, project or SomeProject(), folder, items=list(items))


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """Two cards and the overview, with numbers of invented records."""
    folder = tmp_path_factory.mktemp("numbers")
    return folder, render(INVENTED, folder)


def test_the_body_stays_short_with_numbers(edition):
    """The pictures are in the annex."""
    for name, most in (("items/SYN-1_R1.pdf", 5), ("items/PLEA_II.pdf", 5), ("overview.pdf", 2)):
        with pikepdf.open(edition[0] / name) as document:
            assert _body_pages(document) <= most


def test_the_longest_real_card_stays_short_with_numbers(tmp_path):
    """The real record of today with invented numbers that bear on it, titles as long as a body bears."""
    day, project = date(2026, 11, 21), find_project(ROOT)
    results, _ = examined(day, day)
    asks = [row["criterion_id"] for row in results.asks("LETTER/V")][:4]
    rows = [{**row, "bears_on": asks, "title": row["title"].ljust(70, "x")} for row in tables()["measured"]]
    render(replace(results, **{**tables(), "measured": tuple(rows)}), tmp_path, project, ["LETTER/V"])
    with pikepdf.open(tmp_path / "items/LETTER_V.pdf") as document:
        assert _body_pages(document) <= 5


def test_the_same_numbers_give_the_same_bytes_and_no_warning(edition, tmp_path, caplog):
    """A style that is not understood would look different elsewhere."""
    with caplog.at_level(logging.WARNING, "weasyprint"):
        written = render(INVENTED, tmp_path)
    assert caplog.records == []
    assert [_digest(tmp_path / name) for name in written] == [_digest(edition[0] / name) for name in written]


def _digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("name", ["items/SYN-1_R1.pdf", "items/PLEA_II.pdf", "overview.pdf"])
def test_a_synthetic_document_says_so_in_its_title(edition, name):
    """Also where nobody opens it."""
    with pikepdf.open(edition[0] / name) as document:
        assert str(document.docinfo["/Title"]).startswith("SYNTHETIC: ")


def test_every_page_of_a_synthetic_document_has_the_mark(edition):
    """In the running head, the first page included."""
    with pikepdf.open(edition[0] / "items/PLEA_II.pdf") as document:
        counts = [_marks(page) for page in document.pages]
    assert len(counts) > 5
    assert all(counts)


def _marks(page: pikepdf.Page) -> int:
    """How often the mark stands on a page: its letters are glyphs of the page's fonts."""
    found = 0
    for font in page.Resources.Font.values():
        names = _glyphs(font.ToUnicode.read_bytes().decode("ascii"))
        glyphs = "".join(names.get(sign, "") for sign in "SYNTHETIC")
        if len(glyphs) == 4 * len("SYNTHETIC"):
            content = page.Contents.read_bytes().decode("latin-1")
            shown = (
                "".join(re.findall(r"<([0-9a-fA-F]+)>", line))
                for line in re.findall(r"\[.*?\] ?TJ", content, re.DOTALL)
            )
            found += sum(glyphs.lower() in line.lower() for line in shown)
    return found


def _glyphs(table: str) -> dict[str, str]:
    """From a sign to its glyph, as the font says."""
    return {chr(int(sign, 16)): glyph for glyph, sign in re.findall(r"<([0-9a-fA-F]{4})> <([0-9a-fA-F]{4})>", table)}
