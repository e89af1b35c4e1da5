"""The lines that a waterfall can show, by their numbers on the web. One thread.

Pictures of the newest lines overlap, or leave lines out where the web is faster than the screen: what was in no picture
is unknown, which is something else than lost.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from station_app.core.inspection import Pixels
from station_app.core.lines import LineSpan

_BUDGET_BYTES = 64 * 1024 * 1024
_MOST_LINES = 16_384


@dataclass(frozen=True, slots=True, eq=False)
class LinesPicture:
    """The newest lines of a camera, n x width, mono. `first_line` is the number of the uppermost; `lost` are the spans
    of lines that never came."""

    first_line: int
    pixels: Pixels
    lost: tuple[LineSpan, ...] = ()

    @property
    def span(self) -> LineSpan:
        return LineSpan(self.first_line, self.first_line + len(self.pixels))


class LineHistory:
    """The newest lines within a budget of memory, at most `most_lines`."""

    def __init__(self, most_lines: int = _MOST_LINES, budget_bytes: int = _BUDGET_BYTES) -> None:
        self._most_lines, self._budget_bytes = most_lines, budget_bytes
        self._pixels: Pixels = np.zeros((0, 0), np.uint8)
        self._is_known = np.zeros(0, np.bool_)
        self._first = self._end = 0
        self._lost: list[LineSpan] = []

    @property
    def width(self) -> int:
        """Columns of a line, 0 before the first picture."""
        return int(self._pixels.shape[1])

    @property
    def span(self) -> LineSpan:
        """The lines that may be known."""
        return LineSpan(max(self._first, self._end - len(self._pixels)), self._end)

    def clear(self) -> None:
        """Forget all: what follows is of another camera or of another run."""
        self._pixels = np.zeros((0, 0), np.uint8)
        self._is_known = np.zeros(0, np.bool_)
        self._first, self._end, self._lost = 0, 0, []

    def push(self, picture: LinesPicture) -> None:
        """Take a picture. One of another width, or of lines from before the last one's, begins a new history."""
        if picture.pixels.shape[1] != self.width or picture.span.end < self._end:
            self._begin(picture)
        span = LineSpan(max(picture.first_line, picture.span.end - len(self._pixels)), picture.span.end)
        self._forget(LineSpan(max(self._end, span.end - len(self._pixels)), span.start))
        pixels = picture.pixels[span.start - picture.first_line :]
        for rows, part in self._pieces(span):
            self._pixels[rows] = pixels[part]
            self._is_known[rows] = True
        self._first, self._end = min(self._first, span.start), span.end
        before = [LineSpan(lost.start, min(lost.end, span.start)) for lost in self._lost if lost.start < span.start]
        self._lost = [lost for lost in _joined((*before, *picture.lost)) if lost.meets(self.span)]

    def lines(self, span: LineSpan, step: int = 1) -> Pixels:
        """A copy of every `step`-th line of a span that lies within `span`."""
        rows = np.arange(span.start, span.end, step) % len(self._pixels)
        return np.take(self._pixels, rows, axis=0)

    def unknown(self, span: LineSpan) -> tuple[LineSpan, ...]:
        """The spans of lines within `span` that were in no picture."""
        is_known = np.ones(span.length, np.bool_)
        for rows, part in self._pieces(span):
            is_known[part] = self._is_known[rows]
        edges = np.flatnonzero(np.diff(np.concatenate(([True], is_known, [True])).astype(np.int8)))
        return tuple(
            LineSpan(span.start + int(first), span.start + int(last))
            for first, last in zip(edges[::2], edges[1::2], strict=True)
        )

    def lost(self, span: LineSpan) -> tuple[LineSpan, ...]:
        """What the camera lost of which something lies within `span`."""
        return tuple(lost for lost in self._lost if lost.meets(span))

    def _begin(self, picture: LinesPicture) -> None:
        self.clear()
        width = picture.pixels.shape[1]
        self._first = self._end = picture.first_line
        lines = max(1, min(self._most_lines, self._budget_bytes // max(1, width)))
        self._pixels = np.zeros((lines, width), np.uint8)
        self._is_known = np.zeros(lines, np.bool_)

    def _forget(self, span: LineSpan) -> None:
        for rows, _ in self._pieces(span) if span.length > 0 else ():
            self._is_known[rows] = False

    def _pieces(self, span: LineSpan) -> list[tuple[slice, slice]]:
        """Where the lines of a span lie, and which of the span those are: in one piece, or in two round the end."""
        capacity = len(self._pixels)
        first = span.start % capacity
        here = min(span.length, capacity - first)
        pieces = [(slice(first, first + here), slice(0, here))]
        return pieces if here == span.length else [*pieces, (slice(0, span.length - here), slice(here, span.length))]


def _joined(spans: Iterable[LineSpan]) -> list[LineSpan]:
    """What two pictures tell of one gap is one gap."""
    joined: list[LineSpan] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = LineSpan(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
