"""Chunks: which cards are rendered at one go, told by paths and ids alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scaudit.scorecard.groups import Group

SLICE = 100  # items of which the records are in memory at once, for groups of items
SLICE_OF_LARGE = 2_000  # items of which only the standings are in memory at once
TURNS = 4  # chunks for each worker at least, so that none waits long for the others at the end


@dataclass(frozen=True)
class Chunk:
    """Cards to be rendered at one go: of which project, out of which results, into which folder.

    `items` are those of the cards; `among` are the items of their slice, which several chunks may share. Where there
    are `groups`, the cards are theirs, and `items` their names. `overview_of` is the number of items of which whoever
    has it rendered prints an overview meanwhile.
    """

    root: Path
    results: Path
    folder: Path
    items: tuple[str, ...]
    among: tuple[str, ...]
    with_pdf: bool = True
    sign: bool = True
    groups: tuple[Group, ...] = ()
    overview_of: int = 0


def chunks(whole: Chunk, size: int, workers: int) -> list[Chunk]:
    """A chunk in chunks of `size` cards at most; of fewer, out of shared slices, where workers would else be idle."""
    each = max(1, min(size, len(whole.items) // (workers * TURNS)))
    slices = [whole.items[first : first + size] for first in range(0, len(whole.items), size)]
    return [
        replace(whole, items=part[first : first + each], among=part)
        for part in slices
        for first in range(0, len(part), each)
    ]


def group_chunks(whole: Chunk, groups: Sequence[Group], workers: int) -> list[Chunk]:
    """The cards of groups in chunks: small ones carry their records, so that fewer of them share a slice.

    Of few of these each is a chunk, since workers would else be idle. The largest come first, so that at the end nobody
    waits long for somebody else.
    """
    found: list[Chunk] = []
    few = max(1, sum(not one.is_large for one in groups) // (workers * TURNS))
    for large, size in ((False, SLICE), (True, SLICE_OF_LARGE)):
        part: list[Group] = []
        for group in sorted((one for one in groups if one.is_large is large), key=_size, reverse=True):
            if (not large and len(part) == few) or (part and sum(len(one.items) for one in (*part, group)) > size):
                found.append(_of_groups(whole, part))
                part = []
            part.append(group)
        found += [_of_groups(whole, part)] if part else []
    return found


def _size(group: Group) -> int:
    return len(group.items)


def _of_groups(whole: Chunk, groups: Sequence[Group]) -> Chunk:
    among = tuple(sorted({item for group in groups for item in group.items}))
    return replace(whole, items=tuple(group.subject for group in groups), among=among, groups=tuple(groups))
