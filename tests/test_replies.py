"""The right of reply: whoever is judged has its own words on the card, beside ours, whole and unchanged."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from conftest import SETTINGS, TABLES
from scaudit.audit import audit, examine
from scaudit.order import Order
from scaudit.results import Results
from scaudit.scorecard.attached import attached
from scaudit.scorecard.build import item_card
from scaudit.scorecard.card_json import audit_json, card_json
from scaudit.scorecard.edition import imprint
from scaudit.scorecard.html import Pages
from scaudit.scorecard.model import Siblings
from scaudit.scorecard.replies import PRINTED
from scaudit.scorecard.twin import Twins
from scorecard_factory import TEMPLATES, SomeSettings, some_results

REPOSITORY = Path(__file__).resolve().parents[1]
ITEM = "SYN-1/R1"
LONG = "\n\n".join(
    f"Paragraph {number}: " + "we keep the logs at every depot, and show them. " * 9 for number in range(1, 8)
)
LATE = date(2023, 1, 1)
HEADER = "reply_id,item_id,body_id,replied_on,words,source_id,locator"


def reply(words: str = "We disagree. The logs are kept.", **changes: Any) -> dict[str, Any]:
    return {
        "reply_id": "BUREAU-2019",
        "item_id": ITEM,
        "body_id": "BUREAU",
        "replied_on": date(2019, 5, 31),
        "replied_on_text": "2019-05",
        "words": words,
        "source_id": "YEARBOOK",
        "locator": "page 2",
        **changes,
    }


def page(results: Results, item_id: str = ITEM) -> str:
    return Pages(TEMPLATES).item(item_card(results, item_id), imprint(SomeSettings(), item_id))


def words_of(text: str) -> str:
    """The text of a page or a part of it, tags removed."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


def beside(text: str) -> str:
    """The part of a page that has others' words."""
    return re.split(r"<h2[^>]*>Their words beside ours", text)[1].split("<h2", 1)[0]


# --- on the page ------------------------------------------------------------------------------------------------


def test_a_reply_stands_beside_our_words_with_body_day_and_source() -> None:
    """In its own words, with a heading of its own, and nowhere else."""
    results = some_results(replies=(reply("We disagree.\nThe logs are kept, says <b>this & that</b> {{ 7*7 }}."),))
    part = beside(page(results))
    assert "<h3>Reply of Food Safety Bureau (invented), May 2019</h3>" in part
    assert "<p>We disagree.</p>" in part
    assert "<p>The logs are kept, says &lt;b&gt;this &amp; that&lt;/b&gt; {{ 7*7 }}.</p>" in part
    assert "Bureau Yearbook 2015" in words_of(part)
    assert "page 2 (BUREAU-2019)" in words_of(part)
    assert "continues" not in part
    assert attached(results, ITEM)[0].name != "reply-BUREAU-2019.txt"
    assert "We disagree" not in page(results, "PLEA/II")


def test_several_replies_stand_in_the_order_of_their_days() -> None:
    """The oldest first; of one day by name."""
    days = {"B": date(2019, 5, 31), "A": date(2019, 5, 31), "C": date(2016, 1, 1)}
    made = tuple(reply(f"Words of {key}.", reply_id=key, replied_on=day) for key, day in days.items())
    found = re.findall(r"<p>Words of (.)\.</p>", beside(page(some_results(replies=made))))
    assert found == ["C", "A", "B"]


@pytest.mark.parametrize("length", [PRINTED, PRINTED + 1])
def test_a_reply_is_printed_whole_up_to_a_limit(length: int) -> None:
    """One character more and it goes on in an attachment, which has every word."""
    words = ("depot " * 300)[: length - 1] + "."
    results = some_results(replies=(reply(words),))
    (printed,) = item_card(results, ITEM).beside.replies
    name = "reply-BUREAU-2019.txt" if length > PRINTED else ""
    assert printed.goes_on == name
    assert (" ".join(printed.words) == words) is (length == PRINTED)
    assert len(" ".join(printed.words)) <= PRINTED
    kept = {one.name: one.content.decode() for one in attached(results, ITEM)}
    assert kept.get("reply-BUREAU-2019.txt", "none") == (f"{words}\n" if length > PRINTED else "none")
    assert ("The reply continues in the attached reply-BUREAU-2019.txt." in page(results)) is bool(name)


def test_a_long_reply_is_cut_between_words() -> None:
    """What is printed is what the reply begins with; the sign says that there is more."""
    (printed,) = item_card(some_results(replies=(reply(LONG),)), ITEM).beside.replies
    shown = " ".join(printed.words)
    assert shown.endswith(" …")
    assert PRINTED - 60 < len(shown) <= PRINTED
    begun = shown.removesuffix(" …")
    assert " ".join(LONG.split()).startswith(" ".join(begun.split()) + " ")
    (wordless,) = item_card(some_results(replies=(reply("Dear " + "x" * 5000),)), ITEM).beside.replies
    assert len(" ".join(wordless.words)) == PRINTED, "a word without end leaves the page no shorter"


def test_the_twin_has_a_long_reply_whole() -> None:
    """A browser has room: no word is missing, and nothing is said of an attachment."""
    results = some_results(replies=(reply(LONG),))
    twin = Twins(TEMPLATES).twin(
        item_card(results, ITEM), imprint(SomeSettings(), ITEM), Siblings("SYN-1_R1.pdf", "SYN-1_R1.json")
    )
    part = beside(twin)
    assert " ".join(LONG.split()) in words_of(part)
    assert part.count("<p>Paragraph ") == 7
    assert "continues" not in part


