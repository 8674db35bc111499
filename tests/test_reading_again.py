"""Of a file that changed only the lines that are others now are read; it gives what reading all of it gives."""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from scaudit import reading_again, reading_carried
from scaudit.contract import TABLES
from scaudit.errors import ProjectError
from scaudit.fingerprint import sha256
from scaudit.project import Project, find_project
from scaudit.reading import InputFile, read_inputs
from scaudit.reading_lines import differing
from scaudit.store import copy_of
from scaudit.warehouse import connect

Con = duckdb.DuckDBPyConnection
EVIDENCE = {"evidence": TABLES["evidence"]}
HEADER = "evidence_id,criterion_id,source_id,origin_id,stance,basis,tense,event_from,finding,locator"
LINES = [HEADER, *(f'E{number},C1,S1,O1,met,seen,past,2020,"word, {number}",p. 1' for number in range(12))]
ALL_ROWS = "select * exclude (_row), _row from raw.evidence order by _file, _row"
REJECTS = "select * from raw.reject order by all"


@pytest.fixture
def project(small_project: Path) -> Project:
    """A project with a file of twelve records that an earlier run has read and kept."""
    (small_project / "inputs" / "evidence.csv").write_text("\n".join(LINES) + "\n")
    found = find_project(small_project)
    keep(found)
    return found


def keep(project: Project) -> None:
    path = project.inputs / "evidence.csv"
    place = copy_of(project.state, sha256(path))
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, place)


@pytest.fixture
def con(project: Project) -> Iterator[Con]:
    """What that run read."""
    with closing(connect()) as con:
        read_inputs(con, project, tables=EVIDENCE)
        yield con


def put(project: Project, text: str | bytes) -> None:
    (project.inputs / "evidence.csv").write_bytes(text if isinstance(text, bytes) else text.encode())


def read(con: Con, project: Project) -> tuple[list[InputFile], list[object], list[object]]:
    """Files, rows and rows that are none; or the sentence that says why the file cannot be read."""
    found = read_inputs(con, project, tables=EVIDENCE)
    return found, con.execute(ALL_ROWS).fetchall(), con.execute(REJECTS).fetchall()


def told(con: Con, project: Project) -> object:
    try:
        return read(con, project)
    except ProjectError as error:
        return str(error)


def anew(project: Project) -> object:
    with closing(connect()) as con:
        return told(con, project)


def again(con: Con, project: Project) -> object:
    """What a run reads that begins with what the earlier one left."""
    reading_carried.mark(con)
    return told(con, project)


