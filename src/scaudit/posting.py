"""Posting: one package out by its channel, with word of each step in the ledger before the step."""

import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from scaudit import dropping
from scaudit.deliveries import Line, Outcome, record
from scaudit.errors import ProjectError, cause
from scaudit.letters import file_name, letter
from scaudit.mailing import linked, message, message_id
from scaudit.mailroom import Smtp
from scaudit.packaging import Package
from scaudit.project import Project
from scaudit.sending import Answer, Mail, password, send, trust

Clock = Callable[[], datetime]
LETTER = "READ_ME"


@dataclass(frozen=True)
class Told:
    """What became of a package in this run: its last lines in the ledger. `closed`: the server takes no mail at all."""

    package: Package
    lines: tuple[Line, ...]
    closed: bool = False

    @property
    def last(self) -> Line:
        """What all its lines have in common is read from this one."""
        return self.lines[0]


@dataclass(frozen=True)
class _Server:
    smtp: Smtp
    secret: str = field(repr=False)
    trust: ssl.SSLContext


class Post:
    """Where packages are posted from: a project with its settings, its mail server and its key."""

    def __init__(self, project: Project, packages: Sequence[Package], now: Clock) -> None:
        """Look whether everything is there that these packages need, before the first goes out.

        Raises ProjectError where it is not.
        """
        self._project, self._now, self._delivery = project, now, project.settings.delivery
        self._linked = {one.id: linked(one, project.settings) for one in packages if _mailed(one)}
        self._server = self._opened() if self._linked else None
        self._deliveries = self._delivery.place(project.root)
        self._signed = self._signature() if len(self._linked) < len(packages) else None

    def _opened(self) -> _Server:
        smtp = self._delivery.smtp
        if smtp is None or not self._delivery.sender:
            raise ProjectError(
                "Nothing can be mailed: scaudit.toml has no delivery.sender, or no server in [delivery.smtp]."
            )
        return _Server(smtp, password(smtp), trust(smtp, self._project.root))

    def _signature(self) -> Callable[[bytes], bytes] | None:
        """What signs the digests of a folder, where documents are signed."""
        key = self._project.key
        if key is None:
            return None
        # heavy, and wanted only where there is a key
        from scaudit.document.detached import detached  # noqa: PLC0415

        detached(b"", key)
        return lambda content: detached(content, key)

    def post(self, package: Package) -> Told:
        """Send a package, and write down what became of it."""
        contents = {one.document.id: package.edition.content(one.document) for one in package.parcels}
        if _mailed(package):
            mail = self._mail(package, contents)
            lines = self._noted(package, message_id(package, self._project.settings))
            answer = self._sent(mail, lines)
        else:
            target = dropping.place(self._deliveries, package.stakeholder.address, package.edition.name)
            files = self._files(package, contents)
            lines = self._noted(package, target.relative_to(self._deliveries).as_posix())
            answer = self._dropped(package, files, lines)
        return self._settled(package, lines, answer)

    def _noted(self, package: Package, name: str) -> list[Line]:
        lines = told(package, "preparing", self._now(), name)
        record(self._project.state, lines)
        return lines

    def _going(self, lines: Sequence[Line]) -> Callable[[], None]:
        """What writes down, at the last moment, that a package goes out."""
        at, state = self._now, self._project.state
        return lambda: record(state, [replace(one, outcome="sending", at=at()) for one in lines])

    def _mail(self, package: Package, contents: Mapping[str, bytes]) -> Mail:
        settings, is_linked = self._project.settings, self._linked[package.id]
        words = letter(package, contents, settings, self._project.templates, linked=is_linked)
        written = message(package, words, {} if is_linked else contents, settings, self._now())
        return Mail(self._delivery.sender, written["To"].addresses[0].addr_spec, written.as_bytes())

    def _sent(self, mail: Mail, lines: Sequence[Line]) -> Answer:
        if self._server is None:
            raise AssertionError("a mail was not among the packages that were looked at")
        return send(mail, self._server.smtp, self._server.secret, self._server.trust, self._going(lines))

    def _files(self, package: Package, contents: Mapping[str, bytes]) -> dict[str, bytes]:
        words = letter(package, contents, self._project.settings, self._project.templates)
        documents = {file_name(one.document): contents[one.document.id] for one in package.parcels}
        return {**documents, f"{LETTER}.txt": words.text.encode(), f"{LETTER}.html": words.html.encode()}

    def _dropped(self, package: Package, files: Mapping[str, bytes], lines: Sequence[Line]) -> Answer:
        target = self._deliveries / lines[0].message_id
        try:
            dropping.drop(target, package.id, files, self._going(lines), self._signed)
        except OSError as error:
            return Answer("failed for now", cause(error))
        return Answer("delivered", f"lies in {target}")

    def _settled(self, package: Package, lines: Sequence[Line], answer: Answer) -> Told:
        outcome, next_try = self._judged(package, answer)
        at = self._now()
        last = tuple(replace(one, outcome=outcome, at=at, answer=answer.words, next_try=next_try) for one in lines)
        record(self._project.state, last)
        return Told(package, last, answer.closed)

    def _judged(self, package: Package, answer: Answer) -> tuple[Outcome, datetime | None]:
        """What failed for now is tried again after a longer wait each time, and given up after the last.

        While the server takes no mail at all, nothing is given up: that is no fault of a delivery.
        """
        if answer.meaning != "failed for now":
            return answer.meaning, None
        waits, failed = self._delivery.waits, package.failures
        if failed >= len(waits) and not (answer.closed and waits):
            return "given up", None
        return "failed for now", self._now() + timedelta(minutes=waits[min(failed, len(waits) - 1)])


def told(package: Package, outcome: Outcome, at: datetime, name: str) -> list[Line]:
    """The lines of a package for the ledger, one a document; `name` is its Message-ID or its place."""
    who = package.stakeholder
    return [
        Line(
            delivery_id=package.id,
            stakeholder_id=who.id,
            edition=package.edition.name,
            document_id=one.document.id,
            digest=one.document.digest,
            substance=one.document.substance,
            channel=who.channel,
            address=who.address,
            reason=one.reason,
            why=one.why,
            attempt=package.attempt,
            outcome=outcome,
            at=at,
            message_id=name,
            status=one.document.status,
            words=one.document.words,
        )
        for one in package.parcels
    ]


def _mailed(package: Package) -> bool:
    return package.stakeholder.channel == "email"
