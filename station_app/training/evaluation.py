"""How good a model is on images that it has never seen: escapes and overkill with exact intervals. Pure.

A part asks for attention where any label's score reaches its review threshold: what is below it is passed. An escape is
a defective image below, overkill a good image at or above.
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from station_app.core.recipe import Thresholds
from station_app.quality.intervals import Share, clopper_pearson
from station_app.training.labelled import GOOD, UNKNOWN, shrink_mask
from station_app.training.station_scoring import Scored

_LEVELS = 256


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of one split.

    `escapes_of` names each kind. `escapes_at_overkill` is read off the split's own curve: no threshold chosen on it is
    ever used.
    """

    good: int
    defective: int
    groups: int
    escapes: Share
    overkill: Share
    good_failed: Share
    escapes_of: tuple[tuple[str, Share], ...]
    named_right: Share
    image_auroc: float | None
    pixel_ap: float | None
    escapes_at_overkill: tuple[tuple[float, float], ...]

    def table(self) -> dict[str, Any]:
        """Plain values for a manifest."""
        table = asdict(self)
        for key in ("escapes", "overkill", "good_failed", "named_right"):
            table[key] = _share_table(getattr(self, key))
        table["escapes_of"] = {label: _share_table(share) for label, share in self.escapes_of}
        table["escapes_at_overkill"] = {f"{overkill:.2f}": share for overkill, share in self.escapes_at_overkill}
        return table


def evaluate(scored: Scored, labels: tuple[str, ...], thresholds: Thresholds) -> Evaluation:
    """The figures of one split at thresholds that were chosen on another."""
    is_defect = np.array([image.is_defect for image in scored.images], bool)
    highest = scored.scores.max(axis=1) if len(scored.scores) else np.zeros(0)
    passed = highest < thresholds.review
    return Evaluation(
        good=int((~is_defect).sum()),
        defective=int(is_defect.sum()),
        groups=len({image.group for image in scored.images}),
        escapes=_share(passed[is_defect]),
        overkill=_share(~passed[~is_defect]),
        good_failed=_share(highest[~is_defect] >= thresholds.fail),
        escapes_of=tuple((label, _share(passed[_has(scored, index)])) for index, label in enumerate(labels)),
        named_right=_named_right(scored, ~passed & is_defect),
        image_auroc=auroc(highest[~is_defect], highest[is_defect]),
        pixel_ap=_pixel_ap(scored),
        escapes_at_overkill=tuple(
            (limit, escapes_at(highest[~is_defect], highest[is_defect], limit)) for limit in (0.01, 0.02, 0.05, 0.10)
        ),
    )


def auroc(good: NDArray[np.float64], defective: NDArray[np.float64]) -> float | None:
    """The probability that a defective image scores above a good one, ties counting half; None where one is missing."""
    if not good.size or not defective.size:
        return None
    ranked = np.sort(good)
    below = np.searchsorted(ranked, defective, "left") + np.searchsorted(ranked, defective, "right")
    return float(below.sum() / (2.0 * good.size * defective.size))


def escapes_at(good: NDArray[np.float64], defective: NDArray[np.float64], overkill: float) -> float:
    """The share of defective images passed by the lowest threshold that rejects at most `overkill` of the good ones."""
    return float(passed_at(good, defective, overkill).mean()) if good.size and defective.size else 0.0


def passed_at(good: NDArray[np.float64], scores: NDArray[np.float64], overkill: float) -> NDArray[np.bool_]:
    """Which of `scores` that threshold lets pass."""
    ranked = np.sort(good)[::-1]
    allowed = int(overkill * good.size + 1e-9)
    return scores <= ranked[allowed] if allowed < good.size else np.zeros(scores.shape, bool)


def average_precision(positives: NDArray[np.int64], negatives: NDArray[np.int64]) -> float | None:
    """The area under precision and recall from the counts of positive and negative pixels at each score level."""
    total = int(positives.sum())
    if total == 0:
        return None
    found = np.cumsum(positives[::-1]).astype(float)
    wrong = np.cumsum(negatives[::-1]).astype(float)
    precision = found / np.maximum(found + wrong, 1.0)
    return float((positives[::-1] * precision).sum() / total)


def _pixel_ap(scored: Scored) -> float | None:
    counts = np.zeros((2, _LEVELS), np.int64)
    for image, heat in zip(scored.images, scored.heats, strict=True):
        mask = shrink_mask(image.mask, scored.stride)
        for row, chosen in enumerate((mask == GOOD, (mask != GOOD) & (mask != UNKNOWN))):
            counts[row] += np.bincount(heat[chosen], minlength=_LEVELS)
    return average_precision(counts[1], counts[0])


def _has(scored: Scored, kind: int) -> NDArray[np.bool_]:
    return np.array([kind in image.kinds for image in scored.images], bool)


def _named_right(scored: Scored, chosen: NDArray[np.bool_]) -> Share:
    """Of the defective images that were caught: those whose strongest label is one of their kinds."""
    strongest = scored.scores.argmax(axis=1) if len(scored.scores) else np.zeros(0, int)
    hits = [int(kind) in image.kinds for kind, image in zip(strongest, scored.images, strict=True)]
    return _share(np.array(hits, bool)[chosen])


def _share(events: NDArray[np.bool_]) -> Share:
    return clopper_pearson(int(events.sum()), int(events.size))


def _share_table(share: Share) -> dict[str, float | int]:
    return {"count": share.count, "total": share.total, "share": share.value, "low": share.low, "high": share.high}
