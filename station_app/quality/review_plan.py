"""A station's plan of its blind sample, and what it says of one part. Pure.

Parts fall into three strata by how near their worst score comes to the recipe's review threshold. Of a passed part
nearness is score / threshold; of a rejected one it is 1 - (score - threshold) / (1 - threshold), so that for both 0 is
far from another verdict and 1 is at its edge.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from station_app.quality.draw import chance
from station_app.quality.sampling import Draw, SamplingPlan, draw
from station_app.quality.seeding import MOST_SEEDED, is_seeded

EDGES = (0.5, 0.8)
"""Nearness from which a part is in the middle, and from which it is near."""
RANKS = 1 << 53

Scores = Sequence[tuple[str, float]]
Limits = Mapping[str, tuple[float, float]]
"""By label: the score from which a part is to be reviewed, and the one from which it fails."""
Shares = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class ReviewPlan:
    """Probabilities of being drawn, far, middle and near, of passed and of rejected parts; the share of drawn parts
    that two people judge; the share of known-bad images in the queue; how far from a threshold a score is near it.

    The usual probabilities give about 20 and 20 reviews in 8 hours at one part in two seconds, two thirds of them far.
    """

    passed: Shares = (0.001, 0.005, 0.02)
    rejected: Shares = (0.05, 0.03, 0.05)
    second_share: float = 0.1
    seeded_share: float = 0.1
    near_band: float = 0.02

    def __post_init__(self) -> None:
        if not all(0 < p <= 1 for p in (*self.passed, *self.rejected)):
            raise ValueError("an inclusion probability lies above 0 and is at most 1")
        if not (0 <= self.second_share <= 1 and 0 <= self.seeded_share <= MOST_SEEDED and 0 <= self.near_band <= 1):
            raise ValueError("a share lies within 0 and 1, that of known-bad images within 0 and a half")


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """What the plan says of one part. `needed` people judge it where it is drawn; `rank` is its place in the queue;
    with `is_seeded` a known-bad image stands before it."""

    draw: Draw
    is_rejected: bool
    needed: int
    rank: int
    is_seeded: bool


def sample_part(seed: str, plan: ReviewPlan, part_id: int, closeness: float, *, is_rejected: bool) -> DrawnPart:
    """Whether this part is drawn, and how it would be reviewed: by seed, plan, number and closeness alone."""
    probabilities = plan.rejected if is_rejected else plan.passed
    drawn = draw(SamplingPlan(seed, EDGES, probabilities), part_id, closeness)
    if not drawn.is_drawn:
        return DrawnPart(drawn, is_rejected, 0, 0, False)
    needed = 2 if chance(seed, "second reviewer", part_id) < plan.second_share else 1
    rank = int(chance(seed, "review order", part_id) * RANKS)
    return DrawnPart(drawn, is_rejected, needed, rank, is_seeded(seed, part_id, plan.seeded_share))


def nearness(scores: Scores, limits: Limits, *, is_rejected: bool) -> float:
    """How near the part is to another verdict, from 0 to 1; an answer for any numbers at all, since a record must not
    fail by it. A label without limits counts as if its threshold were 1."""
    pairs = [(score, limits.get(label, (1.0, 1.0))[0]) for label, score in scores]
    if is_rejected:
        over = (_unit((score - review) / (1 - review)) if review < 1 else _unit(score) for score, review in pairs)
        return 1 - max(over, default=0.0)
    return max((_unit(score / review) for score, review in pairs if review > 0), default=0.0)


def is_near(scores: Scores, limits: Limits, band: float) -> bool:
    """Whether any score lies within `band` of one of its label's thresholds."""
    return any(abs(score - limit) <= band for label, score in scores for limit in limits.get(label, ()))


def _unit(value: float) -> float:
    """Within 0 and 1; what is no number is 0."""
    return min(1.0, max(0.0, value))
