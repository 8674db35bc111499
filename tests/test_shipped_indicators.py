"""The shipped indicators: hand-checked on ten records of each kind, against what is published, and on made-up files."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scaudit.audit import load, validate
from scaudit.computed import testify as add_evidence
from scaudit.indicators import HEADER, Indicator, indicators
from scaudit.measuring import measure
from scaudit.order import Order
from scaudit.project import find_project
from scaudit.records import read_records
from scaudit.warehouse import connect

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from synthetic_records import Plan, write  # noqa: E402

DAY = date(2026, 11, 21)
KEYS = {"title", "counts", "unit", "kind", "population", "needs", "bears_on", "better", "period", "note"}
Key = tuple[str, str, str | None]
Parts = dict[Key, tuple[float, float | None]]

CONVICTED, PENDING, OTHER = "1 Convicted Criminal", "2 Pending Criminal Charges", "3 Other Immigration Violator"
DETAINERS = [
    # prepared, lifted, reason, criminality, level, charge, state, race
    ("2011-10-05", "2011-10-06", "Booked into Detention", CONVICTED, "1", "Robbery", "TEXAS", "White"),
    ("2011-10-20", "2011-10-23", "Booked into Detention", CONVICTED, "1", "Sex Assault", "TEXAS", None),
    ("2011-10-21", "2011-10-23", "Case Closed", PENDING, None, None, "TEXAS", None),
    ("2011-11-01", None, None, OTHER, None, None, "CALIFORNIA", None),
    ("2011-11-02", "2011-11-01", "Early Release", PENDING, "1", None, "CALIFORNIA", None),
    ("2011-11-30", "2011-12-10", "Prosecutorial Discretion", CONVICTED, "3", "Assault", "CALIFORNIA", None),
    ("2012-09-30", "2012-09-30", "Booked into Detention", CONVICTED, None, "b(7)(e)", None, None),
    ("2012-10-01", "2012-10-04", "Detainer Declined by LEA", OTHER, None, None, "TEXAS", "b(6), b(7)c"),
    ("2012-12-21", None, "b(7)(e)", None, "4", None, "TEXAS", None),
    ("2013-01-15", "2013-01-16", "Booked into Detention", CONVICTED, "2.0", "Fraud", None, None),
]
REMOVALS = [
    # departed, status of the charge, level, charge, its number
    ("2012-01-10", "Convicted", "1", "Robbery", "1299"),
    ("2012-01-11", "Convicted", "3", "Driving Under Influence Liquor", "5404"),
    ("2012-02-01", "Pending", "1", "Assault", "1399"),
    ("2012-02-02", None, None, None, None),
    ("2012-03-01", "Overturned", None, "Fraud", "2699"),
    ("2012-03-05", "Convicted", "2", "b(7)(e)", None),
    ("2012-10-01", "Convicted", None, "Traffic Offense", None),
    ("2012-10-02", "Convicted", "1", "Homicide", "0999"),
    ("2012-10-03", None, None, None, None),
    ("2012-11-01", "Convicted", "4", "Larceny", "2399"),
]


def whole(numbers: dict[str, float], of: float) -> Parts:
    """Groups of the two fiscal years and three months that the ten detainers lie in."""
    return {("2011-10-01", group, None): (number, of) for group, number in numbers.items()}


def each(rows: dict[str, tuple[float, float | None]], version: str | None = None) -> Parts:
    return {(begins, "", version): parts for begins, parts in rows.items()}


def by_group(rows: dict[str, tuple[dict[str, float], float]]) -> Parts:
    return {(begins, group, None): (k, n) for begins, (groups, n) in rows.items() for group, k in groups.items()}


def levels(one: float, two: float, three: float, none: float, n: float) -> tuple[dict[str, float], float]:
    return {"level 1": one, "level 2": two, "level 3": three, "no level": none}, n


# months and years in which no record says anything of it have no figure
BY_HAND: dict[str, Parts] = {
    "detainers_prepared": each(
        {
            "2011-10-01": (3, None), "2011-11-01": (3, None), "2012-09-01": (1, None), "2012-10-01": (1, None),
            "2012-12-01": (1, None), "2013-01-01": (1, None),
        }
    ),
    "detainers_by_level": by_group(
        {
            "2011-10-01": levels(2, 0, 0, 1, 3), "2011-11-01": levels(1, 0, 1, 1, 3),
            "2013-01-01": levels(0, 1, 0, 0, 1),
        }
    ),
    "detainers_without_conviction": each(
        {
            "2011-10-01": (1, 3), "2011-11-01": (2, 3), "2012-09-01": (0, 1), "2012-10-01": (1, 1),
            "2013-01-01": (0, 1),
        }
    ),
    "detainers_convicted_or_charged": by_group(
        {
            "2011-10-01": ({"convicted": 4, "charged": 2, "neither": 1, "not said": 0}, 7),
            "2012-10-01": ({"convicted": 1, "charged": 0, "neither": 1, "not said": 1}, 3),
        }
    ),
    # of five lifted after 1, 3, 2, 10 and 0 days, and of two after 3 and 1; one was lifted before it was prepared
    "detainers_over_48_hours": each({"2011-10-01": (2, 5), "2012-10-01": (1, 2)}),
    "detainers_without_lift_time": each({"2011-10-01": (2, 7), "2012-10-01": (1, 3)}),
    "days_on_detainer": each({"2011-10-01": (16, 5), "2012-10-01": (4, 2)}),
    "detainers_by_lift_reason": whole(
        {
            "Booked into Detention": 4, "Case Closed": 1, "Early Release": 1, "Prosecutorial Discretion": 1,
            "Detainer Declined by LEA": 1, "no reason": 2,
        },
        10,
    ),
    "detainers_without_lift_reason": whole({"": 2}, 10),
    "detainers_without_level": each({"2011-10-01": (1, 4), "2012-10-01": (0, 1)}),
    "detainers_without_race_or_ethnicity": each({"2011-10-01": (6, 7), "2012-10-01": (3, 3)}),
    "detainers_without_conviction_by_state": {
        ("2011-10-01", "TEXAS", None): (3, 5),
        ("2011-10-01", "CALIFORNIA", None): (2, 3),
    },
    "detainers_at_level_1": {
        **each({"2011-10-01": (3, 7), "2012-10-01": (0, 3)}, "charged-or-convicted"),
        **each({"2011-10-01": (2, 7), "2012-10-01": (0, 3)}, "convicted"),
    },
    "removals_by_level": by_group({"2012-01-01": levels(2, 1, 1, 2, 6), "2012-10-01": levels(1, 0, 0, 3, 4)}),
    "removals_without_conviction": each(
        {"2012-01-01": (0, 2), "2012-02-01": (2, 2), "2012-03-01": (1, 2), "2012-10-01": (1, 3), "2012-11-01": (0, 1)}
    ),
    "removals_convicted_or_charged": by_group(
        {
            "2012-01-01": ({"convicted": 3, "charged": 1, "another status": 1, "no charge recorded": 1}, 6),
            "2012-10-01": ({"convicted": 3, "charged": 0, "another status": 0, "no charge recorded": 1}, 4),
        }
    ),
    "removals_at_level_1": {
        **each({"2012-01-01": (2, 6), "2012-10-01": (1, 4)}, "charged-or-convicted"),
        **each({"2012-01-01": (1, 6), "2012-10-01": (1, 4)}, "convicted"),
    },
    "removals_counted_as_criminal": {
        **each({"2012-01-01": (3, 6), "2012-10-01": (3, 4)}, "ice-convicted"),
        **each({"2012-01-01": (3, 6), "2012-10-01": (3, 4)}, "gao-convicted"),
        **each({"2012-01-01": (6, 6), "2012-10-01": (4, 4)}, "cis-identified"),
    },
    # the redacted charge is in no version; the one without a number is traffic by its words
    "removals_counted_as_crime": {
        **each({"2012-01-01": (2, 6), "2012-10-01": (3, 4)}, "with-traffic"),
        **each({"2012-01-01": (1, 6), "2012-10-01": (2, 4)}, "without-traffic"),
    },
    "removals_without_charge": each({"2012-01-01": (1, 4), "2012-10-01": (0, 3)}),
    "removals_without_level": each({"2012-01-01": (0, 3), "2012-10-01": (2, 3)}),
}  # fmt: skip

PUBLISHED = {
    # the two releases of the same researchers, side by side; the first has five months of fiscal year 2014
    "detainers_published": {
        ("TRAC-370, released 2014-11-12", "2011-10-01", "2012-09-30", 273_982),
        ("TRAC-370, released 2014-11-12", "2012-10-01", "2013-09-30", 213_325),
        ("TRAC-370, released 2014-11-12", "2013-11-01", "2014-03-31", 69_492),
        ("TRAC-511, released 2018-06", "2011-10-01", "2012-09-30", 276_181),
        ("TRAC-511, released 2018-06", "2012-10-01", "2013-09-30", 209_208),
        ("TRAC-511, released 2018-06", "2013-10-01", "2014-09-30", 159_210),
        ("TRAC-511, released 2018-06", "2014-10-01", "2015-09-30", 97_045),
        ("TRAC-511, released 2018-06", "2015-10-01", "2016-09-30", 85_720),
        ("TRAC-511, released 2018-06", "2016-10-01", "2017-09-30", 142_474),
    },
    "detainers_in_month_published": {
        ("Detainers in a month, TRAC-325", "2011-10-01", "2011-10-31", 24_515),
        ("Detainers in a month, TRAC-325", "2011-11-01", "2011-11-30", 22_487),
        ("Detainers in a month, TRAC-458", "2011-08-01", "2011-08-31", 27_755),
        ("Detainers in a month, TRAC-479", "2017-03-01", "2017-03-31", 13_971),
        ("Detainers followed by custody in a month, TRAC-458", "2010-03-01", "2010-03-31", 16_713),
    },
    "detainers_monthly_average_published": {
        ("TRAC-370, released 2014-11-12", "2011-10-01", "2012-09-30", 22_832),
        ("TRAC-370, released 2014-11-12", "2012-10-01", "2013-09-30", 17_777),
        ("TRAC-370, released 2014-11-12", "2013-11-01", "2014-03-31", 13_898),
        ("TRAC-325, released 2013-07-25", "2012-10-01", "2013-01-31", 18_427),
    },
    "cost_of_holds_published": {
        ("Los Angeles County", "2011-01-01", "2011-12-31", 26_000_000),
        ("California", "2011-01-01", "2011-12-31", 65_000_000),
    },
    "extra_days_published": {("Los Angeles County", "2011-01-01", "2011-12-31", 20.6)},
}


@dataclass(frozen=True)
class Measured:
    """A project that was measured, its database still open."""

    con: duckdb.DuckDBPyConnection
    declared: tuple[Indicator, ...]

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.con.execute(sql, list(values)).fetchall()

    def parts(self, indicator_id: str) -> Parts:
        """What was counted, before anything is held back."""
        found = self.rows(
            "select period_from, grp, version, numerator, denominator from result.raw_figures where indicator_id = ?",
            indicator_id,
        )
        return {(str(begins), group, version): (k, n) for begins, group, version, k, n in found}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this project's inputs, read and checked."""
    root = tmp_path_factory.mktemp("shipped") / "project"
    shutil.copytree(ROOT / "inputs", root / "inputs", ignore=shutil.ignore_patterns("records", "*.md"))
    shutil.copytree(ROOT / "schemas", root / "schemas", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "scaudit.toml", root)
    order = Order(root, DAY, DAY, "test")
    load(order)
    assert validate(order).quarantined == 0
    return root


