"""Mailing: one mail to one recipient, with the documents attached or named by a link."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote

from scaudit.addresses import mail_address
from scaudit.errors import ProjectError
from scaudit.letters import Letter, file_name, unsubscribe
from scaudit.packaging import Package
from scaudit.project import Settings

UNSUBSCRIBE = "List-Unsubscribe"


class _Whole(UnstructuredHeader, BaseHeader):
    """A header that stays on one line: an address for programs, which the library would encode where it is long."""

    def fold(self, *, policy: Any) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type(UNSUBSCRIBE, _Whole)
POLICY = SMTP.clone(cte_type="7bit", header_factory=_HEADERS)
"""Lines end as on the wire, and every byte is one that any server passes on unchanged."""
TYPES = {"pdf": ("application", "pdf"), "html": ("text", "html"), "json": ("application", "json")}


def message_id(package: Package, settings: Settings) -> str:
    """The Message-ID of a package: the same however often it is tried."""
    return f"<{package.id}@{settings.delivery.sender.rpartition('@')[2]}>"


def linked(package: Package, settings: Settings) -> bool:
    """Whether the documents are too heavy to be attached. Raises ProjectError where they lie under no link either."""
    if package.size <= settings.delivery.size_limit:
        return False
    if not settings.delivery.link:
        raise ProjectError(
            f"The documents for {package.stakeholder.id} weigh {package.size / 1e6:.1f} MB, and delivery.size_limit_mb "
            f"is {settings.delivery.size_limit_mb:g}; raise it, or set delivery.link to where editions can be read."
        )
    return True


def message(
    package: Package, letter: Letter, contents: Mapping[str, bytes], settings: Settings, now: datetime
) -> EmailMessage:
    """The mail of a package, dated `now` (UTC); the same bytes for the same input.

    Without `contents` nothing is attached. Raises ProjectError where there is no sender or the address is none.
    """
    who, delivery = package.stakeholder, settings.delivery
    address = mail_address(who.address)
    if not delivery.sender or address is None:
        missing = f"{who.address!r} is no e-mail address" if delivery.sender else "No delivery.sender is set"
        raise ProjectError(f"{missing}; nothing can be mailed to {who.id}.")
    mail = EmailMessage(POLICY)
    mail["From"] = Address(_plain(settings.publisher), addr_spec=delivery.sender)
    mail["To"] = Address(_plain(who.name), addr_spec=address)
    if delivery.reply_to:
        mail["Reply-To"] = Address(addr_spec=delivery.reply_to)
    mail["Subject"] = _plain(letter.subject)
    mail["Date"] = format_datetime(now.replace(tzinfo=UTC))
    mail["Message-ID"] = message_id(package, settings)
    mail[UNSUBSCRIBE] = f"<mailto:{unsubscribe(settings)}?subject={quote(f'unsubscribe {who.id}')}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text)
    mail.add_alternative(letter.html, subtype="html")
    for one in package.parcels if contents else ():
        _attach(mail, file_name(one.document), contents[one.document.id])
    mail["Content-Language"] = letter.language
    _bound(mail, package.id)
    _check(mail, address)
    return mail


def _attach(mail: EmailMessage, name: str, content: bytes) -> None:
    kind, subtype = TYPES.get(name.rpartition(".")[2], ("application", "octet-stream"))
    mail.add_attachment(content, maintype=kind, subtype=subtype, filename=name)
    if kind == "text":
        next(part for part in mail.iter_attachments() if part.get_filename() == name).set_param("charset", "utf-8")


def _plain(text: str) -> str:
    """Text for a header: one line, without signs that end it, hide in it or turn it around."""
    hidden = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return " ".join("".join(" " if unicodedata.category(sign) in hidden else sign for sign in text).split())


def _bound(mail: EmailMessage, name: str) -> None:
    """Set what stands between the parts, which the library would draw by chance."""
    for number, part in enumerate(one for one in mail.walk() if one.is_multipart()):
        part.set_boundary(f"={name}={number}=")


def _check(mail: EmailMessage, address: str) -> None:
    """Read the mail back: its headers are those that were set, and it goes to one address alone."""
    found = BytesParser(policy=POLICY).parsebytes(mail.as_bytes(), headersonly=True)
    names: Sequence[str] = [name for name in mail.keys() if name != "Content-Type"]  # noqa: SIM118 (names may repeat)
    read = [name for name in found.keys() if name != "Content-Type"]  # noqa: SIM118
    to = [one.addr_spec for one in getattr(found["To"], "addresses", ())]
    if read != names or to != [address] or found["Cc"] or found["Bcc"]:
        raise AssertionError(f"a mail reads back otherwise than it was written: {read}, to {len(to)} addresses")
