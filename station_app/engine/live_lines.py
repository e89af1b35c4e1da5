"""The newest lines of a line-scan camera as a picture, for a waterfall, while somebody watches.

Told on the camera's own thread, between two blocks of lines: nobody else may look at them, and a watcher that is slow
costs lines. So it is told at most ten times a second.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from station_app.core.inspection import Pixels
from station_app.devices.linescan.line_scan import LineScan

INTERVAL_S = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class NewestLines:
    """The last lines of a web as a picture of its own, corrected, the newest at the bottom, lost ones black.

    `first_line` is the number of the uppermost; `lost` are the spans `[start, end)` that were never received.
    """

    pixels: Pixels
    first_line: int
    lost: tuple[tuple[int, int], ...] = ()


def newest_picture(scan: LineScan, lines: int) -> NewestLines | None:
    """Up to so many of the last lines, None before the first. On the camera's own thread."""
    newest = scan.newest(lines)
    if newest is None or not newest.span.length:
        return None
    pixels = np.where(newest.ok[:, None], newest.pixels, np.uint8(0))
    return NewestLines(pixels, newest.span.start, tuple((gap.start, gap.end) for gap in newest.gaps))


class LiveLines:
    """Calls `show` with the newest `lines` from `start` until `stop`. Both for any thread."""

    def __init__(self, scan: LineScan, lines: int, show: Callable[[NewestLines], None]) -> None:
        self._scan = scan
        self._lines = lines
        self._show = show
        self._shown_s = 0.0

    def start(self) -> None:
        self._scan.watch(self._on_lines)

    def stop(self) -> None:
        self._scan.watch(None)

    def _on_lines(self) -> None:
        now_s = time.monotonic()
        if now_s - self._shown_s < INTERVAL_S:
            return
        picture = newest_picture(self._scan, self._lines)
        if picture is not None:
            self._shown_s = now_s
            self._show(picture)
