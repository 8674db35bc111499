"""Reading: four formats, exact places, and one sentence for what cannot be read."""

from __future__ import annotations

import csv
import hashlib
import json
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scaudit.checking import check
from scaudit.errors import ProjectError
from scaudit.project import find_project
from scaudit.reading import InputFile, read_inputs
from scaudit.reading_xlsx import cell_text
from workbook import write_workbook

Con = duckdb.DuckDBPyConnection


def read(con: Con, root: Path) -> list[InputFile]:
    return read_inputs(con, find_project(root))


def put(root: Path, content: str | bytes, name: str = "unused_facts.csv") -> Path:
    path = root / "inputs" / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def facts(con: Con) -> list[tuple[object, ...]]:
    return con.execute("select fact_id, _row from raw.unused_facts order by _row").fetchall()


def rejects(con: Con) -> list[tuple[object, ...]]:
    return con.execute('select file, "row", rule from raw.reject order by "row"').fetchall()


def test_every_table_is_there_with_its_place(con: Con, small_project: Path) -> None:
    """Every table of the contract exists, an absent optional one empty, and rows know file and line."""
    read(con, small_project)
    assert con.execute("select count(*) from raw.viewpoints").fetchall() == [(0,)]
    places = con.execute("select distinct _file, _sheet, min(_row) from raw.evidence group by all").fetchall()
    assert places == [("inputs/evidence.csv", None, 2)]


def test_an_absent_optional_column_is_null(con: Con, small_project: Path) -> None:
    """The evidence has no column reliability; it is there and NULL, and an empty cell is NULL too."""
    read(con, small_project)
    rows = con.execute("select distinct reliability, replaces from raw.evidence").fetchall()
    assert rows == [(None, None)]


def test_files_are_named_with_digest_rows_and_extra_columns(con: Con, small_project: Path) -> None:
    """An extra column is kept and named; the digest is that of the bytes."""
    path = put(small_project, "fact_id,reason,mood\nF1,Old.,glad\n")
    found = next(file for file in read(con, small_project) if file.table == "unused_facts")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert found == InputFile("unused_facts", "inputs/unused_facts.csv", None, digest, 1, ("mood",))
    assert con.execute("select mood from raw.unused_facts").fetchall() == [("glad",)]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_quoted_newlines_and_blank_lines_keep_line_numbers(con: Con, small_project: Path, ends: str) -> None:
    """A row's number is the line it begins on, as an editor shows it, whatever the line ends."""
    text = 'fact_id,reason\nF1,"one\ntwo"\n\nF2,"say ""no"""\n\n\nF3,end\n'
    put(small_project, text.replace("\n", ends))
    read(con, small_project)
    assert facts(con) == [("F1", 2), ("F2", 5), ("F3", 8)]


def test_a_byte_order_mark_and_mixed_line_ends_are_fine(con: Con, small_project: Path) -> None:
    """What spreadsheets write is read."""
    put(small_project, b"\xef\xbb\xbffact_id,reason\r\nF1,a\nF2,b\r\nF3,c")
    read(con, small_project)
    assert facts(con) == [("F1", 2), ("F2", 3), ("F3", 4)]


def test_rows_of_wrong_width_are_set_aside_with_their_line(con: Con, small_project: Path) -> None:
    """Too few or too many fields cost that row only; the rows after it keep their lines."""
    put(small_project, 'fact_id,reason\nF1,"a\nb"\nF2\nF3,c\nF4,d,e\n\nF5,f\n')
    found = read(con, small_project)
    assert facts(con) == [("F1", 2), ("F3", 5), ("F5", 8)]
    assert rejects(con) == [("inputs/unused_facts.csv", 4, "E001"), ("inputs/unused_facts.csv", 6, "E001")]
    assert next(file.rows for file in found if file.table == "unused_facts") == 5


