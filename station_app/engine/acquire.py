"""Triggers one camera for each part, fills a leased buffer and prepares it for the model. One thread per camera.

Preparing here costs the line nothing: the model is at work on the part before meanwhile. Nothing is judged but stamps.
"""

import time
from typing import Protocol

from station_app.core.errors import CameraError, StationError
from station_app.core.inspection import Frame, FrameStamp, NoResultReason, Pixels
from station_app.engine.bounded_queue import BoundedQueue, Policy
from station_app.engine.chores import Chores
from station_app.engine.frame_pool import FramePool, Lease
from station_app.engine.live_camera import LiveCamera
from station_app.engine.looks import CameraHooks, Looks
from station_app.engine.part import Part, Shot
from station_app.inference.preparing import Prepared


class Outgoing(Protocol):
    """Where shots go."""

    def put(self, item: tuple[Part, Shot]) -> bool:
        """Hand one over; False where the line has ended."""
        ...


class AcquireStage:
    """`step` takes the next part, and always hands on exactly one shot for it: a frame, or the fault instead. While no
    part comes, the same thread does what `looks` has to do."""

    def __init__(
        self,
        live: LiveCamera,
        pool: FramePool,
        outgoing: Outgoing,
        hooks: CameraHooks,
    ) -> None:
        self.looks = Looks(live, pool, hooks)
        self.camera_id = live.camera_id
        # No more parts than buffers are ever admitted: a full queue here is a bug, and `put` says so.
        self.incoming: BoundedQueue[Part] = BoundedQueue(f"acquire {live.camera_id}", pool.count, Policy.FAULT)
        self._live = live
        self._pool = pool
        self._outgoing = outgoing
        self._hooks = hooks
        self._exposing: Part | None = None
        self.chores = Chores()

    def accept(self, part: Part) -> bool:
        """Take the part: its frame is the next one. False where there is no room."""
        return self.incoming.put(part)

    def step(self) -> None:
        part = self.incoming.get(self.looks.rest_s())
        if part is None:
            if not self.chores.do_next():
                self.looks.step()
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
            self._hooks.on_lost(self.camera_id, error)
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
        self._hooks.on_seen(self.camera_id)
        frame, fault = self._live.framed(stamp, lease.buffer, part.part_id, part.triggered_ns)
        if fault is not None:
            return Shot(self.camera_id, acquired_ns, frame, lease, fault, stamp.source)
        self._hooks.watcher.offer(frame, lease)
        return Shot(self.camera_id, acquired_ns, frame, lease, prepared=self._prepare(frame, lease.number))

    def _prepare(self, frame: Frame, number: int) -> Prepared | None:
        try:
            return self._live.prepare(frame, number)
        except StationError:
            return None  # the inspect thread meets it again, and tells of it as the part's fault

    def _fill(self, part: Part, buffer: Pixels) -> FrameStamp | None:
        self._exposing = part
        try:
            self._live.camera.trigger()
            return self._live.camera.fill(buffer, _rest_s(part))
        finally:
            self._exposing = None

    def _fault(self, reason: NoResultReason, detail: str = "") -> Shot:
        return Shot(self.camera_id, time.monotonic_ns(), fault=reason, detail=detail)


def _rest_s(part: Part) -> float:
    return max(0.0, (part.frames_due_ns - time.monotonic_ns()) / 1e9)
