"""Alignment: which blocks of a print are the pieces of which block of the page that was printed."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from scaudit.document.flow import Block

_WHOLE = frozenset(("Figure",))  # what no page break parts


def pieces(written: Sequence[Block], printed: Sequence[Block]) -> list[list[Block]]:
    """For each block of the page those of the print, in order, that are certainly pieces of it.

    Both have the same blocks in the same order, but that a page break makes two of one. Where that can have come
    about in several ways, only what is so in all of them is certain; where it cannot, nothing is.
    """
    edges, total = _ways(written, printed)
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for number, first, last, ways in edges:
        for place in range(first, last + 1):
            votes[place][number] += ways
    found: list[list[Block]] = [[] for _ in written]
    for place, block in enumerate(printed):
        for number, ways in votes[place].items():
            if ways == total:
                found[number].append(block)
    return found


def _ways(written: Sequence[Block], printed: Sequence[Block]) -> tuple[list[tuple[int, int, int, int]], int]:
    """Every (block, its first piece, its last piece) that is part of a whole alignment, each with in how many."""
    steps: list[list[tuple[int, int, int]]] = []
    reached = Counter({0: 1})
    for block in written:
        step = [(first, last, ways) for first, ways in reached.items() for last in _spans(block, printed, first)]
        reached = Counter()
        for _, last, ways in step:
            reached[last + 1] += ways
        steps.append(step)
    onward = Counter({len(printed): 1})
    edges = []
    for number in range(len(written) - 1, -1, -1):
        before: Counter[int] = Counter()
        for first, last, ways in steps[number]:
            if onward[last + 1]:
                edges.append((number, first, last, ways * onward[last + 1]))
                before[first] += onward[last + 1]
        onward = before
    return edges, onward[0]


def _spans(block: Block, printed: Sequence[Block], first: int) -> Iterator[int]:
    """The places at which the pieces of a block can end, the first of them being at `first`."""
    entries = 0
    for last in range(first, len(printed)):
        piece, before = printed[last], printed[last - 1]
        if piece.role != block.role or (last > first and (piece.sheet == before.sheet or piece.role in _WHOLE)):
            return
        entries += piece.entries
        if block.entries <= entries <= block.entries + last - first:  # an entry may be parted, too
            yield last
