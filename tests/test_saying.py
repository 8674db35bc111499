"""What pages on all of many items say of each is kept, made anew only of items that changed, and is what it always was."""

import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from scaudit import audit as audits
from scaudit import made, saying
from scaudit.audit import report
from scaudit.outcome import rows, selected
from scaudit.project import find_project
from scaudit.results import Results
from scaudit.rules import load_ruleset
from scaudit.saying import Saying
from scaudit.scorecard.all_numbers import all_numbers
from scaudit.scorecard.card_json import audit_json, lines
from scaudit.scorecard.group_json import group_json
from scaudit.scorecard.groups import everything, groups
from scaudit.scorecard.questions import questions, questions_csv
from scaudit.scorecard.statuses import statuses
from scaudit.scorecard.summary import summary_card
from scaudit.standings import NUMBERS, standings
from scaudit.statement import statement
from scaudit.warehouse import connect, published
from test_group_cards import PROGRAMME, RULESET, write_project
from test_large_overview import ITEMS, write_many
from test_only_what_changed import an_order, data, differing, digests, edit, run

EVERY = [f"MANY/R{number:03}" for number in range(1, ITEMS + 1)]
INDICATOR = """
insert into result.measured by name
select
    'counted' as indicator_id, 'Meals counted' as title, 'meals' as counts, 'count' as kind, 'month' as period,
    [min(criterion_id)] as bears_on, [] as source_ids, false as synthetic, 'meals' as missing, false as counted
from clean.criteria
"""
DAYS = 60  # in which an answer is asked for, where settings say nothing else


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty items with one run behind them."""
    root = write_project(tmp_path_factory.mktemp("saying") / "project")
    write_many(root / "inputs")
    run(root, "first")
    return root


@pytest.fixture
def project(audited: Path, tmp_path: Path) -> Path:
    """A copy of it for one test, with the times of its files."""
    return Path(shutil.copytree(audited, tmp_path / "project"))


@pytest.fixture(scope="module")
def told(audited: Path) -> Saying:
    return saying.saying(published(audited / ".scaudit"), find_project(audited))


@pytest.fixture(scope="module")
def stood(audited: Path) -> Results:
    """The same with all that is known of each item."""
    with closing(connect(published(audited / ".scaudit"), read_only=True)) as con:
        return standings(con, RULESET, PROGRAMME)


@dataclass
class Spy:
    """Stands in for what tells items, and notes which."""

    plain: Callable[..., object]
    items: list[str]

    def __call__(self, results: Results, items: list[str], days: int) -> object:
        self.items.extend(items)
        return self.plain(results, items, days)


@pytest.fixture
def spy(monkeypatch: pytest.MonkeyPatch) -> Spy:
    found = Spy(saying.say, [])
    monkeypatch.setattr(saying, "say", found)
    return found


def test_every_text_is_that_of_all_results(told: Saying, stood: Results) -> None:
    """To the byte, though of no item but the last that was told is anything in memory."""
    said, whole = told.said, group_json(stood, everything(stood))
    assert told.results.rungs == ()
    assert said.data(group_json(told.results, said.group, said.told)) == lines(whole)
    assert said.audit(told.results, ["a.pdf"]) == lines(audit_json(stood, ["a.pdf"]))
    assert said.questions() == questions_csv(questions(stood), DAYS)
    assert said.statuses() == statuses(whole)


def test_the_page_is_that_of_all_results(told: Saying, stood: Results) -> None:
    """Its groups, its counts and its lists."""
    said, whole = told.said, group_json(stood, everything(stood))
    assert said.group == everything(stood)
    assert groups(told.results, ["body", "programme"], said.placed) == groups(stood, ["body", "programme"])
    assert (said.why, said.uses) == (Counter(one.why for one in questions(stood)), stood.all_uses)
    assert summary_card(told.results, said.group, whole, said) == summary_card(stood, said.group, whole)


def test_some_at_a_time_as_all_at_once(audited: Path, told: Saying, monkeypatch: pytest.MonkeyPatch) -> None:
    """Items are told in portions, and again where another engine, ruleset or setting had told them."""
    monkeypatch.setattr(saying, "SLICE_OF_LARGE", 7)
    monkeypatch.setattr(saying.made, "saying", lambda *_: "another engine")
    again = saying.saying(published(audited / ".scaudit"), find_project(audited))
    assert (sorted(again.anew), told.anew) == (EVERY, {})
    assert again.said == told.said


def test_what_concerns_no_item_is_there_whichever_was_told_last(
    audited_starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The numbers of a project, and on which items they bear; the quarantine, the sources, the days."""
    monkeypatch.setattr(saying, "SLICE_OF_LARGE", 1)
    project = find_project(audited_starter)
    results = Path(shutil.copyfile(published(project.state), tmp_path / "results.duckdb"))
    with closing(connect(results)) as con:
        con.execute(INDICATOR)
    found = saying.saying(results, project).results
    with closing(connect(results, read_only=True)) as con:
        whole = standings(con, load_ruleset(project.settings.ruleset), project.settings.programme.name)
    assert len(found.items) < len(whole.items)
    for name in ("quarantine", "held_counts", *NUMBERS, "disagreements", "run", "bodies", "sources", "reading_days"):
        assert getattr(found, name) == getattr(whole, name), name
    numbers = all_numbers(found)
    assert numbers == all_numbers(whole)
    assert numbers is not None
    assert [line.bears for line in numbers.lines] == ["AUDIT-1/R1"]


