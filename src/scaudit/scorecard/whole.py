"""What all items of an edition share: the overview, the questions, the data of all."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from scaudit.results import Results
from scaudit.scorecard.attached import attached
from scaudit.scorecard.card_json import audit_json, canonical
from scaudit.scorecard.documents import OVERVIEW, overview_row
from scaudit.scorecard.edition import Document, Project, Way, Written, begin_document, imprint, marks, write
from scaudit.scorecard.group_files import begin_group
from scaudit.scorecard.overview import overview_card
from scaudit.scorecard.questions import questions, questions_csv
from scaudit.scorecard.said import Said

AUDIT = "audit.json"


def render_whole(
    results: Results,
    project: Project,
    folder: Path,
    cards: Sequence[str],
    way: Way | None = None,
    said: Said | None = None,
) -> Iterator[Written]:
    """Write overview.pdf and .html, questions.csv and audit.json, which lists these after the files of `cards`.

    Where the items are many the overview tells of them in counts, and `said` has what there is to say of each; then
    `results` need not have them.
    """
    way = way or Way()
    folder.mkdir(parents=True, exist_ok=True)
    forms = [form for form in ("pdf", "html") if way.with_pdf or form != "pdf"]
    files = [*cards, *(f"{OVERVIEW}.{form}" for form in forms), "questions.csv", AUDIT]
    days = project.settings.questions.answer_days
    if said:
        overview = begin_group(results, project, folder, said.group, way, AUDIT, said)
        asked, data = said.questions(), said.audit(results, files)
    else:
        overview = _begin_overview(results, project, folder, way)
        asked, data = questions_csv(questions(results), days), canonical(audit_json(results, files))
    others = [write(folder, name, text) for name, text in (("questions.csv", asked), (AUDIT, data))]
    yield overview()
    yield from (Written((one,)) for one in others)


def _begin_overview(results: Results, project: Project, folder: Path, way: Way) -> Callable[[], Written]:
    data = attached(results)
    told, about = marks(results, data), imprint(project.settings, "", data, way.key)
    begun = begin_document(project, folder, Document(OVERVIEW, overview_card(results), about, told, data, AUDIT), way)

    def written() -> Written:
        files = begun()
        return Written(files, overview_row([*(one["path"] for one in files), AUDIT], told.substance))

    return written
