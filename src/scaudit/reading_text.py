"""Text files as bytes: line ends, byte order mark, NUL, encoding, and the line where each record begins."""

from __future__ import annotations

import codecs
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scaudit.errors import ProjectError

CHUNK = 1 << 22


@dataclass(frozen=True)
class Look:
    """What one pass over the bytes of a text file shows. `lines` counts a last line without line end too."""

    lines: int
    returns: bool
    nul: bool
    mark: bool


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def look(path: Path) -> Look:
    """Count lines and find carriage returns, NUL bytes and a UTF-8 byte order mark in one pass."""
    lines, returns, nul, mark, last = 0, False, False, False, b"\n"
    for number, chunk in enumerate(_chunks(path)):
        mark = mark or (number == 0 and chunk.startswith(codecs.BOM_UTF8))
        lines += chunk.count(b"\n")
        returns = returns or b"\r" in chunk
        nul = nul or b"\0" in chunk
        last = chunk[-1:]
    return Look(lines + (last != b"\n"), returns, nul, mark)


def plain_copy(path: Path, copy: Path) -> None:
    """Write a copy of a text file with LF line ends and no byte order mark; lines keep their numbers."""
    held = b""
    with copy.open("wb") as target:
        for number, chunk in enumerate(_chunks(path)):
            text = held + (chunk.removeprefix(codecs.BOM_UTF8) if number == 0 else chunk)
            # a return at the end of a chunk may be the first half of a CRLF
            held = b"\r" if text.endswith(b"\r") else b""
            target.write(text.removesuffix(b"\r").replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
        target.write(held.replace(b"\r", b"\n"))


def without_nul(path: Path) -> list[tuple[int, str]]:
    """Make the lines with a NUL byte blank in a file with LF line ends; returns them with their numbers."""
    lines = path.read_bytes().split(b"\n")
    found = [(number, line) for number, line in enumerate(lines, 1) if b"\0" in line]
    for number, _ in found:
        lines[number - 1] = b""
    path.write_bytes(b"\n".join(lines))
    return [(number, line.decode("utf-8", "replace")) for number, line in found]


def encoding_error(path: Path, name: str) -> ProjectError:
    """The error for a file that is not UTF-8, with the position of the first byte that is not."""
    decoder, before = codecs.getincrementaldecoder("utf-8")(), 0
    try:
        for chunk in _chunks(path):
            pending = len(decoder.getstate()[0])
            decoder.decode(chunk)
            before += len(chunk)
        pending = len(decoder.getstate()[0])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return ProjectError(f"{name} is not UTF-8 at byte {before - pending + error.start}; save it as UTF-8.")
    return ProjectError(f"{name} cannot be read as text; save it as UTF-8.")


@dataclass(frozen=True)
class Records:
    """Where the records of a CSV file begin: byte offsets and line numbers, the header first."""

    offsets: array[int]
    lines: array[int]


def record_starts(path: Path) -> Records:
    """Find the records of a well-formed CSV file; blank lines outside quotes are no records.

    A quote inside a quoted field is doubled, so an odd count of quotes in a line opens or closes a field.
    """
    offsets, lines, offset, odd = array("q"), array("q"), 0, 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not odd and line != b"\n":
                offsets.append(offset)
                lines.append(number)
            odd ^= line.count(b'"') & 1
            offset += len(line)
    return Records(offsets, lines)
