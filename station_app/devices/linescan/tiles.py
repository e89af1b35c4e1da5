"""Cuts the web into tiles that overlap. Pure but for the ring that it reads."""

from collections.abc import Iterator
from dataclasses import dataclass

from station_app.core.inspection import Pixels
from station_app.core.lines import LineSpan
from station_app.devices.linescan.block import LineFlags
from station_app.devices.linescan.ring import LineRing, Lines


@dataclass(frozen=True, slots=True, eq=False)
class Tile:
    """Lines for one run of a model: n x width pixels, n = the tile's height but for the last one of a web.

    `next_first` is the line at which the next tile begins. Valid until the ring takes its next block.
    """

    lines: Lines
    next_first: int

    @property
    def first_line(self) -> int:
        return self.lines.span.start

    @property
    def pixels(self) -> Pixels:
        return self.lines.pixels

    @property
    def ok(self) -> LineFlags:
        return self.lines.ok

    @property
    def is_complete(self) -> bool:
        """Whether every line of it was received; if not, it can support no PASS."""
        return self.lines.missing == 0


class Tiler:
    """Tiles of `height` lines, each `height - overlap` after the last, from line `first` on.

    `take` must be called after every block that the ring takes, and the ring must hold a tile and a block.
    """

    def __init__(self, height: int, overlap: int, first: int = 0) -> None:
        if not 0 <= overlap < height:
            raise ValueError(f"tiles of {height} lines cannot overlap by {overlap}")
        self._height = height
        self._stride = height - overlap
        self._first = first
        self._next = first

    @property
    def next_first(self) -> int:
        """Where the next tile begins."""
        return self._next

    def take(self, ring: LineRing) -> Iterator[Tile]:
        """Every tile that is full by now."""
        while self._next + self._height <= ring.span.end:
            yield self._cut(ring, LineSpan(self._next, self._next + self._height))

    def finish(self, ring: LineRing) -> Iterator[Tile]:
        """The web ends: one shorter tile for the lines that no tile holds yet, where there are any."""
        yield from self.take(ring)
        end = ring.span.end
        is_held_already = self._next > self._first and self._next + self._height - self._stride >= end
        if self._next < end and not is_held_already:
            yield self._cut(ring, LineSpan(self._next, end))

    def _cut(self, ring: LineRing, span: LineSpan) -> Tile:
        self._next = span.start + self._stride
        return Tile(ring.lines(span), self._next)
