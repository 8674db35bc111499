"""Weighing: what the figures of an indicator say of an event, of a change of definition, and of units that stand out.

Each answer comes from the figures in force that may be shown; where there are too few, there is no answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import product
from math import expm1
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from scaudit.errors import ProjectError
from scaudit.indicators import Indicator
from scaudit.project import SETTINGS_FILE, START, Project
from scaudit.statement import statement
from scaudit.statistics.changepoints import change_point, orders
from scaudit.statistics.decomposition import decompose
from scaudit.statistics.disparity import share_funnel
from scaudit.statistics.events import before_after
from scaudit.statistics.placebos import placebos
from scaudit.statistics.refusal import NotComputableError
from scaudit.statistics.series import Series, counts, levels, shares

Rows = list[dict[str, Any]]

FEWEST = 5
"""Units that a funnel needs."""
GROUPS = 6
"""An event is weighed group by group only where there are few: more tests would find something by chance alone."""
SHUFFLES, SEED = 199, 20_110_617
"""Redrawn series for the change point, from a fixed seed, so that the same figures give the same answer."""

_EVENTS = pa.schema(
    [
        *((name, pa.string()) for name in ("indicator_id", "grp", "label")),
        *((name, pa.date32()) for name in ("day", "changed_on")),
        *((name, pa.float64()) for name in ("before", "after", "difference", "low", "high", "p_value", "change_p")),
        *((name, pa.int64()) for name in ("n_before", "n_after", "placebo_rank", "placebo_days")),
        ("detectable", pa.float64()),
    ]
)
_SPLITS = pa.schema(
    [
        *((name, pa.string()) for name in ("indicator_id", "grp", "version_from", "version_to")),
        *((name, pa.date32()) for name in ("period_from", "period_to")),
        *((name, pa.float64()) for name in ("total", "by_records", "by_definition")),
    ]
)
_OUTLIERS = pa.schema(
    [
        *((name, pa.string()) for name in ("indicator_id", "grp")),
        *((name, pa.int64()) for name in ("numerator", "n")),
        *((name, pa.float64()) for name in ("value", "overall", "low", "high", "q_value")),
    ]
)


def weigh(
    con: duckdb.DuckDBPyConnection,
    project: Project,
    declared: Iterable[Indicator],
    event: str = "",
    until: date | None = None,
) -> None:
    """Leaves result.events, result.splits and result.outliers.

    An `event` takes the place of those declared; only periods that had ended by `until` are weighed. Raises
    ProjectError for an event that is neither a day nor a reading day.
    """
    days = {START: (project.settings.programme.first, "first day of the programme")}
    days |= {key: (day, label) for key, day, label in con.execute(statement("numbers", "named_days")).fetchall()}
    events: Rows = []
    splits: Rows = []
    outliers: Rows = []
    for indicator in declared:
        figures = _figures(con, indicator.indicator_id, until)
        named = event or indicator.declared.event or project.settings.event
        if named and indicator.declared.period == "month":
            events += _events(indicator, figures, *_day(days, named))
        if indicator.declared.term:
            splits += _splits(indicator.indicator_id, figures)
        if indicator.declared.funnel:
            outliers += _outliers(indicator.indicator_id, figures)
    for name, rows, schema in (
        ("events", events, _EVENTS),
        ("splits", splits, _SPLITS),
        ("outliers", outliers, _OUTLIERS),
    ):
        con.register("weighed", pa.Table.from_pylist(rows, schema))
        con.execute(statement("numbers", f"keep_{name}"))
        con.unregister("weighed")


def _figures(con: duckdb.DuckDBPyConnection, indicator_id: str, until: date | None) -> Rows:
    answer = con.execute(statement("numbers", "shown_figures"), [indicator_id, until])
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _day(days: Mapping[str, tuple[date, str]], name: str) -> tuple[date, str]:
    if name in days:
        return days[name]
    try:
        return date.fromisoformat(name), ""
    except ValueError:
        named = ", ".join(days)
        raise ProjectError(
            f"{SETTINGS_FILE} or an indicator names the event '{name}', which is neither a day nor one of: {named}."
        ) from None


def _events(indicator: Indicator, figures: Rows, day: date, label: str) -> Rows:
    """The event on every group that has enough periods on both sides."""
    groups: defaultdict[str, Rows] = defaultdict(list)
    for row in figures:
        if row["in_force"]:
            groups[row["grp"]].append(row)
    found = []
    for group, rows in sorted(groups.items()) if len(groups) <= GROUPS else ():
        try:
            found.append(
                {**_event(indicator, rows, day), "indicator_id": indicator.indicator_id, "grp": group, "label": label}
            )
        except NotComputableError:
            continue
    return found


def _event(indicator: Indicator, rows: Rows, day: date) -> dict[str, Any]:
    """Before and after the month in which the event fell; that month is neither."""
    at = month(day)
    whole = series(indicator.declared.kind, rows)
    told = whole.without(at)
    change = before_after(told, at)
    others = placebos(told, at)
    broke = change_point(whole, orders(SEED, SHUFFLES, len(whole.values)))
    before, after = told.before(at), told.after(at)
    factor = expm1 if told.scale == "log" else float
    return {
        "day": day,
        "before": _mean(before),
        "after": _mean(after),
        "n_before": _total(before),
        "n_after": _total(after),
        "difference": factor(change.step.estimate),
        "low": factor(change.step.low),
        "high": factor(change.step.high),
        "p_value": change.step.p,
        "changed_on": date(broke.period // 12, broke.period % 12 + 1, 1),
        "change_p": broke.p,
        "placebo_rank": others.rank,
        "placebo_days": len(others.days) - 1,
        "detectable": abs(factor(change.detectable)),
    }


def series(kind: str, rows: Rows) -> Series:
    """The monthly series of one group: shares with their N, counts as factors, anything else in its own unit.

    Where two sources give a value for one month, the series is not one; raises NotComputableError.
    """
    ordered = sorted(rows, key=lambda row: row["period_from"])
    months = [month(row["period_from"]) for row in ordered]
    if len(set(months)) < len(months):
        raise NotComputableError("needs one value a month")
    if kind == "share":
        return shares(months, [row["numerator"] for row in ordered], [row["denominator"] for row in ordered])
    values = [row["value"] for row in ordered]
    return counts(months, values) if kind == "count" and all(values) else levels(months, values)


def month(day: date) -> int:
    """A month as a number, one more for each month."""
    return day.year * 12 + day.month - 1


def _mean(part: Series) -> float:
    """The mean of a side in its own unit; of shares, that of all its records."""
    if part.successes is not None:
        return float(part.successes.sum() / part.n.sum())
    return float((part.n if part.scale == "log" else part.values).mean())


def _total(part: Series) -> int:
    """The records of a side, or its months where the figures are no counts."""
    return len(part.values) if part.scale == "level" else int(part.n.sum())


def _splits(indicator_id: str, figures: Rows) -> Rows:
    """The change from the first to the last period, of every two versions in force there, as records and definition."""
    table = {(row["grp"], row["version"], row["period_from"]): row for row in figures}
    found = []
    for group in sorted({row["grp"] for row in figures}):
        rows = [row for row in figures if row["grp"] == group]
        first, last = (pick(row["period_from"] for row in rows) for pick in (min, max))
        sides = (
            [row["version"] for row in rows if row["in_force"] and row["period_from"] == day] for day in (first, last)
        )
        for old, new in product(*sides):
            corners = [table.get((group, version, day)) for day in (first, last) for version in (old, new)]
            if old != new and all(corners):
                found.append(_split(indicator_id, group, old, new, corners))
    return found


def _split(indicator_id: str, group: str, old: str, new: str, corners: Sequence[Any]) -> dict[str, Any]:
    values = [corner["value"] for corner in corners]
    parts = decompose((values[0], values[1]), (values[2], values[3]))
    return {
        "indicator_id": indicator_id,
        "grp": group,
        "version_from": old,
        "version_to": new,
        "period_from": corners[0]["period_from"],
        "period_to": corners[3]["period_from"],
        "total": parts.total,
        "by_records": parts.mean.records,
        "by_definition": parts.mean.definition,
    }


def _outliers(indicator_id: str, figures: Rows) -> Rows:
    """The groups that stand outside the funnel about the share of all of them together, over all periods in force."""
    sums: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in figures:
        if row["in_force"] and row["grp"] and row["numerator"] is not None and row["denominator"]:
            sums[row["grp"]][0] += row["numerator"]
            sums[row["grp"]][1] += row["denominator"]
    names = sorted(sums)
    if len(names) < FEWEST:
        return []
    k, n = np.array([sums[name] for name in names]).T
    found = share_funnel(k, n)
    return [
        {
            "indicator_id": indicator_id,
            "grp": name,
            "numerator": int(k[place]),
            "n": int(n[place]),
            "value": float(found.values[place]),
            "overall": found.overall,
            "low": float(found.outer[0][place]),
            "high": float(found.outer[1][place]),
            "q_value": float(found.q[place]),
        }
        for place, name in enumerate(names)
        if found.outliers[place]
    ]
