"""The ledger: every run there has been, who asked for what, on which inputs, and how it ended; in a DuckDB file."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from scaudit.errors import ProjectError, UsageError
from scaudit.statement import statement
from scaudit.warehouse import damage_told, is_damage, locked, opened

AS_JSON = ("inputs", "timings", "kept", "files", "made_of", "items", "vanished")
LISTED = 10  # runs that a message names
LEDGER = "ledger.duckdb"


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


def mend_ledger(state: Path) -> str:
    """See that there is a ledger to write to; what to tell of one that was damaged, and is set aside now.

    Raises ProjectError where there is one that cannot be opened for another reason.
    """
    try:
        with open_ledger(state) as con:
            con.execute(statement("sql", "ended"), [1]).fetchall()
    except ProjectError as error:
        if not is_damage(error):
            raise
    else:
        return ""
    with locked(state / "ledger.lock"):
        aside = _set_aside(state / LEDGER)
    return f"The ledger was damaged and lies in {aside.name}; this one begins anew."


def _set_aside(path: Path) -> Path:
    """Move a damaged ledger, and what DuckDB keeps beside it, to a name that is free; gives that name."""
    endings = ("", *(f"-{number}" for number in range(2, 10_000)))
    target = next(name for end in endings if not (name := path.with_name(f"{path.name}.damaged{end}")).exists())
    path.replace(target)
    with suppress(FileNotFoundError):
        path.with_name(f"{path.name}.wal").replace(f"{target}.wal")
    return target


def record(state: Path, entry: LedgerEntry) -> None:
    """Add one run to the ledger; entries are never changed. Raises ProjectError where it cannot be written."""
    row = {**vars(entry), "files": {}}
    values = {name: json.dumps(value) if name in AS_JSON else value for name, value in row.items()}
    with open_ledger(state) as con:
        con.begin()
        con.execute(statement("sql", "add_run"), values)
        con.execute(statement("sql", "add_run_files"), [entry.run_id, [*entry.files], [*entry.files.values()]])
        con.commit()


def past_runs(state: Path, *, files: bool = True) -> list[dict[str, Any]]:
    """All runs of the ledger, the newest first; empty where there has been none.

    What an earlier engine did not write down is None. Without `files`, which may be ten thousands a run, nothing is
    said of what they published.
    """
    if not (state / LEDGER).is_file():
        return []
    with open_ledger(state) as con:
        found = _told(con.execute(statement("sql", "runs")))
        return [_with_files(con, run) for run in found] if files else [_without_files(run) for run in found]


def done_runs(state: Path) -> list[dict[str, Any]]:
    """The runs that were done, but for replays, the newest first; nothing is said of the files that they published."""
    return [run for run in past_runs(state, files=False) if run["outcome"] == "done" and not run["replay_of"]]


def last_of_edition(state: Path, edition: str) -> dict[str, Any] | None:
    """The run that published an edition last, but for replays; None where the ledger knows of none."""
    return _one(state, "last_of_edition", edition)


def _one(state: Path, query: str, value: str) -> dict[str, Any] | None:
    """The run that a query finds, with what it published."""
    if not (state / LEDGER).is_file():
        return None
    with open_ledger(state) as con:
        found = _told(con.execute(statement("sql", query), [value]))
        return _with_files(con, found[0]) if found else None


def _with_files(con: duckdb.DuckDBPyConnection, run: dict[str, Any]) -> dict[str, Any]:
    """A run with what it published; of an earlier engine its own line has that."""
    rows = con.execute(statement("sql", "files_of_run"), [run["run_id"]]).fetchall()
    return {**run, "files": dict(rows)} if rows else run


def _without_files(run: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in run.items() if name != "files"}


def _told(answer: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Runs as the ledger tells them."""
    names = [column[0] for column in answer.description]
    found = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    return [
        {name: json.loads(value) if value and name in AS_JSON else value for name, value in run.items()}
        for run in found
    ]


def past_run(state: Path, run_id: str) -> dict[str, Any]:
    """One run of the ledger. Raises UsageError where there is none of that id."""
    found = _one(state, "run_of_id", run_id)
    if found is None:
        runs = past_runs(state, files=False)
        names = ", ".join(run["run_id"] for run in runs[:LISTED]) or "none"
        more = f" and {len(runs) - LISTED} more" if len(runs) > LISTED else ""
        raise UsageError(f"There is no run {run_id!r}; 'scaudit runs' lists {names}{more}.")
    return found


def recorded(state: Path, run_id: str) -> bool:
    """Whether the ledger has a run."""
    with open_ledger(state) as con:
        return bool(con.execute(statement("sql", "known_run"), [run_id]).fetchall())


def last_end(state: Path) -> datetime | None:
    """When the run ended that was written down last, by the clock of then."""
    with open_ledger(state) as con:
        found = con.execute(statement("sql", "ended"), [1]).fetchall()
    return found[0][0] if found else None


@contextmanager
def open_ledger(state: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The ledger, opened by one process at a time. Raises ProjectError where it cannot be read or written."""
    path = state / LEDGER
    with locked(state / "ledger.lock"), closing(opened(path)) as con, damage_told(path):
        _lay_out(con)
        yield con


def _lay_out(con: duckdb.DuckDBPyConnection) -> None:
    """Give the ledger its tables; that of an earlier engine, which knew two outcomes only, is written anew."""
    digest = hashlib.sha256(statement("sql", "ledger").encode()).hexdigest()
    with suppress(duckdb.CatalogException, duckdb.BinderException):  # no engine has said so yet
        if con.execute(statement("sql", "layout")).fetchall() == [(digest,)]:
            return
    con.begin()
    narrow = bool(con.execute(statement("sql", "narrow_ledger")).fetchall())
    if narrow:
        con.execute(statement("sql", "put_runs_away"))
    con.execute(statement("sql", "ledger"))
    if narrow:
        con.execute(statement("sql", "bring_runs_back"))
    con.execute(statement("sql", "keep_layout"), [digest])
    con.commit()
