"""Records of single cases: read by a layout, lazily, with a reason for every null; refused in a sentence."""

from __future__ import annotations

import hashlib
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scaudit import records_xlsx
from scaudit.errors import ProjectError
from scaudit.project import find_project
from scaudit.records import Records, read_records
from scaudit.records_nulls import NO_COLUMN, count_nulls
from workbook import write_workbook

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from synthetic_records import Plan, write  # noqa: E402

LAYOUT = """\
title = "Fridges, one row a visit"
publisher = "Cold Chain Office"
source = "Handed out on request"
lines_above = 2
redactions = ["x(1), x(2)a", "(x)(1)"]
empty = ["NA"]
date_formats = ["%m/%d/%y", "%m/%d/%Y"]
unused = ["Inspector"]

[columns]
visited_on = { name = "Visit Date", type = "date", required = true, alternatives = ["Day of Visit"] }
seen_at = { name = "Seen At", type = "timestamp" }
fridge = { name = "Fridge", type = "text" }
degrees = { name = "Degrees", type = "integer" }
sealed = { name = "Sealed Yes No", type = "boolean" }
"""
HEADER = ["Visit Date", "Seen At", "Fridge", "Degrees", "Sealed Yes No"]
ROWS = [
    ["2012-12-21", "2012-12-21 10:30:00", " Hall ", "4", "Yes"],
    ["01/02/13", "1/2/2013", "X(1), x(2)A", "12.0", "NO"],
    ["2/3/2013", "", "na", "12.5", "perhaps"],
    ["30/30/2013", "soon", "(x)(1) ", "warm", "x(1), x(2)a"],
]


def moment(*parts: int) -> datetime:
    """As records have them: without a time zone."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)  # type: ignore[misc,arg-type]


READ = [
    (date(2012, 12, 21), moment(2012, 12, 21, 10, 30), "Hall", 4, True),
    (date(2013, 1, 2), moment(2013, 1, 2), None, 12, False),
    (date(2013, 2, 3), None, None, None, None),
    (None, None, None, None, None),
]
TARGETS = "visited_on, seen_at, fridge, degrees, sealed"


@pytest.fixture
def project(small_project: Path) -> Path:
    """The small project, with a table of records `visits` and its layout, and no file of it yet."""
    with (small_project / "scaudit.toml").open("a") as settings:
        settings.write('\n[records.visits]\nlayout = "visits"\nfiles = ["inputs/records/*visits*"]\n')
    (small_project / "inputs" / "layouts").mkdir()
    (small_project / "inputs" / "records").mkdir()
    (small_project / "inputs" / "layouts" / "visits.toml").write_text(LAYOUT)
    return small_project


def place(project: Path, name: str) -> Path:
    return project / "inputs" / "records" / name


def read(con: duckdb.DuckDBPyConnection, project: Path) -> Records:
    return read_records(con, find_project(project))


def refusal(con: duckdb.DuckDBPyConnection, project: Path) -> str:
    with pytest.raises(ProjectError) as caught:
        read(con, project)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def write_csv(path: Path, header: list[str], rows: list[list[str]], apart: str = ",") -> None:
    lines = [apart.join(f'"{cell}"' for cell in row) for row in [header, *rows]]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_parquet(path: Path, header: list[str], rows: list[list[str]]) -> None:
    pq.write_table(pa.table([[cell or None for cell in column] for column in zip(*rows, strict=True)], header), path)


def write_xlsx(path: Path, header: list[str], rows: list[list[str]]) -> None:
    write_workbook(path, {"Visits": [["Cold Chain Office"], [], header, *rows]})


WRITERS: dict[str, tuple[Callable[[Path, list[str], list[list[str]]], None], list[int]]] = {
    "visits.csv": (write_csv, [2, 3, 4, 5]),
    "visits.parquet": (write_parquet, [1, 2, 3, 4]),
    "visits.xlsx": (write_xlsx, [4, 5, 6, 7]),
}


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_gives_the_same_typed_values_and_their_places(
    con: duckdb.DuckDBPyConnection, project: Path, name: str
) -> None:
    """Dates by the layout's formats, marks to null whatever their case, 12.0 as 12, Yes and NO as truth values."""
    writer, numbers = WRITERS[name]
    writer(place(project, name), HEADER, ROWS)
    table = read(con, project).tables[0]
    assert con.execute(f"select {TARGETS} from records.visits").fetchall() == READ
    sheet = "Visits" if name.endswith("xlsx") else None
    where = con.execute("select _file, _sheet, _row from records.visits").fetchall()
    assert where == [(f"inputs/records/{name}", sheet, number) for number in numbers]
    types = [row[0] for row in con.execute("select column_type from (describe records.visits) limit 5").fetchall()]
    assert types == ["DATE", "TIMESTAMP", "VARCHAR", "BIGINT", "BOOLEAN"]
    assert (table.rows, table.synthetic) == (4, False)


