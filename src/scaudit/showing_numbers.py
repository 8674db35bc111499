"""Showing numbers: indicators as a list, and one of them with its figures, bars, events and definitions."""

from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table

from scaudit.figures import Figure, Measured
from scaudit.results import Results
from scaudit.scorecard import held_back
from scaudit.scorecard.all_numbers import differing
from scaudit.scorecard.before_after import event_words, scale, split_words
from scaudit.scorecard.funnels import outlier_words
from scaudit.scorecard.gist import message, when
from scaudit.scorecard.numbers import definitions, is_computed, needs
from scaudit.scorecard.numerals import hidden, limits, n_cell, told, unit
from scaudit.scorecard.synthetic import MARK, is_synthetic
from scaudit.scorecard.wording import count, sentence
from scaudit.showing import line, shown
from scaudit.tabulating import chosen, figures_of

MOST = 60
"""Figures of one indicator that a terminal shows; the latest."""
_BAR = 20  # signs of the longest bar


def show_indicators(
    results: Results, ids: Sequence[str] = (), by: str | None = None, definition: str | None = None
) -> None:
    """The list of indicators where nothing is named; else each with all that was computed.

    Arguments as in `tabulating.chosen`. Raises UsageError for a name that nothing has.
    """
    found, named = chosen(results, ids, by, definition), bool(ids or by or definition)
    run = results.run
    line(f"As of {run['as_of']}, known on {run['known_on']}, ruleset {run['ruleset']}.")
    if is_synthetic(results):
        line(f"{MARK}: invented records stand behind some of these numbers.", style="bold")
    if not named:
        _overview(results, found)
    for measured in found if named else ():
        _indicator(results, measured, by, definition)


def _overview(results: Results, found: Sequence[Measured]) -> None:
    if not found:
        line("The project declares no indicator.")
    else:
        table = Table(title="Indicators")
        for name in ("Indicator", "What it is", "Last value, or what it needs"):
            table.add_column(name, overflow="fold")
        for row in found:
            table.add_row(*(escape(cell) for cell in (row["indicator_id"], _title(row), _latest(results, row))))
        shown(table)
    apart = differing(results)
    if apart:
        line("Sources disagree; nothing is averaged:")
    for one in apart:
        line(f"  {one.what}, {one.when}: {'; '.join(one.values)}")


def _title(measured: Measured) -> str:
    return f"{MARK}: {measured['title']}" if measured["synthetic"] else measured["title"]


def _latest(results: Results, measured: Measured) -> str:
    if not is_computed(results, measured):
        return f"not computed: needs {needs(measured)}"
    return message(measured, held_back.figures(results, measured["indicator_id"]))


def _indicator(results: Results, measured: Measured, by: str | None, definition: str | None) -> None:
    """What it counts, its figures, and what they say of events, of definitions and of units."""
    line()
    line(f"{measured['indicator_id']}: {_title(measured)}", style="bold")
    line(f"Counts: {sentence(measured['counts'])} Unit: {unit(measured)}. Of: {sentence(measured['population'])}")
    line(f"Bears on {', '.join(measured['bears_on']) or 'nothing'}.")
    if not is_computed(results, measured):
        line(f"Not computed: needs {needs(measured)}.")
        return
    figures = figures_of(results, measured, by, definition)
    _figures(measured, figures)
    _findings(results, measured)


def _figures(measured: Measured, figures: Sequence[Figure]) -> None:
    kept = sorted(figures, key=lambda row: (row["period_to"], row["period_from"]))[-MOST:]
    columns = [column for column in _columns(measured, kept) if any(column[1])]
    periods = {(row["period_from"], row["period_to"]) for row in kept}
    one = f", {when(measured, kept[0])}" if len(periods) == 1 else ""
    table = Table(title=f"{count(len(figures), 'figure')}, {unit(measured)}{one}")
    columns = columns[1:] if one else columns
    for name, _ in columns:
        table.add_column(name, overflow="fold", justify="right" if name == "N" else "left", no_wrap=not name)
    for cells in zip(*(cells for _, cells in columns), strict=True):
        table.add_row(*(escape(cell) for cell in cells))
    shown(table)
    if len(figures) > MOST:
        line(f"{len(figures) - MOST} earlier figures; --csv and --json have all.")


def _columns(measured: Measured, rows: Sequence[Figure]) -> list[tuple[str, list[str]]]:
    most = max((abs(row["value"] or 0.0) for row in rows), default=0.0)
    return [
        ("Period", [when(measured, row) for row in rows]),
        (measured["by"].capitalize() or "Group", [row["grp"] for row in rows]),
        ("Version", [_version(row) for row in rows]),
        ("Value", [told(measured, row) for row in rows]),
        ("", [_bar(row, most) for row in rows]),
        ("Interval or range", [limits(measured, row) for row in rows]),
        ("N", ["" if hidden(row) else n_cell(measured, row) for row in rows]),
        ("Source", [", ".join(row["source_ids"]) for row in rows]),
    ]


def _version(row: Figure) -> str:
    if not row["version"]:
        return ""
    return row["version"] if row["in_force"] else f"{row['version']} (not in force)"


def _bar(row: Figure, most: float) -> str:
    """A bar of signs that every terminal has; below nought, of other signs."""
    value = row["value"]
    if hidden(row) or not value or not most:
        return ""
    return ("#" if value > 0 else "-") * max(1, round(abs(value) / most * _BAR))


def _findings(results: Results, measured: Measured) -> None:
    """Events, definitions and units in sentences."""
    key, figures = measured["indicator_id"], held_back.figures(results, measured["indicator_id"])
    for event in sorted(results.events_of[key], key=lambda row: (row["day"], row["grp"])):
        line(event_words(measured, event, scale(measured, figures, event)))
    for split in sorted(results.splits_of[key], key=lambda row: (row["grp"], row["version_from"], row["version_to"])):
        line(split_words(measured, split, figures))
    for row in definitions(results, [measured]):
        line(f"{row.term}, {row.version} ({row.valid}; {row.source}): {row.rule}")
    for unit_ in sorted(results.outliers_of[key], key=lambda row: (-row["n"], row["grp"])):
        line(f"Stands out: {outlier_words(unit_)}.")
    if measured["note"]:
        line(sentence(measured["note"]))
