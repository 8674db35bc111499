"""Killed: audits that ended without a word, and how the ledger comes to know of them.

An audit notes in its workplace what the ledger is to know of it, when it begins and again before it publishes, and
takes the note away once the ledger has it. So a note in the workplace of a run that no longer lives is all that is
left of a run that was killed, or of one that could not write the ledger.
"""

import json
import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from scaudit.errors import ProjectError
from scaudit.ledger import LedgerEntry, record, recorded
from scaudit.project import Project
from scaudit.publishing import recover
from scaudit.workplace import NOTE, PUBLISHED, dead, runs_locked

KILLED = "killed"
WITHOUT_A_WORD = "It ended without a word: it was killed, or its machine stopped, or its disk was full"
_DAYS = ("as_of", "known_on")
_TIMES = ("started_at", "ended_at")
_TUPLES = ("items", "vanished")


def note(folder: Path, entry: LedgerEntry) -> None:
    """Keep what the ledger is to know of a run in its workplace, whole or not at all."""
    part = folder / f"{NOTE}.part"
    part.write_text(json.dumps(vars(entry), default=str), encoding="utf-8")
    part.replace(folder / NOTE)


def enter(project: Project, folder: Path, entry: LedgerEntry) -> None:
    """Tell the ledger of a run, and take its note away. Where the ledger cannot be written, the note stays."""
    try:
        record(project.state, entry)
    except (ProjectError, OSError):
        with suppress(OSError):
            note(folder, entry)
        raise
    (folder / NOTE).unlink(missing_ok=True)


def settle(project: Project, at: datetime) -> tuple[LedgerEntry, ...]:
    """End what killed runs had begun: publications, their lines in the ledger, their workplaces.

    `at` is the time at which they are found; who published first is entered first. Gives the lines that the ledger has
    got.
    """
    told = []
    with runs_locked(project):
        found = [*dead(project)]
        recover(project)  # now, so that it ends what any of them had begun
        for folder in sorted(found, key=lambda folder: _published(folder) or at):
            entry = _noted(folder, at)
            if entry and not recorded(project.state, entry.run_id):
                record(project.state, entry)
                told.append(entry)
            shutil.rmtree(folder, ignore_errors=True)
    return tuple(told)


def sentences(told: tuple[LedgerEntry, ...]) -> list[str]:
    """What was found, in one line a run."""
    return [f"Run {one.run_id} ({one.outcome}) is in the ledger now. {one.message}".rstrip() for one in told]


def _noted(folder: Path, at: datetime) -> LedgerEntry | None:
    """What the ledger is to know of a run that no longer lives; None where it left no note."""
    try:
        found = json.loads((folder / NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    days = {name: date.fromisoformat(found[name]) for name in _DAYS}
    times = {name: datetime.fromisoformat(found[name]) for name in _TIMES}
    entry = LedgerEntry(**{**found, **days, **times, **{name: tuple(found[name]) for name in _TUPLES}})
    published = _published(folder)
    if entry.outcome != KILLED:  # it ended, and could not say so
        return entry
    after = f", after it had published edition {entry.edition}" if published else ""
    message, files = f"{WITHOUT_A_WORD}{after}.", entry.files if published else {}
    return replace(entry, ended_at=published or at, message=message, files=files)


def _published(folder: Path) -> datetime | None:
    """When a run published, in UTC; None where it did not. Until it is found, another may have published."""
    try:
        written = (folder / PUBLISHED).stat().st_mtime
    except OSError:
        return None
    return datetime.fromtimestamp(written, UTC).replace(tzinfo=None)
