"""Contents: what an edition holds for those who get it: its documents, their files, and how each item stands."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from scaudit import warehouse
from scaudit.errors import ProjectError, UsageError
from scaudit.manifests import is_name, manifest, sha256
from scaudit.outcome import rows
from scaudit.project import Project

FORMS = ("pdf", "html", "json")
"""The files of a document: the first that is there is the one that goes out."""
OVERVIEW = "overview"


@dataclass(frozen=True)
class Document:
    """One document of an edition: the file that goes out, what it says as a digest, and how its item stands.

    `status` has the codes of the two readings, `words` what is printed for them; both are empty for the overview and
    for the card of a group, of which `items` are those that it tells of.
    """

    id: str
    title: str
    path: str
    digest: str
    size: int
    substance: str
    status: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    signed: bool = False
    items: tuple[str, ...] = ()

    @property
    def is_card(self) -> bool:
        """Whether this is the card of an item."""
        return self.id != OVERVIEW and not self.items


@dataclass(frozen=True)
class Edition:
    """A published edition, as it goes out."""

    name: str
    folder: Path
    as_of: date
    known_on: date
    synthetic: bool
    documents: tuple[Document, ...]

    def content(self, document: Document) -> bytes:
        """The bytes of a document's file. Raises ProjectError where they are no longer those of the manifest."""
        try:
            found = (self.folder / document.path).read_bytes()
        except OSError as error:
            raise ProjectError(f"{self._where(document)} cannot be read: {error.strerror}; make it anew.") from error
        if sha256(found) != document.digest:
            raise ProjectError(f"{self._where(document)} is not the file that was published; make the edition anew.")
        return found

    def _where(self, document: Document) -> str:
        return f"reports/{self.name}/{document.path}"


def edition(project: Project, name: str = "") -> Edition:
    """A published edition by its name, or that of the last results.

    Raises UsageError for a name that no edition has, ProjectError where nothing was published.
    """
    name = name or _last(project)
    folder = project.reports / name
    listed = manifest(folder) if is_name(name) else {}
    if not listed:
        raise UsageError(f"There is no edition {name!r} in reports/; the editions are {_names(project)}.")
    if "documents" not in listed:
        raise ProjectError(f"reports/{name} was made by an earlier engine; run 'scaudit report' and distribute that.")
    files = {one["path"]: one for one in listed["files"]}
    return Edition(
        name,
        folder,
        date.fromisoformat(listed["as_of"]),
        date.fromisoformat(listed["known_on"]),
        bool(_json(folder / "audit.json").get("synthetic")),
        tuple(_document(folder, row, files) for row in listed["documents"] if row["files"]),
    )


def _last(project: Project) -> str:
    with warehouse.open_published(project.state) as con:
        (run,) = rows(con, "run")
    return str(run["edition"])


def _names(project: Project) -> str:
    folders = sorted(project.reports.iterdir()) if project.reports.is_dir() else []
    return ", ".join(one.name for one in folders if manifest(one)) or "none"


def _document(folder: Path, row: Mapping[str, Any], files: Mapping[str, Mapping[str, str]]) -> Document:
    path = next(row["files"][form] for form in FORMS if form in row["files"])
    card = _json(folder / row["files"]["json"]) if "json" in row["files"] else {}
    return Document(
        id=row["id"],
        title=row["title"],
        path=path,
        digest=files[path]["sha256"],
        size=(folder / path).stat().st_size if (folder / path).is_file() else 0,
        substance=row["substance"],
        status=row["status"],
        words=card.get("status_words") or {name: code.replace("_", " ") for name, code in row["status"].items()},
        signed="unsigned_sha256" in files[path],
        items=tuple(row.get("items", ())),
    )


def _json(path: Path) -> dict[str, Any]:
    """What a file of the edition says; nothing where it is not there or not readable."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
