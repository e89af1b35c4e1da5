"""An endless web in front of a real engine: what is on it, and the camera above it."""

import threading
from collections.abc import Iterable
from functools import partial

import numpy as np

from station_app.core.errors import CameraError
from station_app.core.inspection import PixelFormat, Pixels
from station_app.core.lines import LineScale
from station_app.devices.camera import CameraInfo, FeatureValue
from station_app.devices.linescan.block import Strip
from station_app.devices.linescan.line_camera import LineScanCamera
from station_app.devices.linescan.line_setup import LineSetup
from station_app.devices.linescan.stretches import Stretches
from tests.engine.fakes import BAD, GOOD

WIDTH = 64
STRIP = 10
COUNTS = 4
SCALE = LineScale(0.1, 0.2)
"""A stretch of 50 lines is 5 mm long, 0.005 m; a pixel is 0.2 mm wide."""


class PaintedWeb:
    """A `LineSource` without end. Rectangles (first line, line after the last, left, right) on it are bad; strips whose
    number is in `lost` never arrive. It gives lines up to `give(line)` and then stands still; it fails while `is_gone`.
    """

    is_free_running = True
    strip_lines = STRIP

    def __init__(self, bad: Iterable[tuple[int, int, int, int]] = (), lost: Iterable[int] = ()) -> None:
        self.bad = list(bad)
        self.lost = set(lost)
        self.is_gone = False
        self._next = 0
        self._given = 0
        self._changed = threading.Condition()

    def give(self, line: int) -> None:
        """The web moves on, up to this line."""
        with self._changed:
            self._given = line
            self._changed.notify_all()

    def open(self) -> CameraInfo:
        return CameraInfo("web", "painted web", (STRIP, WIDTH), PixelFormat.MONO8)

    def apply(self, settings: dict[str, FeatureValue]) -> dict[str, FeatureValue]:
        return settings

    def start(self) -> None: ...

    def read(self, timeout_s: float) -> Strip | None:
        with self._changed:
            self._changed.wait_for(lambda: self.is_gone or self._next + STRIP <= self._given, timeout_s)
            if self.is_gone:
                raise CameraError("the camera does not answer", where="web", remedy="plug it in")
            while self._next + STRIP <= self._given:
                number, first = self._next // STRIP, self._next
                self._next += STRIP
                if number not in self.lost:
                    return Strip(number, self._lines(first), number + 1, COUNTS * first, COUNTS * (first + STRIP))
            return None

    def is_alive(self) -> bool:
        return not self.is_gone

    def stop(self) -> None: ...

    def close(self) -> None: ...

    def _lines(self, first: int) -> Pixels:
        noise = np.random.default_rng(first).integers(-3, 4, (STRIP, WIDTH))
        lines = np.asarray(GOOD + noise, np.uint8)
        for start, end, left, right in self.bad:
            lines[max(0, start - first) : max(0, end - first), left:right] = BAD
        return lines


def web_camera(web: PaintedWeb, lines: int = 50, overlap: int = 10) -> LineScanCamera:
    setup = LineSetup(SCALE, counts_per_line=COUNTS, stretch_lines=lines, overlap=overlap)
    return LineScanCamera(web, partial(Stretches, lines, overlap), setup)
