"""Recomputing: the results of attached grounds, scored again by this engine, with no project around.

The grounds may be a stranger's. Their rows and the tables of their ruleset are data here; the steps of scoring are the
engine's own, and nothing in the grounds is run.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from string import Formatter
from threading import Event, Thread
from types import MappingProxyType
from typing import Any

import duckdb
import pyarrow as pa

from scaudit import warehouse
from scaudit.contract import PLACE
from scaudit.grounds import COLUMNS, SCHEMA, Grounds, Kind, Row
from scaudit.judging import judge
from scaudit.outcome import scored
from scaudit.results import Results
from scaudit.rules import RULESETS, SETTINGS, Ruleset, Step, load_ruleset, read_ruleset
from scaudit.standings import stood
from scaudit.statement import quoted, statement

LIMIT = 1200.0  # seconds that a scoring may take
_FILE = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]{0,79})/[A-Za-z0-9_][A-Za-z0-9._-]{0,79}\.(csv|toml|sql)")
_LARGEST = 2**31 - 1
_TYPES: Mapping[Kind, pa.DataType] = MappingProxyType(
    {
        "text": pa.string(),
        "day": pa.date32(),
        "flag": pa.bool_(),
        "number": pa.int32(),
        "list": pa.list_(pa.string()),
    }
)


@dataclass(frozen=True)
class Recomputed:
    """What this engine makes of some grounds; `unlike` are the steps of their ruleset that are not the engine's own."""

    results: Results
    unlike: tuple[str, ...]


def recompute(grounds: Grounds, records: bool = True) -> Recomputed:
    """Score the grounds again, in a database that reaches nothing outside itself; with the records, or without.

    Raises ValueError, KeyError or an error of the database where they cannot be scored.
    """
    attached = read_ruleset(grounds.files, grounds.ruleset)
    _check_templates(attached)
    _check_circles(grounds.tables["bodies"])
    ruleset = replace(attached, steps=_own_steps(attached.lineage))
    with closing(warehouse.connect()) as con, _in_time(con):
        con.execute("set enable_external_access = false")
        con.execute(statement("sql", "bare"), [grounds.as_of, grounds.known_on, ruleset.id])
        for table in COLUMNS:
            _bring(con, table, grounds.tables[table])
        judge(con, ruleset, grounds.as_of, grounds.known_on, grounds.programme_from, grounds.incomplete)
        found = scored(con, ruleset) if records else stood(con, ruleset)
        return Recomputed(found, _unlike(attached.steps, ruleset.steps))


def grounds_of(told: Any) -> Grounds:
    """The grounds as JSON tells them. Raises ValueError for whatever is not as it must be."""
    _must(isinstance(told, dict) and told.get("schema") == SCHEMA, f"they are not of the schema {SCHEMA}")
    tables = told.get("tables")
    _must(isinstance(tables, dict) and set(tables) == set(COLUMNS), f"their tables are not {', '.join(COLUMNS)}")
    programme_from = told.get("programme_from")
    files = _files(told.get("files"))
    return Grounds(
        as_of=_day(told.get("as_of")),
        known_on=_day(told.get("known_on")),
        programme_from=None if programme_from is None else _day(programme_from),
        incomplete=tuple(_texts(told.get("incomplete"))),
        tables={name: tuple(_rows(name, tables[name])) for name in COLUMNS},
        ruleset=_lineage(_texts(told.get("ruleset")), files),
        files=files,
        item_id=_text(told.get("item")),
    )


