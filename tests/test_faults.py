"""Faults around a run: in each the last good results stay readable, the ledger tells the truth, the next run recovers."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import duckdb
import pytest

from scaudit import deliveries, editions
from scaudit.audit import audit, report
from scaudit.errors import ProjectError, UsageError
from scaudit.ledger import past_run, past_runs
from scaudit.order import Order
from scaudit.project import find_project
from scaudit.starting import scaffold
from scaudit.warehouse import connect, open_published

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tools"))
DAY = date(2024, 1, 31)
NOON = datetime(2024, 2, 1, 12)  # noqa: DTZ001 (the ledger keeps UTC without a zone)
DAMAGED = "results.duckdb.damaged"
GARBAGE = b"this is no database" * 1000


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scaffolded project with one edition, `e` as of DAY, made by the run `first`."""
    root = tmp_path_factory.mktemp("faults") / "audit"
    scaffold(root)
    run(root, "first")
    return root


@pytest.fixture
def project(published: Path, tmp_path: Path) -> Path:
    """A copy of that project."""
    return Path(shutil.copytree(published, tmp_path / "audit"))


def run(root: Path, name: str, later: int = 0, **wanted: Any) -> Any:
    day = DAY + timedelta(days=later)
    clock = wanted.pop("clock", lambda: NOON + timedelta(days=later))
    fresh = wanted.pop("fresh", False)
    return audit(Order(root, day, day, name, "e", with_pdf=False, fresh=fresh), clock, **wanted)


def day_of(project: Path) -> tuple[str, str]:
    """The as-of days of the published edition and of the published results."""
    with open_published(project / ".scaudit") as con:
        (day,) = con.execute("select as_of::varchar from run").fetchone() or ("",)
    return json.loads((project / "reports" / "e" / "audit.json").read_text())["as_of"], day


def ends(project: Path) -> dict[str, str]:
    """How each run of the ledger ended, the newest first."""
    return {one["run_id"]: one["outcome"] for one in past_runs(project / ".scaudit")}


def sound(project: Path, tmp_path: Path) -> None:
    """Nothing is torn, nothing is left of any run, and what is published is what the ledger says."""
    from drilling.remains import left, torn, untrue

    (tmp_path / "nothing").mkdir(exist_ok=True)
    assert [*torn(project), *left(project, tmp_path / "nothing"), *untrue(project)] == []


def audited(root: Path, name: str, later: int) -> None:
    """An audit, as the process of its own does it."""
    run(root, name, later)


def test_two_audits_at_once(project: Path, tmp_path: Path) -> None:
    """Both are done and both are in the ledger; edition and results are of one of them, whichever came last."""
    two = [get_context("spawn").Process(target=audited, args=(project, f"day-{later}", later)) for later in (1, 2)]
    for one in two:
        one.start()
    for one in two:
        one.join(120)
    assert [one.exitcode for one in two] == [0, 0]
    assert ends(project) == {"first": "done", "day-1": "done", "day-2": "done"}
    edition, results = day_of(project)
    assert edition == results
    assert edition in ("2024-02-01", "2024-02-02")
    sound(project, tmp_path)


