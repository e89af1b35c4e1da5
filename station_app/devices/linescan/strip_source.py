"""Strips through any area camera: a line-scan camera ships its lines as frames of a fixed height. One thread.

What the `Camera` protocol has no word for, the encoder and the part sensor, is not known here: lost lines are told by
gaps in the frame ids. So the camera must count every frame that it took, also those that nobody fetched.
"""

import numpy as np

from station_app.core.errors import CameraError
from station_app.core.inspection import Pixels
from station_app.devices.camera import Camera, CameraInfo, FeatureValue
from station_app.devices.linescan.block import Strip


class StripSource:
    """A `LineSource` over a camera whose frames are strips of the web.

    `is_free_running` says whether its frames come by themselves; if not, each read asks for one.
    """

    def __init__(self, camera: Camera, *, is_free_running: bool = True) -> None:
        self._camera = camera
        self._is_free_running = is_free_running
        self._buffer: Pixels = np.zeros((0, 0), np.uint8)

    @property
    def strip_lines(self) -> int:
        return len(self._buffer)

    @property
    def is_free_running(self) -> bool:
        return self._is_free_running

    def open(self) -> CameraInfo:
        described = self._camera.open()
        self._buffer = np.zeros(described.shape, np.uint8)
        return described

    def apply(self, settings: dict[str, FeatureValue]) -> dict[str, FeatureValue]:
        return self._camera.apply(settings)

    def start(self) -> None:
        self._check_counting()
        self._camera.start()

    def read(self, timeout_s: float) -> Strip | None:
        if not self._is_free_running:
            self._camera.trigger()
        stamp = self._camera.fill(self._buffer, timeout_s)
        if stamp is None:
            return None
        # A frame that is shorter than the buffer is a strip that ended early; a torn one says so itself.
        height = len(self._buffer) if stamp.shape is None else stamp.shape[0]
        return Strip(stamp.frame_id, self._buffer[:height], stamp.captured_at_ns, is_complete=stamp.is_complete)

    def is_alive(self) -> bool:
        return self._camera.is_alive()

    def stop(self) -> None:
        self._camera.stop()

    def close(self) -> None:
        self._camera.close()

    def _check_counting(self) -> None:
        """A GenICam camera that runs free throws frames away and numbers only those that it hands out, unless it was
        opened for strips: a lost one would be seen by nobody."""
        if getattr(self._camera, "is_streaming", False):
            return
        features = getattr(self._camera, "features", None)
        known = {feature.name: feature.value for feature in features()} if features is not None else {}
        if known.get("TriggerMode") == "Off":
            raise CameraError(
                "the strips of a camera that runs free cannot be counted",
                where="line-scan camera",
                remedy="open it as lines:CAMERA, or set trigger_source to software or to a line",
            )
