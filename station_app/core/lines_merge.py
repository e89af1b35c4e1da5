"""Joins what several tiles of a web see of the same defect, in the web's own lines. Pure.

A tile sees a defect whole, or cut at its borders. Whatever reaches the first line of the next tile stays open, and is
joined with everything that the next tile reports of it, until nothing reaches on any more. So the overlap of tiles is
only for the model's context: the defects are the same with any, also with none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from station_app.core.lines import LineSpan

Runs = NDArray[np.int64]
"""The exact pixels of a defect, n x 3: line of the web, first column, column after the last."""


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """What one tile reports: lines `[start, end)` of the web, columns `[left, right)`, and its pixels where known."""

    label: str
    score: float
    start: int
    end: int
    left: int
    right: int
    runs: Runs | None = None


@dataclass(frozen=True, slots=True, order=True)
class WebDefect:
    """A whole defect, in the web's own lines. `is_continued` where it was reported before its end was seen: what
    comes after `end` is reported as another."""

    start: int
    end: int
    left: int
    right: int
    label: str
    score: float
    is_continued: bool = False

    @property
    def span(self) -> LineSpan:
        return LineSpan(self.start, self.end)


class Seam(NamedTuple):
    """The lines that two successive tiles both see, none where `first == end`; the later tile begins at `first`."""

    first: int
    end: int


IsSame = Callable[[Trace, Trace, Seam], bool]
"""(of the earlier tile, of the later tile, seam) -> whether both are of one defect. Their labels are equal."""


@dataclass(frozen=True, slots=True, eq=False)
class _Chain:
    """A defect that may go on: what is known of it, its newest traces, and how many tiles it spans."""

    known: WebDefect
    last: tuple[Trace, ...]
    tiles: int


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    """Open chains and traces of the newest tile that are all of one defect."""

    chains: tuple[_Chain, ...]
    traces: tuple[Trace, ...] = ()

    def joined(self) -> _Chain:
        if not self.traces:
            return self.chains[0]
        known = [chain.known for chain in self.chains] + [_known(trace) for trace in self.traces]
        whole = WebDefect(
            min(defect.start for defect in known),
            max(defect.end for defect in known),
            min(defect.left for defect in known),
            max(defect.right for defect in known),
            known[0].label,
            max(defect.score for defect in known),
        )
        return _Chain(whole, self.traces, 1 + max((chain.tiles for chain in self.chains), default=0))


class ChainMerger:
    """Takes the tiles of one web in order. A defect that spans `most_tiles` is reported without waiting for its end,
    so that a streak without end is reported at all."""

    def __init__(self, is_same: IsSame, most_tiles: int = 16) -> None:
        if most_tiles < 1:
            raise ValueError("a defect spans at least one tile")
        self._is_same = is_same
        self._most_tiles = most_tiles
        self._open: list[_Chain] = []
        self._end = 0

    @property
    def oldest_open(self) -> int | None:
        """The first line of any defect that may still grow, None where there is none."""
        return min((chain.known.start for chain in self._open), default=None)

    def add(self, tile: LineSpan, traces: Sequence[Trace], next_first: int) -> list[WebDefect]:
        """The defects that are over with this tile; `next_first` is the line at which the next one will begin."""
        seam = Seam(tile.start, max(tile.start, self._end))
        self._end = tile.end
        chains = [group.joined() for group in self._groups(traces, seam)]
        # Also what ends just before the next tile may go on there: its last line touches the tile's first.
        reaching = [chain for chain in chains if chain.known.end >= next_first]
        over = [chain.known for chain in chains if chain.known.end < next_first]
        capped = [chain for chain in reaching if chain.tiles >= self._most_tiles]
        rests = [rest for chain in capped for rest in _rests(chain, next_first)]
        self._open = [chain for chain in reaching if chain.tiles < self._most_tiles] + rests
        return sorted(over + [_cut(chain.known, next_first) for chain in capped])

    def finish(self) -> list[WebDefect]:
        """No tile comes any more: whatever is open ends here."""
        over = sorted(chain.known for chain in self._open)
        self._open = []
        return over

    def _groups(self, traces: Sequence[Trace], seam: Seam) -> list[_Group]:
        groups = [_Group((chain,)) for chain in self._open]
        for trace in traces:
            mine = [group for group in groups if any(self._goes_on(chain, trace, seam) for chain in group.chains)]
            together = _Group(
                tuple(chain for group in mine for chain in group.chains),
                (*(known for group in mine for known in group.traces), trace),
            )
            groups = [group for group in groups if group not in mine] + [together]
        return groups

    def _goes_on(self, chain: _Chain, trace: Trace, seam: Seam) -> bool:
        if chain.known.label != trace.label:
            return False
        return any(self._is_same(before, trace, seam) for before in chain.last)


def _known(trace: Trace) -> WebDefect:
    return WebDefect(trace.start, trace.end, trace.left, trace.right, trace.label, trace.score)


def _rests(chain: _Chain, first: int) -> list[_Chain]:
    """What is known of a defect beyond the line at which it is cut; there may be no next tile to see it again."""
    rests = []
    for trace in chain.last:
        if trace.end > first:
            runs = None if trace.runs is None else trace.runs[trace.runs[:, 0] >= first]
            rest = replace(trace, start=max(first, trace.start), runs=runs)
            rests.append(_Chain(_known(rest), (rest,), 1))
    return rests


def _cut(defect: WebDefect, end: int) -> WebDefect:
    return replace(defect, end=min(defect.end, end), is_continued=True)
