"""Opens OpenCV captures: which back end, which time-outs, and what may be said of the address in messages."""

import os
from collections.abc import Callable, Mapping
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from station_app.core.errors import CameraError
from station_app.devices.source_text import public_name

_OPEN_MS = 3000
_READ_MS = 2000
# Over UDP a lost packet is a smeared picture that nobody flags; a packet that is known to be damaged or cut short is
# left out rather than decoded into half a picture.
_FFMPEG_OPTIONS = "rtsp_transport;tcp|fflags;discardcorrupt"


class Capture(Protocol):
    """The part of `cv2.VideoCapture` that is used here. Not safe for two threads."""

    def isOpened(self) -> bool: ...  # noqa: N802 - OpenCV's name

    def read(self) -> tuple[bool, NDArray[np.uint8] | None]: ...

    def grab(self) -> bool: ...

    def get(self, property_id: int) -> float: ...

    def set(self, property_id: int, value: float) -> bool: ...

    def release(self) -> None: ...


OpenCapture = Callable[[], Capture]


def is_live(target: str) -> bool:
    """Whether the target is a device or a network address, not a file."""
    return target.isdecimal() or is_network(target) or target.startswith("/dev/")


def is_network(target: str) -> bool:
    """Whether the target is an address."""
    return "://" in target


def open_capture(target: str, properties: Mapping[int, float]) -> Capture:
    """A capture of a device, an address or a file; CameraError where it does not open."""
    capture = _capture(target)
    if not capture.isOpened():
        capture.release()
        kind = "camera" if is_live(target) else "video file"
        raise CameraError(f"the {kind} does not open", where=public_name(target), remedy=_remedy(target))
    for property_id, value in properties.items():
        capture.set(property_id, value)
    return capture


def _capture(target: str) -> Capture:
    # FFmpeg takes them from here only.
    os.environ.setdefault("OPENCV_FFMPEG_CAPTURE_OPTIONS", _FFMPEG_OPTIONS)
    if target.isdecimal():
        return cv2.VideoCapture(int(target))  # type: ignore[return-value]
    if not is_network(target):
        return cv2.VideoCapture(target)  # type: ignore[return-value]
    limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _OPEN_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, _READ_MS]
    return cv2.VideoCapture(target, cv2.CAP_FFMPEG, limits)  # type: ignore[return-value]


def _remedy(target: str) -> str:
    if is_network(target):
        return "check the address, the network and the camera's power"
    if is_live(target):
        return "check the cable and that no other program uses the camera"
    return "check that the file exists and is a video"
