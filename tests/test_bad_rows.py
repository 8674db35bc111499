"""The acceptance test of the quarantine: bad rows planted in a copy of the real inputs are all caught, and move nothing."""

import csv
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import pytest

from scaudit.audit import examine
from scaudit.counts import CheckReport
from scaudit.order import Order
from scaudit.results import Results

REPOSITORY = Path(__file__).resolve().parents[1]
AS_OF, KNOWN_ON = date(2021, 1, 20), date(2030, 1, 1)
INCOMPLETE = "LETTER/VI"

EVIDENCE = {
    "evidence_id": "X",
    "criterion_id": "LETTER/V.b-policy",
    "source_id": "PNAS-DATA",
    "locator": "page 1",
    "origin_id": "PNAS-AUTHORS",
    "stance": "contradicts",
    "basis": "data",
    "tense": "observation",
    "method_stated": "true",
    "event_from": "2012-06",
    "event_to": "2013",
    "finding": "A planted record, which would count heavily if it were let in.",
}
CRITERION = {"criterion_id": "X", "item_id": INCOMPLETE, "kind": "practice", "ask": "Planted.", "required": "true"}
ITEM = {
    "item_id": "X",
    "kind": "recommendation",
    "title": "Planted",
    "issuer_id": "DHS-OIG",
    "accountable_id": "ICE",
    "issued_on": "2012-03-27",
}
SOURCE = {"source_id": "X", "title": "Planted", "publisher_id": "ICE", "published_on": "2012"}
BODY = {"body_id": "X", "name": "Planted", "kind": "press"}
CONTRADICTION = {
    "contradiction_id": "X",
    "question": "Planted?",
    "says_a": "Yes.",
    "records_a": "F001-1",
    "says_b": "No.",
    "sources_b": "PNAS-DATA",
    "explained_by": "unresolved",
    "explanation": "Nothing does.",
}
SERIES = {"series_id": "X", "title": "Planted", "counts": "One plant.", "unit": "people", "kind": "count"}
STATISTIC = {
    "statistic_id": "X",
    "series_id": "ice_removals_share_criminal",
    "period_from": "2019-10-01",
    "period_to": "2020-09-30",
    "geography": "Planted",
    "value": "50",
    "unit": "percent",
    "source_id": "ICE-FY17",
}
DEFINITION = {
    "term": "planted",
    "version": "X",
    "publisher_id": "ICE",
    "valid_from": "2012",
    "valid_to": "2012",
    "dimension": "offence",
    "members": "weed|seed",
    "rule": "What was planted.",
    "source_id": "ICE-FY17",
}
REPLY = {
    "reply_id": "X",
    "item_id": "LETTER/I",
    "body_id": "ICE",
    "replied_on": "2012",
    "words": "Planted.",
    "source_id": "ICE-FY17",
}


@dataclass(frozen=True)
class Plant:
    """A bad row: where it goes (0 under the header, 1 at the end), and what quarantine must say of it."""

    kind: str
    table: str
    line: Callable[[list[str]], str]
    column: str | None
    reason: str
    place: float


def row(table_row: dict[str, str], **changes: str) -> Callable[[list[str]], str]:
    """The line of a row in a file with some header, by default a good one but for the changes."""
    cells = {**table_row, **changes}
    return lambda header: ",".join(
        '"' + cells[name].replace('"', '""') + '"' if name in cells else "" for name in header
    )


def evidence(name: str, **changes: str) -> Callable[[list[str]], str]:
    return row(EVIDENCE, evidence_id=name, **changes)


