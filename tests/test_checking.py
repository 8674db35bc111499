"""Checking: every bad row is caught with its place and reason, every other row loads, and nothing is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from scaudit.checking import check
from scaudit.counts import CheckReport
from scaudit.errors import ProjectError
from scaudit.project import find_project
from scaudit.reading import read_inputs

Con = duckdb.DuckDBPyConnection

GOOD = {
    "evidence_id": "X1",
    "criterion_id": "FSA/R1.a",
    "source_id": "LAB-STUDY",
    "locator": "page 1",
    "origin_id": "LAB",
    "stance": "supports",
    "basis": "data",
    "tense": "observation",
    "method_stated": "true",
    "event_from": "2020-02",
    "event_to": "",
    "recorded_on": "",
    "replaces": "",
    "finding": "Seen.",
    "fact_id": "",
}


def add(root: Path, table: str, *lines: str) -> None:
    """Append lines to a table of the project."""
    with (root / "inputs" / f"{table}.csv").open("a", encoding="utf-8", newline="") as file:
        file.writelines(line + "\n" for line in lines)


def record(**changes: str) -> str:
    """One line of evidence: a good record with some cells changed."""
    return ",".join(f'"{value}"' if value else "" for value in {**GOOD, **changes}.values())


def run(con: Con, root: Path) -> CheckReport:
    project = find_project(root)
    read_inputs(con, project)
    return check(con, project)


def faults(con: Con) -> list[tuple[object, ...]]:
    columns = 'table_name, "row", "column", rule'
    return con.execute(f'select {columns} from quarantine order by table_name, "row", rule').fetchall()


def reasons(con: Con) -> str:
    return "\n".join(row[0] for row in con.execute('select reason from quarantine order by "row"').fetchall())


def test_a_valid_project_has_nothing_in_quarantine(con: Con, small_project: Path) -> None:
    """All rows of a valid project load, and the counts add up over its tables."""
    report = run(con, small_project)
    assert (report.read, report.loaded, report.quarantined) == (27, 27, 0)
    assert report.by_table["evidence"].loaded == 5


BAD = {
    "a missing value": (record(evidence_id="Y01", finding=""), "finding", "E101"),
    "an id that is no file name": (record(evidence_id="../Y02"), "evidence_id", "E102"),
    "too long": (record(evidence_id="Y03", finding="x" * 4001), "finding", "E103"),
    "an unknown word": (record(evidence_id="Y04", stance="support"), "stance", "E104"),
    "a bidirectional sign": (record(evidence_id="Y05", finding="safe \u202etxt"), "finding", "E105"),
    "no real day": (record(evidence_id="Y06", event_from="2021-02-29"), "event_from", "E106"),
    "no truth value": (record(evidence_id="Y07", method_stated="yes"), "method_stated", "E107"),
    "an unknown source": (record(evidence_id="Y08", source_id="NOWHERE"), "source_id", "E202"),
    "end before beginning": (
        record(evidence_id="Y09", event_from="2020-02", event_to="2020-01"),
        "event_to",
        "E303",
    ),
    "public before it began": (record(evidence_id="Y10", recorded_on="2020-01-31"), "recorded_on", "E304"),
    "a repeat": (record(evidence_id="X1"), "evidence_id", "repeat"),
    "too few fields": ("Y12,FSA/R1.a", None, "E001"),
}


def test_twelve_kinds_of_bad_row_are_caught_and_the_others_load(con: Con, small_project: Path) -> None:
    """Each planted row is in quarantine with file, row, column and reason; all other rows load."""
    add(small_project, "evidence", record(), *(line for line, _, _ in BAD.values()))
    report = run(con, small_project)
    expected = [("evidence", row, column, rule) for row, (_, column, rule) in enumerate(BAD.values(), 8)]
    assert faults(con) == expected
    assert con.execute("select count(*) from quarantine where file = 'inputs/evidence.csv'").fetchall() == [(12,)]
    assert report.by_table["evidence"].read == 5 + 1 + 12
    assert report.loaded + report.quarantined == report.read == 27 + 13
    assert con.execute("select bool_and(length(reason) > 10) from quarantine").fetchall() == [(True,)]


def test_five_faults_are_one_row(con: Con, small_project: Path) -> None:
    """A row with five faults has five lines and counts once."""
    add(small_project, "evidence", record(stance="a", basis="b", tense="c", method_stated="d", event_from="e"))
    assert run(con, small_project).quarantined == 1
    assert len(faults(con)) == 5


def test_an_identical_repeat_keeps_the_first(con: Con, small_project: Path) -> None:
    """The first of equal rows stays; each other one names it."""
    add(small_project, "evidence", record(), record(), record())
    run(con, small_project)
    assert con.execute("select _row from clean.evidence where evidence_id = 'X1'").fetchall() == [(7,)]
    assert reasons(con) == "\n".join(["the same row stands before in inputs/evidence.csv row 7"] * 2)


def test_one_key_with_two_contents_holds_both(con: Con, small_project: Path) -> None:
    """Nobody can say which of two different rows holds, so neither does; each names the other."""
    add(small_project, "evidence", record(), record(finding="Not seen."))
    run(con, small_project)
    assert faults(con) == [("evidence", 7, "evidence_id", "E201"), ("evidence", 8, "evidence_id", "E201")]
    assert "something else: inputs/evidence.csv row 8\n" in reasons(con)


def test_children_of_a_held_parent_are_held_and_name_it(con: Con, small_project: Path) -> None:
    """A bad item pulls its criteria, their evidence and its dispositions with it, each naming its parent."""
    path = small_project / "inputs/recommendations.csv"
    path.write_text(path.read_text().replace("FSA/R1,recommendation", "FSA/R1,advice"))
    report = run(con, small_project)
    held = {name: count.quarantined for name, count in report.by_table.items() if count.quarantined}
    assert held == {
        "recommendations": 1,
        "criteria": 2,
        "responsibilities": 1,
        "dispositions": 1,
        "evidence": 3,
    }
    text = "FSA/R1.b of the table criteria is in quarantine itself (inputs/criteria.csv row 3)"
    assert text in reasons(con)


def test_a_record_falls_with_the_one_it_replaces(con: Con, small_project: Path) -> None:
    """A chain of replacements falls to its end when its first record is bad."""
    chain = [record(evidence_id="Z1", stance="bad")]
    chain += [record(evidence_id=f"Z{n}", replaces=f"Z{n - 1}") for n in (2, 3, 4)]
    add(small_project, "evidence", *reversed(chain))
    assert run(con, small_project).quarantined == 4
    assert [row[2:] for row in faults(con)] == [("replaces", "E203")] * 3 + [("stance", "E104")]


def test_circles_are_held(con: Con, small_project: Path) -> None:
    """Bodies that are each other's parents are held, and so is what hangs on them."""
    add(small_project, "bodies", "P1,One,agency,P2,", "P2,Two,agency,P1,", "P3,Three,agency,P1,")
    run(con, small_project)
    assert faults(con) == [("bodies", row, "parent_id", "E204") for row in (8, 9, 10)]


