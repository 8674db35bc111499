"""Before and after an event: closed forms, an independent implementation, and rates over many seeded series."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from scaudit.statistics.changepoints import change_point, orders
from scaudit.statistics.events import STEP, before_after, detectable, plain_difference, step_fit
from scaudit.statistics.intervals import mean_difference, share_difference
from scaudit.statistics.placebos import placebos
from scaudit.statistics.refusal import NotComputableError
from scaudit.statistics.regression import change, fit, mixed_weights
from scaudit.statistics.series import counts, levels, shares
from series_factory import monthly_counts, monthly_shares, wandering

ALWAYS = settings(derandomize=True, database=None, deadline=None, max_examples=25)
REPLICATIONS = 500


def dense(design, values, periods, weights, likeness):
    """Generalised least squares the long way: coefficients, their covariance, and the REML criterion."""
    spread = 1 / np.sqrt(weights)
    matrix = np.power(likeness, np.abs(periods[:, None] - periods).astype(float)) * np.outer(spread, spread)
    inverse = np.linalg.inv(matrix)
    information = design.T @ inverse @ design
    coefficients = np.linalg.solve(information, design.T @ inverse @ values)
    rest = values - design @ coefficients
    freedom = len(values) - design.shape[1]
    left = rest @ inverse @ rest
    criterion = freedom * np.log(left) + np.linalg.slogdet(matrix)[1] + np.linalg.slogdet(information)[1]
    return coefficients, np.linalg.inv(information) * left / freedom, criterion


@ALWAYS
@given(st.integers(0, 10**6), st.sampled_from([0.0, 0.4, 0.8]), st.booleans())
def test_the_regression_is_generalised_least_squares(seed, likeness, gaps):
    """An independent implementation with dense matrices, on series with unequal weights and with months missing."""
    draws = np.random.default_rng(seed)
    periods = np.sort(draws.permutation(60)[:40]) if gaps else np.arange(40)
    design = np.column_stack([np.ones(40), periods, periods >= 30]).astype(float)
    weights = draws.uniform(0.5, 2, 40)
    values = wandering(draws, 60, likeness, 1.0)[periods]
    found = fit(design, values, periods, weights)
    coefficients, covariance, criterion = dense(design, values, periods, weights, found.autocorrelation)
    assert found.coefficients == pytest.approx(coefficients)
    assert found.covariance.ravel() == pytest.approx(covariance.ravel())
    tried = [dense(design, values, periods, weights, other)[2] for other in np.linspace(0, 0.98, 50)]
    assert criterion <= min(tried) + 1e-4
    r = found.autocorrelation
    assert found.freedom == pytest.approx(max(37 * (1 - r) / (1 + r), 3))


def test_without_autocorrelation_it_is_ordinary_least_squares():
    """Against numpy's least squares and Student's t with n - 3 degrees of freedom."""
    draws = np.random.default_rng(1)
    months, values = np.arange(30), draws.standard_normal(30)
    found = before_after(levels(months, values), 12).independent
    design = np.column_stack([np.ones(30), months - 12, months >= 12])
    coefficients, left, *_ = np.linalg.lstsq(design, values)
    error = np.sqrt(np.linalg.inv(design.T @ design)[2, 2] * left[0] / 27)
    low, high = stats.t.interval(0.95, 27, coefficients[2], error)
    assert (found.estimate, found.error, found.low, found.high) == pytest.approx((coefficients[2], error, low, high))
    assert found.p == pytest.approx(2 * stats.t.sf(abs(coefficients[2] / error), 27))


def test_weights_of_paule_and_mandel():
    """Their defining equation: the weighted squares about the line add up to the degrees of freedom."""
    draws = np.random.default_rng(2)
    noise = draws.uniform(0.01, 0.5, 50)
    values = draws.normal(0, np.sqrt(0.2 + noise))
    design = np.ones((50, 1))
    weights = mixed_weights(design, values, noise)
    rest = values - (weights * values).sum() / weights.sum()
    # weights are scaled to mean 1: undo it by the one unknown, the variance between periods
    scale = (weights[0] / weights[1] * noise[0] - noise[1]) / (1 - weights[0] / weights[1])
    assert scale > 0
    assert (rest**2 / (scale + noise)).sum() == pytest.approx(49, rel=1e-4)
    calm = mixed_weights(design, np.zeros(50), noise)
    assert calm * noise == pytest.approx(np.full(50, (calm * noise)[0]))


def test_a_change_of_known_size_is_given_back():
    """No noise at all: 10 falling by 0.1 a month, 3 less from the event on, and the trend doubled."""
    months = np.arange(48)
    after = months >= 20
    found = before_after(levels(months, 10 - 0.1 * months - 3 * after - 0.1 * after * (months - 20)), 20, slope=True)
    assert found.slope is not None
    assert (found.step.estimate, found.trend.estimate, found.slope.estimate) == pytest.approx((-3, -0.1, -0.1))
    assert found.step.p < 1e-9
    assert found.periods == (20, 28)
    assert before_after(levels(months, np.full(48, 7.0)), 20).step.p > 0.99


def test_a_factor_is_a_factor():
    """A fall by 20 percent of a count is a factor of 0.8, with an interval of factors."""
    months = np.arange(40)
    found = before_after(counts(months, np.where(months >= 20, 8_000_000, 10_000_000)), 20)
    estimate, low, high = found.step.factors()
    assert estimate == pytest.approx(0.8)
    assert 0 < low <= estimate <= high
    assert found.n == (20 * 10_000_000, 20 * 8_000_000)


def test_the_plain_difference_stands_beside():
    """Of shares all records together, by Newcombe; of others the months' means, by Welch."""
    draws = np.random.default_rng(3)
    share = monthly_shares(draws, 40, 15)
    before, after = share.before(15), share.after(15)
    assert plain_difference(share, 15) == share_difference(
        *(float(part.sum()) for part in (after.successes, after.n, before.successes, before.n))
    )
    level = levels(np.arange(40), draws.standard_normal(40))
    assert before_after(level, 15).plain == mean_difference(level.after(15).values, level.before(15).values)


