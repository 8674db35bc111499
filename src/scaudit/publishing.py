"""Publishing: an edition and the results it was made from take the place of the earlier ones together.

A line in a file of its own says what is being published, before anything is moved. Whoever comes next and finds it
knows that its run was killed there, and ends what that run had begun: either both are published, or neither.
"""

import json
import os
import shutil
from pathlib import Path
from typing import Any

from scaudit import deliveries, warehouse
from scaudit.editions import STAGED
from scaudit.errors import ProjectError
from scaudit.exchanging import exchange
from scaudit.project import Project
from scaudit.workplace import PUBLISHED, runs_folder

RESULTS = "results.duckdb"


def check_place(project: Project) -> None:
    """Raise ProjectError where editions cannot be put in their folder, before the work rather than after it."""
    project.reports.mkdir(parents=True, exist_ok=True)
    if not os.access(project.reports, os.W_OK | os.X_OK):
        raise ProjectError(f"{project.reports} cannot be written; give this account the right. Nothing was published.")


def publish(project: Project, folder: Path, name: str, made_from: int | None = None) -> None:
    """Put the staged edition, and the results where the run made any, in place of the earlier ones.

    Readers see the old or the new, each whole. Where one of the two cannot be put in place, the other stays as it
    was too; so it may be tried again. `made_from` is what `mark` gave of results that were published already. Raises
    ProjectError where these are others by now, or where an edition of that name was distributed meanwhile.
    """
    staged, target = folder / STAGED, project.reports / name
    with warehouse.locked(project.state / "publish.lock"):
        if name in deliveries.editions(project.state):
            raise ProjectError(f"Edition {name} was distributed while this run was made; run again.")
        _settle(project)
        if made_from not in (None, mark(project)):
            raise ProjectError("An audit has published while this was made; run again.")
        target.parent.mkdir(parents=True, exist_ok=True)
        _announce(project, folder, name)
        earlier = _put(project, staged, target)
        try:
            if (folder / RESULTS).exists():
                (folder / RESULTS).replace(warehouse.published(project.state))
        except OSError:
            _take_back(earlier, staged, target)
            _line(project).unlink()
            raise
        _line(project).replace(folder / PUBLISHED)
        if earlier != staged:  # else it goes with the folder
            shutil.rmtree(earlier, ignore_errors=True)


def mark(project: Project) -> int:
    """What tells the results of the last good run from those of another."""
    path = warehouse.published(project.state)
    return path.stat().st_ino if path.exists() else 0


def recover(project: Project) -> None:
    """End what killed runs had begun to publish: both edition and results, or neither."""
    with warehouse.locked(project.state / "publish.lock"):
        _settle(project)


def _line(project: Project) -> Path:
    """Where it stands what is being published."""
    return project.state / "publishing.json"


def _announce(project: Project, folder: Path, name: str) -> None:
    """Write down which run is publishing what; the folder is known again by its number, whatever its name."""
    told = {"run": folder.name, "edition": name, "folder": (folder / STAGED).stat().st_ino}
    part = folder / "publishing.part"
    part.write_text(json.dumps(told), encoding="utf-8")
    part.replace(_line(project))


def _put(project: Project, staged: Path, target: Path) -> Path:
    """Give the staged edition its name; gives where the earlier one lies now, if there was one."""
    earlier = _earlier(project) / target.name
    try:
        if not target.exists():
            staged.replace(target)
        elif exchange(staged, target):
            return staged
        else:
            earlier.parent.mkdir(parents=True, exist_ok=True)
            target.replace(earlier)
            staged.replace(target)
    except OSError:
        _bring_back(project)
        _line(project).unlink()
        raise
    return earlier


def _take_back(earlier: Path, staged: Path, target: Path) -> None:
    """Undo what `_put` did."""
    if earlier == staged:
        exchange(staged, target)
        return
    target.replace(staged)
    if earlier.exists():
        earlier.replace(target)


def _settle(project: Project) -> None:
    """End a publication whose run was killed. The caller holds the lock, so no living run is publishing."""
    line = _line(project)
    if line.is_file():
        told = _told(line)
        folder, target = runs_folder(project) / told["run"], project.reports / told["edition"]
        if target.is_dir() and target.stat().st_ino == told["folder"]:
            if (folder / RESULTS).exists():
                (folder / RESULTS).replace(warehouse.published(project.state))
            if folder.is_dir():
                line.replace(folder / PUBLISHED)
        line.unlink(missing_ok=True)
    _bring_back(project)


def _told(line: Path) -> dict[str, Any]:
    """What the line says; of one that the disk lost half of, a run and an edition that nobody has."""
    try:
        return dict(json.loads(line.read_text(encoding="utf-8")))
    except ValueError:
        return {"run": "", "edition": "", "folder": 0}


def _earlier(project: Project) -> Path:
    return project.state / "earlier"


def _bring_back(project: Project) -> None:
    """Bring back an edition that was taken away and not yet replaced; remove one that was replaced."""
    waiting = _earlier(project)
    for folder in sorted(waiting.iterdir()) if waiting.is_dir() else ():
        target = project.reports / folder.name
        if target.exists():
            shutil.rmtree(folder)
        else:
            folder.replace(target)
