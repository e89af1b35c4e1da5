"""One recovery for every driver: a camera that comes back by itself and never hands out a frame of doubtful origin.

While the camera is lost, `trigger` and `fill` raise `CameraError` at once, so the part becomes NO_RESULT(camera_lost)
and the line goes on; reopening happens in a background thread, which also asks an idle camera about once a second
whether it is alive (idle itself is no fault). A frame that was due and did not come restarts the acquisition, which
throws away whatever is still under way: a late frame can never be taken for the next part's. Frame ids go on without
a gap over such restarts, so that a gap seen downstream is always an unexplained one; whose frame the first after a
restart is they do not say: of a wire's, `begun_ns` does.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from station_app.core.errors import CameraError
from station_app.core.inspection import FrameStamp, Pixels
from station_app.devices.camera import Camera, CameraInfo, FeatureValue, is_commanded, is_replay
from station_app.devices.clock import Clock, SystemClock
from station_app.devices.features import Feature, as_tunable, check_read_back, latest, unknown_feature
from station_app.devices.numbering import Numbering
from station_app.devices.reconnect import Known, let_go, reconnect
from station_app.devices.recovery_policy import RecoveryPolicy
from station_app.devices.watch import Watch
from station_app.devices.wired import transit_s_of

log = logging.getLogger(__name__)

T = TypeVar("T")
OnChange = Callable[[bool, str], None]
"""(is_live, detail): once when the camera is lost, once when it is back; in order, from the recovery's thread."""


