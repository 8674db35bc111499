"""The flow: headings, paragraphs, lists, tables and pictures of a page, one after the other, and what groups them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from scaudit.document.tags import Element, Tags, elements

_SVG = "{http://www.w3.org/2000/svg}svg"
_GROUPS = {"main": "Part", "section": "Sect", "article": "Art", "div": "Div", "blockquote": "BlockQuote"}
_BLOCKS = {
    "p": "P",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "table": "Table",
    "img": "Figure",
    _SVG: "Figure",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
}
_GROUP_ROLES = frozenset(f"/{role}" for role in (*_GROUPS.values(), "Document"))
_BLOCK_ROLES = frozenset(f"/{role}" for role in _BLOCKS.values())


@dataclass(frozen=True)
class Block:
    """A block of a page: its role, what it is there, the groups around it from the outermost on, and where it stands.

    `entries` counts the rows below the head of a table, and the items of a list. `sheet` tells the sheets of paper of
    a print apart; before printing there is one.
    """

    role: str
    origin: Any
    groups: tuple[Any, ...]
    entries: int = 0
    sheet: tuple[int, int] = (0, 0)


def written(page: ET.Element, groups: tuple[ET.Element, ...] = ()) -> Iterator[Block]:
    """The blocks of a page in XHTML."""
    for element in page:
        role = _BLOCKS.get(element.tag)
        if role:
            yield Block(role, element, groups, _entries(element))
        else:
            yield from written(element, (*groups, element) if element.tag in _GROUPS else groups)


def _entries(element: ET.Element) -> int:
    if element.tag == "table":
        return len(element.findall("tbody/tr"))
    return len(element) if element.tag in ("ul", "ol", "dl") else 0


def printed(tags: Tags) -> Iterator[Block]:
    """The blocks of a print; one that goes on over pages is a block on each."""
    for document in elements(tags.root, "Document"):
        yield from _within(document, ())


def _within(group: Element, groups: tuple[Element, ...]) -> Iterator[Block]:
    for element in elements(group):
        role = str(element.S)
        if role in _BLOCK_ROLES:
            yield Block(role[1:], element, groups, _held(element, role), element.Pg.objgen)
        elif role in _GROUP_ROLES:
            yield from _within(element, (*groups, element))


def _held(element: Element, role: str) -> int:
    if role == "/Table":
        return sum(len(elements(body, "TR")) for body in elements(element, "TBody"))
    return len(elements(element, "LI")) if role == "/L" else 0
