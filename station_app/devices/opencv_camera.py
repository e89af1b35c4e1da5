"""Live cameras through OpenCV: USB by index or device path, RTSP and other network streams. For looking and for
legacy cameras: no trigger, no exact exposure.

Such a camera runs free. `trigger` only notes the time, and `fill` takes the first frame whose exposure surely began
after it. Frame ids count the frames delivered, since most of what is read is thrown away on purpose.
"""

from collections.abc import Mapping
from functools import partial

import cv2

from station_app.core.errors import CameraError
from station_app.core.inspection import FrameStamp, PixelFormat, Pixels
from station_app.devices.camera import Camera, CameraInfo, FeatureValue
from station_app.devices.capture import OpenCapture, is_live, open_capture, to_format
from station_app.devices.clock import Clock, SystemClock
from station_app.devices.drain import Drain
from station_app.devices.features import Range, read_number, unknown_feature
from station_app.devices.source_text import public_name
from station_app.devices.video_camera import VideoFileCamera

MAX_AGE_S = 2.0
"""A live stream without a frame for this long is lost: OpenCV's own time-outs take up to six seconds."""
_FIRST_FRAME_S = 5.0
_ANSWER_S = 2.0
# The first frame read after a trigger was under way already when it came.
_FRAMES_AFTER_TRIGGER = 2
_PROPERTIES = {
    "exposure": cv2.CAP_PROP_EXPOSURE,
    "auto_exposure": cv2.CAP_PROP_AUTO_EXPOSURE,
    "gain": cv2.CAP_PROP_GAIN,
    "brightness": cv2.CAP_PROP_BRIGHTNESS,
    "focus": cv2.CAP_PROP_FOCUS,
}
_LIMITS = Range(-1e6, 1e6, 1e-6)


def open_opencv(target: str, pixel_format: PixelFormat, size: tuple[int, int] | None = None) -> Camera:
    """The camera for a device, an address or a video file; `size` (width, height) is asked of devices only."""
    properties: dict[int, float] = {}
    if size is not None:
        properties = {cv2.CAP_PROP_FRAME_WIDTH: size[0], cv2.CAP_PROP_FRAME_HEIGHT: size[1]}

    make = partial(open_capture, target, properties)
    if is_live(target):
        return LiveCamera(make, public_name(target), pixel_format)
    return VideoFileCamera(make, target, pixel_format)


class LiveCamera:
    """A free-running stream. `serial` is the device path or address; an index says nothing about which camera it is,
    so a device path of `/dev/v4l/by-id` is to be preferred."""

    def __init__(self, make: OpenCapture, serial: str, pixel_format: PixelFormat, clock: Clock | None = None) -> None:
        self._make = make
        self._serial = serial
        self._format = pixel_format
        self._clock = clock or SystemClock()
        self._drain: Drain | None = None
        self._shape: tuple[int, ...] = ()
        self._wanted = 0
        self._delivered = 0
        self._is_started = False

    def open(self) -> CameraInfo:
        self.close()
        drain = Drain(self._make(), self._clock, self._serial)
        self._drain = drain
        drain.start()
        try:
            first = drain.wait(1, _FIRST_FRAME_S)
            if first is None:
                raise CameraError("it opens but sends no picture", where=self._serial, remedy="check the camera")
        except CameraError:
            self.close()
            raise
        self._shape = to_format(first.image, self._format).shape
        return CameraInfo(self._serial, "OpenCV", self._shape, self._format)

    def apply(self, settings: dict[str, FeatureValue]) -> dict[str, FeatureValue]:
        drain = self._running()
        asked: dict[int, float] = {}
        for name, value in settings.items():
            if name not in _PROPERTIES:
                raise unknown_feature(name, tuple(_PROPERTIES), self._serial)
            asked[_PROPERTIES[name]] = read_number(name, value, _LIMITS, self._serial)
        return self._named(drain.set(asked, _ANSWER_S)) if asked else {}

    def start(self) -> None:
        self._wanted = self._running().number + 1
        self._is_started = True

    def trigger(self) -> None:
        self._wanted = self._running().number + _FRAMES_AFTER_TRIGGER

    def fill(self, buffer: Pixels, timeout_s: float) -> FrameStamp | None:
        drain = self._running()
        if not self._is_started:
            raise CameraError("the camera was not started", where=self._serial, remedy="start it first")
        received = drain.wait(self._wanted, timeout_s)
        if received is None:
            self._check_age(drain)
            return None
        self._wanted = received.number + 1
        pixels = to_format(received.image, self._format)
        if pixels.shape != self._shape:
            raise CameraError("the stream changed its frame size", where=self._serial, remedy="load the recipe again")
        buffer[...] = pixels
        number, self._delivered = self._delivered, self._delivered + 1
        return FrameStamp(number, received.received_ns)

    def is_alive(self) -> bool:
        drain = self._drain
        return drain is not None and not drain.is_ended and drain.age_s() <= MAX_AGE_S

    def stop(self) -> None:
        self._is_started = False

    def close(self) -> None:
        self.stop()
        drain, self._drain = self._drain, None
        if drain is not None:
            drain.stop()

    def _check_age(self, drain: Drain) -> None:
        if drain.age_s() > MAX_AGE_S:
            raise CameraError(
                f"no picture for {drain.age_s():.1f} s", where=self._serial, remedy="check cable, network and power"
            )

    def _running(self) -> Drain:
        if self._drain is None:
            raise CameraError("the camera is not open", where=self._serial, remedy="open it first")
        return self._drain

    def _named(self, answer: Mapping[int, float]) -> dict[str, FeatureValue]:
        names = {property_id: name for name, property_id in _PROPERTIES.items()}
        return {names[property_id]: value for property_id, value in answer.items()}
