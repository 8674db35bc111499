"""The files of an edition: repeatable to the byte, tagged, and made without fetching anything."""

import hashlib
import logging
import re
import shutil
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from conftest import examined
from scaudit.errors import ProjectError
from scaudit.project import find_project
from scaudit.scorecard import pdf
from scorecard_factory import ROOT, TEMPLATES, SomeProject, SomeSettings, render_edition, some_results

RESULTS = some_results()
ITEMS = ("SYN-1/R1", "PLEA/II")
_TOP = 80  # points from the edge of the paper within which a heading stands at the top of a page


def _render(folder: Path, templates: Path = TEMPLATES, **settings) -> list[str]:
    project = SomeProject(SomeSettings(**settings), templates)
    return render_edition(RESULTS, project, folder, items=ITEMS)


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """An edition of two cards and the overview."""
    folder = tmp_path_factory.mktemp("edition")
    return folder, _render(folder)


def _body_pages(document: pikepdf.Pdf) -> int:
    """How many pages the body takes: the annex begins on its last one, or at the top of the next."""
    with document.open_outline() as outline:
        entries = [entry for top in outline.root for entry in (top, *top.children)]
    target = next(entry for entry in entries if entry.title.startswith("Annex A"))
    page, _, _, top, *_ = target.destination or target.action.D
    found = next(number for number, each in enumerate(document.pages, 1) if each.obj.objgen == page.objgen)
    return found - (float(top) > float(document.pages[0].mediabox[3]) - _TOP)


def test_an_edition_has_its_files(edition):
    """What is written is what is listed."""
    folder, written = edition
    assert written == [
        "items/PLEA_II.pdf",
        "items/PLEA_II.html",
        "items/PLEA_II.json",
        "items/SYN-1_R1.pdf",
        "items/SYN-1_R1.html",
        "items/SYN-1_R1.json",
        "overview.pdf",
        "overview.html",
        "questions.csv",
        "audit.json",
    ]
    assert sorted(_digests(folder)) == sorted(written)


@pytest.mark.parametrize("name", ["items/SYN-1_R1.html", "overview.html"])
def test_a_page_leads_to_the_files_beside_it(edition, name):
    """From the HTML twin a reader comes to the PDF and to the data."""
    folder = (edition[0] / name).parent
    links = re.findall(r'href="([^#":]+)"', (edition[0] / name).read_text("utf-8"))
    assert [Path(link).suffix for link in links] == [".pdf", ".json"]
    assert all((folder / link).is_file() for link in links)


def test_the_same_results_give_the_same_bytes_in_another_folder(edition, tmp_path):
    """Neither the clock, nor the place, nor what was rendered before shows in a file."""
    shutil.copytree(TEMPLATES, tmp_path / "elsewhere")
    _render(tmp_path / "out", tmp_path / "elsewhere")
    assert _digests(tmp_path / "out") == _digests(edition[0])


@pytest.mark.parametrize("name", ["items/SYN-1_R1.pdf", "items/PLEA_II.pdf", "overview.pdf"])
def test_a_pdf_has_title_language_tags_and_bookmarks(edition, name):
    """A reader's software knows what the document is and how it is built."""
    with pikepdf.open(edition[0] / name) as document:
        root = document.Root
        assert str(root.Lang) == "en"
        assert bool(root.MarkInfo.Marked)
        assert "/StructTreeRoot" in root
        assert "/Outlines" in root
        assert "edition 2019-12-31" in str(document.docinfo["/Title"])
        assert str(document.docinfo["/CreationDate"]).startswith("D:20191231")


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("items/SYN-1_R1.pdf", 2, 5), ("items/PLEA_II.pdf", 2, 5), ("overview.pdf", 2, 2)],
)
def test_pages_before_the_annexes(edition, name, least, most):
    """Cards are short; only annexes are long."""
    with pikepdf.open(edition[0] / name) as document:
        assert least <= _body_pages(document) <= most


def test_the_longest_real_cards_keep_their_body_short(tmp_path):
    """The real record of today: five pages and then annexes, also for the concern with the most asks.

    Of the shortest card the last annex, a sentence, does not stand on a page alone.
    """
    day, project = date(2026, 11, 21), find_project(ROOT)
    results, _ = examined(day, day)
    render_edition(results, project, tmp_path, items=["LETTER/I", "LETTER/V", "OIG-12-66/R3"])
    with pikepdf.open(tmp_path / "items/OIG-12-66_R3.pdf") as document, document.open_outline() as outline:
        *_, before, last = (entry.destination[0].objgen for top in outline.root for entry in (top, *top.children))
        assert before == last == document.pages[-1].obj.objgen
    for name, most in (("items/LETTER_I.pdf", 5), ("items/LETTER_V.pdf", 5), ("overview.pdf", 2)):
        with pikepdf.open(tmp_path / name) as document:
            assert _body_pages(document) <= most


