"""Wald's sequential test: its error rates against simulation and his own bounds, its limits against scipy."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from station_app.quality.sequential import Ruling, ShareTest, rule

USUAL = ShareTest(0.01, 0.05, 0.05, 0.05)
shares = st.floats(0.001, 0.4)
errors = st.floats(0.005, 0.2)


@given(shares, st.floats(1.5, 2.4), errors, errors, st.integers(0, 400), st.integers(0, 400))
def test_the_ratio_is_that_of_two_binomials(
    good: float, times: float, alpha: float, beta: float, bad: int, fine: int
) -> None:
    test = ShareTest(good, good * times, alpha, beta)
    parts = bad + fine
    oracle = stats.binom.logpmf(bad, parts, good * times) - stats.binom.logpmf(bad, parts, good)
    assert test.log_ratio(bad, parts) == pytest.approx(float(oracle), abs=1e-6)


@given(st.integers(0, 60), st.integers(0, 2000), st.integers(0, 2000))
def test_more_bad_parts_never_help_and_more_good_ones_never_hurt(bad: int, fine: int, open_: int) -> None:
    order = [Ruling.PASSED, Ruling.GOES_ON, Ruling.STOPPED]

    def harm(bad: int, settled: int, parts: int) -> int:
        return order.index(rule(USUAL, bad, parts, settled, 200))

    settled = bad + fine
    assert harm(bad + 1, settled + 1, settled + open_ + 1) >= harm(bad, settled, settled + open_)
    assert harm(bad, settled + 1, settled + open_ + 1) <= harm(bad, settled, settled + open_)


@given(st.integers(0, 199))
def test_nothing_passes_before_enough_parts_have_settled(settled: int) -> None:
    assert rule(USUAL, 0, 10_000, settled, 200) is Ruling.GOES_ON


def test_it_stops_as_soon_as_the_bad_share_holds() -> None:
    rulings = [rule(USUAL, bad, bad + 20, bad + 20, 200) for bad in range(5)]
    assert rulings == [Ruling.GOES_ON] * 3 + [Ruling.STOPPED] * 2


@pytest.mark.parametrize(("share", "wrong"), [(0.01, Ruling.STOPPED), (0.05, Ruling.PASSED)])
def test_the_error_rates_hold(share: float, wrong: Ruling) -> None:
    """4,000 canaries of up to 3,000 parts, each part's outcome drawn; Wald's bound is 0.05 / 0.95."""
    draw = np.random.default_rng(20_26)
    bad = np.cumsum(draw.random((4000, 3000)) < share, axis=1)
    parts = np.arange(1, 3001)
    worse, better = math.log(5), math.log(0.95 / 0.99)
    ratio = bad * worse + (parts - bad) * better
    stopped = np.where((ratio >= USUAL.stop_at).any(axis=1), (ratio >= USUAL.stop_at).argmax(axis=1), 9999)
    passing = ratio <= USUAL.pass_at
    passed = np.where(passing.any(axis=1), passing.argmax(axis=1), 9999)
    first = np.minimum(stopped, passed)
    assert (first < 9999).mean() > 0.999
    errors = (stopped < passed) if wrong is Ruling.STOPPED else (passed < stopped)
    limit = 0.05 / 0.95
    assert errors.mean() <= limit + 3 * math.sqrt(limit * (1 - limit) / 4000)
    # The function rules as the sums do, at the very part.
    for row in range(40):
        at = int(first[row])
        expected = Ruling.STOPPED if stopped[row] < passed[row] else Ruling.PASSED
        assert rule(USUAL, int(bad[row, at]), at + 1, at + 1, 1) is expected
        assert at == 0 or rule(USUAL, int(bad[row, at - 1]), at, at, 1) is Ruling.GOES_ON


def test_what_is_no_test_is_refused() -> None:
    for good, bad, alpha, beta in ((0.05, 0.01, 0.05, 0.05), (0.0, 0.1, 0.05, 0.05), (0.1, 0.2, 0.6, 0.5)):
        with pytest.raises(ValueError, match="no"):
            ShareTest(good, bad, alpha, beta)
    with pytest.raises(ValueError, match="no count"):
        USUAL.log_ratio(3, 2)
    with pytest.raises(ValueError, match="no count"):
        rule(USUAL, 3, 2, 2, 200)
