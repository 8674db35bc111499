"""Cards of bodies and programmes: whose items and asks they count, what they carry, and that anybody can score it again."""

import copy
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from conftest import REPOSITORY, SETTINGS, TABLES
from scaudit.audit import audit
from scaudit.cli import app
from scaudit.contents import Edition, edition
from scaudit.document.opening import opened
from scaudit.errors import ProjectError
from scaudit.letters import file_name
from scaudit.manifests import manifest
from scaudit.order import Order
from scaudit.outcome import collect, grounds
from scaudit.packaging import subscribed
from scaudit.printed import group_rows, not_printed
from scaudit.project import find_project
from scaudit.recipients import Stakeholder
from scaudit.recomputing import grounds_of, recompute
from scaudit.regrouping import differences
from scaudit.results import Results
from scaudit.rules import load_ruleset
from scaudit.scorecard.card_json import audit_json, canonical, lines
from scaudit.scorecard.group_files import group_substance
from scaudit.scorecard.group_json import group_json
from scaudit.scorecard.groups import Group, groups
from scaudit.scorecard.questions import questions, questions_csv
from scaudit.scorecard.statuses import statuses
from scaudit.slicing import sliced
from scaudit.standings import standings
from scaudit.unchanged import Making
from scaudit.verifying import verify
from scaudit.warehouse import connect

DAY = date(2023, 6, 30)
RULESET = load_ruleset("ladder-1")
PROGRAMME = "Cold Chain Pilot"
CARDS = '\n[cards]\nby = ["body", "programme"]\n'
FORMS = ("html", "json", "pdf")
"""The small project has two items: FSA/R1 of the office, of which the ministry answers for one ask, and COOKS/I."""


@dataclass(frozen=True)
class Made:
    """The small project with a second programme, audited once with cards by body and programme."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / "reports" / DAY.isoformat()

    @property
    def results(self) -> Path:
        return self.root / ".scaudit" / "results.duckdb"

    def said(self, path: str) -> dict:
        return json.loads((self.folder / f"{path}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Made:
    root = write_project(tmp_path_factory.mktemp("groups") / "project")
    audit(Order(root, DAY, DAY, "one", items=("FSA/R1",)), lambda: datetime(2024, 2, 1))  # noqa: DTZ001
    return Made(root)


def write_project(root: Path) -> Path:
    (root / "inputs").mkdir(parents=True)
    (root / "scaudit.toml").write_text(SETTINGS + CARDS, encoding="utf-8")
    shutil.copytree(REPOSITORY / "schemas", root / "schemas", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(REPOSITORY / "reports" / "templates", root / "reports" / "templates")
    head, first, second = TABLES["recommendations"].splitlines()
    named = "\n".join([f"{head},programme", f"{first},", f"{second},School Milk"]) + "\n"
    days = TABLES["reading_days"] + "first_year,2020-12-31,The first year of thermometers ends,\n"
    for table, text in {**TABLES, "recommendations": named, "reading_days": days}.items():
        (root / "inputs" / f"{table}.csv").write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def stood(made: Made) -> Results:
    with connect(made.results, read_only=True) as con:
        return standings(con, RULESET, PROGRAMME)


@pytest.fixture(scope="module")
def grouped(stood: Results) -> dict[str, Group]:
    return {group.subject: group for group in groups(stood, ("body", "programme"))}


# --- which groups there are ---------------------------------------------------------------------------------------


def test_a_body_has_the_items_of_which_it_answers_for_an_ask(grouped: dict[str, Group]) -> None:
    """Recommendations first. The ministry answers for one ask of the office's item, nobody for a claim alone."""
    assert {subject: group.items for subject, group in grouped.items()} == {
        "body:MINISTRY": ("FSA/R1",),
        "body:OFFICE": ("FSA/R1", "COOKS/I"),
        "programme:Cold Chain Pilot": ("FSA/R1",),
        "programme:School Milk": ("COOKS/I",),
    }


