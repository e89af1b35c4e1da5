"""Live cameras through OpenCV: USB by index or device path, RTSP and other network streams. For looking and for
legacy cameras: no trigger, no exact exposure.

Such a camera runs free. `trigger` only notes the time, and `fill` takes the first frame that was not under way to this
computer when it came. What the camera's encoder or the network held back cannot be seen from here: a network stream
shows parts that stand still. Frame ids count the frames delivered, since most of what is read is thrown away.
"""

from collections.abc import Mapping
from functools import partial

import cv2

from station_app.core.errors import CameraError
from station_app.core.inspection import FrameStamp, PixelFormat, Pixels
from station_app.core.setup_messages import CommonSetting, FeatureKind
from station_app.devices.camera import Camera, CameraInfo, FeatureValue
from station_app.devices.capture import OpenCapture, is_live, is_network, open_capture
from station_app.devices.clock import Clock, SystemClock
from station_app.devices.drain import Drain, Received
from station_app.devices.features import Feature, Range, latest, read_number, unknown_feature
from station_app.devices.layout import to_format
from station_app.devices.source_text import public_name
from station_app.devices.video_camera import VideoFileCamera

MAX_AGE_S = 2.0
"""A live stream without a frame for this long is lost: OpenCV's own time-outs take up to six seconds."""
QUEUED_S = 2.0
"""For so long after it was opened a network stream hands out what had queued up, faster than it was exposed and up to a
second old: 75 frames at 39 a second of a camera that makes 25."""
_FIRST_FRAME_S = 5.0
_ANSWER_S = 2.0
_TICK_S = 0.01
# The first frame read after a trigger was under way already when it came.
_FRAMES_AFTER_TRIGGER = 2
_PROPERTIES = {
    "exposure": cv2.CAP_PROP_EXPOSURE,
    "auto_exposure": cv2.CAP_PROP_AUTO_EXPOSURE,
    "gain": cv2.CAP_PROP_GAIN,
    "brightness": cv2.CAP_PROP_BRIGHTNESS,
    "focus": cv2.CAP_PROP_FOCUS,
}
_CATEGORY = "OpenCV"
_LIMITS = Range(-1e6, 1e6, 1e-6)


def open_opencv(target: str, pixel_format: PixelFormat, size: tuple[int, int] | None = None) -> Camera:
    """The camera for a device, an address or a video file; `size` (width, height) is asked of devices only."""
    properties: dict[int, float] = {}
    if size is not None:
        properties = {cv2.CAP_PROP_FRAME_WIDTH: size[0], cv2.CAP_PROP_FRAME_HEIGHT: size[1]}

    make = partial(open_capture, target, properties)
    if is_live(target):
        settle_s = QUEUED_S if is_network(target) else 0.0
        return LiveCamera(make, public_name(target), pixel_format, size=size, settle_s=settle_s)
    return VideoFileCamera(make, target, pixel_format)


class LiveCamera:
    """A free-running stream. `serial` is the device path or address; an index says nothing about which camera it is,
    so a device path of `/dev/v4l/by-id` is to be preferred."""

    def __init__(
        self,
        make: OpenCapture,
        serial: str,
        pixel_format: PixelFormat,
        *,
        size: tuple[int, int] | None = None,
        settle_s: float = 0.0,
        clock: Clock | None = None,
    ) -> None:
        """`size` is the width and height that `make` asks for; what comes in the first `settle_s` is thrown away."""
        self._make = make
        self._size = size
        self._settle_ns = round(settle_s * 1e9)
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
        settled_ns = self._clock.now_ns() + self._settle_ns
        self._drain = drain
        drain.start()
        try:
            self._shape = to_format(self._first(drain, settled_ns).image, self._format).shape
            self._check_size()
        except CameraError:
            self.close()
            raise
        return CameraInfo(self._serial, "OpenCV", self._shape, self._format)

    def apply(self, settings: dict[str, FeatureValue]) -> dict[str, FeatureValue]:
        drain = self._running()
        asked: dict[int, float] = {}
        for name, value in settings.items():
            if name not in _PROPERTIES:
                raise unknown_feature(name, tuple(_PROPERTIES), self._serial)
            asked[_PROPERTIES[name]] = read_number(name, value, _LIMITS, self._serial)
        return self._named(drain.set(asked, _ANSWER_S)) if asked else {}

    def features(self) -> tuple[Feature, ...]:
        """What the driver may know, each as it reads back: most drivers know only some of it, and answer 0 or -1 for
        the rest. Their units are their own, so that none of them stands for an exposure in µs or a gain in dB."""
        read = self._named(self._running().set({}, _ANSWER_S, tuple(_PROPERTIES.values())))
        numbers = (Feature(name, FeatureKind.FLOAT, value, True, category=_CATEGORY) for name, value in read.items())
        return (*numbers, *self.common_features())

    def common_features(self) -> tuple[Feature, ...]:
        rate = self._running().set({}, _ANSWER_S, (cv2.CAP_PROP_FPS,))[cv2.CAP_PROP_FPS]
        known = (
            ("frame_rate", FeatureKind.FLOAT, rate, CommonSetting.RATE),
            ("trigger_source", FeatureKind.TEXT, "off", CommonSetting.TRIGGER),
            ("pixel_format", FeatureKind.TEXT, self._format.value, CommonSetting.PIXEL_FORMAT),
        )
        return tuple(
            Feature(name, kind, value, False, category=_CATEGORY, common=common) for name, kind, value, common in known
        )

    def execute(self, name: str) -> None:
        raise unknown_feature(name, (), self._serial)

    def remembered(
        self, before: Mapping[str, FeatureValue], new: Mapping[str, FeatureValue]
    ) -> dict[str, FeatureValue]:
        return latest(before, new)

    def start(self) -> None:
        self._wanted = self._running().number + 1
        self._is_started = True

    def trigger(self) -> None:
        self._wanted = self._running().number + _FRAMES_AFTER_TRIGGER

    def fill(self, buffer: Pixels, timeout_s: float) -> FrameStamp | None:
        drain = self._running()
        if not self._is_started:
            raise CameraError("the camera was not started", where=self._serial, remedy="start it first")
        received = self._next(drain, timeout_s)
        if received is None:
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

    def _first(self, drain: Drain, settled_ns: int) -> Received:
        """The newest frame once the stream has settled."""
        received = drain.wait(1, _FIRST_FRAME_S)
        while received is not None and self._clock.now_ns() < settled_ns:
            received = drain.wait(received.number + 1, _FIRST_FRAME_S)
        if received is None:
            raise CameraError("it opens but sends no picture", where=self._serial, remedy="check the camera")
        return received

    def _next(self, drain: Drain, timeout_s: float) -> Received | None:
        """The frame wanted; None at the time-out. Raises as soon as the last frame is too old, however long that is."""
        due_ns = self._clock.now_ns() + round(timeout_s * 1e9)
        while True:
            left_s = max(0.0, (due_ns - self._clock.now_ns()) / 1e9)
            patience_s = max(0.0, MAX_AGE_S - drain.age_s()) + _TICK_S
            received = drain.wait(self._wanted, min(left_s, patience_s))
            if received is not None:
                return received
            self._check_age(drain)
            if left_s <= patience_s:
                return None

    def _check_size(self) -> None:
        height, width = self._shape[:2]
        if self._size is not None and self._size != (width, height):
            asked = f"{self._size[0]} x {self._size[1]}"
            what = f"the camera delivers {width} x {height} pixels and not {asked}"
            raise CameraError(what, where=self._serial, remedy="ask for a size that it has")

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
