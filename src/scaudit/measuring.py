"""Measuring: every indicator of a project, computed from its statistics and its record-level files.

Cubes count the records in one pass; an indicator reads cubes and published statistics. What it needs and does not
find is said, never replaced. No figure stands without its N, and none under a handful of people is shown.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from datetime import date

import duckdb
import numpy as np
import pyarrow as pa

from scaudit.errors import ProjectError
from scaudit.indicators import Cube, Indicator, cubes, each_indicator
from scaudit.project import Project
from scaudit.reading import Progress, silent
from scaudit.records import Records
from scaudit.statement import quoted, statement
from scaudit.statistics.intervals import wilson
from scaudit.statistics.series import BoolArray, FloatArray
from scaudit.statistics.suppression import FLOOR, suppress, suppress_shares

COLUMNS = ("period_from", "period_to", "grp", "version", "numerator", "denominator", "value", "n")
OPTIONAL = ("low", "high", "bound", "source_ids")
STATISTICS = "statistics"
AT_A_TIME = 2
"""Cubes that are counted at once, and indicators that are computed at once: while one is planned, one is counted."""
WRONG_SHARE = "gives a share of more than all, or of fewer than none; mend its numerator."
NO_RECORDS = "gives a figure from records without n, the number of records it rests on; give that too."

_MEASURED = pa.schema(
    [
        *((name, pa.string()) for name in ("indicator_id", "title", "counts", "unit", "kind", "numerator")),
        *((name, pa.string()) for name in ("denominator", "population", "by", "period", "term", "better", "note")),
        *((name, pa.list_(pa.string())) for name in ("bears_on", "source_ids")),
        *((name, pa.bool_()) for name in ("synthetic", "counted")),
        ("missing", pa.string()),
    ]
)
_FIGURES = {
    **dict.fromkeys(("period_from", "period_to"), pa.date32()),
    **dict.fromkeys(("grp", "version", "bound"), pa.string()),
    **dict.fromkeys(("numerator", "denominator", "value", "low", "high"), pa.float64()),
    "n": pa.int64(),
    "source_ids": pa.list_(pa.string()),
}


def measure(
    con: duckdb.DuckDBPyConnection, project: Project, records: Records, progress: Progress = silent
) -> tuple[Indicator, ...]:
    """Leaves result.measured (what was declared, and what is missing) and result.figures; gives the indicators.

    `con` holds the clean tables and the tables of `records`. Raises ProjectError for a query that fails.
    """
    with _at_once(con):
        con.execute(statement("numbers", "prepare"))
    found = {STATISTICS} if con.execute(statement("numbers", "has_statistics")).fetchall()[0][0] else set()
    tables = {f"records.{table.name}": table.synthetic for table in records.tables}
    there = {f"cube.{cube.name}": cube for cube in cubes(project) if cube.records in tables}
    with _hands() as pool:
        declared, counting = _count(con, pool, project, there)
        missing = [[need for need in one.declared.needs if need not in found | set(counting)] for one in declared]
        ready = [one for one, lacks in zip(declared, missing, strict=True) if not lacks]
        computing = [pool.submit(_compute, con, indicator, counting) for indicator in ready]
        for name, done in counting.items():
            done.result()
            progress(f"counted {name.removeprefix('cube.')}")
        figures = _gather(ready, computing, progress)
    made_up = {name for name in counting if tables[there[name].records]}
    rows = [_declared(one, lacks, made_up) for one, lacks in zip(declared, missing, strict=True)]
    with _at_once(con):
        _add(con, "add_measured", pa.Table.from_pylist(rows, _MEASURED))
        _add(con, "add_figures", figures)
    _judge(con)
    return declared


@contextmanager
def _at_once(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Several steps that the disk takes as one, or not at all."""
    con.begin()
    try:
        yield
    except BaseException:
        con.rollback()
        raise
    con.commit()


@contextmanager
def _hands() -> Iterator[ThreadPoolExecutor]:
    """Threads that take what they are given in its order; where anything fails, what has not begun is left."""
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _add(con: duckdb.DuckDBPyConnection, step: str, rows: pa.Table) -> None:
    """Add all rows at once: one by one they would take longer than to compute them."""
    con.register("found", rows)
    con.execute(statement("numbers", step))
    con.unregister("found")


def _count(
    con: duckdb.DuckDBPyConnection, pool: ThreadPoolExecutor, project: Project, there: Mapping[str, Cube]
) -> tuple[tuple[Indicator, ...], dict[str, Future[None]]]:
    """Read the indicators; a cube whose records are there is counted from when the first is read that needs it.

    Those that add up another come when all are started that count records: nobody waits while records can be counted.
    """
    declared: list[Indicator] = []
    counting: dict[str, Future[None]] = {}

    def start(name: str) -> None:
        if name not in counting:
            counting[name] = pool.submit(_keep_cube, con, there[name], counting)

    for indicator in each_indicator(project):
        declared.append(indicator)
        for need in filter(there.__contains__, indicator.declared.needs):
            start(source if (source := there[need].source) in there else need)
    for name in sorted({need for indicator in declared for need in indicator.declared.needs} & there.keys()):
        start(name)
    return tuple(declared), counting


def _keep_cube(con: duckdb.DuckDBPyConnection, cube: Cube, counting: Mapping[str, Future[None]]) -> None:
    if cube.source in counting:
        wait([counting[cube.source]])
    with _refusals(f"inputs/indicators/cubes/{cube.name}.sql"), closing(con.cursor()) as cursor:
        cursor.execute(statement("numbers", "keep_cube", cube=quoted("cube", cube.name), query=cube.sql))


