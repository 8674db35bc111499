"""The doctor: each thing is broken for real in a small project, and its line says so and how to mend it."""

from __future__ import annotations

import fcntl
import json
import os
import resource
import shutil
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import requires
from pathlib import Path

import pytest
from typer.testing import CliRunner

from delivery_project import ANA, BOX, HEADER, START
from mail_server import PASSWORD, USER, Mailbox, certificate, free_port, serving, talking
from scaudit.audit import audit
from scaudit.cli import app
from scaudit.deliveries import Line
from scaudit.deliveries import record as record_delivery
from scaudit.doctor import belongings, dispatch, installation, lettering, lettering_tried, past, room, rounds, signing
from scaudit.doctor.finding import Finding, fine
from scaudit.doctor.looking import Check, looked
from scaudit.doctor.schedule import schedule
from scaudit.doctor.scheduler import configured
from scaudit.document.keys import DEMONSTRATION_NAME
from scaudit.keyring import make_demonstration
from scaudit.ledger import LedgerEntry, past_runs, record
from scaudit.order import Order
from scaudit.project import Project, find_project
from scaudit.starting import scaffold
from scaudit.warehouse import locked

SECRET, VARIABLE = "wide open sesame 7319", "SCAUDIT_KEY_PASSPHRASE"
MAIL_VARIABLE = "SCAUDIT_SMTP_PASSWORD"
NOW = datetime(2024, 3, 2, 9, 0)  # noqa: DTZ001 (the ledger keeps UTC without a zone)
PEOPLE = "inputs/stakeholders.csv"
LONG = 60.0  # seconds: nothing here is to run into its limit by chance


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new project with one edition, made once."""
    root = tmp_path_factory.mktemp("doctor") / "audit"
    scaffold(root)
    audit(Order(root, date(2024, 1, 31), date(2024, 1, 31), "the-run", "first", with_pdf=False), lambda: START)
    return root


@pytest.fixture
def project(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of it that a test may break, on a machine where nothing of Prefect is set."""
    for name in ("PREFECT_API_URL", "PREFECT_PROFILE", "PREFECT_PROFILES_PATH", VARIABLE, MAIL_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))
    shutil.copytree(made, tmp_path / "audit")
    return find_project(tmp_path / "audit")


def settings(project: Project, lines: str) -> Project:
    with (project.root / "scaudit.toml").open("a") as file:
        file.write(f"\n{lines}\n")
    return find_project(project.root)


def found(look: Callable[[], Iterable[Finding]], limit: float = LONG, secrets: tuple[str, ...] = ()) -> list[Finding]:
    """What the doctor says of one check."""
    return list(looked([Check("It", look)], limit, secrets, lambda _phrase: None))


def only(look: Callable[[], Iterable[Finding]], limit: float = LONG) -> Finding:
    (one,) = found(look, limit)
    return one


# --- the rounds -------------------------------------------------------------------------------------------------


def call(place: Path, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["doctor", "--project", str(place), "--limit", str(LONG), *words])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.output


def test_a_sound_project(project: Project) -> None:
    """Nothing is broken, everything was looked at, and nothing was changed."""
    (project.root / PEOPLE).write_text(HEADER + BOX + "\n")
    before = sorted(path.relative_to(project.root) for path in project.root.rglob("*"))
    status, printed = call(project.root, "--json")
    shown = json.loads(printed)
    states = {one["check"]: one["state"] for one in shown["checks"]}
    assert (status, shown["schema"], shown["broken"], shown["project"]) == (0, "scaudit/doctor/1", 0, str(project.root))
    assert [name for name, state in states.items() if state == "broken"] == []
    good = ("Python", "Packages", "Text libraries", "Fonts", "Models", "Ruleset", "Templates", "Inputs", "Folders")
    assert {states[name] for name in (*good, "Clock", "Ledger", "Last run", "Results", "Last edition")} == {"fine"}
    assert {states[name] for name in ("Left over", "Kept files", "Stakeholders")} == {"fine"}
    unset = ("Signing key", "Timestamps", "Mail server", "Deliveries", "Prefect server")
    assert {states[name] for name in unset} == {"not_set_up"}
    after = {path.relative_to(project.root) for path in project.root.rglob("*")} - set(before)
    assert {path.name for path in after if path.name not in ("runs.lock", "ledger.duckdb.wal")} == set()