def test_a_promise_may_be_public_before_its_event(con: Con, small_project: Path) -> None:
    """What is promised lies ahead of its record; only promises do."""
    add(small_project, "evidence", record(tense="promise", event_from="2023-01-01"))
    assert run(con, small_project).quarantined == 0


def test_no_locator_and_no_date_are_no_faults(con: Con, small_project: Path) -> None:
    """Such a record loads and is held back by the method later, where a reader can see it."""
    add(small_project, "evidence", record(locator="", event_from=""))
    assert run(con, small_project).quarantined == 0


def test_partial_dates_become_days(con: Con, small_project: Path) -> None:
    """An event spans from its first to its last day; what is known or published counts from the last day."""
    run(con, small_project)
    event = con.execute(
        "select event_from, event_to, event_from_text, event_to_text from clean.evidence where evidence_id = 'E3'"
    ).fetchall()
    assert event == [(date(2020, 1, 1), date(2021, 12, 31), "2020", "2021")]
    promise = con.execute("select event_to, event_to_text from clean.evidence where evidence_id = 'E5'").fetchall()
    assert promise == [(date(2021, 12, 31), None)]
    source = con.execute("select published_on from clean.sources where source_id = 'COOKS-LETTER'").fetchall()
    assert source == [(date(2020, 6, 30),)]


