"""How firm a status is: the choices of the ruleset and the single records on which it hangs."""

from collections.abc import Mapping, Sequence

from scaudit.results import Results
from scaudit.rows import Choice, Criterion, LeftOut, Shift
from scaudit.scorecard.scrutiny import Firmness, Tried, Without
from scaudit.scorecard.wording import clip, count, counting, inner, item_word_for, rung_word, short, word

_FINDING = 130  # characters of a finding in the annex


def firmness(results: Results, item_id: str, numbers: Mapping[str, int]) -> Firmness:
    """What would be otherwise with one choice of the ruleset made otherwise, or without one record.

    `numbers` are the citation numbers of records on the card.
    """
    asks = results.asks(item_id)
    choices = sorted(results.choices, key=lambda row: (row["family"], row["scenario"]))
    tried = [_tried(results, item_id, asks, choice) for choice in choices]
    moving = tuple(sorted((row for row in tried if row.asks or row.status), key=lambda row: not row.status))
    alone = [(ask, row) for ask in asks for row in _left_out(results, ask)]
    return Firmness(
        said=_said(results, item_id, moving, alone),
        tried=len(choices),
        moving=moving,
        idle=tuple(row.words for row in tried if not row.asks and not row.status),
        without=tuple(_without(results, ask, row, numbers) for ask, row in alone),
    )


def _tried(results: Results, item_id: str, asks: Sequence[Criterion], choice: Choice) -> Tried:
    return Tried(
        words=choice["words"],
        asks=tuple(
            f"{short(ask['criterion_id'])} {_moved(row)}"
            for ask in asks
            for row in results.shifts_of[ask["criterion_id"]]
            if row["scenario"] == choice["scenario"]
        ),
        status=_status_then(results, item_id, choice),
    )


def _moved(row: Shift) -> str:
    return f"{_level(row['rung'], row['stale'])} to {_level(row['rung_then'], row['stale_then'])}"


def _level(rung: int, stale: bool) -> str:
    """`5 stale`: a rung as the tables print it."""
    return f"{rung} stale" if counting(rung, stale=stale) < rung else str(rung)


def _status_then(results: Results, item_id: str, choice: Choice) -> str:
    item = results.item(item_id)
    found = [row for row in results.status_shifts_of[item_id] if row["scenario"] == choice["scenario"]]
    if not found or item["not_yet_asked"]:
        return ""
    return inner(item_word_for(results, item, "verified", found[0]["status_then"]))


def _left_out(results: Results, ask: Criterion) -> list[LeftOut]:
    """The records on which an ask hangs: those that hold it up first, the furthest fall before the others."""
    return sorted(
        results.left_out_of[ask["criterion_id"]], key=lambda row: (_then(row) - _now(row), row["evidence_id"])
    )


def _now(row: LeftOut | Shift) -> int:
    return counting(row["rung"], stale=row["stale"])


def _then(row: LeftOut | Shift) -> int:
    return counting(row["rung_then"], stale=row["stale_then"])


def _without(results: Results, ask: Criterion, row: LeftOut, numbers: Mapping[str, int]) -> Without:
    record = results.evidence[row["evidence_id"]]
    return Without(
        short=short(ask["criterion_id"]),
        evidence_id=row["evidence_id"],
        number=str(numbers.get(row["evidence_id"], "")),
        stands=_level(row["rung"], row["stale"]),
        would=f"{row['rung_then']} {_stand_word(results, ask, row)}",
        finding=clip(record["finding"], _FINDING),
    )


def _stand_word(results: Results, ask: Criterion, row: LeftOut) -> str:
    """The word of the rung on which an ask would stand; 0 is plain, since what else is on record is not looked at."""
    if row["rung_then"] == 0:
        return word(results.words, "rungs", "0")
    now = results.rung(ask["criterion_id"], "verified")
    return rung_word(results.words, {**now, "rung": row["rung_then"], "stale": row["stale_then"]}, ask)


def _said(
    results: Results, item_id: str, moving: Sequence[Tried], alone: Sequence[tuple[Criterion, LeftOut]]
) -> tuple[str, ...]:
    """The sentences of the body; none where nothing was tried, or where the item had not been asked."""
    if not results.choices or results.item(item_id)["not_yet_asked"]:
        return ()
    return (_said_of_choices(len(results.choices), moving), _said_of_records(results, item_id, alone))


def _said_of_choices(tried: int, moving: Sequence[Tried]) -> str:
    """How many choices change the status, the first of them in words, and how many move no more than an ask."""
    turning = [row for row in moving if row.status]
    rest = len(moving) - len(turning)
    among = f"of {count(tried, 'choice')} of the method, each tried otherwise alone,"
    others = f"; {rest}{' more' if turning else ''} {'moves' if rest == 1 else 'move'} an ask" if rest else ""
    if not turning:
        return f"None {among} changes this status{others or ', and none moves an ask'}."
    first, verb = turning[0], "changes" if len(turning) == 1 else "change"
    return f"{len(turning)} {among} {verb} this status: {first.words} it would be {first.status}{others}."


def _said_of_records(results: Results, item_id: str, alone: Sequence[tuple[Criterion, LeftOut]]) -> str:
    """How many asks hang on a single record, and on which the one that would fall furthest does."""
    held_up = [(ask, row) for ask, row in alone if _then(row) < _now(row)]
    names = {ask["criterion_id"] for ask, _ in held_up}
    asks = count(len(results.asks(item_id)), "ask")
    if not held_up:
        return f"None of {asks} would stand lower without any single record."
    ask, row = min(held_up, key=lambda pair: (not pair[0]["required"], _then(pair[1]) - _now(pair[1])))
    hang = "hangs" if len(names) == 1 else "hang"
    return (
        f"{len(names)} of {asks} {hang} on a single record: without {row['evidence_id']}, "
        f"{short(ask['criterion_id'])} would stand at {row['rung_then']} {inner(_stand_word(results, ask, row))} "
        f"instead of {_level(row['rung'], row['stale'])}."
    )