def test_lines_have_a_sign_a_word_and_what_to_do(project: Project) -> None:
    """So that they can be read without colours; what is broken makes exit 1."""
    (project.root / "schemas" / "bodies.py").write_text("import nothing_of_this_name\n")
    status, printed = call(project.root)
    line = next(line for line in printed.splitlines() if "Models" in line)
    assert line.startswith(("\u2717 broken", "x broken"))
    assert "schemas/bodies.py cannot be loaded (ModuleNotFoundError" in line
    assert "To mend it: mend it, or take that of" in line
    assert any(line.startswith("- not set up Signing key") for line in printed.splitlines())
    assert status == 1
    assert "Prefect server" in printed  # one thing that is broken hides no other


def test_quiet_is_an_exit_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """For programs that only want to know: something to look at, or not set up, is no failure."""
    for states, status in ((("fine", "look", "not set up"), 0), (("fine", "broken"), 1)):
        one = rounds.Round(None, NOW, tuple(Finding(state, "it") for state in states))
        monkeypatch.setattr(rounds, "examine", lambda *_, one=one: one)
        assert call(tmp_path, "-q") == (status, "")


def test_outside_of_a_project(tmp_path: Path) -> None:
    """The installation is looked at, and that there is no project is no fault."""
    status, printed = call(tmp_path, "--json")
    states = {one["check"]: one["state"] for one in json.loads(printed)["checks"]}
    assert (status, json.loads(printed)["project"]) == (0, None)
    names = ("Python", "Packages", "Text libraries", "Fonts", "Memory", "Project")
    assert tuple(states) == names
    assert (states["Project"], states["Fonts"]) == ("not_set_up", "fine")


def test_settings_that_are_wrong_and_a_path_that_is_none(tmp_path: Path) -> None:
    """The first is a finding; the second is the usual exit 3."""
    (tmp_path / "scaudit.toml").write_text('title = "A"\n')
    assert rounds._project(tmp_path)[1].state == "broken"
    assert "this setting is required" in rounds._project(tmp_path)[1].what
    done = CliRunner().invoke(app, ["doctor", "--project", str(tmp_path / "none")])
    assert getattr(done.exception, "exit_code", None) == 3


# --- how a check is looked at -----------------------------------------------------------------------------------


def test_a_check_that_hangs_is_left_behind() -> None:
    """And the next one has its turn."""
    begun = time.monotonic()
    checks = [Check("Slow", lambda: time.sleep(30) or []), Check("Next", lambda: [fine("well")])]
    first, second = looked(checks, 1, (), lambda _phrase: None)
    assert (first.state, first.what) == ("broken", "no answer within 1 seconds")
    assert (second.check, second.state) == ("Next", "fine")
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize("kind", [KeyError, SystemExit, RecursionError])
def test_a_mistake_of_our_own_is_a_line_and_is_told_as_one(kind: type[BaseException]) -> None:
    """With its place, and without what is secret."""

    def mistaken() -> Iterable[Finding]:
        raise kind(f"the passphrase is {SECRET}")

    (one,) = found(mistaken, secrets=(SECRET, "", "e"))
    assert one.what.startswith(f"this check itself failed: {kind.__name__}: ")
    assert "(hidden)" in one.what
    assert SECRET not in one.what
    assert "test_doctor.py, line " in one.what
    assert (one.state, one.mend[:27]) == ("broken", "this is a mistake in scaudi")


