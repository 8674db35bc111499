"""Every cell of a ruleset's tables does something, and another ruleset can be run beside it.

A mutation test: each cell is changed to other plausible values, the steps that follow are run again over a broad
registry, and some result must differ. What never differs is either listed below with its reason, or dead.
"""

import dataclasses
import shutil
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

import duckdb
import pytest

from scaudit.errors import ProjectError
from scaudit.explaining import choices, moves
from scaudit.firmness import firmness
from scaudit.rules import GATES, RULESETS, Ruleset, Table, load_ruleset
from scaudit.scoring import Reading
from scoring_tables import (
    AS_OF,
    FROM,
    LADDER,
    Registry,
    Row,
    Scored,
    connect,
    criterion,
    fill,
    graded,
    item,
    record,
    registry,
    run,
    scored,
)

VALUES = {
    "kind": ("policy", "practice", "result", "claim"),
    "stance": ("supports", "partly", "contradicts", "context"),
    "basis": ("statement", "document", "data", "inspection"),
    "tense": ("promise", "act", "observation"),
    "origin_kind": ("agency", "auditor", "oversight_body", "court", "legislature", "researcher", "advocate",
                    "local_government", "press"),
}  # fmt: skip
FLAGS = {"own", "issuer_own", "method_stated", "second_hand", "same_origin", "as_good", "method_needed", "nobody_else",
         "decisive", "refuted", "complete"}  # fmt: skip
WORDS = {"name", "cure", "meaning", "words", "status", "standing", "what", "candidate", "reading", "scenario", "family"}

#: Columns that only say in words what the row is: no result has them.
DESCRIPTIVE = {("cures", "cure"), ("stops", "meaning")}

#: Cells that need not matter, by table, row (as its first cells begin) and columns, with the reason.
IDLE = [
    ("caps", "0,4", "down", "not read where at_most is given"),
    ("caps", "5,6,4", "down", "not read where at_most is given"),
    ("shelf_lives", "claim", "shelf_life_months sustain_months", "a claim has neither"),
    ("statuses", "5", "position", "its range of best rungs is nobody else's"),
    ("statuses", "6", "position", "its range of best rungs is nobody else's"),
    ("statuses", "7", "position refuted best_to", "the last row, for items without any rung"),
    ("candidates", "raise", "position", "no two raising candidates are of one grade"),
    ("candidates", "lower-3", "position", "nothing else is of grade 3"),
    ("candidates", "raise-1", "origin_kind tense method_stated", "the grade hangs on own and statement alone"),
    ("candidates", "raise-2", "origin_kind method_stated", "the grade hangs on own and document alone"),
    ("candidates", "raise-3", "basis method_stated", "any outside account is of grade 3"),
    ("candidates", "lower-3", "basis method_stated", "any outside account is of grade 3"),
    ("candidates", "lower-4", "own", "the body's own record against it is of grade 4 too"),
    ("candidates", "withdraw", "origin_kind method_stated", "an own act and document withdraws"),
    ("candidates", "admit", "*", "never the least: lower-4 is of the same grade and comes first"),
    ("candidates", "lower-5", "*", "never the least: lower-4 lowers whatever it lowers"),
    *(("scenarios", row, "origin_kind grade_shift", "one is not read without the other") for row in ("shelf-", "pairs-")),
    *(("scenarios", row, "kind shelf_life_months", "one is not read without the other")
      for row in ("pairs-", *VALUES["origin_kind"])),
]  # fmt: skip

#: Which tables are made by which step first; only it and the steps after it need to run again.
FIRST = {"candidates": "27", "caps": "76", "cures": "60", "grades": "40", "ladder": "74", "pairs": "65",
         "readings": "55", "shelf_lives": "20", "standings": "85", "statuses": "90", "stops": "74"}  # fmt: skip
LAST = {"candidates": "98", "grades": "45"}

#: Steps between them of which nothing is read: what would move a criterion hangs on grades and rungs.
UNREAD = {"candidates": {"81", "82", "85", "90", "95", "96", "97"}}


