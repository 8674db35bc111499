"""The warehouse: the results of the last good run, and how files of DuckDB are opened, here and in the ledger.

Measured: a second process cannot open a file that a writer holds. So every run fills a private file, which is then
renamed: readers keep the old one to the end, and new ones get the new.
"""

import fcntl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from scaudit.errors import ProjectError
from scaudit.statement import quoted, statement

DAMAGE = ("not a valid DuckDB database", "Corrupt database", "Could not read enough bytes", "replaying WAL")
"""What DuckDB says of a file that is damaged; a file that is locked, denied or of a newer engine is not."""
NO_ROOM = ("No space left", "File too large", "quota exceeded")
_SETTINGS = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",  # a name in SQL is a table's, never one of our own variables
}


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
    with closing(opened(path, read_only=True)) as con, damage_told(path):
        yield con


@contextmanager
def damage_told(path: Path) -> Iterator[None]:
    """Tell in a sentence that a kept file is damaged, or that the disk does not take or give what it should."""
    try:
        yield
    except duckdb.Error as error:
        if is_damage(error) or isinstance(error, duckdb.IOException | duckdb.TransactionException):
            raise unopened(path, error) from error
        raise


def opened(path: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
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
