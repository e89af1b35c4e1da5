"""Gives every line of a source its number on the web, and puts lines in where some were lost. Pure.

Lost lines are told by the encoder where there is one, since it counts the web and not the buffers, and by gaps in the
block ids where there is none. They are put in and masked, so that whatever comes after lies where it lies on the web,
and so that nothing can be judged good across them.
"""

import numpy as np

from station_app.core.errors import CameraError
from station_app.core.lines import LineSpan
from station_app.devices.linescan.block import Block, Strip, gap_block

MOST_LOST = 1_000_000
"""More lines than this at once are no gap: the counter was reset or the camera changed."""


class Placing:
    """The numbering of one source from its first strip on. `lost` counts all lines that were put in.

    `counts_per_line` is how many encoder counts the web moves from one line to the next. A reading of the encoder may
    be off by less than a quarter of a line; more than that looks like a lost line, and is treated as one.
    """

    def __init__(self, strip_lines: int, counts_per_line: float = 1.0, first_line: int = 0) -> None:
        if strip_lines < 1 or not counts_per_line > 0:
            raise ValueError("a strip has at least one line, and a line takes some counts")
        self.lost = 0
        self._strip_lines = strip_lines
        self._counts_per_line = counts_per_line
        self._next_line = first_line
        self._last_id: int | None = None
        self._last_count: int | None = None
        self._anchor: tuple[int, int] | None = None  # an encoder count and the line that was taken there

    @property
    def next_line(self) -> int:
        """The number of the next line, unless some are lost before it."""
        return self._next_line

    def place(self, strip: Strip) -> tuple[Block, ...]:
        """The strip in its place, after blocks for the lines lost before it and before such for those lost in it.

        Raises CameraError where block ids run backwards, or where more is missing than any gap.
        """
        gap = self._gap(self._lost_before(strip), strip)
        is_backwards = self._moved(self._last_count, strip.encoder_start) < 0
        if strip.encoder_start is not None and (self._anchor is None or is_backwards):
            self._anchor = (strip.encoder_start, self._next_line)
        block = self._block(strip, is_backwards)
        within = self._gap(self._lost_within(strip), strip)
        self._last_id, self._last_count = strip.block_id, strip.encoder_end
        return (*gap, block, *within)

    def _lost_before(self, strip: Strip) -> int:
        skipped = 0 if self._last_id is None else strip.block_id - self._last_id - 1
        if skipped < 0:
            raise _jump(f"block {strip.block_id} came after block {self._last_id}")
        if strip.encoder_start is None or self._anchor is None:
            return skipped * self._strip_lines
        # The step from the last strip shows every loss; the way from the anchor keeps roundings from adding up.
        counted_from, line = self._anchor
        behind = self._moved(counted_from, strip.encoder_start) + line - self._next_line
        # Where a block is missing at least one line is, whatever an encoder that stood still says.
        return max(self._moved(self._last_count, strip.encoder_start), behind, min(skipped, 1))

    def _lost_within(self, strip: Strip) -> int:
        """Lines that the camera skipped while it filled the strip, or that a damaged buffer lacks."""
        if strip.encoder_start is not None and strip.encoder_end is not None:
            return max(0, self._moved(strip.encoder_start, strip.encoder_end) - len(strip.pixels))
        return 0 if strip.is_complete else max(0, self._strip_lines - len(strip.pixels))

    def _moved(self, before: int | None, now: int | None) -> int:
        """Whole lines between two readings of the encoder, 0 where one is not known."""
        if before is None or now is None:
            return 0
        return round((now - before) / self._counts_per_line)

    def _block(self, strip: Strip, is_backwards: bool) -> Block:
        count = len(strip.pixels)
        block = Block(
            self._next_line,
            strip.pixels,
            np.full(count, self._is_trusted(strip) and not is_backwards, np.bool_),
            strip.received_ns,
            strip.block_id,
            strip.encoder_start,
            strip.encoder_end,
            strip.part_sensor,
        )
        self._next_line += count
        return block

    def _is_trusted(self, strip: Strip) -> bool:
        """Whether each line lies where its number says: where lines are missing within a strip nobody knows where."""
        if strip.encoder_start is None or strip.encoder_end is None:
            return strip.is_complete
        return strip.is_complete and self._moved(strip.encoder_start, strip.encoder_end) == len(strip.pixels)

    def _gap(self, lines: int, strip: Strip) -> list[Block]:
        if lines > MOST_LOST:
            raise _jump(f"{lines} lines are missing at once")
        if lines <= 0:
            return []
        first, end = self._next_line, self._next_line + lines
        self._next_line = end
        self.lost += lines
        # In pieces no longer than a strip: nobody needs more room for a gap than for lines.
        starts = range(first, end, self._strip_lines)
        spans = [LineSpan(start, min(start + self._strip_lines, end)) for start in starts]
        return [gap_block(span, strip.pixels.shape[1], strip.received_ns) for span in spans]


def _jump(what: str) -> CameraError:
    return CameraError(what, where="line-scan camera", remedy="the camera was restarted or changed: open it again")
