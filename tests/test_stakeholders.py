"""Stakeholders: who is to get what. Their addresses are strict, and no word of them is in anything that is published."""

from __future__ import annotations

import csv
import json
import string
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from email.headerregistry import AddressHeader
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from conftest import SETTINGS, TABLES
from scaudit.addresses import is_folder, mail_address
from scaudit.audit import audit
from scaudit.checking import check
from scaudit.cli import app
from scaudit.inspecting import inspect
from scaudit.order import Order
from scaudit.project import find_project
from scaudit.reading import read_inputs
from scaudit.warehouse import connect

REPOSITORY = Path(__file__).resolve().parents[1]
DAY = date(2023, 6, 30)
HEADER = "stakeholder_id,name,channel,address,items,what,occasion,active,body_id,role,language"
GOOD = {
    "stakeholder_id": "DESK",
    "name": "Desk of the court",
    "channel": "email",
    "address": "desk@example.org",
    "items": "FSA/R1 COOKS/I",
    "what": "both",
    "occasion": "only_changes",
    "active": "true",
    "body_id": "AUDIT",
    "role": "follow-up",
    "language": "es-MX",
}


def put(root: Path, *changes: dict[str, str]) -> None:
    """Write a table of good rows, each with its changes."""
    with (root / "inputs/stakeholders.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, HEADER.split(","))
        writer.writeheader()
        writer.writerows({**GOOD, **change} for change in changes)


def checked(con: duckdb.DuckDBPyConnection, root: Path) -> list[tuple[int, str, str]]:
    """Check a project; gives row, column and rule of every fault."""
    read_inputs(con, find_project(root))
    check(con, find_project(root))
    return con.execute('select "row", "column", rule from quarantine order by 1, 2, 3').fetchall()


def a_project(folder: Path) -> Path:
    """The small invented project of conftest, for a whole module."""
    root = folder / "project"
    (root / "inputs").mkdir(parents=True)
    (root / "scaudit.toml").write_text(SETTINGS, encoding="utf-8")
    (root / "schemas").symlink_to(REPOSITORY / "schemas", target_is_directory=True)
    for table, text in TABLES.items():
        (root / "inputs" / f"{table}.csv").write_text(text, encoding="utf-8")
    return root


# --- the table --------------------------------------------------------------------------------------------------


def test_rows_become_typed(con: duckdb.DuckDBPyConnection, small_project: Path) -> None:
    """Items are a list, active is a truth value, and an empty language is English."""
    plain = {"body_id": "", "role": "", "language": "", "items": " all ", "active": "FALSE"}
    put(small_project, {}, {"stakeholder_id": "LONE", "channel": "folder", "address": "archive/court", **plain})
    assert checked(con, small_project) == []
    columns = "stakeholder_id, channel, address, items, language, active, body_id"
    assert con.execute(f"select {columns} from clean.stakeholders order by 1").fetchall() == [
        ("DESK", "email", "desk@example.org", ["FSA/R1", "COOKS/I"], "es-MX", True, "AUDIT"),
        ("LONE", "folder", "archive/court", ["all"], "en", False, None),
    ]


BAD = [
    ({"stakeholder_id": "../DESK"}, "stakeholder_id", "E102"),
    ({"name": ""}, "name", "E101"),
    ({"name": "Desk\nBcc: all@example.org"}, "name", "E115"),
    ({"name": "Desk\rBcc: all@example.org"}, "name", "E115"),
    ({"name": "Desk\u2028Bcc: all@example.org"}, "name", "E105"),
    ({"name": "Desk \u202e"}, "name", "E105"),
    ({"name": "x" * 201}, "name", "E103"),
    ({"role": "one\ttwo"}, "role", "E115"),
    ({"channel": "fax"}, "channel", "E104"),
    ({"address": ""}, "address", "E101"),
    ({"address": "desk@example.org\nBcc: all@example.org"}, "address", "E113"),
    ({"address": "Desk <desk@example.org>"}, "address", "E113"),
    ({"address": "desk@example.org, all@example.org"}, "address", "E113"),
    ({"address": "desk"}, "address", "E313"),
    ({"channel": "folder"}, "address", "E313"),
    ({"channel": "folder", "address": "../desk"}, "address", "E113"),
    ({"items": ""}, "items", "E101"),
    ({"items": "FSA/R1 FSA/R9"}, "items", "E202"),
    ({"items": "FSA/R1, COOKS/I"}, "items", "E202"),
    ({"items": "All"}, "items", "E202"),
    ({"items": "all FSA/R1"}, "items", "E314"),
    ({"what": "card"}, "what", "E104"),
    ({"occasion": "weekly"}, "occasion", "E104"),
    ({"active": ""}, "active", "E101"),
    ({"active": "yes"}, "active", "E107"),
    ({"body_id": "NOBODY"}, "body_id", "E202"),
    ({"language": "Spanish"}, "language", "E114"),
    ({"language": "en\n"}, "language", "E114"),
]


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[tuple[str, str]]]:
    """The faults of a table of bad rows with a good one above them: column and rule, by the number of the case."""
    root = a_project(tmp_path_factory.mktemp("bad"))
    named = [{"stakeholder_id": f"BAD-{place}", **change} for place, (change, _, _) in enumerate(BAD)]
    put(root, {}, *named)
    with closing(connect()) as con:
        found = checked(con, root)
        assert con.execute("select stakeholder_id from clean.stakeholders").fetchall() == [("DESK",)]
        begins = dict(
            con.execute("select _row, row_number() over (order by _row) - 2 from raw.stakeholders").fetchall()
        )
    told: dict[int, list[tuple[str, str]]] = {}
    for row, column, rule in found:
        told.setdefault(begins[row], []).append((column, rule))
    return told


