"""Correcting: what was printed and no longer holds since a record was corrected, withdrawn or held; and nothing else."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from scaudit.correcting import Correction, corrections
from scaudit.history import compare_runs
from scaudit.order import Order
from scaudit.starting import scaffold
from test_history import run

DAY = date(2024, 1, 31)
R1, R2, PARENTS = "AUDIT-1/R1", "AUDIT-1/R2", "PARENTS-1/A"
SEEN = (
    "E6,AUDIT-1/R2.a,AUDIT-FOLLOW-UP,page 2,AUDIT,supports,inspection,observation,true,2022-10-01,2023-05-31,,"
    "Labels were seen in 40 kitchens.,,"
)
OTHERWISE = (
    "E7,PARENTS-1/A.claim-1,WAITING-STUDY,table 2,UNIVERSITY,contradicts,data,observation,true,2022-10-03,2022-12-16,,"
    "The median wait was 14 minutes.,,E4"
)


def edit(root: Path, change: Callable[[list[str]], list[str]]) -> None:
    path = root / "inputs" / "evidence.csv"
    header, *rows = path.read_text().splitlines()
    if "replaces" not in header:
        header, rows = f"{header},replaces", [f"{row}," for row in rows]
    path.write_text("\n".join([header, *change(rows)]) + "\n")


def project(folder: Path) -> Path:
    """A small project with one run, after which a label had been seen by the auditors."""
    scaffold(folder / "audit")
    edit(folder / "audit", lambda rows: [*rows, SEEN])
    run(folder / "audit", "one")
    return folder / "audit"


def compared(root: Path) -> dict[str, Correction]:
    return corrections(compare_runs(Order(root, DAY, DAY, "comparing"), ("one", "two")))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Correction]:
    """Of four records one is withdrawn, one changed, one replaced, and one held in quarantine; facts are left over."""
    root = project(tmp_path_factory.mktemp("correcting"))
    edit(root, lambda rows: [row.replace("AUDIT,supports,", "AUDIT,context,") for row in rows[:-1]])
    edit(root, lambda rows: [row.replace("MEALS,supports,document", "MEALS,applauds,document") for row in rows])
    edit(root, lambda rows: [*rows, OTHERWISE])
    (root / "inputs" / "unused_facts.csv").write_text("fact_id,reason\nF1,never used\n")
    run(root, "two")
    return compared(root)


def test_a_withdrawn_record_is_named_with_what_was_printed_and_what_is_so(found: dict[str, Correction]) -> None:
    """The notice says what was wrong, what is right, and why."""
    assert "AUDIT-1/R2.a. The evidence shows: 5 Verified." in found[R2].wrong
    assert any(line.startswith("AUDIT-1/R2.a. The evidence shows: 2 ") for line in found[R2].right)
    assert found[R2].wrong[0].startswith("AUDIT-1/R2 as a whole. The evidence shows: ")
    assert found[R2].why == ("Record E6 was withdrawn. It said: “Labels were seen in 40 kitchens.”.",)


def test_a_changed_record_is_named_with_its_cells_and_a_held_one_with_its_reason(found: dict[str, Correction]) -> None:
    """Of a changed row, each cell that was otherwise; what is held in quarantine is doubted now."""
    held, changed = sorted(found[R1].why)
    assert held.startswith("Record E1 is held in quarantine: ")
    assert changed == "Record E2 was changed: stance was “supports” and is “context”."


def test_a_replaced_record_is_named_with_the_one_that_replaces_it(found: dict[str, Correction]) -> None:
    """A new row that replaces one that was there corrects it; claims have notices too."""
    assert found[PARENTS].why == ("Record E7 corrects record E4, which counts no longer.",)
    assert found[PARENTS].wrong[0].startswith("PARENTS-1/A.claim-1 (a claim): ")
    assert found[PARENTS].wrong != found[PARENTS].right


def test_a_notice_speaks_of_nothing_else(found: dict[str, Correction]) -> None:
    """Tables that carry no part of a rung are not spoken of, least of all those with addresses."""
    assert set(found) == {R1, R2, PARENTS}
    assert all("F1" not in why for one in found.values() for why in one.why)


def test_new_evidence_and_time_correct_nothing(tmp_path: Path) -> None:
    """A status that moves by what was not known before was not wrong."""
    root = project(tmp_path)
    against = SEEN.replace("E6,", "E8,").replace(",supports,", ",contradicts,").replace("2023-05-31", "2023-12-31")
    edit(root, lambda rows: [*rows, against])
    run(root, "two", date(2025, 1, 31))
    assert compare_runs(Order(root, DAY, DAY, "comparing"), ("one", "two")).movements
    assert compared(root) == {}