#: Small cases that the generated criteria may miss: each becomes an item of one criterion, and once more as incomplete.
CASES: dict[str, tuple[str, list[Row]]] = {
    "fresh-policy": ("policy", [graded("a", 5, on="2012-01-01")]),
    "fresh-practice": ("practice", [graded("a", 5, on="2013-07-01")]),
    "fresh-result": ("result", [graded("a", 5, on="2014-01-01")]),
    **{f"sustained-{kind}": (kind, [graded("a", 5, on="2013-09-01"), graded("b", 5, on="2014-09-01")])
       for kind in ("policy", "practice", "result")},
    "refuted-6": ("practice", [graded("a", 5, on="2013-09-01"), graded("b", 5, on="2014-09-01"),
                               graded("x", 3, "contradicts", "2014-10-01")]),
    "held-5": ("practice", [graded("a", 5, on="2012-03-01"), graded("x", 3, "contradicts", "2012-09-01")]),
    "withdrawn": ("policy", [record("a", "AGENCY", tense="act"),
                             record("x", "AGENCY", "contradicts", "document", "act", "2014-01-01")]),
    "taken-back": ("practice", [record("x", "CITY", "contradicts", "data", method=True),
                                record("a", "CITY", on="2014-01-01")]),
    "tested": ("practice", [graded("a", 4)]), "kept": ("practice", [graded("a", 2)]),
    "said": ("practice", [graded("a", 1)]), "not-done": ("practice", [graded("x", 3, "contradicts")]),
    "nothing": ("practice", []),
    "old-policy": ("policy", [graded("a", 5, on="2011-09-01")]),
    **{f"{origin}-{kind}": (kind, [record("a", origin)]) for origin in ("BOARD", "PAPER", "UNION") for kind in ("policy", "practice")},
    "two-documents": ("policy", [graded("a", 3), graded("b", 3, on="2013-06-01", publisher="CITY")]),
    "verified-claim": ("claim", [graded("a", 5)]),
    "two-origins": ("claim", [graded("a", 3), record("b", "CITY")]),
    "court-in-the-paper": ("claim", [record("a", "COURT", publisher="PAPER")]),
}  # fmt: skip
INCOMPLETE = [f"{name}!" for name in CASES]


def all_marks() -> Registry:
    """A concern with a record for every combination of marks that can be graded."""
    criteria = [criterion(f"ALL.{kind}", kind, item_id="ALL") for kind in VALUES["kind"]]
    return Registry([*_all_marks()], criteria, [item("ALL", kind="concern")])


def with_cases(world: Registry) -> Registry:
    names = [*CASES, *INCOMPLETE]
    world.recommendations = [*world.recommendations, *(item(name, kind="concern") for name in names)]
    kinds = {name: CASES[name.removesuffix("!")] for name in names}
    world.criteria = [*world.criteria, *(criterion(name, kind, item_id=name) for name, (kind, _) in kinds.items())]
    rows = [{**row, "evidence_id": f"{name}/{row['evidence_id']}", "criterion_id": name}
            for name, (_, case) in kinds.items() for row in case]  # fmt: skip
    world.evidence = [*world.evidence, *rows]
    return world


def _all_marks() -> Iterator[dict[str, object]]:
    origins = ("AGENCY", "INSPECTOR", "BOARD", "COURT", "PARLIAMENT", "UNIVERSITY", "UNION", "COALITION", "CITY",
               "PAPER", "OTHER")  # fmt: skip
    marks = product(VALUES["kind"], origins, VALUES["stance"], VALUES["basis"], VALUES["tense"], (True, False))
    for number, (kind, origin, stance, basis, tense, method) in enumerate(marks):
        for publisher in (origin, "UNION" if origin == "PAPER" else "PAPER"):
            yield record(f"ALL/{number}/{publisher}", origin, stance, basis, tense, of=f"ALL.{kind}", method=method,
                         publisher=publisher, locator=None)  # fmt: skip


def filled(world: Registry, *, moving: bool = False) -> duckdb.DuckDBPyConnection:
    con = connect()
    fill(con, world)
    run(con, AS_OF, programme_from=FROM, incomplete=INCOMPLETE, moving=moving)
    return con


@pytest.fixture(scope="module")
def bases() -> dict[str, duckdb.DuckDBPyConnection]:
    """A scored registry to try changes on: for grades, for candidates, and (with the empty name) for all other tables."""
    return {
        "grades": filled(all_marks()),
        "candidates": filled(with_cases(registry(12, 25)), moving=True),
        "": filled(with_cases(registry(11, 300))),
    }


# --- one cell at a time -----------------------------------------------------------------------------------------


#: Columns with a few words of their own; the columns in FLAGS are true, false or (not everywhere) `*`.
CHOICES = {
    "side": ("raise", "lower"),
    "met": ("all", "some", "*"),
    "position": ("0", "99"),
    "pairing": ("none", "sources", "origins"),
    **dict.fromkeys(FLAGS, ("true", "false", "*")),
}


