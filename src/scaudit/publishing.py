"""Publishing: an edition and the results it was made from take the place of the earlier ones together."""

import shutil
from pathlib import Path

from scaudit import deliveries, warehouse
from scaudit.editions import STAGED
from scaudit.errors import ProjectError
from scaudit.project import Project

RESULTS = "results.duckdb"


def publish(project: Project, folder: Path, name: str) -> None:
    """Put the staged edition, and the results where the run made any, in place of the earlier ones.

    Readers see the old or the new, each whole. Where one of the two cannot be put in place, the other stays as it
    was too; so it may be tried again. Raises ProjectError where an edition of that name was distributed meanwhile.
    """
    staged, target, earlier = folder / STAGED, project.reports / name, _earlier(project) / name
    with warehouse.locked(project.state / "publish.lock"):
        if name in deliveries.editions(project.state):
            raise ProjectError(f"Edition {name} was distributed while this run was made; run again.")
        _bring_back(project)
        target.parent.mkdir(parents=True, exist_ok=True)
        earlier.parent.mkdir(parents=True, exist_ok=True)
        try:
            if target.exists():
                target.replace(earlier)
            staged.replace(target)
            if (folder / RESULTS).exists():
                (folder / RESULTS).replace(warehouse.published(project.state))
        except OSError:
            if not staged.exists() and target.exists():
                target.replace(staged)
            _bring_back(project)
            raise
        shutil.rmtree(earlier, ignore_errors=True)


def recover(project: Project) -> None:
    """Bring back an edition that a killed run had taken away and not yet replaced."""
    with warehouse.locked(project.state / "publish.lock"):
        _bring_back(project)


def _earlier(project: Project) -> Path:
    return project.state / "earlier"


def _bring_back(project: Project) -> None:
    waiting = _earlier(project)
    for folder in sorted(waiting.iterdir()) if waiting.is_dir() else ():
        target = project.reports / folder.name
        if target.exists():
            shutil.rmtree(folder)
        else:
            folder.replace(target)