class RecoveringCamera:
    """A `Camera` around the one that `make` builds; it is built once, then closed and opened again to recover it.

    `fill` belongs to the `trigger` before it: one of each per part. A driver with an attribute `is_replay = True`
    delivers a list of files: nothing of it is discarded or restarted, and a missing frame is its end and no fault.
    """

    def __init__(
        self,
        make: Callable[[], Camera],
        on_change: OnChange | None = None,
        policy: RecoveryPolicy | None = None,
        watch: Watch | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._make = make
        self._on_change = on_change or _tell_nobody
        self._policy = policy or RecoveryPolicy()
        self._watch = watch or Watch("camera recovery")
        self._clock = clock or SystemClock()
        self._lock = threading.Lock()  # held while the device is in use; never while somebody is told
        self._numbering = Numbering()
        self._camera: Camera | None = None
        self._known: Known | None = None
        self._loss: CameraError | None = None
        self._attempts = -1  # -1 until the lost camera has been let go
        self._misses = 0
        self._logged = ""
        self._is_due = False
        self._was_used = False
        self._begun_ns = 0

    @property
    def is_replay(self) -> bool:
        return is_replay(self._camera)

    @property
    def is_wired(self) -> bool:
        return not is_commanded(self._camera)

    @property
    def transit_s(self) -> float:
        return transit_s_of(self._camera)

    @property
    def begun_ns(self) -> int:
        """As `Wired` says: after a start, a missing frame, a return, or `begin_anew`."""
        return self._begun_ns

    def begin_anew(self) -> None:
        self.use(self._begin_anew)

    def open(self) -> CameraInfo:
        """Connect. An error here is the caller's: only a camera that was there once is recovered."""
        with self._lock:
            self._camera = self._camera or self._make()
            self._known = Known(self._camera.open())
            self._loss, self._attempts, self._misses, self._is_due = None, -1, 0, False
            self._numbering.restart()
        self._watch.start(self.step)
        return self._known.described

    def apply(self, settings: dict[str, FeatureValue]) -> dict[str, FeatureValue]:
        """Write and verify: CameraError where the camera reads back something else. Remembered for reconnects."""
        with self._lock:
            camera, known = self._live()
            answer = camera.apply(settings)
            check_read_back(settings, answer, known.where)
            held = self.remembered(known.settings, settings), self.remembered(known.read_back, answer)
            self._known = Known(known.described, *held, known.is_started)
        return answer

    def features(self) -> tuple[Feature, ...]:
        """Empty where the driver shows none."""
        with self._lock:
            camera, _ = self._live()
            return () if (tunable := as_tunable(camera)) is None else tunable.features()

    def common_features(self) -> tuple[Feature, ...]:
        with self._lock:
            camera, _ = self._live()
            return () if (tunable := as_tunable(camera)) is None else tunable.common_features()

    def execute(self, name: str) -> None:
        """Carry out a command. What it changes is not remembered for reconnects. It may expose, or end the exposures:
        the camera is started anew, so that nothing of that is taken for a part's."""
        with self._lock:
            camera, known = self._live()
            tunable = as_tunable(camera)
            if tunable is None:
                raise unknown_feature(name, (), known.where)
            tunable.execute(name)
            if known.is_started:
                self._begin_anew(camera)

    def remembered(
        self, before: Mapping[str, FeatureValue], new: Mapping[str, FeatureValue]
    ) -> dict[str, FeatureValue]:
        tunable = as_tunable(self._camera)
        return latest(before, new) if tunable is None else tunable.remembered(before, new)

    def start(self) -> None:
        self.use(self._start)

    def trigger(self) -> None:
        self.use(self._trigger)

    def fill(self, buffer: Pixels, timeout_s: float) -> FrameStamp | None:
        def take(camera: Camera) -> FrameStamp | None:
            stamp = camera.fill(buffer, timeout_s)
            if stamp is None:
                self._note_missing(camera)
            return stamp

        return self.take(take)

    def take(self, action: Callable[[Camera], FrameStamp | None]) -> FrameStamp | None:
        """A frame that the device gives in some other way than by `fill`, under its id for the station."""

        def numbered(camera: Camera) -> FrameStamp | None:
            stamp = action(camera)
            if stamp is None:
                return None
            self._misses, self._is_due = 0, False
            return self._numbering.continued(stamp)

        return self.use(numbered)

    @property
    def device(self) -> Camera | None:
        """The driver's camera, None until it was opened for the first time. What changes it goes through `use`."""
        return self._camera

    def is_alive(self) -> bool:
        return self._camera is not None and self._loss is None and self._camera.is_alive()

    def stop(self) -> None:
        with self._lock:
            self._remember_started(False)
            if self._camera is not None and self._loss is None:
                self._camera.stop()

    def close(self) -> None:
        """Let go of the device and end the recovery, also in the middle of its waiting."""
        self._watch.stop()
        with self._lock:
            if self._camera is not None:
                self._camera.close()
            self._known = None

    def step(self) -> float:
        """One turn of the recovery's thread; returns after how many seconds the next one is due."""
        if self._loss is None:
            self._look_after_idle()
        if self._loss is None:
            return self._policy.alive_every_s
        if self._attempts < 0:
            self._let_go(self._loss)
        elif self._is_back():
            self._on_change(True, "")
            return self._policy.alive_every_s
        waits = self._policy.backoff_s
        return waits[min(self._attempts, len(waits) - 1)]

    def use(self, action: Callable[[Camera], T]) -> T:
        """Do something with the live device; an error of it means that it is lost."""
        if self._loss is not None:  # do not wait for the lock: a reopening may hold it for seconds
            raise _still_lost(self._loss)
        with self._lock:
            camera, _ = self._live()
            self._was_used = True
            try:
                return action(camera)
            except CameraError as error:
                self._loss = error
                self._watch.wake()
                raise

    def _live(self) -> tuple[Camera, Known]:
        if self._loss is not None:
            raise _still_lost(self._loss)
        if self._camera is None or self._known is None:
            raise CameraError("the camera was not opened", remedy="open it first")
        return self._camera, self._known

    def _start(self, camera: Camera) -> None:
        camera.start()
        self._begun_ns = self._clock.now_ns()
        self._remember_started(True)

    def _trigger(self, camera: Camera) -> None:
        camera.trigger()
        self._is_due = True

    def _remember_started(self, is_started: bool) -> None:
        if self._known is not None:
            self._known = replace(self._known, is_started=is_started)

    def _note_missing(self, camera: Camera) -> None:
        if not self._is_due or is_replay(camera):
            return
        self._is_due = False
        self._misses += 1
        if self._misses >= self._policy.misses or not camera.is_alive():
            what, where = f"{self._misses} frames in a row did not come", self._known.where if self._known else ""
            raise CameraError(what, where=where, remedy="check its cable and what triggers it")
        self._begin_anew(camera)

    def _begin_anew(self, camera: Camera) -> None:
        camera.stop()
        camera.start()
        self._numbering.restart()
        self._begun_ns = self._clock.now_ns()

    def _look_after_idle(self) -> None:
        was_used, self._was_used = self._was_used, False
        if was_used or not self._lock.acquire(blocking=False):
            return
        try:
            camera, known = self._live()
            if not camera.is_alive():
                self._loss = CameraError("the camera does not answer", where=known.where, remedy="check its cable")
        except CameraError as error:
            self._loss = error
        finally:
            self._lock.release()

    def _let_go(self, loss: CameraError) -> None:
        self._attempts, self._logged = 0, ""
        log.warning("camera lost: %s", loss)
        self._on_change(False, str(loss))
        with self._lock:
            if self._camera is not None:
                let_go(self._camera)

    def _is_back(self) -> bool:
        """Try once to reconnect."""
        with self._lock:
            if self._camera is None or self._known is None:
                return False
            try:
                reconnect(self._camera, self._known, self._policy.discard, self._policy.discard_timeout_s)
            except CameraError as error:
                self._note_refused(error)
                return False
            self._loss, self._attempts, self._misses, self._is_due = None, -1, 0, False
            self._numbering.restart()
            self._begun_ns = self._clock.now_ns()
        log.warning("%s is back", self._known.where)
        return True

    def _note_refused(self, error: CameraError) -> None:
        """Logged once for each reason: a camera that is off all night is tried ten thousand times."""
        self._attempts += 1
        if self._logged != str(error):
            self._logged = str(error)
            log.info("still lost after attempt %d: %s", self._attempts, error)


def _still_lost(loss: CameraError) -> CameraError:
    return CameraError(loss.what, where=loss.where, remedy=loss.remedy)


def _tell_nobody(is_live: bool, detail: str) -> None:
    """Nobody asked to be told."""
