"""A large registry from a cold start: all item cards and all body cards; then the same again; then one record changed.

    python benchmarks/cold.py                     10,000 items with 1,000,000 records: an hour or more on two cores
    python benchmarks/cold.py --items 100         the same, small

Each stage is `scaudit audit` as a person runs it, in a process of its own on as many cores as `--cores` says. What is
done is written to cold.json beside this file after every stage, so that a run that is stopped half-way is not lost; how
far a stage has come is told every half minute. Every registry is SYNTHETIC.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from part_again import CHANGED, UNCHANGED, change_one_record
from process import CORES, PYTHON, MeasurementError, Took, run, tidy_when_stopped
from workshop import BENCHMARKS, CLI, DAY, RECORDS_OF_AN_ITEM, inputs, timings

SCHEMA = "scaudit/bench-cold/1"
LISTED = 10
"""Records that a card prints, of a hundred and more; all of them are in the data that it carries."""
BODIES = f'\n[cards]\nby = ["body"]\nlisted = {LISTED}\n'
CARD_STEPS = ("render", "publish")


class Journal:
    """What is known so far, in a file; every new fact is written at once and told."""

    def __init__(self, path: Path, about: dict[str, Any]) -> None:
        self.path = path
        self.told: dict[str, Any] = {"schema": SCHEMA, "data": "SYNTHETIC", **about, "stages": {}, "verdicts": {}}
        self._write()

    def stage(self, name: str, found: dict[str, Any]) -> None:
        self.told["stages"][name] = found
        self._write()
        say(f"{name}: {json.dumps(found)}")

    def verdict(self, name: str, seconds: float, aim: float) -> None:
        self.told["verdicts"][name] = {"seconds": round(seconds, 2), "aim": f"at most {aim:g}", "met": seconds <= aim}
        self._write()

    def _write(self) -> None:
        partial = self.path.with_suffix(".part")
        partial.write_text(json.dumps(self.told, indent=2) + "\n", encoding="utf-8")
        partial.replace(self.path)


def say(words: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {words}", flush=True)


def main(words: Sequence[str]) -> int:
    wanted = _wanted(words)
    _keep_to(wanted.cores)
    tidy_when_stopped()
    folder = Path(tempfile.mkdtemp(prefix="scaudit-cold-", dir=wanted.work))
    records = wanted.records or wanted.items * RECORDS_OF_AN_ITEM
    about = {
        "items": wanted.items,
        "records": records,
        "listed": LISTED,
        "cores": wanted.cores,
        "load": list(os.getloadavg()),
    }
    journal = Journal(BENCHMARKS / f"{wanted.name}.json", about)
    try:
        _stages(journal, folder / "project", wanted, records)
    except (MeasurementError, OSError, KeyError) as error:
        journal.stage("failed", {"why": str(error)[-2000:]})
        return 1
    finally:
        if wanted.keep:
            say(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    _show(journal)
    return 0 if all(one["met"] for one in journal.told["verdicts"].values()) else 2


def _stages(journal: Journal, project: Path, wanted: argparse.Namespace, records: int) -> None:
    say(f"making a registry of {wanted.items:,} items and {records:,} records")
    sizes = ["--items", wanted.items, "--records", records, "--parts", 4, "--seed", wanted.seed]
    run([PYTHON, BENCHMARKS / "synthetic.py", project, *map(str, sizes)])
    with (project / "scaudit.toml").open("a", encoding="utf-8") as settings:
        settings.write(BODIES)
    journal.stage("inputs", {"mb": round(sum(path.stat().st_size for path in inputs(project)) / 1e6)})
    hashed = _hash(project)
    journal.stage("sha256sum of the inputs", {"seconds": round(hashed.wall, 2)})
    first = _audit(project)
    journal.stage("cold start", {**_took(first), **_rates(project, first), **_made(project)})
    same = _audit(project)
    journal.stage("again, unchanged", {**_took(same), **_made(project)})
    hashed = _hash(project)  # now that all of it lies in memory, as it did for the audit
    journal.verdict("unchanged, more than hashing the inputs", same.wall - hashed.wall, UNCHANGED)
    record = change_one_record(project, 0)
    changed = _audit(project)
    journal.stage("one record changed", {"record": record, **_took(changed), **_made(project)})
    unchanged = min(same.wall, hashed.wall + UNCHANGED)  # one that missed its own aim is no measure for this
    journal.verdict("one record changed, more than unchanged", changed.wall - unchanged, CHANGED)


def _hash(project: Path) -> Took:
    return run(["sha256sum", *inputs(project)])


def _audit(project: Path) -> Took:
    """One audit, with all its processes watched: lines of how far it is."""
    days = ("--as-of", DAY, "--known-on", DAY)
    return run([*CLI, "audit", "-q", "--project", project, *days], tree=True, told=_progress(project))


def _progress(project: Path) -> Callable[[str], None]:
    def told(words: str) -> None:
        printed = sum(1 for _ in (project / ".scaudit" / "runs").rglob("*.pdf"))
        say(f"   {words}, {printed:,} PDFs lie in the folder of the run")

    return told


def _took(took: Took) -> dict[str, Any]:
    memory = {"largest_process_mb": round(took.peak_mb), "all_processes_mb": round(took.tree_mb or 0)}
    return {"seconds": round(took.wall, 2), "cpu_seconds": round(took.cpu, 1), **memory, "others": took.others}


def _rates(project: Path, took: Took) -> dict[str, Any]:
    """Records and cards a second, by the ledger's own times of the steps."""
    steps = timings(project)
    planted = json.loads((project / "planted.json").read_text(encoding="utf-8"))
    on_data = sum(seconds for name, seconds in steps.items() if name not in CARD_STEPS)
    cards = sum(1 for _ in (project / "reports" / DAY).rglob("*.pdf"))
    rates: dict[str, float] = {"records_a_second": round(planted["records"] / max(on_data, 0.001))}
    rates["cards_a_second"] = round(cards / steps.get("render", took.wall), 2)
    return {"steps": steps, **rates, "held_back": sum(planted["held"].values())}


