"""The doctor before a real Prefect server: what it says of the schedule, of runs that are late, and of alerts."""

from __future__ import annotations

import importlib
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from delivery_project import BOX, HEADER
from scaudit.doctor import schedule as looked_at
from scaudit.doctor import scheduler
from scaudit.doctor.finding import Finding
from scaudit.doctor.schedule import schedule
from scaudit.project import find_project

Api = Callable[..., Any]
MONDAYS = {"cron": "0 6 * * 1", "timezone": "UTC"}
OVER = {"rrule": "DTSTART:20200101T000000\nRRULE:FREQ=DAILY;COUNT=1", "timezone": "UTC"}


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that runs the whole suite answers late."""
    monkeypatch.setattr(scheduler, "WITHIN", 60)


@pytest.fixture(scope="module")
def url(api: Api) -> str:
    """Where the server is."""
    from prefect.settings import PREFECT_API_URL

    return str(PREFECT_API_URL.value())


@pytest.fixture(scope="module")
def make(api: Api, url: str) -> Iterator[Callable[..., str]]:
    """Makes something on the server, and gives its id; what is deployed there is gone before and after the module."""
    named = {"name": {"any_": [looked_at.AUDIT, looked_at.DISTRIBUTION]}}
    automations: list[str] = []

    def make(path: str, **what: Any) -> str:
        found = str(api(path, **what)["id"])
        automations.extend([found] * (path == "/automations/"))
        return found

    def gone(path: str, names: list[str]) -> None:
        for one in names:
            with suppress(urllib.error.HTTPError):  # a busy server says 503
                urllib.request.urlopen(urllib.request.Request(f"{url}{path}{one}", method="DELETE"), timeout=30).close()

    gone("/deployments/", [one["id"] for one in api("/deployments/filter", deployments=named)])
    yield make
    gone("/deployments/", [one["id"] for one in api("/deployments/filter", deployments=named)])
    gone("/automations/", automations)


def asked(project: Path, url: str, later: timedelta = timedelta()) -> dict[str, Finding]:
    """What the doctor says, by the thing that it looked at, now or as if it were later."""
    moment = datetime.now(UTC).replace(tzinfo=None) + later
    environment = {"PREFECT_API_URL": url, "PREFECT_HOME": "/none"}
    return {one.check or "Server": one for one in schedule(find_project(project), moment, environment)}


def test_a_schedule_from_its_beginning_to_a_late_run(
    api: Api, url: str, make: Callable[..., str], small_project: Path
) -> None:
    """Not deployed, taken by nobody, planned, late, paused, and on a schedule that has come to its end."""
    first = asked(small_project, url)
    assert (first["Server"].state, first["Server"].what.startswith(url.removesuffix("/api"))) == ("fine", True)
    assert first["Schedule"].what.endswith("has no deployment weekly-audit")
    assert "Distribution" not in first

    flow = make("/flows/", name="audit")
    wanted = {"name": looked_at.AUDIT, "flow_id": flow, "paused": False}
    deployment = make("/deployments/", **wanted, schedules=[{"schedule": MONDAYS, "active": True}])
    assert asked(small_project, url)["Schedule"].what == "nobody takes the runs of weekly-audit"

    api("/deployments/get_scheduled_flow_runs", deployment_ids=[deployment])  # as those do who take them
    api(f"/deployments/{deployment}/schedule", max_runs=2)
    due = datetime.now(UTC).replace(hour=6, minute=0, second=0, microsecond=0)
    due += timedelta(days=-due.weekday())
    due += timedelta(days=7 * (due <= datetime.now(UTC)))
    planned = asked(small_project, url)["Schedule"]
    assert (planned.state, planned.what) == (
        "fine",
        f"weekly-audit (0 6 * * 1): the next run is on {due:%Y-%m-%d} at 06:00 UTC",
    )
    late = asked(small_project, url, due - datetime.now(UTC) + timedelta(minutes=3))["Schedule"]
    assert (late.state, late.what) == (
        "broken",
        f"weekly-audit (0 6 * * 1): 1 late, the first since {due:%Y-%m-%d} 06:00 UTC",
    )

    api(f"/deployments/{deployment}/pause_deployment")
    assert (asked(small_project, url)["Schedule"].state, asked(small_project, url)["Schedule"].what) == (
        "look",
        "weekly-audit is paused",
    )
    ended = make("/deployments/", **wanted, schedules=[{"schedule": OVER, "active": True}])
    assert ended == deployment  # one name, one deployment
    none = asked(small_project, url)["Schedule"]
    assert (none.state, none.what) == ("broken", "weekly-audit (a rule): no run is planned")
    assert "sqlalchemy is older than 2.1" in none.mend


def test_the_distribution_and_alerts(url: str, make: Callable[..., str], small_project: Path) -> None:
    """The one is wanted where somebody is to get something; the other by all who are not there when a run fails."""
    (small_project / "inputs" / "stakeholders.csv").write_text(HEADER + BOX + "\n")
    before = asked(small_project, url)
    assert (before["Distribution"].state, before["Alerts"].state) == ("look", "not set up")
    make("/deployments/", name=looked_at.DISTRIBUTION, flow_id=make("/flows/", name="distribute"), paused=False)
    trigger = {"type": "event", "posture": "Reactive", "expect": ["x"], "match": {}, "threshold": 1, "within": 0}
    name = importlib.import_module("alerts").TELL
    make("/automations/", name=name, trigger=trigger, actions=[{"type": "do-nothing"}])
    after = asked(small_project, url)
    assert (after["Distribution"].state, after["Alerts"].state) == ("fine", "fine")


def test_names_are_those_of_the_flows(serving: ModuleType) -> None:
    """The engine imports nothing of flows/, so what they call things stands in both."""
    assert (looked_at.AUDIT, looked_at.DISTRIBUTION) == (serving.DEPLOYMENT, serving.DISTRIBUTION)
