"""Strips and sources that obey a test."""

from collections import deque
from collections.abc import Iterable, Sequence

import numpy as np
from hypothesis import strategies as st

from station_app.core.errors import CameraError
from station_app.core.inspection import PixelFormat, Pixels
from station_app.devices.camera import CameraInfo, FeatureValue
from station_app.devices.linescan.block import Block, LineFlags, Strip
from station_app.devices.linescan.placing import Placing

COUNTS = 4
"""Encoder counts for each line."""


class CutWeb:
    """A web of known pixels, cut into strips of `lines`; some are lost, torn or damaged on the way.

    What a lost strip held is on no strip; the block ids and the encoder tell of it.
    """

    def __init__(self, pixels: Pixels, lines: int, faults: Sequence[str], sensor: LineFlags | None = None) -> None:
        self.pixels = pixels
        self.lines = lines
        self.sensor = sensor
        self.received = np.zeros(len(pixels), np.bool_)
        self.strips: list[Strip] = []
        for block_id, start in enumerate(range(0, len(pixels) - lines + 1, lines)):
            self._ship(block_id, start, faults[block_id % len(faults)] if faults else "")

    def _ship(self, block_id: int, start: int, fault: str) -> None:
        count = max(1, self.lines // 2) if fault == "torn" else self.lines
        if fault == "lost":
            return
        self.received[start : start + self.lines] = not fault
        self.strips.append(
            Strip(
                block_id,
                self.pixels[start : start + count],
                1000 + block_id,
                start * COUNTS,
                (start + self.lines) * COUNTS,
                not fault,
                None if self.sensor is None else self.sensor[start : start + count],
            )
        )

    @property
    def first_line(self) -> int:
        """The line of the web that the first strip begins with: nobody knows of what was lost before it."""
        return self.strips[0].block_id * self.lines if self.strips else 0

    def blocks(self) -> list[Block]:
        """All strips in their places."""
        placing = Placing(self.lines, COUNTS, self.first_line)
        return [block for strip in self.strips for block in placing.place(strip)]


FAULTS = st.lists(st.sampled_from(["", "", "", "lost", "torn", "damaged"]), min_size=1, max_size=7)


class ListSource:
    """A source that delivers these strips, then nothing."""

    strip_lines = 8
    is_free_running = True

    def __init__(self, strips: Iterable[Strip], lines: int, width: int) -> None:
        self._strips = deque(strips)
        self._shape = (lines, width)
        self.strip_lines = lines
        self.is_open = False

    def open(self) -> CameraInfo:
        self.is_open = True
        return CameraInfo("list", "list of strips", self._shape, PixelFormat.MONO8)

    def apply(self, settings: dict[str, FeatureValue]) -> dict[str, FeatureValue]:
        return dict(settings)

    def start(self) -> None:
        if not self.is_open:
            raise CameraError("not open")

    def read(self, timeout_s: float) -> Strip | None:
        return self._strips.popleft() if self._strips else None

    def is_alive(self) -> bool:
        return self.is_open

    def stop(self) -> None:
        pass

    def close(self) -> None:
        self.is_open = False


def plain_strip(block_id: int, count: int = 8, width: int = 4, **known: object) -> Strip:
    """A strip without anything on it."""
    return Strip(block_id, np.full((count, width), block_id % 256, np.uint8), 1000 + block_id, **known)  # type: ignore[arg-type]
