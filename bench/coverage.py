"""Whether the intervals of a running line keep their promise: simulated lines of known truth, drawn as ours are.

Each line has its own spread of scores, its own defects (rarest where the score is lowest) and its own draw. The true
rate is that of the process. Beside the two estimates stand the two naive ones: all reviews in one pot, and every part
that nobody reviewed taken for good. Wanted: 94 % of the intervals at 95 % hold the truth.

    python bench/coverage.py [--lines 1000] [--parts 6000] [--reviews 600]
"""

import argparse
import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from station_app.quality.escapes import escape_rate, horvitz_thompson, overkill_rate, pooled_rate
from station_app.quality.estimate import CannotSay, Estimate
from station_app.quality.intervals import clopper_pearson
from station_app.quality.sampling import WIDEST_SHARE, BlindReview, SamplingPlan, draw, spread_reviews
from station_app.quality.strata import Stratum, tally

THRESHOLD = 0.5
GRID = (np.arange(20_000) + 0.5) / 20_000

Rate = Callable[[Sequence[Stratum]], Estimate | CannotSay]


@dataclass(frozen=True)
class Line:
    """Scores from the far end (0) to the threshold (1), and the chance of the event at each."""

    crowding: float
    base: float
    rise: float

    def scores(self, uniform: np.ndarray) -> np.ndarray:
        return uniform**self.crowding

    def chance(self, scores: np.ndarray) -> np.ndarray:
        return np.minimum(0.95, self.base * np.exp(self.rise * scores))

    @property
    def true_rate(self) -> float:
        return float(self.chance(self.scores(GRID)).mean())


@dataclass(frozen=True)
class Scene:
    """A kind of line: how its chances are drawn, its edges between strata, and the estimate under test."""

    name: str
    base: tuple[float, float]
    rise: tuple[float, float]
    edges: tuple[float, ...]
    parts: int
    reviews: int
    estimate: Rate
    widest_share: float = WIDEST_SHARE

    def line(self, chances: random.Random) -> Line:
        base = math.exp(chances.uniform(math.log(self.base[0]), math.log(self.base[1])))
        return Line(chances.uniform(3, 8), base, math.log(chances.uniform(*self.rise)))


def rest_taken_for_good(strata: Sequence[Stratum]) -> Estimate:
    """The naive rate that counts what was found and calls everything else good."""
    return clopper_pearson(sum(s.found for s in strata), sum(s.parts for s in strata)).scaled()


def sampled(scene: Scene, line: Line, seed: int) -> tuple[Stratum, ...]:
    """One period of the line, drawn, reviewed without error, and tallied."""
    generator = np.random.default_rng(seed)
    scores = line.scores(generator.random(scene.parts))
    is_event = (generator.random(scene.parts) < line.chance(scores)).tolist()
    expected = np.bincount(np.searchsorted(scene.edges, line.scores(GRID), "right"), minlength=len(scene.edges) + 1)
    shares = (expected * scene.parts // len(GRID)).tolist()
    plan = SamplingPlan(f"line {seed}", scene.edges, spread_reviews(shares, scene.reviews, scene.widest_share))
    draws = [draw(plan, part_id, score) for part_id, score in enumerate(scores.tolist())]
    return tally(draws, [BlindReview(d, is_event[d.part_id]) for d in draws if d.is_drawn])


def run(scene: Scene, lines: int) -> None:
    rates: dict[str, Rate] = {
        "stratified": scene.estimate,
        "inverse weights": horvitz_thompson,
        "naive: one pot": pooled_rate,
        "naive: rest good": rest_taken_for_good,
    }
    answers: dict[str, list[tuple[float, Estimate]]] = {name: [] for name in rates}
    unknown = 0
    for seed in range(lines):
        line = scene.line(random.Random(seed))
        strata = sampled(scene, line, seed)
        for name, rate in rates.items():
            answer = rate(strata)
            if isinstance(answer, CannotSay):
                unknown += 1
            else:
                answers[name].append((line.true_rate, answer))
    print(f"\n{scene.name}: {lines} lines, {scene.parts} parts, about {scene.reviews} reviews; cannot say: {unknown}")
    print(f"{'':18} {'holds':>7} {'too low':>8} {'too high':>9} {'mean / truth':>13} {'mean width':>11}")
    for name, told in answers.items():
        print(f"{name:18} {_row(told)}")


def _row(told: Sequence[tuple[float, Estimate]]) -> str:
    truth = np.array([true for true, _ in told])
    value, low, high = (np.array([getattr(a, key) for _, a in told]) for key in ("value", "low", "high"))
    holds, below, above = ((low <= truth) & (truth <= high)).mean(), (high < truth).mean(), (low > truth).mean()
    bias, width = value.mean() / truth.mean(), (high - low).mean()
    return f"{holds:7.1%} {below:8.1%} {above:9.1%} {bias:13.2f} {width:11.3%}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=1000)
    parser.add_argument("--parts", type=int, default=6000)
    parser.add_argument("--reviews", type=int, default=600)
    options = parser.parse_args()
    edges, parts, reviews = (0.3, 0.7), options.parts, options.reviews
    failed, few = parts // 10, reviews // 4
    scenes = (
        Scene("Escapes, rare", (2e-5, 4e-4), (10, 300), edges, parts, reviews, escape_rate),
        Scene(
            "Escapes, rare, reviews near the threshold",
            (2e-5, 4e-4),
            (10, 300),
            edges,
            parts,
            reviews,
            escape_rate,
            0.3,
        ),
        Scene("Escapes, one stratum", (2e-5, 4e-4), (10, 300), (), parts, reviews, escape_rate),
        Scene("Escapes, frequent", (2e-3, 2e-2), (3, 30), edges, parts, reviews, escape_rate),
        Scene("Overkill, rare", (0.01, 0.05), (2, 10), edges, failed, few, overkill_rate),
        Scene("Overkill, most", (0.3, 0.8), (1, 2), edges, failed, few, overkill_rate),
    )
    for scene in scenes:
        run(scene, options.lines)


if __name__ == "__main__":
    main()
