"""Series with a known effect, made as the project's generator of synthetic records makes its months."""

import numpy as np

from scaudit.statistics.series import Series, counts, shares


def wandering(draws: np.random.Generator, length: int, likeness: float, spread: float) -> np.ndarray:
    """Noise that remembers the month before: first-order autocorrelation `likeness`, standard deviation `spread`."""
    levels = draws.standard_normal(length)
    for place in range(1, length):
        levels[place] = likeness * levels[place - 1] + np.sqrt(1 - likeness**2) * levels[place]
    return spread * levels


def monthly_counts(draws, length, event, *, likeness=0.3, trend=0.0, effect=0.0, usual=2000.0, spread=0.1) -> Series:
    """Counts whose logarithm wanders about a trend, multiplied by 1 + `effect` from month `event` on."""
    months = np.arange(length)
    level = usual * np.exp(trend * months + wandering(draws, length, likeness, spread))
    return counts(months, draws.poisson(level * np.where(months >= event, 1 + effect, 1)))


def monthly_shares(draws, length, event, *, likeness=0.3, trend=0.0, effect=0.0, spread=0.02) -> Series:
    """Shares that wander about a trend, of ever fewer records, with `effect` added from month `event` on."""
    months = np.arange(length)
    size = draws.poisson(1500 * np.exp(-0.01 * months))
    level = 0.45 + trend * months + wandering(draws, length, likeness, spread) + effect * (months >= event)
    return shares(months, draws.binomial(size, np.clip(level, 0.01, 0.99)), size)
