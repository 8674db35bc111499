"""Letters: what goes with documents: what they are, how things stand, what moved, how to check, to answer, to leave.

The words are templates of the project, `mail.<language>.txt` and `.html` beside those of the scorecards.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import TextWrapper
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, select_autoescape

from scaudit.contents import Document
from scaudit.errors import ProjectError
from scaudit.packaging import Package, Parcel
from scaudit.project import Settings
from scaudit.scorecard.wording import ended

DEFAULT = "en"
SUBJECT, WIDTH = 160, 76


@dataclass(frozen=True)
class Enclosure:
    """A document as a letter names it: why it goes out, what moved, its file, and who signed it.

    `link` is where it lies, of documents that are too heavy to go with the letter.
    """

    document: Document
    parcel: Parcel
    name: str
    link: str
    signer: str
    demonstration: bool


@dataclass(frozen=True)
class Letter:
    """The words that go with documents, as text and as a page."""

    language: str
    subject: str
    text: str
    html: str


def file_name(document: Document) -> str:
    """Under which name a document goes out: that of its file; of a group with the sort before it, as no item has it."""
    by, parted, _ = document.id.partition(":")
    return f"{by}={Path(document.path).name}" if parted else Path(document.path).name


def letter(
    package: Package, contents: Mapping[str, bytes], settings: Settings, templates: Path, *, linked: bool = False
) -> Letter:
    """The letter of a package, in the language of its stakeholder where there are words for it, else in English.

    `contents` are the files by document; `linked` says that they lie under the link of the settings and do not go with
    the letter. Raises ProjectError where a template cannot be used.
    """
    words = {
        "name": package.stakeholder.name,
        "stakeholder": package.stakeholder.id,
        "channel": package.stakeholder.channel,
        "edition": package.edition,
        "settings": settings,
        "contact": ended(settings.contact),
        "reply_to": settings.delivery.reply_to or settings.delivery.sender,
        "unsubscribe": unsubscribe(settings),
        "correction": any(one.reason == "correction" for one in package.parcels),
        "notes": _notes(package.parcels, settings.notes),
        "enclosures": [
            _enclosure(one, package, contents[one.document.id], settings, linked) for one in package.parcels
        ],
    }
    language = _language(templates, package.stakeholder.language)
    pages = _environment(templates)
    try:
        text = pages.get_template(f"mail.{language}.txt")
        subject = "".join(text.blocks["subject"](text.new_context(words)))
        html = pages.get_template(f"mail.{language}.html").render(words)
        return Letter(language, " ".join(subject.split())[:SUBJECT], _wrapped(text.render(words)), html)
    except (TemplateError, KeyError) as error:
        raise ProjectError(
            f"The templates {templates}/mail.{language}.* cannot be used ({error}); mend them."
        ) from error


def unsubscribe(settings: Settings) -> str:
    """Where a mail goes that asks for no more of them; empty where no mail goes out at all."""
    delivery = settings.delivery
    return delivery.unsubscribe or delivery.reply_to or delivery.sender


def visible(text: str) -> str:
    """Text on one line, with what a reader could not see, or what turns text around, named by number."""
    hidden = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return "".join(
        " " if sign in "\n\r\t" else f"[U+{ord(sign):04X}]" if unicodedata.category(sign) in hidden else sign
        for sign in text
    )


def _wrapped(text: str) -> str:
    """Text in lines that any program can show, the rest of a line under where it begins."""
    wrapper = TextWrapper(WIDTH, break_long_words=False, break_on_hyphens=False)
    lines = []
    for line in text.strip().splitlines():
        wrapper.subsequent_indent = " " * (len(line) - len(line.lstrip(" -")))
        lines.append(wrapper.fill(line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def _environment(templates: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(templates),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _printable(value: Any) -> Any:
    # what is escaped already is a str of its own kind, and comes from templates only
    return visible(value) if type(value) is str else value


def _language(templates: Path, wanted: str) -> str:
    """The language of which there are words: as wanted, without its region, or English."""
    parts = wanted.lower().split("-")
    tried = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)] if all(map(str.isalnum, parts)) else []
    return next((name for name in tried if (templates / f"mail.{name}.txt").is_file()), DEFAULT)


def _enclosure(parcel: Parcel, package: Package, content: bytes, settings: Settings, linked: bool) -> Enclosure:
    document, base = parcel.document, settings.delivery.link.rstrip("/")
    signer, demonstration = _signed(content) if document.signed else ("", False)
    link = f"{base}/{quote(package.edition.name)}/{quote(document.path)}" if linked else ""
    return Enclosure(document, parcel, file_name(document), link, signer, demonstration)


def _signed(content: bytes) -> tuple[str, bool]:
    """By whom a file is signed, as it says itself, and whether by a key that proves nothing."""
    from scaudit.document.signature import inspect  # noqa: PLC0415 (heavy, and wanted only where something is signed)

    signature = inspect(content)
    return (signature.signer, signature.demonstration) if signature else ("", False)


def _notes(parcels: Sequence[Parcel], notes: Mapping[str, str]) -> list[str]:
    """The sentences that the cards of a package carry: those whose key begins the id of one of its items."""
    told = (((one.document.id,) if one.document.is_card else one.document.items) for one in parcels)
    items = [item for part in told for item in part]
    return [notes[prefix] for prefix in sorted(notes) if not prefix or any(one.startswith(prefix) for one in items)]
