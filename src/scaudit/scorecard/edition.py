"""The documents of an edition, written into a folder that the caller then publishes: the cards, and what all share."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from scaudit import __version__
from scaudit.document.attachment import Attachment, data_digest
from scaudit.document.key_source import KeySource
from scaudit.document.marks import Marks
from scaudit.results import Results
from scaudit.scorecard.annex import LISTED
from scaudit.scorecard.attached import attached
from scaudit.scorecard.build import item_card
from scaudit.scorecard.card_json import canonical, card_json
from scaudit.scorecard.documents import card_files, card_row
from scaudit.scorecard.html import Card, pages
from scaudit.scorecard.model import Imprint, Siblings
from scaudit.scorecard.printing import Press, Printed, Printing, Sheet, at_once
from scaudit.scorecard.substance import substance, substance_of
from scaudit.scorecard.synthetic import is_synthetic
from scaudit.scorecard.twin import twins
from scaudit.scorecard.wording import ended


class Term(Protocol):
    """Within how many days an answer to a question is asked."""

    @property
    def answer_days(self) -> int: ...


class Settings(Protocol):
    """What a card needs to know of scaudit.toml. `notes` are by prefix of an item's id, "" for all."""

    @property
    def title(self) -> str: ...
    @property
    def publisher(self) -> str: ...
    @property
    def contact(self) -> str: ...
    @property
    def paper(self) -> Any: ...
    @property
    def notes(self) -> Mapping[str, str]: ...
    @property
    def questions(self) -> Term: ...


class Project(Protocol):
    """The settings of a project and its folder of templates."""

    @property
    def settings(self) -> Settings: ...
    @property
    def templates(self) -> Path: ...


@dataclass(frozen=True)
class Way:
    """How documents are written: with PDFs or without, and whether these are signed; pages name the key in any case.

    `listed` is how many records a card lists at most; the data beside it have them all. `printing` is who prints a
    document that nobody waits for.
    """

    with_pdf: bool = True
    key: KeySource | None = None
    sign: bool = True
    listed: int = LISTED
    printing: Printing = at_once


@dataclass(frozen=True)
class Document:
    """What is written in the forms for people: a card, its path in the edition without ending, its data beside it.

    `json` is the name of the file that lies beside it with the same content for programs.
    """

    path: str
    card: Card
    imprint: Imprint
    marks: Marks
    data: tuple[Attachment, ...]
    json: str


Files = tuple[Mapping[str, str], ...]
"""Files of an edition, as a manifest lists them."""


@dataclass(frozen=True)
class Written:
    """What was written: files as a manifest lists them, and the row of the document that they are, if they are one."""

    files: Files
    row: Mapping[str, Any] | None = None


def render_cards(
    results: Results, project: Project, folder: Path, items: Sequence[str], way: Way | None = None
) -> Iterator[Written]:
    """Write items/<slug>.pdf, .html and .json of some items into `folder`, one item after the other.

    Raises UsageError for an unknown item, ProjectError where PDFs cannot be made.
    """
    way = way or Way()
    (folder / "items").mkdir(parents=True, exist_ok=True)
    for item_id in items:
        said = card_json(results, item_id)
        text = canonical(said)
        data = attached(results, item_id, text)
        told = marks(results, data, item_id, substance_of(said))
        about = imprint(project.settings, item_id, data, way.key)
        path = card_files(item_id)["json"]
        card = item_card(results, item_id, way.listed)
        document = Document(path.removesuffix(".json"), card, about, told, data, PurePosixPath(path).name)
        files = (*render_document(project, folder, document, way), write(folder, path, text))
        yield Written(files, card_row(results, item_id, [one["path"] for one in files], told.substance))


def render_document(project: Project, folder: Path, document: Document, way: Way) -> Files:
    """Write a document in its forms for people: the PDF, if there is to be one, and its twin."""
    return begin_document(project, folder, document, way)()


def begin_document(project: Project, folder: Path, document: Document, way: Way) -> Callable[[], Files]:
    """The same, while the PDF may still be printed by somebody else: what was written is there when it is asked for."""
    printed = _print(project, folder, document, way) if way.with_pdf else None
    name = PurePosixPath(document.path).name
    siblings = Siblings(f"{name}.pdf" if way.with_pdf else "", document.json)
    web = twins(project.templates).twin(document.card, document.imprint, siblings)
    twin = write(folder, f"{document.path}.html", web)
    return lambda: (_listed(f"{document.path}.pdf", printed()), twin) if printed else (twin,)


def _print(project: Project, folder: Path, document: Document, way: Way) -> Callable[[], Printed]:
    page = pages(project.templates).printed(document.card, document.imprint)
    press = Press(project.templates, project.settings.paper, way.key if way.sign else None)
    return way.printing(press, Sheet(folder / f"{document.path}.pdf", page, document.marks, document.data))


def _listed(path: str, printed: Printed) -> Mapping[str, str]:
    signed = {} if printed.sha256 == printed.unsigned else {"unsigned_sha256": printed.unsigned}
    return {"path": path, "sha256": printed.sha256, **signed}


def write(folder: Path, path: str, text: str) -> Mapping[str, str]:
    """Write a file of the edition; gives it as the manifest lists it."""
    content = text.encode()
    (folder / path).write_bytes(content)
    return {"path": path, "sha256": hashlib.sha256(content).hexdigest()}


def marks(results: Results, data: Sequence[Attachment], item_id: str = "", said: str = "") -> Marks:
    """What the document of one item, or without one the overview, says of itself to programs.

    `said` is its substance, where that is known.
    """
    run = results.run
    return Marks(
        subject=item_id or "overview",
        edition=run["edition"],
        as_of=run["as_of"],
        known_on=run["known_on"],
        ruleset=run["ruleset"],
        data_digest=data_digest(data),
        substance=said or substance(results, item_id),
        engine=__version__,
        synthetic=is_synthetic(results),
    )


def imprint(
    settings: Settings, item_id: str = "", data: Sequence[Attachment] = (), key: KeySource | None = None
) -> Imprint:
    """Who publishes a card and the sentences it must carry: those whose key is a prefix of the item's id."""
    return Imprint(
        project=settings.title,
        publisher=settings.publisher,
        contact=ended(settings.contact),
        notes=tuple(settings.notes[prefix] for prefix in sorted(settings.notes) if item_id.startswith(prefix)),
        answer_days=settings.questions.answer_days,
        digest=data_digest(data) if data else "",
        signer=key.name if key else "",
        demonstration=bool(key and key.demonstration),
    )