def test_typed_columns_of_parquet_keep_their_values(con: duckdb.DuckDBPyConnection, project: Path) -> None:
    """Days, moments with a zone, numbers with or without decimals and truth values need no text in between."""
    zone = pa.array([datetime(2013, 1, 2, 23, 30, tzinfo=UTC)] * 2, pa.timestamp("us", tz="UTC"))
    columns = [zone, pa.array([date(2013, 1, 2), None]), pa.array([7, 8]), pa.array([4.0, 4.5]), pa.array([True, None])]
    pq.write_table(pa.table(columns, HEADER), place(project, "visits.parquet"))
    read(con, project)
    assert con.execute(f"select {TARGETS} from records.visits").fetchall() == [
        (date(2013, 1, 2), moment(2013, 1, 2), "7", 4, True),
        (date(2013, 1, 2), None, "8", None, None),
    ]


CELLS_READ = "written.visits_text(fridge), written.visits_integer(degrees), written.visits_boolean(sealed)"


@pytest.mark.parametrize("name", WRITERS)
def test_what_is_counted_as_written_and_read_afterwards_is_what_the_table_says(
    con: duckdb.DuckDBPyConnection, project: Path, name: str
) -> None:
    """The cells stand as in the file, the dates are read; what reads a cell has the marks of the layout."""
    WRITERS[name][0](place(project, name), HEADER, ROWS)
    read(con, project)
    found = con.execute("select visited_on, degrees, sealed from written.visits").fetchall()
    assert found == [(row[0], *line[3:]) for row, line in zip(READ, ROWS, strict=True)]
    assert con.execute(f"select visited_on, seen_at, {CELLS_READ} from written.visits").fetchall() == READ


def test_what_only_some_files_have_as_text_is_read_before_it_is_counted(
    con: duckdb.DuckDBPyConnection, project: Path
) -> None:
    """One column has one type; to read a cell again changes nothing, and what no file has is null."""
    write_csv(place(project, "visits.csv"), HEADER[:4], [row[:4] for row in ROWS])
    columns = [pa.array([date(2014, 1, 1)]), pa.array([7]), pa.array([12])]
    pq.write_table(pa.table(columns, ["Visit Date", "Fridge", "Degrees"]), place(project, "visits.parquet"))
    read(con, project)
    read_first = con.execute("select fridge, degrees, sealed from records.visits").fetchall()
    assert read_first[-1] == ("7", 12, None)
    assert con.execute("select fridge, degrees, sealed from written.visits").fetchall() == read_first
    assert con.execute(f"select {CELLS_READ} from written.visits").fetchall() == read_first


