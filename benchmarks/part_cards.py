"""Cards: all of a registry, as an audit makes them, against plain WeasyPrint on one core and against Typst."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from environment import peers
from findings import FLOOR, OURS, PEER, Group, Line, Verdict, line
from process import CORES, PYTHON, Took, run
from workshop import BENCHMARKS, RECORDS_OF_A_CARD, Workshop

NOTES = (
    "seconds are for one card. An audit makes view model, JSON, HTML, data to attach, PDF/UA-1 + PDF/A-3a, digests;",
    "plain WeasyPrint prints the same XHTML (of a sample of the cards, evenly spaced by length) to PDF/A-3a, one core;",
    "Typst sets the same words, tables and pictures of all cards to PDF/UA-1 + PDF/A-3a. Neither attaches data.",
)


def project(shop: Workshop) -> Path:
    """The registry of which cards are made: as many records for each item as this repository has for its own."""
    cards = shop.sizes.cards
    return shop.registry(cards, cards * RECORDS_OF_A_CARD, parts=4)


def cards(shop: Workshop) -> Iterator[Group]:
    where, count = project(shop), shop.sizes.cards
    took, spent = shop.cold_audit(where)
    pages = where.parent / "pages"
    shop.say("the same pages for the peers")
    made = run([PYTHON, BENCHMARKS / "card_pages.py", where, pages])
    shop.say(f"plain WeasyPrint, one core, {shop.sizes.sample} cards")
    plain = shop.work("plain", pages, str(shop.sizes.sample))
    shop.say(f"Typst, {count} cards")
    typst = run([peers(), BENCHMARKS / "peers" / "with_typst.py", pages, str(CORES)], tree=True)
    yield _group(count, took, spent["render"], made, plain, typst)


def _group(count: int, took: Took, seconds: float, made: Took, plain: Took, typst: Took) -> Group:
    sampled, total = plain.answer["cards"], made.answer["cards"]
    ours = Line(
        "cards of an audit",
        OURS,
        (seconds,),
        (),
        took.tree_mb,
        took.others,
        total,
        f"{total / seconds:.1f}/s, {CORES} cores",
    )
    lines = (
        ours,
        line("plain WeasyPrint", FLOOR, [plain], done=sampled, note=f"{sampled / plain.seconds:.1f}/s, one core"),
        line("Typst", PEER, [typst], done=total, note=f"{total / typst.seconds:.1f}/s, {CORES} cores{_spared(typst)}"),
    )
    per_card = seconds / total
    enough = count >= 200
    faster = (plain.seconds / sampled) / per_card
    verdicts = (
        Verdict(
            f"cards, {CORES} cores: rate / one core of plain WeasyPrint",
            (faster,),
            at_least=float(CORES),
            big_enough=enough,
        ),
        Verdict("cards: rate / Typst", ((typst.seconds / total) / per_card,)),
    )
    each = f"on average {RECORDS_OF_A_CARD} records and {made.answer['mean_kb']:.0f} kB of XHTML each"
    return Group("cards", f"Cards: {total:,} items, {each}, SYNTHETIC", lines, verdicts, NOTES)


def _spared(took: Took) -> str:
    weaker = took.answer["without_ua"]
    return f"; {weaker} without UA-1" if weaker else ""
