"""Questions: one for every open ask, neutral, from its own data; and silence that moves nothing."""

import csv
import html
import io
import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scaudit.audit import examine
from scaudit.cli import app
from scaudit.errors import UsageError
from scaudit.order import Order
from scaudit.project import find_project
from scaudit.scorecard.edition import imprint
from scaudit.scorecard.html import Pages
from scaudit.scorecard.overview import overview_card
from scaudit.scorecard.questions import months_later, questions, questions_csv
from scaudit.starting import scaffold
from scorecard_factory import BODIES, TEMPLATES, WORDS, SomeSettings, record, some_results

pytestmark = pytest.mark.usefixtures("scored_once")
RESULTS = some_results()
KINDS = ("policy", "practice", "result")
REASONS = {"unknown": (0, 0, False), "stale": (5, 5, True), "claimed_only": (3, 5, False)}
ASK = "Drivers keep a log."


def one_ask(kind="practice", verified=3, claimed=5, stale=False, **changes):
    """Results with one ask, of one item; `changes` replace fields of the criterion, of both rungs, or of the item."""
    some = {"standing": [], "bound": ["V1"], "claimed_stale": stale, "not_yet_asked": False, **changes}
    ask = {"criterion_id": "SYN-1/R1.a", "item_id": "SYN-1/R1", "kind": kind, "ask": ASK, "required": True, "closed": False,
           "window_from": date(2014, 3, 13), "window_to": date(2019, 12, 31), "accountable": ["BUREAU"], "source_id": "REPORT",
           "locator": "page 4", "shelf_life_months": 18}  # fmt: skip
    rung = {"criterion_id": "SYN-1/R1.a", "flags": [], "rules": []}
    rungs = [
        {**rung, "reading": "verified", "rung": verified, "stale": stale, "binding": some["bound"] if verified else [], "standing": some["standing"]},
        {**rung, "reading": "claimed", "rung": claimed, "stale": some["claimed_stale"], "binding": ["C1"] if claimed else [], "standing": []},
    ]  # fmt: skip
    records = [record(1, "SYN-1/R1.a", evidence_id="V1", source_id="FOLLOWUP", event_to=date(2016, 8, 31)),
               record(2, "SYN-1/R1.a", evidence_id="C1", source_id="YEARBOOK")]  # fmt: skip
    item = {**RESULTS.item("SYN-1/R1"), "not_yet_asked": some["not_yet_asked"]}
    criteria = ({**ask, **{key: value for key, value in changes.items() if key in ask}},)
    return some_results(items=(item,), criteria=criteria, rungs=rungs, records=records, claims=(), raises=(), lowers=())


def the_text(**changes) -> str:
    (question,) = questions(one_ask(**changes))
    return question.text


def test_every_open_ask_has_one_question_in_the_order_of_items_and_asks():
    """Unknown, verified too long ago, or only said to be done; what is met or has a rung of its own has none."""
    found = [(one.criterion_id, one.why) for one in questions(RESULTS) if one.item_id in ("SYN-1/R1", "PLEA/II")]
    assert found == [
        ("SYN-1/R1.b", "claimed_only"), ("SYN-1/R1.c", "claimed_only"), ("SYN-1/R1.d", "claimed_only"),
        ("SYN-1/R1.e-practice", "unknown"), ("SYN-1/R1.e-result", "stale"),
        ("PLEA/II.a", "claimed_only"), ("PLEA/II.b", "unknown"), ("PLEA/II.c-practice", "claimed_only"),
        ("PLEA/II.g", "claimed_only"),
    ]  # fmt: skip
    order = [item["item_id"] for item in RESULTS.ordered_items]
    places = [(order.index(one.item_id), one.criterion_id) for one in questions(RESULTS)]
    assert places == sorted(set(places))


@pytest.mark.parametrize(
    ("verified", "claimed", "stale", "claimed_stale", "why"),
    [
        (0, 0, False, False, ["unknown"]),
        (0, 5, False, False, ["unknown"]),
        (5, 5, True, False, ["stale"]),
        (1, 5, False, False, ["claimed_only"]),
        (4, 6, False, False, ["claimed_only"]),
        (4, 5, False, True, []),
        (4, 4, False, False, []),
        (1, 2, False, False, []),
        (5, 6, False, False, []),
    ],
)
def test_the_first_reason_that_applies_is_the_reason(verified, claimed, stale, claimed_stale, why):
    """One question a criterion; what was said too long ago to count is no claim to verify."""
    results = one_ask(verified=verified, claimed=claimed, stale=stale, claimed_stale=claimed_stale)
    assert [one.why for one in questions(results)] == why


