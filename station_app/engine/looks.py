"""What a camera's own thread does while the line does not run: exposures for watching, and errands for a person.

Every call to a camera comes from its one acquire thread, these as well. A frame exposed here is never a part's: while
parts may come none is exposed, and it is shown to the check of stamps like every other, so that the ids go on without
a gap. One that was due and did not come restarts the camera (`RecoveringCamera`), which throws it away.
"""

import math
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar, cast

from station_app.core.errors import CameraError, ConfigError
from station_app.core.inspection import Frame, FrameStamp, NoResultReason, Pixels
from station_app.devices.camera import Camera, is_commanded, is_replay
from station_app.devices.linescan.line_scan import LineScan
from station_app.engine.frame_pool import FramePool, Lease
from station_app.engine.live_camera import LiveCamera
from station_app.engine.part import Shot
from station_app.engine.worker import IDLE_S

T = TypeVar("T")
Errand = Callable[[Camera], object]

NO_PART = 0
"""Part ids begin at 1: this is the id of a frame that belongs to none."""
INTERVAL_S = 0.1
"""Between two exposures for watching, at least."""
LEASE_S = 1.0
LOOK_S = 2.0
"""How long a frame outside of any part is waited for."""
HOLD_S = LOOK_S + 1.0
AFTER_A_LOSS_S = 0.5


class Watcher(Protocol):
    """Who looks at frames beside the line."""

    def due_s(self, camera_id: str) -> float:
        """When a frame of this camera is wanted next, on the monotonic clock; infinite where nobody watches it."""
        ...

    def offer(self, frame: Frame, lease: Lease) -> None:
        """A good frame is there; takes a further loan of it where it is wanted now. Never waits."""
        ...


@dataclass(frozen=True, slots=True)
class CameraHooks:
    """Whom a camera's thread tells: of a camera that failed, of every frame that came, and of each good frame."""

    on_lost: Callable[[str, CameraError], None]
    on_seen: Callable[[str], None]
    watcher: Watcher


