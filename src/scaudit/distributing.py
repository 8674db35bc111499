"""Distributing: an edition to those who should have it, and into the ledger what became of each delivery.

Word of each step is in the ledger before the step: a run that is killed while it prepares has sent nothing, and one
that is killed while a mail goes out leaves a delivery of which nobody knows. That one is looked into by the next run,
and is never repeated by itself.
"""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from scaudit import contents, dropping, packaging
from scaudit.deliveries import Delivery, doubted, past, record, standing
from scaudit.errata import errata
from scaudit.errors import UsageError
from scaudit.packaging import Package, Plan
from scaudit.posting import Clock, Post, Told
from scaudit.project import Project, find_project
from scaudit.reading import Progress, silent
from scaudit.recipients import recipients

UNKNOWN = "the run ended while this was going out"


@dataclass(frozen=True)
class Wanted:
    """What is asked of a distribution: of which edition, by default the last, to whom, and why `again` if so.

    With `corrections` only the notices of what was wrong in earlier editions.
    """

    root: Path
    edition: str = ""
    to: tuple[str, ...] = ()
    again: str = ""
    corrections: bool = False


@dataclass(frozen=True)
class Distribution:
    """What a run did: what became of the packages that it tried, and which of the due ones it did not try."""

    told: tuple[Told, ...] = ()
    untried: tuple[Package, ...] = ()

    @property
    def clean(self) -> bool:
        """True where all that was due is delivered."""
        return not self.untried and all(one.last.outcome == "delivered" for one in self.told)


@contextmanager
def alone(project: Project) -> Iterator[None]:
    """Keep others from distributing at the same time. Raises UsageError where somebody does."""
    project.state.mkdir(parents=True, exist_ok=True)
    with (project.state / "distribute.lock").open("a", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # goes with the process, however that ends
        except BlockingIOError:
            raise UsageError(
                "Another 'scaudit distribute' is at work in this project; wait until it is done."
            ) from None
        yield


def plan(wanted: Wanted, progress: Progress = silent) -> Plan:
    """Who would get what, and why; nothing is sent or written.

    Raises UsageError for an edition or a stakeholder that is not there, ProjectError where the project cannot be used.
    """
    if wanted.again and not wanted.to:
        raise UsageError("--again repeats what somebody has already; name those who asked for it with --to.")
    project = find_project(wanted.root)
    edition = contents.edition(project, wanted.edition)
    if edition.name in doubted(project.state) and not wanted.again:
        raise UsageError(
            f"Edition {edition.name} may have gone out: the ledger that knew it was damaged; bring that back from a "
            "backup, or name who lacks it with --to and --again."
        )
    found = recipients(project, progress)
    unknown = [name for name in wanted.to if name not in found.known and name not in found.held]
    if unknown:
        raise UsageError(
            f"There is no stakeholder {unknown[0]!r}; they are {', '.join(sorted(found.known)) or 'none'}."
        )
    sent = standing(past(project.state))
    wrong = errata(project, edition, progress)
    whole = packaging.plan(edition, found, sent, wanted.to, wanted.again, wrong)
    return packaging.notices(whole, sent) if wanted.corrections else whole


def resolve(project: Project, now: Clock) -> tuple[Delivery, ...]:
    """Look into what a killed run was sending, write down what became of it, and give what that was.

    To be called while `alone`.
    """
    every = standing(past(project.state))
    for one in every:
        if one.state == "preparing" and one.last.channel == "folder":
            dropping.sweep(_place(project, one), one.last.delivery_id)
    cut = [one for one in every if one.state == "sending"]
    for one in cut:
        became = _became(project, one)
        record(project.state, one.told(became, now(), UNKNOWN))
    names = {one.last.delivery_id for one in cut}
    return tuple(one for one in standing(past(project.state)) if one.last.delivery_id in names)


def _became(project: Project, one: Delivery) -> dropping.Fate:
    """What became of a delivery that was going out: a folder can be looked for, a mail cannot."""
    if one.last.channel == "email":
        return "possibly delivered"
    return dropping.fate(_place(project, one), one.last.delivery_id, {line.digest for line in one.lines})


def _place(project: Project, one: Delivery) -> Path:
    """Where a delivery by folder lies, or would lie."""
    return project.settings.delivery.place(project.root) / one.last.message_id


def distribute(
    wanted: Wanted,
    planned: Plan,
    now: Clock,
    progress: Progress = silent,
    wait: Callable[[float], None] | None = None,
) -> Distribution:
    """Send what is planned and due, and give what became of it. To be called while `alone`, after `resolve`.

    With `wait`, which takes seconds, what failed for now is tried again until it is out or given up. Raises
    ProjectError before anything is sent where the settings do not allow it.
    """
    project = find_project(wanted.root)
    done = send(project, planned, now, progress)
    told = {one.package.id: one for one in done.told}
    # the same edition for the same people: nobody has agreed to anything else
    meant = tuple(one.stakeholder.id for one in planned.packages)
    rest = replace(wanted, edition=planned.edition.name, to=meant, again="")
    while wait and rest.to and (packages := (planned := plan(rest, progress)).packages):
        soonest = min((one.due for one in packages if one.due), default=now())
        wait(max(0.0, (soonest - now()).total_seconds()))
        done = send(project, planned, now, progress)
        told |= {one.package.id: one for one in done.told}
    return Distribution(tuple(told.values()), done.untried)


def send(project: Project, planned: Plan, now: Clock, progress: Progress = silent) -> Distribution:
    """Send the packages of a plan that are due, whatever they are for, and give what became of them."""
    due = [one for one in planned.packages if not one.waits(now())]
    post = Post(project, due, now)
    for delivery, why in planned.closed:
        record(project.state, delivery.told("skipped", now(), why))
    told: list[Told] = []
    untried: list[Package] = []
    for one in due:
        if one.stakeholder.channel == "email" and any(earlier.closed for earlier in told):
            untried.append(one)
            continue
        progress(f"to {one.stakeholder.id}")
        told.append(post.post(one))
    return Distribution(tuple(told), tuple(untried))
