"""Reads, checks and scores a synthetic registry, as a ratio to a floor measured in the same run.

The floor is `create table as select * from read_csv(...)` of the evidence file, all text. Every measurement runs in a
process of its own, so that its peak memory is its own.

How firm a status is (every choice otherwise, every record left out) is measured on a registry of a tenth of the size,
as a ratio to the plain scoring of it in the same process.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from synthetic import write_project

DAY = date(2024, 1, 1)


def floor(project: Path) -> dict[str, Any]:
    """The plain copy of the evidence file into a table on disk."""
    from scaudit.warehouse import connect

    with connect(project / "floor.duckdb") as con:
        con.execute(
            "create or replace table evidence as select * from read_csv(?, all_varchar = true, header = true)",
            [str(project / "inputs" / "evidence.csv")],
        )
    return {}


def audit(project: Path) -> dict[str, Any]:
    """Read, check and score in the two readings of an audit: what the floor is compared with."""
    from scaudit.audit import Order, load, validate
    from scaudit.project import find_project
    from scaudit.rules import load_ruleset
    from scaudit.scoring import audit_readings, score
    from scaudit.warehouse import connect

    order = Order(project, DAY, DAY, "benchmark")
    times = [time.perf_counter()]
    load(order)
    times.append(time.perf_counter())
    report = validate(order)
    times.append(time.perf_counter())
    settings = find_project(project).settings
    with connect(order.database) as con:
        score(con, load_ruleset(settings.ruleset), audit_readings(DAY, DAY), settings.programme.first)
    times.append(time.perf_counter())
    steps = {name: round(b - a, 2) for name, a, b in zip(("read", "check", "score"), times, times[1:], strict=False)}
    return {**steps, "rows": report.read, "quarantined": report.quarantined}


def firm(project: Path) -> dict[str, Any]:
    """Scoring in the two readings of an audit, and what hangs on one choice or one record, as a ratio to it."""
    from scaudit.audit import Order, load, validate
    from scaudit.firmness import firmness
    from scaudit.project import find_project
    from scaudit.rules import load_ruleset
    from scaudit.scoring import audit_readings, score
    from scaudit.warehouse import connect

    order = Order(project, DAY, DAY, "benchmark")
    load(order)
    validate(order)
    settings = find_project(project).settings
    ruleset, readings = load_ruleset(settings.ruleset), audit_readings(DAY, DAY)
    with connect(order.database) as con:
        times = [time.perf_counter()]
        score(con, ruleset, readings, settings.programme.first)
        times.append(time.perf_counter())
        firmness(con, ruleset, readings[0], settings.programme.first)
        times.append(time.perf_counter())
        (hanging,) = con.execute("select count(*) from result.left_out").fetchall()[0]
    plain, more = (round(b - a, 2) for a, b in pairwise(times))
    return {"score": plain, "firmness": more, "ratio": round(more / max(plain, 0.01), 1), "hanging": hanging}


def measured(what: str, project: Path) -> dict[str, Any]:
    """Run one measurement in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--measure", what, str(project)], check=True, capture_output=True, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(what: str, project: Path) -> None:
    """In the child: time one function, and print what it took."""
    began = time.perf_counter()
    extra = {"floor": floor, "audit": audit, "firmness": firm}[what](project)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": round(seconds, 2), "peak_mb": round(peak), **extra}))


def compare_with_floor(project: Path, wanted: argparse.Namespace) -> None:
    """Floor and audit, turn about; prints the best of each."""
    write_project(project, wanted.items, wanted.records)
    pairs = [(measured("floor", project), measured("audit", project)) for _ in range(wanted.rounds)]
    best_floor, best = (min(kind, key=lambda one: one["seconds"]) for kind in zip(*pairs, strict=True))
    ratio = best["seconds"] / best_floor["seconds"]
    print(f"{wanted.items} items, {wanted.records} evidence rows, SYNTHETIC, best of {wanted.rounds}")
    print(f"floor     {best_floor['seconds']:6.2f} s  {best_floor['peak_mb']:6} MB  1.0")
    print(f"audit     {best['seconds']:6.2f} s  {best['peak_mb']:6} MB  {ratio:.1f}   {json.dumps(best)}")


def compare_with_scoring(project: Path, wanted: argparse.Namespace) -> None:
    """Plain scoring and firmness; prints the round of the least ratio."""
    items, records = max(wanted.items // 10, 1), max(wanted.records // 10, 1)
    write_project(project, items, records)
    best = min((measured("firmness", project) for _ in range(wanted.rounds)), key=lambda one: one["ratio"])
    print(f"{items} items, {records} evidence rows, SYNTHETIC, best of {wanted.rounds}")
    print(f"score     {best['score']:6.2f} s  {'':6}     1.0")
    print(f"firmness  {best['firmness']:6.2f} s  {best['peak_mb']:6} MB  {best['ratio']:.1f}   {json.dumps(best)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=("audit", "firmness"), help="one of the two comparisons")
    parser.add_argument("--measure", nargs=2, metavar=("WHAT", "PROJECT"), help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.measure:
        measure(wanted.measure[0], Path(wanted.measure[1]))
        return
    for name, comparison in (("audit", compare_with_floor), ("firmness", compare_with_scoring)):
        if wanted.only in (None, name):
            with tempfile.TemporaryDirectory() as folder:
                comparison(Path(folder) / "synthetic", wanted)


if __name__ == "__main__":
    main()
