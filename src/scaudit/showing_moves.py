"""Showing moves: what moved between two sides, as a table of items and, by criterion, the records that moved it."""

from collections.abc import Mapping
from typing import Any

from rich.markup import escape
from rich.table import Table

from scaudit.comparing import READINGS, Comparison, Mark, Movement, Mover, Stand
from scaudit.rows import Words
from scaudit.scorecard.wording import printed_date, printed_day, rung_word, status_word, word
from scaudit.showing import line, shown

LABELS = {"verified": "Evidence shows", "claimed": "Taken at its word"}
CAUSES = {
    "days": "No record moved it: days passed (a shelf life, or a window).",
    "both": "Records and the passing of days moved it together; no record alone undoes it.",
    "rules": "The rules moved it: the records are the same.",
}


def comparison(found: Comparison) -> None:
    """Both sides, the items whose status is another, and every criterion that moved with what moved it."""
    line(f"From {_mark(found.former)} to {_mark(found.latter)}.")
    if found.rules:
        line(f"The rulesets differ in: {', '.join(found.rules)}.")
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


def _mark(side: Mark) -> str:
    return f"{side.as_of} (known on {side.known_on}, ruleset {side.ruleset})"


def _items(found: Comparison) -> Table:
    table = Table(title="Items whose status is another")
    for name in ("Item", "Evidence showed", "Evidence shows", "At its word, then", "At its word, now"):
        table.add_column(name, overflow="fold")
    for row in found.items:
        cells = (
            status_word(found.words, row["kind"], reading, row[f"{reading}_{side}"])
            for reading in READINGS
            for side in ("from", "to")
        )
        table.add_row(escape(row["item_id"]), *cells)
    return table


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
    for reading, (cause, ids) in answers.items():
        where = "" if same or one.ask["kind"] == "claim" else f" ({LABELS[reading].lower()})"
        if cause != "records":
            line(f"  {CAUSES[cause]}{where}")
        else:
            together = any(mover["together"] for mover in one.movers[reading])
            many = "together; without all of them it would not have" if together else "without it, it would not have"
            line(f"  Moved by{where} ({many if len(ids) > 1 and together else 'without it, it would not have'}):")
            for mover in one.movers[reading]:
                _mover(mover, mover["evidence_id"] in one.stands[f"to/{reading}"]["binding"])
        if same:
            return


def _answer(one: Movement, reading: str) -> tuple[str, tuple[str, ...]]:
    return one.causes[reading], tuple(mover["evidence_id"] for mover in one.movers[reading])


def _mover(mover: Mover, binding: bool) -> None:
    bears = "; the rung now rests on it" if binding else ""
    marks = f"{mover['stance']}, grade {mover['grade']}; {_when(mover)}{_effect(mover)}{bears}"
    line(f"    {mover['evidence_id']} ({marks}): {mover['finding']}")
    line(f"      {mover['source']}, {mover['publisher']}; {mover['locator'] or 'no place given'}.", style="dim")


def _effect(mover: Mover) -> str:
    if mover["disposition_to"] == "counted":
        return ""
    return "; it counts no longer" if mover["disposition_from"] == "counted" else "; it takes another's place"


def _when(mover: Mapping[str, Any]) -> str:
    first = printed_date(mover["event_from_text"]) or printed_day(mover["event_from"]) or "no date"
    last = printed_date(mover["event_to_text"])
    return first if last in ("", first) else f"{first} to {last}"
