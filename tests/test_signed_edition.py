"""A signed edition: every PDF of it carries the signature, what was signed can be made again, no secret is left."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pypdf
import pytest

from scaudit import crews, editions
from scaudit.audit import audit, report
from scaudit.document import timestamps
from scaudit.document.key_source import KeySource
from scaudit.document.keys import DEMONSTRATION_NAME, demonstration_key
from scaudit.document.sealing import check
from scaudit.document.signing import inspect
from scaudit.errors import ProjectError
from scaudit.ledger import past_runs
from scaudit.order import Order
from scaudit.project import find_project
from scaudit.replaying import replay
from scaudit.scorecard import printing
from scaudit.scorecard.build import item_card
from scaudit.scorecard.edition import imprint, marks
from scaudit.scorecard.html import Pages
from scaudit.scorecard.overview import overview_card
from scaudit.starting import scaffold
from scorecard_factory import TEMPLATES, SomeSettings, some_results

SECRET = "wide open sesame 7319"
VARIABLE = "SCAUDIT_KEY_PASSPHRASE"
DAY = date(2024, 1, 31)
EDITION = "2024-01-31"
SETTINGS = f'\n[signing]\nname = "{DEMONSTRATION_NAME}"\npkcs12 = ".scaudit/keys/demo.p12"\n'


def clock() -> datetime:
    return datetime(2024, 2, 1, 9, 30)  # noqa: DTZ001 (the ledger keeps UTC without a zone)


def order(root: Path, run_id: str, **wanted: object) -> Order:
    return Order(**{"root": root, "as_of": DAY, "known_on": DAY, "run_id": run_id, **wanted})  # type: ignore[arg-type]


def signing_project(root: Path, today: date | None = None) -> Path:
    """A new project with a demonstration key."""
    scaffold(root)
    path = root / ".scaudit" / "keys" / "demo.p12"
    path.parent.mkdir(parents=True)
    path.write_bytes(demonstration_key(SECRET, today or datetime.now(UTC).date()))
    path.chmod(0o600)
    with (root / "scaudit.toml").open("a") as settings:
        settings.write(SETTINGS)
    return root


def workers() -> str:
    """The command lines of the processes that this one has started."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended meanwhile
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            found += [(folder / "cmdline").read_bytes().decode()] if int(parent) == os.getpid() else []
    return "\n".join(found)


