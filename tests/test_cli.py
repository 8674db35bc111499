"""The command line: what it prints, what it exits with, and that it takes wrong use as a sentence."""

import gc
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scaudit.cli import app, main
from scaudit.errors import ProjectError, UsageError
from scaudit.starting import scaffold

pytestmark = pytest.mark.usefixtures("scored_once")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scaffolded project with one audit behind it."""
    root = tmp_path_factory.mktemp("cli") / "audit"
    scaffold(root)
    assert call("audit", "--no-pdf", "--as-of", "2024-01-31", "--project", str(root)).exit_code == 0
    return root


def call(*words: str):  # the result type is typer's own
    return CliRunner().invoke(app, list(words), catch_exceptions=False)


def data(*words: str) -> dict:
    result = call(*words, "--json")
    assert result.exit_code == 0
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def told(project: Path) -> dict:
    """What an audit that publishes the edition `same` prints as JSON."""
    return data("audit", "--no-pdf", "--as-of", "2024-01-31", "--edition", "same", "--project", str(project))


def test_audit_json_has_the_fixed_shape(told: dict) -> None:
    """Other programs read it: names and types stay."""
    found = told
    assert found["schema"] == "scaudit/audit/1"
    assert list(found) == [
        *("schema", "edition", "as_of", "known_on", "ruleset", "data_digest", "read", "loaded", "quarantined"),
        *("items", "files"),
    ]
    item = found["items"][0]
    assert list(item) == ["id", "kind", "title", "status", "flags", "progress", "criteria", "claims"]
    assert list(item["criteria"][0]) == [
        *("id", "kind", "required", "rung", "flags", "binding_evidence", "would_raise", "would_lower", "evidence"),
    ]
    assert set(item["criteria"][0]["evidence"]) == {
        *("counted", "context", "held_back", "baseline", "aftermath", "not_yet", "replaced"),
    }


def test_audit_json_is_the_edition_s_json(project: Path, told: dict) -> None:
    """What a program reads from the terminal is what is published."""
    assert told == json.loads((project / "reports" / "same" / "audit.json").read_text())


def test_audit_shows_a_table_of_items(project: Path) -> None:
    """A person sees verified and claimed status beside each other."""
    shown = call("audit", "--no-pdf", "--as-of", "2024-01-31", "--project", str(project)).stdout
    assert "AUDIT-1/R1" in shown
    assert "Verified" in shown
    assert "rows read" in shown


def test_quiet_prints_nothing(project: Path) -> None:
    """For schedules and scripts."""
    assert call("audit", "--no-pdf", "-q", "--project", str(project)).stdout == ""


def test_explain_names_rules_records_and_moves(project: Path) -> None:
    """Why it stands there, what would raise it, what would lower it."""
    shown = call("explain", "AUDIT-1/R1.b", "--as-of", "2024-01-31", "--project", str(project)).stdout
    assert "Verified: 5" in shown
    assert "E2 (grade 5, direct verification" in shown
    assert "Would lower it:" in shown


def test_explain_takes_an_item_and_every_part_of_a_bare_id(project: Path) -> None:
    """A bare id means all kinds of the ask."""
    found = data("explain", "PARENTS-1/A", "--as-of", "2024-01-31", "--project", str(project))
    assert [row["id"] for row in found["criteria"]] == ["PARENTS-1/A.a", "PARENTS-1/A.claim-1"]
    found = data("explain", "PARENTS-1/A.claim", "--as-of", "2024-01-31", "--project", str(project))
    assert [row["id"] for row in found["criteria"]] == ["PARENTS-1/A.claim-1"]


def test_an_unknown_id_gets_what_comes_near(project: Path) -> None:
    """Wrong use is one sentence that helps."""
    with pytest.raises(UsageError, match=r"did you mean .*AUDIT-1/R1"):
        call("explain", "AUDIT-1/R9", "--as-of", "2024-01-31", "--project", str(project))


def test_check_counts_rows_and_is_strict_when_asked(project: Path) -> None:
    """Nothing held: exit 0; a row held: exit 1 with --strict only."""
    assert call("check", "--strict", "--project", str(project)).exit_code == 0
    path = project / "inputs" / "evidence.csv"
    good = path.read_text()
    path.write_text(good + "E9,AUDIT-1/R1.a,AUDIT-REPORT,x,AUDIT,maybe,document,act,false,2022,,,Text.,note\n")
    try:
        found = data("check", "--project", str(project))
        assert (found["quarantined"], found["quarantine"][0]["column"]) == (1, "stance")
        assert call("check", "--project", str(project)).exit_code == 0
        assert call("check", "--strict", "--project", str(project)).exit_code == 1
    finally:
        path.write_text(good)


def test_check_compares_kept_copies(tmp_path: Path) -> None:
    """A copy that is not the one whose SHA-256 was written down is named."""
    scaffold(tmp_path / "audit")
    root = tmp_path / "audit"
    (root / "inputs" / "copies").mkdir()
    (root / "inputs" / "copies" / "report.txt").write_text("not what it was")
    sources = root / "inputs" / "sources.csv"
    row = "AUDIT-REPORT,Report on school kitchens (invented),AUDIT,2022-03-01,,"
    assert f"{row},,whole" in sources.read_text()
    kept = f"{row}inputs/copies/report.txt,{'0' * 64},whole"
    sources.write_text(sources.read_text().replace(f"{row},,whole", kept))
    found = data("check", "--project", str(root))
    assert [(one["source_id"], one["state"]) for one in found["copies"]] == [("AUDIT-REPORT", "changed")]
    assert call("check", "--strict", "--project", str(root)).exit_code == 1


def test_runs_lists_the_newest_first(project: Path) -> None:
    """The ledger, as a table and as data."""
    found = data("runs", "--project", str(project))["runs"]
    assert [run["started_at"] for run in found] == sorted((run["started_at"] for run in found), reverse=True)
    assert "audit.json" in found[0]["files"]
    assert "done" in call("runs", "--project", str(project)).stdout


def test_init_refuses_a_folder_that_holds_something(project: Path) -> None:
    """Nothing of anybody's is overwritten."""
    with pytest.raises(UsageError, match="not empty"):
        call("init", str(project))


