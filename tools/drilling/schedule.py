"""The drill of the schedule, the production way: PostgreSQL, Prefect server, work pool, worker, and what befalls them.

    python tools/drilling/schedule.py [--keep] [stage ...]

Everything runs on loopback in a folder of its own, with the settings of operations/scaudit.env, and prefect.yaml is
deployed as docs/operations.md says. Then, each with a check: the schedule fires; the server is restarted; the worker
is killed with SIGKILL in the middle of a run; the machine is down for three Mondays; a backup is restored in an empty
folder, with the database of the server, and the history goes on there. Takes about seven minutes.
"""

import argparse
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from machine import Machine, note

EVERY = 60  # seconds from one run to the next


def fires(machine: Machine) -> None:
    """A run comes by itself."""
    run = machine.awaited("a scheduled run is complete", lambda: machine.complete_since(machine.began))
    note(f"the schedule fired: {run['name']}, due {run['expected_start_time']}")
    assert machine.ledger()[0]["outcome"] == "done"


def outlives_its_server(machine: Machine) -> None:
    """The server is restarted, and the worker that was there before goes on."""
    machine.stop("server")
    machine.start_server()
    since = datetime.now(UTC)
    run = machine.awaited("a run after the restart", lambda: machine.complete_since(since))
    note(f"after a restart of the server: {run['name']}, due {run['expected_start_time']}")


def outlives_its_worker(machine: Machine) -> None:
    """A worker is killed with the run that it is making; the run is called crashed, and the next one comes."""
    before = machine.ledger()
    cut = machine.awaited("a run has given a sign of life", machine.lively, every=0.1)
    machine.kill("worker")
    note(f"the worker is killed while it makes the run due {cut['expected_start_time']}")
    machine.start_worker()
    since = datetime.now(UTC)
    run = machine.awaited("a run after the worker was killed", lambda: machine.complete_since(since))
    waited = (datetime.now(UTC) - since).total_seconds()
    note(f"a new worker makes the run due {run['expected_start_time']}, {waited:.0f} s after it was started")
    crashed = machine.awaited("the killed run counts as crashed", lambda: machine.runs("CRASHED"))
    assert [one["id"] for one in crashed] == [cut["id"]]
    note(f"the killed run is {crashed[0]['state']['name']}: {crashed[0]['state']['message']}")
    assert len(machine.ledger()) > len(before)


def makes_up_for_the_last_one_missed(machine: Machine) -> None:
    """The machine is down for three Mondays; one audit is made when it is up, for the last of them."""
    machine.unschedule()
    machine.quiet()
    machine.stop("worker")
    mondays = machine.miss(weeks=3)
    machine.stop("server")
    machine.start_server()
    machine.start_worker()
    ended = machine.awaited("the missed runs have ended", lambda: machine.ended(mondays))
    told = [(run["expected_start_time"][:10], run["state"]["name"]) for run in ended]
    note(f"missed and made up for: {told}")
    assert [state for _, state in told] == ["Skipped"] * (len(told) - 1) + ["Completed"]
    assert machine.ledger()[0]["as_of"] == told[-1][0] == mondays[-1][:10]


def goes_on_from_a_backup(machine: Machine) -> None:
    """Project and database are lost; both come back elsewhere from the backup, and the next run is added there."""
    before = machine.ledger()
    machine.back_up()
    machine.lose_everything()
    machine.bring_back()
    assert machine.ledger() == before, "the history is that of before"
    machine.schedule(EVERY)
    since = datetime.now(UTC)
    run = machine.awaited("a run on the restored machine", lambda: machine.complete_since(since))
    after = machine.ledger()
    note(
        f"restored in an empty folder: {len(before)} runs of before, and {run['name']} due {run['expected_start_time']}"
    )
    assert after[-len(before) :] == before
    assert len(after) > len(before)
    old = before[-1]["run_id"]
    note(machine.scaudit("audit", "--run", old, "-q") or f"scaudit audit --run {old}: the same as then")


STAGES = (
    fires,
    outlives_its_server,
    outlives_its_worker,
    makes_up_for_the_last_one_missed,
    goes_on_from_a_backup,
)


def main() -> None:
    """The command: all stages in order, or those that are named; a check that fails ends it."""
    parser = argparse.ArgumentParser(
        description="Drill the schedule: restarts, a killed worker, missed runs, a backup."
    )
    parser.add_argument("--keep", action="store_true", help="leave the folder of the drill, with all logs, behind")
    parser.add_argument("stages", nargs="*", metavar="stage", help=", ".join(stage.__name__ for stage in STAGES))
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="scaudit-drill-"))
    folder.chmod(0o755)  # PostgreSQL runs as another user
    note(f"the machine is {folder}")
    try:
        with Machine(folder).up() as machine:
            machine.schedule(EVERY)
            for stage in STAGES:
                if not given.stages or stage.__name__ in given.stages:
                    stage(machine)
    finally:
        if not given.keep:
            shutil.rmtree(folder, ignore_errors=True)
    note("drill passed")


if __name__ == "__main__":
    sys.exit(main())
