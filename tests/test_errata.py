"""Errata: everybody who got what was wrong is told what was wrong, what is right, and why; once, and nobody else."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from delivery_project import Clock, people
from scaudit.audit import audit
from scaudit.cli import app
from scaudit.deliveries import past, standing
from scaudit.distributing import Wanted, distribute, plan
from scaudit.order import Order
from scaudit.packaging import Plan
from scaudit.starting import scaffold
from test_correcting import DAY, SEEN, edit

R2 = "AUDIT-1/R2"
ROW = "{0},The archive {0},folder,{1},{2},both,only_changes,{3},,,en"


def archive(name: str, items: str = "all", active: str = "true") -> str:
    return ROW.format(name, name.lower(), items, active)


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Path:
    """Four archives got the first edition; a record of it was withdrawn for the second. One left, one unsubscribed."""
    root = tmp_path_factory.mktemp("errata") / "audit"
    scaffold(root)
    edit(root, lambda rows: [*rows, SEEN])
    with (root / "scaudit.toml").open("a") as settings:
        settings.write('\n[delivery]\nsender = "audit@example.org"\n')
    people(root, archive("ALL"), archive("ONE", "AUDIT-1/R1"), archive("LEFT"), archive("QUIET"))
    audit(Order(root, DAY, DAY, "one", "first", with_pdf=False), clock)
    clock.on(1)
    assert distribute(Wanted(root), plan(Wanted(root)), clock).clean
    clock.on(1)
    edit(root, lambda rows: rows[:-1])
    audit(Order(root, DAY, DAY, "two", "second", with_pdf=False), clock)
    people(root, archive("ALL"), archive("ONE", "AUDIT-1/R1"), archive("QUIET", active="false"), archive("NEW"))
    return root


def reasons(found: Plan) -> dict[str, dict[str, str]]:
    return {
        package.stakeholder.id: {one.document.id: one.reason for one in package.parcels} for package in found.packages
    }


def test_everybody_who_got_it_is_told_and_new_readers_are_not(root: Path) -> None:
    """Subscribed or not; others get what they always get."""
    found = reasons(plan(Wanted(root)))
    wrong = {R2: "correction", "overview": "correction"}
    assert found["LEFT"] == found["QUIET"] == found["ALL"] == wrong
    assert found["ONE"] == {"overview": "correction"}
    assert set(found["NEW"].values()) == {"new"}


def test_the_notice_goes_out_once_and_says_what_was_wrong(root: Path, clock: Clock) -> None:
    """With --corrections nothing else goes; afterwards nothing is left to tell."""
    wanted = Wanted(root, corrections=True)
    planned = plan(wanted)
    assert set(reasons(planned)) == {"ALL", "ONE", "LEFT", "QUIET"}
    clock.on(1)
    assert distribute(wanted, planned, clock).clean
    for name in ("all", "left", "quiet"):
        told = " ".join((root / "deliveries" / name / "second" / "READ_ME.txt").read_text().split())
        assert "AUDIT-1/R2.a. The evidence shows: 5 Verified." in told
        assert "Record E6 was withdrawn. It said: “Labels were seen in 40 kitchens.”." in told
    assert plan(wanted).packages == ()
    assert reasons(plan(Wanted(root))) == {"NEW": dict.fromkeys(("overview", "AUDIT-1/R1", R2, "PARENTS-1/A"), "new")}
    sent = [one.last for one in standing(past(root / ".scaudit")) if one.last.reason == "correction"]
    assert {one.outcome for one in sent} == {"delivered"}
    assert all("E6 was withdrawn" in one.why for one in sent)


def test_the_command_line_shows_what_was_wrong(root: Path, tmp_path: Path) -> None:
    """As JSON too, for those who look before they send."""
    done = CliRunner().invoke(
        app, ["distribute", "--corrections", "--dry-run", "--json", "--project", str(root)], catch_exceptions=False
    )
    assert done.exit_code == 0
    assert '"packages": []' in done.stdout