def test_files_have_names_that_no_item_has() -> None:
    """Whatever a programme is called, and however long that is."""
    names = ["Milk/2", "Milk 2", "con", "Ä" * 100, "Ä" * 99 + "B"]
    paths = [Group("programme", name, name, ()).path for name in names]
    assert paths[:3] == ["programmes/Milk_2", "programmes/Milk~20.2", "programmes/~63.on"]
    assert len(set(paths)) == 5
    assert all(len(path) < 160 for path in paths)
    assert Group("body", "A/B", "", ()).subject == "body:A/B"


# --- what an audit publishes --------------------------------------------------------------------------------------


def test_an_audit_makes_the_cards_of_the_settings(made: Made) -> None:
    """Beside those of items, and the manifest lists them as documents of their own."""
    rows = {row["id"]: row for row in manifest(made.folder)["documents"]}
    assert list(rows) == [
        "overview",
        "FSA/R1",
        "body:MINISTRY",
        "body:OFFICE",
        "programme:Cold Chain Pilot",
        "programme:School Milk",
    ]
    office = rows["body:OFFICE"]
    assert office["title"] == "Cold Chain Office: 2 items"
    assert office["items"] == ["FSA/R1", "COOKS/I"]
    assert sorted(office["files"].values()) == [f"bodies/OFFICE.{form}" for form in FORMS]
    listed = {one["path"] for one in manifest(made.folder)["files"]}
    assert {path for row in rows.values() for path in row["files"].values()} <= listed
    assert set(made.said("audit")["files"]) == listed
    assert all((made.folder / path).is_file() for path in listed)


def test_a_body_answers_for_its_own_asks_only(made: Made) -> None:
    """Statuses are those of whole items; of the two asks of the item one was put to the ministry."""
    said = made.said("bodies/MINISTRY")
    (item,) = said["items"]
    assert [ask["id"] for ask in item["asks"]] == ["FSA/R1.a", "FSA/R1.b"]
    assert item["of"] == ["MINISTRY", "OFFICE"]
    assert (said["counts"]["required"], said["counts"]["met"]) == (1, 1)
    assert made.said("bodies/OFFICE")["counts"]["required"] == 3
    page = (made.folder / "bodies" / "MINISTRY.html").read_text(encoding="utf-8")
    assert "Every fridge has a thermometer." in page
    assert "A rule requires a thermometer" not in page
    assert "../items/FSA_R1.html" in page


def test_counts_are_those_of_the_items(made: Made) -> None:
    """By hand: the rule is in place by the office's own paper, the fridges were tested, spoilage fell in part."""
    counts = made.said("bodies/OFFICE")["counts"]
    assert (counts["items"], counts["asked"], counts["verified"]) == (2, 2, 0)
    assert (counts["required"], counts["met"], counts["said"], counts["unknown"]) == (3, 1, 2, 0)
    assert [(row["rung"], row["verified"]) for row in counts["rungs"] if row["verified"]] == [(5, 1), (4, 1), (3, 1)]
    assert counts["gaps"] == [{"rungs": 1, "asks": 1}]
    assert counts["unmet_for"] == [{"age": "2 to 4 years", "items": 2}]
    assert counts["claims"] == {"unexamined": 1}


def test_what_moved_is_told_since_the_last_named_day(made: Made) -> None:
    """Of three asks two rose after the end of 2020: the fridges were tested in 2022, the study is of 2021."""
    said = made.said("bodies/OFFICE")
    assert said["since"] == {"day": "2020-12-31", "labels": ["The first year of thermometers ends"]}
    assert said["counts"]["moved"] == {"asks_up": 2, "asks_down": 0, "items": 2, "items_said": 2, "asked_since": 0}
    then = said["items"][0]["before"]
    assert {reading: row["status"] for reading, row in then.items()} == {
        "verified": "under_way",
        "claimed": "partly_verified",
    }
    page = (made.folder / "bodies" / "OFFICE.html").read_text(encoding="utf-8")
    assert "What moved since 31 December 2020" in page
    assert "2 required asks rose and none fell" in page


