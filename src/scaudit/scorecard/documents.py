"""Documents: what an edition holds, as its manifest lists it: each with its files, its status and its substance."""

from collections.abc import Collection, Mapping
from typing import Any

from scaudit.results import Results
from scaudit.scorecard.substance import substance
from scaudit.slug import slug

OVERVIEW = "overview"
READINGS = ("verified", "claimed")
FORMS = ("pdf", "html", "json")


def documents(results: Results, paths: Collection[str]) -> list[dict[str, Any]]:
    """The documents of an edition of which a file is among `paths`, the overview first, then the items in order."""
    overview = {form: f"{OVERVIEW}.{form}" for form in FORMS} | {"json": "audit.json"}
    found = [_document(OVERVIEW, "Overview of all items", {}, overview, substance(results))]
    for item in results.ordered_items:
        item_id = item["item_id"]
        files = {form: f"items/{slug(item_id)}.{form}" for form in FORMS}
        if any(path in paths for path in files.values()):
            status = {reading: results.status(item_id, reading)["status"] for reading in READINGS}
            found.append(_document(item_id, item["title"], status, files, substance(results, item_id)))
    return [{**one, "files": {form: path for form, path in one["files"].items() if path in paths}} for one in found]


def _document(name: str, title: str, status: Mapping[str, str], files: Mapping[str, str], said: str) -> dict[str, Any]:
    return {"id": name, "title": title, "status": dict(status), "substance": said, "files": dict(files)}