def test_outside_a_project_is_a_sentence_and_exit_3(tmp_path: Path) -> None:
    """What, where, what to do."""
    with pytest.raises(ProjectError, match=r"scaudit init"):
        call("audit", "--project", str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-m", "scaudit", "audit"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.count("\n"), "Traceback" in done.stderr) == (3, 1, False)


def test_a_wrong_option_is_exit_2() -> None:
    """The parser's own word."""
    assert CliRunner().invoke(app, ["audit", "--as-of", "yesterday"]).exit_code == 2


def test_our_own_bug_is_a_traceback_and_exit_70(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is not re-worded as something else."""
    monkeypatch.setattr("scaudit.cli.app", lambda: 1 / 0)
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 70
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_the_program_looks_for_waste_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    """To load libraries makes hundreds of thousands of things, and throws few away."""
    before, found = gc.get_threshold(), []
    monkeypatch.setattr("scaudit.cli.app", lambda: found.append(gc.get_threshold()[0]))
    gc.set_threshold(700)
    try:
        main()
    finally:
        gc.set_threshold(*before)
    assert found == [20_000]


def test_as_of_defaults_to_today_in_utc(project: Path) -> None:
    """The clock is read at the edge only."""
    from datetime import UTC, datetime

    before = datetime.now(UTC).date()
    found = data("audit", "--no-pdf", "--project", str(project))
    assert before <= date.fromisoformat(found["as_of"]) <= datetime.now(UTC).date()
    assert found["known_on"] == found["as_of"]


@pytest.mark.parametrize("verb", [command.name or command.callback.__name__ for command in app.registered_commands])
def test_every_verb_has_help_and_stands_in_the_readme(verb: str) -> None:
    """A verb that nobody can find does not exist."""
    shown = call(verb, "--help").stdout
    assert "Usage" in shown
    readme = (Path(__file__).resolve().parents[1] / "README.md").read_text()
    assert f"scaudit {verb}" in readme