def test_why_a_value_is_null_is_counted_by_column_and_reason(con: duckdb.DuckDBPyConnection, project: Path) -> None:
    """Nothing entered, a mark (which), no value of its kind, no such column; what is there is not counted."""
    write_csv(place(project, "visits.csv"), HEADER, ROWS)
    write_parquet(place(project, "visits.parquet"), HEADER[:1], [["2013-01-01"], [""]])
    count_nulls(con, read(con, project))
    found = con.execute('select file, "column", reason, rows from records_nulls order by file, rowid').fetchall()
    assert {row[1:] for row in found if row[0].endswith("csv")} == {
        ("visited_on", "not a date", 1),
        ("seen_at", "empty", 1),
        ("seen_at", "not a moment", 1),
        ("fridge", "redacted: x(1), x(2)a", 1),
        ("fridge", "redacted: (x)(1)", 1),
        ("fridge", "empty", 1),
        ("degrees", "not a number", 2),
        ("sealed", "not yes or no", 1),
        ("sealed", "redacted: x(1), x(2)a", 1),
    }
    assert {row[1:] for row in found if row[0].endswith("parquet")} == {
        ("visited_on", "empty", 1),
        *((target, NO_COLUMN, 2) for target in TARGETS.split(", ")[1:]),
    }


def test_a_day_of_two_digits_is_no_day_of_the_second_year(con: duckdb.DuckDBPyConnection, project: Path) -> None:
    """The database by itself reads 2/3/13 as the third of March of the year 2."""
    path = project / "inputs" / "layouts" / "visits.toml"
    path.write_text(LAYOUT.replace('date_formats = ["%m/%d/%y", "%m/%d/%Y"]\n', ""))
    write_csv(place(project, "visits.csv"), HEADER, [["2/3/13", "", "", "", ""], ["2013-02-03", "", "", "", ""]])
    read(con, project)
    assert con.execute("select visited_on from records.visits").fetchall() == [(None,), (date(2013, 2, 3),)]


def test_a_column_the_layout_does_not_know_is_noted_and_one_it_passes_over_is_not(
    con: duckdb.DuckDBPyConnection, project: Path
) -> None:
    """Names are compared without case, spaces and underscores; an alternative takes the place of a name."""
    header = ["day_of_visit", "Inspector", "Warden", "DEGREES"]
    write_csv(place(project, "visits.csv"), header, [["2013-01-01", "Ann", "Bob", "3"]])
    inputs = read(con, project).inputs
    assert [one.extra_columns for one in inputs] == [("Warden",)]
    assert con.execute(f"select {TARGETS} from records.visits").fetchall() == [(date(2013, 1, 1), None, None, 3, None)]


def test_where_a_column_goes_by_two_names_the_first_is_read(con: duckdb.DuckDBPyConnection, project: Path) -> None:
    """And the other is noted, since nobody knows what it holds."""
    write_csv(place(project, "visits.csv"), ["Day of Visit", "Visit Date"], [["2013-01-01", "2013-05-05"]])
    assert read(con, project).inputs[0].extra_columns == ("Day of Visit",)
    assert con.execute("select visited_on from records.visits").fetchall() == [(date(2013, 5, 5),)]


def test_sheets_with_other_orders_of_columns_and_sheets_without_rows(
    con: duckdb.DuckDBPyConnection, project: Path
) -> None:
    """Every sheet is read by its own header; one without rows adds none, one without anything is passed over."""
    sheets = {
        "One": [["Office"], ["2012"], ["Visit Date", "Degrees"], [date(2012, 5, 1), 3]],
        "Two": [["Office"], ["2013"], ["", "Degrees", "Visit Date"], ["", 4, date(2013, 5, 1)], ["", "", ""]],
        "Three": [["Office"], ["2014"], ["Visit Date", "Degrees"]],
        "Four": [],
    }
    write_workbook(place(project, "visits.xlsx"), sheets)
    found = read(con, project)
    assert con.execute("select visited_on, degrees, _sheet, _row from records.visits").fetchall() == [
        (date(2012, 5, 1), 3, "One", 4),
        (date(2013, 5, 1), 4, "Two", 4),
    ]
    assert [(one.sheet, one.rows) for one in found.inputs] == [("One", 1), ("Two", 1), ("Three", 0)]


