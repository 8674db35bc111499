"""Saying: what the pages on all items say of each, kept with the results by the digest of the item.

Ten thousand items change one at a time. What a page on all of them says of the others is known from the run before; so
only those that changed are told anew, out of a slice of the results, and no rung of the others is looked at.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from scaudit import made
from scaudit.chunks import SLICE_OF_LARGE
from scaudit.outcome import rows
from scaudit.project import Project
from scaudit.results import Results
from scaudit.rules import load_ruleset
from scaudit.scorecard.said import ItemSaid, Said, say
from scaudit.slicing import sliced
from scaudit.standings import standings
from scaudit.statement import statement
from scaudit.warehouse import connect


@dataclass(frozen=True)
class Saying:
    """What the pages on all items are made of: what is said of each, and `results` for all else.

    Of items `results` have those alone that were told last. `anew` are the items that were told now, each with the
    digest of what that is made of, where the results know it.
    """

    results: Results
    said: Said
    anew: Mapping[str, str]


@dataclass(frozen=True)
class _Known:
    """What a results database knows: the items, what is said of each made of what, what was kept, and what of all."""

    items: tuple[str, ...]
    made_of: Mapping[str, str]
    kept: Mapping[str, ItemSaid]
    borne: frozenset[str]
    uses: Mapping[str, int]


def saying(database: Path, project: Project) -> Saying:
    """What the pages on all items say of each, out of results that nobody has open to write.

    What was kept of items that are as they were is taken as it is. What is made now is not kept yet.
    """
    with closing(connect(database, read_only=True)) as con:
        known = _known(con, project)
    missing = [item for item in known.items if item not in known.kept]
    told = dict(known.kept)
    for part in _portions(missing):
        results = _standing(database, project, known.borne.union(part))
        told |= {one.item_id: one for one in say(results, part, project.settings.questions.answer_days)}
    said = Said(tuple(told[item] for item in known.items), known.uses)
    return Saying(results, said, {item: known.made_of.get(item, "") for item in missing})


def keep(con: duckdb.DuckDBPyConnection, told: Saying) -> None:
    """Keep what was told anew with the results, in place of what was said of these items, and of some that are gone."""
    found = [(*one, told.anew[one.item_id]) for one in told.said.items if one.item_id in told.anew]
    standing = [one.item_id for one in told.said.items if one.item_id not in told.anew]
    con.execute(statement("digests", "forget_said"), [standing])
    if found:
        con.execute(statement("digests", "add_said"), [list(column) for column in zip(*found, strict=True)])


def _known(con: duckdb.DuckDBPyConnection, project: Project) -> _Known:
    shared = made.saying(con, project)
    now = {item: f"{shared} {one.results}" for item, one in made.of_items(con).items()} if shared else {}
    kept = {row[0]: _kept(row[:-1]) for row in made.said(con) if now.get(row[0]) == row[-1]}
    return _Known(
        items=tuple(row["item_id"] for row in rows(con, "item_order")),
        made_of=now,
        kept=kept,
        borne=frozenset(row["item_id"] for row in rows(con, "borne_items")),
        uses={row["disposition"]: row["records"] for row in rows(con, "all_uses")},
    )


def _kept(row: Sequence[Any]) -> ItemSaid:
    """What was said of an item; lists come out of the database as Python's."""
    plain: list[Any] = [tuple(value) if isinstance(value, list) else value for value in row]
    return ItemSaid(*plain)


def _portions(items: Sequence[str]) -> Iterator[Sequence[str]]:
    """Some items at a time; once none, where none is missing: what concerns no item is wanted in any case."""
    return (items[first : first + SLICE_OF_LARGE] for first in range(0, max(len(items), 1), SLICE_OF_LARGE))


def _standing(database: Path, project: Project, items: frozenset[str]) -> Results:
    ruleset = load_ruleset(project.settings.ruleset, project.rulesets)
    with sliced(database, sorted(items)) as con:
        return standings(con, ruleset, project.settings.programme.name)