def test_only_the_item_that_changed_is_told_anew(project: Path, spy: Spy, monkeypatch: pytest.MonkeyPatch) -> None:
    """And every byte is that of a run that tells all. All results are gathered when somebody looks at them."""
    looked: list[object] = []
    monkeypatch.setattr(audits, "complete_published", lambda *given: looked.append(given))
    edit(project, "evidence.csv", lambda lines: [lines[0].replace("An order.", "An order, amended."), *lines[1:]])
    outcome = run(project, "changed")
    assert (outcome.unchanged, looked, spy.items) == ("", [], ["MANY/R001"])
    assert outcome.results is None  # what the stand-in gives
    assert len(looked) == 1
    as_usual = digests(project / "reports")
    assert not run(project, "anew", fresh=True).unchanged
    assert sorted(spy.items[1:]) == EVERY
    assert digests(project / "reports") == as_usual


def another_source(project: Path) -> None:
    edit(project, "sources.csv", lambda lines: [line.replace(",", ",Another ", 1) for line in lines])


def an_item_less(project: Path) -> None:
    for name in ("recommendations", "criteria"):
        edit(project, f"{name}.csv", lambda lines: lines[1:])
    edit(project, "evidence.csv", lambda lines: [line for line in lines if "R001." not in line])


def another_body(project: Path) -> None:
    edit(project, "bodies.csv", lambda lines: [line.replace("Office 1", "Bureau 1") for line in lines])


def a_bad_row(project: Path) -> None:
    edit(project, "evidence.csv", lambda lines: [*lines, lines[0].replace("O1,", "O99,").replace("2020", "20x0")])


@pytest.mark.parametrize("change", [another_source, an_item_less, another_body, a_bad_row])
def test_what_is_kept_is_what_everything_anew_gives(project: Path, change: Callable[[Path], None]) -> None:
    """Of items that are others now, and of none that is gone."""
    change(project)
    after = data(project, "as-usual")
    assert differing(after, published(project / ".scaudit")) != []
    assert differing(after, data(project, "anew", fresh=True)) == []


def test_another_setting_is_seen_by_a_report(project: Path, spy: Spy) -> None:
    """Which makes no results, and keeps nothing; so all is told anew, as the settings want it now."""
    before = digests(project / ".scaudit")[published(project / ".scaudit").name]
    with (project / "scaudit.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[questions]\nanswer_days = 45\n")
    edition, files = report(an_order(project, "report"))
    assert "questions.csv" in files
    assert spy.items == EVERY
    asked = (project / "reports" / edition / "questions.csv").read_text(encoding="utf-8").splitlines()
    assert len(asked) > ITEMS / 2
    assert {line.rpartition(",")[2] for line in asked[1:]} == {"45"}
    assert digests(project / ".scaudit")[published(project / ".scaudit").name] == before


@pytest.mark.parametrize("change", ["drop table made.said", "alter table made.said drop column line"])
def test_results_of_another_engine_are_told_all(project: Path, spy: Spy, change: str) -> None:
    """One that kept nothing, and one that kept other columns."""
    before = digests(project / "reports")
    with closing(connect(published(project / ".scaudit"))) as con:
        con.execute(change)
    report(an_order(project, "report"))
    assert spy.items == EVERY
    assert digests(project / "reports") == before


def test_an_item_is_another_when_a_document_is_that_only_its_records_name(project: Path) -> None:
    """Fifteen of sixty cite the order."""
    with closing(connect(published(project / ".scaudit"), read_only=True)) as con:
        before = made.of_items(con)
    edit(
        project, "sources.csv", lambda lines: [line.replace("OFFICE-ORDER,", "OFFICE-ORDER,Amended ") for line in lines]
    )
    with closing(connect(data(project, "amended"), read_only=True)) as con:
        after = made.of_items(con)
    assert [item for item in before if before[item].rows != after[item].rows] == EVERY[::4]


# --- the steps in SQL ---------------------------------------------------------------------------------------------


