"""When we look: the audit as a Prefect flow. `python flows/audit_flow.py serve` keeps it on a schedule.

The flow has no rules of its own. It calls `scaudit.audit.audit`, the same run that the command line makes, with a
`step` that turns each function into a task. Nothing outside this folder imports prefect.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

# Prefect reads these when it is imported: the first stops the server's calls home, the second the client's.
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")

from prefect import flow, get_run_logger, runtime, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.blocks.system import Secret
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.events import emit_event
from prefect.states import Completed, Failed

from scaudit.audit import Order, Outcome, audit
from scaudit.contents import edition as published
from scaudit.errors import ProjectError, ScauditError
from scaudit.keyring import lent
from scaudit.project import Project, find_project
from scaudit.results import Results
from scaudit.scorecard.wording import flag_words, status_word
from scaudit.vanishing import sentences

T = TypeVar("T")

CHANGED = "scaudit.edition.changed"  # the event after an audit whose edition says something new
SHOWN = 500  # rows of quarantine in an artifact; `scaudit check` shows all

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
) -> State[Any]:
    """Read, check, score, render and publish one edition of the project that this file lies in.

    `as_of` and `known_on` are by default the day (UTC) for which the run was scheduled, and `edition` is by default
    the as-of day. A mistake in the project or its inputs fails the run with its one sentence.
    """
    today = scheduled_day()
    try:
        order = Order(
            root=find_project(Path(project or __file__)).root,
            as_of=as_of or today,
            known_on=known_on or today,
            run_id=f"{utc_now():%Y%m%dT%H%M%S}-{str(runtime.flow_run.id)[-8:]}",
            edition=edition or "",
            with_pdf=with_pdf,
        )
        before = said(find_project(order.root))
        with lent(find_project(order.root).settings.signing if with_pdf else None, secret):
            outcome = audit(order, utc_now, step=as_task, progress=get_run_logger().info)
        for sentence in sentences(outcome.vanished):
            get_run_logger().warning(sentence)
    except ScauditError as error:
        return Failed(message=str(error))
    edition = outcome.results.run["edition"]
    publish_artifacts(find_project(order.root).reports / edition, outcome)
    announce(edition, before, said(find_project(order.root)))
    instead = f", since {order.name} was distributed" if edition != order.name else ""
    return Completed(message=f"Edition {edition} is published{instead}.")


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


def publish_artifacts(folder: Path, outcome: Outcome) -> None:
    """Show the outcome in Prefect: statuses, quarantine, and where in the edition's folder the PDFs lie."""
    run = outcome.results.run
    named = f"Edition {run['edition']}, as of {run['as_of']}, known on {run['known_on']}"
    create_table_artifact(status_rows(outcome.results), key="audit-status", description=named)
    create_table_artifact(
        quarantine_rows(outcome.results),
        key="audit-quarantine",
        description=f"{named}: {run['read']} rows read, {run['loaded']} loaded, {run['quarantined']} in quarantine",
    )
    create_markdown_artifact(links(folder, outcome.files), key="audit-scorecards", description=named)


def status_rows(results: Results) -> list[dict[str, Any]]:
    """One row an item: its status in both readings, how many required asks are met, and its flags."""
    rows = []
    for item in results.ordered_items:
        verified, claimed = (results.status(item["item_id"], reading) for reading in ("verified", "claimed"))
        rows.append(
            {
                "item": item["item_id"],
                "verified": status_word(results.words, item["kind"], "verified", verified["status"]),
                "claimed": status_word(results.words, item["kind"], "claimed", claimed["status"]),
                "progress": f"{verified['met_low']} to {verified['met_high']} of {verified['required']}",
                "flags": ", ".join(flag_words(results.words, verified["flags"])),
            }
        )
    return rows


def quarantine_rows(results: Results) -> list[dict[str, Any]]:
    """One row a fault, with its place and reason; a single row that says so where nothing is held."""
    faults = results.quarantine
    if not faults:
        return [{"reason": "nothing in quarantine"}]
    rows: list[dict[str, Any]] = [dict(fault) for fault in faults[:SHOWN]]
    if len(faults) > SHOWN:
        rows.append({"reason": f"and {len(faults) - SHOWN} more; scaudit check shows all"})
    return rows


def links(folder: Path, files: Sequence[str]) -> str:
    """The scorecards of the edition, PDFs and HTML, as a list of links, in Markdown."""
    cards = [path for path in files if path.endswith((".pdf", ".html"))]
    return "\n".join(f"- [{path}](<{(folder / path).as_uri()}>)" for path in cards)


def utc_now() -> datetime:
    """The clock, for the ledger: UTC without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


if __name__ == "__main__":
    from serving import main

    main()
