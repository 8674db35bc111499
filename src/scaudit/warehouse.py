"""The warehouse: the results of the last good run, and the ledger of all runs, as DuckDB files.

Measured: a second process cannot open a file that a writer holds. So every run fills a private file, which is then
renamed: readers keep the old one to the end, and new ones get the new.
"""

import fcntl
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
from scaudit.statement import quoted, statement

AS_JSON = ("inputs", "timings", "kept", "files", "made_of", "items", "vanished")
LISTED = 10  # runs that a message names
LEDGER = "ledger.duckdb"
DAMAGE = ("not a valid DuckDB database", "Corrupt database", "Could not read enough bytes", "replaying WAL")
"""What DuckDB says of a file that is damaged; a file that is locked, denied or of a newer engine is not."""
NO_ROOM = ("No space left", "File too large", "quota exceeded")
_SETTINGS = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",  # a name in SQL is a table's, never one of our own variables
}


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
    """A connection that fetches no extension by network, and sees tables only, not the variables of this program."""
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
    with closing(_opened(path, read_only=True)) as con, _telling(path):
        yield con


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Tell in a sentence that a kept file is damaged, or that the disk does not take or give what it should."""
    try:
        yield
    except duckdb.Error as error:
        if is_damage(error) or isinstance(error, duckdb.IOException | duckdb.TransactionException):
            raise unopened(path, error) from error
        raise


def _opened(path: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection to a kept file; a ProjectError where it is none of DuckDB's, or damaged."""
    try:
        return connect(path, read_only=read_only)
    except duckdb.Error as error:
        raise unopened(path, error) from error


def unopened(path: Path, error: duckdb.Error) -> ProjectError:
    """What to tell of a kept file that DuckDB cannot open."""
    if any(sign in str(error) for sign in NO_ROOM):
        return ProjectError(f"{path} cannot be written ({str(error).splitlines()[0]}); make room, and run again.")
    what = f"{path} cannot be opened ({str(error).splitlines()[0]})"
    if is_damage(error):
        return ProjectError(f"{what}; run 'scaudit audit', which sets it aside, or bring it back from a backup.")
    return ProjectError(f"{what}; see who may read it and who has it open.")


def is_damage(error: BaseException) -> bool:
    """Whether this says that a kept file is damaged."""
    told = error.__cause__ if isinstance(error, ProjectError) else error
    return isinstance(told, duckdb.Error) and any(sign in str(told) for sign in DAMAGE)


def damaged_results(state: Path, *, thorough: bool) -> bool:
    """Whether the results of the last good run cannot be opened, or read; thoroughly means to their end."""
    if not published(state).is_file():
        return False
    try:
        with open_published(state) as con:
            for schema, table in con.execute(statement("sql", "kept_tables")).fetchall() if thorough else ():
                con.execute(statement("sql", "read_whole", table=quoted(schema, table))).fetchall()
    except (duckdb.Error, ProjectError) as error:
        return is_damage(error)
    return False


def set_aside_results(state: Path) -> Path:
    """Move damaged results out of the way; only the newest are kept, since results can be made again."""
    path = published(state)
    return path.replace(path.with_name(f"{path.name}.damaged"))


def _set_aside(path: Path) -> Path:
    """Move a damaged ledger, and what DuckDB keeps beside it, to a name that is free; gives that name."""
    endings = ("", *(f"-{number}" for number in range(2, 10_000)))
    target = next(name for end in endings if not (name := path.with_name(f"{path.name}.damaged{end}")).exists())
    path.replace(target)
    with suppress(FileNotFoundError):
        path.with_name(f"{path.name}.wal").replace(f"{target}.wal")
    return target


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
    with locked(state / "ledger.lock"), closing(_opened(path)) as con, _telling(path):
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
