"""Showing moves: what moved between two sides, as a table of items and, by criterion, what moved or explains it."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.markup import escape
from rich.table import Table

from scaudit.comparison import READINGS, Comparison, Mark, Movement, Mover, Stand, Why
from scaudit.rows import Words
from scaudit.scorecard.wording import listed, printed_date, printed_day, rung_word, status_word, word
from scaudit.showing import SEEN, line, shown
from scaudit.showing_changes import NAMES, changes

LABELS = {"verified": "Evidence shows", "claimed": "Taken at its word"}
HOW = {
    "each": ", each of which alone makes the move",
    "all": ", without any of which it would not have moved",
    "mixed": ", each of which alone makes or undoes the move",
    "several": ", which do only together",
}
"""How several factors, or several rows, explain a move."""
CAUSES = {
    "days": "No record moved it: days passed (a shelf life, or a window).",
    "both": "Records and the passing of days moved it together; no record alone undoes it.",
    "rules": "The rules moved it: the records are the same.",
}


def comparison(found: Comparison) -> None:
    """Both sides, the items whose status is another, and every criterion that moved with what moved it."""
    line(f"From {_mark(found, 0)} to {_mark(found, 1)}.")
    if found.rules:
        line(f"The rulesets differ in: {', '.join(found.rules)}.")
    if found.changes is not None:
        changes(found.changes)
    if not found.movements and not found.items:
        line("Nothing moved.")
        return
    if found.items:
        shown(_items(found))
    item = ""
    for one in found.movements:
        if one.ask["item_id"] != item:
            item = one.ask["item_id"]
            line()
            line(item, style="bold")
        _movement(found.words, one)


def _mark(found: Comparison, place: int) -> str:
    side: Mark = (found.former, found.latter)[place]
    run = f"run {found.runs[place]}, " if found.runs else ""
    return f"{run}{side.as_of} (known on {side.known_on}, ruleset {side.ruleset})"


def _items(found: Comparison) -> Table:
    table = Table(title="Items whose status is another")
    names = ("Item", "Evidence showed", "Evidence shows", "At its word, then", "At its word, now")
    for name in (*names, *(("Explained by",) if found.runs else ())):
        table.add_column(name, overflow="fold")
    for row in found.items:
        cells = (
            status_word(found.words, row["kind"], reading, row[f"{reading}_{side}"])
            for reading in READINGS
            for side in ("from", "to")
        )
        table.add_row(escape(row["item_id"]), *cells, *((_item_causes(row["moved"]),) if found.runs else ()))
    return table


def _item_causes(moved: Mapping[str, Why]) -> str:
    """What explains that an item moved, said once where both readings have the same answer."""
    answers = {reading: _named(why) for reading, why in moved.items()}
    if len(set(answers.values())) == 1:
        return next(iter(answers.values()))
    return "; ".join(f"{LABELS[reading].lower()}: {words}" for reading, words in answers.items())


def _named(why: Why) -> str:
    """`the evidence`, `the evidence and the rules, either of which alone makes the move`, ..."""
    return listed([NAMES[one] for one in why.causes]) + HOW.get(why.cause, "")


def _movement(words: Words, one: Movement) -> None:
    ask = one.ask
    line()
    asked = "" if ask["required"] or ask["kind"] == "claim" else " (not asked in so many words)"
    line(f"{ask['criterion_id']}: {ask['ask']}{asked}")
    if ask["kind"] == "claim":
        stands = (word(words, "claims", str(one.stands[f"{side}/verified"]["standing"])) for side in ("from", "to"))
        line(f"  Claim: {' -> '.join(stands)}")
    else:
        for reading in READINGS:
            stands = (_stand(words, one.stands[f"{side}/{reading}"], reading) for side in ("from", "to"))
            line(f"  {LABELS[reading]}: {_arrow(*stands)}")
    _causes(one)


def _arrow(former: str, latter: str) -> str:
    return f"{former}, as before" if former == latter else f"{former} -> {latter}"


def _stand(words: Words, stand: Stand, reading: str) -> str:
    """`4 In place, not verified`."""
    rung: Any = {**stand, "reading": reading}
    criterion: Any = stand
    return f"{stand['rung']} {rung_word(words, rung, criterion)}"


def _causes(one: Movement) -> None:
    """What moved it, said once where both readings have the same answer."""
    answers = {reading: _answer(one, reading) for reading in one.causes}
    same = len(set(answers.values())) == 1
    for reading, cause in one.causes.items():
        where = "" if same or one.ask["kind"] == "claim" else f" ({LABELS[reading].lower()})"
        if reading in one.whys:
            _factors(one, reading, where)
        elif cause != "records":
            line(f"  {CAUSES[cause]}{where}")
            _rests(one, reading)
        else:
            _records(one, reading, where)
        if same:
            return


def _rests(one: Movement, reading: str) -> None:
    """What the rung rests on, on both sides, where no record is named as what moved it."""
    former, latter = (", ".join(one.stands[f"{side}/{reading}"]["binding"]) or "nothing" for side in ("from", "to"))
    if one.ask["kind"] != "claim":
        line(f"  It rested on {former}, and {'still does' if former == latter else f'rests on {latter} now'}.")


def _records(one: Movement, reading: str, where: str) -> None:
    """The records that moved it between two days."""
    movers = one.movers[reading]
    together = len(movers) > 1 and any(mover["together"] for mover in movers)
    many = "together; without all of them it would not have" if together else "without it, it would not have"
    line(f"  Moved by{where} ({many}):")
    for mover in movers:
        _mover(mover, mover["evidence_id"] in one.stands[f"to/{reading}"]["binding"])


def _factors(one: Movement, reading: str, where: str) -> None:
    """What explains it between two runs: a run that is given this as the other had it stands where the other stands."""
    line(f"  Explained{where} by {_named(one.whys[reading])}.")
    movers = one.movers[reading]
    if movers:
        line("  By this row:" if len(movers) == 1 else f"  By these rows{HOW[_manner(movers)]}:")
    for mover in movers[:SEEN]:
        _mover(mover, mover["evidence_id"] in one.stands[f"to/{reading}"]["binding"])
    if len(movers) > SEEN:
        line(f"    and {len(movers) - SEEN} more; --json has all.")


def _manner(movers: Sequence[Mover]) -> str:
    """How several rows explain a move, in the words for factors."""
    if movers[0]["together"]:
        return "several"
    makes = [mover["makes"] for mover in movers]
    return "each" if all(makes) else "mixed" if any(makes) else "all"


def _answer(one: Movement, reading: str) -> tuple[object, ...]:
    movers = one.movers[reading]
    named = tuple((mover["evidence_id"], mover["together"], mover.get("makes")) for mover in movers)
    return one.causes[reading], one.whys.get(reading), named


def _mover(mover: Mover, binding: bool) -> None:
    bears = "; the rung now rests on it" if binding else ""
    graded = "" if mover["grade"] is None else f", grade {mover['grade']}"
    marks = f"{mover['stance']}{graded}; {_when(mover)}{_effect(mover)}{bears}"
    line(f"    {mover['evidence_id']} ({marks}): {mover['finding']}")
    line(f"      {mover['source']}, {mover['publisher']}; {mover['locator'] or 'no place given'}.", style="dim")


def _effect(mover: Mover) -> str:
    if "change" in mover:
        return f"; {mover['change']}"
    if mover["disposition_to"] == "counted":
        return ""
    return "; it counts no longer" if mover["disposition_from"] == "counted" else "; it takes another's place"


def _when(mover: Mapping[str, Any]) -> str:
    first = printed_date(mover["event_from_text"]) or printed_day(mover["event_from"]) or "no date"
    last = printed_date(mover["event_to_text"])
    return first if last in ("", first) else f"{first} to {last}"
