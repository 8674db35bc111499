"""The registries that benchmarks are run on: seeded, labelled, like real ones, and bad exactly where they say so."""

import csv
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

from part_again import change_one_record  # noqa: E402
from synthetic import write_project  # noqa: E402
from workshop import inputs  # noqa: E402

ITEMS, RECORDS = 100, 3000
MOST = RECORDS / 8


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A synthetic project with every kind of bad row, its evidence in three files."""
    root = tmp_path_factory.mktemp("registry") / "project"
    write_project(root, ITEMS, RECORDS, parts=3, unreadable=2, flood=3)
    return root


def rows(root: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table, without lines that are no rows."""
    paths = [path for path in inputs(root) if table in (path.stem, path.parent.name)]
    found: list[dict[str, Any]] = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as lines:
            found += [row for row in csv.DictReader(lines) if None not in row.values()]
    return found


def test_the_same_seed_gives_the_same_bytes(registry: Path, tmp_path: Path) -> None:
    """Two machines measure the same thing."""
    write_project(tmp_path / "again", ITEMS, RECORDS, parts=3, unreadable=2, flood=3)
    write_project(tmp_path / "other", ITEMS, RECORDS, seed=2, parts=3)
    first, again = (
        {path.relative_to(root): path.read_bytes() for path in inputs(root)} for root in (registry, tmp_path / "again")
    )
    assert first == again
    assert rows(registry, "evidence")[0] != rows(tmp_path / "other", "evidence")[0]


def test_synthetic_rows_say_so(registry: Path) -> None:
    """Nobody takes them for findings, for documents or for bodies."""
    assert all("SYNTHETIC" in row["finding"] + row["coding_note"] for row in rows(registry, "evidence"))
    assert all("SYNTHETIC" in row["name"] for row in rows(registry, "bodies"))
    assert all("SYNTHETIC" in row["title"] for row in rows(registry, "sources"))
    assert all("SYNTHETIC" in row["summary"] for row in rows(registry, "recommendations"))
    assert (registry / "scaudit.toml").read_text(encoding="utf-8").count("SYNTHETIC") >= 4


def test_few_asks_have_many_records(registry: Path) -> None:
    """Zipf's law: the first ask has what it should, the middle one a fraction of it, and some asks have none."""
    counts = Counter(row["criterion_id"] for row in rows(registry, "evidence") if row["evidence_id"].startswith("E"))
    in_order = sorted(counts.values(), reverse=True)
    assert 0.8 * MOST < in_order[0] < 1.2 * MOST
    assert in_order[0] > 20 * in_order[len(in_order) // 2]
    assert in_order[0] > 2 * in_order[4]
    assert len(counts) < len(rows(registry, "criteria"))


def test_it_is_like_real_ones(registry: Path) -> None:
    """Long texts, partial dates, a tree of bodies, sources that disagree on one day, several files."""
    evidence, bodies = rows(registry, "evidence"), rows(registry, "bodies")
    lengths = sorted(len(row["finding"]) for row in evidence)
    assert lengths[len(lengths) // 2] < 300
    assert lengths[-len(lengths) // 200] > 1000
    assert {4, 7, 10} <= {len(row["event_from"]) for row in evidence}
    parents = {row["body_id"]: row["parent_id"] for row in bodies}
    assert any(parents.get(parents.get(one, "")) for one in parents)
    assert any(row["independent_by_statute"] == "true" and row["parent_id"] for row in bodies)
    said: dict[tuple[str, str], set[str]] = {}
    for row in evidence:
        said.setdefault((row["criterion_id"], row["event_from"]), set()).add(row["stance"])
    assert sum({"supports", "contradicts"} <= one for one in said.values()) > RECORDS / 100
    assert len([path for path in inputs(registry) if path.parent.name == "evidence"]) == 3
    assert {row["programme"] for row in rows(registry, "recommendations")} > {""}
    assert rows(registry, "dispositions")
    assert rows(registry, "replies")


def test_bad_rows_are_held_back_in_the_number_planted(registry: Path) -> None:
    """Every planted row is held by its rule, and so many rows of each table as must fall, no more and no fewer."""
    command = [sys.executable, str(ROOT / "benchmarks" / "work.py"), "audit", str(registry)]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1])
    faults = [line.split(",") for line in (registry / "faults.txt").read_text(encoding="utf-8").splitlines()]
    planted = json.loads((registry / "planted.json").read_text(encoding="utf-8"))
    held = Counter(table for table, _, _ in {(table, file, row) for table, file, row, _ in faults})
    assert {table: held[table] for table in planted["held"]} == planted["held"]
    assert told["quarantined"] == sum(planted["held"].values())
    rules: dict[tuple[str, str], set[str]] = {}
    for table, file, row, rule in faults:
        if table == "evidence":
            rules.setdefault((file, row), set()).add(rule)
    by_id = held_by_id(registry, rules)
    for one in planted["bad_records"]:
        assert one["rule"] in by_id[one["evidence_id"]], one
    assert len({one["kind"] for one in planted["bad_records"]}) == 21
    assert {"E001", "E316", "E203"} <= set().union(*rules.values())


def held_by_id(root: Path, rules: dict[tuple[str, str], set[str]]) -> dict[str, set[str]]:
    """The rules that hold the rows of an id."""
    found: dict[str, set[str]] = {}
    for path in inputs(root):
        if path.parent.name == "evidence":
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                name = line.split(",", 1)[0].replace(" ", "")
                found.setdefault(name, set()).update(rules.get((path.relative_to(root).as_posix(), str(number)), ()))
    return found


@pytest.mark.parametrize("number", range(5))
def test_one_record_is_changed_and_no_other(number: int, tmp_path: Path) -> None:
    """What the benchmark calls one changed record is one, and a sound one, whether or not its finding is quoted."""
    write_project(tmp_path / "p", 20, 400)
    path = tmp_path / "p" / "inputs" / "evidence.csv"
    before = path.read_text(encoding="utf-8").splitlines()
    name = change_one_record(tmp_path / "p", number)
    after = path.read_text(encoding="utf-8").splitlines()
    (changed,) = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    then, now = csv.reader(changed)
    assert now[0] == name
    assert now == [cell.replace("SYNTHETIC finding", "SYNTHETIC and changed: SYNTHETIC finding") for cell in then]
