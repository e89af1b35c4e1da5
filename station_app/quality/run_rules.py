"""Which patterns of points on a control chart are too unlikely to be chance. Pure.

Nelson, The Shewhart control chart: tests for special causes, Journal of Quality Technology 16 (1984) 237-239; Western
Electric, Statistical Quality Control Handbook (1956). Every further rule adds false alarms. A sound process breaks the
first alone once in 370 points, with the run of nine once in some 220, Western Electric's four once in 92 (Champ and
Woodall 1987), all eight of Nelson's once in some 70. The station's own choice is the first and the run of nine.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class RunRule(StrEnum):
    """Nelson's eight in their order, then the Western Electric run of eight."""

    BEYOND_THREE_SIGMA = "beyond_three_sigma"
    NINE_ON_ONE_SIDE = "nine_on_one_side"
    SIX_RISING_OR_FALLING = "six_rising_or_falling"
    FOURTEEN_UP_AND_DOWN = "fourteen_up_and_down"
    TWO_OF_THREE_BEYOND_TWO_SIGMA = "two_of_three_beyond_two_sigma"
    FOUR_OF_FIVE_BEYOND_ONE_SIGMA = "four_of_five_beyond_one_sigma"
    FIFTEEN_WITHIN_ONE_SIGMA = "fifteen_within_one_sigma"
    EIGHT_OUTSIDE_ONE_SIGMA = "eight_outside_one_sigma"
    EIGHT_ON_ONE_SIDE = "eight_on_one_side"


NELSON = tuple(RunRule)[:8]
WESTERN_ELECTRIC = (
    RunRule.BEYOND_THREE_SIGMA,
    RunRule.TWO_OF_THREE_BEYOND_TWO_SIGMA,
    RunRule.FOUR_OF_FIVE_BEYOND_ONE_SIGMA,
    RunRule.EIGHT_ON_ONE_SIDE,
)
STATION = (RunRule.BEYOND_THREE_SIGMA, RunRule.NINE_ON_ONE_SIDE)


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule broken at the point `at`, by `points` (places in the series, `at` the last)."""

    rule: RunRule
    at: int
    points: tuple[int, ...]


def breaches(z: Sequence[float], rules: Iterable[RunRule] = STATION) -> tuple[Breach, ...]:
    """Every breach, by point and then by rule; `z` is the distance of each point from the centre in sigmas.

    Each point that completes a pattern is told, so a run of ten breaks the run of nine twice.
    """
    chosen = [rule for rule in RunRule if rule in set(rules)]
    found = ((rule, at, _CHECKS[rule](z, at)) for at in range(len(z)) for rule in chosen)
    return tuple(Breach(rule, at, points) for rule, at, points in found if points)


Points = tuple[int, ...]
Check = Callable[[Sequence[float], int], Points]


def _beyond(sigmas: float, wanted: int, window: int) -> Check:
    """`wanted` of the last `window` points beyond so many sigmas on the side of the newest, the newest among them."""

    def check(z: Sequence[float], at: int) -> Points:
        side = 1 if z[at] > 0 else -1
        points = tuple(n for n in range(max(0, at - window + 1), at + 1) if side * z[n] > sigmas)
        return points if len(points) >= wanted and points[-1] == at else ()

    return check


def _all_of(length: int, holds: Callable[[float], bool]) -> Check:
    def check(z: Sequence[float], at: int) -> Points:
        points = tuple(range(at - length + 1, at + 1))
        return points if points[0] >= 0 and all(holds(z[n]) for n in points) else ()

    return check


def _steps(length: int, hold: Callable[[list[float]], bool]) -> Check:
    def check(z: Sequence[float], at: int) -> Points:
        points = tuple(range(at - length + 1, at + 1))
        return points if points[0] >= 0 and hold([z[n] - z[n - 1] for n in points[1:]]) else ()

    return check


def _one_way(steps: list[float]) -> bool:
    return all(step > 0 for step in steps) or all(step < 0 for step in steps)


def _to_and_fro(steps: list[float]) -> bool:
    return all(one * other < 0 for one, other in pairwise(steps))


_CHECKS: dict[RunRule, Check] = {
    RunRule.BEYOND_THREE_SIGMA: _beyond(3.0, 1, 1),
    RunRule.NINE_ON_ONE_SIDE: _beyond(0.0, 9, 9),
    RunRule.SIX_RISING_OR_FALLING: _steps(6, _one_way),
    RunRule.FOURTEEN_UP_AND_DOWN: _steps(14, _to_and_fro),
    RunRule.TWO_OF_THREE_BEYOND_TWO_SIGMA: _beyond(2.0, 2, 3),
    RunRule.FOUR_OF_FIVE_BEYOND_ONE_SIGMA: _beyond(1.0, 4, 5),
    RunRule.FIFTEEN_WITHIN_ONE_SIGMA: _all_of(15, lambda z: abs(z) < 1),
    RunRule.EIGHT_OUTSIDE_ONE_SIGMA: _all_of(8, lambda z: abs(z) > 1),
    RunRule.EIGHT_ON_ONE_SIDE: _beyond(0.0, 8, 8),
}
