"""Links: where each one leads, in words; an address that is read out letter by letter tells nobody anything."""

import re
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pikepdf

_SPACES = re.compile(r"\s+")


def mend(pdf: pikepdf.Pdf, page: ET.Element) -> None:
    """Describe every link by its title or text in `page`, the XHTML that was printed."""
    words = _words(page)
    for one in pdf.pages:
        for link in one.obj.get("/Annots", ()):
            said = words.get(_plain(_address(link)))
            if said:
                link.Contents = pikepdf.String(said)


def _words(page: ET.Element) -> dict[str, str]:
    """What each link leads to, by its address; of links that have one address and other words, the first."""
    words: dict[str, str] = {}
    for link in page.iter("a"):
        said = link.get("title") or _SPACES.sub(" ", "".join(link.itertext())).strip()
        if said:
            words.setdefault(_plain(link.get("href", "")), said)
    return words


def _address(link: pikepdf.Object) -> str:
    """Where a link leads: an address, or a place in the document as XHTML names it."""
    if "/Dest" in link:
        return f"#{link.Dest}"
    return str(link.A.get("/URI", "")) if "/A" in link else ""


def _plain(address: str) -> str:
    """An address without the ways in which its signs may be written: a printer writes some by their numbers."""
    return unquote(address)
