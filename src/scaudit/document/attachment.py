"""Attachments: the data that a document rests on, inside its PDF, and the digest of them all."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Relationship = Literal["Data", "Supplement"]


@dataclass(frozen=True)
class Attachment:
    """A file inside a PDF. `relationship` is the associated file's of PDF/A-3 (ISO 19005-3, annex E)."""

    name: str
    description: str
    relationship: Relationship
    content: bytes


def data_digest(attachments: Iterable[Attachment]) -> str:
    """The SHA-256 of the list of all attachments, in hexadecimal digits.

    The list has one line for each, `<SHA-256>  <name>`, in the order of their names: what `sha256sum *` prints.
    """
    lines = [f"{hashlib.sha256(one.content).hexdigest()}  {one.name}\n" for one in attachments]
    return hashlib.sha256("".join(sorted(lines, key=lambda line: line.split("  ", 1)[1])).encode()).hexdigest()
