"""Gathering: the results of all items, with their records where they are few, without them where they are many."""

from dataclasses import replace

import duckdb

from scaudit.outcome import collect, grounds, rows
from scaudit.results import Results
from scaudit.rules import Ruleset
from scaudit.scorecard.groups import MANY
from scaudit.standings import programmes, standings


def gathered(con: duckdb.DuckDBPyConnection, ruleset: Ruleset, programme: str) -> Results:
    """What the overview of an edition is made of, with the rows that were scored where it carries them.

    `programme` is that of items which name none.
    """
    if len(rows(con, "item_ids")) > MANY:
        return standings(con, ruleset, programme)
    return replace(collect(con, ruleset), grounds=grounds(con, ruleset), programmes=programmes(con, programme))