def test_what_is_asked_of_the_results() -> None:
    """The order of pages, what became of all records, and the items on which an indicator bears."""
    with closing(connect()) as con:
        con.execute("create schema clean; create schema result")
        con.execute("create table clean.recommendations (item_id varchar, kind varchar)")
        con.execute(
            "insert into clean.recommendations values ('B', 'concern'), ('C', 'recommendation'), ('A', 'concern')"
        )
        con.execute("create table result.records as select unnest(['counted', 'held', 'counted']) as disposition")
        con.execute(
            "create table clean.criteria as select unnest(['B.1', 'B.2', 'C.1']) as criterion_id, unnest(['B', 'B', 'C']) as item_id"
        )
        con.execute("create table result.measured as select unnest([['B.2', 'B.1'], ['X.1']]) as bears_on")
        assert [row["item_id"] for row in rows(con, "item_order")] == ["C", "A", "B"]
        assert [(row["disposition"], row["records"]) for row in rows(con, "all_uses")] == [("counted", 2), ("held", 1)]
        assert rows(con, "borne_items") == [{"item_id": "B"}]


def test_what_is_said_is_kept_until_it_is_forgotten() -> None:
    """Texts, and lists that may be empty."""
    first = ["A", ["X"], "P", "{}", "a", "[]", "q", [], "s", "m"]
    second = ["B", [], "", "{}", "b", "[]", "", ["unknown"], "t", "n"]
    with closing(connect()) as con:
        con.execute("create schema made")
        con.execute(statement("digests", "forget_said"), [[]])
        con.execute(statement("digests", "add_said"), [list(column) for column in zip(first, second, strict=True)])
        assert [list(row.values()) for row in selected(con, "said", [], "digests")] == [first, second]
        con.execute(statement("digests", "forget_said"), [["B"]])
        assert [list(row.values()) for row in selected(con, "said", [], "digests")] == [second]


NAMED = """
create schema clean; create schema made;
create table clean.bodies as select unnest(['TOP', 'LOW', 'LONE']) as body_id, unnest([null, 'TOP', null]) as parent_id,
    'n' as name, 'f' as _file, null as _sheet, 1 as _row;
create table clean.sources as select unnest(['S', 'Q', 'T']) as source_id, unnest(['LOW', 'LONE', null]) as publisher_id,
    't' as title, 'f' as _file, null as _sheet, 1 as _row;
create table clean.evidence as select unnest(['A', 'B', 'C', 'D']) as criterion_id,
    unnest(['S', 'T', 'T', 'T']) as source_id, unnest([null, 'Q', null, null]) as quoted_source_id,
    unnest(['LONE', 'LONE', 'LOW', 'LONE']) as origin_id, 'f' as _file, null as _sheet, 1 as _row;
create table made.touched (criterion_id varchar);
"""


@pytest.mark.parametrize(
    ("change", "again"),
    [
        ("select 1", []),
        ("update clean.sources set title = 'u' where source_id = 'S'", ["A"]),
        ("update clean.sources set title = 'u' where source_id = 'Q'", ["B"]),
        ("update clean.bodies set name = 'm' where body_id = 'TOP'", ["A", "C"]),
        ("update clean.sources set publisher_id = 'LOW' where source_id = 'T'", ["B", "C", "D"]),
        ("update clean.sources set _row = 2", []),
        ("delete from clean.sources where source_id = 'Q'", ["B"]),
        ("insert into clean.bodies values ('NEW', null, 'n', 'f', null, 1)", []),
        ("insert into made.touched values ('D')", ["D"]),
        ("update clean.evidence set _file = null where criterion_id = 'B'", ["B"]),
    ],
)
def test_which_criteria_are_summed_again(change: str, again: list[str]) -> None:
    """Those with a record that is another one, or that names what is another now: a document, one that is quoted, its
    publisher, whoever says it, and the bodies above these."""
    steps = ("prepare", "chain", "names", "changed_names", "forget_sums", "unsummed")
    with closing(connect()) as con:
        con.execute(NAMED)
        for step in (*steps, "sum", "keep_names"):
            con.execute(statement("digests", step))
        before = dict(con.execute("select criterion_id, named from made.sums").fetchall())
        con.execute(change)
        for step in steps:
            con.execute(statement("digests", step))
        assert [one for (one,) in con.execute("select criterion_id from unsummed order by all").fetchall()] == again
        con.execute(statement("digests", "sum"))
        after = dict(con.execute("select criterion_id, named from made.sums").fetchall())
    assert sorted(before) == sorted(after) == ["A", "B", "C", "D"]
    named = [one for one in again if "clean.sources" in change or "clean.bodies" in change]
    assert [one for one in sorted(before) if before[one] != after[one]] == named
