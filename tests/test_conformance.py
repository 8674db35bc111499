"""Every PDF of an edition is PDF/UA-1 and PDF/A-3a at once: by veraPDF, and by what veraPDF cannot judge."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pikepdf
import pytest

from conftest import examined
from numbers_factory import measured_results
from numbers_factory import tables as number_tables
from scaudit.document import finishing
from scaudit.document.blocks import fill
from scaudit.document.key_source import PASSPHRASE_ENV, KeySource
from scaudit.document.keys import DEMONSTRATION_NAME, demonstration_key
from scaudit.document.sealing import seal
from scaudit.document.signing import sign
from scaudit.project import find_project
from scaudit.scorecard import group_files
from scaudit.scorecard.attached import attached
from scaudit.scorecard.build import item_card
from scaudit.scorecard.card_json import lines
from scaudit.scorecard.edition import imprint, marks
from scaudit.scorecard.group_json import group_json
from scaudit.scorecard.groups import groups
from scaudit.scorecard.html import Pages
from scaudit.scorecard.pdf import printer
from scaudit.scorecard.statuses import statuses
from scaudit.scorecard.summary import summary_card
from scorecard_factory import ROOT, TEMPLATES, SomeSettings, render_edition, some_results
from tag_reading import STANDARDS, Node, marked, name_tree, number_tree, properties, read, verdicts

DAY = date(2014, 11, 20)
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 9
STRANGE = "工作 עברית العربية \U0001f600 e\u0301 a\u200bb \u202egnp.exe \u00ad <b>&amp; ]]> {{ 7*7 }} \x07 \ufffe"
HEADING = re.compile("h([1-6])$")
LEVEL = re.compile("H([1-6])$")
ROLES = {"main": "Part", "section": "Sect", "div": "Div", "blockquote": "BlockQuote", "p": "P", "ul": "L", "dl": "L"}
ROLES |= {"li": "LI", "dt": "LI", "table": "Table", "tr": "TR", "h1": "H1", "h2": "H2", "h3": "H3"}
SVG = "{http://www.w3.org/2000/svg}"


@dataclass
class Document:
    """A PDF, and the page that it was printed from."""

    name: str
    path: Path
    page: ET.Element

    @cached_property
    def pdf(self) -> pikepdf.Pdf:
        return pikepdf.open(self.path)

    @cached_property
    def tree(self) -> Node:
        return read(self.pdf)


@dataclass
class Shelf:
    """All documents of these tests: the real edition, odd ones, signed ones, and three that must fail."""

    real: list[Document] = field(default_factory=list)
    odd: list[Document] = field(default_factory=list)
    signed: list[Path] = field(default_factory=list)
    untagged: Path = Path()
    printed: Path = Path()
    garbled: Path = Path()

    @property
    def all(self) -> list[Document]:
        return [*self.real, *self.odd]


def odd_results():
    """Records of strangers: words without end, signs that no font has, rows longer than a page, addresses in Greek."""
    results = some_results()
    records = [
        {**row, "finding": (STRANGE, LONG, LONG[:40] + " word" * 4000, STRANGE * 30)[number % 4], "locator": LONG}
        if number < 12
        else row
        for number, row in enumerate(results.records)
    ]
    sources = {
        key: {**row, "title": f"{STRANGE} {LONG}", "url": f"https://example.org/παράδειγμα/{number}?a=1&b=<2>"}
        for number, (key, row) in enumerate(results.sources.items())
    }
    items = [{**row, "title": f"{STRANGE} {LONG}"} for row in results.items]
    held = [{**results.quarantine[0], "row": row, "value": LONG, "reason": STRANGE} for row in range(60)]
    return replace(
        results, records=tuple(records), sources=sources, items=tuple(items), quarantine=(*results.quarantine, *held)
    )


def silent_results():
    """An item of which nothing is known, without one claim, record or number."""
    results = some_results(records=(), claims=(), dispositions=(), quarantine=(), points=())
    rungs = [{**row, "rung": 0, "flags": [], "binding": [], "standing": []} for row in results.rungs]
    return replace(results, rungs=tuple(rungs), seen=())


def synthetic_results():
    return measured_results(measured=[{**row, "synthetic": True} for row in number_tables()["measured"]])


def render(folder: Path, results, project) -> list[Document]:
    """An edition; the pages that it was printed from are caught on their way to finishing."""
    pages: dict[str, ET.Element] = {}
    finish = finishing.finish

    def caught(pdf, marks, page=""):
        pages[marks.subject] = ET.fromstring(page)
        (folder / "printed.pdf").write_bytes(pdf)
        return finish(pdf, marks, page)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finishing, "finish", caught)
        render_edition(results, project, folder)
    paths = {path.stem: path for path in folder.rglob("*.pdf")}
    return [Document(f"real {name}", paths[name.replace("/", "_")], page) for name, page in pages.items()]


def odd(name: str, folder: Path, results, item_id: str) -> Document:
    """One card alone, without its edition."""
    data = attached(results, item_id)
    told = marks(results, data, item_id)
    page = Pages(TEMPLATES).item(item_card(results, item_id), imprint(SomeSettings(), item_id, data))
    pdf = finishing.finish(printer(TEMPLATES, "letter").print(page, data, told.as_of), told, page)
    (folder / f"{name}.pdf").write_bytes(seal(fill(pdf)))
    return Document(f"{name} {item_id}", folder / f"{name}.pdf", ET.fromstring(page))


def of_a_body(folder: Path, results) -> Document:
    """The card of the body that answers for most."""
    group = max(groups(results, ["body"]), key=lambda one: len(one.items))
    told = group_json(results, group)
    data = group_files.attached(results, group, lines(told), statuses(told))
    about = group_files.marks(results, group, data, group_files.group_substance(told))
    page = Pages(TEMPLATES).printed(summary_card(results, group, told), imprint(SomeSettings(), "", data))
    pdf = finishing.finish(printer(TEMPLATES, "letter").print(page, data, about.as_of), about, page)
    (folder / "body.pdf").write_bytes(seal(fill(pdf)))
    return Document(f"body {group.subject}", folder / "body.pdf", ET.fromstring(page))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory) -> Shelf:
    results, _ = examined(DAY, DAY)
    folder = tmp_path_factory.mktemp("real")
    shelf = Shelf(real=render(folder, results, find_project(ROOT)), printed=folder / "printed.pdf")
    for name, made, item_id in (
        ("plain", some_results(), "PLEA/II"),
        ("synthetic", synthetic_results(), "SYN-1/R1"),
        ("strange", odd_results(), "SYN-1/R1"),
        ("silent", silent_results(), "PLEA/II"),
    ):
        shelf.odd.append(odd(name, folder, made, item_id))
    shelf.odd.append(of_a_body(folder, results))
    shelf.signed = signed(shelf.real, tmp_path_factory.mktemp("signed"))
    shelf.garbled = folder / "garbled.pdf"
    shelf.garbled.write_bytes(b"%PDF-1.7 and nothing more")
    shelf.untagged = folder / "untagged.pdf"
    with pikepdf.open(shelf.real[0].path) as pdf:
        del pdf.Root.StructTreeRoot, pdf.Root.MarkInfo
        pdf.save(shelf.untagged)
    return shelf


def signed(documents: list[Document], folder: Path) -> list[Path]:
    secret = "for these tests alone"
    (folder / "demo.p12").write_bytes(demonstration_key(secret, date.today()))  # noqa: DTZ011
    (folder / "demo.p12").chmod(0o600)
    key = KeySource(DEMONSTRATION_NAME, str(folder / "demo.p12"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PASSPHRASE_ENV, secret)
        for document in documents:
            (folder / document.path.name).write_bytes(sign(document.path.read_bytes(), key))
    return [folder / document.path.name for document in documents]


# --- veraPDF ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def found(shelf):
    """All verdicts, from one start of Java."""
    return verdicts([*(one.path for one in shelf.all), *shelf.signed, shelf.untagged, shelf.printed, shelf.garbled])


def broken(found, paths) -> dict[str, object]:
    """What is wrong with some files by either standard; a verdict on nothing is wrong, too."""
    lines = {f"{path} {name}": found[path, name] for path in paths for name in STANDARDS}
    passed = {
        name: line.get("compliant") and not line["failed"] and line["checks"] > 1000 for name, line in lines.items()
    }
    return {name: line for name, line in lines.items() if not passed[name]}


def test_every_document_of_the_real_edition_keeps_both_standards(shelf, found):
    """Nine cards and the overview, no rule of either failed."""
    assert len(shelf.real) == 10
    assert broken(found, [one.path for one in shelf.real]) == {}


def test_every_signed_document_keeps_both_standards(shelf, found):
    """A signature that a reader must have shall not cost them the rest."""
    assert len(shelf.signed) == 10
    assert broken(found, shelf.signed) == {}


def test_odd_documents_keep_both_standards(shelf, found):
    """What strangers write, what is synthetic, and what is not there at all."""
    assert broken(found, [one.path for one in shelf.odd]) == {}


def test_a_document_without_tags_fails_both(shelf, found):
    """The check can fail."""
    failed = {name: {rule["rule"] for rule in found[shelf.untagged, name]["failed"]} for name in STANDARDS}
    assert failed["ua1"] >= {"6.2-1", "7.1-11"}  # not marked as tagged, and no tree
    assert failed["3a"] == {"6.7.2.2-1", "6.7.3.3-1"}


def test_a_file_that_cannot_be_read_is_no_good_one(shelf, found):
    """Nor does it stop the check of the others."""
    assert set(broken(found, [shelf.garbled])) == {f"{shelf.garbled} {name}" for name in STANDARDS}


def test_a_document_that_was_not_finished_fails(shelf, found):
    """Finishing is what makes it two standards at once."""
    assert [rule["rule"] for rule in found[shelf.printed, "ua1"]["failed"]] == ["5-1"]


# --- what the document says of itself ---------------------------------------------------------------------------


def test_title_language_tags_and_bookmarks(shelf):
    """What reading software asks first."""
    for one in shelf.all:
        root = one.pdf.Root
        assert str(root.Lang) == "en"
        assert root.MarkInfo.Marked is True
        assert root.ViewerPreferences.DisplayDocTitle is True
        assert str(one.pdf.docinfo["/Title"]) == one.page.findtext("head/title")
        with one.pdf.open_outline() as outline:
            titles = [entry.title for top in outline.root for entry in (top, *top.children)]
        headings = [" ".join("".join(each.itertext()).split()) for each in one.page.iter() if each.tag in ("h1", "h2")]
        assert [" ".join(title.split()) for title in titles] == headings


def test_metadata_name_both_standards_and_say_what_the_document_is(shelf):
    """Also that the two places for title, author and days say the same."""
    for one in shelf.all:
        told, info = properties(one.pdf), one.pdf.docinfo
        assert (told["pdfaid:part"], told["pdfaid:conformance"], told["pdfuaid:part"]) == ("3", "A", "1")
        assert (told["dc:title"], told["dc:creator"]) == (str(info["/Title"]), str(info["/Author"]))
        assert (told["dc:description"], told["dc:language"]) == (str(info["/Subject"]), "en")
        assert told["xmp:CreateDate"].replace("-", "") == str(info["/CreationDate"])[2:]
        assert told["sca:subject"] == one.name.split(" ", 1)[1]
        assert told["sca:synthetic"] == str(one.name.startswith("synthetic"))
        assert (told["sca:ruleset"], told["sca:asOf"][:2]) == ("ladder-1", "20")


def test_attachments_are_listed_once_and_say_what_they_are(shelf):
    """The catalogue's list and the tree of names have the same files."""
    for one in shelf.all:
        listed = list(one.pdf.Root.AF)
        names = name_tree(one.pdf.Root.Names.EmbeddedFiles)
        assert len(listed) == len({file.objgen for file in listed}) == len(names) > 0
        assert [bytes(file.UF) for file in names.values()] == list(names)
        assert {str(file.AFRelationship) for file in listed} <= {"/Data", "/Supplement"}
        assert all(str(file.Desc) for file in listed)


