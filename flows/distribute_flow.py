"""When it goes out: distribution as a Prefect flow, after an audit that changed something.

The flow has no rules of its own. It calls the functions of `scaudit distribute`: plan, then send. Between the two it
waits for the person whom scaudit.toml names, unless the project says that editions go out by themselves.
"""

import os
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

# Prefect reads these when it is imported: the first stops the server's calls home, the second the client's.
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")

from prefect import flow, get_run_logger, runtime
from prefect.artifacts import create_table_artifact
from prefect.client.schemas.objects import State
from prefect.exceptions import FlowPauseTimeout
from prefect.flow_runs import pause_flow_run
from prefect.input import RunInput
from prefect.states import Completed, Failed

from audit_flow import secret, utc_now
from scaudit.distributing import Distribution, Wanted, alone, distribute, plan, resolve
from scaudit.errors import ScauditError
from scaudit.keyring import lent
from scaudit.mailroom import Delivery
from scaudit.packaging import Plan
from scaudit.project import Project, find_project

PATIENCE = timedelta(days=7)  # for the person's answer
POLL = 10  # seconds from one look for the answer to the next


class Approval(RunInput):
    """What the person says who is asked: who they are, and whether it may go out."""

    name: str
    send: bool


def run_name() -> str:
    """The name of a run: what it sends."""
    return f"distribute {runtime.flow_run.parameters.get('edition') or 'the last edition'}"


@flow(name="distribute", flow_run_name=run_name, persist_result=False)
def distribute_flow(project: str | None = None, edition: str = "") -> State[Any]:
    """Send an edition, by default that of the last results, to those who should have it.

    A mistake in the project fails the run with its one sentence; so does a delivery that did not come through.
    """
    try:
        found = find_project(Path(project or __file__))
        wanted = Wanted(found.root, edition)
        planned = plan(wanted, get_run_logger().info)
        show_plan(planned)
        if not planned.packages:
            return Completed(message=f"Nobody lacks anything of edition {planned.edition.name}.")
        refusal = refused(found.settings.delivery, planned)
        return refusal or outcome(sent(found, wanted, planned))
    except ScauditError as error:
        return Failed(message=str(error))


def refused(delivery: Delivery, planned: Plan) -> State[Any] | None:
    """Why it may not go out; nothing once the person who is named has said that it may, or where nobody is asked."""
    if delivery.approval == "automatic":
        return None
    people = len({package.stakeholder.id for package in planned.packages})
    question = f"Send edition {planned.edition.name} to {people} of its stakeholders? The artifact says who gets what."
    try:
        answer: Any = pause_flow_run(
            wait_for_input=Approval.with_initial_data(description=question, name=delivery.approver, send=False),
            timeout=int(PATIENCE.total_seconds()),
            poll_interval=POLL,
        )
    except FlowPauseTimeout:
        return Failed(message=f"Nobody answered within {PATIENCE.days} days; nothing was sent.")
    said = answer.name.strip()
    if not said or (delivery.approver and said.casefold() != delivery.approver.casefold()):
        named = f"is {delivery.approver}" if delivery.approver else "must be named"
        return Failed(message=f"{said or 'Somebody'} may not approve this: the approver {named}. Nothing was sent.")
    get_run_logger().info(f"{said} said: {'send' if answer.send else 'do not send'}.")
    return None if answer.send else Completed(message=f"{said} said no; nothing was sent.")


def sent(project: Project, wanted: Wanted, approved: Plan) -> Distribution:
    """Send what was approved and is still to be sent, and go on until it is out or given up."""
    say = get_run_logger().info
    with lent(project.settings.signing, secret), alone(project):
        resolve(project, utc_now)
        current = plan(replace(wanted, edition=approved.edition.name), say)
        agreed = {package.id for package in approved.packages}
        packages = tuple(package for package in current.packages if package.id in agreed)
        return distribute(wanted, replace(current, packages=packages), utc_now, say, time.sleep)


def outcome(done: Distribution) -> State[Any]:
    """How the run ends: well, where all that was due is delivered."""
    rows = [
        {"stakeholder": one.last.stakeholder_id, "outcome": one.last.outcome, "answer": one.last.answer}
        for one in done.told
    ]
    create_table_artifact(rows or [{"outcome": "nothing was due"}], key="distribution-outcome")
    failed = [f"{row['stakeholder']} ({row['outcome']})" for row in rows if row["outcome"] != "delivered"]
    failed += [f"{package.stakeholder.id} (not tried)" for package in done.untried]
    if failed:
        return Failed(message=f"Not delivered for certain: {', '.join(failed)}. 'scaudit deliveries' has the answers.")
    return Completed(message=f"{len(rows)} delivered.")


def show_plan(planned: Plan) -> None:
    """Show in Prefect who gets what and why, and who does not."""
    rows = [
        {"stakeholder": package.stakeholder.id, "document": one.document.id, "reason": one.reason, "why": one.why}
        for package in planned.packages
        for one in package.parcels
    ]
    rows += [
        {"stakeholder": one.stakeholder_id, "document": one.document_id, "reason": "not sent", "why": one.why}
        for one in planned.kept
    ]
    create_table_artifact(
        rows or [{"reason": "no stakeholders"}],
        key="distribution-plan",
        description=f"Edition {planned.edition.name}: who gets what, and why",
    )
