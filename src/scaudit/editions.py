"""Editions: the folders that are published. One is complete when its manifest is there; it is replaced whole."""

import os
import shutil
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import Any

from scaudit import __version__
from scaudit.errors import UsageError
from scaudit.manifests import MANIFEST, SCHEMA, is_name, manifest, sha256
from scaudit.project import SETTINGS_FILE, Project
from scaudit.results import Results
from scaudit.rules import Ruleset
from scaudit.scorecard.card_json import canonical
from scaudit.scorecard.documents import documents
from scaudit.scorecard.edition import render_edition

STAGED = "edition"
IDENTITY = ("edition", "as_of", "known_on", "ruleset", "data_digest")


def check_name(project: Project, name: str) -> None:
    """Refuse a name that is no plain folder name, that the templates have, or under which something else lies."""
    if not is_name(name):
        raise UsageError(f'"{name}" is no name for an edition; use letters, digits, dots and hyphens.')
    target = project.reports / name
    if target.exists() and not manifest(target):
        raise UsageError(f"reports/{name} is no edition of scaudit and would be lost; name another edition.")


def free_name(project: Project, name: str, distributed: AbstractSet[str]) -> str:
    """The name under which an edition may be published: E, or where that was distributed E.2, then E.3 and so on.

    What somebody was sent is never overwritten. Refuses what `check_name` refuses.
    """
    names = chain([name], (f"{name}.{number}" for number in count(2)))
    found = next(one for one in names if one not in distributed)
    check_name(project, found)
    return found


def check_own(project: Project, name: str, distributed: AbstractSet[str]) -> None:
    """Refuse to render an edition again under its own name where that would overwrite what somebody was sent."""
    if name in distributed:
        free = free_name(project, name, distributed)
        raise UsageError(f"Edition {name} was distributed and stays; 'scaudit audit' publishes {free} instead.")
    check_name(project, name)


def check_key(project: Project, wanted: bool) -> None:
    """Open the key, if there is one and it is wanted, so that a run that could not sign stops before its work.

    Raises ProjectError where the key does not open, or is not fit to sign now.
    """
    key = project.key
    if key and wanted:
        from scaudit.document.keys import ready  # noqa: PLC0415 (heavy, and wanted only where documents are signed)

        ready(key, datetime.now(UTC))


def write(
    project: Project,
    results: Results,
    ruleset: Ruleset,
    private: Path,
    items: Sequence[str],
    with_pdf: bool,
    sign: bool,
    progress: Callable[[str], None],
) -> list[str]:
    """Write an edition into the private folder, its manifest last; returns the files written, relative to the edition.

    Where only some cards are asked for, the others of the same edition stay if they rest on the same data, days,
    ruleset, settings, templates and engine.
    """
    staged = private / STAGED
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(parents=True)
    target = project.reports / results.run["edition"]
    made_of = _made_of(project, results, ruleset)
    if items and manifest(target).get("made_of") == made_of:
        shutil.copytree(target, staged, dirs_exist_ok=True)
    cores = len(os.sched_getaffinity(0))
    wanted: dict[str, Any] = {"items": items or None, "with_pdf": with_pdf, "key": project.key, "sign": sign}
    rendered = render_edition(results, project, staged, progress, workers=cores, **wanted)
    unsigned = {**_unsigned(target), **rendered.unsigned}
    names = sorted(path.relative_to(staged).as_posix() for path in staged.rglob("*") if path.is_file())
    files = [_entry(name, staged / name, unsigned.get(name)) for name in names if name != MANIFEST]
    about = {name: made_of[name] for name in ("edition", "as_of", "known_on")}
    listed = {"schema": SCHEMA, **about, "made_of": made_of, "documents": documents(results, names), "files": files}
    (staged / MANIFEST).write_text(canonical(listed), encoding="utf-8", newline="\n")
    return rendered.files


def digests(private: Path, files: Sequence[str]) -> dict[str, str]:
    """The SHA-256 of files that `write` has written into the private folder, by their paths in the edition.

    Of signed files it is that of what was signed: a signature is another one every time.
    """
    listed = {one["path"]: one.get("unsigned_sha256", one["sha256"]) for one in manifest(private / STAGED)["files"]}
    return {name: listed[name] for name in files}


def _entry(name: str, path: Path, unsigned: str | None) -> dict[str, str]:
    """A file in the manifest; what it was before it was signed where that is something else."""
    digest = sha256(path.read_bytes())
    entry = {"path": name, "sha256": digest}
    return {**entry, "unsigned_sha256": unsigned} if unsigned not in (None, digest) else entry


def _unsigned(folder: Path) -> dict[str, str]:
    """Of the signed files of an edition, the SHA-256 of what was signed."""
    files = manifest(folder).get("files", [])
    return {one["path"]: one["unsigned_sha256"] for one in files if "unsigned_sha256" in one}


def _made_of(project: Project, results: Results, ruleset: Ruleset) -> dict[str, str]:
    """What an edition rests on: cards of another make never stand beside each other in one edition."""
    templates = [path for path in sorted(project.templates.rglob("*")) if path.is_file()]
    return {
        **{key: str(results.run[key]) for key in IDENTITY},  # type: ignore[literal-required]
        "ruleset_digest": ruleset.digest,
        "settings_digest": sha256((project.root / SETTINGS_FILE).read_bytes()),
        "templates_digest": sha256("".join(sha256(path.read_bytes()) for path in templates).encode()),
        "engine": __version__,
    }
