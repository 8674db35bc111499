"""Made-up records: the same from the same seed, of the real shape, labelled, and with what was planted in them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from python_calamine import load_workbook

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import synthetic_records  # noqa: E402
from synthetic_records import NOTE, Plan, daily_counts, write  # noqa: E402

EVENT = date(2012, 12, 21)


def query(path: Path, text: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as con:
        con.execute("create view made as from read_parquet(?)".replace("?", f"'{path}'"))
        return con.execute(text).fetchall()


@pytest.mark.parametrize("form", ["parquet", "xlsx"])
@pytest.mark.parametrize("kind", ["detainers", "removals"])
def test_a_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path, kind: str, form: str) -> None:
    """So that a trial can be done again by somebody else."""
    first, again, other = (
        write(Plan(kind, rows=300, seed=seed), tmp_path / name, form)[0].read_bytes()
        for name, seed in (("first", 7), ("again", 7), ("other", 8))
    )
    assert first == again
    assert first != other


def test_many_records_come_in_the_same_order_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several row groups, the first of more rows than the database gives one thread."""
    monkeypatch.setattr(synthetic_records, "ROW_GROUP", 130_000)
    paths = [write(Plan(rows=140_000, seed=3), tmp_path / name)[0] for name in ("first", "again")]
    assert pq.ParquetFile(paths[0]).num_row_groups == 2
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_records_do_not_depend_on_how_they_are_split(tmp_path: Path) -> None:
    """One file or three: the same records in the same order, each once."""
    whole = write(Plan(rows=1000), tmp_path / "whole")
    split = write(Plan(rows=1000), tmp_path / "split", files=3)
    assert [path.name for path in split] == [f"SYNTHETIC-detainers-{number}.parquet" for number in (1, 2, 3)]
    assert [row for path in split for row in pq.read_table(path).to_pylist()] == pq.read_table(whole[0]).to_pylist()


def test_every_file_says_that_it_is_synthetic(tmp_path: Path) -> None:
    """In its name, in the lines above the header of every sheet, in the notes of a Parquet file."""
    book, parquet = (write(Plan(rows=50), tmp_path, form)[0] for form in ("xlsx", "parquet"))
    assert "SYNTHETIC" in book.name
    assert "SYNTHETIC" in parquet.name
    assert pq.read_schema(parquet).metadata[b"note"].decode() == NOTE
    workbook = load_workbook(str(book))
    assert len(workbook.sheet_names) == 2
    for name in workbook.sheet_names:
        lines = list(workbook.get_sheet_by_name(name).iter_rows())
        assert "SYNTHETIC" in str(lines[0][0])
        assert lines[5][0] == "Detainer Prepare Date"
        assert len(lines) == 6 + 25


def test_what_is_made_is_as_skewed_and_as_full_of_holes_as_such_files_are(tmp_path: Path) -> None:
    """Levels, marks of redaction, texts that are no dates, detainers that were never lifted, people seen twice."""
    path = write(Plan(rows=40_000), tmp_path)[0]
    shares = query(
        path,
        """
        select
            count(*) filter ("Detainer Threat Level" is null) / count(*),
            count(*) filter ("Facility State" = 'CALIFORNIA') / count(*),
            count(*) filter ("Detainer Lift Reason" is null) / count(*),
            count(*) filter ("MSC Charge" = 'Traffic Offense') / count("MSC Charge"),
            count(*) filter ("MSC Charge Date" like '00/00/%') / count("MSC Charge Date"),
            count(*) filter ("Birth Date" = 'b(6), b(7)c') / count(*),
            count(*) filter ("Anonymized Identifier" is null) / count(*),
            count(*) filter ("Detainer Lift Date" - "Detainer Prepare Date" <= 2) / count("Detainer Lift Date"),
            count(distinct "Anonymized Identifier") < count("Anonymized Identifier"),
            array_agg(distinct "Detainer Threat Level" order by "Detainer Threat Level")
        from made
        """,
    )[0]
    assert shares[:8] == pytest.approx((0.49, 0.25, 0.26, 0.12, 0.003, 1, 0.12, 0.65), rel=0.1)
    assert shares[8]
    assert shares[9] == ["1", "2", "3", None]


