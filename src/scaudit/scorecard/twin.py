"""The twin of a document: the same content as one HTML file for browsers and screen readers, without script.

The content comes from the templates of the PDF, in another frame. What only a browser needs is added here, to the tree:
ids, the contents, names of tables and pictures, and ways to show both on a narrow screen.
"""

import re
from functools import lru_cache
from itertools import count
from pathlib import Path
from xml.etree import ElementTree as ET

from scaudit.errors import ProjectError
from scaudit.scorecard.html import Card, pages
from scaudit.scorecard.lettering import Lettering, lettering
from scaudit.scorecard.model import Imprint, Siblings

_SVG = "{http://www.w3.org/2000/svg}"
_NAME = 60  # characters of a heading that its id takes at most
_FEW = 5  # columns of a table that a narrow screen can show below each other
_NARROW = 200.0  # points of a picture that any screen shows whole
_TEXT = 10.4  # points of a picture that are one line of text of the page
_SHORT = 2  # signs under which a word is as long in any font
_ROLES = {"thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}


class Twins:
    """Makes the twins of documents from the templates of one folder."""

    def __init__(self, templates: Path) -> None:
        self._pages, self._letters = pages(templates), lettering(templates)

    def twin(self, card: Card, imprint: Imprint, siblings: Siblings) -> str:
        """The page as HTML. Raises ProjectError where a template is missing or not well formed."""
        root = _tree(self._pages.web(card, imprint, siblings))
        main = _only(root, "main")
        _name_parts(root, main)
        _list_contents(_only(_only(root, "nav"), "ul"), main)
        _let_scroll(main)
        for number, picture in enumerate(main.iter("svg"), 1):
            _describe_picture(picture, number, self._letters)
        return "<!DOCTYPE html>\n" + ET.tostring(root, encoding="unicode", method="html") + "\n"


@lru_cache(maxsize=4)
def twins(templates: Path) -> Twins:
    """The twins of a process for a folder: templates are compiled once."""
    return Twins(templates)


def _tree(page: str) -> ET.Element:
    try:
        root = ET.fromstring(page)  # noqa: S314 (our own template, every value escaped)
    except ET.ParseError as error:
        message = f"a template does not give well-formed XHTML ({error}); close every element in it"
        raise ProjectError(message) from error
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)  # HTML knows pictures without their namespace
    return root


def _only(root: ET.Element, tag: str) -> ET.Element:
    found = root.find(f".//{tag}")
    if found is None:
        raise ProjectError(f"the template web.html has no element {tag}; restore the shipped one")
    return found


def _words(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _name_parts(root: ET.Element, main: ET.Element) -> None:
    """Give every part of the content an id of its own, made of its heading, and name tables by the part they are in."""
    used = {element.get("id", "") for element in root.iter()}
    part = ""
    for element in main.iter():
        if element.tag in ("h1", "h2", "h3"):
            part = element.get("id") or _unused(_words(element), used)
            element.set("id", part)
        elif element.tag == "table":
            element.set("aria-labelledby", part)
            _describe_table(element)


def _unused(heading: str, used: set[str]) -> str:
    """An id like `annex-a-every-record`, with a number behind it where there is such a one already."""
    plain = re.sub("[^a-z0-9]+", "-", heading.lower())[:_NAME].strip("-") or "part"
    names = (f"{plain}-{number}" if number > 1 else plain for number in count(1))
    name = next(name for name in names if name not in used)
    used.add(name)
    return name


def _list_contents(contents: ET.Element, main: ET.Element) -> None:
    for heading in main.iter("h2"):
        link = ET.SubElement(ET.SubElement(contents, "li"), "a", href=f"#{heading.get('id')}")
        link.text = _words(heading)


def _describe_table(table: ET.Element) -> None:
    """Where a table has few columns, its rows can stand below each other on a narrow screen.

    Then every cell has the head of its column beside it, and roles keep the table a table for who hears it.
    """
    heads = [_words(cell) for cell in table.iterfind("thead/tr/th")]
    if not 0 < len(heads) <= _FEW:
        return
    table.set("class", f"{table.get('class', '')} stack".strip())
    table.set("role", "table")
    for element in table.iter():
        role = _ROLES.get(element.tag)
        if role := {"col": "columnheader", "row": "rowheader"}.get(element.get("scope", ""), role):
            element.set("role", role)
    for row in table.iterfind("tbody/tr"):
        for head, cell in zip(heads, row, strict=False):
            if cell.tag == "td":
                cell.set("data-head", head)


def _describe_picture(picture: ET.Element, number: int, letters: Lettering) -> None:
    """Its title is its name; it grows with the text of the page; its words are as wide as in the fonts of the PDF."""
    picture.set("style", f"width:{_wide(picture) / _TEXT:.2f}rem")
    for key in ("width", "height"):
        picture.attrib.pop(key, None)
    title = picture.find("title")
    if title is not None:
        title.set("id", f"picture-{number}")
        picture.set("aria-labelledby", f"picture-{number}")
    picture.set("role", "img")
    for text in picture.iter("text"):
        words = _words(text)
        if len(words) >= _SHORT:
            width = letters.width(words, float(text.get("font-size", "8")), int(text.get("font-weight", "400")))
            text.attrib |= {"textLength": f"{width:.1f}", "lengthAdjust": "spacingAndGlyphs"}


def _wide(picture: ET.Element) -> float:
    return float(picture.get("width", "0").removesuffix("pt"))


def _let_scroll(main: ET.Element) -> None:
    """Put what is wider than a narrow screen into a box that scrolls sideways, also by keyboard."""
    for parent in list(main.iter()):
        for place, child in enumerate(list(parent)):
            if (child.tag == "table" and "stack" not in child.get("class", "").split()) or (
                child.tag == "svg" and _wide(child) > _NARROW
            ):
                kind = "Table" if child.tag == "table" else "Picture"
                box = ET.Element("div", {"class": "wide", "role": "group", "tabindex": "0"})
                box.set("aria-label", f"{kind}, may scroll sideways")
                box.tail, child.tail = child.tail, None
                box.append(child)
                parent[place] = box