PLANTS = [
    Plant("an unknown stance", "evidence", evidence("X01", stance="against"), "stance", "must be one of: supports", 0.5),
    Plant("a basis in capitals", "evidence", evidence("X02", basis="Data"), "basis", "must be one of: statement", 0.1),
    Plant("no such day", "evidence", evidence("X03", event_from="2013-02-30"), "event_from", "not a date from 1900", 0.2),
    Plant("a day of a spreadsheet", "evidence", evidence("X04", recorded_on="3/4/2013"), "recorded_on", "YYYY-MM-DD", 0.3),
    Plant("no source", "evidence", evidence("X05", source_id=""), "source_id", "a value is required here", 0.4),
    Plant("unknown source", "evidence", evidence("X06", source_id="NO-SRC"), "source_id", "sources has no NO-SRC", 0.0),
    Plant(
        "unknown criterion", "evidence", evidence("X07", criterion_id="letter/v.b-policy"), "criterion_id",
        "criteria has no letter/v.b-policy", 0.6,
    ),
    Plant("unknown origin", "evidence", evidence("X08", origin_id="NOBODY"), "origin_id", "bodies has no NOBODY", 0.7),
    Plant("wrong boolean", "evidence", evidence("X09", method_stated="yes"), "method_stated", "must be true or false", 0.8),
    Plant("ends before it begins", "evidence", evidence("X10", event_to="2011"), "event_to", "ends before it begins", 0.9),
    Plant(
        "public before it began", "evidence", evidence("X11", recorded_on="2012-05-31"), "recorded_on",
        "public before the event began", 1.0,
    ),
    Plant("bidirectional", "evidence", evidence("X12", finding="a \u202etxt.exe"), "finding", "bidirectional", 0.15),
    Plant("control sign", "evidence", evidence("X13", finding="a \x1b[2J b"), "finding", "control", 0.25),
    Plant("over-long", "evidence", evidence("X14", finding="x" * 4001), "finding", "longer than 4000 signs", 0.35),
    Plant("too many fields", "evidence", lambda header: evidence("X15")(header) + ",one,two", None, "fields of the header", 0.45),
    Plant("too few fields", "evidence", lambda _: "X16,LETTER/V.b-policy", None, "fields of the header", 0.55),
    Plant("one key, one content", "evidence", evidence("X17"), "evidence_id", "same key and says something else", 0.05),
    Plant("one key, another content", "evidence", evidence("X17", stance="supports"), "evidence_id", "same key and says", 0.95),
    Plant("id no file name", "evidence", evidence("../../X18"), "evidence_id", "letters, digits and", 0.65),
    Plant("id with a space", "evidence", evidence("X19 "), "evidence_id", "letters, digits and", 0.75),
    Plant("NUL", "evidence", evidence("X20", finding="a\0b"), None, "NUL byte", 0.85),
    Plant("a quote left open", "evidence", lambda _: 'X21,LETTER/V.b-policy,PNAS-DATA,"page 1', None, "quotes", 0.33),
    Plant("replaces itself", "evidence", evidence("X22", replaces="X22"), "replaces", "circle", 0.77),
    Plant("white space for a finding", "evidence", evidence("X23", finding=" \t "), "finding", "a value is required here", 0.44),
    Plant("unknown kind", "criteria", row(CRITERION, criterion_id="LETTER/VI.x", kind="wish"), "kind", "must be one of: policy", 0.5),
    Plant(
        "a child of it", "evidence", evidence("X24", criterion_id="LETTER/VI.x"), "criterion_id",
        "LETTER/VI.x of the table criteria is in quarantine itself (inputs/criteria.csv row {unknown kind})", 0.66,
    ),
    Plant(
        "a body answering for it", "responsibilities", row({"criterion_id": "LETTER/VI.x", "body_id": "DHS"}),
        "criterion_id", "in quarantine itself (inputs/criteria.csv row {unknown kind})", 0.5,
    ),
    Plant(
        "closes before it opens", "criteria",
        row(CRITERION, criterion_id="LETTER/VI.y", window_from="2014", window_to="2013-12-31"), "window_to",
        "the window ends before it opens", 0.2,
    ),
    Plant("months in words", "criteria", row(CRITERION, criterion_id="LETTER/VI.z", sustain_months="twelve"), "sustain_months", "whole number from 1", 1.0),
    Plant("answer before the ask", "recommendations", row(ITEM, item_id="X/R1", response_on="2012-03-26"), "response_on", "before the day of issue", 0.5),
    Plant("no address", "sources", row(SOURCE, source_id="X-1", url="javascript:alert(1)"), "url", "http://", 0.5),
    Plant("no digest", "sources", row(SOURCE, source_id="X-2", sha256="abc"), "sha256", "64 hexadecimal digits", 0.1),
    Plant("parent in a circle", "bodies", row(BODY, body_id="X-1", parent_id="X-2"), "parent_id", "circle", 0.3),
    Plant("parent in a circle too", "bodies", row(BODY, body_id="X-2", parent_id="X-1"), "parent_id", "circle", 0.6),
    Plant(
        "published by such a body", "sources", row(SOURCE, source_id="X-3", publisher_id="X-1"), "publisher_id",
        "in quarantine itself (inputs/bodies.csv row {parent in a circle})", 0.9,
    ),
    Plant("a quotation of no document", "evidence", evidence("X25", quoted_source_id="NO-SRC"), "quoted_source_id", "sources has no NO-SRC", 0.42),
    Plant(
        "an unknown record in a list", "contradictions", row(CONTRADICTION, contradiction_id="X1", records_a="F001-1 F999-9"),
        "records_a", "evidence has no F999-9", 0.5,
    ),
    Plant(
        "a held record in a list", "contradictions", row(CONTRADICTION, contradiction_id="X2", records_c="X01", says_c="Maybe."),
        "records_c", "X01 of the table evidence is in quarantine itself (inputs/evidence.csv row {an unknown stance})", 0.1,
    ),
    Plant(
        "an unknown item in a list", "contradictions", row(CONTRADICTION, contradiction_id="X3", item_ids="LETTER/I LETTER/X"),
        "item_ids", "recommendations has no LETTER/X", 0.9,
    ),
    Plant(
        "a side of nobody", "contradictions", row(CONTRADICTION, contradiction_id="X4", sources_b=""), "says_b",
        "no record or source is named for it", 0.3,
    ),
    Plant(
        "a side that is silent", "contradictions", row(CONTRADICTION, contradiction_id="X5", records_c="F002-1"), "says_c",
        "but nothing that it says", 0.7,
    ),
    Plant(
        "an unknown explanation", "contradictions", row(CONTRADICTION, contradiction_id="X6", explained_by="chance"),
        "explained_by", "must be one of: different_measure", 0.2,
    ),
    Plant(
        "one contradiction", "contradictions", row(CONTRADICTION, contradiction_id="X7"), "contradiction_id",
        "same key and says something else", 0.4,
    ),
    Plant(
        "the same otherwise", "contradictions", row(CONTRADICTION, contradiction_id="X7", says_b="Never."),
        "contradiction_id", "same key and says something else", 0.6,
    ),
    Plant(
        "a viewpoint on no document", "viewpoints",
        row({"viewpoint_id": "x", "label": "X", "source_ids": "OIG-12-66 NO-SRC"}), "source_ids", "sources has no NO-SRC", 0.5,
    ),
    Plant(
        "a viewpoint of no kind", "viewpoints", row({"viewpoint_id": "y", "label": "Y", "body_kinds": "press wish"}),
        "body_kinds", "must be words, separated by spaces, out of: agency", 0.2,
    ),
    Plant("a share over the whole", "statistics", row(STATISTIC, statistic_id="X1", value="101"), "value", "a share over 100 percent", 0.5),
    Plant("a share under nothing", "statistics", row(STATISTIC, statistic_id="X2", value="-1"), "value", "a share under 0 percent", 0.1),
    Plant(
        "a part above the whole", "statistics", row(STATISTIC, statistic_id="X3", numerator="6", denominator="5"), "numerator",
        "the numerator is above the denominator", 0.9,
    ),
    Plant(
        "a share that is another", "statistics", row(STATISTIC, statistic_id="X4", numerator="4", denominator="10"), "value",
        "the numerator and denominator give 40.0 percent, and the value is 50", 0.3,
    ),
    Plant("a value in words", "statistics", row(STATISTIC, statistic_id="X5", value="half"), "value", "not a number", 0.7),
    Plant(
        "a unit of its own", "statistics", row(STATISTIC, statistic_id="X6", unit="removals"), "unit",
        "not that of the series ice_removals_share_criminal, which is percent", 0.2,
    ),
    Plant(
        "a period backwards", "statistics", row(STATISTIC, statistic_id="X7", period_to="2019-09-30"), "period_to",
        "the period ends before it begins", 0.6,
    ),
    Plant(
        "an unknown series", "statistics", row(STATISTIC, statistic_id="X8", series_id="shares"), "series_id", "series has no shares", 0.8,
    ),
    Plant(
        "a period", "statistics", row(STATISTIC, statistic_id="X9"), "period_from",
        "overlaps: inputs/statistics.csv row {a period that overlaps it}", 0.15,
    ),
    Plant(
        "a period that overlaps it", "statistics",
        row(STATISTIC, statistic_id="X10", period_from="2020-09", period_to="2021", value="51"), "period_from",
        "overlaps: inputs/statistics.csv row {a period}", 0.95,
    ),
    Plant("an unknown unit", "series", row(SERIES, series_id="X1", unit="souls"), "unit", "must be one of: counties", 0.5),
    Plant(
        "a value of it", "statistics", row(STATISTIC, statistic_id="X11", series_id="X1", unit="souls"), "series_id",
        "X1 of the table series is in quarantine itself (inputs/series.csv row {an unknown unit})", 0.45,
    ),
    Plant("a share of people", "series", row(SERIES, series_id="X2", kind="share"), "unit", "a share is in percent", 0.2),
    Plant(
        "a series on no ask", "series", row(SERIES, series_id="X3", bears_on="LETTER/VI.d-practice LETTER/X.a"), "bears_on",
        "criteria has no LETTER/X.a", 0.9,
    ),
    Plant(
        "an unknown version", "series", row(SERIES, series_id="X4", term="level_1", version="seen"), "version",
        "the table definitions has no version seen of level_1", 0.1,
    ),
    Plant(
        "a version", "definitions", row(DEFINITION), "valid_from",
        "holds at the same time: Y in inputs/definitions.csv row {a version that holds beside it}", 0.3,
    ),
    Plant(
        "a version that holds beside it", "definitions", row(DEFINITION, version="Y", valid_from="2012-12", valid_to=""), "valid_from",
        "holds at the same time: X in inputs/definitions.csv row {a version}", 0.8,
    ),
    Plant(
        "a list with a gap", "definitions", row(DEFINITION, term="gap", members="weed|"), "members", "something before and after each bar", 0.5,
    ),
    Plant("a reply on nothing", "replies", row(REPLY, reply_id="X1", item_id="LETTER/X"), "item_id", "recommendations has no LETTER/X", 0.5),
    Plant("a reply of nobody", "replies", row(REPLY, reply_id="X2", body_id="NOBODY"), "body_id", "bodies has no NOBODY", 0.5),
    Plant("a reply without words", "replies", row(REPLY, reply_id="X3", words=" "), "words", "a value is required here", 0.5),
    Plant("a reply from nowhere", "replies", row(REPLY, reply_id="X4", source_id=""), "source_id", "a value is required here", 0.5),
    Plant("a reply without end", "replies", row(REPLY, reply_id="X5", words="x" * 50001), "words", "longer than 50000 signs", 0.5),
    Plant("a day of no document", "reading_days", row({"day_id": "x", "day": "2012", "label": "X", "source_id": "NO-SRC"}), "source_id", "sources has no NO-SRC", 0.5),
]  # fmt: skip


