"""Which frames go to the preview: at most a screen's worth, and every part that is no PASS."""

import threading
import time
from pathlib import Path

from station_app.core.inspection import VerdictKind
from station_app.engine.inspect import Concluded
from station_app.engine.part import most_telling
from station_app.engine.preview import PreviewWriter

INTERVAL_S = 0.03
"""A copy of 5 MP costs a third of a millisecond, but nobody sees more than 30 frames a second."""


class Showing:
    """The preview of one rig. Parts come from the inspect thread, late ones from the deadline's."""

    def __init__(self, path: Path, frame_bytes: int) -> None:
        self._writer = PreviewWriter(path, frame_bytes)
        self._shown_s = 0.0
        self._is_closed = False
        self._lock = threading.Lock()

    @property
    def path(self) -> Path:
        return self._writer.path

    def show(self, concluded: Concluded) -> int:
        """Write the part's most telling frame where it is due; its sequence, or 0."""
        telling = most_telling(concluded.part.examined)
        if telling is None or telling.shot.frame is None:
            return 0
        frame = telling.shot.frame
        with self._lock:
            now_s = time.monotonic()
            is_due = now_s - self._shown_s >= INTERVAL_S or concluded.verdict.kind is not VerdictKind.PASS
            if self._is_closed or not is_due:
                return 0
            self._shown_s = now_s
            return self._writer.write(concluded.part.part_id, frame.camera_id, frame.pixels, telling.heat_map)

    def close(self) -> None:
        with self._lock:
            self._is_closed = True
            self._writer.close()
