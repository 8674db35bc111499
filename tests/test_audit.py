"""The whole run: what it publishes, what it keeps, and that a failure leaves everything as it was."""

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from scaudit.audit import audit, examine, report
from scaudit.audited import Outcome
from scaudit.errors import ProjectError, UsageError
from scaudit.ledger import past_runs
from scaudit.order import Order
from scaudit.project import find_project
from scaudit.starting import scaffold
from scaudit.warehouse import open_published

DAY = date(2024, 1, 31)


def clock() -> datetime:
    return datetime(2024, 2, 1, 9, 30)  # noqa: DTZ001 (the ledger keeps UTC without a zone)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project that `scaudit init` makes: three invented items."""
    scaffold(tmp_path / "audit")
    return tmp_path / "audit"


@pytest.fixture
def printed(printed_starter: Path, tmp_path: Path) -> Path:
    """A copy of the same with one edition, PDFs and all, for one test."""
    return Path(shutil.copytree(printed_starter, tmp_path / "audit"))


def run(project: Path, **wanted: object) -> Outcome:
    order = {"root": project, "as_of": DAY, "known_on": DAY, "run_id": f"run-{len(past_runs(project / '.scaudit'))}"}
    return audit(Order(**{**order, **wanted}), clock)  # type: ignore[arg-type]


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_an_audit_publishes_cards_overview_data_and_manifest(printed_starter: Path) -> None:
    """A PDF, a page and JSON an item, an overview, the whole as JSON, and the manifest that says it is complete."""
    edition = printed_starter / "reports" / "2024-01-31"
    assert sorted(digests(edition)) == sorted(
        [
            f"items/{item}.{kind}"
            for item in ("AUDIT-1_R1", "AUDIT-1_R2", "PARENTS-1_A")
            for kind in ("html", "json", "pdf")
        ]
        + ["audit.json", "manifest.json", "overview.html", "overview.pdf", "questions.csv"]
    )
    listed = json.loads((edition / "manifest.json").read_text())["files"]
    assert {one["path"]: one["sha256"] for one in listed} | {
        "manifest.json": digests(edition)["manifest.json"]
    } == digests(edition)


def test_same_inputs_same_bytes_on_a_second_run_and_in_another_folder(printed: Path, tmp_path: Path) -> None:
    """A scorecard is a function of inputs and days alone."""
    first = digests(printed / "reports" / "2024-01-31")
    run(printed)
    assert digests(printed / "reports" / "2024-01-31") == first
    other = tmp_path / "elsewhere" / "copy"
    shutil.copytree(printed, other, ignore=shutil.ignore_patterns(".scaudit", "2024-01-31"))
    run(other)
    assert digests(other / "reports" / "2024-01-31") == first


def test_the_ledger_keeps_parameters_digests_counts_outcome_and_timings(project: Path) -> None:
    """Who asked for what, on which inputs, and how it ended."""
    outcome = run(project, with_pdf=False)
    (entry,) = past_runs(project / ".scaudit")
    assert (entry["outcome"], entry["as_of"], entry["edition"], entry["ruleset"]) == (
        "done",
        DAY,
        "2024-01-31",
        "ladder-1",
    )
    assert (entry["read"], entry["loaded"], entry["quarantined"]) == (outcome.report.read, outcome.report.loaded, 0)
    evidence = (project / "inputs" / "evidence.csv").read_bytes()
    assert entry["inputs"]["inputs/evidence.csv"] == hashlib.sha256(evidence).hexdigest()
    assert list(entry["timings"]) == ["load", "validate", "measure_record", "score_record", "render", "publish"]


def break_missing(project: Path) -> None:
    (project / "inputs" / "evidence.csv").unlink()


def break_column(project: Path) -> None:
    path = project / "inputs" / "criteria.csv"
    path.write_text(path.read_text().replace("item_id", "thing", 1))


def break_empty(project: Path) -> None:
    path = project / "inputs" / "sources.csv"
    path.write_text(path.read_text().splitlines()[0] + "\n")


def break_encoding(project: Path) -> None:
    (project / "inputs" / "bodies.csv").write_bytes(b"body_id,name,kind\nA,caf\xe9,agency\n")


