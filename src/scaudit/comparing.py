"""Comparing: what moved between two sides of an audit: two days, two states of knowledge, two rulesets.

A comparison is one scoring over more readings, never two audits laid side by side (method, section 7).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb

from scaudit import warehouse
from scaudit.audit import check_items, load, measure_record, validate
from scaudit.comparison import Comparison, Mark, Movement, Mover, Stand, Why
from scaudit.errors import UsageError
from scaudit.moving import movements, rulings
from scaudit.order import Order
from scaudit.outcome import rows
from scaudit.project import START, TODAY, Project, find_project
from scaudit.reading import Progress, silent
from scaudit.rules import Ruleset, load_ruleset
from scaudit.workplace import workplace

Row = Mapping[str, Any]
Rows = Sequence[Row]


def sides(order: Order, since: str, until: str, window: str, by_rules: bool, by_runs: bool = False) -> tuple[str, str]:
    """The two days that are asked for: given, or as a window of the project names them; the second defaults to as-of.

    Raises UsageError where it is not clear what shall be compared.
    """
    if sum(map(bool, (since or until, window, by_rules, by_runs))) != 1 or (until and not since):
        raise UsageError("Say what to compare: --from DAY [--to DAY], --window NAME, --ruleset A B, or --runs A B.")
    if not window:
        return since, until or order.as_of.isoformat()
    windows = find_project(order.root).settings.windows
    if window not in windows:
        raise UsageError(f"There is no window '{window}' in scaudit.toml; there are: {', '.join(windows) or 'none'}.")
    return windows[window]


def compare_days(
    order: Order, days: tuple[str, str], known: tuple[date, date], progress: Progress = silent
) -> Comparison:
    """What moved between two days, given as ISO days or as reading days' ids, each with its known-on day.

    Raises UsageError for a day or an item that is not there.
    """
    project = find_project(order.root)
    ruleset = load_ruleset(project.settings.ruleset, project.rulesets)
    with _checked(order, project, progress) as (con, incomplete):
        named = {START: project.settings.programme.first, TODAY: order.as_of}
        named |= {row["day_id"]: row["day"] for row in rows(con, "reading_days")}
        former, latter = (Mark(_day(named, day), on, ruleset.id) for day, on in zip(days, known, strict=True))
        movements(con, ruleset, former.days, latter.days, project.settings.programme.first, incomplete)
        return _collect(con, ruleset, former, latter, order.items)


def compare_rulesets(order: Order, names: tuple[str, str], progress: Progress = silent) -> Comparison:
    """What another ruleset makes of the same record on the days of the order.

    Raises ProjectError for a ruleset that is not there.
    """
    project = find_project(order.root)
    former, latter = (load_ruleset(name, project.rulesets) for name in names)
    with _checked(order, project, progress) as (con, incomplete):
        days = (order.as_of, order.known_on)
        rulings(con, former, latter, days, project.settings.programme.first, incomplete)
        found = _collect(con, former, Mark(*days, former.id), Mark(*days, latter.id), order.items)
    return replace(found, rules=differing(former, latter))


def differing(former: Ruleset, latter: Ruleset) -> tuple[str, ...]:
    """The tables and steps in which two rulesets differ, by name."""
    parts = [
        {**{table.name: str((table.columns, table.rows)) for table in one.tables}, **{s.name: s.sql for s in one.steps}}
        for one in (former, latter)
    ]
    return tuple(sorted(name for name in {*parts[0], *parts[1]} if parts[0].get(name) != parts[1].get(name)))


@contextmanager
def _checked(
    order: Order, project: Project, progress: Progress
) -> Iterator[tuple[duckdb.DuckDBPyConnection, list[str]]]:
    """The checked inputs in a private database, and the items of which a criterion is held in quarantine."""
    with workplace(project, order.run_id):
        load(order, progress)
        validate(order, progress)
        measure_record(order, progress)
        progress("comparing")
        with closing(warehouse.connect(order.database)) as con:
            check_items(order, {row["item_id"] for row in rows(con, "item_ids")})
            yield con, [row["item_id"] for row in rows(con, "incomplete_items")]


def _day(days: Mapping[str, date], text: str) -> date:
    """A day from its ISO text, or a reading day by its id."""
    if text in days:
        return days[text]
    try:
        return date.fromisoformat(text)
    except ValueError:
        named = ", ".join(days) or "none"
        raise UsageError(f"'{text}' is neither a day (YYYY-MM-DD) nor a reading day; those are: {named}.") from None


def _collect(
    con: duckdb.DuckDBPyConnection, ruleset: Ruleset, former: Mark, latter: Mark, wanted: Sequence[str]
) -> Comparison:
    stands, moves, movers = (rows(con, name) for name in ("stands", "movements", "movers"))
    return Comparison(
        former,
        latter,
        tuple(row for row in rows(con, "item_moves") if not wanted or row["item_id"] in wanted),
        moved(stands, moves, movers, wanted),
        ruleset.words,
    )


def moved(stands: Rows, moves: Rows, movers: Rows, wanted: Sequence[str] = ()) -> tuple[Movement, ...]:
    """The criteria that moved, of the items that are wanted, from the rows that say where each stands and why."""
    standing: defaultdict[str, dict[str, Stand]] = defaultdict(dict)
    for row in stands:
        standing[row["criterion_id"]][row["reading_id"]] = row  # type: ignore[assignment]
    causes: defaultdict[str, dict[str, Row]] = defaultdict(dict)
    for row in moves:
        causes[row["criterion_id"]][row["reading"]] = row
    named: defaultdict[tuple[str, str], list[Mover]] = defaultdict(list)
    for row in movers:
        named[row["criterion_id"], row["reading"]].append(row)  # type: ignore[arg-type]
    found = (
        Movement(
            stand,
            {reading: row["cause"] for reading, row in causes[key].items()},
            {reading: tuple(named[key, reading]) for reading in causes[key]},
            {reading: why(row) for reading, row in causes[key].items() if "causes" in row},
        )
        for key, stand in standing.items()
    )
    return tuple(one for one in found if not wanted or one.ask["item_id"] in wanted)


def why(row: Row) -> Why:
    """What explains a move between two runs, from its row."""
    return Why(row["cause"], *(tuple(row[name]) for name in ("causes", "makes", "undoes")))
