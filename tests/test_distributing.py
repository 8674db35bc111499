"""Distributing: to real mail servers that are good or bad, into folders, and by runs that break off anywhere."""

import base64
import hashlib
import json
import os
import shutil
import socket
import ssl
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from delivery_project import (
    ANA,
    BEN,
    BOX,
    Clock,
    copied,
    ledger,
    outcomes,
    planned,
    sent,
    server,
    states,
)
from mail_server import DROP, PASSWORD, USER, Mailbox, certificate, free_port, serving, talking
from scaudit import sending
from scaudit.cli import app
from scaudit.deliveries import record
from scaudit.distributing import Wanted, alone, distribute, plan
from scaudit.errors import ProjectError, UsageError
from scaudit.mailroom import Delivery
from scaudit.posting import Post
from scaudit.project import find_project

ADDRESS = "ana@example.org"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


def call(project: Path, *words: str):
    return CliRunner().invoke(app, [*words, "--project", str(project)], catch_exceptions=False)


def data(project: Path, *words: str, code: int = 0) -> dict:
    result = call(project, *words, "--json")
    assert result.exit_code == code
    return json.loads(result.stdout)


def last(project: Path):
    return ledger(project)[-1].last


def test_mail_goes_out_encrypted_and_logged_in(
    tmp_path: Path, clock: Clock, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """STARTTLS with a certificate that is checked, AUTH with a password from the environment; the ledger has the answer."""
    monkeypatch.setenv("SCAUDIT_SMTP_PASSWORD", PASSWORD)
    trusted, tls = certificate(tmp_path)
    with serving(mailbox, tls, login=True) as port:
        project = copied(tmp_path / "audit", ANA, BEN, delivery=server(port, f'user = "{USER}"\nca_file = "{trusted}"'))
        assert outcomes(sent(project, clock)) == {"ANA": "delivered", "BEN": "delivered"}
    assert (mailbox.encrypted, mailbox.logins) == ([True, True], [(USER, PASSWORD)] * 2)
    assert [one.recipients for one in mailbox.received] == [["ana@example.org"], ["ben@example.org"]]
    assert {one.sender for one in mailbox.received} == {"audit@example.org"}
    assert last(project).answer == "250 OK: taken"
    kept = [path.read_bytes() for path in (project / ".scaudit").rglob("*") if path.is_file()]
    assert not any(PASSWORD.encode() in content for content in kept)


def test_tls_from_the_first_byte(tmp_path: Path, clock: Clock, mailbox: Mailbox) -> None:
    """security = "tls"."""
    trusted, tls = certificate(tmp_path)
    with serving(mailbox, tls, at_once=True) as port:
        project = copied(tmp_path / "audit", BEN, delivery=server(port, f'security = "tls"\nca_file = "{trusted}"'))
        assert outcomes(sent(project, clock)) == {"BEN": "delivered"}
    assert mailbox.encrypted == [True]


@pytest.mark.parametrize("kind", ["no STARTTLS", "another certificate", "another name", "wrong password"])
def test_a_server_that_is_not_ours_gets_nothing(
    tmp_path: Path, clock: Clock, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """No mail and, before the line is safe, no password; nothing is given up, and the others are not tried."""
    monkeypatch.setenv("SCAUDIT_SMTP_PASSWORD", "wrong" if kind == "wrong password" else PASSWORD)
    trusted, tls = certificate(tmp_path, "127.0.0.2" if kind == "another name" else "127.0.0.1")
    if kind == "another certificate":
        (tmp_path / "other").mkdir()
        trusted, _ = certificate(tmp_path / "other")
    with serving(mailbox, None if kind == "no STARTTLS" else tls, login=kind == "wrong password") as port:
        project = copied(tmp_path / "audit", ANA, BEN, delivery=server(port, f'user = "{USER}"\nca_file = "{trusted}"'))
        done = sent(project, clock)
    assert (outcomes(done), [one.stakeholder.id for one in done.untried]) == ({"ANA": "failed for now"}, ["BEN"])
    assert mailbox.received == []
    assert set(mailbox.logins) == ({(USER, "wrong")} if kind == "wrong password" else set())
    assert last(project).answer
    assert "wrong" not in last(project).answer


def test_unencrypted_mail_is_for_this_machine_only() -> None:
    """A setting that would send in the clear to another host is refused."""
    with pytest.raises(ValueError, match="test host on this machine"):
        Delivery.model_validate({"smtp": {"host": "mail.example.org", "security": "none"}})
    assert Delivery.model_validate({"smtp": {"host": "localhost", "security": "none"}}).smtp is not None


@pytest.mark.parametrize(
    "wrong",
    [
        {"sender": "Audit <audit@example.org>"},
        {"sender": "audit@example.org\nBcc: b@example.org"},
        {"unsubscribe": "nowhere"},
        {"link": "file:///etc"},
        {"link": "https://"},
        {"smtp": {"host": "a b"}},
        {"smtp": {"host": "mail.example.org", "password": "secret"}},
        {"waits": [0]},
        {"approval": "nobody"},
    ],
)
def test_settings_that_cannot_be_are_refused(wrong: dict[str, object]) -> None:
    """A password among them: it has no place in a file."""
    with pytest.raises(ValueError, match="for Delivery"):
        Delivery.model_validate(wrong)


@pytest.mark.parametrize("answer", ["421 going down", "450 mailbox busy", "451 try later"])
def test_a_temporary_refusal_is_tried_again_after_a_longer_wait_each_time(
    tmp_path: Path, clock: Clock, mailbox: Mailbox, answer: str
) -> None:
    """Not before its time, also by a later run; with the same Message-ID; and given up after the last wait."""
    mailbox.rcpt = {ADDRESS: answer}
    with serving(mailbox) as port:
        project = copied(tmp_path / "audit", ANA, delivery="waits = [1, 5]\n" + server(port))
        for wait in (1, 5):
            assert outcomes(sent(project, clock)) == {"ANA": "failed for now"}
            assert (last(project).answer, last(project).next_try) == (answer, clock() + timedelta(minutes=wait))
            clock.on(wait - 0.1)
            assert outcomes(sent(project, clock)) == {}
            clock.on(0.1)
        assert outcomes(sent(project, clock)) == {"ANA": "given up"}
        clock.on(10_000)
        assert outcomes(sent(project, clock)) == {}
    assert [(one.state, one.attempts) for one in ledger(project)] == [("given up", 3)]


def test_a_delivery_that_failed_for_now_arrives_in_the_end(tmp_path: Path, clock: Clock, mailbox: Mailbox) -> None:
    """Once, as try two of the same delivery."""
    mailbox.data = {ADDRESS: "452 disk full"}
    with serving(mailbox) as port:
        project = copied(tmp_path / "audit", ANA, delivery=server(port))
        sent(project, clock)
        mailbox.data = {}
        clock.on(1)
        assert outcomes(sent(project, clock)) == {"ANA": "delivered"}
        assert outcomes(sent(project, clock)) == {}
    (one,) = ledger(project)
    assert (one.attempts, mailbox.to(ADDRESS)[0]["Message-ID"]) == (2, one.last.message_id)
    assert len(mailbox.received) == 1


@pytest.mark.parametrize("step", ["rcpt", "data"])
def test_a_refusal_for_good_is_told_and_stops_nobody_else(
    tmp_path: Path, clock: Clock, mailbox: Mailbox, step: str
) -> None:
    """Neither in this run nor in a later one is it tried again."""
    setattr(mailbox, step, {ADDRESS: "550 no such user here"})
    with serving(mailbox) as port:
        project = copied(tmp_path / "audit", ANA, BEN, delivery=server(port))
        done = sent(project, clock)
        assert (outcomes(done), done.clean) == ({"ANA": "failed for good", "BEN": "delivered"}, False)
        assert ledger(project)[0].last.answer == "550 no such user here"
        assert outcomes(sent(project, clock)) == {}


@pytest.mark.parametrize("answer", [DROP, 4.0])
def test_a_line_that_breaks_after_the_mail_went_out_leaves_it_open(
    tmp_path: Path, clock: Clock, mailbox: Mailbox, answer: str | float
) -> None:
    """Dropped or too slow: possibly delivered, told with its Message-ID, and never repeated by itself."""
    mailbox.data = {ADDRESS: answer}
    with serving(mailbox) as port:
        project = copied(tmp_path / "audit", ANA, delivery=server(port, seconds=2))
        done = sent(project, clock)
        assert (outcomes(done), done.clean) == ({"ANA": "possibly delivered"}, False)
        mailbox.data = {}
        clock.on(100_000)
        assert outcomes(sent(project, clock)) == {}
        assert last(project).message_id in planned(project).kept[0].why
        assert outcomes(sent(project, clock, "", "ANA", again="it never came")) == {"ANA": "delivered"}
    assert "Sent to you again: it never came" in str(mailbox.received[-1].message.get_body(("plain",)))


def test_a_server_that_refuses_everybody_is_asked_once(tmp_path: Path, clock: Clock) -> None:
    """421 before hello, or nobody at home: nothing is given up, however long it lasts."""

    def refuse(line: socket.socket) -> None:
        line.sendall(b"421 too busy\r\n")

    with talking(refuse) as port:
        project = copied(tmp_path / "audit", ANA, BEN, delivery="waits = [1]\n" + server(port))
        done = sent(project, clock)
        assert (outcomes(done), [one.stakeholder.id for one in done.untried]) == ({"ANA": "failed for now"}, ["BEN"])
        assert last(project).answer == "421 too busy"
    for _ in range(3):
        clock.on(60)
        assert outcomes(sent(project, clock, "", "ANA")) == {"ANA": "failed for now"}
    assert "mail server cannot be used" in last(project).answer


def talk_until(step: bytes, answer: bytes):
    """A server that takes everything up to a line that begins so, and answers that, or breaks the line."""

    def talk(line: socket.socket) -> None:
        line.sendall(b"220 here\r\n")
        with line.makefile("rb") as lines:
            for said in lines:
                if said.upper().startswith(step):
                    line.sendall(answer)
                    return
                line.sendall(b"354 go on\r\n" if said.upper().startswith(b"DATA") else b"250 fine\r\n")

    return talk


@pytest.mark.parametrize(
    ("step", "answer", "outcome"),
    [
        (b"EHLO", b"", "failed for now"),
        (b"MAIL", b"", "failed for now"),
        (b"MAIL", b"553 we do not know you\r\n", "failed for now"),
        (b"RCPT", b"", "failed for now"),
        (b"RCPT", b"nonsense\r\n", "failed for now"),
        (b"DATA", b"", "failed for now"),
        (b"DATA", b"451 not now\r\n", "failed for now"),
        (b"DATA", b"554 no\r\n", "failed for good"),
    ],
)
def test_before_the_mail_has_gone_out_a_broken_line_is_safe(
    tmp_path: Path, clock: Clock, step: bytes, answer: bytes, outcome: str
) -> None:
    """It may be tried again, since the last line of the mail was never sent; that our sender is refused is our fault."""
    with talking(talk_until(step, answer)) as port:
        project = copied(tmp_path / "audit", BEN, delivery=server(port))
        assert outcomes(sent(project, clock)) == {"BEN": outcome}


@pytest.mark.parametrize("answer", [b"", b"nonsense\r\n", b"250", b"9" * 10_000])
def test_after_the_mail_has_gone_out_no_answer_is_no_answer(tmp_path: Path, clock: Clock, answer: bytes) -> None:
    """Whatever it is that is not an answer, the mail may have been taken."""

    def talk(line: socket.socket) -> None:
        talk_until(b"DATA", b"354 go on\r\n")(line)
        got = b""
        while not got.endswith(b"\r\n.\r\n"):
            got += line.recv(65536)
        line.sendall(answer)

    with talking(talk) as port:
        project = copied(tmp_path / "audit", BEN, delivery=server(port))
        expected = "delivered" if answer == b"250" else "possibly delivered"
        assert outcomes(sent(project, clock)) == {"BEN": expected}


def test_dots_and_long_lines_arrive_as_they_were(mailbox: Mailbox) -> None:
    """A line of one dot ends no mail."""
    content = b"Subject: dots\r\n\r\n.\r\n..\r\n.hidden\r\nlast"
    smtp = Delivery.model_validate({"smtp": {"host": "127.0.0.1", "security": "none", "port": 1}}).smtp
    assert smtp is not None
    with serving(mailbox) as port:
        mail = sending.Mail("audit@example.org", ADDRESS, content)
        here = smtp.model_copy(update={"port": port})
        answer = sending.send(mail, here, "", ssl.create_default_context(), lambda: None)
    assert (answer.meaning, mailbox.received[0].raw) == ("delivered", content + b"\r\n")


def test_a_server_that_gives_the_password_back_does_not_get_it_into_the_ledger(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In no form."""
    monkeypatch.setenv("SCAUDIT_SMTP_PASSWORD", PASSWORD)

    def talk(line: socket.socket) -> None:
        line.sendall(b"220 here\r\n")
        with line.makefile("rb") as lines:
            lines.readline()
            line.sendall(b"250-here\r\n250 AUTH PLAIN\r\n")
            line.sendall(b"535 you said " + lines.readline() + f"535 that is {PASSWORD}\r\n".encode())

    with talking(talk) as port:
        project = copied(tmp_path / "audit", BEN, delivery=server(port, f'security = "none"\nuser = "{USER}"'))
        sent(project, clock)
    assert last(project).answer.startswith("535 you said")
    assert PASSWORD not in last(project).answer
    blob = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode()
    assert blob not in last(project).answer


def test_what_is_missing_is_told_before_anything_goes_out(tmp_path: Path, clock: Clock, mailbox: Mailbox) -> None:
    """A server, a password, a certificate, a link for heavy documents: the folder is not served first."""
    project = copied(tmp_path / "audit", ANA, BOX)
    settings, plain = project / "scaudit.toml", (project / "scaudit.toml").read_text()
    with serving(mailbox) as port:
        for more, words in (
            ("", "Nothing can be mailed"),
            (server(port, f'security = "none"\nuser = "{USER}"'), "SCAUDIT_SMTP_PASSWORD is not set"),
            (server(port, 'ca_file = "nowhere.pem"'), "ca_file = 'nowhere.pem' cannot be used"),
            ("size_limit_mb = 0.001\n" + server(port), "set delivery.link"),
        ):
            settings.write_text(plain + more)
            with pytest.raises(ProjectError, match=words):
                sent(project, clock)
    assert (mailbox.received, ledger(project), (project / "deliveries").exists()) == ([], (), False)


def test_a_folder_holds_the_documents_the_letter_and_their_digests(tmp_path: Path, clock: Clock) -> None:
    """Which `sha256sum -c` reads; a second edition lies beside the first."""
    project = copied(tmp_path / "audit", BOX)
    assert outcomes(sent(project, clock, "first")) == {"BOX": "delivered"}
    assert outcomes(sent(project, clock, "first")) == {}
    folder = project / "deliveries" / "box" / "of-files" / "first"
    documents = {"overview.html", "AUDIT-1_R1.html", "AUDIT-1_R2.html", "PARENTS-1_A.html"}
    assert {path.name for path in folder.iterdir()} == documents | {"READ_ME.txt", "READ_ME.html", "SHA256SUMS"}
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, check=False)
    assert checked.returncode == 0
    published = (project / "reports/first/items/AUDIT-1_R1.html").read_bytes()
    assert (folder / "AUDIT-1_R1.html").read_bytes() == published
    assert last(project).message_id == "box/of-files/first"
    assert outcomes(sent(project, clock)) == {"BOX": "delivered"}
    assert outcomes(sent(project, clock, "first", "BOX", again="lost")) == {"BOX": "delivered"}
    assert sorted(path.name for path in folder.parent.iterdir()) == ["first", "first-2", "second"]


def test_a_folder_is_signed_by_the_key_that_signs_documents(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """openssl takes the signature for what it is; a changed list of digests fails."""
    monkeypatch.setenv("SCAUDIT_KEY_PASSPHRASE", "a passphrase")
    project = copied(tmp_path / "audit", BOX)
    assert call(project, "keys", "demo").exit_code == 0
    settings = project / "scaudit.toml"
    signing = '[signing]\nname = "DEMONSTRATION scaudit key, proves nothing"\npkcs12 = ".scaudit/keys/demo.p12"\n'
    settings.write_text(f"{settings.read_text()}\n{signing}")
    assert outcomes(sent(project, clock)) == {"BOX": "delivered"}
    folder = project / "deliveries" / "box" / "of-files" / "second"
    words = ["openssl", "cms", "-verify", "-binary", "-noverify", "-inform", "DER", "-in", "SHA256SUMS.p7s"]
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not there to verify the signature of a folder")
    for content, code in ("SHA256SUMS", 0), ("READ_ME.txt", 4):
        done = subprocess.run([*words, "-content", content], cwd=folder, capture_output=True, check=False)
        assert done.returncode == code, done.stderr


def test_a_folder_that_cannot_be_written_fails_for_now(tmp_path: Path, clock: Clock) -> None:
    """And leaves nothing behind."""
    project = copied(tmp_path / "audit", BOX)
    (project / "deliveries").mkdir()
    (project / "deliveries" / "box").write_text("a file where a folder should be")
    assert outcomes(sent(project, clock)) == {"BOX": "failed for now"}
    (project / "deliveries" / "box").unlink()
    clock.on(1)
    assert outcomes(sent(project, clock)) == {"BOX": "delivered"}


def test_a_folder_that_leads_away_is_refused(tmp_path: Path, clock: Clock) -> None:
    """Also by a link that somebody put there."""
    project = copied(tmp_path / "audit", BOX)
    (tmp_path / "elsewhere").mkdir()
    (project / "deliveries").mkdir()
    (project / "deliveries" / "box").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ProjectError, match="leads out of"):
        sent(project, clock)
    assert list((tmp_path / "elsewhere").iterdir()) == []


class KilledError(BaseException):
    """As if the process had ended here."""


def break_off(monkeypatch: pytest.MonkeyPatch, project: Path, clock: Clock, point: str) -> None:
    """A run that ends where it comes to this point, without the time to clean up."""

    def killed(*_: object, **__: object) -> None:
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr("scaudit.dropping.shutil.rmtree", lambda *_, **__: None)
        patch.setattr(point, killed)
        with pytest.raises(KilledError):
            sent(project, clock)


@pytest.mark.parametrize(
    ("point", "state", "then"),
    [
        ("scaudit.posting.send", "preparing", {"ANA": "delivered"}),
        ("scaudit.sending._stuffed", "sending", {}),
        ("scaudit.posting.Post._settled", "sending", {}),
    ],
)
def test_a_run_that_ends_in_mid_mail_is_looked_into_by_the_next(
    tmp_path: Path, clock: Clock, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, point: str, state: str, then: dict
) -> None:
    """Preparing is safe to repeat; what was going out is possibly delivered, and stays so until somebody asks."""
    with serving(mailbox) as port:
        project = copied(tmp_path / "audit", ANA, delivery=server(port))
        break_off(monkeypatch, project, clock, point)
        assert states(project) == [("ANA", state)]
        assert outcomes(sent(project, clock)) == then
        assert states(project) == [("ANA", "delivered" if then else "possibly delivered")]
        assert outcomes(sent(project, clock)) == {}
    assert len(mailbox.received) == (point != "scaudit.sending._stuffed")


@pytest.mark.parametrize(
    "point", ["scaudit.dropping._write", "scaudit.dropping.Path.rename", "scaudit.posting.Post._settled"]
)
def test_a_run_that_ends_in_mid_folder_is_looked_into_by_the_next(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    """The folder is there or not, and that decides; it is there once in the end."""
    project = copied(tmp_path / "audit", BOX)
    break_off(monkeypatch, project, clock, point)
    there = project / "deliveries" / "box" / "of-files"
    assert (there / "second").exists() == (point == "scaudit.posting.Post._settled")
    sent(project, clock)
    assert [one.state for one in ledger(project)] == ["delivered"]
    assert [path.name for path in there.iterdir()] == ["second"]


def test_a_folder_that_was_taken_away_at_once_is_possibly_delivered(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the whole folder nor the beginning of it is there: nobody knows."""
    project = copied(tmp_path / "audit", BOX)
    break_off(monkeypatch, project, clock, "scaudit.posting.Post._settled")
    shutil.rmtree(project / "deliveries" / "box" / "of-files" / "second")
    assert outcomes(sent(project, clock)) == {}
    assert states(project) == [("BOX", "possibly delivered")]


def test_what_is_no_longer_wanted_is_closed_and_told(tmp_path: Path, clock: Clock, mailbox: Mailbox) -> None:
    """A try of the first edition ends where the second goes out."""
    mailbox.rcpt = {ADDRESS: "450 busy"}
    with serving(mailbox) as port:
        project = copied(tmp_path / "audit", ANA, delivery=server(port))
        sent(project, clock, "first")
        mailbox.rcpt = {}
        assert outcomes(sent(project, clock)) == {"ANA": "delivered"}
    assert [(one.last.edition, one.state) for one in ledger(project)] == [("first", "skipped"), ("second", "delivered")]


def test_waiting_goes_on_until_all_is_out(tmp_path: Path, clock: Clock, mailbox: Mailbox) -> None:
    """With a sleep that is passed in; for the same people and edition only, and a repetition is not repeated."""
    mailbox.rcpt = {ADDRESS: "450 busy"}
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock.on(seconds / 60)
        if len(slept) == 2:
            mailbox.rcpt = {}

    with serving(mailbox) as port:
        project = copied(tmp_path / "audit", ANA, delivery=server(port))
        sent(project, clock)
        record(project / ".scaudit", ledger(project)[0].told("delivered", clock(), ""))
        wanted = Wanted(project, to=("ANA",), again="asked for")
        done = distribute(wanted, plan(wanted), clock, wait=sleep)
    assert (outcomes(done), slept) == ({"ANA": "delivered"}, [60, 300])
    assert len(mailbox.received) == 1


def test_two_distributions_at_once_are_refused(tmp_path: Path) -> None:
    """The second is told to wait."""
    project = copied(tmp_path / "audit", BOX)
    with alone(find_project(project)), pytest.raises(UsageError, match="Another 'scaudit distribute'"):
        call(project, "distribute", "--yes")


def test_the_verb_shows_asks_sends_and_tells(tmp_path: Path, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of who gets what and why; without a terminal it wants --yes; the outcome is printed and listed."""
    with serving(mailbox) as port:
        project = copied(tmp_path / "audit", ANA, BOX, delivery=server(port))
        shown = call(project, "distribute", "--dry-run").stdout
        assert all(word in shown for word in ("ANA", "ana@example.org", "BOX", "new", "never sent", "edition second"))
        assert (mailbox.received, ledger(project)) == ([], ())
        for words in ((), ("--json",)):
            with pytest.raises(UsageError, match="--yes"):
                call(project, "distribute", *words)
        with monkeypatch.context() as patch:
            patch.setattr("scaudit.cli_distribute.somebody", lambda: True)
            refused = CliRunner().invoke(app, ["distribute", "--project", str(project)], input="n\n")
        assert (refused.exit_code, mailbox.received) == (1, [])
        done = call(project, "distribute", "--yes")
    assert done.exit_code == 0
    assert "ANA: delivered (<" in done.stdout
    assert "BOX: delivered (box/of-files/second)" in done.stdout
    assert "250 OK: taken" in call(project, "deliveries").stdout.replace("\n", " ")


def test_the_data_for_programs(tmp_path: Path, mailbox: Mailbox) -> None:
    """Names stay; a refusal makes exit 1; the ledger can be asked for one stakeholder or edition."""
    mailbox.rcpt = {ADDRESS: "550 no"}
    with serving(mailbox) as port:
        project = copied(tmp_path / "audit", ANA, BOX, delivery=server(port))
        dry = data(project, "distribute", "--dry-run")
        found = data(project, "distribute", "--yes", code=1)
    assert list(found) == [
        *("schema", "dry_run", "edition", "as_of", "known_on", "packages", "not_sent", "closed"),
        *("resolved", "deliveries", "not_tried"),
    ]
    assert (dry["schema"], dry["dry_run"], found["dry_run"]) == ("scaudit/distribute/1", True, False)
    assert dry["packages"] == found["packages"]
    assert [one["outcome"] for one in found["deliveries"]] == ["failed for good", "delivered"]
    document = found["packages"][0]["documents"][1]
    published = (project / "reports" / "second" / document["file"]).read_bytes()
    assert document["sha256"] == hashlib.sha256(published).hexdigest()
    listed = data(project, "deliveries")
    assert listed["schema"] == "scaudit/deliveries/1"
    assert [one["stakeholder_id"] for one in listed["deliveries"]] == ["BOX", "ANA"]
    assert [one["stakeholder_id"] for one in data(project, "deliveries", "--to", "ANA")["deliveries"]] == ["ANA"]
    assert data(project, "deliveries", "--edition", "first")["deliveries"] == []
    assert list(listed["deliveries"][0]) == list(found["deliveries"][0])


def test_a_reason_and_a_repetition_go_together(tmp_path: Path) -> None:
    """One without the other is wrong use."""
    project = copied(tmp_path / "audit", BOX)
    for words in (("--again",), ("--reason", "because"), ("--again", "--reason", " ")):
        with pytest.raises(UsageError, match="go together"):
            call(project, "distribute", "--dry-run", *words)


def test_no_password_is_in_what_a_bug_would_print(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parts in which it is held do not show it."""
    monkeypatch.setenv("SCAUDIT_SMTP_PASSWORD", PASSWORD)
    project = copied(tmp_path / "audit", BEN, delivery=server(free_port(), f'security = "none"\nuser = "{USER}"'))
    post = Post(find_project(project), planned(project).packages, clock)
    assert PASSWORD not in repr(vars(post))
    assert os.environ["SCAUDIT_SMTP_PASSWORD"] == PASSWORD