def _declared(indicator: Indicator, missing: Sequence[str], made_up: Collection[str]) -> dict[str, object]:
    one = indicator.declared
    return {
        **one.model_dump(include=set(_MEASURED.names)),
        "indicator_id": indicator.indicator_id,
        "source_ids": [one.source] if one.source else [],
        "synthetic": any(need in made_up for need in one.needs),
        "missing": ", ".join(missing),
        "counted": any(need != STATISTICS for need in one.needs),
    }


def _gather(ready: Sequence[Indicator], computing: Sequence[Future[pa.Table]], progress: Progress) -> pa.Table:
    """The figures of all, in their order."""
    tables = [pa.schema([("indicator_id", pa.string()), *_FIGURES.items()]).empty_table()]
    for indicator, done in zip(ready, computing, strict=True):
        tables.append(done.result())
        progress(f"measuring {indicator.indicator_id}")
    return pa.concat_tables(tables)


def _compute(con: duckdb.DuckDBPyConnection, indicator: Indicator, counting: Mapping[str, Future[None]]) -> pa.Table:
    """The figures that the query of an indicator gives, once its cubes are counted, typed as result.raw_figures is.

    A cube was given to the threads before any indicator: who waits for it does not wait for himself.
    """
    name = f"inputs/indicators/{indicator.indicator_id}.sql"
    wait(counting[need] for need in indicator.declared.needs if need in counting)
    with _refusals(name), closing(con.cursor()) as cursor:
        table = cursor.sql(indicator.sql).to_arrow_table()
    lacking = [column for column in COLUMNS if column not in table.column_names]
    if lacking:
        raise ProjectError(f"{name} gives no column {lacking[0]}; it must give {', '.join(COLUMNS)}.")
    columns = {"indicator_id": pa.array([indicator.indicator_id] * len(table), pa.string())}
    for column, kind in _FIGURES.items():
        found = table[column] if column in table.column_names else pa.nulls(len(table))
        try:
            columns[column] = found if found.type == kind else found.cast(kind)
        except pa.ArrowException as error:
            raise ProjectError(f"{name}: {column} is no {kind}: {str(error).splitlines()[0]}") from error
    return pa.table(columns)


@contextmanager
def _refusals(name: str) -> Iterator[None]:
    """What the database says of a query of the project is a ProjectError."""
    try:
        yield
    except duckdb.Error as error:
        raise ProjectError(f"{name} cannot be computed: {str(error).splitlines()[0]}") from error


def _judge(con: duckdb.DuckDBPyConnection) -> None:
    """Put the interval beside every share, and hold back what counts too few people."""
    table: pa.Table = con.sql(statement("numbers", "raw_figures")).to_arrow_table()
    numerator, denominator = _numbers(table, "numerator"), _numbers(table, "denominator")
    low, high = _numbers(table, "low"), _numbers(table, "high")
    shares = np.array(table["is_share"].to_pylist(), dtype=bool)
    _refuse(table, shares & ((numerator < 0) | (numerator > denominator)), WRONG_SHARE)
    _refuse(table, np.array(table["lacks_records"].to_pylist(), dtype=bool), NO_RECORDS)
    if shares.any():
        low[shares], high[shares] = wilson(numerator[shares], denominator[shares])
    limits = {"place": table["place"], "low": pa.array(low, from_pandas=True), "high": pa.array(high, from_pandas=True)}
    con.register("limits", pa.table({**limits, "suppressed": _held_back(table, numerator, denominator)}))
    con.execute(statement("numbers", "figures"))
    con.unregister("limits")


def _refuse(table: pa.Table, wrong: BoolArray, what: str) -> None:
    if wrong.any():
        raise ProjectError(f"inputs/indicators/{table['indicator_id'][int(np.argmax(wrong))].as_py()}.sql {what}")


def _numbers(table: pa.Table, name: str) -> FloatArray:
    """A column of numbers, NaN where there is none."""
    return np.array(table[name].cast(pa.float64()), dtype=float)


def _held_back(table: pa.Table, numerator: FloatArray, denominator: FloatArray) -> BoolArray:
    """Which figures are not shown: of every period of an indicator, the groups that tell of fewer than eleven people.

    Only what was counted from records; of shares the complement counts too, and of a mean or an amount, its n.
    """
    records = _numbers(table, "records")
    held = (records > 0) & (records < FLOOR)
    periods: defaultdict[tuple[str, str, date], list[int]] = defaultdict(list)
    keys = zip(
        *(table[name].to_pylist() for name in ("indicator_id", "version", "period_from", "is_counted")), strict=True
    )
    for place, (indicator_id, version, begins, counted) in enumerate(keys):
        if counted and not np.isnan(numerator[place]):
            periods[indicator_id, version, begins].append(place)
    small = np.any([(count > 0) & (count < FLOOR) for count in (numerator, denominator - numerator)], axis=0)
    for places in periods.values():
        if not small[places].any():
            continue
        k, n = numerator[places], denominator[places]
        if np.isnan(n).any():
            held[places] |= np.ravel(suppress(k.reshape(1, -1), columns=False).cells)
        else:
            held[places] |= np.any(suppress_shares(k, n, total=len(places) > 1).cells, axis=1)
    return held
