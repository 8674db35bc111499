"""The schedule: whether a server keeps the audits, when the next one is due, and whether one is late."""

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from scaudit.doctor.finding import Finding, broken, fine, look, not_set_up
from scaudit.doctor.installation import installed
from scaudit.doctor.scheduler import OWN, URL, Server, configured
from scaudit.project import Project

AUDIT, DISTRIBUTION = "weekly-audit", "distribution"
LATE = timedelta(minutes=2)
"""After this long somebody should have taken a run."""
TELLS = "scaudit: tell"
"""How the automation is called that tells of runs that failed, at its beginning."""
START = "'make serve' starts the schedule"
Deployment = Mapping[str, Any]


def schedule(project: Project, now: datetime, environment: Mapping[str, str] = os.environ) -> Iterator[Finding]:
    """The server, what is deployed on it, and whether failures are told."""
    if not installed("prefect"):
        yield not_set_up("audits run by hand only: Prefect is not installed", "install scaudit[flows]")
        return
    server = configured(environment)
    try:
        version = str(_asked(server or Server(OWN)))
    except OSError as error:
        yield _silent(project, server, error)
        return
    server = server or Server(OWN)
    yield _server(server, version)
    found = {one["name"]: one for one in _deployments(server)}
    yield from _audits(server, found.get(AUDIT), now)
    yield from _going_out(project, found.get(DISTRIBUTION))
    yield _alerts(server)


def _asked(server: Server) -> str:
    """The version of a server that is well. Raises OSError where none answers."""
    if server.get("/health") is not True:
        raise ConnectionError("what answers there is no Prefect server that is well")
    return str(server.get("/admin/version"))


def _silent(project: Project, server: Server | None, error: OSError) -> Finding:
    """No server: it is wanted where one is named, or where one of our own has kept its data."""
    why = getattr(error, "reason", None) or error.strerror or error
    if server:
        return broken(f"{server.place} does not answer: {why}", f"start it, or set {URL} to another")
    if (project.state / "prefect").is_dir():
        return broken(f"the server of this project does not run: {why}", f"{START} again")
    return not_set_up("audits run by hand only: no server is named or runs here", START)


def _server(server: Server, version: str) -> Finding:
    own = installed("prefect")
    if version != own:
        return look(f"{server.place} is Prefect {version}, and {own} is installed here", "install one version on both")
    return fine(f"{server.place} answers: Prefect {version}")


def _deployments(server: Server) -> list[dict[str, Any]]:
    named = {"name": {"any_": [AUDIT, DISTRIBUTION]}}
    return list(server.find("/deployments/filter", deployments=named))


def _audits(server: Server, deployment: Deployment | None, now: datetime) -> Iterator[Finding]:
    """The schedule of the audits."""
    name = "Schedule"
    if deployment is None:
        yield broken(f"{server.place} has no deployment {AUDIT}", f"{START}; so does 'prefect deploy --all'", name)
    elif deployment["paused"] or not _planned(deployment):
        why = "is paused" if deployment["paused"] else "has no active schedule"
        yield look(f"{AUDIT} {why}", "resume it in the page of the server, or deploy it again", name)
    elif deployment["status"] != "READY":
        pool = deployment["work_pool_name"]
        mend = f"start a worker of the pool {pool}" if pool else START
        yield broken(f"nobody takes the runs of {AUDIT}", mend, name)
    else:
        yield _next(server, deployment, now)


def _planned(deployment: Deployment) -> list[str]:
    """The active schedules, in words."""
    schedules = [one["schedule"] for one in deployment["schedules"] if one["active"]]
    return [
        one.get("cron") or f"every {one['interval']:g} s" if "interval" in one or "cron" in one else "a rule"
        for one in schedules
    ]


def _next(server: Server, deployment: Deployment, now: datetime) -> Finding:
    """When the next run is due, and which are late."""
    of_it = {"id": {"any_": [deployment["id"]]}}
    wanted = {"state": {"type": {"any_": ["SCHEDULED"]}}}
    runs = server.find(
        "/flow_runs/filter", deployments=of_it, flow_runs=wanted, sort="EXPECTED_START_TIME_ASC", limit=200
    )
    due = [datetime.fromisoformat(one["expected_start_time"]) for one in runs]
    late = [one for one in due if one < now.replace(tzinfo=UTC) - LATE]
    plan = f"{AUDIT} ({', '.join(_planned(deployment))})"
    if not due:
        mend = "wait two minutes after a start; then see that sqlalchemy is older than 2.1, and start the server again"
        return broken(f"{plan}: no run is planned", mend, "Schedule")
    if late:
        what = f"{plan}: {len(late)} late, the first since {late[0]:%Y-%m-%d %H:%M} UTC"
        return broken(what, "see whether an audit hangs before it, and the log of who takes the runs", "Schedule")
    return fine(f"{plan}: the next run is on {due[0]:%Y-%m-%d at %H:%M} UTC", "Schedule")


def _going_out(project: Project, deployment: Deployment | None) -> Iterator[Finding]:
    """The distribution after an audit, where there is anybody to send to."""
    if not any(project.inputs.glob("stakeholders.*")) and "stakeholders" not in project.settings.tables:
        return
    if deployment is None or deployment["paused"]:
        why = "is paused" if deployment else "is not deployed"
        yield look(f"{DISTRIBUTION} {why}: nothing goes out by itself", f"deploy it: {START}", "Distribution")
    else:
        yield fine(f"{DISTRIBUTION} goes out after an audit that changed something", "Distribution")


def _alerts(server: Server) -> Finding:
    found = [one for one in server.find("/automations/filter") if one["name"].startswith(TELLS) and one["enabled"]]
    if found:
        return fine("runs that failed or crashed are told", "Alerts")
    return not_set_up("nobody is told of runs that fail", "'python flows/alerts.py' sets that up", "Alerts")
