"""A slice of the results says of its items what the whole says, and knows no others."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from conftest import REPOSITORY, laid_out
from scaudit.audit import audit
from scaudit.order import Order
from scaudit.outcome import collect, grounds
from scaudit.rules import load_ruleset
from scaudit.scorecard.card_json import card_json
from scaudit.slicing import sliced
from scaudit.warehouse import connect

RULESET = load_ruleset("ladder-1")
DAY = date(2023, 12, 31)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of an audit of the small project."""
    root = laid_out(tmp_path_factory.mktemp("slicing") / "project")
    shutil.copytree(REPOSITORY / "reports" / "templates", root / "reports" / "templates")
    audit(Order(root, DAY, DAY, "run-1", with_pdf=False), lambda: datetime(2024, 1, 1))  # noqa: DTZ001
    return root / ".scaudit" / "results.duckdb"


def test_a_slice_says_what_the_whole_says(published: Path) -> None:
    """Of one item: its card, as data, and everything on which that rests."""
    with connect(published, read_only=True) as con:
        whole, rest = collect(con, RULESET), grounds(con, RULESET)
    for item in ("FSA/R1", "COOKS/I"):
        with sliced(published, [item]) as con:
            part, own = collect(con, RULESET), grounds(con, RULESET)
        assert card_json(part, item) == card_json(whole, item)
        assert own.of(item) == rest.of(item)


def test_a_slice_knows_its_own_items_only(published: Path) -> None:
    """What all items share is whole."""
    with sliced(published, ["FSA/R1"]) as con:
        part = collect(con, RULESET)
    assert [item["item_id"] for item in part.items] == ["FSA/R1"]
    assert {row["criterion_id"] for row in part.records} == {"FSA/R1.a", "FSA/R1.b"}
    assert {row["criterion_id"] for row in part.raises} <= {"FSA/R1.a", "FSA/R1.b"}
    assert len(part.reading_days) == 2
    assert part.run["read"] > len(part.records)


def test_the_results_stay_as_they_are(published: Path) -> None:
    """A slice only reads."""
    before = published.read_bytes()
    with sliced(published, ["FSA/R1"]) as con:
        collect(con, RULESET)
    assert published.read_bytes() == before
