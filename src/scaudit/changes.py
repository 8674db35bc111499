"""Changes: what two runs did not have alike: rows of their inputs, settings, models, and what they were made with.

A row is known by its key. One that stood in the former inputs and stands in no row of the latter is withdrawn, and is
named here whatever it was.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import duckdb

from scaudit.contract import TABLES
from scaudit.outcome import rows
from scaudit.project import Settings
from scaudit.statement import quoted, quoted_list, statement
from scaudit.vanishing import printable

KINDS = ("withdrawn", "held", "corrected", "changed", "added", "released")
"""What can become of a row; a row held or released is in quarantine in the latter or the former run alone."""


@dataclass(frozen=True)
class RowChange:
    """A row that is not the same in both runs: its table and key, what became of it, and the columns that differ.

    `loaded_from` and `loaded_to` are None where it is not there, False where it is held in quarantine; `reasons` say
    why. `replaces` is the record that a row of evidence replaces. File and row are where it stands, or stood last, and
    None for evidence that was computed. `cells` are those that were otherwise: column, what it was, what it is now.
    """

    table: str
    id: str
    change: str
    columns: tuple[str, ...]
    replaces: str | None
    loaded_from: bool | None
    loaded_to: bool | None
    reasons: tuple[str, ...]
    file: str | None
    row: int | None
    cells: tuple[tuple[str, str | None, str | None], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        plain = asdict(self)
        loaded = {side: plain.pop(f"loaded_{side}") for side in ("from", "to")}
        cells = {column: {"from": was, "to": now} for column, was, now in plain.pop("cells")}
        return {**plain, "loaded": loaded, "cells": cells}


@dataclass(frozen=True)
class Changes:
    """All that changed: rows, keys of scaudit.toml, files in schemas/, and what the runs were made with, in words.

    `files` are others that were read: not those of rows, settings, models or rulesets.
    """

    rows: tuple[RowChange, ...]
    settings: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    making: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rows or self.settings or self.models or self.files or self.making)

    @property
    def tables(self) -> frozenset[str]:
        """The tables of which rows changed."""
        return frozenset(row.table for row in self.rows)

    def of(self, table: str, change: str) -> tuple[RowChange, ...]:
        """The rows of one table of which the same became."""
        return tuple(row for row in self.rows if (row.table, row.change) == (table, change))

    def counts(self) -> dict[str, Counter[str]]:
        """How many rows of each table changed in which way."""
        found: dict[str, Counter[str]] = {table: Counter() for table in TABLES if table in self.tables}
        for row in self.rows:
            found[row.table][row.change] += 1
        return found

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "rows": [row.as_json() for row in self.rows],
            "settings": list(self.settings),
            "models": list(self.models),
            "files": list(self.files),
            "made_of": list(self.making),
        }


def row_changes(con: duckdb.DuckDBPyConnection) -> tuple[RowChange, ...]:
    """What differs between the inputs of the attached databases `former` and `latter`, by table and key.

    Leaves it as past.changes.
    """
    con.execute(statement("past", "prepare"))
    for table in TABLES.values():
        columns, key = quoted_list(table.columns), quoted_list(table.key)
        names = {"columns": columns, "key": key, "first_key": quoted(table.key[0]), "table": quoted(table.name)}
        con.execute(statement("past", "differing", **names), [table.name])
        con.execute(statement("past", "changes", **names), [table.name])
        con.execute(statement("past", "cells", **names), [table.name])
    for step in ("unread", "computed", "replacing"):
        con.execute(statement("past", step, columns=quoted_list(TABLES["evidence"].columns)))
    cells: dict[tuple[str, str], list[tuple[str, str | None, str | None]]] = defaultdict(list)
    for cell in rows(con, "cells_found", "past"):
        cells[cell["table"], cell["id"]].append((cell["column"], cell["was"], cell["now"]))
    found = (_row_change(row, cells[row["table"], row["id"]]) for row in rows(con, "changes_found", "past"))
    return tuple(sorted(found, key=_place))


def _row_change(row: Mapping[str, Any], cells: Sequence[tuple[str, str | None, str | None]]) -> RowChange:
    order = TABLES[row["table"]].columns.index
    return RowChange(
        **{
            **row,
            "id": printable(row["id"]),
            "columns": tuple(sorted(row["columns"], key=order)),
            "reasons": tuple(row["reasons"]),
            "cells": tuple(sorted(cells, key=lambda cell: order(cell[0]))),
        }
    )


def _place(row: RowChange) -> tuple[int, int, str, int, str]:
    return list(TABLES).index(row.table), KINDS.index(row.change), row.file or "", row.row or 0, row.id


def settings_changed(former: Settings, latter: Settings) -> tuple[str, ...]:
    """The keys of scaudit.toml, with dots, whose values are not the same."""
    keys = [_flat(one.model_dump(mode="json", by_alias=True)) for one in (former, latter)]
    return tuple(sorted(key for key in {*keys[0], *keys[1]} if keys[0].get(key) != keys[1].get(key)))


def _flat(values: Mapping[str, Any], above: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in values.items():
        found |= _flat(value, f"{above}{key}.") if isinstance(value, dict) else {f"{above}{key}": value}
    return found


def files_changed(former: Mapping[str, str], latter: Mapping[str, str]) -> tuple[str, ...]:
    """The paths of files whose digests are not the same."""
    return tuple(sorted(path for path in {**former, **latter} if former.get(path) != latter.get(path)))
