"""The method once more, with a pencil: sections 3 to 5 in plain Python, read from the page and not from the SQL."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations, permutations
from typing import Any

from scoring_tables import AS_OF, KINDS, PARENTS, Registry, Row, Scored, day

LADDERS = {"policy": (0, 2, 4, 4, 5, 5), "practice": (0, 2, 3, 4, 4, 5), "result": (0, 2, 3, 3, 4, 5)}
LASTING = {"policy": 36, "practice": 18, "result": 12}
HEARD = {"auditor", "oversight_body", "court", "researcher", "local_government"}
TESTED = {"data", "inspection"}


def group_of(name: str) -> str:
    return group_of(PARENTS[name]) if name in PARENTS and name != "INSPECTOR" else name


def graded_by_hand(row: Row, kind: str, own: bool, issuer: bool) -> int:
    """Section 3, read from the page."""
    claim, who, against = kind == "claim", KINDS[row["origin_id"]], row["stance"] == "contradicts"
    promise, said, tested = row["tense"] == "promise", row["basis"] == "statement", row["basis"] in TESTED
    if own and (row["stance"] in {"supports", "partly"} if claim else against):
        return 4
    denied = claim and (issuer or (own and against))
    if denied or ((said or promise) and (own or who not in HEARD)):
        return 1
    if own:
        return 2
    publisher = row["source_id"].removeprefix("by ")
    if promise or (publisher != row["origin_id"] and KINDS[publisher] in {"press", "advocate"}):
        return 3
    method = tested and row["method_stated"]
    if who in {"auditor", "oversight_body", "court"}:
        return 5 if method else 4 if who == "court" or not said else 3
    return 4 if method and who not in {"press", "advocate"} else 3


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last."""
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _pairs(rows: list[Row], kind: str, shelf: int, apart: str) -> list[Row]:
    """Section 3, pairs: what two records are when they act as one; `apart` is that in which they must differ."""
    able = [row for row in rows if row["tense"] != "promise" and row["grade"] >= 3 and not row["back"]]
    found = []
    for one, two in combinations(sorted(able, key=lambda row: row["when"]), 2):
        grade = min(one["grade"], two["grade"])
        both = all(row["basis"] in TESTED and row["method_stated"] for row in (one, two))
        acts = 4 if grade == 3 else 5 if grade == 4 and both and kind != "result" else 0
        near = months_later(one["event_from"], shelf) >= two["event_from"]
        if one[apart] != two[apart] and one["against"] == two["against"] and near and acts > two["grade"]:
            partly = "partly" in {one["stance"], two["stance"]}
            found.append(
                {**two, "grade": acts, "pair": True, "own": False, "stance": "partly" if partly else two["stance"]}
            )
    return found


def _cures(support: Row, adverse: Row, kind: str) -> bool:
    """Section 4: later, and as good, or of the same origin, or the text itself."""
    alone = not support["pair"]
    back = (
        alone and not adverse["pair"] and support["origin_id"] == adverse["origin_id"] and support["tense"] != "promise"
    )
    text = alone and kind == "policy" and support["tense"] == "act" and support["basis"] == "document"
    good = support["grade"] >= adverse["grade"] or (support["grade"] >= 2 and (back or text))
    return support["event_from"] > adverse["event_to"] and bool(good)


def _held(support: Row, adverse: Row, kind: str) -> int:
    """The rung to which one adverse record holds one support."""
    ending = kind == "policy" and adverse["own"] and adverse["tense"] == "act" and adverse["basis"] == "document"
    if _cures(support, adverse, kind):
        return int(support["rung"])
    if ending and adverse["event_from"] > support["event_to"]:
        return 1
    return int(support["rung"]) - 1 if support["rung"] >= 5 and adverse["grade"] == 3 else min(int(support["rung"]), 3)


