"""The benchmark still runs, and what it measures is what it says: seeded, labelled, and rather like a real registry."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

from synthetic import write_project  # noqa: E402


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A synthetic project of 100 items and 3,000 records."""
    root = tmp_path_factory.mktemp("registry") / "project"
    write_project(root, 100, 3000)
    return root


def test_the_same_seed_gives_the_same_registry(registry: Path, tmp_path: Path) -> None:
    """Two machines measure the same thing."""
    write_project(tmp_path / "again", 100, 3000)
    write_project(tmp_path / "other", 100, 3000, seed=2)
    first, again, other = (
        (root / "inputs" / "evidence.csv").read_bytes() for root in (registry, tmp_path / "again", tmp_path / "other")
    )
    assert first == again
    assert first != other


def test_synthetic_rows_say_so(registry: Path) -> None:
    """Nobody takes them for findings."""
    with (registry / "inputs" / "evidence.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert all("SYNTHETIC" in row["finding"] + row["coding_note"] for row in rows)


def test_few_criteria_have_many_records(registry: Path) -> None:
    """As in real registries, the work is not spread evenly."""
    with (registry / "inputs" / "evidence.csv").open(encoding="utf-8", newline="") as lines:
        asked = [row["criterion_id"] for row in csv.DictReader(lines)]
    counts = sorted((asked.count(one) for one in set(asked)), reverse=True)
    assert counts[0] > 5 * counts[len(counts) // 2]


def test_the_benchmark_prints_a_ratio_to_its_floor() -> None:
    """Floor and audit are measured in one run, with their peak memory; so are scoring and how firm it is."""
    words = [sys.executable, ROOT / "benchmarks" / "run.py", "--items", "20", "--records", "200", "--rounds", "1"]
    shown = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=True).stdout
    assert "floor" in shown
    assert '"quarantined"' in shown
    assert '"ratio"' in shown