@dataclass(frozen=True)
class Run:
    root: Path
    said: tuple[str, ...]
    commands: str

    @property
    def edition(self) -> Path:
        return self.root / "reports" / EDITION

    @property
    def pdfs(self) -> list[Path]:
        return sorted(self.edition.rglob("*.pdf"))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One run that signed, in worker processes."""
    root = signing_project(tmp_path_factory.mktemp("signed") / "audit")
    said: list[str] = []
    seen: list[str] = []

    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            seen.append(workers())

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, SECRET)
        patch.setattr(crews, "WORTH_IT", 1)
        patch.setattr(os, "sched_getaffinity", lambda _process: {0, 1})
        watching = threading.Thread(target=watch)
        watching.start()
        try:
            audit(order(root, "first", items=("AUDIT-1/R1", "PARENTS-1/A")), clock, progress=said.append)
        finally:
            over.set()
            watching.join()
    return Run(root, tuple(said), "\n".join(seen))


def test_every_pdf_is_signed_and_its_seal_is_under_the_signature(run: Run) -> None:
    """And the manifest names what was signed, besides what lies there."""
    listed = {one["path"]: one for one in json.loads((run.edition / "manifest.json").read_text())["files"]}
    assert len(run.pdfs) == 3
    for path in run.pdfs:
        content = path.read_bytes()
        found = inspect(content)
        assert (found.signer, found.intact, found.whole_file) == (DEMONSTRATION_NAME, True, True)
        assert found.unsigned.endswith(b"%%EOF\n")
        assert check(found.unsigned).intact
        entry = listed[path.relative_to(run.edition).as_posix()]
        assert entry["unsigned_sha256"] == hashlib.sha256(found.unsigned).hexdigest()
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()
    assert {name for name, one in listed.items() if "unsigned_sha256" in one} == {
        path.relative_to(run.edition).as_posix() for path in run.pdfs
    }


def words(page: pypdf.PageObject) -> str:
    return " ".join(page.extract_text().split())


def test_a_demonstration_is_told_on_every_page_in_words(run: Run) -> None:
    """At the foot from the first page on, and where the document speaks of itself."""
    for path in run.pdfs:
        pages = [words(page) for page in pypdf.PdfReader(path).pages]
        told = "Signed with a DEMONSTRATION key: this proves nothing about who made it"
        assert [told in page for page in pages] == [True] * len(pages)
        assert f"Signature. {told}." in " ".join(pages)


def test_no_secret_is_left_anywhere(run: Run) -> None:
    """Not in the edition, the ledger, the kept files, what was said, nor in the command line of a worker."""
    files = [path for path in run.root.rglob("*") if path.is_file()]
    assert {"ledger.duckdb", "overview.pdf", "demo.p12"} <= {path.name for path in files}
    forms = [
        SECRET.encode(),
        SECRET.encode().hex().encode(),
        json.dumps(SECRET)[1:-1].encode(),
        SECRET.encode("utf-16-le"),
    ]
    assert [path.name for path in files for form in forms if form in path.read_bytes()] == []
    assert SECRET not in repr(run.said)
    assert SECRET not in repr(past_runs(run.root / ".scaudit"))
    assert "spawn_main" in run.commands
    assert SECRET not in run.commands


def test_a_replay_makes_again_what_was_signed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the key: to the byte, and unsigned."""
    monkeypatch.delenv(VARIABLE, raising=False)
    found = replay(run.root, "first", "again", clock)
    assert (found.differing, found.faithful) == ((), True)
    assert found.words.endswith("files are the same to the byte.")
    for path in run.pdfs:
        again = run.root / "reports" / "replay-first" / path.relative_to(run.edition)
        assert again.read_bytes() == inspect(path.read_bytes()).unsigned


