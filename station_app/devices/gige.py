"""GigE Vision cameras of any vendor without the vendor's software, through viva-genicam.

Found by serial number (or by address, where somebody insists), never by index. Frames that lost packets are handed
over as incomplete, so that the loss is seen; they are never judged.
"""

import contextlib
import functools
import ipaddress
import time
from dataclasses import dataclass

import numpy as np
import viva_genicam

from station_app.core.errors import CameraError
from station_app.devices.genicam.camera import GenicamCamera
from station_app.devices.genicam.link import POLL_S, Arrived, Identity, Wanted
from station_app.devices.genicam.nodes import Nodes, refusals
from station_app.devices.genicam.pixels import RawImage, bytes_of
from station_app.devices.gige_nodes import GigeNodes

_SEARCH_MS = 500
_TICKS_PER_S = 1_000_000_000
# Bootstrap registers of every GigE Vision device.
_SERIAL, _SERIAL_BYTES = 0x00D8, 16
_CONTROL = 0x0A00
_CONTROL_HELD = 0b11  # control switchover aside: exclusive access, control access
_NO_FRAME = "timeout waiting for frame"


@dataclass(frozen=True, slots=True)
class GigeFound:
    """A camera that answered the search; `serial` is "" where it does not say."""

    serial: str
    address: str
    model: str
    vendor: str


def open_gige(name: str, wanted: Wanted | None = None, interface: str | None = None) -> GenicamCamera:
    """The camera of this serial number or address, not yet opened. `interface` is the network card to search on."""
    return GenicamCamera(GigeLink(name, interface), wanted)


def list_gige(interface: str | None = None) -> tuple[GigeFound, ...]:
    """Every GigE Vision camera that answers now."""
    with refusals(viva_genicam.GenicamError, "the search fails", "network"):
        return tuple(
            GigeFound(_serial_of(info), info.ip, info.model or "", info.manufacturer or "")
            for info in _search(interface)
        )


