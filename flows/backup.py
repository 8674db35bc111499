"""A backup of a project, and the way back: everything that its folder holds but what can be made again.

python flows/backup.py save TO [--keep 60]      a folder in TO, named by the time (UTC)
python flows/backup.py restore FROM [FOLDER]    such a folder, by default into the project that this file lies in
python flows/backup.py check FROM               whether such a folder is whole

A backup is a plain folder with the list of its digests, which `sha256sum -c SHA256SUMS` reads too. Files that are
what others are, in it or in the backup before, are links to them. Restoring needs Python and the backup, nothing else.
"""

import argparse
import fcntl
import hashlib
import os
import re
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

SUMS, PROJECT, NOTE, SETTINGS = "SHA256SUMS", "project", "BACKUP.txt", "scaudit.toml"
STAMP, STAMPED = "%Y%m%dT%H%M%S.%fZ", re.compile(r"\d{8}T\d{6}\.\d{6}Z")
STATE = ".scaudit"
LOCKS = ("publish.lock", "kept.lock", "ledger.lock")  # in the order in which a run takes them
NOT_AT_TOP = {".git", ".tools", "build", "dist", f"{STATE}/runs"}  # git, set-up and runs make them again
NOWHERE = {"__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis"}
LEDGER = f"{STATE}/ledger.duckdb"
SQLITE = b"SQLite format 3\0"
TRIES = 3


class BackupError(Exception):
    """Why a backup cannot be made or restored, in one sentence: what, where, what to do."""


def save(root: Path, to: Path, keep: int = 0) -> Path:
    """Make a backup of the project in `root`; gives its folder in `to`, which appears whole or not at all.

    Nothing is published or written to the ledger meanwhile. With `keep`, only so many of the newest stay.
    """
    root, to = root.resolve(), to.resolve()
    if to.is_relative_to(root):
        raise BackupError(f"{to} lies in the project itself; name a folder elsewhere, best on another disk.")
    to.mkdir(parents=True, exist_ok=True, mode=0o700)
    with alone(to / ".lock"):
        for left in to.glob(".*.part"):  # by a backup that was killed
            shutil.rmtree(left)
        made = datetime.now(UTC).strftime(STAMP)
        part = to / f".{made}.part"
        try:
            _fill(root, part, next(reversed(backups(to)), None))
            os.sync()
            part.rename(to / made)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        for old in backups(to)[:-keep] if keep else []:
            shutil.rmtree(old)
    return to / made


def backups(to: Path) -> list[Path]:
    """The backups in a folder, the oldest first."""
    return sorted(path for path in to.iterdir() if STAMPED.fullmatch(path.name))


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold a lock file of the project as its runs do; it goes with the process, however that ends.

    `scaudit` has the same: a backup must be restored where that is not there yet.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a", encoding="utf-8") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _fill(root: Path, part: Path, earlier: Path | None) -> None:
    part.mkdir(mode=0o700)
    held: dict[str, Path] = {}
    with suppress(BackupError):  # where the earlier one has lost its list, this one is made without
        held = {digest: earlier / name for name, digest in _listed(earlier).items()} if earlier else {}
    with ExitStack() as locks:
        for lock in LOCKS:
            locks.enter_context(alone(root / STATE / lock))
        sums = {f"{PROJECT}/{name}": _take(root, name, part, held) for name in wanted(root)}
    (part / NOTE).write_text(f"The project {root.name}, made with {_engine()}.\n", encoding="utf-8")
    sums[NOTE] = digest_of(part / NOTE)
    listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    (part / SUMS).write_text(listed, encoding="utf-8")


def wanted(root: Path) -> Iterator[str]:
    """The files of a project that a backup holds, by their paths in it; links are followed."""
    seen: set[str] = set()
    for folder, folders, files in os.walk(root, followlinks=True):
        here = Path(folder).relative_to(root)
        seen.add(os.path.realpath(folder))
        folders[:] = [name for name in sorted(folders) if _wants(root, here / name)]
        folders[:] = [name for name in folders if os.path.realpath(Path(folder, name)) not in seen]
        for name in sorted(files):
            if (root / here / name).is_file() and not _passing(root / here / name, here):
                yield (here / name).as_posix()


def _wants(root: Path, folder: Path) -> bool:
    made_again = folder.as_posix() in NOT_AT_TOP or folder.name in NOWHERE or folder.suffix == ".egg-info"
    return not made_again and not (root / folder / "pyvenv.cfg").exists()


def _passing(path: Path, here: Path) -> bool:
    """Whether a file means nothing without the process that has it open: a lock, or what SQLite writes beside."""
    beside = re.fullmatch(r"(.+)-(wal|shm|journal)", path.name)
    return (path.suffix == ".lock" and here.as_posix() == STATE) or bool(
        beside and _is_sqlite(path.with_name(beside[1]))
    )


def _take(root: Path, name: str, part: Path, held: dict[str, Path]) -> str:
    """Copy one file into the backup, or link it to the same content in it or in the one before; gives its digest."""
    if not name.isprintable() or "\\" in name:
        raise BackupError(f"{name!r} has a sign in its name that no list of digests holds; rename it.")
    source, target = root / name, part / PROJECT / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if _is_sqlite(source):
        return _take_database(source, target)
    for _ in range(TRIES):
        before, digest = _look(source), digest_of(source)
        if not _linked(held.get(digest), digest, source, target):
            shutil.copy2(source, target)
        if _look(source) == before and digest_of(target) == digest:
            held[digest] = target
            return digest
        target.unlink()
        time.sleep(1)
    raise BackupError(f"{name} changes all the time; try again when nobody writes to it.")


