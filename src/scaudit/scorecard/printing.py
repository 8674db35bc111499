"""Printing: a page to a PDF file, finished, sealed and signed. Never in threads: the text library does not bear it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from scaudit.document.attachment import Attachment
from scaudit.document.key_source import KeySource
from scaudit.document.marks import Marks
from scaudit.errors import ProjectError

_ALONE = Lock()  # a cluster may run what it is given in threads of one process


@dataclass(frozen=True)
class Sheet:
    """One document to print: its file, its text as XHTML, what it says of itself, and what it carries."""

    path: Path
    html: str
    marks: Marks
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Press:
    """With what sheets are printed: the templates, the paper, and the key of the signature, if there is to be one."""

    templates: Path
    paper: str
    key: KeySource | None = None


@dataclass(frozen=True)
class Printed:
    """The SHA-256 of a file, and of what it was before it was signed, which is the same every time."""

    sha256: str
    unsigned: str


def print_sheet(press: Press, sheet: Sheet) -> Printed:
    """Print, finish, seal and sign one sheet.

    Raises ProjectError where PDFs cannot be made here, or where a page asks for what is not the project's.
    """
    # heavy, and wanted only where a PDF is
    from scaudit.document.blocks import fill  # noqa: PLC0415
    from scaudit.document.finishing import finish  # noqa: PLC0415
    from scaudit.document.sealing import seal  # noqa: PLC0415

    try:
        from scaudit.scorecard.pdf import printer  # noqa: PLC0415
    except OSError as error:
        message = f"PDFs need the Pango library ({error}); install libpangoft2-1.0-0 or use --no-pdf"
        raise ProjectError(message) from error
    with _ALONE:
        printed = printer(press.templates, press.paper).print(sheet.html, sheet.attachments, sheet.marks.as_of)
    sealed = seal(fill(finish(printed, sheet.marks, sheet.html)))
    content = _signed(sealed, press.key) if press.key else sealed
    sheet.path.write_bytes(content)
    unsigned = hashlib.sha256(sealed).hexdigest()
    return Printed(hashlib.sha256(content).hexdigest() if press.key else unsigned, unsigned)


Printing = Callable[[Press, Sheet], Callable[[], Printed]]
"""A way to have a sheet printed: it is begun at once, and what was printed is there when that is asked for."""


def at_once(press: Press, sheet: Sheet) -> Callable[[], Printed]:
    """Have a sheet printed here and now. Raises ProjectError as `print_sheet` does."""
    printed = print_sheet(press, sheet)
    return lambda: printed


def _signed(pdf: bytes, key: KeySource) -> bytes:
    from scaudit.document.signing import sign  # noqa: PLC0415 (heavy, and wanted only where there is a key)

    return sign(pdf, key)
