"""A `Link` to a camera behind a GenTL producer, through Harvester. Only ever used in a worker process: a vendor's
producer may hang or crash, and takes its process with it."""

import contextlib
import functools
import time
from pathlib import Path

import numpy as np
from genicam import gentl
from harvesters.core import Buffer, DeviceInfo, Harvester, ImageAcquirer

from station_app.core.errors import CameraError
from station_app.devices.genicam.genapi_nodes import ERRORS, GenapiNodes
from station_app.devices.genicam.link import MOST_STRIPS, POLL_S, Arrived, Identity, ProducerCamera
from station_app.devices.genicam.nodes import Nodes, refusals
from station_app.devices.genicam.pixels import RawImage

_BUFFERS = 8
_USABLE = (gentl.DEVICE_ACCESS_STATUS_LIST.DEVICE_ACCESS_STATUS_OPEN_READWRITE,)


class HarvesterLink:
    """Opened by the device's GenTL name or its serial number."""

    def __init__(self, producer: Path, device: str, *, is_streaming: bool = False) -> None:
        """With `is_streaming` many frames may wait to be fetched."""
        self._buffers = _BUFFERS + (MOST_STRIPS if is_streaming else 0)
        self._producer = producer
        self._device = device
        self._harvester: Harvester | None = None
        self._acquirer: ImageAcquirer | None = None
        self._nodes: GenapiNodes | None = None
        self._refusals = functools.partial(refusals, (*ERRORS, ValueError), where=self.where)

    @property
    def where(self) -> str:
        return f"camera {self._device} of {self._producer.name}"

    @property
    def nodes(self) -> Nodes:
        if self._nodes is None:
            raise CameraError("the camera is not open", where=self.where, remedy="open it first")
        return self._nodes

    def cameras(self) -> tuple[ProducerCamera, ...]:
        """Every camera that the producer offers now."""
        with self._refusals("the producer lists nothing"):
            found = tuple(_described(info) for info in self._loaded().device_info_list)
        self.close()
        return found

    def open(self) -> Identity:
        with self._refusals("the camera does not open"):
            harvester = self._loaded()
            described = [_described(info) for info in harvester.device_info_list]
            match = next((one for one in described if self._device in (one.device, one.serial)), None)
            if match is None:
                offer = ", ".join(one.device for one in described) or "none"
                remedy = f"check cable and power; the producer offers {offer}"
                raise CameraError("no such camera answers", where=self.where, remedy=remedy)
            acquirer = self._acquirer = harvester.create({"id_": match.device})
            acquirer.num_buffers = self._buffers
            # Else it asks for the next frame a thousand times a second.
            acquirer.timeout_period_on_update_event_data_call = round(POLL_S * 1000)
            self._nodes = GenapiNodes(acquirer.remote_device.node_map, self.where)
        return Identity(match.device, match.model)

    def start(self) -> None:
        with self._refusals("the camera does not start"):
            self._opened().start()

    def pull(self) -> Arrived | None:
        with self._refusals("the camera delivers nothing"):
            buffer = self._opened().try_fetch(timeout=POLL_S)
            received_ns = time.monotonic_ns()
            if buffer is None:
                return None
            module = buffer.module
            block_id, stamp = int(module.frame_id), _read(module, "timestamp_ns")
            stamp_ns = int(stamp) if isinstance(stamp, int) and stamp else None
            return Arrived(block_id, received_ns, stamp_ns, bool(module.is_complete()), _image(buffer), buffer.queue)

    def fire(self) -> None:
        self.nodes.execute("TriggerSoftware")

    def is_alive(self) -> bool:
        with self._refusals("the camera does not answer"):
            return self._acquirer is not None and self._acquirer.device.module.access_status in _USABLE

    def stop(self) -> None:
        with self._refusals("the camera does not stop"):
            self._opened().stop()

    def close(self) -> None:
        acquirer, self._acquirer, self._nodes = self._acquirer, None, None
        harvester, self._harvester = self._harvester, None
        with contextlib.suppress(*ERRORS):
            if acquirer is not None:
                acquirer.destroy()
        with contextlib.suppress(*ERRORS):
            if harvester is not None:
                harvester.reset()

    def _opened(self) -> ImageAcquirer:
        if self._acquirer is None:
            raise CameraError("the camera is not open", where=self.where, remedy="open it first")
        return self._acquirer

    def _loaded(self) -> Harvester:
        """The producer, asked what there is."""
        if not self._producer.is_file():
            remedy = "install the camera vendor's software, or correct the path"
            raise CameraError("there is no such GenTL producer", where=str(self._producer), remedy=remedy)
        harvester = self._harvester = Harvester()
        harvester.add_file(str(self._producer))
        harvester.update()
        if not harvester.device_info_list:
            harvester.reset()
            _check_loads(self._producer)
        return harvester


def _check_loads(producer: Path) -> None:
    """Harvester only logs that a producer cannot be loaded, and offers no camera. Not asked of one that does offer
    some: not every producer can be loaded twice."""
    library = gentl.GenTLProducer.create_producer()
    library.open(str(producer))
    library.close()


def _image(buffer: Buffer) -> RawImage | None:
    """The first component that is a flat picture: depth maps and chunks are none."""
    for component in buffer.payload.components:
        if component.data is None:
            continue
        raw = np.asarray(component.data).reshape(-1).view(np.uint8)
        height, width = int(component.height), int(component.width)
        return RawImage(raw, str(component.data_format), height, width, raw.size // height if height else 0)
    return None


def _described(info: DeviceInfo) -> ProducerCamera:
    device, serial, model, vendor = (_read(info, name) for name in ("id_", "serial_number", "model", "vendor"))
    return ProducerCamera(str(device or ""), str(serial or ""), str(model or ""), str(vendor or ""))


def _read(module: object, name: str) -> object:
    """What a producer says about a device or a buffer; None where it says nothing, which is an error to GenTL."""
    try:
        value: object = getattr(module, name)
    except ERRORS:
        return None
    return value
