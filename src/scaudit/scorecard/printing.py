"""Printing: many pages to PDF files, in worker processes where that is worth their start.

Never in threads: the text library does not bear it. Every worker keeps one printer, warm.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from scaudit.errors import ProjectError

WORTH_IT = 4  # a worker takes a second to start; fewer pages are sooner printed here
AT_ONCE = 64  # pages whose text is held in memory at a time


@dataclass(frozen=True)
class Sheet:
    """One page to print: its name, for people, the file it goes to, and its text as XHTML."""

    name: str
    path: Path
    html: str


def print_all(
    sheets: Iterator[Sheet], count: int, templates: Path, paper: str, workers: int, progress: Callable[[str], None]
) -> None:
    """Print `count` sheets with the styles and fonts of `templates`, in `workers` processes at most.

    Raises ProjectError where PDFs cannot be made here, or where a page asks for what is not the project's.
    """
    if workers == 1 or count < WORTH_IT:
        for sheet in sheets:
            progress(f"scorecard {sheet.name}")
            _print(templates, paper, sheet)
        return
    with (
        tempfile.TemporaryDirectory(prefix="scaudit-") as scratch,
        ProcessPoolExecutor(min(workers, count), get_context("spawn"), _start, (scratch,)) as pool,
    ):
        while batch := list(islice(sheets, AT_ONCE)):
            _print_batch(pool, templates, paper, batch, progress)


def _print_batch(
    pool: ProcessPoolExecutor, templates: Path, paper: str, batch: Sequence[Sheet], progress: Callable[[str], None]
) -> None:
    waiting = [(sheet.name, pool.submit(_print, templates, paper, sheet)) for sheet in batch]
    for name, done in waiting:
        progress(f"scorecard {name}")
        done.result()


def _start(scratch: str) -> None:
    """In a worker: keep the copies of fonts that the text library makes in a folder that goes with the run."""
    tempfile.tempdir = scratch


def _print(templates: Path, paper: str, sheet: Sheet) -> None:
    try:
        from scaudit.scorecard.pdf import printer  # noqa: PLC0415 (heavy, and wanted only where a PDF is)
    except OSError as error:
        message = f"PDFs need the Pango library ({error}); install libpangoft2-1.0-0 or use --no-pdf"
        raise ProjectError(message) from error
    sheet.path.write_bytes(printer(templates, paper).print(sheet.html))
