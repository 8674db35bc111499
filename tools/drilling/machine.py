"""A machine for drills: a project, PostgreSQL, a Prefect server and a worker, with the settings of operations/."""

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from processes import descendants

REPOSITORY = Path(__file__).resolve().parents[2]
SETTINGS = REPOSITORY / "operations" / "scaudit.env"
POOL = "audit-pool"
WITHIN = 900.0  # seconds; on a machine that does nothing else, most things take ten
LOST_AFTER = 75  # seconds until a run without a sign of life counts as crashed; five minutes outside of drills
EVENTS_KEPT = "0.2"  # seconds until the server shows an event; by default five, and a run takes no longer
STARTED = datetime.now(UTC)


def note(words: str) -> None:
    """Say what happened, and after how many seconds."""
    print(f"{(datetime.now(UTC) - STARTED).total_seconds():6.1f}  {words}", flush=True)


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Machine:
    """What runs is in `running`, by name; each writes a log of that name."""

    folder: Path
    port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    began: datetime = STARTED
    project: Path = Path()
    database: str = "prefect"

    @contextmanager
    def up(self) -> Iterator["Machine"]:
        """All of it started and deployed, for as long as the block lasts."""
        self.project = self.folder / "project"
        self.scaudit("init", str(self.project), project=False)
        try:
            self.start_database()
            self.start_server()
            self.deploy()
            self.start_worker()
            yield self
        finally:
            for name in list(self.running):
                self.kill(name)
            self.postgres(
                "pg_ctl", "-D", str(self.folder / "postgres" / "data"), "-m", "immediate", "stop", check=False
            )

    @property
    def environment(self) -> dict[str, str]:
        """The settings that are shipped, with the places of this machine."""
        lines = [line for line in SETTINGS.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
        ours = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        return {
            **ours,
            **dict(line.split("=", 1) for line in lines),
            "SCAUDIT_PROJECT": str(self.project),
            "PREFECT_HOME": str(self.folder / "prefect"),
            "PREFECT_API_URL": f"http://127.0.0.1:{self.port}/api",
            "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"postgresql+asyncpg:///{self.database}?host={self.socket}&user=scaudit",
            "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_FLUSH_INTERVAL": EVENTS_KEPT,
            "PYTHONPATH": str(REPOSITORY / "src"),
        }

    @property
    def socket(self) -> Path:
        """Where PostgreSQL listens: no port at all."""
        return self.folder / "postgres"

    def postgres(self, tool: str, *arguments: str, check: bool = True) -> None:
        """Run a tool of PostgreSQL, as somebody who is not root: it refuses root."""
        found = [shutil.which(tool), *map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{tool}"), reverse=True))]
        program = next(one for one in found if one and not one.endswith("/bin/pg_wrapper"))
        as_other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        with (self.folder / "postgres.log").open("ab") as log:
            subprocess.run([*as_other, program, *arguments], stdout=log, stderr=log, check=check, cwd="/")  # noqa: S603

    def start_database(self) -> None:
        """A cluster of PostgreSQL that only this folder's socket leads to."""
        self.socket.mkdir()
        if os.geteuid() == 0:
            other = pwd.getpwnam("postgres")
            os.chown(self.socket, other.pw_uid, other.pw_gid)
        data, log = str(self.socket / "data"), str(self.socket / "log")
        self.postgres("initdb", "-D", data, "-A", "trust", "-U", "scaudit", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.socket}'"
        self.postgres("pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start")
        self.postgres("createdb", "-h", str(self.socket), "-U", "scaudit", "prefect")
        note("PostgreSQL is up")

    def _start(self, name: str, *arguments: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(  # noqa: S603 (our own interpreter)
                [sys.executable, "-m", "prefect", *arguments],
                cwd=self.project,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def start_server(self) -> None:
        """The Prefect server; returns when it answers."""
        self._start("server", "server", "start", "--host", "127.0.0.1", "--port", str(self.port))
        self.awaited("the server answers", lambda: self.ask("/health", method="GET"))
        note("the server is up")

    def start_worker(self) -> None:
        """The worker."""
        self._start("worker", "worker", "start", "--pool", POOL, "--type", "process", "--limit", "2")

    def stop(self, name: str) -> None:
        """End a process in order, as a service manager does."""
        process = self.running.pop(name)
        process.terminate()
        process.wait(120)
        note(f"the {name} is stopped")

    def kill(self, name: str) -> None:
        """End a process with SIGKILL, and all that it has started."""
        process = self.running.pop(name)
        self._sweep(process)
        process.wait(10)

    def _sweep(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a process with all that it has started, at one stroke: runs are in sessions of their own."""
        for number in [*descendants(process.pid), process.pid]:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)

    def run(self, *command: str) -> str:
        """Run a command in the project; gives what it prints."""
        done = subprocess.run(  # noqa: S603 (our own programs)
            command, cwd=self.project, env=self.environment, text=True, capture_output=True, check=False
        )
        if done.returncode:
            sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def scaudit(self, *arguments: str, project: bool = True) -> str:
        """The command line, for the project of the machine."""
        where = ["--project", str(self.project)] if project else []
        command = [sys.executable, "-m", "scaudit", *arguments, *where]
        env = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src")}
        done = subprocess.run(command, env=env, text=True, capture_output=True, check=False)  # noqa: S603 (likewise)
        if done.returncode:
            sys.exit(f"scaudit {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def deploy(self) -> None:
        """What the runbook says: a work pool, the deployments, and the watch over runs whose process is gone."""
        prefect = (sys.executable, "-m", "prefect")
        self.run(*prefect, "work-pool", "create", POOL, "--type", "process")
        self.run("env", "-u", "SCAUDIT_PROJECT", *prefect, "--no-prompt", "deploy", "--all")  # else the folder is kept
        code = f"from datetime import timedelta; from alerts import watch; watch(timedelta(seconds={LOST_AFTER}))"
        self.run(sys.executable, "-c", f"import sys; sys.path.insert(0, 'flows'); {code}")
        note("deployed")

    def ask(self, path: str, method: str = "POST", **body: Any) -> Any:
        """Ask the server; None where it does not answer."""
        address = f"http://127.0.0.1:{self.port}/api{path}"
        data = json.dumps(body).encode() if method == "POST" else None
        request = urllib.request.Request(address, data, {"Content-Type": "application/json"}, method=method)
        with (
            suppress(ConnectionError, urllib.error.URLError, TimeoutError),
            urllib.request.urlopen(request, timeout=20) as answer,  # noqa: S310 (loopback)
        ):
            return json.loads(answer.read() or b"true")
        return None

    def awaited(self, what: str, look: Callable[[], Any], within: float = WITHIN, every: float = 0.5) -> Any:
        """What `look` gives as soon as it gives anything; ends the drill where it does not."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            if found := look():
                return found
            time.sleep(every)
        logs = {path.name: path.read_text(errors="replace")[-3000:] for path in self.folder.glob("*.log")}
        sys.exit(
            "\n".join([f"not within {within:.0f} s: {what}", *(f"--- {name}\n{text}" for name, text in logs.items())])
        )

    @property
    def deployment(self) -> str:
        """The id of the audit's deployment."""
        return str(self.ask("/deployments/name/audit/weekly-audit", method="GET")["id"])

    def schedule(self, seconds: int) -> None:
        """Have an audit made every so many seconds, beside the weekly one; of all anew, so that it lasts a moment."""
        wanted = [{"schedule": {"interval": seconds}, "active": True, "parameters": {"fresh": True}}]
        address = f"http://127.0.0.1:{self.port}/api/deployments/{self.deployment}/schedules"
        request = urllib.request.Request(address, json.dumps(wanted).encode(), {"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=20).close()  # noqa: S310 (loopback)

    def unschedule(self) -> None:
        """The weekly schedule only."""
        for one in self.ask(f"/deployments/{self.deployment}/schedules", method="GET"):
            if "interval" in one["schedule"]:
                self.ask(f"/deployments/{self.deployment}/schedules/{one['id']}", method="DELETE")

    def miss(self, weeks: int) -> list[str]:
        """Runs that the weekly schedule had planned and that nobody made; gives when they were due."""
        now = datetime.now(UTC)
        span = {"start_time": (now - timedelta(weeks=weeks)).isoformat(), "end_time": now.isoformat()}
        self.ask(f"/deployments/{self.deployment}/schedule", **span, min_runs=weeks, max_runs=weeks)
        missed = self.runs("SCHEDULED", expected_start_time={"before_": now.isoformat()})
        return [run["expected_start_time"] for run in missed if "fresh" not in run["parameters"]]  # the weekly ones

    def runs(self, state: str, **more: Any) -> list[dict[str, Any]]:
        """The audits that the schedule has started and that are in this state, the first due first."""
        wanted = {"state": {"type": {"any_": [state]}}, **more}
        flows = {"name": {"any_": ["audit"]}}
        found = self.ask("/flow_runs/filter", flow_runs=wanted, flows=flows, sort="EXPECTED_START_TIME_ASC")
        return [run for run in found or [] if run["auto_scheduled"]]

    def lively(self) -> dict[str, Any] | None:
        """A run that is under way and has given a sign of life."""
        running = {f"prefect.flow-run.{run['id']}": run for run in self.runs("RUNNING")}
        wanted = {"event": {"prefix": ["prefect.flow-run.heartbeat"]}, "resource": {"id": list(running)}}
        signs = self.ask("/events/filter", filter=wanted) if running else None
        return running[signs["events"][0]["resource"]["prefect.resource.id"]] if signs and signs["events"] else None

    def complete_since(self, since: datetime) -> dict[str, Any] | None:
        """A run that fell due after this moment and is complete, if there is one."""
        due = {"after_": since.isoformat()}
        done = [run for run in self.runs("COMPLETED", expected_start_time=due) if run["state"]["name"] == "Completed"]
        return done[0] if done else None

    def ended(self, due: Sequence[str]) -> list[dict[str, Any]]:
        """The runs that were due then, once all of them have come to an end."""
        ends = [run for state in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED") for run in self.runs(state)]
        found = sorted(
            (run for run in ends if run["expected_start_time"] in due), key=lambda run: run["expected_start_time"]
        )
        return found if len(found) == len(due) else []

    def quiet(self) -> None:
        """Wait until no audit is under way or due."""
        busy = ("RUNNING", "PENDING")
        self.awaited("no run is under way", lambda: not any(self.runs(state) for state in busy))

    def ledger(self) -> list[dict[str, Any]]:
        """The runs of the ledger, the newest first."""
        return list(json.loads(self.scaudit("runs", "--json"))["runs"])

    def back_up(self) -> None:
        """The two commands of the runbook: the project, and the database of the server."""
        self.run(sys.executable, "flows/backup.py", "save", str(self.folder / "backups"))
        self.stop("worker")
        self.stop("server")
        dump = self.socket / "prefect.pgdump"
        self.postgres("pg_dump", "-h", str(self.socket), "-U", "scaudit", "-Fc", "-f", str(dump), "prefect")

    def lose_everything(self) -> None:
        """The project is gone, the database is gone."""
        shutil.rmtree(self.project)
        self.postgres("dropdb", "-h", str(self.socket), "-U", "scaudit", "prefect")
        note("project and database are gone")

    def bring_back(self) -> None:
        """Into an empty folder elsewhere, by the backup's own program; the database under another name."""
        (backup,) = (self.folder / "backups").glob("2*")
        self.project = self.folder / "elsewhere"
        self.project.mkdir()
        self.run(
            sys.executable, str(backup / "project" / "flows" / "backup.py"), "restore", str(backup), str(self.project)
        )
        self.database = "restored"
        where = ("-h", str(self.socket), "-U", "scaudit")
        self.postgres("createdb", *where, self.database)
        self.postgres("pg_restore", *where, "-d", self.database, str(self.socket / "prefect.pgdump"))
        self.start_server()
        self.start_worker()
