"""Regression of a series whose neighbours are alike: generalised least squares with first-order autocorrelation.

Why not Newey-West: on simulated series of 24 to 120 months with a trend and a step its 5 percent test fires in 7 to 28
percent of those in which nothing happened, ordinary least squares in 12 to 40 percent where months are alike. Turner
and others, BMC Medical Research Methodology 21 (2021) 181, found the same and prefer restricted maximum likelihood
(REML) in all but the shortest series. REML alone still fires in 4 to 10 percent; with the degrees of freedom counted in
independent months (below) it fires in 3 to 8 percent. Where the likeness of months is of another kind (seasons, or two
months back) it may fire in 10.
"""

from dataclasses import dataclass
from typing import cast

import numpy as np

from scaudit.statistics import special
from scaudit.statistics.series import FloatArray, IntArray

HIGHEST = 0.99
"""Beyond this autocorrelation a series is a random walk, and no step in it can be told from the walk."""
FEWEST = 3.0
"""Degrees of freedom are never counted lower: the limits would be too wide to print."""


@dataclass(frozen=True, eq=False)
class Fit:
    """Coefficients with their covariance; `sigma` is the spread of a value of mean weight about the line."""

    coefficients: FloatArray
    covariance: FloatArray
    autocorrelation: float
    sigma: float
    freedom: float


@dataclass(frozen=True)
class Change:
    """One coefficient, with its standard error, interval and two-sided p-value.

    On the scale of its series: `factors()` gives a change of logarithms as a factor.
    """

    estimate: float
    low: float
    high: float
    error: float
    freedom: float
    p: float
    level: float

    def factors(self) -> tuple[float, float, float]:
        """Estimate, low and high as factors (0.8 is a fall by 20 percent), of a change on the log scale."""
        estimate, low, high = np.exp([self.estimate, self.low, self.high])
        return float(estimate), float(low), float(high)


def fit(
    design: FloatArray, values: FloatArray, periods: IntArray, weights: FloatArray, *, independent: bool = False
) -> Fit:
    """Fit values = design x coefficients + errors.

    The error of a value of weight w has variance sigma²/w, and two errors g periods apart correlate by r to the g. The
    autocorrelation r is estimated by REML (Cheang and Reinsel, JASA 95 (2000) 1173-1184); one below 0 is taken as 0,
    since it would only narrow the interval. Degrees of freedom: (n - p)(1 - r)/(1 + r), the number of independent
    values that n alike ones are worth (Bayley and Hammersley, Supplement to JRSS 8 (1946) 184-197). `independent`
    takes r as 0.
    """
    root = np.sqrt(weights)
    rows = np.column_stack([design, values]) * root[:, None]
    gaps = np.diff(periods)
    likeness = 0.0 if independent else _likeness(rows, gaps)
    size, width = design.shape
    upper, remainder = _solve(rows, gaps, likeness)
    inverse = np.linalg.inv(upper[:width, :width])
    variance = max(remainder, _rounding(rows)) / (size - width)
    covariance = inverse @ inverse.T * variance
    freedom = max((size - width) * (1 - likeness) / (1 + likeness), min(FEWEST, size - width))
    return Fit(inverse @ upper[:width, width], covariance, likeness, float(np.sqrt(variance)), freedom)


def change(fitted: Fit, place: int, level: float = 0.95) -> Change:
    """The coefficient at `place`, with its interval by Student's t."""
    estimate = float(fitted.coefficients[place])
    error = float(np.sqrt(fitted.covariance[place, place]))
    half = float(special.stdtrit(fitted.freedom, (1 + level) / 2)) * error
    p = 2 * float(special.stdtr(fitted.freedom, -abs(estimate) / error))
    return Change(estimate, estimate - half, estimate + half, error, fitted.freedom, p, level)


def whiten(rows: FloatArray, gaps: IntArray, likeness: float) -> FloatArray:
    """Rows turned so that their errors are independent: each less what the one before foretells."""
    decay = np.power(likeness, gaps[:, None].astype(float))
    return np.vstack([rows[:1], (rows[1:] - decay * rows[:-1]) / np.sqrt(1 - decay**2)])


def triangle(rows: FloatArray) -> FloatArray:
    """The upper triangle of the QR decomposition."""
    return np.asarray(cast("FloatArray", np.linalg.qr(rows, mode="r")))


def log_determinant(gaps: IntArray, likeness: float) -> float:
    """The logarithm of the determinant of the errors' correlations."""
    return float(np.sum(np.log1p(-np.power(likeness, 2.0 * gaps))))


def mixed_weights(design: FloatArray, values: FloatArray, noise: FloatArray) -> FloatArray:
    """Weights of mean 1 for values whose sampling variances differ and that vary by more than these.

    1/(t + noise), where t is the variance between periods that brings the weighted sum of squares to its degrees of
    freedom: Paule and Mandel, Journal of Research of the National Bureau of Standards 87 (1982) 377-385.
    """
    from scipy import optimize  # noqa: PLC0415 (heavy)

    if not bool(np.any(noise > 0)):
        return np.ones(len(values))
    freedom = len(values) - design.shape[1]

    def excess(between: float) -> float:
        root = 1 / np.sqrt(between + noise)
        return float(triangle(np.column_stack([design, values]) * root[:, None])[-1, -1] ** 2 - freedom)

    most = float(np.var(values)) * len(values) + float(noise.max())
    restless = excess(0.0) > 0 > excess(most)
    between = optimize.brentq(excess, 0.0, most, xtol=1e-6 * float(noise.mean()), rtol=1e-6) if restless else 0.0
    found: FloatArray = 1 / (between + noise)
    return np.asarray(found / found.mean())


def _solve(rows: FloatArray, gaps: IntArray, likeness: float) -> tuple[FloatArray, float]:
    """The triangle of the whitened rows (the values are the last column), and the sum of squares left over."""
    upper = triangle(whiten(rows, gaps, likeness))
    return upper, float(upper[-1, -1] ** 2)


def _rounding(rows: FloatArray) -> float:
    """A sum of squares that is nothing but rounding: a series without any spread must not look like a sure effect."""
    return 1e-20 * float((rows[:, -1] ** 2).sum()) or 1e-300


def _likeness(rows: FloatArray, gaps: IntArray) -> float:
    from scipy import optimize  # noqa: PLC0415 (heavy)

    size, width = rows.shape[0], rows.shape[1] - 1

    def criterion(likeness: float) -> float:
        upper, remainder = _solve(rows, gaps, likeness)
        design = 2 * float(np.log(np.abs(np.diag(upper)[:width])).sum())
        return float((size - width) * float(np.log(remainder)) + log_determinant(gaps, likeness) + design)

    if _solve(rows, gaps, 0.0)[1] <= _rounding(rows):
        return 0.0
    found = optimize.minimize_scalar(criterion, bounds=(0.0, HIGHEST), method="bounded", options={"xatol": 1e-3})
    return float(found.x) if found.fun < criterion(0.0) else 0.0
