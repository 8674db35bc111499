"""Sending: one mail to one mail server by SMTP, and what its answer means for the delivery.

The library's own `sendmail` hides where a line broke. Here each step is taken by itself, since what matters is whether
the last line of the mail had gone out when it did.
"""

import base64
import os
import re
import smtplib
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from scaudit.errors import ProjectError
from scaudit.mailroom import Smtp

Meaning = Literal["delivered", "failed for now", "failed for good", "possibly delivered"]
DONE, GO_ON, TEMPORARY, PERMANENT = 2, 3, 4, 5
"""The first digit of a server's answer."""
LONGEST = 500  # characters of a server's answer that are kept
END = b".\r\n"


@dataclass(frozen=True)
class Answer:
    """What became of a mail. `closed` says that it is the server that cannot be used, and not this mail."""

    meaning: Meaning
    words: str
    closed: bool = False


@dataclass(frozen=True)
class Mail:
    """A mail as it goes out: from one address to one address."""

    sender: str
    address: str
    content: bytes


class _RefusedError(Exception):
    """A server's answer that ends the talk; `ours` where it would be the same for every mail."""

    def __init__(self, code: int, said: bytes | str, *, ours: bool = False) -> None:
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        super().__init__(f"{code} {text}")
        self.code, self.ours = code, ours


def password(smtp: Smtp) -> str:
    """The password of the login, from the environment; empty where nobody logs in.

    Raises ProjectError where it is not set.
    """
    if not smtp.user:
        return ""
    found = os.environ.get(smtp.password_env, "")
    if not found:
        raise ProjectError(f"The environment variable {smtp.password_env} is not set; it holds the mail password.")
    return found


def trust(smtp: Smtp, root: Path) -> ssl.SSLContext:
    """Whose certificates are believed: the machine's, or those of `ca_file`. The server's name is always checked."""
    if not smtp.ca_file:
        return ssl.create_default_context()
    try:
        return ssl.create_default_context(cafile=str(root / smtp.ca_file))
    except OSError as error:
        raise ProjectError(f"delivery.smtp.ca_file = {smtp.ca_file!r} cannot be used: {error}.") from error


def send(mail: Mail, smtp: Smtp, secret: str, context: ssl.SSLContext, before: Callable[[], None]) -> Answer:
    """Hand a mail to the server; `before` is called when everything is ready, right before its text goes out.

    Raises nothing that a server or a network does.
    """
    hidden = _forms(smtp.user, secret)
    server = _ready(smtp, secret, context, mail.sender, hidden)
    if isinstance(server, Answer):
        return server
    try:
        return _handed(server, mail, hidden, before)
    finally:
        server.close()


def reach(smtp: Smtp, secret: str, context: ssl.SSLContext, sender: str) -> str:
    """Why the server takes nothing from us, in words; empty where it would. Nothing is sent."""
    server = _ready(smtp, secret, context, sender, _forms(smtp.user, secret))
    if isinstance(server, Answer):
        return server.words
    with suppress(OSError, smtplib.SMTPException):
        server.quit()
    return ""


def _ready(
    smtp: Smtp, secret: str, context: ssl.SSLContext, sender: str, hidden: Sequence[str]
) -> smtplib.SMTP | Answer:
    """A server that is ready for a mail, or why there is none."""
    try:
        return _connected(smtp, secret, context, sender)
    except _RefusedError as error:
        return _refused(error, hidden)
    except (OSError, smtplib.SMTPException) as error:
        return Answer("failed for now", _said(f"the mail server cannot be used: {error}", hidden), closed=True)


def _connected(smtp: Smtp, secret: str, context: ssl.SSLContext, sender: str) -> smtplib.SMTP:
    """A server that knows us, over a line that nobody else reads."""
    host, port, name, seconds = smtp.host, smtp.door, sender.rpartition("@")[2], smtp.timeout
    try:
        server = (
            smtplib.SMTP_SSL(host, port, name, timeout=seconds, context=context)
            if smtp.security == "tls"
            else smtplib.SMTP(host, port, name, seconds)
        )
        try:
            _introduced(server, smtp, secret, context)
        except BaseException:
            server.close()
            raise
    except smtplib.SMTPResponseException as error:
        raise _RefusedError(error.smtp_code, error.smtp_error, ours=True) from error
    return server


def _introduced(server: smtplib.SMTP, smtp: Smtp, secret: str, context: ssl.SSLContext) -> None:
    server.ehlo_or_helo_if_needed()
    if smtp.security == "starttls":
        server.starttls(context=context)
        server.ehlo()
    if smtp.user:
        server.login(smtp.user, secret)


def _handed(server: smtplib.SMTP, mail: Mail, hidden: Sequence[str], before: Callable[[], None]) -> Answer:
    """Sender, recipient and text to a server that is ready, and its word on each."""
    out = False
    try:
        _expected(server.mail(mail.sender), DONE, ours=True)
        _expected(server.rcpt(mail.address), DONE)
        before()
        _expected(server.docmd("DATA"), GO_ON)
        server.send(_stuffed(mail.content))
        out = True
        server.send(END)
        said = _expected(server.getreply(), DONE)
    except _RefusedError as error:
        return _refused(error, hidden)
    except (OSError, smtplib.SMTPException) as error:
        if out:
            return Answer("possibly delivered", _said(f"no answer after the mail had gone out: {error}", hidden))
        return Answer("failed for now", _said(f"the line broke before the mail had gone out: {error}", hidden))
    return Answer("delivered", _said(said, hidden))


def _expected(answer: tuple[int, bytes], kind: int, *, ours: bool = False) -> str:
    """The words of an answer of the kind that is expected.

    What is neither that nor a refusal is no answer. That a sender is refused for good is no fault of one mail.
    """
    code, said = answer
    if code // 100 == kind:
        return f"{code} {said.decode('utf-8', 'replace')}"
    if code // 100 in (TEMPORARY, PERMANENT):
        raise _RefusedError(code, said, ours=ours and code // 100 == PERMANENT)
    raise smtplib.SMTPException(f"an answer that is none: {code} {said!r}")


def _refused(error: _RefusedError, hidden: Sequence[str]) -> Answer:
    """5xx is for good, unless it is we that are refused and not the mail; anything else is for now."""
    lasting = error.code // 100 == PERMANENT and not error.ours
    return Answer("failed for good" if lasting else "failed for now", _said(str(error), hidden), closed=error.ours)


def _stuffed(content: bytes) -> bytes:
    """The text as it goes over the line: dots at the beginning of a line doubled, ended by a line break."""
    doubled = re.sub(rb"(?m)^\.", b"..", content)
    return doubled if doubled.endswith(b"\r\n") else doubled + b"\r\n"


def _forms(user: str, secret: str) -> tuple[str, ...]:
    """The forms in which a server has seen the password, and may give it back: as it is, and by LOGIN and PLAIN."""
    seen = (secret, f"\0{user}\0{secret}", f"{user}\0{user}\0{secret}")
    return (secret, *(base64.b64encode(one.encode()).decode() for one in seen)) if secret else ()


def _said(words: str, hidden: Sequence[str]) -> str:
    """An answer on one line, cut where it is long, without what is to stay hidden."""
    for form in hidden:
        words = words.replace(form, "(hidden)")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())[:LONGEST]