def test_a_reply_after_the_day_of_the_card_is_counted_and_not_printed() -> None:
    """The card of a day has what had been said by then; that there is more is not hidden."""
    later = reply("Said later.", reply_id="LATER", replied_on=date(2020, 1, 1), replied_on_text="2020-01-01")
    results = some_results(replies=(later,))
    part = beside(page(results))
    assert "Said later" not in part
    assert "Replies made after 31 December 2019, which are on the card of a later day: 1." in part
    said = card_json(results, ITEM)
    assert (said["replies"], said["later_replies"]) == ([], 1)
    assert "Replies made after" not in page(some_results())


def test_the_data_of_a_card_have_its_replies() -> None:
    """Whole, and on its own card alone."""
    results = some_results(replies=(reply(LONG),))
    (found,) = card_json(results, ITEM)["replies"]
    assert (found["words"], found["replied_on_text"]) == (LONG, "2019-05")
    assert card_json(results, "PLEA/II")["replies"] == []
    assert "replies" not in audit_json(results)


# --- from the table to the PDF ----------------------------------------------------------------------------------


ROWS = [
    ["OFFICE-1", "FSA/R1", "OFFICE", "2022-03-01", LONG, "AUDIT-TEST", "page 4"],
    ["OFFICE-2", "FSA/R1", "OFFICE", "2021-12-01", "Known when the court printed it.", "AUDIT-TEST", ""],
    ["LAB-1", "COOKS/I", "LAB", "2021", "Our study says no more.", "LAB-STUDY", ""],
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small invented project of conftest with three replies."""
    root = tmp_path_factory.mktemp("replies") / "project"
    (root / "inputs").mkdir(parents=True)
    (root / "reports").mkdir()
    (root / "scaudit.toml").write_text(SETTINGS, encoding="utf-8")
    shutil.copytree(REPOSITORY / "schemas", root / "schemas", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "reports/templates").symlink_to(TEMPLATES, target_is_directory=True)
    for table, text in TABLES.items():
        (root / "inputs" / f"{table}.csv").write_text(text, encoding="utf-8")
    put(root, ROWS)
    return root


def put(root: Path, rows: list[list[str]]) -> None:
    with (root / "inputs/replies.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER.split(","), *rows])


@pytest.fixture(scope="module")
def printed(project: Path) -> Results:
    """The results of an audit that printed its cards."""
    return audit(Order(project, LATE, LATE, "printed"), lambda: datetime(2023, 1, 2)).results  # noqa: DTZ001 (UTC)


@pytest.mark.parametrize(("known", "found"), [("2022-02-09", ["LAB-1"]), ("2022-02-10", ["LAB-1", "OFFICE-2"])])
def test_what_was_not_known_is_not_there(project: Path, printed: Results, known: str, found: list[str]) -> None:
    """A reply is known from its own day, or from that of its source if that is later; a year from its last day."""
    results, _ = examine(Order(project, LATE, date.fromisoformat(known), f"look-{known}"))
    assert sorted(row["reply_id"] for row in results.replies) == found
    assert sorted(row["reply_id"] for row in printed.replies) == ["LAB-1", "OFFICE-1", "OFFICE-2"]


def test_a_reply_moves_nothing(project: Path, printed: Results, tmp_path: Path) -> None:
    """Statuses, rungs, records and what would move them are those of the project without replies."""
    other = tmp_path / "project"
    shutil.copytree(project, other, symlinks=True)
    put(other, [])
    silent, _ = examine(Order(other, LATE, LATE, "look"))
    assert (len(printed.replies), len(silent.replies), silent.quarantine) == (3, 0, ())
    assert printed.run["read"] == silent.run["read"] + 3
    for name in (
        "items",
        "item_status",
        "rungs",
        "claims",
        "records",
        "raises",
        "lowers",
        "points",
        "seen",
        "quarantine",
    ):
        assert getattr(printed, name) == getattr(silent, name), name


@pytest.mark.usefixtures("printed")
def test_the_pdf_carries_a_long_reply_whole(project: Path) -> None:
    """Attached word for word; the page says where it goes on; the file of another item has it not."""
    folder = project / "reports" / LATE.isoformat() / "items"
    reader = PdfReader(io.BytesIO((folder / "FSA_R1.pdf").read_bytes()))
    assert reader.attachments["reply-OFFICE-1.txt"] == [f"{LONG}\n".encode()]
    text = " ".join("".join(one.extract_text() for one in reader.pages).split())
    assert "Reply of Cold Chain Office, 1 March 2022" in text
    assert "continues in the attached reply-OFFICE-1.txt" in text
    assert "Known when the court printed it." in text
    assert not any(name.startswith("reply") for name in PdfReader(folder / "COOKS_I.pdf").attachments)
    assert json.loads((folder / "COOKS_I.json").read_text())["replies"][0]["words"] == "Our study says no more."


def test_no_reply_ships_that_nobody_made() -> None:
    """No body has replied; the table has its columns and no row."""
    for folder in ("inputs", "starter/inputs"):
        assert (REPOSITORY / folder / "replies.csv").read_text(encoding="utf-8") == f"{HEADER}\n"