class Looks:
    """`rest_s` and `step` are the camera thread's; everything else is for any other thread."""

    def __init__(self, live: LiveCamera, pool: FramePool, hooks: CameraHooks) -> None:
        self._live = live
        self._pool = pool
        self._hooks = hooks
        self._changed = threading.Condition()
        self._errands: deque[tuple[Errand, Future[object]]] = deque()
        self._is_held = False
        self._is_at_work = False
        self._not_before_s = 0.0

    def rest_s(self) -> float:
        """How long the camera's thread may wait for a part before it has to `step`."""
        if self._is_held:
            return IDLE_S
        with self._changed:
            return 0.0 if self._errands else min(IDLE_S, max(0.0, self._next_look_s() - time.monotonic()))

    def step(self) -> None:
        """Carry out one errand, or expose once for who is watching; nothing where the line runs."""
        with self._changed:
            errand = self._errands.popleft() if self._errands and not self._is_held else None
            is_looking = errand is None and not self._is_held and self._next_look_s() <= time.monotonic()
            self._is_at_work = is_looking or errand is not None
        try:
            if errand is not None:
                self._carry_out(*errand)
            elif is_looking:
                self._look()
        finally:
            self._rest()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """On the camera's thread, around what uses the camera in some other way: `hold` waits for it. ConfigError
        while the line runs."""
        with self._changed:
            self._refuse_held()
            self._is_at_work = True
        try:
            yield
        finally:
            self._rest()

    def ask(self, errand: Callable[[Camera], T], timeout_s: float, let_go: Callable[[T], None] | None = None) -> T:
        """What the errand returns, or raises, on the camera's thread. ConfigError while the line runs, CameraError
        where the camera does not answer in time; an errand that has not been begun by then never is, and what one
        returns after that is given to `let_go`."""
        future: Future[object] = Future()
        with self._changed:
            self._refuse_held()
            self._errands.append((errand, future))
        try:
            return cast(T, future.result(timeout_s))
        except TimeoutError as error:
            if not future.cancel() and let_go is not None:
                future.add_done_callback(partial(_let_go_late, cast(Callable[[object], None], let_go)))
            remedy = "check its cable and its power; if that does not help, start the station again"
            raise CameraError("the camera does not answer in time", where=self._where, remedy=remedy) from error

    def hold(self, timeout_s: float = HOLD_S) -> None:
        """Nothing is exposed or asked here from now on. CameraError where the camera is still busy after that time:
        then nothing is held."""
        with self._changed:
            self._is_held = True
            if not self._changed.wait_for(lambda: not self._is_at_work, timeout_s):
                self._is_held = False
                remedy = "wait a moment and try again; if that does not help, check its cable and its power"
                raise CameraError("the camera is busy and does not answer", where=self._where, remedy=remedy)

    def end(self) -> None:
        """As `hold`, for good and without waiting: a camera that hangs is the rig's to abandon."""
        with self._changed:
            self._is_held = True

    def let_go(self) -> None:
        """The line does not run any more."""
        with self._changed:
            self._is_held = False

    def expose(self) -> Shot:
        """One exposure outside of any part, on the camera's thread; its buffer is the caller's. CameraError where the
        camera fails, or is one that cannot be asked for a frame."""
        if is_replay(self._live.camera):
            what = "this camera works off a list of files, of which none may be left out"
            raise CameraError(what, where=self._where, remedy="start the line: its parts are shown")
        lease = self._pool.lease(LEASE_S)
        if lease is None:
            remedy = "wait until the images of the last parts are stored"
            raise CameraError("no frame buffer is free", where=self._where, remedy=remedy)
        return self._exposed(lease)

    @property
    def _where(self) -> str:
        return f"camera {self._live.camera_id}"

    def _refuse_held(self) -> None:
        if self._is_held:
            raise ConfigError("the line is running", remedy="pause the line first")

    def _rest(self) -> None:
        with self._changed:
            self._is_at_work = False
            self._changed.notify_all()

    def _exposed(self, lease: Lease) -> Shot:
        shot = Shot(self._live.camera_id, time.monotonic_ns(), fault=NoResultReason.FRAME_LOST)
        try:
            asked_ns = time.monotonic_ns()
            stamp = self._filled(lease.buffer)
            if stamp is not None:
                self._hooks.on_seen(self._live.camera_id)
                frame, fault = self._live.framed(stamp, lease.buffer, NO_PART, asked_ns)
                shot = Shot(self._live.camera_id, time.monotonic_ns(), frame, lease, fault)
        finally:
            if shot.lease is None:
                lease.release()
        return shot

    def _filled(self, buffer: Pixels) -> FrameStamp | None:
        camera = self._live.camera
        if not is_commanded(camera):
            return camera.fill(buffer, IDLE_S)
        camera.trigger()
        return camera.fill(buffer, LOOK_S)

    def _next_look_s(self) -> float:
        """When the next exposure for watching is due, on the monotonic clock; infinite while nobody watches."""
        if is_replay(self._live.camera):
            return math.inf
        return max(self._not_before_s, self._hooks.watcher.due_s(self._live.camera_id))

    def _look(self) -> None:
        """Without a free buffer, and where nobody has time for the frame, this one is left out."""
        if is_commanded(self._live.camera):  # a wire's frames are taken as they come, else they would queue up
            self._not_before_s = time.monotonic() + INTERVAL_S
        if self._live.scan is not None:
            self._read_on(self._live.scan)
            return
        lease = self._pool.lease(0)
        if lease is None:
            return
        try:
            shot = self._exposed(lease)
        except CameraError as error:
            self._not_before_s = time.monotonic() + AFTER_A_LOSS_S
            self._hooks.on_lost(self._live.camera_id, error)
            return
        if shot.frame is not None and shot.lease is not None and shot.frame.stamp.is_complete:
            self._hooks.watcher.offer(shot.frame, shot.lease)
        shot.release()

    def _read_on(self, scan: LineScan) -> None:
        """Lines that no part gets: the newest of them are shown as they come, see `live_lines`."""
        try:
            if scan.look(IDLE_S):
                self._hooks.on_seen(self._live.camera_id)
        except CameraError as error:
            self._not_before_s = time.monotonic() + AFTER_A_LOSS_S
            self._hooks.on_lost(self._live.camera_id, error)

    def _carry_out(self, errand: Errand, future: Future[object]) -> None:
        if not future.set_running_or_notify_cancel():
            return
        try:
            future.set_result(errand(self._live.camera))
        except Exception as error:  # noqa: BLE001 - it goes to whoever asked, who tells a failure from a bug
            future.set_exception(error)


def _let_go_late(let_go: Callable[[object], None], future: Future[object]) -> None:
    if future.exception() is None:
        let_go(future.result())
