"""Again: of a CSV file that an earlier run read and kept, only the lines are read that are others now.

That is as good as reading all of it where every line of the earlier one was a record, and every line that differs is
one now: then no quote is open where such lines begin or end, and each record stands at the place where it stood.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scaudit import reading_carried as carried
from scaudit.contract import Table
from scaudit.errors import ProjectError
from scaudit.fingerprint import sha256
from scaudit.reading_carried import Places
from scaudit.reading_csv import CsvPart
from scaudit.reading_lines import Differing, differing
from scaudit.statement import quoted, quoted_list, statement


@dataclass(frozen=True)
class Again:
    """What was read again: at which places in its part, and how many rows the part has in all."""

    places: Places
    rows: int


def read_again(
    con: duckdb.DuckDBPyConnection, table: Table, part: CsvPart, earlier: Path, digest: str, columns: Sequence[str]
) -> Again | None:
    """Read what differs in a part from the `earlier` copy with this digest, of which the rows are in the raw table.

    What is read is put into what is incoming; `columns` are those of the raw table that the header's names stand for.
    None where all of the part must be read; then nothing is incoming.
    """
    found = _differing(part.path, earlier, digest)
    if found is None or carried.number_of_rows(con, table, part.name) != found.lines - 1:
        return None
    try:
        whole = _load(con, table, part, found, columns)
    except ProjectError:  # who reads all of it tells what is wrong, and where
        whole = False
    if not whole:
        carried.incoming(con, table)
        return None
    return Again((found.first, found.first + found.number - 1), found.lines - 1)


def _differing(path: Path, earlier: Path, digest: str) -> Differing | None:
    """The lines that differ from a copy, if that is there and as it was kept."""
    with ThreadPoolExecutor(1) as aside, suppress(OSError):
        kept = aside.submit(sha256, earlier)
        found = differing(path, earlier)
        return found if kept.result() == digest else None
    return None


def _load(
    con: duckdb.DuckDBPyConnection, table: Table, part: CsvPart, found: Differing, columns: Sequence[str]
) -> bool:
    """Load the lines that differ; gives whether each of them is a row."""
    target = carried.incoming(con, table)
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "lines.csv"
        lines.write_bytes(found.header + found.text)
        rejects = CsvPart(lines, part.name).load(con, table, target, tuple(columns))
    names = {"first_key": quoted(table.key[0]), "columns": quoted_list(tuple(columns))}
    con.execute(statement("stage", "forget_empty", target=target, **names))
    placed = con.execute(statement("carried", "place_lines"), [part.name, found.first - 2]).fetchall()
    return not rejects and placed == [(found.number,)]
