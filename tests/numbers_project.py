"""An invented project that measures: declared indicators, and clean tables made by hand or the starter's."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from scaudit.indicators import Indicator
from scaudit.measuring import measure
from scaudit.project import find_project
from scaudit.records import Records, RecordsTable
from scaudit.starting import scaffold
from scaudit.weighing import weigh

CLEAN = """
create schema clean;
create schema records;
create table clean.statistics as select 'S1' as statistic_id;
create table clean.definitions (term varchar, version varchar, valid_from date, valid_to date);
create table clean.reading_days (day_id varchar, day date, label varchar);
create table records.visits as select date '2020-01-15' as visited_on;
insert into clean.reading_days values ('labels', date '2021-07-10', 'Labels begin');
"""
SETTINGS = """
title = "Meals"
publisher = "The auditors"
contact = "Write to them."
[programme]
name = "Meals"
from = "2019-01-01"
"""
LAYOUT = """
title = "Visits to kitchens, one row a visit"
publisher = "Department of School Meals (invented)"
source = "Invented"
[columns]
visited_on = { name = "Day", type = "date", required = true }
kitchen = { name = "Kitchen", type = "text", required = true }
clean = { name = "Clean", type = "boolean", required = true }
"""
CUBE = """/*
source = "records.visits"
counts = "Visits by month."
*/
select date_trunc('month', visited_on)::date as month, count(*) as visits, count_if(clean) as clean
from records.visits group by all
"""
SHARE = """select
    month as period_from, last_day(month) as period_to, '' as grp, null as version, sum(clean) as numerator,
    sum(visits) as denominator, null as value, sum(visits) as n
from cube.visits group by month
"""
NAMES = "period_from, period_to, grp, version, numerator, denominator, value, n"
VISITS = RecordsTable("visits", "visits", None, ())  # type: ignore[arg-type] # a table made by hand has no layout
THRESHOLD = {"criterion": "AUDIT-1/R1.b", "origin": "MEALS", "source": "MEALS-RELEASE", "supports": ">= 0.9"}


def header(evidence: Sequence[dict[str, str]] = (), **keys: Any) -> str:
    """A header as TOML: of a published count, but for the `keys`."""
    told = {
        "title": "Visits", "counts": "one visit", "unit": "visits", "kind": "count", "population": "all kitchens",
        "needs": ["statistics"], "bears_on": ["AUDIT-1/R1.b"], **keys,
    }  # fmt: skip
    tables = [["[[evidence]]", *_lines(one)] for one in evidence]
    return "\n".join([*_lines(told), *(line for table in tables for line in table)])


def _lines(keys: dict[str, Any]) -> list[str]:
    return [f"{key} = {json.dumps(value)}" for key, value in keys.items()]


def share_header(**keys: Any) -> str:
    return header(**{"kind": "share", "unit": "percent", "numerator": "clean visits", "denominator": "visits", **keys})


def declare(root: Path, name: str, head: str, sql: str) -> Path:
    path = root / "inputs" / "indicators" / f"{name}.sql"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"/*\n{head}\n*/\n{sql}\n")
    return path


def bare_project(root: Path) -> Path:
    """Settings, a cube of visits, and nothing else."""
    cubes = root / "inputs" / "indicators" / "cubes"
    cubes.mkdir(parents=True)
    (root / "scaudit.toml").write_text(SETTINGS)
    (cubes / "visits.sql").write_text(CUBE.replace("count_if(clean)", "0"))
    return root


def month(number: int) -> str:
    """The first day of a month, counted from January 2020."""
    return date(2020 + number // 12, number % 12 + 1, 1).isoformat()


def values(rows: Iterable[Sequence[Any]], more: str = "") -> str:
    """A query that gives these rows: month, group, version, numerator, denominator, value, n."""
    told = ", ".join(f"({_day(row[0])}, {', '.join(_literal(cell) for cell in row[1:])})" for row in rows)
    names = NAMES + more
    return f"select * from (values {told}) as given({names})"


def _day(number: int) -> str:
    return f"date '{month(number)}', last_day(date '{month(number)}')"


def _literal(cell: Any) -> str:
    if cell is None:
        return "null"
    return f"'{cell}'" if isinstance(cell, str) else repr(cell)


def measured(con: duckdb.DuckDBPyConnection, root: Path, records: bool = True, more: str = "") -> tuple[Indicator, ...]:
    """Measure over clean tables made by hand (and `more` in them), with or without a table of visits."""
    con.execute(CLEAN + more)
    return measure(con, find_project(root), Records((VISITS,) if records else ()))


def weighed(con: duckdb.DuckDBPyConnection, root: Path, event: str = "", more: str = "") -> None:
    weigh(con, find_project(root), measured(con, root, more=more), event)


def figures(con: duckdb.DuckDBPyConnection, *columns: str) -> list[tuple[Any, ...]]:
    return con.sql(f"select {', '.join(columns)} from result.figures order by period_from, grp, version").fetchall()


def write_visits(root: Path, name: str = "visits.csv", clean: int = 57, of: int = 60, months: int = 1) -> Path:
    """A file of visits: in every month `of` of them, `clean` of which found a clean kitchen."""
    path = root / "inputs" / "records" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        f"{month(number)},K{visit},{'Yes' if visit < clean else 'No'}"
        for number in range(months)
        for visit in range(of)
    ]
    path.write_text("\n".join(["Day,Kitchen,Clean", *lines]) + "\n")
    return path


def measuring_project(root: Path) -> Path:
    """The starter's project with a table of visits, its cube, and a share that bears on a criterion; no file yet."""
    scaffold(root)
    with (root / "scaudit.toml").open("a") as settings:
        settings.write('\n[records.visits]\nlayout = "visits"\nfiles = ["inputs/records/*visits*.csv"]\n')
    (root / "inputs" / "layouts").mkdir(exist_ok=True)
    (root / "inputs" / "layouts" / "visits.toml").write_text(LAYOUT)
    cubes = root / "inputs" / "indicators" / "cubes"
    cubes.mkdir(parents=True)
    (cubes / "visits.sql").write_text(CUBE)
    declare(root, "clean", share_header(needs=["cube.visits"], evidence=[THRESHOLD]), SHARE)
    return root
