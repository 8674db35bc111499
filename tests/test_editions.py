"""Editions: what their manifest lists, what their substance is, and that one that was distributed stays as it is."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from conftest import SETTINGS, TABLES, examined
from scaudit import deliveries, editions
from scaudit.audit import audit, examine, report
from scaudit.audited import Outcome
from scaudit.cli import app
from scaudit.errors import ProjectError, UsageError
from scaudit.ledger import past_runs
from scaudit.order import Order
from scaudit.project import find_project
from scaudit.replaying import replay
from scaudit.results import Results
from scaudit.scorecard.card_json import card_json
from scaudit.scorecard.documents import card_row, overview_row
from scaudit.scorecard.edition import marks
from scaudit.scorecard.substance import substance
from scaudit.slug import slug
from scorecard_factory import TEMPLATES, some_results

REPOSITORY = Path(__file__).resolve().parents[1]
DAY = date(2023, 6, 30)
NAME = DAY.isoformat()
ITEMS = ("FSA/R1", "COOKS/I")


def clock() -> datetime:
    return datetime(2023, 7, 1, 9, 30)  # noqa: DTZ001 (the ledger keeps UTC without a zone)


def made(root: Path) -> Path:
    """The small invented project of conftest, with templates."""
    (root / "inputs").mkdir(parents=True)
    (root / "reports").mkdir()
    (root / "scaudit.toml").write_text(SETTINGS, encoding="utf-8")
    (root / "schemas").symlink_to(REPOSITORY / "schemas", target_is_directory=True)
    (root / "reports/templates").symlink_to(TEMPLATES, target_is_directory=True)
    for table, text in TABLES.items():
        (root / "inputs" / f"{table}.csv").write_text(text, encoding="utf-8")
    return root


def run(root: Path, **wanted: Any) -> Outcome:
    run_id = f"run-{len(past_runs(root / '.scaudit'))}"
    return audit(
        Order(**{"root": root, "as_of": DAY, "known_on": DAY, "run_id": run_id, "with_pdf": False, **wanted}), clock
    )


def distribute(root: Path, edition: str, outcome: deliveries.Outcome = "delivered") -> None:
    """What the ledger keeps of one document of an edition that was sent."""
    line = deliveries.Line(
        delivery_id=f"{edition}-{outcome}",
        stakeholder_id="DESK",
        edition=edition,
        document_id="overview",
        digest="0" * 64,
        substance="0" * 64,
        channel="email",
        address="desk@example.org",
        reason="new",
        why="never sent before",
        attempt=1,
        outcome=outcome,
        at=clock(),
    )
    deliveries.record(root / ".scaudit", [line])


def bytes_of(root: Path, edition: str) -> dict[str, bytes]:
    folder = root / "reports" / edition
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def names(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "reports").iterdir() if path.name != "templates")


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one edition, without PDFs."""
    root = made(tmp_path_factory.mktemp("editions") / "project")
    run(root)
    return root


@pytest.fixture
def project(audited: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(audited, tmp_path / "project", symlinks=True))


# --- the manifest -----------------------------------------------------------------------------------------------


def test_the_manifest_lists_every_document_with_files_status_and_substance(audited: Path) -> None:
    """The overview, then the items in order; every file is there, and statuses are those of audit.json."""
    folder = audited / "reports" / NAME
    manifest = editions.manifest(folder)
    assert (manifest["edition"], manifest["as_of"], manifest["known_on"]) == (NAME, NAME, NAME)
    overview, *cards = manifest["documents"]
    assert (overview["id"], overview["status"]) == ("overview", {})
    assert overview["files"] == {"html": "overview.html", "json": "audit.json"}
    told = json.loads((folder / "audit.json").read_text())["items"]
    assert [(one["id"], one["title"], one["status"]) for one in cards] == [
        (item["id"], item["title"], item["status"]) for item in told
    ]
    assert [one["files"] for one in cards] == [
        {form: f"items/{slug(item)}.{form}" for form in ("html", "json")} for item in ITEMS
    ]
    listed = {one["path"]: one["sha256"] for one in manifest["files"]}
    for document in manifest["documents"]:
        for path in document["files"].values():
            assert hashlib.sha256((folder / path).read_bytes()).hexdigest() == listed[path]
    assert all(len(one["substance"]) == 64 for one in manifest["documents"])
    assert len({one["substance"] for one in manifest["documents"]}) == 3


