"""A real mail server on this machine, for tests: STARTTLS or TLS, AUTH, and every way to misbehave."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "audit", "quite secret: 7"
DROP = "drop"


@dataclass
class Received:
    """A mail as the server got it: from whom, to whom, and the text."""

    sender: str
    recipients: list[str]
    message: EmailMessage
    raw: bytes


@dataclass
class Mailbox:
    """Takes mail and keeps it; `rcpt` and `data` are its answers to addresses that it treats otherwise.

    An answer is the line that is sent, DROP to drop the line, or a number of seconds to wait before all is well.
    """

    rcpt: dict[str, str | float] = field(default_factory=dict)
    data: dict[str, str | float] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 (the library's names)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.rcpt.get(address, "250 OK")
        if isinstance(answer, str) and not answer.startswith("2"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.original_content or b""
        answer = self.data.get(envelope.rcpt_tos[0], "250 OK: taken")
        if isinstance(answer, float):
            await asyncio.sleep(answer)
            answer = "250 OK: taken, late"
        assert server.transport is not None
        if answer.startswith("2") or answer == DROP:
            self.encrypted.append(server.transport.get_extra_info("sslcontext") is not None)
            message = message_from_bytes(content, _class=EmailMessage, policy=POLICY)
            self.received.append(Received(str(envelope.mail_from), list(envelope.rcpt_tos), message, content))
        if answer == DROP:
            server.transport.abort()
        return answer

    def to(self, address: str) -> list[EmailMessage]:
        """What was taken for one address."""
        return [one.message for one in self.received if one.recipients == [address]]


@contextmanager
def serving(
    mailbox: Mailbox, tls: ssl.SSLContext | None = None, *, login: bool = False, at_once: bool = False
) -> Iterator[int]:
    """Run a mail server; gives its port. `tls` alone is STARTTLS, `at_once` TLS from the first byte."""

    def authenticated(
        _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        mailbox.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=mailbox.logins[-1] == (USER, PASSWORD), handled=False)

    port = free_port()
    wanted = {"authenticator": authenticated, "auth_required": login} if login else {}
    started = {"ssl_context": tls} if at_once else {"tls_context": tls, "require_starttls": tls is not None}
    if at_once and login:
        wanted["auth_require_tls"] = False
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, **started, **wanted)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@contextmanager
def talking(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that says what `talk` says to each who connects; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        done = threading.Event()

        def serve() -> None:
            while not done.is_set():
                try:
                    line, _ = listening.accept()
                except OSError:
                    return
                with line:
                    talk(line)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            done.set()
            listening.shutdown(socket.SHUT_RDWR)
            thread.join(5)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def certificate(folder: Path, host: str = "127.0.0.1") -> tuple[Path, ssl.SSLContext]:
    """A certificate that signs itself, for a host: the file to trust, and the server's side of it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail server of a test")])
    now = datetime.now(UTC)
    one = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "mail.pem", folder / "mail.key"
    public.write_bytes(one.public_bytes(serialization.Encoding.PEM))
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    private.write_bytes(key.private_bytes(*form))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return public, context
