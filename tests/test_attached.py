"""What a document carries: all that it rests on and nothing else, and a digest that anybody can compute."""

from __future__ import annotations

import csv
import io
import json
import random
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from conftest import examined
from scaudit.audit import report
from scaudit.differing import differences
from scaudit.document.opening import opened, page_texts
from scaudit.errors import ProjectError
from scaudit.grounds import COLUMNS, Grounds
from scaudit.order import Order
from scaudit.printed import squeezed
from scaudit.recomputing import grounds_of, recompute
from scaudit.scorecard.attached import attached, evidence, statuses
from scaudit.scorecard.card_json import audit_json, canonical, card_json
from scoring_tables import LADDER, Registry, _typed, crowded, registry
from verifiable import DAY, ITEM, Edition, contents, publish

ROOT = Path(__file__).resolve().parents[1]
AS_OF = date(2014, 11, 20)


@pytest.fixture(scope="module")
def edition(tmp_path_factory) -> Edition:
    return publish(tmp_path_factory.mktemp("attached") / "project")


@pytest.fixture(scope="module")
def real():
    """The audit of this repository, without pages."""
    return examined(AS_OF, AS_OF)[0]


def again(grounds: Grounds):
    """What the grounds give after they have been JSON, as a stranger has them."""
    return recompute(grounds_of(json.loads(canonical(grounds.as_json())))).results


def unlike(results, grounds: Grounds) -> list[str]:
    """What a run says of an item, or of all, and its grounds alone do not: of all that was scored."""
    item = grounds.item_id
    said = json.loads(canonical(card_json(results, item) if item else audit_json(results)))
    tables = {"evidence.csv": evidence(results, item)} | ({} if item else {"statuses.csv": statuses(results)})
    return differences(said, tables, again(grounds), item)


# --- grounds ----------------------------------------------------------------------------------------------------


def test_every_item_of_the_real_project_follows_from_its_own_grounds(real) -> None:
    """Statuses, rungs of both readings, standings, progress, flags, reasons, and every record: exactly."""
    items = [item["item_id"] for item in real.items]
    assert len(items) == 9
    assert {item: unlike(real, real.grounds.of(item)) for item in items} == {item: [] for item in items}


def test_the_real_overview_follows_from_the_grounds_of_all(real) -> None:
    """The edition as a whole, too."""
    assert unlike(real, real.grounds) == []


def of_registry(world: Registry, incomplete: tuple[str, ...]) -> Grounds:
    """A generated registry as grounds, with days to read on, viewpoints, and a register of contradictions."""
    tables = {name: tuple(_typed(row, name) for row in rows) for name, rows in world.rows().items()}
    days = (date(2015, 1, 1), date(2015, 1, 1), date(2011, 1, 1))
    return Grounds(*days, incomplete, tables).under(LADDER)


def generated(seed: int, world: Registry) -> Registry:
    draw = random.Random(seed)
    world.recommendations = [
        {**row, "source_id": draw.choice(["by INSPECTOR", "by CITY"])} for row in world.recommendations
    ]
    world.reading_days = [{"day_id": "mid", "day": "2013-06-30", "label": "in the middle"}]
    world.viewpoints = [
        {"viewpoint_id": "INSIDE", "label": "inside", "body_kinds": ["agency"], "source_ids": None},
        {"viewpoint_id": "PAPERS", "label": "papers", "body_kinds": None, "source_ids": ["by CITY", "by COURT"]},
    ]
    ids = [row["evidence_id"] for row in world.evidence]
    world.contradictions = [
        {"contradiction_id": f"K{n}", "question": "which", "says_a": "so", "records_a": draw.sample(ids, 3),
         "says_b": "not so", "records_b": draw.sample(ids, 3), "explained_by": "time", "explanation": "later"}
        for n in range(60)
    ]  # fmt: skip
    return world


@pytest.mark.parametrize(("seed", "make"), [(3, registry), (4, crowded)])
def test_items_of_generated_registries_follow_from_their_own_grounds(seed: int, make) -> None:
    """Bodies that share responsibility, replaced records, contradictions across items: nothing of another item counts."""
    world = generated(seed, make(seed, 60))
    names = [row["item_id"] for row in world.recommendations]
    grounds = of_registry(world, tuple(names[::7]))
    whole = again(grounds)
    chosen = random.Random(seed).sample(names, 4)
    assert any(len(whole.item_records(item)) > 3 for item in chosen)
    assert {item: unlike(whole, grounds.of(item)) for item in chosen} == {item: [] for item in chosen}


