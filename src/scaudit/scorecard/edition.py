"""All files of an edition, written into a folder that the caller then publishes."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from scaudit import __version__
from scaudit.document.attachment import Attachment, data_digest
from scaudit.document.key_source import KeySource
from scaudit.document.marks import Marks
from scaudit.results import Results
from scaudit.scorecard.attached import attached
from scaudit.scorecard.build import item_card
from scaudit.scorecard.card_json import audit_json, canonical, card_json
from scaudit.scorecard.cards import ItemCard, OverviewCard
from scaudit.scorecard.html import Pages
from scaudit.scorecard.model import Imprint, Siblings
from scaudit.scorecard.overview import overview_card
from scaudit.scorecard.printing import Press, Sheet, print_all
from scaudit.scorecard.questions import questions, questions_csv
from scaudit.scorecard.substance import substance
from scaudit.scorecard.synthetic import is_synthetic
from scaudit.scorecard.twin import Twins
from scaudit.scorecard.wording import ended
from scaudit.slug import slug


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
class Document:
    """A card, or without an item the overview: its path in the edition without ending, its content, its data."""

    item_id: str
    path: str
    card: ItemCard | OverviewCard
    imprint: Imprint
    data: tuple[Attachment, ...]


@dataclass(frozen=True)
class Rendered:
    """What was written, relative to the edition's folder, in order; of PDFs the SHA-256 before they were signed."""

    files: list[str]
    unsigned: dict[str, str] = field(default_factory=dict)


def render_edition(
    results: Results,
    project: Project,
    folder: Path,
    progress: Callable[[str], None],
    *,
    items: Sequence[str] | None = None,
    with_pdf: bool = True,
    workers: int = 1,
    key: KeySource | None = None,
    sign: bool = True,
) -> Rendered:
    """Write items/<slug>.pdf, .html and .json, overview.pdf and .html, questions.csv and audit.json into `folder`.

    `items` limits the cards, never the overview, questions.csv or audit.json. Pages name the
    signer where there is a `key`, and PDFs are signed with it unless a replay wants them as they were before that.
    Raises UsageError for an unknown item, ProjectError where PDFs cannot be made.
    """
    chosen = sorted(items) if items is not None else [item["item_id"] for item in results.ordered_items]
    (folder / "items").mkdir(parents=True, exist_ok=True)
    for item_id in chosen:
        _write(folder / "items" / f"{slug(item_id)}.json", card_json(results, item_id))
    documents = _with_twins(_documents(results, project, chosen, key), project.templates, folder, with_pdf)
    unsigned: dict[Path, str] = {}
    if with_pdf:
        press = Press(project.templates, project.settings.paper, key if sign else None)
        sheets = _sheets(results, project.templates, folder, documents)
        unsigned = print_all(sheets, len(chosen) + 1, press, workers, progress)
    else:
        deque(documents, maxlen=0)  # their twins are all that is wanted
    written = _written(chosen, with_pdf)
    asked = questions_csv(questions(results), project.settings.questions.answer_days)
    (folder / "questions.csv").write_text(asked, "utf-8", newline="\n")
    _write(folder / "audit.json", audit_json(results, written))
    return Rendered(written, {path.relative_to(folder).as_posix(): digest for path, digest in unsigned.items()})


def _written(chosen: Sequence[str], with_pdf: bool) -> list[str]:
    """The files of an edition, in order."""
    cards = [f"items/{slug(item_id)}.{form}" for item_id in chosen for form in ("pdf", "html", "json")]
    files = [*cards, "overview.pdf", "overview.html", "questions.csv", "audit.json"]
    return [name for name in files if with_pdf or not name.endswith(".pdf")]


def _documents(results: Results, project: Project, chosen: Sequence[str], key: KeySource | None) -> Iterator[Document]:
    """The documents of an edition, one after the other: the cards, then the overview."""
    for item_id in chosen:
        data = attached(results, item_id)
        about = imprint(project.settings, item_id, data, key)
        yield Document(item_id, f"items/{slug(item_id)}", item_card(results, item_id), about, data)
    data = attached(results)
    yield Document("", "overview", overview_card(results), imprint(project.settings, "", data, key), data)


def _with_twins(documents: Iterator[Document], templates: Path, folder: Path, with_pdf: bool) -> Iterator[Document]:
    """The same documents, each after its twin is written."""
    twins = Twins(templates)
    for one in documents:
        name = PurePosixPath(one.path).name
        siblings = Siblings(f"{name}.pdf" if with_pdf else "", f"{name}.json" if one.item_id else "audit.json")
        twin = twins.twin(one.card, one.imprint, siblings)
        (folder / f"{one.path}.html").write_text(twin, "utf-8", newline="\n")
        yield one


def _sheets(results: Results, templates: Path, folder: Path, documents: Iterator[Document]) -> Iterator[Sheet]:
    """The same documents, to print."""
    pages = Pages(templates)
    for one in documents:
        card = one.card
        page = pages.item(card, one.imprint) if isinstance(card, ItemCard) else pages.overview(card, one.imprint)
        told = marks(results, one.data, one.item_id)
        yield Sheet(one.item_id or "overview", folder / f"{one.path}.pdf", page, told, one.data)


def marks(results: Results, data: Sequence[Attachment], item_id: str = "") -> Marks:
    """What the document of one item, or without one the overview, says of itself to programs."""
    run = results.run
    return Marks(
        subject=item_id or "overview",
        edition=run["edition"],
        as_of=run["as_of"],
        known_on=run["known_on"],
        ruleset=run["ruleset"],
        data_digest=data_digest(data),
        substance=substance(results, item_id),
        engine=__version__,
        synthetic=is_synthetic(results),
    )


def _write(path: Path, value: object) -> None:
    path.write_text(canonical(value), "utf-8", newline="\n")


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