def test_booleans_and_numbers_are_typed(con: Con, small_project: Path) -> None:
    """An empty boolean is false, and months are integers."""
    add(small_project, "bodies", "NEW,New body,agency,,")
    run(con, small_project)
    assert con.execute("select independent_by_statute from clean.bodies where body_id = 'NEW'").fetchall() == [(False,)]
    types = con.execute(
        "select data_type from duckdb_columns() where schema_name = 'clean' and column_name = 'shelf_life_months'"
    ).fetchall()
    assert types == [("INTEGER",)]


def test_hidden_signs_are_not_printed(con: Con, small_project: Path) -> None:
    """Quarantine shows a sign that could turn a terminal's text around as U+FFFD."""
    add(small_project, "evidence", record(finding="a\u202eb"))
    run(con, small_project)
    assert con.execute("select value from quarantine").fetchall() == [("a\ufffdb",)]


def test_a_window_must_name_reading_days(con: Con, small_project: Path) -> None:
    """A window without its day is a wrong setting."""
    path = small_project / "scaudit.toml"
    path.write_text(path.read_text().replace('["start", "end"]', '["start", "finish"]'))
    with pytest.raises(ProjectError, match=r"windows\.before_after: there is no reading day 'finish'"):
        run(con, small_project)


def test_checking_twice_gives_the_same(con: Con, small_project: Path) -> None:
    """A second check of the same connection starts afresh."""
    add(small_project, "evidence", record(stance="bad"), "short")
    assert run(con, small_project) == run(con, small_project)
    assert len(faults(con)) == 2


def test_row_order_changes_nothing(con: Con, small_project: Path) -> None:
    """The clean evidence is the same whatever the order of the lines."""
    query = "select * exclude (_row) from clean.evidence order by evidence_id"
    run(con, small_project)
    before = con.execute(query).fetchall()
    path = small_project / "inputs/evidence.csv"
    head, *lines = path.read_text().splitlines()
    path.write_text("\n".join([head, *reversed(lines)]) + "\n")
    run(con, small_project)
    assert con.execute(query).fetchall() == before


def test_an_unreadable_parent_is_named(con: Con, small_project: Path) -> None:
    """What hangs on a row that could not be read says so and names it, as for any other parent in quarantine."""
    add(small_project, "criteria", "FSA/R1.c,FSA/R1,practice,Broken, comma,true,,,FSA-REPORT,p 1")
    add(small_project, "evidence", record(criterion_id="FSA/R1.c"))
    run(con, small_project)
    assert faults(con) == [("criteria", 6, None, "E001"), ("evidence", 7, "criterion_id", "E203")]
    assert "FSA/R1.c of the table criteria is in quarantine itself (inputs/criteria.csv row 6)" in reasons(con)
    assert con.execute("select key from quarantine order by table_name").fetchall() == [("FSA/R1.c",), ("X1",)]


def test_a_record_that_replaces_an_unreadable_one_names_it(con: Con, small_project: Path) -> None:
    """The same within one table."""
    add(small_project, "evidence", "Z1,FSA/R1.a", record(replaces="Z1"))
    run(con, small_project)
    assert "Z1 of the same table is in quarantine itself (inputs/evidence.csv row 7)" in reasons(con)


def test_a_cell_of_white_space_is_empty(con: Con, small_project: Path) -> None:
    """A record with a blank for a locator has none; a blank where a value is needed is a missing value."""
    blanks = (" ", "\t", "\u00a0", "\u3164", "\u2800", "\u2003 \u3000")
    add(small_project, "evidence", *(record(evidence_id=f"X{n}", locator=blank) for n, blank in enumerate(blanks)))
    add(small_project, "evidence", *(record(evidence_id=f"Y{n}", finding=blank) for n, blank in enumerate(blanks)))
    run(con, small_project)
    found = con.execute(
        "select evidence_id, locator from clean.evidence where evidence_id ^@ 'X' order by all"
    ).fetchall()
    assert found == [(f"X{n}", None) for n in range(len(blanks))]
    assert faults(con) == [("evidence", 7 + len(blanks) + n, "finding", "E101") for n in range(len(blanks))]


