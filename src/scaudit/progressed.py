"""Progressed: how far a run has come, and so what the ledger keeps of it, also where it fails half-way."""

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path

from scaudit import killed
from scaudit.counts import CheckReport
from scaudit.ledger import LedgerEntry
from scaudit.reading import InputFile, data_digest
from scaudit.vanishing import Vanished


@dataclass
class Progressed:
    """What a run that has `begun`, in its `folder`, has found and made so far; `notes` are sentences on its way."""

    begun: LedgerEntry
    folder: Path
    notes: list[str] = field(default_factory=list)
    inputs: list[InputFile] = field(default_factory=list)
    report: CheckReport | None = None
    files: list[str] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    vanished: tuple[Vanished, ...] = ()
    made_of: dict[str, str] = field(default_factory=dict)
    published: dict[str, str] = field(default_factory=dict)
    repeats: str = ""

    @property
    def said(self) -> list[str]:
        """The sentences with which it ends in the ledger; one more where it only repeats another run."""
        return [*self.notes, self.repeats] if self.repeats else self.notes

    def about_to_publish(self, files: dict[str, str]) -> None:
        """Leave word of all that is known, for the case that nobody can tell the ledger afterwards."""
        killed.note(self.folder, replace(self.ended(self.begun.started_at, killed.KILLED), files=files))

    def ended(self, at: datetime, outcome: str, message: str = "") -> LedgerEntry:
        """The run as the ledger keeps it."""
        counts = self.report
        return replace(
            self.begun,
            ended_at=at,
            outcome=outcome,
            message=message,
            data_digest=data_digest(self.inputs) if self.inputs else "",
            read=counts.read if counts else 0,
            loaded=counts.loaded if counts else 0,
            quarantined=counts.quarantined if counts else 0,
            inputs={one.file: one.sha256 for one in self.inputs},
            timings=self.timings,
            kept=self.kept,
            files=self.published,
            made_of=self.made_of,
            vanished=tuple(asdict(row) for row in self.vanished),
        )
