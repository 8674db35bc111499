"""The overview of very many items: told in counts, on a few pages, without a record in memory, and still checkable."""

import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

from scaudit.audit import audit
from scaudit.document.opening import opened
from scaudit.manifests import manifest
from scaudit.order import Order
from scaudit.outcome import collect
from scaudit.regrouping import recount
from scaudit.results import Results
from scaudit.rules import load_ruleset
from scaudit.scorecard.card_json import audit_json, canonical, lines
from scaudit.scorecard.group_json import group_json
from scaudit.scorecard.groups import MANY, everything, groups
from scaudit.scorecard.standouts import SHOWN, gaps, moved, oldest
from scaudit.scorecard.statuses import statuses
from scaudit.scorecard.summary import summary_card
from scaudit.scorecard.tallies import age, counts, gap
from scaudit.standings import standings
from scaudit.verifying import verify
from scaudit.warehouse import connect
from test_group_cards import PROGRAMME, RULESET, write_project

DAY = date(2023, 6, 30)
ITEMS = MANY + 20
OFFICES = 3


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    """The small project with sixty recommendations to three offices, every fourth with an order, every tenth tested."""
    found = write_project(tmp_path_factory.mktemp("large") / "project")
    write_many(found / "inputs")
    order = Order(found, DAY, DAY, "one", items=("MANY/R001",))
    outcome = audit(order, lambda: datetime(2024, 1, 1))  # noqa: DTZ001
    assert outcome.results.records == ()
    return found


def write_many(inputs: Path) -> None:
    add(inputs / "bodies.csv", (f"OFFICE-{n},Office {n},agency,," for n in range(OFFICES)))
    numbers = range(1, ITEMS + 1)
    (inputs / "recommendations.csv").write_text(
        "item_id,kind,title,issuer_id,accountable_id,issued_on,source_id,locator\n"
        + "".join(
            f"MANY/R{n:03},recommendation,Fridge {n},AUDIT,OFFICE-{n % OFFICES},{2013 + n % 9}-03-01,FSA-REPORT,page {n}\n"
            for n in numbers
        ),
        encoding="utf-8",
    )
    (inputs / "criteria.csv").write_text(
        "criterion_id,item_id,kind,ask,required\n"
        + "".join(f"MANY/R{n:03}.a,MANY/R{n:03},policy,A rule covers fridge {n}.,true\n" for n in numbers),
        encoding="utf-8",
    )
    (inputs / "evidence.csv").write_text(
        "evidence_id,criterion_id,source_id,locator,origin_id,stance,basis,tense,method_stated,event_from,finding\n"
        + "".join(
            f"O{n},MANY/R{n:03}.a,OFFICE-ORDER,article {n},OFFICE-{n % OFFICES},supports,document,act,false,2020-08-15,An order.\n"
            for n in numbers[::4]
        )
        + "".join(
            f"T{n},MANY/R{n:03}.a,AUDIT-TEST,page {n},AUDIT,supports,inspection,observation,true,2022-01-15,It was tested.\n"
            for n in numbers[::10]
        ),
        encoding="utf-8",
    )
    for name in ("responsibilities", "dispositions", "unused_facts"):
        (inputs / f"{name}.csv").unlink()


def add(path: Path, rows) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "".join(f"{row}\n" for row in rows), encoding="utf-8")


@pytest.fixture(scope="module")
def stood(root: Path) -> Results:
    with connect(root / ".scaudit" / "results.duckdb", read_only=True) as con:
        return standings(con, RULESET, PROGRAMME)


@pytest.fixture(scope="module")
def told(stood: Results) -> dict:
    return group_json(stood, everything(stood))


def test_counts_are_what_was_written(told: dict) -> None:
    """13 of 15 orders put a text in place, two were there before it was asked; six tests verify one, of three both."""
    found = told["counts"]
    orders, tests = (set(range(1, ITEMS + 1)[::step]) for step in (4, 10))
    orders = {n for n in orders if n % 9 != 8}
    assert (found["items"], found["verified"], found["met"]) == (60, len(tests), len(tests))
    assert found["said"] == len(orders | tests) == 16
    assert found["unknown"] == 60 - 16
    assert found["gaps"] == [{"rungs": 1, "asks": len(orders)}]  # with a test, the order would make it sustained
    assert found["statuses"] == [
        {"kind": "recommendation", "status": "verified", "verified": 6, "claimed": 16},
        {"kind": "recommendation", "status": "in_place", "verified": 10, "claimed": 0},
        {"kind": "recommendation", "status": "unknown", "verified": 44, "claimed": 44},
    ]


def test_lists_name_the_oldest_and_the_widest(told: dict) -> None:
    """The oldest of those that are not verified; those of which only word says they are done, the oldest first."""
    by_age = sorted((item for item in told["items"]), key=lambda item: (item["issued_on"], item["id"]))
    waiting = [item["id"] for item in by_age if item["status"]["verified"] != "verified"]
    said = [item["id"] for item in by_age if gap(item["asks"][0]) and item["id"] in waiting]
    said += [item["id"] for item in by_age if gap(item["asks"][0]) and item["id"] not in waiting]
    assert [row.item_id for row in oldest(told).rows] == waiting[:SHOWN]
    assert [row.item_id for row in gaps(told).rows] == said[:SHOWN]
    assert oldest(told).rows[0].cells[:2] == ("1 March 2013", "3,773")
    assert oldest(told).more == f"{len(waiting) - SHOWN} more are in statuses.csv, which the PDF carries."


