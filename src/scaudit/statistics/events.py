"""Events: a series before and after a named day, with a trend allowed for, so that a trend is not sold as an effect.

The event is the first period that counts as after; a period in which it falls midway is best left out (`without`).
Seasons and curved trends are not modelled: the placebos show where a series is too restless for the test.
"""

from dataclasses import dataclass

import numpy as np

from scaudit.statistics import special
from scaudit.statistics.intervals import Estimate, mean_difference, share_difference
from scaudit.statistics.refusal import NotComputableError
from scaudit.statistics.regression import Change, Fit, change, fit, mixed_weights
from scaudit.statistics.series import FloatArray, IntArray, Scale, Series

MARGIN = 6
"""Periods needed on each side of an event; with fewer, level and trend cannot be told apart."""
TREND, STEP, SLOPE = 1, 2, 3


@dataclass(frozen=True)
class BeforeAfter:
    """What changed at an event.

    `plain` is the difference as newspapers print it: after minus before, no trend, every record or month for itself.
    `step` is the answer: the change of level at the event beside a linear trend, neighbours allowed to be alike.
    `independent` is the same regression with neighbours taken as strangers. `slope` (if asked for) is the change of the
    trend, per period, and `step` is then the change of level on the event's day. `detectable` is the smallest step that
    this series would have shown with probability `power`. All on the scale of the series.
    """

    event: int
    scale: Scale
    periods: tuple[int, int]
    n: tuple[float, float]
    plain: Estimate
    step: Change
    independent: Change
    trend: Change
    slope: Change | None
    autocorrelation: float
    sigma: float
    detectable: float
    power: float


def before_after(
    series: Series, event: int, *, level: float = 0.95, power: float = 0.8, slope: bool = False
) -> BeforeAfter:
    """The change at an event: segmented regression with first-order autocorrelation (see `regression`).

    Method and its use: Wagner and others, Journal of Clinical Pharmacy and Therapeutics 27 (2002) 299-309.
    """
    before, after = series.before(event), series.after(event)
    fitted, independent = (step_fit(series, event, slope=slope, independent=alone) for alone in (False, True))
    step = change(fitted, STEP, level)
    return BeforeAfter(
        event,
        series.scale,
        (len(before.values), len(after.values)),
        (float(before.n.sum()), float(after.n.sum())),
        plain_difference(series, event, level),
        step,
        change(independent, STEP, level),
        change(fitted, TREND, level),
        change(fitted, SLOPE, level) if slope else None,
        fitted.autocorrelation,
        fitted.sigma,
        detectable(step.error, step.freedom, level, power),
        power,
    )


def plain_difference(series: Series, event: int, level: float = 0.95) -> Estimate:
    """After minus before without trend: of shares all records together (Newcombe), of others the means (Welch)."""
    before, after = series.before(event), series.after(event)
    if before.successes is not None and after.successes is not None:
        new, old = float(after.successes.sum()), float(before.successes.sum())
        return share_difference(new, float(after.n.sum()), old, float(before.n.sum()), level)
    return mean_difference(after.values, before.values, level)


def step_fit(series: Series, event: int, *, slope: bool = False, independent: bool = False) -> Fit:
    """Level, trend per period and step at `event` (and change of trend), in this order of coefficients."""
    sides = (int((series.periods < event).sum()), int((series.periods >= event).sum()))
    if min(sides) < MARGIN:
        raise NotComputableError(
            f"needs {MARGIN} periods before the event and {MARGIN} after it, and has {sides[0]} and {sides[1]}"
        )
    design = step_design(series.periods - event, slope=slope)
    weights = mixed_weights(design, series.values, series.noise)
    return fit(design, series.values, series.periods, weights, independent=independent)


def step_design(since: IntArray, *, slope: bool = False) -> FloatArray:
    """The columns of the regression, from the periods since the event."""
    after = (since >= 0).astype(float)
    columns = [np.ones(len(since)), since.astype(float), after, *([after * since] if slope else [])]
    return np.column_stack(columns)


def detectable(error: float, freedom: float, level: float = 0.95, power: float = 0.8) -> float:
    """The smallest change that a two-sided test finds with probability `power`: its error times the two t quantiles.

    Bloom, Evaluation Review 19 (1995) 547-556.
    """
    return error * float(special.stdtrit(freedom, (1 + level) / 2) + special.stdtrit(freedom, power))
