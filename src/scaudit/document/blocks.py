"""Blocks: digests of the pieces of a file, kept inside it, so that where it was changed can be told to the piece.

The seal says that a file was changed, and this where. Both are read as zeros when the digests are taken. The field has
256 digests of pieces of equal length, each cut to eight digits, after the length of the file and a digest of all that.
"""

import hashlib
import re
from dataclasses import dataclass

COUNT = 256
_LENGTH, _SHORT = 12, 8  # digits of the length of the file, and of a digest
FIELD = _LENGTH + _SHORT + COUNT * _SHORT
EMPTY = "0" * FIELD
_BLOCKS = re.compile(rb"<sca:blocks>([^<]{%d})</sca:blocks>" % FIELD)
_SEAL = re.compile(rb"<sca:sha256>([^<]{64})</sca:sha256>")


@dataclass(frozen=True)
class Change:
    """A place in a file that was changed, from a byte to before another, and what it is where that is known."""

    start: int
    end: int
    what: str = ""


def fill(pdf: bytes) -> bytes:
    """The file with the digests of its pieces, of the same length; as it is where it has no room for them."""
    place = _BLOCKS.search(pdf)
    if place is None:
        return pdf
    told = f"{len(pdf):0{_LENGTH}d}"
    digests = "".join(_digests(_bare(pdf), len(pdf)))
    field = (told + _short((told + digests).encode()) + digests).encode()
    return pdf[: place.start(1)] + field + pdf[place.end(1) :]


def changes(pdf: bytes) -> list[Change] | None:
    """Where a file that is not what was sealed was changed; None where it has no digests of its pieces."""
    place = _BLOCKS.search(pdf)
    if place is None:
        return None
    field = place[1].decode("latin-1")
    told, own, digests = field[:_LENGTH], field[_LENGTH : _LENGTH + _SHORT], field[_LENGTH + _SHORT :]
    if _short((told + digests).encode()) != own:
        return [Change(place.start(1), place.end(1), "the digests of the file's pieces")]
    size = int(told)
    found = _differing(_digests(_bare(pdf), size), digests, size)
    if len(pdf) != size:
        found.append(Change(min(len(pdf), size), max(len(pdf), size), f"the file had {size:,} bytes"))
    seal = _SEAL.search(pdf)
    if not found and seal:
        found = [Change(seal.start(1), seal.end(1), "the seal itself")]
    return found


def _differing(ours: list[str], digests: str, size: int) -> list[Change]:
    """The pieces that are not what they were; neighbours are one change."""
    step, found = _step(size), list[Change]()
    for number, digest in enumerate(ours):
        start, end = number * step, min((number + 1) * step, size)
        if digest == digests[number * _SHORT : (number + 1) * _SHORT] or start >= end:
            continue
        joined = bool(found) and found[-1].end == start
        found = [*found[:-1], Change(found[-1].start, end)] if joined else [*found, Change(start, end)]
    return found


def _digests(bare: bytes, size: int) -> list[str]:
    step = _step(size)
    return [_short(bare[number * step : (number + 1) * step]) for number in range(COUNT)]


def _step(size: int) -> int:
    return max(1, -(-size // COUNT))


def _bare(pdf: bytes) -> bytes:
    """The file with the digits of the seal and of the digests read as zeros."""
    for field in (_SEAL, _BLOCKS):
        place = field.search(pdf)
        if place:
            pdf = pdf[: place.start(1)] + b"0" * len(place[1]) + pdf[place.end(1) :]
    return pdf


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_SHORT]