def measured(project: Path, folder: Path) -> Iterator[Measured]:
    """Another copy of it, with the database, measured with the records in a folder."""
    root = folder / "project"
    shutil.copytree(project, root)
    if (folder / "records").is_dir():
        shutil.move(folder / "records", root / "inputs" / "records")
    with closing(connect(Order(root, DAY, DAY, "test").database)) as con:
        found = find_project(root)
        yield Measured(con, measure(con, found, read_records(con, found)))


@pytest.fixture(scope="module")
def without_records(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Measured]:
    yield from measured(project, tmp_path_factory.mktemp("none"))


@pytest.fixture(scope="module")
def ten_of_each(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Measured]:
    folder = tmp_path_factory.mktemp("ten")
    (folder / "records").mkdir()
    names = (
        *("Detainer Prepare Date", "Detainer Lift Date", "Detainer Lift Reason", "Detainer Criminality"),
        *("Detainer Threat Level", "MSC Charge", "Facility State", "Race"),
    )
    write_parquet(folder / "records" / "SYNTHETIC-detainers.parquet", names, DETAINERS, detainer_columns())
    names = ("Departure Date", "MSC Criminal Charge Status", "Case Threat Level", "MSC Charge", "MSC Charge Code")
    write_parquet(folder / "records" / "SYNTHETIC-removals.parquet", names, REMOVALS, removal_columns())
    yield from measured(project, folder)


