"""Ahead: what is heavy to load, loaded while the database is at work, which needs no interpreter meanwhile."""

from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from threading import Thread

TO_PRINT = ("scaudit.scorecard.pdf", "scaudit.document.finishing", "scaudit.document.sealing")


def load_ahead(modules: Iterable[str]) -> None:
    """Begin to load modules, one after the other. Whoever wants one waits for it, or is told what is wrong with it."""
    Thread(target=_load, args=(tuple(modules),), name="scaudit-ahead").start()


def _load(modules: Iterable[str]) -> None:
    for module in modules:
        with suppress(ImportError, OSError):
            import_module(module)