@pytest.mark.parametrize("place", range(len(BAD)))
def test_a_bad_row_is_held_with_its_reason(faults: dict[int, list[tuple[str, str]]], place: int) -> None:
    """One fault, where it stands; the good row beside it loads."""
    _, column, rule = BAD[place]
    assert faults[place] == [(column, rule)]


def test_a_held_item_holds_its_subscribers_but_not_those_of_all(
    con: duckdb.DuckDBPyConnection, small_project: Path
) -> None:
    """What is subscribed to must be there; the word all names none."""
    path = small_project / "inputs/recommendations.csv"
    path.write_text(path.read_text().replace("FSA/R1,recommendation,", "FSA/R1,wish,"))
    put(small_project, {}, {"stakeholder_id": "LONE", "items": "all"})
    assert (2, "items", "E203") in checked(con, small_project)
    assert con.execute("select stakeholder_id from clean.stakeholders").fetchall() == [("LONE",)]


def test_a_folder_is_one_stakeholders(con: duckdb.DuckDBPyConnection, small_project: Path) -> None:
    """Two active rows with one folder, or with one inside the other, are both held; order decides nothing."""
    pairs = [
        ("archive", "archive", True),
        ("archive", "Archive", True),
        ("archive", "archive/2014-11-20", True),
        ("archive/court", "archive", True),
        ("archive", "archives", False),
        ("archive/a", "archive/b", False),
    ]
    rows = [
        {
            "stakeholder_id": f"S{number}-{side}",
            "channel": "folder",
            "address": f"case{number}/{address}",
            "active": active,
        }
        for number, (first, second, _) in enumerate([*pairs, ("archive", "archive", False)])
        for side, address, active in (("a", first, "true"), ("b", second, "true" if number < len(pairs) else "false"))
    ]
    put(small_project, *rows)
    held = [number for number, (_, _, together) in enumerate(pairs) if together]
    expected = [(2 + 2 * number + side, "address", "E315") for number in held for side in (0, 1)]
    assert checked(con, small_project) == expected


