"""Reading: input files of four formats become text tables that know file, sheet and row of every line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scaudit import reading_carried as carried
from scaudit.contract import PRIVATE, TABLES, Table
from scaudit.errors import ProjectError
from scaudit.fingerprint import sha256
from scaudit.project import SETTINGS_FILE, Project
from scaudit.reading_again import read_again
from scaudit.reading_carried import CarriedPart
from scaudit.reading_csv import CsvPart
from scaudit.reading_header import check_header
from scaudit.reading_json import JsonPart
from scaudit.reading_parquet import ParquetPart
from scaudit.reading_part import Part, Reject, raw_columns
from scaudit.reading_xlsx import sheet_parts
from scaudit.statement import quoted, quoted_list, statement
from scaudit.store import copy_of

ENDINGS = (".csv", ".jsonl", ".parquet", ".xlsx")

BLANK_ROW = re.compile(r"[\s,\u2800\u3164]*")
"""The text of a row with nothing in it, however many fields it has."""

Progress = Callable[[str], None]


@dataclass(frozen=True)
class InputFile:
    """One file (and sheet, of a workbook) that was read. `rows` counts all rows, also those not readable."""

    table: str
    file: str
    sheet: str | None
    sha256: str
    rows: int
    extra_columns: tuple[str, ...]


@dataclass(frozen=True)
class _Source:
    """A part of a table with the path it came from, absolute and as printed."""

    path: Path
    name: str
    part: Part | CarriedPart

    @property
    def place(self) -> str:
        """Where it is, in words."""
        return self.name + (f", sheet {self.part.sheet}" if self.part.sheet else "")


def silent(phrase: str) -> None:
    """The progress report that tells nobody."""


def read_inputs(
    con: duckdb.DuckDBPyConnection,
    project: Project,
    progress: Progress = silent,
    tables: Mapping[str, Table] = TABLES,
) -> list[InputFile]:
    """Make raw.<table> for every table of the contract, all text, and raw.reject for rows that are no rows.

    Every raw table has the contract's columns (NULL where a file has none), extra columns, `_file` (relative
    to the project), `_sheet` and `_row`. Row numbers are lines of a text file, rows of a sheet (header = 1)
    and records of a Parquet file (from 1). In a copy of an earlier run's results only files that changed are read.
    Raises ProjectError for what cannot be read at all.
    """
    con.execute(statement("stage", "prepare"))
    copied = carried.prepare(con)
    found = {table.name: table_files(project, table) for table in tables.values()}
    # digests need no interpreter lock, so they are taken while the tables load
    with ThreadPoolExecutor(1) as pool:
        digests = {path: pool.submit(sha256, path) for paths in found.values() for path in paths}
        read: list[InputFile] = []
        for table in tables.values():
            wait([digests[path] for path in found[table.name]])  # a file that changes after its digest is found out
            known = {path: digests[path].result() for path in found[table.name]}
            read += _read_table(con, project, table, known, copied, progress)
        return read


def data_digest(inputs: Sequence[InputFile]) -> str:
    """SHA-256 over names and contents of all input files: equal inputs, equal digest, in any folder.

    Files of private tables are left out: nothing that is published rests on them.
    """
    public = (one for one in inputs if one.table not in PRIVATE)
    lines = sorted({f"{one.table}\0{one.file}\0{one.sha256}" for one in public})
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def table_files(project: Project, table: Table) -> list[Path]:
    """The files of a table: those that the settings name, or inputs/<table> with any of the four endings.

    Raises ProjectError where there is none, and for one that is not the project's own.
    """
    paths = _table_files(project, table)
    for path in paths:
        project.own(path)
    return paths


def _table_files(project: Project, table: Table) -> list[Path]:
    patterns = project.settings.tables.get(table.name)
    if patterns is None:
        paths = [path for ending in ENDINGS if (path := project.inputs / f"{table.name}{ending}").is_file()]
        if not paths and table.required:
            raise ProjectError(f"There is no inputs/{table.name}.csv; add it, or name another file in {SETTINGS_FILE}.")
        return paths
    return list(dict.fromkeys(path for pattern in patterns for path in _matches(project, table, pattern)))


def _matches(project: Project, table: Table, pattern: str) -> list[Path]:
    try:
        paths = sorted(path for path in project.root.glob(pattern) if path.is_file())
    except (ValueError, IndexError, NotImplementedError) as error:
        raise ProjectError(f"{SETTINGS_FILE}: tables.{table.name}: '{pattern}' is no pattern for files.") from error
    if not paths:
        raise ProjectError(f"{SETTINGS_FILE}: tables.{table.name}: no file matches '{pattern}'.")
    for path in paths:
        if path.suffix not in ENDINGS:
            name = path.relative_to(project.root).as_posix()
            raise ProjectError(f"{name} has an ending that is not read; use one of {', '.join(ENDINGS)}.")
    return paths


def _read_table(
    con: duckdb.DuckDBPyConnection,
    project: Project,
    table: Table,
    digests: Mapping[Path, str],
    copied: bool,
    progress: Progress,
) -> list[InputFile]:
    sources, columns, stay = _sources(con, project, table, digests, copied)
    if stay:
        carried.keep_rows(con, table, [(source.name, source.part) for source in sources])
    else:
        typed = ", ".join(f"{quoted(column)} varchar" for column in columns.values())
        con.execute(statement("stage", "create_raw", target=quoted("raw", table.name), columns=typed))
        if copied:
            con.execute(statement("carried", "forget_rejects"), [table.name, []])
    read = [_read(con, project, table, source, columns, digests[source.path], stay, progress) for source in sources]
    if table.required and not sum(part.rows for part in read):
        names = ", ".join(source.name for source in sources)
        raise ProjectError(f"{names} has no rows; the table {table.name} needs at least one.")
    carried.keep_parts(con, table, read, copied)
    known = set(table.columns)
    extras = [tuple(columns[name] for name in part.header if name not in known) for part in read]
    return [
        InputFile(table.name, part.file, part.sheet, part.sha256, part.rows, extra)
        for part, extra in zip(read, extras, strict=True)
    ]


def _read(
    con: duckdb.DuckDBPyConnection,
    project: Project,
    table: Table,
    source: _Source,
    columns: dict[str, str],
    digest: str,
    stay: bool,
    progress: Progress,
) -> CarriedPart:
    """Read one part, unless its rows are there already; gives what is to be known of it.

    Where rows that an earlier run read may `stay`, only those that are other now take their places.
    """
    part = source.part
    if isinstance(part, CarriedPart):
        return part
    progress(f"reading {source.name}")
    if stay:
        rows = _renew(con, project, table, source, part, columns)
    else:
        rows = _load(con, table, source, part, columns, quoted("raw", table.name))
    return CarriedPart(source.name, part.sheet, digest, rows, part.header)


def _renew(
    con: duckdb.DuckDBPyConnection,
    project: Project,
    table: Table,
    source: _Source,
    part: Part,
    columns: dict[str, str],
) -> int:
    """Of a part that an earlier run read, put the rows in place that are others now; the number of its rows."""
    earlier = carried.earlier_digest(con, table, source.name)
    if isinstance(part, CsvPart) and earlier:
        names = [columns[name] for name in part.header]
        again = read_again(con, table, part, copy_of(project.state, earlier), earlier, names)
        if again:
            carried.renew(con, table, source.name, None, again.places)
            return again.rows
    rows = _load(con, table, source, part, columns, carried.incoming(con, table))
    carried.renew(con, table, source.name, part.sheet)
    return rows


def _sources(
    con: duckdb.DuckDBPyConnection, project: Project, table: Table, digests: Mapping[Path, str], copied: bool
) -> tuple[list[_Source], dict[str, str], bool]:
    """The parts of a table, the columns that their rows get, and whether rows that are there already may stay."""
    names = {project.own(path): digest for path, digest in digests.items()}
    there = carried.standing(con, table, names) if copied else {}
    while True:
        sources = [
            source
            for path, name in zip(digests, names, strict=True)
            for source in (
                [_Source(path, name, part) for part in there.get(name, ())] or _open(con, project, table, path)
            )
        ]
        for source in sources:
            check_header(table, source.place, source.part.header)
        columns = raw_columns(table, [source.part.header for source in sources])
        alike = copied and tuple(columns.values()) == carried.columns(con, table)
        if alike or not there:
            return sources, columns, alike and (bool(there) or table.name in carried.IN_PARTS)
        there = {}  # another file has brought other columns: all are read


def _open(con: duckdb.DuckDBPyConnection, project: Project, table: Table, path: Path) -> list[_Source]:
    name = project.own(path)
    parts: list[Part]
    try:
        if path.suffix == ".csv":
            parts = [CsvPart(path, name)]
        elif path.suffix == ".jsonl":
            parts = [JsonPart(path, name, con, table)]
        elif path.suffix == ".parquet":
            parts = [ParquetPart(path, name, con)]
        else:
            parts = [*sheet_parts(path, name, table.name)]
    except OSError as error:
        raise ProjectError(f"{name} cannot be read: {error.strerror}.") from error
    return [_Source(path, name, part) for part in parts]


def _load(
    con: duckdb.DuckDBPyConnection, table: Table, source: _Source, part: Part, columns: dict[str, str], target: str
) -> int:
    """Load one part; the number of its rows, readable or not. Rows of nothing but empty cells are no rows."""
    found = part.load(con, table, target, tuple(columns[name] for name in part.header))
    rejects = [reject for reject in found if reject.value is None or not BLANK_ROW.fullmatch(reject.value)]
    where = [source.name, part.sheet]
    names = {"first_key": quoted(table.key[0]), "columns": quoted_list(tuple(columns.values()))}
    con.execute(statement("stage", "forget_empty", target=target, **names))
    loaded = con.execute(statement("stage", "place_rows", target=target), where).fetchall()
    if rejects:
        _keep_rejects(con, table, source, rejects)
    return int(loaded[0][0]) + len(rejects)


def _keep_rejects(con: duckdb.DuckDBPyConnection, table: Table, source: _Source, rejects: list[Reject]) -> None:
    import pyarrow as pa  # noqa: PLC0415 (heavy, and hardly ever wanted)

    size = len(rejects)
    columns = {
        "table_name": pa.array([table.name] * size, pa.string()),
        "file": pa.array([source.name] * size, pa.string()),
        "sheet": pa.array([source.part.sheet] * size, pa.string()),
        "row": pa.array([reject.row for reject in rejects], pa.int64()),
        "key": pa.array([reject.key for reject in rejects], pa.string()),
        "value": pa.array([reject.value for reject in rejects], pa.string()),
        "rule": pa.array([reject.rule for reject in rejects], pa.string()),
        "reason": pa.array([reject.reason for reject in rejects], pa.string()),
    }
    con.register("reading_rejects", pa.table(columns))
    con.execute(statement("stage", "append_rejects"))
    con.unregister("reading_rejects")
