"""The verbs `distribute` and `deliveries`: an edition to those who should have it, and what is known of that."""

import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from scaudit.errors import UsageError
from scaudit.terminal import HERE, AsJson, Quiet, Where, now, progress, show

if TYPE_CHECKING:
    from scaudit.deliveries import Delivery
    from scaudit.distributing import Wanted
    from scaudit.project import Project


def somebody() -> bool:
    """Whether there is a person at a terminal who can be asked."""
    return sys.stdin.isatty()


def distribute(
    edition: Annotated[str, typer.Option(help="Which edition.", show_default="that of the last results")] = "",
    to: Annotated[list[str] | None, typer.Option(help="Only to this stakeholder; may be repeated.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show who gets what and why; send nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Send without asking.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Send to those of --to also what they have; needs a --reason.")
    ] = False,
    reason: Annotated[str, typer.Option(help="Why it is sent again; the mail says so.")] = "",
    corrections: Annotated[
        bool, typer.Option("--corrections", help="Only the notices of what was wrong in editions that somebody has.")
    ] = False,
    wait: Annotated[
        bool, typer.Option("--wait", help="Go on until all is delivered or given up, which may take many hours.")
    ] = False,
    project: Where = HERE,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Send an edition to those who should have it: what is new to them, or changed since they got it."""
    from scaudit import distributing, showing_deliveries
    from scaudit.project import find_project

    if again != bool(reason.strip()):
        raise UsageError("--again and --reason go together: what is repeated says why.")
    if not (dry_run or yes) and (as_json or not somebody()):
        raise UsageError("Nobody is there to ask; say --yes to send, or --dry-run to see what would be sent.")
    found = find_project(project)
    wanted = distributing.Wanted(found.root, edition, tuple(to or ()), " ".join(reason.split()), corrections)
    if dry_run:
        with progress(quiet or as_json) as told:
            plan = distributing.plan(wanted, told)
        data = showing_deliveries.distribution_json(plan, (), None, now())
        show(as_json, quiet, lambda: data, lambda: showing_deliveries.planned(plan, now()))
        return
    with distributing.alone(found):
        _send(found, wanted, yes, wait, as_json, quiet)


def _send(found: "Project", wanted: "Wanted", yes: bool, wait: bool, as_json: bool, quiet: bool) -> None:
    """Show what is planned, ask, send, and show what became of it; exit 1 where that is not all good."""
    from scaudit import distributing, showing_deliveries

    cut = distributing.resolve(found, now)
    with progress(quiet or as_json) as told:
        plan = distributing.plan(wanted, told)
    show(False, quiet or as_json, dict, lambda: showing_deliveries.resolved(cut))
    show(False, quiet or as_json, dict, lambda: showing_deliveries.planned(plan, now()))
    due = [one for one in plan.packages if not one.waits(now())]
    if due and not yes:
        typer.confirm(f"Send {len(due)} package{'s' * (len(due) > 1)} of edition {plan.edition.name}?", abort=True)
    with progress(quiet or as_json) as told:
        done = distributing.distribute(wanted, plan, now, told, time.sleep if wait else None)
    data = showing_deliveries.distribution_json(plan, cut, done, now())
    show(as_json, quiet, lambda: data, lambda: showing_deliveries.distributed(done))
    if not done.clean or any(one.state == "possibly delivered" for one in cut):
        raise typer.Exit(1)


def deliveries(
    to: Annotated[list[str] | None, typer.Option(help="Only of this stakeholder; may be repeated.")] = None,
    edition: Annotated[str, typer.Option(help="Only of this edition.", show_default="all")] = "",
    arrived: Annotated[
        list[str] | None,
        typer.Option(
            help="Note that this one, possibly delivered, has arrived: its id or Message-ID; with a --reason."
        ),
    ] = None,
    reason: Annotated[str, typer.Option(help="How that is known; the ledger keeps it.")] = "",
    project: Where = HERE,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """List the deliveries that the ledger keeps, each as it stands, the newest first; or note that one has arrived."""
    from scaudit import showing_deliveries
    from scaudit.project import find_project

    known = find_project(project)
    found = _arrived(known, arrived, reason, to, edition) if arrived or reason else _kept(known, to, edition)
    data = {"schema": "scaudit/deliveries/1", "deliveries": [showing_deliveries.delivery_json(one) for one in found]}
    show(as_json, quiet, lambda: data, lambda: showing_deliveries.known(found))


def _kept(project: "Project", to: Sequence[str] | None, edition: str) -> Sequence["Delivery"]:
    from scaudit.deliveries import past, standing

    return [
        one
        for one in reversed(standing(past(project.state)))
        if (not to or one.last.stakeholder_id in to) and (not edition or one.last.edition == edition)
    ]


def _arrived(
    project: "Project", names: Sequence[str] | None, reason: str, *others: Sequence[str] | None
) -> Sequence["Delivery"]:
    """Write down by hand that mails have arrived, and give them."""
    from scaudit.arrivals import arrived

    if not names or not reason.strip():
        raise UsageError("--arrived and --reason go together: the ledger keeps how that is known.")
    if any(others):
        raise UsageError("--arrived names deliveries by their ids; leave --to and --edition out.")
    return arrived(project, names, " ".join(reason.split()), now)
