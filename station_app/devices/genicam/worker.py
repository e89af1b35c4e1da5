"""The process in which a vendor's GenTL producer runs, alone: it obeys one call at a time, and ends with its parent."""

import multiprocessing
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.process import parent_process
from pathlib import Path

from station_app.core.errors import CameraError
from station_app.core.inspection import FrameStamp
from station_app.devices.camera import CameraInfo, FeatureValue
from station_app.devices.genicam.camera import GenicamCamera
from station_app.devices.genicam.link import Wanted
from station_app.devices.genicam.ring import Ring


@dataclass(frozen=True, slots=True)
class Order:
    """What the worker is for. `snapshot` is the camera's set-up as the worker before this one left it."""

    producer: Path
    device: str
    wanted: Wanted
    snapshot: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """The answer to `open`."""

    described: CameraInfo
    snapshot: str


@dataclass(frozen=True, slots=True)
class Filled:
    """The answer to `fill`: where in the ring the frame lies. `stamp` is None where none came."""

    stamp: FrameStamp | None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """A `CameraError`, on its way to the other process."""

    what: str
    where: str
    remedy: str


def serve(connection: Connection, order: Order) -> None:
    """The life of the worker. Any other error than a `CameraError` ends it, which the parent sees."""
    from station_app.devices.genicam.harvester_link import HarvesterLink

    threading.Thread(target=_end_with_parent, name="parent watch", daemon=True).start()
    link = HarvesterLink(order.producer, order.device, is_streaming=order.wanted.is_streaming)
    desk = _Desk(GenicamCamera(link, order.wanted, snapshot=order.snapshot))
    calls: dict[str, Callable[..., object]] = {
        "cameras": link.cameras,
        "open": desk.open,
        "ring": desk.use_ring,
        "apply": desk.apply,
        "features": desk.camera.features,
        "common_features": desk.camera.common_features,
        "execute": desk.camera.execute,
        "start": desk.start,
        "settle": desk.camera.settle,
        "is_wired": desk.is_wired,
        "trigger": desk.camera.trigger,
        "fill": desk.fill,
        "is_alive": desk.camera.is_alive,
        "stop": desk.camera.stop,
    }
    while (call := _received(connection)) is not None:
        name, arguments = call
        try:
            answer = calls[name](*arguments)
        except CameraError as error:
            answer = Refused(error.what, error.where, error.remedy)
        connection.send(answer)
    desk.close()


class _Desk:
    """The camera, and the ring into which it delivers."""

    def __init__(self, camera: GenicamCamera) -> None:
        self.camera = camera
        self._ring: Ring | None = None
        self._shape: tuple[int, ...] = ()

    def open(self) -> Opened:
        described = self.camera.open()
        self._shape = described.shape
        return Opened(described, self.camera.snapshot)

    def use_ring(self, name: str) -> None:
        self._ring = Ring(self._shape, name)

    def apply(self, settings: dict[str, FeatureValue]) -> dict[str, FeatureValue]:
        return self.camera.apply(settings)

    def is_wired(self) -> bool:
        return self.camera.is_wired

    def start(self) -> float:
        self.camera.start()
        return self.camera.patience_s

    def fill(self, timeout_s: float) -> Filled:
        if self._ring is None:
            raise CameraError("the camera is not open", remedy="open it first")
        slot = self._ring.begin()
        stamp = self.camera.fill(slot, timeout_s)
        number = self._ring.end()
        return Filled(None) if stamp is None else Filled(replace(stamp, shape=stamp.shape or self._shape), number)

    def close(self) -> None:
        self.camera.close()
        if self._ring is not None:
            self._ring.close()


def _received(connection: Connection) -> tuple[str, tuple[object, ...]] | None:
    """The next call; None where the parent has hung up."""
    try:
        name, *arguments = connection.recv()
    except (EOFError, OSError):
        return None
    return str(name), tuple(arguments)


def _end_with_parent() -> None:
    """A producer that hangs would otherwise outlive the engine, and keep the camera."""
    parent = parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)
