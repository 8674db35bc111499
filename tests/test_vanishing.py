"""Vanishing: a row that stood at the last edition and stands no more is named, and no edition says a word of it."""

import json
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scaudit.audit import audit
from scaudit.audited import Outcome
from scaudit.cli import app
from scaudit.errors import ProjectError, UsageError
from scaudit.inspecting import inspect
from scaudit.ledger import past_runs
from scaudit.order import Order
from scaudit.starting import scaffold
from scaudit.vanishing import SEEN, Vanished, sentences
from scaudit.warehouse import connect

DAY = date(2024, 1, 31)
E3 = Vanished("evidence", "E3", "inputs/evidence.csv", 4)
NAMED = {"table": "evidence", "key": "E3", "file": "inputs/evidence.csv", "row": 4}
SOURCED = "AUDIT-1/R1,AUDIT,2023-02-01,closed_implemented,Closed.,,AUDIT-REPORT,page 1"
UNSOURCED = "AUDIT-1/R1,AUDIT,2023-02-01,closed_implemented,Closed.,,,"
SENTENCE = "Vanished since the last edition: evidence E3 (inputs/evidence.csv row 4)."


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scaffolded project with one edition behind it, two dispositions and a responsibility in it."""
    root = tmp_path_factory.mktemp("vanishing") / "audit"
    scaffold(root)
    add(root, "dispositions", SOURCED)
    add(root, "dispositions", UNSOURCED)
    add(root, "responsibilities", "AUDIT-1/R1.b,MEALS")
    run(root)
    return root


@pytest.fixture
def project(published: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(published, tmp_path / "audit"))


def run(root: Path, **wanted: object) -> Outcome:
    name = f"run-{len(past_runs(root / '.scaudit'))}"
    order = {"root": root, "as_of": DAY, "known_on": DAY, "run_id": name, "with_pdf": False, **wanted}
    return audit(Order(**order), lambda: datetime(2024, 2, 1))  # type: ignore[arg-type]  # noqa: DTZ001 (UTC without a zone)


def missed(root: Path) -> tuple[Vanished, ...]:
    """What an audit would name now, found without scoring: `check` and `audit` ask the same."""
    return inspect(root).vanished


def lines(root: Path, table: str) -> list[str]:
    return (root / "inputs" / f"{table}.csv").read_text().splitlines()


def write(root: Path, table: str, rows: list[str]) -> None:
    (root / "inputs" / f"{table}.csv").write_text("\n".join(rows) + "\n")


def add(root: Path, table: str, row: str) -> None:
    write(root, table, [*lines(root, table), row])


def edit(root: Path, table: str, begins: str, change: Callable[[str], str | None]) -> None:
    """Change the rows of a table that begin so, or drop them."""
    changed = [change(row) if row.startswith(begins) else row for row in lines(root, table)]
    write(root, table, [row for row in changed if row is not None])


def drop(_: str) -> None:
    return None


def call(*words: str):  # the result type is typer's own
    return CliRunner().invoke(app, list(words), catch_exceptions=False)


@pytest.fixture(scope="module")
def shortened(published: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """A copy of the project after an audit without E3, and what that gave."""
    root = Path(shutil.copytree(published, tmp_path_factory.mktemp("shortened") / "audit"))
    edit(root, "evidence", "E3,", drop)
    return root, run(root)


def test_a_row_that_is_gone_is_named_with_its_place(shortened: tuple[Path, Outcome]) -> None:
    """Table, key, and the file and row in which it stood."""
    root, outcome = shortened
    assert outcome.vanished == (E3,)
    assert past_runs(root / ".scaudit")[0]["vanished"] == [NAMED]


def test_it_is_said_once_and_never_of_the_first_run(project: Path) -> None:
    """The last edition is what is compared with."""
    first, *_ = past_runs(project / ".scaudit")
    assert first["vanished"] == []
    edit(project, "evidence", "E3,", drop)
    assert len(run(project).vanished) == 1
    assert run(project).vanished == ()


def test_a_failed_run_is_no_edition(project: Path) -> None:
    """What it did not publish has not been told to anybody; the ledger has it all the same."""
    edit(project, "evidence", "E3,", drop)
    with pytest.raises(UsageError):
        run(project, items=("NO-SUCH",))
    assert past_runs(project / ".scaudit")[0]["vanished"] == [NAMED]
    assert run(project).vanished == (E3,)


def test_a_renamed_key_has_vanished_and_a_moved_row_has_not(project: Path) -> None:
    """Editions know a row by its key, wherever it stands and whatever else it says."""
    edit(project, "evidence", "E3,", lambda row: row.replace("E3,", "E3b,"))
    header, *rows = lines(project, "evidence")
    write(project, "evidence", [header, *reversed(rows)])
    edit(project, "evidence", "E1,", lambda row: row.replace("whole text", "page 1"))
    assert missed(project) == (E3,)


@pytest.mark.parametrize(
    "fault",
    [
        lambda row: row.replace("supports", "maybe"),
        lambda row: row + ",one field,too many",
        lambda row: row.replace("E3,", 'E3,"') + ",",
    ],
    ids=["wrong value", "too many fields", "broken quotes"],
)
def test_a_row_in_quarantine_has_not_vanished(project: Path, fault: Callable[[str], str]) -> None:
    """Also where it cannot be read as a row: it is there, and quarantine has it."""
    edit(project, "evidence", "E3,", fault)
    found = inspect(project)
    assert found.report.by_table["evidence"].quarantined == 1
    assert found.vanished == ()


def test_an_unreadable_row_hides_no_other(project: Path) -> None:
    """Of a key of several parts only the first is known: it speaks for one row, and where two are missing for none."""
    edit(project, "dispositions", SOURCED, lambda row: row + ",x")
    assert missed(project) == ()
    edit(project, "dispositions", UNSOURCED, drop)
    assert [row.key for row in missed(project)] == [
        "AUDIT-1/R1 AUDIT 2023-02-01 AUDIT-REPORT",
        "AUDIT-1/R1 AUDIT 2023-02-01",
    ]


def test_keys_of_several_parts_and_empty_parts_are_compared_whole(project: Path) -> None:
    """An empty part is a part: two rows that differ in it alone are two rows."""
    edit(project, "dispositions", UNSOURCED, drop)
    (gone,) = missed(project)
    assert (gone.table, gone.key, gone.row) == ("dispositions", "AUDIT-1/R1 AUDIT 2023-02-01", 3)


def test_a_file_that_is_gone_takes_all_its_rows(project: Path) -> None:
    """An optional table may be missing; what it held is not passed over."""
    (project / "inputs" / "responsibilities.csv").unlink()
    assert [(row.table, row.key) for row in missed(project)] == [("responsibilities", "AUDIT-1/R1.b MEALS")]


def test_results_of_an_earlier_engine_may_lack_a_table_or_a_key(project: Path) -> None:
    """From what was not there nothing can vanish; the rest is still compared."""
    with connect(project / ".scaudit" / "results.duckdb") as con:
        con.execute("drop table raw.responsibilities")
        con.execute("alter table raw.dispositions drop column source_id")
    edit(project, "responsibilities", "AUDIT", drop)
    edit(project, "dispositions", "AUDIT", drop)
    edit(project, "evidence", "E3,", drop)
    assert missed(project) == (E3,)


def test_where_the_results_cannot_be_opened_it_is_told_that_nobody_knows(project: Path) -> None:
    """Nothing can be said of what vanished then, and nobody is told that all is well."""
    (project / ".scaudit" / "results.duckdb").write_bytes(b"this is no database" * 1000)
    with pytest.raises(ProjectError, match=r"results\.duckdb cannot be opened"):
        call("check", "--project", str(project))
    (note,) = run(project).notes
    assert "what vanished since them is not known" in note


def test_an_edition_says_no_word_of_it(project: Path) -> None:
    """Same inputs, same bytes, whatever stood there before."""
    edit(project, "evidence", "E3,", drop)
    assert run(project).vanished
    first = {path.name: path.read_bytes() for path in (project / "reports" / "2024-01-31").rglob("*.*")}
    assert not run(project).vanished
    assert {path.name: path.read_bytes() for path in (project / "reports" / "2024-01-31").rglob("*.*")} == first


def test_check_names_it_and_is_strict_when_asked(project: Path) -> None:
    """For people, for programs, and for a script that must stop."""
    where = ("--project", str(project))
    assert call("check", "--strict", *where).exit_code == 0
    edit(project, "evidence", "E3,", drop)
    shown = call("check", *where)
    assert (shown.exit_code, SENTENCE in shown.stdout) == (0, True)
    found = json.loads(call("check", "--json", *where).stdout)
    assert found["vanished"] == [NAMED]
    assert call("check", "--strict", *where).exit_code == 1


def test_audit_names_it_after_the_table(project: Path) -> None:
    """Where a person reads it; the verb audits for itself here."""
    edit(project, "evidence", "E3,", drop)
    done = call("audit", "--no-pdf", "--as-of", "2024-01-31", "--project", str(project))
    assert SENTENCE in done.stdout


@pytest.mark.parametrize("form", ["--json", "-q"])
def test_audit_names_it_beside_what_programs_read(
    shortened: tuple[Path, Outcome], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """Standard output stays theirs. What the verb prints is looked at; the audit itself is made once for both."""
    root, outcome = shortened
    monkeypatch.setattr("scaudit.audit.audit", lambda *_, **__: outcome)
    done = call("audit", "--no-pdf", "--as-of", "2024-01-31", "--project", str(root), form)
    assert SENTENCE in done.stderr
    if form == "--json":
        assert "E3" not in json.dumps(json.loads(done.stdout))
    else:
        assert done.stdout == ""


def test_many_are_named_up_to_a_number_and_counted() -> None:
    """A file that was swapped does not fill the terminal."""
    rows = [Vanished("evidence", f"E{number}", "inputs/evidence.csv", number) for number in range(SEEN + 3)]
    found = sentences(rows)
    assert (len(found), found[-1]) == (SEEN + 1, "Vanished since the last edition: 3 more.")
    assert len(sentences(rows[:SEEN])) == SEEN


def test_a_key_is_printed_without_signs_that_steer_a_terminal(project: Path) -> None:
    """A key is somebody else's text."""
    write(project, "unused_facts", ["fact_id,reason", "F\x1b[2J9,It is about another programme."])
    run(project)
    (project / "inputs" / "unused_facts.csv").unlink()
    assert [row.key for row in missed(project)] == ["F\N{REPLACEMENT CHARACTER}[2J9"]
