"""A run does only what changed since the last one, and gives the same as one that does everything."""

import hashlib
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from scaudit import audit as steps
from scaudit import checking, crews, earlier, keeping, made, portions, rendering
from scaudit.audit import audit
from scaudit.audited import Outcome
from scaudit.contract import Table
from scaudit.ledger import past_runs
from scaudit.order import Order
from scaudit.project import find_project
from scaudit.reading import data_digest
from scaudit.repeated import repeated
from scaudit.scorecard.printing import Printing
from scaudit.starting import scaffold
from scaudit.statement import statement
from scaudit.warehouse import connect, published

DAY = date(2024, 1, 31)
EDITION = "2024-01-31"
TABLES = """
select schema_name, table_name from duckdb_tables() where database_name = 'one'
union select schema_name, table_name from duckdb_tables() where database_name = 'other'
order by all
"""


def clock() -> datetime:
    return datetime(2024, 2, 1, 9, 30)  # noqa: DTZ001 (the ledger keeps UTC without a zone)


def an_order(project: Path, run_id: str, **wanted: object) -> Order:
    asked = {"root": project, "as_of": DAY, "known_on": DAY, "run_id": run_id, "with_pdf": False, **wanted}
    return Order(**asked)  # type: ignore[arg-type]


def run(project: Path, run_id: str, **wanted: object) -> Outcome:
    return audit(an_order(project, run_id, **wanted), clock)


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def in_two(project: Path) -> None:
    """Put the evidence into two files."""
    file = project / "inputs" / "evidence.csv"
    header, *lines = file.read_text().splitlines()
    half = len(lines) // 2
    for name, part in (("evidence-1", lines[:half]), ("evidence-2", lines[half:])):
        (project / "inputs" / f"{name}.csv").write_text("\n".join([header, *part]) + "\n")
    file.unlink()
    with (project / "scaudit.toml").open("a") as settings:
        settings.write('\n[tables]\nevidence = ["inputs/evidence-*.csv"]\n')


def edit(project: Path, name: str, change: Callable[[list[str]], list[str]]) -> None:
    """Change the rows of an input file."""
    path = project / "inputs" / name
    header, *lines = path.read_text().splitlines()
    path.write_text("\n".join([header, *change(lines)]) + "\n")


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with its evidence in two files and one run behind it."""
    root = tmp_path_factory.mktemp("changed") / "audit"
    scaffold(root)
    in_two(root)
    run(root, "first")
    return root


@pytest.fixture
def project(audited: Path, tmp_path: Path) -> Path:
    """A copy of it for one test, with the times of its files."""
    return Path(shutil.copytree(audited, tmp_path / "audit"))


def data(project: Path, run_id: str, said: Callable[[str], None] = print, **wanted: object) -> Path:
    """Everything of a run but for its pages; gives its database."""
    order = an_order(project, run_id, **wanted)
    inputs = steps.load(order, said)
    report = steps.validate(order)
    inputs += steps.measure_record(order)
    steps.score_record(order, data_digest(inputs), report)
    steps._conclude(order, inputs)
    return order.database


def differing(one: Path, other: Path) -> list[str]:
    """The tables that have not the same rows in two databases, or are in one only."""
    with closing(connect()) as con:
        con.execute(f"attach '{one}' as one (read_only); attach '{other}' as other (read_only)")
        found = []
        for schema, table in con.execute(TABLES).fetchall():
            name = f'"{schema}"."{table}"'
            sides = f"(from one.{name} except all from other.{name}) union all (from other.{name} except all from one.{name})"
            if con.execute(f"select count(*) from ({sides})").fetchall() != [(0,)]:
                found.append(name)
        return found


# --- nothing changed --------------------------------------------------------------------------------------------


def test_nothing_changed_and_nothing_is_done(project: Path) -> None:
    """The ledger has the run as it has the one that it repeats, and says so; nothing is published again."""
    state = project / ".scaudit"
    before, made = digests(project / "reports" / EDITION), published(state).stat().st_mtime_ns
    outcome = run(project, "second")
    assert outcome.unchanged == "Nothing has changed since the run first: nothing was scored, rendered or published."
    assert digests(project / "reports" / EDITION) == before
    assert published(state).stat().st_mtime_ns == made
    old, new = (next(one for one in past_runs(state) if one["run_id"] == name) for name in ("first", "second"))
    assert (new["outcome"], new["message"], new["timings"]) == ("done", outcome.unchanged, {})
    same = ("read", "loaded", "quarantined", "data_digest", "inputs", "kept", "files", "made_of", "edition")
    assert {name: new[name] for name in same} == {name: old[name] for name in same}
    assert list(outcome.files) == list(old["files"])
    assert outcome.results.status("AUDIT-1/R1", "verified")["status"]
    assert outcome.report.by_table["evidence"].read == sum(
        len((project / "inputs" / f"evidence-{n}.csv").read_text().splitlines()) - 1 for n in (1, 2)
    )


def test_nobody_gathers_results_that_nobody_looks_at(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of ten thousand items that takes longer than all else that a run does where nothing has changed."""
    from scaudit import audit as audits

    asked: list[object] = []
    for name in ("gathered", "gathered_once", "complete_published"):
        monkeypatch.setattr(audits, name, lambda *given: asked.append(given))
    outcome = run(project, "second")
    assert (outcome.unchanged != "", outcome.edition, asked) == (True, EDITION, [])
    assert outcome.results is None  # what the stand-in gives
    assert len(asked) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda project: edit(project, "evidence-1.csv", lambda lines: lines[1:]),
        lambda project: (project / "inputs" / "replies.csv").write_text("x"),
        lambda project: (project / "scaudit.toml").open("a").write("\n"),
        lambda project: (project / "reports" / "templates" / "web.css").open("a").write("\n"),
        lambda project: (project / "reports" / EDITION / "audit.json").write_text("{}"),
        lambda project: (project / "reports" / EDITION / "overview.html").unlink(),
        lambda project: shutil.rmtree(project / ".scaudit" / "kept"),
        lambda project: (project / ".scaudit" / "ledger.duckdb").unlink(),
    ],
)
def test_something_changed(project: Path, change: Callable[[Path], object]) -> None:
    """An input, a new table, settings, templates, what was published, what is kept, the ledger."""
    asked = an_order(project, "x").asked
    assert repeated(find_project(project), asked) is not None
    change(project)
    assert repeated(find_project(project), asked) is None


