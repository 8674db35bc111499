"""Lists: how the entries of each are told apart, by numbers, by points, or by terms that are explained."""

from itertools import accumulate
from xml.etree import ElementTree as ET

from pikepdf import Array, Name

from scaudit.document.tags import Element, Tags, attributes, elements

_KINDS = frozenset(("ul", "ol", "dl"))
_NUMBERING = {"ol": Name.Decimal, "ul": Name.Disc}


def mend(tags: Tags, page: ET.Element) -> None:
    """Tell lists of each kind apart, which the printer does not; `page` is the XHTML that was printed.

    From the first list on that has not as many entries as in the page, none is touched.
    """
    lists = [one for one in page.iter() if one.tag in _KINDS]
    for listed, element in zip(lists, tags.having("L"), strict=False):
        entries = elements(element, "LI")
        if len(entries) != len(listed):
            return
        if listed.tag == "dl":
            _explain(tags, [one.tag for one in listed], entries)
        elif any(elements(entry, "Lbl") for entry in entries):
            attributes(element, "List").ListNumbering = _NUMBERING[listed.tag]


def _explain(tags: Tags, sorts: list[str], entries: list[Element]) -> None:
    """Make one entry of each term and what explains it; the printer made an entry of each of the two."""
    term: Element | None = None
    for sort, entry in zip(sorts, entries, strict=True):
        if sort == "dt":
            term = entry
            for body in elements(entry, "LBody"):
                body.S = Name.Lbl
        elif term is not None:
            bodies = elements(entry, "LBody")
            entry.K = Array([])
            tags.drop(entry)
            tags.adopt(term, bodies)


def close(tags: Tags, element: Element, parts: list[int], wanted: int) -> None:
    """Make one entry of two that a page break made, in a list whose pieces had `parts` entries each.

    Where not every break can have parted an entry, nobody knows which one did, and all stay as they are.
    """
    if sum(parts) - wanted != len(parts) - 1:
        return
    entries = elements(element, "LI")
    for seam in list(accumulate(parts[:-1]))[::-1]:
        for body in elements(entries[seam], "LBody"):
            tags.merge(elements(entries[seam - 1], "LBody")[-1], body)
        tags.drop(entries[seam])
