"""Recipients: who should get what, by which way, as the inputs have it at this moment.

They are read anew for every distribution, not taken from the last audit: who has asked to be left alone gets nothing
more from the next one on.
"""

import shutil
import tempfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from scaudit import warehouse
from scaudit.checking import check
from scaudit.contract import ALL, TABLES
from scaudit.deliveries import Channel
from scaudit.outcome import rows
from scaudit.project import Project
from scaudit.reading import Progress, read_inputs, silent

NAMELESS = "a row without an id"
NEEDED = {name: TABLES[name] for name in ("bodies", "sources", "recommendations", "stakeholders")}
"""The tables by which stakeholders are checked: no evidence is read to send what was made of it."""


@dataclass(frozen=True)
class Stakeholder:
    """One who gets documents: by mail or into a folder, of which items, and when; of a body its card, too."""

    id: str
    name: str
    channel: Channel
    address: str
    items: tuple[str, ...]
    what: str
    occasion: str
    language: str = "en"
    active: bool = True
    body: str = ""

    @property
    def everything(self) -> bool:
        """Whether it subscribed to all items, those of later editions too."""
        return ALL in self.items

    @property
    def only_changes(self) -> bool:
        """Whether it wants nothing that says the same as what it has."""
        return self.occasion == "only_changes"


@dataclass(frozen=True)
class Recipients:
    """All stakeholders by id, and of those held in quarantine the reason."""

    known: Mapping[str, Stakeholder]
    held: Mapping[str, str] = field(default_factory=dict)


def recipients(project: Project, progress: Progress = silent) -> Recipients:
    """The stakeholders of a project, read and checked now. Raises ProjectError where the inputs cannot be read."""
    private = Path(tempfile.mkdtemp(prefix="scaudit-"))
    try:
        with closing(warehouse.connect(private / "check.duckdb")) as con:
            read_inputs(con, project, progress, NEEDED)
            check(con, project, progress, NEEDED)
            found = {row["stakeholder_id"]: _stakeholder(row) for row in rows(con, "stakeholders")}
            faults = [row for row in rows(con, "quarantine") if row["table_name"] == "stakeholders"]
    finally:
        shutil.rmtree(private, ignore_errors=True)
    held: dict[str, list[str]] = {}
    for row in faults:
        held.setdefault(row["key"] or NAMELESS, []).append(f"{row['column'] or 'row'}: {row['reason']}")
    return Recipients(found, {key: "; ".join(reasons) for key, reasons in held.items() if key not in found})


def _stakeholder(row: Mapping[str, object]) -> Stakeholder:
    items = row["items"]
    named = {name: str(row[name]) for name in ("name", "address", "what", "occasion", "language")}
    return Stakeholder(
        id=str(row["stakeholder_id"]),
        channel="email" if row["channel"] == "email" else "folder",
        items=tuple(str(item) for item in items) if isinstance(items, list) else (),
        active=bool(row["active"]),
        body=str(row["body_id"] or ""),
        **named,
    )
