"""Checking: every row that was read is either in a clean table or in quarantine, with each of its faults.

Models check inside a row, SQL checks across rows and tables. Tables come parents first, so that a row whose
parent is held back is held back too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import duckdb
import pandera.polars as pa
import polars as pl

from scaudit import reading_carried as carried
from scaudit.constraints import MISSING
from scaudit.contract import LIST_REFERENCES, REFERENCES, SELF_REFERENCES, TABLES, Reference, Table
from scaudit.counts import CheckReport, TableCount, report
from scaudit.errors import ProjectError
from scaudit.models import load_models
from scaudit.project import SETTINGS_FILE, START, TODAY, Project
from scaudit.reading import Progress, silent
from scaudit.statement import quoted, quoted_list, statement

BATCH = 250_000
OWN_CHECKS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "recommendations": ("order_recommendations", "taken_ids", "same_but_for_case"),
        "criteria": ("order_criteria",),
        "evidence": ("order_evidence", "other_criterion"),
        "contradictions": ("bare_sides",),
        "definitions": ("order_definitions", "rival_versions"),
        "series": ("unknown_versions", "share_units"),
        "statistics": ("order_statistics", "other_units", "impossible_values", "overlaps"),
        "stakeholders": ("unfit_addresses", "whole_lists", "shared_folders"),
    }
)
"""Checks that only one table has, each a file of its own, in their order: some spare rows that have a fault already."""

MOST: Mapping[str, tuple[str, int]] = MappingProxyType(
    {
        "criteria": ("item_id", 200),
        "dispositions": ("item_id", 200),
        "replies": ("item_id", 100),
        "evidence": ("criterion_id", 500),
    }
)
"""Rows of one item or criterion that are weighed and printed at most; where there are more, none is. What hangs on each
record alone is found by leaving it out, so that the time grows with the cube of their number."""


def check(
    con: duckdb.DuckDBPyConnection,
    project: Project,
    progress: Progress = silent,
    tables: Mapping[str, Table] = TABLES,
) -> CheckReport:
    """Split what read_inputs made into clean.<table> and quarantine, and count both.

    The columns of the clean tables are those of the contract, typed; a partial date has become a day. Raises
    ProjectError for models that cannot be used and for windows that name no reading day.
    """
    models = load_models(project, tables)
    con.execute(statement("checks", "prepare"))
    faulty = carried.faulty(con)
    for table in tables.values():
        progress(f"checking {table.name}")
        carried.tell_read_now(con, table)
        if table.name in models:
            _check_rows(con, table, models[table.name], table.name in faulty)
        if con.execute(statement("checks", "has_rows", raw=quoted("raw", table.name))).fetchall()[0][0]:
            _check_across(con, table)
        _type_rows(con, table)
        if table.name == "reading_days":
            _windows_have_days(con, project)
    con.execute(statement("checks", "quarantine"))
    at_fault = {name for (name,) in con.execute(statement("checks", "at_fault")).fetchall()}
    counts = {table.name: _settle(con, table, table.name in at_fault) for table in tables.values()}
    return report(counts)


def _windows_have_days(con: duckdb.DuckDBPyConnection, project: Project) -> None:
    days = sorted({day for pair in project.settings.windows.values() for day in pair})
    told = con.execute(statement("checks", "unknown_days"), [days]).fetchall()
    # a row of these names goes before the days that need none, also where it is held
    unknown = [(day, held) for day, held in told if held or day not in (START, TODAY)]
    if unknown:
        name = next(key for key, pair in project.settings.windows.items() if unknown[0][0] in pair)
        held = "; its row has a fault" if unknown[0][1] else ""
        raise ProjectError(f"{SETTINGS_FILE}: windows.{name}: there is no reading day '{unknown[0][0]}'{held}.")


def _type_rows(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make the clean table of the rows without a fault; of a large one of which most rows are there, add the others."""
    there = carried.settle_rows(con, table)
    target = quoted("fit") if there else quoted("clean", table.name)
    con.execute(statement("checks/clean", table.name, target=target))
    if there:
        carried.add_fit(con, table)


def _check_rows(con: duckdb.DuckDBPyConnection, table: Table, schema: pa.DataFrameSchema, before: bool) -> None:
    """Let the model judge the rows that were read now, in batches, so that memory stays bounded; keep its findings.

    `before` says whether it found faults in an earlier run.
    """
    rows = con.sql(statement("checks", "rows", raw=quoted("raw", table.name)))
    found = []
    for batch in rows.to_arrow_reader(BATCH):
        frame = pl.from_arrow(batch)
        assert isinstance(frame, pl.DataFrame)
        faults = _faults(schema, frame, table)
        if faults is not None:
            found.append(faults)
    if found:
        con.register("row_faults", pl.concat(found).to_arrow())
        con.execute(statement("checks", "add_row_faults"), [table.name])
        con.unregister("row_faults")
    carried.settle_faults(con, table, bool(found), before)


