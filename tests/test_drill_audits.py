"""The drill of audits, ten deaths of it: whatever is killed, nobody sees a half, and the ledger knows of every run."""

import shutil
import sys
from datetime import date
from pathlib import Path

import pytest

from scaudit.audit import audit
from scaudit.ledger import past_runs
from scaudit.order import Order
from scaudit.starting import scaffold
from scaudit.terminal import now

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

SEED = 11
DAY = date(2024, 1, 31)


def test_audits_that_are_killed_leave_nothing_torn_and_nothing_untold(tmp_path: Path) -> None:
    """`make drill` kills two hundred, one at a time or two at once; here they die in pairs, some while they publish."""
    from drilling.audits import drill

    report = drill(10, SEED, tmp_path, pdfs=0.2, pairs=1)
    assert report.faults == []
    assert report.killed == 10
    assert report.met["render"] > 0
    assert report.met["publishing"] > 1
    assert {run["outcome"] for run in past_runs(tmp_path / "audit" / ".scaudit")} == {"done", "killed"}


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with an edition."""
    root = tmp_path_factory.mktemp("drilled") / "audit"
    scaffold(root)
    audit(Order(root, DAY, DAY, "first", "e", with_pdf=False), now)
    return root


def copied(edition: Path, folder: Path) -> Path:
    (folder / "scratch").mkdir()
    return Path(shutil.copytree(edition, folder / "audit"))


def test_the_drill_would_find_a_fault(edition: Path, tmp_path: Path) -> None:
    """A card that is cut off, an edition without its manifest, what is left behind, and results of another day."""
    from drilling.remains import left, torn, untrue

    project = copied(edition, tmp_path)
    assert [*torn(project), *left(project, tmp_path / "scratch"), *untrue(project)] == []
    card = project / "reports" / "e" / "overview.html"
    card.write_bytes(card.read_bytes()[:-1])
    assert torn(project) == ["the edition e is not whole"]
    (project / "reports" / "e" / "manifest.json").unlink()
    assert torn(project) == ["edition e of the results is not there", "the edition e is not whole"]
    (project / ".scaudit" / "publishing.json").touch()
    (tmp_path / "scratch" / "font").touch()
    assert left(project, tmp_path / "scratch") == ["publishing.json is left behind", "font is left behind"]
    told = project / "reports" / "e" / "audit.json"
    told.write_text(told.read_text().replace("2024-01-31", "2024-01-30"))
    assert untrue(project) == ["the results are those of 2024-01-31, and edition e is that of 2024-01-30"]
