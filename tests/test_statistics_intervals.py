"""Intervals, against the tables of the papers that proposed or compared them."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from scaudit.statistics.intervals import (
    clopper_pearson,
    garwood,
    mean_difference,
    newcombe,
    poisson_ratio,
    rate,
    rate_ratio,
    share,
    share_difference,
    wilson,
)
from scaudit.statistics.refusal import NotComputableError

ALWAYS = settings(derandomize=True, database=None, deadline=None, max_examples=150)
LEVELS = st.sampled_from([0.8, 0.95, 0.998])


@st.composite
def a_share(draw):
    n = draw(st.integers(1, 5000))
    return draw(st.integers(0, n)), n


@pytest.mark.parametrize(
    ("successes", "n", "score", "exact"),
    [
        (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
        (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
        (0, 20, (0.0, 0.1611), (0.0, 0.1684)),
        (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
    ],
)
def test_shares_of_newcombe(successes, n, score, exact):
    """Newcombe, Statistics in Medicine 17 (1998) 857-872, table I: methods 3 (Wilson) and 5 (Clopper-Pearson)."""
    found = share(successes, n)
    assert (found.low, found.high) == pytest.approx(score, abs=5e-5)
    assert (found.value, found.n, found.level, found.method) == (successes / n, (n,), 0.95, "Wilson")
    found = share(successes, n, exact=True)
    assert (found.low, found.high) == pytest.approx(exact, abs=5e-5)


@pytest.mark.parametrize(
    ("first", "second", "limits"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((6, 7), (2, 7), (0.0582, 0.8062)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((0, 10), (0, 20), (-0.1611, 0.2775)),
        ((0, 10), (0, 10), (-0.2775, 0.2775)),
        ((10, 10), (0, 20), (0.6791, 1.0)),
        ((10, 10), (0, 10), (0.6075, 1.0)),
    ],
)
def test_differences_of_newcombe(first, second, limits):
    """Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10, contrasts (a) to (h)."""
    found = share_difference(*first, *second)
    assert (found.low, found.high) == pytest.approx(limits, abs=5e-5)
    assert found.value == pytest.approx(first[0] / first[1] - second[0] / second[1])


@pytest.mark.parametrize(
    ("count", "limits"), [(0, (0.0, 3.6889)), (1, (0.0253, 5.5716)), (5, (1.6235, 11.6683)), (10, (4.7954, 18.3904))]
)
def test_rates_of_garwood(count, limits):
    """Garwood, Biometrika 28 (1936) 437-442: the 95 percent limits as tabulated since, to four places."""
    found = rate(count, 1.0)
    assert (found.low, found.high) == pytest.approx(limits, abs=5e-5)
    found = rate(count, 50.0)
    assert (found.low * 50, found.high * 50, found.n) == (
        pytest.approx(limits[0], abs=5e-5),
        pytest.approx(limits[1], abs=5e-5),
        (50.0,),
    )


def test_a_ratio_of_rates():
    """The example of R's poisson.test (lung cancer in Fredericia and three other cities, ages 55 to 59)."""
    found = rate_ratio(11, 800, 6 + 8 + 7, 1083 + 1050 + 878)
    assert (found.value, found.low, found.high) == pytest.approx((1.971488, 0.8584264, 4.2772659), abs=5e-7)


def test_a_difference_of_means():
    """The example of R's t.test, Student's sleep data (Cushny and Peebles 1905): -3.3654832 to 0.2054832."""
    first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    found = mean_difference(first, second)
    assert (found.value, found.low, found.high) == pytest.approx((-1.58, -3.3654832, 0.2054832), abs=5e-8)


@ALWAYS
@given(a_share(), LEVELS)
def test_shares_agree_with_scipy(given_share, level):
    """An independent implementation: scipy.stats.binomtest."""
    k, n = given_share
    test = stats.binomtest(k, n)
    for ours, method in ((wilson, "wilson"), (clopper_pearson, "exact")):
        theirs = test.proportion_ci(level, method)
        assert tuple(map(float, ours(k, n, level))) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@ALWAYS
