"""Made: what the results of a run were made from and what they say, as digests, item by item.

A results database keeps it in five tables of the schema `made`:

- `made.run(part, digest)`: what all items share. Part `reading`: what shapes how files are read and checked. Part
  `scoring`: that, and all that scoring reads beside the rows of an item: settings, ruleset, days, reading days,
  viewpoints. Part `showing`: that, and all that cards show beside the rows of an item: the figures.
- `made.sums(criterion_id, number, named, many)`: of every criterion its records, as one number, the documents and
  bodies that they name, as another, and how many they are. `made.names(kind, id, number)`: those documents and bodies.
- `made.said(item_id, ..., made_of)`: of every item of very many, what the pages on all items say of it
  (scaudit.saying), and the digest of all that this is made of.
- `made.items(item_id, rows_digest, results_digest)`: of every item, its grounds (all that scoring reads for it), and
  that with what only its card shows of it: replies, rows in quarantine that touch it, and the grounds of items with
  which it shares an entry of the register of contradictions.

Same part `scoring` and same rows digest: the item scores as before. Same part `showing` and same results digest: its
card says the same. Its bytes are the same too under the same edition name, with PDFs as before, by the same signer,
made with the same templates, fonts and printing libraries.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from scaudit import keeping, making
from scaudit.contract import PRIVATE
from scaudit.outcome import BESIDE, rows
from scaudit.project import Project
from scaudit.results import Results
from scaudit.statement import quoted, statement

MOST = 50_000_000
"""Pieces of text of rows in quarantine beyond which nobody looks which row names which item: then all touch all."""
STEPS = (
    *("prepare", "chain", "bearing", "sourced", "embodied", "sources", "bodies", "contradictions"),
    *("names", "changed_names", "forget_sums", "unsummed", "sum", "keep_names", "evidence", "responsibilities"),
)
_OWN = ("recommendations", "criteria", "dispositions")


@dataclass(frozen=True)
class Digests:
    """Of one item: the digest of its grounds and that of what its card shows."""

    rows: str
    results: str


def of_run(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The digest of every part that all items share, out of a results database; empty where it has none."""
    return dict(_told(con, "of_run"))


def of_items(con: duckdb.DuckDBPyConnection) -> dict[str, Digests]:
    """The digests of every item, out of a results database; empty where it has none."""
    return {item: Digests(scored, shown) for item, scored, shown in _told(con, "of_items")}


def digest_items(con: duckdb.DuckDBPyConnection, incomplete: Sequence[str]) -> dict[str, Digests]:
    """Make made.items of checked tables; `incomplete` are the items of which a criterion is held.

    Records are most of the rows, so of these only the criteria of which one is another now are looked at again.
    """
    con.execute("create schema if not exists made")
    for step in STEPS:
        con.execute(statement("digests", step))
    con.execute(statement("digests", "incomplete"), [list(incomplete)])
    for table in _OWN:
        con.execute(statement("digests", "own", table=quoted("clean", table)), ["scoring", table])
    con.execute(statement("digests", "own", table=quoted("clean", "replies")), ["showing", "replies"])
    con.execute(statement("digests", "held"), [sorted(PRIVATE), MOST])
    con.execute(statement("digests", "items"))
    return of_items(con)


def keep_run(con: duckdb.DuckDBPyConnection, parts: Mapping[str, str]) -> None:
    """Make made.run."""
    con.execute("create schema if not exists made")
    con.execute(statement("digests", "run"), [list(parts), list(parts.values())])


def keep_whole(con: duckdb.DuckDBPyConnection, whole: str) -> None:
    """Note the digest of all that a run was made from and asked for."""
    con.execute(statement("digests", "asked_for"), [whole])


def of_whole(con: duckdb.DuckDBPyConnection) -> str:
    """The digest of all that a run was made from and asked for, out of its results; empty where these have none."""
    return str(next(iter(_told(con, "of_whole")), [""])[0])


def reading(project: Project) -> str:
    """The digest of what shapes how files are read and checked, besides the files."""
    return digest({**making.scored_with(), **keeping.own_digests(project)})


def scoring(con: duckdb.DuckDBPyConnection, project: Project, days: Sequence[object]) -> str:
    """The digest of all that scoring on these days reads beside the rows of an item, out of checked tables."""
    return digest([reading(project), [*days], *(rows(con, name) for name in ("reading_days", "viewpoints"))])


def saying(con: duckdb.DuckDBPyConnection, project: Project) -> str:
    """The digest of all that shapes what pages on all items say of each, beside its rows; empty where it is unknown.

    Results may be looked at by another engine than the one that scored them, under other settings.
    """
    scored = of_run(con).get("scoring")
    return digest([scored, reading(project)]) if scored else ""


def said(con: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    """What pages on all items say of each, and the digest of what that was made of, where a run has kept it."""
    return _told(con, "said")


def showing(scored: str, results: Results) -> str:
    """The digest of all that cards share: `results` of tables that were measured and `scored` under that digest."""
    tables = [getattr(results, name) for name in BESIDE if name not in ("quarantine", "replies")]
    return digest([scored, results.run["synthetic"], tables, results.disagreements])


def digest(told: object) -> str:
    """SHA-256 of a value that JSON can tell, or of dates in it."""
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def _told(con: duckdb.DuckDBPyConnection, query: str) -> list[Any]:
    """The rows of a query; none where its table is not there: to look through the catalog first takes far longer.

    Nor where it is another engine's, with other columns.
    """
    try:
        return con.execute(statement("digests", query)).fetchall()
    except (duckdb.CatalogException, duckdb.BinderException):
        return []
