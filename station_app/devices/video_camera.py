"""A camera that plays a video file, each frame once and in order, one for each trigger. Runs on the caller's thread."""

import logging

import cv2

from station_app.core.errors import CameraError
from station_app.core.inspection import FrameStamp, PixelFormat, Pixels
from station_app.devices.camera import CameraInfo, FeatureValue
from station_app.devices.capture import Capture, OpenCapture
from station_app.devices.clock import Clock, SystemClock
from station_app.devices.features import unknown_feature
from station_app.devices.layout import to_format

log = logging.getLogger(__name__)

_MAX_PENDING = 1000


class VideoFileCamera:
    """After the last frame `fill` gives None. Closing and opening again goes on where it stopped.

    Frames that the file cannot give whole are left out: nothing tells them from the end, so the log says how many came.
    """

    is_replay = True

    def __init__(self, make: OpenCapture, path: str, pixel_format: PixelFormat, clock: Clock | None = None) -> None:
        self._make = make
        self._path = path
        self._format = pixel_format
        self._clock = clock or SystemClock()
        self._capture: Capture | None = None
        self._shape: tuple[int, ...] = ()
        self._next = 0
        self._asked = 0
        self._is_started = False
        self._is_ended = False

    def open(self) -> CameraInfo:
        self.close()
        capture = self._make()
        for _ in range(self._next):
            capture.grab()
        extent = (int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT)), int(capture.get(cv2.CAP_PROP_FRAME_WIDTH)))
        if min(extent) <= 0:
            capture.release()
            raise CameraError("the video holds no pictures", where=self._path, remedy="check that the file is a video")
        self._shape = (*extent, 3) if self._format is PixelFormat.BGR8 else extent
        self._capture = capture
        return CameraInfo(self._path, "video file", self._shape, self._format)

    def apply(self, settings: dict[str, FeatureValue]) -> dict[str, FeatureValue]:
        self._opened()
        for name in settings:
            raise unknown_feature(name, (), self._path)
        return {}

    def start(self) -> None:
        self._opened()
        self._is_started = True

    def trigger(self) -> None:
        self._started()
        self._asked = min(self._asked + 1, _MAX_PENDING)

    def fill(self, buffer: Pixels, timeout_s: float) -> FrameStamp | None:
        capture = self._started()
        if not self._asked or self._is_ended:
            self._clock.sleep(timeout_s)
            return None
        self._asked -= 1
        is_good, image = capture.read()
        if not is_good or image is None:
            self._is_ended = True
            promised = int(capture.get(cv2.CAP_PROP_FRAME_COUNT))
            level = logging.WARNING if self._next < promised else logging.INFO
            log.log(level, "%s ended after %d of %d frames", self._path, self._next, promised)
            return None
        pixels = to_format(image, self._format)
        if pixels.shape != self._shape:
            raise CameraError("the video changes its frame size", where=self._path, remedy="cut it into one per size")
        buffer[...] = pixels
        number, self._next = self._next, self._next + 1
        return FrameStamp(number, self._clock.now_ns())

    def is_alive(self) -> bool:
        return self._capture is not None

    def stop(self) -> None:
        self._is_started = False
        self._asked = 0

    def close(self) -> None:
        self.stop()
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.release()

    def _opened(self) -> Capture:
        if self._capture is None:
            raise CameraError("the video is not open", where=self._path, remedy="open it first")
        return self._capture

    def _started(self) -> Capture:
        capture = self._opened()
        if not self._is_started:
            raise CameraError("the video was not started", where=self._path, remedy="start it first")
        return capture