@pytest.mark.parametrize(
    "wish",
    [
        {"as_of": date(2024, 2, 1)},
        {"known_on": date(2024, 2, 1)},
        {"edition": "other"},
        {"items": ("AUDIT-1/R1",)},
        {"with_pdf": True},
        {"synthetic": True},
        {"event": "2020-01-01"},
        {"sign": False},
    ],
)
def test_something_else_is_asked_for(audited: Path, wish: dict[str, object]) -> None:
    """Other days, another name, other cards."""
    assert repeated(find_project(audited), an_order(audited, "x").asked) is not None
    assert repeated(find_project(audited), an_order(audited, "x", **wish).asked) is None


# --- something changed ------------------------------------------------------------------------------------------


def change_records(project: Path) -> None:
    """A record that says something else, in the first file, and there a bad row, and one that stands in the second."""
    second = (project / "inputs" / "evidence-2.csv").read_text().splitlines()[1]
    edit(
        project,
        "evidence-1.csv",
        lambda lines: [
            lines[0].replace("supports", "contradicts", 1) if "supports" in lines[0] else lines[0] + " More.",
            *lines[1:],
            second,
            lines[0].replace("E1", "E99", 1).replace("20", "xx", 1),
        ],
    )


def change_beside(project: Path) -> None:
    """A document has another title, and the last item is gone with all that hangs on it."""
    edit(project, "sources.csv", lambda lines: [lines[0].replace(",", ",Another ", 1), *lines[1:]])
    edit(project, "recommendations.csv", lambda lines: lines[:-1])


def faulty_row(lines: list[str]) -> list[str]:
    """The first row of a file, under another key, with no day and no such stance."""
    return [lines[0].replace("E", "E9", 1).replace("20", "xx"), *lines[1:]]


CHANGES: list[Callable[[list[str]], list[str]]] = [
    faulty_row,
    lambda lines: ["E77,x", *lines],
    lambda lines: [*lines[1:-1], *faulty_row(lines[-1:])],
    lambda lines: lines[:-1],
    lambda lines: [*lines[1:], lines[0].replace("xx", "20")],
    lambda lines: [lines[0], "", *lines[1:], lines[0]],
    lambda lines: [*lines[:-1], "E50" + lines[0][lines[0].index(",") :]],
]
"""One after the other: a row gets a fault; a line before it cannot be read, so that all move down; they move up again, and
another row gets a fault; that one is gone; the faulty one is good, in another place; a row stands there twice; instead
of that there is one more about the same criterion."""


def test_change_upon_change_gives_what_everything_anew_gives(project: Path) -> None:
    """Rows that stay where they are are not looked at again; what was known of all others is forgotten."""
    results = published(project / ".scaudit")
    for number, change in enumerate(CHANGES):
        edit(project, "evidence-2.csv", change)
        shutil.copyfile(data(project, f"change-{number}"), results)
        assert differing(results, data(project, f"anew-{number}", fresh=True)) == [], number


