"""Errata: which documents that somebody has were wrong, since a record behind them was corrected or withdrawn."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from scaudit import ledger
from scaudit.contents import Document, Edition
from scaudit.correcting import Correction, corrections
from scaudit.deliveries import Line
from scaudit.errors import UsageError
from scaudit.history import compare_runs
from scaudit.order import Order
from scaudit.project import Project
from scaudit.reading import Progress, silent


def errata(
    project: Project, edition: Edition, progress: Progress = silent
) -> Callable[[Line, Document], Correction | None]:
    """What was wrong in documents of earlier editions, found by scoring both runs again from what they kept.

    Two runs are compared once, and only when somebody asks.
    """
    runs = ledger.done_runs(project.state)
    latter = _published(runs, edition.name)
    compared: dict[str, Mapping[str, Correction]] = {}

    def notice(before: Line, document: Document) -> Correction | None:
        former = _published(runs, before.edition, before.at)
        if not former or not latter or former["run_id"] == latter["run_id"]:
            return None
        name = former["run_id"]
        if name not in compared:
            progress(f"looking for corrections since edition {before.edition}")
            compared[name] = _compared(project, edition, (name, latter["run_id"]), progress)
        found = compared[name]
        if document.is_card:
            return found.get(document.id)
        told = found.values() if not document.items else (found[item] for item in document.items if item in found)
        return _of_all(document, told)

    return notice


def _published(runs: Iterable[Mapping[str, Any]], edition: str, at: datetime | None = None) -> Mapping[str, Any] | None:
    """The run, of all from the newest on, that had published an edition by a moment; the last of that name if none."""
    return next((run for run in runs if run["edition"] == edition and (at is None or run["ended_at"] <= at)), None)


def _compared(project: Project, edition: Edition, names: tuple[str, str], progress: Progress) -> dict[str, Correction]:
    """The corrections from one run to the other; none where one of them has kept nothing that could tell."""
    order = Order(project.root, edition.as_of, edition.known_on, f"errata-{uuid4().hex[:8]}")
    try:
        return corrections(compare_runs(order, names, progress))
    except UsageError:
        return {}


def _of_all(document: Document, found: Iterable[Correction]) -> Correction | None:
    """Of a document that shows many items: what was wrong in any of them, each sentence once."""
    every = list(found)
    if not every:
        return None
    wrong, right, why = (
        tuple(dict.fromkeys(words for one in every for words in getattr(one, part)))
        for part in ("wrong", "right", "why")
    )
    return Correction(document.id, wrong, right, why)
