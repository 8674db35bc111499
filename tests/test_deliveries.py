"""The ledger of deliveries, and the plan that is made of it: who gets what, and why."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from delivery_project import ANA, BEN, BOX, START, Clock, copied, ledger, people, planned
from scaudit.arrivals import arrived
from scaudit.cli import app
from scaudit.deliveries import Line, editions, past, record, standing
from scaudit.distributing import Wanted, plan
from scaudit.errors import ProjectError, UsageError
from scaudit.ledger import past_runs
from scaudit.packaging import Plan
from scaudit.posting import told
from scaudit.project import find_project

LINE = Line(
    *("one", "ANA", "first", "AUDIT-1/R1", "digest", "substance", "email", "ana@example.org"),
    *("new", "never sent before", 1, "preparing", START),
    message_id="<one@example.org>",
    status={"verified": "announced", "claimed": "verified"},
    words={"verified": "Announced only", "claimed": "Said to be done"},
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copied(tmp_path / "audit", ANA, BEN, BOX)


def note(project: Path, made: Plan, outcome: str, who: str = "ANA", **changes: object) -> None:
    """Write into the ledger that the package of somebody came to this."""
    (package,) = (one for one in made.packages if one.stakeholder.id == who)
    lines = told(package, outcome, START, f"<{package.id}@example.org>")  # type: ignore[arg-type]
    record(project / ".scaudit", [replace(line, **changes) for line in lines])  # type: ignore[arg-type]


def going(made: Plan) -> dict[str, dict[str, str]]:
    """Who gets which documents, and for which reason."""
    return {one.stakeholder.id: {parcel.document.id: parcel.reason for parcel in one.parcels} for one in made.packages}


def staying(made: Plan, who: str) -> dict[str, str]:
    return {one.document_id: one.why for one in made.kept if one.stakeholder_id == who}


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    """Every cell; and lines written at once have one number."""
    assert past(tmp_path) == ()
    both = [LINE, replace(LINE, document_id="overview", next_try=START + timedelta(minutes=5))]
    record(tmp_path, both)
    record(tmp_path, [replace(LINE, outcome="delivered", answer="250 OK")])
    assert past(tmp_path) == (
        *(replace(line, number=1) for line in both),
        replace(LINE, outcome="delivered", answer="250 OK", number=2),
    )


def test_the_state_of_a_delivery_is_its_last_lines(tmp_path: Path) -> None:
    """Tries and failures are counted over all of them."""
    again = replace(LINE, attempt=2)
    for line in (LINE, replace(LINE, outcome="failed for now"), again, replace(again, outcome="delivered")):
        record(tmp_path, [line, replace(line, document_id="overview")])
    (one,) = standing(past(tmp_path))
    assert (one.state, one.attempts, one.failures, len(one.lines)) == ("delivered", 2, 1, 2)


@pytest.mark.parametrize(
    ("outcome", "found"),
    [
        ("preparing", set()),
        ("failed for now", set()),
        ("failed for good", set()),
        ("given up", set()),
        ("skipped", set()),
        ("sending", {"first"}),
        ("delivered", {"first"}),
        ("possibly delivered", {"first"}),
    ],
)
def test_an_edition_is_out_once_anybody_may_have_it(tmp_path: Path, outcome: str, found: set[str]) -> None:
    """Such an edition is never overwritten."""
    record(tmp_path, [LINE])
    record(tmp_path, [replace(LINE, outcome=outcome)])  # type: ignore[arg-type]
    assert editions(tmp_path) == found


def test_runs_and_deliveries_share_a_ledger(project: Path) -> None:
    """A ledger of an earlier engine gets the table of deliveries, and keeps its runs."""
    before = past_runs(project / ".scaudit")
    record(project / ".scaudit", [LINE])
    assert past_runs(project / ".scaudit") == before


def test_everybody_gets_what_they_asked_for(project: Path) -> None:
    """All or some items, cards or both; who never got anything gets it as new."""
    found = planned(project)
    cards = ["AUDIT-1/R1", "AUDIT-1/R2", "PARENTS-1/A"]
    assert {key: list(rows) for key, rows in going(found).items()} == {
        "ANA": ["overview", *cards],
        "BEN": ["AUDIT-1/R1"],
        "BOX": ["overview", *cards],
    }
    assert {reason for rows in going(found).values() for reason in rows.values()} == {"new"}
    people(project, BEN.replace("cards", "overview"))
    assert going(planned(project)) == {"BEN": {"overview": "new"}}


def test_what_they_have_is_not_sent_again(project: Path) -> None:
    """Neither the same file, nor to those who want only changes a new file that says the same."""
    note(project, planned(project, "first"), "delivered")
    note(project, planned(project, "first"), "delivered", "BEN")
    assert "ANA" not in going(planned(project, "first"))
    second = planned(project, "second", "ANA", "BEN")
    unchanged = {"AUDIT-1/R2": "new", "PARENTS-1/A": "new"}
    assert going(second) == {
        "ANA": {"overview": "changed", "AUDIT-1/R1": "changed", **unchanged},
        "BEN": {"AUDIT-1/R1": "changed"},
    }
    people(project, ANA.replace("every_edition", "only_changes"))
    assert going(planned(project)) == {"ANA": {"overview": "changed", "AUDIT-1/R1": "changed"}}
    assert staying(planned(project), "ANA") == {
        "AUDIT-1/R2": "says the same as in edition first",
        "PARENTS-1/A": "says the same as in edition first",
    }


def test_what_moved_is_told_against_what_they_got_last(project: Path) -> None:
    """Not against the edition before, which they may never have had."""
    note(project, planned(project, "first"), "delivered", "BEN")
    ((parcel,),) = (one.parcels for one in planned(project, "second", "BEN").packages)
    assert parcel.moved == {
        "verified": ("Under way", "In place, not verified"),
        "claimed": ("Said to be partly done", "Said to be done"),
    }
    assert parcel.why.startswith("verified: Under way -> In place, not verified")


def test_what_may_have_gone_out_is_not_repeated_by_itself(project: Path) -> None:
    """Not while it is going out, and not when nobody knows; the Message-ID is named."""
    for outcome in ("sending", "possibly delivered"):
        note(project, planned(project, "first", "BEN", again="asked"), outcome, "BEN")
        assert going(planned(project, "first", "BEN")) == {}
        assert "@example.org>" in staying(planned(project, "first"), "BEN")["AUDIT-1/R1"]
    assert going(planned(project, "first", "BEN", again="they lost it")) == {"BEN": {"AUDIT-1/R1": "again"}}


@pytest.mark.parametrize("outcome", ["failed for good", "given up"])
def test_what_failed_for_good_is_tried_again_at_another_address(project: Path, outcome: str) -> None:
    """Or in a later edition, or when somebody asks; never by itself."""
    note(project, planned(project), outcome, "BEN", answer="550 no such user")
    assert going(planned(project, "", "BEN")) == {}
    assert "550 no such user" in staying(planned(project), "BEN")["AUDIT-1/R1"]
    assert going(planned(project, "first", "BEN")) == {"BEN": {"AUDIT-1/R1": "new"}}
    assert going(planned(project, "", "BEN", again="the box is mended")) == {"BEN": {"AUDIT-1/R1": "again"}}
    people(project, BEN.replace("ben@", "benedict@"))
    assert going(planned(project)) == {"BEN": {"AUDIT-1/R1": "new"}}


def test_what_has_begun_goes_on_as_the_same_delivery(project: Path) -> None:
    """The next try has the id, and so the Message-ID, of the first, and knows how often it failed."""
    first = planned(project)
    note(project, first, "preparing")
    note(project, first, "failed for now", next_try=START + timedelta(minutes=5))
    ana = next(one for one in planned(project).packages if one.stakeholder.id == "ANA")
    assert (ana.id, ana.attempt, ana.failures) == (first.packages[0].id, 2, 1)
    assert ana.waits(START)
    assert not ana.waits(START + timedelta(minutes=5))


def test_a_repetition_that_has_begun_goes_on_without_being_asked_for_again(project: Path) -> None:
    """What was ordered once is not dropped because a server was away."""
    note(project, planned(project), "delivered", "BEN")
    asked = planned(project, "", "BEN", again="they lost it")
    note(project, asked, "failed for now", "BEN")
    (package,) = planned(project, "", "BEN").packages
    assert (package.id, package.parcels[0].reason, package.parcels[0].why) == (
        *(asked.packages[0].id, "again", "they lost it"),
    )


def test_a_second_repetition_is_another_delivery(project: Path) -> None:
    """With an id of its own: else it would be taken for the first."""
    note(project, planned(project), "delivered", "BEN")
    first = planned(project, "", "BEN", again="they lost it")
    note(project, first, "delivered", "BEN")
    (again,) = planned(project, "", "BEN", again="they lost it").packages
    assert again.id != first.packages[0].id


def test_what_was_begun_and_is_no_longer_wanted_is_closed(project: Path) -> None:
    """Of an earlier edition, another address, or somebody who is gone; nothing is closed of those who are not meant."""
    note(project, planned(project, "first"), "failed for now", "BEN")
    note(project, planned(project), "failed for now", "ANA")
    (one,) = planned(project, "second", "BEN").closed
    assert (one[0].last.stakeholder_id, one[0].last.edition) == ("BEN", "first")
    assert planned(project, "second", "BOX").closed == ()
    people(project, BOX)
    assert {one.last.stakeholder_id for one, _ in planned(project).closed} == {"ANA", "BEN"}


@pytest.mark.parametrize("reason", ["correction", "new", "changed"])
def test_what_is_out_does_not_go_out_with_a_package_that_waits(project: Path, reason: str) -> None:
    """A notice sent by itself, while the package that had it too is waiting: the file is not sent a second time."""
    note(project, planned(project), "failed for now", reason=reason)
    note(project, planned(project), "delivered", delivery_id="by itself", reason="correction")
    found = planned(project, "", "ANA")
    assert going(found) == {}
    assert [one.last.reason for one, _ in found.closed] == [reason]


def test_who_gets_nothing_is_shown_with_the_reason(project: Path) -> None:
    """Not active, held in quarantine, or subscribed to what the edition does not hold."""
    people(project, BEN.replace(",true,", ",false,"), ANA.replace("ana@example.org", "ana"), BOX)
    found = plan(Wanted(project))
    assert staying(found, "BEN") == {"": "not active"}
    assert staying(found, "ANA")[""].startswith("held in quarantine: address")
    assert set(going(found)) == {"BOX"}
    with pytest.raises(UsageError, match="they are BEN, BOX"):
        plan(Wanted(project, to=("EVE",)))
    with pytest.raises(UsageError, match="--to"):
        plan(Wanted(project, again="because"))
    people(project, BEN.replace("AUDIT-1/R1", "AUDIT-1/R1 AUDIT-1/R2"))
    manifest = project / "reports/second/manifest.json"
    manifest.write_text(manifest.read_text().replace('"id": "AUDIT-1/R2"', '"id": "AUDIT-1/R9"'))
    assert staying(planned(project), "BEN") == {"AUDIT-1/R2": "not in edition second"}


def test_the_plan_is_the_same_every_time(project: Path) -> None:
    """Ids come from what is sent and why, not from a clock or by chance."""
    assert planned(project) == planned(project)
    ids = {one.id for name in ("first", "second") for one in planned(project, name).packages}
    assert len(ids) == 6


def test_wrong_use_is_a_sentence(project: Path) -> None:
    """An edition that is not there, and one of an earlier engine."""
    with pytest.raises(UsageError, match="the editions are first, second"):
        planned(project, "third")
    manifest = project / "reports/second/manifest.json"
    manifest.write_text(manifest.read_text().replace('"documents"', '"papers"'))
    with pytest.raises(ProjectError, match="earlier engine"):
        planned(project)


def test_a_file_that_was_altered_since_is_not_sent(project: Path) -> None:
    """What goes out is what was published."""
    edition = planned(project).edition
    document = edition.documents[1]
    path = edition.folder / document.path
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(ProjectError, match=r"items/AUDIT-1_R1.html is not the file that was published"):
        edition.content(document)
    path.unlink()
    with pytest.raises(ProjectError, match="cannot be read"):
        edition.content(document)


def test_the_clock_is_the_caller_s(project: Path) -> None:
    """Nothing here looks at the time."""
    clock = Clock()
    note(project, planned(project), "delivered", "BEN", at=clock() + timedelta(days=400))
    assert staying(planned(project), "BEN")["AUDIT-1/R1"] == "has it since 2025-04-05"
    assert ledger(project)[0].last.at.year == 2025


def test_a_person_may_say_that_a_mail_has_arrived(project: Path) -> None:
    """The ledger gets a line more, with how that is known; the document is not sent to them again."""
    note(project, planned(project), "possibly delivered")
    (before,) = ledger(project)
    (one,) = arrived(find_project(project), [before.last.message_id, before.last.delivery_id], "seen", Clock())
    assert (one.state, one.last.answer) == ("delivered", "arrived, by the word of a person: seen")
    assert past(project / ".scaudit")[: len(before.lines)] == before.lines
    assert set(staying(planned(project), "ANA").values()) == {"has it since 2024-03-01"}


def test_a_mail_that_was_going_out_when_its_run_was_killed_may_have_arrived(project: Path) -> None:
    """It becomes a doubtful one first, as with the next distribution."""
    note(project, planned(project), "sending")
    (before,) = ledger(project)
    (one,) = arrived(find_project(project), [before.last.message_id.strip("<>")], "seen", Clock())
    assert one.state == "delivered"


@pytest.mark.parametrize("outcome", ["delivered", "failed for now", "given up"])
def test_nothing_else_can_be_told_to_have_arrived(project: Path, outcome: str) -> None:
    """A fact is not overwritten by a word; and nothing is written where one of several names is wrong."""
    note(project, planned(project), "possibly delivered")
    note(project, planned(project), outcome, "BEN")
    sure, other = (one.last.delivery_id for one in ledger(project))
    for name in (other, "nothing"):
        with pytest.raises(UsageError, match=f"is {outcome}|no delivery 'nothing'"):
            arrived(find_project(project), [sure, name], "seen", Clock())
    assert [one.state for one in ledger(project)] == ["possibly delivered", outcome]


def test_how_an_arrival_is_known_must_be_said(project: Path) -> None:
    """The verb takes both or neither, and shows what it wrote."""
    note(project, planned(project), "possibly delivered")
    (one,) = ledger(project)
    told = ["--arrived", one.last.delivery_id]
    for words in (told, ["--reason", "seen"], [*told, "--reason", "seen", "--to", "ANA"]):
        done = CliRunner().invoke(app, ["deliveries", *words, "--project", str(project)])
        assert getattr(done.exception, "exit_code", None) == 2
    done = CliRunner().invoke(
        app, ["deliveries", *told, "--reason", " in the  log", "--json", "--project", str(project)]
    )
    (shown,) = json.loads(done.output)["deliveries"]
    assert (shown["outcome"], shown["answer"]) == ("delivered", "arrived, by the word of a person: in the log")