def test_a_shared_address_is_noted_and_is_no_fault(small_project: Path) -> None:
    """Two desks may read one mailbox; who is not active shares it with nobody."""
    other = {"stakeholder_id": "OTHER", "address": "Desk@Example.org"}
    put(small_project, {}, other, {"stakeholder_id": "GONE", "active": "false"})
    found = inspect(small_project)
    assert found.clean
    assert found.as_json()["shared_addresses"] == [{"address": "Desk@Example.org", "stakeholders": ["DESK", "OTHER"]}]
    shown = CliRunner().invoke(app, ["check", "--project", str(small_project), "--strict"], catch_exceptions=False)
    assert shown.exit_code == 0
    assert "Desk@Example.org is the address of DESK and OTHER; each gets a mail of their own." in shown.output


# --- addresses --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("desk@example.org", "desk@example.org"),
        ("First.Last+audit@Mail.Example.ORG", "First.Last+audit@mail.example.org"),
        ("o'hara_1@a-b.example", "o'hara_1@a-b.example"),
        ("desk@bücher.example", "desk@xn--bcher-kva.example"),
        ("desk@xn--bcher-kva.example", "desk@xn--bcher-kva.example"),
        ("desk@ПРИМЕР.example", "desk@xn--e1afmkfd.example"),
        (f"{'a' * 64}@example.org", f"{'a' * 64}@example.org"),
    ],
)
def test_an_address_is_given_as_mail_servers_know_it(text: str, plain: str) -> None:
    """The domain in small ASCII letters; what stands before the @ is left alone, since it is the server's own."""
    assert mail_address(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "", "@", "desk", "desk@", "@example.org", "desk@example", "desk@example.org.", "desk@.example.org",
        "desk@example..org", "desk@@example.org", "a@b@example.org", ".desk@example.org", "desk.@example.org",
        "de..sk@example.org", "de sk@example.org", " desk@example.org", "desk@example.org ", "desk@exa mple.org",
        "desk@example.org\n", "desk\n@example.org", "desk@example.org\r\nBcc: a@example.net", "desk\x00@example.org",
        "Desk <desk@example.org>", "<desk@example.org>", '"Desk" desk@example.org', '"de sk"@example.org',
        "desk(court)@example.org", "desk@example.org(court)", "desk@example.org,a@example.net",
        "desk@example.org;a@example.net", "court: desk@example.org;", "desk@[192.0.2.1]", "desk@192.0.2.1",
        "desk@-example.org", "desk@example-.org", "desk@exam_ple.org", "désk@example.org", "-desk@example.org",
        "desk@straße.example", "desk@exam\u00adple.org", "desk@example。org", "desk@exa\u200bmple.org",
        f"{'a' * 65}@example.org", f"desk@{'a' * 64}.org", f"desk@{'a.' * 125}org", "mailto:desk@example.org",
        "desk@example.org?bcc=a@example.net", "desk@example.org/..",
    ],
)  # fmt: skip
def test_what_is_no_plain_address_is_none(text: str) -> None:
    """No names, comments, quotes, lists, groups, numbers for machines, and no domain that reads as another's."""
    assert mail_address(text) is None


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from([*string.ascii_letters[:4], *'09.@-_+"<>(),:;[]\\ \n\r\té\u202e\x00%=?']), max_size=24))
def test_what_is_taken_is_one_address_to_the_mail_library(text: str) -> None:
    """Whatever is put in: what comes out stands in a head as one address, and as nothing else."""
    plain = mail_address(text)
    if plain is not None:
        message = EmailMessage(SMTP)
        message["To"] = plain
        to: AddressHeader = message["To"]  # type: ignore[assignment]
        assert [one.addr_spec for one in to.addresses] == [plain]
        assert bytes(message).count(b"\r\n") == 2
        assert plain.isascii()
        assert plain.isprintable()


