"""Writes a project with a seeded synthetic registry, labelled SYNTHETIC wherever it shows.

It is made to be like real ones: few asks have hundreds of records and most have few, some texts are very long, bodies
form a tree, sources disagree, and one row in a thousand is bad, in every way that checks know. The same seed gives the
same bytes (with the same version of DuckDB). planted.json beside the inputs says what must be held back.

    python benchmarks/synthetic.py FOLDER --items 1000 --records 100000
"""

import argparse
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

ROOT = Path(__file__).resolve().parents[1]
STEPS = ROOT / "benchmarks" / "registry"
BESIDE = (
    *("bodies", "sources", "recommendations", "criteria", "responsibilities"),
    *("dispositions", "replies", "reading_days", "viewpoints"),
)
SETTINGS = """\
title = "SYNTHETIC registry for benchmarks"
publisher = "nobody: SYNTHETIC"
contact = "nobody: SYNTHETIC"

[programme]
name = "SYNTHETIC programme"
from = "2012-01-01"

[notes]
"" = "SYNTHETIC: made up by a program. Nothing on this page is a finding about anybody."
"""
SEVERAL = """
[tables]
evidence = ["inputs/evidence/*.csv"]
"""


@dataclass(frozen=True)
class Plan:
    """What to make: how many items and records; one bad record in `one_in`, besides `unreadable` lines.

    Where `flood` is not 0, one ask has so many records more than can be weighed, and all of them fall.
    """

    items: int
    records: int
    seed: int = 1
    one_in: int = 1000
    unreadable: int = 0
    flood: int = 0


def write_project(
    folder: Path,
    items: int,
    records: int,
    seed: int = 1,
    *,
    parts: int = 1,
    unreadable: int = 0,
    flood: int = 0,
) -> dict[str, Any]:
    """A project of `items` items and `records` evidence rows, the evidence in `parts` files; gives what is planted.

    The bad rows come on top of `records` where they are unreadable, repeated or part of a flood.
    """
    plan = Plan(items, records, seed, max(1, min(1000, records // 60)), unreadable, flood)
    inputs = folder / "inputs"
    (inputs / "evidence" if parts > 1 else inputs).mkdir(parents=True)
    (folder / "scaudit.toml").write_text(SETTINGS + (SEVERAL if parts > 1 else ""), encoding="utf-8")
    for shipped in ("schemas", "reports/templates"):
        shutil.copytree(ROOT / shipped, folder / shipped, ignore=shutil.ignore_patterns("__pycache__"))
    with duckdb.connect() as con:
        for step in _steps(plan):
            con.execute(step)
        for table in BESIDE:
            con.table(table).write_csv(str(inputs / f"{table}.csv"), header=True)
        _write_evidence(con, inputs, plan, parts)
        planted = _planted(con, plan)
    (folder / "planted.json").write_text(json.dumps(planted, indent=2) + "\n", encoding="utf-8")
    return planted


def _steps(plan: Plan) -> Iterator[str]:
    numbers = asdict(plan)
    for path in sorted(STEPS.glob("*.sql")):
        yield re.sub(r"\$([a-z_]+)", lambda match: str(numbers[match[1]]), path.read_text(encoding="utf-8"))


def _write_evidence(con: duckdb.DuckDBPyConnection, inputs: Path, plan: Plan, parts: int) -> None:
    """The rows in their order, a file after the other, so that memory stays bounded; the odd ones at the end."""
    paths = [inputs / "evidence" / f"part-{part:03}.csv" for part in range(parts)]
    paths = paths if parts > 1 else [inputs / "evidence.csv"]
    size = -(-plan.records // parts)
    for part, path in enumerate(paths):
        last = part == parts - 1
        chosen = f"n >= {part * size}" + ("" if last else f" and n < {(part + 1) * size}")
        rows = f"select * from spoilt where {chosen}" + (" union all select * from twice" if last else "")
        # a row and its repeat have one number, and stand in either order
        con.execute(f"copy (select * exclude n from ({rows}) order by n, finding) to '{path}' (header)")
    with paths[-1].open("a", encoding="utf-8") as file:
        file.writelines(f"BROKEN-{number},SYNTHETIC,no row\n" for number in range(plan.unreadable))


def _planted(con: duckdb.DuckDBPyConnection, plan: Plan) -> dict[str, Any]:
    """What must be held back: rows by table, and the bad records by id with the kind of fault and its rule."""
    bad = con.execute("select 'E' || n, name, rule from bad_records order by n").fetchall()
    return {
        **asdict(plan),
        "held": dict(con.execute("select table_name, n from held order by table_name").fetchall()),
        "bad_records": [{"evidence_id": one, "kind": kind, "rule": rule} for one, kind, rule in bad],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--parts", type=int, default=1, help="files of evidence")
    parser.add_argument("--unreadable", type=int, default=0)
    parser.add_argument("--flood", type=int, default=0)
    wanted = parser.parse_args()
    planted = write_project(**vars(wanted))
    print(f"SYNTHETIC registry in {wanted.folder}; to be held back: {planted['held']}")


if __name__ == "__main__":
    main()