def test_an_item_that_was_incomplete_is_so_once_and_no_longer_than_that(project: Path) -> None:
    """One of its criteria is held, then a record of another changes, then the criterion is good again."""
    results, criteria = published(project / ".scaudit"), (project / "inputs" / "criteria.csv").read_text()
    edit(project, "criteria.csv", lambda lines: [lines[0].replace("policy", "wish", 1), *lines[1:]])
    shutil.copyfile(data(project, "held"), results)
    edit(project, "evidence-1.csv", lambda lines: [*lines[:1], lines[1] + " More."])
    held = data(project, "still-held")
    assert differing(held, data(project, "still-held-anew", fresh=True)) == []
    with closing(connect(held, read_only=True)) as con:
        assert con.execute("select item_id from incomplete").fetchall() == [("AUDIT-1/R1",)]
    shutil.copyfile(held, results)
    (project / "inputs" / "criteria.csv").write_text(criteria)
    after = data(project, "good")
    assert differing(after, data(project, "good-anew", fresh=True)) == []
    with closing(connect(after, read_only=True)) as con:
        assert con.execute("select item_id from incomplete").fetchall() == []


def test_a_record_is_there_again_when_its_document_is(project: Path) -> None:
    """It was held with its document, and its own file has not changed since."""
    results, sources = published(project / ".scaudit"), (project / "inputs" / "sources.csv").read_text()
    with closing(connect(results, read_only=True)) as con:
        ((known,),) = con.execute("select count(*) from clean.evidence").fetchall()
    edit(project, "sources.csv", lambda lines: [line for line in lines if not line.startswith("MEALS-RELEASE,")])
    shutil.copyfile(data(project, "without"), results)
    with closing(connect(results, read_only=True)) as con:
        assert con.execute("select count(*) from clean.evidence").fetchall() < [(known,)]
    (project / "inputs" / "sources.csv").write_text(sources)
    after = data(project, "with")
    with closing(connect(after, read_only=True)) as con:
        assert con.execute("select count(*) from clean.evidence").fetchall() == [(known,)]
    assert differing(after, data(project, "anew", fresh=True)) == []


def test_a_record_that_this_run_worked_out_is_part_of_its_criterion(project: Path) -> None:
    """It comes out of a figure, after files were read, and stands in none."""
    with closing(connect(data(project, "as-usual"))) as con:
        before = con.execute("select criterion_id, many from made.sums order by all").fetchall()
        con.execute("create table made.touched (criterion_id varchar)")
        con.execute(
            "insert into clean.evidence select * replace ('X' as evidence_id, null as _file) from clean.evidence limit 1"
        )
        ((asked,),) = con.execute("select criterion_id from clean.evidence where _file is null").fetchall()
        made.digest_items(con, [])
        after = con.execute("select criterion_id, many from made.sums order by all").fetchall()
    assert after == [(criterion, many + (criterion == asked)) for criterion, many in before]


