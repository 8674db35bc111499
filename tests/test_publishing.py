"""Publishing: both or neither, nothing of anybody's lost, and what a killed run leaves is set right by the next."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from scaudit.audit import audit, examine
from scaudit.errors import ProjectError, UsageError
from scaudit.ledger import past_runs
from scaudit.order import Order
from scaudit.starting import scaffold
from scaudit.warehouse import open_published

DAY = date(2024, 1, 31)
EARLIER = date(2022, 6, 30)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scaffolded project with one edition, named `e`, as of DAY."""
    root = tmp_path_factory.mktemp("publishing") / "audit"
    scaffold(root)
    run(root)
    return root


@pytest.fixture
def project(published: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(published, tmp_path / "audit"))


def run(project: Path, as_of: date = DAY, run_id: str | None = None, **wanted: Any) -> Any:
    order = Order(project, as_of, as_of, run_id or f"run-{time.monotonic_ns()}", "e", with_pdf=False)
    return audit(order, lambda: datetime(2024, 2, 1), **wanted)  # noqa: DTZ001 (the ledger keeps UTC without a zone)


def as_of_of(project: Path) -> tuple[str, date]:
    """The as-of days of the published edition and of the published results."""
    with open_published(project / ".scaudit") as con:
        (day,) = con.execute("select as_of from run").fetchone() or (None,)
    text = (project / "reports" / "e" / "audit.json").read_text()
    return text.split('"as_of": "')[1][:10], day


def test_a_run_returns_its_own_results_whatever_is_published_meanwhile(project: Path) -> None:
    """Two audits at once never print each other's results."""

    def interrupted(function: Any, *rest: Any) -> Any:
        done = function(*rest)
        if function.__name__ == "publish":
            run(project, EARLIER)
        return done

    assert run(project, step=interrupted).results.run["as_of"] == DAY


def test_edition_and_results_are_published_both_or_neither(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fills up between the two leaves both as they were, and one sentence."""
    plain = Path.replace

    def full(self: Path, target: Path) -> Path:
        if self.name == "results.duckdb":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self))
        return plain(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ProjectError, match="No space left"):
        run(project, EARLIER)
    monkeypatch.undo()
    assert as_of_of(project) == ("2024-01-31", DAY)
    assert past_runs(project / ".scaudit")[0]["outcome"] == "failed"


def test_an_edition_that_a_killed_run_had_taken_away_comes_back(project: Path) -> None:
    """Killed between the two renames, the old edition waits for the next run."""
    (project / ".scaudit" / "earlier").mkdir(exist_ok=True)
    (project / "reports" / "e").replace(project / ".scaudit" / "earlier" / "e")
    (project / "inputs" / "evidence.csv").unlink()
    with pytest.raises(ProjectError):
        run(project)
    assert as_of_of(project) == ("2024-01-31", DAY)


def test_what_a_killed_run_leaves_is_swept_and_the_next_run_works(project: Path) -> None:
    """A run killed in mid-work leaves no half edition, and no folder for long."""
    code = (
        "import sys, time; from datetime import date, datetime; from pathlib import Path; import scaudit.audit as a; "
        "o = a.Order(Path(sys.argv[1]), date(2022, 6, 30), date(2022, 6, 30), 'killed', 'e', with_pdf=False); "
        "s = lambda f, *r: (print(f.__name__, flush=True), f(*r), time.sleep(30 if f.__name__ == 'render' else 0))[1]; "
        "a.audit(o, datetime.now, step=s)"
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(project)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert any(line.strip() == "render" for line in child.stdout)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert as_of_of(project) == ("2024-01-31", DAY)
    run(project, EARLIER)
    assert as_of_of(project) == ("2022-06-30", EARLIER)
    assert list((project / ".scaudit" / "runs").iterdir()) == []


def test_a_living_run_is_not_swept(project: Path) -> None:
    """Asking a question during an audit takes nothing from it."""

    def asked(function: Any, *rest: Any) -> Any:
        examine(Order(project, EARLIER, EARLIER, f"ask-{function.__name__}"))
        return function(*rest)

    assert run(project, step=asked).results.run["as_of"] == DAY


@pytest.mark.parametrize("content", ["", "[]", "{}", "not JSON", '{"schema": "something/else"}'])
def test_what_is_no_edition_is_never_replaced(project: Path, content: str) -> None:
    """A folder of somebody's own under the name of an edition stays."""
    (project / "reports" / "e" / "manifest.json").write_text(content)
    with pytest.raises(UsageError, match="no edition"):
        run(project, EARLIER)
    assert (project / "reports" / "e" / "audit.json").is_file()


@pytest.mark.parametrize("name", ["ledger.duckdb", "results.duckdb"])
def test_a_damaged_file_is_a_sentence(project: Path, name: str) -> None:
    """To those who read it: what, where, what to do. An audit sets it aside (test_faults.py)."""
    (project / ".scaudit" / name).write_bytes(b"this is no database" * 1000)
    with pytest.raises(ProjectError, match=f"{name} cannot be opened .*; run 'scaudit audit', which sets it aside"):
        past_runs(project / ".scaudit") if name == "ledger.duckdb" else as_of_of(project)


def test_cards_of_other_settings_do_not_stay_beside_new_ones(project: Path) -> None:
    """An edition holds cards of one make only."""
    settings = project / "scaudit.toml"
    settings.write_text(settings.read_text().replace("2019-01-01", "2023-06-01"))
    audit(
        Order(project, DAY, DAY, "one", "e", items=("AUDIT-1/R1",), with_pdf=False),
        lambda: datetime(2024, 2, 1),  # noqa: DTZ001 (the ledger keeps UTC without a zone)
    )
    cards = (project / "reports" / "e" / "items").iterdir()
    assert {path.name for path in cards} == {"AUDIT-1_R1.html", "AUDIT-1_R1.json"}


def test_a_criterion_that_cannot_be_read_makes_its_item_incomplete(project: Path) -> None:
    """An unquoted comma in a criterion is no reason to call its item complete."""
    with (project / "inputs" / "criteria.csv").open("a") as lines:
        lines.write("AUDIT-1/R1.c,AUDIT-1/R1,practice,Broken, comma,true,,,AUDIT-REPORT,page 1\n")
    results = run(project).results
    flagged = [
        item["item_id"]
        for item in results.items
        if "incomplete" in results.status(item["item_id"], "verified")["flags"]
    ]
    assert flagged == ["AUDIT-1/R1"]
