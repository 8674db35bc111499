"""Swapping: which of the things that changed between two runs explains that a criterion stands elsewhere.

A thing explains a move where one run, given it as the other had it, stands where the other stands. Both runs are
tried, so that looking backwards finds the same. Nothing is named that was not tried by scoring.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from types import MappingProxyType

import duckdb

from scaudit.contract import TABLES
from scaudit.moving import Days
from scaudit.rules import Ruleset
from scaudit.scoring import Reading, audit_readings, score
from scaudit.statement import quoted, statement
from scaudit.trial import scene

SEVERAL = 2
FACTORS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "evidence": ("evidence",),
        "criteria": tuple(name for name in TABLES if name not in ("evidence", "bodies", "sources")),
        "sources": ("bodies", "sources"),
        "rules": (),
        "settings": (),
        "days": (),
    }
)
"""What can explain a move, with the tables of each; `criteria` are the asks and all that the registry says of them."""

Factors = tuple[str, ...]


@dataclass(frozen=True)
class Side:
    """What a run scores: the database of each of its tables, and what comes in beside them."""

    origins: Mapping[str, str]
    ruleset: Ruleset
    days: Days
    programme_from: date
    incomplete: tuple[str, ...]

    def swapped(self, other: "Side", factors: Factors) -> "Side":
        """The same with some things as the other has them."""
        taken = {table: other.origins[table] for factor in factors for table in FACTORS[factor]}
        return Side(
            origins={**self.origins, **taken},
            ruleset=other.ruleset if "rules" in factors else self.ruleset,
            days=other.days if "days" in factors else self.days,
            programme_from=other.programme_from if "settings" in factors else self.programme_from,
            incomplete=other.incomplete if "criteria" in factors else self.incomplete,
        )

    def readings(self, name: str) -> list[Reading]:
        """Both readings of this side, under a name."""
        return [replace(one, reading_id=f"{name}/{one.reading}") for one in audit_readings(*self.days)]


@dataclass(frozen=True)
class Sides:
    """The two runs: `former` is read as `from`, `latter` as `to`."""

    former: Side
    latter: Side

    def bases(self) -> dict[str, tuple[Side, Side]]:
        """Each side by its name, with the other."""
        return {"to": (self.latter, self.former), "from": (self.former, self.latter)}


def explain(con: duckdb.DuckDBPyConnection, sides: Sides, differing: Sequence[str]) -> None:
    """Score both runs, and again with each of the differing factors swapped; leaves result.movements and item moves.

    `con` has the databases `former` and `latter` attached and past.changes made. The readings are from/verified,
    from/claimed, to/verified and to/claimed.
    """
    con.execute(statement("past", "results"))
    for name, side in (("from", sides.former), ("to", sides.latter)):
        _score(con, side, name, with_fates=True)
    con.execute(statement("moves", "moved"))
    con.execute(statement("past", "moved_items"))
    _swap(con, sides, [(factor,) for factor in differing])
    if len(differing) > SEVERAL and con.execute(statement("past", "unexplained")).fetchall()[0][0]:
        _swap(con, sides, list(combinations(differing, SEVERAL)))
    con.execute(statement("past", "caused"), [list(differing)])
    con.execute(statement("past", "movements"))


def _swap(con: duckdb.DuckDBPyConnection, sides: Sides, wanted: Sequence[Factors]) -> None:
    """Try some sets of factors on either side."""
    for factors in wanted:
        for base, (side, other) in sides.bases().items():
            name = f"swap/{base}/{'+'.join(factors)}"
            con.execute(statement("past", "add_swap"), [name, base, list(factors)])
            _score(con, side.swapped(other, factors), name)
    con.execute(statement("past", "explained"))


def _score(con: duckdb.DuckDBPyConnection, side: Side, name: str, with_fates: bool = False) -> None:
    """Score a side in a scene and bring home what came of it; if wanted, also what became of the changed records."""
    with shown(con, side) as home:
        score(con, side.ruleset, side.readings(name), side.programme_from, side.incomplete)
        con.execute(statement("past", "bring", home=home))
        if with_fates:
            con.execute(statement("past", "fates", home=home), [name])


@contextmanager
def shown(con: duckdb.DuckDBPyConnection, side: Side) -> Iterator[str]:
    """A scene with the tables of a side, filled with the sources and bodies that rows of the other run refer to."""
    with scene(con, side.origins) as home:
        origins = set(side.origins.values())
        for table in FACTORS["sources"] if len(origins) > 1 else ():
            own = side.origins[table]
            (other,) = origins - {own}
            names = {"table": quoted(table), "key": quoted(TABLES[table].key[0])}
            con.execute(statement("past", "fill", own=quoted(own), other=quoted(other), **names))
        yield home