def test_documents_have_the_forms_that_were_made() -> None:
    """A PDF where there is one."""
    results = some_results()
    paths = [
        "overview.pdf",
        "audit.json",
        "items/SYN-1_R1.pdf",
        "items/SYN-1_R1.json",
        "items/PLEA_II.json",
        "questions.csv",
    ]
    rows = [
        overview_row(paths, "0" * 64),
        *(card_row(results, item, paths, "1" * 64) for item in ("SYN-1/R1", "PLEA/II")),
    ]
    assert [(one["id"], one["files"]) for one in rows] == [
        ("overview", {"pdf": "overview.pdf", "json": "audit.json"}),
        ("SYN-1/R1", {"pdf": "items/SYN-1_R1.pdf", "json": "items/SYN-1_R1.json"}),
        ("PLEA/II", {"json": "items/PLEA_II.json"}),
    ]
    assert rows[1]["status"] == {"verified": "under_way", "claimed": "partly_verified"}


def test_the_substance_that_is_listed_is_the_one_that_documents_tell(audited: Path) -> None:
    """In the manifest as in the marks."""
    results, _ = examine(Order(audited, DAY, DAY, "look-at-substance"))
    for one in editions.manifest(audited / "reports" / NAME)["documents"]:
        assert one["substance"] == marks(results, (), "" if one["id"] == "overview" else one["id"]).substance


def test_a_part_of_an_edition_lists_what_is_there(project: Path) -> None:
    """Cards that stay from before stay listed; beside an edition that was distributed stands one of that card alone."""
    run(project, items=("FSA/R1",))
    assert [one["id"] for one in editions.manifest(project / "reports" / NAME)["documents"]] == ["overview", *ITEMS]
    before = bytes_of(project, NAME)
    distribute(project, NAME)
    run(project, items=("COOKS/I",))
    found = editions.manifest(project / f"reports/{NAME}.2")["documents"]
    assert [one["id"] for one in found] == ["overview", "COOKS/I"]
    assert bytes_of(project, NAME) == before


def test_what_is_no_edition_has_no_manifest(project: Path) -> None:
    """A folder of something else, a broken file, no folder."""
    (project / "reports/mine").mkdir()
    for text in (None, "{", "[]", '{"schema": "other"}'):
        if text is not None:
            (project / "reports/mine/manifest.json").write_text(text)
        assert editions.manifest(project / "reports/mine") == {}
    assert editions.manifest(project / "reports/none") == {}


# --- the substance ----------------------------------------------------------------------------------------------


def looked_at(root: Path, as_of: date, known_on: date | None = None) -> Results:
    results, _ = examine(Order(root, as_of, known_on or as_of, f"look-{as_of}-{known_on}"))
    return results


def substances(results: Results) -> dict[str, str]:
    return {item["item_id"]: substance(results, item["item_id"]) for item in results.items} | {"": substance(results)}


def test_a_day_that_brings_nothing_changes_no_substance() -> None:
    """The real record on a named day and the day after it: neither as-of nor known-on is news.

    The trajectory does move, since the named day comes into the past.
    """
    former, latter = (examined(day, day)[0] for day in (date(2014, 11, 20), date(2014, 11, 21)))
    assert substances(former) == substances(latter)
    assert former.points != latter.points
    assert former.run["as_of"] != latter.run["as_of"]


def test_the_calendar_alone_changes_substance_with_the_status_and_not_without(tmp_path: Path) -> None:
    """From day to day: where an item and its asks stand, or what is known of it, changes it; nothing else does."""
    root = made(tmp_path / "project")
    days = [date(2021, 12, 31) + timedelta(days) for days in (-1, 0, 41, 42)]
    seen = [looked_at(root, day) for day in days]
    changed = set()
    for former, latter in pairwise(seen):
        for item_id in ITEMS:
            before, after = (_stands(results, item_id) for results in (former, latter))
            assert (substance(former, item_id) != substance(latter, item_id)) is (before != after)
            changed.add((item_id, before != after))
    assert changed == {("FSA/R1", True), ("FSA/R1", False), ("COOKS/I", True), ("COOKS/I", False)}


def _stands(results: Results, item_id: str) -> object:
    """Where an item stands, and what is known of it: read here once more, from the results."""
    item = results.item(item_id)
    criteria = [*results.asks(item_id), *results.item_claims(item_id)]
    return (
        item["not_yet_asked"],
        [(results.status(item_id, reading)["status"], sorted(results.status(item_id, reading)["flags"])) for reading in ("verified", "claimed")],
        [
            (rung["rung"], rung["stale"], sorted(rung["flags"]))
            for ask in results.asks(item_id)
            for rung in (results.rung(ask["criterion_id"], reading) for reading in ("verified", "claimed"))
        ],
        [(row["closed"], results.standings.get(row["criterion_id"])) for row in criteria],
        [(row["evidence_id"], row["disposition"], row["reason"], row["claimed_grade"]) for row in results.item_records(item_id)],
        [row for row in results.dispositions if row["item_id"] == item_id],
    )  # fmt: skip


