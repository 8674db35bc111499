"""History: what changed between two runs, what moved, and that nothing is named which scoring does not bear out."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scaudit import showing_moves
from scaudit.audit import audit, examine
from scaudit.changes import RowChange
from scaudit.cli import app
from scaudit.comparison import Comparison, Movement
from scaudit.contract import TABLES
from scaudit.errors import ProjectError, UsageError
from scaudit.history import compare_runs
from scaudit.keeping import keep
from scaudit.ledger import LedgerEntry, past_runs, record
from scaudit.making import made_of
from scaudit.order import Order
from scaudit.project import find_project
from scaudit.reading import read_inputs
from scaudit.starting import scaffold
from scaudit.store import copy_of
from scaudit.warehouse import connect

DAY = date(2024, 1, 31)
LABELS_SEEN = (
    "E6,AUDIT-1/R2.a,AUDIT-FOLLOW-UP,page 2,AUDIT,supports,inspection,observation,true,2022-10-01,2023-05-31,,"
    "Labels were seen in 40 kitchens.,"
)
OPENED = "kitchen inspections exists.,true,,"
R2A, R1A, R1B = "AUDIT-1/R2.a", "AUDIT-1/R1.a", "AUDIT-1/R1.b"
CLAIM, COUNTED = "PARENTS-1/A.claim-1", "PARENTS-1/A.a"
Edit = Callable[[Path], None]


@pytest.fixture(scope="module")
def scaffolded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("history") / "audit"
    scaffold(root)
    header, *rows = lines(root, "evidence")
    write(root, "evidence", [f"{header},replaces", *(f"{row}," for row in rows)])
    return root


@pytest.fixture
def root(scaffolded: Path, tmp_path: Path) -> Path:
    """The project that `scaudit init` makes, with a column for what a record replaces."""
    return Path(shutil.copytree(scaffolded, tmp_path / "audit"))


def lines(root: Path, table: str) -> list[str]:
    return (root / "inputs" / f"{table}.csv").read_text().splitlines()


def write(root: Path, table: str, rows: list[str]) -> None:
    (root / "inputs" / f"{table}.csv").write_text("\n".join(rows) + "\n")


def add(root: Path, table: str, *rows: str) -> None:
    write(root, table, [*lines(root, table), *rows])


def evidence(root: Path, *rows: str, replaces: str = "") -> None:
    add(root, "evidence", *(f"{row},{replaces}" for row in rows))


def drop(root: Path, table: str, key: str) -> None:
    write(root, table, [row for row in lines(root, table) if not row.startswith(f"{key},")])


def put(root: Path, table: str, old: str, new: str) -> None:
    path = root / "inputs" / f"{table}.csv"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def setting(root: Path, old: str, new: str) -> None:
    path = root / "scaudit.toml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def run(root: Path, name: str, day: date = DAY, **wanted: object) -> None:
    """A run as the ledger has it, with what it kept; it publishes nothing, since nothing here asks for that."""
    project = find_project(root)
    with connect() as con:
        inputs = read_inputs(con, project)
    at = datetime(2024, 2, 1) + timedelta(hours=len(past_runs(project.state)))  # noqa: DTZ001 (UTC without a zone)
    entry = LedgerEntry(
        *(name, at, at, "done", day, day, "edition", project.settings.ruleset),
        inputs={one.file: one.sha256 for one in inputs},
        kept=keep(project, inputs),
        made_of=made_of(project, with_pdf=False),
    )
    record(project.state, replace(entry, **wanted))


def compare(root: Path, *items: str, names: tuple[str, str] = ("previous", "last")) -> Comparison:
    return compare_runs(Order(root, DAY, DAY, "comparing", items=items), names)


def changed(root: Path, *edits: Edit, day: date = DAY) -> Comparison:
    """The comparison of a run before the edits with one after them."""
    run(root, "one")
    for edit in edits:
        edit(root)
    run(root, "two", day)
    return compare(root)


def moved(found: Comparison) -> dict[str, Movement]:
    return {one.ask["criterion_id"]: one for one in found.movements}


def rungs(one: Movement, reading: str = "verified") -> tuple[int | None, int | None]:
    return one.stands[f"from/{reading}"]["rung"], one.stands[f"to/{reading}"]["rung"]


def named(one: Movement, reading: str = "verified") -> set[tuple[str, str]]:
    return {(row["evidence_id"], row["change"]) for row in one.movers[reading]}


def told(found: Comparison, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    showing_moves.comparison(found)
    return capsys.readouterr().out


def rows(found: Comparison) -> dict[tuple[str, str], RowChange]:
    assert found.changes is not None
    return {(row.table, row.id): row for row in found.changes.rows}


def test_nothing_changed_and_nothing_moved(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The order of rows is no change. Replays and failures are not among the last and the previous run."""
    header, *others = lines(root, "evidence")
    run(root, "one")
    write(root, "evidence", [header, *reversed(others)])
    run(root, "two")
    run(root, "again", replay_of="one")
    run(root, "failed", outcome="failed")
    found = compare(root)
    assert found.runs == ("one", "two")
    assert (found.items, found.movements, found.rules) == ((), (), ())
    assert not found.changes
    assert told(found, capsys).splitlines()[1:] == ["Nothing changed.", "Nothing moved."]