class GigeLink:
    """A `Link` to one camera, whose control it holds."""

    def __init__(self, name: str, interface: str | None = None) -> None:
        self._name = name
        self._interface = interface
        self._camera: viva_genicam.Camera | None = None
        self._stream: viva_genicam.FrameStream | None = None
        self._nodes: GigeNodes | None = None
        self._scale = 1.0
        self._serials: dict[str, str] = {}  # by hardware address
        self._refusals = functools.partial(refusals, viva_genicam.GenicamError, where=self.where)

    @property
    def where(self) -> str:
        return f"camera {self._name}"

    @property
    def nodes(self) -> Nodes:
        if self._nodes is None:
            raise CameraError("the camera is not open", where=self.where, remedy="open it first")
        return self._nodes

    def open(self) -> Identity:
        info = self._found()
        self._camera = self._controlled(info)
        with self._refusals("the camera does not open"):
            self._nodes = GigeNodes(self._camera, self.where)
            serial = _text(self._camera.read_register(_SERIAL, _SERIAL_BYTES))
        if not _is_address(self._name) and serial != self._name:
            self._serials.clear()
            remedy = "connect the camera that was there"
            raise CameraError(f"camera {serial or 'without a serial number'} answers", where=self.where, remedy=remedy)
        frequency = self._nodes.find("GevTimestampTickFrequency")
        ticks = frequency.value if frequency else None
        self._scale = _TICKS_PER_S / ticks if isinstance(ticks, int) and ticks > 0 else 1.0
        return Identity(serial or self._name, info.model or "GigE Vision")

    def start(self) -> None:
        with self._refusals("the camera does not start"):
            camera = self._opened()
            self._stream = camera.stream(iface=self._interface, deliver_incomplete=True)
            self._stream.__enter__()

    def pull(self) -> Arrived | None:
        stream = self._stream
        if stream is None:
            return None
        if self._opened().control_state is not viva_genicam.ControlState.HELD:
            raise CameraError("control of the camera was lost", where=self.where, remedy="end the program that took it")
        try:
            frame = stream.next_frame(timeout_ms=round(POLL_S * 1000))
        except viva_genicam.GenicamError as error:
            if _NO_FRAME in str(error):
                return None
            raise CameraError(f"the stream broke off: {error}", where=self.where, remedy="check its cable") from error
        received_ns = time.monotonic_ns()
        if frame is None:
            raise CameraError("the stream has ended", where=self.where, remedy="check its cable")
        return self._arrived(frame, received_ns)

    def fire(self) -> None:
        with self._refusals("the trigger fails"):
            self._opened().trigger_software()

    def is_alive(self) -> bool:
        """Whether the camera answers, and answers that somebody controls it, and this program still does."""
        camera = self._camera
        if camera is None:
            return False
        with self._refusals("the camera does not answer"):
            control = int.from_bytes(camera.read_register(_CONTROL, 4), "big")
            return bool(control & _CONTROL_HELD) and camera.control_state is viva_genicam.ControlState.HELD

    def stop(self) -> None:
        with self._refusals("the camera does not stop"):
            stream, self._stream = self._stream, None
            if stream is not None:
                stream.__exit__(None, None, None)

    def close(self) -> None:
        stream, self._stream = self._stream, None
        camera, self._camera, self._nodes = self._camera, None, None
        with contextlib.suppress(viva_genicam.GenicamError):
            if stream is not None:
                stream.close()
        with contextlib.suppress(viva_genicam.GenicamError):
            if camera is not None:
                camera.close()

    def _opened(self) -> viva_genicam.Camera:
        if self._camera is None:
            raise CameraError("the camera is not open", where=self.where, remedy="open it first")
        return self._camera

    def _found(self) -> viva_genicam.GigeDeviceInfo:
        with self._refusals("the search fails"):
            found = _search(self._interface)
            if _is_address(self._name):
                match = next((info for info in found if info.ip == self._name), None)
            else:
                match = next((info for info in found if self._known_serial(info) == self._name), None)
        if match is None:
            offer = ", ".join(sorted({info.ip for info in found})) or "none"
            remedy = f"check cable, power and address; cameras that answer: {offer}"
            raise CameraError("no such GigE Vision camera answers", where=self.where, remedy=remedy)
        return match

    def _known_serial(self, info: viva_genicam.GigeDeviceInfo) -> str:
        """Asked once of each camera: to ask means to read its whole description, which a search that is repeated all
        night must not do to every camera of the network."""
        serial = self._serials.get(info.mac, "") or _serial_of(info)
        if info.mac:
            self._serials[info.mac] = serial
        return serial

    def _controlled(self, info: viva_genicam.GigeDeviceInfo) -> viva_genicam.Camera:
        try:
            return viva_genicam.connect_gige(info, iface=self._interface)
        except viva_genicam.GenicamError as error:
            if _control_of(info) & _CONTROL_HELD:
                remedy = "end the other program; after a crash the camera frees itself within some seconds"
                raise CameraError("another program controls the camera", where=self.where, remedy=remedy) from error
            said = f"the camera does not open: {error}"
            raise CameraError(said, where=self.where, remedy="check cable, power and address") from error

    def _arrived(self, frame: viva_genicam.Frame, received_ns: int) -> Arrived:
        width, height = frame.width, frame.height
        raw = np.frombuffer(frame.payload(), np.uint8)
        stride = width * bytes_of(frame.pixel_format) + frame.padding_x
        image = RawImage(raw, frame.pixel_format, height, width, stride)
        stamp_ns = round(frame.ts_dev * self._scale) if frame.ts_dev else None
        return Arrived(frame.block_id, received_ns, stamp_ns, frame.is_complete, image, _keep)


def _search(interface: str | None) -> list[viva_genicam.GigeDeviceInfo]:
    # `all` looks on the loopback interface as well, where simulated cameras live.
    return list(viva_genicam.discover(timeout_ms=_SEARCH_MS, iface=interface, all=True))


def _serial_of(info: viva_genicam.GigeDeviceInfo) -> str:
    return _text(_watched(info, _SERIAL, _SERIAL_BYTES))


def _control_of(info: viva_genicam.GigeDeviceInfo) -> int:
    return int.from_bytes(_watched(info, _CONTROL, 4), "big")


def _watched(info: viva_genicam.GigeDeviceInfo, address: int, length: int) -> bytes:
    """A register, read without taking control of the camera; empty where it does not answer."""
    try:
        camera = viva_genicam.connect_gige(info, monitor=True)
    except viva_genicam.GenicamError:
        return b""
    try:
        return bytes(camera.read_register(address, length))
    except viva_genicam.GenicamError:
        return b""
    finally:
        camera.close()


def _text(register: bytes) -> str:
    return register.split(b"\0", 1)[0].decode("ascii", "replace").strip()


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _keep() -> None:
    """The bytes are the station's own already."""
