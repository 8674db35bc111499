"""A small invented project with two editions, stakeholders of a test's own, and a clock that a test moves."""

from __future__ import annotations

import atexit
import csv
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from scaudit import contents, packaging
from scaudit.audit import audit
from scaudit.deliveries import Delivery, past, standing
from scaudit.distributing import Distribution, resolve, send
from scaudit.order import Order
from scaudit.packaging import Plan
from scaudit.project import find_project
from scaudit.recipients import Recipients, Stakeholder
from scaudit.starting import scaffold

START = datetime(2024, 3, 1, 9, 0)  # noqa: DTZ001 (the ledger keeps UTC without a zone)
FIRST, SECOND = ("first", date(2022, 12, 31)), ("second", date(2024, 1, 31))
HEADER = "stakeholder_id,name,channel,address,items,what,occasion,active,body_id,role,language\n"
ANA = "ANA,Ana the clerk,email,ana@example.org,all,both,every_edition,true,,,en"
BEN = "BEN,Ben of the office,email,ben@example.org,AUDIT-1/R1,cards,only_changes,true,,,en"
BOX = "BOX,The archive,folder,box/of-files,all,both,every_edition,true,,,en"


@dataclass
class Clock:
    """The time, which stands still until a test moves it."""

    moment: datetime = START

    def __call__(self) -> datetime:
        return self.moment

    def on(self, minutes: float) -> None:
        self.moment += timedelta(minutes=minutes)


@cache
def base() -> Path:
    """A project with the editions `first` and `second`, which was published last: made once for all tests."""
    place = Path(tempfile.mkdtemp(prefix="scaudit-test-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    scaffold(place / "audit")
    for name, day in (FIRST, SECOND):
        audit(Order(place / "audit", day, SECOND[1], name, name, with_pdf=False), Clock())
    return place / "audit"


def copied(target: Path, *stakeholders: str, delivery: str = "") -> Path:
    """A project of a test's own, with these stakeholders and settings of delivery."""
    shutil.copytree(base(), target)
    people(target, *stakeholders)
    settings = target / "scaudit.toml"
    settings.write_text(f'{settings.read_text()}\n[delivery]\nsender = "audit@example.org"\n{delivery}')
    return target


def people(project: Path, *rows: str) -> None:
    """Put these stakeholders in the place of those that are there."""
    (project / "inputs" / "stakeholders.csv").write_text(HEADER + "".join(f"{row}\n" for row in rows))


def server(port: int, more: str = 'security = "none"', seconds: float = 30) -> str:
    """Settings of a mail server on this machine."""
    return f'[delivery.smtp]\nhost = "127.0.0.1"\nport = {port}\ntimeout = {seconds}\n{more}\n'


def planned(project: Path, edition: str = "", *to: str, again: str = "") -> Plan:
    """What would be sent, with the stakeholders as the file has them: they are not checked, which takes a second."""
    with (project / "inputs" / "stakeholders.csv").open(newline="") as rows:
        found = Recipients({row["stakeholder_id"]: _stakeholder(row) for row in csv.DictReader(rows)})
    return packaging.plan(contents.edition(find_project(project), edition), found, ledger(project), to, again)


def _stakeholder(row: dict[str, str]) -> Stakeholder:
    named = {name: row[name] for name in ("name", "address", "what", "occasion", "language")}
    channel, items = row["channel"], tuple(row["items"].split())
    return Stakeholder(row["stakeholder_id"], channel=channel, items=items, active=row["active"] == "true", **named)  # type: ignore[arg-type]


def sent(project: Path, clock: Clock, edition: str = "", *to: str, again: str = "") -> Distribution:
    """One run of a distribution, without a question."""
    found = find_project(project)
    resolve(found, clock)
    return send(found, planned(project, edition, *to, again=again), clock)


def outcomes(done: Distribution) -> dict[str, str]:
    """What became of each package of a run, by stakeholder."""
    return {one.package.stakeholder.id: one.last.outcome for one in done.told}


def ledger(project: Path) -> tuple[Delivery, ...]:
    """The deliveries of a project."""
    return standing(past(find_project(project).state))


def states(project: Path) -> list[tuple[str, str]]:
    """Who was sent something, and what became of it, the oldest first."""
    return [(one.last.stakeholder_id, one.state) for one in ledger(project)]
