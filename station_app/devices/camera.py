"""The seam between the station and any camera: area or line scan, vendor SDK, file or rendering."""

from dataclasses import dataclass
from typing import Protocol

from station_app.core.inspection import FrameStamp, PixelFormat, Pixels
from station_app.core.lines import LineScanInfo

FeatureValue = bool | int | float | str


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """Who the camera is and what its frames look like. `serial` identifies it across re-plugging, never an index.

    `shape` is the largest frame as a numpy shape: (height, width) or (height, width, 3). `lines` is there where its
    frames are cut out of a web, line by line.
    """

    serial: str
    model: str
    shape: tuple[int, ...]
    pixel_format: PixelFormat
    lines: LineScanInfo | None = None


def is_replay(camera: object) -> bool:
    """Whether the camera works off a list of files, of which no frame may be thrown away. A driver says so by an
    attribute `is_replay`."""
    return bool(getattr(camera, "is_replay", False))


def is_commanded(camera: object) -> bool:
    """Whether the camera exposes when it is told to, or at once because it runs free. One that waits for a wire or a
    sensor has an attribute `is_wired` that is true while it does."""
    return not getattr(camera, "is_wired", False)


class Camera(Protocol):
    """One source of frames. Used by one acquire thread; `is_alive` may be called by another.

    Life: `open`, `apply`, `start`, then `trigger`/`fill` in turn, `stop`, `close`; `close` is allowed in any state
    and twice. Every method raises `CameraError` when the device is gone or refuses; waiting for a trigger is not a
    fault, so an idle `fill` returns None at its time-out.
    """

    def open(self) -> CameraInfo:
        """Connect; takes at most a few seconds."""
        ...

    def apply(self, settings: dict[str, FeatureValue]) -> dict[str, FeatureValue]:
        """Write the features and return what the camera reads back. An unknown feature is a `CameraError`."""
        ...

    def start(self) -> None:
        """Begin delivering frames."""
        ...

    def trigger(self) -> None:
        """Ask for one exposure (software trigger); does nothing on a camera that is triggered by a wire."""
        ...

    def fill(self, buffer: Pixels, timeout_s: float) -> FrameStamp | None:
        """Wait for the next exposure and write it into the lent `buffer` of `CameraInfo.shape`.

        Returns None when no frame arrived in `timeout_s`. Of a frame that is not complete the buffer holds what came
        and nothing of an earlier one, since it is recorded all the same. The camera keeps no reference to the buffer.
        """
        ...

    def is_alive(self) -> bool:
        """A cheap read of the device, for liveness while idle."""
        ...

    def stop(self) -> None:
        """Stop delivering frames."""
        ...

    def close(self) -> None:
        """Let go of the device."""
        ...