def test_fonts_are_embedded(shelf):
    """No machine's own face stands in for a bundled one."""
    for one in shelf.all:
        fonts = [font for page in one.pdf.pages for font in page.Resources.Font.values()]
        kinds = [font.DescendantFonts[0].FontDescriptor for font in fonts]
        assert kinds
        assert all({"/FontFile2", "/FontFile3"} & set(kind.keys()) for kind in kinds)
        assert all("Scorecard" in str(font.BaseFont) for font in fonts)


# --- tags -------------------------------------------------------------------------------------------------------


def test_every_piece_of_a_page_is_in_the_tree_once_or_an_artifact(shelf):
    """Nothing is lost for who listens, nothing is read out twice, and running heads not at all."""
    for one in shelf.all:
        held = Counter(place for node in one.tree.walk() for place in node.content)
        assert set(held.values()) == {1}
        there = set()
        for number, page in enumerate(one.pdf.pages):
            numbers, artifacts = marked(page)
            there |= {(number, each) for each in numbers}
            assert artifacts.count("Pagination") >= 3  # head, foot and number of the page
        assert there == set(held)


def test_every_piece_of_a_page_finds_its_element(shelf):
    """The way back, by which software tells what was pointed at."""
    for one in shelf.all:
        back = number_tree(one.tree.element.ParentTree)
        keys = [int(page.obj.StructParents) for page in one.pdf.pages]
        for node in one.tree.walk():
            for page, number in node.content:
                assert back[keys[page]][number].objgen == node.element.objgen
            for annotation in node.annotations:
                assert back[int(annotation.StructParent)].objgen == node.element.objgen
        assert int(one.tree.element.ParentTreeNextKey) == max(back) + 1


