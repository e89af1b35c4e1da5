"""Yields of a shift or a line, with what they were counted from. Pure.

NO_RESULT is no verdict: such a part is in no yield and in no share of bad parts; its own share stands beside them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from station_app.quality.estimate import CONFIDENCE, CannotSay, Estimate, Lack, Method, check_confidence
from station_app.quality.gamma_interval import poisson_exact
from station_app.quality.intervals import Share, clopper_pearson, wilson

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class VerdictCounts:
    """The station's verdicts of a period."""

    passed: int
    failed: int
    review: int
    no_result: int

    def __post_init__(self) -> None:
        if min(self.passed, self.failed, self.review, self.no_result) < 0:
            raise ValueError("a count is not negative")

    @property
    def judged(self) -> int:
        """Parts with a verdict."""
        return self.passed + self.failed + self.review

    @property
    def triggers(self) -> int:
        return self.judged + self.no_result


@dataclass(frozen=True, slots=True)
class Yields:
    """First-pass yield as the station alone judged, and after people; both of the judged parts.

    Their difference is what people changed, not what the station did wrong: see `escapes` for that.
    """

    first_pass: Share
    final: Share
    no_result: Share


def yields(counts: VerdictCounts, accepted: int, confidence: float = CONFIDENCE) -> Yields | CannotSay:
    """`accepted` is how many of the judged parts were good in the end, overrides and reviews included."""
    if not 0 <= accepted <= counts.judged:
        raise ValueError(f"{accepted} of {counts.judged} judged parts cannot be accepted")
    if not counts.judged:
        return CannotSay(Lack.PARTS, 1)
    return Yields(
        first_pass=wilson(counts.passed, counts.judged, confidence),
        final=wilson(accepted, counts.judged, confidence),
        no_result=wilson(counts.no_result, counts.triggers, confidence),
    )


def rolled_yield(stages: Sequence[tuple[int, int]], confidence: float = CONFIDENCE) -> Estimate | CannotSay:
    """The chance to pass every stage at the first go: the product of (passed, entered) over the stages.

    The stages are taken as independent and share the doubt, so that the product of their exact limits is safe. `count`
    and `total` are those of the stage with the fewest parts, which decides how much is known.
    """
    check_confidence(confidence)
    if not stages or any(not entered for _, entered in stages):
        return CannotSay(Lack.PARTS, max(1, sum(not entered for _, entered in stages)))
    shares = [clopper_pearson(passed, entered, confidence ** (1 / len(stages))) for passed, entered in stages]
    value, low, high = (math.prod(v) for v in zip(*((s.value, s.low, s.high) for s in shares), strict=True))
    weakest = min(shares, key=lambda share: share.total)
    return Estimate(value, weakest.count, weakest.total, low, high, confidence, Method.INDEPENDENT_STAGES)


def defects_per_million(
    defects: int, units: int, opportunities: int, confidence: float = CONFIDENCE
) -> Estimate | CannotSay:
    """DPMO: defects per million opportunities, `opportunities` a unit; the exact interval of a Poisson count."""
    if opportunities < 1 or units < 0 or (defects and not units):
        raise ValueError("defects need units, and a unit at least one opportunity")
    if not units:
        return CannotSay(Lack.PARTS, 1)
    total = units * opportunities
    value, low, high = (MILLION * x / total for x in (defects, *poisson_exact(defects, confidence)))
    return Estimate(value, defects, total, low, high, confidence, Method.POISSON_EXACT)