def test_a_record_replaces_only_one_of_its_own_criterion(con: Con, small_project: Path) -> None:
    """A record about one criterion cannot silence one about another."""
    add(small_project, "evidence", record(replaces="E2"), record(evidence_id="X2", replaces="E1"))
    run(con, small_project)
    assert faults(con) == [("evidence", 7, "replaces", "E205")]
    assert reasons(con) == "it replaces E2, a record of another criterion"


@pytest.mark.parametrize(("mood", "rules"), [("glad", ["repeat"]), ("sad", ["E201", "E201"])])
def test_repeats_are_compared_in_extra_columns_too(con: Con, small_project: Path, mood: str, rules: list[str]) -> None:
    """Word for word means every column of the row."""
    path = small_project / "inputs/unused_facts.csv"
    path.write_text(f"fact_id,reason,mood\nF1,Old.,glad\nF1,Old.,{mood}\n")
    run(con, small_project)
    assert [fault[3] for fault in faults(con)] == rules


@pytest.mark.parametrize("name", ["rowid", "rid", "RowID", "value", "key", 'a"b'])
def test_an_extra_column_of_any_name_does_no_harm(con: Con, small_project: Path, name: str) -> None:
    """Faults are laid at the right row, whatever an extra column is called and holds."""
    cell = name.replace('"', '""')
    (small_project / "inputs/unused_facts.csv").write_text(f'fact_id,reason,"{cell}"\nF1,,7\nF2,b,2\n')
    assert run(con, small_project).quarantined == 1
    assert faults(con) == [("unused_facts", 2, "reason", "E101")]


def test_truth_values_may_be_in_capitals(con: Con, small_project: Path) -> None:
    """So a spreadsheet writes them."""
    values = {"TRUE": True, "True": True, "FALSE": False}
    add(small_project, "evidence", *(record(evidence_id=f"X-{word}", method_stated=word) for word in values))
    assert run(con, small_project).quarantined == 0
    query = "select evidence_id, method_stated from clean.evidence where evidence_id ^@ 'X-'"
    assert dict(con.execute(query).fetchall()) == {f"X-{word}": value for word, value in values.items()}


def test_a_window_must_name_a_reading_day_without_fault(con: Con, small_project: Path) -> None:
    """A day that is in quarantine is no reading day."""
    path = small_project / "inputs/reading_days.csv"
    path.write_text(path.read_text().replace("2019-03-01", "2019-02-30"))
    with pytest.raises(
        ProjectError, match=r"windows\.before_after: there is no reading day 'start'; its row has a fault"
    ):
        run(con, small_project)


REGISTER = "contradiction_id,question,says_a,records_a,says_b,sources_b,explained_by,explanation"


def test_lists_become_lists(con: Con, small_project: Path) -> None:
    """Words between white space of any sort, each once and in their order; nothing for an empty cell."""
    path = small_project / "inputs/viewpoints.csv"
    path.write_text(
        'viewpoint_id,label,body_kinds,source_ids\nv1,One," press \u00a0 court\tpress ",\nv2,Two,,"LAB-STUDY\nAUDIT-TEST"\n',
        encoding="utf-8",
    )
    assert run(con, small_project).quarantined == 0
    rows = con.execute("select body_kinds, source_ids from clean.viewpoints order by viewpoint_id").fetchall()
    assert rows == [(["press", "court"], None), (None, ["LAB-STUDY", "AUDIT-TEST"])]


