"""CSV records with broken quotes or NUL bytes: found one by one, so that each costs its own line only."""

from __future__ import annotations

import re
from pathlib import Path

from scaudit.reading_part import Reject

LONGEST_RECORD = 1000
"""Lines that one record may have; a quote that stays open for longer was never closed."""

LARGEST_RECORD = 1_900_000
"""Characters that one record may have; DuckDB gives up at 2 MB."""

_QUOTED = r'"(?:[^"]++|"")*+"'
_SOUND = re.compile(rf'(?:{_QUOTED}|[^",][^,]*+|)(?:,(?:{_QUOTED}|[^",][^,]*+|))*+', re.DOTALL)
_OPEN = re.compile(rf'(?:(?:{_QUOTED}|[^",][^,]*+|),)*+"(?:[^"]++|"")*+', re.DOTALL)


def without_broken(path: Path, copy: Path) -> list[Reject]:
    """Write a copy in which each broken record is a blank line, and return those records with their lines.

    The other records keep their lines. Raises UnicodeDecodeError where the text is not UTF-8.
    """
    lines = path.read_bytes().decode("utf-8").split("\n")
    rejects: list[Reject] = []
    position = 0
    while position < len(lines):
        used, fault = _judge(lines, position)
        if fault is not None:
            text = "\n".join(lines[position : position + used])
            rejects.append(Reject(position + 1, text, *fault))
            lines[position : position + used] = [""] * used
        position += used
    copy.write_bytes("\n".join(lines).encode())
    return rejects


def _judge(lines: list[str], position: int) -> tuple[int, tuple[str, str] | None]:
    """The lines that a record uses, and the rule and reason against it if there is one."""
    used = _lines_used(lines, position)
    if used is None:
        return 1, ("E002", "the quotes of the row are broken")
    record = lines[position : position + used]
    if any("\0" in line for line in record):
        return used, ("E004", "the row holds a NUL byte")
    if sum(map(len, record)) > LARGEST_RECORD:
        return used, ("E005", f"the row is longer than {LARGEST_RECORD} signs")
    return used, None


def _lines_used(lines: list[str], position: int) -> int | None:
    """How many lines the record that begins here uses; None where its quotes are broken."""
    text = lines[position]
    if '"' not in text or _SOUND.fullmatch(text):
        return 1
    if not _OPEN.fullmatch(text):
        return None
    # a line without a quote cannot close one, so the record is matched again only where there is one
    for used, line in enumerate(lines[position + 1 : position + LONGEST_RECORD], 2):
        if '"' in line:
            record = "\n".join(lines[position : position + used])
            if _SOUND.fullmatch(record):
                return used
            if not _OPEN.fullmatch(record):
                return None
    return None
