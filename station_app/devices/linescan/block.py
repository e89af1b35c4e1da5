"""What a line-scan source delivers, and what it becomes once its lines have numbers."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from station_app.core.inspection import Pixels
from station_app.core.lines import LineSpan
from station_app.devices.camera import CameraInfo, FeatureValue

LineFlags = NDArray[np.bool_]
"""One flag for each line of a block."""


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """One buffer as a camera ships it: `pixels` is n x width, n up to the source's strip height.

    `block_id` rises by one per buffer. `encoder_start` is the counter at the first line and `encoder_end` where the
    line after the last is due, both unwrapped; None where the camera tells none. Not `is_complete` where lines of the
    buffer are damaged or missing; a buffer that simply ended early, with the camera's time-out, is complete.
    `part_sensor` is the level of the part sensor at each line, None where there is none. Pixels stay valid until the
    source is read again.
    """

    block_id: int
    pixels: Pixels
    received_ns: int
    encoder_start: int | None = None
    encoder_end: int | None = None
    is_complete: bool = True
    part_sensor: LineFlags | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Lines in their place on the web: `first_line` is global. `ok` is False for each line that was never received,
    or whose place is doubtful: nothing may be judged good there. `block_id` is -1 for lines put in for lost ones."""

    first_line: int
    pixels: Pixels
    ok: LineFlags
    received_ns: int
    block_id: int = -1
    encoder_start: int | None = None
    encoder_end: int | None = None
    part_sensor: LineFlags | None = None

    @property
    def span(self) -> LineSpan:
        return LineSpan(self.first_line, self.first_line + len(self.pixels))

    @property
    def is_gap(self) -> bool:
        """Lines that stand for lost ones: nothing of them is known."""
        return self.block_id < 0


def gap_block(gap: LineSpan, width: int, received_ns: int) -> Block:
    """Lines that were lost: black, none of them ok, and no memory spent on them."""
    pixels = np.broadcast_to(np.zeros((1, 1), np.uint8), (gap.length, width))
    return Block(gap.start, pixels, np.zeros(gap.length, np.bool_), received_ns)


class LineSource(Protocol):
    """A stream of strips. Used by one thread. Life as a `Camera`'s; every method raises CameraError likewise."""

    @property
    def strip_lines(self) -> int:
        """Lines of a full strip; known once opened."""
        ...

    @property
    def is_free_running(self) -> bool:
        """Whether lines come by themselves. If not, the web moves only while it is read."""
        ...

    def open(self) -> CameraInfo:
        """Connect. `CameraInfo.shape` is that of a full strip."""
        ...

    def apply(self, settings: dict[str, FeatureValue]) -> dict[str, FeatureValue]:
        """Write the features and return what the camera reads back."""
        ...

    def start(self) -> None: ...

    def read(self, timeout_s: float) -> Strip | None:
        """The next strip, None where none arrived in time."""
        ...

    def is_alive(self) -> bool: ...

    def stop(self) -> None: ...

    def close(self) -> None: ...
