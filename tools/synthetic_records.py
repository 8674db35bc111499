"""Writes made-up record-level files of the shape that is really published, labelled SYNTHETIC wherever it shows.

The same seed gives the same bytes (with the same versions of DuckDB and Arrow). A known effect can be planted from an
event day on, on how many records there are and on the share without a conviction, to see whether it is found again.

    python tools/synthetic_records.py --rows 10000000 --seed 1 --out inputs/records
    python tools/synthetic_records.py --kind removals --rows 5000 --format xlsx --event 2012-12-21 --effect -0.2 --out .
"""

from __future__ import annotations

import argparse
import math
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from synthetic_workbook import write_workbook

PARTS = Path(__file__).parent / "synthetic"
NOTE = "SYNTHETIC: made up by a program. No row is a record of a person, an agency or an event."
LINES_ABOVE = 5
SLOTS = 1000
MARGINS = {
    "places": ("state", "area"),
    "charges": ("charge", "code", "level"),
    "lift_reasons": ("reason", "reason_code"),
    "countries": ("country",),
    "methods": ("method",),
    "programs": ("program",),
    "dispositions": ("disposition", "disposition_code"),
}
WEEK = (1.15, 1.15, 1.15, 1.15, 1.1, 0.7, 0.6)  # Monday to Sunday
BATCH = 10_000
ROW_GROUP = 245_760


@dataclass(frozen=True)
class Plan:
    """What to make: how many records of which kind, over which days, and what is planted.

    `effect` is the relative change from `event` on (-0.2 is a fifth less) of what `on` names: volume, share (without a
    conviction) or both. `trend` is the relative change of volume a year; the logarithm of a month's volume wanders with
    standard deviation `noise` and correlation `autocorrelation` from month to month.
    """

    kind: str = "detainers"
    rows: int = 10_000
    seed: int = 1
    first: date = date(2008, 10, 1)
    last: date = date(2017, 9, 30)
    event: date | None = None
    effect: float = 0.0
    on: str = "both"
    trend: float = 0.0
    noise: float = 0.06
    autocorrelation: float = 0.6

    def planted(self, what: str) -> float:
        """By what `what` (volume or share) is multiplied from the event on."""
        return 1 + self.effect if self.event is not None and self.on in (what, "both") else 1.0


def daily_counts(plan: Plan) -> dict[date, int]:
    """How many records every day has: drawn about the planned level, `rows` in all."""
    draws = np.random.default_rng(plan.seed)
    days = [plan.first + timedelta(n) for n in range((plan.last - plan.first).days + 1)]
    months = sorted({(day.year, day.month) for day in days})
    levels = dict(zip(months, _wander(plan, draws, len(months)), strict=True))
    weights = np.array([_weight(plan, day, levels[day.year, day.month]) for day in days])
    counts = draws.multinomial(plan.rows, weights / weights.sum())
    return dict(zip(days, map(int, counts), strict=True))


def _wander(plan: Plan, draws: np.random.Generator, months: int) -> list[float]:
    """The logarithms of the monthly levels: noise that remembers the month before."""
    steps = draws.standard_normal(months)
    level, levels = steps[0], [steps[0]]
    for step in steps[1:]:
        level = plan.autocorrelation * level + math.sqrt(1 - plan.autocorrelation**2) * step
        levels.append(level)
    return [plan.noise * float(level) for level in levels]


def _weight(plan: Plan, day: date, level: float) -> float:
    years = (day - plan.first).days / 365.25
    after = plan.event is not None and day >= plan.event
    factor = plan.planted("volume") if after else 1.0
    return math.exp(level) * math.pow(1 + plan.trend, years) * WEEK[day.weekday()] * factor


def prepare(plan: Plan) -> duckdb.DuckDBPyConnection:
    """A database with the margins, the draws and every record with its day."""
    con = duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
    con.execute("set variable seed = ?::bigint", [plan.seed])
    margins = tomllib.loads((PARTS / "margins.toml").read_text(encoding="utf-8"))
    for name, columns in MARGINS.items():
        _fill(con, name, _slots(margins[name], columns))
    counts = daily_counts(plan)
    _fill(con, "daily", {"day": list(counts), "count": list(counts.values())})
    con.execute(_sql("draws"))
    con.execute(_sql("records"))
    return con


def _fill(con: duckdb.DuckDBPyConnection, name: str, columns: dict[str, list[Any]]) -> None:
    con.register("given", pa.table(columns))
    con.execute(f"create table {name} as from given")
    con.unregister("given")


def _slots(margin: list[list[Any]], columns: tuple[str, ...]) -> dict[str, list[Any]]:
    """A thousand rows, each value in as many as its weight has of all; every value in one at least."""
    rows: list[list[Any]] = []
    total, passed = sum(row[-1] for row in margin), 0
    for row in margin:
        passed += row[-1]
        rows += [row] * max(1, round(passed * SLOTS / total) - len(rows))
    rows = rows[:SLOTS]
    return {"slot": list(range(SLOTS))} | {column: [row[i] for row in rows] for i, column in enumerate(columns)}


