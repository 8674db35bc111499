"""Showing deliveries: who gets what and why, what became of it, and what the ledger knows, as tables and as data."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from rich.markup import escape
from rich.table import Table

from scaudit.deliveries import Delivery, Line
from scaudit.distributing import Distribution
from scaudit.packaging import Package, Parcel, Plan
from scaudit.showing import line, shown

Row = tuple[str, str, str]
NOTICE = ("wrong", "right", "why")


def planned(plan: Plan, now: datetime) -> None:
    """Who gets what of an edition and why, and who does not and why."""
    table = _table(f"Distribution of edition {plan.edition.name}", "To", "Documents", "What, and why")
    for package in plan.packages:
        for row in _package_rows(package, now):
            table.add_row(*map(escape, row))
    for stakeholder, why, documents in _grouped((one.stakeholder_id, one.why, one.document_id) for one in plan.kept):
        table.add_row(escape(stakeholder), escape(documents), escape(f"not sent: {why}"))
    for delivery, why in plan.closed:
        documents = ", ".join(one.document_id for one in delivery.lines)
        table.add_row(escape(delivery.last.stakeholder_id), escape(documents), escape(f"closed: {why}"))
    shown(table)


def _package_rows(package: Package, now: datetime) -> Iterator[Row]:
    who = package.stakeholder
    late = f", waits until {package.due:%Y-%m-%d %H:%M} UTC" if package.due and package.waits(now) else ""
    tried = f" (try {package.attempt})" if package.attempt > 1 else ""
    for reason, why, documents in _grouped((one.reason, one.why, one.document.id) for one in package.parcels):
        yield f"{who.id}\n{who.channel}: {who.address}", documents, f"{reason}{tried}{late}: {why}"


def _grouped(rows: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Rows that have their first two cells in common as one, with the third cells listed."""
    groups: dict[tuple[str, str], list[str]] = {}
    for first, second, third in rows:
        groups.setdefault((first, second), []).append(third)
    return ((first, second, ", ".join(filter(None, thirds))) for (first, second), thirds in groups.items())


def resolved(found: Sequence[Delivery]) -> None:
    """What became of deliveries during which an earlier run was ended."""
    for one in found:
        line(f"An earlier run ended while it sent to {one.last.stakeholder_id}: {one.state} ({one.last.message_id}).")


def distributed(done: Distribution) -> None:
    """What became of each package in this run."""
    for one in done.told:
        last = one.last
        line(f"{last.stakeholder_id}: {last.outcome} ({last.message_id}). {last.answer}{_later(last)}")
    for package in done.untried:
        line(f"{package.stakeholder.id}: not tried, since the mail server takes nothing; the next run tries it.")


def _later(last: Line) -> str:
    return f" Tried again by the first run after {last.next_try:%Y-%m-%d %H:%M} UTC." if last.next_try else ""


def known(found: Sequence[Delivery]) -> None:
    """The deliveries of the ledger."""
    table = _table("Deliveries", "When (UTC)", "To", "Edition: documents", "What became of it")
    for one in found:
        last = one.last
        table.add_row(
            f"{last.at:%Y-%m-%d %H:%M}",
            escape(f"{last.stakeholder_id} ({last.address})"),
            escape(f"{last.edition}: {', '.join(each.document_id for each in one.lines)}"),
            escape(f"{last.outcome}, try {last.attempt} ({last.message_id}). {last.answer}{_later(last)}"),
        )
    shown(table)


def _table(title: str, *names: str) -> Table:
    table = Table(title=title)
    for name in names:
        table.add_column(name, overflow="fold")
    return table


def plan_json(plan: Plan, now: datetime) -> dict[str, Any]:
    """A plan for programs."""
    return {
        "edition": plan.edition.name,
        "as_of": plan.edition.as_of.isoformat(),
        "known_on": plan.edition.known_on.isoformat(),
        "packages": [_package_json(one, now) for one in plan.packages],
        "not_sent": [
            {"stakeholder_id": one.stakeholder_id, "document_id": one.document_id, "why": one.why} for one in plan.kept
        ],
        "closed": [{**delivery_json(one), "why": why} for one, why in plan.closed],
    }


def _package_json(package: Package, now: datetime) -> dict[str, Any]:
    who = package.stakeholder
    return {
        "delivery_id": package.id,
        "stakeholder_id": who.id,
        "channel": who.channel,
        "address": who.address,
        "attempt": package.attempt,
        "waits_until": package.due.isoformat() if package.due and package.waits(now) else None,
        "documents": [_parcel_json(one) for one in package.parcels],
    }


def _parcel_json(parcel: Parcel) -> dict[str, Any]:
    document = parcel.document
    return {
        "id": document.id,
        "file": document.path,
        "sha256": document.digest,
        "substance": document.substance,
        "reason": parcel.reason,
        "why": parcel.why,
        "since": parcel.before.edition if parcel.before else None,
        "moved": {name: {"from": then, "to": now} for name, (then, now) in parcel.moved.items()},
        "correction": {part: list(getattr(parcel.notice, part)) for part in NOTICE} if parcel.notice else None,
    }


def distribution_json(
    plan: Plan, found: Sequence[Delivery], done: Distribution | None, now: datetime
) -> dict[str, Any]:
    """A distribution for programs, a dry run where nothing was `done`: schema scaudit/distribute/1."""
    return {
        "schema": "scaudit/distribute/1",
        "dry_run": done is None,
        **plan_json(plan, now),
        "resolved": [delivery_json(one) for one in found],
        "deliveries": [_delivery(one.lines, one.last.attempt) for one in done.told] if done else [],
        "not_tried": [one.stakeholder.id for one in done.untried] if done else [],
    }


def delivery_json(one: Delivery) -> dict[str, Any]:
    """A delivery as it stands, for programs."""
    return _delivery(one.lines, one.attempts)


def _delivery(lines: Sequence[Line], attempts: int) -> dict[str, Any]:
    last = asdict(lines[0])
    common = ("delivery_id", "stakeholder_id", "edition", "channel", "address")
    state = ("outcome", "answer", "message_id", "at", "next_try")
    own = ("document_id", "digest", "substance", "reason", "why", "status", "words")
    return {
        **{name: last[name] for name in common},
        "attempts": attempts,
        **{name: last[name].isoformat() if isinstance(last[name], datetime) else last[name] for name in state},
        "documents": [{name: asdict(one)[name] for name in own} for one in lines],
    }
