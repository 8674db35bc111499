"""Gathering: the results of a run, with the records of items where these are few, without them where they are many."""

import gc
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from scaudit.collector import no_collector
from scaudit.outcome import collect, grounds, rows
from scaudit.project import Project
from scaudit.results import Results
from scaudit.rules import Ruleset, load_ruleset
from scaudit.saying import Saying, saying
from scaudit.scorecard.groups import MANY
from scaudit.scorecard.said import Said
from scaudit.standings import programmes, standings
from scaudit.warehouse import connect, open_published


@dataclass(frozen=True)
class Gathered:
    """What the pages of a run are made of.

    Where the items are few, `results` have all of each. Where they are many, the `saying` has what is said of each,
    and `results` are for what concerns none of them alone.
    """

    results: Results
    saying: Saying | None = None

    @property
    def said(self) -> Said | None:
        """What is said of each item, where they are many."""
        return self.saying.said if self.saying else None


_HELD: dict[tuple[Path, int], Gathered] = {}
"""What the run of this process has gathered, by the database and its moment: one at most."""


def gathered(database: Path, project: Project) -> Gathered:
    """What the pages of a run are made of, out of results that nobody has open to write."""
    with no_collector():
        with closing(connect(database, read_only=True)) as con:
            if not _are_many(con):
                return Gathered(complete(con, project))
        told = saying(database, project)
        return Gathered(told.results, told)


def gathered_once(database: Path, project: Project) -> Gathered:
    """The same; what this process has gathered of it already is not gathered again."""
    found = held(database)
    if found is None:
        found = gathered(database, project)
        hold(database, found)
    return found


def complete_published(project: Project) -> Results:
    """The results of all items that are published. Raises ProjectError where there are none."""
    with open_published(project.state) as con:
        return complete(con, project)


def complete(con: duckdb.DuckDBPyConnection, project: Project) -> Results:
    """The results of all items: of few of them with their records, and with the rows that were scored."""
    ruleset, programme = load_ruleset(project.settings.ruleset, project.rulesets), project.settings.programme.name
    with no_collector():
        return standings(con, ruleset, programme) if _are_many(con) else _whole(con, ruleset, programme)


def _are_many(con: duckdb.DuckDBPyConnection) -> bool:
    return len(rows(con, "item_ids")) > MANY


def _whole(con: duckdb.DuckDBPyConnection, ruleset: Ruleset, programme: str) -> Results:
    return replace(collect(con, ruleset), grounds=grounds(con, ruleset), programmes=programmes(con, programme))


def hold(database: Path, found: Gathered) -> None:
    """Keep what was gathered for what comes next in this run: its steps, and the cards that this process renders."""
    let_go()
    _HELD[_moment(database)] = found
    gc.freeze()  # there is no waste in it, and to look for it there costs more each time than all else


def held(database: Path) -> Gathered | None:
    """What this process has gathered from a database as it is now; None where it has not."""
    return _HELD.get(_moment(database))


def let_go() -> None:
    """Keep nothing: the run has ended."""
    _HELD.clear()
    gc.unfreeze()


def _moment(database: Path) -> tuple[Path, int]:
    return database, database.stat().st_mtime_ns
