"""Starting: a new audit project, made from the parts of this one that every project shares."""

import shutil
from pathlib import Path

from scaudit.errors import UsageError

PACKAGED = Path(__file__).parent / "starter"
CHECKOUT = Path(__file__).parents[2]
SHARED = ("schemas", "flows", "reports/templates", "prefect.yaml")


def scaffold(folder: Path) -> None:
    """Write a project that runs at once into a new or empty folder: schemas, flows, templates, invented inputs.

    Raises UsageError where the folder holds something already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty; name a new folder.")
    source = PACKAGED if PACKAGED.is_dir() else None
    for name in SHARED:
        _copy((source or CHECKOUT) / name, folder / name)
    for path in sorted((source / "project" if source else CHECKOUT / "starter").iterdir()):
        _copy(path, folder / path.name)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy2(source, target)
