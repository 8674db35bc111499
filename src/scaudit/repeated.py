"""Repeated: whether a run would repeat, byte for byte, the one that was published last. Then nothing is to be done.

It is told by digests alone: of all files that a run reads, of what it is made with, and of what was asked for. The
results that were published know theirs; what the run published then is known by the ledger and by the manifest.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from scaudit import keeping, ledger, made, making, warehouse
from scaudit.contract import TABLES
from scaudit.counts import CheckReport, TableCount
from scaudit.counts import report as counted
from scaudit.errors import ProjectError
from scaudit.fingerprint import sha256
from scaudit.indicators import declarations
from scaudit.manifests import MANIFEST, manifest
from scaudit.outcome import rows
from scaudit.project import Project
from scaudit.reading import InputFile, data_digest, table_files
from scaudit.records import files_of_records
from scaudit.statement import statement
from scaudit.store import copy_of


@dataclass(frozen=True)
class Repeated:
    """The run that would be repeated: its id, its edition, what it read and published, and its counts."""

    run_id: str
    edition: str
    inputs: tuple[InputFile, ...]
    kept: dict[str, str]
    files: dict[str, str]
    made_of: dict[str, str]
    report: CheckReport

    @property
    def words(self) -> str:
        """What to tell of a run that repeats it."""
        return f"Nothing has changed since the run {self.run_id}: nothing was scored, rendered or published."


def whole(project: Project, asked: Mapping[str, object], inputs: Sequence[InputFile]) -> str:
    """The digest of all that a run rests on: what was asked for, what it reads, and what it is made with."""
    read = sorted({(one.table, one.file, one.sha256) for one in inputs})
    own, made_of = keeping.own_digests(project), making.made_of(project, with_pdf=True)
    return made.digest([dict(asked), _signer(project, asked), read, own, made_of])


def repeated(project: Project, asked: Mapping[str, object]) -> Repeated | None:
    """The run that was published last, if one that is `asked` for now would repeat it; else nothing."""
    if not warehouse.published(project.state).is_file():
        return None
    with warehouse.open_published(project.state) as con:
        known = made.of_whole(con)
        try:
            inputs = inputs_now(project)
        except ProjectError:  # who reads the files tells what is wrong with them
            return None
        if not known or known != whole(project, asked, inputs):
            return None
        (run,), report = rows(con, "run"), _report(con)
    entry = ledger.last_of_edition(project.state, run["edition"])
    if not entry or entry["data_digest"] != data_digest(inputs) or not _is_whole(project, entry):
        return None
    told = {name: entry[name] for name in ("run_id", "edition", "kept", "files", "made_of")}
    return Repeated(inputs=inputs, report=report, **told)


def inputs_now(project: Project) -> tuple[InputFile, ...]:
    """The files that a run would read, with their digests; nothing is known of their rows."""
    tables = [(table.name, path) for table in TABLES.values() for path in table_files(project, table)]
    found = [*tables, *files_of_records(project)]
    with ThreadPoolExecutor() as pool:  # a digest needs no interpreter lock
        digests = [*pool.map(sha256, [path for _, path in found])]
    read = [
        InputFile(table, path.relative_to(project.root).as_posix(), None, digest, 0, ())
        for (table, path), digest in zip(found, digests, strict=True)
    ]
    return (*read, *declarations(project))


def _signer(project: Project, asked: Mapping[str, object]) -> str:
    """The certificate by which documents are signed, if they are."""
    if not (project.key and asked["with_pdf"] and asked["sign"]):
        return ""
    from scaudit.document.keys import ready  # noqa: PLC0415 (heavy, and wanted only where documents are signed)

    return str(ready(project.key, datetime.now(UTC)).fingerprint)


def _is_whole(project: Project, entry: Mapping[str, Any]) -> bool:
    """Whether all that a run published lies as it was published, and all that it kept is kept."""
    folder = project.reports / entry["edition"]
    listed = {one["path"]: one.get("unsigned_sha256", one["sha256"]) for one in manifest(folder).get("files", [])}
    if not entry["files"] or any(listed.get(name) != digest for name, digest in entry["files"].items()):
        return False
    moment = (folder / MANIFEST).stat().st_mtime_ns
    kept = (copy_of(project.state, digest) for digest in set(entry["kept"].values()))
    return all(_as_written(folder / name, moment) for name in listed) and all(place.is_file() for place in kept)


def _as_written(path: Path, moment: int) -> bool:
    """Whether a file is there, and was not written after the manifest, which is written last."""
    try:
        return path.stat().st_mtime_ns <= moment
    except OSError:
        return False


def _report(con: duckdb.DuckDBPyConnection) -> CheckReport:
    """The counts of the run that filled the database."""
    found = con.execute(statement("digests", "counts")).fetchall()
    counts = {name: TableCount(read, read - held, held) for name, read, held in found}
    return counted({name: counts.get(name, TableCount(0, 0, 0)) for name in TABLES})
