"""Inspecting: read and check a project without scoring it."""

import shutil
import tempfile
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from scaudit import warehouse
from scaudit.checking import check
from scaudit.copies import Copy, compare_copies
from scaudit.counts import CheckReport
from scaudit.outcome import rows
from scaudit.project import find_project
from scaudit.reading import InputFile, Progress, read_inputs, silent
from scaudit.records import read_records
from scaudit.vanishing import Vanished, vanished


@dataclass(frozen=True)
class Inspection:
    """What reading and checking found: files, counts by table, the quarantine, the kept copies, rows that vanished.

    Files of single cases are among the `inputs`; their rows are not checked one by one. `shared_addresses` are e-mail
    addresses of several stakeholders, which is no fault: each gets a mail of their own.
    """

    inputs: tuple[InputFile, ...]
    report: CheckReport
    quarantine: tuple[dict[str, Any], ...]
    copies: tuple[Copy, ...]
    vanished: tuple[Vanished, ...]
    shared_addresses: tuple[dict[str, Any], ...] = ()

    @property
    def clean(self) -> bool:
        """True where no row is held, none has vanished since the last edition, and no kept copy differs."""
        whole = not self.quarantine and not self.vanished
        return whole and all(copy.state in ("same", "unmarked") for copy in self.copies)

    def as_json(self) -> dict[str, Any]:
        """For programs; schema scaudit/check/1."""
        return {
            "schema": "scaudit/check/1",
            "read": self.report.read,
            "loaded": self.report.loaded,
            "quarantined": self.report.quarantined,
            "files": [asdict(one) for one in self.inputs],
            "quarantine": list(self.quarantine),
            "copies": [asdict(one) for one in self.copies],
            "vanished": [asdict(one) for one in self.vanished],
            "shared_addresses": list(self.shared_addresses),
        }


def inspect(start: Path, progress: Progress = silent) -> Inspection:
    """Read and check the project that `start` lies in. Raises ProjectError where it cannot be used."""
    project = find_project(start)
    private = Path(tempfile.mkdtemp(prefix="scaudit-"))
    try:
        with closing(warehouse.connect(private / "check.duckdb")) as con:
            inputs = read_inputs(con, project, progress)
            report = check(con, project, progress)
            records = read_records(con, project, progress)
            return Inspection(
                inputs=(*inputs, *records.inputs),
                report=report,
                quarantine=tuple(rows(con, "quarantine")),
                copies=tuple(compare_copies(con, project.root)),
                vanished=vanished(con, project.state),
                shared_addresses=tuple(rows(con, "shared_addresses")),
            )
    finally:
        shutil.rmtree(private, ignore_errors=True)