def test_the_smallest_change_that_can_be_seen():
    """Bloom, Evaluation Review 19 (1995) 547-556: 2.8 standard errors for 80 percent power at the 5 percent level."""
    assert detectable(1.0, 1e9) == pytest.approx(2.80, abs=0.005)
    found = before_after(monthly_counts(np.random.default_rng(4), 60, 30), 30)
    assert found.detectable == pytest.approx(detectable(found.step.error, found.step.freedom))


def test_a_month_without_records_is_a_gap_and_the_month_of_the_event_can_be_left_out():
    found = shares([1, 2, 3, 4], [1, 0, 2, 3], [2, 0, 4, 4])
    assert found.periods.tolist() == [1, 3, 4]
    assert found.without(3).values.tolist() == [0.5, 0.75]
    assert (found.before(3).periods.tolist(), found.after(3).periods.tolist()) == ([1], [3, 4])


def test_how_sure_each_figure_is_by_itself():
    """The variance of a Poisson logarithm is 1/count (delta method), that of a share p(1 - p)/n of all together."""
    assert counts([1, 2], [50, 200], [10, 20]).noise == pytest.approx([1 / 50, 1 / 200])
    assert counts([1, 2], [50, 200], [10, 20]).values == pytest.approx(np.log([5, 10]))
    assert shares([1, 2], [10, 0], [20, 80]).noise == pytest.approx([0.09 / 20, 0.09 / 80])


def test_what_cannot_be_computed_says_what_it_needs():
    short = levels(np.arange(11), np.arange(11.0))
    with pytest.raises(NotComputableError, match="needs 6 periods before the event and 6 after it, and has 6 and 5"):
        before_after(short, 6)
    with pytest.raises(NotComputableError, match="needs 12 periods, and has 11"):
        change_point(short, orders(1, 9, 11))
    with pytest.raises(NotComputableError, match="above 0"):
        counts([1, 2], [3, 0])
    with pytest.raises(ValueError, match="ascending"):
        levels([2, 1], [1.0, 1.0])
    with pytest.raises(ValueError, match="leave the period out"):
        levels([1, 2], [1.0, np.nan])
    with pytest.raises(ValueError, match="every period"):
        change_point(levels(np.arange(12), np.arange(12.0)), orders(1, 9, 11))


def test_a_change_point_is_the_likeliest_day():
    """An independent implementation: the likelihood of every day and autocorrelation, with dense matrices."""
    draws = np.random.default_rng(6)
    months = np.arange(20)
    values = draws.standard_normal(20) + 2.0 * (months >= 9)

    def likelihood(design):
        """Twice the greatest log-likelihood, from the criterion less what REML adds to maximum likelihood."""
        best = -np.inf
        for likeness in np.arange(20) * 0.05:
            matrix = np.power(likeness, np.abs(months[:, None] - months).astype(float))
            coefficients = dense(design, values, months, np.ones(20), likeness)[0]
            rest = values - design @ coefficients
            squares = rest @ np.linalg.solve(matrix, rest)
            best = max(best, -20 * np.log(squares) - np.linalg.slogdet(matrix)[1])
        return best

    plain = np.column_stack([np.ones(20), months]).astype(float)
    gains = {
        day: likelihood(np.column_stack([plain, months >= day]).astype(float)) - likelihood(plain)
        for day in range(6, 15)
    }
    found = change_point(levels(months, values), orders(1, 99, 20))
    assert dict(found.profile) == pytest.approx(gains)
    assert found.period == max(gains, key=gains.get)
    assert found.statistic == pytest.approx(max(gains.values()))
    assert found == change_point(levels(months, values), orders(1, 99, 20))


def test_the_p_value_of_a_change_point_counts_the_series_itself():
    """A step of ten standard deviations: none of 19 redrawn series gains as much, and p is 1 in 20, never nought."""
    months = np.arange(60)
    values = np.random.default_rng(7).standard_normal(60) + 10.0 * (months >= 25)
    found = change_point(levels(months, values), orders(1, 19, 60))
    assert (found.period, found.p, found.redrawn) == (25, 1 / 20, 19)


