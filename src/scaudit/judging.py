"""Judging: everything that an edition shows, scored at once: both readings, what would move an ask, how firm it is."""

from collections.abc import Collection
from datetime import date

import duckdb

from scaudit.explaining import hypotheses
from scaudit.firmness import firmness
from scaudit.outcome import rows
from scaudit.rules import Ruleset
from scaudit.scoring import audit_readings, score, trajectory_readings, viewpoint_readings


def judge(
    con: duckdb.DuckDBPyConnection,
    ruleset: Ruleset,
    as_of: date,
    known_on: date,
    programme_from: date | None,
    incomplete: Collection[str],
) -> None:
    """Score the clean tables in both readings, on the named days, by viewpoint, and for all that might move a rung.

    `incomplete` are the items of which a criterion is in quarantine.
    """
    verified, claimed = audit_readings(as_of, known_on)
    days = {row["day_id"]: row["day"] for row in rows(con, "reading_days")}
    readings = [
        *(verified, claimed, *hypotheses(ruleset, verified)),
        *trajectory_readings(days, as_of, known_on),
        *viewpoint_readings([row["viewpoint_id"] for row in rows(con, "viewpoints")], verified),
    ]
    score(con, ruleset, readings, programme_from, incomplete)
    firmness(con, ruleset, verified, programme_from, incomplete)
