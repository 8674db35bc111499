"""History: what changed between two runs, what moved, and which of the changes explains each move.

Both runs are laid out again from what they kept, and read and scored anew by this engine, so that what differs between
them is what they had, and never the engine.
"""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from scaudit import ledger, warehouse
from scaudit.audit import check_items, load, measure_record, validate
from scaudit.changes import Changes, files_changed, row_changes, settings_changed
from scaudit.comparing import differing, moved, why
from scaudit.comparison import Comparison, Mark
from scaudit.contract import TABLES
from scaudit.errors import ProjectError, UsageError
from scaudit.keeping import bring_records, restore
from scaudit.making import differences
from scaudit.order import Order
from scaudit.outcome import rows
from scaudit.project import SETTINGS_FILE, Project, find_project
from scaudit.reading import Progress, silent
from scaudit.rows import Words
from scaudit.rules import Ruleset, load_ruleset
from scaudit.singling import single_out
from scaudit.statement import quoted, statement
from scaudit.swapping import FACTORS, Side, Sides, explain
from scaudit.workplace import workplace

NEWEST = {"last": 0, "previous": 1}
"""Words for run ids: the newest of the runs that are done and no replays, and the one before it."""


@dataclass(frozen=True)
class _Past:
    """A run of the ledger, laid out, read and checked again."""

    entry: Mapping[str, Any]
    project: Project
    database: Path
    ruleset: Ruleset
    tables: frozenset[str]
    items: frozenset[str]
    incomplete: tuple[str, ...]

    @property
    def mark(self) -> Mark:
        return Mark(self.entry["as_of"], self.entry["known_on"], self.ruleset.id)

    @property
    def first_day(self) -> date:
        return self.project.settings.programme.first

    def side(self, name: str) -> Side:
        """What it scores, once its database is attached under a name."""
        origins = dict.fromkeys(TABLES, name)
        return Side(origins, self.ruleset, self.mark.days, self.first_day, self.incomplete)


def compare_runs(order: Order, names: tuple[str, str], progress: Progress = silent) -> Comparison:
    """What changed from one run to another, by run id or the words of NEWEST, and what moved by that.

    Raises UsageError for a run that is not there or has nothing kept, ProjectError where a copy is damaged.
    """
    project = find_project(order.root)
    entries = [_entry(project.state, name) for name in names]
    with workplace(project, order.run_id) as private, closing(warehouse.connect()) as con:
        former, latter = (
            _again(project, entry, private / name, progress)
            for name, entry in zip(("former", "latter"), entries, strict=True)
        )
        check_items(order, {*former.items, *latter.items})
        progress("comparing")
        for name, past in (("former", former), ("latter", latter)):
            con.execute(statement("past", "attach", alias=quoted(name)), [str(past.database)])
        changes = _changes(con, former, latter)
        sides = Sides(former.side("former"), latter.side("latter"))
        explain(con, sides, _factors(changes, former, latter))
        single_out(con, sides)
        return _collected(con, order, former, latter, changes)


def _entry(state: Path, name: str) -> dict[str, Any]:
    """A run of the ledger that has kept what it read."""
    if name in NEWEST:
        done = ledger.done_runs(state)
        if len(done) <= NEWEST[name]:
            raise UsageError(f"There is no {name} run yet; 'scaudit runs' lists {len(done)} that count.")
        found = done[NEWEST[name]]
    else:
        found = ledger.past_run(state, name)
    if not found["inputs"] or not found["kept"]:
        why = "it failed before it had read them" if found["kept"] else "an earlier engine made it"
        raise UsageError(f"The run {found['run_id']} has no kept inputs to compare: {why}.")
    return found


def _again(project: Project, entry: Mapping[str, Any], room: Path, progress: Progress) -> _Past:
    """Lay out a run, read it and check it."""
    progress(f"restoring {entry['run_id']}")
    restored = restore(project.state, entry["kept"], room)
    bring_records(project, entry["inputs"], entry["kept"], restored)
    order = Order(restored.root, entry["as_of"], entry["known_on"], entry["run_id"], synthetic=True)
    try:
        tables = frozenset(one.file for one in load(order, progress))
        validate(order, progress)
        measure_record(order, progress)
        ruleset = load_ruleset(restored.settings.ruleset, restored.rulesets)
    except ProjectError as error:
        raise ProjectError(f"The run {entry['run_id']} cannot be read again: {error}") from error
    with closing(warehouse.connect(order.database)) as con:
        items = frozenset(row["item_id"] for row in rows(con, "item_ids"))
        incomplete = tuple(row["item_id"] for row in rows(con, "incomplete_items"))
    return _Past(entry, restored, order.database, ruleset, tables, items, incomplete)


def _changes(con: duckdb.DuckDBPyConnection, former: _Past, latter: _Past) -> Changes:
    then, now = former.entry, latter.entry
    files = files_changed(*({**entry["inputs"], **entry["kept"]} for entry in (then, now)))
    models, rulesets = (f"{folder.name}/" for folder in (latter.project.schemas, latter.project.rulesets))
    others = {path for path in files if not path.startswith((models, rulesets))}
    return Changes(
        rows=row_changes(con),
        settings=settings_changed(former.project.settings, latter.project.settings),
        models=tuple(path for path in files if path.startswith(models)),
        files=tuple(sorted(others - former.tables - latter.tables - {SETTINGS_FILE})),
        making=tuple(differences(then["made_of"] or {}, now["made_of"] or {})),
    )


def _factors(changes: Changes, former: _Past, latter: _Past) -> list[str]:
    """What differs between the runs, and can explain a move."""
    beside = {
        "rules": bool(differing(former.ruleset, latter.ruleset)),
        "settings": former.first_day != latter.first_day,
        "days": former.mark.days != latter.mark.days,
    }
    return [name for name, tables in FACTORS.items() if beside.get(name) or changes.tables.intersection(tables)]


def _collected(
    con: duckdb.DuckDBPyConnection, order: Order, former: _Past, latter: _Past, changes: Changes
) -> Comparison:
    stands, moves, movers = (rows(con, name, "past") for name in ("stands", "movements_found", "movers_named"))
    return Comparison(
        former.mark,
        latter.mark,
        _items(con, order),
        moved(stands, moves, movers, order.items),
        _words(former.ruleset, latter.ruleset),
        differing(former.ruleset, latter.ruleset),
        (former.entry["run_id"], latter.entry["run_id"]),
        changes,
    )


def _items(con: duckdb.DuckDBPyConnection, order: Order) -> tuple[dict[str, Any], ...]:
    """The items of which the status moved, each with what explains it by reading."""
    found = {row["item_id"]: {**row, "moved": {}} for row in rows(con, "item_moves")}
    for row in rows(con, "item_causes", "past"):
        found[row["item_id"]]["moved"][row["reading"]] = why(row)
    return tuple(row for key, row in found.items() if not order.items or key in order.items)


def _words(former: Ruleset, latter: Ruleset) -> Words:
    """The printed words of both rulesets; where both have one, that of the latter."""
    tables = {*former.words, *latter.words}
    return {table: {**former.words.get(table, {}), **latter.words.get(table, {})} for table in tables}
