"""Intervals: what a share, a rate or a difference may be, given the records it rests on.

Two-sided, at the level asked for (0.95: the method covers the truth in 95 of 100 samples). The functions named after
people take arrays and return the arrays of lower and upper limits; the others take one figure and return an Estimate.
A value that rests on nothing is NaN in an array, and a NotComputableError for one figure.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scaudit.statistics import special
from scaudit.statistics.refusal import NotComputableError

FloatArray = npt.NDArray[np.float64]
Limits = tuple[FloatArray, FloatArray]


@dataclass(frozen=True)
class Estimate:
    """A value with its interval. `n` is what it rests on, one number a side: records, exposure or periods."""

    value: float
    low: float
    high: float
    level: float
    n: tuple[float, ...]
    method: str


def wilson(successes: npt.ArrayLike, n: npt.ArrayLike, level: float = 0.95) -> Limits:
    """The score interval of a share, without continuity correction.

    (k + z²/2 ± z sqrt(k(n - k)/n + z²/4)) / (n + z²). Wilson, JASA 22 (1927) 209-212; recommended for general use by
    Brown, Cai and DasGupta, Statistical Science 16 (2001) 101-133. Near its level on average, not at every share.
    """
    k, size = _shares(successes, n)
    z = _z(level)
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = (k + z**2 / 2) / (size + z**2)
        half = z * np.sqrt(k * (size - k) / size + z**2 / 4) / (size + z**2)
    return np.where(k == 0, 0 * half, middle - half), np.where(k == size, 1 + 0 * half, middle + half)


def clopper_pearson(successes: npt.ArrayLike, n: npt.ArrayLike, level: float = 0.95) -> Limits:
    """The exact interval of a share: the shares that neither tail of the binomial refuses.

    Clopper and Pearson, Biometrika 26 (1934) 404-413. Covers at least at its level, mostly more.
    """
    k, size = _shares(successes, n)
    tail = (1 - level) / 2
    inner_low, inner_high = np.maximum(k, 1), np.minimum(k, size - 1)
    low: FloatArray = special.betaincinv(inner_low, size - inner_low + 1, tail)
    high: FloatArray = special.betaincinv(inner_high + 1, size - inner_high, 1 - tail)
    nothing = np.where(size > 0, 0.0, np.nan)
    return np.where(k > 0, low, 0.0) + nothing, np.where(k < size, high, 1.0) + nothing


def garwood(counts: npt.ArrayLike, exposure: npt.ArrayLike = 1.0, level: float = 0.95) -> Limits:
    """The exact interval of a Poisson rate, in events per unit of exposure.

    Half the chi-square quantiles with 2k and 2k + 2 degrees of freedom. Garwood, Biometrika 28 (1936) 437-442; Ulm,
    American Journal of Epidemiology 131 (1990) 373-375. Holds where events come one by one: over-dispersed counts need
    more room.
    """
    k, size = _rates(counts, exposure)
    tail = (1 - level) / 2
    low: FloatArray = special.gammaincinv(np.maximum(k, 1), tail)
    high: FloatArray = special.gammainccinv(k + 1, tail)
    size = np.where(size > 0, size, np.nan)
    return np.where(k > 0, low, 0.0) / size, high / size


def newcombe(
    successes: npt.ArrayLike, n: npt.ArrayLike, other: npt.ArrayLike, other_n: npt.ArrayLike, level: float = 0.95
) -> Limits:
    """The interval of a share minus another share of other records.

    The Wilson limits of both, put together by squares: method 10 of Newcombe, Statistics in Medicine 17 (1998) 873-890.
    """
    k, size = _shares(successes, n)
    other_k, other_size = _shares(other, other_n)
    low, high = wilson(k, size, level)
    other_low, other_high = wilson(other_k, other_size, level)
    with np.errstate(invalid="ignore", divide="ignore"):
        share, other_share = k / size, other_k / other_size
    gap = share - other_share
    return gap - np.hypot(share - low, other_high - other_share), gap + np.hypot(high - share, other_share - other_low)


def poisson_ratio(
    counts: npt.ArrayLike,
    exposure: npt.ArrayLike,
    other: npt.ArrayLike,
    other_exposure: npt.ArrayLike,
    level: float = 0.95,
) -> Limits:
    """The interval of a Poisson rate divided by another: exact, given the sum of both counts.

    Given the sum, the first count is binomial with odds of ratio x exposure / other exposure; its Clopper-Pearson
    limits are turned back into ratios. Przyborowski and Wilenski, Biometrika 31 (1940) 313-323. The upper limit is
    infinite where the other count is 0.
    """
    k, size = _rates(counts, exposure)
    other_k, other_size = _rates(other, other_exposure)
    low, high = clopper_pearson(k, k + other_k, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = other_size / size
        return low / (1 - low) * scale, np.where(high < 1, high / (1 - high), np.inf) * scale + 0 * high


def share(successes: float, n: float, level: float = 0.95, *, exact: bool = False) -> Estimate:
    """A share of `n` records, with its Wilson interval, or the exact one."""
    low, high = (clopper_pearson if exact else wilson)(successes, n, level)
    if n == 0:
        raise NotComputableError("a share needs at least one record")
    return Estimate(successes / n, float(low), float(high), level, (n,), "Clopper-Pearson" if exact else "Wilson")


def rate(count: float, exposure: float, level: float = 0.95) -> Estimate:
    """Events per unit of exposure, with the exact Poisson interval."""
    low, high = garwood(count, exposure, level)
    if exposure == 0:
        raise NotComputableError("a rate needs an exposure above 0")
    return Estimate(count / exposure, float(low), float(high), level, (exposure,), "Garwood")


def share_difference(successes: float, n: float, other: float, other_n: float, level: float = 0.95) -> Estimate:
    """A share minus another share, with its Newcombe interval."""
    low, high = newcombe(successes, n, other, other_n, level)
    if n == 0 or other_n == 0:
        raise NotComputableError("a difference of shares needs at least one record on both sides")
    return Estimate(successes / n - other / other_n, float(low), float(high), level, (n, other_n), "Newcombe")


def rate_ratio(count: float, exposure: float, other: float, other_exposure: float, level: float = 0.95) -> Estimate:
    """A rate divided by another rate, with the exact interval given the sum of both counts."""
    low, high = poisson_ratio(count, exposure, other, other_exposure, level)
    if exposure == 0 or other_exposure == 0 or count + other == 0:
        raise NotComputableError("a ratio of rates needs an exposure on both sides and at least one event")
    value = (count / exposure) / (other / other_exposure) if other else float("inf")
    return Estimate(value, float(low), float(high), level, (exposure, other_exposure), "exact conditional")


def mean_difference(first: npt.ArrayLike, second: npt.ArrayLike, level: float = 0.95) -> Estimate:
    """The mean of `first` minus the mean of `second`, variances unequal, values independent of each other.

    Welch, Biometrika 34 (1947) 28-35. Too narrow where neighbours in a series are alike: see `events`.
    """
    here, there = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    sizes = (float(len(here)), float(len(there)))
    if min(sizes) < 2:  # noqa: PLR2004 - one value has no spread
        raise NotComputableError("a difference of means needs at least two values on both sides")
    gap = float(here.mean() - there.mean())
    parts = np.array([here.var(ddof=1), there.var(ddof=1)]) / sizes
    error = float(np.sqrt(parts.sum()))
    freedom = parts.sum() ** 2 / (parts**2 / (np.array(sizes) - 1)).sum() if error > 0 else 1.0
    half = float(special.stdtrit(freedom, (1 + level) / 2)) * error
    return Estimate(gap, gap - half, gap + half, level, sizes, "Welch")


def _z(level: float) -> float:
    return float(special.ndtri((1 + level) / 2))


def _shares(successes: npt.ArrayLike, n: npt.ArrayLike) -> Limits:
    k, size = np.broadcast_arrays(np.asarray(successes, dtype=float), np.asarray(n, dtype=float))
    if bool(np.any(k < 0) or np.any(k > size)):
        raise ValueError("a share counts between none and all of its records")
    return k, size


def _rates(counts: npt.ArrayLike, exposure: npt.ArrayLike) -> Limits:
    k, size = np.broadcast_arrays(np.asarray(counts, dtype=float), np.asarray(exposure, dtype=float))
    if bool(np.any(k < 0) or np.any(size < 0)):
        raise ValueError("a count and an exposure are never below 0")
    return k, size
