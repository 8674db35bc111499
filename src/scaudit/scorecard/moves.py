"""What closes an ask, and what would move it: the least records, and the rung that each leads to."""

from collections import defaultdict

from scaudit.results import Results
from scaudit.rows import Criterion, Move
from scaudit.scorecard.model import Change
from scaudit.scorecard.wording import DONE, rung_word, sentence, short, word

_KINDS = ("policy", "practice", "result")


def closing(results: Results, item_id: str) -> str:
    """What a single record must be to close an ask, for each kind of ask that the item has."""
    kinds = {ask["kind"] for ask in results.asks(item_id)}
    by_record: defaultdict[str, list[str]] = defaultdict(list)
    for kind in _KINDS:
        if kind in kinds:
            by_record[word(results.words, "closing", kind)].append(word(results.words, "closing_of", kind))
    return "; ".join(f"for {' or '.join(asks)}, {record}" for record, asks in by_record.items())


def changes(results: Results, item_id: str) -> tuple[Change, ...]:
    """The least records that would raise and lower each criterion, and to what; same answers share a line.

    Nothing where no single record would move any.
    """
    lines: defaultdict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for ask in results.asks(item_id):
        key = (*_raised(results, ask), *_moved(results, ask, results.lowering.get(ask["criterion_id"])))
        lines[key].append(short(ask["criterion_id"]))
    return tuple(Change(tuple(asks), *line) for line, asks in lines.items()) if any(map(any, lines)) else ()


def _raised(results: Results, ask: Criterion) -> tuple[str, str]:
    """A rung that is too old to count needs the same again, and fresh."""
    rung, move = results.rung(ask["criterion_id"], "verified"), results.raising.get(ask["criterion_id"])
    if move is None and rung["stale"] and rung["rung"] >= DONE:
        return "to count again", sentence(word(results.words, "closing", "stale"))
    return _moved(results, ask, move)


def _moved(results: Results, ask: Criterion, move: Move | None) -> tuple[str, str]:
    """The rung that a record leads to, in words, and the record."""
    if move is None:
        return "", ""
    reached = {**results.rung(ask["criterion_id"], "verified"), "rung": move["to"], "stale": False, "flags": []}
    return f"to {move['to']} {rung_word(results.words, reached, ask)}", sentence(move["words"])  # type: ignore[arg-type]
