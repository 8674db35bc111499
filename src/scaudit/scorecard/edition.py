"""All files of an edition, written into a folder that the caller then publishes."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from scaudit.errors import ProjectError
from scaudit.results import Results
from scaudit.scorecard.build import item_card
from scaudit.scorecard.card_json import audit_json, canonical, card_json
from scaudit.scorecard.model import Imprint
from scaudit.scorecard.overview import overview_card
from scaudit.scorecard.wording import ended
from scaudit.slug import slug

if TYPE_CHECKING:
    from scaudit.scorecard.html import Pages

    _Printing = tuple[Pages, Callable[[str], bytes]]


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
) -> list[str]:
    """Write items/<slug>.pdf and .json, overview.pdf and audit.json into `folder`.

    Returns the paths written, relative to the folder, in order. `items` limits the cards, never the overview
    or audit.json. Raises UsageError for an unknown item, ProjectError where PDFs cannot be made.
    """
    chosen = sorted(items) if items is not None else [item["item_id"] for item in results.ordered_items]
    page = _printing(project) if with_pdf else None
    cards = folder / "items"
    cards.mkdir(parents=True, exist_ok=True)
    written = []
    for item_id in chosen:
        progress(f"scorecard {item_id}")
        written += _item_files(results, project, folder, item_id, page)
    if page is not None:
        progress("overview")
        written.append("overview.pdf")
        pages, printed = page
        (folder / "overview.pdf").write_bytes(
            printed(pages.overview(overview_card(results), imprint(project.settings)))
        )
    written.append("audit.json")
    (folder / "audit.json").write_text(canonical(audit_json(results, written)), "utf-8", newline="\n")
    return written


def imprint(settings: Settings, item_id: str = "") -> Imprint:
    """Who publishes a card and the sentences it must carry: those whose key is a prefix of the item's id."""
    notes = tuple(settings.notes[key] for key in sorted(settings.notes) if item_id.startswith(key))
    return Imprint(settings.title, settings.publisher, ended(settings.contact), notes)


def _printing(project: Project) -> "_Printing":
    """Templates and printer; the libraries for PDF are loaded only where a PDF is wanted."""
    try:
        from scaudit.scorecard.html import Pages  # noqa: PLC0415
        from scaudit.scorecard.pdf import printer  # noqa: PLC0415
    except OSError as error:
        message = f"PDFs need the Pango library ({error}); install libpangoft2-1.0-0 or use --no-pdf"
        raise ProjectError(message) from error
    return Pages(project.templates), printer(project.templates, project.settings.paper).print


def _item_files(results: Results, project: Project, folder: Path, item_id: str, page: "_Printing | None") -> list[str]:
    name = f"items/{slug(item_id)}"
    written = []
    if page is not None:
        pages, printed = page
        html = pages.item(item_card(results, item_id), imprint(project.settings, item_id))
        (folder / f"{name}.pdf").write_bytes(printed(html))
        written.append(f"{name}.pdf")
    (folder / f"{name}.json").write_text(canonical(card_json(results, item_id)), "utf-8", newline="\n")
    return [*written, f"{name}.json"]