@pytest.mark.parametrize("bad", ['F2,"a"b"', 'F2,"never closed', '"F2"x,y'])
def test_broken_quotes_cost_one_row(con: Con, small_project: Path, bad: str) -> None:
    """An open or broken quote does not swallow the rows that follow."""
    put(small_project, f'fact_id,reason\nF1,a\n{bad}\nF3,"c, d"\nF4,"e\nf"\n')
    read(con, small_project)
    assert facts(con) == [("F1", 2), ("F3", 4), ("F4", 5)]
    assert rejects(con) == [("inputs/unused_facts.csv", 3, "E002")]


def test_a_nul_byte_costs_one_row(con: Con, small_project: Path) -> None:
    """A row with a NUL byte is set aside, the others load."""
    put(small_project, b"fact_id,reason\nF1,a\nF2,b\0c\nF3,d\n")
    read(con, small_project)
    assert facts(con) == [("F1", 2), ("F3", 4)]
    assert rejects(con) == [("inputs/unused_facts.csv", 3, "E004")]


def test_bad_json_lines_are_set_aside(con: Con, small_project: Path) -> None:
    """Lines that are no JSON object are set aside with their line; blank lines count but are no rows."""
    (small_project / "inputs/unused_facts.csv").unlink()
    lines = '{"fact_id": "F1", "reason": "a"}\n\n{"fact_id":\n[1]\n{"fact_id": 2, "reason": "b"}\n'
    put(small_project, lines, "unused_facts.jsonl")
    read(con, small_project)
    assert facts(con) == [("F1", 1), ("2", 5)]
    assert [row[1:] for row in rejects(con)] == [(3, "E003"), (4, "E003")]


def test_one_table_from_several_files(con: Con, small_project: Path) -> None:
    """The settings may name several files of different formats and columns for one table."""
    put(small_project, '{"fact_id": "F9", "reason": "x", "mood": "sad"}\n', "more.jsonl")
    with (small_project / "scaudit.toml").open("a") as file:
        file.write('[tables]\nunused_facts = ["inputs/unused_*.csv", "inputs/more.jsonl"]\n')
    read(con, small_project)
    rows = con.execute("select fact_id, mood, _file, _row from raw.unused_facts order by _file").fetchall()
    assert rows == [("F9", "sad", "inputs/more.jsonl", 1), ("F6", None, "inputs/unused_facts.csv", 2)]


@pytest.mark.parametrize("name", ["a.csv", "b.jsonl", "c.parquet"])
def test_a_file_that_has_the_signs_of_a_pattern_in_its_name(con: Con, small_project: Path, name: str) -> None:
    """The database would take x[1] for the file x1 that lies beside it."""
    for folder, fact in (("x1", "F1"), ("x[1]", "F2")):
        plain = small_project / "inputs" / "plain"
        plain.mkdir()
        formats(plain, ["fact_id", "reason"], [[fact, "a"]])
        plain.rename(plain.with_name(folder))
    with (small_project / "scaudit.toml").open("a") as file:
        file.write(f'[tables]\nunused_facts = "inputs/x[[]1]/{name}"\n')
    read(con, small_project)
    rows = con.execute("select fact_id, _file from raw.unused_facts").fetchall()
    assert rows == [("F2", f"inputs/x[1]/{name}")]