def test_orders_are_permutations_and_hang_on_the_seed_alone():
    drawn = orders(3, 50, 12)
    assert (np.sort(drawn, axis=1) == np.arange(12)).all()
    assert (drawn == orders(3, 50, 12)).all()
    assert (drawn != orders(4, 50, 12)).any()


def test_placebos_rank_the_event_among_all_days():
    """A planted step is the strongest day of all; its p-value is its rank over the days that were tried."""
    series = monthly_counts(np.random.default_rng(8), 40, 18, effect=-0.5)
    found = placebos(series, 18)
    assert (found.rank, [day for day, _ in found.days]) == (1, list(range(6, 35)))
    assert found.p == 1 / 29
    assert dict(found.days)[18] == change(step_fit(series, 18), STEP)
    elsewhere = placebos(series, 30)
    assert elsewhere.rank > 1
    assert elsewhere.p == elsewhere.rank / 29


def test_the_day_after_a_month_that_is_left_out_is_no_other_day():
    """It parts the series as the event does, so its p-value is that of the event but for rounding."""
    series = monthly_counts(np.random.default_rng(8), 40, 18, effect=-0.5).without(17)
    found = placebos(series, 17)
    again = change(step_fit(series, 18), STEP)
    assert dict(found.days)[17].p == pytest.approx(again.p)
    assert [day for day, _ in found.days] == [*range(6, 17), 17, *range(19, 35)]
    assert found.rank == 1


@pytest.mark.parametrize(
    ("made", "effect", "truth"), [(monthly_counts, -0.2, np.log(0.8)), (monthly_shares, -0.06, -0.06)]
)
def test_the_interval_covers_the_planted_effect(made, effect, truth):
    """500 seeded series of 72 months with a trend, neighbours alike (0.3), an effect planted: 92 to 98 percent of 95."""
    draws, covered = np.random.default_rng(20), 0
    for _ in range(REPLICATIONS):
        step = change(step_fit(made(draws, 72, 40, trend=0.002, effect=effect), 40), STEP)
        covered += step.low <= truth <= step.high
    assert 0.92 <= covered / REPLICATIONS <= 0.98


@pytest.mark.parametrize(
    ("made", "length", "settings"),
    [
        (monthly_counts, 72, {"likeness": 0.0}),
        (monthly_counts, 72, {"likeness": 0.0, "trend": 0.015}),
        (monthly_counts, 48, {"likeness": 0.3, "trend": 0.015}),
        (monthly_shares, 72, {"likeness": 0.3, "trend": 0.003}),
        (monthly_counts, 108, {"likeness": 0.6, "trend": -0.005, "usual": 90_000.0, "spread": 0.06}),
    ],
)
def test_without_an_effect_the_test_fires_at_its_rate(made, length, settings):
    """500 seeded series in which nothing happened: 2.5 to 8 percent of them fire at 5 percent, trend or none.

    The last is the project's own generator of synthetic records, with its defaults.
    """
    draws, fired = np.random.default_rng(21), 0
    for _ in range(REPLICATIONS):
        fired += change(step_fit(made(draws, length, length // 2, **settings), length // 2), STEP).p <= 0.05
    assert 0.025 <= fired / REPLICATIONS <= 0.08


def test_a_trend_alone_fools_the_plain_difference_and_not_the_step():
    """Why the step is the answer: a rising series in which nothing happened."""
    series = monthly_counts(np.random.default_rng(22), 72, 36, trend=0.015)
    found = before_after(series, 36)
    assert found.plain.low > 0
    assert found.step.low < 0 < found.step.high


def test_the_change_point_check_fires_at_its_rate_and_finds_what_is_there():
    """150 seeded series with a trend and nothing else: at most 10 percent fire at 5. Of 40 with a fall by 30, most."""
    draws, shuffles = np.random.default_rng(23), orders(5, 99, 48)
    quiet = [change_point(monthly_counts(draws, 48, 24, trend=0.01), shuffles).p <= 0.05 for _ in range(150)]
    assert 0.01 <= np.mean(quiet) <= 0.1
    found = [change_point(monthly_counts(draws, 48, 24, trend=0.01, effect=-0.3), shuffles) for _ in range(40)]
    assert np.mean([each.p <= 0.05 for each in found]) > 0.7
    assert np.mean([abs(each.period - 24) <= 2 for each in found]) > 0.8


def test_the_placebo_rank_is_no_smaller_by_chance_than_it_says():
    """80 seeded series in which nothing happened: ranks spread evenly, and hardly any event is among the first."""
    draws = np.random.default_rng(24)
    ranks = np.array([placebos(monthly_counts(draws, 28, 14, likeness=0.0), 14).p for _ in range(80)])
    assert (ranks <= 0.1).mean() <= 0.2
    assert 0.4 <= ranks.mean() <= 0.65
