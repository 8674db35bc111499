"""The same steps score in another database: PostgreSQL, as translated, finds what DuckDB finds, row for row."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest
from sqlglot import parse_one

from scaudit.dialect import TURNS, translated
from scaudit.explaining import hypotheses
from scaudit.rules import Step
from scaudit.scoring import Reading, audit_readings, score, trajectory_readings, viewpoint_readings
from scoring_tables import AS_OF, FROM, KNOWN_ON, LADDER, Registry, Row, connect, crowded, fill

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

from elsewhere import carry, columns, digests, main, read_by_scoring, score_there
from postgres import Server, named_server, private_server, programs

REQUIRED = "CI" in os.environ or os.environ.get("SCAUDIT_CHECKS") == "required"
DAYS = {"start": "2012-06-01", "middle": "2013-12-31"}
VIEWS = {"auditors": (["auditor", "oversight_body"], None), "agencies": (["agency"], None),
         "some": (["press"], ["by CITY", "by COURT"]), "paper": (None, ["by PAPER"])}  # fmt: skip


def world(seed: int = 7, size: int = 250) -> Registry:
    """A registry in which everything occurs that a step reads, and texts with the signs that files of rows are made of."""
    drawn, draw = crowded(seed, size), random.Random(seed)
    records: defaultdict[str, list[str]] = defaultdict(list)
    for row in drawn.evidence:
        row["finding"] = draw.choice(["plain", 'a "quote", a comma', "a \\N and a\nnew line", "", "e\u0301 {b} | ~"])
        records[row["criterion_id"]].append(row["evidence_id"])
    drawn.reading_days = [{"day_id": name, "day": day} for name, day in DAYS.items()]
    drawn.viewpoints = [{"viewpoint_id": name, "body_kinds": kinds, "source_ids": sources}
                        for name, (kinds, sources) in VIEWS.items()]  # fmt: skip
    drawn.contradictions = list(_register(draw, [names for names in records.values() if len(names) > 3]))
    return drawn


def _register(draw: random.Random, told: list[list[str]]) -> Iterator[Row]:
    """Entries that have records of one criterion on two sides or three."""
    for number in range(100):
        names = draw.choice(told)
        picked = draw.sample(names, min(len(names), draw.choice([2, 4, 6])))
        half = len(picked) // 2
        sides = {"records_a": picked[:half], "records_b": picked[half:], "records_c": draw.choice([None, names[:1]])}
        yield {"contradiction_id": f'K "{number}"', **sides}


def readings() -> list[Reading]:
    """All readings that an audit scores, and what each choice of the ruleset changes."""
    verified, claimed = audit_readings(date.fromisoformat(AS_OF), date.fromisoformat(KNOWN_ON))
    days = {name: date.fromisoformat(day) for name, day in DAYS.items()}
    choices = [replace(verified, reading_id=f"if/{one}", scenario=one)
               for one in ("shelf-all-12", "pairs-none", "pairs-sources", "auditor-down")]  # fmt: skip
    some_days = trajectory_readings(days, verified.as_of, verified.known_on)
    return [
        verified,
        claimed,
        *hypotheses(LADDER, verified),
        *some_days,
        *viewpoint_readings(VIEWS, verified),
        *choices,
    ]


@pytest.fixture(scope="module")
def here() -> Iterator[duckdb.DuckDBPyConnection]:
    """The registry, scored in DuckDB. One reading leaves some records out; one item is incomplete."""
    with connect() as con:
        drawn = world()
        fill(con, drawn)
        con.execute("create table exclusions (reading_id varchar, evidence_id varchar)")
        left_out = [[f"view/{name}", row["evidence_id"]] for name in VIEWS for row in list(drawn.evidence)[::9]]
        con.executemany("insert into exclusions values (?, ?)", left_out)
        score(con, LADDER, readings(), date.fromisoformat(FROM), ["I0001"])
        yield con


@pytest.fixture(scope="module")
def there(here: duckdb.DuckDBPyConnection) -> Iterator[Server]:
    """A PostgreSQL in which the same registry was scored."""
    if programs() is None and not REQUIRED:
        pytest.skip("PostgreSQL is not here")
    with private_server() as server:
        carry(here, server, read_by_scoring(here))
        score_there(here, server, LADDER)
        yield server


def test_every_result_is_equal_by_digest(here: duckdb.DuckDBPyConnection, there: Server) -> None:
    """Rungs, flags, claims, items, records, moves, views and conflicts: no row more, none less, none otherwise."""
    found = digests(here, there)
    made = {f"result.{step.name.partition('_')[2]}" for step in LADDER.steps if "table result." in step.sql}
    assert {name: ours for name, (ours, _) in found.items()} == {name: theirs for name, (_, theirs) in found.items()}
    assert set(found) == made
    assert [name for name, (ours, _) in found.items() if ours.endswith(" of 0 rows")] == []


def test_a_digest_tells_one_cell_of_one_row(here: duckdb.DuckDBPyConnection, there: Server) -> None:
    """Else equal digests would say nothing."""
    change = (
        "update result.rungs set unopposed = unopposed {} 1 where reading_id = 'claimed' and criterion_id = 'I0001.0'"
    )
    before = digests(here, there)
    there.run(change.format("+"))
    after = digests(here, there)
    there.run(change.format("-"))
    assert [name for name in before if before[name] != after[name]] == ["result.rungs"]


def test_whoever_has_a_postgresql_compares_there(there: Server, capsys: pytest.CaptureFixture[str]) -> None:
    """The comparison of the benchmark runs in a database that is named."""
    there.run("create database another")
    words = ["--items", "20", "--records", "300", "--server", there.name.replace("dbname=postgres", "dbname=another")]
    assert main(words)
    assert capsys.readouterr().out.count("\nequal  result.") == 11


def test_tables_that_are_there_already_are_not_touched(here: duckdb.DuckDBPyConnection, there: Server) -> None:
    """Somebody's own might have these names."""
    before = digests(here, there)
    with pytest.raises(subprocess.CalledProcessError):
        carry(here, there, read_by_scoring(here))
    assert digests(here, there) == before


