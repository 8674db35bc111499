"""What all items of an edition share: the overview, the questions, the data of all."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from scaudit.results import Results
from scaudit.scorecard.attached import attached
from scaudit.scorecard.card_json import audit_json, canonical, lines
from scaudit.scorecard.documents import overview_row
from scaudit.scorecard.edition import Document, Project, Way, Written, imprint, marks, render_document, write
from scaudit.scorecard.group_files import render_group
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
    overview = _overview(results, project, folder, way)
    yield overview
    names = [*(one["path"] for one in overview.files), "questions.csv", AUDIT]
    asked = questions_csv(questions(results), project.settings.questions.answer_days)
    yield Written((write(folder, "questions.csv", asked),))
    in_text = lines if everything(results).is_large else canonical
    yield Written((write(folder, AUDIT, in_text(audit_json(results, [*cards, *names]))),))


def _overview(results: Results, project: Project, folder: Path, way: Way) -> Written:
    group = everything(results)
    if group.is_large:
        return render_group(results, project, folder, group, way, AUDIT)
    data = attached(results)
    told, about = marks(results, data), imprint(project.settings, "", data, way.key)
    files = render_document(
        project, folder, Document("overview", overview_card(results), about, told, data, AUDIT), way
    )
    return Written(files, overview_row([*(one["path"] for one in files), AUDIT], told.substance))
