"""The workplace: the private folder in which a run works. It goes with the run, also where the run was killed."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scaudit.project import Project
from scaudit.warehouse import locked

ALIVE = "alive.lock"


def runs_folder(project: Project) -> Path:
    """Where the workplaces of all runs lie."""
    return project.state / "runs"


@contextmanager
def workplace(project: Project, run_id: str) -> Iterator[Path]:
    """The folder of one run, for as long as it works; what killed runs have left is swept first."""
    folder = runs_folder(project) / run_id
    with locked(project.state / "runs.lock"):
        _sweep(runs_folder(project))
        folder.mkdir(parents=True)
        handle = (folder / ALIVE).open("w", encoding="utf-8")
        fcntl.flock(handle, fcntl.LOCK_EX)  # goes with the process, however that ends
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        handle.close()


def _sweep(runs: Path) -> None:
    """Remove the folders of runs that no longer live."""
    for folder in sorted(runs.iterdir()) if runs.is_dir() else ():
        with (folder / ALIVE).open("a", encoding="utf-8") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            shutil.rmtree(folder, ignore_errors=True)
