"""Replaying: a past run made again from what it had kept, and compared with what it had published.

The same audit runs on a project that is laid out anew: with the inputs, settings, models and ruleset of then, and the
templates and fonts of now. It publishes a folder of its own; results and editions stay as they are.
"""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from scaudit import deliveries, editions, killed, ledger, publishing
from scaudit.audit import audit
from scaudit.audited import Outcome
from scaudit.errors import UsageError, cause
from scaudit.keeping import bring_records, restore
from scaudit.ledger import LedgerEntry
from scaudit.making import differences
from scaudit.order import Order
from scaudit.project import Project, find_project
from scaudit.reading import Progress, silent
from scaudit.refusals import refusal, telling
from scaudit.store import STORE
from scaudit.workplace import workplace

SEEN = 20
PAGES = (".pdf", ".html")  # what templates and fonts shape; everything else is data
FIELDS = frozenset(field.name for field in fields(LedgerEntry))


@dataclass(frozen=True)
class Replay:
    """A replayed run: its outcome, where it lies, and what came out otherwise than then.

    `compared` counts the files that either run wrote, `differing` names those that are not the same to the byte, and
    `making` says what the two were made with where that differs.
    """

    run_id: str
    edition: str
    outcome: Outcome
    compared: int
    differing: tuple[str, ...]
    making: tuple[str, ...]

    @property
    def faithful(self) -> bool:
        """True where all data are the same, and pages are too or differ for a reason that is known."""
        return not self.differing or (bool(self.making) and all(name.endswith(PAGES) for name in self.differing))

    @property
    def words(self) -> str:
        """Where it lies and what came of it, in one line."""
        return f"Run {self.run_id} is replayed in reports/{self.edition}: {self.verdict}."

    @property
    def verdict(self) -> str:
        """What came of it."""
        if not self.compared:
            return "it had published nothing to compare with"
        if not self.differing:
            return f"all {self.compared} files are the same to the byte"
        making = ", ".join(self.making) or "nothing"
        differing = f"{len(self.differing)} of {self.compared} files differ ({_named(self.differing)})"
        return f"{differing}; what differs in the making: {making}"


def replay(start: Path, run_id: str, name: str, now: Callable[[], datetime], progress: Progress = silent) -> Replay:
    """Make the run `run_id` again, as the run `name`, and publish it as replay-<run_id>, or what is free beside it.

    Raises UsageError for a run that is not in the ledger or has no kept inputs, ProjectError where a kept copy is
    missing or damaged.
    """
    project = find_project(start)
    past = _replayable(project, run_id)
    publishing.recover(project)
    _edition(project, run_id)  # refused before the work where it can have no folder
    started = now()
    with telling(), workplace(project, name) as private:
        begun = {"outcome": killed.KILLED, "message": "", "files": {}}
        killed.note(private, _entry(past, private, name, started, started, begun))
        try:
            found = _replay(project, past, private, name, now, progress)
        except BaseException as error:
            failed = {"outcome": "failed", "message": cause(refusal(error) or error), "files": {}}
            killed.enter(project, private, _entry(past, private, name, started, now(), failed))
            raise
        killed.enter(project, private, _entry(past, private, name, started, now(), {"message": found.verdict}))
    return found


def _replayable(project: Project, run_id: str) -> dict[str, Any]:
    past = ledger.past_run(project.state, run_id)
    if not past["inputs"] or not past["kept"]:
        why = "it failed before it had read them" if past["kept"] else "an earlier engine made it"
        raise UsageError(f"The run {run_id} has no kept inputs to replay: {why}.")
    return past


def _edition(project: Project, run_id: str) -> str:
    return editions.free_name(project, f"replay-{run_id}", deliveries.editions(project.state))


def _room(private: Path) -> Path:
    """Where the project of then is laid out."""
    return private / "project"


def _replay(
    project: Project, past: Mapping[str, Any], private: Path, name: str, now: Callable[[], datetime], progress: Progress
) -> Replay:
    outcome = _again(project, past, _room(private), name, now, progress)
    found = _compared(past, outcome, _entered(private), _edition(project, past["run_id"]))
    (_room(private) / "reports" / past["edition"]).replace(private / editions.STAGED)
    publishing.publish(project, private, found.edition)
    return found


def _again(
    project: Project, past: Mapping[str, Any], room: Path, name: str, now: Callable[[], datetime], progress: Progress
) -> Outcome:
    """Lay out what the run had kept, and audit that with the run's own days, name and items."""
    progress(f"restoring {past['run_id']}")
    restored = restore(project.state, past["kept"], room)
    bring_records(project, past["inputs"], past["kept"], restored)
    if project.templates.is_dir():
        shutil.copytree(project.templates, restored.templates, dirs_exist_ok=True)
    restored.state.mkdir(exist_ok=True)
    # what is kept already is not copied once more
    (restored.state / STORE).symlink_to(project.state / STORE, target_is_directory=True)
    order = Order(
        root=restored.root,
        as_of=past["as_of"],
        known_on=past["known_on"],
        run_id=name,
        edition=past["edition"],
        items=tuple(past["items"]),
        with_pdf=past["with_pdf"],
        synthetic=True,  # what was made up is told by its name, and was allowed then
        sign=False,  # a signature is another one every time; what was signed is the same
    )
    return audit(order, now, progress=progress)


def _compared(past: Mapping[str, Any], outcome: Outcome, ran: Mapping[str, Any], edition: str) -> Replay:
    then, again = past["files"], ran["files"]
    names = sorted({**then, **again}) if then else []
    differing = [name for name in names if then.get(name) != again.get(name)]
    return Replay(
        run_id=past["run_id"],
        edition=edition,
        outcome=outcome,
        compared=len(names),
        differing=tuple(sorted(differing, key=lambda name: name.endswith(PAGES))),  # data first
        making=tuple(differences(past["made_of"], ran["made_of"])),
    )


def _entered(private: Path) -> dict[str, Any]:
    """What the replay's own ledger has of it; empty where it did not come to run."""
    runs = ledger.past_runs(_room(private) / ".scaudit")
    return runs[0] if runs else {}


def _entry(
    past: Mapping[str, Any], private: Path, name: str, started: datetime, ended: datetime, came: Mapping[str, Any]
) -> LedgerEntry:
    """The replay as the project's ledger keeps it: what the run asked for, and what `came` of it now."""
    asked = {key: past[key] for key in ("as_of", "known_on", "edition", "ruleset", "items", "with_pdf")}
    ran = {key: value for key, value in _entered(private).items() if key in FIELDS}
    about = {"run_id": name, "started_at": started, "ended_at": ended, "replay_of": past["run_id"]}
    return LedgerEntry(**{"outcome": "done", **asked, **ran, **about, **came})


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - SEEN} more" if len(names) > SEEN else ""
    return ", ".join(names[:SEEN]) + more
