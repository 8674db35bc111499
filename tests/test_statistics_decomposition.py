"""Decomposition of a change into change of records and change of definition."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scaudit.statistics.decomposition import decompose

FIGURES = st.tuples(*[st.floats(-1e6, 1e6)] * 2)


def test_a_worked_example():
    """By hand: 400 counted of the old records, 600 under the wider definition; of the new records 300 and 500.

    As the figures stand, 400 became 500: a rise by 100. Under one definition the records fell by 100; the definition
    added 200, in either order.
    """
    found = decompose((400, 600), (300, 500))
    assert (found.total, found.interaction) == (100, 0)
    assert (found.mean.records, found.mean.definition) == (-100, 200)
    assert found.records_first == found.definition_first == found.mean


def test_the_mean_is_that_of_kitagawa():
    """Kitagawa, JASA 50 (1955) 1168-1194: of a product rate x share, each cause weighs the mean of the other factor."""
    (share_then, share_now), (rate_then, rate_now) = (0.3, 0.5), (40.0, 60.0)
    found = decompose((share_then * rate_then, share_then * rate_now), (share_now * rate_then, share_now * rate_now))
    assert found.mean.records == pytest.approx((share_now - share_then) * (rate_then + rate_now) / 2)
    assert found.mean.definition == pytest.approx((rate_now - rate_then) * (share_then + share_now) / 2)
    assert found.interaction == pytest.approx(0.2 * 20)


@settings(derandomize=True, database=None, deadline=None, max_examples=200)
@given(FIGURES, FIGURES)
def test_the_parts_add_up_and_causes_change_places(old, new):
    """Efficiency, symmetry and null player: the axioms of Shapley's value, for two causes."""
    found = decompose(old, new)
    for split in (found.records_first, found.definition_first, found.mean):
        assert split.records + split.definition == pytest.approx(found.total, abs=1e-6)
    turned = decompose((old[0], new[0]), (old[1], new[1]))
    assert (turned.mean.records, turned.mean.definition) == pytest.approx(
        (found.mean.definition, found.mean.records), abs=1e-6
    )
    assert decompose(old, old).mean.records == 0
