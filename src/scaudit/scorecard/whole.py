"""What all items of an edition share: the overview, the questions, the data of all."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from scaudit.results import Results
from scaudit.scorecard.attached import attached
from scaudit.scorecard.card_json import audit_json, canonical, lines
from scaudit.scorecard.documents import OVERVIEW, overview_row
from scaudit.scorecard.edition import Document, Project, Way, Written, begin_document, imprint, marks, write
from scaudit.scorecard.group_files import begin_group
from scaudit.scorecard.groups import everything
from scaudit.scorecard.overview import overview_card
from scaudit.scorecard.questions import questions, questions_csv

AUDIT = "audit.json"


def render_whole(
    results: Results, project: Project, folder: Path, cards: Sequence[str], way: Way | None = None
) -> Iterator[Written]:
    """Write overview.pdf and .html, questions.csv and audit.json, which lists these after the files of `cards`.

    Where the items are many the overview tells of them in counts, and needs no records.
    """
    way = way or Way()
    folder.mkdir(parents=True, exist_ok=True)
    overview = _begin_overview(results, project, folder, way)
    forms = [form for form in ("pdf", "html") if way.with_pdf or form != "pdf"]
    names = [*(f"{OVERVIEW}.{form}" for form in forms), "questions.csv", AUDIT]
    asked = questions_csv(questions(results), project.settings.questions.answer_days)
    in_text = lines if everything(results).is_large else canonical
    data = in_text(audit_json(results, [*cards, *names]))
    others = [write(folder, name, text) for name, text in (("questions.csv", asked), (AUDIT, data))]
    yield overview()
    yield from (Written((one,)) for one in others)


def _begin_overview(results: Results, project: Project, folder: Path, way: Way) -> Callable[[], Written]:
    group = everything(results)
    if group.is_large:
        return begin_group(results, project, folder, group, way, AUDIT)
    data = attached(results)
    told, about = marks(results, data), imprint(project.settings, "", data, way.key)
    begun = begin_document(project, folder, Document(OVERVIEW, overview_card(results), about, told, data, AUDIT), way)

    def written() -> Written:
        files = begun()
        return Written(files, overview_row([*(one["path"] for one in files), AUDIT], told.substance))

    return written
