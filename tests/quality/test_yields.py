"""Yields, rolled yield, DPMO and Pareto, against statsmodels and by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from station_app.quality.estimate import CannotSay, Estimate, Lack, Method
from station_app.quality.pareto import pareto
from station_app.quality.yields import VerdictCounts, Yields, defects_per_million, rolled_yield, yields

counts = st.builds(VerdictCounts, *[st.integers(0, 5000)] * 4)


@given(counts, st.integers(0, 15_000))
def test_yields_are_of_the_judged_parts_and_no_result_stands_apart(parts: VerdictCounts, accepted: int) -> None:
    answer = yields(parts, min(accepted, parts.judged))
    if not parts.judged:
        assert answer == CannotSay(Lack.PARTS, 1)
        return
    assert isinstance(answer, Yields)
    assert answer.first_pass.total == answer.final.total == parts.passed + parts.failed + parts.review
    assert answer.no_result.total == parts.judged + parts.no_result
    low, high = proportion_confint(parts.passed, parts.judged, method="wilson")
    assert (answer.first_pass.low, answer.first_pass.high) == pytest.approx((low, high), abs=1e-9)


@given(counts, st.integers(0, 5000))
def test_more_parts_without_a_result_change_no_yield(parts: VerdictCounts, more: int) -> None:
    worse = VerdictCounts(parts.passed, parts.failed, parts.review, parts.no_result + more)
    one, other = yields(parts, parts.passed), yields(worse, worse.passed)
    if isinstance(one, Yields) and isinstance(other, Yields):
        assert (one.first_pass, one.final) == (other.first_pass, other.final)


def test_more_accepted_than_judged_is_a_bug() -> None:
    with pytest.raises(ValueError, match="accepted"):
        yields(VerdictCounts(1, 1, 0, 5), 3)
    with pytest.raises(ValueError, match="negative"):
        VerdictCounts(-1, 0, 0, 0)


stages = st.lists(
    st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=4
)


@given(stages)
def test_the_rolled_yield_is_the_product_with_safe_limits(line: list[tuple[int, int]]) -> None:
    answer = rolled_yield(line)
    assert isinstance(answer, Estimate)
    each = 0.95 ** (1 / len(line))
    exact = [stats.binomtest(k, n).proportion_ci(each, "exact") for k, n in line]
    assert answer.value == pytest.approx(math.prod(k / n for k, n in line))
    assert answer.low == pytest.approx(math.prod(ci.low for ci in exact), abs=1e-9)
    assert answer.high == pytest.approx(math.prod(ci.high for ci in exact), abs=1e-9)
    assert answer.total == min(n for _, n in line)


def test_a_line_with_a_stage_that_nothing_entered_has_no_rolled_yield() -> None:
    assert rolled_yield([(5, 5), (0, 0)]) == CannotSay(Lack.PARTS, 1)
    assert rolled_yield([]) == CannotSay(Lack.PARTS, 1)


@given(st.integers(0, 3000), st.integers(1, 10_000), st.integers(1, 20))
def test_defects_per_million_agree_with_the_oracle(defects: int, units: int, opportunities: int) -> None:
    answer = defects_per_million(defects, units, opportunities)
    assert isinstance(answer, Estimate)
    low, high = confint_poisson(defects, units * opportunities, method="exact-c")
    assert answer.value == pytest.approx(1e6 * defects / (units * opportunities))
    assert answer.low == pytest.approx(1e6 * float(low) if defects else 0.0, rel=1e-9)
    assert answer.high == pytest.approx(1e6 * float(high), rel=1e-9)
    assert answer.method is Method.POISSON_EXACT


def test_defects_need_units() -> None:
    assert defects_per_million(0, 0, 3) == CannotSay(Lack.PARTS, 1)
    for numbers in ((1, 0, 3), (1, 1, 0)):
        with pytest.raises(ValueError, match="units"):
            defects_per_million(*numbers)


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 500), max_size=8))
def test_bars_fall_and_their_cumulated_share_rises_to_all(kinds: dict[str, int]) -> None:
    bars = pareto(kinds)
    assert {bar.name: bar.share.count for bar in bars} == {name: n for name, n in kinds.items() if n}
    heights = [bar.share.count for bar in bars]
    assert heights == sorted(heights, reverse=True)
    sums = [bar.cumulated.count for bar in bars]
    assert sums == [sum(heights[: n + 1]) for n in range(len(heights))]
    assert not bars or (bars[-1].cumulated.value == 1.0 and not bars[-1].leads)


@given(st.integers(1, 300), st.integers(1, 300))
def test_a_kind_leads_where_an_exact_test_says_so(one: int, other: int) -> None:
    first = pareto({"a": one, "b": other})[0]
    high, low = max(one, other), min(one, other)
    assert first.leads == (stats.binomtest(high, high + low, 0.5).pvalue < 0.05)


def test_a_pareto_of_nothing_is_empty() -> None:
    assert pareto({"scratch": 0}) == ()
    with pytest.raises(ValueError, match="negative"):
        pareto({"scratch": -1})