def test_nobody_is_asked_for_what_had_not_been_asked_yet():
    """Before an item is issued there is nothing to answer."""
    assert questions(one_ask(verified=0, claimed=0)) != ()
    assert questions(one_ask(verified=0, claimed=0, not_yet_asked=True)) == ()


def test_claims_get_no_question():
    """What the issuer says is so is not the accountable body's to answer."""
    assert not {one.criterion_id for one in questions(RESULTS)} & {row["criterion_id"] for row in RESULTS.claims}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("why", REASONS)
def test_each_text_quotes_the_ask_and_blames_nobody(why, kind):
    """It goes to the body, names the criterion, asks for something with a date, and implies no fault."""
    verified, claimed, stale = REASONS[why]
    text = the_text(kind=kind, verified=verified, claimed=claimed, stale=stale)
    assert f"{why}_{kind}" in WORDS["questions"]
    assert text.startswith("To Food Safety Bureau (invented): ")
    assert f'"{ASK}" (SYN-1/R1.a); or ' in text
    assert re.search("with its date|with the time that", text)
    assert not re.search(r"fail|fault|refus|neglect|violat|should|must|only|did not|never|\bwhy\b|[{}]", text)
    assert text.endswith(".")


def test_the_texts_as_they_are_sent():
    """One of each reason, to the letter."""
    assert the_text(kind="policy", verified=0, claimed=0) == (
        "To Food Safety Bureau (invented): the text by which this came to be so, with its date: "
        '"Drivers keep a log." (SYN-1/R1.a); or the date on which it was decided not to have one.'
    )
    assert the_text(kind="practice", verified=5, claimed=5, stale=True) == (
        "To Food Safety Bureau (invented): a newer record that shows this still being done, with the time that it covers: "
        '"Drivers keep a log." (SYN-1/R1.a); or the date from which it was no longer done. It was verified by V1 '
        '("Follow-up Test of Chilled Transport in Six Depots", 30 June 2016), which counted until 28 February 2018. '
        "What verifies it anew: direct verification by an independent auditor, oversight body or court that states its method."
    )
    assert the_text(kind="policy") == (
        "To Food Safety Bureau (invented): the record that verifies this, with its date: "
        '"Drivers keep a log." (SYN-1/R1.a); or word that there is none. It is said to be so in C1 ("Bureau Yearbook 2015", '
        "February 2016). What verifies it: a tested record of an independent body or direct verification."
    )


@pytest.mark.parametrize("why", REASONS)
def test_a_closed_window_is_asked_as_of_the_day_it_closed(why):
    """Only that day is judged, and an open window has no such day."""
    verified, claimed, stale = REASONS[why]
    some = {"verified": verified, "claimed": claimed, "stale": stale}
    assert " as of 31 December 2019, with " in the_text(**some, closed=True)
    assert " as of " not in the_text(**some)


def test_what_stands_against_an_ask_is_named_with_what_verifies_it():
    """A record that is older or weaker than the one against it would not close it."""
    assert the_text(standing=["V1"]).endswith("states its method, later than V1 and of no less weight.")


def test_a_pair_counts_until_its_later_record_does():
    """Both are named, and the day is that of the two as one."""
    text = the_text(verified=5, claimed=5, stale=True, bound=["C1", "V1"])
    assert re.search(r'verified by C1 \(".*", .*\) and V1 \(".*", .*\), which counted until 28 February 2018\.', text)


def test_all_bodies_that_answer_are_asked():
    """The accountable body first, the others named."""
    (question,) = questions(one_ask(accountable=["BUREAU", "COURT", "ACADEMY"]))
    assert (question.body, question.body_ids) == (BODIES["BUREAU"], ("BUREAU", "COURT", "ACADEMY"))
    also = "(also asked: Court of Claims (invented) and Academy of Food Science (invented)): "
    assert question.text.startswith(f"To Food Safety Bureau (invented) {also}")


def test_months_are_added_as_the_rules_add_them(con):
    """The printed day is the last one on which the database has it count."""
    days = [date(2011, 12, 1) + timedelta(days=3 * number) for number in range(160)] + [
        date(2012, 2, 29),
        date(2012, 1, 31),
    ]
    for months in (1, 12, 18, 36):
        theirs = [con.execute("select cast(? + to_months(?) as date)", [day, months]).fetchone()[0] for day in days]
        assert [months_later(day, months) for day in days] == theirs


