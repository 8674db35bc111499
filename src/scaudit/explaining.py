"""Explaining: why a criterion stands where it stands, and what would move it (method, section 8)."""

from collections.abc import Mapping, Sequence
from typing import Any

from scaudit.rules import Ruleset
from scaudit.scoring import Reading

Row = Mapping[str, Any]


def hypotheses(ruleset: Ruleset, base: Reading) -> list[Reading]:
    """One more reading for every candidate of the ruleset: the record as it is, and that one record more.

    Scored beside `base`, they show which least record would raise or lower each criterion.
    """
    return [
        Reading(f"{base.reading_id}+{row['candidate']}", base.as_of, base.known_on, base.reading, row["candidate"])
        for row in ruleset.table("candidates")
    ]


def moves(ruleset: Ruleset, rows: Sequence[Row], accountable: Mapping[str, str], side: str) -> list[dict[str, Any]]:
    """What would raise or lower each criterion: rows of criterion_id, grade, to, words.

    `rows` come from moves.sql; `accountable` names the body that answers for each criterion.
    """
    words = {row["candidate"]: row["words"] or "" for row in ruleset.table("candidates")}
    return [
        {
            "criterion_id": row["criterion_id"],
            "grade": row["grade"],
            "to": row["to"],
            "words": words[row["candidate"]].format(accountable=accountable[row["criterion_id"]]),
        }
        for row in rows
        if row["side"] == side
    ]


def choices(ruleset: Ruleset, shifts: Sequence[Row]) -> list[dict[str, Any]]:
    """The choices of the ruleset that were tried otherwise, in words, each with how many criteria it moves."""
    lives = {row["kind"]: row["shelf_life_months"] for row in ruleset.table("shelf_lives")}
    return [
        {
            "scenario": row["scenario"],
            "family": row["family"],
            "words": str(row["words"]).format(shelf_life=lives.get(row["kind"])),
            "criteria": sum(shift["scenario"] == row["scenario"] for shift in shifts),
        }
        for row in ruleset.table("scenarios")
    ]


def rule_lines(ruleset: Ruleset, rung: Row, shelf_months: int, sustain_months: int) -> list[str]:
    """The rules that fired for one criterion in one reading, in order, as sentences."""
    say = ruleset.reasons["rules"]
    start = [say["claimed"]] if rung["reading"] == "claimed" else []
    if rung["evidence_id"] is None:
        only = "only_against" if rung["against_id"] else "nothing"
        return [*start, say[only].format(against=rung["against_id"], against_grade=rung["against_grade"])]
    facts = {
        "evidence": rung["evidence_id"],
        "partner": rung["partner_id"],
        "first": rung["first_id"],
        "grade": rung["grade"],
        "bound_from": rung["bound_from"],
        "kind": rung["kind"],
        "rung": rung["rung"],
        "standing": _listed(rung["standing"]) if rung["standing"] else "",
        "shelf": shelf_months,
        "sustain": sustain_months,
        "judged_on": rung["judged_on"],
    }
    return [*start, *(say[name].format(**facts) for name in _fired(rung))]


def _fired(rung: Row) -> list[str]:
    """The names of the rules that fired, in the order in which the method applies them."""
    fired = ["best"]
    fired += ["pair"] if rung["partner_id"] else []
    fired += ["promise"] if rung["tense"] == "promise" else []
    fired += ["partly"] if rung["stance"] == "partly" else []
    fired += ["sustained"] if rung["first_id"] else []
    fired.append(_weighed(rung))
    return fired + (["stale"] if rung["stale"] else [])


def _weighed(rung: Row) -> str:
    """What came of the records against it: held, cured, not counted in the claimed reading, or none."""
    if rung["standing"]:
        return "held"
    if not rung["against_id"]:
        return "unheld"
    return "uncounted" if rung["reading"] == "claimed" else "cured"


def _listed(ids: Sequence[str]) -> str:
    """`A stands`, `A and B stand`: the subject of a sentence."""
    *others, last = ids
    return f"{', '.join(others)} and {last} stand" if others else f"{last} stands"
