"""The workplace: the private folder in which a run works. It goes with the run, also where the run was killed.

An audit leaves a note in its workplace, of which the ledger is told once the run has ended. Where it could not be told,
the note stays, and the next audit tells it.
"""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scaudit.project import Project
from scaudit.warehouse import locked

ALIVE = "alive.lock"
NOTE = "run.json"
PUBLISHED = "published.json"
_STAYING = frozenset({ALIVE, NOTE, PUBLISHED})


def runs_folder(project: Project) -> Path:
    """Where the workplaces of all runs lie."""
    return project.state / "runs"


@contextmanager
def workplace(project: Project, run_id: str) -> Iterator[Path]:
    """The folder of one run, for as long as it works; what killed runs have left is swept first.

    Where a note lies in it at the end, that stays, as it does in what an audit leaves that was killed.
    """
    folder = runs_folder(project) / run_id
    with runs_locked(project):
        for left in dead(project):
            if not (left / NOTE).exists():
                shutil.rmtree(left, ignore_errors=True)
        folder.mkdir(parents=True)
        handle = (folder / ALIVE).open("w", encoding="utf-8")
        fcntl.flock(handle, fcntl.LOCK_EX)  # goes with the process, however that ends
    try:
        with _scratch(folder):
            yield folder
    finally:
        clear(folder)
        if not (folder / NOTE).exists():
            shutil.rmtree(folder, ignore_errors=True)
        handle.close()


@contextmanager
def _scratch(folder: Path) -> Iterator[None]:
    """Have what is kept in files for a while lie in the workplace too, so that it goes with the run."""
    before, place = tempfile.tempdir, folder / "scratch"
    place.mkdir()
    tempfile.tempdir = str(place)
    try:
        yield
    finally:
        tempfile.tempdir = before


@contextmanager
def runs_locked(project: Project) -> Iterator[None]:
    """Keep others from making and removing workplaces."""
    with locked(project.state / "runs.lock"):
        yield


def clear(folder: Path) -> None:
    """Remove what a run has made, but for its note."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name not in _STAYING:
            path.unlink(missing_ok=True)


def dead(project: Project) -> Iterator[Path]:
    """The folders of runs that no longer live; the caller holds the lock of all runs."""
    runs = runs_folder(project)
    for folder in sorted(runs.iterdir()) if runs.is_dir() else ():
        with (folder / ALIVE).open("a", encoding="utf-8") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield folder