def test_the_layout_may_name_the_sheets(con: duckdb.DuckDBPyConnection, project: Path) -> None:
    """A page of notes need not have columns then; a sheet that is not there is missed."""
    path = project / "inputs" / "layouts" / "visits.toml"
    path.write_text('sheets = ["Visits"]\n' + LAYOUT)
    sheets = {"Notes": [["Read me"]], "Visits": [["Office"], [], HEADER, ROWS[0]]}
    write_workbook(place(project, "visits.xlsx"), sheets)
    assert [one.sheet for one in read(con, project).inputs] == ["Visits"]
    path.write_text('sheets = ["Calls"]\n' + LAYOUT)
    said = refusal(con, project)
    assert said == "inputs/records/visits.xlsx has no sheet 'Calls', which the layout names; it has Notes, Visits."


def test_nothing_is_copied_from_parquet_and_csv(con: duckdb.DuckDBPyConnection, project: Path) -> None:
    """The table is a view, its plan reads the file, only the columns that are asked for, with no join on the way."""
    write_csv(place(project, "visits.csv"), HEADER, ROWS)
    write_parquet(place(project, "visits.parquet"), HEADER, ROWS)
    read(con, project)
    assert con.execute("select view_name from duckdb_views() where schema_name = 'records'").fetchall() == [("visits",)]
    assert con.execute("select table_name from duckdb_tables()").fetchall() == [("records_tables",)]
    plan = con.execute("explain select degrees, count(*) from records.visits group by all").fetchall()[0][1].upper()
    assert "READ_PARQUET" in plan
    assert "READ_CSV" in plan
    assert not any(word in plan for word in ("JOIN", "WINDOW", "FRIDGE", "SEALED"))


def test_a_file_that_has_the_signs_of_a_pattern_in_its_name(con: duckdb.DuckDBPyConnection, project: Path) -> None:
    """The database would read visits1.parquet for visits[1].parquet, and a quote would end the path."""
    for name, day in (("visits1.parquet", "2001-01-01"), ("visits[1].parquet", "2002-02-02")):
        write_parquet(place(project, name), HEADER[:1], [[day]])
    write_csv(place(project, "it's {file} visits?.csv"), HEADER[:1], [["2003-03-03"]])
    read(con, project)
    assert dict(con.execute("select _file, visited_on from records.visits").fetchall()) == {
        "inputs/records/visits1.parquet": date(2001, 1, 1),
        "inputs/records/visits[1].parquet": date(2002, 2, 2),
        "inputs/records/it's {file} visits?.csv": date(2003, 3, 3),
    }


@pytest.mark.parametrize("apart", ["\t", ";", "|"])
def test_csv_may_be_apart_by_other_signs(con: duckdb.DuckDBPyConnection, project: Path, apart: str) -> None:
    """Releases come with tabs and bars too, under the endings .csv and .txt."""
    write_csv(place(project, "visits.txt"), HEADER, ROWS, apart)
    read(con, project)
    assert con.execute(f"select {TARGETS} from records.visits").fetchall() == READ


def test_without_files_there_is_no_table_and_no_error(con: duckdb.DuckDBPyConnection, project: Path) -> None:
    """Ours are not in git; the list of tables is there, and empty."""
    assert read(con, project) == Records()
    assert con.execute("from records_tables").fetchall() == []
    assert con.execute("select * from duckdb_views() where schema_name = 'records'").fetchall() == []


def test_runs_can_name_what_they_read(con: duckdb.DuckDBPyConnection, project: Path) -> None:
    """Table, file, digest and rows of every file; the list of tables says the same."""
    write_csv(place(project, "visits.csv"), HEADER, ROWS)
    one = read(con, project).inputs[0]
    digest = hashlib.sha256(place(project, "visits.csv").read_bytes()).hexdigest()
    assert (one.table, one.file, one.sha256, one.rows) == ("records.visits", "inputs/records/visits.csv", digest, 4)
    assert con.execute("from records_tables").fetchall() == [
        ("visits", "visits", ["inputs/records/visits.csv"], 4, False)
    ]


