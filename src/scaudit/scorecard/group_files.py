"""The files of a group's document: what is attached to it, what it says as a digest, and the writing of it."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
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
from scaudit.scorecard.group_json import Told, group_json
from scaudit.scorecard.groups import Group
from scaudit.scorecard.model import Imprint
from scaudit.scorecard.substance import besides
from scaudit.scorecard.summary import summary_card
from scaudit.scorecard.synthetic import is_synthetic
from scaudit.scorecard.tallies import days, gap, own
from scaudit.scorecard.wording import DONE
from scaudit.spreadsheet import csv_text

PASSING = ("edition", "as_of", "known_on", "since", "counts")
PASSING_OF_ITEMS = ("before", "asked_since")
COLUMNS = (
    *("item_id", "kind", "title", "issuer", "accountable", "programme", "issued_on", "days", "verified"),
    *("verified_words", "claimed", "claimed_words", "required", "met", "said_to_be_done", "unknown", "widest_gap"),
    *("verified_before", "flags"),
)


def render_group(results: Results, project: Project, folder: Path, group: Group, way: Way | None = None) -> Written:
    """Write the page of a group, its twin and its data into `folder`.

    `results` need no records (scaudit.standings); a small group takes `grounds` along where they have them.
    """
    return begin_group(results, project, folder, group, way or Way())()


def begin_group(
    results: Results, project: Project, folder: Path, group: Group, way: Way, json: str = ""
) -> Callable[[], Written]:
    """The same, while the PDF may still be printed by somebody else. Where `json` has its data, none are written."""
    (folder / group.path).parent.mkdir(parents=True, exist_ok=True)
    told = group_json(results, group)
    text = lines(told)
    data = attached(results, group, told, text)
    said = group_substance(told, besides(results) if group.by == "all" else None)
    path = json or f"{group.path}.json"
    document = Document(
        group.path,
        summary_card(results, group, told),
        _imprint(project, group, data, way),
        marks(results, group, data, said),
        data,
        PurePosixPath(path).name,
    )
    begun = begin_document(project, folder, document, way)
    own = () if json else (write(folder, path, text),)

    def written() -> Written:
        files = (*begun(), *own)
        return Written(files, group_row(group, [*(one["path"] for one in files), path], said))

    return written


def attached(results: Results, group: Group, told: Told, text: str) -> tuple[Attachment, ...]:
    """The attachments of a group's page, by name. The grounds of a large group are on the cards of its items."""
    found = [
        Attachment(SAID, "What this document says", "Data", text.encode()),
        Attachment(STATUSES, "Every item in a line", "Supplement", statuses(told)),
    ]
    if results.grounds and not group.is_large:
        about = "Everything that scoring reads: the records, the days and the rules"
        grounds = results.grounds.among(group.items, group.subject)
        found.append(Attachment(GROUNDS, about, "Data", lines(grounds.as_json()).encode()))
    return tuple(sorted(found, key=lambda one: one.name))


def statuses(told: Mapping[str, Any]) -> bytes:
    """The items of a group as CSV, a line each, out of its data."""
    return csv_text(COLUMNS, _lines(told)).encode()


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


def group_substance(told: Mapping[str, Any], more: Mapping[str, Any] | None = None) -> str:
    """What a group's page says, whatever its edition and days, as a digest (scaudit.scorecard.substance)."""
    kept = {name: value for name, value in told.items() if name not in PASSING}
    kept["items"] = [
        {name: value for name, value in item.items() if name not in PASSING_OF_ITEMS}
        | {"asks": [{key: value for key, value in ask.items() if key != "before"} for ask in item["asks"]]}
        for item in told["items"]
    ]
    return hashlib.sha256((lines(kept) + (lines(more) if more else "")).encode()).hexdigest()


def _imprint(project: Project, group: Group, data: tuple[Attachment, ...], way: Way) -> Imprint:
    """Who answers for it; of a body or programme with the notes of all its items."""
    about = imprint(project.settings, "", data, way.key)
    if group.by == "all":
        return about
    notes = project.settings.notes
    meant = sorted(prefix for prefix in notes if any(item.startswith(prefix) for item in group.items))
    return replace(about, notes=tuple(notes[prefix] for prefix in meant))


def _lines(told: Mapping[str, Any]) -> Iterator[list[object]]:
    for item in told["items"]:
        asks = [ask for ask in own(item, told) if ask["required"]]
        since = days(item, told)
        yield [
            *(item[name] for name in ("id", "kind", "title", "issuer", "accountable")),
            item.get("programme", ""),
            item["issued_on"] or "",
            "" if since is None else since,
            *(item[name][reading] for reading in ("verified", "claimed") for name in ("status", "words")),
            len(asks),
            *(sum(ask["counts_as"][reading] >= DONE for ask in asks) for reading in ("verified", "claimed")),
            sum(not ask["counts_as"]["verified"] for ask in asks),
            max(map(gap, asks), default=0),
            item["before"].get("verified", {}).get("status", ""),
            "; ".join(item["flags"]),
        ]
