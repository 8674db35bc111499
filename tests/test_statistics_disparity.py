"""Funnel limits, exact p-values and false discovery rates."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from scaudit.statistics.disparity import (
    benjamini_hochberg,
    rate_funnel,
    rate_limits,
    share_funnel,
    share_limits,
)
from scaudit.statistics.intervals import clopper_pearson
from scaudit.statistics.refusal import NotComputableError

ALWAYS = settings(derandomize=True, database=None, deadline=None, max_examples=100)
PAPER = (
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
)


def test_the_example_of_benjamini_and_hochberg():
    """Benjamini and Hochberg, JRSS B 57 (1995) 289-300: of 15 tests four are discoveries; Bonferroni's has three."""
    q = benjamini_hochberg(PAPER)
    assert (q <= 0.05).sum() == 4
    assert (np.array(PAPER) * 15 <= 0.05).sum() == 3
    assert q[:4] == pytest.approx([0.0015, 0.0030, 0.0095, 0.035625])
    assert q[4] == pytest.approx(0.0201 * 15 / 5)


@ALWAYS
@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.randoms())
def test_q_values_agree_with_scipy_in_any_order(p, chance):
    """An independent implementation: scipy.stats.false_discovery_control. What was not tested changes nothing."""
    assert benjamini_hochberg(p) == pytest.approx(stats.false_discovery_control(p))
    mixed = [*p, math.nan, math.nan]
    chance.shuffle(mixed)
    found = benjamini_hochberg(mixed)
    assert np.isnan(found).tolist() == np.isnan(mixed).tolist()
    assert sorted(found[~np.isnan(found)]) == pytest.approx(sorted(benjamini_hochberg(p)))


def quantile_by_hand(tail, below):
    """Spiegelhalter 2005, A.1.1, as it is written: count up to the first r with P(R <= r) >= p, and go back by a."""
    count = next(r for r, chance in enumerate(below) if chance >= tail)
    before = below[count - 1] if count else 0.0
    return count - (below[count] - tail) / (below[count] - before)


@ALWAYS
@given(st.integers(1, 400), st.floats(0.001, 0.999), st.sampled_from([0.95, 0.998]))
def test_the_limits_are_those_of_spiegelhalter(n, overall, level):
    """Spiegelhalter, Statistics in Medicine 24 (2005) 1185-1202, appendix A.1.1, counted out by hand."""
    tails = ((1 - level) / 2, (1 + level) / 2)
    shares = [quantile_by_hand(tail, stats.binom.cdf(range(n + 1), n, overall)) / n for tail in tails]
    assert [float(limit) for limit in share_limits(n, overall, level)] == pytest.approx(
        [min(max(shares[0], 0), overall), max(shares[1], overall)], abs=1e-7
    )
    rates = [quantile_by_hand(tail, stats.poisson.cdf(range(2 * n + 40), n * overall)) / n for tail in tails]
    assert [float(limit) for limit in rate_limits(n, overall, level)] == pytest.approx(
        [min(max(rates[0], 0), overall), max(rates[1], overall)], abs=1e-7
    )


def test_the_limits_of_many_records_are_the_normal_ones():
    """At 1,000,000 records the exact limits are the overall share and 1.96 or 3.09 standard errors."""
    error = math.sqrt(0.3 * 0.7 / 1e6)
    for level, z in ((0.95, 1.959964), (0.998, 3.090232)):
        assert share_limits(10**6, 0.3, level) == pytest.approx((0.3 - z * error, 0.3 + z * error), abs=2e-6)


@ALWAYS
@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.01, 0.99))
def test_a_p_value_is_twice_the_smaller_tail(unit, overall):
    """Counted out from the binomial formula; at or under 5 percent just where the exact interval misses the overall."""
    k, n = unit
    chances = [math.comb(n, r) * overall**r * (1 - overall) ** (n - r) for r in range(n + 1)]
    by_hand = min(1.0, 2 * min(math.fsum(chances[: k + 1]), math.fsum(chances[k:])))
    p = float(share_funnel([k], [n], overall=overall).p[0])
    assert p == pytest.approx(by_hand, rel=1e-8, abs=1e-300)
    low, high = clopper_pearson(k, n)
    if abs(p - 0.05) > 1e-9:
        assert (p <= 0.05) == (overall < low or overall > high)


@ALWAYS
@given(st.integers(0, 300), st.floats(0.1, 300))
def test_a_p_value_of_a_rate_is_twice_the_smaller_tail(count, expected):
    by_hand = min(1.0, 2 * min(stats.poisson.cdf(count, expected), stats.poisson.sf(count - 1, expected)))
    assert float(rate_funnel([count], [expected], overall=1.0).p[0]) == pytest.approx(by_hand, rel=1e-8)


def test_a_unit_that_stands_out_is_found_and_an_empty_one_is_not():
    """One of 40 units has twice the share of the others; one has no records."""
    draws = np.random.default_rng(5)
    n = np.array([0, *draws.integers(100, 3000, 40)])
    k = np.array([0, *draws.binomial(n[1:], 0.2)])
    k[7] = round(0.4 * n[7])
    found = share_funnel(k, n)
    assert np.flatnonzero(found.outliers).tolist() == [7]
    assert np.flatnonzero(found.beyond).tolist() == [7]
    assert found.overall == k.sum() / n.sum()
    for column in (found.values, found.p, found.q, *found.inner, *found.outer):
        assert np.isnan(column).tolist() == [True, *[False] * 40]
    outside = (found.values < found.outer[0]) | (found.values > found.outer[1])
    assert outside[7]
    assert np.all((found.outer[0] <= found.inner[0])[1:] & (found.inner[1] <= found.outer[1])[1:])
    rates = rate_funnel(k, n)
    assert np.flatnonzero(rates.outliers).tolist() == [7]


def test_by_chance_alone_hardly_any_unit_is_an_outlier():
    """With no disparity planted, any outlier among 100 units of all sizes in at most 5 of 100 draws (200 seeds)."""
    draws, fired = np.random.default_rng(11), 0
    for _ in range(200):
        n = draws.integers(1, 3000, 100)
        fired += bool(share_funnel(draws.binomial(n, 0.3), n, overall=0.3).outliers.any())
    assert fired <= 15


def test_units_that_differ_for_many_reasons_are_not_all_outliers():
    """Shares that wander far more than chance: most are outliers by chance alone, few among units that differ so."""
    draws = np.random.default_rng(3)
    n = draws.integers(2_000, 20_000, 200)
    found = share_funnel(draws.binomial(n, draws.beta(20, 60, 200)), n)
    assert found.dispersion > 10
    assert found.outliers.mean() > 0.5
    assert found.beyond.mean() < 0.05


def test_what_cannot_be_compared():
    with pytest.raises(NotComputableError, match="at least one unit"):
        share_funnel([0], [0])
    with pytest.raises(ValueError, match="none and all"):
        share_funnel([3], [2])
    with pytest.raises(ValueError, match="below 0"):
        rate_funnel([-1], [2.0])
    same = share_funnel([0, 0], [10, 20])
    assert same.p.tolist() == [1.0, 1.0]
    assert not same.outliers.any()
    assert [part.tolist() for part in same.inner] == [[0, 0], [0, 0]]
    assert rate_funnel([0, 0], [10.0, 20.0]).p.tolist() == [1.0, 1.0]