def test_one_synthetic_file_makes_the_table_synthetic(con: duckdb.DuckDBPyConnection, project: Path) -> None:
    """However the others are called, and whatever the case."""
    write_csv(place(project, "visits.csv"), HEADER, ROWS)
    write_csv(place(project, "Synthetic-visits.csv"), HEADER, ROWS)
    found = read(con, project)
    assert (found.synthetic, found.tables[0].synthetic) == (True, True)
    assert con.execute("select synthetic, rows from records_tables").fetchall() == [(True, 8)]


def test_settings_say_what_a_release_must_have(con: duckdb.DuckDBPyConnection, project: Path) -> None:
    """They take the place of what the layout requires; a column that it does not have is refused."""
    write_csv(place(project, "visits.csv"), ["Fridge"], [["Hall"]])
    assert "has no column 'Visit Date'" in refusal(con, project)
    with (project / "scaudit.toml").open("a") as settings:
        settings.write('required = ["fridge"]\n')
    assert read(con, project).tables[0].rows == 1
    path = project / "scaudit.toml"
    path.write_text(path.read_text().replace('required = ["fridge"]', 'required = ["fridges"]'))
    assert refusal(con, project) == "scaudit.toml: records.visits.required: the layout has no column 'fridges'."


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 3_000_000)


def link(path: Path) -> None:
    outside = path.parents[3] / "elsewhere.csv"
    write_csv(outside, HEADER, ROWS)
    path.symlink_to(outside)


