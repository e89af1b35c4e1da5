"""Which of many signals moved most: a hint where to look first when the scores drift. Pure.

Scores, brightness, sharpness, over-exposure and so on, of each camera, each against its own frozen reference. That a
signal moved with the scores does not prove that it moved them.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from station_app.quality.estimate import CONFIDENCE, CannotSay, Estimate, Method
from station_app.quality.population_shift import PopulationShift, Values, population_shift
from station_app.quality.quantiles import student_t_two_sided


@dataclass(frozen=True, slots=True)
class MovedSignal:
    """`direction` is the chance that a value of now lies above one of then: 0.5 unmoved, 1 all above, 0 all below."""

    name: str
    shift: PopulationShift
    direction: Estimate


@dataclass(frozen=True, slots=True)
class Ranking:
    """The signals, the most moved first, and those with too few values to tell."""

    moved: tuple[MovedSignal, ...]
    unknown: tuple[tuple[str, CannotSay], ...]


def rank_signals(signals: Mapping[str, tuple[Values, Values]], confidence: float = CONFIDENCE) -> Ranking:
    """Each signal as (reference, values), ranked by its PSI in units of its critical value.

    The doubt is shared among the signals (Bonferroni), so that with many of them none is likely to move by chance.
    """
    shared = 1 - (1 - confidence) / max(1, len(signals))
    moved: list[MovedSignal] = []
    unknown: list[tuple[str, CannotSay]] = []
    for name, (reference, values) in signals.items():
        shift = population_shift(reference, values, confidence=shared)
        if isinstance(shift, CannotSay):
            unknown.append((name, shift))
        else:
            moved.append(MovedSignal(name, shift, chance_above(reference, values, shared)))
    return Ranking(tuple(sorted(moved, key=lambda signal: -signal.shift.ratio)), tuple(unknown))


def chance_above(reference: Values, values: Values, confidence: float = CONFIDENCE) -> Estimate:
    """The probability that a value exceeds one of the reference, ties counting half; at least two of each.

    Brunner and Munzel, Biometrical Journal 42 (2000) 17-25. Where all lie on one side the error is 0, and the limit is
    that of as many independent pairs as the smaller sample holds.
    """
    n, m = len(reference), len(values)
    above, below = _places(reference, values), _places(values, reference)
    share = float(above.mean())
    errors = (float(above.var(ddof=1)) / m, float(below.var(ddof=1)) / n)
    if sum(errors) > 0:
        freedom = sum(errors) ** 2 / (errors[0] ** 2 / (m - 1) + errors[1] ** 2 / (n - 1))
        half = student_t_two_sided(freedom, confidence) * math.sqrt(sum(errors))
    else:
        half = 1 - (1 - confidence) ** (1 / min(n, m))
    low, high = max(0.0, share - half), min(1.0, share + half)
    return Estimate(share, round(share * n * m), n * m, low, high, confidence, Method.BRUNNER_MUNZEL)


def _places(others: Values, values: Values) -> Values:
    """Of each value the share of the others below it, ties counting half."""
    ranked = np.sort(others)
    below = np.searchsorted(ranked, values, "left") + np.searchsorted(ranked, values, "right")
    places: Values = below / (2 * len(ranked))
    return places
