"""Basler cameras through pylon, and pylon's emulator. Found by serial number, never by index.

Each transport layer is asked by itself: only the one for GigE sends anything into the network to find cameras.
"""

import contextlib
import functools
import logging
import time
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from pypylon import genicam, pylon

from station_app.core.errors import CameraError
from station_app.devices.basler_nodes import BaslerNodes
from station_app.devices.genicam.camera import GenicamCamera
from station_app.devices.genicam.link import MOST_STRIPS, POLL_S, Arrived, Identity, Wanted
from station_app.devices.genicam.nodes import Nodes, refusals
from station_app.devices.genicam.pixels import RawImage

log = logging.getLogger(__name__)

_READY_MS = 1000
_BUFFERS_FILLED = 10
_TICKS_PER_S = 1_000_000_000


class Layer(StrEnum):
    """Where to look for the camera; `any` asks USB first, then GigE. The emulator is only found when it is named."""

    ANY = "any"
    USB = "usb"
    GIGE = "gige"
    EMULATOR = "emulator"


_CLASSES = {
    Layer.ANY: ("BaslerUsb", "BaslerGigE"),
    Layer.USB: ("BaslerUsb",),
    Layer.GIGE: ("BaslerGigE",),
    Layer.EMULATOR: ("BaslerCamEmu",),
}


@dataclass(frozen=True, slots=True)
class BaslerFound:
    """A camera that answered, and whether it can be opened is another question."""

    serial: str
    model: str
    layer: str


def open_basler(serial: str, layer: Layer = Layer.ANY, wanted: Wanted | None = None) -> GenicamCamera:
    """The camera of this serial number, not yet opened."""
    is_streaming = wanted is not None and wanted.is_streaming
    return GenicamCamera(BaslerLink(serial, layer, is_streaming=is_streaming), wanted)


def list_baslers(layer: Layer = Layer.ANY) -> tuple[BaslerFound, ...]:
    """Every Basler camera that answers now."""
    found = [(name, info) for name in _CLASSES[layer] for info in _infos(name)]
    return tuple(BaslerFound(info.GetSerialNumber(), info.GetModelName(), name) for name, info in found)