# --- what it carries ----------------------------------------------------------------------------------------------


def test_a_card_of_a_group_is_verified_by_itself(made: Made) -> None:
    """Everything on it is scored again from its own attachments, with no project around."""
    found = verify(made.folder / "bodies" / "MINISTRY.pdf")
    verdicts = {check.name: check.verdict for check in found.checks}
    assert verdicts == {**dict.fromkeys(verdicts, "ok"), "signature": "not possible"}
    words = {check.name: check.words for check in found.checks}
    assert words["document"].startswith("The page of the ")
    assert "grounds.json, scorecard.json, statuses.csv" in words["attachments"]
    assert "1 item" in words["statuses"]


def lies() -> Iterator[tuple[str, object]]:
    """Ways to say something else than the grounds give."""
    yield "items[FSA/R1].status.verified", lambda told: told["items"][0]["status"].update(verified="verified")
    yield (
        "items[FSA/R1].asks[FSA/R1.b].counts_as",
        lambda told: told["items"][0]["asks"][1]["counts_as"].update(claimed=6),
    )
    yield "counts.met", lambda told: told["counts"].update(met=2)
    yield "bodies.OFFICE", lambda told: told["bodies"].update(OFFICE="Somebody Else")
    yield "not every item is one of the body", lambda told: told["group"].update(id="LAB")
    yield "are the items of its grounds", lambda told: told["items"].pop()


@pytest.mark.parametrize(("words", "lie"), list(lies()), ids=lambda value: value if isinstance(value, str) else "")
def test_a_lie_is_found(made: Made, scored_again: Results, words: str, lie) -> None:
    """Each by the grounds of the card alone."""
    told = made.said("bodies/OFFICE")
    assert differences(told, statuses(told).encode(), scored_again) == []
    lie(told)
    assert any(words in line for line in differences(told, statuses(told).encode(), scored_again))


@pytest.fixture(scope="module")
def scored_again(made: Made) -> Results:
    attached = {one.name: one.content for one in opened((made.folder / "bodies/OFFICE.pdf").read_bytes()).attachments}
    return recompute(grounds_of(json.loads(attached["grounds.json"])), records=False).results


def test_another_table_is_found(made: Made, scored_again: Results) -> None:
    """The table of items is held against the data."""
    told = made.said("bodies/OFFICE")
    table = statuses(told).encode().replace(b"Thermometers", b"Thermostats")
    assert differences(told, table, scored_again) == ["statuses.csv has other lines"]


def test_pages_are_held_against_the_data(made: Made) -> None:
    """A count or a word that stands otherwise on the page is named."""
    told = made.said("bodies/OFFICE")
    pages = ["".join(row.begins + "".join(row.holds) for row in group_rows(told))]
    assert not_printed(pages, group_rows(told)) == []
    other = copy.deepcopy(told)
    other["counts"]["met"] = 3
    other["items"][1]["words"]["claimed"] = "Done"
    assert not_printed(pages, group_rows(other)) == [
        "required asks met, by the evidence",
        "COOKS/I",
        "COOKS/I in a list",
    ]


# --- made without records, and of a part alone --------------------------------------------------------------------


def test_standings_say_what_all_results_say(made: Made, stood: Results) -> None:
    """To the byte: the data of all items and the questions, of which no record is read."""
    with connect(made.results, read_only=True) as con:
        whole = collect(con, RULESET)
    assert not stood.records
    assert canonical(audit_json(stood)) == canonical(audit_json(whole))
    assert questions_csv(questions(stood), 60) == questions_csv(questions(whole), 60)


def test_a_card_of_a_slice_is_the_card_of_the_whole(made: Made, stood: Results, grouped: dict[str, Group]) -> None:
    """Its data and its grounds are, whatever other items there are."""
    with connect(made.results, read_only=True) as con:
        rest = grounds(con, RULESET)
    for group in grouped.values():
        with sliced(made.results, group.items) as con:
            part, own = standings(con, RULESET, PROGRAMME), grounds(con, RULESET)
        assert lines(group_json(part, group)) == lines(group_json(stood, group))
        assert own.among(group.items, group.subject).as_json() == rest.among(group.items, group.subject).as_json()