def edited(root: Path, table: str, old: str, new: str) -> None:
    path = root / "inputs" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("AUDIT,supports,inspection", "AUDIT,contradicts,inspection"),
        ("E5,FSA/R1.b,OFFICE-ORDER", "E5,FSA/R1.b,NOWHERE"),
    ],
    ids=["a status", "a held row"],
)
def test_a_change_in_the_inputs_is_news_of_its_item_and_of_the_overview(
    audited: Path, tmp_path: Path, old: str, new: str
) -> None:
    """A record that says otherwise, or goes to quarantine; the other item's card says what it said."""
    root = made(tmp_path / "project")
    edited(root, "evidence", old, new)
    before = {one["id"]: one["substance"] for one in editions.manifest(audited / "reports" / NAME)["documents"]}
    after = substances(looked_at(root, DAY))
    assert after["FSA/R1"] != before["FSA/R1"]
    assert after["COOKS/I"] == before["COOKS/I"]
    assert after[""] != before["overview"]


def altered(results: Results, table: str, change: dict[str, Any], **which: str) -> Results:
    """The same results with one row altered: the first that has the values of `which`."""
    rows = list(getattr(results, table))
    place = next(place for place, row in enumerate(rows) if which.items() <= row.items())
    rows[place] = {**rows[place], **change}
    return replace(results, **{table: tuple(rows)})


MINE = "SYN-1/R1"
SOME = some_results()
REPLY = {
    "reply_id": "R",
    "item_id": MINE,
    "body_id": "BUREAU",
    "replied_on": date(2019, 1, 1),
    "replied_on_text": "2019",
    "words": "We disagree.",
    "source_id": "REPORT",
    "locator": None,
}
HELD = {
    "table_name": "evidence",
    "file": "f.csv",
    "sheet": None,
    "row": 9,
    "key": "S1",
    "column": None,
    "value": None,
    "rule": "E202",
    "reason": f"the table criteria has no {MINE}.q",
}
CHANGES = {
    "a finding": (altered(SOME, "records", {"finding": "Another."}, criterion_id=f"{MINE}.a"), False),
    "a grade": (altered(SOME, "records", {"grade": 1, "claimed_grade": 1}, criterion_id=f"{MINE}.a"), False),
    "a use": (altered(SOME, "records", {"disposition": "replaced"}, criterion_id=f"{MINE}.a"), True),
    "a rung": (altered(SOME, "rungs", {"rung": 6}, criterion_id=f"{MINE}.a", reading="verified"), True),
    "a status": (altered(SOME, "item_status", {"status": "verified"}, item_id=MINE, reading="claimed"), True),
    "a flag": (altered(SOME, "item_status", {"flags": []}, item_id=MINE, reading="verified"), True),
    "a title": (altered(SOME, "items", {"title": "Another"}, item_id=MINE), True),
    "an ask": (altered(SOME, "criteria", {"ask": "Another."}, item_id=MINE), True),
    "a word on its standing": (altered(SOME, "dispositions", {"words": "Closed."}, item_id=MINE), False),
    "a reply": (replace(SOME, replies=(REPLY,)), False),
    "a later reply": (replace(SOME, replies=({**REPLY, "replied_on": date(2020, 1, 1)},)), False),
    "a held row": (replace(SOME, quarantine=(*SOME.quarantine, HELD)), True),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_said_of_an_item_changes_its_substance_alone(change: str) -> None:
    """A record, a status, a reply, a row in quarantine: that card says something else, no other does.

    The overview does where it shows that.
    """
    results, in_overview = CHANGES[change]
    before, after = substances(SOME), substances(results)
    assert {key for key in before if key and before[key] != after[key]} == {MINE}
    assert (after[""] != before[""]) is in_overview


def test_what_follows_from_all_else_is_no_substance() -> None:
    """The same record, read on another day: its trajectory and what would move it may differ without being news."""
    results = SOME
    said = card_json(results, MINE)
    assert said["trajectory"]
    assert said["criteria"][1]["would_raise"]
    other = some_results(
        points=(), raises=(), lowers=(), left_out=(), conflicts=(), choices=(), shifts=(), status_shifts=()
    )
    assert substances(other) == substances(results)


# --- an edition that was distributed ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "distributed", "free"),
    [
        ("E", set(), "E"),
        ("E", {"F", "E.2"}, "E"),
        ("E", {"E"}, "E.2"),
        ("E", {"E", "E.3"}, "E.2"),
        ("E", {"E", "E.2", "E.3"}, "E.4"),
        ("E.2", {"E", "E.2"}, "E.2.2"),
    ],
)
def test_the_free_name(small_project: Path, name: str, distributed: set[str], free: str) -> None:
    """The name itself, or the first with a number that nobody was sent."""
    assert editions.free_name(find_project(small_project), name, distributed) == free