def test_the_csv_has_the_columns_and_guards_every_cell():
    """A body's name is somebody else's text; a spreadsheet must not run it."""
    results = one_ask(verified=0, claimed=0, accountable=["BUREAU", "COURT"])
    results = some_results(**{**results.__dict__, "bodies": {**BODIES, "BUREAU": '=HYPERLINK("x")'}})
    (row,) = csv.DictReader(io.StringIO(questions_csv(questions(results), 45)))
    assert list(row) == ["question_id", "item_id", "criterion_id", "kind", "why", "to", "question", "answer_days"]
    assert (row["question_id"], row["why"], row["kind"], row["answer_days"]) == (
        "SYN-1/R1.a",
        "unknown",
        "practice",
        "45",
    )
    assert row["to"] == '\'=HYPERLINK("x"); Court of Claims (invented)'


def test_the_order_of_rows_changes_no_byte_of_the_csv():
    """The same results, the same file."""
    turned = some_results(**{name: RESULTS.__dict__[name][::-1] for name in ("items", "criteria", "rungs", "records")})
    assert questions_csv(questions(turned), 60) == questions_csv(questions(RESULTS), 60)


# --- the page -----------------------------------------------------------------------------------------------------


def annexes(results) -> dict[str, str]:
    """The text of the annexes of the overview, tags removed, by heading."""
    page = Pages(TEMPLATES).overview(overview_card(results), imprint(SomeSettings()))
    parts = page.split("<h2>Annex ")[1:]
    text = [html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", part.replace("</h2>", "|")))) for part in parts]
    return dict(part.split("|", 1) for part in text)


def test_the_overview_has_the_questions_by_body_as_an_annex():
    """With the reason of each, whether the document asks it in words, and the term for an answer."""
    (text,) = (text for heading, text in annexes(RESULTS).items() if heading.endswith("Questions that are open"))
    assert "An answer within 45 days is asked" in text
    assert text.count("To Food Safety Bureau (invented)") == 1
    for one in questions(RESULTS):
        assert one.request[1:] in text
    assert "R1.e-practice Nothing for it found, nothing of weight against it. The record that shows" in text
    assert "R1.e-result Verified, too long ago to count. Not asked in so many words. Newer figures" in text


def test_the_annexes_of_the_overview_are_lettered_in_order():
    """A reference to an annex finds it."""
    letters = [heading[0] for heading in annexes(RESULTS)]
    assert letters == list("ABCDEFG"[: len(letters)])


def test_the_overview_says_that_no_question_is_open():
    """An empty list is told as such."""
    (text,) = (text for heading, text in annexes(one_ask(verified=5)).items() if heading.endswith("that are open"))
    assert text.strip() == "No question is open."


def test_others_that_are_asked_stand_on_the_line():
    """Under the heading of the body that is asked first."""
    results = one_ask(verified=0, claimed=0, accountable=["BUREAU", "COURT"])
    (text,) = (text for heading, text in annexes(results).items() if heading.endswith("that are open"))
    assert text.strip().endswith("Also asked: Court of Claims (invented).")


# --- the verb -----------------------------------------------------------------------------------------------------

DAY = ("--as-of", "2024-01-31", "--known-on", "2024-01-31")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scaffolded project, with an edition of one card."""
    root = tmp_path_factory.mktemp("questions") / "audit"
    scaffold(root)
    call("audit", "AUDIT-1/R1", "--no-pdf", *DAY, "--project", str(root))
    return root


def call(*words: str) -> str:
    result = CliRunner().invoke(app, list(words), catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_the_terminal_has_the_questions_by_body(project):
    """A table for each body, and the term."""
    shown = call("questions", *DAY, "--project", str(project))
    assert "To Department of School Meals (invented)" in shown
    assert all(name in shown for name in ("AUDIT-1/R1.a", "AUDIT-1/R2.a", "PARENTS-1/A.a"))
    assert "AUDIT-1/R1.b" not in shown
    assert "An answer within 60 days is asked" in shown


def test_csv_is_the_file_of_the_edition_whole_also_where_one_card_was_asked_for(project):
    """What is printed is what is published, for all items."""
    printed = call("questions", "--csv", *DAY, "--project", str(project))
    edition = project / "reports" / "2024-01-31"
    assert printed == (edition / "questions.csv").read_text(encoding="utf-8")
    assert [row["why"] for row in csv.DictReader(io.StringIO(printed))] == ["claimed_only", "claimed_only", "unknown"]
    for name, listed in (("manifest.json", "path"), ("audit.json", "")):
        files = json.loads((edition / name).read_text())["files"]
        assert "questions.csv" in [file[listed] if listed else file for file in files]


def test_json_has_its_fixed_shape(project):
    """Other programs read it."""
    found = json.loads(call("questions", "PARENTS-1/A", "--json", *DAY, "--project", str(project)))
    assert found["schema"] == "scaudit/questions/1"
    assert list(found) == ["schema", "as_of", "known_on", "ruleset", "data_digest", "answer_days", "questions"]
    (question,) = found["questions"]
    assert list(question) == ["id", "item_id", "criterion_id", "kind", "required", "why", "to", "question"]
    assert (question["id"], question["to"], question["why"]) == ("PARENTS-1/A.a", ["MEALS"], "unknown")


def test_an_unknown_id_gets_what_comes_near(project):
    """As with explain."""
    with pytest.raises(UsageError, match=r"did you mean .*AUDIT-1/R1"):
        call("questions", "AUDIT-1/R9", *DAY, "--project", str(project))


def test_csv_and_json_at_once_are_refused(project):
    """One form or the other."""
    with pytest.raises(UsageError, match="leave one out"):
        call("questions", "--csv", "--json", "--project", str(project))


def test_the_term_is_a_setting(tmp_path):
    """Of a project's own, 60 days where it says nothing."""
    scaffold(tmp_path / "audit")
    settings = tmp_path / "audit" / "scaudit.toml"
    assert find_project(tmp_path / "audit").settings.questions.answer_days == 60
    settings.write_text(settings.read_text() + "\n[questions]\nanswer_days = 14\n")
    printed = call("questions", "--csv", *DAY, "--project", str(tmp_path / "audit"))
    assert {row["answer_days"] for row in csv.DictReader(io.StringIO(printed))} == {"14"}


# --- silence ------------------------------------------------------------------------------------------------------

SENT = ("--silent-since", "2023-10-01")


def test_silence_is_printed_as_rows_of_evidence(project):
    """Context, a statement by omission, of the body that was asked, from the day after the term; source left empty."""
    text = call("questions", "AUDIT-1/R2.a", "PARENTS-1/A", *SENT, *DAY, "--project", str(project))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["criterion_id"] for row in rows] == ["AUDIT-1/R2.a", "PARENTS-1/A.a"]
    assert {key: value for key, value in rows[0].items() if value} == {
        "evidence_id": "silence-AUDIT-1/R2.a-2023-12-01", "criterion_id": "AUDIT-1/R2.a", "origin_id": "MEALS",
        "stance": "context", "basis": "statement", "tense": "observation", "method_stated": "false",
        "event_from": "2023-12-01", "recorded_on": "2023-12-01",
        "finding": "Department of School Meals (invented) had given no answer to the question about this ask in the 60 days "
        "after it was sent.",
    }  # fmt: skip
    assert {"source_id", "locator"} < set(rows[0])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("AUDIT-1/R2.a", "--silent-since", "2023-12-02"), "An answer may come until 2024-01-31; silence can be recorded"),
        (SENT, "give the criteria"),
        (("AUDIT-1/R1.b", *SENT), "No question is open there"),
    ],
)  # fmt: skip
def test_silence_is_not_recorded_before_its_day_unnamed_or_unasked(project, words, message):
    """It would be a record of something that had not happened."""
    with pytest.raises(UsageError, match=message):
        call("questions", *words, *DAY, "--project", str(project))


