"""How many records or months it takes: published examples, closed forms, and power counted out by simulation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scaudit.statistics.events import MARGIN, STEP, before_after, detectable, step_fit
from scaudit.statistics.power import (
    Restlessness,
    meaningful_point,
    periods_needed,
    records_after,
    records_needed,
    restlessness,
    share_power,
    smallest_change,
)
from scaudit.statistics.refusal import NotComputableError
from scaudit.statistics.regression import change
from scaudit.statistics.series import levels
from series_factory import monthly_counts, wandering

ALWAYS = settings(derandomize=True, database=None, deadline=None, max_examples=100)
SHARES = st.floats(0.02, 0.98)


def test_the_examples_of_power_prop_test():
    """R's power.prop.test: p1 = .50, p2 = .75 needs n = 76.7 for power .90, and n = 50 has power .740."""
    assert records_needed(0.5, 0.75, power=0.9) == (77, 77)
    assert share_power(0.5, 50, 0.75, 50) == pytest.approx(0.740, abs=5e-4)


def test_the_continuity_correction_of_fleiss():
    """Fleiss, Tytun and Ury, Biometrics 36 (1980) 343-346, as in Stata's `sampsi 0.25 0.4`: 216 a side for power .90."""
    assert records_needed(0.25, 0.4, power=0.9) == (203, 203)
    assert records_needed(0.25, 0.4, power=0.9, corrected=True) == (216, 216)


@ALWAYS
@given(SHARES, SHARES, st.sampled_from([0.5, 1.0, 3.0]), st.sampled_from([0.7, 0.9]))
def test_records_and_power_turn_each_other_round(first, second, ratio, power):
    """With the records that are needed the power is there; with a tenth fewer it is not; more are never fewer."""
    if abs(first - second) < 0.01:
        return
    n, other_n = records_needed(first, second, power=power, ratio=ratio)
    assert share_power(first, n, second, n * ratio) >= power - 1e-9
    if n > 20:
        assert share_power(first, 0.9 * n, second, 0.9 * n * ratio) < power
    corrected = records_needed(first, second, power=power, ratio=ratio, corrected=True)
    assert corrected[0] >= n
    assert corrected[1] >= other_n
    for fleiss in (False, True):  # the sides change places with their ratio; each is rounded up by itself
        sides = records_needed(first, second, power=power, ratio=ratio, corrected=fleiss)
        turned = records_needed(second, first, power=power, ratio=1 / ratio, corrected=fleiss)
        assert sides == pytest.approx(turned[::-1], abs=1)
    after = records_after(first, n, second, power=power)
    if ratio == 1.0:
        assert after is not None
        assert after <= other_n


def test_few_records_before_can_never_be_made_up_for():
    """50 percent to 55 with 100 records before: hidden by their own noise, whatever comes after."""
    assert records_after(0.5, 100, 0.55) is None
    assert records_after(0.5, 100, 0.5) is None
    after = records_after(0.5, 1000, 0.55)
    assert after is not None
    assert share_power(0.5, 1000, 0.55, after) >= 0.8 > share_power(0.5, 1000, 0.55, after - 1)
    with pytest.raises(NotComputableError, match="two different shares"):
        records_needed(0.3, 0.3)


def test_the_error_of_a_step_beside_a_trend_has_a_closed_form():
    """Months for themselves, n on each side: the step's variance is sigma² over what level and trend leave of it.

    Of the step's squares n/2 are left by the level, less (n²/2)² over the squares of the months, (2n)((2n)² - 1)/12.
    """
    for n in (6, 20, 45):
        left = n / 2 - (n**2 / 2) ** 2 / (2 * n * ((2 * n) ** 2 - 1) / 12)
        found = smallest_change(Restlessness(0.3, 0.0, 1.0), n, n)
        assert found == pytest.approx(detectable(0.3 / np.sqrt(left), 2 * n - 3))


@pytest.mark.parametrize(("likeness", "effect"), [(0.0, -0.12), (0.3, -0.2)])
def test_the_months_that_are_needed_give_the_power_that_was_asked_for(likeness, effect):
    """300 seeded series with an effect planted and as many months after it as the formula asks: 80 percent find it."""
    moves = Restlessness(0.1, likeness, 1.0)
    needed = periods_needed(effect, moves, 36)
    assert needed is not None
    assert needed > MARGIN
    draws, months, found = np.random.default_rng(30), np.arange(36 + needed), 0
    for _ in range(300):
        values = wandering(draws, len(months), likeness, 0.1) + 0.01 * months + effect * (months >= 36)
        found += change(step_fit(levels(months, values), 36), STEP).p <= 0.05
    assert 0.72 <= found / 300 <= 0.9


@ALWAYS
@given(st.floats(0.01, 1), st.floats(0, 0.8), st.integers(12, 80), st.integers(6, 60))
def test_more_months_show_smaller_changes(sigma, likeness, before, after):
    moves = Restlessness(sigma, likeness, 1.0)
    here = smallest_change(moves, before, after)
    assert smallest_change(moves, before, after + 1) <= here + 1e-12
    assert smallest_change(moves, before + 1, after) <= here + 1e-12
    needed = periods_needed(here * 1.0001, moves, before)
    assert needed is not None
    assert needed <= after
    assert smallest_change(moves, before, needed) <= here * 1.0001


def test_when_the_point_is_reached():
    """The same series told of a large change (seen long ago), a middling one (to come) and a tiny one (never)."""
    series = monthly_counts(np.random.default_rng(31), 60, 40)
    moves = restlessness(series, 40)
    large = meaningful_point(series, 40, np.log(0.5))
    assert (large.periods, large.period, large.reached) == (MARGIN, 40 + MARGIN - 1, True)
    assert large.records == pytest.approx(MARGIN * series.n.mean())
    middling = meaningful_point(series, 40, large.detectable * 0.9)
    assert not middling.reached
    assert middling.periods > 20
    assert middling.period == 40 + middling.periods - 1
    never = meaningful_point(series, 40, large.least * 0.99)
    assert (never.periods, never.records, never.period, never.reached) == (None, None, None, False)
    assert large.detectable == pytest.approx(smallest_change(moves, 40, 20))
    assert large.detectable == pytest.approx(before_after(series, 40).detectable, rel=0.02)


def test_before_there_is_anything_after_the_past_must_do():
    """On the day itself the months before tell how restless the series is; too few of them tell nothing."""
    series = monthly_counts(np.random.default_rng(32), 40, 40)
    found = meaningful_point(series, 40, np.log(0.7))
    assert found.detectable is None
    assert found.periods is not None
    assert not found.reached
    assert 0.05 < found.restlessness.sigma < 0.2
    with pytest.raises(NotComputableError, match="needs 12 periods before the event, and has 8"):
        meaningful_point(series.after(32), 40, 0.1)
