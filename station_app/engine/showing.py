"""Which frames go to the preview: at most a screen's worth, and every part that is no PASS."""

import threading
import time
from pathlib import Path

from station_app.core.inspection import VerdictKind
from station_app.engine.inspect import Concluded
from station_app.engine.part import Examined, most_telling
from station_app.engine.preview import PreviewFrame, PreviewWriter

INTERVAL_S = 0.03
"""A copy of 5 MP costs a third of a millisecond. Twice as often as the window looks: a part that is left out is shown
there without its picture until the next one comes."""


class Showing:
    """The preview of one rig. Parts come from the inspect thread, late ones from the deadline's."""

    def __init__(self, path: Path, frame_bytes: int, cameras: int = 1) -> None:
        """`frame_bytes` is the size of all frames of a part, of so many cameras."""
        self._writer = PreviewWriter(path, frame_bytes, cameras)
        self._shown_s = 0.0
        self._is_closed = False
        self._lock = threading.Lock()

    @property
    def path(self) -> Path:
        return self._writer.path

    def show(self, concluded: Concluded) -> int:
        """Write the frames that the part has, the most telling one first, where it is due; the sequence, or 0."""
        telling = most_telling(concluded.part.examined)
        if telling is None:
            return 0
        others = (entry for entry in concluded.part.examined if entry is not telling)
        with self._lock:
            now_s = time.monotonic()
            is_due = now_s - self._shown_s >= INTERVAL_S or concluded.verdict.kind is not VerdictKind.PASS
            if self._is_closed or not is_due:
                return 0
            self._shown_s = now_s
            frames = [frame for entry in (telling, *others) for frame in _frames(entry)]
            return self._writer.write(concluded.part.part_id, frames)

    def close(self) -> None:
        with self._lock:
            self._is_closed = True
            self._writer.close()


def _frames(examined: Examined) -> tuple[PreviewFrame, ...]:
    """The frame of this examination, where it has one."""
    frame, heat_map = examined.shot.frame, examined.heat_map
    if frame is None:
        return ()
    return (PreviewFrame(frame.camera_id, frame.pixels, () if heat_map is None else (heat_map,)),)
