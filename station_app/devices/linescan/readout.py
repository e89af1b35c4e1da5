"""What a person wants to read of a running web: position, speed, encoder, lost lines. One writer, any reader."""

from collections import deque
from dataclasses import dataclass, replace

from station_app.core.lines import LineScale
from station_app.devices.linescan.block import Block

_BLOCKS = 32
"""Blocks that the speed is measured over."""


@dataclass(frozen=True, slots=True)
class WebState:
    """`line` is the next line to come, `position_mm` where it lies. `speed_mm_s` is 0 until two blocks are known.

    `encoder` is the last reading, None without one; `is_forward` whether it rises.
    """

    line: int = 0
    position_mm: float = 0.0
    speed_mm_s: float = 0.0
    lost_lines: int = 0
    encoder: int | None = None
    is_forward: bool = True


class LineReadout:
    """Follows the blocks of one source. `state` is replaced as a whole, so it may be read by any thread."""

    def __init__(self, scale: LineScale) -> None:
        self.state = WebState()
        self.received_ns = 0
        self._scale = scale
        self._marks: deque[tuple[int, int]] = deque(maxlen=_BLOCKS)  # line, time

    def restart(self) -> None:
        """The camera was started: what was lost before does not count any more."""
        self._marks.clear()
        self.state = replace(self.state, speed_mm_s=0.0, lost_lines=0)

    def take(self, block: Block) -> None:
        """The next block, in order."""
        before = self.state
        end = block.span.end
        self.received_ns = block.received_ns
        self._marks.append((end, block.received_ns))
        self.state = WebState(
            line=end,
            position_mm=self._scale.mm(end),
            speed_mm_s=self._speed(),
            lost_lines=before.lost_lines + (block.span.length if block.is_gap else 0),
            encoder=before.encoder if block.encoder_end is None else block.encoder_end,
            is_forward=_is_forward(block, before.is_forward),
        )

    def _speed(self) -> float:
        (line, at_ns), (last_line, last_ns) = self._marks[0], self._marks[-1]
        return self._scale.mm(last_line - line) / ((last_ns - at_ns) / 1e9) if last_ns > at_ns else 0.0


def _is_forward(block: Block, before: bool) -> bool:
    if block.encoder_start is None or block.encoder_end is None or block.encoder_start == block.encoder_end:
        return before
    return block.encoder_end > block.encoder_start
