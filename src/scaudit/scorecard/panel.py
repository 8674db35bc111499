"""One indicator as a panel: its caption, its pictures, and what they say of events and definitions."""

from collections.abc import Iterator, Sequence

from scaudit.figures import Figure, Measured
from scaudit.results import Results
from scaudit.scorecard.before_after import event_words, scale, split_words
from scaudit.scorecard.curves import curve
from scaudit.scorecard.funnels import funnel, outlier_list
from scaudit.scorecard.gist import begun, message
from scaudit.scorecard.group_bars import group_bars
from scaudit.scorecard.held_back import figures as figures_of
from scaudit.scorecard.lines import latest_groups, over_time
from scaudit.scorecard.number_tables import tables
from scaudit.scorecard.numerals import UNPUBLISHED, hidden, unit
from scaudit.scorecard.panels import Panel
from scaudit.scorecard.wording import listed, printed_day, sentence, short
from scaudit.statistics.events import MARGIN


def panel(results: Results, measured: Measured, criteria: Sequence[str]) -> Panel:
    """An indicator that was computed, for a card that has these criteria and claims."""
    key = measured["indicator_id"]
    figures = figures_of(results, key)
    drawn, groups = over_time(figures), latest_groups(measured, figures)
    events = sorted(results.events_of[key], key=lambda row: (row["day"], row["grp"]))
    splits = sorted(results.splits_of[key], key=lambda row: (row["grp"], row["version_from"], row["version_to"]))
    told = message(measured, figures)
    return Panel(
        title=measured["title"],
        bears=bears(measured, criteria),
        synthetic=measured["synthetic"],
        message=told,
        begun=begun(measured, figures),
        caption=tuple(_caption(measured, figures)),
        curve=curve(measured, drawn, events, told),
        bars=None if any(line.grp for line in drawn) else group_bars(measured, groups),
        funnel=funnel(measured, figures, results.outliers_of[key]),
        events=tuple(event_words(measured, row, scale(measured, figures, row)) for row in events)
        or _no_event(results, measured),
        splits=tuple(split_words(measured, row, figures) for row in splits),
        outliers=outlier_list(results.outliers_of[key]),
        tables=tables(measured, drawn, figures, groups),
    )


def bears(measured: Measured, criteria: Sequence[str]) -> tuple[str, ...]:
    """The criteria and claims of a card on which an indicator bears, by their short names."""
    return tuple(short(key) for key in criteria if key in measured["bears_on"])


def _no_event(results: Results, measured: Measured) -> tuple[str, ...]:
    """What a monthly indicator lacks that was not tried on an event while others were."""
    if not results.events or measured["period"] != "month":
        return ()
    needs = f"{MARGIN} months on each side of the day, one value for each, and few groups"
    return (f"Too little data; that takes {needs}.",)


def _caption(measured: Measured, figures: Sequence[Figure]) -> Iterator[tuple[str, str]]:
    """What is counted, in which unit, of whom, by which definition, how many, and from where."""
    yield "Counts", sentence(measured["counts"])
    of = f": {measured['numerator']}, of {measured['denominator']}" if measured["numerator"] else ""
    yield "Unit", sentence(f"{unit(measured)}{of}")
    if measured["population"]:
        yield "Population", sentence(measured["population"])
    if measured["term"]:
        yield "Definition", _definition(measured, figures)
    yield "N", _n(measured, figures)
    sources = dict.fromkeys((*measured["source_ids"], *sorted({key for row in figures for key in row["source_ids"]})))
    yield "Sources" if len(sources) > 1 else "Source", f"{', '.join(sources) or 'none named'}."
    if measured["better"] != "none":
        yield "Direction", f"{measured['better']} is better."
    if measured["note"]:
        yield "Note", sentence(measured["note"])


def _definition(measured: Measured, figures: Sequence[Figure]) -> str:
    """The term, the versions in force in the last period, and the others that are shown."""
    term = measured["term"].replace("_", " ")
    versions = sorted({row["version"] for row in figures if row["version"]})
    if not versions:
        return f"{term}; no figure names its version."
    last = max(row["period_to"] for row in figures)
    now = sorted({row["version"] for row in figures if row["version"] and row["in_force"] and row["period_to"] == last})
    others = [version for version in versions if version not in now]
    rest = f"; also shown: {listed(others)}" if others else ""
    return f"{term}; in force on {printed_day(last)}: {listed(now) or 'none'}{rest}."


def _n(measured: Measured, figures: Sequence[Figure]) -> str:
    counted = [row["n"] for row in figures if row["n"] is not None]
    if not counted:
        if all(map(hidden, figures)):
            return "not shown."
        return "each number is a count." if measured["kind"] == "count" else f"{UNPUBLISHED.removeprefix('N ')}."
    spread = f"{min(counted):,}" if min(counted) == max(counted) else f"{min(counted):,} to {max(counted):,}"
    some = "" if len(counted) == sum(not hidden(row) for row in figures) else "; not published for some"
    return f"{spread} a figure{some}."
