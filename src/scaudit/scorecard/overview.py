"""From results to the view model of the overview: all items of an edition on two pages."""

from collections import Counter

from scaudit.results import Item, Results
from scaudit.scorecard.annex import held, readings, use_counts
from scaudit.scorecard.build import frame, ladder, ledger
from scaudit.scorecard.glance import band, flag_meanings, steps
from scaudit.scorecard.model import Gap, ItemLine, OverviewCard
from scaudit.scorecard.reasons import unknown
from scaudit.scorecard.shapes import Bar, NamedDay, Step
from scaudit.scorecard.timeline import reference_days
from scaudit.scorecard.wording import body_name, count, effective, flag_words, printed_day, status_word, word


def overview_card(results: Results) -> OverviewCard:
    """The overview of all items of a run."""
    lines = tuple(_line(results, item) for item in results.ordered_items)
    bars = _bars(results, lines)
    flags = {flag for item in results.items for flag in _flags(results, item["item_id"])}
    return OverviewCard(
        frame=frame(results, "Overview", "Overview"),
        headline=_headline(results, lines),
        lines=lines,
        bars=bars,
        bars_picture=_bars_picture(bars),
        claims=_claims(results),
        flags=flag_meanings(results, flags),
        ladder=ladder(results),
        unknown=_unknown(results),
        named=tuple(NamedDay("", printed_day(row["day"]), row["label"]) for row in reference_days(results)),
        readings=readings(results, results.sources),
        uses=tuple((use, number) for use, number in use_counts(results, results.records).items() if number),
        held=held(results),
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
        verified=status_word(results.words, item["kind"], "verified", verified["status"]),
        claimed=status_word(results.words, item["kind"], "claimed", results.status(item_id, "claimed")["status"]),
        flags=flag_words(results.words, verified["flags"]),
        band=band(results, item_id),
        steps=rows,
        picture=_picture(item_id, rows),
        gap=_main_gap(rows, not_yet=item["not_yet_asked"]),
    )


def _picture(item_id: str, rows: tuple[Step, ...]) -> str:
    asks = "; ".join(f"{row.short} {row.verified} shown, {row.claimed} said" for row in rows)
    return f"{item_id}, steps 0 to 6 of each ask. {asks}."


def _main_gap(rows: tuple[Step, ...], *, not_yet: bool) -> str:
    """The one thing to know: the widest claim gap and how many asks have no record at all."""
    if not_yet:
        return "Not yet asked on this day."
    silent = [row for row in rows if row.verified == 0]
    wide = max(rows, key=lambda row: (row.gap, row.required), default=None)
    parts = []
    if wide is not None and wide.gap:
        parts.append(f"{wide.short}: {wide.claimed_words.lower()}; evidence shows {wide.verified_words.lower()}.")
    if silent:
        parts.append(f"No record for or against {len(silent)} of {count(len(rows), 'ask')}.")
    return " ".join(parts) or "Word and evidence agree."


def _headline(results: Results, lines: tuple[ItemLine, ...]) -> tuple[tuple[str, str], ...]:
    """Numbers and what each counts."""
    required = sum(line.band.required for line in lines)
    low, high = sum(line.band.met_low for line in lines), sum(line.band.met_high for line in lines)
    silent = sum(step.verified == 0 and step.required for line in lines for step in line.steps)
    done = sum(results.status(line.item_id, "verified")["status"] == "verified" for line in lines)
    return (
        (f"{done} of {len(lines)}", "items verified in full"),
        (str(low) if low == high else f"{low} to {high}", f"of {required} required asks met by the evidence"),
        (str(sum(line.band.claimed for line in lines)), f"of {required} said to be done"),
        (str(silent), f"of {required} with no record for or against"),
    )


def _bars(results: Results, lines: tuple[ItemLine, ...]) -> tuple[Bar, ...]:
    required = [step.criterion_id for line in lines for step in line.steps if step.required]
    shown, said = (
        Counter(effective(results.rung(key, reading)) for key in required) for reading in ("verified", "claimed")
    )
    return tuple(
        Bar(rung, word(results.words, "rungs", str(rung)), shown[rung], said[rung]) for rung in range(6, -1, -1)
    )


def _bars_picture(bars: tuple[Bar, ...]) -> str:
    parts = "; ".join(f"{bar.word} {bar.verified} shown, {bar.claimed} said" for bar in bars)
    return f"Required asks by step of the ladder. {parts}."


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
