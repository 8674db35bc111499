"""Scores a registry twice, in DuckDB and in PostgreSQL, by the same steps, and compares every result by its digest.

DuckDB runs the steps as they are written, PostgreSQL as `scaudit.dialect` translates them, over the same rows. The
registry is synthetic, or that of a project; the PostgreSQL is one started for it, or one that is named.
"""

import argparse
import hashlib
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import duckdb
from sqlglot import parse_one

from postgres import Server, named_server, private_server
from scaudit.dialect import translated
from scaudit.rules import Ruleset, load_ruleset
from scaudit.statement import literal, quoted
from synthetic import write_project

DAY = date(2024, 1, 1)
BESIDE = ("readings", "programme", "scope", "exclusions", "incomplete")
"""What scoring reads beside the clean tables and those of the ruleset."""

Columns = Mapping[str, Mapping[str, str]]
"""Tables with their columns and the types of these."""


def columns(con: duckdb.DuckDBPyConnection, *schemas: str) -> Columns:
    """The tables of some schemas; those of `main` go without it."""
    found: dict[str, dict[str, str]] = {}
    for schema, table, column, kind in con.execute(
        "select schema_name, table_name, column_name, data_type from duckdb_columns()"
        " where database_name = current_database() and list_contains($1, schema_name) order by 1, 2, column_index",
        [list(schemas)],
    ).fetchall():
        found.setdefault(table if schema == "main" else f"{schema}.{table}", {})[column] = kind
    return found


def read_by_scoring(con: duckdb.DuckDBPyConnection) -> Columns:
    """The tables that scoring reads, of a database that was scored."""
    tables = columns(con, "clean", "rule", "main")
    return {name: of for name, of in tables.items() if "." in name or name in BESIDE}


def carry(con: duckdb.DuckDBPyConnection, server: Server, tables: Columns) -> None:
    """Bring tables over as CSV. Fails where one of their schemas is there already: nobody's tables are touched."""
    schemas = sorted({name.partition(".")[0] for name in tables if "." in name} | {"step", "result"})
    script = [f"create schema {quoted(schema)};" for schema in schemas]
    with tempfile.TemporaryDirectory() as folder:
        for name, of in tables.items():
            table, path = quoted(*name.split(".")), Path(folder) / f"{name}.csv"
            cells = ", ".join(_as_written(column, kind) for column, kind in of.items())
            con.execute(f"copy (select {cells} from {table}) to {literal(str(path))} (header false, nullstr '\\N')")
            plain = ", ".join(f"{quoted(column)} {kind}" for column, kind in of.items())
            script += [
                _in_postgres(f"create table {table} ({plain})") + ";",
                f"\\copy {table} from '{path}' with (format csv, null '\\N')",
                f"analyze {table};",
            ]
        server.run("\n".join(script))


def _as_written(column: str, kind: str) -> str:
    """A column as PostgreSQL reads it: a list as `{"a","b"}`."""
    name = quoted(column)
    if not kind.endswith("[]"):
        return name
    escaped = r"""list_transform({}, lambda one: '"' || regexp_replace(one, '(["\\])', '\\\1', 'g') || '"')"""
    return f"'{{' || array_to_string({escaped.format(name)}, ',') || '}}' as {name}"


def score_there(con: duckdb.DuckDBPyConnection, server: Server, ruleset: Ruleset) -> None:
    """Run the steps of the ruleset in PostgreSQL."""
    tables = {name: list(of) for name, of in read_by_scoring(con).items()}
    server.run(";\n".join(step.sql for step in translated(ruleset.steps, tables, "postgres")))


def digests(con: duckdb.DuckDBPyConnection, server: Server) -> dict[str, tuple[str, str]]:
    """Of every result table the digest here and there: SHA-256 over its rows as text, in the order of the text."""
    queries = {name: _as_text(name, of) for name, of in columns(con, "result").items()}
    return {
        name: (_digest(_lines(con, query)), _digest(server.lines(_in_postgres(query))))
        for name, query in queries.items()
    }


def _as_text(name: str, of: Mapping[str, str]) -> str:
    lists = {column for column, kind in of.items() if kind.endswith("[]")}
    texts = (
        f"array_to_string({quoted(one)}, ',')" if one in lists else f"cast({quoted(one)} as varchar)" for one in of
    )
    cells = ", ".join(f"coalesce({text}, '~')" for text in texts)
    return f"select concat_ws('|', {cells}) as line from {quoted(*name.split('.'))} order by line"


def _in_postgres(query: str) -> str:
    return parse_one(query, read="duckdb").sql("postgres")


def _lines(con: duckdb.DuckDBPyConnection, query: str) -> Iterator[bytes]:
    asked = con.execute(query)
    while rows := asked.fetchmany(20_000):
        yield from (f"{line}\n".encode() for (line,) in rows)


def _digest(lines: Iterable[bytes]) -> str:
    total, count = hashlib.sha256(), 0
    for line in lines:
        total.update(line)
        count += 1
    return f"{total.hexdigest()} of {count} rows"


@dataclass(frozen=True)
class Here:
    """A registry that was scored in DuckDB in both readings, and how long that took."""

    con: duckdb.DuckDBPyConnection
    ruleset: Ruleset
    seconds: float


@contextmanager
def scored_here(project: Path) -> Iterator[Here]:
    """Read, check and score a project."""
    from scaudit.audit import load, validate
    from scaudit.order import Order
    from scaudit.project import find_project
    from scaudit.scoring import audit_readings, score
    from scaudit.warehouse import connect

    order = Order(project, DAY, DAY, "benchmark")
    load(order)
    validate(order)
    found = find_project(project)
    ruleset = load_ruleset(found.settings.ruleset, found.rulesets)
    with connect(order.database) as con:
        began = time.perf_counter()
        score(con, ruleset, audit_readings(DAY, DAY), found.settings.programme.first)
        yield Here(con, ruleset, time.perf_counter() - began)


def compare(here: Here, server: Server) -> bool:
    """Score in PostgreSQL what was scored here; prints what both took, and whether they agree."""
    times = [time.perf_counter()]
    carry(here.con, server, read_by_scoring(here.con))
    times.append(time.perf_counter())
    score_there(here.con, server, here.ruleset)
    times.append(time.perf_counter())
    loading, there = (after - before for before, after in pairwise(times))
    print(f"DuckDB      score {here.seconds:7.1f} s  1.0")
    print(f"PostgreSQL  score {there:7.1f} s  {there / here.seconds:.1f}   and {loading:.1f} s to load")
    found = digests(here.con, server)
    for name, (ours, theirs) in found.items():
        print(f"equal  {name:20}  {ours}" if ours == theirs else f"OTHER  {name:20}  {ours}, there {theirs}")
    return all(ours == theirs for ours, theirs in found.values())


def main(words: Sequence[str]) -> bool:
    """Compare; gives whether all digests are equal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--project", type=Path, help="a project, instead of a synthetic registry")
    parser.add_argument("--server", help="a PostgreSQL as psql names it, such as 'host=db dbname=audit'")
    wanted = parser.parse_args(words)
    with ExitStack() as stack:
        project = wanted.project
        if project is None:
            project = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "synthetic"
            write_project(project, wanted.items, wanted.records)
            print(f"{wanted.items} items, {wanted.records} evidence rows, SYNTHETIC")
        here = stack.enter_context(scored_here(project))
        server = named_server(wanted.server) if wanted.server else stack.enter_context(private_server())
        return compare(here, server)


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1:]))
