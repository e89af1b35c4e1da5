"""Control charts against a published example, an independent computation and simulated sound processes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.quality.control_limits import ChartKind, Limits, Subgroup, freeze_limits, place
from station_app.quality.estimate import CannotSay, Lack, Method

ORANGE_JUICE = (
    12,
    15,
    8,
    10,
    4,
    7,
    16,
    9,
    14,
    10,
    5,
    6,
    17,
    12,
    22,
    8,
    10,
    5,
    13,
    11,
    20,
    18,
    24,
    15,
    9,
    12,
    7,
    13,
    9,
    6,
)
"""Nonconforming cans in 30 samples of 50: Montgomery, Introduction to Statistical Quality Control, table 7.1."""


@st.composite
def subgroup(draw: st.DrawFn) -> Subgroup:
    size = draw(st.integers(1, 5000))
    return Subgroup(draw(st.integers(0, size)), size)


bases = st.lists(subgroup(), min_size=25, max_size=40)


def limits_of(kind: ChartKind, base: list[Subgroup]) -> Limits:
    limits = freeze_limits(kind, base)
    assert isinstance(limits, Limits)
    return limits


def test_the_orange_juice_cans() -> None:
    """Montgomery's example 7.1: centre 0.2313, limits 0.0524 and 0.4102; samples 15 and 23 are out."""
    cans = [Subgroup(count, 50) for count in ORANGE_JUICE]
    limits = limits_of(ChartKind.P, cans)
    points = place(limits, cans)
    assert (limits.centre.count, limits.centre.total) == (347, 1500)
    assert round(limits.centre.value, 4) == 0.2313
    assert points[0].low == pytest.approx(0.0524, abs=6e-5)
    assert points[0].high == pytest.approx(0.4102, abs=6e-5)
    assert [point.index + 1 for point in points if point.is_out] == [15, 23]


@given(bases, st.sampled_from(ChartKind))
def test_limits_agree_with_their_formulas(base: list[Subgroup], kind: ChartKind) -> None:
    limits = freeze_limits(kind, base)
    if isinstance(limits, CannotSay):
        return
    x, n = np.array([g.count for g in base]), np.array([g.size for g in base])
    centre = x.sum() / n.sum()
    sigma = np.sqrt(centre * (1 - centre) / n) if kind.is_share else np.sqrt(centre / n)
    z = (x / n - centre) / sigma
    widen = np.abs(np.diff(z)).mean() / 1.128 if kind.is_prime else 1.0
    points = place(limits, base)
    assert limits.sigma_z == pytest.approx(widen, rel=1e-9)
    assert [p.z for p in points] == pytest.approx(z / widen, rel=1e-9, abs=1e-9)
    assert [p.low for p in points] == pytest.approx(np.maximum(0, centre - 3 * sigma * widen), abs=1e-9)
    high = centre + 3 * sigma * widen
    assert [p.high for p in points] == pytest.approx(np.minimum(1, high) if kind.is_share else high, abs=1e-9)
    assert limits.centre.low <= limits.centre.value <= limits.centre.high


@given(bases, st.lists(subgroup(), max_size=5))
@settings(max_examples=30)
def test_frozen_limits_do_not_follow_what_comes_later(base: list[Subgroup], later: list[Subgroup]) -> None:
    limits = freeze_limits(ChartKind.P, base)
    if isinstance(limits, Limits):
        assert place(limits, base) == place(limits, [*base, *later])[: len(base)]


def false_signals(kind: ChartKind, extra: float) -> float:
    """The share of points of a sound process outside the limits; `extra` is its spread from subgroup to subgroup."""
    generator = np.random.default_rng(5)
    out = total = 0
    for _ in range(60):
        share = 0.05 * (1 + extra * generator.standard_normal(100))
        groups = [Subgroup(int(x), 2000) for x in generator.binomial(2000, np.clip(share, 0, 1))]
        points = place(limits_of(kind, groups[:50]), groups[50:])
        out, total = out + sum(point.is_out for point in points), total + len(points)
    return out / total


def test_a_plain_chart_cries_wolf_where_the_process_varies_by_itself_and_laneys_does_not() -> None:
    assert false_signals(ChartKind.P, 0.2) > 0.03
    assert false_signals(ChartKind.P_PRIME, 0.2) < 0.02


def test_laneys_chart_is_the_plain_one_where_there_is_no_extra_variation() -> None:
    generator = np.random.default_rng(6)
    groups = [Subgroup(int(x), 500) for x in generator.binomial(500, 0.1, 2000)]
    assert limits_of(ChartKind.P_PRIME, groups).sigma_z == pytest.approx(1.0, abs=0.06)
    defects = [Subgroup(int(x), 500) for x in generator.poisson(50, 2000)]
    assert limits_of(ChartKind.U_PRIME, defects).sigma_z == pytest.approx(1.0, abs=0.06)


def test_subgroups_without_parts_have_no_point_and_leave_their_gap() -> None:
    base = [Subgroup(n % 3, 100) for n in range(30)]
    points = place(limits_of(ChartKind.P, base), [Subgroup(1, 100), Subgroup(0, 0), Subgroup(2, 100)])
    assert [point.index for point in points] == [0, 2]


@pytest.mark.parametrize(
    ("kind", "base", "lack"),
    [
        (ChartKind.P, [Subgroup(1, 10)] * 24 + [Subgroup(0, 0)], CannotSay(Lack.SUBGROUPS, 1)),
        (ChartKind.U, [Subgroup(0, 10)] * 25, CannotSay(Lack.DEFECTS, 1)),
        (ChartKind.P, [Subgroup(10, 10)] * 25, CannotSay(Lack.GOOD_PARTS, 1)),
        (ChartKind.P_PRIME, [Subgroup(1, 10)] * 25, CannotSay(Lack.SUBGROUPS, 1)),
    ],
)
def test_a_base_that_sets_no_limits_says_so(kind: ChartKind, base: list[Subgroup], lack: CannotSay) -> None:
    assert freeze_limits(kind, base) == lack


def test_the_interval_of_the_centre_names_its_method() -> None:
    base = [Subgroup(n % 4, 100) for n in range(30)]
    methods = [limits_of(kind, base).centre.method for kind in ChartKind]
    assert methods == [Method.CLOPPER_PEARSON, Method.SCALED_NORMAL, Method.POISSON_EXACT, Method.SCALED_NORMAL]


def test_numbers_that_are_no_subgroup_are_refused() -> None:
    with pytest.raises(ValueError, match="no subgroup"):
        Subgroup(1, 0)
    with pytest.raises(ValueError, match="none twice"):
        freeze_limits(ChartKind.P, [Subgroup(3, 2)])
    assert isinstance(freeze_limits(ChartKind.U, [Subgroup(3, 2)] * 25), Limits)