def lines_read(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Between which lines runs have read, from now on; None where all of a file."""
    found: list[object] = []
    plain = reading_again.read_again

    def spied(*given: object) -> object:
        said = plain(*given)  # type: ignore[arg-type]
        found.append(said and said.places)
        return said

    monkeypatch.setattr("scaudit.reading.read_again", spied)
    return found


def other(number: int, text: str) -> str:
    """The file with another line in the place of one, the header being 0."""
    return "\n".join([*LINES[:number], text, *LINES[number + 1 :]]) + "\n"


BAD = "E3,C1"
ONE_LINE = [
    (other(1, LINES[1].replace("word", "another word")), (2, 2)),
    (other(12, LINES[12].replace("word", "w")), (13, 13)),
    (other(12, LINES[12].replace("word", "w")).removesuffix("\n"), (13, 13)),
    ("\n".join(LINES), (13, 13)),
    (other(5, LINES[5].replace(",2020,", ",,")), (6, 6)),
    (other(5, LINES[5].replace("word", 'he said ""no""')), (6, 6)),
    ("\n".join([LINES[0], LINES[1] + "7", *LINES[2:9], LINES[9] + "7", *LINES[10:]]) + "\n", (2, 10)),
]
ALL_LINES = [
    "\n".join([*LINES[:4], "E99" + LINES[4][2:], *LINES[4:]]) + "\n",  # one more
    "\n".join([*LINES[:4], *LINES[5:]]) + "\n",  # one less
    other(4, BAD),  # one that is no row
    other(4, LINES[4].replace("word, 3", "word\n3")),  # a record of two lines
    other(4, LINES[4].replace('3",', "3,")),  # a quote that nobody closes
    other(4, ""),
    other(4, "," * HEADER.count(",")),
    other(4, LINES[4].replace("word", "wo\rd")),
    other(4, LINES[4].replace("word", "wo\0d")),
    other(0, HEADER.replace("locator", "place")),
    "\n".join([*LINES[:4], LINES[4].replace('3",', "3,"), LINES[5].replace('"word', "word"), *LINES[6:]]) + "\n",
    "\r\n".join(LINES) + "\r\n",
    "\ufeff" + "\n".join(LINES) + "\n",
    other(4, LINES[4].replace("word", "w\xf6rd")).encode("latin-1"),
    LINES[0] + "\n",
    "",
]


@pytest.mark.parametrize(("text", "places"), ONE_LINE)
def test_lines_that_are_others_are_read_and_no_more(
    con: Con, project: Project, monkeypatch: pytest.MonkeyPatch, text: str, places: tuple[int, int]
) -> None:
    """From the first to the last that is another."""
    asked = lines_read(monkeypatch)
    put(project, text)
    assert again(con, project) == anew(project)
    assert asked == [places]


@pytest.mark.parametrize("text", ALL_LINES)
def test_what_is_more_than_other_words_in_a_line_is_read_whole(
    con: Con, project: Project, monkeypatch: pytest.MonkeyPatch, text: str | bytes
) -> None:
    """Where a record may have begun or ended elsewhere, or a line is no record, all of the file tells what is what."""
    asked = lines_read(monkeypatch)
    put(project, text)
    assert again(con, project) == anew(project)
    assert asked in ([None], [])  # where the header cannot be read, nobody gets as far


@pytest.mark.parametrize("before", [other(4, BAD), other(4, LINES[4].replace("word, 3", "word\n3")), other(4, "")])
def test_where_not_every_line_was_a_record_all_is_read(
    project: Project, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    """A line alone does not tell then whether it is inside quotes; and a line that is no row stands in no table."""
    put(project, before)
    keep(project)
    with closing(connect()) as con:
        read(con, project)
        asked = lines_read(monkeypatch)
        put(project, before.replace("word, 7", "another, 7"))
        assert again(con, project) == anew(project)
    assert asked == [None]


def test_where_no_copy_was_kept_all_is_read(con: Con, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was taken away, or is on its way into a backup."""
    asked = lines_read(monkeypatch)
    shutil.rmtree(project.state)
    put(project, ONE_LINE[0][0])
    assert again(con, project) == anew(project)
    assert asked == [None]


def test_where_the_copy_is_damaged_all_is_read(con: Con, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has what the file has now, so that the line that is another would not be found."""
    asked = lines_read(monkeypatch)
    place = copy_of(project.state, sha256(project.inputs / "evidence.csv"))
    place.write_text(ONE_LINE[0][0].replace("word, 11", "w, 11"))
    put(project, ONE_LINE[0][0])
    assert again(con, project) == anew(project)
    assert asked == [None]


def edited(chance: random.Random, text: str) -> str:
    """A text with one of the signs that mean something to whoever reads it, somewhere below the header."""
    place = chance.randrange(len(HEADER) + 1, len(text) + 1)
    sign = chance.choice(['"', ",", "\n", "x", "\u00e9", "\r", "yy", '""'])
    return text[:place] + sign + text[place + chance.randint(0, 1) :]


def test_any_edit_gives_what_all_anew_gives(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a sound file, or of one that had an edit already; the seed is 7."""
    chance, asked, sound = random.Random(7), lines_read(monkeypatch), "\n".join(LINES) + "\n"
    for _ in range(40):
        before = sound if chance.random() < 0.7 else edited(chance, sound)
        put(project, before)
        keep(project)
        with closing(connect()) as con:
            if isinstance(told(con, project), str):
                continue  # what was read without success is not there for the next run
            put(project, edited(chance, before))
            assert again(con, project) == anew(project), (before, (project.inputs / "evidence.csv").read_text())
    assert (len([one for one in asked if one]) > 9, len([one for one in asked if not one]) > 9) == (True, True)


@pytest.mark.parametrize("chunk", [40, 100, 1 << 22])
def test_a_large_file_is_compared_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    """Wherever a piece ends."""
    monkeypatch.setattr("scaudit.reading_lines.CHUNK", chunk)
    lines = [f"line {number}".ljust(30, ".") for number in range(20)]
    one, two = tmp_path / "one", tmp_path / "two"
    two.write_text("\n".join(lines) + "\n")
    change: Callable[[int], str]
    for change in (lambda number: lines[number] + "!", lambda number: lines[number][3:], lambda number: "x"):
        for number in range(1, 20):
            now = [*lines[:number], change(number), *lines[number + 1 :]]
            one.write_text("\n".join(now) + "\n")
            found = differing(one, two)
            assert found is not None
            assert (found.header.decode(), found.text.decode()) == (lines[0] + "\n", change(number) + "\n")
            assert (found.first, found.number, found.lines) == (number + 1, 1, 20)


def test_nothing_differs(tmp_path: Path) -> None:
    """A file beside itself."""
    path = tmp_path / "one"
    path.write_text("a\nb\n")
    assert differing(path, path) is None
