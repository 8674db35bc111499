"""Change points: the day on which a series broke, if it did, found without being told of any event."""

from dataclasses import dataclass

import numpy as np

from scaudit.statistics.events import MARGIN
from scaudit.statistics.refusal import NotComputableError
from scaudit.statistics.regression import fit, log_determinant, mixed_weights, whiten
from scaudit.statistics.series import FloatArray, IntArray, Series

LIKENESSES = np.arange(20) * 0.05
"""The autocorrelations that are tried, 0 to 0.95."""


@dataclass(frozen=True)
class ChangePoint:
    """The first period of the likeliest change of level beside a trend, and whether any change is needed at all.

    `statistic` is twice the gain in log-likelihood over a trend alone; `p` the share of redrawn series without a change
    that gain as much; `profile` the gain of every day that was tried (0 or less: worse than no change).
    """

    period: int
    statistic: float
    p: float
    profile: tuple[tuple[int, float], ...]
    redrawn: int


def orders(seed: int, count: int, length: int) -> IntArray:
    """`count` orders of the numbers below `length`, the same for the same seed."""
    generator = np.random.default_rng(seed)
    return np.argsort(generator.random((count, length)), axis=1)


def change_point(series: Series, shuffles: IntArray, margin: int = MARGIN) -> ChangePoint:
    """The maximum of the likelihood ratio over all days, with a p-value by permutation.

    Statistic: Quandt, JASA 55 (1960) 324-330; Andrews, Econometrica 61 (1993) 821-856, here with first-order
    autocorrelation estimated anew with and without the change. Its distribution depends on trend, length and likeness,
    so that no table fits: the series is redrawn under no change, the innovations about trend and autocorrelation put in
    the orders of `shuffles` (one a row, as `orders` makes them). Shuffling the months themselves would take their
    likeness for a change. `p` is (1 + redrawn with at least as much) / (1 + redrawn).
    """
    length = len(series.values)
    if length < 2 * margin:
        raise NotComputableError(f"needs {2 * margin} periods, and has {length}")
    if shuffles.shape[1:] != (length,):
        raise ValueError("an order has one place for every period")
    plain = np.column_stack([np.ones(length), series.periods - series.periods[0]]).astype(float)
    days = series.periods[margin : length - margin + 1]
    weights = mixed_weights(plain, series.values, series.noise)
    root = np.sqrt(weights)[:, None]
    steps = (series.periods[:, None] >= days).astype(float) * root
    profile = _gains(plain * root, steps, series.values[:, None] * root, np.diff(series.periods))
    redrawn = _redrawn(series, plain, weights, shuffles)
    best = _gains(plain * root, steps, redrawn, np.diff(series.periods)).max(axis=0)
    top = int(profile[:, 0].argmax())
    p = (1 + int((best >= profile[top, 0]).sum())) / (1 + len(shuffles))
    pairs = tuple((int(day), float(gain)) for day, gain in zip(days, profile[:, 0], strict=True))
    return ChangePoint(int(days[top]), float(profile[top, 0]), p, pairs, len(shuffles))


def _gains(plain: FloatArray, steps: FloatArray, values: FloatArray, gaps: IntArray) -> FloatArray:
    """Twice the log-likelihood gained by a step, a row for each step and a column for each series in `values`."""
    size = len(values)
    without = np.full(values.shape[1], -np.inf)
    with_step = np.full((steps.shape[1], values.shape[1]), -np.inf)
    for likeness in LIKENESSES:
        base, _ = np.linalg.qr(whiten(plain, gaps, likeness))
        stairs, rest = (_less(base, whiten(rows, gaps, likeness)) for rows in (steps, values))
        squares = np.maximum((rest**2).sum(axis=0), np.finfo(float).tiny)
        taken = (stairs.T @ rest) ** 2 / (stairs**2).sum(axis=0)[:, None]
        left = np.maximum(squares - taken, 1e-20 * squares)
        constant = -log_determinant(gaps, likeness)
        without = np.maximum(without, constant - size * np.log(squares))
        with_step = np.maximum(with_step, constant - size * np.log(left))
    return np.asarray(with_step - without)


def _less(base: FloatArray, rows: FloatArray) -> FloatArray:
    return rows - base @ (base.T @ rows)


def _redrawn(series: Series, plain: FloatArray, weights: FloatArray, shuffles: IntArray) -> FloatArray:
    """Series without a change, in columns, as alike from month to month as this one.

    They have no trend, since a trend drops out of the statistic.
    """
    gaps, root = np.diff(series.periods), np.sqrt(weights)
    fitted = fit(plain, series.values, series.periods, weights)
    rest = (series.values - plain @ fitted.coefficients) * root
    innovations = whiten(rest[:, None], gaps, fitted.autocorrelation)[:, 0]
    drawn = (innovations - innovations.mean())[shuffles].T
    for place, gap in enumerate(gaps, start=1):
        decay = fitted.autocorrelation ** int(gap)
        drawn[place] = decay * drawn[place - 1] + np.sqrt(1 - decay**2) * drawn[place]
    return np.asarray(drawn)