def test_a_database_that_sorts_text_otherwise_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which of two equal records is named would hang on the language of the server."""
    monkeypatch.setattr(Server, "lines", lambda _self, _query: iter([b"en_US.UTF-8\n"]))
    with pytest.raises(ValueError, match="sorts by en_US"):
        named_server("dbname=audit")


def test_texts_come_over_as_they_are(here: duckdb.DuckDBPyConnection, there: Server) -> None:
    """Quotes, commas, new lines, signs of null and of lists change nothing on the way."""
    query = "select {} from clean.{} order by 1"
    for table, cells in (
        ("evidence", "evidence_id || '=' || finding"),
        ("contradictions", "array_to_string(records_a, '+') || contradiction_id || coalesce(records_c[1], '-')"),
    ):
        ours = [f"{row[0]}\n" for row in here.execute(query.format(cells, table)).fetchall()]
        assert b"".join(there.lines(query.format(cells, table))).decode() == "".join(ours)


def test_every_statement_is_one_of_its_dialect(here: duckdb.DuckDBPyConnection) -> None:
    """What is written for a dialect can be read back in it, says each column by its name, and replaces no table."""
    tables = {name: list(of) for name, of in columns(here, "clean", "rule", "main").items()}
    for dialect in TURNS:
        for step in translated(LADDER.steps, tables, dialect):
            said = parse_one(step.sql, read=dialect).sql(dialect).upper()
            assert not [word for word in ("EXCLUDE", "REPLACE (", ".*", "BY NAME", "OR REPLACE") if word in said], step


def test_spark_numbers_no_rows_without_an_order() -> None:
    """It refuses to; the number is a key and no order."""
    step = Step("1_a", "create or replace table step.a as select b.*, row_number() over () as n from b")
    drop, create = translated([step], {"b": ["c"]}, "spark")
    assert drop.sql == "DROP TABLE IF EXISTS `step`.`a`"
    assert "MONOTONICALLY_INCREASING_ID() AS `n`" in create.sql
    assert "ROW_NUMBER" not in create.sql


def test_a_dialect_in_which_nobody_has_scored_is_refused() -> None:
    """sqlglot writes many; whether they score alike, a test must say first."""
    with pytest.raises(ValueError, match="no translation into oracle; there is one into postgres, spark"):
        list(translated(LADDER.steps, {}, "oracle"))