def test_every_element_knows_its_parent_and_has_a_role(shelf):
    """No empty element, none without a meaning."""
    for one in shelf.all:
        for node in one.tree.walk():
            if node.parent:
                assert node.element.P.objgen == node.parent.element.objgen
                assert node.role != "NonStruct"
            assert node.kids or node.content or node.annotations or node.role in ("TD", "TH")


def test_headings_are_those_of_the_page_and_none_is_skipped(shelf):
    """A reader who goes from heading to heading misses nothing."""
    for one in shelf.all:
        levels = [int(found[1]) for node in one.tree.walk() if (found := LEVEL.match(node.role))]
        wanted = [int(found[1]) for each in one.page.iter() if (found := HEADING.match(str(each.tag)))]
        assert levels == wanted
        assert levels[0] == 1
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_a_page_break_parts_nothing(shelf):
    """Paragraphs, lists, tables and sections are those of the page that was printed, as many and in the same order."""
    over_pages: Counter[str] = Counter()
    for one in shelf.all:
        wanted = [ROLES[each.tag] for each in one.page.iter() if each.tag in ROLES]
        nodes = [node for node in one.tree.walk() if node.role in ROLES.values()]
        if one.name.startswith("strange"):  # a row that no page holds goes on as another
            wanted, nodes = [role for role in wanted if role != "TR"], [node for node in nodes if node.role != "TR"]
        assert [node.role for node in nodes] == wanted
        over_pages.update(node.role for node in nodes if len({place[0] for place in node.places()}) > 1)
    assert {"P", "L", "LI", "Table", "Sect", "Part"} <= set(over_pages)
    assert over_pages["Table"] > 20