def test_what_the_machine_refuses_is_no_mistake_of_ours(tmp_path: Path) -> None:
    """It is told with the file."""
    one = only(lambda: [fine((tmp_path / "none").read_text())])
    assert (one.state, one.what) == (
        "broken",
        f"{tmp_path / 'none'} cannot be read or written: No such file or directory",
    )


# --- the installation -------------------------------------------------------------------------------------------


def test_python_and_packages_against_what_is_asked() -> None:
    """A missing one, an old one, and the ones that are known to break the server, with the reason."""
    assert only(lambda: installation.python(">=3.11")).state == "fine"
    assert only(lambda: installation.python(">=3.11", "3.10.4")).what == "3.10.4 runs, and >=3.11 is asked for"
    wanted = ["duckdb<1", "no-such-package-here>=1", "sqlalchemy<1 ; extra == 'flows'", "jinja2 ; python_version<'3'"]
    said = [one.what for one in found(lambda: installation.packages(wanted)) if one.state == "broken"]
    assert [line.split()[0] for line in said] == ["duckdb", "no-such-package-here", "sqlalchemy"]
    assert said[0].endswith("is installed, and <1 is asked for")
    assert "plans no runs" in said[2]


def test_what_is_asked_is_what_pyproject_asks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """From the checkout, or, where there is none, from the package as it was installed."""
    checkout = installation.asked()
    monkeypatch.setattr(installation, "CHECKOUT", tmp_path)
    python, wanted = installation.asked()
    assert python == checkout[0]
    assert wanted == requires("scaudit")
    assert any(one.startswith("weasyprint") for one in checkout[1])
    assert not any(one.startswith("pytest") for one in checkout[1])


def test_pandas_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It slows every start."""
    (tmp_path / "pandas.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    assert [one.state for one in found(lambda: installation.packages([]))] == ["fine", "look"]


# --- libraries and fonts ----------------------------------------------------------------------------------------


@pytest.fixture
def fonts(tmp_path: Path) -> Path:
    return Path(shutil.copytree(belongings.shipped_templates(), tmp_path / "templates"))


def lettered(fonts: Path) -> list[Finding]:
    return [one for one in lettering_tried.main(fonts, "letter") if one.check == "Fonts"]


def test_a_font_that_is_missing_or_damaged(fonts: Path) -> None:
    """Each is named."""
    (fonts / "fonts" / "source-sans-3-latin-600-normal.ttf").unlink()
    (fonts / "fonts" / "source-sans-3-latin-ext-700-normal.ttf").write_bytes(b"no font")
    assert [(one.state, one.what) for one in lettered(fonts)] == [
        ("broken", "fonts/source-sans-3-latin-600-normal.ttf is missing, or is no font"),
        ("broken", "fonts/source-sans-3-latin-ext-700-normal.ttf is missing, or is no font"),
    ]


def test_fonts_that_the_text_library_does_not_take(fonts: Path) -> None:
    """The files are there and good, and the page is printed otherwise all the same: that is seen on the page alone."""
    css, card = fonts / "fonts.css", fonts / "card.css"
    shipped = css.read_text()
    css.write_text(shipped.replace("font-weight: 600", "font-weight: 700", 1))
    assert [one.what for one in lettered(fonts)] == ["the text library used 3 of 4 faces of the font Scorecard"]
    css.write_text(shipped.replace("url(", 'local("DejaVu Sans"), url(', 1))
    assert [one.state for one in lettered(fonts)] == ["broken"]
    css.write_text(shipped)
    card.write_text(card.read_text().replace('font-family: "Scorecard", "Scorecard Ext"', "font-family: Arial"))
    said = [one.what for one in lettered(fonts)]
    assert said
    assert {one.rpartition(" font ")[0] for one in said} == {"the text library takes the"}
    css.write_text("/* nothing */")
    assert ["fonts.css names no font" in one.what for one in lettered(fonts)] == [True]


def test_without_the_library_that_makes_files_repeatable(fonts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two runs would give other bytes."""
    from weasyprint.text import ffi

    monkeypatch.setattr(ffi, "harfbuzz_subset", None)
    (one,) = lettering_tried.main(fonts, "letter")
    assert (one.state, one.what[:26]) == ("broken", "harfbuzz-subset is missing")
    assert "libharfbuzz-subset0" in one.mend


