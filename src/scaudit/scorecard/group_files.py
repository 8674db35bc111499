"""The files of a group's document: what is attached to it, what it says as a digest, and the writing of it."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from scaudit import __version__
from scaudit.document.attachment import Attachment, data_digest
from scaudit.document.marks import Marks
from scaudit.results import Results
from scaudit.scorecard.attached import GROUNDS, SAID, STATUSES
from scaudit.scorecard.card_json import lines
from scaudit.scorecard.documents import group_row
from scaudit.scorecard.edition import Document, Project, Way, Written, begin_document, imprint, write
from scaudit.scorecard.group_json import group_json
from scaudit.scorecard.groups import Group
from scaudit.scorecard.model import Imprint
from scaudit.scorecard.said import Said
from scaudit.scorecard.statuses import statuses
from scaudit.scorecard.substance import beside_items, lasting_entry
from scaudit.scorecard.summary import summary_card
from scaudit.scorecard.synthetic import is_synthetic

PASSING = ("edition", "as_of", "known_on", "since", "counts")


def render_group(results: Results, project: Project, folder: Path, group: Group, way: Way | None = None) -> Written:
    """Write the page of a group, its twin and its data into `folder`.

    `results` need no records (scaudit.standings); a small group takes `grounds` along where they have them.
    """
    return begin_group(results, project, folder, group, way or Way())()


def begin_group(
    results: Results, project: Project, folder: Path, group: Group, way: Way, json: str = "", said: Said | None = None
) -> Callable[[], Written]:
    """The same, while the PDF may still be printed by somebody else. Where `json` has its data, none are written.

    Of all items `said` has what there is to say of each; then `results` need not have them.
    """
    (folder / group.path).parent.mkdir(parents=True, exist_ok=True)
    told = group_json(results, group, said.told if said else None)
    text, table = (said.data(told), said.statuses()) if said else (lines(told), statuses(told))
    data = attached(results, group, text, table)
    substance = _substance(results, told, said)
    path = json or f"{group.path}.json"
    document = Document(
        group.path,
        summary_card(results, group, told, said),
        _imprint(project, group, data, way),
        marks(results, group, data, substance),
        data,
        PurePosixPath(path).name,
    )
    begun = begin_document(project, folder, document, way)
    own = () if json else (write(folder, path, text),)

    def written() -> Written:
        files = (*begun(), *own)
        return Written(files, group_row(group, [*(one["path"] for one in files), path], substance))

    return written


def attached(results: Results, group: Group, text: str, table: str) -> tuple[Attachment, ...]:
    """The attachments of a group's page, by name; `text` is its data, `table` its items in a line each.

    The grounds of a large group are on the cards of its items.
    """
    found = [
        Attachment(SAID, "What this document says", "Data", text.encode()),
        Attachment(STATUSES, "Every item in a line", "Supplement", table.encode()),
    ]
    if results.grounds and not group.is_large:
        about = "Everything that scoring reads: the records, the days and the rules"
        grounds = results.grounds.among(group.items, group.subject)
        found.append(Attachment(GROUNDS, about, "Data", lines(grounds.as_json()).encode()))
    return tuple(sorted(found, key=lambda one: one.name))


def marks(results: Results, group: Group, data: tuple[Attachment, ...], said: str) -> Marks:
    """What a group's document says of itself to programs."""
    run = results.run
    return Marks(
        subject=group.subject,
        edition=run["edition"],
        as_of=run["as_of"],
        known_on=run["known_on"],
        ruleset=run["ruleset"],
        data_digest=data_digest(data),
        substance=said,
        engine=__version__,
        synthetic=is_synthetic(results),
    )


def group_substance(told: Mapping[str, Any]) -> str:
    """What a group's page says, whatever its edition and days, as a digest (scaudit.scorecard.substance)."""
    kept = {**_lasting(told), "items": [lasting_entry(item) for item in told["items"]]}
    return hashlib.sha256(lines(kept).encode()).hexdigest()


def _substance(results: Results, told: Mapping[str, Any], said: Said | None) -> str:
    """The same; of the page on all items out of what is said of each."""
    if said is None:
        return group_substance(told)
    return said.substance(lines({**_lasting(told), "items": ()}), lines(beside_items(results)))


def _lasting(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name not in PASSING}


def _imprint(project: Project, group: Group, data: tuple[Attachment, ...], way: Way) -> Imprint:
    """Who answers for it; of a body or programme with the notes of all its items."""
    about = imprint(project.settings, "", data, way.key)
    if group.by == "all":
        return about
    notes = project.settings.notes
    meant = sorted(prefix for prefix in notes if any(item.startswith(prefix) for item in group.items))
    return replace(about, notes=tuple(notes[prefix] for prefix in meant))