def _others(table: str, column: str, cell: str | None) -> list[str | None]:
    """Other values that a cell of this column could plausibly have."""
    if column in VALUES:
        lists = _other_lists(VALUES[column], cell)
        single = table in {"ladder", "shelf_lives"} or (table, column) == ("scenarios", "origin_kind")
        return [one for one in lists if one and not (single and "|" in one)]
    if (table, column) == ("scenarios", "shelf_life_months"):
        return [months for months in ("3", "9", "15", "30", "48") if months != cell]
    if column in CHOICES:
        never = "*" if table in {"candidates", "pairs", "cures"} else ""
        return [value for value in CHOICES[column] if value not in {cell, never}]
    if column in WORDS:
        return [f"another {cell}"]
    number = int(cell) if cell else 3
    return [str(number + step) for step in (1, -1, 2, -2, 3, 4, 6) if number + step >= 0]


def _other_lists(values: tuple[str, ...], cell: str | None) -> list[str | None]:
    if cell is None:
        return list(values)
    named = [value for value in values if cell == "*" or value in cell.split("|")]
    less = ["|".join(value for value in named if value != out) for out in named if len(named) > 1]
    more = ["|".join([*named, value]) for value in values if value not in named]
    return [*less, *more, *(value for value in values if len(named) == 1 and value not in named)]


def _changed(table: Table, row: int, column: int, cell: str | None) -> Table:
    rows = [list(cells) for cells in table.rows]
    rows[row][column] = cell
    return dataclasses.replace(table, rows=tuple(tuple(cells) for cells in rows))


def _part(name: str) -> Ruleset:
    """The ruleset with the steps that have to run again once the table `name` is changed."""
    steps = [
        step
        for step in LADDER.steps
        if FIRST[name] <= step.name[:2] <= LAST.get(name, "95") and step.name[:2] not in UNREAD.get(name, ())
    ]
    return dataclasses.replace(LADDER, tables=(), steps=tuple(steps))


RESULTS = {name: f"result.{name}" for name in ("rungs", "flags", "claims", "items", "item_flags")}


def _outcome(con: duckdb.DuckDBPyConnection, part: Ruleset, name: str) -> list[object]:
    """What the steps that a table bears on have made of the registry, whatever the order of rows."""
    if name == "candidates":
        found = Scored(con).shipped("moves")
        answers = {row["criterion_id"]: "AGENCY" for row in found}
        return [*moves(part, found, answers, "raise"), *moves(part, found, answers, "lower"), found]
    tables = ["step.graded"] if name == "grades" else list(RESULTS.values())
    query = "select count(*), sum(hash(found)::hugeint) from {} as found"
    return [con.execute(query.format(table)).fetchall() for table in tables]


def _after(con: duckdb.DuckDBPyConnection, part: Ruleset, table: Table) -> list[object]:
    altered = dataclasses.replace(part, tables=(table,))
    run(con, AS_OF, programme_from=FROM, incomplete=INCOMPLETE, ruleset=altered, moving=table.name == "candidates")
    return _outcome(con, altered, table.name)


def dead_cells(con: duckdb.DuckDBPyConnection, table: Table) -> list[tuple[str, ...]]:
    """The cells for which no other value changes any result: table, first cell of the row, column, value."""
    part = _part(table.name)
    before = _after(con, part, table)
    dead: list[tuple[str, ...]] = []
    for row, column in product(range(len(table.rows)), range(len(table.columns))):
        cell, head = table.rows[row][column], table.columns[column]
        if (table.name, head) in DESCRIPTIVE or _idle(table, row, head):
            continue
        others = (_changed(table, row, column, other) for other in _others(table.name, head, cell))
        if all(_same(con, part, other, before) for other in others):
            dead.append((table.name, str(table.rows[row][:2]), head, str(cell)))
    run(con, AS_OF, programme_from=FROM, incomplete=INCOMPLETE, moving=table.name == "candidates")
    return dead


def _idle(table: Table, row: int, head: str) -> bool:
    start = ",".join(str(cell) for cell in table.rows[row])
    first = start.split(",")[0]
    return any(
        name == table.name
        and (first == begin or (len(begin) > 1 and start.startswith(begin)))
        and head in (columns.split() if columns != "*" else [head])
        for name, begin, columns, _ in IDLE
    )


def _same(con: duckdb.DuckDBPyConnection, part: Ruleset, table: Table, before: list[object]) -> bool:
    try:
        return _after(con, part, table) == before
    except duckdb.Error:
        return False


