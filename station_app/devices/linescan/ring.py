"""The newest lines of a web, addressed by their global numbers. One thread; memory is taken once."""

from dataclasses import dataclass

import numpy as np

from station_app.core.inspection import Pixels
from station_app.core.lines import LineSpan
from station_app.devices.linescan.block import Block, LineFlags


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Lines of the web: n x width pixels and whether each was received. Read only; valid until the next `push`."""

    span: LineSpan
    pixels: Pixels
    ok: LineFlags

    @property
    def missing(self) -> int:
        """How many of them were never received."""
        return int(self.ok.size - np.count_nonzero(self.ok))

    @property
    def gaps(self) -> tuple[LineSpan, ...]:
        """The lines that were never received."""
        if self.ok.all():
            return ()
        edges = np.flatnonzero(np.diff(np.concatenate(([True], self.ok, [True])).astype(np.int8)))
        return tuple(
            LineSpan(self.span.start + int(start), self.span.start + int(end))
            for start, end in zip(edges[::2], edges[1::2], strict=True)
        )


class LineRing:
    """Holds the last `capacity` lines at least.

    Lines lie in one piece, so that a tile is a view and no copy: the store is twice as long, and whenever it is full,
    what is still to be held moves to its front.
    """

    def __init__(self, width: int, capacity: int) -> None:
        if width < 1 or capacity < 1:
            raise ValueError("a ring holds at least one pixel of one line")
        self.capacity = capacity
        self._pixels = np.zeros((2 * capacity, width), np.uint8)
        self._ok = np.zeros(2 * capacity, np.bool_)
        self._used = 0
        self._end = 0  # the global number of the line after the newest

    @property
    def span(self) -> LineSpan:
        """The lines that are held."""
        return LineSpan(self._end - self._used, self._end)

    def push(self, block: Block) -> None:
        """Take the lines that follow; a block that does not follow is a bug, once anything was pushed."""
        if self._used and block.first_line != self._end:
            raise ValueError(f"line {block.first_line} does not follow line {self._end - 1}")
        count = len(block.pixels)
        if count > self.capacity:
            raise ValueError(f"a block of {count} lines does not fit into {self.capacity}")
        self._make_room(count)
        rows = slice(self._used, self._used + count)
        self._pixels[rows] = block.pixels
        self._ok[rows] = block.ok
        self._used += count
        self._end = block.span.end

    def lines(self, span: LineSpan) -> Lines:
        """The lines of a span, all of which must be held."""
        held = self.span
        if not held.start <= span.start <= span.end <= held.end:
            raise ValueError(f"lines {span.start} to {span.end} are not held: {held.start} to {held.end} are")
        rows = slice(span.start - held.start, span.end - held.start)
        pixels, ok = self._pixels[rows], self._ok[rows]
        pixels.flags.writeable = ok.flags.writeable = False
        return Lines(span, pixels, ok)

    def newest(self, count: int) -> Lines:
        """Up to so many of the last lines, for a waterfall."""
        held = self.span
        return self.lines(LineSpan(max(held.start, held.end - count), held.end))

    def copy_into(self, span: LineSpan, out: Pixels) -> tuple[LineSpan, ...]:
        """Write the lines of a span into `out`, black where they are no longer or were never held.

        Returns those of them that were never received or are not held, in order.
        """
        held = self.span
        kept = LineSpan(min(max(span.start, held.start), span.end), max(min(span.end, held.end), span.start))
        out[: span.length] = 0
        if kept.length <= 0:
            return (span,)
        lines = self.lines(kept)
        out[kept.start - span.start : kept.end - span.start] = lines.pixels
        around = (LineSpan(span.start, kept.start), *lines.gaps, LineSpan(kept.end, span.end))
        return tuple(gap for gap in around if gap.length > 0)

    def _make_room(self, lines: int) -> None:
        if self._used + lines <= len(self._pixels):
            return
        keep = min(self._used, self.capacity)
        old = slice(self._used - keep, self._used)
        self._pixels[:keep] = self._pixels[old]
        self._ok[:keep] = self._ok[old]
        self._used = keep
