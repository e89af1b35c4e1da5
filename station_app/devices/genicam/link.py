"""The seam below a GenICam camera: what carries its features and frames, whoever made it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from station_app.core.inspection import PixelFormat
from station_app.devices.genicam.nodes import Nodes
from station_app.devices.genicam.pixels import RawImage
from station_app.devices.wired import TRANSIT_S

POLL_S = 0.05
"""How long a `pull` waits: stopping a camera takes as long."""

MOST_STRIPS = 64
"""Strips of a web that may wait to be fetched."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who answered. `serial` is what the camera was opened by, or what it calls itself."""

    serial: str
    model: str


@dataclass(frozen=True, slots=True)
class ProducerCamera:
    """A camera that a producer offers. `device` is its GenTL name, which stays the same across re-plugging."""

    device: str
    serial: str
    model: str
    vendor: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a camera is to be set when it is opened for the first time. `size` is (width, height), None to leave it;
    `trigger` as in the settings, "" for the station's command where the camera takes one, else running free.

    With `is_streaming` its frames are the strips of a web: each is handed out once, under the camera's own number, also
    where it runs free, and many may wait; silence is a web that stands still. `transit_s` is as `Wired` says.
    """

    pixel_format: PixelFormat = PixelFormat.MONO8
    size: tuple[int, int] | None = None
    trigger: str = ""
    is_streaming: bool = False
    transit_s: float = TRANSIT_S


@dataclass(frozen=True, slots=True, eq=False)
class Arrived:
    """A frame that the SDK handed over, complete or not. Its bytes are on loan until `release`."""

    block_id: int
    received_ns: int
    hardware_ns: int | None
    is_complete: bool
    image: RawImage | None
    release: Callable[[], None]


class Link(Protocol):
    """One device of one SDK. All of it raises `CameraError`; `close` does not, and is allowed in any state.

    `pull` runs on a thread of its own between `start` and `stop`, and beside `fire`, `is_alive` and the nodes; `stop`
    is called only after the last `pull` returned.
    """

    @property
    def where(self) -> str:
        """The device by name, for messages."""
        ...

    @property
    def nodes(self) -> Nodes: ...

    def open(self) -> Identity:
        """Find the device by its serial number and take control of it."""
        ...

    def start(self) -> None: ...

    def pull(self) -> Arrived | None:
        """The next frame; None when none came within `POLL_S`."""
        ...

    def fire(self) -> None:
        """The station's trigger; waits until the camera is ready for it."""
        ...

    def is_alive(self) -> bool:
        """A cheap read that the device itself must answer."""
        ...

    def stop(self) -> None: ...

    def close(self) -> None: ...
