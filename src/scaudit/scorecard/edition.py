"""All files of an edition, written into a folder that the caller then publishes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from scaudit import __version__
from scaudit.document.attachment import Attachment, data_digest
from scaudit.document.marks import Marks
from scaudit.document.signing import KeySource
from scaudit.results import Results
from scaudit.scorecard.attached import attached
from scaudit.scorecard.build import item_card
from scaudit.scorecard.card_json import audit_json, canonical, card_json
from scaudit.scorecard.html import Pages
from scaudit.scorecard.model import Imprint
from scaudit.scorecard.overview import overview_card
from scaudit.scorecard.printing import Press, Sheet, print_all
from scaudit.scorecard.questions import questions, questions_csv
from scaudit.scorecard.substance import substance
from scaudit.scorecard.synthetic import is_synthetic
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
) -> Rendered:
    """Write items/<slug>.pdf and .json, overview.pdf, questions.csv and audit.json into `folder`.

    `items` limits the cards, never the overview, questions.csv or audit.json. PDFs are signed where there is a `key`.
    Raises UsageError for an unknown item, ProjectError where PDFs cannot be made.
    """
    chosen = sorted(items) if items is not None else [item["item_id"] for item in results.ordered_items]
    (folder / "items").mkdir(parents=True, exist_ok=True)
    written, unsigned = [], {}
    for item_id in chosen:
        name = f"items/{slug(item_id)}"
        written += [f"{name}.pdf", f"{name}.json"] if with_pdf else [f"{name}.json"]
        _write(folder / f"{name}.json", card_json(results, item_id))
    if with_pdf:
        press = Press(project.templates, project.settings.paper, key)
        unsigned = print_all(_sheets(results, project, folder, chosen, key), len(chosen) + 1, press, workers, progress)
        written.append("overview.pdf")
    written += ["questions.csv", "audit.json"]
    asked = questions_csv(questions(results), project.settings.questions.answer_days)
    (folder / "questions.csv").write_text(asked, "utf-8", newline="\n")
    _write(folder / "audit.json", audit_json(results, written))
    return Rendered(written, {path.relative_to(folder).as_posix(): digest for path, digest in unsigned.items()})


def _sheets(
    results: Results, project: Project, folder: Path, chosen: Sequence[str], key: KeySource | None
) -> Iterator[Sheet]:
    """The documents of an edition, one after the other: the cards, then the overview."""
    pages, settings = Pages(project.templates), project.settings
    for item_id in chosen:
        data = attached(results, item_id)
        html = pages.item(item_card(results, item_id), imprint(settings, item_id, data, key))
        yield Sheet(item_id, folder / "items" / f"{slug(item_id)}.pdf", html, marks(results, data, item_id), data)
    data = attached(results)
    html = pages.overview(overview_card(results), imprint(settings, "", data, key))
    yield Sheet("overview", folder / "overview.pdf", html, marks(results, data), data)


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
