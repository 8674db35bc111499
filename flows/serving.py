"""Serving: the flows kept on their schedule by one command, with a Prefect server of our own where none is configured.

python flows/audit_flow.py serve [--cron "0 6 * * 1" | --every SECONDS] [--no-pdf] [--port 4200]
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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn

# Prefect reads these when it is imported: the first stops the server's calls home, the second the client's.
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")

from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.events import DeploymentEventTrigger
from prefect.runner import Runner
from prefect.schedules import Cron, Interval, Schedule
from prefect.settings import PREFECT_API_URL, temporary_settings

from alerts import SIGN_OF_LIFE, watch
from audit_flow import CHANGED, audit_flow
from distribute_flow import distribute_flow
from scaudit.project import find_project

DEPLOYMENT = "weekly-audit"
DISTRIBUTION = "distribution"
WEEKLY = "0 6 * * 1"  # Monday, 06:00 UTC
HOST = "127.0.0.1"
READY_WITHIN = 120.0  # seconds; a server that makes its database anew takes about ten
STOPPED_WITHIN = 15.0  # seconds, then it is killed
OF_OUR_SERVER = {  # unless the environment says otherwise; operations/scaudit.env says why
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_SERVICES_SCHEDULER_MIN_RUNS": "14",
    "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "10",
}


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
    watch()
    # a run that was missed is made up at the next start, for the day it was meant for: hence no pause
    # (of several, the last: see lateness.py); one may wait for a person meanwhile: hence two
    keeper = Keeper(name=DEPLOYMENT, limit=2, pause_on_shutdown=False, heartbeat_seconds=SIGN_OF_LIFE)
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
        distribute_flow, DISTRIBUTION, concurrency_limit=one_at_a_time, triggers=[after_a_change()], paused=False
    )
    with suppress(KeyboardInterrupt):
        asyncio.run(keeper.start())


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
        env={**OF_OUR_SERVER, **os.environ},
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
