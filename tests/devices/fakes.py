"""Clocks, captures and cameras that obey a test."""

import threading
from collections import deque
from collections.abc import Callable

import numpy as np

from station_app.core.errors import CameraError
from station_app.core.inspection import FrameStamp, PixelFormat, Pixels
from station_app.devices.camera import CameraInfo, FeatureValue
from station_app.devices.watch import Watch


class FakeClock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.ns = 1_000_000_000
        self.slept: list[float] = []

    def now_ns(self) -> int:
        self.ns += 1
        return self.ns

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.ns += round(seconds * 1e9)


class ManualWatch(Watch):
    """A recovery thread that is no thread: the test calls `step`."""

    def __init__(self) -> None:
        super().__init__("manual")
        self.wakes = 0
        self.is_running = False

    def start(self, step: Callable[[], float]) -> None:
        self.is_running = True

    def wake(self) -> None:
        self.wakes += 1

    def stop(self) -> None:
        self.is_running = False


class PlugCamera:
    """A software-triggered camera with a plug that the test can pull. Grey level = frame id."""

    def __init__(self, serial: str = "A1") -> None:
        self.serial = serial
        self.is_plugged = True
        self.is_silent = False
        self.calls: list[str] = []
        self.settings: dict[str, FeatureValue] = {"exposure_us": 100.0}
        self.forgets_settings = False
        self.shape: tuple[int, ...] = (4, 6)
        self._is_open = False
        self._next_id = 0
        self.pending: deque[int] = deque()

    def open(self) -> CameraInfo:
        self.calls.append("open")
        self._check()
        self._is_open = True
        self._next_id = 0
        return CameraInfo(self.serial, "plug", self.shape, PixelFormat.MONO8)

    def apply(self, settings: dict[str, FeatureValue]) -> dict[str, FeatureValue]:
        self.calls.append("apply")
        self._check()
        if not self.forgets_settings:
            self.settings = dict(settings)
        return dict(self.settings)

    def start(self) -> None:
        self.calls.append("start")
        self._check()
        self.pending.clear()

    def trigger(self) -> None:
        self._check()
        self.pending.append(self._next_id)
        self._next_id += 1

    def fill(self, buffer: Pixels, timeout_s: float) -> FrameStamp | None:
        self._check()
        if self.is_silent or not self.pending:
            return None
        frame_id = self.pending.popleft()
        buffer[...] = frame_id
        return FrameStamp(frame_id, 1)

    def is_alive(self) -> bool:
        return self.is_plugged and self._is_open

    def stop(self) -> None:
        self.calls.append("stop")
        self.pending.clear()

    def close(self) -> None:
        self.calls.append("close")
        self._is_open = False

    def _check(self) -> None:
        if not self.is_plugged:
            raise CameraError("the camera does not answer", where=self.serial, remedy="plug it in")


class FakeCapture:
    """A live stream: `push` makes one read return; `end` makes reads fail."""

    def __init__(self, size: tuple[int, int] = (6, 8)) -> None:
        self.size = size
        self._ready = threading.Semaphore(0)
        self._grey: deque[int] = deque()
        self._is_ended = False
        self.released = threading.Event()
        self.properties: dict[int, float] = {}

    def push(self, grey: int) -> None:
        self._grey.append(grey)
        self._ready.release()

    def end(self) -> None:
        self._is_ended = True
        self._ready.release()

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return True

    def read(self) -> tuple[bool, Pixels | None]:
        self._ready.acquire()
        if self._is_ended and not self._grey:
            return False, None
        return True, np.full((*self.size, 3), self._grey.popleft(), np.uint8)

    def grab(self) -> bool:
        return self.read()[0]

    def get(self, property_id: int) -> float:
        return self.properties.get(property_id, 0.0)

    def set(self, property_id: int, value: float) -> bool:
        self.properties[property_id] = value
        return True

    def release(self) -> None:
        self.released.set()
