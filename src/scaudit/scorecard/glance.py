"""The answer at a glance: both statuses, the progress band, the ladder, the gap of word and evidence."""

from scaudit.results import Results
from scaudit.rows import Criterion
from scaudit.scorecard.model import Glance, Meaning
from scaudit.scorecard.shapes import Band, Step
from scaudit.scorecard.wording import (
    body_name,
    count,
    effective,
    flag_words,
    inner,
    item_word,
    listed,
    rung_word,
    short,
    word,
)


def glance(results: Results, item_id: str) -> Glance:
    """Both statuses of an item, its progress, its ladder and its gap."""
    item = results.item(item_id)
    verified = results.status(item_id, "verified")
    rows = steps(results, item_id)
    weakest, strongest = extremes(results, item_id)
    flags = {*verified["flags"], *(flag for ask in results.asks(item_id) for flag in _flags(results, ask))}
    return Glance(
        verified=item_word(results, item, "verified"),
        claimed=item_word(results, item, "claimed"),
        weakest=weakest,
        strongest=strongest,
        band=band(results, item_id),
        gap=gap_sentence(rows, body_name(results, item["accountable_id"])),
        steps=rows,
        flags=flag_meanings(results, flags),
    )


def flag_meanings(results: Results, flags: set[str]) -> tuple[Meaning, ...]:
    """The flags that occur, each with the sentence that explains it, in the order of the ruleset's table."""
    order = [*results.words.get("flags", {}), *sorted(flags.difference(results.words.get("flags", {})))]
    return tuple(
        Meaning(word(results.words, "flags_short", flag), word(results.words, "flags", flag))
        for flag in order
        if flag in flags
    )


def steps(results: Results, item_id: str) -> tuple[Step, ...]:
    """Every criterion of an item on the ladder, claims left out."""
    return tuple(step(results, ask) for ask in results.asks(item_id))


def step(results: Results, ask: Criterion) -> Step:
    """One criterion on the ladder, in both readings."""
    verified, claimed = (results.rung(ask["criterion_id"], reading) for reading in ("verified", "claimed"))
    verified_words = rung_word(results.words, verified, ask)
    claimed_words = rung_word(results.words, claimed, ask)
    flags = flag_words(results.words, verified["flags"])
    return Step(
        criterion_id=ask["criterion_id"],
        short=short(ask["criterion_id"]),
        ask=ask["ask"],
        kind=ask["kind"],
        required=ask["required"],
        verified=verified["rung"],
        claimed=claimed["rung"],
        shown=effective(verified),
        said=effective(claimed),
        of=_others(results, ask),
        verified_words=verified_words,
        claimed_words=claimed_words,
        flags=flags,
        picture=f"{short(ask['criterion_id'])}: evidence shows rung {verified['rung']}, "
        f"{', '.join((verified_words.lower(), *flags))}; "
        f"taken at its word rung {claimed['rung']}, {claimed_words.lower()}.",
    )


def _others(results: Results, ask: Criterion) -> str:
    """Who was asked, where that is not the item's accountable body."""
    if not ask["accountable"] or results.item(ask["item_id"])["accountable_id"] in ask["accountable"]:
        return ""
    return listed([body_name(results, body) for body in ask["accountable"]])


def band(results: Results, item_id: str) -> Band:
    """How many required asks are met, at least and at most, and how many are said to be."""
    row = results.status(item_id, "verified")
    claimed = results.status(item_id, "claimed")["met_low"]
    low, high, required = row["met_low"], row["met_high"], row["required"]
    words = f"{low} of {count(required, 'required ask')} met" if required else "nothing required in so many words"
    more = f"{high - low} more open" if high > low else ""
    progress = "; ".join(part for part in (words, more) if part)
    return Band(
        required=required,
        met_low=low,
        met_high=high,
        claimed=claimed,
        words=words,
        open=more,
        picture=f"Progress: {progress}; {claimed} of {required} said to be done.",
    )


def gap_sentence(rows: tuple[Step, ...], accountable: str) -> str:
    """The claim gap of an item in a sentence; what was said too long ago to count is no gap, but is named."""
    wide = [row for row in rows if row.gap]
    past = sum(row.claimed > row.verified and not row.gap for row in rows)
    once = f" On {count(past, 'ask')} more was said, too long ago to count." if past else ""
    if not wide:
        still = " still" if past else ""
        return f"On no ask does the word of the accountable body{still} go further than the evidence.{once}"
    most = max(wide, key=lambda row: (row.gap, row.required))
    who = "the bodies asked" if any(row.of for row in wide) else accountable
    return (
        f"The word of {who} goes further than the evidence on {len(wide)} of {count(len(rows), 'ask')}. "
        f"Widest on {most.short}: {inner(most.claimed_words)}; the evidence shows {inner(most.verified_words)}.{once}"
    )


def extremes(results: Results, item_id: str) -> tuple[str, str]:
    """The weakest and the strongest required ask of an item, as `R1.c, under way`; empty where none is."""
    required = [ask for ask in results.asks(item_id) if ask["required"]]
    if not required:
        return "", ""
    ordered = sorted(required, key=lambda ask: effective(results.rung(ask["criterion_id"], "verified")))
    return _standing(results, ordered[0]), _standing(results, ordered[-1])


def _standing(results: Results, ask: Criterion) -> str:
    rung = results.rung(ask["criterion_id"], "verified")
    return f"{short(ask['criterion_id'])}, {inner(rung_word(results.words, rung, ask))}"


def _flags(results: Results, ask: Criterion) -> list[str]:
    return results.rung(ask["criterion_id"], "verified")["flags"]