@contextmanager
def _in_time(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Stop what runs in the database after a while: a stranger's tables may be made to run for ever."""
    done = Event()
    watch = Thread(target=_interrupt, args=(con, done), daemon=True)
    watch.start()
    try:
        yield
    finally:
        done.set()
        watch.join()


def _interrupt(con: duckdb.DuckDBPyConnection, done: Event) -> None:
    """Once time is up again and again, for an interruption between two statements stops none."""
    if not done.wait(LIMIT):
        while not done.wait(0.01):
            con.interrupt()


def _own_steps(lineage: tuple[str, ...]) -> tuple[Step, ...]:
    """The engine's steps for a ruleset: those of the shipped one on which it is based, or else of the first shipped."""
    shipped = sorted(path.parent.name for path in RULESETS.glob(f"*/{SETTINGS}"))
    return load_ruleset(next((name for name in lineage if name in shipped), shipped[0])).steps


def _unlike(attached: tuple[Step, ...], own: tuple[Step, ...]) -> tuple[str, ...]:
    theirs, ours = ({step.name: step.sql for step in steps} for steps in (attached, own))
    return tuple(sorted(name for name in {*theirs, *ours} if theirs.get(name) != ours.get(name)))


def _bring(con: duckdb.DuckDBPyConnection, table: str, rows: tuple[Row, ...]) -> None:
    """Make a clean table of the rows; where they stood is now their order."""
    columns = [(name, _TYPES[kind]) for name, kind in COLUMNS[table].items()]
    placed = [{**row, PLACE[2]: number} for number, row in enumerate(rows, 1)]
    place = [(PLACE[0], pa.string()), (PLACE[1], pa.string()), (PLACE[2], pa.int32())]
    con.register("given", pa.Table.from_pylist(placed, pa.schema([*columns, *place])))
    con.execute(statement("sql", "bring_clean", table=quoted(table)))
    con.unregister("given")


def _check_templates(ruleset: Ruleset) -> None:
    """Refuse sentences that ask for more than a plain name: a stranger may ask for a width of thousands of millions."""
    tables = (row["words"] for name in ("candidates", "scenarios") for row in ruleset.table(name))
    for template in (*tables, *ruleset.reasons["rules"].values()):
        for _, name, width, form in Formatter().parse(template or ""):
            plain = name is None or (name.isidentifier() and not width and not form)
            _must(plain, f"the ruleset has a sentence that cannot be filled: {str(template)[:80]}")


def _check_circles(bodies: tuple[Row, ...]) -> None:
    """Refuse bodies whose parents go round in a circle: to climb up to their top would never end."""
    parents = {row["body_id"]: row["parent_id"] for row in bodies}
    standing = set[str]()
    for body in parents:
        path, here = set[str](), body
        while here in parents and here not in standing:
            _must(here not in path, f"the parents of the body {here[:80]} go round in a circle")
            path.add(here)
            here = parents[here]
        standing |= path


def _files(told: Any) -> dict[str, bytes]:
    _must(isinstance(told, dict), "their files are no object")
    for path in told:
        _must(bool(_FILE.fullmatch(path)), f"a file of their ruleset has the unsafe name {path[:80]!r}")
    return {path: _text(text).encode() for path, text in told.items()}


def _lineage(names: list[str], files: Mapping[str, bytes]) -> tuple[str, ...]:
    _must(bool(names) and len(set(names)) == len(names), "they do not name their ruleset")
    lacking = [name for name in names if f"{name}/{SETTINGS}" not in files]
    _must(not lacking, f"they lack the files of the ruleset {lacking[:1]}")
    return tuple(names)


def _rows(table: str, told: Any) -> Iterator[dict[str, Any]]:
    _must(isinstance(told, list), f"the table {table} is no list")
    columns = COLUMNS[table]
    for number, row in enumerate(told, 1):
        _must(isinstance(row, dict) and row.keys() == columns.keys(), f"row {number} of {table} has other columns")
        try:
            yield {name: None if row[name] is None else _CELLS[kind](row[name]) for name, kind in columns.items()}
        except ValueError as error:
            raise ValueError(f"row {number} of {table}: {error}") from error


def _text(cell: Any) -> str:
    _must(isinstance(cell, str), f"{str(cell)[:80]} is no text")
    return str(cell)


def _texts(cell: Any) -> list[str]:
    _must(isinstance(cell, list), f"{str(cell)[:80]} is no list")
    return [_text(one) for one in cell]


def _day(cell: Any) -> date:
    return date.fromisoformat(_text(cell))


def _flag(cell: Any) -> bool:
    _must(isinstance(cell, bool), f"{str(cell)[:80]} is neither true nor false")
    return bool(cell)


def _number(cell: Any) -> int:
    _must(isinstance(cell, int) and not isinstance(cell, bool) and abs(cell) <= _LARGEST, "a number is out of bounds")
    return int(cell)


def _must(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)


_CELLS = {"text": _text, "day": _day, "flag": _flag, "number": _number, "list": _texts}
