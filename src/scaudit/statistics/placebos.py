"""Placebos: the test of an event made at every other day, so that a restless series is not sold as an effect."""

from dataclasses import dataclass

from scaudit.statistics.events import MARGIN, STEP, step_fit
from scaudit.statistics.regression import Change, change
from scaudit.statistics.series import Series


@dataclass(frozen=True)
class Placebos:
    """Where an event stands among all admissible days, by the p-value of its step: rank 1 is the strongest.

    `p` is rank over days: small only if hardly any other day shows as much. `fired` is the share of the other days at
    which the test fires; near 1 - level it behaves, far above the series is restless (or the effect is large, and the
    days beside the event fire along with it).
    """

    event: int
    days: tuple[tuple[int, Change], ...]
    rank: int
    p: float
    fired: float


def placebos(series: Series, event: int, level: float = 0.95) -> Placebos:
    """The step at every day that leaves enough periods on both sides, and the event's rank among them.

    In-time placebos: Abadie, Diamond and Hainmueller, American Journal of Political Science 59 (2015) 495-510; the rank
    as a p-value is that of a randomisation test with the event's day drawn from the admissible days. Where the event's
    own period is left out, the one after it parts the series in the same way, and is no other day.
    """
    own = change(step_fit(series, event), STEP, level)
    first_after = series.after(event).periods[0]
    admissible = series.periods[MARGIN : len(series.periods) - MARGIN + 1]
    others = [int(period) for period in admissible if period != first_after]
    steps = {day: change(step_fit(series, day), STEP, level) for day in others}
    rank = 1 + sum(step.p <= own.p for step in steps.values())
    fired = sum(step.p <= 1 - level for step in steps.values()) / len(steps) if steps else 0.0
    days = tuple(sorted([*steps.items(), (event, own)], key=lambda pair: pair[0]))
    return Placebos(event, days, rank, rank / len(days), fired)
