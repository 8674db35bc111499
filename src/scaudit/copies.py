"""Copies: whether the kept copy of a source is still the one whose SHA-256 was written down."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scaudit.outcome import rows


@dataclass(frozen=True)
class Copy:
    """One kept copy: `state` is same, changed, missing, outside (of the project) or unmarked (no SHA-256 given)."""

    source_id: str
    copy: str
    state: str


def compare_copies(con: duckdb.DuckDBPyConnection, root: Path) -> list[Copy]:
    """Compare every copy named in `sources` with its SHA-256; paths are relative to the project."""
    return [
        Copy(row["source_id"], row["copy"], _state(root, row["copy"], row["sha256"])) for row in rows(con, "copies")
    ]


def _state(root: Path, copy: str, expected: str | None) -> str:
    try:
        path = (root / copy).resolve()
        there = path.is_file()
    except (OSError, RuntimeError):  # a name that no disk can have, a link that leads to itself
        return "missing"
    if not path.is_relative_to(root.resolve()):
        return "outside"
    if not there:
        return "missing"
    if expected is None:
        return "unmarked"
    with path.open("rb") as content:
        found = hashlib.file_digest(content, "sha256").hexdigest()
    return "same" if found == expected.lower() else "changed"
