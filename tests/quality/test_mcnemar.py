"""McNemar's test against statsmodels and the published examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar as oracle

from station_app.quality.estimate import CannotSay, Lack
from station_app.quality.mcnemar import McNemar, mcnemar


def result_of(only_first: int, only_second: int) -> McNemar:
    answer = mcnemar(only_first, only_second, only_first + only_second)
    assert isinstance(answer, McNemar)
    return answer


@given(st.integers(0, 300), st.integers(0, 300))
def test_the_exact_test_agrees_with_the_oracle(b: int, c: int) -> None:
    if b + c == 0:
        return
    answer = result_of(b, c)
    assert answer.exact_p == pytest.approx(float(oracle([[5, b], [c, 5]], exact=True).pvalue), abs=1e-9)
    mid = 2 * stats.binom.cdf(min(b, c), b + c, 0.5) - stats.binom.pmf(min(b, c), b + c, 0.5)
    assert answer.mid_p == pytest.approx(float(mid), abs=1e-9)
    assert 0 < answer.mid_p <= answer.exact_p <= 1


@given(st.integers(0, 200_000), st.integers(0, 200_000))
def test_it_holds_for_as_many_pairs_as_a_station_ever_has(b: int, c: int) -> None:
    if b + c <= 4000:
        return
    answer = result_of(b, c)
    exact = min(1.0, 2 * stats.binom.cdf(min(b, c), b + c, 0.5))
    assert answer.exact_p == pytest.approx(float(exact), rel=1e-6, abs=1e-15)
    mid = 2 * stats.binom.cdf(min(b, c), b + c, 0.5) - stats.binom.pmf(min(b, c), b + c, 0.5)
    assert answer.mid_p == pytest.approx(float(mid), rel=1e-6, abs=1e-15)


def test_airway_hyper_responsiveness() -> None:
    """Bentur et al. in Fagerland, Lydersen and Laake (2013), table 1: exact 0.070, mid-p 0.039."""
    answer = result_of(1, 7)
    assert (round(answer.exact_p, 3), round(answer.mid_p, 3)) == (0.070, 0.039)


@pytest.mark.parametrize(("b", "c", "p"), [(3, 14, 0.013), (3, 8, 0.23)])
def test_the_examples_of_the_shadow_model(b: int, c: int, p: float) -> None:
    assert result_of(b, c).exact_p == pytest.approx(p, rel=0.03)


def test_equal_numbers_show_no_difference() -> None:
    answer = result_of(6, 6)
    assert (answer.exact_p, answer.first.value) == (1.0, 0.5)


def test_agreement_alone_says_nothing_about_which_is_better() -> None:
    assert mcnemar(0, 0, 50) == CannotSay(Lack.DECISIONS, 1)
    with pytest.raises(ValueError, match="no pairs"):
        mcnemar(3, 3, 5)
