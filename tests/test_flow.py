"""The flow against a real Prefect API, and the schedule that runs it by itself. Loopback only."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from scaudit.errors import ProjectError

REPOSITORY = Path(__file__).resolve().parents[1]
FLOW = REPOSITORY / "flows" / "audit_flow.py"
DISTRIBUTE = REPOSITORY / "flows" / "distribute_flow.py"
DAY = date(2023, 12, 31)


def artifact(api: Callable[..., Any], state: Any, key: str) -> Any:
    """The content of one artifact of a run."""
    wanted = {"key": {"any_": [key]}, "flow_run_id": {"any_": [str(state.state_details.flow_run_id)]}}
    (found,) = api("/artifacts/filter", artifacts=wanted)
    return json.loads(found["data"]) if isinstance(found["data"], str) and found["type"] == "table" else found["data"]


def with_templates(project: Path) -> Path:
    """The project, made fit for PDFs."""
    shutil.copytree(REPOSITORY / "reports" / "templates", project / "reports" / "templates")
    return project


def test_a_run_publishes_an_edition_and_shows_it(
    api: Callable[..., Any], flows: ModuleType, small_project: Path
) -> None:
    """Statuses, held rows and PDFs of a run are seen in Prefect; its name tells edition and day."""
    evidence = with_templates(small_project) / "inputs" / "evidence.csv"
    held = "E9,FSA/R1.b,AUDIT-TEST,page 4,AUDIT,sideways,inspection,observation,true,2022-01,,2022-02-10,,Found.,F9"
    evidence.write_text(evidence.read_text() + held + "\n")

    state = flows.audit_flow(project=str(small_project), as_of=DAY, edition="E1", return_state=True)

    assert state.is_completed()
    assert (small_project / "reports" / "E1" / "manifest.json").is_file()
    run = {"flow_runs": {"id": {"any_": [str(state.state_details.flow_run_id)]}}}
    assert [one["name"] for one in api("/flow_runs/filter", **run)] == ["E1 as of 2023-12-31"]
    steps = {one["name"].rsplit("-", 1)[0] for one in api("/task_runs/filter", **run)}
    assert steps == {"load", "validate", "measure", "score", "render", "publish"}
    rows = {row["item"]: row for row in artifact(api, state, "audit-status")}
    assert set(rows) == {"FSA/R1", "COOKS/I"}
    assert (rows["FSA/R1"]["verified before"], rows["FSA/R1"]["moved"]) == ("", "")
    assert artifact(api, state, "audit-progress") == 100
    (fault,) = artifact(api, state, "audit-quarantine")
    assert (fault["file"], fault["row"], fault["column"]) == ("inputs/evidence.csv", 7, "stance")
    assert fault["reason"]
    shown = artifact(api, state, "audit-scorecards")
    for pdf in (small_project / "reports" / "E1").rglob("*.pdf"):
        assert pdf.as_uri() in shown


def test_a_run_tells_what_moved_since_the_edition_before_and_what_moved_it(
    api: Callable[..., Any], flows: ModuleType, small_project: Path
) -> None:
    """With the statuses of then; an item that did not move comes after those that did."""
    given = {"project": str(with_templates(small_project)), "as_of": DAY, "with_pdf": False, "return_state": True}
    flows.audit_flow(**given)
    evidence = small_project / "inputs" / "evidence.csv"
    evidence.write_text("".join(line for line in evidence.read_text().splitlines(True) if not line.startswith("E2,")))

    state = flows.audit_flow(**given)

    first, second = artifact(api, state, "audit-status")
    assert (first["item"], first["moved"], first["moved by"]) == ("FSA/R1", "moved", "E2")
    assert first["verified"] != first["verified before"] != ""
    assert (second["moved"], second["verified before"]) == ("", second["verified"])
    wanted = {"logs": {"flow_run_id": {"any_": [str(state.state_details.flow_run_id)]}}}
    logged = [one["message"] for one in api("/logs/filter", **wanted)]
    assert not [line for line in logged if "cannot be named" in line]


def test_what_nobody_foresaw_fails_the_run_with_a_sentence_too(
    api: Callable[..., Any], flows: ModuleType, small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its kind and its text; an artifact says what became of the edition."""
    monkeypatch.setattr(flows, "audit", lambda *_, **__: 1 / 0)
    state = flows.audit_flow(project=str(with_templates(small_project)), as_of=DAY, return_state=True)
    assert state.is_failed()
    said = "A mistake in scaudit itself (ZeroDivisionError: division by zero); its log has the whole of it."
    assert state.message == said
    shown = artifact(api, state, "audit-failure")
    assert shown.startswith(f"**Edition 2023-12-31, as of 2023-12-31, was not published.** {said}")