def test_substance_leaves_days_and_names_of_editions_out(stood: Results, grouped: dict[str, Group]) -> None:
    """A status that moved is news, a day that passed is none."""
    told = group_json(stood, grouped["body:OFFICE"])
    later = {**copy.deepcopy(told), "edition": "later", "as_of": "2024-02-29", "counts": {}}
    assert group_substance(later) == group_substance(told)
    later["items"][0]["status"]["verified"] = "verified"
    assert group_substance(later) != group_substance(told)


def test_a_card_is_made_of_what_its_items_are_made_of(grouped: dict[str, Group]) -> None:
    """So it is made anew when one of them is, and taken over where none is."""
    before = Making("shared", {"FSA/R1": "a", "COOKS/I": "b"}).with_groups([*grouped.values()])
    after = Making("shared", {"FSA/R1": "a", "COOKS/I": "c"}).with_groups([*grouped.values()])
    moved = {name for name in before.items if before.items[name] != after.items[name]}
    assert moved == {"COOKS/I", "body:OFFICE", "programme:School Milk"}
    assert Making().with_groups([*grouped.values()]) == Making()


# --- settings, the command line, who gets them --------------------------------------------------------------------


def test_report_makes_the_cards_that_are_asked_for(made: Made, tmp_path: Path) -> None:
    """And only those: an edition is replaced whole."""
    root = tmp_path / "project"
    shutil.copytree(made.root, root)
    done = CliRunner().invoke(app, ["report", "--project", str(root), "--by", "programme", "--no-pdf", "-q"])
    assert done.exit_code == 0, done.output
    folder = root / "reports" / DAY.isoformat()
    assert sorted(path.name for path in folder.glob("*/*.html") if path.parent.name != "items") == [
        "Cold~20.Chain~20.Pilot.html",
        "School~20.Milk.html",
    ]


def test_another_sort_is_refused(made: Made, tmp_path: Path) -> None:
    """On the command line and in the settings."""
    done = CliRunner().invoke(app, ["report", "--project", str(made.root), "--by", "issuer"])
    assert "no cards by 'issuer'; say body or programme" in str(done.exception)
    (tmp_path / "scaudit.toml").write_text(SETTINGS + '\n[cards]\nby = ["issuer"]\n', encoding="utf-8")
    with pytest.raises(ProjectError, match=r"cards\.by"):
        find_project(tmp_path)


@pytest.fixture(scope="module")
def published(made: Made) -> Edition:
    return edition(find_project(made.root), DAY.isoformat())


def someone(**changes: object) -> Stakeholder:
    who = Stakeholder("A", "A", "email", "a@example.org", ("FSA/R1",), "cards", "every_edition")
    return replace(who, **changes)  # type: ignore[arg-type]


def test_a_body_gets_its_card(published: Edition) -> None:
    """Whoever belongs to it, and wants cards; who takes everything gets all."""
    assert [one.id for one in subscribed(published, someone())] == ["FSA/R1"]
    assert [one.id for one in subscribed(published, someone(body="MINISTRY"))] == ["FSA/R1", "body:MINISTRY"]
    assert [one.id for one in subscribed(published, someone(body="MINISTRY", what="overview"))] == ["overview"]
    assert len(subscribed(published, someone(items=("all",), what="both"))) == 6


def test_a_card_of_a_group_goes_out_under_a_name_of_its_own(published: Edition) -> None:
    """An item may be called as a body is."""
    names = {one.id: file_name(one) for one in published.documents}
    assert names["body:OFFICE"] == "body=OFFICE.pdf"
    assert names["FSA/R1"] == "FSA_R1.pdf"
    assert not {one.id for one in published.documents if one.items} & {
        one.id for one in published.documents if one.is_card
    }