def test_an_audit_during_a_report(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is rendered from earlier results is not put over an edition and results that are newer."""
    write = editions.write

    def overtaken(*given: Any) -> Any:
        monkeypatch.undo()
        done = write(*given)
        run(project, "meanwhile", 1)
        return done

    order = Order(project, DAY, DAY, "again", with_pdf=False)
    monkeypatch.setattr(editions, "write", overtaken)
    with pytest.raises(ProjectError, match="An audit has published while this was made; run again"):
        report(order)
    assert day_of(project) == ("2024-02-01", "2024-02-01")
    report(order)
    sound(project, tmp_path)


def test_a_full_disk(tmp_path: Path) -> None:
    """Wherever it fills up, there is one sentence; with room again, the next run completes. On a disk of its own."""
    script = [sys.executable, str(HERE / "full_disk.py"), str(tmp_path)]
    for namespace in (["unshare", "-m"], ["unshare", "-rm"], []):
        env = {**os.environ, "PYTHONPATH": str(HERE.parent / "src"), "WITH_MOUNT": str(len(namespace))}
        done = subprocess.run([*namespace, *script], env=env, capture_output=True, text=True, check=False)
        if done.stdout:  # else no disk may be made here, in this way
            break
    found = json.loads(done.stdout)
    assert len(found["told"]) >= 2
    for sentence in found["told"]:
        assert "\n" not in sentence
        assert any(why in sentence for why in ("No space left on device", "File too large")), sentence
    assert found["readable"] == [["2024-01-31", "2024-01-31"]] * len(found["told"])
    assert found["after"] == ["2024-02-05", "2024-02-05"]
    assert set(found["ends"]) == {"first", "last", *found["failed"]}
    assert {found["ends"][name] for name in found["failed"]} <= {"failed", "killed"}
    assert (found["ends"]["last"], found["left"]) == ("done", [])


def without_override(root: Path, name: str, pipe: Any) -> None:
    """An audit by an account that has only the rights that folders give: also where the tests are root's."""
    libc = ctypes.CDLL(None, use_errno=True)
    header, none = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert libc.capset(header, none) == 0
    try:
        run(root, name, 1)
    except ProjectError as error:
        pipe.send(str(error))
    else:
        pipe.send("done")


def in_a_process(root: Path, name: str) -> str:
    here, there = get_context("spawn").Pipe()
    child = get_context("spawn").Process(target=without_override, args=(root, name, there))
    child.start()
    child.join(120)
    return str(here.recv())


@pytest.mark.skipif(sys.platform != "linux", reason="rights are taken away by a call of Linux")
def test_a_read_only_reports_folder(project: Path, tmp_path: Path) -> None:
    """It is told before the work, and the next run finds it mended."""
    (project / "reports").chmod(0o555)
    told = in_a_process(project, "refused")
    assert told == f"{project / 'reports'} cannot be written; give this account the right. Nothing was published."
    assert day_of(project) == ("2024-01-31", "2024-01-31")
    (project / "reports").chmod(0o755)
    assert in_a_process(project, "next") == "done"
    assert ends(project) == {"next": "done", "refused": "failed", "first": "done"}
    assert day_of(project) == ("2024-02-01", "2024-02-01")
    sound(project, tmp_path)


def test_damaged_results_and_a_damaged_ledger(project: Path, tmp_path: Path) -> None:
    """Both are set aside, neither is lost, and the line of the run that found it says so; a clock set back too."""
    state = project / ".scaudit"
    damaged = (state / "ledger.duckdb").read_bytes()[:5000]
    (state / "results.duckdb").write_bytes(GARBAGE)
    (state / "ledger.duckdb").write_bytes(damaged)
    times = iter([NOON, NOON, NOON - timedelta(hours=2), NOON - timedelta(hours=2)])
    found = run(project, "next", 1, clock=lambda: next(times))
    assert ends(project) == {"next": "done"}
    entry = past_run(state, "next")
    assert entry["message"] == " ".join(found.notes)
    assert found.notes == (
        "The ledger was damaged and lies in ledger.duckdb.damaged; this one begins anew.",
        f"The results published before were damaged and lie in {DAMAGED}; what vanished since them is not known.",
        "The clock was set back: 2024-02-01 12:00:00 UTC had been before this run ended.",
    )
    assert (state / "results.duckdb.damaged").read_bytes() == GARBAGE
    assert (state / "ledger.duckdb.damaged").read_bytes() == damaged
    # nobody knows whether `e` has gone out, so it stays as it is
    assert day_of(project) == ("2024-01-31", "2024-02-01")
    assert found.results.run["edition"] == "e.2"
    sound(project, tmp_path)


def test_results_that_are_damaged_inside(project: Path) -> None:
    """They open, and what is in them cannot be read: found when it is read, and the run begins again without them."""
    path = project / ".scaudit" / "results.duckdb"
    content = path.read_bytes()
    assert content.count(b"inputs/evidence.csv") > 0
    path.write_bytes(content.replace(b"inputs/evidence.csv", b"inputs/evidenco.csv"))
    with pytest.raises((duckdb.Error, ProjectError)), open_published(path.parent) as con:
        con.execute("select sum(hash(t)) from raw.evidence as t").fetchall()
    found = run(project, "next", 1)
    assert [note[:40] for note in found.notes] == ["The results published before were damaged"[:40]]
    assert day_of(project) == ("2024-02-01", "2024-02-01")


def test_a_ledger_that_is_only_denied_is_not_set_aside(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no damage is left to a person, and nothing runs."""

    def denied(path: Path, **_: Any) -> duckdb.DuckDBPyConnection:
        raise duckdb.IOException(f'IO Error: Cannot open file "{path}": Permission denied')

    monkeypatch.setattr("scaudit.warehouse.connect", denied)
    with pytest.raises(ProjectError, match="see who may read it"):
        run(project, "refused", 1)
    monkeypatch.undo()
    assert ends(project) == {"first": "done"}


def test_editions_that_may_have_gone_out_are_not_sent_again_by_themselves(project: Path) -> None:
    """Where documents go out, a lost ledger makes every edition one that somebody may have."""
    from scaudit.distributing import Wanted, plan
    from scaudit.mending import set_right

    (project / ".scaudit" / "ledger.duckdb").write_bytes(GARBAGE)
    set_right(find_project(project), NOON)
    assert deliveries.editions(project / ".scaudit") == {"e"}
    with pytest.raises(UsageError, match="may have gone out"):
        plan(Wanted(project, "e"))


def test_a_clock_that_was_set_back_does_not_make_an_old_run_the_last(project: Path) -> None:
    """The ledger is in the order in which it was written, whatever the clock said."""
    with connect(project / ".scaudit" / "ledger.duckdb") as con:
        con.execute("create temp table later as select * replace ('later' as run_id) from runs")
        con.execute("update later set started_at = '1999-01-01', ended_at = '1999-01-01'")
        con.execute("insert into runs select * from later")
    assert list(ends(project)) == ["later", "first"]


def replaced(path: Path, row: str) -> Callable[[str], None]:
    """A progress that has a file replaced in the moment in which it is read."""

    def meanwhile(phrase: str) -> None:
        if phrase == f"reading inputs/{path.name}":
            new = path.with_name("new")
            new.write_text(path.read_text() + row)
            new.replace(path)

    return meanwhile


def test_an_input_that_is_replaced_while_it_is_read(project: Path, tmp_path: Path) -> None:
    """Digests before and after do not agree; the next run reads the new file."""
    path = project / "inputs" / "bodies.csv"
    with pytest.raises(ProjectError, match=r"inputs/bodies\.csv changed while it was read; run again"):
        run(project, "torn", 1, fresh=True, progress=replaced(path, "NEW,A new body,agency,,false\n"))
    assert day_of(project) == ("2024-01-31", "2024-01-31")
    run(project, "next", 1)
    assert ends(project) == {"next": "done", "torn": "failed", "first": "done"}
    assert day_of(project) == ("2024-02-01", "2024-02-01")
    sound(project, tmp_path)


def test_a_file_of_records_that_is_replaced_while_it_is_counted(tmp_path: Path) -> None:
    """Such files are too large to take their digest twice; what the disk says of them must not change."""
    from numbers_project import measuring_project, write_visits
    from scaudit.keeping import stayed
    from scaudit.records import marks_of_files

    root = measuring_project(tmp_path / "audit")
    write_visits(root)
    before = marks_of_files(find_project(root))
    (name,) = before
    stayed(before, marks_of_files(find_project(root)))
    new = root / "new"
    shutil.copy2(root / name, new)
    new.replace(root / name)
    with pytest.raises(ProjectError, match=f"{name} changed while it was read"):
        stayed(before, marks_of_files(find_project(root)))


@pytest.mark.parametrize("after", ["note", "publish"])
def test_a_run_whose_line_the_ledger_did_not_take(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    """Its note stays, and the next run writes the line; a disk that is full says so."""
    from scaudit import killed
    from scaudit.mending import set_right

    def refused(*_: Any) -> None:
        raise ProjectError("the ledger cannot be written")

    monkeypatch.setattr(killed, "record", refused)
    if after == "note":
        (project / "inputs" / "evidence.csv").unlink()
    with pytest.raises(ProjectError, match="the ledger cannot be written"):
        run(project, "untold", 1)
    monkeypatch.undo()
    assert ends(project) == {"first": "done"}
    found = set_right(find_project(project), NOON)
    assert [one.run_id for one in found.killed] == ["untold"]
    entry = past_run(project / ".scaudit", "untold")
    assert (entry["outcome"], bool(entry["files"])) == (("failed", False) if after == "note" else ("done", True))
    assert set_right(find_project(project), NOON).killed == ()
    sound(project, tmp_path)


def test_of_runs_killed_after_publishing_the_ledger_knows_who_was_last(project: Path) -> None:
    """Whatever their names, and whenever they are found: in the order in which they published, with its time."""
    from scaudit.killed import note
    from scaudit.ledger import LedgerEntry
    from scaudit.mending import set_right

    for name, hour in (("a", 11), ("b", 10), ("never", None)):
        folder = project / ".scaudit" / "runs" / name
        folder.mkdir(parents=True)
        note(folder, LedgerEntry(name, NOON, NOON, "killed", DAY, DAY, "e", "ladder-1", files={"audit.json": "digest"}))
        if hour is not None:
            (folder / "published.json").write_text("{}")
            moment = NOON.replace(hour=hour, tzinfo=UTC).timestamp()
            os.utime(folder / "published.json", (moment, moment))
    later = NOON + timedelta(hours=1)
    found = set_right(find_project(project), later).killed
    assert [(one.run_id, one.ended_at.hour, bool(one.files)) for one in found] == [
        ("b", 10, True),
        ("a", 11, True),
        ("never", later.hour, False),
    ]
    assert list(ends(project)) == ["never", "a", "b", "first"]


@pytest.fixture(params=["drop table layout", "update layout set digest = 'another'"])
def old_ledger(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A ledger of an engine that knew two outcomes, and no layouts; or another layout."""
    from scaudit.ledger import LedgerEntry, record

    record(tmp_path, LedgerEntry("b", NOON, NOON, "done", DAY, DAY, "e", "ladder-1"))
    files = json.dumps({"kept.json": "0f"})
    with connect(tmp_path / "ledger.duckdb") as con:
        ddl = con.execute("select sql from duckdb_tables() where table_name = 'runs'").fetchall()[0][0]
        narrow = ddl.replace(
            "outcome VARCHAR NOT NULL", "outcome VARCHAR NOT NULL check (outcome in ('done', 'failed'))"
        )
        assert narrow != ddl
        con.execute("create temp table kept as select * from runs; drop table runs")
        con.execute(request.param)
        con.execute(narrow)
        con.execute("insert into runs select * from kept")
        con.execute("insert into runs select * replace ('a' as run_id, $1 as files) from kept", [files])
        con.execute("drop table run_files")
    return tmp_path


def test_an_older_ledger_learns_of_killed_runs(old_ledger: Path) -> None:
    """Its lines and their order stay, and what they say of files, which it kept otherwise."""
    from scaudit.ledger import LedgerEntry, last_of_edition, past_run, record

    published = {"items/B.json": "0a", "items/A.json": "0b"}
    assert (last_of_edition(old_ledger, "e") or {})["files"] == {"kept.json": "0f"}
    record(old_ledger, LedgerEntry("c", NOON, NOON, "killed", DAY, DAY, "e", "ladder-1"))
    record(old_ledger, LedgerEntry("d", NOON, NOON, "done", DAY, DAY, "e", "ladder-1", files=published))
    assert [(one["run_id"], one["outcome"], [*one["files"].items()]) for one in past_runs(old_ledger)] == [
        ("d", "done", [("items/B.json", "0a"), ("items/A.json", "0b")]),
        ("c", "killed", []),
        ("a", "done", [("kept.json", "0f")]),
        ("b", "done", []),
    ]
    assert (last_of_edition(old_ledger, "e") or {})["files"] == past_run(old_ledger, "d")["files"] == published
    assert not any("files" in one for one in past_runs(old_ledger, files=False))
