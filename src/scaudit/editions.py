"""Editions: the folders that are published. One is complete when its manifest is there; it is replaced whole."""

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from scaudit import warehouse
from scaudit.errors import UsageError
from scaudit.project import Project
from scaudit.results import Results
from scaudit.scorecard.card_json import canonical
from scaudit.scorecard.edition import render_edition

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,79}")
STAGED = "edition"
IDENTITY = ("edition", "as_of", "known_on", "ruleset", "data_digest")


def check_name(name: str) -> None:
    """Refuse a name that is no plain folder name, or that is taken by the templates."""
    if not NAME.fullmatch(name) or ".." in name or name == "templates":
        raise UsageError(f'"{name}" is no name for an edition; use letters, digits, dots and hyphens.')


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def write(
    project: Project,
    results: Results,
    private: Path,
    items: Sequence[str],
    with_pdf: bool,
    progress: Callable[[str], None],
) -> list[str]:
    """Write an edition into the private folder, its manifest last; returns the files written, relative to the edition.

    Where only some cards are asked for, the others of the same edition stay if they rest on the same data,
    days and ruleset.
    """
    staged = private / STAGED
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(parents=True)
    target = project.reports / results.run["edition"]
    identity = {key: _text(results.run[key]) for key in IDENTITY}  # type: ignore[literal-required]
    if items and _manifest(target).get("edition_of") == identity:
        shutil.copytree(target, staged, dirs_exist_ok=True)
    written = render_edition(results, project, staged, progress, items=items or None, with_pdf=with_pdf)
    names = sorted(path.relative_to(staged).as_posix() for path in staged.rglob("*") if path.is_file())
    files = [
        {"path": name, "sha256": sha256((staged / name).read_bytes())} for name in names if name != "manifest.json"
    ]
    manifest = {"schema": "scaudit/manifest/1", "edition_of": identity, "files": files}
    (staged / "manifest.json").write_text(canonical(manifest), encoding="utf-8", newline="\n")
    return written


def publish(project: Project, private: Path, name: str) -> None:
    """Put the staged edition in its place. For a moment there is none; there is never half of one.

    May be tried again: what a first attempt has put in place stays there.
    """
    staged, target, earlier = private / STAGED, project.reports / name, private / "earlier"
    with warehouse.locked(project.state / "edition.lock"):
        if staged.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            _swap(staged, target, earlier)
    shutil.rmtree(earlier, ignore_errors=True)


def _swap(staged: Path, target: Path, earlier: Path) -> None:
    """Move the new edition in and the old one out; where that fails, the old one comes back."""
    shutil.rmtree(earlier, ignore_errors=True)
    if target.exists():
        target.replace(earlier)
    try:
        staged.replace(target)
    except OSError:
        if earlier.exists():
            earlier.replace(target)
        raise


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / "manifest.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def _text(value: object) -> str:
    return str(value)
