"""Lettering: the libraries that set text, and whether the project's fonts are what they really use.

It is looked at in a process of its own: a text library that fails takes its process with it.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from signal import Signals

from scaudit.doctor.finding import Finding, broken
from scaudit.errors import cause

WITHOUT = "or publish with --no-pdf"


def lettering(templates: Path, paper: str, limit: float) -> Iterator[Finding]:
    """The libraries, and the fonts of a folder of templates on one paper."""
    if not (templates / "fonts.css").is_file():
        yield broken(f"There is no {templates / 'fonts.css'}", "restore the shipped templates", check="Fonts")
        return
    command = [sys.executable, "-m", "scaudit.doctor.lettering_tried", str(templates), paper]
    try:
        done = subprocess.run(  # noqa: S603 (our own interpreter, with a path and a word of the settings)
            command, capture_output=True, text=True, check=False, timeout=limit, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        yield broken(f"no page was printed within {limit:g} seconds", f"allow more by --limit, {WITHOUT}")
        return
    yield from _read(done)


def _read(done: "subprocess.CompletedProcess[str]") -> Iterator[Finding]:
    """The findings that the process printed last, or how it ended."""
    if done.returncode < 0:
        name = Signals(-done.returncode).name
        yield broken(f"the text library ended its process ({name})", f"install Pango and HarfBuzz anew, {WITHOUT}")
    elif done.returncode:
        last = (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]
        yield broken(f"this check itself failed: {cause(Exception(last))}", "this is a mistake in scaudit; report it")
    else:
        yield from (Finding(**one) for one in json.loads(done.stdout.splitlines()[-1]))