def _linked(old: Path | None, digest: str, source: Path, target: Path) -> bool:
    """Whether the file could be had by a link: not where the other was damaged, or has other rights."""
    if old is None or not old.is_file() or old.stat().st_mode != source.stat().st_mode or digest_of(old) != digest:
        return False
    try:
        os.link(old, target)
    except OSError:  # too many of them, or a disk that knows none
        return False
    return True


def _take_database(source: Path, target: Path) -> str:
    """SQLite may be written to while it is copied; it has a way of its own for that."""
    with closing(sqlite3.connect(source)) as held, closing(sqlite3.connect(target)) as copy:
        held.backup(copy)
    target.chmod(0o600)
    return digest_of(target)


def _is_sqlite(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(SQLITE)) == SQLITE


def _look(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _engine() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 (restoring does without)

    try:
        return f"scaudit {version('scaudit')}"
    except PackageNotFoundError:
        return "an engine that is not installed"


def checked(source: Path) -> dict[str, str]:
    """The files of a backup with their digests, all of them compared. Raises BackupError where one is not as listed."""
    listed = _listed(source)
    strange = [name for name in listed if not name or Path(name).is_absolute() or ".." in Path(name).parts]
    bad = strange + [
        name
        for name, digest in listed.items()
        if name not in strange and not ((source / name).is_file() and digest_of(source / name) == digest)
    ]
    if bad or NOTE not in listed:
        which = f"{len(bad)} files are missing or not as listed, first {bad[0]}" if bad else "its list is cut off"
        raise BackupError(f"The backup {source} is damaged ({which}); take another.")
    return listed


def _listed(source: Path) -> dict[str, str]:
    try:
        lines = (source / SUMS).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise BackupError(f"{source} is no backup: {SUMS} cannot be read ({error.strerror}).") from error
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def restore(source: Path, root: Path, replace: bool = False) -> int:
    """Lay out the project of a backup in a folder without a history: an empty one, or a checkout; gives the files.

    Raises BackupError where the backup is damaged, where the folder has a history, or where a file there says
    something else, unless that is to be replaced. The ledger comes last, so what is cut off may be begun again.
    """
    listed = checked(source)
    names = {name.removeprefix(f"{PROJECT}/"): digest for name, digest in listed.items() if name != NOTE}
    if (root / LEDGER).exists():
        raise BackupError(f"{root} has a history of its own; restore into an empty folder or a fresh checkout.")
    others = [name for name, digest in names.items() if (root / name).exists() and digest_of(root / name) != digest]
    if others and not replace:
        raise BackupError(
            f"{len(others)} files in {root} are not those of the backup, first {others[0]}; say --replace to have "
            "the backup's, or check out the version that was backed up."
        )
    for name in sorted(names, key=lambda name: (name == LEDGER, name)):
        _lay(source / PROJECT / name, root / name, names[name])
    return len(names)


def _lay(source: Path, target: Path, digest: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    coming = target.with_name(f".{target.name}.coming")
    shutil.copy2(source, coming)
    if digest_of(coming) != digest:
        coming.unlink()
        raise BackupError(f"{target} was not written as it is in the backup; look at the disk.")
    coming.replace(target)


def main(arguments: Sequence[str] | None = None) -> None:
    """The command: `save`, `restore` or `check`."""
    parser = argparse.ArgumentParser(description="Back up this project, and bring it back.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verb = verbs.add_parser("save", help="make a backup of this project")
    verb.add_argument("to", type=Path, help="the folder of all backups, best on another disk")
    verb.add_argument("--keep", type=int, default=0, help="how many of the newest stay (default: all)")
    verb = verbs.add_parser("restore", help="bring a project back")
    verb.add_argument("source", type=Path, metavar="FROM", help="the folder of one backup")
    verb.add_argument("root", type=Path, nargs="?", default=here(), help="where to (default: this project)")
    verb.add_argument("--replace", action="store_true", help="also where a file there says something else")
    verbs.add_parser("check", help="is it whole?").add_argument("source", type=Path, metavar="FROM")
    try:
        print(_done(parser.parse_args(arguments)))
    except BackupError as error:
        sys.exit(f"backup: {error}")
    except OSError as error:
        sys.exit(f"backup: {error.filename or 'a file'} cannot be read or written ({error.strerror}).")


def _done(given: argparse.Namespace) -> str:
    if given.verb == "save":
        return f"Backup {save(here(), given.to, given.keep)} is made."
    if given.verb == "check":
        return f"Backup {given.source} is whole: {len(checked(given.source))} files."
    count = restore(given.source, given.root, given.replace)
    return f"{count} files are restored in {given.root}. Next, there: make setup, then .venv/bin/scaudit runs"


def here() -> Path:
    """The project that this file lies in."""
    for folder in Path(__file__).resolve().parents:
        if (folder / SETTINGS).is_file():
            return folder
    return Path(__file__).resolve().parents[1]


if __name__ == "__main__":
    main()