def _sql(name: str) -> str:
    return (PARTS / f"{name}.sql").read_text(encoding="utf-8")


def _wanted(plan: Plan, first: int, last: int) -> dict[str, Any]:
    """The parameters of a query for some of the records."""
    return {
        "first": first,
        "last": last,
        "event": plan.event or date.max,
        "factor": plan.planted("share"),
        "persons": max(1, plan.rows * 4 // 5),
    }


def write(plan: Plan, folder: Path, form: str = "parquet", files: int = 1, sheets: int = 2) -> list[Path]:
    """Write the records, split evenly over files (and, in a workbook, sheets); gives the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"SYNTHETIC-{plan.kind}-{number}.{form}" for number in range(1, files + 1)]
    with prepare(plan) as con:
        for path, (first, last) in zip(paths, _split(1, plan.rows, files), strict=True):
            if form == "parquet":
                _write_parquet(con, plan, path, first, last)
            else:
                _write_xlsx(con, plan, path, _split(first, last, sheets))
    return paths


def _split(first: int, last: int, parts: int) -> list[tuple[int, int]]:
    """The records from first to last in so many runs of about the same length."""
    edges = [first + (last - first + 1) * part // parts for part in range(parts + 1)]
    return [(begin, end - 1) for begin, end in pairwise(edges)]


def _write_parquet(con: duckdb.DuckDBPyConnection, plan: Plan, path: Path, first: int, last: int) -> None:
    """Row group by row group: the database's own writer cuts them by the memory that is free, not by the seed."""
    query = _sql(plan.kind)
    schema = con.sql(query, params=_wanted(plan, 0, 0)).to_arrow_table().schema.with_metadata({"note": NOTE})
    with pq.ParquetWriter(path, schema, compression="zstd") as file:
        for begin in range(first, last + 1, ROW_GROUP):
            rows = con.sql(query, params=_wanted(plan, begin, min(last, begin + ROW_GROUP - 1))).to_arrow_table()
            file.write_table(rows.replace_schema_metadata(schema.metadata))


def _write_xlsx(con: duckdb.DuckDBPyConnection, plan: Plan, path: Path, runs: list[tuple[int, int]]) -> None:
    sheets = {
        f"{plan.kind.capitalize()} (Sheet {number})": _sheet_rows(con, plan, first, last)
        for number, (first, last) in enumerate(runs, 1)
    }
    write_workbook(path, sheets)


def _sheet_rows(con: duckdb.DuckDBPyConnection, plan: Plan, first: int, last: int) -> Iterator[tuple[Any, ...]]:
    """The lines above, the column names, the records."""
    above = [(NOTE,), (plan.kind.capitalize(),), (f"{plan.first} to {plan.last}",), (f"Seed {plan.seed}",)]
    yield from [*above, *[()] * (LINES_ABOVE - len(above))]
    answer = con.execute(_sql(plan.kind), _wanted(plan, first, last))
    yield tuple(column[0] for column in answer.description)
    while batch := answer.fetchmany(BATCH):
        yield from batch


def main() -> None:
    """Write what the command line asks for, and name the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", choices=["detainers", "removals"], default=Plan.kind)
    parser.add_argument("--rows", type=int, default=Plan.rows)
    parser.add_argument("--seed", type=int, default=Plan.seed)
    parser.add_argument("--format", choices=["parquet", "xlsx"], default="parquet")
    parser.add_argument("--files", type=int, default=1)
    parser.add_argument("--sheets", type=int, default=2, help="sheets of a workbook")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--first", type=date.fromisoformat, default=Plan.first, metavar="DAY")
    parser.add_argument("--last", type=date.fromisoformat, default=Plan.last, metavar="DAY")
    parser.add_argument("--event", type=date.fromisoformat, metavar="DAY")
    parser.add_argument("--effect", type=float, default=Plan.effect, help="relative change from the event on, as -0.2")
    parser.add_argument("--on", choices=["volume", "share", "both"], default=Plan.on, help="what the effect is on")
    parser.add_argument("--trend", type=float, default=Plan.trend, help="relative change of volume a year")
    parser.add_argument("--noise", type=float, default=Plan.noise, help="standard deviation of log monthly volume")
    parser.add_argument("--autocorrelation", type=float, default=Plan.autocorrelation, help="of it, month to month")
    asked = vars(parser.parse_args())
    folder, form, files, sheets = (asked.pop(name) for name in ("out", "format", "files", "sheets"))
    for path in write(Plan(**asked), folder, form, files, sheets):
        print(path)


if __name__ == "__main__":
    main()
