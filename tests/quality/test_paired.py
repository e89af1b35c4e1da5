"""The bound on a paired difference against the likelihood itself, maximised by scipy."""

import math
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize_scalar

from station_app.quality.paired import difference_bound, pairs_needed


@st.composite
def tables(draw: st.DrawFn) -> tuple[int, int, int]:
    pairs = draw(st.integers(1, 400))
    more = draw(st.integers(0, pairs))
    return more, draw(st.integers(0, pairs - more)), pairs


def score_by_likelihood(more: int, fewer: int, pairs: int, delta: float) -> float:
    """The score statistic with the nuisance share found by maximising the likelihood under the difference."""

    def loss(first_only: float) -> float:
        shares = (first_only + delta, first_only, 1 - 2 * first_only - delta)
        counts = (more, fewer, pairs - more - fewer)
        return -sum(n * math.log(max(p, 1e-300)) for n, p in zip(counts, shares, strict=True) if n)

    low, high = max(0.0, -delta), (1 - delta) / 2
    first_only = float(minimize_scalar(loss, bounds=(low, high), method="bounded", options={"xatol": 1e-12}).x)
    variance = pairs * (2 * first_only + delta - delta * delta)
    return (more - fewer - pairs * delta) / math.sqrt(variance)


@pytest.mark.parametrize(
    ("more", "fewer", "pairs"), [(0, 0, 20), (1, 0, 50), (5, 8, 150), (12, 3, 200), (0, 6, 90), (30, 30, 100)]
)
def test_it_is_the_score_test_inverted(more: int, fewer: int, pairs: int) -> None:
    z = NormalDist().inv_cdf(0.95)
    found = brentq(
        lambda delta: score_by_likelihood(more, fewer, pairs, delta) + z, (more - fewer) / pairs + 1e-9, 1 - 1e-9
    )
    assert difference_bound(more, fewer, pairs) == pytest.approx(found, abs=1e-5)


def test_without_a_difference_the_number_of_pairs_decides() -> None:
    z2 = NormalDist().inv_cdf(0.95) ** 2
    assert difference_bound(0, 0, 100) == pytest.approx(z2 / (100 + z2))
    assert difference_bound(0, 0, 0) == 1.0


@given(st.floats(0.001, 0.9), st.floats(0.6, 0.999))
def test_as_many_pairs_as_needed_and_not_one_fewer(margin: float, confidence: float) -> None:
    needed = pairs_needed(margin, confidence)
    assert difference_bound(0, 0, needed, confidence) <= margin + 1e-9
    assert needed == 1 or difference_bound(0, 0, needed - 1, confidence) > margin - 1e-9


@given(tables())
def test_it_lies_above_what_was_seen_and_rises_with_every_worse_pair(table: tuple[int, int, int]) -> None:
    more, fewer, pairs = table
    bound = difference_bound(more, fewer, pairs)
    assert (more - fewer) / pairs - 1e-12 <= bound <= 1
    if more + fewer < pairs:
        assert difference_bound(more + 1, fewer, pairs) >= bound - 1e-9
        assert difference_bound(more, fewer + 1, pairs) <= bound + 1e-9


@given(tables(), st.floats(0.6, 0.99), st.floats(0.6, 0.99))
def test_more_confidence_is_never_a_lower_bound(table: tuple[int, int, int], one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert difference_bound(*table, low) <= difference_bound(*table, high) + 1e-9


@pytest.mark.parametrize(("more", "fewer", "pairs"), [(-1, 0, 5), (3, 3, 5)])
def test_counts_that_are_no_pairs_are_refused(more: int, fewer: int, pairs: int) -> None:
    with pytest.raises(ValueError, match="are no pairs"):
        difference_bound(more, fewer, pairs)


@pytest.mark.parametrize("margin", [0.0, 1.0])
def test_a_margin_is_a_share(margin: float) -> None:
    with pytest.raises(ValueError, match="margin"):
        pairs_needed(margin)