def _made(project: Path) -> dict[str, Any]:
    """PDFs by folder of the edition, and whether every item that is not held back has its card."""
    edition = project / "reports" / DAY
    pdfs = Counter(path.parent.relative_to(edition).as_posix() for path in edition.rglob("*.pdf"))
    planted = json.loads((project / "planted.json").read_text(encoding="utf-8"))
    expected = planted["items"] - planted["held"]["recommendations"]
    if pdfs["items"] != expected:
        raise MeasurementError(f"{expected} cards of items were to be made, and {pdfs['items']} are there")
    size = sum(path.stat().st_size for path in edition.rglob("*") if path.is_file())
    return {"pdfs": dict(sorted(pdfs.items())), "edition_mb": round(size / 1e6)}


def _keep_to(cores: int) -> None:
    """This process and all that it starts, on so many cores."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:cores]))


def _show(journal: Journal) -> None:
    told = journal.told
    print(f"\nSYNTHETIC: {told['items']:,} items, {told['records']:,} records, {told['cores']} cores")
    for name, found in ((name, found) for name, found in told["stages"].items() if "seconds" in found):
        memory = f"{found['all_processes_mb']:>8,} MB in all" if "all_processes_mb" in found else ""
        print(f"  {name:<28}{found['seconds']:>10,.2f} s  {memory}")
    cold = told["stages"]["cold start"]
    print(f"  {cold['records_a_second']:,} records and {cold['cards_a_second']} cards a second; PDFs: {cold['pdfs']}")
    for name, one in told["verdicts"].items():
        print(f"  {name}: {one['seconds']} s; aim {one['aim']} s: {'met' if one['met'] else 'MISSED'}")
    print(f"  {journal.path}")


def _wanted(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--records", type=int, help="default a hundred for each item")
    parser.add_argument("--cores", type=int, default=min(2, CORES))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, help="where to work; default the folder for temporary files")
    parser.add_argument("--keep", action="store_true", help="leave what was made there")
    parser.add_argument("--name", default="cold", help="the name of the result, beside this file or as a path")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
