"""Firmness: how much hangs on one choice of the ruleset, or on one record.

Every choice that the ruleset names as a scenario is tried otherwise, and every record that might matter is left out
once, all in one scoring (method, section 5, "How firm a status is").
"""

from collections.abc import Iterable
from datetime import date

import duckdb

from scaudit.rules import Ruleset
from scaudit.scoring import Reading, score
from scaudit.statement import statement
from scaudit.trial import trial

FINDINGS = ("left_out", "shifts", "status_shifts", "hanging")


def firmness(
    con: duckdb.DuckDBPyConnection,
    ruleset: Ruleset,
    base: Reading,
    programme_from: date | None = None,
    incomplete: Iterable[str] = (),
) -> None:
    """Leaves result.left_out, result.shifts and result.status_shifts, and the flag hangs_on_one.

    `base` is the verified reading of the audit; `con` was scored with it, and its working tables are still there.
    """
    con.execute(statement("trials", "suspects"))
    (turns,) = con.execute(statement("trials", "turns")).fetchall()[0]
    with trial(con) as home:
        for preparation in ("narrow", "leave_out", "vary"):
            con.execute(statement("trials", preparation, home=home))
        score(con, ruleset, [*_scenarios(ruleset, base), *_turns(base, turns)], programme_from, incomplete)
        con.execute(statement("trials", "settle", home=home))
        con.execute(ruleset.step("items").sql)
        for finding in FINDINGS:
            con.execute(statement("trials", finding, home=home))


def _scenarios(ruleset: Ruleset, base: Reading) -> list[Reading]:
    names = [str(row["scenario"]) for row in ruleset.table("scenarios")]
    return [Reading(f"if/{name}", base.as_of, base.known_on, scenario=name, scoped=True) for name in names]


def _turns(base: Reading, turns: int) -> list[Reading]:
    return [Reading(f"without/{turn + 1}", base.as_of, base.known_on, scoped=True) for turn in range(turns)]
