"""Showing reach: when a change of a given size can be seen, as a table."""

from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table

from scaudit.reaching import Reach
from scaudit.scorecard.wording import printed_day
from scaudit.showing import line, shown


def reached(found: Sequence[Reach]) -> None:
    """One line a group of an indicator: what it takes, when that is, and the least change that could have been seen."""
    if not found:
        line("No indicator is told by the month.")
        return
    first = found[0]
    table = Table(title=f"To see a change of {first.change:+.0%} after {printed_day(first.event)}, 4 times in 5")
    for name in ("Indicator", "Group", "Months after", "Records", "Seen by", "Least change seen so far"):
        table.add_column(name, overflow="fold")
    for one in found:
        table.add_row(escape(one.indicator_id), escape(one.grp or "all"), *_cells(one))
    shown(table)


def _cells(one: Reach) -> tuple[str, str, str, str]:
    if one.lacking:
        return "not computed", "", one.lacking, ""
    if one.months is None:
        return "no number is enough", "", "never", _percent(one.detectable)
    by = "" if one.month is None else f"{one.month:%Y-%m} ({'reached' if one.reached else 'not yet reached'})"
    return str(one.months), "" if one.records is None else f"{one.records:,}", by, _percent(one.detectable)


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value:.1%}"