def scored(root: Path, day: date = date(2024, 1, 31)):
    return examine(Order(root, day, day, "test-silence"))


def test_silence_moves_nothing_in_either_reading(tmp_path):
    """No rung, no flag, no stale mark, no status and no claim; the record stands in context, and nothing is held."""
    root = tmp_path / "audit"
    scaffold(root)
    with (root / "inputs" / "responsibilities.csv").open("a") as file:
        file.write("PARENTS-1/A.a,UNIVERSITY\n")
    before, _ = scored(root)
    text = call("questions", "AUDIT-1/R1", "AUDIT-1/R2", "PARENTS-1/A", *SENT, *DAY, "--project", str(root))
    rows = [
        {**row, "source_id": "LETTER-OF-REQUEST", "locator": "question 1"} for row in csv.DictReader(io.StringIO(text))
    ]
    assert len(rows) == 4
    with (root / "inputs" / "sources.csv").open("a") as file:
        file.write("LETTER-OF-REQUEST,Letter of request (invented),AUDIT,2023-10-01,,,,whole,invented\n")
    _append(root / "inputs" / "evidence.csv", rows)
    after, report = scored(root)
    assert report.quarantined == 0
    entered = {row["evidence_id"]: after.evidence[row["evidence_id"]]["disposition"] for row in rows}
    assert entered == dict.fromkeys(entered, "context")
    for table in ("rungs", "item_status", "claims"):
        assert getattr(after, table) == getattr(before, table)
    assert questions(after) == questions(before)


def _append(path: Path, rows: list[dict[str, str]]) -> None:
    """Enter rows by the names of the columns that the file has."""
    names = path.read_text().splitlines()[0].split(",")
    with path.open("a", newline="") as file:
        csv.DictWriter(file, names, extrasaction="ignore", lineterminator="\n").writerows(rows)