def test_the_comparison_would_notice(real) -> None:
    """A test of the tests: what another record would change is not equal."""
    grounds = real.grounds.of("OIG-12-66/R1")
    fewer = tuple(row for row in grounds.tables["evidence"] if row["evidence_id"] != "F003-1")
    assert len(fewer) == len(grounds.tables["evidence"]) - 1
    found = unlike(real, replace(grounds, tables={**grounds.tables, "evidence": fewer}))
    assert found[0] == "criteria[OIG-12-66/R1.a].rung.claimed is 3, by the grounds 2"


def test_the_grounds_of_an_item_are_its_own_and_nothing_else(real) -> None:
    """Rows of its criteria, the sources and bodies that they name, with parents; no row that nothing names."""
    grounds = real.grounds.of("LETTER/III")
    tables = grounds.tables
    keys = {row["criterion_id"] for row in tables["criteria"]}
    assert {row["item_id"] for row in (*tables["criteria"], *tables["recommendations"])} == {"LETTER/III"}
    assert {row["criterion_id"] for row in (*tables["evidence"], *tables["responsibilities"])} <= keys
    cited = {row["source_id"] for row in (*tables["evidence"], *tables["recommendations"])}
    assert {row["source_id"] for row in tables["sources"]} == cited
    named = {row[key] for table in tables.values() for row in table for key in row if key in BODY_KEYS} - {None}
    assert {row["body_id"] for row in tables["bodies"]} <= named
    ours = {row["evidence_id"] for row in tables["evidence"]}
    for row in tables["contradictions"]:
        sides = {key for side in "abc" for key in row[f"records_{side}"] or ()}
        assert sides & ours or "LETTER/III" in (row["item_ids"] or ())
    assert 0 < len(tables["evidence"]) < len(real.grounds.tables["evidence"])


BODY_KEYS = {"issuer_id", "accountable_id", "body_id", "origin_id", "publisher_id", "parent_id"}


def test_parents_come_along_up_to_a_body_that_stands_alone() -> None:
    """Whoever is responsible with a body is needed to score it; who is above an independent body is not."""
    world = Registry()
    world.bodies = [
        {"body_id": name, "name": name, "kind": "agency", "parent_id": parent, "independent_by_statute": alone}
        for name, parent, alone in (
            ("AGENCY", "ABOVE", False), ("ABOVE", "TOP", False), ("TOP", None, False),
            ("INSPECTOR", "TOP2", True), ("TOP2", None, False), ("ELSE", None, False), ("COALITION", None, False),
        )
    ]  # fmt: skip
    found = of_registry(world, ()).of("R").tables["bodies"]
    assert [row["body_id"] for row in found] == ["ABOVE", "AGENCY", "INSPECTOR", "TOP"]


def test_grounds_have_the_ruleset_to_the_letter_with_its_bases(real) -> None:
    """And no other table or column than scoring reads."""
    told = real.grounds.of("OIG-12-66/R3").as_json()
    folder = ROOT / "src/scaudit/ruleset/ladder-1"
    assert told["ruleset"] == ["ladder-1"]
    assert told["files"] == {f"ladder-1/{path.name}": path.read_text("utf-8") for path in sorted(folder.iterdir())}
    assert {name: list(rows[0]) for name, rows in told["tables"].items() if rows} == {
        name: list(columns) for name, columns in COLUMNS.items() if told["tables"][name]
    }
    assert (told["as_of"], told["known_on"], told["programme_from"]) == (AS_OF, AS_OF, date(2008, 10, 27))


# --- attachments ------------------------------------------------------------------------------------------------


