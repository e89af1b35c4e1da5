"""The incomplete gamma function, the quantiles and the intervals of counts against scipy, statsmodels and R."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats
from statsmodels.stats.rates import confint_poisson

from station_app.quality.gamma_interval import fay_feuer, poisson_exact, weighted_upper_bound
from station_app.quality.incomplete_gamma import incomplete_gamma, inverse_incomplete_gamma
from station_app.quality.quantiles import chi_square_quantile, normal_two_sided, student_t_two_sided

confidences = st.sampled_from([0.8, 0.9, 0.95, 0.99])
weighted = st.lists(st.tuples(st.floats(1e-6, 1), st.integers(0, 300)), min_size=1, max_size=6)

BIRTHS = (230061, 329449, 114920, 39487, 14208, 3052)
CASES = (107, 141, 60, 40, 39, 25)
STANDARD = (63986.6, 186263.6, 157302.2, 97647.0, 47572.6, 12262.6)


@given(st.floats(0.3, 5000), st.floats(0, 10000))
def test_incomplete_gamma_agrees_with_the_oracle(shape: float, x: float) -> None:
    assert incomplete_gamma(shape, x) == pytest.approx(float(special.gammainc(shape, x)), rel=1e-9, abs=1e-12)


@given(st.floats(0.3, 5000), st.floats(1e-6, 1 - 1e-6))
def test_the_inverse_agrees_with_the_oracle(shape: float, p: float) -> None:
    assert inverse_incomplete_gamma(shape, p) == pytest.approx(float(special.gammaincinv(shape, p)), rel=1e-9)


@given(st.integers(1, 500), st.floats(0.001, 0.999))
def test_quantiles_agree_with_the_oracle(freedom: int, p: float) -> None:
    assert chi_square_quantile(freedom, p) == pytest.approx(float(stats.chi2.ppf(p, freedom)), rel=1e-9)
    assert student_t_two_sided(freedom, p) == pytest.approx(float(stats.t.ppf((1 + p) / 2, freedom)), rel=1e-9)
    assert normal_two_sided(p) == pytest.approx(float(stats.norm.ppf((1 + p) / 2)), rel=1e-9)


@given(st.integers(0, 5000), confidences)
def test_an_exact_count_agrees_with_the_oracle(count: int, confidence: float) -> None:
    low, high = confint_poisson(count, 1, method="exact-c", alpha=1 - confidence)
    assert poisson_exact(count, confidence) == pytest.approx((float(low) if count else 0.0, float(high)), rel=1e-9)


@given(weighted, confidences)
def test_fay_feuer_agrees_with_its_formula_on_the_oracle(sample: list[tuple[float, int]], confidence: float) -> None:
    weights, counts = [w for w, _ in sample], [x for _, x in sample]
    y, v, widest = sum(w * x for w, x in sample), sum(w * w * x for w, x in sample), max(weights)
    tail = (1 - confidence) / 2
    low = float(stats.gamma.ppf(tail, y * y / v, scale=v / y)) if y else 0.0
    high_y, high_v = y + widest, v + widest**2
    high = float(stats.gamma.ppf(1 - tail, high_y**2 / high_v, scale=high_v / high_y))
    assert fay_feuer(weights, counts, confidence) == pytest.approx((low, high), rel=1e-9)


def test_births_with_downs_syndrome_standardised_by_age() -> None:
    """Fleiss 1981 p. 249, the example of Fay and Feuer and of epitools::ageadjust.direct: 92.3 per 100,000."""
    weights = [standard / sum(STANDARD) / births for standard, births in zip(STANDARD, BIRTHS, strict=True)]
    rate = sum(w * x for w, x in zip(weights, CASES, strict=True))
    variance = sum(w * w * x for w, x in zip(weights, CASES, strict=True))
    assert rate == pytest.approx(0.00092305, abs=5e-9)
    assert variance == pytest.approx(3.919e-9, abs=5e-13)
    low, high = fay_feuer(weights, CASES)
    assert low == pytest.approx(float(stats.gamma.ppf(0.025, rate**2 / variance, scale=variance / rate)), rel=1e-9)
    assert low < rate < high


def test_nothing_found_is_the_rule_of_three() -> None:
    assert fay_feuer([1 / 1000], [0])[0] == 0.0
    assert weighted_upper_bound([1 / 1000], [0], 0.95) == pytest.approx(-math.log(0.05) / 1000)
    assert weighted_upper_bound([1 / 1000], [0], 0.95) == pytest.approx(3 / 1000, rel=2e-3)


def test_what_has_no_meaning_is_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        incomplete_gamma(0, 1)
    with pytest.raises(ValueError, match="probability"):
        inverse_incomplete_gamma(1, 2)
    with pytest.raises(ValueError, match="negative"):
        poisson_exact(-1)
    assert math.isinf(inverse_incomplete_gamma(2, 1.0))
    assert inverse_incomplete_gamma(2, 0.0) == 0.0