def _marked(rows: Sequence[Row], claimed: bool) -> list[Row]:
    """The records with what the rest needs to know of each; in the claimed reading the body is taken at its word."""
    marked = [{**row, "pair": False, "against": row["stance"] == "contradicts", "when":
               (row["event_from"], row["recorded_on"], row["evidence_id"])} for row in rows]  # fmt: skip
    for row in marked:
        if claimed and row["own"] and not row["against"] and row["tense"] != "promise":
            row["grade"] = 5
    for row in marked:
        row["back"] = row["against"] and any(
            other["origin_id"] == row["origin_id"] and not other["against"] and other["grade"] >= 2
            and other["tense"] != "promise" and other["event_from"] > row["event_to"] for other in marked
        )  # fmt: skip
    return marked


def _reached(supports: list[Row], ask: Row, stand: list[Row]) -> None:
    """Section 4: the rung that each support reaches before anything speaks against it, rung 6 among them."""
    for one in supports:
        one["rung"] = LADDERS[ask["kind"]][one["grade"]]
        one["rung"] = min(one["rung"], 2 if one["tense"] == "promise" else 9, 3 if one["stance"] == "partly" else 9)
    whole = [one for one in supports if one["rung"] == 5 and one["grade"] == 5 and not one["pair"]]
    for first, second in permutations(whole, 2):
        apart = months_later(first["event_to"], ask["sustain_months"] or 12) <= second["event_from"]
        between = (x for x in stand if x["event_from"] <= second["event_from"] and x["event_to"] >= first["event_to"])
        if apart and not any(between):
            second["rung"] = 6


def stand_by_hand(
    rows: Sequence[Row],
    ask: Row,
    claimed: bool = False,
    shelf: int | None = None,
    apart: str = "group",
) -> tuple[int, bool]:
    """Sections 4 and 5 for one criterion: its rung and whether it is stale, from its counted records with grades.

    `shelf` is another shelf life for its kind, `apart` another thing in which the halves of a pair must differ.
    """
    kind, shelf = ask["kind"], ask["shelf_life_months"] or shelf or LASTING[ask["kind"]]
    marked = _marked(rows, claimed)
    units = marked + _pairs(marked, kind, shelf, apart)
    speak = [one for one in units if one["against"] and one["grade"] >= 3]
    stand = [one for one in speak if not claimed or one["own"] or one["grade"] == 5]
    supports = [one for one in units if not one["against"]]
    _reached(supports, ask, stand)
    kept = [(min([_held(one, adverse, kind) for adverse in stand], default=one["rung"]), one) for one in supports]
    rung = max([1 if speak else 0, *(rung for rung, _ in kept)])
    judged_on = min(date.fromisoformat(AS_OF), day(ask["window_to"]) or date.max)
    met_to = max((one["event_to"] for rung, one in kept if rung >= 5), default=date.max)
    return rung, rung >= 5 and months_later(met_to, shelf) < judged_on


def by_hand(result: Scored, world: Registry) -> tuple[dict[str, list[Row]], dict[str, int]]:
    """The counted records of every criterion, each with the grade, the responsibility and the group that the pencil
    gives it, and the grades of all records."""
    rows = {row["evidence_id"]: row for row in world.evidence}
    asks = {row["criterion_id"]: row for row in world.criteria}
    issuers = {row["item_id"]: row["issuer_id"] for row in world.recommendations}
    counted: dict[str, list[Row]] = {name: [] for name in asks}
    grades: dict[str, int] = {}
    for fate in result.dicts("select * from step.admitted where reading_id = 'verified'"):
        ask, group = asks[fate["criterion_id"]], group_of(fate["origin_id"])
        own = group in _responsible(world, ask)
        issuer = fate["origin_id"] == issuers[ask["item_id"]]
        grade = graded_by_hand(rows[fate["evidence_id"]], ask["kind"], own, issuer)
        grades[fate["evidence_id"]] = grade
        if fate["disposition"] == "counted":
            counted[fate["criterion_id"]].append({**fate, "grade": grade, "own": own, "group": group})
    return counted, grades


def _responsible(world: Registry, ask: Mapping[str, Any]) -> set[str]:
    shared = {row["body_id"] for row in world.responsibilities if row["criterion_id"] == ask["criterion_id"]}
    return {group_of(name) for name in (shared | {ask["accountable_id"] or "AGENCY"})}
