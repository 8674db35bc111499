"""Correcting: what was printed and no longer holds since a record was corrected, withdrawn or held; and nothing else."""

import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from scaudit.audit import Order, audit
from scaudit.correcting import Correction, corrections
from scaudit.history import compare_runs
from scaudit.starting import scaffold

DAY = date(2024, 1, 31)
R2 = "AUDIT-1/R2"
SEEN = (
    "E6,AUDIT-1/R2.a,AUDIT-FOLLOW-UP,page 2,AUDIT,supports,inspection,observation,true,2022-10-01,2023-05-31,,"
    "Labels were seen in 40 kitchens.,,"
)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with one run, after which a label had been seen by the auditors."""
    root = tmp_path_factory.mktemp("correcting") / "audit"
    scaffold(root)
    edit(root, lambda rows: [*rows, SEEN])
    run(root, "one")
    return root


@pytest.fixture
def root(first: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(first, tmp_path / "audit"))


def edit(root: Path, change: Callable[[list[str]], list[str]]) -> None:
    path = root / "inputs" / "evidence.csv"
    header, *rows = path.read_text().splitlines()
    if "replaces" not in header:
        header, rows = f"{header},replaces", [f"{row}," for row in rows]
    path.write_text("\n".join([header, *change(rows)]) + "\n")


def run(root: Path, name: str, day: date = DAY) -> None:
    moment = datetime(2024, 2, 1, 1 + len(name))  # noqa: DTZ001 (UTC without a zone)
    ticks = iter(range(100))
    audit(Order(root, day, day, name, with_pdf=False), lambda: moment + timedelta(minutes=next(ticks)))


def found(root: Path) -> dict[str, Correction]:
    return corrections(compare_runs(Order(root, DAY, DAY, "comparing"), ("one", "second")))


def test_a_withdrawn_record_is_named_with_what_was_printed_and_what_is_so(root: Path) -> None:
    """The notice says what was wrong, what is right, and why."""
    edit(root, lambda rows: rows[:-1])
    run(root, "second")
    (correction,) = found(root).values()
    assert correction.item_id == R2
    assert "AUDIT-1/R2.a. The evidence shows: 5 Verified." in correction.wrong
    assert next(line[:35] for line in correction.right if line.startswith("AUDIT-1/R2.a.")) == (
        "AUDIT-1/R2.a. The evidence shows: 2"
    )
    assert correction.why == ("Record E6 was withdrawn. It said: “Labels were seen in 40 kitchens.”.",)


def test_a_changed_record_is_named_with_its_cells(root: Path) -> None:
    """Of a changed row, each cell that was otherwise."""
    edit(root, lambda rows: [*rows[:-1], SEEN.replace(",supports,", ",context,")])
    run(root, "second")
    (correction,) = found(root).values()
    assert correction.why == ("Record E6 was changed: stance was “supports” and is “context”.",)


def test_a_replaced_record_is_named_with_the_one_that_replaces_it(root: Path) -> None:
    """A new row that replaces one that was there corrects it."""
    new = SEEN.replace("E6,", "E7,").replace(",supports,", ",contradicts,")[:-1] + ",E6"
    edit(root, lambda rows: [*rows, new])
    run(root, "second")
    assert found(root)[R2].why == ("Record E7 corrects record E6, which counts no longer.",)


def test_a_record_held_in_quarantine_corrects_what_rested_on_it(root: Path) -> None:
    """It is doubted now, and the reason is said."""
    edit(root, lambda rows: [*rows[:-1], SEEN.replace(",supports,", ",applauds,")])
    run(root, "second")
    (why,) = found(root)[R2].why
    assert why.startswith("Record E6 is held in quarantine: ")


@pytest.mark.parametrize("day", [DAY, date(2025, 1, 31)])
def test_new_evidence_and_time_correct_nothing(root: Path, day: date) -> None:
    """A status that moves by what was not known before was not wrong."""
    against = SEEN.replace("E6,", "E8,").replace(",supports,", ",contradicts,").replace("2023-05-31", "2023-12-31")
    edit(root, lambda rows: [*rows, against])
    run(root, "second", day)
    assert compare_runs(Order(root, DAY, DAY, "comparing"), ("one", "second")).movements
    assert found(root) == {}


def test_an_address_is_never_in_a_notice(root: Path) -> None:
    """Tables that carry no part of a rung are not spoken of."""
    asks = root / "inputs" / "criteria.csv"
    asks.write_text(asks.read_text().replace("AUDIT-1/R2.a,AUDIT-1/R2,policy", "AUDIT-1/R2.a,AUDIT-1/R2,practice"))
    (root / "inputs" / "unused_facts.csv").write_text("fact_id,reason\nF1,never used\n")
    run(root, "second")
    assert all("F1" not in why for one in found(root).values() for why in one.why)
