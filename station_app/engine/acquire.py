"""Triggers one camera for each part and fills a leased buffer. One thread per camera; judges nothing but the stamp."""

import time
from collections.abc import Callable

from station_app.core.errors import CameraError
from station_app.core.inspection import Frame, FrameStamp, NoResultReason, PixelFormat
from station_app.devices.camera import Camera, CameraInfo
from station_app.engine.bounded_queue import BoundedQueue
from station_app.engine.frame_pool import FramePool, Lease
from station_app.engine.part import Part, Shot

IDLE_S = 0.2
StampCheck = Callable[[FrameStamp, Frame, int], NoResultReason | None]
"""(stamp, frame, trigger time in ns) -> why the frame is no evidence, or None."""


class AcquireStage:
    """`step` takes the next part, and always hands on exactly one shot for it: a frame, or the fault instead."""

    def __init__(
        self,
        camera_id: str,
        camera: Camera,
        described: CameraInfo,
        pool: FramePool,
        check_stamp: StampCheck,
        outgoing: BoundedQueue[tuple[Part, Shot]],
        on_lost: Callable[[str, CameraError], None],
    ) -> None:
        self.camera_id = camera_id
        self.incoming: BoundedQueue[Part] = BoundedQueue(f"acquire {camera_id}", outgoing.capacity, outgoing.policy)
        self._camera = camera
        self._format: PixelFormat = described.pixel_format
        self._pool = pool
        self._check_stamp = check_stamp
        self._outgoing = outgoing
        self._on_lost = on_lost

    def step(self) -> None:
        part = self.incoming.get(IDLE_S)
        if part is None:
            return
        shot = self._fault(NoResultReason.INTERNAL)
        try:
            shot = self._shoot(part)
        finally:
            self._outgoing.put((part, shot))

    def _shoot(self, part: Part) -> Shot:
        lease = self._pool.lease(self._rest_s(part))
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
        self._camera.trigger()
        stamp = self._camera.fill(lease.buffer, self._rest_s(part))
        if stamp is None:
            return self._fault(NoResultReason.FRAME_LOST, "the camera delivered no frame before the deadline")
        pixels = lease.buffer
        if stamp.shape is not None:
            pixels = pixels[: stamp.shape[0], : stamp.shape[1]]
        frame = Frame(part.part_id, self.camera_id, stamp, pixels, self._format)
        fault = (
            NoResultReason.FRAME_TORN if not stamp.is_complete else self._check_stamp(stamp, frame, part.triggered_ns)
        )
        return Shot(self.camera_id, time.monotonic_ns(), frame, lease, fault, stamp.source if fault else "")

    def _fault(self, reason: NoResultReason, detail: str = "") -> Shot:
        return Shot(self.camera_id, time.monotonic_ns(), fault=reason, detail=detail)

    def _rest_s(self, part: Part) -> float:
        return max(0.0, (part.deadline_ns - time.monotonic_ns()) / 1e9)
