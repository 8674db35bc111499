"""Singling out: which rows of evidence explain a move between two runs, where the evidence does.

A row explains a move where one run, given that row as the other has it, stands where the other stands. Every test is
a criterion of its own, with records of its own, so that all are scored at once, by the rules as they are.
"""

import duckdb

from scaudit.scoring import score
from scaudit.statement import quoted, statement
from scaudit.swapping import Side, Sides, shown

MOST = 100_000
"""Records that the tests of one criterion may take; where they would take more, its changed rows are named together."""


def single_out(con: duckdb.DuckDBPyConnection, sides: Sides) -> None:
    """Name the rows that explain each move; leaves result.movers.

    Tried are each changed row alone, then together those without which the others do not do. Where neither answers,
    all changed rows of the criterion are named as acting together. Needs what `swapping.explain` leaves.
    """
    con.execute(statement("past", "altered"))
    con.execute(statement("past", "tests"), [MOST])
    _try(con, sides, "first")
    con.execute(statement("past", "needed"))
    _try(con, sides, "needed")
    con.execute(statement("past", "movers"))


def _try(con: duckdb.DuckDBPyConnection, sides: Sides, name: str) -> None:
    if not con.execute(statement("past", "any_tests")).fetchall()[0][0]:
        return
    for base, (side, other) in sides.bases().items():
        _score(con, side, other, f"{name}/{base}")
        con.execute(statement("past", "worked"), [base, f"{name}/{base}"])


def _score(con: duckdb.DuckDBPyConnection, side: Side, other: Side, name: str) -> None:
    """Score a side with every test as a criterion in place of its own criteria."""
    with shown(con, side) as home:
        origins = {"own": quoted(side.origins["evidence"]), "other": quoted(other.origins["evidence"])}
        con.execute(statement("past", "clones", home=home, **origins))
        score(con, side.ruleset, side.readings(name), side.programme_from, side.incomplete)
        con.execute(statement("past", "bring_tests", home=home))