@dataclass(frozen=True)
class Found:
    """What an examination of a project gave."""

    results: Results
    report: CheckReport

    def faults(self, table: str, number: int) -> list[dict[str, Any]]:
        path = f"inputs/{table}.csv"
        return [dict(fault) for fault in self.results.quarantine if (fault["file"], fault["row"]) == (path, number)]


@dataclass(frozen=True)
class Planted(Found):
    """An examination with the row number of every planted row, by its kind."""

    rows: dict[str, int]


def copied(folder: Path) -> Path:
    """A copy of the real project, without what it published."""
    folder.mkdir()
    shutil.copy(REPOSITORY / "scaudit.toml", folder)
    for name in ("schemas", "inputs"):
        shutil.copytree(REPOSITORY / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def records(path: Path) -> list[str]:
    """The records of a CSV file as they stand there, the header first; one may have several lines."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    reader = csv.reader(lines)
    ends = [0, *(reader.line_num for _ in reader)]
    return ["".join(lines[start:end]) for start, end in pairwise(ends)]


def write(path: Path, lines: list[str]) -> list[int]:
    """Write records; returns the line on which each begins."""
    path.write_text("".join(lines), encoding="utf-8", newline="")
    return [1, *accumulate((line.count("\n") for line in lines), initial=1)][1:]


def plant(root: Path, plants: list[Plant]) -> dict[str, int]:
    """Put bad rows into the files; returns the row number of each, counted from what was written."""
    numbers = {}
    for table in {one.table for one in plants}:
        path = root / "inputs" / f"{table}.csv"
        head, *rows = records(path)
        header = next(csv.reader([head]))
        placed = [(index + 1.0, line, "") for index, line in enumerate(rows)]
        mine = [one for one in plants if one.table == table]
        placed += [(one.place * len(rows) + 0.5, one.line(header) + "\n", one.kind) for one in mine]
        placed.sort(key=lambda entry: entry[0])
        begins = write(path, [head, *(line for _, line, _ in placed)])
        numbers |= {kind: begin for begin, (_, _, kind) in zip(begins[1:], placed, strict=False) if kind}
    return numbers


def looked_at(root: Path) -> Found:
    return Found(*examine(Order(root, AS_OF, KNOWN_ON, "look")))


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """The real project as it is."""
    return looked_at(copied(tmp_path_factory.mktemp("clean") / "project"))


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """The real project with every kind of bad row, and a repeat of a real one at the end of its file."""
    root = copied(tmp_path_factory.mktemp("planted") / "project")
    _, *rows = records(root / "inputs" / "evidence.csv")
    original = rows[len(rows) // 3]
    repeat = Plant("a repeat", "evidence", lambda _: original.rstrip("\r\n"), "evidence_id", "the same row", 1.01)
    numbers = plant(root, [*PLANTS, repeat])
    found = looked_at(root)
    return Planted(found.results, found.report, numbers)


def without(rows: tuple[Any, ...], **left_out: set[str]) -> list[Any]:
    """The rows of a result table, but for those about something, in an order that does not depend on the file."""
    return sorted((row for row in rows if not any(row.get(key) in ids for key, ids in left_out.items())), key=repr)


def assert_same_results(found: Results, clean: Results, items: set[str], criteria: set[str]) -> None:
    """Every result table but the quarantine is that of the clean copy, except for what is named."""
    assert found.rungs, "there is something to compare"
    for name in ("items", "criteria", "rungs", "claims", "raises", "lowers", "records", "dispositions", "reading_days"):
        got, expected = (without(getattr(one, name), criterion_id=criteria) for one in (found, clean))
        assert got == expected, name
    assert without(found.item_status, item_id=items) == without(clean.item_status, item_id=items)
    assert (found.bodies, found.sources) == (clean.bodies, clean.sources)


def test_our_own_data_has_nothing_in_quarantine(clean: Found) -> None:
    """What is planted is all that is bad."""
    assert clean.results.quarantine == ()
    assert clean.report.read == clean.report.loaded > 800


@pytest.mark.parametrize("one", PLANTS, ids=lambda one: one.kind.replace(" ", "-"))
def test_a_bad_row_is_held_with_file_row_column_and_reason(planted: Planted, one: Plant) -> None:
    """One fault, at the place where it was planted, told in words."""
    (fault,) = planted.faults(one.table, planted.rows[one.kind])
    assert (fault["table_name"], fault["sheet"], fault["column"]) == (one.table, None, one.column)
    place = one.reason.partition("{")[2].partition("}")[0]
    assert (one.reason.replace(f"{{{place}}}", str(planted.rows[place])) if place else one.reason) in fault["reason"]
    assert fault["reason"].count(" ") >= 3
    assert "\x1b" not in (fault["value"] or "")
    assert "\u202e" not in (fault["value"] or "")


def test_a_repeat_is_held_and_names_the_first(planted: Planted, clean: Found) -> None:
    """Of identical rows the first stays, wherever the other stands."""
    (fault,) = planted.faults("evidence", planted.rows["a repeat"])
    assert (fault["column"], fault["rule"]) == ("evidence_id", "repeat")
    assert fault["value"] in clean.results.evidence
    assert "inputs/evidence.csv row " in fault["reason"]


def test_two_contents_of_one_key_name_each_other(planted: Planted) -> None:
    """Order must not decide, so neither stays, and a reader is shown the other."""
    pair = [planted.rows[kind] for kind in ("one key, one content", "one key, another content")]
    for number, other in (pair, pair[::-1]):
        assert f"inputs/evidence.csv row {other}" in planted.faults("evidence", number)[0]["reason"]


def test_every_row_is_accounted_for(planted: Planted, clean: Found) -> None:
    """Loaded and quarantined are what was read, in all and by table; only planted rows are held."""
    counts = [planted.report, *planted.report.by_table.values()]
    assert all(one.loaded + one.quarantined == one.read for one in counts)
    assert planted.report.quarantined == len(planted.rows) == len(PLANTS) + 1
    assert planted.report.read == clean.report.read + len(planted.rows)
    assert planted.report.loaded == clean.report.loaded
    assert len(planted.results.quarantine) == len(planted.rows)


def test_the_other_rows_give_the_results_that_they_give_without_them(planted: Planted, clean: Found) -> None:
    """No rung, claim, grade, reason or item moves; only the item with held criteria is flagged."""
    assert_same_results(planted.results, clean.results, {INCOMPLETE}, set())
    for reading in ("verified", "claimed"):
        got, expected = (one.status(INCOMPLETE, reading) for one in (planted.results, clean.results))
        assert set(got["flags"]) == {*expected["flags"], "incomplete"}


def test_a_held_criterion_takes_its_own_records_and_no_others(tmp_path: Path, clean: Found) -> None:
    """A real criterion with a wrong kind: it and all that hangs on it are held; all other criteria stand as before."""
    root = copied(tmp_path / "project")
    most = max(clean.results.rungs, key=lambda rung: len(clean.results.records_of(rung["criterion_id"])))
    lost, held = most["criterion_id"], clean.results.records_of(most["criterion_id"])
    path = root / "inputs" / "criteria.csv"
    head, *rows = records(path)
    place = next(index for index, line in enumerate(rows) if line.startswith(f"{lost},"))
    cells = dict(zip(next(csv.reader([head])), next(csv.reader([rows[place]])), strict=True))
    rows[place] = row(cells, kind="wish")(list(cells)) + "\n"
    number = write(path, [head, *rows])[place + 1]
    found = looked_at(root)

    (parent,) = found.faults("criteria", number)
    assert (parent["column"], parent["value"]) == ("kind", "wish")
    children = [fault for fault in found.results.quarantine if fault["table_name"] == "evidence"]
    assert {fault["key"] for fault in children} == {record["evidence_id"] for record in held} != set()
    named = f"in quarantine itself (inputs/criteria.csv row {number})"
    assert all(fault["reason"].endswith(named) for fault in children)
    assert found.report.loaded + found.report.quarantined == found.report.read == clean.report.read
    assert_same_results(found.results, clean.results, {cells["item_id"]}, {lost})
    assert "incomplete" in found.results.status(cells["item_id"], "verified")["flags"]
    assert found.results.status(cells["item_id"], "verified")["status"] != "verified"


def test_rows_that_are_no_rows_change_no_other_reason(tmp_path: Path, planted: Planted) -> None:
    """Without the NUL and the open quote, which make reading take the slow way, the others are told just so."""
    root = copied(tmp_path / "project")
    some = [one for one in PLANTS if one.kind not in ("NUL", "a quote left open")]
    numbers = plant(root, some)
    found = looked_at(root)
    assert found.report.quarantined == len(found.results.quarantine) == len(some)
    for one in some:
        (fast,), (slow,) = (
            each.faults(one.table, rows[one.kind]) for each, rows in ((found, numbers), (planted, planted.rows))
        )
        assert {**fast, "row": 0, "reason": ""} == {**slow, "row": 0, "reason": ""}


def test_planting_good_rows_would_be_seen(tmp_path: Path, clean: Found) -> None:
    """The comparison can fail: the same record without a fault moves results."""
    root = copied(tmp_path / "project")
    good = replace(PLANTS[0], line=evidence("X01"))
    plant(root, [good])
    found = looked_at(root)
    assert found.report.quarantined == 0
    with pytest.raises(AssertionError):
        assert_same_results(found.results, clean.results, {INCOMPLETE}, set())
