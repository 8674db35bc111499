"""Operations: backup and the way back, alerts, what becomes of missed runs, and the units of the production way."""

from __future__ import annotations

import importlib
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from scaudit.audit import audit
from scaudit.errors import ProjectError
from scaudit.ledger import past_runs
from scaudit.order import Order
from scaudit.replaying import replay
from scaudit.starting import scaffold

REPOSITORY = Path(__file__).resolve().parents[1]
OPERATIONS = REPOSITORY / "operations"
DAY = date(2024, 1, 31)


@pytest.fixture(scope="module")
def backup() -> ModuleType:
    sys.path.insert(0, str(REPOSITORY / "flows"))
    return importlib.import_module("backup")


@pytest.fixture(scope="session")
def alerts(flows: ModuleType) -> ModuleType:
    return importlib.import_module("alerts")


def clock() -> datetime:
    return datetime(2024, 2, 1, 9, 30)  # noqa: DTZ001 (the ledger keeps UTC without a zone)


def run(project: Path, run_id: str, day: date) -> None:
    audit(Order(root=project, as_of=day, known_on=day, run_id=run_id, with_pdf=False), clock)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with an edition, a delivery, a key, a server's database, and much that can be made again."""
    root = tmp_path_factory.mktemp("operations") / "kitchen"
    scaffold(root)
    run(root, "first", DAY)
    texts = {
        "deliveries/box/E1/overview.html": "delivered",
        ".scaudit/keys/demo.p12": "key",
        ".scaudit/runs/killed/results.duckdb": "half",
        ".venv/pyvenv.cfg": "made again",
        ".git/HEAD": "git's own",
        "schemas/__pycache__/bodies.pyc": "made again",
    }
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (root / ".scaudit" / "keys" / "demo.p12").chmod(0o600)
    (root / ".scaudit" / "prefect").mkdir()
    return root


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_backup_restored_in_an_empty_folder_continues_the_history(
    backup: ModuleType, project: Path, tmp_path: Path
) -> None:
    """By the backup's own program and a bare Python; earlier runs are known, the next is added, an old one replays."""
    made = backup.save(project, tmp_path / "backups")
    assert subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=made, check=False).returncode == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    program = made / "project" / "flows" / "backup.py"
    bare = [sys.executable, "-S", "-I", str(program), "restore", str(made), str(elsewhere)]  # without any library
    subprocess.run(bare, check=True, capture_output=True)

    assert [one["run_id"] for one in past_runs(elsewhere / ".scaudit")] == ["first"]
    assert files(elsewhere / "reports") == files(project / "reports")
    run(elsewhere, "second", date(2024, 2, 29))
    assert {one["run_id"] for one in past_runs(elsewhere / ".scaudit")} == {"first", "second"}
    found = replay(elsewhere, "first", "again", clock)
    assert found.faithful
    assert found.compared > 5


def test_a_backup_holds_all_but_what_can_be_made_again(backup: ModuleType, project: Path, tmp_path: Path) -> None:
    """Keys with their rights; nothing that belongs to a process; nobody else may look."""
    made = backup.save(project, tmp_path / "backups")
    held = {name.removeprefix("project/") for name in backup.checked(made)} - {"BACKUP.txt"}
    missing = {name for name in files(project) if name not in held}
    assert {re.sub(r"/.*", "", name.removeprefix(".scaudit/")) for name in missing if ".lock" not in name} == {
        ".venv",
        ".git",
        "runs",
        "schemas",
    }
    assert {"scaudit.toml", "prefect.yaml", "deliveries/box/E1/overview.html", ".scaudit/ledger.duckdb"} <= held
    assert (made / "project" / ".scaudit" / "keys" / "demo.p12").stat().st_mode & 0o777 == 0o600
    assert made.stat().st_mode & 0o777 == 0o700


