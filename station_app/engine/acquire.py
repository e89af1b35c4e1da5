"""Triggers one camera for each part, fills a leased buffer and prepares it for the model. One thread per camera.

Preparing here costs the line nothing: the model is at work on the part before meanwhile. Nothing is judged but stamps.
"""

from typing import Protocol

from station_app.core.errors import CameraError, StationError
from station_app.core.inspection import Frame, FrameStamp, NoResultReason, Pixels
from station_app.devices.clock import Clock, SystemClock
from station_app.engine.bounded_queue import BoundedQueue, Policy
from station_app.engine.chores import Chores
from station_app.engine.frame_pool import FramePool, Lease
from station_app.engine.live_camera import LiveCamera
from station_app.engine.looks import CameraHooks, Looks
from station_app.engine.part import Part, Shot
from station_app.engine.wire import Wire
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
        clock: Clock | None = None,
    ) -> None:
        self.looks = Looks(live, pool, hooks)
        self.camera_id = live.camera_id
        # No more parts than buffers are ever admitted: a full queue here is a bug, and `put` says so.
        self.incoming: BoundedQueue[Part] = BoundedQueue(f"acquire {live.camera_id}", pool.count, Policy.FAULT)
        self._live = live
        self._pool = pool
        self._outgoing = outgoing
        self._hooks = hooks
        self._clock = clock or SystemClock()
        self._wire = Wire(live, self._clock)
        self._exposing: Part | None = None
        self.chores = Chores()

    def accept(self, part: Part) -> bool:
        """Take the part: its frame is the next one. False where there is no room."""
        return self.incoming.put(part)

    def disturb(self) -> None:
        """What a wire has brought so far, and no part was given, is nobody's. Any thread."""
        self._wire.disturb()

    def step(self) -> None:
        part = self.incoming.get(self.looks.rest_s())
        if part is None:
            self._rest()
            return
        shot = self._fault(NoResultReason.INTERNAL)
        try:
            shot = self._shoot(part)
        finally:
            if not self._outgoing.put((part, shot)):
                shot.release()  # the line has ended meanwhile
        self._tidy()

    def is_stuck(self, now_ns: int) -> bool:
        """Whether the driver still keeps a part whose deadline has passed. Any thread."""
        part = self._exposing
        return part is not None and now_ns >= part.deadline_ns

    def _rest(self) -> None:
        if not self._tidy() and not self.chores.do_next():
            self.looks.step()

    def _tidy(self) -> bool:
        """Let a camera with a wire begin anew now, so that the next part need not wait for it. False where it has not:
        one that is lost does it when it comes back."""
        if not self._wire.is_disturbed or not self._live.camera.is_alive():
            return False
        try:
            self._wire.tidy()
        except CameraError as error:
            self._hooks.on_lost(self.camera_id, error)
        return True

    def _shoot(self, part: Part) -> Shot:
        try:
            return self._taken(part)
        except CameraError as error:
            self._hooks.on_lost(self.camera_id, error)
            return self._fault(NoResultReason.CAMERA_LOST, str(error))

    def _taken(self, part: Part) -> Shot:
        self._wire.tidy()
        if self._wire.has_thrown_away(part):
            return self._fault(NoResultReason.FRAME_SLIPPED, "the camera has begun anew since the part's trigger")
        self._wire.expect()
        rest_s = self._rest_s(part.frames_due_ns)
        if rest_s == 0:
            return self._fault(NoResultReason.LATE, "the camera was busy with the parts before")
        lease = self._pool.lease(rest_s)
        if lease is None:
            return self._fault(NoResultReason.LATE, "no free frame buffer before the deadline")
        shot = self._fault(NoResultReason.INTERNAL)
        try:
            shot = self._expose(part, lease)
        finally:
            if shot.lease is None:
                lease.release()
        return shot

    def _expose(self, part: Part, lease: Lease) -> Shot:
        stamp = self._fill(part, lease.buffer)
        if stamp is None:
            return self._fault(NoResultReason.FRAME_LOST, f"the camera delivered no frame {self._wire.limit(part)}")
        acquired_ns = self._clock.now_ns()
        self._hooks.on_seen(self.camera_id)
        frame, fault = self._live.framed(stamp, lease.buffer, part.part_id, part.triggered_ns)
        doubt = self._wire.doubt(part, stamp.captured_at_ns, fault)
        fault = NoResultReason.FRAME_SLIPPED if doubt and fault is None else fault
        if fault is not None:
            return Shot(self.camera_id, acquired_ns, frame, lease, fault, doubt or stamp.source)
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
            return self._live.camera.fill(buffer, self._rest_s(self._wire.due_ns(part)))
        finally:
            self._exposing = None

    def _fault(self, reason: NoResultReason, detail: str = "") -> Shot:
        return Shot(self.camera_id, self._clock.now_ns(), fault=reason, detail=detail)

    def _rest_s(self, due_ns: int) -> float:
        return max(0.0, (due_ns - self._clock.now_ns()) / 1e9)
