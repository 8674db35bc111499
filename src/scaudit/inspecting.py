"""Inspecting: read and check a project without scoring it."""

import shutil
import tempfile
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from scaudit import warehouse
from scaudit.checking import CheckReport, check
from scaudit.copies import Copy, compare_copies
from scaudit.outcome import rows
from scaudit.project import find_project
from scaudit.reading import InputFile, Progress, read_inputs, silent


@dataclass(frozen=True)
class Inspection:
    """What reading and checking found: files, counts by table, the quarantine, and the kept copies."""

    inputs: tuple[InputFile, ...]
    report: CheckReport
    quarantine: tuple[dict[str, Any], ...]
    copies: tuple[Copy, ...]

    @property
    def clean(self) -> bool:
        """True where no row is held and no kept copy differs."""
        return not self.quarantine and all(copy.state in ("same", "unmarked") for copy in self.copies)

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
        }


def inspect(start: Path, progress: Progress = silent) -> Inspection:
    """Read and check the project that `start` lies in. Raises ProjectError where it cannot be used."""
    project = find_project(start)
    private = Path(tempfile.mkdtemp(prefix="scaudit-"))
    try:
        with closing(warehouse.connect(private / "check.duckdb")) as con:
            inputs = read_inputs(con, project, progress)
            report = check(con, project, progress)
            return Inspection(
                tuple(inputs), report, tuple(rows(con, "quarantine")), tuple(compare_copies(con, project.root))
            )
    finally:
        shutil.rmtree(private, ignore_errors=True)
