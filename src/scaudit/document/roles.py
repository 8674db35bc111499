"""Roles: what each element is. A printer that does not know an HTML element gives it none."""

from pikepdf import Name

from scaudit.document.tags import Element, Tags, elements, kids

_LINES = frozenset(("/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/Span", "/Link", "/Lbl", "/Caption", "/Reference"))
_BLOCKS = frozenset(("/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/Div", "/Sect", "/L", "/Table", "/Figure"))


def mend(tags: Tags) -> None:
    """Give every element a role, leave out those that hold nothing, and make one part of the part of each page."""
    for element in tags.having("NonStruct"):
        element.S = Name.Div if _is_block(element) else Name.Span
    for element in tags.bare:
        _clear(tags, element)
    for document in tags.having("Document"):
        first, *others = elements(document, "Part") or [None]
        for part in others:
            tags.merge(first, part)


def _clear(tags: Tags, element: Element) -> None:
    """Leave out a piece of a line that holds nothing, and what it leaves with nothing."""
    while str(element.S) == "/Span" and not kids(element):
        around = element.P
        tags.drop(element)
        element = around


def _is_block(element: Element) -> bool:
    """Whether an element without a role parts its content from what stands around it, as a heading or table does."""
    if str(element.P.S) in _LINES:
        return False
    return any(str(kid.S) in _BLOCKS for kid in elements(element))