PROMISED = "E8,AUDIT-1/R2.a,MEALS-RELEASE,page 2,MEALS,supports,statement,promise,false,2022-10-05,,,More to come.,"
WORSE = (
    "E7,AUDIT-1/R1.b,AUDIT-FOLLOW-UP,pages 3-9,AUDIT,contradicts,inspection,observation,true,2022-10-01,2023-05-31,,"
    "Read again: 20 of 42 kitchens had been inspected.,"
)


@pytest.fixture(scope="module")
def editions(scaffolded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with two runs: records came, one of them for another, one went, and one was worded otherwise."""
    root = Path(shutil.copytree(scaffolded, tmp_path_factory.mktemp("two") / "audit"))
    run(root, "one")
    evidence(root, LABELS_SEEN)
    evidence(root, WORSE, replaces="E2")
    evidence(root, PROMISED, PROMISED.replace("E8,AUDIT-1/R2.a", "E9,AUDIT-1/R1.b"))
    drop(root, "evidence", "E4")
    put(root, "evidence", "The department says that all meals", "The department's release says that all meals")
    run(root, "two")
    return root


@pytest.fixture(scope="module")
def there(editions: Path) -> Comparison:
    return compare(editions)


@pytest.fixture(scope="module")
def back(editions: Path) -> Comparison:
    return compare(editions, names=("last", "previous"))


def test_rows_that_came_and_went_are_named_and_explain(there: Comparison, capsys: pytest.CaptureFixture[str]) -> None:
    """One lifts a rung, one lets a claim fall; a promise, and words that changed, are told and explain nothing."""
    assert {key: row.change for key, row in rows(there).items()} == {
        ("evidence", "E4"): "withdrawn",
        ("evidence", "E7"): "corrected",
        ("evidence", "E3"): "changed",
        ("evidence", "E6"): "added",
        ("evidence", "E8"): "added",
        ("evidence", "E9"): "added",
    }
    assert rows(there)["evidence", "E3"].columns == ("finding",)
    assert [(name, was != now) for name, was, now in rows(there)["evidence", "E3"].cells] == [("finding", True)]
    assert rows(there)["evidence", "E6"].cells == ()
    assert (rows(there)["evidence", "E4"].file, rows(there)["evidence", "E4"].row) == ("inputs/evidence.csv", 5)
    assert set(moved(there)) == {R2A, CLAIM, R1B}
    up, down = moved(there)[R2A], moved(there)[CLAIM]
    assert (rungs(up), up.causes, named(up)) == ((2, 5), {"verified": "evidence"}, {("E6", "added")})
    assert (down.causes, named(down)) == ({"verified": "evidence"}, {("E4", "withdrawn")})
    assert {row["item_id"]: row["moved"]["verified"].cause for row in there.items} == {
        "AUDIT-1/R1": "evidence",
        "AUDIT-1/R2": "evidence",
    }
    out = told(there, capsys)
    assert "Withdrawn: evidence E4 (inputs/evidence.csv row 5)." in out
    assert "Added: evidence E6 (inputs/evidence.csv row 6)." in out
    assert "Changed: evidence E3 (inputs/evidence.csv row 4): finding." in out
    assert "  Explained by the evidence.\n  By this row:\n    E6 (supports, grade 5;" in out


def test_a_correction_says_what_it_replaces(there: Comparison, capsys: pytest.CaptureFixture[str]) -> None:
    """The record that is replaced stays; without its successor nothing had fallen, and a promise came too."""
    assert rows(there)["evidence", "E7"].replaces == "E2"
    one = moved(there)[R1B]
    assert (rungs(one), named(one)) == ((5, 2), {("E7", "corrected")})
    assert [(row["makes"], row["undoes"]) for row in one.movers["verified"]] == [(False, True)]
    assert "Corrected: evidence E7 (inputs/evidence.csv row 7), replaces E2." in told(there, capsys)


def test_looking_backwards_finds_the_same(there: Comparison, back: Comparison) -> None:
    """What was added is withdrawn; causes, items and records stay."""
    turned = {"added": "withdrawn", "corrected": "withdrawn", "withdrawn": "added", "changed": "changed"}
    assert {key: turned[row.change] for key, row in rows(there).items()} == {
        key: row.change for key, row in rows(back).items()
    }
    assert {row["item_id"] for row in there.items} == {row["item_id"] for row in back.items}
    assert set(moved(there)) == set(moved(back))
    for key, one in moved(there).items():
        other = moved(back)[key]
        assert one.causes == other.causes
        assert {name for name, _ in named(one)} == {name for name, _ in named(other)}
        assert one.movers["verified"][0]["disposition_to"] == other.movers["verified"][0]["disposition_from"]


def test_the_json_of_two_runs(there: Comparison) -> None:
    """Run ids, changes, causes and records."""
    found = json.loads(json.dumps(there.as_json(), default=str))
    assert list(found) == ["schema", "runs", "from", "to", "rules_changed", "changes", "items", "criteria"]
    assert (found["schema"], found["runs"]) == ("scaudit/compare/1", {"from": "one", "to": "two"})
    assert list(found["changes"]) == ["rows", "settings", "models", "files", "made_of"]
    cells = found["changes"]["rows"][0].pop("cells")
    assert cells["stance"] == {"from": "supports", "to": None}
    assert cells["evidence_id"] == {"from": "E4", "to": None}
    assert found["changes"]["rows"][0] == {
        "table": "evidence",
        "id": "E4",
        "change": "withdrawn",
        "columns": [],
        "replaces": None,
        "reasons": [],
        "file": "inputs/evidence.csv",
        "row": 5,
        "loaded": {"from": True, "to": None},
    }
    only = {"cause": "evidence", "causes": ["evidence"], "makes": ["evidence"], "undoes": ["evidence"]}
    assert [one["moved"]["verified"] for one in found["items"]] == [only, only]
    why = next(one["moved"]["verified"] for one in found["criteria"] if one["id"] == R2A)
    assert list(why) == [*only, "together", "records"]
    assert {key: why[key] for key in only} == only
    assert (why["together"], [one["evidence_id"] for one in why["records"]]) == (False, ["E6"])
    record = {"change": "added", "makes": True, "undoes": True, "disposition_from": None, "disposition_to": "counted"}
    assert record.items() <= why["records"][0].items()


def test_only_items_asked_for_and_no_row_alone_where_they_are_too_many(
    editions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Changes are those of all inputs. Where trying each row would take too long, nobody says that one did it."""
    monkeypatch.setattr("scaudit.singling.MOST", 1)
    found = compare(editions, "AUDIT-1/R2")
    assert ([row["item_id"] for row in found.items], len(rows(found))) == (["AUDIT-1/R2"], 6)
    (one,) = found.movements
    assert named(one) == {("E6", "added"), ("E8", "added")}
    assert {row["together"] for row in one.movers["verified"]} == {True}
    with pytest.raises(UsageError, match=r"no item 'NONE'; the items are AUDIT-1/R1, AUDIT-1/R2, PARENTS-1/A"):
        compare(editions, "NONE")


def test_days_have_no_runs_in_the_json(editions: Path) -> None:
    """One schema for all comparisons."""
    words = ["compare", "--from", "2022-01-01", "--to", "2024-01-31", "--json", "--project", str(editions)]
    found = json.loads(CliRunner().invoke(app, words, catch_exceptions=False).stdout)
    assert (found["runs"], found["changes"]) == (None, None)
    assert {one["moved"] for one in found["items"]} == {None}
    causes = {why["cause"]: why["causes"] for one in found["criteria"] for why in one["moved"].values()}
    assert causes == {"records": ["records"], "both": ["records", "days"]}


def test_each_change_explains_its_own_move(root: Path) -> None:
    """A window, a rule under the same id, a body's parent, the programme's first day and the days: one move each."""
    ladder = (Path(showing_moves.__file__).parent / "ruleset" / "ladder-1" / "ladder.csv").read_text()
    own = root / "rulesets" / "own"
    own.mkdir(parents=True)
    (own / "ruleset.toml").write_text('id = "own"\nbase = "ladder-1"\n')
    setting(root, "[programme]", 'ruleset = "own"\n[programme]')
    counted = LABELS_SEEN.replace("AUDIT-1/R2.a", COUNTED).replace("2022-10-01,2023-05-31", "2022-05-20,")
    evidence(root, counted)
    found = changed(
        root,
        lambda root: put(root, "criteria", OPENED, OPENED.replace(",,", ",2023-01-01,")),
        lambda _: (own / "ladder.csv").write_text(ladder.replace("practice,1,2", "practice,1,1")),
        lambda root: put(
            root, "bodies", "laboratory (invented),researcher,,", "laboratory (invented),researcher,MEALS,"
        ),
        lambda root: setting(root, 'from = "2019-01-01"', 'from = "2022-06-01"'),
        day=date(2025, 1, 31),
    )
    assert {key: row.columns for key, row in rows(found).items()} == {
        ("bodies", "UNIVERSITY"): ("parent_id",),
        ("criteria", R1A): ("window_from",),
    }
    assert (found.rules, found.changes and found.changes.settings) == (("ladder",), ("programme.from",))
    assert {key: one.causes["verified"] for key, one in moved(found).items()} == {
        R1A: "criteria",
        R1B: "days",
        R2A: "rules",
        CLAIM: "sources",
        COUNTED: "settings",
    }
    assert {key: rungs(one) for key, one in moved(found).items()} == {
        R1A: (4, 0),
        R1B: (5, 5),
        R2A: (2, 1),
        CLAIM: (None, None),
        COUNTED: (5, 0),
    }
    assert not any(movers for one in found.movements for movers in one.movers.values())


EARLY = "R1,AUDIT-1/R1.a,WAITING-STUDY,page 1,UNIVERSITY,supports,data,observation,false,2022-02-01,,,A rule is seen.,,"
LATE = "R2,AUDIT-1/R1.a,PARENTS-LETTER,page 1,PARENTS,supports,data,observation,false,2022-05-01,,,A rule was shown.,"


def both(root: Path) -> None:
    """A record comes, and the window opens earlier, so that another one counts: the two are a pair."""
    evidence(root, LATE)
    put(root, "criteria", OPENED, OPENED.replace(",,", ",2022-01-01,"))


def test_two_changes_that_are_both_needed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither makes the move, undoing either undoes it; and backwards each makes it."""
    add(root, "evidence", EARLY)
    found = changed(root, both)
    one = moved(found)[R1A]
    why = one.whys["verified"]
    assert (rungs(one), why.cause, why.causes) == ((4, 5), "all", ("evidence", "criteria"))
    assert (why.makes, why.undoes) == ((), ("evidence", "criteria"))
    assert named(one) == {("R2", "added")}
    assert "by the evidence and what was asked, without any of which it would not have moved" in told(found, capsys)
    back = moved(compare(root, names=("last", "previous")))[R1A].whys["verified"]
    assert (back.cause, back.causes, back.makes, back.undoes) == ("each", why.causes, why.undoes, ())


def test_two_changes_of_which_neither_explains(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each moves the criterion half-way."""
    put(root, "evidence", "MEALS,supports,document,act", "MEALS,supports,statement,act")
    add(root, "evidence", EARLY)
    found = changed(root, both)
    one = moved(found)[R1A]
    assert (rungs(one), one.causes["verified"]) == ((2, 5), "several")
    assert one.whys["verified"].causes == ("evidence", "criteria")
    assert (named(one), one.movers["verified"][0]["together"]) == ({("R2", "added")}, True)
    assert "by the evidence and what was asked, which do only together" in told(found, capsys)


def test_two_of_three_changes_are_named(root: Path) -> None:
    """The programme's first day has nothing to do with it."""
    put(root, "evidence", "MEALS,supports,document,act", "MEALS,supports,statement,act")
    add(root, "evidence", EARLY)
    found = changed(root, both, lambda root: setting(root, 'from = "2019-01-01"', 'from = "2018-01-01"'))
    why = moved(found)[R1A].whys["verified"]
    assert (why.cause, why.causes) == ("several", ("evidence", "criteria"))


def test_records_together_and_records_each_of_which_suffices(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pair verifies, half of it does not, and a promise has no part in it; of two inspections either would do."""
    put(root, "evidence", "MEALS,supports,document,act", "MEALS,supports,statement,act")
    first = EARLY.replace("2022-02-01", "2022-04-01")
    press = "R3,AUDIT-1/R1.a,MEALS-RELEASE,page 1,MEALS,supports,statement,promise,false,2022-10-05,,,They will.,"
    again = LABELS_SEEN.replace("E6", "E8").replace("page 2", "page 4")
    found = changed(
        root, lambda root: add(root, "evidence", first), lambda root: evidence(root, LATE, press, LABELS_SEEN, again)
    )
    pair, either = moved(found)[R1A], moved(found)[R2A]
    assert (rungs(pair), named(pair)) == ((2, 5), {("R1", "added"), ("R2", "added")})
    assert {(row["makes"], row["undoes"], row["together"]) for row in pair.movers["verified"]} == {(False, False, True)}
    assert (rungs(either), named(either)) == ((2, 5), {("E6", "added"), ("E8", "added")})
    assert {(row["makes"], row["undoes"], row["together"]) for row in either.movers["verified"]} == {
        (True, False, False)
    }
    out = told(found, capsys)
    assert "By these rows, which do only together:" in out
    assert "By these rows, each of which alone makes the move:" in out


def test_rows_that_are_held_explain_too(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A fault of its own, a source that is gone, a model that is stricter: the row stands in the file and is held."""

    def stricter(root: Path) -> None:
        path = root / "schemas" / "evidence.py"
        text = path.read_text()
        assert '"statement"' in text
        path.write_text(text.replace('"statement"', '"word"'))

    found = changed(
        root,
        lambda root: put(root, "evidence", "AUDIT,supports,inspection", "AUDIT,maybe,inspection"),
        lambda root: drop(root, "sources", "WAITING-STUDY"),
        stricter,
    )
    assert found.changes is not None
    assert found.changes.models == ("schemas/evidence.py",)
    assert {key: (row.change, row.columns) for key, row in rows(found).items()} == {
        ("sources", "WAITING-STUDY"): ("withdrawn", ()),
        ("evidence", "E2"): ("held", ("stance",)),
        ("evidence", "E3"): ("held", ()),
        ("evidence", "E4"): ("held", ()),
        ("evidence", "E5"): ("held", ()),
    }
    assert {(row.loaded_from, row.loaded_to) for row in found.changes.rows if row.change == "held"} == {(True, False)}
    assert {key: (one.causes["verified"], named(one)) for key, one in moved(found).items()} == {
        R1B: ("evidence", {("E2", "held")}),
        R2A: ("evidence", {("E3", "held")}),
        CLAIM: ("evidence", {("E4", "held")}),
    }
    assert moved(found)[CLAIM].movers["verified"][0]["source"] == "How long children wait (invented)"
    out = told(found, capsys)
    assert "Held in quarantine now: evidence E2 (inputs/evidence.csv row 3): stance; in quarantine: " in out
    assert "Models changed: schemas/evidence.py." in out


def test_rows_of_every_sort_are_seen(root: Path) -> None:
    """Keys of several parts, keys twice, rows that cannot be read, rows without a key: none is passed over."""
    header = lines(root, "dispositions")[0]
    closed = "AUDIT-1/R1,AUDIT,2023-02-01,closed_implemented,Closed.,,,"
    write(root, "dispositions", [header, closed, closed.replace("2023-02-01", "2023-03-01")])
    add(root, "responsibilities", f"{R1B},MEALS", f"{R1A},MEALS")
    evidence(root, LABELS_SEEN, LABELS_SEEN.replace("E6", "E9").replace("supports", "maybe"))
    run(root, "one")
    put(root, "evidence", "maybe", "supports")
    write(root, "dispositions", [header, closed.replace("Closed.", "Shut.")])
    write(root, "responsibilities", [lines(root, "responsibilities")[0], f"{R1B},MEALS,and more"])
    evidence(root, LABELS_SEEN, LABELS_SEEN.replace("E6", ""), LABELS_SEEN.replace("E6", "E1"))
    put(
        root,
        "bodies",
        "UNIVERSITY,University kitchen laboratory (invented),researcher,,",
        'UNIVERSITY,"University" x,"r",,',
    )
    run(root, "two")
    found = {key: (row.change, row.columns, row.loaded_from, row.loaded_to) for key, row in rows(compare(root)).items()}
    assert found["dispositions", "AUDIT-1/R1 AUDIT 2023-02-01"] == ("changed", ("words",), True, True)
    assert found["dispositions", "AUDIT-1/R1 AUDIT 2023-03-01"] == ("withdrawn", (), True, None)
    assert found["responsibilities", f"{R1B} MEALS"] == ("held", (), True, False)
    assert found["responsibilities", f"{R1A} MEALS"] == ("withdrawn", (), True, None)
    assert found["evidence", "E6"] == ("changed", (), True, True), "it stands once more, with nothing else in it"
    assert found["evidence", ""][0] == "added"
    assert found["evidence", "E1"][::2] == ("held", True)
    assert len(found) == len({key for key in found if key[0] != "evidence"}) + len(
        [key for key in found if key[0] == "evidence"]
    )


def test_computed_evidence_is_compared_too(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It stands in no file, and is named as what was computed."""

    def compute(order: Order, _: object) -> None:
        rows = {"one": [("I/1", "2022"), ("I/2", "2022")], "two": [("I/2", "2023"), ("I/3", "2022")]}[order.run_id]
        with connect(order.database) as con:
            for name, year in rows:
                con.execute(
                    "insert into clean.evidence by name select * replace ($1 as evidence_id, $2 as criterion_id, "
                    "$3::date as event_from, $3::date as event_to, null as _file, null as _row) "
                    "from clean.evidence where evidence_id = 'E2'",
                    [name, R2A if name == "I/3" else R1B, f"{year}-06-01"],
                )

    monkeypatch.setattr("scaudit.history.measure_record", compute)
    found = changed(root)
    assert {key: (row.change, row.columns, row.file) for key, row in rows(found).items()} == {
        ("evidence", "I/1"): ("withdrawn", (), None),
        ("evidence", "I/2"): ("changed", ("event_from", "event_to"), None),
        ("evidence", "I/3"): ("added", (), None),
    }
    assert named(moved(found)[R2A]) == {("I/3", "added")}
    assert "Withdrawn: evidence I/1 (computed)." in told(found, capsys)


def test_what_is_named_is_borne_out_by_an_audit_of_the_mixed_inputs(root: Path, tmp_path: Path) -> None:
    """The inputs of the second run with one thing as in the first, audited as they are, stand as was said."""
    first = Path(shutil.copytree(root, tmp_path / "first"))
    window = OPENED.replace(",,", ",2023-01-01,")
    repeated = LABELS_SEEN.replace("E6", "E8").replace("inspection,observation,true", "statement,promise,false")
    found = changed(
        root,
        lambda root: evidence(root, LABELS_SEEN, repeated),
        lambda root: put(root, "criteria", OPENED, window),
    )
    mixes: dict[str, Edit] = {
        "criteria": lambda mixed: shutil.copy(first / "inputs" / "criteria.csv", mixed / "inputs"),
        "E6": lambda mixed: drop(mixed, "evidence", "E6"),
    }
    then = {(key, reading): rungs(one, reading)[0] for key, one in moved(found).items() for reading in one.causes}
    said = {
        (key, reading): {*why.undoes, *(row["evidence_id"] for row in one.movers[reading] if row["undoes"])}
        for key, one in moved(found).items()
        for reading, why in one.whys.items()
    }
    for name, mix in mixes.items():
        mixed = Path(shutil.copytree(root, tmp_path / name, ignore=shutil.ignore_patterns(".scaudit")))
        mix(mixed)
        results, _ = examine(Order(mixed, DAY, DAY, "mixed"))
        stands = {(row["criterion_id"], row["reading"]): row["rung"] for row in results.rungs}
        assert {key for key in then if stands[key] == then[key]} == {key for key in said if name in said[key]}, name
    assert set().union(*said.values()) == {"evidence", "criteria", "E6"}


def test_last_and_previous_are_two_audits(root: Path) -> None:
    """With one there is nothing to compare it with."""
    run(root, "one")
    with pytest.raises(UsageError, match="There is no previous run yet; 'scaudit runs' lists 1 that count"):
        compare(root)


def test_runs_with_nothing_kept_are_refused(root: Path) -> None:
    """In one sentence, with the reason."""
    run(root, "one")
    run(root, "old", kept={})
    run(root, "early", inputs={}, outcome="failed")
    for name, why in (("old", "an earlier engine made it"), ("early", "it failed before it had read them")):
        with pytest.raises(UsageError, match=f"The run {name} has no kept inputs to compare: {why}"):
            compare(root, names=("one", name))
    with pytest.raises(UsageError, match="There is no run 'none'"):
        compare(root, names=("none", "one"))


def test_a_run_that_cannot_be_read_again_says_so(root: Path) -> None:
    """A copy that is gone, or models that this engine cannot use."""
    run(root, "one")
    (root / "schemas" / "evidence.py").write_text("raise ValueError('odd')\n")
    run(root, "two")
    with pytest.raises(ProjectError, match=r"The run two cannot be read again: schemas/evidence\.py cannot be loaded"):
        compare(root)
    entry = next(entry for entry in past_runs(root / ".scaudit") if entry["run_id"] == "one")
    copy_of(root / ".scaudit", entry["kept"]["inputs/evidence.csv"]).unlink()
    with pytest.raises(ProjectError, match=r"The kept copy of inputs/evidence\.csv is missing"):
        compare(root)
    assert list((root / ".scaudit" / "runs").iterdir()) == []


def test_audits_are_compared_as_they_ran(root: Path) -> None:
    """The way from an audit to the terminal."""
    audit(Order(root, DAY, DAY, "one", with_pdf=False), lambda: datetime(2024, 2, 1))  # noqa: DTZ001
    drop(root, "evidence", "E2")
    run(root, "two")
    done = CliRunner().invoke(
        app, ["compare", "--runs", "previous", "last", "--project", str(root)], catch_exceptions=False
    )
    assert done.exit_code == 0
    assert "From run one, 2024-01-31 (known on 2024-01-31, ruleset ladder-1) to run two," in done.stdout
    assert "Withdrawn: evidence E2 (inputs/evidence.csv row 3)." in done.stdout
    assert "Evidence shows: 5 Verified -> 0 " in done.stdout
    assert "E2 (supports, grade 5; 1 October 2022 to 31 May 2023; withdrawn): Inspection records of 40" in done.stdout


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--ruleset", "ladder-1", "strict-1"], "Say what to compare"),
        (["--from", "2022-01-01"], "Say what to compare"),
        (["--as-of", "2022-01-01"], "leave all days out"),
        (["--known-to", "2022-01-01"], "leave all days out"),
    ],
)
def test_runs_stand_alone(root: Path, words: list[str], why: str) -> None:
    """They have days and rulesets of their own."""
    with pytest.raises(UsageError, match=why):
        CliRunner().invoke(app, ["compare", "--runs", "a", "b", *words, "--project", str(root)], catch_exceptions=False)


def test_every_table_belongs_to_a_factor() -> None:
    """So that whatever changed in the inputs is tried."""
    from scaudit.swapping import FACTORS

    assert sorted(table for tables in FACTORS.values() for table in tables) == sorted(TABLES)
