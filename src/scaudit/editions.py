"""Editions: the folders that are published. One is complete when its manifest is there; it is replaced whole."""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from scaudit import __version__
from scaudit.errors import UsageError
from scaudit.project import SETTINGS_FILE, Project
from scaudit.results import Results
from scaudit.rules import Ruleset
from scaudit.scorecard.card_json import canonical
from scaudit.scorecard.edition import render_edition

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,79}")
STAGED = "edition"
MANIFEST = "manifest.json"
SCHEMA = "scaudit/manifest/1"
IDENTITY = ("edition", "as_of", "known_on", "ruleset", "data_digest")


def check_name(project: Project, name: str) -> None:
    """Refuse a name that is no plain folder name, that the templates have, or under which something else lies."""
    if not NAME.fullmatch(name) or ".." in name or name.lower() == "templates":
        raise UsageError(f'"{name}" is no name for an edition; use letters, digits, dots and hyphens.')
    target = project.reports / name
    if target.exists() and not _manifest(target):
        raise UsageError(f"reports/{name} is no edition of scaudit and would be lost; name another edition.")


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def write(
    project: Project,
    results: Results,
    ruleset: Ruleset,
    private: Path,
    items: Sequence[str],
    with_pdf: bool,
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
    if items and _manifest(target).get("made_of") == made_of:
        shutil.copytree(target, staged, dirs_exist_ok=True)
    cores = len(os.sched_getaffinity(0))
    rendered = render_edition(results, project, staged, progress, items=items or None, with_pdf=with_pdf, workers=cores)
    unsigned = {**_unsigned(target), **rendered.unsigned}
    names = sorted(path.relative_to(staged).as_posix() for path in staged.rglob("*") if path.is_file())
    files = [_entry(name, staged / name, unsigned.get(name)) for name in names if name != MANIFEST]
    manifest = {"schema": SCHEMA, "made_of": made_of, "files": files}
    (staged / MANIFEST).write_text(canonical(manifest), encoding="utf-8", newline="\n")
    return rendered.files


def digests(private: Path, files: Sequence[str]) -> dict[str, str]:
    """The SHA-256 of files that `write` has written into the private folder, by their paths in the edition.

    Of signed files it is that of what was signed: a signature is another one every time.
    """
    listed = {one["path"]: one.get("unsigned_sha256", one["sha256"]) for one in _manifest(private / STAGED)["files"]}
    return {name: listed[name] for name in files}


def _entry(name: str, path: Path, unsigned: str | None) -> dict[str, str]:
    """A file in the manifest; what it was before it was signed where that is something else."""
    digest = sha256(path.read_bytes())
    entry = {"path": name, "sha256": digest}
    return {**entry, "unsigned_sha256": unsigned} if unsigned not in (None, digest) else entry


def _unsigned(folder: Path) -> dict[str, str]:
    """Of the signed files of an edition, the SHA-256 of what was signed."""
    files = _manifest(folder).get("files", [])
    return {one["path"]: one["unsigned_sha256"] for one in files if "unsigned_sha256" in one}


def _manifest(folder: Path) -> dict[str, Any]:
    """The manifest of an edition; empty where there is none, or something else under its name."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and found.get("schema") == SCHEMA else {}


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
