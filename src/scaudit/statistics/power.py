"""Power: how many records or months it takes to see a change of a given size, and when that point is reached."""

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np

from scaudit.statistics import special
from scaudit.statistics.events import MARGIN, detectable, step_design, step_fit
from scaudit.statistics.refusal import NotComputableError
from scaudit.statistics.regression import FEWEST, fit, mixed_weights, triangle, whiten
from scaudit.statistics.series import Series

HORIZON = 1200
"""Months that are looked ahead, a century: what is not seen by then is never seen."""


@dataclass(frozen=True)
class Restlessness:
    """How a series moves by itself: spread about its trend, likeness of neighbours, records a period."""

    sigma: float
    autocorrelation: float
    records: float


@dataclass(frozen=True)
class MeaningfulPoint:
    """When a change of size `effect` can first be seen after an event, with probability `power`.

    `periods` after the event are needed (None: no number of them is enough, since the trend must be told from the
    periods before), `records` with them; the last of them is `period`; `reached` if the series goes that far.
    `detectable` is the smallest change that the series shows with the periods that it has after the event (None: too
    few), `least` the smallest that it could ever show with the periods it has before.
    """

    effect: float
    power: float
    level: float
    periods: int | None
    records: float | None
    period: int | None
    reached: bool
    detectable: float | None
    least: float
    restlessness: Restlessness


def records_needed(
    first: float, second: float, *, power: float = 0.8, level: float = 0.95, ratio: float = 1.0, corrected: bool = False
) -> tuple[int, int]:
    """Records on both sides to tell share `second` from share `first` in a two-sided test; `ratio` is second to first.

    n = [z_a sqrt((r + 1)PQ) + z_b sqrt(r p1 q1 + p2 q2)]² / (r (p2 - p1)²), P the mean share by records; `corrected`
    for continuity: n/4 [1 + sqrt(1 + 2(r + 1)/(n r |p2 - p1|))]². Fleiss, Levin and Paik, Statistical Methods for Rates
    and Proportions (3rd ed. 2003), chapter 4; Fleiss, Tytun and Ury, Biometrics 36 (1980) 343-346.
    """
    if first == second:
        raise NotComputableError("needs two different shares: no number of records tells a share from itself")
    mean, gap = (first + ratio * second) / (ratio + 1), abs(second - first)
    upper, lower = special.ndtri((1 + level) / 2), special.ndtri(power)
    spread = sqrt(ratio * first * (1 - first) + second * (1 - second))
    size = (upper * sqrt((ratio + 1) * mean * (1 - mean)) + lower * spread) ** 2 / (ratio * gap**2)
    if corrected:
        size = size / 4 * (1 + sqrt(1 + 2 * (ratio + 1) / (size * ratio * gap))) ** 2
    return ceil(size - 1e-9), ceil(size * ratio - 1e-9)


def share_power(first: float, n: float, second: float, other_n: float, level: float = 0.95) -> float:
    """The probability that a two-sided test tells share `second` of `other_n` records from share `first` of `n`.

    The formula of `records_needed`, without continuity correction, turned round.
    """
    ratio = other_n / n
    mean = (first + ratio * second) / (ratio + 1)
    upper = special.ndtri((1 + level) / 2) * sqrt((ratio + 1) * mean * (1 - mean))
    spread = sqrt(ratio * first * (1 - first) + second * (1 - second))
    distance = sqrt(n * ratio) * abs(second - first) - upper
    return float(special.ndtr(distance / spread)) if spread > 0 else float(distance > 0)


def records_after(first: float, n: float, second: float, *, power: float = 0.8, level: float = 0.95) -> int | None:
    """Records needed after an event to see a share go from `first` to `second`, with `n` records before it.

    None: the records before are too few, whatever comes after.
    """
    most = 10**12
    if first == second or share_power(first, n, second, most, level) < power:
        return None
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        enough = share_power(first, n, second, middle, level) >= power
        low, high = (low, middle) if enough else (middle, high)
    return high


def restlessness(series: Series, event: int) -> Restlessness:
    """How the series moves about its trend and the step at the event; without enough after it, before the event."""
    before = series.before(event)
    if min(len(before.values), len(series.after(event).values)) >= MARGIN:
        fitted = step_fit(series, event)
        return Restlessness(fitted.sigma, fitted.autocorrelation, float(series.n.mean()))
    if len(before.values) < 2 * MARGIN:
        raise NotComputableError(f"needs {2 * MARGIN} periods before the event, and has {len(before.values)}")
    design = np.column_stack([np.ones(len(before.values)), before.periods - event]).astype(float)
    weights = mixed_weights(design, before.values, before.noise)
    fitted = fit(design, before.values, before.periods, weights)
    return Restlessness(fitted.sigma, fitted.autocorrelation, float(before.n.mean()))


def smallest_change(moves: Restlessness, before: int, after: int, *, power: float = 0.8, level: float = 0.95) -> float:
    """The smallest step beside a trend that periods without a gap, so many before and after, show with `power`."""
    since = np.arange(-before, after)
    gaps = np.diff(since)
    rows = whiten(step_design(since), gaps, moves.autocorrelation)
    inverse = np.linalg.inv(triangle(rows))
    error = moves.sigma * float(np.sqrt((inverse[2] ** 2).sum()))
    freedom = (before + after - 3) * (1 - moves.autocorrelation) / (1 + moves.autocorrelation)
    return detectable(error, max(freedom, FEWEST), level, power)


def periods_needed(
    effect: float, moves: Restlessness, before: int, *, power: float = 0.8, level: float = 0.95
) -> int | None:
    """Periods after an event until a step of size `effect` is seen with probability `power`; None: never."""
    low, high = MARGIN - 1, HORIZON
    if smallest_change(moves, before, HORIZON, power=power, level=level) > abs(effect):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        enough = smallest_change(moves, before, middle, power=power, level=level) <= abs(effect)
        low, high = (low, middle) if enough else (middle, high)
    return high


def meaningful_point(
    series: Series, event: int, effect: float, *, power: float = 0.8, level: float = 0.95
) -> MeaningfulPoint:
    """When a change of size `effect` (on the scale of the series) was or will be there to be seen."""
    moves = restlessness(series, event)
    before, after = len(series.before(event).values), len(series.after(event).values)
    needed = periods_needed(effect, moves, before, power=power, level=level)
    known = smallest_change(moves, before, after, power=power, level=level) if after >= MARGIN else None
    return MeaningfulPoint(
        effect,
        power,
        level,
        needed,
        None if needed is None else needed * moves.records,
        None if needed is None else event + needed - 1,
        needed is not None and after >= needed,
        known,
        smallest_change(moves, before, HORIZON, power=power, level=level),
        moves,
    )
