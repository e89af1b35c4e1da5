"""Which frames go to the preview: at most a screen's worth, and every part that is no PASS. Inspect thread."""

import time
from pathlib import Path

from station_app.core.inspection import VerdictKind
from station_app.engine.inspect import Concluded
from station_app.engine.preview import PreviewWriter

INTERVAL_S = 0.03
"""A copy of 5 MP costs a third of a millisecond, but nobody sees more than 30 frames a second."""


class Showing:
    """The preview of one rig."""

    def __init__(self, path: Path, frame_bytes: int) -> None:
        self._writer = PreviewWriter(path, frame_bytes)
        self._shown_s = 0.0

    def show(self, concluded: Concluded) -> int:
        """Write the part's first whole frame where it is due; its sequence, or 0."""
        now_s = time.monotonic()
        is_due = now_s - self._shown_s >= INTERVAL_S or concluded.verdict.kind is not VerdictKind.PASS
        examined = next((e for e in concluded.part.examined if e.shot.frame is not None), None)
        if not is_due or examined is None or examined.shot.frame is None:
            return 0
        self._shown_s = now_s
        frame = examined.shot.frame
        return self._writer.write(concluded.part.part_id, frame.camera_id, frame.pixels, examined.heat_map)

    def close(self) -> None:
        self._writer.close()
