"""Keeping: what a run read, once per digest, so that any run can be made again from what it had.

A file is kept under the SHA-256 of its bytes and is never written again. The ledger says which run had which digest
under which path.
"""

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from scaudit.errors import ProjectError
from scaudit.fingerprint import sha256
from scaudit.project import SETTINGS_FILE, Project, read_settings
from scaudit.reading import InputFile
from scaudit.rules import lineage
from scaudit.store import STORE, copy_of
from scaudit.warehouse import locked

PART = "copy.part"


def keep(project: Project, inputs: Sequence[InputFile]) -> dict[str, str]:
    """Keep what a run rests on: input files, settings, models, and its ruleset with those that this one is based on.

    Gives the SHA-256 of each by its path in the project; a ruleset that is the engine's gets the path that it would
    have in the project. Raises ProjectError where a file is no longer what was read.
    """
    read = {one.file: one.sha256 for one in inputs}
    own = _own_files(project)
    with locked(project.state / "kept.lock"):  # so that a copy is never written by two runs at once
        _part(project.state).unlink(missing_ok=True)  # of a run that was killed
        kept = {name: _keep(project.state, project.root / name, name, digest) for name, digest in read.items()}
        kept |= {name: _keep(project.state, path, name) for name, path in own.items() if name not in kept}
    return dict(sorted(kept.items()))


def own_digests(project: Project) -> dict[str, str]:
    """The SHA-256 of settings, models, declared indicators, layouts and ruleset, by their paths in the project."""
    return {name: sha256(path) if path.is_file() else "" for name, path in _own_files(project).items()}


def confirm(project: Project, kept: Mapping[str, str]) -> None:
    """Raise ProjectError where settings, models or ruleset are no longer those that were kept: steps read them anew."""
    now = own_digests(project)
    for name in sorted(now):
        if kept.get(name) != now[name]:
            raise _changed(name)


def stayed(before: Mapping[str, object], after: Mapping[str, object]) -> None:
    """Raise ProjectError where what the disk says of some files differs, and so they changed while they were read."""
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            raise _changed(name)


def restore(state: Path, kept: Mapping[str, str], folder: Path) -> Project:
    """Lay out a project as a run had it, in a new folder; templates are not kept, so it has none.

    `state` is the `.scaudit` folder that holds the copies, `kept` is what `keep` gave. Raises ProjectError where a
    copy is missing or damaged.
    """
    for name, digest in kept.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        place = copy_of(state, digest)
        if not place.is_file():
            raise ProjectError(f"The kept copy of {name} is missing; bring {place} back from a backup.")
        shutil.copyfile(place, target)
        if sha256(target) != digest:
            raise ProjectError(f"The kept copy of {name} is damaged; bring {place} back from a backup.")
    return Project(folder, read_settings(folder / SETTINGS_FILE))


def bring_records(project: Project, read: Mapping[str, str], kept: Mapping[str, str], restored: Project) -> None:
    """Give a restored project the record-level files that the run `read`: they are too large to be kept.

    Raises ProjectError where such a file is no longer there, or is another.
    """
    for name in sorted(set(read) - set(kept)):
        path, target = project.root / name, restored.root / name
        if not path.is_file() or sha256(path) != read[name]:
            raise ProjectError(f"{name} is not the file that the run read, and such files are not kept; bring it back.")
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, target)
        except OSError:  # another disk
            shutil.copyfile(path, target)


def _own_files(project: Project) -> dict[str, Path]:
    """Settings, models, declared indicators, layouts and ruleset of a project, by their paths in it."""
    models = sorted(project.schemas.glob("*.py"))
    declared = sorted([*project.inputs.glob("indicators/**/*.sql"), *project.inputs.glob("layouts/*.toml")])
    folders = lineage(project.settings.ruleset, project.rulesets)
    rules = {
        f"{project.rulesets.name}/{folder.name}/{path.name}": path
        for folder in folders
        for path in sorted(folder.iterdir())
        if path.is_file()
    }
    return {
        SETTINGS_FILE: project.root / SETTINGS_FILE,
        **{f"{project.schemas.name}/{path.name}": path for path in models},
        **{path.relative_to(project.root).as_posix(): path for path in declared},
        **rules,
    }


def _keep(state: Path, path: Path, name: str, expected: str | None = None) -> str:
    """Keep one file, whole or not at all; gives its digest."""
    try:
        digest = sha256(path)
        if expected not in (None, digest):
            raise _changed(name)
        place = copy_of(state, digest)
        if not place.exists():
            _copy(path, place, name)
    except FileNotFoundError as error:
        raise _changed(name) from error
    return digest


def _part(state: Path) -> Path:
    """Where a copy is written before it has its name; one at a time."""
    return state / STORE / PART


def _copy(path: Path, place: Path, name: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.parents[1] / PART
    shutil.copyfile(path, part)
    if sha256(part) != place.name:
        part.unlink()
        raise _changed(name)
    with part.open("rb") as file:
        os.fsync(file.fileno())  # a copy has its name only once it is on the disk: it is not written a second time
    part.replace(place)


def _changed(name: str) -> ProjectError:
    return ProjectError(f"{name} changed while it was read; run again.")