FOLDERS = ["a", "archive/scorecards", "A-1/b_2/c.d", "_x", "2014-11-20", "x" * 80]
NO_FOLDERS = [
    "", ".", "..", "../a", "a/..", "a/../b", "/a", "a/", "a//b", "./a", "a/.b", ".a", "a.", "a b", "a\\b", "C:", "C:/a",
    "\\\\server\\a", "~", "~/a", "-rf", "a\n", "a\x00", "é", "a:b", "a*", "a?", "con", "CON.txt", "a/nul", "LPT1", "$HOME",
    "x" * 81, "/".join("ab" * 100),
]  # fmt: skip


@pytest.mark.parametrize("text", FOLDERS)
def test_a_folder_is_taken(text: str) -> None:
    """Plain parts between single slashes."""
    assert is_folder(text)


@pytest.mark.parametrize("text", NO_FOLDERS)
def test_what_could_leave_the_folder_of_deliveries_is_none(text: str) -> None:
    """No way up, no root, no drive, no device, no hidden part, on any disk."""
    assert not is_folder(text)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("abCN.:/\\~ -_$%\x00\nuUlL1"), max_size=12))
def test_a_folder_that_is_taken_lies_inside_on_any_disk(text: str) -> None:
    """As POSIX and as Windows read it."""
    if is_folder(text):
        for kind, base in ((PurePosixPath, "/base"), (PureWindowsPath, "C:/base")):
            assert ".." not in kind(text).parts
            assert (kind(base) / text).is_relative_to(kind(base))
            assert not PureWindowsPath(text).is_reserved()


# --- nothing of it is published -------------------------------------------------------------------------------------


def published(root: Path, run_id: str) -> dict[str, bytes]:
    audit(Order(root, DAY, DAY, run_id, with_pdf=False), lambda: datetime(2023, 7, 1))  # noqa: DTZ001
    folder = root / "reports" / DAY.isoformat()
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def with_templates(small_project: Path) -> Path:
    (small_project / "reports").mkdir()
    (small_project / "reports/templates").symlink_to(REPOSITORY / "reports/templates", target_is_directory=True)
    return small_project


def test_no_word_of_the_table_is_published_and_no_change_in_it_changes_an_edition(with_templates: Path) -> None:
    """Neither a good row nor a held one: no file differs, and none has an address, a name or a fault of the table."""
    before = published(with_templates, "without")
    held = {"stakeholder_id": "SECRET-2", "address": "secret-two@example.org, x", "items": "FSA/R1 FSA/R9"}
    put(with_templates, {"stakeholder_id": "SECRET-1", "name": "Secret one", "address": "secret-one@example.org"}, held)
    assert [row["key"] for row in inspect(with_templates).quarantine] == ["SECRET-2"] * 2
    after = published(with_templates, "with")
    assert after == before
    assert {"audit.json", "manifest.json", "items/FSA_R1.json"} <= set(after)
    assert not any(b"secret" in content.lower() or b"stakeholder" in content for content in after.values())
    kept = json.loads(after["audit.json"])
    assert (kept["read"], kept["quarantined"]) == (27, 0)
    put(with_templates, held)
    gone = [(row.table, row.key) for row in inspect(with_templates).vanished]
    assert gone == [("stakeholders", "SECRET-1")], "whoever leaves the list does not do so unseen"


# --- what ships -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["inputs", "starter/inputs"])
def test_shipped_stakeholders_are_examples_at_domains_kept_for_such(folder: str) -> None:
    """RFC 2606: nobody gets mail at these, so nobody is mailed by chance."""
    with (REPOSITORY / folder / "stakeholders.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows
    assert all(row["name"].startswith("Example: ") for row in rows)
    by_channel: dict[str, Callable[[str], Any]] = {
        "email": lambda address: (
            mail_address(address) and address.split("@")[1] in ("example.org", "example.com", "example.net")
        ),
        "folder": is_folder,
    }
    assert all(by_channel[row["channel"]](row["address"]) for row in rows)
    assert {row["channel"] for row in rows} == {"email", "folder"}