def test_a_card_carries_what_it_says_its_grounds_and_its_records(edition: Edition) -> None:
    """As JSON for programs and CSV for people, each listed once, with how it belongs to the document."""
    found = {one.name: one for one in attached(edition.results, ITEM)}
    assert {name: one.relationship for name, one in found.items()} == {
        "evidence.csv": "Supplement", "grounds.json": "Data", "scorecard.json": "Data",
    }  # fmt: skip
    assert contents(edition.card) == {name: one.content for name, one in found.items()}
    assert found["scorecard.json"].content == (edition.folder / "items" / "AUDIT-1_R1.json").read_bytes()
    lines = list(csv.DictReader(io.StringIO(found["evidence.csv"].content.decode())))
    records = edition.results.item_records(ITEM)
    assert [line["evidence_id"] for line in lines] == [row["evidence_id"] for row in records]
    assert {line["source"] for line in lines} == {edition.results.sources[row["source_id"]]["title"] for row in records}


def test_the_overview_carries_the_statuses_of_all(edition: Edition) -> None:
    """Beside what it says, the grounds of all items and every record."""
    found = contents(edition.overview)
    assert list(found) == ["evidence.csv", "grounds.json", "scorecard.json", "statuses.csv"]
    lines = list(csv.DictReader(io.StringIO(found["statuses.csv"].decode())))
    audit = json.loads((edition.folder / "audit.json").read_text("utf-8"))
    assert [(line["item_id"], line["verified"], line["claimed"]) for line in lines] == [
        (item["id"], item["status"]["verified"], item["status"]["claimed"]) for item in audit["items"]
    ]
    assert len(list(csv.DictReader(io.StringIO(found["evidence.csv"].decode())))) == len(edition.results.records)


def test_no_cell_of_an_attached_table_is_taken_for_a_formula(edition: Edition) -> None:
    """A finding or a title that a spreadsheet would run is text with an apostrophe before it."""
    results = edition.results
    records = tuple({**row, "finding": "=HYPERLINK(1)"} for row in results.records)
    items = tuple({**row, "title": "@SUM(A1)"} for row in results.items)
    harmful = replace(results, records=records, items=items)
    found = {one.name: one.content.decode() for one in attached(harmful)}
    assert {line["finding"] for line in csv.DictReader(io.StringIO(found["evidence.csv"]))} == {"'=HYPERLINK(1)"}
    assert {line["title"] for line in csv.DictReader(io.StringIO(found["statuses.csv"]))} == {"'@SUM(A1)"}


def test_the_recipe_on_the_page_gives_the_printed_digest(edition: Edition, tmp_path: Path) -> None:
    """In a folder of the attached files, what the page says prints what the page says, by coreutils alone."""
    for pdf in (edition.card, edition.overview):
        folder = tmp_path / str(len(pdf))
        folder.mkdir()
        for name, content in contents(pdf).items():
            (folder / name).write_bytes(content)
        told = subprocess.run("sha256sum * | sha256sum", shell=True, cwd=folder, capture_output=True, check=True)
        digest = told.stdout.decode().split()[0]
        pages = [squeezed(text) for text in page_texts(pdf)]
        assert squeezed(f"“sha256sum * | sha256sum” prints {digest}.") in "".join(pages)
        assert all(f"data{digest[:16]}" in page for page in pages)
        assert opened(pdf).marks["dataDigest"] == digest


def test_a_card_that_is_rendered_again_carries_the_same(edition: Edition) -> None:
    """`scaudit report` reads nothing anew: what was scored lies beside the results."""
    before, overview = edition.card, edition.overview
    report(Order(edition.root, DAY, DAY, "again", items=(ITEM,)))
    assert edition.card == before
    assert edition.overview == overview


def test_a_ruleset_that_changed_since_is_told_and_not_attached(edition: Edition) -> None:
    """Else a card would carry other rules than those that it was scored by."""
    home = edition.root / "rulesets" / "ladder-1"
    home.mkdir(parents=True)
    shipped = ROOT / "src/scaudit/ruleset/ladder-1"
    for path in shipped.iterdir():
        (home / path.name).write_bytes(path.read_bytes())
    caps = (home / "shelf_lives.csv").read_text("utf-8")
    (home / "shelf_lives.csv").write_text(caps.replace("36", "37"), "utf-8")
    try:
        with pytest.raises(
            ProjectError, match="The ruleset ladder-1 has changed since the last audit; run scaudit audit"
        ):
            report(Order(edition.root, DAY, DAY, "again"))
    finally:
        for path in home.iterdir():
            path.unlink()
        home.rmdir()
