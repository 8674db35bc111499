"""Replaying: a past run gives the same again, whatever has become of the project since; or it says what differs."""

import hashlib
import json
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scaudit import making
from scaudit.audit import audit
from scaudit.cli import app
from scaudit.errors import ProjectError, UsageError
from scaudit.ledger import past_run, past_runs
from scaudit.order import Order
from scaudit.replaying import Replay, replay
from scaudit.rules import RULESETS
from scaudit.store import copy_of
from scaudit.warehouse import connect

DAY = date(2024, 1, 31)
EDITION = "2024-01-31"
NEW_RECORD = (
    "E9,PARENTS-1/A.a,AUDIT-FOLLOW-UP,page 11,AUDIT,supports,inspection,observation,true,2022-10-01,2023-05-31,,"
    "No child waited longer than ten minutes.,invented\n"
)


def clock() -> datetime:
    return datetime(2024, 2, 1, 9, 30)  # noqa: DTZ001 (the ledger keeps UTC without a zone)


def run(project: Path, run_id: str, **wanted: object) -> None:
    order = {"root": project, "as_of": DAY, "known_on": DAY, "run_id": run_id, "with_pdf": False, **wanted}
    audit(Order(**order), clock)  # type: ignore[arg-type]


def again(project: Path, run_id: str = "first", name: str = "again") -> Replay:
    return replay(project, run_id, name, clock)


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def go_on(project: Path) -> None:
    """New evidence, a row that is gone, other settings, and an edition of that under the same name."""
    evidence = project / "inputs" / "evidence.csv"
    kept = [line for line in evidence.read_text().splitlines() if not line.startswith("E3,")]
    evidence.write_text("\n".join(kept) + "\n" + NEW_RECORD)
    edit(project / "scaudit.toml", "2019-01-01", "2022-06-01")
    run(project, "second")


@pytest.fixture
def project(audited_starter: Path, tmp_path: Path) -> Path:
    """A scaffolded project with one run behind it, named `first`, without PDFs; for one test."""
    return Path(shutil.copytree(audited_starter, tmp_path / "audit"))


def call(project: Path, *words: str):  # the result type is typer's own
    return CliRunner().invoke(app, ["audit", "--project", str(project), *words], catch_exceptions=False)


# --- the same again ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def printed(printed_starter: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a run that made PDFs, and `before` beside it: what that published."""
    root = Path(shutil.copytree(printed_starter, tmp_path_factory.mktemp("gone_on") / "audit"))
    shutil.copytree(root / "reports" / EDITION, root.parent / "before")
    go_on(root)
    return root


def test_a_replay_gives_the_same_bytes_after_everything_has_changed(printed: Path) -> None:
    """JSON, PDFs and manifest, although evidence, settings and the edition of that name are others now."""
    found = again(printed, name="same")
    before = digests(printed.parent / "before")
    assert {"audit.json", *(f"items/AUDIT-1_R1.{form}" for form in ("pdf", "html", "json"))} <= set(before)
    assert digests(printed / "reports" / "replay-first") == before
    assert (found.differing, found.making, found.faithful, found.compared) == ((), (), True, len(before) - 1)
    assert found.words.endswith(f"all {len(before) - 1} files are the same to the byte.")


def test_another_template_changes_the_pdfs_alone_and_is_named(printed: Path, tmp_path: Path) -> None:
    """Templates are those of today: the JSON hangs on none of them."""
    project = Path(shutil.copytree(printed, tmp_path / "audit"))
    with (project / "reports" / "templates" / "card.css").open("a") as sheet:
        sheet.write("p { letter-spacing: 0.2pt }\n")
    found = again(project)
    assert found.differing
    assert all(name.endswith(".pdf") for name in found.differing)
    assert (found.making, found.faithful) == (("templates",), True)
    assert found.words.endswith("what differs in the making: templates.")


def test_another_style_of_pages_changes_the_pages_alone_and_is_named(project: Path) -> None:
    """HTML hangs on templates as PDFs do, also where no PDFs are made."""
    with (project / "reports" / "templates" / "web.css").open("a") as sheet:
        sheet.write("p { letter-spacing: 0.2pt }\n")
    found = again(project)
    assert found.differing
    assert all(name.endswith(".html") for name in found.differing)
    assert (found.making, found.faithful) == (("templates",), True)


def test_a_pdf_that_differs_for_no_known_reason_is_a_failure(printed: Path, tmp_path: Path) -> None:
    """Then the promise is broken, and somebody must look."""
    project = Path(shutil.copytree(printed, tmp_path / "audit"))
    rewrite(project, "files", lambda files: {**files, "overview.pdf": "0" * 64})
    done = call(project, "--run", "first")
    assert done.exit_code == 1
    assert "(overview.pdf); what differs in the making: nothing." in done.stdout


