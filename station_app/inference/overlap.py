"""Boxes that mean the same defect: seen twice within one tile, or once in each of two tiles that overlap. Pure."""

from dataclasses import dataclass, replace
from typing import NamedTuple

MAX_DETECTIONS = 100
MAX_PIECES = 2 * MAX_DETECTIONS
_SAME_TILE = 0.5
"""Intersection over union."""
_OTHER_TILE = 0.6
"""Intersection over the smaller one: of a defect in their common strip, two tiles may see unequal parts."""


class Rect(NamedTuple):
    """A rectangle in reduced pixels of its region."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)

    def meets(self, other: "Rect") -> bool:
        """Whether both cover something, told without working out what."""
        is_beside = self.right <= other.left or other.right <= self.left
        return not (is_beside or self.bottom <= other.top or other.bottom <= self.top)

    def shared(self, other: "Rect") -> "Rect":
        """What both cover; its area is 0 where that is nothing."""
        return Rect(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def around(self, other: "Rect") -> "Rect":
        """The smallest rectangle that holds both."""
        return Rect(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Detection:
    """A box, and what its tile shows of the region: beyond that the model could not look."""

    score: float
    label: int
    box: Rect
    seen: Rect


def merge(detections: list[Detection]) -> list[Detection]:
    """One detection for each defect of one label, strongest first: with the highest score and a box around it all.

    In one tile the strongest of overlapping boxes stands for them. A defect that a tile's edge cuts is put together
    again, over any number of tiles, where the boxes agree in the strip that both tiles show.
    """
    kept: list[Detection] = []
    for candidate in sorted(detections, key=_by_strength)[: 10 * MAX_DETECTIONS]:
        if not any(other.seen == candidate.seen and _overlap(other.box, candidate.box) for other in kept):
            kept.append(candidate)
        if len(kept) == MAX_PIECES:
            break  # a model gone wild: its part has failed long since
    merged: list[Detection] = []
    for candidate in kept:
        merged = _join(merged, candidate)
    return sorted(merged, key=_by_strength)[:MAX_DETECTIONS]


def _join(merged: list[Detection], candidate: Detection) -> list[Detection]:
    """The list with the candidate, put together with all those in other tiles that are the same defect."""
    apart = []
    for other in merged:
        if _is_continued(other, candidate):
            score = max(candidate.score, other.score)
            box, seen = candidate.box.around(other.box), candidate.seen.around(other.seen)
            candidate = replace(candidate, score=score, box=box, seen=seen)
        else:
            apart.append(other)
    return [*apart, candidate]


def _is_continued(one: Detection, other: Detection) -> bool:
    """Whether two tiles show the same defect, by what both of them see of it."""
    if one.seen == other.seen or not one.box.meets(other.box):
        return False
    strip = one.seen.shared(other.seen)
    first, second = one.box.shared(strip), other.box.shared(strip)
    return first.shared(second).area > _OTHER_TILE * min(first.area, second.area)


def _by_strength(detection: Detection) -> tuple[float, Rect]:
    return -detection.score, detection.box


def _overlap(one: Rect, other: Rect) -> bool:
    if not one.meets(other):
        return False
    shared = one.shared(other).area
    return shared > _SAME_TILE * (one.area + other.area - shared)
