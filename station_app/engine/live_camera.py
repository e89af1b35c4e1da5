"""One opened camera of the recipe, and what becomes a frame of what it delivers."""

from collections.abc import Callable
from dataclasses import dataclass

from station_app.core.inspection import Frame, FrameStamp, NoResultReason, Pixels
from station_app.devices.camera import Camera, CameraInfo
from station_app.devices.linescan.line_scan import LineScan
from station_app.inference.preparing import Prepared

StampCheck = Callable[[FrameStamp, Frame, int], NoResultReason | None]
"""(stamp, frame, trigger time in ns) -> why the frame is no evidence, or None. Shown every frame once, in order."""

Prepare = Callable[[Frame, int], Prepared]
"""(frame, number of its buffer) -> the frame as the model will be shown it, in buffers that belong to that number."""


@dataclass(frozen=True, slots=True)
class LiveCamera:
    """An opened camera of the recipe, what judges its stamps, and what prepares its frames. `scan` where it is a
    line-scan camera."""

    camera_id: str
    camera: Camera
    described: CameraInfo
    check_stamp: StampCheck
    prepare: Prepare
    scan: LineScan | None = None

    def framed(
        self, stamp: FrameStamp, buffer: Pixels, part_id: int, triggered_ns: int
    ) -> tuple[Frame, NoResultReason | None]:
        """What lies in the buffer, as a frame, and why it is no evidence, or None. Once for each filled buffer."""
        pixels = filled(buffer, stamp)
        frame = Frame(part_id, self.camera_id, stamp, pixels, self.described.pixel_format)
        fault = self.check_stamp(stamp, frame, triggered_ns)
        if not stamp.is_complete or (stamp.shape is not None and pixels.shape[:2] != stamp.shape[:2]):
            fault = NoResultReason.FRAME_TORN
        return frame, fault


def filled(buffer: Pixels, stamp: FrameStamp) -> Pixels:
    """The part of the buffer that the frame fills."""
    return buffer if stamp.shape is None else buffer[: stamp.shape[0], : stamp.shape[1]]
