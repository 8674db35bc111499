"""The order of a run: what is asked of it, and where it works."""

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from scaudit.project import find_project
from scaudit.publishing import RESULTS
from scaudit.workplace import runs_folder


@dataclass(frozen=True)
class Order:
    """What is asked of a run: for which days, under which name, which cards, signed or not.

    `by` are the sorts of groups that get cards beside items, where those of the settings are not meant.
    """

    root: Path
    as_of: date
    known_on: date
    run_id: str
    edition: str = ""
    items: tuple[str, ...] = ()
    with_pdf: bool = True
    synthetic: bool = False
    event: str = ""
    sign: bool = True
    fresh: bool = False
    by: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the edition: by default the as-of day."""
        return self.edition or self.as_of.isoformat()

    @property
    def asked(self) -> dict[str, Any]:
        """What shapes the edition: two orders that ask for the same, of the same inputs, get the same."""
        return {**asdict(self), "edition": self.name, "root": "", "run_id": "", "fresh": False}

    @property
    def private(self) -> Path:
        """The folder in which the run works until it publishes."""
        return runs_folder(find_project(self.root)) / self.run_id

    @property
    def database(self) -> Path:
        """The database of the run."""
        return self.private / RESULTS
