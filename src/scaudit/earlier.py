"""Earlier: the results published before, as what a run begins with, so that it does only what changed since.

The database of a run is a copy of them where engine, settings and models are the same. Its raw rows stand for files of
the same digest, its results for items of the same digest; everything else is made anew in it.
"""

import shutil
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb

from scaudit import made, reading_carried
from scaudit.outcome import rows
from scaudit.portions import judge_in_portions
from scaudit.project import Project
from scaudit.results import Results
from scaudit.rules import load_ruleset
from scaudit.warehouse import connect, published


def begin(project: Project, database: Path, *, fresh: bool) -> None:
    """Begin the database of a run: none yet if it is to be made afresh, or if what was published is of no use."""
    database.unlink(missing_ok=True)
    path = published(project.state)
    if fresh or not path.is_file():
        return
    shutil.copyfile(path, database)
    with closing(connect(database)) as con:
        of_use = made.of_run(con).get("reading") == made.reading(project)
        if of_use:
            reading_carried.mark(con)
    if not of_use:
        database.unlink()


def judge_changed(con: duckdb.DuckDBPyConnection, project: Project, days: tuple[date, date]) -> None:
    """Judge the items that changed since what the database holds was judged, or all; leaves made.items and made.run."""
    ruleset = load_ruleset(project.settings.ruleset, project.rulesets)
    incomplete = [row["item_id"] for row in rows(con, "incomplete_items")]
    before, stood = made.of_run(con), made.of_items(con)
    now, scored = made.digest_items(con, incomplete), made.scoring(con, project, days)
    same = scored == before.get("scoring")
    standing = [item for item, one in now.items() if same and item in stood and one.rows == stood[item].rows]
    changed = sorted(set(now).difference(standing))
    judge_in_portions(con, ruleset, days, project.settings.programme.first, incomplete, changed, standing)
    made.keep_run(con, {"reading": made.reading(project), "scoring": scored})


def conclude(con: duckdb.DuckDBPyConnection, whole: str, results: Results) -> None:
    """Note what the cards share, once the `results` are known, and what was asked for; the copy is no copy any more."""
    parts = made.of_run(con)
    made.keep_run(con, {**parts, "showing": made.showing(parts["scoring"], results)})
    made.keep_whole(con, whole)
    reading_carried.unmark(con)
