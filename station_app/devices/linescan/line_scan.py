"""What a line-scan camera can do beyond a `Camera`, also behind the recovery that stands above every driver."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from station_app.core.inspection import FrameStamp, Pixels
from station_app.devices.camera import Camera
from station_app.devices.linescan.flat_field import FlatConditions
from station_app.devices.linescan.line_camera import LineScanCamera
from station_app.devices.linescan.line_setup import LineSetup
from station_app.devices.linescan.readout import WebState
from station_app.devices.linescan.ring import Lines
from station_app.devices.recovery import RecoveringCamera

T = TypeVar("T")


class LineScan(Protocol):
    """Properties are for any thread. Methods are for the thread that calls `fill`, mean what they mean in
    `LineScanCamera`, and raise CameraError likewise; `newest` also for whoever is called by `watch`."""

    @property
    def setup(self) -> LineSetup: ...
    @property
    def state(self) -> WebState: ...
    @property
    def drift_warning(self) -> str | None: ...
    @property
    def notices(self) -> tuple[str, ...]: ...
    @property
    def conditions(self) -> FlatConditions: ...
    def resume(self) -> None: ...
    def await_line(self, timeout_s: float) -> bool: ...
    def take_rest(self, buffer: Pixels) -> FrameStamp | None: ...
    def begin_anew(self) -> int: ...
    def look(self, timeout_s: float) -> bool: ...
    def collect(self, lines: int, timeout_s: float) -> Pixels: ...
    def newest(self, lines: int) -> Lines | None: ...

    def watch(self, on_lines: Callable[[], None] | None) -> None:
        """Call this after every block of lines, on the thread that asked for them; None to end it. Any thread."""
        ...


def line_scan_of(camera: Camera) -> LineScan | None:
    """The line-scan camera that this one is, None where it is an area camera. It must have been opened."""
    device = camera.device if isinstance(camera, RecoveringCamera) else camera
    return _Reached(camera, device) if isinstance(device, LineScanCamera) else None


class _Reached:
    """A line-scan camera, asked through the recovery where there is one."""

    def __init__(self, camera: Camera, device: LineScanCamera) -> None:
        self._recovery = camera if isinstance(camera, RecoveringCamera) else None
        self._device = device

    @property
    def setup(self) -> LineSetup:
        return self._device.setup

    @property
    def state(self) -> WebState:
        return self._device.state

    @property
    def drift_warning(self) -> str | None:
        return self._device.drift_warning

    @property
    def notices(self) -> tuple[str, ...]:
        return self._device.notices

    @property
    def conditions(self) -> FlatConditions:
        return self._device.conditions

    def resume(self) -> None:
        self._use(lambda device: device.resume())

    def await_line(self, timeout_s: float) -> bool:
        return self._use(lambda device: device.await_line(timeout_s))

    def take_rest(self, buffer: Pixels) -> FrameStamp | None:
        if self._recovery is None:
            return self._device.take_rest(buffer)
        return self._recovery.take(lambda _: self._device.take_rest(buffer))

    def begin_anew(self) -> int:
        return self._use(lambda device: device.begin_anew())

    def look(self, timeout_s: float) -> bool:
        return self._use(lambda device: device.look(timeout_s))

    def collect(self, lines: int, timeout_s: float) -> Pixels:
        return self._use(lambda device: device.collect(lines, timeout_s))

    def newest(self, lines: int) -> Lines | None:
        # Asked from within a call that holds the recovery's lock.
        return self._device.newest(lines)

    def watch(self, on_lines: Callable[[], None] | None) -> None:
        self._device.on_lines = on_lines

    def _use(self, action: Callable[[LineScanCamera], T]) -> T:
        if self._recovery is None:
            return action(self._device)
        return self._recovery.use(lambda _: action(self._device))
