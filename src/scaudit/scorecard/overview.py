"""From results to the view model of the overview: all items of an edition on two pages."""

from collections import Counter

from scaudit.results import Results
from scaudit.rows import Item
from scaudit.scorecard.all_numbers import all_numbers
from scaudit.scorecard.annex import held, held_more, readings, use_counts
from scaudit.scorecard.build import frame, ladder, ledger
from scaudit.scorecard.cards import OverviewCard
from scaudit.scorecard.glance import band, flag_meanings, steps
from scaudit.scorecard.model import Gap, ItemLine
from scaudit.scorecard.outlooks import outlooks
from scaudit.scorecard.questions import requests
from scaudit.scorecard.reasons import unknown
from scaudit.scorecard.shapes import Bar, NamedDay, Step
from scaudit.scorecard.timeline import reference_days
from scaudit.scorecard.wording import DONE, body_name, count, effective, flag_words, inner, item_word, printed_day, word

_OPEN = "unknown, stale or in dispute"


def overview_card(results: Results) -> OverviewCard:
    """The overview of all items of a run."""
    lines = tuple(_line(results, item) for item in results.ordered_items)
    bars = _bars(results, lines)
    flags = {flag for item in results.items for flag in _flags(results, item["item_id"])}
    return OverviewCard(
        frame=frame(results, "Overview", "Overview"),
        asked_by=_asked_by(results),
        not_yet=_not_yet(results),
        headline=_headline(results, lines),
        lines=lines,
        bars=bars,
        bars_unit=bars_unit(bars),
        bars_picture=bars_picture(bars),
        claims=_claims(results),
        flags=flag_meanings(results, flags),
        ladder=ladder(results),
        unknown=_unknown(results),
        outlooks=outlooks(results),
        numbers=all_numbers(results),
        questions=requests(results),
        within=word(results.words, "questions", "within"),
        named=tuple(NamedDay("", printed_day(row["day"]), row["label"]) for row in reference_days(results)),
        readings=readings(results, results.sources),
        uses=tuple((use, number) for use, number in use_counts(results, results.records).items() if number),
        held=held(results),
        held_more=held_more(results),
        ledger=ledger(results),
    )


def _flags(results: Results, item_id: str) -> set[str]:
    """The flags of an item and of its criteria, in the verified reading."""
    found = set(results.status(item_id, "verified")["flags"])
    return found.union(*(results.rung(ask["criterion_id"], "verified")["flags"] for ask in results.asks(item_id)))


def _line(results: Results, item: Item) -> ItemLine:
    item_id = item["item_id"]
    rows = steps(results, item_id)
    verified = results.status(item_id, "verified")
    return ItemLine(
        item_id=item_id,
        title=item["title"],
        is_concern=item["kind"] == "concern",
        issuer=body_name(results, item["issuer_id"]),
        accountable=body_name(results, item["accountable_id"]),
        verified=item_word(results, item, "verified"),
        claimed=item_word(results, item, "claimed"),
        flags=() if item["not_yet_asked"] else flag_words(results.words, verified["flags"]),
        band=band(results, item_id),
        steps=rows,
        picture=skyline_words(item_id, rows),
        gap=main_gap(rows, not_yet=item["not_yet_asked"]),
    )


def skyline_words(item_id: str, rows: tuple[Step, ...]) -> str:
    """The columns of an item in words."""
    asks = "; ".join(f"{row.short} {_rungs(row)}" for row in rows)
    wide = sum(bool(row.gap) for row in rows)
    return f"{item_id}: word goes further than evidence on {wide} of {count(len(rows), 'ask')}. Rungs 0 to 6: {asks}."


def _rungs(row: Step) -> str:
    """`5 shown, too old to count, 5 said`."""
    shown, said = ("" if counts == rung else ", too old to count" for counts, rung in _counting(row))
    return f"{row.verified} shown{shown}, {row.claimed} said{said}"


def _counting(row: Step) -> tuple[tuple[int, int], tuple[int, int]]:
    return (row.shown, row.verified), (row.said, row.claimed)


