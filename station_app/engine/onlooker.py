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

from station_app.core.inspection import Frame, HeatMap
from station_app.core.messages import Event
from station_app.core.reference import Placement, SetupSeen
from station_app.core.setup_messages import CameraMeasured, CameraWatched, SetupDifference
from station_app.engine.bounded_queue import BoundedQueue, Policy
from station_app.engine.fingerprint import Fingerprint
from station_app.engine.frame_pool import Lease
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
        publish: Callable[[Event], None],
        on_bug: Callable[[str, BaseException], None],
    ) -> None:
        self._references = references
        self._fingerprint = fingerprint
        self._publish = publish
        self._lock = threading.Lock()
        self._offered: BoundedQueue[_Offered] = BoundedQueue("look", SPARE_BUFFERS, Policy.FAULT)
        self._is_busy = False
        self._watched = ""
        self._due_s = 0.0
        self._newest_ns = 0
        self._placed: tuple[str, float, Placement] | None = None
        self._writing = threading.Lock()
        self._preview: PreviewWriter | None = None
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
        if left is not None:
            left.lease.release()

    def watch(self, camera_id: str, preview: Path, frame_bytes: int) -> None:
        """Show this camera from now on, in a file beside `preview`. StorageError where the file cannot be made."""
        self.end()
        writer = PreviewWriter(preview, frame_bytes)
        with self._writing:
            self._preview = writer
        with self._lock:
            self._watched, self._due_s = camera_id, 0.0
        self._publish(CameraWatched(camera_id, str(writer.path)))

    def end(self) -> None:
        """Watch nothing; tells so where something was watched."""
        with self._lock:
            watched, self._watched = self._watched, ""
        with self._writing:
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
            is_due = now_s >= self.due_s(frame.camera_id)
            if self._is_busy or not (is_due or (is_part and self._fingerprint.wants(frame.camera_id))):
                return
            self._is_busy = True
            if is_due:
                self._due_s = now_s + INTERVAL_S
        offered = _Offered(frame, lease.retain())
        if not self._offered.put(offered):
            offered.lease.release()

    def rest(self) -> None:
        """Ask for no picture for a while: a test shot is about to be shown, and somebody will want to look at it."""
        with self._lock:
            self._due_s = max(self._due_s, time.monotonic() + SHOT_SHOWN_S)

    def show(self, frame: Frame, heat_map: HeatMap | None) -> int:
        """Write the frame into the watched preview; its sequence, or 0 where another camera or none is watched."""
        maps = () if heat_map is None else (heat_map,)
        with self._writing:
            if self._preview is None or frame.camera_id != self._watched:
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
            self._look_at(offered.frame)
        finally:
            offered.lease.release()
            with self._lock:
                self._is_busy = False

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
        is_spared = frame.part_id > 0 and not self._fingerprint.wants(frame.camera_id)
        if is_spared and last is not None and last[0] == frame.camera_id and now_s < last[1] + PLACED_S:
            return last[2]
        placement = reference.place(frame)
        self._placed = (frame.camera_id, now_s, placement)
        return placement
