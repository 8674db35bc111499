"""Disparity: which units stand further from the overall share or rate than chance alone would put them.

A funnel plot has the records (or the exposure) of a unit on one axis and its share (or rate) on the other; the limits
narrow as records grow. Units of fewer records are not worse for standing further out. Small cells are not hidden here:
see `suppression`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scaudit.statistics import special
from scaudit.statistics.refusal import NotComputableError
from scaudit.statistics.series import BoolArray, FloatArray

LEVELS = (0.95, 0.998)
"""The customary two pairs of limits: about two and three standard errors."""
Limits = tuple[FloatArray, FloatArray]


@dataclass(frozen=True, eq=False)
class Funnel:
    """Every unit beside the overall value: its limits, exact two-sided p-value and Benjamini-Hochberg q-value.

    `outliers` have q at or under `rate`: among them, a share of at most `rate` is there by chance. `dispersion` is the
    variance of the units in units of what chance explains; where it is far above 1, units differ for many reasons, and
    `beyond` marks the outliers that stand out even among units that differ this much. A unit without
    records has NaN throughout.
    """

    overall: float
    n: FloatArray
    values: FloatArray
    inner: Limits
    outer: Limits
    p: FloatArray
    q: FloatArray
    outliers: BoolArray
    dispersion: float
    q_dispersed: FloatArray
    beyond: BoolArray
    rate: float


def share_funnel(
    successes: npt.ArrayLike, n: npt.ArrayLike, *, overall: float | None = None, rate: float = 0.05
) -> Funnel:
    """The shares of units about their overall share (all records together), or about a given one."""
    k, size = np.asarray(successes, dtype=float), np.asarray(n, dtype=np.int64)
    if bool(np.any(k < 0) or np.any(k > size)):
        raise ValueError("a share counts between none and all of its records")
    middle = _overall(k, size.astype(float)) if overall is None else overall
    above = np.where(k > 0, special.bdtrc(np.maximum(k, 1) - 1, size, middle), 1.0)
    spread = np.sqrt(middle * (1 - middle) / _some(size.astype(float)))
    limits = [share_limits(size, middle, level) for level in LEVELS]
    return _funnel(k, size.astype(float), middle, (special.bdtr(k, size, middle), above), spread, limits, rate)


def rate_funnel(
    counts: npt.ArrayLike, exposure: npt.ArrayLike, *, overall: float | None = None, rate: float = 0.05
) -> Funnel:
    """The Poisson rates of units about their overall rate, or about a given one."""
    k, size = np.asarray(counts, dtype=float), np.asarray(exposure, dtype=float)
    if bool(np.any(k < 0) or np.any(size < 0)):
        raise ValueError("a count and an exposure are never below 0")
    middle = _overall(k, size) if overall is None else overall
    expected = size * middle
    above = np.where(k > 0, special.pdtrc(np.maximum(k, 1) - 1, expected), 1.0)
    limits = [rate_limits(size, middle, level) for level in LEVELS]
    return _funnel(k, size, middle, (special.pdtr(k, expected), above), np.sqrt(middle / _some(size)), limits, rate)


def share_limits(n: npt.ArrayLike, overall: float, level: float) -> Limits:
    """The exact control limits of a share at `n` records: binomial quantiles, interpolated.

    For the tail probability p, r is the smallest count with P(R <= r) >= p, and the limit is (r - a)/n with
    a = (P(R <= r) - p)/P(R = r). Spiegelhalter, Statistics in Medicine 24 (2005) 1185-1202, appendix A.1.1. Of very few
    records the formula may put a limit beyond the overall value; it is then the overall value.
    """
    size = np.asarray(n, dtype=np.int64)
    records, nothing = np.maximum(size, 1), 0 / _some(size.astype(float))
    if overall in (0.0, 1.0):
        return overall + nothing, overall + nothing
    low, high = (
        _interpolated(tail, special.bdtrik(tail, records, overall), lambda count: special.bdtr(count, records, overall))
        for tail in ((1 - level) / 2, (1 + level) / 2)
    )
    return np.clip(low / records, 0, overall) + nothing, np.clip(high / records, overall, 1) + nothing


def rate_limits(exposure: npt.ArrayLike, overall: float, level: float) -> Limits:
    """The exact control limits of a Poisson rate at an exposure, interpolated as those of a share."""
    size = _some(np.asarray(exposure, dtype=float))
    if overall == 0:
        return 0 * size, 0 * size
    mean = size * overall
    low, high = (
        _interpolated(tail, special.pdtrik(tail, mean), lambda count: special.pdtr(count, mean)) / size
        for tail in ((1 - level) / 2, (1 + level) / 2)
    )
    return np.clip(low, 0, overall), np.maximum(high, overall)


def benjamini_hochberg(p: npt.ArrayLike) -> FloatArray:
    """q-values: the lowest false discovery rate at which each test counts as a discovery. NaN is no test.

    The smallest of p(j) m/j over all j at or after the rank. Benjamini and Hochberg, JRSS B 57 (1995) 289-300.
    """
    values = np.asarray(p, dtype=float)
    tested = np.flatnonzero(~np.isnan(values))
    order = tested[np.argsort(values[tested], kind="stable")]
    raised = values[order] * len(order) / np.arange(1, len(order) + 1)
    q = np.full(values.shape, np.nan)
    q[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return q


def _funnel(
    k: FloatArray,
    size: FloatArray,
    middle: float,
    tails: Limits,
    spread: FloatArray,
    limits: list[Limits],
    rate: float,
) -> Funnel:
    values = k / _some(size)
    p = np.where(size > 0, np.minimum(2 * np.minimum(*tails), 1.0), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(values == middle, 0.0, (values - middle) / spread)
    dispersion = _dispersion(z)
    q = benjamini_hochberg(p)
    q_dispersed = benjamini_hochberg(2 * special.ndtr(-np.abs(z) / np.sqrt(max(dispersion, 1.0))))
    # both: a unit that chance explains is no outlier, however far the normal approximation puts it
    beyond = (q <= rate) & (q_dispersed <= rate)
    inner, outer = limits
    return Funnel(middle, size, values, inner, outer, p, q, q <= rate, dispersion, q_dispersed, beyond, rate)


def _dispersion(z: FloatArray) -> float:
    """The mean square of the standardised units, a tenth on each side drawn in (Spiegelhalter 2005, section 5.2)."""
    known = z[np.isfinite(z)]
    if not len(known):
        return float("nan")
    low, high = np.quantile(known, [0.1, 0.9])
    return float((np.clip(known, low, high) ** 2).mean())


def _overall(k: FloatArray, size: FloatArray) -> float:
    whole = float(size.sum())
    if whole == 0:
        raise NotComputableError("needs at least one unit with records")
    return float(k.sum()) / whole


def _some(size: FloatArray) -> FloatArray:
    return np.where(size > 0, size, np.nan)


def _interpolated(tail: float, start: FloatArray, below: Callable[[FloatArray], FloatArray]) -> FloatArray:
    """The quantile of a count: `below` is its distribution, `start` the real number at which that reaches `tail`."""

    def reached(count: FloatArray) -> FloatArray:
        return np.where(count < 0, 0.0, below(np.maximum(count, 0)))

    count = np.ceil(np.nan_to_num(start))
    for _ in range(3):  # the inverse functions are off by rounding, never by more than a count
        too_high, too_low = reached(count - 1) >= tail, reached(count) < tail
        count = count - too_high + (too_low & ~too_high)
    here = reached(count)
    exact: FloatArray = count - (here - tail) / (here - reached(count - 1))
    return exact