def test_a_table_has_its_heads_once(shelf):
    """However many pages it covers."""
    for one in shelf.all:
        for table, source in zip(one.tree.below("Table"), one.page.iter("table"), strict=True):
            assert [kid.role for kid in table.kids] == ["THead", "TBody"]
            assert len(table.kids[0].below("TH")) == len(source.findall("thead/tr/th"))


def test_every_head_says_what_it_heads_and_every_cell_finds_its_heads(shelf):
    """Heads of columns in the head, heads of rows below it; and an id stands for one of them."""
    for one in shelf.all:
        heads = one.tree.below("TH")
        assert {head.get("scope") for head in one.page.iter("th")} == {"col", "row"}
        for head in heads:
            wanted = "/Column" if head.parent.parent.role == "THead" else "/Row"
            assert str(head.element.A.Scope if "/O" in head.element.A else head.element.A[0].Scope) == wanted
        ids = name_tree(one.tree.element.IDTree)
        assert {name: each.objgen for name, each in ids.items()} == {
            bytes(head.element.ID): head.element.objgen for head in heads
        }
        for table in one.tree.below("Table"):
            own = {bytes(head.element.ID): head for head in table.below("TH")}
            for cell in table.below("TD"):
                named = [own[bytes(name)] for name in cell.element.A.Headers]
                beside = [head for head in cell.parent.kids if head.role == "TH"]
                assert [head for head in named if head.parent is cell.parent] == beside
                above = [head for head in named if head.parent.parent.role == "THead"]
                assert [each.parent.kids.index(each) for each in above] == [cell.parent.kids.index(cell)]


