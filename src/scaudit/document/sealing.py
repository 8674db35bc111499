"""Sealing: the SHA-256 of a file, kept inside the file itself. It shows accidental change; it is no proof of origin."""

import hashlib
import re
from dataclasses import dataclass
from io import BytesIO

import pikepdf

_DIGITS = 64
_FIELD = re.compile(rb"<sca:sha256>([0-9a-f]{64})</sca:sha256>")
_OPENING = b"<sca:sha256>"


@dataclass(frozen=True)
class Sealing:
    """Whether a file has a seal, and whether the file is still what was sealed."""

    found: bool
    intact: bool


def seal(pdf: bytes) -> bytes:
    """The file with its own SHA-256, as it is with that field read as zeros, in its metadata; of the same length.

    Raises ValueError where the metadata of the document have no place for it, or more than one.
    """
    place = _place(pdf)
    if place is None:
        raise ValueError("the metadata of the document have no single field for a seal")
    return pdf[:place] + _digest(pdf, place) + pdf[place + _DIGITS :]


def check(pdf: bytes) -> Sealing:
    """What the seal of a file says. Bytes that are no PDF, or have no single seal, have none."""
    try:
        place = _place(pdf)
    except (pikepdf.PdfError, ValueError, RuntimeError, OSError):  # strangers' bytes: anything may be wrong with them
        place = None
    if place is None:
        return Sealing(found=False, intact=False)
    return Sealing(found=True, intact=pdf[place : place + _DIGITS] == _digest(pdf, place))


def _digest(pdf: bytes, place: int) -> bytes:
    """The SHA-256 of the file with the digits at `place` read as zeros, as digits."""
    digest = hashlib.sha256(pdf[:place])
    digest.update(b"0" * _DIGITS)
    digest.update(memoryview(pdf)[place + _DIGITS :])
    return digest.hexdigest().encode()


def _place(pdf: bytes) -> int | None:
    """Where the digits of the seal begin; None without a field of its form in the document's metadata, or with two.

    The metadata are found through the catalogue, so that nothing that is attached or printed can pass for them.
    """
    metadata = _metadata(pdf)
    field = _FIELD.search(metadata)
    if field is None or metadata.count(_OPENING) != 1 or pdf.count(metadata) != 1:
        return None
    return pdf.index(metadata) + field.start(1)


def _metadata(pdf: bytes) -> bytes:
    """The document's metadata as they stand in the file; empty where there are none, or packed ones."""
    with pikepdf.open(BytesIO(pdf)) as document:
        found = document.Root.get("/Metadata")
        return found.read_raw_bytes() if isinstance(found, pikepdf.Stream) and "/Filter" not in found else b""