def rewrite(project: Path, column: str, change: object) -> None:
    """Forge what the ledger has of the first run, as if it had been another."""
    value = change(past_run(project / ".scaudit", "first")[column])  # type: ignore[operator]
    with connect(project / ".scaudit" / "ledger.duckdb") as con:
        con.execute(f"update runs set {column} = ? where run_id = 'first'", [json.dumps(value)])
        if column == "files":  # whose rows of their own go before what the run itself says
            con.execute("delete from run_files where run_id = 'first'")


# --- what it leaves alone ---------------------------------------------------------------------------------------


def test_results_and_editions_stay_and_a_second_replay_takes_the_place_of_the_first(project: Path) -> None:
    """A replay publishes a folder of its own and nothing else."""
    go_on(project)
    edition, results = digests(project / "reports" / EDITION), digests(project / ".scaudit")["results.duckdb"]
    again(project)
    (project / "reports" / "replay-first" / "left.txt").write_text("from the first replay")
    again(project, name="once-more")
    assert digests(project / "reports" / EDITION) == edition
    assert digests(project / ".scaudit")["results.duckdb"] == results
    assert not (project / "reports" / "replay-first" / "left.txt").exists()
    assert list((project / ".scaudit" / "runs").iterdir()) == []


def test_it_enters_the_ledger_as_a_replay_and_can_be_replayed_itself(project: Path) -> None:
    """With the days, the name and the digests of the run that it repeats. What it reads is not kept once more."""
    before = digests(project / ".scaudit" / "kept")
    again(project)
    assert digests(project / ".scaudit" / "kept") == before
    old, new = (past_run(project / ".scaudit", name) for name in ("first", "again"))
    assert (new["outcome"], new["replay_of"], old["replay_of"]) == ("done", "first", None)
    same = ("as_of", "known_on", "edition", "ruleset", "data_digest", "read", "loaded", "inputs", "kept", "files")
    assert {name: new[name] for name in same} == {name: old[name] for name in same}
    assert "same to the byte" in new["message"]
    shown = CliRunner().invoke(app, ["runs", "--project", str(project)], env={"COLUMNS": "200"}).stdout
    assert "replay of first" in shown
    assert again(project, "again", "of-a-replay").differing == ()


def test_what_somebody_else_has_under_its_name_is_not_replaced(project: Path) -> None:
    """A folder that is no edition stays, and nothing is run."""
    (project / "reports" / "replay-first").mkdir()
    (project / "reports" / "replay-first" / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="no edition of scaudit"):
        again(project)
    assert len(past_runs(project / ".scaudit")) == 1


def test_items_and_pdfs_are_those_that_were_asked_for(project: Path) -> None:
    """A run of one card is replayed as that, also where cards of the same make had stayed beside it."""
    run(project, "one-card", items=("AUDIT-1/R1",))
    assert len(list((project / "reports" / EDITION / "items").glob("*.json"))) == 3
    found = again(project, "one-card")
    assert found.differing == ()
    cards = (project / "reports" / "replay-one-card" / "items").iterdir()
    assert {path.name for path in cards} == {"AUDIT-1_R1.html", "AUDIT-1_R1.json"}


# --- the ruleset ------------------------------------------------------------------------------------------------


def own_ruleset(project: Path, folder: str, text: str) -> Path:
    """A ruleset of the project's own that changes one rung of the ladder."""
    home = project / "rulesets" / folder
    home.mkdir(parents=True)
    (home / "ruleset.toml").write_text(text)
    return home


def ladder(home: Path, new: str) -> None:
    text = (RULESETS / "ladder-1" / "ladder.csv").read_text()
    assert "policy,2,4" in text
    (home / "ladder.csv").write_text(text.replace("policy,2,4", f"policy,2,{new}"))


def rung(project: Path, edition: str) -> int:
    found = json.loads((project / "reports" / edition / "audit.json").read_text())
    (ask,) = (one for item in found["items"] for one in item["criteria"] if one["id"] == "AUDIT-1/R1.a")
    return int(ask["rung"]["verified"])


def test_a_run_is_replayed_with_the_ruleset_that_it_had(project: Path) -> None:
    """Its ruleset was edited since, but what it rested on is kept, with the base."""
    home = own_ruleset(project, "mild-1", 'id = "mild-1"\nbase = "ladder-1"\n')
    ladder(home, "2")
    settings = project / "scaudit.toml"
    settings.write_text('ruleset = "mild-1"\n' + settings.read_text())
    run(project, "strict", edition="strict")
    assert (rung(project, EDITION), rung(project, "strict")) == (4, 2)
    ladder(home, "3")
    run(project, "other", edition="other")
    assert rung(project, "other") == 3
    assert again(project, "strict").differing == ()
    assert rung(project, "replay-strict") == 2


