"""Gathering: the results of all items, with their records where they are few, without them where they are many."""

import gc
from dataclasses import replace
from pathlib import Path

import duckdb

from scaudit.collector import no_collector
from scaudit.outcome import collect, grounds, rows
from scaudit.results import Results
from scaudit.rules import Ruleset
from scaudit.scorecard.groups import MANY
from scaudit.standings import programmes, standings

_HELD: dict[tuple[Path, int], Results] = {}
"""The results that the run of this process has gathered, by their database and its moment: one at most."""


def gathered(con: duckdb.DuckDBPyConnection, ruleset: Ruleset, programme: str) -> Results:
    """What the overview of an edition is made of, with the rows that were scored where it carries them.

    `programme` is that of items which name none.
    """
    with no_collector():
        if len(rows(con, "item_ids")) > MANY:
            return standings(con, ruleset, programme)
        return replace(collect(con, ruleset), grounds=grounds(con, ruleset), programmes=programmes(con, programme))


def hold(database: Path, results: Results) -> None:
    """Keep what was gathered for what comes next in this run: its steps, and the cards that this process renders."""
    let_go()
    _HELD[_moment(database)] = results
    gc.freeze()  # there is no waste in it, and to look for it there costs more each time than all else


def held(database: Path) -> Results | None:
    """What this process has gathered from a database as it is now; None where it has not."""
    return _HELD.get(_moment(database))


def let_go() -> None:
    """Keep nothing: the run has ended."""
    _HELD.clear()
    gc.unfreeze()


def _moment(database: Path) -> tuple[Path, int]:
    return database, database.stat().st_mtime_ns
