"""The past: the ledger, the results and the edition that runs have left, and the clock against them."""

import hashlib
import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from scaudit import warehouse
from scaudit.doctor.finding import Finding, broken, fine, look, not_set_up
from scaudit.doctor.room import MEGABYTE, in_words, size_of
from scaudit.ledger import past_runs
from scaudit.manifests import manifest
from scaudit.outcome import rows
from scaudit.project import Project
from scaudit.store import copy_of
from scaudit.workplace import dead, runs_folder, runs_locked

READ_WHOLE = 200 * MEGABYTE
"""Results of more weight are opened only: reading them whole would take more than a few seconds."""
MENTIONED = 3
AUDIT = "run 'scaudit audit'"


def ledger(project: Project) -> Iterator[Finding]:
    """Whether the ledger opens, and how the last run ended."""
    runs = past_runs(project.state, files=False)
    aside = sorted(path.name for path in project.state.glob("*.damaged*") if not path.name.endswith(".wal"))
    for name in aside:
        yield look(f"{name} was damaged and set aside", "bring it back from a backup, or remove it")
    if not runs:
        yield not_set_up("no run yet", AUDIT)
        return
    yield fine(f"{len(runs)} runs, from {runs[-1]['started_at']:%Y-%m-%d} to {runs[0]['ended_at']:%Y-%m-%d}")
    yield _last(runs)


def _last(runs: list[dict[str, Any]]) -> Finding:
    last = runs[0]
    what = f"{last['run_id']} {last['outcome']}"
    if last["outcome"] == "done":
        return fine(f"{what}, edition {last['edition']}", "Last run")
    good = next((run for run in runs if run["outcome"] == "done"), None)
    since = f"; the last good one is {good['run_id']}" if good else "; none was ever good"
    said = f": {last['message'].rstrip('.')}" if last["message"] else ""
    return look(f"{what}{said}{since}", f"mend that, then {AUDIT}", "Last run")


def clock(project: Project, now: datetime) -> Iterator[Finding]:
    """The clock: days that are not given are today, so a clock that was set back gives editions of the wrong day."""
    last = max((run["ended_at"] for run in past_runs(project.state, files=False)), default=None)
    if last and now < last:
        what = f"it says {now:%Y-%m-%d %H:%M} UTC, and a run has ended at {last:%Y-%m-%d %H:%M} UTC"
        yield broken(what, "set the clock; until then give --as-of and --known-on")
    else:
        yield fine(f"{now:%Y-%m-%d %H:%M} UTC{', later than all runs' if last else ''}")


def results(project: Project) -> Iterator[Finding]:
    """The results of the last good run: they open and can be read to their end."""
    path = warehouse.published(project.state)
    if not path.is_file():
        yield not_set_up("no results yet", AUDIT)
        return
    with warehouse.open_published(project.state) as con:
        (run,) = rows(con, "run")
    weight = size_of(path)
    if weight <= READ_WHOLE and warehouse.damaged_results(project.state, thorough=True):
        yield broken(f"{path} is damaged", f"{AUDIT}, which makes it anew")
        return
    way = "read whole" if weight <= READ_WHOLE else "opened"
    yield fine(f"edition {run['edition']}, as of {run['as_of']}; {in_words(weight)} {way}")


def left_over(project: Project) -> Iterator[Finding]:
    """What killed runs have left behind, and runs that are at work."""
    folder = runs_folder(project)
    if not folder.is_dir():
        yield fine("nothing was left behind")
        return
    with runs_locked(project):
        left = [path for path in dead(project) if path.is_dir()]
        alive = sum(path.is_dir() for path in folder.iterdir()) - len(left)
        weight = sum(map(size_of, left))
    at_work = f"; {alive} at work now" if alive > 0 else ""
    if left:
        yield look(f"{len(left)} killed runs have left {in_words(weight)}{at_work}", "the next audit clears it away")
    else:
        yield fine(f"nothing was left behind{at_work}")


def edition(project: Project, seconds: float) -> Iterator[Finding]:
    """The last edition: whether its files are those that were published; as many as `seconds` allow."""
    if not warehouse.published(project.state).is_file():
        yield not_set_up("none was published yet", AUDIT)
        return
    with warehouse.open_published(project.state) as con:
        name = str(rows(con, "run")[0]["edition"])
    folder = project.reports / name
    files = manifest(folder).get("files", [])
    mend = "bring it back from a backup, or make it again: 'scaudit report'"
    if not files:
        yield broken(f"{folder} is not there, or has no manifest", mend)
        return
    read, bad = _compared(folder, files, seconds)
    if bad:
        more = f" and {len(bad) - MENTIONED} more" if len(bad) > MENTIONED else ""
        what = "is missing or is" if len(bad) == 1 else "are missing or are"
        yield broken(f"{', '.join(bad[:MENTIONED])}{more} of {name} {what} not what was published", mend)
    else:
        part = "" if read == len(files) else f", the first {read} of them looked at"
        yield fine(f"{name}: {len(files)} files are as they were published{part}")


def _compared(folder: Path, files: list[Mapping[str, str]], seconds: float) -> tuple[int, list[str]]:
    """How many files were read in that time, and which of them are others than the manifest has."""
    until, bad = time.monotonic() + seconds, list[str]()
    for number, one in enumerate(files):
        if time.monotonic() > until:
            return number, bad
        if _digest(folder / one["path"]) != one["sha256"]:
            bad.append(one["path"])
    return len(files), bad


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def kept(project: Project) -> Iterator[Finding]:
    """Whether what the last good run had read is still kept, so that it can be made again."""
    runs = past_runs(project.state, files=False)
    last = next((run for run in runs if run["outcome"] == "done" and run["kept"]), None)
    if last is None:
        yield not_set_up("nothing is kept yet", AUDIT)
        return
    missing = [name for name, digest in last["kept"].items() if not copy_of(project.state, digest).is_file()]
    if missing:
        what = f"{len(missing)} of {len(last['kept'])} files that {last['run_id']} had read are kept no more"
        yield broken(f"{what}, such as {missing[0]}", f"bring {project.state / 'kept'} back from a backup")
    else:
        yield fine(f"all {len(last['kept'])} files that {last['run_id']} had read")
