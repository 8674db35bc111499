"""Documents: what an edition holds, as its manifest lists it: each with its files, its status and its substance."""

from collections.abc import Collection, Mapping
from typing import Any

from scaudit.results import Results
from scaudit.scorecard.groups import Group
from scaudit.scorecard.wording import count
from scaudit.slug import slug

OVERVIEW = "overview"
READINGS = ("verified", "claimed")
FORMS = ("pdf", "html", "json")


def card_files(item_id: str) -> dict[str, str]:
    """Where the card of an item lies in an edition, by its forms."""
    return {form: f"items/{slug(item_id)}.{form}" for form in FORMS}


def overview_row(paths: Collection[str], said: str) -> dict[str, Any]:
    """The overview, of which the files are among `paths`; `said` is its substance."""
    files = {form: f"{OVERVIEW}.{form}" for form in FORMS} | {"json": "audit.json"}
    return _row(OVERVIEW, "Overview of all items", {}, said, files, paths)


def card_row(results: Results, item_id: str, paths: Collection[str], said: str) -> dict[str, Any]:
    """The card of an item, of which the files are among `paths`; `said` is its substance."""
    status = {reading: results.status(item_id, reading)["status"] for reading in READINGS}
    return _row(item_id, results.item(item_id)["title"], status, said, card_files(item_id), paths)


def group_row(group: Group, paths: Collection[str], said: str) -> dict[str, Any]:
    """The page of a group of items, of which the files are among `paths`; `said` is its substance."""
    if group.by == "all":
        return overview_row(paths, said)
    files = {form: f"{group.path}.{form}" for form in FORMS}
    row = _row(group.subject, f"{group.name}: {count(len(group.items), 'item')}", {}, said, files, paths)
    return {**row, "items": list(group.items)}


def _row(
    name: str, title: str, status: Mapping[str, str], said: str, files: Mapping[str, str], paths: Collection[str]
) -> dict[str, Any]:
    made = {form: path for form, path in files.items() if path in paths}
    return {"id": name, "title": title, "status": dict(status), "substance": said, "files": made}
