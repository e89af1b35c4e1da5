"""Front and rear edges of parts from the presence of every line: debounced, and honest about lost lines. Pure.

A lost line may have shown anything. So lost lines next to a part count as part: it is then incomplete, and never a
PASS. Only what lies between lines that surely show no part counts as none.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from station_app.core.lines import LineSpan
from station_app.devices.linescan.block import Block, LineFlags
from station_app.devices.linescan.presence import Presence


class Edge(NamedTuple):
    """`line` is the first that shows a part (front), or the first that shows none any more."""

    line: int
    is_front: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """Successive lines of one level."""

    span: LineSpan
    is_part: bool


class EdgeFinder:
    """Follows the web block by block. A level counts once it has lasted for `debounce` lines, from its first on."""

    def __init__(self, presence: Presence, debounce: int) -> None:
        if debounce < 1:
            raise ValueError("a level lasts for at least one line")
        self._presence = presence
        self._debounce = debounce
        self._is_part = False  # debounced
        self._was_part = False  # the last line that is known
        self._since: int | None = None  # where a change began that has not lasted long enough yet
        self._open_gap: int | None = None  # where lost lines began of which nobody knows yet what they were
        self._low_since = 0  # and from where on no part was seen after them

    def take(self, block: Block) -> list[Edge]:
        """The edges that are certain by the end of the block."""
        if not block.ok.all():  # what a damaged block seems to show is not known either
            return self._lose(block.span)
        return [edge for run in _runs(self._presence(block), block.first_line) for edge in self._see(run)]

    def _lose(self, span: LineSpan) -> list[Edge]:
        if self._is_part or self._was_part or self._since is not None:
            return self._settle(_Run(span, True))
        if self._open_gap is None:
            self._open_gap = span.start
        self._low_since = span.end
        return []

    def _see(self, run: _Run) -> list[Edge]:
        self._was_part = run.is_part
        if self._open_gap is None:
            return self._settle(run)
        if run.is_part:
            start, self._open_gap = self._open_gap, None
            return self._settle(_Run(LineSpan(start, run.span.end), True))
        if run.span.end - self._low_since >= self._debounce:
            self._open_gap = None  # after so many lines without a part the gap held none that goes on here
        return []

    def _settle(self, run: _Run) -> list[Edge]:
        if run.is_part == self._is_part:
            self._since = None
            return []
        if self._since is None:
            self._since = run.span.start
        if run.span.end - self._since < self._debounce:
            return []
        edge = Edge(self._since, run.is_part)
        self._is_part, self._since = run.is_part, None
        return [edge]


def _runs(flags: LineFlags, first_line: int) -> list[_Run]:
    if not len(flags):
        return []
    bounds = [0, *(int(change) for change in np.flatnonzero(flags[1:] != flags[:-1]) + 1), len(flags)]
    return [_Run(LineSpan(first_line + start, first_line + end), bool(flags[start])) for start, end in pairwise(bounds)]
