"""Escapes and overkill of two models on parts that neither has seen, side by side. Pure.

"At equal overkill" is read off both models' own curves on these very parts, as docs/ml.md does: the lowest threshold
that rejects at most so many of the good ones. It compares models; no threshold that a station uses is taken from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from station_app.quality.estimate import CannotSay
from station_app.quality.intervals import Share, clopper_pearson
from station_app.quality.mcnemar import mcnemar
from station_app.training.evaluation import passed_at

EQUAL_OVERKILL = 0.05
_DRAWS = 2000
_CONFIDENCE = 0.95

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Unseen:
    """Parts that no model was made with: whether each has a defect, and the group it comes from."""

    is_defect: NDArray[np.bool_]
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelFigures:
    """`escapes` and `overkill` at the model's own thresholds; `escapes_equal` at `EQUAL_OVERKILL` of these parts."""

    escapes: Share
    overkill: Share
    escapes_equal: Share


@dataclass(frozen=True, slots=True)
class Comparison:
    """Before and after. `ratio` is that of the escapes at equal overkill, with an interval (95 %) by drawing whole
    groups again; `only_before` defective parts escape the first model alone, `only_after` the second alone, and `p` is
    McNemar's exact one of these."""

    before: ModelFigures
    after: ModelFigures
    ratio: float
    ratio_low: float
    ratio_high: float
    only_before: int
    only_after: int
    p: float


def compare(unseen: Unseen, before: Scores, after: Scores, thresholds: tuple[float, float], seed: int) -> Comparison:
    """Highest scores of each part by both models, and the review threshold of each."""
    lost = [_escaped_equal(unseen.is_defect, scores) for scores in (before, after)]
    only_before, only_after = int((lost[0] & ~lost[1]).sum()), int((lost[1] & ~lost[0]).sum())
    low, high = _ratio_interval(unseen, before, after, seed)
    test = mcnemar(only_before, only_after, int(unseen.is_defect.sum()), _CONFIDENCE)
    return Comparison(
        before=_figures(unseen, before, thresholds[0]),
        after=_figures(unseen, after, thresholds[1]),
        ratio=_ratio(int(lost[0].sum()), int(lost[1].sum())),
        ratio_low=low,
        ratio_high=high,
        only_before=only_before,
        only_after=only_after,
        p=1.0 if isinstance(test, CannotSay) else test.exact_p,
    )


def told(comparison: Comparison) -> tuple[str, ...]:
    """For a person at a terminal."""
    both = (("before", comparison.before), ("after", comparison.after))
    ratio = (
        f"after / before: {comparison.ratio:.2f} ({comparison.ratio_low:.2f} to {comparison.ratio_high:.2f}, 95 %, "
        f"groups drawn again); {comparison.only_before} parts escape only before, {comparison.only_after} only after, "
        f"exact p = {comparison.p:.2g}"
    )
    equal = [f"{when:6} escapes at {EQUAL_OVERKILL:.0%} overkill: {_share(own.escapes_equal)}" for when, own in both]
    own_thresholds = [
        f"{when:6} at its own thresholds: escapes {_share(own.escapes)}, overkill {_share(own.overkill)}"
        for when, own in both
    ]
    return (*equal, ratio, *own_thresholds)


def _share(share: Share) -> str:
    return f"{share.count} of {share.total} = {share.value:.1%} ({share.low:.1%} to {share.high:.1%})"


def _figures(unseen: Unseen, scores: Scores, review: float) -> ModelFigures:
    passed, is_defect = scores < review, unseen.is_defect
    return ModelFigures(
        escapes=_counted(passed[is_defect]),
        overkill=_counted(~passed[~is_defect]),
        escapes_equal=_counted(_escaped_equal(is_defect, scores)[is_defect]),
    )


def _counted(events: NDArray[np.bool_]) -> Share:
    return clopper_pearson(int(events.sum()), int(events.size))


def _escaped_equal(is_defect: NDArray[np.bool_], scores: Scores) -> NDArray[np.bool_]:
    """Which defective parts the lowest threshold lets pass that rejects at most `EQUAL_OVERKILL` of the good ones."""
    return is_defect & passed_at(scores[~is_defect], scores, EQUAL_OVERKILL)


def _ratio(before: int, after: int) -> float:
    return after / before if before else (1.0 if not after else float("inf"))


def _ratio_interval(unseen: Unseen, before: Scores, after: Scores, seed: int) -> tuple[float, float]:
    """The middle 95 % of the ratio when whole groups are drawn again: parts of one group are alike."""
    rng = np.random.default_rng(seed)
    members = _members(unseen.groups)
    ratios = []
    for _ in range(_DRAWS):
        drawn = np.concatenate([members[index] for index in rng.integers(len(members), size=len(members))])
        is_defect = unseen.is_defect[drawn]
        lost = [int(_escaped_equal(is_defect, scores[drawn]).sum()) for scores in (before, after)]
        ratios.append(_ratio(*lost))
    low, high = np.percentile(ratios, (2.5, 97.5))
    return float(low), float(high)


def _members(groups: Sequence[str]) -> list[NDArray[np.int64]]:
    names = np.array(groups)
    return [np.flatnonzero(names == name) for name in sorted(set(groups))]
