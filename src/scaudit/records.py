"""Records: the files of single cases that a project has, one row a case, as the tables records.<name>.

Every such table is a view with typed columns by the layout's names, and `_file`, `_sheet`, `_row`: Parquet and CSV are
scanned where they lie, the sheets of a workbook are copied as text. What is no value is null there; why, is counted
by records_nulls, only when somebody asks, since it takes a pass over everything.

written.<name> has the same rows with everything but dates as it stands in the files, where they have it as text; then
written.<name>_text(cell) reads one cell, and so do those of _integer and _boolean. To count what is written, and to
read only the counts, takes a fraction of the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scaudit.errors import ProjectError, cause
from scaudit.fingerprint import mark, sha256
from scaudit.project import SETTINGS_FILE, Project, RecordFiles
from scaudit.reading import InputFile, Progress, silent
from scaudit.records_layout import Layout, load_layout
from scaudit.records_part import LATER, RecordsPart, marks, union, unread
from scaudit.records_scan import csv_part, parquet_part
from scaudit.records_xlsx import sheet_parts
from scaudit.statement import quoted, statement

ENDINGS = (".parquet", ".csv", ".txt", ".xlsx")
SYNTHETIC = "SYNTHETIC"
"""What the name of a file says whose records are made up."""
_TABLE = "records."


@dataclass(frozen=True)
class RecordsTable:
    """One table of records: its name, its layout and the parts it was read from."""

    name: str
    layout_name: str
    layout: Layout
    parts: tuple[RecordsPart, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """The files it was read from, each once, relative to the project."""
        return tuple(dict.fromkeys(part.file for part in self.parts))

    @property
    def rows(self) -> int:
        """All its rows."""
        return sum(part.rows for part in self.parts)

    @property
    def synthetic(self) -> bool:
        """True where the name of any of its files says so: then nothing in the table is evidence."""
        return any(SYNTHETIC in Path(file).name.upper() for file in self.files)


@dataclass(frozen=True)
class Records:
    """The tables of records that a project has files for, and every file and sheet with its digest."""

    tables: tuple[RecordsTable, ...] = ()
    inputs: tuple[InputFile, ...] = ()

    @property
    def synthetic(self) -> bool:
        """True where any table is."""
        return any(table.synthetic for table in self.tables)


def read_records(con: duckdb.DuckDBPyConnection, project: Project, progress: Progress = silent) -> Records:
    """Make records.<name> for every table of records that the settings name and that has a file; and records_tables.

    Columns that the layout does not know are the `extra_columns` of the inputs. Raises ProjectError for a layout or a
    file that cannot be used.
    """
    con.execute(statement("record", "readers"))
    tables, inputs = [], []
    for name, wanted in project.settings.records.items():
        paths = record_files(project, name, wanted)
        if paths:
            table = _read_table(con, project, name, paths, progress)
            tables.append(table)
            inputs += _inputs(table, {_name(project, path): sha256(path) for path in paths})
    return Records(tuple(tables), tuple(inputs))


def marks_of_files(project: Project) -> dict[str, tuple[int, ...]]:
    """What the disk says of every file of records, by its name: the same before and after, it was not touched.

    Files of records may be too large to take their digest twice.
    """
    tables = project.settings.records.items()
    paths = [path for name, wanted in tables for path in record_files(project, name, wanted)]
    return {_name(project, path): mark(path) for path in paths}


def of_records(one: InputFile) -> bool:
    """True for a file of single cases, of which only what the layout knows is read."""
    return one.table.startswith(_TABLE)


def record_files(project: Project, name: str, wanted: RecordFiles) -> list[Path]:
    """The files of one table that are there, each once, in the order of their patterns and names."""
    paths: dict[Path, None] = {}
    for pattern in wanted.files:
        try:
            found = sorted(path for path in project.root.glob(pattern) if path.is_file())
        except (ValueError, IndexError, NotImplementedError) as error:
            raise ProjectError(f"{SETTINGS_FILE}: records.{name}: '{pattern}' is no pattern for files.") from error
        paths |= dict.fromkeys(found)
    return list(paths)


def files_of_records(project: Project) -> list[tuple[str, Path]]:
    """The files of records that are there, each with the table by which inputs name it."""
    tables = project.settings.records.items()
    return [(f"{_TABLE}{name}", path) for name, wanted in tables for path in record_files(project, name, wanted)]


def _read_table(
    con: duckdb.DuckDBPyConnection, project: Project, name: str, paths: Sequence[Path], progress: Progress
) -> RecordsTable:
    layout_name, layout = project.settings.records[name].layout, load_layout(project, name)
    parts: list[RecordsPart] = []
    for path in paths:
        progress(f"reading {_name(project, path)}")
        found = _read_file(con, project, path, name, layout)
        if not sum(part.rows for part in found):
            raise ProjectError(f"{_name(project, path)} has no rows; get it again, or take it away.")
        parts += found
    table = RecordsTable(name, layout_name, layout, tuple(parts))
    _create_views(con, table)
    con.execute(statement("record", "add_table"), [name, layout_name, list(table.files), table.rows, table.synthetic])
    return table


def _create_views(con: duckdb.DuckDBPyConnection, table: RecordsTable) -> None:
    name, layout, parts = table.name, table.layout, table.parts
    written = union(parts, layout, unread(layout, parts))
    try:
        con.execute(statement("record", "create_view", view=quoted("records", name), parts=union(parts, layout)))
        con.execute(statement("record", "create_view", view=quoted("written", name), parts=written))
    except duckdb.Error as error:
        where = f"inputs/layouts/{table.layout_name}.toml"
        raise ProjectError(f"{where} does not fit its files ({cause(error)}); mend it.") from error
    for kind in LATER:
        names = {"reader": quoted("written", f"{name}_{kind}"), "kind": quoted("records", f"{kind}_from_other")}
        con.execute(statement("record", "create_reader", marks=marks(layout), **names))


def _read_file(
    con: duckdb.DuckDBPyConnection, project: Project, path: Path, table: str, layout: Layout
) -> list[RecordsPart]:
    name = _name(project, path)
    if path.suffix not in ENDINGS:
        raise ProjectError(f"{name} has an ending that is not read; use one of {', '.join(ENDINGS)}.")
    try:
        if path.suffix == ".xlsx":
            return sheet_parts(con, path, name, table, layout)
        if path.suffix == ".parquet":
            return [parquet_part(con, path, name, layout)]
        return [csv_part(con, path, name, layout)]
    except OSError as error:
        raise ProjectError(f"{name} cannot be read: {error.strerror}.") from error


def _inputs(table: RecordsTable, digests: dict[str, str]) -> list[InputFile]:
    return [
        InputFile(f"{_TABLE}{table.name}", part.file, part.sheet, digests[part.file], part.rows, part.unknown)
        for part in table.parts
    ]


def _name(project: Project, path: Path) -> str:
    return project.own(path)