def test_fields_have_nothing_to_do_with_each_other_unless_they_should(tmp_path: Path) -> None:
    """Each share is the same among the convicted as among the others; a charge goes with a conviction only."""
    fields = ("Facility State\" = 'CALIFORNIA'", "Gender\" = 'Male'", "Citizenship Country\" = 'MEXICO'",
              'Detainer Lift Reason" is null', 'Anonymized Identifier" is null', "Biometric Match Yes No\" = 'YES'")  # fmt: skip
    shares = ", ".join(f'count(*) filter ("{field}) / count(*)' for field in fields)
    convicted = "\"Detainer Criminality\" = '1 Convicted Criminal'"
    text = f'select count("MSC Charge") = 0, {shares} from made group by {convicted} order by {convicted}'
    others, ours = query(write(Plan(rows=40_000), tmp_path)[0], text)
    assert (others[0], ours[0]) == (True, False)
    assert ours[1:] == pytest.approx(others[1:], abs=0.015)


def test_planted_volume_is_in_the_days() -> None:
    """A fifth less from the event on, in each weekday; without an event nothing."""
    plan = Plan(rows=4_000_000, first=date(2011, 12, 21), last=date(2013, 12, 20), noise=0, event=EVENT, effect=-0.2)
    assert after_before(daily_counts(plan)) == pytest.approx(0.8, abs=0.005)
    assert after_before(daily_counts(Plan(**{**vars(plan), "on": "share"}))) == pytest.approx(1, abs=0.005)
    assert after_before(daily_counts(Plan(**{**vars(plan), "event": None}))) == pytest.approx(1, abs=0.005)


def after_before(counts: dict[date, int]) -> float:
    assert sum(counts.values()) == 4_000_000
    days = [(day >= EVENT, count) for day, count in counts.items()]
    means = [
        sum(c for after, c in days if after is side) / sum(after is side for after, _ in days) for side in (True, False)
    ]
    return means[0] / means[1]


@pytest.mark.parametrize(
    ("kind", "day", "without", "base"),
    [("detainers", "Detainer Prepare Date", "Detainer Criminality\" <> '1 Convicted Criminal'", 0.47),
     ("removals", "Departure Date", 'MSC Charge" is null', 0.44)],
)  # fmt: skip
def test_planted_share_is_in_the_records(tmp_path: Path, kind: str, day: str, without: str, base: float) -> None:
    """Of those without a conviction, a fifth less from the event on."""
    text = f'select count(*) filter ("{without}) / count(*) from made group by "{day}" >= \'{EVENT}\' order by all desc'
    planted = query(write(Plan(kind, rows=60_000, event=EVENT, effect=-0.2), tmp_path)[0], text)
    assert [share for (share,) in planted] == pytest.approx([base, base * 0.8], abs=0.01)
    volume_only = Plan(kind, rows=60_000, event=EVENT, effect=-0.2, on="volume")
    assert [share for (share,) in query(write(volume_only, tmp_path)[0], text)] == pytest.approx([base] * 2, abs=0.01)


def test_volume_remembers_the_month_before_and_follows_its_trend() -> None:
    """Autocorrelation of the months is what was asked for; so is the change from year to year."""
    long = {"first": date(1900, 1, 1), "last": date(1999, 12, 31), "rows": 50_000_000}
    wander = by(lambda day: (day.year, day.month), daily_counts(Plan(**long, noise=0.3, autocorrelation=0.6)))
    assert lag_one(wander) == pytest.approx(0.6, abs=0.08)
    assert (
        lag_one(by(lambda day: (day.year, day.month), daily_counts(Plan(**long, noise=0.3, autocorrelation=0)))) < 0.1
    )
    years = by(
        lambda day: day.year,
        daily_counts(Plan(first=date(2009, 1, 1), last=date(2012, 12, 31), noise=0, trend=-0.1, rows=10**7)),
    )
    assert years[2] / years[1] == pytest.approx(0.9, abs=0.01)


def by(key: Callable[[date], Any], counts: dict[date, int]) -> list[int]:
    sums: dict[Any, int] = {}
    for day, count in counts.items():
        sums[key(day)] = sums.get(key(day), 0) + count
    return list(sums.values())


def lag_one(values: list[int]) -> float:
    mean = sum(values) / len(values)
    off = [value - mean for value in values]
    return sum(a * b for a, b in pairwise(off)) / sum(a * a for a in off)


def test_the_command_line_writes_what_it_names(tmp_path: Path) -> None:
    """As the guide to the inputs has it."""
    words = [
        "--kind",
        "removals",
        "--rows",
        "20",
        "--format",
        "xlsx",
        "--event",
        "2012-12-21",
        "--effect",
        "-0.2",
        "--out",
    ]
    command = [sys.executable, str(ROOT / "tools" / "synthetic_records.py"), *words, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(tmp_path / "SYNTHETIC-removals-1.xlsx")]
    assert (tmp_path / "SYNTHETIC-removals-1.xlsx").is_file()
