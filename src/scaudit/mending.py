"""Mending: what a run finds amiss around it and sets right by itself, in sentences for the ledger and for people."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import duckdb

from scaudit import deliveries, killed, ledger, warehouse
from scaudit.contract import TABLES
from scaudit.errors import ProjectError
from scaudit.manifests import manifest
from scaudit.project import Project
from scaudit.reading import table_files

T = TypeVar("T")


@dataclass(frozen=True)
class Mended:
    """The killed runs that the ledger has got to know of, and what else was set right."""

    killed: tuple[ledger.LedgerEntry, ...] = ()
    notes: tuple[str, ...] = ()


def set_right(project: Project, at: datetime) -> Mended:
    """Begin a ledger anew where it was damaged, end what killed runs had begun, set damaged results aside.

    Raises ProjectError where ledger or results cannot be opened for another reason than damage.
    """
    begun = ledger.mend_ledger(project.state)
    if begun:
        _doubt(project)
    found = killed.settle(project, at)
    results = _results(project, thorough=False)
    return Mended(found, tuple(note for note in (begun, results) if note))


def again(project: Project, notes: list[str], run: Callable[[], T]) -> T:
    """Run; where the results published before prove damaged only while they are read, set them aside and run again."""
    try:
        return run()
    except (duckdb.Error, ProjectError) as error:
        note = _results(project, thorough=True) if warehouse.is_damage(error) else ""
        if not note:
            raise
        notes.append(note)
    return run()


def clock(project: Project, started: datetime, ended: datetime) -> list[str]:
    """A word on a clock that was set back, since when times in the ledger do not follow each other."""
    before = max(filter(None, (started, ledger.last_end(project.state))))
    return [f"The clock was set back: {before} UTC had been before this run ended."] if ended < before else []


def _results(project: Project, *, thorough: bool) -> str:
    with warehouse.locked(project.state / "publish.lock"):
        if not warehouse.damaged_results(project.state, thorough=thorough):
            return ""
        aside = warehouse.set_aside_results(project.state)
    return f"The results published before were damaged and lie in {aside.name}; what vanished since them is not known."


def _doubt(project: Project) -> None:
    """Where documents are sent out: every edition that is there may have been, and nobody knows any more."""
    if project.reports.is_dir() and table_files(project, TABLES["stakeholders"]):
        deliveries.doubt(project.state, [one.name for one in sorted(project.reports.iterdir()) if manifest(one)])