def _faults(schema: pa.DataFrameSchema, frame: pl.DataFrame, table: Table) -> pl.DataFrame | None:
    """The faults of one batch: rid, column_name, value, error. None where there are none."""
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases
    else:
        return None
    general = cases.filter(pl.col("index").is_null())
    if len(general):
        what = f"{general['column'][0]}: {general['check'][0]}: {general['failure_case'][0]}"
        raise ProjectError(f"schemas/{table.name}.py cannot judge the table ({what}); mend the model.")
    faults: pl.DataFrame = cases.select(
        frame["rid"].gather(cases["index"]).alias("rid"),
        pl.col("column").cast(pl.String).alias("column_name"),
        pl.col("failure_case").cast(pl.String).alias("value"),
        pl.col("check").cast(pl.String).replace("not_nullable", MISSING).alias("error"),
    )
    return faults


def _check_across(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    raw = quoted("raw", table.name)
    columns = quoted_list(carried.columns(con, table))
    keys = {"key": quoted_list(table.key), "first_key": quoted(table.key[0]), "columns": columns}
    if _made(con, statement("checks", "shared_keys", raw=raw, **keys)):
        con.execute(statement("checks", "repeats", raw=raw, **keys), [table.name, table.key[0]])
    for reference in (*REFERENCES, *LIST_REFERENCES):
        if reference.table == table.name:
            _check_reference(con, reference)
    for step in OWN_CHECKS.get(table.name, ()):
        con.execute(statement("checks", step))
    if table.name in MOST:
        column, most = MOST[table.name]
        con.execute(statement("checks", "too_many", raw=raw, column=quoted(column)), [table.name, column, most])
    for reference in SELF_REFERENCES:
        if reference.table == table.name:
            _check_self_reference(con, reference)


def _check_reference(con: duckdb.DuckDBPyConnection, reference: Reference) -> None:
    """Mostly nobody is lost, so what to say of those who are is asked only then."""
    identifiers = {
        "raw": quoted("raw", reference.table),
        "raw_parent": quoted("raw", reference.parent),
        "clean_parent": quoted("clean", reference.parent),
        "parent_key": quoted(reference.parent_key),
        "column": quoted(reference.column),
    }
    where = [reference.table, reference.column]
    if reference in LIST_REFERENCES:
        lost = _made(con, statement("checks", "lost_list_references", **identifiers), [*where, reference.whole])
    else:
        lost = _made(con, statement("checks", "lost_references", **identifiers), where)
    if lost:
        con.execute(statement("checks", "references", **identifiers), [*where, reference.parent])


def _made(con: duckdb.DuckDBPyConnection, making: str, values: Sequence[object] = ()) -> int:
    """How many rows a table has got by the statement that makes it."""
    return int(con.execute(making, list(values)).fetchall()[0][0])


def _check_self_reference(con: duckdb.DuckDBPyConnection, reference: Reference) -> None:
    """Circles first; then rounds, since each row that falls may pull others with it, until none does."""
    identifiers = {
        "raw": quoted("raw", reference.table),
        "parent_key": quoted(reference.parent_key),
        "column": quoted(reference.column),
    }
    where = [reference.table, reference.column]
    con.execute(statement("checks", "circles", **identifiers), where)
    while con.execute(statement("checks", "self_references", **identifiers), where).fetchall()[0][0]:
        pass


def _settle(con: duckdb.DuckDBPyConnection, table: Table, at_fault: bool) -> TableCount:
    """Move the table's faults to quarantine and count; a row that is nowhere or twice is a bug of ours."""
    raw, clean = quoted("raw", table.name), quoted("clean", table.name)
    if at_fault:
        con.execute(statement("checks", "quarantine_table", raw=raw, key=_qualified(table)), [table.name])
    row = con.execute(statement("checks", "counts", raw=raw, clean=clean), [table.name]).fetchall()[0]
    count = TableCount(*row)
    assert count.read == count.loaded + count.quarantined, f"{table.name}: {count}"
    return count


def _qualified(table: Table) -> str:
    return ", ".join(quoted("r", column) for column in table.key)
