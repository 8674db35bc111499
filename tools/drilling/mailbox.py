"""The mailbox of the drill: a server on this machine that writes down every mail, and can have a run killed."""

import asyncio
import hashlib
import random
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from multiprocessing.process import BaseProcess

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Server:
    """Takes mail, slowly at times, and writes it down; some it refuses for now, and after some it drops the line."""

    chance: random.Random
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)
    _watch: "Executioner | None" = None

    def watched_by(self, watch: "Executioner | None") -> None:
        """Have somebody hear of every step."""
        self._watch = watch

    async def handle_MAIL(  # noqa: N802 (the library's names)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take the sender."""
        await self._step()
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take the recipient, or say that the box is busy."""
        await self._step()
        if self.chance.random() < 0.05:  # noqa: PLR2004
            return "450 busy"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take the mail: from here on it is out."""
        await self._step()
        message = message_from_bytes(envelope.original_content or b"")
        for part in message.walk():
            if part.get_filename():
                content = part.get_payload(decode=True)
                self.taken[envelope.rcpt_tos[0], hashlib.sha256(bytes(content)).hexdigest()] += 1  # type: ignore[arg-type]
        await self._step()
        if self.chance.random() < 0.03 and server.transport:  # noqa: PLR2004
            server.transport.abort()
        return "250 OK"

    async def _step(self) -> None:
        if self._watch:
            self._watch.heard()
        await asyncio.sleep(self.chance.uniform(0, 0.02))


class Executioner:
    """Kills a run: a moment after the server has had so many words with it, or a moment after its start."""

    def __init__(self, child: BaseProcess, words: int, delay: float) -> None:
        self._child, self._left, self._delay = child, words, delay
        if not words:
            self._sentence()

    def heard(self) -> None:
        """Count one word of the server."""
        self._left -= 1
        if self._left == 0:
            self._sentence()

    def _sentence(self) -> None:
        timer = threading.Timer(self._delay, self._child.kill)
        timer.daemon = True
        timer.start()


@contextmanager
def serving(server: Server) -> Iterator[int]:
    """The server, listening on a port of loopback for as long as the block lasts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()