def test_some_cards_made_anew_stand_beside_the_others(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The manifest still names what was signed for each."""
    monkeypatch.setenv(VARIABLE, SECRET)
    before = {path: path.read_bytes() for path in run.pdfs}
    report(order(run.root, "second", items=("AUDIT-1/R1",)))
    listed = json.loads((run.edition / "manifest.json").read_text())["files"]
    signed = {one["path"]: one["unsigned_sha256"] for one in listed if one["path"].endswith(".pdf")}
    assert len(signed) == len(before)
    for path, content in before.items():
        now = inspect(path.read_bytes())
        assert now.unsigned == inspect(content).unsigned
        assert signed[path.relative_to(run.edition).as_posix()] == hashlib.sha256(now.unsigned).hexdigest()


# --- what the page says -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "told"),
    [
        (None, "Not signed: nothing proves who made this file. Its seal shows accidental change only (scaudit verify)."),
        (KeySource("The <Inspector>"), "Signed by The &lt;Inspector&gt;; check with scaudit verify or any PDF reader."),
        (KeySource(DEMONSTRATION_NAME), "Signed with a DEMONSTRATION key: this proves nothing about who made it."),
    ],
)  # fmt: skip
def test_a_page_says_who_signs_it(key: KeySource | None, told: str) -> None:
    """By the settings alone, on cards and on the overview."""
    results, pages = some_results(), Pages(TEMPLATES)
    card = pages.item(item_card(results, "PLEA/II"), imprint(SomeSettings(), "PLEA/II", key=key))
    overview = pages.overview(overview_card(results), imprint(SomeSettings(), key=key))
    for page in (card, overview):
        assert f"<b>Signature.</b> {told}" in page
        foot = re.search(r'data-foot="([^"]*)"', page).group(1)
        assert ("DEMONSTRATION" in foot) == bool(key and key.demonstration)


# --- refused before any work ------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return signing_project(tmp_path / "audit")


def lock(project: Path, mode: int) -> None:
    (project / ".scaudit" / "keys" / "demo.p12").chmod(mode)


def rename(project: Path) -> None:
    path = project / "scaudit.toml"
    path.write_text(path.read_text().replace(DEMONSTRATION_NAME, "The Inspector"))


def expire(project: Path) -> None:
    path = project / ".scaudit" / "keys" / "demo.p12"
    path.write_bytes(demonstration_key(SECRET, datetime.now(UTC).date() - timedelta(days=366)))


def publish(project: Path) -> None:
    path = project / "scaudit.toml"
    (project / ".scaudit" / "keys" / "demo.p12").rename(project / "inputs" / "demo.p12")
    path.write_text(path.read_text().replace(".scaudit/keys", "inputs"))


@pytest.mark.parametrize(
    ("passphrase", "spoil", "told"),
    [
        ("", lambda _project: None, f"set the environment variable {VARIABLE}"),
        ("another " + SECRET, lambda _project: None, "does not open"),
        (SECRET, lambda project: lock(project, 0o644), "Everybody may read"),
        (SECRET, rename, "'The Inspector'"),
        (SECRET, expire, "only; sign with one that is valid"),
        (SECRET, publish, "which is passed on"),
    ],
)
def test_an_audit_that_could_not_sign_stops_at_its_start(
    project: Path, monkeypatch: pytest.MonkeyPatch, passphrase: str, spoil: Callable[[Path], None], told: str
) -> None:
    """In a sentence that the ledger keeps too; nothing was read, nothing is published."""
    spoil(project)
    monkeypatch.setenv(VARIABLE, passphrase)
    with pytest.raises(ProjectError, match=told) as refused:
        audit(order(project, "first"), clock)
    assert SECRET not in str(refused.value)
    assert [path.name for path in (project / "reports").iterdir()] == ["templates"]
    (kept,) = past_runs(project / ".scaudit")
    assert (kept["outcome"], kept["message"]) == ("failed", str(refused.value))
    assert (kept["timings"], kept["kept"]) == ({}, {})
    assert SECRET.encode() not in (project / ".scaudit" / "ledger.duckdb").read_bytes()


def test_the_command_line_tells_it_in_one_sentence(project: Path) -> None:
    """Exit 3, no traceback, and no secret."""
    env = {**os.environ, VARIABLE: "another " + SECRET}
    asked = [sys.executable, "-m", "scaudit", "audit", "--project", str(project), "--as-of", EDITION]
    done = subprocess.run(asked, capture_output=True, text=True, env=env, check=False)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (3, "", 1)
    assert "does not open" in done.stderr
    assert SECRET not in done.stderr


def test_a_report_needs_the_key_and_data_alone_do_not(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is signed, nothing is opened."""
    monkeypatch.delenv(VARIABLE, raising=False)
    with pytest.raises(ProjectError, match=VARIABLE):
        report(order(run.root, "third"))
    editions.check_key(find_project(run.root), False)


def test_a_press_that_cannot_sign_tells_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the key be taken away after the start."""
    monkeypatch.delenv(VARIABLE, raising=False)
    results, pages = some_results(), Pages(TEMPLATES)
    page = pages.overview(overview_card(results), imprint(SomeSettings()))
    sheet = printing.Sheet(tmp_path / "overview.pdf", page, marks(results, ()))
    press = printing.Press(TEMPLATES, "letter", KeySource("The Inspector", str(tmp_path / "key.p12")))
    with pytest.raises(ProjectError, match=f"needs its passphrase; set the environment variable {VARIABLE}"):
        printing.print_sheet(press, sheet)
    assert not sheet.path.exists()


def test_without_an_answer_of_the_timestamp_server_nothing_is_published(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document without the time that the settings promise is none; the edition stays as it was."""
    monkeypatch.setenv(VARIABLE, SECRET)
    monkeypatch.setattr(timestamps, "WAITS", ())
    before = {path: path.read_bytes() for path in run.edition.rglob("*") if path.is_file()}
    path = run.root / "scaudit.toml"
    settings = path.read_text()
    path.write_text(settings + 'timestamp_url = "http://127.0.0.1:9/"\n')
    with pytest.raises(ProjectError, match="it does not answer"):
        report(order(run.root, "fourth", items=("AUDIT-1/R1",)))
    path.write_text(settings)
    assert {path: path.read_bytes() for path in run.edition.rglob("*") if path.is_file()} == before
