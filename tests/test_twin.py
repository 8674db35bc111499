"""The HTML twin: the content of the PDF, nothing fetched, nothing run, and no barrier that axe-core knows of."""

import itertools
import re
from datetime import date
from functools import cache
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

import browser
from conftest import examined
from numbers_factory import measured_results, tables
from scaudit.document.attachment import data_digest
from scaudit.document.key_source import KeySource
from scaudit.errors import ProjectError
from scaudit.project import find_project
from scaudit.scorecard.attached import attached
from scaudit.scorecard.build import item_card
from scaudit.scorecard.edition import imprint
from scaudit.scorecard.html import Pages
from scaudit.scorecard.lettering import lettering
from scaudit.scorecard.model import Siblings
from scaudit.scorecard.overview import overview_card
from scaudit.scorecard.twin import Twins
from scorecard_factory import ROOT, TEMPLATES, SomeSettings, record, render_edition, some_results

RESULTS = some_results()
INVENTED = measured_results(measured=[{**row, "synthetic": True} for row in tables()["measured"]])
TWINS = Twins(TEMPLATES)
DAY = date(2026, 11, 21)
SVG = "{http://www.w3.org/2000/svg}"
VOID = {"meta", "br", "col"}
EVIL = '</style></title><script>alert(1)</script><img src="https://example.org/x" onerror=alert(1)> " onload="alert(1) {{ 7*7 }} &lt;'


