"""Remains: what is found after a run was killed, and after the run that came next."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

from scaudit.ledger import past_runs
from scaudit.manifests import manifest
from scaudit.warehouse import connect

STATE = ".scaudit"
TEMPLATES = "templates"
PASSING = ("publishing.json", "*.part", "earlier/*", "runs/*")
"""What only a run that is at work may have in the state of a project."""


def torn(project: Path) -> list[str]:
    """What nobody may ever see, whatever was killed: halves of results, of editions, and two lines of one run."""
    return [*_torn_results(project), *_torn_editions(project), *_twice(project)]


def left(project: Path, scratch: Path) -> list[str]:
    """What killed runs have left that the next run has not taken away."""
    state = project / STATE
    found = [path for pattern in PASSING for path in state.rglob(pattern)]
    return [f"{path.name} is left behind" for path in [*found, *scratch.iterdir()]]


def untrue(project: Path) -> list[str]:
    """Where what is published is not one edition with its results, made by a run that the ledger says published it."""
    edition, day = published(project)
    told = json.loads((project / "reports" / edition / "audit.json").read_text(encoding="utf-8"))["as_of"]
    if told != day:
        return [f"the results are those of {day}, and edition {edition} is that of {told}"]
    run = _last_published(past_runs(project / STATE))
    if run is None or (run["edition"], run["as_of"].isoformat()) != (edition, day):
        return [f"edition {edition} as of {day} is published, and the ledger names another run"]
    digests = {one["path"]: one["sha256"] for one in manifest(project / "reports" / edition)["files"]}
    if any(digests[name] != digest for name, digest in run["files"].items()):
        return [f"edition {edition} is not what the ledger says that {run['run_id']} published"]
    return []


def _last_published(runs: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The run that published last; of one that was killed the ledger may have learnt it after others had published."""
    told = [run for run in runs if run["files"]]
    for run, before in pairwise(told):
        if run["outcome"] != "killed" or run["ended_at"] >= before["ended_at"]:
            return run
    return told[-1] if told else None


def published(project: Path) -> tuple[str, str]:
    """Edition and as-of day of the published results."""
    with closing(connect(project / STATE / "results.duckdb", read_only=True)) as con:
        found = con.execute("select edition, as_of::varchar from run").fetchall()
    return found[0][0], found[0][1]


def _torn_results(project: Path) -> list[str]:
    try:
        with closing(connect(project / STATE / "results.duckdb", read_only=True)) as con:
            tables = con.execute("select schema_name, table_name from duckdb_tables() where not internal").fetchall()
            for schema, table in tables:
                con.execute(f'select sum(hash(t)) from "{schema}"."{table}" as t').fetchall()
            edition = con.execute("select edition from run").fetchall()[0][0]
    except Exception as error:  # noqa: BLE001 (whatever it is, it is a find)
        return [f"the published results do not open: {error}"]
    return [] if manifest(project / "reports" / edition) else [f"edition {edition} of the results is not there"]


def _torn_editions(project: Path) -> list[str]:
    found = []
    for folder in sorted(project.joinpath("reports").iterdir()):
        if folder.name == TEMPLATES:
            continue
        listed = {one["path"]: one["sha256"] for one in manifest(folder).get("files", [])}
        there = {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in folder.rglob("*")
            if path.is_file() and path.name != "manifest.json"
        }
        if not listed or listed != there:
            found.append(f"the edition {folder.name} is not whole")
    return found


def _twice(project: Path) -> list[str]:
    names = Counter(run["run_id"] for run in past_runs(project / STATE))
    return [f"the run {name} is in the ledger {number} times" for name, number in names.items() if number > 1]