def formats(folder: Path, header: list[str], rows: list[list[str]]) -> None:
    with (folder / "a.csv").open("w", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    objects = [dict(zip(header, row, strict=True)) for row in rows]
    (folder / "b.jsonl").write_text("".join(json.dumps(entry) + "\n" for entry in objects))
    with duckdb.connect() as other:
        other.execute("create table t as select * from read_csv(?, all_varchar = true)", [str(folder / "a.csv")])
        other.execute(f"copy t to '{folder / 'c.parquet'}'")
    cells = [[date.fromisoformat(v) if len(v) == 10 and v[4] == v[7] == "-" else v for v in row] for row in rows]
    write_workbook(folder / "d.xlsx", {"evidence": [list(header), *cells]})


@pytest.mark.parametrize("name", ["b.jsonl", "c.parquet", "d.xlsx"])
def test_all_formats_give_the_same_clean_table(con: Con, small_project: Path, name: str) -> None:
    """The same evidence as CSV, JSON Lines, Parquet and XLSX (with real dates) is the same clean table."""
    source = small_project / "inputs/evidence.csv"
    with source.open(newline="") as file:
        header, *rows = csv.reader(file)
    formats(small_project / "inputs", header, rows)
    tables = []
    settings = (small_project / "scaudit.toml").read_text()
    for file_name in ("a.csv", name):
        text = f'{settings}\n[tables]\nevidence = "inputs/{file_name}"\n'
        (small_project / "scaudit.toml").write_text(text)
        project = find_project(small_project)
        read_inputs(con, project)
        assert check(con, project).quarantined == 0
        tables.append(con.execute("select * exclude (_file, _sheet, _row) from clean.evidence order by 1").fetchall())
    assert tables[0] == tables[1]
    assert len(tables[0]) == 5


def test_a_sheet_named_like_the_table_is_taken(con: Con, small_project: Path) -> None:
    """Other sheets are left alone then; rows know their sheet, and blank rows are skipped but counted."""
    (small_project / "inputs/unused_facts.csv").unlink()
    sheet: list[list[object]] = [["fact_id", "reason"], ["F1", "a"], ["", ""], ["F2", "b"], ["F3", "c", "d"]]
    book = small_project / "inputs/unused_facts.xlsx"
    write_workbook(book, {"notes": [["anything"]], "unused_facts": sheet})
    read(con, small_project)
    rows = con.execute("select fact_id, _sheet, _row from raw.unused_facts order by _row").fetchall()
    assert rows == [("F1", "unused_facts", 2), ("F2", "unused_facts", 4)]
    assert rejects(con) == [("inputs/unused_facts.xlsx", 5, "E001")]


def test_cells_become_plain_text() -> None:
    """A whole number has no decimals, a truth value is lower case, a day is ISO."""
    assert [cell_text(value) for value in (12.0, 1.5, True, date(2020, 1, 2))] == [
        "12",
        "1.5",
        "true",
        "2020-01-02",
    ]


def test_a_workbook_that_unpacks_to_too_much_is_refused(
    con: Con, small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small file must not be able to fill the memory."""
    monkeypatch.setattr("scaudit.reading_xlsx.UNPACKED_LIMIT", 10_000)
    with zipfile.ZipFile(small_project / "inputs/unused_facts.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 20_000)
    with pytest.raises(ProjectError, match="unpacks to more than"):
        read(con, small_project)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("evidence.csv", None, "There is no inputs/evidence.csv"),
        ("bodies.csv", b"body_id,name,kind\nA,caf\xe9,agency\n", "bodies.csv is not UTF-8 at byte 23"),
        ("bodies.csv", "body_id,name,kind\nA,a,agency\n".encode("utf-16"), "is not UTF-8 at byte 0"),
        ("bodies.csv", b"body_id,name\nA,a\n", "bodies.csv has no column kind"),
        ("bodies.csv", b"body_id,name,kind\n", "bodies.csv has no rows"),
        ("bodies.csv", b"", "bodies.csv has no header"),
        ("bodies.csv", b"body_id,name,kind,kind\nA,a,agency,b\n", "has the column 'kind' twice"),
        ("bodies.csv", b"body_id,name,kind,_row\nA,a,agency,b\n", "begins with '_'"),
        ("bodies.csv", b"body_id,name,Kind\nA,a,agency\n", "must be written 'kind'"),
        ("bodies.csv", b"body_id,name,kind\r\nA,b\xff,agency\r\n", "is not UTF-8 at byte 22"),
        ("bodies.csv", b'body_id,name,kind,"x"y\nA,"a"b,agency,\n', "cannot be told apart; check its quotes"),
        ("unused_facts.parquet", b"no parquet", "not a readable Parquet file"),
        ("unused_facts.xlsx", b"no workbook", "not an XLSX workbook"),
        ("unused_facts.jsonl", b"\xff\xfe\n", "is not UTF-8 at byte 0"),
        ("bodies.csv", b"body_id;name;kind\nA;a;agency\n", "separate the columns by commas"),
        ("bodies.csv", b"body_id\tname\tkind\nA\ta\tagency\n", "separate the columns by commas"),
        ("bodies.csv", b"body_id, name,kind\nA,a,agency\n", "the column 'name' has spaces around its name"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(
    con: Con, small_project: Path, name: str, content: bytes | None, message: str
) -> None:
    """A missing file, encoding, column, header or row stops the run with one sentence that names the file."""
    if content is None:
        (small_project / "inputs" / name).unlink()
    else:
        put(small_project, content, name)
    with pytest.raises(ProjectError, match=message) as caught:
        read(con, small_project)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("papr = 'a4'", "papr: there is no such setting"),
        ("paper = 'a5'", "paper: "),
        ("[questions]\nanswer_days = 0", "questions.answer_days: "),
        ("[questions]\nanswer_days = 3651", "questions.answer_days: "),
        ("[tables]\nfoo = 'x.csv'", "there is no table 'foo'"),
        ("[tables]\nevidence = '../x.csv'", "must be a path inside the project"),
        ("[tables]\nevidence = 'x.csv'", "no file matches 'x.csv'"),
        ("= 3", "is not valid TOML"),
        ("[tables]\nevidence = 'inputs/**evidence.csv'", "is no pattern for files"),
        ("[tables]\nevidence = '.'", "tables.evidence: "),
        ("[tables]\nevidence = []", "the table evidence needs a file"),
    ],
)
def test_a_wrong_setting_is_one_sentence(con: Con, small_project: Path, text: str, message: str) -> None:
    """A wrong setting names the file and the key."""
    path = small_project / "scaudit.toml"
    before = path.read_text()
    path.write_text(f"{text}\n{before}" if not text.startswith("[") else f"{before}\n{text}\n")
    with pytest.raises(ProjectError, match=message) as caught:
        read(con, small_project)
    assert "scaudit.toml" in str(caught.value)


def test_a_project_is_found_from_below(small_project: Path) -> None:
    """The project is the nearest folder upwards that holds scaudit.toml."""
    assert find_project(small_project / "inputs").root == small_project


def test_without_a_project_the_way_to_one_is_told(tmp_path: Path) -> None:
    """Outside of a project the error says what to do."""
    with pytest.raises(ProjectError, match="scaudit init"):
        find_project(tmp_path)


def lines(root: Path, *objects: dict[str, Any] | str) -> None:
    """Replace the optional table unused_facts by JSON Lines."""
    (root / "inputs/unused_facts.csv").unlink()
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in objects)
    put(root, text, "unused_facts.jsonl")


def parquet(root: Path, **columns: Any) -> Path:
    """Replace the optional table unused_facts by a Parquet file."""
    (root / "inputs/unused_facts.csv").unlink(missing_ok=True)
    path = root / "inputs/unused_facts.parquet"
    pq.write_table(pa.table(columns), path)
    return path


@pytest.mark.parametrize(
    ("line", "key"),
    [("F2", "F2"), ("F2,b,c", "F2"), ('"F2",b,c', "F2"), ('F2,"b"c', "F2"), ('"F2"x,y', None), ("a b,c,d", None)],
)
def test_an_unreadable_row_tells_its_key_where_it_can(con: Con, small_project: Path, line: str, key: str) -> None:
    """The first field is the key, as far as it stands there and could be one."""
    put(small_project, f"fact_id,reason\nF1,a\n{line}\n")
    read(con, small_project)
    assert con.execute("select key from raw.reject").fetchall() == [(key,)]


def test_a_name_twice_in_an_object_is_held(con: Con, small_project: Path) -> None:
    """Nobody can say which of two values holds; the key is told where there is one."""
    lines(small_project, {"fact_id": "F1", "reason": "a"}, '{"fact_id": "F2", "reason": "b", "reason": "c"}')
    read(con, small_project)
    assert facts(con) == [("F1", 1)]
    assert con.execute('select "row", rule, key from raw.reject').fetchall() == [(2, "E006", "F2")]


@pytest.mark.parametrize("cell", [{"a": 1}, ["x"]])
def test_a_nested_cell_is_held(con: Con, small_project: Path, cell: object) -> None:
    """A table has no tables in its cells; an extra column may hold what it likes."""
    lines(small_project, {"fact_id": "F1", "reason": "a", "mood": cell}, {"fact_id": "F2", "reason": cell})
    read(con, small_project)
    assert facts(con) == [("F1", 1)]
    assert [row[1:] for row in rejects(con)] == [(2, "E007")]


def test_a_nul_byte_costs_one_line_of_json(con: Con, small_project: Path) -> None:
    """The other lines load."""
    lines(small_project, {"fact_id": "F1", "reason": "a"}, '{"fact_id": "a\0b"}', {"fact_id": "F3", "reason": "c"})
    read(con, small_project)
    assert facts(con) == [("F1", 1), ("F3", 3)]
    assert [row[1:] for row in rejects(con)] == [(2, "E004")]


def test_names_that_the_database_has_are_changed(con: Con, small_project: Path) -> None:
    """Extra columns are kept, under a name that cannot clash."""
    lines(small_project, {"fact_id": "F1", "reason": "a", "": 1, "rowid": 2, "rid": 3, "a/b~c\0": 4})
    found = next(file for file in read(con, small_project) if file.table == "unused_facts")
    assert found.extra_columns == ("unnamed", "a/b~c_", "rid_2", "rowid_2")
    columns = 'unnamed, rowid_2, rid_2, "a/b~c_"'
    assert con.execute(f"select {columns} from raw.unused_facts").fetchall() == [("1", "2", "3", "4")]


def test_extra_columns_of_two_files_in_two_spellings_are_kept(con: Con, small_project: Path) -> None:
    """For the database, note and Note would be one column."""
    put(small_project, "fact_id,reason,note\nF1,a,x\n")
    put(small_project, '{"fact_id": "F2", "reason": "b", "Note": "y"}\n', "unused_facts.jsonl")
    read(con, small_project)
    rows = con.execute("select fact_id, note, Note_2 from raw.unused_facts order by 1").fetchall()
    assert rows == [("F1", "x", None), ("F2", None, "y")]


@pytest.mark.parametrize("name", ["rowid", "file_row_number", "", "RID"])
def test_parquet_columns_of_any_name_are_read(con: Con, small_project: Path, name: str) -> None:
    """The same for Parquet."""
    parquet(small_project, **{"fact_id": ["F1"], "reason": ["a"], name: [7]})
    read(con, small_project)
    assert con.execute(
        "select columns(* exclude (fact_id, reason, _file, _sheet)) from raw.unused_facts"
    ).fetchall() == [("7", 1)]


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine in another time zone."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("zone")
def test_moments_do_not_depend_on_the_machine(small_project: Path) -> None:
    """A moment with a time zone is told in UTC, so midnight there is a day."""
    parquet(small_project, fact_id=[datetime(2020, 9, 1, tzinfo=UTC)], reason=["a"])
    with duckdb.connect() as con:
        read(con, small_project)
        assert facts(con) == [("2020-09-01", 1)]


def test_numbers_of_parquet_are_whole_or_empty(con: Con, small_project: Path) -> None:
    """A year in a column of floats is a year, and what is no number is empty."""
    parquet(small_project, fact_id=[2020.0, 1.5], reason=["a", "b"], mood=[float("nan"), 1e300])
    read(con, small_project)
    rows = con.execute("select fact_id, mood from raw.unused_facts order by _row").fetchall()
    assert rows == [("2020", None), ("1.5", "1e+300")]


def test_numbers_of_json_are_whole_or_empty(con: Con, small_project: Path) -> None:
    """The same for JSON; text stays as it is."""
    lines(small_project, {"fact_id": 12.0, "reason": "12.0", "mood": float("nan")})
    read(con, small_project)
    assert con.execute("select fact_id, reason, mood from raw.unused_facts").fetchall() == [("12", "12.0", None)]


def test_damaged_pages_of_parquet_are_one_sentence(con: Con, small_project: Path) -> None:
    """The footer may be sound where the rows are not."""
    path = parquet(small_project, fact_id=[f"F{n}" for n in range(99)], reason=["a"] * 99)
    content = bytearray(path.read_bytes())
    content[4:60] = b"\xff" * 56
    path.write_bytes(content)
    with pytest.raises(ProjectError, match=r"unused_facts.parquet is a damaged Parquet file"):
        read(con, small_project)


def test_a_sheet_of_one_row_is_not_passed_over(con: Con, small_project: Path) -> None:
    """It is a header: of an empty table, or one without the columns."""
    (small_project / "inputs/unused_facts.csv").unlink()
    book = small_project / "inputs/unused_facts.xlsx"
    write_workbook(book, {"unused_facts": [["fact_id", "reason"]]})
    assert next(file.rows for file in read(con, small_project) if file.table == "unused_facts") == 0
    write_workbook(book, {"A": [["fact_id", "reason"], ["F1", "a"]], "B": [["F2", "b"]]})
    with pytest.raises(ProjectError, match="sheet B has no column fact_id, reason"):
        read(con, small_project)


@pytest.mark.parametrize(("place", "value"), [(6, 1), (8, 97), (50, 0xFF)])
def test_a_workbook_that_cannot_be_unpacked_is_one_sentence(
    con: Con, small_project: Path, place: int, value: int
) -> None:
    """Encrypted, packed in an unknown way, or damaged."""
    path = small_project / "inputs/unused_facts.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(range(256)) * 9)
    content = bytearray(path.read_bytes())
    content[place : place + 20] = [value] * 20 if place > 8 else [value, *content[place + 1 : place + 20]]
    if place <= 8:
        content[content.find(b"PK\x01\x02") + place + 2] = value
    path.write_bytes(content)
    with pytest.raises(ProjectError, match=r"unused_facts.xlsx "):
        read(con, small_project)


def test_an_absurd_number_is_short() -> None:
    """A cell with 1e300 does not become 301 digits."""
    assert [cell_text(value) for value in (1e300, -1e300, 123456789012.0)] == ["1e+300", "-1e+300", "123456789012"]


@pytest.mark.parametrize("empty", [",\n,\n", '" ",\n', " , \n   \n,,,,\n", "\u00a0,\u3164\n"])
def test_rows_of_empty_cells_are_no_rows(con: Con, small_project: Path, empty: str) -> None:
    """A spreadsheet writes them below the table; like blank lines they count as lines, not as rows."""
    put(small_project, f"fact_id,reason\nF1,a\n{empty}F2,b\nF3\n{empty}")
    found = read(con, small_project)
    below = 3 + empty.count("\n")
    assert facts(con) == [("F1", 2), ("F2", below)]
    assert [row[1:] for row in rejects(con)] == [(below + 1, "E001")]
    assert next(file.rows for file in found if file.table == "unused_facts") == 3


@pytest.mark.parametrize("setting", ["", "[tables]\nunused_facts = 'inputs/unused*.csv'\n"])
def test_a_link_out_of_the_project_is_refused(con: Con, small_project: Path, setting: str) -> None:
    """An input is read from the project only, by whatever way."""
    with (small_project / "scaudit.toml").open("a") as file:
        file.write(setting)
    path = small_project / "inputs/unused_facts.csv"
    path.rename(small_project.parent / "outside.csv")
    path.symlink_to(small_project.parent / "outside.csv")
    with pytest.raises(ProjectError, match=r"inputs/unused_facts.csv is a link that leads out of the project"):
        read(con, small_project)


def test_settings_may_begin_with_a_byte_order_mark(small_project: Path) -> None:
    """Some editors write one."""
    path = small_project / "scaudit.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert find_project(small_project).settings.paper == "letter"


@pytest.mark.parametrize("days", ['["start"]', '"start"', '["start", "end", "end"]'])
def test_a_window_has_two_days(small_project: Path, days: str) -> None:
    """One day is no window."""
    path = small_project / "scaudit.toml"
    path.write_text(path.read_text().replace('["start", "end"]', days))
    with pytest.raises(ProjectError, match="the window 'before_after' must name two reading days"):
        find_project(small_project)


def test_a_start_that_does_not_exist_is_refused(small_project: Path) -> None:
    """A mistyped path must not find the project above it."""
    with pytest.raises(ProjectError, match=r"There is no .*typo"):
        find_project(small_project / "typo")