@pytest.mark.parametrize("breakage", [break_missing, break_column, break_empty, break_encoding])
def test_a_failed_run_is_recorded_and_leaves_all_as_it_was(printed: Path, breakage: Callable[[Path], None]) -> None:
    """One clear sentence, no half-written results or PDFs, and the earlier edition as it was."""
    edition, results = digests(printed / "reports"), digests(printed / ".scaudit")["results.duckdb"]
    breakage(printed)
    with pytest.raises(ProjectError) as failure:
        run(printed)
    assert "\n" not in str(failure.value)
    newest, _ = past_runs(printed / ".scaudit")
    assert (newest["outcome"], newest["message"]) == ("failed", str(failure.value))
    assert digests(printed / "reports") == edition
    assert digests(printed / ".scaudit")["results.duckdb"] == results
    assert list((printed / ".scaudit" / "runs").iterdir()) == []


def test_a_failure_while_printing_leaves_no_half_edition(printed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also our own bugs leave the published edition alone."""
    before = digests(printed / "reports")
    monkeypatch.setattr("scaudit.editions.render_whole", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(printed, edition="second")
    assert digests(printed / "reports") == before
    assert past_runs(printed / ".scaudit")[0]["outcome"] == "failed"


def test_naming_items_prints_their_cards_and_keeps_the_others(printed: Path) -> None:
    """Cards of the same data stay; cards that rest on other data go."""
    all_cards = set(digests(printed / "reports" / "2024-01-31"))
    run(printed, items=("AUDIT-1/R1",))
    assert set(digests(printed / "reports" / "2024-01-31")) == all_cards
    run(printed, items=("AUDIT-1/R1",), known_on=date(2023, 1, 1))
    cards = {name for name in digests(printed / "reports" / "2024-01-31") if name.endswith(".pdf")}
    assert cards == {"items/AUDIT-1_R1.pdf", "overview.pdf"}


def test_report_prints_the_last_results_again_to_the_same_bytes(printed: Path) -> None:
    """Nothing is read or scored anew: it works with the inputs gone."""
    before = digests(printed / "reports" / "2024-01-31")
    shutil.rmtree(printed / "inputs")
    report(Order(printed, date(2030, 1, 1), date(2030, 1, 1), "again"))
    assert digests(printed / "reports" / "2024-01-31") == before


def test_explaining_publishes_nothing(project: Path) -> None:
    """Asking leaves no trace in reports or ledger."""
    examine(Order(project, DAY, DAY, "ask"))
    assert past_runs(project / ".scaudit") == []
    assert [path.name for path in (project / "reports").iterdir()] == ["templates"]


@pytest.mark.parametrize("name", ["../out", "a/b", "templates", ".hidden", "a..b", "x" * 90])
def test_an_edition_stays_in_its_folder(project: Path, name: str) -> None:
    """A name that is no plain folder name is refused before anything runs."""
    with pytest.raises(UsageError):
        run(project, edition=name)
    assert past_runs(project / ".scaudit") == []


def test_unknown_item_is_one_sentence(project: Path) -> None:
    """Wrong use, not a traceback."""
    with pytest.raises(UsageError, match="NO-SUCH"):
        run(project, items=("NO-SUCH",))


def test_results_are_readable_while_a_run_works(printed: Path) -> None:
    """A reader of the published results keeps what it opened."""
    with open_published(find_project(printed).state) as con:
        run(printed, known_on=date(2022, 6, 1), with_pdf=False)
        (known_on,) = con.execute("select known_on from run").fetchone() or (None,)
    assert known_on == DAY


def test_quarantined_rows_are_counted_and_the_item_is_incomplete(project: Path) -> None:
    """A criterion that is held back is not quietly left out of its item."""
    with (project / "inputs" / "criteria.csv").open("a") as lines:
        lines.write("AUDIT-1/R1.c,AUDIT-1/R1,wish,Kitchens are pretty.,true,,,AUDIT-REPORT,page 12\n")
    outcome = run(project, with_pdf=False)
    assert outcome.report.read == outcome.report.loaded + outcome.report.quarantined
    assert outcome.report.quarantined == 1
    assert "incomplete" in outcome.results.status("AUDIT-1/R1", "verified")["flags"]
    assert outcome.results.status("AUDIT-1/R1", "verified")["status"] != "verified"
