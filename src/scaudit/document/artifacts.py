"""Artifacts: what stands on a page and is no part of what the document says, such as running heads and page numbers."""

import re
from collections.abc import Collection

import pikepdf
from pikepdf import Array

from scaudit.document.tags import Tags

_MARKED = re.compile(rb"/\w+\s*<<\s*/MCID\s+(\d+)\s*>>\s*BDC")
_ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"


def mend(pdf: pikepdf.Pdf, tags: Tags) -> None:
    """Make artifacts of marked content that no element of the tree holds: reading software then passes over it."""
    held = tags.root.ParentTree
    listed = list(held.Nums)
    places = {int(number): place for place, number in enumerate(listed[::2])}
    for page in pdf.pages:
        key = page.obj.get("/StructParents")
        if key is None:
            continue
        owners = list(listed[2 * places[int(key)] + 1])
        loose = {number for number, owner in enumerate(owners) if owner is not None and owner not in tags}
        if loose:
            _unmark(page, loose)
            kept = [None if number in loose else owner for number, owner in enumerate(owners)]
            held.Nums[2 * places[int(key)] + 1] = Array(kept)
    tags.root.ParentTreeNextKey = max(places, default=-1) + 1


def _unmark(page: pikepdf.Page, loose: Collection[int]) -> None:
    """Turn pieces of marked content into artifacts, by their numbers."""
    found: set[int] = set()

    def replaced(match: re.Match[bytes]) -> bytes:
        number = int(match[1])
        if number not in loose:
            return match[0]
        found.add(number)
        return _ARTIFACT

    content = _MARKED.sub(replaced, page.Contents.read_bytes())
    if found != set(loose):
        raise ValueError("marked content that a page names is not in it")
    page.Contents.write(content)