def test_each_missing_id_of_a_list_is_a_fault_with_its_own_value(con: Con, small_project: Path) -> None:
    """The value is the id and not the whole cell; an id that is named twice is told once."""
    path = small_project / "inputs/contradictions.csv"
    path.write_text(f"{REGISTER}\nC1,Which?,Yes.,E1 Z9 E2 Z8 Z9,No.,LAB-STUDY,unresolved,None.\n")
    assert run(con, small_project).quarantined == 1
    found = con.execute('select "column", value, rule from quarantine order by value').fetchall()
    assert found == [("records_a", "Z8", "E202"), ("records_a", "Z9", "E202")]


def test_a_held_record_takes_its_contradictions_along_and_no_others(con: Con, small_project: Path) -> None:
    """A bad item pulls its criterion, that its record, and that what rests on it; each names the one before."""
    path = small_project / "inputs/recommendations.csv"
    path.write_text(path.read_text().replace("FSA/R1,recommendation", "FSA/R1,advice"))
    lines = [f"C{n},Which?,Yes.,E{n},No.,LAB-STUDY,unresolved,None." for n in (1, 3)]
    (small_project / "inputs/contradictions.csv").write_text("\n".join([REGISTER, *lines]) + "\n")
    run(con, small_project)
    assert con.execute("select contradiction_id, records_a from clean.contradictions").fetchall() == [("C3", ["E3"])]
    assert "E1 of the table evidence is in quarantine itself (inputs/evidence.csv row 2)" in reasons(con)


def test_an_unreadable_source_of_a_list_is_named(con: Con, small_project: Path) -> None:
    """As for any other parent in quarantine."""
    add(small_project, "sources", "BROKEN,A title, with a comma,LAB,2020,,,,whole,Note")
    (small_project / "inputs/viewpoints.csv").write_text("viewpoint_id,label,source_ids\nv1,One,LAB-STUDY BROKEN\n")
    run(con, small_project)
    assert faults(con) == [("sources", 7, None, "E001"), ("viewpoints", 2, "source_ids", "E203")]


def test_a_side_has_words_and_somebody_who_says_them(con: Con, small_project: Path) -> None:
    """Words without a record or source are nobody's; records without words say nothing."""
    bad = [
        ("Yes.,,No.,LAB-STUDY,,", "says_a"),
        ("Yes.,E1,No.,,,", "says_b"),
        ("Yes.,E1,No.,LAB-STUDY,Maybe.,", "says_c"),
        ("Yes.,E1,No.,LAB-STUDY,,E2", "says_c"),
    ]
    rows = [f"C{n},Which?,{cells},unresolved,None." for n, (cells, _) in enumerate(bad)]
    header = REGISTER.replace("sources_b", "sources_b,says_c,records_c")
    (small_project / "inputs/contradictions.csv").write_text("\n".join([header, *rows]) + "\n")
    run(con, small_project)
    assert faults(con) == [("contradictions", 2 + n, column, "E305") for n, (_, column) in enumerate(bad)]


def test_a_side_without_words_has_one_fault(con: Con, small_project: Path) -> None:
    """A missing value is told as that and not again as a silent side."""
    path = small_project / "inputs/contradictions.csv"
    path.write_text(f"{REGISTER}\nC1,Which?,,E1,No.,LAB-STUDY,unresolved,None.\n")
    run(con, small_project)
    assert faults(con) == [("contradictions", 2, "says_a", "E101")]


def test_an_item_called_by_a_word_that_stands_for_something_else(con: Con, small_project: Path) -> None:
    """A document of its own could not be told from the overview, nor a subscription from one to all items."""
    row = "recommendation,Milk,,AUDIT,OFFICE,2020-05-04,none,,,FSA-REPORT,page 9"
    add(small_project, "recommendations", f"overview,{row}", f"all,{row}", f"overview/1,{row}")
    add(small_project, "criteria", "overview.a,overview,policy,A rule is there.,true,,,FSA-REPORT,page 9")
    run(con, small_project)
    assert faults(con) == [
        ("criteria", 6, "item_id", "E203"),
        ("recommendations", 4, "item_id", "E207"),
        ("recommendations", 5, "item_id", "E207"),
    ]
    assert "the word overview stands for something else" in reasons(con)