class BaslerLink:
    """A `Link` to one camera. Not built twice for one camera: pylon's emulator would not refuse the second."""

    def __init__(self, serial: str, layer: Layer = Layer.ANY, *, is_streaming: bool = False) -> None:
        """With `is_streaming` many frames may wait to be fetched."""
        self._serial = serial
        self._is_streaming = is_streaming
        self._layer = layer
        self._camera: pylon.InstantCamera | None = None
        self._nodes: BaslerNodes | None = None
        self._hardware_scale = 1.0
        self._refusals = functools.partial(refusals, genicam.GenericException, where=self.where)

    @property
    def where(self) -> str:
        return f"camera {self._serial}"

    @property
    def nodes(self) -> Nodes:
        if self._nodes is None:
            raise CameraError("the camera is not open", where=self.where, remedy="open it first")
        return self._nodes

    def open(self) -> Identity:
        with self._refusals("the camera does not open"):
            for device_class in _CLASSES[self._layer]:
                for info in _infos(device_class):
                    if info.GetSerialNumber() == self._serial:
                        self._attach(device_class, info)
                        return Identity(self._serial, str(info.GetModelName()))
        raise CameraError(
            "no Basler camera of this serial number answers",
            where=self.where,
            remedy="check its cable and its power, and that pylon is installed for it",
        )

    def start(self) -> None:
        with self._refusals("the camera does not start"):
            if self._is_streaming:
                # Those that wait for the station, beside those that are being filled.
                self._opened().MaxNumBuffer.Value = MOST_STRIPS + _BUFFERS_FILLED
            # Every frame, in order: frames are taken at once, and choosing among them is not pylon's affair.
            self._opened().StartGrabbing(pylon.GrabStrategy_OneByOne)

    def pull(self) -> Arrived | None:
        with self._refusals("the camera delivers nothing"):
            result = self._opened().RetrieveResult(round(POLL_S * 1000), pylon.TimeoutHandling_Return)
            received_ns = time.monotonic_ns()
            if not result.IsValid():
                if self._opened().IsCameraDeviceRemoved():
                    raise CameraError("the camera was unplugged", where=self.where, remedy="check its cable")
                return None
            return self._arrived(result, received_ns)

    def fire(self) -> None:
        with self._refusals("the trigger fails"):
            # Without this wait, the first command after the start is lost without a word.
            if not self._opened().WaitForFrameTriggerReady(_READY_MS, pylon.TimeoutHandling_Return):
                remedy = "trigger more slowly than the camera's frame rate"
                raise CameraError("the camera is not ready for a trigger", where=self.where, remedy=remedy)
            self._opened().ExecuteSoftwareTrigger()

    def is_alive(self) -> bool:
        camera = self._camera
        if camera is None or camera.IsCameraDeviceRemoved():
            return False
        with self._refusals("the camera does not answer"):
            width = camera.GetNodeMap().GetNode("Width")
            # Else the node map answers out of its memory.
            width.Node.InvalidateNode()
            return int(width.GetValue()) > 0

    def stop(self) -> None:
        with self._refusals("the camera does not stop"):
            self._opened().StopGrabbing()

    def close(self) -> None:
        camera, self._camera, self._nodes = self._camera, None, None
        if camera is None:
            return
        for step in (camera.StopGrabbing, camera.Close, camera.DestroyDevice):
            with contextlib.suppress(genicam.GenericException):
                step()

    def _opened(self) -> pylon.InstantCamera:
        if self._camera is None:
            raise CameraError("the camera is not open", where=self.where, remedy="open it first")
        return self._camera

    def _attach(self, device_class: str, info: pylon.DeviceInfo) -> None:
        camera = pylon.InstantCamera(_layers[device_class].CreateDevice(info))
        self._camera = camera
        camera.Open()
        self._nodes = BaslerNodes(camera.GetNodeMap(), self.where)
        frequency = self._nodes.find("GevTimestampTickFrequency")
        ticks = frequency.value if frequency else None
        self._hardware_scale = _TICKS_PER_S / ticks if isinstance(ticks, int) and ticks > 0 else 1.0

    def _arrived(self, result: pylon.GrabResult, received_ns: int) -> Arrived:
        # The error code is 0 for an incomplete frame as well.
        is_complete = bool(result.GrabSucceeded())
        stamp = int(result.GetTimeStamp())
        return Arrived(
            int(result.GetBlockID()),
            received_ns,
            round(stamp * self._hardware_scale) if stamp else None,
            is_complete,
            _image(result) if is_complete else None,
            result.Release,
        )


def _image(result: pylon.GrabResult) -> RawImage | None:
    """The frame's bytes where they lie. Its size is the result's, which need not be the camera's."""
    height, width = int(result.GetHeight()), int(result.GetWidth())
    is_known, stride = result.GetStride()
    if not is_known:
        return None
    raw = np.frombuffer(result.GetMemoryView(), np.uint8)
    sent_as = _NAMES.get(int(result.GetPixelType()), str(result.GetPixelType()))
    return RawImage(raw, sent_as, height, width, int(stride))


_NAMES = {
    pylon.PixelType_Mono8: "Mono8",
    pylon.PixelType_BayerRG8: "BayerRG8",
    pylon.PixelType_BayerGB8: "BayerGB8",
    pylon.PixelType_BayerGR8: "BayerGR8",
    pylon.PixelType_BayerBG8: "BayerBG8",
    pylon.PixelType_BGR8packed: "BGR8",
    pylon.PixelType_RGB8packed: "RGB8",
    pylon.PixelType_BGRA8packed: "BGRa8",
}


_layers: dict[str, pylon.TransportLayer] = {}
"""Made once each: pylon counts their users, and a camera holds its own."""


def _layer(device_class: str) -> pylon.TransportLayer | None:
    """None where pylon cannot make it now: without USB on the computer, or an emulator that is not switched on."""
    layer = _layers.get(device_class) or pylon.TlFactory.GetInstance().CreateTl(device_class)
    if layer is not None:
        _layers[device_class] = layer
    return layer


def _infos(device_class: str) -> tuple[pylon.DeviceInfo, ...]:
    try:
        layer = _layer(device_class)
        if layer is None:
            log.info("pylon has no %s here", device_class)
            return ()
        return tuple(layer.EnumerateDevices())
    except genicam.GenericException as error:
        log.info("%s finds nothing: %s", device_class, error)
        return ()
