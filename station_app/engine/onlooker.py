"""Looks at frames beside the line: shows and measures the watched camera's, and the first ones of a shift.

Whoever has a frame offers it, which costs a lock; at most one frame is on loan here at a time, and for that one every
camera has a buffer to spare. Everything else happens on this thread.
"""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from station_app.core.inspection import Frame, FrameStamp, HeatMap
from station_app.core.messages import Event
from station_app.core.reference import Placement, SetupSeen
from station_app.core.setup_messages import CameraMeasured, CameraWatched, SetupDifference
from station_app.engine.bounded_queue import BoundedQueue, Policy
from station_app.engine.fingerprint import Fingerprint
from station_app.engine.frame_pool import Lease
from station_app.engine.live_camera import LiveCamera
from station_app.engine.live_lines import LiveLines, NewestLines
from station_app.engine.placing import Placing
from station_app.engine.preview import PreviewFrame, PreviewWriter
from station_app.engine.references import CameraReference, LoadedReferences
from station_app.engine.worker import IDLE_S, Worker
from station_app.inference.measures import PictureMeasures, measure_picture

INTERVAL_S = 0.1
"""Between two pictures of a watched camera, at least."""
PLACED_S = 1.0
"""Between two parts of which is measured how they lie: that costs ten times as much as everything else, and the line
runs. In between, the last placement is told again."""
SHOT_SHOWN_S = 2.0
"""How long no other picture takes the place of a test shot."""
SPARE_BUFFERS = 1
"""Frame buffers of each camera beyond those of the line: one frame may be looked at."""
NICENESS = 5
"""A verdict is waited for, a look is not."""


LIVE_LINES = 1024
"""Of a line-scan camera so many of the newest lines are shown."""


@dataclass(frozen=True, slots=True)
class _Offered:
    frame: Frame
    lease: Lease


