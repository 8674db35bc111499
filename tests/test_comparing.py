"""Comparing, from the command line: days, windows, states of knowledge and rulesets on the real record."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scaudit.cli import app
from scaudit.errors import ProjectError, UsageError
from scaudit.rules import RULESETS
from scaudit.starting import scaffold

ROOT = Path(__file__).resolve().parents[1]


def compare(*words: str) -> dict:
    """The JSON of a comparison of this repository's own project."""
    result = CliRunner().invoke(app, ["compare", *words, "--json", "--project", str(ROOT)], catch_exceptions=False)
    assert result.exit_code == 0
    return json.loads(result.stdout)


def text(*words: str) -> str:
    result = CliRunner().invoke(app, ["compare", *words, "--project", str(ROOT)], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def criterion(found: dict, criterion_id: str) -> dict:
    return next(row for row in found["criteria"] if row["id"] == criterion_id)


@pytest.fixture(scope="module")
def letter_to_end() -> dict:
    return compare("--from", "2011-06-17", "--to", "2014-11-20", "--known-on", "2026-11-21")


def test_the_shape_is_fixed(letter_to_end: dict) -> None:
    """Other programs read it: names stay."""
    assert letter_to_end["schema"] == "scaudit/compare/1"
    assert {"from", "to", "items", "criteria", "rules_changed"} <= set(letter_to_end)
    row = letter_to_end["criteria"][0]
    assert {"id", "item", "kind", "ask", "required", "rung", "stale", "standing", "moved"} <= set(row)


def test_the_memo_of_december_2012_is_named_under_the_sixth_concern(letter_to_end: dict) -> None:
    """The rule on detainers came with the memo: unknown before, in place after, and the memo's record moved it."""
    row = criterion(letter_to_end, "LETTER/VI.d-policy")
    assert row["rung"] == {"from": {"verified": 0, "claimed": 0}, "to": {"verified": 4, "claimed": 5}}
    assert "F271-1" in [record["evidence_id"] for record in row["moved"]["verified"]["records"]]
    assert row["binding_evidence"]["to"]["verified"] == ["F271-1"]


def test_a_finding_that_qualifies_a_move_is_printed_in_its_own_words() -> None:
    """That the fall began before the memo stands in the record, and nowhere in the engine or its templates."""
    (finding,) = (
        line.split('"')[1]
        for line in (ROOT / "inputs" / "evidence.csv").read_text(encoding="utf-8").splitlines()
        if line.startswith("F275-1,")
    )
    assert "the fall began in September 2012, before the memo" in finding
    assert finding in text("LETTER/VI", "--from", "2011-06-17", "--to", "2014-11-20")
    made = [path for folder in ("src", "reports/templates", "flows") for path in (ROOT / folder).rglob("*.*")]
    texts = [
        path.read_text(encoding="utf-8") for path in made if path.suffix in {".py", ".sql", ".toml", ".csv", ".html"}
    ]
    assert len(texts) > 100
    assert not any("before the memo" in one for one in texts)


def test_a_window_is_a_pair_of_reading_days() -> None:
    """The same as naming its two days, by id or by date."""
    by_window, by_id = compare("--window", "announcement_to_end"), compare("--from", "announcement", "--to", "end")
    assert by_window == by_id
    assert (by_id["from"]["as_of"], by_id["to"]["as_of"]) == ("2011-06-17", "2014-11-20")


def test_a_window_may_begin_with_the_programme_and_end_today() -> None:
    """The first day is that of the programme, the last the as-of day."""
    before = compare("--window", "before_announcement", "--known-on", "2026-11-21")
    after = compare("--window", "after_announcement", "--as-of", "2012-03-27", "--known-on", "2026-11-21")
    assert (before["from"]["as_of"], before["to"]["as_of"]) == ("2008-10-27", "2011-06-17")
    assert (after["from"]["as_of"], after["to"]["as_of"]) == ("2011-06-17", "2012-03-27")


def test_what_was_known_then_and_what_is_known_now() -> None:
    """The worked case: the first recommendation on the day on which the programme ended, known that day and known later."""
    found = compare(
        *("OIG-12-66/R1", "--from", "2014-11-20", "--to", "2014-11-20"),
        *("--known-from", "2014-11-20", "--known-to", "2026-11-21"),
    )
    assert [row["id"] for row in found["criteria"]] == ["OIG-12-66/R1.b"]
    row = criterion(found, "OIG-12-66/R1.b")
    assert row["rung"] == {"from": {"verified": 3, "claimed": 3}, "to": {"verified": 4, "claimed": 5}}
    (record,) = row["moved"]["verified"]["records"]
    assert (record["evidence_id"], record["disposition_from"]) == ("F004-1", "not_yet")


def test_a_day_compared_with_itself_says_that_nothing_moved() -> None:
    """In words, and with an empty list."""
    assert "Nothing moved." in text("--from", "end", "--to", "end")
    assert compare("--from", "end", "--to", "end")["criteria"] == []


def test_a_stricter_ruleset_shows_what_hangs_on_the_press() -> None:
    """The rules are named as the cause, and what differs in them."""
    found = compare("--ruleset", "ladder-1", "strict-1", "--as-of", "2014-11-20", "--known-on", "2026-11-21")
    assert found["rules_changed"] == ["held_back_kinds", "ladder"]
    assert (found["from"]["ruleset"], found["to"]["ruleset"]) == ("ladder-1", "strict-1")
    assert {cause["cause"] for row in found["criteria"] for cause in row["moved"].values()} == {"rules"}
    assert criterion(found, "OIG-12-66/R3.a")["rung"]["to"] == {"verified": 0, "claimed": 0}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "Say what to compare"),
        (["--to", "2014-11-20"], "Say what to compare"),
        (["--from", "end", "--window", "end_to_restart"], "Say what to compare"),
        (["--from", "soon"], "neither a day .* nor a reading day; those are: start, today, announcement"),
        (["--window", "always"], "no window 'always'"),
        (["--from", "end", "LETTER/IX"], "no item 'LETTER/IX'"),
    ],
)
def test_wrong_use_is_a_sentence(words: list[str], told: str) -> None:
    """What, where, what to do."""
    with pytest.raises(UsageError, match=told):
        compare(*words)


def test_an_unknown_ruleset_is_a_sentence() -> None:
    """It names those that there are."""
    with pytest.raises(ProjectError, match='no ruleset "soft-1"'):
        compare("--ruleset", "ladder-1", "soft-1")


def test_a_third_ruleset_needs_data_only(tmp_path: Path) -> None:
    """A folder in the project's rulesets/ that says what it changes is enough, without a line of Python."""
    scaffold(tmp_path / "audit")
    folder = tmp_path / "audit" / "rulesets" / "third-1"
    folder.mkdir(parents=True)
    (folder / "ruleset.toml").write_text('id = "third-1"\nbase = "strict-1"\n', encoding="utf-8")
    ladder = (RULESETS / "strict-1" / "ladder.csv").read_text(encoding="utf-8")
    (folder / "ladder.csv").write_text(ladder.replace("policy,2,4", "policy,2,2"), encoding="utf-8")
    words = ("compare", "--ruleset", "strict-1", "third-1", "--as-of", "2024-01-31", "--json")
    result = CliRunner().invoke(app, [*words, "--project", str(tmp_path / "audit")], catch_exceptions=False)
    found = json.loads(result.stdout)
    assert found["rules_changed"] == ["ladder"]
    assert [
        (row["id"], row["rung"]["from"]["verified"], row["rung"]["to"]["verified"]) for row in found["criteria"]
    ] == [("AUDIT-1/R1.a", 4, 2)]
