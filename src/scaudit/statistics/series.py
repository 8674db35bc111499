"""A series: one figure a period, how sure each figure is by itself, and the scale on which changes are measured."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from scaudit.statistics.refusal import NotComputableError

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
Scale = Literal["level", "log", "share"]
"""level: changes in the unit of the values; log: of natural logarithms (a change c is a factor of exp(c)); share."""


@dataclass(frozen=True, eq=False)
class Series:
    """Values by period, periods ascending; a missing period is a gap, and no zero.

    `noise` is the sampling variance of each value, 0 where it is not known; `n` the records behind each value; of a
    share, `successes` are those counted in.
    """

    periods: IntArray
    values: FloatArray
    noise: FloatArray
    n: FloatArray
    scale: Scale
    successes: FloatArray | None = None

    def __post_init__(self) -> None:
        if len(self.periods) != len(self.values) or bool(np.any(np.diff(self.periods) <= 0)):
            raise ValueError("a series has one value a period, periods ascending")
        if not bool(np.all(np.isfinite(self.values))):
            raise ValueError("a series has no value that is not a number: leave the period out")

    def where(self, kept: BoolArray) -> "Series":
        """The periods that are kept."""
        successes = None if self.successes is None else self.successes[kept]
        return Series(self.periods[kept], self.values[kept], self.noise[kept], self.n[kept], self.scale, successes)

    def without(self, period: int) -> "Series":
        """All but one period: the one in which an event fell, which is neither before nor after."""
        return self.where(self.periods != period)

    def before(self, event: int) -> "Series":
        return self.where(self.periods < event)

    def after(self, event: int) -> "Series":
        """From the event's period on."""
        return self.where(self.periods >= event)


def levels(periods: npt.ArrayLike, values: npt.ArrayLike, n: npt.ArrayLike = np.nan) -> Series:
    """Amounts, means or counts, with changes measured in their own unit."""
    when, what = np.asarray(periods, dtype=np.int64), np.asarray(values, dtype=float)
    return Series(when, what, np.zeros(len(what)), np.broadcast_to(np.asarray(n, dtype=float), what.shape), "level")


def counts(periods: npt.ArrayLike, numbers: npt.ArrayLike, exposure: npt.ArrayLike = 1.0) -> Series:
    """Counts, or rates of an exposure, with changes measured as factors (a Poisson logarithm varies by 1/count)."""
    when, what = np.asarray(periods, dtype=np.int64), np.asarray(numbers, dtype=float)
    if bool(np.any(what <= 0)):
        raise NotComputableError("a change as a factor needs a count above 0 in every period")
    return Series(when, np.log(what / np.asarray(exposure, dtype=float)), 1 / what, what, "log")


def shares(periods: npt.ArrayLike, successes: npt.ArrayLike, n: npt.ArrayLike) -> Series:
    """Shares of `n` records, with changes in shares (0.01 is one percentage point); a period without records is a gap.

    The sampling variance is that of the share of all periods together, p(1 - p)/n, so that a month of 0 or 100 percent
    is not taken for a sure one.
    """
    when, k, size = np.asarray(periods, dtype=np.int64), np.asarray(successes, float), np.asarray(n, float)
    if bool(np.any(k < 0) or np.any(k > size)):
        raise ValueError("a share counts between none and all of its records")
    some = size > 0
    when, k, size = when[some], k[some], size[some]
    whole = k.sum() / size.sum() if len(size) else 0.0
    return Series(when, k / size, whole * (1 - whole) / size, size, "share", k)