@pytest.mark.parametrize("name", ["../x", "templates", "a..b", "x" * 81])
def test_a_free_name_is_a_name(small_project: Path, name: str) -> None:
    """What is no name for an edition stays none; nor does a number make one that is too long."""
    with pytest.raises(UsageError, match="is no name for an edition"):
        editions.free_name(find_project(small_project), name, set())
    with pytest.raises(UsageError, match="is no name for an edition"):
        editions.free_name(find_project(small_project), "y" * 80, {"y" * 80})


def test_an_edition_that_was_distributed_is_never_overwritten(project: Path) -> None:
    """E.2 beside it, then E.3; one that nobody was sent is replaced as ever. Terminal, JSON and ledger say so."""
    words = ["audit", "--project", str(project), "--as-of", NAME, "--known-on", NAME, "--no-pdf"]
    before = bytes_of(project, NAME)
    distribute(project, NAME)
    edited(project, "evidence", "The order asks for", "The order wishes for")
    shown = CliRunner().invoke(app, words, catch_exceptions=False)
    assert f"Edition {NAME} was distributed and stays as it is; this one is {NAME}.2." in shown.stdout.splitlines()
    assert f"reports/{NAME}.2/" in shown.stdout
    assert editions.manifest(project / f"reports/{NAME}.2")["edition"] == f"{NAME}.2"
    assert b"wishes for" in bytes_of(project, f"{NAME}.2")["items/FSA_R1.json"]
    edited(project, "evidence", "The order wishes for", "The order begs for")
    assert run(project, run_id="second").results.run["edition"] == f"{NAME}.2", "nobody was sent E.2 yet"
    assert b"begs for" in bytes_of(project, f"{NAME}.2")["items/FSA_R1.json"]
    distribute(project, f"{NAME}.2", "possibly delivered")
    told = CliRunner().invoke(app, [*words, "--json"], catch_exceptions=False)
    assert told.stderr.splitlines() == [f"Edition {NAME} was distributed and stays as it is; this one is {NAME}.3."]
    assert json.loads(told.stdout)["edition"] == f"{NAME}.3"
    assert names(project) == [NAME, f"{NAME}.2", f"{NAME}.3"]
    assert bytes_of(project, NAME) == before
    assert [one["edition"] for one in past_runs(project / ".scaudit")][::-1] == [NAME, *[f"{NAME}.2"] * 2, f"{NAME}.3"]
    assert replay(project, "second", "again", clock).faithful
    assert bytes_of(project, "replay-second") == bytes_of(project, f"{NAME}.2"), "a replay keeps the name of its run"


def test_what_nobody_was_sent_is_replaced(small_project: Path) -> None:
    """A delivery that failed for good, or was only prepared, sent nothing."""
    project = find_project(small_project)
    for outcome in ("failed for good", "preparing"):
        distribute(small_project, NAME, outcome)
    assert editions.free_name(project, NAME, deliveries.editions(project.state)) == NAME
    distribute(small_project, NAME, "sending")
    assert editions.free_name(project, NAME, deliveries.editions(project.state)) == f"{NAME}.2"


def test_a_report_does_not_touch_it(project: Path) -> None:
    """It renders the last results under their own name, so it is refused in one sentence that says what to do."""
    before = bytes_of(project, NAME)
    distribute(project, NAME)
    with pytest.raises(
        UsageError, match=rf"{NAME} was distributed and stays; 'scaudit audit' publishes {NAME}.2 instead"
    ):
        report(Order(project, DAY, DAY, "again", with_pdf=False))
    assert bytes_of(project, NAME) == before


def test_an_edition_that_is_distributed_while_a_run_makes_it_anew_stays(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the choice of the name and the publishing somebody was sent it: the run fails, in one sentence."""
    before, real = bytes_of(project, NAME), editions.write

    def write(*args: Any) -> Any:
        distribute(project, NAME, "sending")
        return real(*args)

    monkeypatch.setattr("scaudit.editions.write", write)
    with pytest.raises(ProjectError, match=f"Edition {NAME} was distributed while this run was made; run again"):
        run(project, fresh=True)
    assert bytes_of(project, NAME) == before
    assert past_runs(project / ".scaudit")[0]["outcome"] == "failed"


def test_a_replay_that_was_distributed_stays_too(project: Path) -> None:
    """Its pages have the name of the edition of then; the folder beside it gets a number."""
    shutil.copytree(project / "reports" / NAME, project / "reports/replay-run-0")
    distribute(project, "replay-run-0")
    found = replay(project, "run-0", "again", clock)
    assert (found.edition, found.faithful) == ("replay-run-0.2", True)
    assert names(project) == [NAME, "replay-run-0", "replay-run-0.2"]
    assert bytes_of(project, "replay-run-0.2") == bytes_of(project, NAME)
