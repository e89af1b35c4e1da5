"""The newest lines of a line-scan camera as a picture, for a waterfall, while somebody watches.

Told on the camera's own thread, between two blocks of lines: nobody else may look at them, and a watcher that is slow
costs lines. So it is told at most ten times a second.
"""

import time
from collections.abc import Callable

import numpy as np

from station_app.core.inspection import Pixels
from station_app.devices.linescan.line_scan import LineScan

INTERVAL_S = 0.1


def newest_picture(scan: LineScan, lines: int) -> Pixels | None:
    """Up to so many of the last lines, corrected, the newest at the bottom, those that were lost black; None before
    the first. A copy. On the camera's own thread."""
    newest = scan.newest(lines)
    if newest is None or not newest.span.length:
        return None
    return np.where(newest.ok[:, None], newest.pixels, np.uint8(0))


class LiveLines:
    """Calls `show` with the newest `lines` from `start` until `stop`. Both for any thread."""

    def __init__(self, scan: LineScan, lines: int, show: Callable[[Pixels], None]) -> None:
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
