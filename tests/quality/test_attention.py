"""Signs of stamping: at the limits of the rule, from enough decisions, as a figure of the team."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from station_app.quality.attention import Sign, TeamAttention, median_estimate, team_attention
from station_app.quality.estimate import CannotSay, Estimate, Lack


def attention(seconds: float, agreed: int, missed: int, seeded: int = 20) -> TeamAttention:
    answer = team_attention([seconds] * 1000, agreed, seeded, missed)
    assert isinstance(answer, TeamAttention)
    return answer


@pytest.mark.parametrize(
    ("seconds", "agreed", "missed", "signs"),
    [
        (0.8, 996, 2, ()),
        (0.79, 900, 0, (Sign.QUICK,)),
        (2.0, 996, 3, (Sign.AGREES_AND_MISSES,)),
        (2.0, 995, 3, ()),
        (2.0, 1000, 0, ()),
        (0.3, 1000, 20, (Sign.QUICK, Sign.AGREES_AND_MISSES)),
    ],
)
def test_the_signs_and_their_limits(seconds: float, agreed: int, missed: int, signs: tuple[Sign, ...]) -> None:
    assert attention(seconds, agreed, missed).signs == signs


def test_agreement_is_no_sign_where_nothing_was_seeded() -> None:
    answer = attention(3.0, 1000, 0, seeded=0)
    assert answer.signs == ()
    assert (answer.seeded_misses.low, answer.seeded_misses.high) == (0.0, 1.0)


def test_few_decisions_say_nothing() -> None:
    assert team_attention([0.1] * 150, 150, 20, 20) == CannotSay(Lack.DECISIONS, 50)


@given(st.lists(st.floats(0, 100), min_size=6, max_size=300), st.sampled_from([0.9, 0.95]))
def test_the_median_lies_between_the_order_statistics_of_the_oracle(values: list[float], confidence: float) -> None:
    answer = median_estimate(values, confidence)
    assert isinstance(answer, Estimate)
    ranked, n = sorted(values), len(values)
    depth = max(k for k in range(1, n) if stats.binom.cdf(k - 1, n, 0.5) <= (1 - confidence) / 2 + 1e-12)
    assert (answer.low, answer.high) == (ranked[depth - 1], ranked[n - depth])
    assert answer.low <= answer.value <= answer.high


@given(st.integers(0, 5))
def test_a_median_of_too_few_values_says_how_many_are_missing(n: int) -> None:
    assert median_estimate([1.0] * n) == CannotSay(Lack.DECISIONS, 6 - n)
