"""Printing: many pages to PDF files, in worker processes where that is worth their start.

Never in threads: the text library does not bear it. Every worker keeps one printer, warm.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from scaudit.document.attachment import Attachment
from scaudit.document.key_source import KeySource
from scaudit.document.marks import Marks
from scaudit.errors import ProjectError

WORTH_IT = 4  # a worker takes a second to start; fewer pages are sooner printed here
AT_ONCE = 64  # pages whose text is held in memory at a time


@dataclass(frozen=True)
class Sheet:
    """One document to print: its name, for people, its file, its text as XHTML, and what it carries beside that."""

    name: str
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


def print_all(
    sheets: Iterator[Sheet], count: int, press: Press, workers: int, progress: Callable[[str], None]
) -> dict[Path, str]:
    """Print `count` sheets, in `workers` processes at most; gives the SHA-256 of each before it was signed.

    Raises ProjectError where PDFs cannot be made here, or where a page asks for what is not the project's.
    """
    if workers == 1 or count < WORTH_IT:
        unsigned = {}
        for sheet in sheets:
            progress(f"scorecard {sheet.name}")
            unsigned[sheet.path] = _print(press, sheet)
        return unsigned
    unsigned = {}
    with (
        tempfile.TemporaryDirectory(prefix="scaudit-") as scratch,
        ProcessPoolExecutor(min(workers, count), get_context("spawn"), _start, (scratch,)) as pool,
    ):
        while batch := list(islice(sheets, AT_ONCE)):
            unsigned |= _print_batch(pool, press, batch, progress)
    return unsigned


def _print_batch(
    pool: ProcessPoolExecutor, press: Press, batch: Sequence[Sheet], progress: Callable[[str], None]
) -> dict[Path, str]:
    waiting = [(sheet, pool.submit(_print, press, sheet)) for sheet in batch]
    unsigned = {}
    for sheet, done in waiting:
        progress(f"scorecard {sheet.name}")
        unsigned[sheet.path] = done.result()
    return unsigned


def _start(scratch: str) -> None:
    """In a worker: keep the copies of fonts that the text library makes in a folder that goes with the run."""
    tempfile.tempdir = scratch


def _print(press: Press, sheet: Sheet) -> str:
    """Print, finish, seal and sign one sheet; gives the SHA-256 of what was signed, which is the same every time."""
    # heavy, and wanted only where a PDF is
    from scaudit.document.blocks import fill  # noqa: PLC0415
    from scaudit.document.finishing import finish  # noqa: PLC0415
    from scaudit.document.sealing import seal  # noqa: PLC0415
    from scaudit.document.signing import sign  # noqa: PLC0415

    try:
        from scaudit.scorecard.pdf import printer  # noqa: PLC0415
    except OSError as error:
        message = f"PDFs need the Pango library ({error}); install libpangoft2-1.0-0 or use --no-pdf"
        raise ProjectError(message) from error
    printed = printer(press.templates, press.paper).print(sheet.html, sheet.attachments, sheet.marks.as_of)
    sealed = seal(fill(finish(printed, sheet.marks, sheet.html)))
    sheet.path.write_bytes(sign(sealed, press.key) if press.key else sealed)
    return hashlib.sha256(sealed).hexdigest()
