"""Whether traces of two tiles are of one defect: pixels that touch, or boxes that agree where both tiles look. Pure."""

from dataclasses import dataclass

import numpy as np

from station_app.core.lines_merge import Runs, Seam, Trace

_PAIRS_AT_ONCE = 1 << 20


def touches(earlier: Trace, later: Trace, seam: Seam) -> bool:
    """Whether the two share a pixel or have neighbours, diagonals included. Exact where both know their pixels."""
    if not _boxes_touch(earlier, later):
        return False
    if earlier.runs is None or later.runs is None:
        return True
    near = LineReach(seam.first - 1, max(seam.end, seam.first + 1))
    return _runs_touch(near.of(earlier.runs), near.of(later.runs))


@dataclass(frozen=True, slots=True)
class LineReach:
    """The lines `[first, end)` in which two tiles can have anything in common."""

    first: int
    end: int

    def of(self, runs: Runs) -> Runs:
        return runs[(runs[:, 0] >= self.first) & (runs[:, 0] < self.end)]


@dataclass(frozen=True, slots=True)
class BoxRule:
    """For boxes of a network, which never agree to the pixel. Of two boxes, cut to the lines that both tiles see, the
    intersection must be at least `least_iou` of the union or `least_inside` of the smaller one. Where one tile's box
    ends at its border, within `border` lines, and the other's begins at its own, their columns alone must agree."""

    least_iou: float = 0.3
    least_inside: float = 0.6
    border: int = 2

    def __call__(self, earlier: Trace, later: Trace, seam: Seam) -> bool:
        across = _Extent(earlier.left, earlier.right, later.left, later.right)
        if not across.common:
            return False
        if self._is_cut(earlier, later, seam):
            return across.common >= self.least_inside * across.smaller
        along = _Extent(
            max(earlier.start, seam.first),
            min(earlier.end, seam.end),
            max(later.start, seam.first),
            min(later.end, seam.end),
        )
        return self._agrees(across, along)

    def _is_cut(self, earlier: Trace, later: Trace, seam: Seam) -> bool:
        """Whether the border of each tile may have cut a defect that goes on in the other."""
        return earlier.end >= seam.end - self.border and later.start <= seam.first + self.border

    def _agrees(self, across: "_Extent", along: "_Extent") -> bool:
        common = across.common * along.common
        if not common:
            return False
        areas = (across.first_size * along.first_size, across.second_size * along.second_size)
        return common >= self.least_iou * (sum(areas) - common) or common >= self.least_inside * min(areas)


@dataclass(frozen=True, slots=True)
class _Extent:
    """Two intervals along one axis."""

    first_low: int
    first_high: int
    second_low: int
    second_high: int

    @property
    def first_size(self) -> int:
        return max(0, self.first_high - self.first_low)

    @property
    def second_size(self) -> int:
        return max(0, self.second_high - self.second_low)

    @property
    def smaller(self) -> int:
        return min(self.first_size, self.second_size)

    @property
    def common(self) -> int:
        return max(0, min(self.first_high, self.second_high) - max(self.first_low, self.second_low))


_BOXES = BoxRule()


def is_same_defect(earlier: Trace, later: Trace, seam: Seam) -> bool:
    """By their pixels where both know them, else by how well their boxes agree."""
    if earlier.runs is not None and later.runs is not None:
        return touches(earlier, later, seam)
    return _BOXES(earlier, later, seam)


def _boxes_touch(one: Trace, other: Trace) -> bool:
    return one.start <= other.end and other.start <= one.end and one.left <= other.right and other.left <= one.right


def _runs_touch(one: Runs, other: Runs) -> bool:
    """Whether any run of one has a neighbour, diagonals included, among those of the other."""
    if not len(one) or not len(other):
        return False
    step = max(1, _PAIRS_AT_ONCE // len(other))
    return any(_any_pair(one[at : at + step, None, :], other[None]) for at in range(0, len(one), step))


def _any_pair(one: Runs, other: Runs) -> bool:
    is_near = np.abs(one[..., 0] - other[..., 0]) <= 1
    return bool((is_near & (one[..., 1] <= other[..., 2]) & (other[..., 1] <= one[..., 2])).any())