def test_of_many_cards_only_some_are_told(flows: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first, one every few seconds, and the last; everything else is told at once."""
    told: list[str] = []
    shares: list[float] = []
    story = importlib.import_module("story")
    monkeypatch.setattr(story, "get_run_logger", lambda: SimpleNamespace(info=told.append))
    monkeypatch.setattr(story.Progress, "_show", lambda _self, share: shares.append(share))
    times = iter(float(number) for number in range(1_000))
    progress = story.Progress(lambda: next(times))
    progress("scoring")
    for number in range(1, 21):
        progress(f"scorecard X-{number}, {number} of 20")
    assert told == ["scoring", *(f"scorecard X-{number}, {number} of 20" for number in (1, 6, 11, 16, 20))]
    assert shares == [5, 30, 55, 80, 100]


def test_the_passphrase_of_a_key_comes_out_of_a_secret_block(
    api: Callable[..., Any], flows: ModuleType, small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For as long as the run lasts; Prefect's own database and log do not have it."""
    from prefect.blocks.system import Secret

    from scaudit.document.keys import DEMONSTRATION_NAME, demonstration_key
    from scaudit.document.signing import inspect

    secret = "wide open sesame 7319"
    monkeypatch.delenv("SCAUDIT_KEY_PASSPHRASE", raising=False)
    key = with_templates(small_project) / ".scaudit" / "keys" / "demo.p12"
    key.parent.mkdir(parents=True)
    key.write_bytes(demonstration_key(secret, datetime.now(UTC).date()))
    key.chmod(0o600)
    lines = f'[signing]\nname = "{DEMONSTRATION_NAME}"\npkcs12 = ".scaudit/keys/demo.p12"\n'
    with (small_project / "scaudit.toml").open("a") as settings:
        settings.write(f'\n{lines}passphrase_block = "signing-key"\n')
    given = {"project": str(small_project), "as_of": DAY, "return_state": True}

    refused = flows.audit_flow(**given)
    assert (refused.is_failed(), refused.message[:42]) == (True, "Prefect has no block 'signing-key' of the ")
    assert not (small_project / "reports" / "2023-12-31").exists()

    Secret(value=secret).save("signing-key")
    state = flows.audit_flow(**given)
    assert state.is_completed()
    pdf = small_project / "reports" / "2023-12-31" / "overview.pdf"
    assert inspect(pdf.read_bytes()).signer == DEMONSTRATION_NAME
    assert "SCAUDIT_KEY_PASSPHRASE" not in os.environ
    run = {"flow_runs": {"id": {"any_": [str(state.state_details.flow_run_id)]}}}
    assert secret not in json.dumps([api("/flow_runs/filter", **run), api("/task_runs/filter", **run)])
    logged = api("/logs/filter", logs={"flow_run_id": {"any_": [str(state.state_details.flow_run_id)]}})
    assert secret not in json.dumps(logged)


def test_a_missing_file_fails_the_run_with_its_sentence(
    api: Callable[..., Any], flows: ModuleType, small_project: Path
) -> None:
    """What the reader has to mend is said once, is not tried again, and leaves what was published before."""
    given = {"project": str(with_templates(small_project)), "as_of": DAY, "with_pdf": False, "return_state": True}
    first = flows.audit_flow(**given)
    assert artifact(api, first, "audit-quarantine") == [{"reason": "nothing in quarantine"}]
    kept = [small_project / "reports" / "2023-12-31" / "manifest.json", small_project / ".scaudit" / "results.duckdb"]
    before = [path.read_bytes() for path in kept]
    (small_project / "inputs" / "evidence.csv").unlink()

    state = flows.audit_flow(**given)

    assert state.is_failed()
    assert "evidence" in state.message
    assert "\n" not in state.message
    assert [path.read_bytes() for path in kept] == before
    run = {"flow_runs": {"id": {"any_": [str(state.state_details.flow_run_id)]}}}
    assert [(one["name"][:4], one["run_count"]) for one in api("/task_runs/filter", **run)] == [("load", 1)]


@pytest.mark.usefixtures("api")
@pytest.mark.filterwarnings("ignore:Logger 'prefect.task_runs':UserWarning")  # a task without a flow
@pytest.mark.parametrize(("error", "calls"), [(OSError("busy"), 2), (ProjectError("Mend it."), 1)])
def test_only_what_may_pass_is_tried_again(
    flows: ModuleType, monkeypatch: pytest.MonkeyPatch, error: Exception, calls: int
) -> None:
    """A file that was busy for a moment is read at the second attempt; a wrong one is refused at once."""
    seen = []

    def load() -> str:
        seen.append(1)
        if len(seen) == 1:
            raise error
        return "read"

    monkeypatch.setattr(flows, "RETRY_DELAY", 0)
    with suppress(ProjectError):
        assert flows.as_task(load) == "read"
    assert len(seen) == calls


def test_the_day_of_a_run_is_the_scheduled_one(flows: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """The as-of day comes from the schedule in UTC, not from the clock: runs start early, late and elsewhere."""
    start = datetime(2014, 11, 20, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    monkeypatch.setattr(flows, "runtime", SimpleNamespace(flow_run=SimpleNamespace(scheduled_start_time=start)))
    assert flows.scheduled_day() == date(2014, 11, 19)
    assert type(flows.scheduled_day()) is date


def test_a_taken_port_is_told_in_a_sentence(serving: ModuleType) -> None:
    """Another server on our port is never taken for our own."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(SystemExit, match="choose another with --port"):
            serving.refuse_taken(other.getsockname()[1])


def deployments() -> dict[str, dict[str, Any]]:
    """What prefect.yaml deploys, by name."""
    import yaml

    return {one["name"]: one for one in yaml.safe_load((REPOSITORY / "prefect.yaml").read_text())["deployments"]}


def test_the_deployment_names_no_machine(flows: ModuleType, serving: ModuleType) -> None:
    """prefect.yaml deploys what the command serves, one run at a time, and holds no path of a machine."""
    found = deployments()
    assert set(found) == {serving.DEPLOYMENT, serving.DISTRIBUTION}
    deployment = found[serving.DEPLOYMENT]
    assert deployment["schedules"] == [{"cron": serving.WEEKLY, "timezone": "UTC"}]
    assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "ENQUEUE"}
    path, name = deployment["entrypoint"].split(":")
    assert (REPOSITORY / path, name) == (FLOW, flows.audit_flow.fn.__name__)
    assert ": /" not in (REPOSITORY / "prefect.yaml").read_text()


@pytest.fixture(scope="session")
def going_out(flows: ModuleType, api: Callable[..., Any]) -> ModuleType:
    """The flow that distributes, loaded by its path; it imports the other one."""
    spec = importlib.util.spec_from_file_location("distribute_flow", DISTRIBUTE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.POLL = 0.2
    return module


def parcels(folder: Path, approval: str) -> Path:
    """A project with an edition, and an archive that should have it."""
    from delivery_project import BOX, copied

    return copied(folder / "parcels", BOX, delivery=approval)


def answered(api: Callable[..., Any], flow: Any, project: Path, **said: Any) -> Any:
    """The state in which a run ends that waits for a person, who says this."""
    from prefect.flow_runs import resume_flow_run

    ended: list[Any] = []
    run = threading.Thread(target=lambda: ended.append(flow(project=str(project), return_state=True)))
    run.start()
    deadline = time.monotonic() + 60
    waiting: list[dict[str, Any]] = []
    while not waiting and time.monotonic() < deadline:
        time.sleep(0.2)
        waiting = api("/flow_runs/filter", flow_runs={"state": {"type": {"any_": ["PAUSED"]}}})
    assert not (project / "deliveries").exists(), "nothing goes out before somebody has said so"
    resume_flow_run(waiting[0]["id"], run_input=said)
    run.join(60)
    return ended[0]


@pytest.mark.parametrize(
    ("said", "ends", "words"),
    [
        ({"name": "Ada Lovelace", "send": True}, "COMPLETED", "1 delivered."),
        ({"name": "ada lovelace ", "send": False}, "COMPLETED", "ada lovelace said no; nothing was sent."),
        (
            {"name": "Eve", "send": True},
            "FAILED",
            "Eve may not approve this: the approver is Ada Lovelace. Nothing was sent.",
        ),
    ],
)
def test_an_edition_goes_out_once_the_person_named_has_said_so(
    api: Callable[..., Any], going_out: ModuleType, tmp_path: Path, said: dict[str, Any], ends: str, words: str
) -> None:
    """The run waits; nobody else's word counts, and a no is a no."""
    project = parcels(tmp_path, 'approval = "person"\napprover = "Ada Lovelace"\n')
    state = answered(api, going_out.distribute_flow, project, **said)
    assert (state.type.value, state.message) == (ends, words)
    assert (project / "deliveries").exists() == words.endswith("delivered.")


def test_an_edition_goes_out_by_itself_where_the_project_says_so(
    api: Callable[..., Any], going_out: ModuleType, tmp_path: Path
) -> None:
    """Once; who gets what, and what became of it, is seen in Prefect."""
    project = parcels(tmp_path, 'approval = "automatic"\n')
    state = going_out.distribute_flow(project=str(project), return_state=True)
    assert (state.type.value, state.message) == ("COMPLETED", "1 delivered.")
    assert (project / "deliveries" / "box" / "of-files" / "second" / "SHA256SUMS").is_file()
    assert {row["stakeholder"] for row in artifact(api, state, "distribution-plan")} == {"BOX"}
    assert [row["outcome"] for row in artifact(api, state, "distribution-outcome")] == ["delivered"]
    state = going_out.distribute_flow(project=str(project), return_state=True)
    assert state.message == "Nobody lacks anything of edition second."


def test_what_cannot_be_sent_fails_the_run_with_its_sentence(
    api: Callable[..., Any], going_out: ModuleType, small_project: Path
) -> None:
    """As on the command line."""
    state = going_out.distribute_flow(project=str(small_project), return_state=True)
    assert state.is_failed()
    assert "run 'scaudit audit' first" in state.message


def test_distribution_is_called_for_when_documents_say_something_new(
    flows: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not after an audit that found nothing new."""
    told: list[Any] = []
    monkeypatch.setattr(flows, "emit_event", lambda *given, **more: told.append((given[0], more["payload"])))
    flows.announce("E2", {"overview": "a", "FSA/R1": "b"}, {"overview": "a", "FSA/R1": "b"})
    assert told == []
    flows.announce("E2", {"overview": "a", "FSA/R1": "b"}, {"overview": "a", "FSA/R1": "c", "COOKS/I": "d"})
    assert told == [("scaudit.edition.changed", {"edition": "E2", "changed": ["COOKS/I", "FSA/R1"]})]


def test_the_deployed_trigger_is_the_served_one(flows: ModuleType, serving: ModuleType) -> None:
    """Both wait for the same event and hand on the same edition."""
    (deployed,) = deployments()["distribution"]["triggers"]
    served = serving.after_a_change()
    assert set(deployed["expect"]) == served.expect == {flows.CHANGED}
    assert deployed["match"] == served.match.root
    assert deployed["parameters"] == served.parameters


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def schedule(small_project: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int, threading.Thread]]:
    """The command that keeps the schedule, started for a project with a flow file of its own; a run every few
    seconds. The thread reads what it prints, and ends when the last of its processes has ended."""
    shutil.copytree(FLOW.parent, with_templates(small_project) / "flows", ignore=shutil.ignore_patterns("__pycache__"))
    env = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
    env |= {
        "PYTHONPATH": os.pathsep.join([str(REPOSITORY / "src"), *filter(None, [env.get("PYTHONPATH")])]),
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "PREFECT_SERVER_UI_ENABLED": "false",
        "PREFECT_RUNNER_POLL_FREQUENCY": "2",
        "PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS": "1",
    }
    port = free_port()
    command = [sys.executable, str(small_project / "flows" / FLOW.name), "serve"]
    command += ["--every", "5", "--no-pdf", "--port", str(port)]
    process = subprocess.Popen(command, cwd=tmp_path, env=env, text=True, stderr=subprocess.PIPE)
    printed: list[str] = []
    reader = threading.Thread(target=lambda: printed.extend(process.stderr), daemon=True)
    reader.start()
    try:
        yield process, port, reader
    finally:
        process.terminate()
        process.wait(30)
        print("".join(printed))


def completed_run(process: subprocess.Popen[str], port: int, within: float) -> dict[str, Any]:
    """The first run that the schedule itself has started and that is complete."""
    wanted = {"flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}, "flows": {"name": {"any_": ["audit"]}}}
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/flow_runs/filter",
        json.dumps(wanted).encode(),
        {"Content-Type": "application/json"},
    )
    deadline = time.monotonic() + within
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                if found := json.load(answer):
                    return found[0]
        except OSError:
            pass  # the server is not there yet
        time.sleep(0.3)
    pytest.fail(f"no run was complete within {within} seconds; the schedule's exit code: {process.poll()}")


def test_the_schedule_runs_by_itself_and_leaves_nothing_behind(
    schedule: tuple[subprocess.Popen[str], int, threading.Thread], small_project: Path
) -> None:
    """One command starts a server and the schedule; a run comes and publishes; SIGTERM ends all of it."""
    process, port, reader = schedule
    run = completed_run(process, port, within=150)
    assert run["auto_scheduled"]
    day = run["expected_start_time"][:10]
    assert run["name"] == f"{day} as of {day}"
    assert (small_project / "reports" / day / "manifest.json").is_file()

    process.send_signal(signal.SIGTERM)

    assert process.wait(30) == 0
    reader.join(10)
    assert not reader.is_alive(), "a process that the schedule started still holds its standard error"
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
