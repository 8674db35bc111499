"""Audited: what an audit gave, to whoever called it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from scaudit.counts import CheckReport
from scaudit.results import Results
from scaudit.vanishing import Vanished


@dataclass(frozen=True)
class Outcome:
    """What a run gave: its edition, its counts, and the files of it, relative to the edition's folder.

    `tell` gives its results, which may be many, to whoever wants to see them.
    `vanished` are the rows that the results published before still had; no edition says a word of them. `notes` are
    sentences on what the run found amiss around it, and set right: runs that were killed, files that were damaged.
    `unchanged` says so in a sentence where nothing was to be done.
    """

    tell: Callable[[], Results]
    edition: str
    report: CheckReport
    files: tuple[str, ...]
    vanished: tuple[Vanished, ...] = ()
    notes: tuple[str, ...] = ()
    unchanged: str = ""

    @cached_property
    def results(self) -> Results:
        """What was scored; of a run that changed nothing, what is published."""
        return self.tell()
