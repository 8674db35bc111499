"""When we look: the audit as a Prefect flow, and one command that keeps it on a schedule.

    python flows/audit_flow.py serve [--cron "0 6 * * 1" | --every SECONDS] [--no-pdf] [--port 4200]

The flow has no rules of its own. It calls `scaudit.audit.audit`, the same run that the command line makes, with a
`step` that turns each function into a task. Nothing outside this folder imports prefect.
"""

import argparse
import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn, TypeVar

# Prefect reads these when it is imported: the first stops the server's calls home, the second the client's.
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")

from prefect import Flow, flow, get_run_logger, runtime, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.blocks.system import Secret
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy, State, TaskRun
from prefect.events import DeploymentEventTrigger, emit_event
from prefect.runner import Runner
from prefect.schedules import Cron, Interval, Schedule
from prefect.settings import PREFECT_API_URL, temporary_settings
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

DEPLOYMENT = "weekly-audit"
DISTRIBUTION = "distribution"
CHANGED = "scaudit.edition.changed"  # the event after an audit whose edition says something new
WEEKLY = "0 6 * * 1"  # Monday, 06:00 UTC
HOST = "127.0.0.1"
READY_WITHIN = 120.0  # seconds; a server that makes its database anew takes about ten
STOPPED_WITHIN = 15.0  # seconds, then it is killed
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


def serve(schedule: Schedule, port: int, with_pdf: bool = True) -> None:
    """Keep the flow on a schedule until SIGINT or SIGTERM; with a server of our own where none is configured."""
    project = find_project(Path(__file__))
    os.chdir(project.root)  # Prefect keeps the place of the flow relative to here
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # shells let background jobs ignore it
    if PREFECT_API_URL.value():
        _serve(schedule, with_pdf)
        return
    with (
        suppress(KeyboardInterrupt),
        own_server(port, project.state / "prefect") as url,
        temporary_settings({PREFECT_API_URL: url}),
    ):
        print(f"Runs and artifacts: {url.removesuffix('/api')} (stop with Ctrl-C)", flush=True)
        _serve(schedule, with_pdf)


class Keeper(Runner):
    """Prefect's runner, ended by SIGTERM as by Ctrl-C."""

    def handle_sigterm(self, *_: Any, **__: Any) -> None:
        """Close in order; Prefect's own handler leaves without stopping the audit that is running."""
        signal.raise_signal(signal.SIGINT)


def _serve(schedule: Schedule, with_pdf: bool) -> None:
    # a run that was missed is made up at the next start, for the day it was meant for: hence no pause
    keeper = Keeper(name=DEPLOYMENT, limit=2, pause_on_shutdown=False)  # one may wait for a person meanwhile
    one_at_a_time = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)
    keeper.add_flow(
        audit_flow,
        DEPLOYMENT,
        schedule=schedule,
        concurrency_limit=one_at_a_time,
        paused=False,
        parameters={"with_pdf": with_pdf},
    )
    keeper.add_flow(
        _distribution(), DISTRIBUTION, concurrency_limit=one_at_a_time, triggers=[after_a_change()], paused=False
    )
    with suppress(KeyboardInterrupt):
        asyncio.run(keeper.start())


def _distribution() -> Flow[..., Any]:
    """The flow that sends editions; its file imports this one."""
    from distribute_flow import distribute_flow  # noqa: PLC0415

    return distribute_flow


def after_a_change() -> DeploymentEventTrigger:
    """What starts the distribution of an edition; prefect.yaml has the same for a server of your own."""
    return DeploymentEventTrigger(
        name="after an audit that changed something",
        expect={CHANGED},
        match={"prefect.resource.id": "scaudit.edition.*"},
        parameters={"edition": {"template": "{{ event.payload.edition }}", "__prefect_kind": "jinja"}},
    )


@contextmanager
def own_server(port: int, home: Path) -> Iterator[str]:
    """A Prefect server on loopback for as long as the block lasts; its data lie in PREFECT_HOME, by default `home`."""
    refuse_taken(port)
    Path(os.environ.setdefault("PREFECT_HOME", str(home))).mkdir(parents=True, exist_ok=True)
    server = subprocess.Popen(  # noqa: S603 (our own interpreter, with arguments from here)
        [sys.executable, "-m", "prefect", "server", "start", "--host", HOST, "--port", str(port)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env={"PREFECT_SERVER_LOGGING_LEVEL": "WARNING", **os.environ},
        start_new_session=True,  # Ctrl-C reaches this process only, which stops the server last
    )
    try:
        wait_until_ready(server, port)
        yield f"http://{HOST}:{port}/api"
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):  # an impatient second Ctrl-C must not leave it behind
            signal.signal(number, signal.SIG_IGN)
        stop(server)


def refuse_taken(port: int) -> None:
    """Leave with a sentence where another program listens on the port: it might pass for our server."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            sys.exit(
                f"Port {port} on {HOST} cannot be used ({error.strerror}); choose another with --port, or set "
                "PREFECT_API_URL to the server that is running."
            )


def wait_until_ready(server: subprocess.Popen[bytes], port: int) -> None:
    """Return when the server answers; leave with a sentence where it ends or does not come up."""
    deadline = time.monotonic() + READY_WITHIN
    while server.poll() is None and time.monotonic() < deadline:
        with suppress(OSError), urllib.request.urlopen(f"http://{HOST}:{port}/api/health", timeout=2):
            return
        time.sleep(0.2)
    sys.exit(f"The Prefect server did not start on {HOST}:{port}; its messages stand above.")


def stop(server: subprocess.Popen[bytes]) -> None:
    """End the server and wait until it is gone."""
    server.terminate()
    try:
        server.wait(STOPPED_WITHIN)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def main(arguments: Sequence[str] | None = None) -> None:
    """The command: `serve`."""
    parser = argparse.ArgumentParser(description="Keep the audit of this project on a schedule.")
    verb = parser.add_subparsers(dest="verb", required=True).add_parser("serve", help="start the schedule")
    when = verb.add_mutually_exclusive_group()
    when.add_argument("--cron", default=WEEKLY, help=f'when to look, in UTC (default "{WEEKLY}")')
    when.add_argument("--every", type=seconds, metavar="SECONDS", help="look at an interval instead, from now on")
    verb.add_argument("--no-pdf", action="store_true", help="publish HTML and JSON only")
    verb.add_argument("--port", type=int, default=4200, help="of our own server (default 4200)")
    given = parser.parse_args(arguments)
    try:
        schedule = Interval(given.every) if given.every else Cron(given.cron, timezone="UTC")
    except ValueError as error:
        verb.error(str(error))
    serve(schedule, given.port, with_pdf=not given.no_pdf)


def seconds(text: str) -> timedelta:
    """An interval; raises ValueError where it is none."""
    if (number := int(text)) < 1:
        raise ValueError(text)
    return timedelta(seconds=number)


def _leave(_number: int, _frame: Any) -> NoReturn:
    """SIGTERM before the schedule runs: leave through every `finally`."""
    sys.exit(0)


def utc_now() -> datetime:
    """The clock, for the ledger: UTC without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


if __name__ == "__main__":
    main()
