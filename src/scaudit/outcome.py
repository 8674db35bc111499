"""The outcome of a run: the result tables, taken out of the database as one plain value."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb

from scaudit.contract import PLACE, PRIVATE
from scaudit.errors import ProjectError
from scaudit.explaining import Row, choices, moves, rule_lines
from scaudit.figures import Disagreement
from scaudit.grounds import COLUMNS, IN_THEIR_ORDER, Grounds
from scaudit.results import Results
from scaudit.rules import Ruleset
from scaudit.statement import quoted, quoted_list, statement

SCORED = (
    *("items", "item_status", "claims", "dispositions", "reading_days", "points", "viewpoints"),
    *("seen", "shifts", "status_shifts", "left_out", "conflicts"),
)
BESIDE = ("quarantine", "measured", "figures", "events", "splits", "versions", "outliers", "replies")


def rows(con: duckdb.DuckDBPyConnection, query: str, folder: str = "sql") -> list[dict[str, Any]]:
    """The rows of one query of the engine, of its sql/ folder if none is named, as dictionaries."""
    return selected(con, query, [], folder)


def selected(
    con: duckdb.DuckDBPyConnection, query: str, values: Sequence[object], folder: str = "sql"
) -> list[dict[str, Any]]:
    """The rows of a query that takes parameters."""
    answer = con.execute(statement(folder, query), list(values))
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def collect(con: duckdb.DuckDBPyConnection, ruleset: Ruleset) -> Results:
    """All result tables of a database that was scored with the hypotheses of `explaining`."""
    found = scored(con, ruleset)
    tables: dict[str, Any] = {name: tuple(rows(con, name)) for name in BESIDE}
    tables["quarantine"] = tuple(row for row in tables["quarantine"] if row["table_name"] not in PRIVATE)
    return replace(found, disagreements=disagreeing(con, found.run["as_of"]), **tables)


def disagreeing(con: duckdb.DuckDBPyConnection, as_of: date) -> tuple[Disagreement, ...]:
    """What sources disagree about, of periods that had ended on the as-of day."""
    ended = [row for row in rows(con, "disagreements") if row["period_to"] <= as_of]
    return tuple(_disagreements(ended))  # type: ignore[arg-type]


def scored(con: duckdb.DuckDBPyConnection, ruleset: Ruleset) -> Results:
    """What scoring gave, without what stands beside it: the numbers, the quarantine, the replies."""
    tables = {**shared(con, ruleset), **{name: tuple(rows(con, name)) for name in SCORED}}
    criteria = {row["criterion_id"]: row for row in tables["criteria"]}
    tables["contradictions"] = tuple(_contradiction(row) for row in rows(con, "contradictions"))
    tables["parties"] = tuple(rows(con, "parties"))
    tables["choices"] = tuple(choices(ruleset, tables["shifts"]))
    tables["rungs"] = tuple(_explained(ruleset, row, criteria[row["criterion_id"]]) for row in rows(con, "rungs"))
    tables["records"] = tuple(_with_reason(ruleset, row) for row in rows(con, "records"))
    return Results(**tables)


def shared(con: duckdb.DuckDBPyConnection, ruleset: Ruleset) -> dict[str, Any]:
    """What results have with their records or without them: the run, whom and what it names, what would move an ask."""
    for view in ("everywhere", "audited_rungs"):
        con.execute(statement("sql", view))
    criteria, moved = rows(con, "criteria"), rows(con, "moves")
    bodies = {row["body_id"]: row["name"] for row in rows(con, "bodies")}
    answerable = {row["criterion_id"]: bodies[row["accountable"][0]] for row in criteria}
    (run,) = rows(con, "run")
    return {
        "run": run,
        "bodies": bodies,
        "sources": {row["source_id"]: row for row in rows(con, "sources")},
        "criteria": tuple(criteria),
        "raises": tuple(moves(ruleset, moved, answerable, "raise")),
        "lowers": tuple(moves(ruleset, moved, answerable, "lower")),
        "quarantine": (),
        "words": ruleset.words,
    }


def grounds(con: duckdb.DuckDBPyConnection, ruleset: Ruleset) -> Grounds:
    """What was scored: everything that scoring read, out of a database that was scored with this ruleset.

    Raises ProjectError where the ruleset is another one by now.
    """
    for table in ruleset.tables:
        held = con.execute(statement("sql", "rule_table", table=quoted("rule", table.name))).fetchall()
        if Counter(held) != Counter(table.rows):
            raise ProjectError(f"The ruleset {ruleset.id} has changed since the last audit; run scaudit audit anew.")
    (run,) = rows(con, "run")
    (programme,) = rows(con, "programme")
    found = Grounds(
        as_of=run["as_of"],
        known_on=run["known_on"],
        programme_from=programme["opens_on"],
        incomplete=tuple(row["item_id"] for row in rows(con, "incomplete")),
        tables={name: tuple(_clean(con, name)) for name in COLUMNS},
    )
    return found.under(ruleset)


def _clean(con: duckdb.DuckDBPyConnection, table: str) -> list[dict[str, Any]]:
    """The rows of an input table that were scored, with the columns of the grounds."""
    columns = tuple(COLUMNS[table])
    order = PLACE if table in IN_THEIR_ORDER else columns
    identifiers = {"columns": quoted_list(columns), "table": quoted(table), "order": quoted_list(order)}
    answer = con.execute(statement("sql", "grounds", **identifiers))
    return [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]


def _explained(ruleset: Ruleset, rung: Row, criterion: Row) -> dict[str, Any]:
    """A rung with the records on which it hangs and the sentences of the rules that fired."""
    lines = rule_lines(ruleset, rung, criterion["shelf_life_months"], criterion["sustain_months"])
    binding = [rung[key] for key in ("evidence_id", "partner_id", "first_id") if rung[key]]
    return {
        "criterion_id": rung["criterion_id"],
        "reading": rung["reading"],
        "rung": rung["rung"],
        "flags": rung["flags"],
        "stale": bool(rung["stale"]),
        "binding": binding,
        "standing": rung["standing"] or ([] if rung["evidence_id"] or not rung["against_id"] else [rung["against_id"]]),
        "rules": lines,
    }


def _with_reason(ruleset: Ruleset, record: Row) -> dict[str, Any]:
    """A record with the reason for its fate in words instead of its code."""
    return {**record, "reason": ruleset.reasons["records"][record["reason"]]}


def _disagreements(told: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Values for one thing, place and period, side by side."""
    groups: defaultdict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in told:
        groups[row["family"], row["geography"], row["unit"], row["period_to"]].append(row)
    for (family, geography, _, period_to), same in groups.items():
        yield {
            "family": family,
            "geography": geography,
            "period_from": min(row["period_from"] for row in same),
            "period_to": period_to,
            "values": [row["value"] for row in same],
            "bounds": [row["bound"] for row in same],
            "series": [row["series_id"] for row in same],
            "source_ids": [row["source_id"] for row in same],
        }


def _contradiction(row: Row) -> dict[str, Any]:
    """An entry of the register with its sides, of which there are two or three."""
    return {
        **{key: row[key] for key in ("contradiction_id", "question", "explained_by", "explanation", "items")},
        "sides": [
            {
                "says": row[f"says_{side}"],
                "records": row[f"records_{side}"] or [],
                "sources": row[f"sources_{side}"] or [],
            }
            for side in "abc"
            if row[f"says_{side}"]
        ],
    }
