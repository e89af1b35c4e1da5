"""An endless web from blocks to results: tiles to whoever finds defects, defects joined, metres told. One thread."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from station_app.core.lines_merge import ChainMerger, IsSame, Trace
from station_app.core.lines_touch import touches
from station_app.core.web import Stretch, WebRoll
from station_app.devices.linescan.block import Block
from station_app.devices.linescan.ring import LineRing
from station_app.devices.linescan.tiles import Tile, Tiler

FindTraces = Callable[[Tile], Sequence[Trace]]
"""What is wrong on a tile, in the web's lines. Nothing may be reported on lines that are not ok."""


@dataclass(frozen=True, slots=True)
class WebRule:
    """How a web is looked at: the model's tiles and their overlap, and the length of a result, all in lines.

    `most_tiles` is how many tiles a defect may span before it is told without its end; `is_same` joins what two tiles
    report: `touches` where pixels are known, a `BoxRule` for a network's boxes.
    """

    tile_lines: int
    overlap: int
    stretch_lines: int
    most_tiles: int = 16
    is_same: IsSame = touches


class WebRun:
    """One roll from `first_line` on. A stretch is told as soon as nothing on it can change."""

    def __init__(self, rule: WebRule, shape: tuple[int, int], find: FindTraces, first_line: int = 0) -> None:
        """`shape` is (longest block, width)."""
        strip_lines, width = shape
        self._ring = LineRing(width, rule.tile_lines + strip_lines)
        self._tiler = Tiler(rule.tile_lines, rule.overlap, first_line)
        self._merger = ChainMerger(rule.is_same, rule.most_tiles)
        self._roll = WebRoll(first_line, rule.stretch_lines)
        self._find = find

    def take(self, block: Block) -> list[Stretch]:
        """The next block; the stretches that are certain now."""
        self._ring.push(block)
        if not block.ok.all():
            self._roll.add_gap(block.span)
        for tile in self._tiler.take(self._ring):
            self._look(tile)
        return self._roll.settle(self._settled)

    def stop(self) -> list[Stretch]:
        """The roll ends with the last line taken: all that has not been told yet."""
        for tile in self._tiler.finish(self._ring):
            self._look(tile)
        self._roll.add_defects(self._merger.finish())
        return self._roll.stop(self._ring.span.end)

    @property
    def _settled(self) -> int:
        """No defect that begins before this line is still to come or to grow."""
        oldest = self._merger.oldest_open
        return self._tiler.next_first if oldest is None else min(oldest, self._tiler.next_first)

    def _look(self, tile: Tile) -> None:
        self._roll.add_defects(self._merger.add(tile.lines.span, self._find(tile), tile.next_first))