class Onlooker:
    """One thread between `start` and `stop`; nothing is looked at outside of that."""

    def __init__(
        self,
        references: LoadedReferences,
        fingerprint: Fingerprint,
        placing: Placing,
        publish: Callable[[Event], None],
        on_bug: Callable[[str, BaseException], None],
    ) -> None:
        self._references = references
        self._fingerprint = fingerprint
        self._placing = placing
        self._publish = publish
        self._lock = threading.Lock()
        self._offered: BoundedQueue[_Offered | NewestLines] = BoundedQueue("look", SPARE_BUFFERS, Policy.FAULT)
        self._is_busy = False
        self._watched = ""
        self._due_s = 0.0
        self._newest_ns = 0
        self._placed: tuple[str, float, Placement] | None = None
        self._writing = threading.Lock()
        self._preview: PreviewWriter | None = None
        self._lines: LiveLines | None = None
        self._worker = Worker("onlooker", self._step, on_bug, niceness=NICENESS)

    def start(self) -> None:
        self._worker.start()

    def stop(self) -> None:
        """End the thread; nobody is watched any more."""
        self._worker.ask_to_stop()
        self._offered.close()
        self._worker.stop()
        self.end()
        left = self._offered.get(0)
        if isinstance(left, _Offered):
            left.lease.release()
        self._placing.flush()

    def watch(self, camera: LiveCamera, preview: Path) -> None:
        """Show this camera from now on, in a file beside `preview`: its frames, or the newest lines of a line-scan
        camera. StorageError where the file cannot be made."""
        self.end()
        shape = camera.described.shape
        writer = PreviewWriter(preview, math.prod(shape if camera.scan is None else (LIVE_LINES, *shape[1:])))
        with self._writing:
            self._preview = writer
            self._lines = None if camera.scan is None else LiveLines(camera.scan, LIVE_LINES, self._offer_lines)
        with self._lock:
            self._watched, self._due_s = camera.camera_id, 0.0
        self._publish(CameraWatched(camera.camera_id, str(writer.path)))
        if self._lines is not None:
            self._lines.start()

    def end(self) -> None:
        """Watch nothing; tells so where something was watched."""
        with self._lock:
            watched, self._watched = self._watched, ""
        with self._writing:
            lines, self._lines = self._lines, None
            if lines is not None:
                lines.stop()
            preview, self._preview = self._preview, None
            if preview is not None:
                preview.close()
        if watched:
            self._publish(CameraWatched("", ""))

    def due_s(self, camera_id: str) -> float:
        """When a frame of this camera is wanted next, on the monotonic clock; infinite where nobody watches it."""
        return self._due_s if camera_id == self._watched else math.inf

    def offer(self, frame: Frame, lease: Lease) -> None:
        """Take a further loan of the frame where it is wanted now. Never waits; any thread."""
        now_s = time.monotonic()
        is_part = frame.part_id > 0
        with self._lock:
            is_due = now_s >= self.due_s(frame.camera_id) and self._lines is None
            if self._is_busy or not (is_due or (is_part and self._wants(frame.camera_id))):
                return
            self._is_busy = True
            if is_due:
                self._due_s = now_s + INTERVAL_S
        offered = _Offered(frame, lease.retain())
        if not self._offered.put(offered):
            offered.lease.release()

    def _wants(self, camera_id: str) -> bool:
        """Whether a part of this camera is to be measured though nobody watches."""
        return self._fingerprint.wants(camera_id) or self._placing.wants(camera_id)

    def _offer_lines(self, lines: NewestLines) -> None:
        """On the camera's thread, which never waits here."""
        with self._lock:
            is_free, self._is_busy = not self._is_busy, True
        if is_free:
            self._offered.put(lines)

    def rest(self) -> None:
        """Ask for no picture for a while: a test shot is about to be shown, and somebody will want to look at it."""
        with self._lock:
            self._due_s = max(self._due_s, time.monotonic() + SHOT_SHOWN_S)

    def show(self, frame: Frame, heat_map: HeatMap | None) -> int:
        """Write the frame into the watched preview; its sequence, or 0 where another camera or none is watched."""
        maps = () if heat_map is None else (heat_map,)
        with self._writing:
            if self._preview is None or frame.camera_id != self._watched or self._lines is not None:
                return 0
            if frame.stamp.captured_at_ns < self._newest_ns:  # exposed before a test shot that is shown already
                return 0
            self._newest_ns = frame.stamp.captured_at_ns
            return self._preview.write(frame.part_id, [PreviewFrame(frame.camera_id, frame.pixels, maps)])

    def _step(self) -> None:
        offered = self._offered.get(IDLE_S)
        if offered is None:
            return
        try:
            if isinstance(offered, NewestLines):
                self._show_lines(offered)
            else:
                self._look_at(offered.frame)
        finally:
            if isinstance(offered, _Offered):
                offered.lease.release()
            with self._lock:
                self._is_busy = False

    def _show_lines(self, lines: NewestLines) -> None:
        with self._writing:
            preview, camera_id = self._preview, self._watched
            if preview is None or self._lines is None:
                return
            sequence = preview.write(0, [PreviewFrame(camera_id, lines.pixels)])
        seen = measure_picture(Frame(0, camera_id, FrameStamp(0, 0), lines.pixels))
        self._publish(
            CameraMeasured(
                camera_id,
                sequence,
                seen.quality,
                seen.histogram,
                seen.columns,
                first_line=lines.first_line,
                lost=lines.lost,
            )
        )

    def _look_at(self, frame: Frame) -> None:
        sequence = self.show(frame, None)
        measured = measure_picture(frame)
        reference = self._references.of(frame.camera_id)
        told = () if reference is None else self._compared(frame, measured, reference)
        if sequence:
            self._publish(
                CameraMeasured(
                    frame.camera_id,
                    sequence,
                    measured.quality,
                    measured.histogram,
                    measured.columns,
                    "" if reference is None else reference.path,
                    told,
                )
            )

    def _compared(
        self, frame: Frame, measured: PictureMeasures, reference: CameraReference
    ) -> tuple[SetupDifference, ...]:
        settings = self._references.settings_of(frame.camera_id)
        seen, placement = SetupSeen(measured.quality, measured.histogram, settings), self._placement(frame, reference)
        if frame.part_id > 0:
            self._fingerprint.take(frame.camera_id, seen, placement)
        return reference.differences(seen, placement)

    def _placement(self, frame: Frame, reference: CameraReference) -> Placement:
        now_s, last = time.monotonic(), self._placed
        is_spared = frame.part_id > 0 and not self._wants(frame.camera_id)
        if is_spared and last is not None and last[0] == frame.camera_id and now_s < last[1] + PLACED_S:
            return last[2]
        placement = reference.place(frame)
        self._placed = (frame.camera_id, now_s, placement)
        if frame.part_id > 0:
            self._placing.take(frame.part_id, frame.camera_id, placement)
        return placement