REFUSED: dict[str, tuple[str, Callable[[Path], Any], str]] = {
    "no Parquet": ("visits.parquet", lambda path: path.write_text("PAR1, or not"), "is not a readable Parquet file"),
    "no workbook": ("visits.xlsx", lambda path: path.write_text("no zip"), "is not an XLSX workbook; save it again"),
    "a bomb": ("visits.xlsx", bomb, "unpacks to more than 1 MB; split it or save it as CSV."),
    "an ending": ("visits.dta", lambda path: path.write_text("?"), "has an ending that is not read; use one of .parq"),
    "a link": ("visits.csv", link, "is a link that leads out of the project; put the file itself there."),
    "no rows, CSV": (
        "visits.csv",
        lambda path: write_csv(path, HEADER, []),
        "has no rows; get it again, or take it aw",
    ),
    "no rows, sheet": ("visits.xlsx", lambda path: write_xlsx(path, HEADER, []), "has no rows; get it again"),
    "no rows, Parquet": (
        "visits.parquet",
        lambda path: pq.write_table(pa.table({"Visit Date": pa.array([], pa.string())}), path),
        "has no rows; get it again, or take it away.",
    ),
    "nothing, sheets": (
        "visits.xlsx",
        lambda path: write_workbook(path, {"A": []}),
        "has no sheet with anything in it",
    ),
    "nothing, CSV": ("visits.csv", lambda path: path.write_text(""), "has nothing on line 1; its column names must"),
    "not UTF-8": ("visits.csv", lambda path: path.write_bytes(b"Visit Date,\xff\n"), "is not UTF-8 at byte 11"),
    "not UTF-8 below": (
        "visits.csv",
        lambda path: path.write_bytes(b"Visit Date,Fridge\n" + b"2013-01-01,a\n" * 2000 + b"2013-01-01,\xff\n"),
        "is not readable as CSV (CSV Error on Line: 2002 ",
    ),
    "a short line": (
        "visits.csv",
        lambda path: path.write_text("Visit Date,Fridge\n2013-01-01,a\n2013-01-01\n"),
        "Line: 3 Original Line: 2013-01-01 Expected Number of Columns: 2 Found: 1); mend the line.",
    ),
    "twice, CSV": (
        "visits.csv",
        lambda path: write_csv(path, ["Visit Date", "visit_date"], [["", ""]]),
        "has the column 'Visit Date' twice; keep one of them.",
    ),
    "twice, Parquet": (
        "visits.parquet",
        lambda path: pq.write_table(pa.table([pa.array(["a"])] * 2, ["Visit Date", "Visit Date"]), path),
        "has the column 'Visit Date' twice; keep one of them.",
    ),
    "twice, sheet": (
        "visits.xlsx",
        lambda path: write_xlsx(path, ["Visit Date", "Visit Date"], [["a", "b"]]),
        "visits.xlsx, sheet Visits has the column 'Visit Date' twice; keep one of them.",
    ),
    "a column is missing": (
        "visits.xlsx",
        lambda path: write_xlsx(path, ["Date of Visit", "Fridge", "Visiting Date"], [["a", "b", "c"]]),
        "visits.xlsx, sheet Visits has no column 'Visit Date'; what comes near is 'Visiting Date', 'Date of Visit': name one",
    ),
    "a column is missing, nothing near": (
        "visits.csv",
        lambda path: write_csv(path, ["Fridge"], [["a"]]),
        "has no column 'Visit Date', nor any like it: name one among the layout's alternatives, or mend the file.",
    ),
    "a header too far up": (
        "visits.xlsx",
        lambda path: write_workbook(path, {"Visits": [HEADER, *ROWS]}),
        "sheet Visits has its column names on line 1, and the layout says line 3; mend lines_above there.",
    ),
    "a header too far down": (
        "visits.xlsx",
        lambda path: write_workbook(path, {"Visits": [["Office"], ["Fridge"], [], [], [], HEADER, *ROWS]}),
        "sheet Visits has its column names on line 6, and the layout says line 3; mend lines_above there.",
    ),
    "no header": (
        "visits.xlsx",
        lambda path: write_workbook(path, {"Visits": [["Office"], ["2012"], ["a", "b"], ["c", "d"]]}),
        "sheet Visits has none of the layout's columns on line 3; name the sheets to read in the layout (sheets).",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_in_one_sentence(
    con: duckdb.DuckDBPyConnection, project: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    """Naming the file, the sheet, the column or the line, and what to do."""
    monkeypatch.setattr(records_xlsx, "UNPACKED_LIMIT", 2**20)
    name, make, sentence = REFUSED[case]
    make(place(project, name))
    said = refusal(con, project)
    assert said.startswith(f"inputs/records/{name}")
    assert sentence in said


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("[columns]", "[collumns]"), "visits.toml: columns: this setting is required (and 1 more)."),
        (("unused =", "unread ="), "visits.toml: unread: there is no such setting."),
        (('type = "integer"', 'type = "decimal"'), "columns.degrees.type: Input should be 'text', 'date', 'timestamp'"),
        (('["Day of Visit"]', '["FRIDGE"]'), "'Fridge' names both visited_on and fridge."),
        (('title = "Fridges, one row a visit"\n', ""), "title: this setting is required"),
        (("%m/%d/%y", "%m/%d/%Q"), "inputs/layouts/visits.toml does not fit its files"),
        (("lines_above = 2", "lines_above = -1"), "lines_above.0: Input should be greater than or equal to 0."),
    ],
)
def test_a_wrong_layout_is_refused_with_its_key(
    con: duckdb.DuckDBPyConnection, project: Path, change: tuple[str, str], sentence: str
) -> None:
    """As the settings are."""
    (project / "inputs" / "layouts" / "visits.toml").write_text(LAYOUT.replace(*change))
    write_csv(place(project, "visits.csv"), HEADER, ROWS)
    assert sentence in refusal(con, project)


