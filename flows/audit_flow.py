"""When we look: the audit as a Prefect flow. `python flows/audit_flow.py serve` keeps it on a schedule.

The flow has no rules of its own. It calls `scaudit.audit.audit`, the same run that the command line makes, with a
`step` that turns each function into a task. Nothing outside this folder imports prefect.
"""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

# Prefect reads these when it is imported: the first stops the server's calls home, the second the client's.
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")

from prefect import flow, get_run_logger, runtime, task
from prefect.blocks.system import Secret
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.events import emit_event
from prefect.states import Completed, Failed

import story
from fanning import fan_out
from lateness import overtaken
from scaudit.audit import audit
from scaudit.contents import edition as published
from scaudit.errors import ProjectError, ScauditError
from scaudit.keyring import lent
from scaudit.order import Order
from scaudit.project import Project, RenderingSettings, find_project
from scaudit.vanishing import sentences

T = TypeVar("T")

CHANGED = "scaudit.edition.changed"  # the event after an audit whose edition says something new

TASK_NAMES = {"measure_record": "measure", "score_record": "score"}
# An input may be busy or not yet whole, a disk may be full for a moment; checks and scores give the same again.
RETRIES = {"load": 2, "publish": 2}
RETRY_DELAY = 5.0  # seconds


def run_name() -> str:
    """The name of a run: its edition and the day for which it reads the record."""
    given = runtime.flow_run.parameters
    as_of = given.get("as_of") or scheduled_day()
    return f"{given.get('edition') or as_of} as of {as_of}"


def scheduled_day() -> date:
    """The day (UTC) for which the run was scheduled; a run may start half a second before it."""
    return datetime.fromtimestamp(runtime.flow_run.scheduled_start_time.timestamp(), UTC).date()


@flow(name="audit", flow_run_name=run_name, persist_result=False)
def audit_flow(
    project: str | None = None,
    as_of: date | None = None,
    known_on: date | None = None,
    edition: str | None = None,
    with_pdf: bool = True,
    runner: Literal["thread", "process", "dask"] | None = None,
    scheduler: str | None = None,
    fresh: bool = False,
) -> State[Any]:
    """Read, check, score, render and publish one edition of the project that this file lies in.

    `as_of` and `known_on` are by default the day (UTC) for which the run was scheduled, and `edition` is by default
    the as-of day. `runner` and `scheduler` are by default those of the project's settings for rendering. A
    `fresh` run does everything anew, also what did not change. A mistake in the project or its inputs fails the run
    with its one sentence.
    """
    if later := overtaken():
        return Completed(name="Skipped", message=later)
    today = scheduled_day()
    try:
        order = Order(
            root=find_project(Path(project or __file__)).root,
            as_of=as_of or today,
            known_on=known_on or today,
            run_id=f"{utc_now():%Y%m%dT%H%M%S}-{str(runtime.flow_run.id)[-8:]}",
            edition=edition or "",
            with_pdf=with_pdf,
            fresh=fresh,
        )
        before, stood = said(find_project(order.root)), story.statuses(find_project(order.root))
        with lent(find_project(order.root).settings.signing if with_pdf else None, secret):
            way = fan_out(chosen(find_project(order.root), runner, scheduler))
            outcome = audit(order, utc_now, step=as_task, progress=story.Progress(), fan_out=way)
        for sentence in (*outcome.notes, *sentences(outcome.vanished)):
            get_run_logger().warning(sentence)
    except Exception as error:  # noqa: BLE001 (whatever it was, who looks at the run reads it in one sentence)
        return Failed(message=story.failure(error, edition or "", as_of or today))
    edition = outcome.edition
    story.tell(find_project(order.root), order, outcome, stood)
    announce(edition, before, said(find_project(order.root)))
    instead = f", since {order.name} was distributed" if edition != order.name else ""
    return Completed(message=outcome.unchanged or f"Edition {edition} is published{instead}.")


def chosen(project: Project, runner: str | None, scheduler: str | None) -> RenderingSettings:
    """The settings for rendering, with what was asked of this run instead."""
    asked = {"runner": runner, "scheduler": scheduler}
    return project.settings.rendering.model_copy(update={key: value for key, value in asked.items() if value})


def said(project: Project) -> dict[str, str]:
    """What the documents of the edition published last say, as digests; nothing where there is none."""
    with suppress(ScauditError):
        return {one.id: one.substance for one in published(project).documents}
    return {}


def announce(edition: str, before: Mapping[str, str], now: Mapping[str, str]) -> None:
    """Tell Prefect which documents say something else than before: distribution waits for that event."""
    changed = sorted(name for name in now if before.get(name) != now[name])
    if changed:
        resource = {"prefect.resource.id": f"scaudit.edition.{edition}", "prefect.resource.name": f"edition {edition}"}
        emit_event(CHANGED, resource, payload={"edition": edition, "changed": changed})


def secret(block: str) -> str:
    """A secret that Prefect keeps, by the name of its block."""
    try:
        return str(Secret.load(block).get())  # type: ignore[union-attr]
    except ValueError as error:  # its text may go on with what the block holds
        why = f"Prefect has no block {block!r} of the kind Secret; make it, or set the variable of the passphrase."
        raise ProjectError(why) from error


def as_task(function: Callable[..., T], *args: Any) -> T:
    """Call one step of the audit as a task, with retries where trying again can help."""
    name = function.__name__
    as_named = task(
        name=TASK_NAMES.get(name, name),
        retries=RETRIES.get(name, 0),
        retry_delay_seconds=RETRY_DELAY,
        retry_condition_fn=may_pass,
        cache_policy=NO_CACHE,
        persist_result=False,
    )
    return as_named(function)(*args)


def may_pass(_task: Any, _run: TaskRun, state: State[Any]) -> bool:
    """Whether a failure may pass by itself; what its reader has to mend does not."""
    return not isinstance(state.data, ScauditError)


def utc_now() -> datetime:
    """The clock, for the ledger: UTC without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


if __name__ == "__main__":
    from serving import main

    main()
