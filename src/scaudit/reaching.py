"""Reaching: how many months or records it takes after an event to see a change of a given size, and when that was.

A letter may ask for a review "at a statistically meaningful point": this says when that point is.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from math import expm1, log1p
from typing import Any

from scaudit.errors import UsageError
from scaudit.figures import Figure, Measured
from scaudit.project import START
from scaudit.results import Results
from scaudit.statistics.power import meaningful_point
from scaudit.statistics.refusal import NotComputableError
from scaudit.weighing import month, series

SCHEMA = "scaudit/power/1"


@dataclass(frozen=True)
class Reach:
    """When a change of size `change` in one group of an indicator can be seen with probability 0.8.

    `change` is in shares (0.1: ten percentage points) or, of counts, as a factor less one (-0.2: a fifth fewer).
    `months` and `records` after the event are needed, None where no number is enough; `month` is the last of them;
    `reached` says whether the figures go that far. `detectable` is the least change that they could have shown.
    `lacking` says in words why there is no answer.
    """

    indicator_id: str
    grp: str
    event: date
    change: float
    months: int | None = None
    records: int | None = None
    month: date | None = None
    reached: bool = False
    detectable: float | None = None
    lacking: str = ""


def event_day(results: Results, name: str, first: date) -> date:
    """The day of an event: an ISO day, a reading day by its id, or START, the `first` day of the programme.

    Raises UsageError for anything else.
    """
    days = {START: first} | {row["day_id"]: row["day"] for row in results.reading_days}
    if name in days:
        return days[name]
    try:
        return date.fromisoformat(name)
    except ValueError:
        raise UsageError(f"Name the event with --event: a day (YYYY-MM-DD), or one of {', '.join(days)}.") from None


def reaches(results: Results, ids: Sequence[str], event: date, change: float) -> list[Reach]:
    """The answer for every group of the indicators that are told by the month; for all of them if none is named.

    Raises UsageError for an indicator that is not there, or a change that is none.
    """
    known = {row["indicator_id"]: row for row in results.measured}
    unknown = [name for name in ids if name not in known]
    if unknown:
        raise UsageError(f"There is no indicator {unknown[0]!r}; there are: {', '.join(known) or 'none'}.")
    if not change or change <= -1:
        raise UsageError("A change is a number such as -0.2, not 0, and no fall by more than everything.")
    monthly = [row for row in results.measured if row["period"] == "month" and (not ids or row["indicator_id"] in ids)]
    return [answer for row in monthly for answer in _reaches(results, row, event, change)]


def _reaches(results: Results, row: Measured, event: date, change: float) -> list[Reach]:
    if row["missing"]:
        return [Reach(row["indicator_id"], "", event, change, lacking=f"needs {row['missing']}")]
    groups: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in results.figures:
        if figure["indicator_id"] == row["indicator_id"] and figure["in_force"] and figure["value"] is not None:
            groups[figure["grp"]].append(figure)
    return [_reach(row, group, figures, event, change) for group, figures in sorted(groups.items())]


def _reach(row: Measured, group: str, figures: Sequence[Figure], event: date, change: float) -> Reach:
    answer = Reach(row["indicator_id"], group, event, change)
    try:
        told = series(row["kind"], [dict(figure) for figure in figures])
        size = log1p(change) if told.scale == "log" else change
        point = meaningful_point(told.without(month(event)), month(event) + 1, size)
    except NotComputableError as error:
        return Reach(**{**asdict(answer), "lacking": str(error)})
    seen = point.detectable
    found: dict[str, Any] = {
        "months": point.periods,
        "records": None if point.records is None or told.scale == "level" else round(point.records),
        "month": None if point.period is None else date(point.period // 12, point.period % 12 + 1, 1),
        "reached": point.reached,
        "detectable": None if seen is None else abs(expm1(-abs(seen))) if told.scale == "log" else seen,
    }
    return Reach(**{**asdict(answer), **found})


def reaches_json(found: Sequence[Reach]) -> dict[str, Any]:
    """For programs; schema scaudit/power/1."""
    return {"schema": SCHEMA, "power": 0.8, "level": 0.95, "answers": [asdict(one) for one in found]}
