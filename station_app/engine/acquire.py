"""Triggers one camera for each part and fills a leased buffer. One thread per camera; judges nothing but the stamp."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from station_app.core.errors import CameraError
from station_app.core.inspection import Frame, FrameStamp, NoResultReason, Pixels
from station_app.devices.camera import Camera, CameraInfo
from station_app.devices.linescan.line_scan import LineScan
from station_app.engine.bounded_queue import BoundedQueue, Policy
from station_app.engine.chores import Chores
from station_app.engine.frame_pool import FramePool, Lease
from station_app.engine.part import Handed, Part, Shot

IDLE_S = 0.2
StampCheck = Callable[[FrameStamp, Frame, int], NoResultReason | None]
"""(stamp, frame, trigger time in ns) -> why the frame is no evidence, or None. Shown every frame once, in order."""


@dataclass(frozen=True, slots=True)
class LiveCamera:
    """An opened camera of the recipe, and what judges its stamps. `scan` where it is a line-scan camera."""

    camera_id: str
    camera: Camera
    described: CameraInfo
    check_stamp: StampCheck
    scan: LineScan | None = None


class AcquireStage:
    """`step` takes the next part, and always hands on exactly one shot for it: a frame, or the fault instead.

    `on_lost` is told of a camera that failed, `on_seen` of every frame that came.
    """

    def __init__(
        self,
        live: LiveCamera,
        pool: FramePool,
        outgoing: BoundedQueue[Handed],
        on_lost: Callable[[str, CameraError], None],
        on_seen: Callable[[str], None],
    ) -> None:
        self.camera_id = live.camera_id
        # No more parts than buffers are ever admitted: a full queue here is a bug, and `put` says so.
        self.incoming: BoundedQueue[Part] = BoundedQueue(f"acquire {live.camera_id}", pool.count, Policy.FAULT)
        self._live = live
        self._pool = pool
        self._outgoing = outgoing
        self._on_lost = on_lost
        self._on_seen = on_seen
        self._exposing: Part | None = None
        self.chores = Chores()

    def accept(self, part: Part) -> bool:
        """Take the part: its frame is the next one. False where there is no room."""
        return self.incoming.put(part)

    def step(self) -> None:
        part = self.incoming.get(IDLE_S)
        if part is None:
            self.chores.do_next()
            return
        shot = self._fault(NoResultReason.INTERNAL)
        try:
            shot = self._shoot(part)
        finally:
            if not self._outgoing.put((part, shot)):
                shot.release()  # the line has ended meanwhile

    def is_stuck(self, now_ns: int) -> bool:
        """Whether the driver still keeps a part whose deadline has passed. Any thread."""
        part = self._exposing
        return part is not None and now_ns >= part.deadline_ns

    def _shoot(self, part: Part) -> Shot:
        if _rest_s(part) == 0:
            return self._fault(NoResultReason.LATE, "the camera was busy with the parts before")
        lease = self._pool.lease(_rest_s(part))
        if lease is None:
            return self._fault(NoResultReason.LATE, "no free frame buffer before the deadline")
        shot = self._fault(NoResultReason.INTERNAL)
        try:
            shot = self._expose(part, lease)
        except CameraError as error:
            self._on_lost(self.camera_id, error)
            shot = self._fault(NoResultReason.CAMERA_LOST, str(error))
        finally:
            if shot.lease is None:
                lease.release()
        return shot

    def _expose(self, part: Part, lease: Lease) -> Shot:
        stamp = self._fill(part, lease.buffer)
        if stamp is None:
            return self._fault(NoResultReason.FRAME_LOST, "the camera delivered no frame before the deadline")
        acquired_ns = time.monotonic_ns()
        self._on_seen(self.camera_id)
        pixels = filled(lease.buffer, stamp)
        frame = Frame(part.part_id, self.camera_id, stamp, pixels, self._live.described.pixel_format)
        fault = self._live.check_stamp(stamp, frame, part.triggered_ns)
        if not stamp.is_complete or (stamp.shape is not None and pixels.shape[:2] != stamp.shape[:2]):
            fault = NoResultReason.FRAME_TORN
        return Shot(self.camera_id, acquired_ns, frame, lease, fault, stamp.source if fault else "")

    def _fill(self, part: Part, buffer: Pixels) -> FrameStamp | None:
        self._exposing = part
        try:
            self._live.camera.trigger()
            return self._live.camera.fill(buffer, _rest_s(part))
        finally:
            self._exposing = None

    def _fault(self, reason: NoResultReason, detail: str = "") -> Shot:
        return Shot(self.camera_id, time.monotonic_ns(), fault=reason, detail=detail)


def filled(buffer: Pixels, stamp: FrameStamp) -> Pixels:
    """The part of the buffer that the frame fills."""
    return buffer if stamp.shape is None else buffer[: stamp.shape[0], : stamp.shape[1]]


def _rest_s(part: Part) -> float:
    return max(0.0, (part.frames_due_ns - time.monotonic_ns()) / 1e9)