def test_every_table_of_the_ruleset_is_tried() -> None:
    """A new table needs its first step here; the gates are lists in ruleset.toml, and scenarios are tried all at once."""
    assert {*FIRST, *GATES, "scenarios"} == {table.name for table in LADDER.tables}


@pytest.mark.parametrize("name", sorted(FIRST))
def test_every_cell_changes_some_result(bases: dict[str, duckdb.DuckDBPyConnection], name: str) -> None:
    """No cell of a table is for show: another value gives another grade, rung, flag, claim, status or move."""
    (table,) = (table for table in LADDER.tables if table.name == name)
    assert dead_cells(bases.get(name, bases[""]), table) == []


# --- scenarios: every altered cell is one more scenario -----------------------------------------------------------

VERIFIED = Reading("verified", date.fromisoformat(AS_OF), date.fromisoformat(AS_OF))


def _cells(table: Table) -> Iterator[tuple[int, int]]:
    for row, column in product(range(len(table.rows)), range(len(table.columns))):
        if not _idle(table, row, table.columns[column]):
            yield row, column


def _with(table: Table) -> Ruleset:
    tables = [table if one.name == table.name else one for one in LADDER.tables]
    return dataclasses.replace(LADDER, tables=tuple(tables))


def _altered_scenarios(table: Table) -> tuple[Table, dict[tuple[int, int], list[str]]]:
    """The scenarios and, for every cell that is no word, more of them that differ in that cell alone; by their names."""
    more, names = list(table.rows), {}
    for row, column in _cells(table):
        if table.columns[column] not in WORDS:
            others = _others(table.name, table.columns[column], table.rows[row][column])
            names[row, column] = [f"{row}/{column}/{other}" for other in others]
            more += [(name, *_changed(table, row, column, other).rows[row][1:])
                     for name, other in zip(names[row, column], others, strict=True)]  # fmt: skip
    return dataclasses.replace(table, rows=tuple(more)), names


def test_every_cell_of_a_scenario_shifts_something() -> None:
    """No cell of a scenario is for show: another value shifts other criteria, or says something else."""
    (table,) = (table for table in LADDER.tables if table.name == "scenarios")
    altered, names = _altered_scenarios(table)
    with filled(with_cases(registry(21))) as con:
        firmness(con, _with(altered), VERIFIED, date.fromisoformat(FROM), INCOMPLETE)
        shifts = Scored(con).dicts("select * from result.shifts")
    found: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    for shift in shifts:
        found[shift["scenario"]].add((shift["criterion_id"], shift["rung_then"], shift["stale_then"]))
    assert [row[0] for row in table.rows if not found[str(row[0])]] == []  # each shifts something
    said = choices(LADDER, shifts)
    dead = [(table.rows[row][0], table.columns[column]) for row, column in _cells(table)
            if (row, column) in names and all(found[name] == found[str(table.rows[row][0])] for name in names[row, column])]  # fmt: skip
    dead += [(table.rows[row][0], table.columns[column]) for row, column in _cells(table)
             if (row, column) not in names and choices(_with(_changed(table, row, column, "another")), shifts) == said]  # fmt: skip
    assert dead == []


def test_the_words_of_a_scenario_name_the_shelf_life_it_changes() -> None:
    """Another shelf life in the ruleset is said where the words of a scenario compare with it."""
    (lives,) = (table for table in LADDER.tables if table.name == "shelf_lives")
    for row, kind in enumerate(("policy", "practice", "result")):
        told = {one["scenario"] for one in choices(_with(_changed(lives, row, 1, "99")), ()) if "99" in one["words"]}
        assert told == {one["scenario"] for one in LADDER.table("scenarios") if one["kind"] == kind}


# --- gates --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gate", ["held_back_reliability", "held_back_credibility"])
def test_the_gates_are_data_too(gate: str) -> None:
    """Without its marks a gate holds nothing back."""
    tables = [dataclasses.replace(table, rows=()) if table.name == gate else table for table in LADDER.tables]
    row = graded("a", 5, reliability="F", credibility="6")
    assert scored(row).rung() == 0
    assert scored(row, ruleset=dataclasses.replace(LADDER, tables=tuple(tables))).rung() == 5