def test_an_annex_begins_where_the_body_ends(edition):
    """No page stays mostly empty before an annex of a card."""
    with pikepdf.open(edition[0] / "items/SYN-1_R1.pdf") as document, document.open_outline() as outline:
        entries = [entry for top in outline.root for entry in (top, *top.children)]
        _page, _, _, top, *_ = next(entry for entry in entries if entry.title.startswith("Annex A")).destination
    assert float(top) < 792 - _TOP


def test_letter_and_a4(edition, tmp_path):
    """Paper is a setting."""
    render_edition(RESULTS, SomeProject(SomeSettings(paper="a4")), tmp_path, items=[])
    for folder, width in ((edition[0], 612), (tmp_path, 595)):
        with pikepdf.open(folder / "overview.pdf") as document:
            assert int(document.pages[0].mediabox[2]) == width


def test_without_pdf_only_pages_and_data_are_written(tmp_path):
    """--no-pdf needs no system library."""
    written = render_edition(RESULTS, SomeProject(), tmp_path, items=["PLEA/II"], with_pdf=False)
    assert written == ["items/PLEA_II.html", "items/PLEA_II.json", "overview.html", "questions.csv", "audit.json"]
    assert sorted(_digests(tmp_path)) == sorted(written)


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="file:///etc/passwd" alt="x"/>',
        '<img src="https://example.org/a.png" alt="x"/>',
        '<img src="data:image/png;base64,AAAA" alt="x"/>',
        '<p style="background: url(http://example.org/a.png)">x</p>',
        '<p style="background: url(../../../etc/passwd)">x</p>',
        '<style>@import "http://example.org/a.css";</style>',
        '<a rel="attachment" href="file:///etc/passwd">x</a>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        '<img src="item.html" alt="x"/>',
    ],
)
def test_nothing_is_fetched(markup):
    """An address in a template stops the run in one sentence; nothing is read or sent."""
    with pytest.raises(ProjectError, match="only fonts and styles"):
        pdf.printer(TEMPLATES, "letter").print(
            f'<html lang="en"><head><title>x</title></head><body>{markup}</body></html>'
        )


def test_a_style_sheet_may_not_reach_out(tmp_path):
    """Nor may a style."""
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    with (tmp_path / "templates" / "card.css").open("a") as sheet:
        sheet.write("body { background: url(https://example.org/a.png) }")
    with pytest.raises(ProjectError, match=r"example\.org"):
        pdf.Printer(tmp_path / "templates", "letter").print('<html lang="en"><body><p>x</p></body></html>')


def test_a_link_in_the_fonts_folder_does_not_lead_out(tmp_path):
    """What counts is where a file lies, not what it is called."""
    (tmp_path / "secret.css").symlink_to("/etc/passwd")
    assert pdf.allowed(tmp_path, (tmp_path / "secret.css").as_uri()) is None


def test_without_the_subset_library_no_pdf_is_made(monkeypatch):
    """Its substitute stamps the clock into fonts, so the bytes would not repeat."""
    monkeypatch.setattr(pdf.ffi, "harfbuzz_subset", None)
    with pytest.raises(ProjectError, match="harfbuzz-subset"):
        pdf.Printer(TEMPLATES, "letter")


def test_an_unknown_paper_is_named():
    """Wrong settings are one sentence."""
    with pytest.raises(ProjectError, match="legal"):
        pdf.Printer(TEMPLATES, "legal")


def test_a_template_that_is_not_well_formed_is_named():
    """An element left open is found by us, not guessed at."""
    with pytest.raises(ProjectError, match="well-formed"):
        pdf.printer(TEMPLATES, "letter").print("<html><p></html>")


def test_rendering_gives_no_warning_and_only_bundled_fonts(tmp_path, caplog):
    """A style that is not understood, or a face of the machine, would look different elsewhere."""
    with caplog.at_level(logging.WARNING, "weasyprint"):
        render_edition(RESULTS, SomeProject(), tmp_path, items=[])
    assert caplog.records == []
    with pikepdf.open(BytesIO((tmp_path / "overview.pdf").read_bytes())) as document:
        names = {str(font.BaseFont) for page in document.pages for font in page.Resources.Font.values()}
    assert names
    assert all("Scorecard" in name for name in names)
