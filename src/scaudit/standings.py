"""Standings: where every item and ask stands, without the records: what a page on very many items is made of.

Ten thousand items have a million records. No page on all of them shows one, so none is read: what became of them comes
out of the database as counts.
"""

from dataclasses import replace
from typing import Any

import duckdb

from scaudit.contract import PRIVATE
from scaudit.outcome import BESIDE, disagreeing, rows, selected, shared
from scaudit.results import Earlier, Results
from scaudit.rules import Ruleset

HELD = 2_000
"""Faults of rows in quarantine that are taken along. A page names fewer, and has all of them as counts."""
STOOD = ("items", "item_status", "claims", "dispositions", "reading_days", "uses")
NUMBERS = tuple(name for name in BESIDE if name not in ("quarantine", "replies"))


def standings(con: duckdb.DuckDBPyConnection, ruleset: Ruleset, programme: str) -> Results:
    """The results of a run without its records. `programme` is that of items which name none."""
    found = stood(con, ruleset)
    tables: dict[str, Any] = {name: tuple(rows(con, name)) for name in NUMBERS}
    tables["quarantine"] = tuple(selected(con, "held_first", [sorted(PRIVATE), HELD]))
    tables["held_counts"] = tuple(selected(con, "held_counts", [sorted(PRIVATE)]))
    named = programmes(con, programme)
    return replace(found, disagreements=disagreeing(con, found.run["as_of"]), programmes=named, **tables)


def programmes(con: duckdb.DuckDBPyConnection, programme: str) -> dict[str, str]:
    """The programme of every item; `programme` is that of items which name none."""
    return {row["item_id"]: row["programme"] for row in selected(con, "programmes", [programme])}


def stood(con: duckdb.DuckDBPyConnection, ruleset: Ruleset) -> Results:
    """What scoring gave, without the records and without what stands beside it."""
    tables = {**shared(con, ruleset), **{name: tuple(rows(con, name)) for name in STOOD}}
    return Results(
        rungs=tuple(rows(con, "plain_rungs")),  # type: ignore[arg-type]
        records=(),
        cited_records=tuple(rows(con, "cited")),  # type: ignore[arg-type]
        earlier=_earlier(con),
        **tables,
    )


def _earlier(con: duckdb.DuckDBPyConnection) -> Earlier | None:
    """The last named day before the as-of day, with what stood elsewhere on it."""
    found = rows(con, "last_day")
    if not found:
        return None
    (last,) = found
    statuses, rungs = (tuple(selected(con, name, [last["day_id"]])) for name in ("stood_items", "stood_rungs"))
    return Earlier(last["day"], tuple(last["labels"]), statuses, rungs)  # type: ignore[arg-type]
