"""The gist of an indicator: its last value in a sentence, and how telling it is among others."""

from collections.abc import Sequence
from dataclasses import dataclass

from scaudit.figures import Figure, Measured
from scaudit.results import Results
from scaudit.scorecard.before_after import Verdict, scale, short_event, verdict
from scaudit.scorecard.held_back import figures as figures_of
from scaudit.scorecard.lines import latest_groups, principal
from scaudit.scorecard.numerals import full_words, hidden, n_words, of_one_period, period, periods, told, value_words
from scaudit.scorecard.synthetic import MARK
from scaudit.scorecard.wording import clip, count, sentence

_NONE = "no value can be shown"
_BOTH = 2  # groups that are both told; of more the lowest and the highest
_TITLE = 60  # letters of a title in the body of a card


@dataclass(frozen=True)
class Ends:
    """The first value of a line, and the last that was in force: one definition, one source."""

    first: Figure
    last: Figure


def ends(figures: Sequence[Figure]) -> Ends | None:
    """The ends of the line by which an indicator is told; None where it is told by its groups, or not at all."""
    line = principal(figures)
    if line is None:
        return None
    shown = [row for row in line.figures if not hidden(row)]
    return Ends(shown[0], next((row for row in reversed(shown) if row["in_force"]), shown[-1]))


def message(measured: Measured, figures: Sequence[Figure]) -> str:
    """The last value of that line; without one, the lowest and the highest group of the last period."""
    return sentence(_told(measured, figures))


def begun(measured: Measured, figures: Sequence[Figure]) -> str:
    """The first value of that line; nothing where it is the only one."""
    found = ends(figures)
    if found is None or found.first is found.last:
        return ""
    same = "" if found.first["in_force"] else ", by the same definition, not in force then"
    return f"First{same}, {when(measured, found.first)}: {full_words(measured, found.first)}."


def in_short(results: Results, measured: Measured) -> str:
    """The message, with the title before it and what the numbers say of the event where there is one."""
    figures = figures_of(results, measured["indicator_id"])
    mark = f"{MARK}: " if measured["synthetic"] else ""
    events = [row for row in results.events_of[measured["indicator_id"]] if not row["grp"]]
    after = "".join(f"; {short_event(measured, row, scale(measured, figures, row))}" for row in events[:1])
    return f"{mark}{clip(measured['title'], _TITLE)}, {_told(measured, figures)}{after}."


def telling(results: Results, measured: Measured, asked: int) -> tuple[object, ...]:
    """How telling an indicator is, the most telling first.

    By a clear event, any event, a direction that is better, an interval, how much of the card it bears on, its N.
    """
    figures = figures_of(results, measured["indicator_id"])
    verdicts = [verdict(row, scale(measured, figures, row)) for row in results.events_of[measured["indicator_id"]]]
    return (
        Verdict.CLEAR not in verdicts,
        not verdicts,
        measured["better"] == "none",
        not any(row["low"] is not None for row in figures),
        -asked,
        -max((row["n"] or 0 for row in figures), default=0),
        measured["indicator_id"],
    )


def when(measured: Measured, row: Figure) -> str:
    """The period of a figure in words."""
    return period(row["period_from"], row["period_to"], measured["period"])


def _told(measured: Measured, figures: Sequence[Figure]) -> str:
    found = ends(figures)
    if found is None:
        return _spread(measured, figures)
    return f"{when(measured, found.last)}: {full_words(measured, found.last)}"


def _spread(measured: Measured, figures: Sequence[Figure]) -> str:
    """The lowest and the highest group of the last period, by what was in force; of two groups both.

    Those of different times are not compared by name.
    """
    shown = [row for row in latest_groups(measured, figures) if not hidden(row) and row["in_force"]]
    if not shown:
        return _NONE
    ordered = sorted(shown, key=lambda row: (row["value"] or 0.0, row["grp"]))
    if not of_one_period(shown):
        low, high = told(measured, ordered[0]), value_words(measured, ordered[-1])
        by_n = sorted(shown, key=lambda row: row["n"] or 0)
        ns = " to ".join(dict.fromkeys(n_words(measured, row) for row in (by_n[0], by_n[-1])))
        return f"{periods(measured, shown)}: {count(len(shown), 'group')}, {low} to {high} ({ns})"
    ranked = [("", row) for row in ordered]
    if len(ordered) > _BOTH:
        ranked = [("lowest ", ordered[0]), ("highest ", ordered[-1])]
    groups = "; ".join(f"{rank}{row['grp']}, {full_words(measured, row)}" for rank, row in ranked)
    return f"{periods(measured, shown)}: {groups}"