@pytest.fixture(scope="module")
def made_up(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Measured]:
    folder = tmp_path_factory.mktemp("made_up")
    write(Plan(rows=20_000), folder / "records")
    write(Plan(kind="removals", rows=20_000, first=date(2011, 10, 1)), folder / "records")
    yield from measured(project, folder)


def write_parquet(path: Path, names: tuple[str, ...], rows: list[Any], more: tuple[str, ...]) -> None:
    """The rows as text, and further columns that the layout requires, empty."""
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)) | {name: [None] * 10 for name in more}
    pq.write_table(pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()}), path)


def detainer_columns() -> tuple[str, ...]:
    return (
        *("Facility AOR", "MSC Conviction Date", "Processing Disposition", "Apprehension Method"),
        *("Biometric Match Yes No", "Anonymized Identifier"),
    )


def removal_columns() -> tuple[str, ...]:
    return (
        "Departure Country",
        "Apprehension Date",
        "Citizenship Country",
        "Gender",
        "Birth Year",
        "Anonymized Identifer",
    )


def shipped() -> tuple[Indicator, ...]:
    return indicators(find_project(ROOT))


def headers() -> dict[str, dict[str, Any]]:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "inputs" / "indicators").glob("*.sql")}
    return {name: tomllib.loads(HEADER.fullmatch(text)["header"]) for name, text in texts.items()}  # type: ignore[index]


