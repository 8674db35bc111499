"""Writes a project with a seeded synthetic registry, labelled SYNTHETIC wherever it shows."""

import re
import shutil
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parents[1]
TABLES = ("bodies", "sources", "recommendations", "criteria", "evidence")
SETTINGS = """\
title = "SYNTHETIC registry for benchmarks"
publisher = "nobody: SYNTHETIC"
contact = "nobody: SYNTHETIC"

[programme]
name = "SYNTHETIC programme"
from = "2012-01-01"
"""


def write_project(folder: Path, items: int, records: int, seed: int = 1) -> None:
    """A project of `items` items with three criteria each and `records` evidence rows, as CSV files."""
    (folder / "inputs").mkdir(parents=True)
    (folder / "scaudit.toml").write_text(SETTINGS, encoding="utf-8")
    shutil.copytree(ROOT / "schemas", folder / "schemas", ignore=shutil.ignore_patterns("__pycache__"))
    sql = (ROOT / "benchmarks" / "registry.sql").read_text(encoding="utf-8")
    numbers = {"items": items, "records": records, "seed": seed}
    sql = re.sub(r"\$(items|records|seed)", lambda match: str(numbers[match[1]]), sql)
    with duckdb.connect() as con:
        con.execute(sql)
        for table in TABLES:
            con.table(table).write_csv(str(folder / "inputs" / f"{table}.csv"), header=True)