def test_a_layout_that_is_not_there_is_missed_by_name(con: duckdb.DuckDBPyConnection, project: Path) -> None:
    """With those that are."""
    path = project / "inputs" / "layouts"
    (path / "visits.toml").rename(path / "calls.toml")
    write_csv(place(project, "visits.csv"), HEADER, ROWS)
    assert refusal(con, project) == "There is no layout inputs/layouts/visits.toml; the layouts are: calls."


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ('files = ["../visits.csv"]', "records.visits.files: '../visits.csv' must be a path inside the project."),
        ("files = []", "records.visits.files: Tuple should have at least 1 item"),
        ('files = ["x"]\nlayouts = "y"', "records.visits.layouts: there is no such setting."),
    ],
)
def test_wrong_settings_are_refused(project: Path, setting: str, sentence: str) -> None:
    """Patterns stay inside the project; there is no setting by another name."""
    path = project / "scaudit.toml"
    path.write_text(path.read_text().replace('files = ["inputs/records/*visits*"]', setting))
    with pytest.raises(ProjectError) as caught:
        find_project(project)
    assert sentence in str(caught.value)


@pytest.mark.parametrize("form", ["parquet", "xlsx"])
@pytest.mark.parametrize("kind", ["detainers", "removals"])
def test_our_layouts_read_files_of_the_published_shape(
    con: duckdb.DuckDBPyConnection, project: Path, kind: str, form: str
) -> None:
    """No column of theirs is unknown, marks are nulls with that reason, and what is there keeps its value."""
    ours = find_project(ROOT).settings.records[kind]
    with (project / "scaudit.toml").open("a") as settings:
        settings.write(f'\n[records.{kind}]\nlayout = "{ours.layout}"\nfiles = {list(ours.files)}\n')
    (project / "inputs" / "layouts" / f"{kind}.toml").write_bytes(
        (ROOT / "inputs/layouts" / f"{kind}.toml").read_bytes()
    )
    path = write(Plan(kind, rows=2000, seed=5), project / "inputs" / "records", form, sheets=3)[0]
    found = read(con, project)
    assert found.tables[0].synthetic
    assert (found.tables[0].rows, [one.extra_columns for one in found.inputs]) == (
        2000, [()] * (3 if form == "xlsx" else 1))  # fmt: skip
    assert found.inputs[0].file == f"inputs/records/{path.name}"
    count_nulls(con, found)
    reasons = con.execute('select "column", reason, sum(rows)::int from records_nulls group by all').fetchall()
    by_reason = {(column, reason): rows for column, reason, rows in reasons}
    assert by_reason["conviction_charge", "redacted: b(7)(e)"] > 0
    assert by_reason["person", "redacted: b(6), b(7)c"] > 0
    assert by_reason["convicted_on", "not a date"] > 0
    day = {"detainers": "prepared_on", "removals": "departed_on"}[kind]
    counted = con.execute(
        f"select count({day}), count(threat_level), min(threat_level), max(threat_level), count(convicted_on),"
        f" count(conviction_charge_code) from records.{kind}"
    ).fetchall()[0]
    assert counted[0] == 2000
    assert counted[1] == 2000 - by_reason["threat_level", "empty"]
    assert counted[2:4] == (1, 3)
    assert counted[4] == counted[5] - by_reason["convicted_on", "not a date"]


def test_the_two_formats_of_the_same_records_are_read_alike(con: duckdb.DuckDBPyConnection, project: Path) -> None:
    """A workbook says the same as Parquet, cell by cell."""
    settings = find_project(ROOT).settings.records["detainers"]
    with (project / "scaudit.toml").open("a") as text:
        text.write(f'\n[records.detainers]\nlayout = "detainers"\nfiles = {list(settings.files)}\n')
    layout = "inputs/layouts/detainers.toml"
    (project / layout).write_bytes((ROOT / layout).read_bytes())
    for form in ("parquet", "xlsx"):
        write(Plan(rows=500), project / "inputs" / "records", form)
    read(con, project)
    halves = [
        con.execute(
            "select * exclude (_file, _sheet, _row) from records.detainers where _file like ? order by all",
            [f"%.{form}"],
        ).fetchall()
        for form in ("parquet", "xlsx")
    ]
    assert len(halves[0]) == 500
    assert halves[0] == halves[1]
