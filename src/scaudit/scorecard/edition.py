"""All files of an edition, written into a folder that the caller then publishes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from scaudit.results import Results
from scaudit.scorecard.build import item_card
from scaudit.scorecard.card_json import audit_json, canonical, card_json
from scaudit.scorecard.html import Pages
from scaudit.scorecard.model import Imprint
from scaudit.scorecard.overview import overview_card
from scaudit.scorecard.printing import Sheet, print_all
from scaudit.scorecard.questions import questions, questions_csv
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


def render_edition(
    results: Results,
    project: Project,
    folder: Path,
    progress: Callable[[str], None],
    *,
    items: Sequence[str] | None = None,
    with_pdf: bool = True,
    workers: int = 1,
) -> list[str]:
    """Write items/<slug>.pdf and .json, overview.pdf, questions.csv and audit.json into `folder`.

    Returns the paths written, relative to the folder, in order. `items` limits the cards, never the overview,
    questions.csv or audit.json. Raises UsageError for an unknown item, ProjectError where PDFs cannot be made.
    """
    chosen = sorted(items) if items is not None else [item["item_id"] for item in results.ordered_items]
    (folder / "items").mkdir(parents=True, exist_ok=True)
    written = []
    for item_id in chosen:
        name = f"items/{slug(item_id)}"
        written += [f"{name}.pdf", f"{name}.json"] if with_pdf else [f"{name}.json"]
        _write(folder / f"{name}.json", card_json(results, item_id))
    if with_pdf:
        sheets = _sheets(results, project, folder, chosen)
        print_all(sheets, len(chosen) + 1, project.templates, project.settings.paper, workers, progress)
        written.append("overview.pdf")
    written += ["questions.csv", "audit.json"]
    asked = questions_csv(questions(results), project.settings.questions.answer_days)
    (folder / "questions.csv").write_text(asked, "utf-8", newline="\n")
    _write(folder / "audit.json", audit_json(results, written))
    return written


def _sheets(results: Results, project: Project, folder: Path, chosen: Sequence[str]) -> Iterator[Sheet]:
    """The pages of an edition as XHTML, one after the other: the cards, then the overview."""
    pages = Pages(project.templates)
    for item_id in chosen:
        html = pages.item(item_card(results, item_id), imprint(project.settings, item_id))
        yield Sheet(item_id, folder / "items" / f"{slug(item_id)}.pdf", html)
    html = pages.overview(overview_card(results), imprint(project.settings))
    yield Sheet("overview", folder / "overview.pdf", html)


def _write(path: Path, value: object) -> None:
    path.write_text(canonical(value), "utf-8", newline="\n")


def imprint(settings: Settings, item_id: str = "") -> Imprint:
    """Who publishes a card and the sentences it must carry: those whose key is a prefix of the item's id."""
    notes = tuple(settings.notes[key] for key in sorted(settings.notes) if item_id.startswith(key))
    return Imprint(settings.title, settings.publisher, ended(settings.contact), notes, settings.questions.answer_days)
