"""Seams: where a page break parted a table, list, paragraph or section, which is one for who does not turn pages."""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from scaudit.document import lists, tables
from scaudit.document.alignment import pieces
from scaudit.document.flow import Block, printed, written
from scaudit.document.tags import Element, Tags


def mend(tags: Tags, page: ET.Element) -> None:
    """Make one element of the pieces of each block and group of `page`, the XHTML that was printed."""
    blocks = list(written(page))
    found = pieces(blocks, list(printed(tags)))
    for block, parts in zip(blocks, found, strict=True):
        for part in parts[1:]:
            _join(tags, parts[0], part)
        if block.role == "L" and sum(part.entries for part in parts) > block.entries:
            lists.close(tags, parts[0].origin, [part.entries for part in parts], block.entries)
    _regroup(tags, blocks, found)


def _join(tags: Tags, first: Block, part: Block) -> None:
    if part.role == "Table":
        tables.join(tags, first.origin, part.origin)
    else:
        tags.merge(first.origin, part.origin)


def _regroup(tags: Tags, blocks: Sequence[Block], found: Sequence[Sequence[Block]]) -> None:
    """Join the pieces of groups: those around pieces of blocks that one group of the page is around."""
    known: dict[ET.Element, Element] = {}
    for block, parts in zip(blocks, found, strict=True):
        for part in parts:
            if len(part.groups) == len(block.groups):
                for group, element in zip(block.groups, part.groups, strict=True):
                    first = known.setdefault(group, element)
                    if element in tags and first.objgen != element.objgen:
                        tags.merge(first, element)
