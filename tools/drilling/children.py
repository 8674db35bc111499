"""The children of the drills: runs in processes of their own, from a server of processes that has all they need."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path

from scaudit.cli import main as cli

SLOWEST = 120  # seconds
CHILDREN = multiprocessing.get_context("forkserver")
CHILDREN.set_forkserver_preload(
    [
        "scaudit.cli",
        "scaudit.distributing",
        "scaudit.showing_deliveries",
        "scaudit.audit",
        "scaudit.scorecard.edition",
        "scaudit.scorecard.pdf",
        "pandera.polars",
    ]
)


def run_verb(words: Sequence[str], said: Path) -> None:
    """What a process does: the verb as the command line runs it, what it prints into a file."""
    with said.open("w", encoding="utf-8") as handle:
        os.dup2(handle.fileno(), 1)
        os.dup2(handle.fileno(), 2)
    sys.argv = ["scaudit", *words]
    cli()


def ended(child: BaseProcess, said: Path) -> int:
    """How a run ended; what is neither killed nor of its own exit codes is no drill but a bug."""
    child.join(SLOWEST)
    if child.exitcode != -signal.SIGKILL and (child.exitcode not in (0, 1) or not said.is_file()):
        child.kill()
        told = said.read_text(encoding="utf-8") if said.is_file() else "it never began"
        raise RuntimeError(f"a run ended with {child.exitcode}: {told}")
    return child.exitcode
