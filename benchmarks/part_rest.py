"""What hangs on one record or choice, against plain scoring; and indicators over files of single records."""

from __future__ import annotations

from collections.abc import Iterator

from findings import FLOOR, OURS, Group, Line, Verdict, line
from process import PYTHON, run, turns
from workshop import BENCHMARKS, Workshop

FIRM = (
    "every choice of coding otherwise, and every record left out, scored again, beside the plain scoring of the same;",
)
RECORDS = (
    "the floor is `count(*) group by month, level` straight from the Parquet file; ours are all shipped indicators.",
)


def firmness(shop: Workshop) -> Iterator[Group]:
    """How firm a status is, on a registry of a tenth of the size."""
    items, records = max(shop.sizes.items // 10, 1), max(shop.sizes.records // 10, 1)
    project = shop.registry(items, records)
    shop.say(f"firmness, {records:,} records")
    took = turns(min(2, shop.sizes.rounds), firm=lambda: shop.work("firm", project))["firm"]
    plain = Line("score, two readings", FLOOR, tuple(one.answer["score"] for one in took))
    ours = line("how firm it is", OURS, took, note=f"{took[-1].answer['hanging']:,} records hang on one")
    ratio = Verdict("firmness / score", tuple(one.seconds / one.answer["score"] for one in took))
    shop.forget(project)
    title = f"Firmness: {items:,} items, {records:,} evidence rows, SYNTHETIC"
    yield Group("firmness", title, (plain, ours), (ratio,), FIRM)


def records(shop: Workshop) -> Iterator[Group]:
    """Indicators over made-up files of single records."""
    rows = shop.sizes.detainers
    shop.say(f"indicators over {rows:,} records")
    words = ["--rows", rows, "--rounds", max(1, 2 * shop.sizes.rounds - 1), "--seed", shop.sizes.seed, "--json"]
    took = run([PYTHON, BENCHMARKS / "records.py", *map(str, words)])
    told = took.answer
    lines = (
        Line("plain count", FLOOR, tuple(told["plain_rounds"]), others=took.others),
        Line(
            "all indicators",
            OURS,
            tuple(told["indicators_rounds"]),
            peak_mb=told["peak_mb"],
            others=took.others,
            note=f"{told['figures']} figures; the memory is of both",
        ),
    )
    each = zip(told["indicators_rounds"], told["plain_rounds"], strict=True)
    ratio = Verdict("all indicators / plain count", tuple(ours / plain for ours, plain in each))
    yield Group("records", f"Indicators: {rows:,} detainer records, SYNTHETIC", lines, (ratio,), RECORDS)