def test_a_kind_from_which_nothing_is_taken_holds_records_back() -> None:
    """Those of which it is the origin, and those that it prints for somebody else."""
    rows = [record("own", "PAPER"), record("told", publisher="PAPER"), record("other", "CITY", publisher="UNIVERSITY"),
            record("late", publisher="PAPER", expires_on="2014-01-01", locator=None)]  # fmt: skip
    gate = Table("held_back_kinds", ("mark",), (("press",),))
    plain, strict = scored(*rows), scored(*rows, ruleset=_with(gate))
    fates = {name: strict.disposition(name) for name in ("own", "told", "other", "late")}
    assert fates == {
        **dict.fromkeys(("own", "told"), ("held_back", "not_taken")),
        "other": ("counted", "counted"),
        "late": ("held_back", "no_locator"),
    }
    assert {plain.disposition(name) for name in ("own", "told", "other")} == {("counted", "counted")}
    printed = {row["evidence_id"]: row["grade"] for row in strict.shipped("records")}
    assert printed == {"own": 0, "told": 0, "other": 3, "late": 0}
    assert LADDER.reasons["records"]["not_taken"]


def test_no_record_of_a_kind_from_which_nothing_is_taken_is_said_to_raise() -> None:
    """The least record that would raise a criterion is one that would count."""
    gate = Table("held_back_kinds", ("mark",), (("researcher",),))
    plain, strict = (scored(graded("a", 2), ruleset=one, moving=True).move("raise") for one in (LADDER, _with(gate)))
    assert (plain, strict) == (("raise-3", 3, 4), ("raise-5", 5, 5))


# --- another ruleset --------------------------------------------------------------------------------------------


def strict(home: Path) -> Path:
    """A folder of rulesets: the shipped one, and one in which an own record is worth no more than a promise."""
    shutil.copytree(RULESETS / "ladder-1", home / "ladder-1")  # makes `home` too
    (home / "strict-1").mkdir()
    text = (home / "ladder-1" / "ladder.csv").read_text(encoding="utf-8")
    (home / "strict-1" / "ladder.csv").write_text(text.replace("policy,2,4", "policy,2,2"), encoding="utf-8")
    gates = (
        (home / "ladder-1" / "ruleset.toml").read_text(encoding="utf-8").replace('id = "ladder-1"', 'id = "strict-1"')
    )
    (home / "strict-1" / "ruleset.toml").write_text(f'base = "ladder-1"\n{gates}', encoding="utf-8")
    return home


def test_a_second_ruleset_changes_a_table_and_takes_the_rest_from_its_base(tmp_path: Path) -> None:
    """Both can be run side by side on the same records; their digests tell them apart."""
    other, base = (load_ruleset(name, strict(tmp_path / name)) for name in ("strict-1", "ladder-1"))
    row = graded("a", 2, of="policy")
    assert (scored(row).rung("policy"), scored(row, ruleset=other).rung("policy")) == (4, 2)
    assert (other.id, other.words == base.words, other.digest != base.digest) == ("strict-1", True, True)


def test_a_ruleset_needs_only_its_base_and_what_it_changes(tmp_path: Path) -> None:
    """The gates too are taken from the base where the ruleset does not name them."""
    home = strict(tmp_path)
    (home / "strict-1" / "ruleset.toml").write_text('id = "strict-1"\nbase = "ladder-1"\n', encoding="utf-8")
    tables = {table.name: table for table in load_ruleset("strict-1", home).tables}
    assert tables["held_back_reliability"].rows == (("E",), ("F",))


def test_the_digest_of_a_ruleset_is_that_of_its_contents(tmp_path: Path) -> None:
    """A copy elsewhere has the same digest, an altered cell another."""
    home = strict(tmp_path)
    assert load_ruleset("ladder-1", home).digest == load_ruleset("ladder-1").digest
    stops = home / "ladder-1" / "stops.csv"
    stops.write_text(stops.read_text(encoding="utf-8").replace("promise,2", "promise,1"), encoding="utf-8")
    assert load_ruleset("ladder-1", home).digest != LADDER.digest


def test_an_unknown_ruleset_is_one_sentence() -> None:
    """What, where, and which there are."""
    with pytest.raises(
        ProjectError, match=r'^There is no ruleset "ladder-9"; .* one of: ladder-1, strict-1\.$'
    ) as told:
        load_ruleset("ladder-9")
    assert told.value.exit_code == 3


def test_an_unknown_base_is_one_sentence(tmp_path: Path) -> None:
    """A ruleset whose base is not there cannot be used, and the message says so."""
    (tmp_path / "lone-1").mkdir()
    (tmp_path / "lone-1" / "ruleset.toml").write_text('id = "lone-1"\nbase = "gone-1"\n', encoding="utf-8")
    with pytest.raises(ProjectError, match="gone-1"):
        load_ruleset("lone-1", tmp_path)
