"""Locating: the packed parts of a file as they stand in it, which of them are damaged, and how large they unpack.

Nearly all of a document is packed (text, attachments, fonts, the tables of its objects), and a packed part shows by its
own checksum that it was changed. So where a file is not what was sealed, the part that was changed can mostly be named.
"""

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from scaudit.document.blocks import Change, changes

UNPACKED = 400_000_000  # bytes that a document may unpack to, all parts together
NAMED = 3  # places that are named
_AT_ONCE = 65_536
_HEAD = 4_000  # bytes before a part that are looked at for its description
_PART = re.compile(rb"(?<!end)stream(?:\r\n|\n)")
_OBJECT = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+obj\b")
_FILTER = re.compile(rb"/Filter\s*(\[)?\s*/(\w+)\s*(/)?")
_KINDS = (
    (b"/EmbeddedFile", "an attached file"),
    (b"/ObjStm", "packed objects"),
    (b"/XRef", "the table of objects"),
    (b"/Metadata", "the metadata"),
    (b"/Length1", "a font"),
    (b"/FontFile", "a font"),
    (b"/N 3", "the colour profile"),
)


@dataclass(frozen=True)
class Part:
    """A part of a file: the number of its object, its bytes from `start` to before `end`, what it seems to be.

    `sound` is false where it does not unpack, or to something else than was packed.
    """

    number: int
    start: int
    end: int
    kind: str
    sound: bool

    def called(self, names: Mapping[int, str]) -> str:
        """What it is; `names` are those of attached files, by the number of their objects."""
        return f"object {self.number}: {f'the attached {names[self.number]}' if self.number in names else self.kind}"


def parts(pdf: bytes) -> tuple[Part, ...]:
    """The packed parts of a file, in order.

    They are found by their marks alone, so that a damaged file has them too. Raises ValueError where they unpack to
    more than a document may, or are packed in a way that no document of ours is.
    """
    return tuple(_parts(pdf))


def broken(found: Sequence[Part], names: Mapping[int, str] = MappingProxyType({})) -> str:
    """Which parts are not as they were packed, in words; empty where all are."""
    named = [f"bytes {one.start:,} to {one.end - 1:,} ({one.called(names)})" for one in found if not one.sound]
    more = f" and {len(named) - NAMED} more" if len(named) > NAMED else ""
    return f"the change lies in {'; '.join(named[:NAMED])}{more}" if named else ""


def damage(pdf: bytes, names: Mapping[int, str] = MappingProxyType({})) -> str:
    """Where a file, of which it is known that it was changed, was so: as its pieces tell, or else its parts."""
    found, changed = parts(pdf), changes(pdf)
    if changed is None:
        return broken(found, names) or _between(found, len(pdf))
    named = [_place(one, found, names) for one in changed]
    more = f" and {len(named) - NAMED} more places" if len(named) > NAMED else ""
    return f"the change lies in {'; '.join(named[:NAMED])}{more}" if named else broken(found, names)


def _place(change: Change, found: Sequence[Part], names: Mapping[int, str]) -> str:
    """A change in words: its bytes, narrowed to a damaged part where it touches one, and what stands there."""
    touched = [one for one in found if one.start < change.end and change.start < one.end]
    damaged = [one for one in touched if not one.sound]
    start, end = change.start, change.end
    if len(damaged) == 1:
        start, end, touched = max(start, damaged[0].start), min(end, damaged[0].end), damaged
    what = change.what or " and ".join(one.called(names) for one in touched) or "what stands between the packed parts"
    return f"bytes {start:,} to {end - 1:,} ({what})"


def _between(found: Sequence[Part], size: int) -> str:
    gaps = _gaps(found, size)
    largest = max(gaps, key=lambda gap: gap[1] - gap[0], default=(0, 0))
    return (
        f"all {len(found)} packed parts (text, attachments, fonts) are sound, so the change lies in the "
        f"{sum(end - start for start, end in gaps):,} of {size:,} bytes that stand between them, "
        f"most likely in bytes {largest[0]:,} to {largest[1] - 1:,} (the metadata)"
    )


def _gaps(found: Sequence[Part], size: int) -> list[tuple[int, int]]:
    """What is in no packed part, from a byte to before another."""
    starts = [0, *(one.end for one in found)]
    ends = [*(one.start for one in found), size]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if end > start]


def _parts(pdf: bytes) -> Iterator[Part]:
    left, reached = UNPACKED, 0
    for mark in _PART.finditer(pdf):
        head = _description(pdf, mark.start())
        if head is None:
            continue
        number, words = head
        way = _FILTER.search(words)
        if way is None:
            continue
        if way[2] != b"FlateDecode" or (way[1] and way[3]):
            place = f"bytes {mark.start() - len(words):,} to {mark.start() - 1:,}"
            raise ValueError(f"By its description ({place}) object {number} is packed as none of scaudit is.")
        end, unpacked, sound = _unpack(pdf, mark.end(), left)
        left -= unpacked
        if mark.end() >= reached:  # inside another part such a mark stands by chance
            reached = end
            yield Part(number, mark.end(), end, _kind(words), sound)


def _description(pdf: bytes, start: int) -> tuple[int, bytes] | None:
    """The number and the words of the object whose content begins after `start`; None where none does."""
    before = pdf[max(0, start - _HEAD) : start]
    heads = list(_OBJECT.finditer(before))
    if not heads or b"endobj" in before[heads[-1].end() :]:
        return None
    return int(heads[-1][1]), before[heads[-1].end() :]


def _unpack(pdf: bytes, start: int, most: int) -> tuple[int, int, bool]:
    """Where a part ends, how many bytes it unpacks to, and whether it is sound."""
    packed, view, unpacked, place = zlib.decompressobj(), memoryview(pdf), 0, start
    try:
        while not packed.eof and place < len(pdf):
            piece = view[place : place + _AT_ONCE]
            place += len(piece)
            unpacked += len(packed.decompress(piece, most - unpacked + 1))
            if unpacked > most:
                raise ValueError(f"It unpacks to more than {UNPACKED:,} bytes; no document of scaudit is so large.")
    except zlib.error:
        return _next_end(pdf, start), unpacked, False
    end = place - len(packed.unused_data)
    sound = packed.eof and pdf[end : end + 12].lstrip(b"\r\n").startswith(b"endstream")
    return (end if packed.eof else _next_end(pdf, start)), unpacked, sound


def _next_end(pdf: bytes, start: int) -> int:
    end = pdf.find(b"endstream", start)
    return end if end >= 0 else len(pdf)


def _kind(words: bytes) -> str:
    return next((kind for mark, kind in _KINDS if mark in words), "the text of a page, or a picture")