def test_only_rows_that_are_others_are_judged_by_the_model(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a file of a quarter of a million rows one may have changed."""
    judged: list[str] = []
    plain = checking._faults

    def spied(schema: object, frame: pl.DataFrame, table: Table) -> pl.DataFrame | None:
        judged.extend(frame[table.key[0]])
        return plain(schema, frame, table)

    monkeypatch.setattr(checking, "_faults", spied)
    edit(project, "evidence-2.csv", lambda lines: [lines[0] + " More.", *lines[1:], lines[1].replace("E", "E8", 1)])
    lines = (project / "inputs" / "evidence-2.csv").read_text().splitlines()
    data(project, "as-usual")
    assert judged == [lines[1].split(",")[0], lines[-1].split(",")[0]]


@pytest.mark.parametrize("change", [change_records, change_beside])
def test_what_changed_gives_what_everything_anew_gives(project: Path, change: Callable[[Path], None]) -> None:
    """Every table of the results has the same rows."""
    change(project)
    after = data(project, "as-usual")
    assert differing(after, data(project, "anew", fresh=True)) == []
    assert differing(after, published(project / ".scaudit")) != []


def test_another_day_scores_all_and_reads_nothing(project: Path) -> None:
    """Rows stand; what they come to does not."""
    said: list[str] = []
    after = data(project, "as-usual", said.append, as_of=date(2021, 6, 30))
    assert said == []
    assert differing(after, data(project, "anew", as_of=date(2021, 6, 30), fresh=True)) == []


def test_only_the_file_and_the_item_that_changed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other file is not read, and the other items are not judged."""
    edit(project, "evidence-2.csv", lambda lines: [*lines[:-1], lines[-1] + " More."])
    changed = (project / "inputs" / "evidence-2.csv").read_text().splitlines()[-1].split(",")[1].rsplit(".", 1)[0]
    said: list[str] = []
    judged: list[str] = []
    plain = earlier.judge_in_portions

    def spied(*args: object) -> None:
        judged.extend(args[5])  # type: ignore[arg-type]
        plain(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(earlier, "judge_in_portions", spied)
    data(project, "as-usual", said.append)
    assert said == ["reading inputs/evidence-2.csv"]
    assert judged == [changed]


@pytest.mark.parametrize(("most", "every_item"), [(made.MOST, False), (0, True)])
def test_whom_a_row_in_quarantine_touches(
    project: Path, most: int, every_item: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The items that it names; where looking for them would take too long, all."""
    monkeypatch.setattr(made, "MOST", most)
    edit(project, "evidence-2.csv", lambda lines: [*lines, "E98,AUDIT-1/R1.none,MEALS-RELEASE" + "," * 11])
    found = []
    for number in (1, 2):
        with closing(connect(data(project, f"run-{number}", fresh=True), read_only=True)) as con:
            found.append(made.of_items(con))
        edit(project, "evidence-2.csv", lambda lines: [*lines[:-1], lines[-1].replace("none", "other")])
    before, after = found
    assert len(before) > 1
    assert {item for item in before if before[item].results != after[item].results} == (
        set(before) if every_item else {"AUDIT-1/R1"}
    )


@pytest.mark.parametrize(
    ("words", "touched"),
    [
        ("A-1", ["A-1"]),
        ("said of A-1", ["A-1"]),
        ("A-10 and so on", ["A-1", "A-10"]),
        ("A-1, A-1 and E-22", ["A-1", "E-22"]),
        ("éß A-10", ["A-1", "A-10"]),
        ("A-", []),
        ("", []),
    ],
)
def test_which_items_words_name(words: str, touched: list[str]) -> None:
    """Any of which the id stands in them, wherever; one that stands there twice counts as one."""
    with closing(connect()) as con:
        con.execute("create schema clean; create schema made")
        con.execute("create table clean.recommendations as select unnest(['A-1', 'A-10', 'E-22']) as item_id")
        con.execute(
            "create table quarantine as select 'evidence' as table_name, 'k' as key, $1 as value, 'r' as reason",
            [words],
        )
        con.execute("insert into quarantine values ('private', 'k', 'E-22', 'r')")
        con.execute(statement("digests", "prepare"))
        con.execute(statement("digests", "held"), [["private"], 10_000])
        told = con.execute("select item_id, use, part, many from told order by all").fetchall()
    assert told == [(item, "showing", "quarantine", 1) for item in touched]


def test_in_many_portions_as_in_one(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An item scores alone as with others."""
    monkeypatch.setattr(portions, "RECORDS", 1)
    assert differing(published(project / ".scaudit"), data(project, "many", fresh=True)) == []


def test_the_edition_is_the_same_to_the_byte(project: Path) -> None:
    """However little was done for it."""
    change_records(project)
    assert not run(project, "as-usual").unchanged
    as_usual = digests(project / "reports" / EDITION)
    assert not run(project, "anew", fresh=True).unchanged
    assert digests(project / "reports" / EDITION) == as_usual


def test_another_model_checks_everything_anew(project: Path) -> None:
    """What a model of then had said of a row is not known of one of now."""
    assert keeping.own_digests(find_project(project))["schemas/evidence.py"]
    with (project / "schemas" / "evidence.py").open("a") as model:
        model.write("\n# another model\n")
    said: list[str] = []
    steps.load(an_order(project, "as-usual"), said.append)
    assert "reading inputs/evidence-1.csv" in said


def test_the_edition_is_the_same_to_the_byte_where_a_worker_stood_by(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With PDFs, as where the items are thousands; of a run that fails, and of one that ends, nobody stays behind."""
    monkeypatch.setattr(crews, "LONG_OVERVIEW", 1)
    monkeypatch.setattr(crews, "cores", lambda: 2)
    taken: list[bool] = []
    sheets: list[str] = []
    crew, printing_by = crews.crew, crews.printing_by

    def watched(*told: Any) -> crews.Crew:
        taken.append(bool(crews._READY))
        return crew(*told)

    def told(workers: crews.Crew) -> Printing:
        begin = printing_by(workers)
        return lambda press, sheet: sheets.append(sheet.path.name) or begin(press, sheet)

    monkeypatch.setattr(rendering, "crew", watched)
    monkeypatch.setattr(rendering, "printing_by", told)
    change_records(project)
    with monkeypatch.context() as broken:
        broken.setattr(steps, "score_record", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run(project, "failed", with_pdf=True, items=("AUDIT-1/R1",))
    assert not crews._READY
    run(project, "as-usual", with_pdf=True, items=("AUDIT-1/R1",))
    as_usual = digests(project / "reports" / EDITION)
    assert (taken, sheets) == ([True], ["overview.pdf"])
    assert not crews._READY
    monkeypatch.setattr(crews, "cores", lambda: 1)
    run(project, "anew", with_pdf=True, items=("AUDIT-1/R1",), fresh=True)
    assert digests(project / "reports" / EDITION) == as_usual