class Reader(HTMLParser):
    """What a browser would make of a page: elements with their attributes, and all text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.words: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append((self.open[-1] if self.open else "", data))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def text(self, *without: str) -> str:
        return " ".join("".join(words for tag, words in self.words if tag not in without).split())


def twin(item_id: str = "SYN-1/R1", results=RESULTS, siblings=None, key=None, **settings) -> str:
    """The twin of one card, or of the overview."""
    data = attached(results, item_id)
    about = imprint(SomeSettings(**settings), item_id, data, key)
    card = item_card(results, item_id) if item_id else overview_card(results)
    return TWINS.twin(card, about, siblings or Siblings("a.pdf", "a.json"))


NAMES = ("recommendation", "concern", "overview", "numbers", "numbers overview")


@cache
def made(name: str) -> str:
    """The invented page of that name."""
    results = INVENTED if name.startswith("numbers") else RESULTS
    return twin({"recommendation": "SYN-1/R1", "concern": "PLEA/II", "numbers": "PLEA/II"}.get(name, ""), results)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """The twins of all cards of this project, on the record of today, by their file names."""
    folder = tmp_path_factory.mktemp("shipped")
    results, _ = examined(DAY, DAY)
    written = render_edition(results, find_project(ROOT), folder, with_pdf=False)
    return {name: (folder / name).read_text("utf-8") for name in written if name.endswith(".html")}


# --- the same content -------------------------------------------------------------------------------------------


def _rows(root: ET.Element) -> list[list[str]]:
    return [[_text(cell) for cell in row] for row in root.iter("tr")]


def _text(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize(("name", "item_id"), [("concern", "PLEA/II"), ("overview", "")])
def test_headings_tables_and_pictures_are_those_of_the_pdf(name, item_id):
    """One content, two frames."""
    about = imprint(SomeSettings(), item_id, attached(RESULTS, item_id))
    pages = Pages(TEMPLATES)
    card = item_card(RESULTS, item_id) if item_id else overview_card(RESULTS)
    page = pages.item(card, about) if item_id else pages.overview(card, about)
    printed, shown = ET.fromstring(page), browser.tree(made(name))
    for tags in (("h1", "h2", "h3"), ("li",), ("dd",)):
        told = [_text(element) for element in printed.iter() if element.tag in tags]
        assert told == [_text(element) for element in shown.find(".//main").iter() if element.tag in tags]
    assert _rows(printed) == _rows(shown)
    assert [_text(each[0]) for each in printed.iter(f"{SVG}svg")] == [_text(each[0]) for each in shown.iter("svg")]


def _ends(page: str) -> list[str]:
    """The text of the head and of the foot of a page."""
    body = browser.tree(page).find("body")
    return [" ".join("".join(body.find(tag).itertext()).split()) for tag in ("header", "footer")]


@pytest.mark.parametrize(("name", "item_id"), [("recommendation", "SYN-1/R1"), ("overview", "")])
def test_head_and_foot_say_which_edition_this_is(name, item_id):
    """Edition, days, ruleset and the digest of the data that the PDF carries; at the foot in full."""
    digest = data_digest(attached(RESULTS, item_id))
    told = "Edition 2019-12-31 · as of 31 December 2019 · known on 30 June 2020 · ruleset ladder-1 · data "
    head, foot = _ends(made(name))
    assert told + digest[:16] in head
    assert told + digest in foot


@pytest.mark.parametrize(
    ("pdf", "key", "words"),
    [
        ("", None, "Not signed."),
        ("", "Some Auditor", "Not signed."),
        ("a.pdf", None, "Not signed, neither this page nor its PDF."),
        ("a.pdf", "Some Auditor", "The PDF of this page is signed by Some Auditor; this page itself is not signed."),
        ("a.pdf", "DEMONSTRATION", "with a demonstration key, which proves nothing; this page itself is not signed."),
    ],
)
def test_a_page_never_looks_signed(pdf, key, words):
    """A browser checks no signature; the PDF has it."""
    page = twin(siblings=Siblings(pdf, "a.json"), key=KeySource(key) if key else None)
    assert all(words in end for end in _ends(page))


def test_what_is_synthetic_says_so_at_both_ends_and_in_the_title():
    """As on every page of the PDF."""
    assert all("SYNTHETIC DATA" in end for end in _ends(made("numbers")))
    assert "<title>SYNTHETIC" in made("numbers")
    assert "SYNTHETIC" not in made("concern")


# --- nothing fetched, nothing run -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_one_file(name):
    """No script, no form, no frame, nothing that a browser would fetch by itself."""
    _is_one_file(made(name))


def _is_one_file(page: str) -> None:
    read = Reader(page)
    known = {
        *("html", "head", "meta", "title", "style", "body", "header", "nav", "main", "footer", "section", "blockquote"),
        *("h1", "h2", "h3", "p", "a", "b", "i", "strong", "br", "span", "div", "ul", "li", "dl", "dt", "dd"),
        *("table", "colgroup", "col", "thead", "tbody", "tr", "th", "td"),
        *("svg", "path", "rect", "circle", "text"),
    }
    assert {tag for tag, _ in read.elements} <= known
    names = {name for _, attributes in read.elements for name in attributes}
    assert not {name for name in names if name.startswith("on")} | names & {
        "src",
        "srcset",
        "data",
        "action",
        "xlink:href",
    }
    assert all(
        link["href"].startswith(("#", "https://", "http://")) or link["href"] in ("a.pdf", "a.json")
        for link in read.all("a")
    )
    style = "".join(words for tag, words in read.words if tag == "style")
    assert not re.search(
        r"url\(|@import|expression|\\", style + "".join(each.get("style", "") for _, each in read.elements)
    )
    policy = next(meta["content"] for meta in read.all("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
    assert len(read.all("style")) == len(read.all("title")) - len(read.all("svg")) == 1


def test_hostile_text_stays_text():
    """In a finding, a heading, a picture, the title, the project's name and the publisher's."""
    items = [{**row, "title": EVIL} for row in RESULTS.items]
    asks = [{**row, "ask": EVIL} for row in RESULTS.criteria]
    records = [record(1, "SYN-1/R1.a", finding=EVIL, locator=EVIL)]
    rungs = [{**row, "binding": [], "standing": [], "rules": [EVIL]} for row in RESULTS.rungs]
    results = some_results(items=items, criteria=asks, records=records, rungs=rungs)
    for item_id in ("SYN-1/R1", ""):
        page = twin(item_id, results, title=EVIL, publisher=EVIL, contact=EVIL, notes={"": EVIL})
        _is_one_file(page)
        assert Reader(page).text("style").count(EVIL) > 5


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//example.org/x"])
def test_a_link_is_a_web_address_or_none(url):
    """A reader who clicks comes to a web page or nowhere."""
    sources = {key: {**row, "url": url} for key, row in RESULTS.sources.items()}
    assert url not in twin(results=some_results(sources=sources))


# --- built for everybody ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_its_parts_in_order(name):
    """One of each landmark, a way past the contents, headings without gaps, the language, the width of the screen."""
    read = Reader(made(name))
    tags = [tag for tag, _ in read.elements]
    assert [tag for tag in tags if tag in ("header", "nav", "main", "footer")] == ["header", "nav", "main", "footer"]
    assert read.all("html")[0]["lang"] == "en"
    assert read.all("a")[0] == {"class": "skip", "href": "#content"}
    assert read.all("main")[0]["id"] == "content"
    levels = [int(tag[1]) for tag in tags if tag in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in read.all("meta")


@pytest.mark.parametrize("name", NAMES)
def test_ids_are_there_once_and_everything_that_names_one_finds_it(name):
    """Contents, tables and pictures point at what exists; the contents at every main part, in order."""
    read = Reader(made(name))
    ids = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = [attributes["aria-labelledby"] for _, attributes in read.elements if "aria-labelledby" in attributes]
    linked = [link["href"][1:] for link in read.all("a") if link["href"].startswith("#")]
    assert {*named, *linked} <= set(ids)
    assert linked[1:] == [heading["id"] for heading in read.all("h2")]
    assert all(table["aria-labelledby"] for table in read.all("table"))
    assert all(picture["role"] == "img" and picture["aria-labelledby"] for picture in read.all("svg"))


def test_two_parts_of_one_name_have_two_ids():
    """A link leads to one of them."""
    items = [{**row, "title": "Why"} for row in RESULTS.items]
    ids = [heading["id"] for heading in Reader(twin(results=some_results(items=items))).all("h2")]
    assert "why-2" in ids


def test_a_cell_that_stands_alone_on_a_narrow_screen_has_its_head():
    """Below each other, cells would be nameless; roles keep the table a table."""
    table = browser.tree(made("recommendation")).find(".//table[@class='steps stack']")
    assert [cell.get("data-head") for cell in table.find("tbody/tr")] == [
        None, "What was to be so", "Rungs 1 to 6", "Evidence shows", "Taken at its word",
    ]  # fmt: skip
    assert [cell.get("role") for cell in table.find("tbody/tr")] == ["rowheader", "cell", "cell", "cell", "cell"]
    assert table.get("role") == "table"


def test_wide_tables_and_pictures_scroll_by_keyboard():
    """Nothing is cut off for who uses no mouse."""
    for page in map(made, NAMES):
        root = browser.tree(page)
        boxes = root.findall(".//div[@class='wide']")
        assert boxes
        assert all(box.get("tabindex") == "0" and box.get("aria-label") and len(box) == 1 for box in boxes)
        inside = {id(box[0]) for box in boxes}
        free = [table for table in root.iter("table") if id(table) not in inside]
        assert all("stack" in table.get("class").split() for table in free)


def test_words_of_a_picture_stay_inside_it(shipped):
    """They are as wide as in the PDF, whatever fonts a machine has."""
    for name, page in {**{one: made(one) for one in NAMES}, **shipped}.items():
        for picture in browser.tree(page).iter("svg"):
            right = float(picture.get("viewBox").split()[2])
            for words in picture.iter("text"):
                end = float(words.get("x")) + float(words.get("textLength", "0"))
                assert end <= right + 2, (name, _text(words))


def test_bold_words_and_large_ones_take_more_room():
    """The widths are those of the bundled fonts: of Source Sans an "m" is 0.83 of its size."""
    letters = lettering(TEMPLATES)
    assert letters.width("m", 100, 400) == pytest.approx(83, abs=1)
    assert letters.width("mm", 10, 400) == pytest.approx(2 * letters.width("m", 10, 400))
    assert letters.width("evidence", 8, 700) > letters.width("evidence", 8, 400)


def test_pictures_can_be_read_on_a_dark_ground():
    """Turned light by the style, their words still have 4.5 to 1; those in a bar against the bar."""
    charts = "".join((TEMPLATES / name).read_text("utf-8") for name in ("charts.html", "charts_numbers.html"))
    style = (TEMPLATES / "web.css").read_text("utf-8").split(browser.SEEN_DARK)[1]
    assert "svg { filter: invert(1) hue-rotate(180deg) }" in style
    ground = _light(re.search("--ground: (#[0-9a-f]{6})", style)[1])
    inks = set(re.findall(r'"(#[0-9a-f]{6})"', charts)) - {"#ffffff", "#dfe4ea", "#c3ccd6"}  # lines and plates
    assert {"#16324f", "#8a3b12", "#1c2430", "#4a5563"} <= inks
    for ink in inks:
        assert _ratio(_light(_turned(ink)), ground) >= 4.5, ink
        assert _ratio(_light(_turned(ink)), _light(_turned("#ffffff"))) >= 4.5, ink


def _turned(colour: str) -> str:
    """A colour after invert(1) and hue-rotate(180deg), by the matrix of the filter specification."""
    red, green, blue = (1 - int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    rows = ((-0.574, 1.430, 0.144), (0.426, 0.430, 0.144), (0.426, 1.430, -0.856))
    turned = [min(1, max(0, a * red + b * green + c * blue)) for a, b, c in rows]
    return "#" + "".join(f"{round(part * 255):02x}" for part in turned)


def _light(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ratio(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


@pytest.mark.parametrize("name", ["web.html", "web.css"])
def test_a_missing_template_is_named(tmp_path, name):
    """A project that was made before there were twins is told what it lacks."""
    for path in TEMPLATES.iterdir():
        if path.name != name:
            (tmp_path / path.name).symlink_to(path)
    with pytest.raises(ProjectError, match=re.escape(name)):
        Twins(tmp_path).twin(item_card(RESULTS, "PLEA/II"), imprint(SomeSettings()), Siblings("", "a.json"))


# --- in a browser -----------------------------------------------------------------------------------------------


SCREENS = (320, 640)  # a telephone, and a screen of 1280 at twice the size


@pytest.fixture(scope="module")
def pages(shipped):
    """All cards of this project and the invented ones, by name."""
    return {**{f"invented {name}": made(name) for name in NAMES}, **shipped}


@pytest.fixture(scope="module")
def seen(pages):
    """What axe-core and the screen say of all pages, and of some that have a fault; Chromium starts once."""
    looks = [browser.Look(name, page, widths=SCREENS) for name, page in pages.items()]
    return browser.examine([*looks, *browser.contrasts("text", browser.one_of_each(pages.values())), *_faulty()])


def _faulty() -> list[browser.Look]:
    page = made("concern")
    worse = page.replace("<h2", "<h4", 1).replace(' lang="en"', "", 1).replace('aria-labelledby="picture-1"', "", 1)
    faint = page.replace("--quiet: #b9c2cd", "--quiet: #4a5563")
    stiff = page.replace(".wide { overflow-x: auto", ".wide { overflow-x: visible")
    assert page not in (worse, faint, stiff)
    return [
        browser.Look("worse", worse),
        *browser.contrasts("faint", browser.one_of_each([faint])),
        browser.Look("stiff", stiff, widths=SCREENS),
    ]


def test_axe_core_finds_no_barrier_on_any_page(seen, pages):
    """WCAG 2.0 and 2.1, A and AA, and best practices; contrast comes next."""
    assert len(pages) == 15
    assert {name: seen[name]["broken"] for name in pages if seen[name]["broken"]} == {}
    tried = {"html-has-lang", "region", "heading-order", "svg-img-alt", "landmark-one-main"}
    assert all(tried <= set(seen[name]["passed"]) for name in pages)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_sort_of_text_has_contrast(seen, scheme):
    """4.5 to 1, or 3 to 1 for large text, in both schemes."""
    assert seen[f"text in the {scheme}"]["broken"] == []
    assert seen[f"text in the {scheme}"]["passed"] == ["color-contrast"]


def test_no_sort_of_text_is_left_out(pages):
    """What is looked at for contrast has every element and class of all pages in every place that they stand in."""
    kept = _places(browser.one_of_each(pages.values()))
    assert set().union(*(_places(page) for page in pages.values())) == kept


def _places(page: str) -> set[tuple[str, ...]]:
    """The paths of elements and classes that lead to text."""
    found, waiting = set(), [((), browser.tree(page).find("body"))]
    while waiting:
        path, element = waiting.pop()
        here = (*path, f"{element.tag}.{element.get('class', '')}")
        if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
            found.add(here)
        waiting += [(here, child) for child in element if child.tag != "svg"]
    return found


def test_no_page_is_wider_than_the_screen(seen, pages):
    """A reader scrolls down, not sideways; wide tables and pictures scroll by themselves."""
    assert {name: seen[name]["beyond"] for name in pages if seen[name]["beyond"] != [0, 0]} == {}


def test_a_page_with_faults_is_found_out(seen):
    """Else the three tests above would show nothing."""
    assert {"html-has-lang", "heading-order"} <= {words.split(":")[0] for words in seen["worse"]["broken"]}
    assert seen["faint in the light"]["broken"] == []
    assert {words.split(":")[0] for words in seen["faint in the dark"]["broken"]} == {"color-contrast"}
    assert max(seen["stiff"]["beyond"]) > 0


def test_a_page_prints_well(tmp_path):
    """On paper it has its content and who made it, neither contents nor links to jump, and few pages more than the PDF."""
    target = tmp_path / "printed.pdf"
    (tmp_path / "page.html").write_text(made("recommendation"), "utf-8")
    browser.chromium("--no-pdf-header-footer", f"--print-to-pdf={target}", (tmp_path / "page.html").as_uri())
    printed = PdfReader(target).pages
    assert 4 <= len(printed) <= 10
    words = " ".join(" ".join(page.extract_text() for page in printed).split())
    assert words.count("Edition 2019-12-31") == 2
    assert "Skip to the content" not in words
    assert "Annex A. Every record" in words
