"""Boxes that mean the same defect, seen twice: within one tile, or in the overlap of two. Pure."""

from dataclasses import dataclass

MAX_DETECTIONS = 100
_SAME_TILE = 0.5
_OTHER_TILE = 0.6


@dataclass(frozen=True, slots=True)
class Detection:
    """A box in reduced pixels of its region, and the index of the tile that reported it."""

    score: float
    label: int
    left: float
    top: float
    right: float
    bottom: float
    tile: int

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)


def suppress(detections: list[Detection]) -> list[Detection]:
    """The strongest box of every group that overlaps, for one label, strongest first.

    In one tile boxes are compared by intersection over union. Between tiles by intersection over the smaller box: a
    tile's edge cuts boxes short, and a cut box is small against the whole one.
    """
    kept: list[Detection] = []
    for candidate in sorted(detections, key=_by_strength)[: 10 * MAX_DETECTIONS]:
        if not any(_is_same(candidate, other) for other in kept):
            kept.append(candidate)
        if len(kept) == MAX_DETECTIONS:
            break
    return kept


def _by_strength(detection: Detection) -> tuple[float, float, float]:
    return -detection.score, detection.left, detection.top


def _is_same(one: Detection, other: Detection) -> bool:
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    if width <= 0 or height <= 0:
        return False
    shared = width * height
    if one.tile != other.tile:
        return shared > _OTHER_TILE * min(one.area, other.area)
    return shared > _SAME_TILE * (one.area + other.area - shared)