def _asked_by(results: Results) -> tuple[str, ...]:
    """Who asked, when and how many things, in one phrase for each issuer, day and kind."""
    found = Counter((item["kind"], item["issuer_id"], item["issued_on"]) for item in results.ordered_items)
    return tuple(
        f"{count(number, kind)} of {body_name(results, issuer)}, {printed_day(day) or 'no date'}"
        for (kind, issuer, day), number in found.items()
    )


def _not_yet(results: Results) -> str:
    """How many items had not been asked on the day; nothing where all had."""
    waiting = sum(item["not_yet_asked"] for item in results.items)
    return f"{waiting} of {count(len(results.items), 'item')} had not been asked" if waiting else ""


def main_gap(rows: tuple[Step, ...], *, not_yet: bool) -> str:
    """The one thing to know: the widest claim gap and how many asks are unknown; what was so before it was asked."""
    silent = [row for row in rows if row.verified == 0]
    if not_yet:
        some = len(rows) - len(silent)
        return f"Records already bore on {some} of {count(len(rows), 'ask')}." if some else "No record yet."
    wide = max(rows, key=lambda row: (row.gap, row.required), default=None)
    parts = []
    if wide is not None and wide.gap:
        parts.append(f"{wide.short}: {inner(wide.claimed_words)}; evidence shows {inner(wide.verified_words)}.")
    if silent:
        parts.append(f"{len(silent)} of {count(len(rows), 'ask')} unknown.")
    return " ".join(parts) or "Word and evidence agree."


def _headline(results: Results, lines: tuple[ItemLine, ...]) -> tuple[tuple[str, str], ...]:
    """Numbers and what each counts."""
    required = sum(line.band.required for line in lines)
    low, high = (sum(getattr(line.band, end) for line in lines) for end in ("met_low", "met_high"))
    silent = sum(step.verified == 0 and step.required for line in lines for step in line.steps)
    done = sum(results.status(line.item_id, "verified")["status"] == "verified" for line in lines)
    return (
        (f"{done} of {len(lines)}", "items verified in full"),
        (f"{low} of {required}", "required asks met" + (f"; {high - low} more open: {_OPEN}" if high > low else "")),
        (f"{sum(line.band.claimed for line in lines)} of {required}", "said to be done, taken at its word"),
        (f"{silent} of {required}", "unknown: nothing for it found, nothing of weight against it"),
    )


def _bars(results: Results, lines: tuple[ItemLine, ...]) -> tuple[Bar, ...]:
    required = [step.criterion_id for line in lines for step in line.steps if step.required]
    shown, said = (
        Counter(effective(results.rung(key, reading)) for key in required) for reading in ("verified", "claimed")
    )
    return tuple(
        Bar(rung, word(results.words, "rungs", str(rung)), shown[rung], said[rung]) for rung in range(6, -1, -1)
    )


def bars_picture(bars: tuple[Bar, ...]) -> str:
    """The bars in words."""
    parts = "; ".join(f"{bar.rung} {inner(bar.word)} {bar.verified} shown, {bar.claimed} said" for bar in bars)
    met, done = (sum(getattr(bar, side) for bar in bars if bar.rung >= DONE) for side in ("verified", "claimed"))
    return f"{met} of {_total(bars)} met by the evidence, {done} said to be done. By rung: {parts}."


def bars_unit(bars: tuple[Bar, ...]) -> str:
    """What is counted."""
    return f"Number of required asks on each rung, {_total(bars):,} in all."


def _total(bars: tuple[Bar, ...]) -> int:
    return sum(bar.verified for bar in bars)


def _claims(results: Results) -> tuple[tuple[str, int], ...]:
    """How many claims of the concerns have which standing, in the ruleset's order."""
    found = Counter(row["standing"] for row in results.claims)
    order = [
        *results.words.get("claims", {}),
        *sorted(set(found).difference(results.words.get("claims", {}))),
    ]
    return tuple((word(results.words, "claims", standing), found[standing]) for standing in order if found[standing])


def _unknown(results: Results) -> tuple[tuple[str, tuple[Gap, ...]], ...]:
    found = ((item["item_id"], unknown(results, item["item_id"])) for item in results.ordered_items)
    return tuple((item_id, gaps) for item_id, gaps in found if gaps)
