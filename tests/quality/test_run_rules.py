"""The run rules against a plain reading of their names, and against the known rate of their false alarms."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.quality.run_rules import NELSON, STATION, WESTERN_ELECTRIC, Breach, RunRule, breaches

series = st.lists(st.sampled_from([-3.5, -2.5, -1.5, -0.9, -0.5, 0.0, 0.5, 0.9, 1.5, 2.5, 3.5]), max_size=40)


def plain(rule: RunRule, z: list[float], at: int) -> bool:
    """The rules as one would read them aloud, each over the points up to `at`."""

    def last(n: int) -> list[float]:
        return z[at - n + 1 : at + 1] if at >= n - 1 else []

    def beyond(sigmas: float, wanted: int, window: int) -> bool:
        seen = z[max(0, at - window + 1) : at + 1]
        up, down = [v > sigmas for v in seen], [v < -sigmas for v in seen]
        return any(sum(side) >= wanted and side[-1] for side in (up, down))

    steps = [b - a for a, b in itertools.pairwise(last(14))]
    trend = [b - a for a, b in itertools.pairwise(last(6))]
    return {
        RunRule.BEYOND_THREE_SIGMA: abs(z[at]) > 3,
        RunRule.NINE_ON_ONE_SIDE: beyond(0, 9, 9),
        RunRule.SIX_RISING_OR_FALLING: bool(trend) and (min(trend) > 0 or max(trend) < 0),
        RunRule.FOURTEEN_UP_AND_DOWN: bool(steps) and all(a * b < 0 for a, b in itertools.pairwise(steps)),
        RunRule.TWO_OF_THREE_BEYOND_TWO_SIGMA: beyond(2, 2, 3),
        RunRule.FOUR_OF_FIVE_BEYOND_ONE_SIGMA: beyond(1, 4, 5),
        RunRule.FIFTEEN_WITHIN_ONE_SIGMA: bool(last(15)) and max(abs(v) for v in last(15)) < 1,
        RunRule.EIGHT_OUTSIDE_ONE_SIGMA: bool(last(8)) and min(abs(v) for v in last(8)) > 1,
        RunRule.EIGHT_ON_ONE_SIDE: beyond(0, 8, 8),
    }[rule]


@given(series)
def test_a_breach_is_told_where_and_only_where_its_rule_is_broken(z: list[float]) -> None:
    told = {(breach.rule, breach.at) for breach in breaches(z, RunRule)}
    assert told == {(rule, at) for rule in RunRule for at in range(len(z)) if plain(rule, z, at)}


@given(series)
def test_a_breach_names_its_points_and_ends_with_the_newest(z: list[float]) -> None:
    for breach in breaches(z, RunRule):
        assert breach.points[-1] == breach.at
        assert list(breach.points) == sorted(set(breach.points))


@given(series)
def test_turning_a_chart_over_changes_nothing(z: list[float]) -> None:
    assert breaches(z, RunRule) == breaches([-v for v in z], RunRule)


@pytest.mark.parametrize(
    ("z", "breach"),
    [
        ([0.0, 3.1], Breach(RunRule.BEYOND_THREE_SIGMA, 1, (1,))),
        ([0.1] * 9, Breach(RunRule.NINE_ON_ONE_SIDE, 8, tuple(range(9)))),
        ([0.0, 0.1, 0.2, 0.3, 0.4, 0.5], Breach(RunRule.SIX_RISING_OR_FALLING, 5, tuple(range(6)))),
        ([0.5, -0.5] * 7, Breach(RunRule.FOURTEEN_UP_AND_DOWN, 13, tuple(range(14)))),
        ([2.1, 0.0, 2.2], Breach(RunRule.TWO_OF_THREE_BEYOND_TWO_SIGMA, 2, (0, 2))),
        ([1.1, 1.2, 0.0, 1.3, 1.4], Breach(RunRule.FOUR_OF_FIVE_BEYOND_ONE_SIGMA, 4, (0, 1, 3, 4))),
        ([0.3, -0.2, -0.3] * 5, Breach(RunRule.FIFTEEN_WITHIN_ONE_SIGMA, 14, tuple(range(15)))),
        ([1.1, -1.2, -1.1, 1.2] * 2, Breach(RunRule.EIGHT_OUTSIDE_ONE_SIGMA, 7, tuple(range(8)))),
    ],
)
def test_each_of_nelsons_rules(z: list[float], breach: Breach) -> None:
    assert breach in breaches(z, NELSON)
    assert {found.rule for found in breaches(z, NELSON)} == {breach.rule}


def test_each_point_beyond_three_sigmas_stands_for_itself() -> None:
    rule = RunRule.BEYOND_THREE_SIGMA
    assert breaches([3.2, 3.1], [rule]) == (Breach(rule, 0, (0,)), Breach(rule, 1, (1,)))


def test_the_sets_are_what_their_names_say() -> None:
    assert len(NELSON) == 8
    assert RunRule.EIGHT_ON_ONE_SIDE not in NELSON
    assert len(WESTERN_ELECTRIC) == 4
    assert set(STATION) < set(NELSON)
    assert breaches([0.5, 0.4, 0.3, 0.2, 0.1, 0.0]) == ()


def test_a_sound_process_breaks_the_rules_as_rarely_as_published() -> None:
    """One in 370 for the first (normal tails), one in 256 for a run of nine (2 x 0.5^9)."""
    z = np.random.default_rng(8).standard_normal(100_000).tolist()
    found = breaches(z, STATION)
    shares = {rule: sum(breach.rule is rule for breach in found) / len(z) for rule in STATION}
    assert shares[RunRule.BEYOND_THREE_SIGMA] == pytest.approx(0.0027, abs=6e-4)
    assert shares[RunRule.NINE_ON_ONE_SIDE] == pytest.approx(2 * 0.5**9, abs=1e-3)
