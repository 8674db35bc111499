"""Lateness: of the runs that a schedule has missed, the last is made up for, and only that one.

What Prefect 3.8.8 does by itself, served and deployed alike: it plans runs ahead (of a weekly schedule three, here
fourteen by our setting; of a frequent one an hour's worth; none beyond 100 days), and whatever of it fell due while
nothing was there to run it starts when something is, one run after the other. It plans none for the past, and setting
up a deployment again takes away none that is late. So a machine that was down for three weeks would make three
editions at once, the older two for nobody.
"""

from datetime import UTC, datetime, timedelta

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.context import FlowRunContext

MISSED = timedelta(minutes=2)  # a run that is less late was not missed: it had to wait, or the machine is slow
NEXT = timedelta(microseconds=1)


def overtaken() -> str:
    """Why this run is not made: the sentence that a later one of its schedule is due; empty where it is to be made.

    Only what a schedule has started, and for the first time, can be overtaken: what a person asks for is made. So is
    what is hardly late; else, where runs take longer than the time between them, each might leave it to the next one.
    """
    context, now = FlowRunContext.get(), datetime.now(UTC)
    run = context.flow_run if context else None
    if run is None or run.expected_start_time is None or not run.auto_scheduled or run.run_count > 1:
        return ""
    if now - run.expected_start_time < MISSED:
        return ""
    later = next((other.expected_start_time for other in due_after(run, now) if overtakes(other, run)), None)
    return f"Not made up for: the run of {later:%Y-%m-%d %H:%M} UTC was due as well." if later else ""


def due_after(run: FlowRun, now: datetime) -> list[FlowRun]:
    """The runs of the same deployment that fell due after this one, the last first."""
    if run.deployment_id is None or run.expected_start_time is None:
        return []
    span = {"after_": run.expected_start_time + NEXT, "before_": now}
    with get_client(sync_client=True) as client:
        return client.read_flow_runs(
            deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[run.deployment_id])),
            flow_run_filter=FlowRunFilter(expected_start_time=FlowRunFilterExpectedStartTime.model_validate(span)),
            sort=FlowRunSort.EXPECTED_START_TIME_DESC,
        )


def overtakes(other: FlowRun, run: FlowRun) -> bool:
    """Whether the other run, which is later, stands for this one too; a schedule is known by what it asks for."""
    called_off = other.state_type in {StateType.CANCELLED, StateType.CANCELLING}
    return other.auto_scheduled and other.parameters == run.parameters and not called_off
