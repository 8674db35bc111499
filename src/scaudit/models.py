"""The models of a project's tables: loaded from schemas/ by path, and compared with what the engine needs."""

from __future__ import annotations

import runpy
from collections.abc import Mapping
from pathlib import Path

import pandera.polars as pa

from scaudit.contract import TABLES, Table
from scaudit.errors import ProjectError
from scaudit.project import Project
from scaudit.reading import table_files

_LOADED: dict[tuple[str, bytes], pa.DataFrameSchema] = {}
"""Models by table and text, as long as the process lives: a process that audits again need not make them again."""


def load_models(project: Project, tables: Mapping[str, Table] = TABLES) -> dict[str, pa.DataFrameSchema]:
    """The schema of every table of the contract, from schemas/<table>.py.

    A table that a project need not have, and for which it has neither model nor file, is left out: the engine may have
    learned of it later. Raises ProjectError for a missing or broken file, for a model without a column that the engine
    needs, and for one that would change values (coerce) instead of checking them.
    """
    paths = {table.name: project.schemas / f"{table.name}.py" for table in tables.values()}
    wanted = [table for table in tables.values() if paths[table.name].is_file() or _used(project, table)]
    return {table.name: _load(paths[table.name], table) for table in wanted}


def _used(project: Project, table: Table) -> bool:
    return table.required or bool(table_files(project, table))


def _load(path: Path, table: Table) -> pa.DataFrameSchema:
    name = f"schemas/{path.name}"
    if not path.is_file():
        raise ProjectError(f"There is no {name}; it says what a row of the table {table.name} must be.")
    key = table.name, path.read_bytes()
    if key not in _LOADED:
        _LOADED[key] = _made(path, table, name)
    _compare(_LOADED[key], table, name)
    return _LOADED[key]


def _made(path: Path, table: Table, name: str) -> pa.DataFrameSchema:
    module = f"scaudit_schema_{table.name}"
    try:
        # run_path leaves neither sys.path changes nor compiled files behind
        content = runpy.run_path(str(path), run_name=module)
        models = [value for value in content.values() if _is_model(value, module)]
        schemas = [model.to_schema() for model in models]
    # a model that ends the program must not end it without a word
    except (Exception, SystemExit) as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        raise ProjectError(f"{name} cannot be loaded ({reason}); mend it.") from error
    if len(schemas) != 1:
        raise ProjectError(f"{name} must hold one model class, and holds {len(schemas)}.")
    schema: pa.DataFrameSchema = schemas[0]
    return schema


def _is_model(value: object, module: str) -> bool:
    return isinstance(value, type) and issubclass(value, pa.DataFrameModel) and value.__module__ == module


def _compare(schema: pa.DataFrameSchema, table: Table, name: str) -> None:
    missing = [column for column in table.columns if column not in schema.columns]
    if missing:
        raise ProjectError(f"{name} lacks the column {', '.join(missing)}; the engine needs it.")
    if schema.coerce or any(column.coerce for column in schema.columns.values()):
        raise ProjectError(f"{name} sets coerce, which changes values; models here only check text.")
