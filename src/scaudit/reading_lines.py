"""Lines: those of a text file that are others than in a copy of it as it was; of a large file mostly very few."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

CHUNK = 1 << 22


@dataclass(frozen=True)
class Differing:
    """The lines from the first to the last that is another: `text`, after the file's first line, which is `header`.

    `first` is the number of the first of them, `number` how many they are, `lines` how many the file has in all; a
    last line without line end counts.
    """

    header: bytes
    text: bytes
    first: int
    number: int
    lines: int


class _UnlikeError(Exception):
    """The two files are not alike line by line."""


def differing(path: Path, earlier: Path) -> Differing | None:
    """The lines of a file that are others than at the same places of an earlier copy.

    None where the two have not the same number of lines or the same first line, where nothing differs, and where a
    carriage return stands in one of them, which may end a line or not. Raises OSError for a file that cannot be read.
    """
    with path.open("rb") as now, earlier.open("rb") as then:
        try:
            return _differing(now, then)
        except _UnlikeError:
            return None


def _differing(now: BinaryIO, then: BinaryIO) -> Differing:
    sizes = _size(now), _size(then)
    before = _whole_lines(now, _alike_before(now, then))
    after = _after_a_line(now, sizes[0], _alike_after(now, then, sizes, min(sizes) - before))
    texts = [_part(file, before, size - after) for file, size in zip((now, then), sizes, strict=True)]
    first, number, rest = _lines(now, 0, before), _count(texts[0]), _lines(now, sizes[0] - after, sizes[0])
    if not first or not number or number != _count(texts[1]) or any(b"\r" in text for text in texts):
        raise _UnlikeError
    now.seek(0)
    return Differing(now.readline(), texts[0], first + 1, number, first + number + rest)


def _alike_before(now: BinaryIO, then: BinaryIO) -> int:
    """The bytes in which two files are alike from their beginning on."""
    alike = 0
    while True:
        mine, other = _part(now, alike, alike + CHUNK), _part(then, alike, alike + CHUNK)
        if mine != other or not mine:
            return alike + _common(mine, other)
        alike += len(mine)


def _alike_after(now: BinaryIO, then: BinaryIO, sizes: tuple[int, int], most: int) -> int:
    """The bytes in which two files are alike up to their end, `most` at most."""
    alike = 0
    while alike < most:
        step = min(CHUNK, most - alike)
        mine, other = (
            _part(file, size - alike - step, size - alike) for file, size in zip((now, then), sizes, strict=True)
        )
        if mine != other:
            return alike + _common(mine[::-1], other[::-1])
        alike += step
    return alike


def _common(mine: bytes, other: bytes) -> int:
    """The bytes in which two texts are alike from their beginning on."""
    places = range(min(len(mine), len(other)))
    return bisect_left(places, True, key=lambda place: mine[: place + 1] != other[: place + 1])


def _whole_lines(file: BinaryIO, end: int) -> int:
    """Where the line begins of which a place is part; no line that can be read is longer than a chunk."""
    first = max(end - CHUNK, 0)
    found = _part(file, first, end).rfind(b"\n")
    if found < 0:
        raise _UnlikeError
    return first + found + 1


def _after_a_line(file: BinaryIO, size: int, alike: int) -> int:
    """Of so many bytes up to the end, those after the first line end."""
    found = _part(file, size - alike, min(size - alike + CHUNK, size)).find(b"\n")
    return alike - found - 1 if found >= 0 else 0


def _lines(file: BinaryIO, first: int, end: int) -> int:
    """The lines between two places; the first is where a line begins."""
    lines, last = 0, b"\n"
    for chunk in _chunks(file, first, end):
        if b"\r" in chunk:
            raise _UnlikeError
        lines += chunk.count(b"\n")
        last = chunk[-1:]
    return lines + (last != b"\n")


def _count(text: bytes) -> int:
    return text.count(b"\n") + (not text.endswith(b"\n") and text != b"")


def _chunks(file: BinaryIO, first: int, end: int) -> Iterator[bytes]:
    for start in range(first, end, CHUNK):
        yield _part(file, start, min(start + CHUNK, end))


def _part(file: BinaryIO, first: int, end: int) -> bytes:
    file.seek(first)
    return file.read(end - first)


def _size(file: BinaryIO) -> int:
    return os.fstat(file.fileno()).st_size
