"""Series, statistics and definitions: what cannot be is held with its reason, what disagrees is shown side by side."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from scaudit.checking import check
from scaudit.project import find_project
from scaudit.reading import read_inputs
from scaudit.statement import statement

Con = duckdb.DuckDBPyConnection

SERIES = {
    "series_id": "spoiled",
    "title": "Spoiled milk",
    "counts": "One carton.",
    "unit": "cases",
    "kind": "count",
    "family": "",
    "term": "",
    "version": "",
    "better": "",
    "bears_on": "",
}
SHARE = {"series_id": "share", "unit": "percent", "kind": "share"}
VALUE = {
    "statistic_id": "V1",
    "series_id": "spoiled",
    "period_from": "2020",
    "period_to": "2020",
    "geography": "North",
    "value": "12",
    "unit": "cases",
    "source_id": "LAB-STUDY",
    "bound": "",
    "numerator": "",
    "denominator": "",
    "release": "",
}
PART = {"series_id": "share", "unit": "percent"}
RULE = {
    "term": "warm",
    "version": "old",
    "publisher_id": "LAB",
    "valid_from": "2019",
    "valid_to": "2019",
    "dimension": "degrees",
    "members": "8|9 | 10",
    "rule": "Above seven degrees.",
    "source_id": "LAB-STUDY",
}
GOOD = {"series": SERIES, "statistics": VALUE, "definitions": RULE}


def put(root: Path, table: str, *rows: dict[str, str]) -> None:
    """Write a table: each row is the good one with some cells changed."""
    good = GOOD[table]
    lines = [
        ",".join(good),
        *(",".join(f'"{cell}"' if cell else "" for cell in {**good, **row}.values()) for row in rows),
    ]
    (root / "inputs" / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def run(con: Con, root: Path) -> list[tuple[Any, ...]]:
    """Read and check; the faults as table, row, column, code."""
    project = find_project(root)
    read_inputs(con, project)
    report = check(con, project)
    assert report.loaded + report.quarantined == report.read
    columns = 'table_name, "row", "column", rule'
    return con.execute(f'select {columns} from quarantine order by table_name, "row", "column"').fetchall()


def reasons(con: Con) -> list[str]:
    return [row[0] for row in con.execute('select reason from quarantine order by table_name, "row"').fetchall()]


def values(con: Con, root: Path, *rows: dict[str, str]) -> list[tuple[Any, ...]]:
    """Check values, named V1, V2 and so on, of a count, a share and a running total; faults as row, column, code."""
    total = {"series_id": "total", "kind": "cumulative"}
    change = {"series_id": "change", "kind": "change", "unit": "percent_change"}
    put(root, "series", {}, SHARE, total, change)
    put(root, "statistics", *({"statistic_id": f"V{number}", **row} for number, row in enumerate(rows, 1)))
    return [fault[1:] for fault in run(con, root)]


def apart(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """The rows each in a year of its own."""
    return [{"period_from": str(year), "period_to": str(year), **row} for year, row in enumerate(rows, 2001)]


def test_good_rows_load_typed(con: Con, small_project: Path) -> None:
    """Numbers become doubles, dates days, lists lists; what is left out becomes its default."""
    put(small_project, "definitions", {})
    put(small_project, "series", {"term": "warm", "version": "old", "bears_on": "FSA/R1.a COOKS/I.a"})
    put(small_project, "statistics", {"value": "12.50", "release": "2021"})
    assert run(con, small_project) == []
    assert con.execute(
        "select value, bound, period_from, period_to, release, release_text from clean.statistics"
    ).fetchall() == [(12.5, "exact", date(2020, 1, 1), date(2020, 12, 31), date(2021, 12, 31), "2021")]
    assert con.execute("select family, better, bears_on from clean.series").fetchall() == [
        ("spoiled", "none", ["FSA/R1.a", "COOKS/I.a"])
    ]
    assert con.execute("select members, valid_to from clean.definitions").fetchall() == [
        (["8", "9", "10"], date(2019, 12, 31))
    ]


def test_what_is_no_number_is_held(con: Con, small_project: Path) -> None:
    """One way to write a number, so that nobody has to guess."""
    wrong = ["twelve", "1,200", "12 %", "1e6", "NaN", "inf", ".5", "5.", "+5", "١٢", "1_000"]
    assert values(con, small_project, *apart({"value": value} for value in wrong)) == [
        (row, "value", "E111") for row in range(2, 2 + len(wrong))
    ]


IMPOSSIBLE = [
    ({**PART, "value": "100.1"}, "value", "E307", "a share over 100 percent"),
    ({**PART, "value": "-0.1"}, "value", "E307", "a share under 0 percent"),
    ({"value": "-1"}, "value", "E307", "a count under 0"),
    ({**PART, "numerator": "11", "denominator": "10"}, "numerator", "E308", "numerator is above the denominator"),
    ({**PART, "value": "0", "denominator": "0"}, "denominator", "E308", "a whole that is 0"),
    ({**PART, "numerator": "-1", "denominator": "10"}, "numerator", "E111", "a number under 0"),
    ({**PART, "numerator": "1", "denominator": "10"}, "value", "E309", "give 10.0 percent, and the value is 12"),
    ({"unit": "percent"}, "unit", "E310", "the unit is not that of the series spoiled, which is cases"),
    ({"unit": "stones"}, "unit", "E310", "the unit is not that of the series spoiled, which is cases"),
    ({"period_from": "2050"}, "period_to", "E306", "the period ends before it begins"),
    ({"bound": "roughly"}, "bound", "E104", "must be one of: exact"),
    ({"series_id": "milk"}, "series_id", "E202", "the table series has no milk"),
]


def test_a_value_that_cannot_be_is_held_once(con: Con, small_project: Path) -> None:
    """Each with one fault, in words."""
    found = values(con, small_project, *apart(cells for cells, _, _, _ in IMPOSSIBLE))
    assert found == [(row, column, code) for row, (_, column, code, _) in enumerate(IMPOSSIBLE, 2)]
    told = zip(reasons(con), IMPOSSIBLE, strict=True)
    assert [reason for text, (_, _, _, reason) in told if reason not in text] == []


ROUNDED = [
    ("33", "", "1", False),
    ("33.3", "", "1", False),
    ("33.30", "", "1", False),
    ("33.4", "", "1", True),
    ("34", "", "1", True),
    ("67", "", "2", False),
    ("66", "", "2", True),
    ("33", "more_than", "1", False),
    ("30", "more_than", "1", False),
    ("34", "more_than", "1", True),
    ("34", "at_most", "1", False),
    ("32", "at_most", "1", True),
    ("30", "about", "1", False),
    ("40", "nearly", "1", False),
]


def test_a_share_may_differ_by_rounding(con: Con, small_project: Path) -> None:
    """By half a unit of its last digit; a bound on its own side only, an approximation is not compared."""
    rows = [
        {**PART, "value": value, "bound": bound, "numerator": part, "denominator": "3"}
        for value, bound, part, _ in ROUNDED
    ]
    expected = [(row, "value", "E309") for row, (_, _, _, held) in enumerate(ROUNDED, 2) if held]
    assert values(con, small_project, *apart(rows)) == expected


def test_the_edges_of_what_can_be_are_taken(con: Con, small_project: Path) -> None:
    """0 and 100 percent, a fall, a value of 0, and what only one of numerator and denominator says."""
    rows = [
        {**PART, "value": "0", "numerator": "0", "denominator": "5"},
        {**PART, "value": "100", "numerator": "5", "denominator": "5", "period_from": "2021", "period_to": "2021"},
        {**PART, "numerator": "5", "period_from": "2022", "period_to": "2022"},
        {"value": "0"},
        {"series_id": "change", "unit": "percent_change", "value": "-130"},
    ]
    assert values(con, small_project, *rows) == []


def test_periods_that_overlap_hold_both_and_name_each_other(con: Con, small_project: Path) -> None:
    """Nobody can say which of two values holds; a third that only one of them meets is held with it."""
    rows = [
        {"period_from": "2020-07", "period_to": "2021-06"},
        {"period_from": "2020", "period_to": "2020"},
        {"period_from": "2021-06-30", "period_to": "2021-12"},
        {"period_from": "2022", "period_to": "2022"},
    ]
    assert values(con, small_project, *rows) == [(row, "period_from", "E311") for row in (2, 3, 4)]
    place = "has a period that overlaps: inputs/statistics.csv row "
    assert [text.partition(place)[2] for text in reasons(con)] == ["3", "2", "2"]


def test_a_long_period_meets_all_within_it(con: Con, small_project: Path) -> None:
    """Also those that do not follow it at once."""
    rows = [{"period_from": year, "period_to": year} for year in ("2020", "2021", "2022")]
    found = values(con, small_project, {"period_from": "2019", "period_to": "2022-01"}, *rows)
    assert found == [(row, "period_from", "E311") for row in (2, 3, 4, 5)]


def test_what_differs_in_place_source_release_or_series_does_not_overlap(con: Con, small_project: Path) -> None:
    """Disagreement between releases is kept, not held."""
    others = [{"geography": "South"}, {"source_id": "AUDIT-TEST"}, {"release": "2022"}, {"series_id": "total"}]
    assert values(con, small_project, {}, *others) == []


def test_running_totals_overlap_by_nature(con: Con, small_project: Path) -> None:
    """Only two that run up to one day meet, whatever day they run from."""
    total = {"series_id": "total", "period_from": "2019"}
    rows = [{**total, "period_to": month} for month in ("2020-01", "2020-02", "2020-03")]
    assert values(con, small_project, *rows) == []
    assert values(con, small_project, *rows, {**total, "period_from": "2018", "period_to": "2020-02-29"}) == [
        (3, "period_to", "E311"),
        (5, "period_to", "E311"),
    ]


def test_a_row_that_is_held_anyway_pulls_no_other_down(con: Con, small_project: Path) -> None:
    """A good value stays where the one that overlaps it is no value."""
    assert values(con, small_project, {}, {"value": "many"}, {"period_to": "2019"}) == [
        (3, "value", "E111"),
        (4, "period_to", "E306"),
    ]


BAD_SERIES = [
    ({"unit": "stones"}, "unit", "E104"),
    ({"kind": "sum"}, "kind", "E104"),
    ({"kind": "sum", "unit": "percent"}, "kind", "E104"),
    ({"kind": "share", "unit": "stones"}, "unit", "E104"),
    ({"better": "more"}, "better", "E104"),
    ({"kind": "share"}, "unit", "E310"),
    ({"unit": "percent"}, "unit", "E310"),
    ({"bears_on": "FSA/R1.a FSA/R9"}, "bears_on", "E202"),
    ({"term": "cold"}, "term", "E202"),
    ({"term": "warm", "version": "new"}, "version", "E202"),
    ({"version": "old"}, "version", "E101"),
    ({"term": "cold", "version": "old"}, "term", "E202"),
]


def test_a_bad_series_is_held_with_its_values(con: Con, small_project: Path) -> None:
    """One fault each; its values name it."""
    put(small_project, "definitions", {})
    put(small_project, "series", *({**cells, "series_id": f"s{n}"} for n, (cells, _, _) in enumerate(BAD_SERIES)))
    put(small_project, "statistics", *({"statistic_id": f"V{n}", "series_id": f"s{n}"} for n in range(len(BAD_SERIES))))
    assert run(con, small_project) == [
        *(("series", row, column, code) for row, (_, column, code) in enumerate(BAD_SERIES, 2)),
        *(("statistics", row, "series_id", "E203") for row in range(2, 2 + len(BAD_SERIES))),
    ]


def test_a_series_needs_all_rows_of_its_version(con: Con, small_project: Path) -> None:
    """Half a rule is another rule; a row that stands there twice is still there."""
    put(small_project, "series", {"term": "warm", "version": "old"})
    put(small_project, "definitions", {}, {"dimension": "hours", "members": "1||2"})
    assert run(con, small_project) == [("definitions", 3, "members", "E112"), ("series", 2, "version", "E203")]
    assert reasons(con)[1].endswith("is in quarantine itself (inputs/definitions.csv row 3)")
    put(small_project, "definitions", {}, {})
    assert run(con, small_project) == [("definitions", 3, "term", "repeat")]


def test_versions_of_one_publisher_follow_each_other(con: Con, small_project: Path) -> None:
    """Two publishers may mean different things at a time, one may not; an open end goes on."""
    others = [
        {"valid_from": "2020"},
        {"valid_from": "2019", "publisher_id": "OFFICE"},
        {"valid_from": "2019-12-31"},
        {"valid_from": "2018", "valid_to": ""},
    ]
    rows = [
        {"term": f"t{number}", **cells}
        for number, other in enumerate(others)
        for cells in ({}, {"version": "new", "valid_to": "2021", **other})
    ]
    put(small_project, "definitions", *rows)
    assert run(con, small_project) == [("definitions", row, "valid_from", "E312") for row in (6, 7, 8, 9)]
    assert reasons(con)[0].endswith("holds at the same time: new in inputs/definitions.csv row 7")


def test_a_version_holds_as_a_whole(con: Con, small_project: Path) -> None:
    """Rows of one version with other days cannot both be it."""
    put(small_project, "definitions", {}, {"dimension": "hours", "valid_to": "2020"})
    assert run(con, small_project) == [("definitions", row, "valid_from", "E312") for row in (2, 3)]
    assert "another row of the same version has another publisher or other days" in reasons(con)[0]
    put(small_project, "definitions", {"valid_to": "2018"})
    assert run(con, small_project) == [("definitions", 2, "valid_to", "E306")]


def disagreements(con: Con) -> list[tuple[Any, ...]]:
    found = con.execute(statement("sql", "disagreements"))
    place = [column[0] for column in found.description].index("statistic_id")
    return [row[place] for row in found.fetchall()]


def test_values_that_disagree_stand_side_by_side(con: Con, small_project: Path) -> None:
    """Of one period and place, between sources or releases; never averaged, and nothing else is listed."""
    rows = [
        {"release": "2021", "value": "12"},
        {"release": "2022", "value": "13"},
        {"source_id": "AUDIT-TEST", "value": "12"},
        {"geography": "South", "value": "15"},
        {"period_from": "2021", "period_to": "2021", "value": "15"},
        {"period_from": "2022", "period_to": "2022", "value": "7", "release": "2021"},
        {"period_from": "2022", "period_to": "2022", "value": "7.0", "release": "2022"},
    ]
    assert values(con, small_project, *rows) == []
    assert disagreements(con) == ["V1", "V2", "V3"]


def test_series_of_one_family_are_compared(con: Con, small_project: Path) -> None:
    """Nearly the same thing under other words; but not what has another unit or kind."""
    family = {"family": "milk"}
    put(
        small_project,
        "series",
        {**family},
        {**family, "series_id": "sour"},
        {**family, "series_id": "mean", "kind": "average"},
        {**family, "series_id": "men", "unit": "people"},
        {"series_id": "alone"},
    )
    other = [("sour", "cases"), ("mean", "cases"), ("men", "people"), ("alone", "cases")]
    rows = [{"statistic_id": name, "series_id": name, "unit": unit, "value": "9"} for name, unit in other]
    put(small_project, "statistics", {}, *rows)
    assert run(con, small_project) == []
    assert sorted(disagreements(con)) == ["V1", "sour"]


BOUNDS = [
    (("100", "more_than"), ("120", "exact"), False),
    (("100", "more_than"), ("90", "exact"), True),
    (("100", "at_most"), ("90", "about"), False),
    (("100", "at_most"), ("110", "nearly"), True),
    (("100", "at_most"), ("110", "more_than"), True),
    (("110", "at_most"), ("100", "more_than"), False),
    (("100", "about"), ("101", "about"), True),
]


def test_a_bound_leaves_room(con: Con, small_project: Path) -> None:
    """What can all be so does not disagree."""
    rows = [
        {"geography": f"Place {number}", "value": value, "bound": bound, "release": day}
        for number, (one, other, _) in enumerate(BOUNDS)
        for (value, bound), day in ((one, "2021"), (other, "2022"))
    ]
    assert values(con, small_project, *rows) == []
    expected = [f"V{2 * number + place}" for number, (_, _, differ) in enumerate(BOUNDS) if differ for place in (1, 2)]
    assert disagreements(con) == expected


def test_running_totals_disagree_up_to_one_day(con: Con, small_project: Path) -> None:
    """Whatever day they run from."""
    total = {"series_id": "total", "period_to": "2020"}
    rows = [{**total, "period_from": "2019"}, {**total, "period_from": "2018", "value": "9", "release": "2022"}]
    assert values(con, small_project, *rows) == []
    assert sorted(disagreements(con)) == ["V1", "V2"]
