"""Fingerprint: the SHA-256 of a file, by which runs name it; taken once, while the disk calls it the same file."""

import hashlib
import os
import time
from pathlib import Path

SETTLED = 2_000_000_000
"""Nanoseconds that a file has lain untouched before its digest is remembered: no disk's clock has coarser ticks, and
within one tick a file may be written twice and look the same."""

_TAKEN: dict[Path, tuple[tuple[int, ...], str]] = {}
"""The digests that this process has taken, with what the disk said of the files then."""


def mark(path: Path) -> tuple[int, ...]:
    """What the disk says of a file: the same before and after, it was not touched. Raises OSError for none."""
    return _mark(path.stat())


def sha256(path: Path) -> str:
    """The digest of a file as it is now. Raises OSError for one that cannot be read."""
    with path.open("rb") as file:  # a disk across a network says what is true of an open file only
        before = _mark(os.fstat(file.fileno()))
        known, digest = _TAKEN.get(path, ((), ""))
        if known == before:
            return digest
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        after = _mark(os.fstat(file.fileno()))
    if before == after and time.time_ns() - before[-1] > SETTLED:
        _TAKEN[path] = (before, digest)
    return digest


def _mark(told: os.stat_result) -> tuple[int, ...]:
    return told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns
