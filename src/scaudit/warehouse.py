"""The warehouse: the results of the last good run, and the ledger of all runs, as DuckDB files.

Measured: a second process cannot open a file that a writer holds. So every run fills a private file, which is then
renamed: readers keep the old one to the end, and new ones get the new.
"""

import fcntl
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from scaudit.errors import ProjectError, UsageError
from scaudit.statement import statement

AS_JSON = ("inputs", "timings", "kept", "files", "made_of", "items", "vanished")
LISTED = 10  # runs that a message names
_SETTINGS = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


@dataclass(frozen=True)
class LedgerEntry:
    """One run as the ledger keeps it: who asked for what, on which inputs, and how it ended. Times are UTC.

    `kept` has the SHA-256 of everything that the run read, `files` of everything that it published, `made_of` what it
    was made with, `vanished` the rows that the edition before still had. A replay names the run that it repeats.
    """

    run_id: str
    started_at: datetime
    ended_at: datetime
    outcome: str
    as_of: date
    known_on: date
    edition: str
    ruleset: str
    message: str = ""
    data_digest: str = ""
    read: int = 0
    loaded: int = 0
    quarantined: int = 0
    inputs: dict[str, str] = field(default_factory=dict)
    timings: dict[str, float] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    made_of: dict[str, str] = field(default_factory=dict)
    items: tuple[str, ...] = ()
    with_pdf: bool = True
    vanished: tuple[dict[str, Any], ...] = ()
    replay_of: str | None = None


def connect(path: Path | str = ":memory:", *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection that never reaches for the network to fetch an extension."""
    return duckdb.connect(str(path), read_only=read_only, config=dict(_SETTINGS))


def published(state: Path) -> Path:
    """Where the results of the last good run lie."""
    return state / "results.duckdb"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock file; the lock goes with the process, however that ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def open_published(state: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The results of the last good run, to read. Raises ProjectError where there has been none."""
    path = published(state)
    if not path.is_file():
        raise ProjectError(f"There are no results in {state}; run 'scaudit audit' first.")
    with closing(_opened(path, read_only=True)) as con:
        yield con


def _opened(path: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection to a kept file; a ProjectError where it is none of DuckDB's, or damaged."""
    try:
        return connect(path, read_only=read_only)
    except duckdb.Error as error:
        raise unopened(path, error) from error


def unopened(path: Path, error: duckdb.Error) -> ProjectError:
    """What to tell of a kept file that DuckDB cannot open."""
    cause = str(error).splitlines()[0]
    return ProjectError(f"{path} cannot be opened; move it away and run 'scaudit audit' again ({cause}).")


def check_ledger(state: Path) -> None:
    """Open the ledger once, so that a damaged one stops a run before it publishes."""
    with open_ledger(state):
        pass


def record(state: Path, entry: LedgerEntry) -> None:
    """Add one run to the ledger; entries are never changed."""
    values = {name: json.dumps(value) if name in AS_JSON else value for name, value in asdict(entry).items()}
    with open_ledger(state) as con:
        con.execute(statement("sql", "add_run"), values)


def past_runs(state: Path) -> list[dict[str, Any]]:
    """All runs of the ledger, the newest first; empty where there has been none.

    What an earlier engine did not write down is None.
    """
    if not (state / "ledger.duckdb").is_file():
        return []
    with open_ledger(state) as con:
        answer = con.execute(statement("sql", "runs"))
        names = [column[0] for column in answer.description]
        found = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    return [
        {name: json.loads(value) if value and name in AS_JSON else value for name, value in run.items()}
        for run in found
    ]


def past_run(state: Path, run_id: str) -> dict[str, Any]:
    """One run of the ledger. Raises UsageError where there is none of that id."""
    runs = past_runs(state)
    found = next((run for run in runs if run["run_id"] == run_id), None)
    if found is None:
        names = ", ".join(run["run_id"] for run in runs[:LISTED]) or "none"
        more = f" and {len(runs) - LISTED} more" if len(runs) > LISTED else ""
        raise UsageError(f"There is no run {run_id!r}; 'scaudit runs' lists {names}{more}.")
    return found


@contextmanager
def open_ledger(state: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The ledger, opened by one process at a time."""
    with locked(state / "ledger.lock"), closing(_opened(state / "ledger.duckdb")) as con:
        con.execute(statement("sql", "ledger"))
        yield con
