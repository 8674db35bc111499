"""The workshop: how much is measured, and the synthetic projects it is measured on, each made once."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from process import PYTHON, ROOT, Took, run

BENCHMARKS = ROOT / "benchmarks"
DAY = "2024-01-01"
RECORDS_OF_AN_ITEM, RECORDS_OF_A_CARD = 100, 45
CLI = (PYTHON, "-m", "scaudit")


@dataclass(frozen=True)
class Sizes:
    """How much is measured. Of the `cards`, plain WeasyPrint prints a sample; firmness is measured on a tenth."""

    items: int = 10_000
    records: int = 1_000_000
    large: int = 0
    rounds: int = 3
    cards: int = 500
    sample: int = 60
    detainers: int = 10_000_000
    starts: int = 7
    seed: int = 1

    @property
    def small(self) -> bool:
        """Whether aims mean nothing: they are for a million records."""
        return self.records < 1_000_000


QUICK = Sizes(items=300, records=30_000, rounds=1, cards=20, sample=6, detainers=300_000, starts=3)


@dataclass
class Workshop:
    """A folder to work in, and what lies in it already."""

    folder: Path
    sizes: Sizes
    audited: dict[Path, tuple[Took, dict[str, float]]] = field(default_factory=dict)

    def say(self, words: str) -> None:
        print(f"{time.strftime('%H:%M:%S')}  {words}", flush=True)

    def registry(self, items: int, records: int, parts: int = 1) -> Path:
        """A synthetic project of that size; made when it is first asked for."""
        folder = self.folder / f"synthetic-{items}-{records}-{parts}"
        if not folder.exists():
            self.say(f"making a registry of {items:,} items and {records:,} records")
            words = ["--items", items, "--records", records, "--parts", parts, "--seed", self.sizes.seed]
            run([PYTHON, BENCHMARKS / "synthetic.py", folder, *map(str, words)])
        return folder

    def work(self, what: str, folder: Path, *more: str) -> Took:
        """One measurement of work.py."""
        return run([PYTHON, BENCHMARKS / "work.py", what, folder, *more])

    def cold_audit(self, project: Path) -> tuple[Took, dict[str, float]]:
        """The first audit of a project, by the command line, with all cards, and its steps; it is made once."""
        if project not in self.audited:
            self.say("the first audit, with all cards")
            took = audit(project)
            self.audited[project] = took, timings(project)
        return self.audited[project]

    def forget(self, project: Path) -> None:
        """Free the disk."""
        shutil.rmtree(project, ignore_errors=True)


def audit(project: Path, *more: str) -> Took:
    """`scaudit audit` as a person runs it, with the memory of all its processes."""
    days = ("--as-of", DAY, "--known-on", DAY)
    return run([*CLI, "audit", "-q", "--project", project, *days, *more], tree=True)


def timings(project: Path) -> dict[str, float]:
    """The seconds of the steps of the last run, as the ledger has them."""
    listed = run_json([*CLI, "runs", "--json", "--project", str(project)])
    found: dict[str, float] = listed["runs"][0]["timings"]
    return found


def run_json(command: Sequence[str | Path]) -> dict[str, Any]:
    """What a command prints, as JSON."""
    words = [str(word) for word in command]
    found: dict[str, Any] = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
    return found


def inputs(project: Path) -> list[Path]:
    """All input files of a project."""
    return sorted(path for path in (project / "inputs").rglob("*") if path.is_file())