@given(a_share(), LEVELS)
def test_the_interval_of_a_share_is_sane(given_share, level):
    """Within 0 and 1, about the share, mirrored for what is not counted, closed where the closed form is known."""
    k, n = given_share
    for method in (wilson, clopper_pearson):
        low, high = method(k, n, level)
        assert 0 <= low <= k / n <= high <= 1
        assert (1 - high, 1 - low) == pytest.approx(tuple(map(float, method(n - k, n, level))), abs=1e-9)
        if k < n:
            assert np.all(np.array(method(k + 1, n, level)) >= [low, high])
    z = stats.norm.ppf((1 + level) / 2)
    assert wilson(0, n, level)[1] == pytest.approx(z**2 / (n + z**2))
    assert clopper_pearson(0, n, level)[1] == pytest.approx(1 - ((1 - level) / 2) ** (1 / n))


@ALWAYS
@given(a_share(), a_share(), LEVELS)
def test_the_interval_of_a_difference_is_sane(first, second, level):
    low, high = newcombe(*first, *second, level)
    assert -1 - 1e-12 <= low <= first[0] / first[1] - second[0] / second[1] <= high <= 1 + 1e-12
    assert (-high, -low) == pytest.approx(tuple(map(float, newcombe(*second, *first, level))), abs=1e-12)


@ALWAYS
@given(st.integers(0, 3000), st.integers(0, 3000), st.floats(0.1, 100), LEVELS)
def test_the_intervals_of_rates_are_sane(count, other, exposure, level):
    """The tails of the Poisson distribution at the limits are those asked for; a ratio turned round is turned round."""
    low, high = garwood(count, exposure, level)
    tail = (1 - level) / 2
    assert stats.poisson.cdf(count, high * exposure) == pytest.approx(tail, rel=1e-6)
    assert low == 0 if count == 0 else stats.poisson.sf(count - 1, low * exposure) == pytest.approx(tail, rel=1e-6)
    if count and other:
        turned = poisson_ratio(other, 1.0, count, exposure, level)
        assert poisson_ratio(count, exposure, other, 1.0, level) == pytest.approx((1 / turned[1], 1 / turned[0]))


def test_arrays_are_computed_at_once_and_nothing_is_not_a_number():
    """As many as an engine asks for; a unit without records has no interval, and its neighbours have theirs."""
    n = np.array([0, 20, 29] * 40_000)
    k = np.array([0, 0, 1] * 40_000)
    for method in (wilson, clopper_pearson, garwood):
        low, high = method(k, n)
        assert low.shape == high.shape == n.shape
        assert np.isnan(low[0])
        assert np.isnan(high[0])
        assert (low[1], low[2], high[2]) == (0.0, *map(float, (part for part in method(1, 29))))
    assert np.isnan(newcombe([0, 1], [0, 2], [1, 1], [2, 2])[0]).tolist() == [True, False]
    low, high = poisson_ratio([3, 0, 0], 1, [0, 3, 0], 1)
    assert math.isinf(high[0])
    assert low[1] == 0
    assert np.isnan(low[2])
    assert np.isnan(high[2])


@pytest.mark.parametrize("method", [wilson, clopper_pearson, lambda k, n: newcombe(k, n, 1, 2)])
@pytest.mark.parametrize("bad", [(-1, 10), (11, 10)])
def test_more_than_all_is_no_share(method, bad):
    with pytest.raises(ValueError, match="none and all"):
        method(*bad)


def test_nothing_is_not_computable():
    for short in (
        lambda: share(0, 0),
        lambda: rate(0, 0),
        lambda: share_difference(0, 0, 1, 2),
        lambda: rate_ratio(0, 1, 0, 1),
        lambda: mean_difference([1.0], [1.0, 2.0]),
    ):
        with pytest.raises(NotComputableError, match="needs"):
            short()
    with pytest.raises(ValueError, match="below 0"):
        rate(-1, 1)


def test_values_without_spread_have_a_point_for_an_interval():
    found = mean_difference([2.0, 2.0], [1.0, 1.0, 1.0])
    assert (found.value, found.low, found.high) == (1.0, 1.0, 1.0)
