"""How surprising a count is: as the textbook says, and finite however large."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import gammaln, logsumexp
from scipy.stats import poisson

from fourfold.picture.surprise import surprise


@given(times=st.integers(1, 200), expected=st.floats(1e-6, 300))
def test_it_is_the_tail_of_poisson(times, expected):
    tail = poisson.sf(times - 1, expected)
    if tail > 1e-250:
        assert surprise(times, expected) == pytest.approx(-np.log10(tail), abs=1e-6)


@given(times=st.integers(300, 5000), expected=st.floats(1e-6, 20))
def test_beyond_the_smallest_number_it_is_still_the_tail(times, expected):
    k = np.arange(times, times + 2000)
    by_hand = logsumexp(k * np.log(expected) - expected - gammaln(k + 1))
    assert surprise(times, expected) == pytest.approx(-by_hand / np.log(10), rel=1e-4)


def test_of_many_at_once_each_stands_for_itself():
    found = surprise([1, 3, 3383], [0.0, 0.5, 10.0])
    assert np.round(found[:2], 2).tolist() == [6.0, 1.84]
    assert np.isfinite(found).all()