def test_what_stayed_the_same_is_there_once(
    backup: ModuleType, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also under another name, and after the older backup is gone; what was damaged in the older is taken anew."""
    first = backup.save(project, tmp_path / "backups")
    (first / "project" / "scaudit.toml").write_text("damaged")
    second = backup.save(project, tmp_path / "backups")
    page = Path("project") / "reports" / "2024-01-31" / "overview.html"
    assert (first / page).samefile(second / page)
    again = project / "reports" / "later"
    again.mkdir()
    shutil.copy2(project / "reports" / "2024-01-31" / "overview.html", again)
    backup.checked(second)
    third = backup.save(project, tmp_path / "backups", keep=1)
    assert backup.backups(tmp_path / "backups") == [third]
    backup.checked(third)
    assert (third / page).samefile(third / "project" / "reports" / "later" / "overview.html")
    shutil.rmtree(again)
    (third / "SHA256SUMS").unlink()
    monkeypatch.setattr(backup.os, "link", lambda *_: (_ for _ in ()).throw(OSError(31, "Too many links")))
    backup.checked(backup.save(project, tmp_path / "backups"))


@pytest.mark.parametrize("lock", ["publish.lock", "kept.lock", "ledger.lock"])
def test_a_backup_waits_for_what_is_being_written(
    backup: ModuleType, small_project: Path, tmp_path: Path, lock: str
) -> None:
    """It is never made in the middle of a publication, of a line of the ledger, or of a kept copy."""
    made: list[Path] = []
    saving = threading.Thread(target=lambda: made.append(backup.save(small_project, tmp_path / "backups")))
    with backup.alone(small_project / ".scaudit" / lock):
        saving.start()
        saving.join(0.3)
        assert saving.is_alive()
    saving.join(30)
    assert backup.backups(tmp_path / "backups") == made


def test_a_database_of_prefect_is_copied_while_it_is_written(
    backup: ModuleType, small_project: Path, tmp_path: Path
) -> None:
    """What was committed is in the copy, though it stands only in the file beside it."""
    home = small_project / ".scaudit" / "prefect"
    home.mkdir(parents=True)
    with closing(sqlite3.connect(home / "prefect.db")) as con:
        con.execute("pragma journal_mode = wal")
        con.execute("create table runs (name text)")
        con.execute("insert into runs values ('kept')")
        con.commit()
        made = backup.save(small_project, tmp_path / "backups")
    assert sorted(path.name for path in (made / "project" / ".scaudit" / "prefect").iterdir()) == ["prefect.db"]
    with closing(sqlite3.connect(made / "project" / ".scaudit" / "prefect" / "prefect.db")) as con:
        assert con.execute("select name from runs").fetchall() == [("kept",)]


def test_a_damaged_backup_is_refused(backup: ModuleType, small_project: Path, tmp_path: Path) -> None:
    """A changed file, a missing one, a list that was cut off or that leads out: before anything is written."""
    made = backup.save(small_project, tmp_path / "backups")
    sums = made / "SHA256SUMS"
    whole = sums.read_text()
    for spoilt in (whole.replace("scaudit.toml", "scaudit.tom"), whole.replace("BACKUP.txt", "NOTE"), ""):
        sums.write_text(spoilt)
        with pytest.raises(backup.BackupError, match="damaged"):
            backup.restore(made, tmp_path / "elsewhere")
    sums.write_text(whole + "0" * 64 + "  ../escaped\n")
    with pytest.raises(backup.BackupError, match=r"first \.\./escaped"):
        backup.restore(made, tmp_path / "elsewhere")
    sums.write_text(whole)
    (made / "project" / "inputs" / "bodies.csv").write_text("spoilt")
    with pytest.raises(backup.BackupError, match=r"1 files .* first project/inputs/bodies.csv"):
        backup.restore(made, tmp_path / "elsewhere")
    with pytest.raises(backup.BackupError, match="is no backup"):
        backup.restore(tmp_path, tmp_path / "elsewhere")
    assert not (tmp_path / "elsewhere").exists()


def test_a_backup_overwrites_neither_a_history_nor_an_unlike_checkout(
    backup: ModuleType, project: Path, small_project: Path, tmp_path: Path
) -> None:
    """A checkout of the same version is taken as it is; where it is another, one has to say so."""
    made = backup.save(project, tmp_path / "backups")
    with pytest.raises(backup.BackupError, match="has a history of its own"):
        backup.restore(made, project)
    checkout = tmp_path / "checkout"
    scaffold(checkout)
    (checkout / "scaudit.toml").write_text("another")
    with pytest.raises(backup.BackupError, match=r"1 files .* first scaudit.toml; say --replace"):
        backup.restore(made, checkout)
    assert not (checkout / ".scaudit").exists()
    backup.restore(made, checkout, replace=True)
    assert files(checkout / "inputs") == files(project / "inputs")
    assert [one["run_id"] for one in past_runs(checkout / ".scaudit")] == ["first"]


def test_a_backup_that_cannot_be_made_leaves_none(
    backup: ModuleType, small_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not inside the project; not half, where the disk is full; what a killed one has left is swept."""
    with pytest.raises(backup.BackupError, match="lies in the project itself"):
        backup.save(small_project, small_project / "backups")
    (tmp_path / "backups" / ".20240101T000000.000000Z.part").mkdir(parents=True)

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device", "bodies.csv")

    monkeypatch.setattr(backup.shutil, "copy2", full)
    monkeypatch.setattr(backup, "here", lambda: small_project)
    with pytest.raises(SystemExit, match=r"bodies.csv cannot be read or written \(No space left on device\)"):
        backup.main(["save", str(tmp_path / "backups")])
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [".lock"]


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A project that has not been audited yet."""
    scaffold(tmp_path / "kitchen")
    return tmp_path / "kitchen"


@pytest.fixture
def receiver() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A web server on loopback, and what it was told."""
    told: list[dict[str, str]] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook/very-secret", told
    finally:
        server.shutdown()


def until(look: Callable[[], Any], within: float = 40) -> Any:
    """What `look` gives, as soon as it gives something."""
    deadline = time.monotonic() + within
    while not (found := look()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return found


def test_a_run_that_fails_is_told(
    api: Callable[..., Any],
    flows: ModuleType,
    alerts: ModuleType,
    receiver: tuple[str, list[dict[str, str]]],
    small_project: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One command sets it up, twice is once; the call has the run's one sentence; the address stays secret."""
    address, told = receiver
    for _ in range(2):
        alerts.main(["--webhook", address])
    assert [one["subject"] for one in told] == ["scaudit: trial"] * 2
    names = [one["name"] for one in api("/automations/filter")]
    assert sorted(names) == sorted([alerts.TELL, alerts.WATCH])
    assert "very-secret" not in json.dumps(api("/block_documents/filter")) + capsys.readouterr().out
    (small_project / "inputs" / "evidence.csv").unlink()

    state = flows.audit_flow(project=str(small_project), as_of=DAY, with_pdf=False, return_state=True)

    (call,) = until(lambda: told[2:])
    assert call["subject"] == "scaudit: 2024-01-31 as of 2024-01-31 failed"
    assert call["body"].splitlines()[0] == state.message
    alerts.main(["--off"])
    assert [one["name"] for one in api("/automations/filter")] == [alerts.WATCH]
    assert "scaudit-alerts" not in json.dumps(api("/block_documents/filter"))


def test_alerts_go_by_mail_too(alerts: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the mail server of the project, encrypted where that is; what is missing is told in a sentence."""
    from mail_server import Mailbox, serving
    from scaudit.mailroom import Delivery

    box = Mailbox()
    with serving(box) as port:
        smtp = {"host": "127.0.0.1", "port": port, "security": "none"}
        channel = alerts.email("ops@example.org", Delivery.model_validate({"sender": "a@example.org", "smtp": smtp}))
        with channel.raise_on_failure():
            channel.notify("The sentence.", "scaudit: failed")
        (mail,) = box.received
    assert (mail.sender, mail.recipients) == ("a@example.org", ["ops@example.org"])
    assert mail.message["Subject"] == "scaudit: failed"
    with pytest.raises(ProjectError, match="names no mail server"):
        alerts.email("ops@example.org", Delivery())
    monkeypatch.delenv("SCAUDIT_SMTP_PASSWORD", raising=False)
    named = Delivery.model_validate({"sender": "a@example.org", "smtp": {"host": "mail.example.org", "user": "audit"}})
    with pytest.raises(ProjectError, match="SCAUDIT_SMTP_PASSWORD with the password"):
        alerts.email("ops@example.org", named)
    monkeypatch.setenv("SCAUDIT_SMTP_PASSWORD", "p@ss:word")
    address = alerts.email("ops@example.org", named).url.get_secret_value()
    assert address.startswith("mailtos://audit:p%40ss%3Aword@mail.example.org:587?")
    assert "mode=starttls" in address
    with pytest.raises(ProjectError, match="begins with https"):
        alerts.webhook("hooks.example.org")


def missed(api: Callable[..., Any], flows: ModuleType, project: Path, weeks: int) -> list[Any]:
    """The runs of a weekly schedule that nobody was there to make, as Prefect has planned them, the first due first."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.sorting import FlowRunSort
    from prefect.schedules import Cron

    given = {"project": str(project), "with_pdf": False}
    weekly = flows.audit_flow.to_deployment(
        f"missed-{project.parent.name}", schedule=Cron("0 6 * * 1"), parameters=given
    )
    deployment = weekly.apply()
    now = datetime.now(UTC)
    span = {"start_time": (now - timedelta(weeks=weeks)).isoformat(), "end_time": now.isoformat()}
    with get_client(sync_client=True) as client:
        client.request("POST", f"/deployments/{deployment}/schedule", json={**span, "min_runs": weeks})
        found = client.read_flow_runs(sort=FlowRunSort.EXPECTED_START_TIME_ASC)
    due = [one for one in found if one.deployment_id == deployment and one.expected_start_time < now]
    assert len(due) == weeks
    return due


def test_of_the_runs_that_were_missed_the_last_is_made_up_for(
    api: Callable[..., Any], flows: ModuleType, fresh: Path
) -> None:
    """Once, whether the others are started before it or after, and for the day for which it was scheduled."""
    from prefect.flow_engine import run_flow

    due = missed(api, flows, fresh, 3)
    ended = {
        at: run_flow(flows.audit_flow, flow_run=due[at], parameters=due[at].parameters, return_type="state")
        for at in (0, 2, 1)
    }
    assert [ended[at].name for at in range(3)] == ["Skipped", "Skipped", "Completed"]
    monday = due[2].expected_start_time
    assert ended[0].message == f"Not made up for: the run of {monday:%Y-%m-%d %H:%M} UTC was due as well."
    (made,) = past_runs(fresh / ".scaudit")
    assert (made["edition"], made["as_of"], made["known_on"]) == (f"{monday:%Y-%m-%d}", monday.date(), monday.date())


def test_only_a_later_run_of_the_same_schedule_overtakes(flows: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not one that was called off, not what a person asked for; what is tried again by hand, or hardly late, is made."""
    from prefect.client.schemas.objects import StateType

    import lateness

    def a_run(**other: Any) -> Any:
        usual = {"auto_scheduled": True, "run_count": 1, "parameters": {}, "state_type": StateType.SCHEDULED}
        return SimpleNamespace(**{"expected_start_time": datetime(2023, 11, 27, 6, tzinfo=UTC), **usual, **other})

    found: list[Any] = []
    monkeypatch.setattr(lateness, "due_after", lambda *_: found)

    def told(run: Any, *later: Any) -> str:
        found[:] = later
        monkeypatch.setattr(lateness, "FlowRunContext", SimpleNamespace(get=lambda: SimpleNamespace(flow_run=run)))
        return lateness.overtaken()

    assert told(a_run(), a_run()) == "Not made up for: the run of 2023-11-27 06:00 UTC was due as well."
    assert told(a_run()) == ""
    assert told(a_run(), a_run(state_type=StateType.CANCELLED), a_run(auto_scheduled=False)) == ""
    assert told(a_run(), a_run(parameters={"with_pdf": False})) == ""
    assert told(a_run(auto_scheduled=False), a_run()) == ""
    assert told(a_run(run_count=2), a_run()) == ""
    assert told(a_run(expected_start_time=datetime.now(UTC) - timedelta(minutes=1)), a_run()) == ""


def settings() -> dict[str, str]:
    lines = [line for line in (OPERATIONS / "scaudit.env").read_text().splitlines() if line and line[0] != "#"]
    return dict(line.split("=", 1) for line in lines)


def test_the_settings_of_the_units_are_settings_of_prefect(serving: ModuleType) -> None:
    """Each by its name and with a value that it may have; the embedded server has the same where it has any."""
    from prefect.settings import Settings
    from prefect.settings.legacy import _get_valid_setting_names

    known = _get_valid_setting_names(Settings)
    named = settings()
    assert [name for name in named if name.startswith("PREFECT_") and name not in known] == []
    shared = {name for name in serving.OF_OUR_SERVER if name in named}
    assert {name: named[name] for name in shared} == {name: serving.OF_OUR_SERVER[name] for name in shared}
    assert len(shared) == 2
    assert (named["PREFECT_SERVER_ANALYTICS_ENABLED"], named["DO_NOT_TRACK"]) == ("false", "1")
    assert named["PREFECT_API_URL"] == "http://127.0.0.1:4200/api"
    secret = re.compile(r"(?i)passw|token|secret")
    assert not any(secret.search(name) for name in named)


def test_the_units_start_what_is_there(backup: ModuleType, tmp_path: Path) -> None:
    """Programs, pool and folders of the units are those of prefect.yaml and of this checkout."""
    units = {path.name: path.read_text() for path in OPERATIONS.glob("scaudit-*")}
    assert set(units) == {
        f"scaudit-{name}" for name in ("server.service", "worker.service", "backup.service", "backup.timer")
    }
    assert "--host 127.0.0.1" in units["scaudit-server.service"]
    (pool,) = set(re.findall(r"name: (\S+-pool)", (REPOSITORY / "prefect.yaml").read_text()))
    assert f"--pool {pool}" in units["scaudit-worker.service"]
    started = re.findall(r"python (flows/\S+) (\w+)", units["scaudit-backup.service"])
    assert started == [("flows/backup.py", "save")]
    assert settings()["SCAUDIT_PROJECT"] == "/srv/scaudit"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """With programs that are there; a setting that it does not know would be named."""
    for path in OPERATIONS.glob("scaudit-*"):
        here = re.sub(r"/srv/scaudit/\.venv/bin/\w+|/usr/bin/pg_dump", "/bin/true", path.read_text())
        (tmp_path / path.name).write_text(here)
    command = ["systemd-analyze", "verify", *map(str, sorted(tmp_path.iterdir()))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if "scaudit" in line] == []
    unit = tmp_path / "scaudit-worker.service"
    unit.write_text(unit.read_text().replace("KillMode=", "KilMode="))
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert "KilMode" in done.stderr