def test_ages_are_whole_years(told: dict) -> None:
    """From the day of issue on: 1 March 2021 is two years before 30 June 2023."""
    ages = Counter(
        age(2023 - int(item["issued_on"][:4])) for item in told["items"] if item["status"]["verified"] != "verified"
    )
    assert {row["age"]: row["items"] for row in told["counts"]["unmet_for"]} == ages
    assert [age(years) for years in (0, 1, 4, 5, 9, 10, None)] == [
        "under a year",
        "1 year",
        "2 to 4 years",
        "5 to 9 years",
        "5 to 9 years",
        "10 years and more",
        "",
    ]


def test_what_moved_is_of_items_asked_by_then(told: dict) -> None:
    """The six tests were after the end of 2020; what was asked in 2021 is named as that and has not moved."""
    since = [item for item in told["items"] if item["issued_on"] > "2020-12-31"]
    assert told["counts"]["moved"]["asked_since"] == len(since) == 6
    assert told["counts"]["moved"]["asks_up"] == told["counts"]["moved"]["items"] == 6
    found = moved(told)
    assert found is not None
    assert sorted(row.item_id for row in found.rows) == [f"MANY/R{n:03}" for n in range(1, 60, 10)]
    assert {row.cells[1:] for row in found.rows} == {("Verified", "up")}


def test_it_has_few_pages_and_is_verified_as_far_as_it_goes(root: Path) -> None:
    """Its data and its table are inside; what was scored is on the cards of the items, and it says so."""
    file = root / "reports" / DAY.isoformat() / "overview.pdf"
    found = {check.name: check for check in verify(file).checks}
    assert found["pages"].words.startswith(("All 3 pages", "All 4 pages"))
    assert {name for name, check in found.items() if check.verdict != "ok"} == {"signature", "statuses"}
    assert found["statuses"].verdict == "not possible"
    assert "It tells of 60 items and carries no grounds" in found["statuses"].words
    assert "on counts, statuses and asks" in found["words"].words
    carried = {one.name: one.content for one in opened(file.read_bytes()).attachments}
    assert set(carried) == {"scorecard.json", "statuses.csv"}
    assert carried["statuses.csv"].count(b"\n") == ITEMS + 1


def test_what_is_counted_can_be_counted_again(told: dict) -> None:
    """A count that its own items do not give is found, and so is another table."""
    table = statuses(told).encode()
    assert recount(told, table) == []
    wrong = json.loads(json.dumps(told))
    wrong["items"][0]["asks"][0]["counts_as"]["verified"] = 0
    assert recount(wrong, statuses(wrong).encode())
    assert recount(told, table.replace(b"Fridge 7", b"Fridge 8")) == ["statuses.csv has other lines"]


def test_the_page_names_no_more_than_it_should(stood: Results, told: dict) -> None:
    """However many items: two lists of a dozen, what moved, a line for each body; every item is in the table."""
    card = summary_card(stood, everything(stood), told)
    assert card.lines == ()
    assert card.questions == ()
    assert "10 (said to be done, not verified)" in card.questions_said
    assert [part.title for part in card.breakdowns] == ["By accountable body"]
    assert sum(int(row[1]) for row in card.breakdowns[0].rows) == ITEMS
    assert card.unknown_said == "44 of 60 required asks, of 44 items, are unknown"
    assert max(len(part.rows) for part in (card.gaps, card.oldest)) == SHOWN


def test_bodies_of_many_items_are_told_in_counts_too(stood: Results) -> None:
    """And their own asks are counted as those of all are."""
    found = groups(stood, ["body"])
    parts = [group_json(stood, group)["counts"] for group in found]
    assert [len(group.items) for group in found] == [20, 20, 20]
    assert not any(group.is_large for group in found)
    assert sum(part["met"] for part in parts) == 6
    assert counts([], {"group": {"by": "all"}, "since": None})["items"] == 0


def test_the_edition_is_that_of_all_results(root: Path, stood: Results) -> None:
    """audit.json has every item with its asks, as if the records had been read; the manifest has cards of bodies."""
    folder = root / "reports" / DAY.isoformat()
    with connect(root / ".scaudit" / "results.duckdb", read_only=True) as con:
        whole = collect(con, load_ruleset("ladder-1"))
    listed = json.loads((folder / "audit.json").read_text(encoding="utf-8"))
    assert canonical(listed) == canonical(audit_json(whole, listed["files"]))
    assert (folder / "audit.json").read_text(encoding="utf-8") == lines(listed)
    ids = [row["id"] for row in manifest(folder)["documents"]]
    assert ids[:2] == ["overview", "MANY/R001"]
    assert ids[2:5] == ["body:OFFICE-0", "body:OFFICE-1", "body:OFFICE-2"]
    assert "OFFICE-1.html" in {path.name for path in (folder / "bodies").iterdir()}
