"""Dropping: a package into a folder, whole or not at all, with the digests of its files and their signature.

The folder gets its name last. So whoever finds it finds all of it, and a run that was killed is judged by whether it is
there.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Literal

from scaudit.errors import ProjectError

Fate = Literal["delivered", "failed for now", "possibly delivered"]
SUMS, SIGNATURE = "SHA256SUMS", "SHA256SUMS.p7s"
COMING = ".coming-"
"""How the folder of a package is called, before its id, until it is whole."""


def place(deliveries: Path, address: str, edition: str) -> Path:
    """Where the next package of an edition lies: the edition's name, with a number where that is taken.

    Raises ProjectError where the address leads out of the folder of deliveries.
    """
    folder = deliveries / address
    if not folder.resolve().is_relative_to(deliveries.resolve()) or folder.resolve() == deliveries.resolve():
        raise ProjectError(f"{address!r} leads out of {deliveries}; mend the address.")
    target, number = folder / edition, 1
    while target.exists() or target.is_symlink():
        number += 1
        target = folder / f"{edition}-{number}"
    return target


def drop(
    target: Path,
    name: str,
    files: Mapping[str, bytes],
    before: Callable[[], None],
    signed: Callable[[bytes], bytes] | None = None,
) -> None:
    """Write files into a new folder. `before` is called when all is written, right before it gets its name.

    `signed` gives the signature of the list of digests. Raises OSError where the folder cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    coming = _coming(target, name)
    sweep(target, name)
    coming.mkdir()
    try:
        listed = sums(files)
        beside = {SIGNATURE: signed(listed)} if signed else {}
        for path, content in {**files, SUMS: listed, **beside}.items():
            _write(coming / path, content)
        _settle(coming)
        before()
        coming.rename(target)
        _settle(target.parent)
    finally:
        sweep(target, name)


def fate(target: Path, name: str, digests: Collection[str]) -> Fate:
    """What became of a package that a killed run was about to give its name; what was left of it is swept.

    Where neither the whole folder is there nor the one that was coming, somebody may have taken it away already.
    """
    became: Fate = "failed for now" if _coming(target, name).is_dir() else "possibly delivered"
    sweep(target, name)
    return "delivered" if set(digests) <= _digests(target) else became


def sweep(target: Path, name: str) -> None:
    """Remove what there is of a package that did not get its name."""
    shutil.rmtree(_coming(target, name), ignore_errors=True)


def _coming(target: Path, name: str) -> Path:
    return target.parent / f"{COMING}{name}"


def _digests(folder: Path) -> set[str]:
    """The SHA-256 of every file in a folder; none where it is not there."""
    try:
        return {hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.is_file()}
    except OSError:
        return set()


def sums(files: Mapping[str, bytes]) -> bytes:
    """What `sha256sum *` prints for files, and `sha256sum -c` reads."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())


def _settle(folder: Path) -> None:
    """Have the names in a folder outlast a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
