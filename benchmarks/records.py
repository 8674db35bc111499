"""Counts made-up detainer records and computes all shipped indicators, as a ratio to a plain count of the same file.

The plain count is `count(*) group by month, level` straight from Parquet. Both are timed turn about in one process,
which has done nothing else: its peak memory is theirs. The ratio is the median of those of the rounds.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2024, 1, 1)
PLAIN = """
select date_trunc('month', "Detainer Prepare Date") as month, "Detainer Threat Level" as level, count(*)
from read_parquet(?)
group by all
"""


def write_project(root: Path, rows: int, seed: int) -> None:
    """This project's tables and indicators, with made-up records."""
    (root / "inputs").mkdir(parents=True)
    shutil.copy(ROOT / "scaudit.toml", root)
    shutil.copytree(ROOT / "schemas", root / "schemas", ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("indicators", "layouts"):
        shutil.copytree(ROOT / "inputs" / folder, root / "inputs" / folder)
    for table in (ROOT / "inputs").glob("*.csv"):
        shutil.copy(table, root / "inputs")
    words = ["--rows", str(rows), "--seed", str(seed), "--out", str(root / "inputs" / "records")]
    subprocess.run(
        [sys.executable, str(ROOT / "tools" / "synthetic_records.py"), *words], check=True, capture_output=True
    )


def prepare(root: Path) -> None:
    """Read and check the tables of the project, so that what is measured is the measuring."""
    from scaudit.audit import load, validate
    from scaudit.order import Order

    order = Order(root, DAY, DAY, "benchmark")
    load(order)
    validate(order)


def measure(root: Path, rounds: int) -> dict[str, Any]:
    """In the child: the best of each, in seconds, their ratio and the peak memory."""
    from scaudit.measuring import measure as compute
    from scaudit.order import Order
    from scaudit.project import find_project
    from scaudit.records import read_records
    from scaudit.warehouse import connect

    project, times = find_project(root), []
    (file,) = (root / "inputs" / "records").glob("*.parquet")
    with closing(connect(Order(root, DAY, DAY, "benchmark").database)) as con:
        records = read_records(con, project)
        for _ in range(rounds):
            began = time.perf_counter()
            con.execute(PLAIN, [str(file)]).fetchall()
            counted = time.perf_counter()
            compute(con, project, records)
            times.append((counted - began, time.perf_counter() - counted))
        (figures,) = con.execute("select count(*) from result.figures").fetchall()[0]
    plain, all_indicators = (min(kind) for kind in zip(*times, strict=True))
    ratio = median(took / counted for counted, took in times)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {"plain": plain, "indicators": all_indicators, "ratio": ratio}
    rounds_of = dict(zip(("plain_rounds", "indicators_rounds"), zip(*times, strict=True), strict=True))
    return {**found, **rounds_of, "peak_mb": round(peak), "figures": figures}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--measure", type=Path, metavar="PROJECT", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.measure:
        print(json.dumps(measure(wanted.measure, wanted.rounds)))
        return
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        write_project(root, wanted.rows, wanted.seed)
        prepare(root)
        words = [sys.executable, __file__, "--measure", str(root), "--rounds", str(wanted.rounds)]
        done = subprocess.run(words, check=True, capture_output=True, text=True)
    best = json.loads(done.stdout.splitlines()[-1])
    if wanted.json:
        print(json.dumps(best))
        return
    print(f"{wanted.rows} detainer records, SYNTHETIC, best of {wanted.rounds}")
    print(f"plain count  {best['plain']:6.2f} s  1.0")
    more = f"{best['peak_mb']} MB, {best['figures']} figures"
    print(f"indicators   {best['indicators']:6.2f} s  {best['ratio']:.1f}   {more}")


if __name__ == "__main__":
    main()
