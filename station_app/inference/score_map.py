"""Score maps: how a map becomes one score for each label, and which regions stand out in it. Pure; used by training.

A map's score is the mean of its four highest pixels, see `map_scores`: a single hot pixel is noise, and the maximum
would let it reject a good part, while a larger average would drown a short scratch in a large frame.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

POOLED_PIXELS = 4
MAX_BLOBS = 32
_CORNER_TOLERANCE = 1.0


@dataclass(frozen=True, slots=True)
class Blob:
    """A connected region of a map at or above a threshold: map pixels; `corners` lie on the pixels' edges."""

    score: float
    left: int
    top: int
    right: int
    bottom: int
    corners: tuple[tuple[int, int], ...]


def map_scores(scores: Scores) -> tuple[float, ...]:
    """The score of each label for maps [labels, height, width]: the mean of the map's `POOLED_PIXELS` highest pixels.

    Thresholds are chosen on this value and the verdict is made from it: training and station must both use it.
    """
    return tuple(_top_mean(plane) for plane in scores)


def _top_mean(plane: Scores) -> float:
    count = min(POOLED_PIXELS, plane.size)
    if plane.shape[0] > count:
        # The highest pixels lie in the rows with the highest maxima: no need to sort the whole map.
        plane = plane[np.argpartition(plane.max(axis=1), -count)[-count:]]
    highest = np.partition(plane.ravel(), -count)[-count:]
    return min(1.0, float(highest.mean(dtype=np.float64)))


def find_blobs(plane: Scores, threshold: float, label_score: float) -> list[Blob]:
    """The blobs at or above `threshold`, strongest first, each scored like a whole map (pixels it lacks count as 0).

    Where `label_score` asks for attention and no blob is strong enough alone, the strongest one is given: whoever
    reviews the part must see where to look.
    """
    if label_score < threshold:
        return []
    mask = (plane >= threshold).view(np.uint8)
    # Most defects are small: looking only where the map is hot takes a tenth of the time.
    left, top, width, height = cv2.boundingRect(mask)
    mask, hot = mask[top : top + height, left : left + width], plane[top : top + height, left : left + width]
    count, found, boxes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    marks, stats = np.asarray(found, np.int32), np.asarray(boxes, np.int32)
    pooled = _mark_scores(hot, marks, count, pixels=min(POOLED_PIXELS, plane.size))
    order = [int(mark) for mark in np.argsort(-pooled[1:], kind="stable")[:MAX_BLOBS] + 1]
    strong = [mark for mark in order if pooled[mark] >= threshold]
    return [_blob(float(pooled[mark]), marks == mark, stats[mark], (left, top)) for mark in strong or order[:1]]


def _mark_scores(plane: Scores, marks: NDArray[np.int32], count: int, *, pixels: int) -> NDArray[np.float64]:
    """The pooled score of every mark; entry 0, the background, stays 0."""
    marked = np.flatnonzero(marks)
    owners, values = marks.ravel()[marked], plane.ravel()[marked]
    order = np.lexsort((-values, owners))
    owners, values = owners[order], values[order]
    rank = np.arange(owners.size) - np.searchsorted(owners, owners)
    top = rank < POOLED_PIXELS
    sums = np.bincount(owners[top], weights=values[top].astype(np.float64), minlength=count)
    return np.minimum(1.0, sums / pixels)


def _blob(score: float, mask: NDArray[np.bool_], stats: NDArray[np.int32], origin: tuple[int, int]) -> Blob:
    left, top, width, height = (int(value) for value in stats[:4])
    crop = mask[top : top + height, left : left + width].view(np.uint8)
    # At twice the size a contour runs at 2x and 2x + 1 within pixel x: half of that, rounded up, is the pixel's edge.
    doubled = cv2.resize(crop, (2 * width, 2 * height), interpolation=cv2.INTER_NEAREST)
    contours, _ = cv2.findContours(doubled, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    outline = cv2.approxPolyDP(max(contours, key=len), _CORNER_TOLERANCE, closed=True).reshape(-1, 2)
    left, top = left + origin[0], top + origin[1]
    corners = tuple(((int(x) + 1) // 2 + left, (int(y) + 1) // 2 + top) for x, y in outline)
    return Blob(score, left, top, left + width, top + height, corners)