@pytest.mark.parametrize(
    ("sabotage", "told"),
    [
        ("import cffi\ndef none(*_): raise OSError('no libpango')\ncffi.FFI.dlopen = none", "Pango cannot be loaded"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)", "the text library ended its process (SIGSEGV)"),
        ("import sys\nsys.modules['scaudit.making'] = None", "this check itself failed: ModuleNotFoundError"),
    ],
)
def test_a_machine_without_pango(
    fonts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sabotage: str, told: str
) -> None:
    """Libraries that are not there, or that end the process, end the doctor's helper only."""
    (tmp_path / "sitecustomize.py").write_text(sabotage)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    one = only(lambda: lettering.lettering(fonts, "letter", LONG))
    assert (one.state, one.what[: len(told)]) == ("broken", told)


def test_no_templates_at_all(tmp_path: Path) -> None:
    """Nothing is printed then."""
    assert only(lambda: lettering.lettering(tmp_path, "letter", LONG)).state == "broken"


# --- what a project brings --------------------------------------------------------------------------------------


def test_templates_that_are_missing_broken_or_name_what_is_not_there(project: Project) -> None:
    """Each by its name and line."""
    (project.templates / "web.css").unlink()
    (project.templates / "item.html").write_text("{% if %}")
    (project.templates / "parts.html").write_text('{% include "none.html" %}')
    said = [one.what for one in found(lambda: belongings.templates(project.templates, "a4"))]
    assert said[0] == f"{project.templates} lacks web.css"
    assert said[1].startswith(f"{project.templates / 'item.html'}, line 1: ")
    assert said[2] == f"{project.templates / 'parts.html'} names none.html, which is not there"


def test_ruleset_inputs_and_layouts_that_are_not_there(project: Project) -> None:
    """The sentence of an audit, before an audit."""
    ruleless = replace(project, settings=project.settings.model_copy(update={"ruleset": "other"}))
    assert 'There is no ruleset "other"' in only(lambda: belongings.ruleset(ruleless)).what
    (project.inputs / "evidence.csv").unlink()
    one = only(lambda: belongings.inputs(project))
    assert (one.state, one.what) == ("broken", "There is no inputs/evidence.csv")
    assert one.mend == "add it, or name another file in scaudit.toml"
    (project.inputs / "evidence.csv").write_text("")
    laid = settings(project, '[records.a]\nlayout = "none"\nfiles = ["inputs/a.csv"]')
    assert "There is no layout inputs/layouts/none.toml" in only(lambda: belongings.inputs(laid)).what


# --- the key ----------------------------------------------------------------------------------------------------