def test_every_link_says_in_words_where_it_leads(shelf):
    """Not its address, and none beside the tree."""
    links = 0
    for one in shelf.all:
        words = {" ".join("".join(each.itertext()).split()) for each in one.page.iter("a")}
        annotations = [each for page in one.pdf.pages for each in page.obj.get("/Annots", ())]
        held = [each for node in one.tree.below("Link") for each in node.annotations]
        assert {each.objgen for each in annotations} == {each.objgen for each in held}
        assert [str(each.Contents) for each in annotations if str(each.Contents) not in words] == []
        assert not any(str(each.Contents).startswith("http") for each in annotations)
        addresses = {unquote(each.get("href")) for each in one.page.iter("a")}
        assert {unquote(str(each.A.URI)) for each in annotations} == addresses
        links += len(annotations)
    assert links > 100


def test_every_picture_says_its_message_and_stands_on_its_page(shelf):
    """The words are those of the picture's title; the box is in points, as wide as the picture was drawn."""
    for one in shelf.all:
        pictures = one.tree.below("Figure")
        drawn = list(one.page.iter(f"{SVG}svg"))
        assert sorted(str(each.element.Alt) for each in pictures) == sorted(
            each.findtext(f"{SVG}title") for each in drawn
        )
        sizes = sorted((float(each.get("width")[:-2]), float(each.get("height")[:-2])) for each in drawn)
        boxes = [[float(edge) for edge in each.element.A.BBox] for each in pictures]
        found = sorted((right - left, top - bottom) for left, bottom, right, top in boxes)
        assert [pytest.approx(size, abs=0.01) for size in sizes] == found
        for box, node in zip(boxes, pictures, strict=True):
            page = one.pdf.pages[node.content[0][0]]
            left, bottom, right, top = (float(edge) for edge in page.mediabox)
            assert left < box[0] < box[2] < right
            assert bottom < box[1] < box[3] < top


def test_pictures_tell_numbers_not_only_looks(shelf):
    """But for the keys, which explain signs."""
    told = [str(node.element.Alt) for one in shelf.all for node in one.tree.below("Figure")]
    assert len(told) > 150
    assert [words for words in told if not words.startswith("Key: ") and not re.search(r"\d", words)] == []
    assert all(len(words) > 20 for words in told)


def test_terms_and_what_explains_them_are_one_entry(shelf):
    """The facts at the head of a card: asked by, asked of, source."""
    for one in shelf.all:
        for facts, list_ in zip(one.page.iter("dl"), one.tree.below("L"), strict=False):
            assert [kid.role for kid in list_.kids] == ["LI"] * len(facts.findall("dt"))
            assert {tuple(kid.role for kid in entry.kids) for entry in list_.kids} == {("Lbl", "LBody")}