def test_a_ruleset_of_the_project_takes_the_place_of_the_engine_s(project: Path) -> None:
    """An engine that ships another ladder-1 replays an old run with the old one: so it is when restored."""
    shutil.copytree(RULESETS / "ladder-1", project / "rulesets" / "ladder-1")
    ladder(project / "rulesets" / "ladder-1", "2")
    run(project, "own", edition="own")
    assert rung(project, "own") == 2
    assert again(project).differing == ()
    assert rung(project, "replay-first") == 4


# --- what cannot be done ----------------------------------------------------------------------------------------


def test_json_that_differs_is_a_failure_and_names_what_differs(project: Path) -> None:
    """Whatever the reason: data of old runs must come out the same."""
    rewrite(project, "files", lambda files: {**files, "audit.json": "0" * 64})
    rewrite(project, "made_of", lambda made: {**made, "engine": "0.0.9"})
    done = call(project, "--run", "first")
    assert done.exit_code == 1
    assert "files differ (audit.json); what differs in the making: engine 0.0.9 -> " in done.stdout


def test_a_damaged_store_is_one_sentence_and_a_failed_run(project: Path) -> None:
    """Nothing is published of it."""
    copy_of(project / ".scaudit", past_run(project / ".scaudit", "first")["kept"]["inputs/evidence.csv"]).write_text(
        "x"
    )
    with pytest.raises(ProjectError, match=r"The kept copy of inputs/evidence\.csv is damaged") as told:
        again(project)
    entry = past_run(project / ".scaudit", "again")
    assert (entry["outcome"], entry["replay_of"], entry["message"]) == ("failed", "first", str(told.value))
    assert not (project / "reports" / "replay-first").exists()
    assert list((project / ".scaudit" / "runs").iterdir()) == []


def test_an_unknown_run_gets_those_that_there_are(project: Path) -> None:
    """Wrong use is one sentence that helps."""
    with pytest.raises(UsageError, match=r"no run 'third'; 'scaudit runs' lists first\."):
        again(project, "third")


def test_a_run_without_inputs_says_why(project: Path) -> None:
    """An earlier engine kept nothing; a run that failed before it had read has nothing."""
    (project / "inputs" / "criteria.csv").rename(project / "criteria.csv")
    with pytest.raises(ProjectError):
        run(project, "unread")
    with pytest.raises(UsageError, match="unread has no kept inputs to replay: it failed before"):
        again(project, "unread")
    with connect(project / ".scaudit" / "ledger.duckdb") as con:
        con.execute("update runs set kept = null where run_id = 'first'")
    with pytest.raises(UsageError, match="first has no kept inputs to replay: an earlier engine"):
        again(project)


def test_a_run_that_failed_after_reading_can_be_replayed(project: Path) -> None:
    """It fails as it did then, and that is in the ledger too."""
    with pytest.raises(UsageError):
        run(project, "failed", items=("NO-SUCH",))
    with pytest.raises(UsageError, match="NO-SUCH"):
        again(project, "failed")
    entry = past_run(project / ".scaudit", "again")
    assert (entry["outcome"], entry["replay_of"], entry["files"]) == ("failed", "failed", {})


# --- the command line -------------------------------------------------------------------------------------------


def test_the_command_prints_one_line_or_the_json_of_any_audit(project: Path) -> None:
    """The line goes beside the JSON, so that a program reads the JSON alone."""
    done = call(project, "--run", "first")
    assert (done.exit_code, done.stdout.count("\n")) == (0, 1)
    assert done.stdout.startswith("Run first is replayed in reports/replay-first: all ")
    done = call(project, "--run", "first", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == json.loads((project / "reports" / "replay-first" / "audit.json").read_text())
    assert "same to the byte" in done.stderr
    assert call(project, "--run", "first", "-q").output == ""


@pytest.mark.parametrize(
    "words", [("AUDIT-1/R1",), ("--as-of", EDITION), ("--known-on", EDITION), ("--edition", "x"), ("--no-pdf",)]
)
def test_a_replay_takes_no_other_wishes(project: Path, words: tuple[str, ...]) -> None:
    """It is the run as it was, or it is none."""
    with pytest.raises(UsageError, match="--run repeats a run as it was asked for"):
        call(project, "--run", "first", *words)


# --- the making -------------------------------------------------------------------------------------------------


def test_what_differs_in_the_making_is_in_words() -> None:
    """Versions with both sides, digests by their name."""
    then = {"engine": "0.1", "code": "a", "templates": "b", "weasyprint": "70.0", "zlib": "1.3"}
    now = {"engine": "0.2", "code": "c", "templates": "b", "weasyprint": "71.0", "pango": "1.5"}
    assert making.differences(then, now) == [
        *("engine 0.1 -> 0.2", "the engine's code", "weasyprint 70.0 -> 71.0", "zlib 1.3 -> none", "pango none -> 1.5")
    ]
    assert making.differences(now, now) == []