@pytest.fixture
def signed(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with a demonstration key that was made on 2 March 2024."""
    monkeypatch.setenv(VARIABLE, SECRET)
    make_demonstration(project.keys, VARIABLE, NOW.date())
    return settings(project, f'[signing]\nname = "{DEMONSTRATION_NAME}"\npkcs12 = ".scaudit/keys/demo.p12"')


def test_a_demonstration_key_that_is_soon_at_its_end_and_past_it(signed: Project) -> None:
    """Each day says something else."""
    states = {}
    for days in (0, 340, 366):
        one = only(lambda now=NOW + timedelta(days=days): signing.key(signed, now))
        assert SECRET not in one.what + one.mend
        states[one.state] = one.what
    assert list(states) == ["look", "broken"]
    assert states["look"].endswith("25 days are left")
    assert "valid until 2025-03-02 only" in states["broken"]
    assert "a demonstration key, which proves nothing" in only(lambda: signing.key(signed, NOW)).what


def test_a_key_that_does_not_open(signed: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another passphrase, none, a file that everybody may read, a place that is passed on."""
    monkeypatch.setenv(VARIABLE, f"not {SECRET}")
    assert "does not open" in only(lambda: signing.key(signed, NOW)).what
    monkeypatch.delenv(VARIABLE)
    assert only(lambda: signing.key(signed, NOW)).mend == f"set the environment variable {VARIABLE}"
    monkeypatch.setenv(VARIABLE, SECRET)
    (signed.keys / "demo.p12").chmod(0o644)
    assert "Everybody may read the key" in only(lambda: signing.key(signed, NOW)).what
    source = signed.settings.signing.model_copy(update={"pkcs12": "reports/demo.p12"})
    public = replace(signed, settings=signed.settings.model_copy(update={"signing": source}))
    assert "which is passed on" in only(lambda: signing.key(public, NOW)).what


def test_a_passphrase_that_only_flows_have(signed: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is no fault of the key."""
    monkeypatch.delenv(VARIABLE)
    source = signed.settings.signing.model_copy(update={"passphrase_block": "signing-key"})
    flown = replace(signed, settings=signed.settings.model_copy(update={"signing": source}))
    assert only(lambda: signing.key(flown, NOW)).state == "look"


def test_a_timestamp_server_is_reached_or_not(signed: Project) -> None:
    """Without asking for a stamp."""
    taken: list[bytes] = []
    with talking(lambda line: taken.append(line.recv(1))) as port:
        stamped = timed(signed, port)
        assert only(lambda: signing.timestamps(stamped)).state == "fine"
    one = only(lambda: signing.timestamps(timed(signed, free_port())))
    assert (one.state, one.what.startswith("127.0.0.1 does not answer on port ")) == ("broken", True)
    assert set(taken) <= {b""}


def timed(signed: Project, port: int) -> Project:
    source = signed.settings.signing.model_copy(update={"timestamp_url": f"http://127.0.0.1:{port}/tsa"})
    return replace(signed, settings=signed.settings.model_copy(update={"signing": source}))


# --- disk, folders, memory --------------------------------------------------------------------------------------


def test_a_disk_that_is_full_or_nearly(project: Project) -> None:
    """Against what a run needs."""
    assert [room.space(free, 100, "it").state for free in (99, 100, 499, 500)] == ["broken", "look", "look", "fine"]
    (one, *_) = found(lambda: room.disk(project))
    assert " MB free; state has " in one.what or " GB free; state has " in one.what
    with fewest_bytes():
        said = found(lambda: room.folders(project))
    assert [one.state for one in said] == ["broken"] * 3
    assert f"state: {project.state} cannot be written (File too large)" in said[0].what


@contextmanager
def fewest_bytes() -> Iterator[None]:
    """No byte may be written, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_folders_that_are_absent_or_no_folders(project: Project, tmp_path: Path) -> None:
    """An absent one is made by a run; a file in its place is a fault."""
    shutil.rmtree(project.state)
    assert only(lambda: room.folders(project)).state == "fine"
    project.state.write_text("")
    one = only(lambda: room.folders(project))
    assert (one.state, one.what) == ("broken", f"state: {project.state} cannot be written (Not a directory)")


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="there is no second disk here")
def test_state_and_editions_on_two_disks(project: Project) -> None:
    """A run would fail at its very end."""
    other = Path("/dev/shm") / f"scaudit-{os.getpid()}"
    other.mkdir()
    try:
        shutil.rmtree(project.state)
        project.state.symlink_to(other)
        one = only(lambda: room.folders(project))
        assert (one.state, one.what.endswith("lie on two disks")) == ("broken", True)
    finally:
        other.rmdir()


def test_memory_is_that_of_the_container(tmp_path: Path) -> None:
    """Where that is less than the machine's."""
    (tmp_path / "meminfo").write_text("MemTotal: 9000 kB\nMemAvailable:    4000 kB\n")
    for limit, free in (("max\n", 4_096_000), ("1000000\n", 1_000_000), ("9000000\n", 4_096_000)):
        (tmp_path / "max").write_text(limit)
        assert room.available(tmp_path / "meminfo", tmp_path / "max") == free
    assert room.available(tmp_path / "none", tmp_path / "max") is None


# --- what runs have left ----------------------------------------------------------------------------------------


def test_a_ledger_and_results_that_are_damaged(project: Project) -> None:
    """Neither opens, and the doctor goes on."""
    (project.state / "ledger.duckdb").write_bytes(b"no ledger" * 4000)
    one = only(lambda: past.ledger(project))
    assert (one.state, f"{project.state / 'ledger.duckdb'} cannot be opened" in one.what) == ("broken", True)
    results = project.state / "results.duckdb"
    whole = results.read_bytes()
    results.write_bytes(whole[: len(whole) // 2] + bytes(len(whole) // 2))
    assert only(lambda: past.results(project)).state == "broken"
    results.unlink()
    assert only(lambda: past.results(project)).state == "not set up"


def test_a_ledger_that_somebody_holds(project: Project) -> None:
    """A lock that is never given back is found by its time."""
    with locked(project.state / "ledger.lock"):
        assert only(lambda: past.ledger(project), limit=0.3).what == "no answer within 0.3 seconds"


def failed(project: Project) -> LedgerEntry:
    last = past_runs(project.state)[0]
    days = {"as_of": last["as_of"], "known_on": last["known_on"]}
    moment = NOW - timedelta(hours=1)
    return LedgerEntry("bad-run", moment, moment, "failed", edition="x", ruleset="r", message="No evidence.", **days)


def test_a_last_run_that_failed_and_a_clock_that_was_set_back(project: Project) -> None:
    """With the run's own sentence, and the last good one."""
    record(project.state, failed(project))
    last = found(lambda: past.ledger(project))[-1]
    assert (last.check, last.state) == ("Last run", "look")
    assert last.what == "bad-run failed: No evidence; the last good one is the-run"
    assert only(lambda: past.clock(project, NOW)).state == "fine"
    one = only(lambda: past.clock(project, NOW - timedelta(days=400)))
    assert (one.state, one.what[:27]) == ("broken", "it says 2023-01-27 09:00 UT")


def test_what_killed_runs_left_and_a_run_at_work(project: Project) -> None:
    """The one is swept by the next audit; the other is left alone."""
    for name in ("dead", "alive"):
        (project.state / "runs" / name).mkdir(parents=True)
    (project.state / "runs" / "dead" / "results.duckdb").write_bytes(bytes(3_000_000))
    with (project.state / "runs" / "alive" / "alive.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        one = only(lambda: past.left_over(project))
    assert (one.state, one.what) == ("look", "1 killed runs have left 3 MB; 1 at work now")
    assert (project.state / "runs" / "dead" / "results.duckdb").is_file()


def test_an_edition_that_is_not_what_was_published(project: Project) -> None:
    """A byte in one file, a file that is gone, all of it gone."""
    assert only(lambda: past.edition(project, LONG)).state == "fine"
    assert "the first 0 of them" in only(lambda: past.edition(project, -1)).what
    (project.reports / "first" / "overview.html").write_text("something else")
    (project.reports / "first" / "audit.json").unlink()
    one = only(lambda: past.edition(project, LONG))
    assert (one.state, one.what[:34]) == ("broken", "audit.json, overview.html of first")
    shutil.rmtree(project.reports / "first")
    assert "has no manifest" in only(lambda: past.edition(project, LONG)).what


def test_what_a_run_had_read_is_no_longer_kept(project: Project) -> None:
    """It could not be made again."""
    assert only(lambda: past.kept(project)).state == "fine"
    shutil.rmtree(project.state / "kept")
    assert "are kept no more" in only(lambda: past.kept(project)).what


# --- what goes out ----------------------------------------------------------------------------------------------


def mailed(project: Project, port: int, more: str) -> Project:
    smtp = f'[delivery.smtp]\nhost = "127.0.0.1"\nport = {port}\n{more}'
    return settings(project, f'[delivery]\nsender = "audit@example.org"\n{smtp}')


def test_a_mail_server_that_takes_the_login_and_one_that_refuses_it(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By STARTTLS, with a certificate that is checked; nothing is sent, and no password is shown."""
    monkeypatch.setattr(dispatch, "WITHIN", LONG)
    ca, tls = certificate(tmp_path)
    mailbox = Mailbox()
    with serving(mailbox, tls, login=True) as port:
        set_up = mailed(project, port, f'user = "{USER}"\nca_file = "{ca}"')
        assert f"environment variable {MAIL_VARIABLE} is not set" in only(lambda: dispatch.server(set_up)).what
        monkeypatch.setenv(MAIL_VARIABLE, PASSWORD)
        good = only(lambda: dispatch.server(set_up))
        monkeypatch.setenv(MAIL_VARIABLE, "another secret")
        bad = only(lambda: dispatch.server(set_up))
    assert (good.state, f"answers by STARTTLS and takes the login of {USER}" in good.what) == ("fine", True)
    assert (bad.state, "535" in bad.what) == ("broken", True)
    assert set(mailbox.logins) == {(USER, PASSWORD), (USER, "another secret")}
    assert mailbox.received == []
    assert PASSWORD not in repr(good)
    assert "another secret" not in repr(bad)


@pytest.mark.parametrize("how", ["nobody", "silent", "open"])
def test_a_mail_server_that_cannot_be_used(project: Project, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    """Nobody there, one that says nothing, one without encryption."""
    monkeypatch.setattr(dispatch, "WITHIN", 0.3 if how == "silent" else LONG)
    done = threading.Event()
    if how == "nobody":
        one = only(lambda: dispatch.server(mailed(project, free_port(), "")))
    elif how == "silent":
        with talking(lambda _line: done.wait(5)) as port:
            one = only(lambda: dispatch.server(mailed(project, port, "")))
            done.set()
    else:
        with serving(Mailbox()) as port:
            one = only(lambda: dispatch.server(mailed(project, port, "")))
    told = {"nobody": "Connection refused", "silent": "timed out", "open": "STARTTLS extension not supported"}[how]
    assert (one.state, told in one.what) == ("broken", True)


def test_a_mail_server_without_a_sender(project: Project) -> None:
    """A mail needs one."""
    set_up = settings(project, '[delivery.smtp]\nhost = "127.0.0.1"')
    assert "no sender is" in only(lambda: dispatch.server(set_up)).what


def test_stakeholders_whose_folder_is_shut_whose_row_is_wrong_and_who_want_mail(project: Project) -> None:
    """Each of them by name."""
    held = ANA.replace("ANA,", "EVE,").replace("ana@example.org", "no address")
    (project.root / PEOPLE).write_text(f"{HEADER}{ANA}\n{BOX}\n{held}\n")
    (project.root / "deliveries" / "box").mkdir(parents=True)
    (project.root / "deliveries" / "box" / "of-files").write_text("a file")
    said = {one.state: one.what for one in found(lambda: dispatch.stakeholders(project))}
    assert said["broken"].startswith("the folder of BOX: ")
    states = [(one.state, one.what) for one in found(lambda: dispatch.stakeholders(project))]
    assert any(state == "look" and what.startswith("EVE gets nothing: address: ") for state, what in states)
    assert ("look", "some are to get mail, and no mail server is set") in states


def test_deliveries_of_which_nobody_knows(project: Project) -> None:
    """They wait for a person."""
    first = ("one", "ANA", "first", "overview", "d", "s", "email", "ana@example.org", "new", "", 1)
    record_delivery(project.state, [Line(*first, "possibly delivered", START)])
    record_delivery(project.state, [Line("two", *first[1:], "given up", START)])
    assert [one.what for one in found(lambda: dispatch.doubtful(project))] == [
        "of 1 sent out nobody knows whether they arrived",
        "1 failed for good or were given up",
    ]


# --- the server of the schedule ---------------------------------------------------------------------------------


@contextmanager
def answering(status: int, body: bytes) -> Iterator[tuple[str, list[str]]]:
    """A server that says the same to every question; gives its address, and what it was shown of a login."""
    shown: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            shown.append(self.headers.get("Authorization", ""))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://me:{SECRET.replace(' ', '-')}@127.0.0.1:{server.server_port}/api", shown
        finally:
            server.shutdown()


def asked(project: Project, **environment: str) -> list[Finding]:
    return found(lambda: schedule(project, NOW, environment))


def test_a_server_that_is_named_and_does_not_answer(project: Project, tmp_path: Path) -> None:
    """By the environment, or by Prefect's profile; the address is told without its login."""
    port = free_port()
    address = f"http://me:{SECRET.replace(' ', '-')}@127.0.0.1:{port}/api"
    (one,) = asked(project, PREFECT_API_URL=address)
    assert (one.state, one.what) == (
        "broken",
        f"http://127.0.0.1:{port} does not answer: [Errno 111] Connection refused",
    )
    home = tmp_path / "home"
    home.mkdir()
    (home / "profiles.toml").write_text(f'active = "ours"\n[profiles.ours]\nPREFECT_API_URL = "{address}"\n')
    assert asked(project, PREFECT_HOME=str(home)) == [one]
    assert configured({"PREFECT_HOME": str(home), "PREFECT_PROFILE": "ephemeral"}) is None
    assert "is no address of a server" in asked(project, PREFECT_API_URL="ftp://a")[0].what


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [(401, b"", "refuses the question (401"), (200, b"<html>", "none of Prefect's"), (200, b"{}", "no Prefect server")],
)
def test_a_server_that_is_none_or_refuses(project: Project, status: int, body: bytes, told: str) -> None:
    """With the login that it wants to see, which is not shown."""
    with answering(status, body) as (address, shown):
        (one,) = asked(project, PREFECT_API_URL=address, PREFECT_API_KEY="pnu_1234")
        (same,) = asked(project, PREFECT_API_URL=address)
    assert (one.state, told in one.what + one.mend) == ("broken", True)
    assert same == one
    assert "sesame" not in one.what
    assert shown == ["Bearer pnu_1234", f"Basic {b64encode(b'me:' + SECRET.replace(' ', '-').encode()).decode()}"]


def test_a_server_of_our_own_that_does_not_run(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it has kept data before, it is missed."""
    monkeypatch.setattr("scaudit.doctor.schedule.OWN", f"http://127.0.0.1:{free_port()}/api")
    assert asked(project)[0].state == "not set up"
    (project.state / "prefect").mkdir()
    (one,) = asked(project)
    assert (one.state, one.mend) == ("broken", "'make serve' starts the schedule again")
    monkeypatch.setattr("scaudit.doctor.schedule.installed", lambda _name: "")
    assert "Prefect is not installed" in asked(project)[0].what


def test_no_secret_of_the_environment_is_shown(signed: Project) -> None:
    """Whatever a check may say."""
    set_up = mailed(signed, 1, "")
    environment = {VARIABLE: "one", MAIL_VARIABLE: "two", "PREFECT_API_KEY": "three", "PREFECT_HOME": "/none"}
    address = {"PREFECT_API_URL": "http://me:four@127.0.0.1/api"}
    assert rounds.secrets(set_up, {**environment, **address}) == ["one", "two", "three", "four"]
