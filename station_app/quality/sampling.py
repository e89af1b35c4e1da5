"""Which parts are reviewed blind: drawn by score stratum with a stated probability, which is recorded with the draw.

Every stratum has a probability above 0, or what lies in it could never be seen. A part is drawn or not by its number
and the seed alone, so that asking twice, later or elsewhere gives the same answer, and a raised probability only adds
parts. A review counts only with the draw that asked for it: an override was picked by the person who made it, has no
draw and can therefore never enter an estimate (verification bias).
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from station_app.quality.draw import chance

WIDEST_SHARE = 2 / 3
"""Of the reviews, so many in the stratum with most parts, which decides the bound; of passed parts, the far one."""


@dataclass(frozen=True, slots=True)
class SamplingPlan:
    """Strata by score: below `edges[0]`, from it to below `edges[1]`, ... ; one inclusion probability each."""

    seed: str
    edges: tuple[float, ...]
    probabilities: tuple[float, ...]

    def __post_init__(self) -> None:
        if list(self.edges) != sorted(set(self.edges)):
            raise ValueError("edges must rise")
        if len(self.probabilities) != len(self.edges) + 1:
            raise ValueError("every stratum needs one probability")
        if not all(0 < p <= 1 for p in self.probabilities):
            raise ValueError("an inclusion probability lies above 0 and is at most 1")


@dataclass(frozen=True, slots=True)
class Draw:
    """What is recorded of every part of the period, drawn or not."""

    part_id: int
    stratum: int
    probability: float
    is_drawn: bool


@dataclass(frozen=True, slots=True)
class BlindReview:
    """The settled answer of a person who saw neither verdict, score nor marks, about a part that was drawn.

    `is_event` says that what is counted was seen: a defect on a passed part, a good part among the failed.
    """

    draw: Draw
    is_event: bool

    def __post_init__(self) -> None:
        if not self.draw.is_drawn:
            raise ValueError(f"part {self.draw.part_id} was not drawn: its review says nothing about the others")


def draw(plan: SamplingPlan, part_id: int, score: float) -> Draw:
    """Whether this part is reviewed; `score` from 0 to 1, the largest of the part's scores."""
    if not 0 <= score <= 1:
        raise ValueError("a score lies within 0 and 1")
    stratum = bisect_right(plan.edges, score)
    probability = plan.probabilities[stratum]
    return Draw(part_id, stratum, probability, chance(plan.seed, "blind review", part_id) < probability)


def spread_reviews(parts: Sequence[int], reviews: int, widest_share: float = WIDEST_SHARE) -> tuple[float, ...]:
    """Inclusion probabilities for about so many reviews among the expected `parts` of each stratum.

    The other strata share what the widest leaves, in equal numbers; what they cannot use goes back to it. An empty
    stratum is looked at whole, should a part turn up in it after all.
    """
    if reviews < 1 or not parts or min(parts) < 0 or not 0 < widest_share < 1:
        raise ValueError("at least one review, one stratum and a share within 0 and 1 are needed")
    widest = max(range(len(parts)), key=parts.__getitem__)
    each = (1 - widest_share) * reviews / max(1, len(parts) - 1)
    wanted = [min(float(n), each) for n in parts]
    wanted[widest] += reviews - sum(wanted)
    return tuple(_probability(n, k) for n, k in zip(parts, wanted, strict=True))


def _probability(parts: int, reviews: float) -> float:
    return min(1.0, reviews / parts) if parts else 1.0
