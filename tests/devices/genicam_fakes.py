"""A GenICam camera without any SDK: nodes in a dictionary, and frames that arrive when a test says so."""

import queue
import time
from dataclasses import replace

import numpy as np

from station_app.core.errors import CameraError
from station_app.core.setup_messages import FeatureKind
from station_app.devices.camera import FeatureValue
from station_app.devices.features import Feature, Range
from station_app.devices.genicam.link import Arrived, Identity
from station_app.devices.genicam.pixels import RawImage
from station_app.devices.genicam.snapshot import lines_of

SIZE = Range(1, 64, 1)


def camera_features() -> dict[str, Feature]:
    """A small camera of the newer naming, with a trigger, an offset and an automatic exposure."""
    choices = {
        "PixelFormat": ("Mono8", ("Mono8", "RGB8")),
        "ExposureAuto": ("Continuous", ("Off", "Continuous")),
        "TriggerSelector": ("AcquisitionStart", ("AcquisitionStart", "FrameStart")),
        "TriggerMode": ("Off", ("Off", "On")),
        "TriggerSource": ("Line1", ("Line1", "Software")),
    }
    numbers = {"Width": SIZE, "Height": SIZE, "OffsetX": Range(0, 63, 1), "OffsetY": Range(0, 63, 1)}
    features = [Feature(name, FeatureKind.CHOICE, value, True, entries=all_) for name, (value, all_) in choices.items()]
    features += [Feature(name, FeatureKind.INTEGER, int(limits.low), True, limits) for name, limits in numbers.items()]
    features += [
        Feature("ExposureTime", FeatureKind.FLOAT, 5000.0, True, Range(10, 1e6, 0)),
        Feature("Gain", FeatureKind.FLOAT, 0.0, True, Range(0, 24, 0)),
        Feature("AcquisitionFrameRateEnable", FeatureKind.BOOLEAN, False, True),
        Feature("AcquisitionFrameRate", FeatureKind.FLOAT, 30.0, True, Range(1, 200, 0)),
        Feature("DeviceUserID", FeatureKind.TEXT, "", True),
        Feature("DeviceTemperature", FeatureKind.FLOAT, 41.5, False),
        Feature("TriggerSoftware", FeatureKind.COMMAND, None, True),
    ]
    return {feature.name: feature for feature in features}


class FakeNodes:
    """Obeys like a camera: a size and its offset share the sensor, 64 pixels each way."""

    def __init__(self) -> None:
        self.features = camera_features()
        self.written: list[str] = []
        self.forgets: set[str] = set()

    def categories(self) -> dict[str, str]:
        return {name: "Camera/Settings" if "Trigger" in name else "Camera" for name in self.features}

    def find(self, name: str) -> Feature | None:
        found = self.features.get(name)
        partner = {"Width": "OffsetX", "OffsetX": "Width", "Height": "OffsetY", "OffsetY": "Height"}.get(name)
        if found is None or partner is None or found.limits is None:
            return found
        taken = self.features[partner].value
        assert isinstance(taken, int)
        return replace(found, limits=Range(found.limits.low, 64 - taken, 1))

    def write(self, name: str, value: FeatureValue) -> None:
        self.written.append(name)
        if name not in self.forgets:
            self.features[name] = replace(self.features[name], value=value)

    def execute(self, name: str) -> None:
        self.written.append(name)

    def save(self) -> str:
        kept = (feature for feature in self.features.values() if feature.is_writable and feature.value is not None)
        return "# fake\n" + "".join(f"{feature.name}\t{feature.value}\n" for feature in kept)

    def load(self, saved: str) -> None:
        for name, value in lines_of(saved).items():
            kind = self.features[name].kind
            types = {FeatureKind.INTEGER: int, FeatureKind.FLOAT: float}
            self.write(name, value == "True" if kind is FeatureKind.BOOLEAN else types.get(kind, str)(value))


class FakeLink:
    """Frames are pushed by the test, or sent one for each trigger where `answers` is set."""

    where = "camera F1"

    def __init__(self) -> None:
        self.nodes = FakeNodes()
        self.answers = True
        self.is_plugged = True
        self.released = 0
        self.fired = 0
        self._frames: queue.Queue[Arrived | CameraError] = queue.Queue()
        self._next_block = 1

    def open(self) -> Identity:
        self._check()
        return Identity("F1", "Fake")

    def start(self) -> None:
        self._check()
        self._frames = queue.Queue()
        self._next_block = 1

    def push(self, *, skip: int = 0, is_complete: bool = True, size: tuple[int, int] | None = None) -> None:
        """A frame comes whose grey level is its block's number; `size` is (width, height)."""
        self._next_block += skip
        block, self._next_block = self._next_block, self._next_block + 1
        width, height = size or (self._int("Width"), self._int("Height"))
        image = RawImage(np.full(width * height, block % 256, np.uint8), "Mono8", height, width, width)
        self._frames.put(Arrived(block, time.monotonic_ns(), None, is_complete, image, self._release))

    def break_off(self) -> None:
        self._frames.put(CameraError("the stream broke off", where=self.where, remedy="check its cable"))

    def pull(self) -> Arrived | None:
        try:
            frame = self._frames.get(timeout=0.01)
        except queue.Empty:
            return None
        if isinstance(frame, CameraError):
            raise frame
        return frame

    def fire(self) -> None:
        self._check()
        self.fired += 1
        if self.answers:
            self.push()

    def is_alive(self) -> bool:
        self._check()
        return True

    def stop(self) -> None:
        self._check()

    def close(self) -> None:
        """Nothing to let go of."""

    def _int(self, name: str) -> int:
        value = self.nodes.features[name].value
        assert isinstance(value, int)
        return value

    def _release(self) -> None:
        self.released += 1

    def _check(self) -> None:
        if not self.is_plugged:
            raise CameraError("the camera does not answer", where=self.where, remedy="plug it in")