def table(name: str) -> list[dict[str, str]]:
    with (ROOT / "inputs" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def needs_records(one: Indicator) -> bool:
    return any(need.startswith("cube.") for need in one.declared.needs)


def test_every_header_says_what_a_reader_must_know() -> None:
    """Also which direction is better, that there is none, and what has no threshold and why."""
    found = headers()
    assert {name: KEYS - set(header) for name, header in found.items() if KEYS - set(header)} == {}
    shares = [header for header in found.values() if header["kind"] == "share"]
    assert all(header["numerator"] and header["denominator"] for header in shares)
    assert [
        name for name, header in found.items() if ("evidence" in header) == ("No threshold" in header["note"])
    ] == []


def test_every_indicator_bears_on_asks_and_claims_that_exist() -> None:
    criteria = {row["criterion_id"] for row in table("criteria")}
    assert {id_ for one in shipped() for id_ in one.declared.bears_on} <= criteria


def test_what_the_letter_argues_with_numbers_is_measured() -> None:
    """Each of these asks and claims has an indicator; those that cannot be measured have one that says so."""
    bearing = {id_ for one in shipped() for id_ in one.declared.bears_on}
    assert bearing >= {
        *("LETTER/I.a", "LETTER/II.a", "LETTER/II.claim-2", "LETTER/II.b-practice", "LETTER/II.d"),
        *("LETTER/III.b", "LETTER/III.c", "LETTER/III.d", "LETTER/III.claim-2", "LETTER/V.c-penalties"),
        *("LETTER/VI.a-result", "LETTER/VI.c", "LETTER/VI.d-practice"),
    }


def test_sources_terms_and_events_exist() -> None:
    sources, terms = {row["source_id"] for row in table("sources")}, {row["term"] for row in table("definitions")}
    days = {row["day_id"] for row in table("reading_days")} | {"2012-12-21", ""}
    for one in shipped():
        assert {one.declared.source} - {""} <= sources
        assert {one.declared.term} - {""} <= terms
        assert one.declared.event in days
        assert bool(one.declared.source) == needs_records(one)


def test_no_number_of_a_source_is_typed_into_a_query() -> None:
    """A query on published statistics holds no figure but the hundred of percent."""
    for one in shipped():
        if one.declared.needs == ("statistics",):
            bare = re.sub(r"'[^']*'|--[^\n]*", "", one.sql)
            assert set(re.findall(r"(?<![\w.])\d[\d_.]*", bare)) <= {"100"}, one.indicator_id


def test_every_published_figure_is_a_row_of_the_statistics(without_records: Measured) -> None:
    """As written, with its source and its bound, without an interval or an N of ours; none is averaged or left out."""
    given = {
        (row["source_id"], row["bound"] or "exact", float(row["value"]) / (100 if row["unit"] == "percent" else 1))
        for row in table("statistics")
    }
    found = without_records.rows("select source_ids[1], bound, value, n, low, len(source_ids) from result.figures")
    assert len(found) > 200
    assert {(source, bound, value) for source, bound, value, *_ in found} <= given
    assert {(n, low, sources) for *_, n, low, sources in found} == {(None, None, 1)}


@pytest.mark.parametrize("indicator_id", PUBLISHED)
def test_published_figures_are_those_that_were_published(without_records: Measured, indicator_id: str) -> None:
    """Both releases stand side by side under their own names."""
    found = without_records.rows(
        "select grp, period_from, period_to, value from result.figures where indicator_id = ?", indicator_id
    )
    assert {(group, str(begins), str(ends), value) for group, begins, ends, value in found} == PUBLISHED[indicator_id]


def test_the_peak_is_august_2011_and_the_other_peak_is_told(without_records: Measured) -> None:
    ((begins, group),) = without_records.rows(
        "select period_from, grp from result.figures where indicator_id = 'detainers_in_month_published' "
        "qualify value = max(value) over ()"
    )
    assert (begins, group) == (date(2011, 8, 1), "Detainers in a month, TRAC-458")
    assert "March 2011" in headers()["detainers_in_month_published"]["note"]


def test_the_two_74_percent_are_two_definitions(without_records: Measured) -> None:
    found = without_records.rows(
        "select version, value, source_ids[1], bound from result.figures where indicator_id = 'the_two_74_percent' "
        "order by version"
    )
    assert found == [
        ("coalition-serious", 0.74, "COALITION-LETTER-2011", "exact"),
        ("gao-convicted", 0.74, "GAO-12-708", "about"),
    ]


def test_the_roll_out_ends_with_all_counties(without_records: Measured) -> None:
    """By month and by state it comes to the same."""
    for name in ("counties_activated_in_month", "counties_activated_by_state"):
        assert without_records.rows("select sum(value) from result.figures where indicator_id = ?", name) == [(3143,)]
    assert without_records.rows("select max(value) from result.figures where indicator_id = 'counties_activated'") == [
        (3143,)
    ]


def test_bodies_stand_side_by_side(without_records: Measured) -> None:
    """ICE, GAO and others on the share of the convicted, each with its own whole."""
    found = without_records.rows(
        "select distinct source_ids[1] from result.figures where indicator_id = 'removals_by_conviction_published'"
    )
    assert {source for (source,) in found} >= {"ICE-FY13", "ICE-TEST-2012", "GAO-12-708", "FORUM-2012-05", "TRAC-349"}


def test_without_record_files_the_indicators_say_what_they_need(without_records: Measured) -> None:
    found = dict(without_records.rows("select indicator_id, missing from result.measured"))
    assert {one.indicator_id: found[one.indicator_id] for one in shipped()} == {
        one.indicator_id: ", ".join(one.declared.needs) if needs_records(one) else "" for one in shipped()
    }
    assert found["detainers_prepared"] == "cube.detainers"


def test_every_indicator_of_records_is_checked_by_hand() -> None:
    assert set(BY_HAND) | {"days_held_in_total"} == {one.indicator_id for one in shipped() if needs_records(one)}


@pytest.mark.parametrize("indicator_id", BY_HAND)
def test_ten_records_give_what_was_counted_by_hand(ten_of_each: Measured, indicator_id: str) -> None:
    assert ten_of_each.parts(indicator_id) == BY_HAND[indicator_id]


def test_days_are_added_up_with_both_assumptions(ten_of_each: Measured) -> None:
    """16 days of five detainers, of which 48 hours each would be 10; four of two."""
    found = ten_of_each.rows(
        "select period_from, low, value, high, n from result.raw_figures where indicator_id = 'days_held_in_total' "
        "order by period_from"
    )
    assert found == [(date(2011, 10, 1), 10, 16, 16, 5), (date(2012, 10, 1), 4, 4, 4, 2)]
    ranges = ten_of_each.rows(
        "select low, high from result.raw_figures where indicator_id = 'days_on_detainer' order by period_from"
    )
    assert ranges == [pytest.approx((2.2, 4.2)), (1, 3)]


def test_a_fiscal_year_ends_where_the_files_do(ten_of_each: Measured) -> None:
    found = ten_of_each.rows(
        "select distinct period_from, period_to from result.raw_figures where indicator_id = 'detainers_over_48_hours'"
    )
    assert set(found) == {(date(2011, 10, 1), date(2012, 9, 30)), (date(2012, 10, 1), date(2013, 1, 31))}


def test_ten_people_are_too_few_to_be_shown(ten_of_each: Measured) -> None:
    """Of people counted, by whatever group, nothing but a nought is shown."""
    shown = ten_of_each.rows(
        "select distinct figures.numerator from result.figures as figures "
        "join result.measured as measured on measured.indicator_id = figures.indicator_id "
        "where measured.counted and measured.kind in ('share', 'count') and figures.value is not null"
    )
    assert {numerator for (numerator,) in shown} <= {0, None}


def test_what_a_release_does_not_say_is_no_figure_and_no_nought(project: Path, tmp_path: Path) -> None:
    """Where a whole column is empty, only what counts the gaps has figures: that all is missing is the finding."""
    (tmp_path / "records").mkdir()
    names = "Detainer Prepare Date", "Detainer Lift Reason", "Detainer Criminality", "Detainer Threat Level"
    more = "MSC Charge", "Facility State", *detainer_columns()
    rows = [("2012-10-01", None, None, None)] * 10
    write_parquet(tmp_path / "records" / "SYNTHETIC-detainers.parquet", names, rows, more)
    for found in measured(project, tmp_path):
        told = found.rows("select distinct indicator_id, numerator, denominator from result.raw_figures where n = 10")
        assert sorted(told) == [
            ("detainers_by_lift_reason", 10, 10),
            ("detainers_convicted_or_charged", 0, 10),
            ("detainers_convicted_or_charged", 10, 10),
            ("detainers_prepared", 10, None),
            ("detainers_without_lift_reason", 10, 10),
            ("detainers_without_lift_time", 10, 10),
            ("detainers_without_race_or_ethnicity", 10, 10),
        ]


def test_the_letters_version_that_cannot_be_counted_gives_no_figure(ten_of_each: Measured) -> None:
    versions = ten_of_each.rows(
        "select distinct version from result.raw_figures where indicator_id = 'removals_counted_as_criminal'"
    )
    assert {row["version"] for row in table("definitions") if row["term"] == "criminal_alien"} - {
        version for (version,) in versions
    } == {"coalition-serious"}


def test_all_are_computed_from_made_up_files(made_up: Measured) -> None:
    """From files of the published shape; nothing is missing, and what is made up says so."""
    assert made_up.rows("select indicator_id, missing from result.measured where missing <> ''") == []
    found = made_up.rows("select distinct indicator_id from result.raw_figures where n > 0 or value > 0")
    assert {id_ for (id_,) in found} == {one.indicator_id for one in made_up.declared}
    synthetic = made_up.rows("select indicator_id from result.measured where synthetic")
    assert {id_ for (id_,) in synthetic} == {one.indicator_id for one in shipped() if needs_records(one)}


def test_groups_of_a_share_add_up_to_the_whole(made_up: Measured) -> None:
    """No record is in two groups or in none."""
    for name in (
        *("detainers_by_level", "detainers_convicted_or_charged", "detainers_by_lift_reason"),
        *("removals_by_level", "removals_convicted_or_charged"),
    ):
        off = made_up.rows(
            "select period_from from result.raw_figures where indicator_id = ? group by period_from "
            "having sum(numerator) <> any_value(denominator)",
            name,
        )
        assert off == [], name


def test_change_of_definition_is_told_from_change_of_records(made_up: Measured) -> None:
    """Every version counts the same records."""
    for one in shipped():
        if one.declared.term and needs_records(one):
            wholes = made_up.rows(
                "select period_from, count(distinct denominator), count(distinct version) from result.raw_figures "
                "where indicator_id = ? group by period_from",
                one.indicator_id,
            )
            assert {(n, versions > 1) for _, n, versions in wholes} == {(1, True)}


def test_only_two_indicators_are_evidence_and_both_name_the_keeper_of_the_records(made_up: Measured) -> None:
    """What the bounds say was written down before: a quarter, a half, and nought."""
    thresholds = {one.indicator_id: one.declared.evidence for one in shipped() if one.declared.evidence}
    assert set(thresholds) == {"removals_by_level", "detainers_over_48_hours"}
    assert {one.origin for group in thresholds.values() for one in group} == {"ICE"}
    ((level,), (hours,)) = thresholds["removals_by_level"], thresholds["detainers_over_48_hours"]
    stances = [level.stance(value) for value in (0.51, 0.5, 0.25, 0.24)]
    assert stances == ["partly", "context", "context", "contradicts"]
    assert [hours.stance(value) for value in (0, 0.001, 1)] == ["partly", "context", "context"]
    # nine fiscal years of detainers, six of removals
    assert add_evidence(made_up.con, made_up.declared) == 15
    found = made_up.rows("select distinct criterion_id, stance from clean.evidence where source_id = 'ICE-RECORDS'")
    assert set(found) == {("LETTER/III.b", "contradicts"), ("LETTER/VI.a-result", "context")}


def test_the_benchmark_of_records_prints_a_ratio_to_its_floor() -> None:
    words = [sys.executable, ROOT / "benchmarks" / "records.py", "--rows", "2000", "--rounds", "1"]
    shown = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=True).stdout
    assert "SYNTHETIC" in shown
    assert re.search(r"plain count +\d+\.\d\d s +1\.0\nindicators +\d+\.\d\d s +\d+\.\d +\d+ MB", shown)
