"""The set-up side of the fake engine: cameras that show rendered parts, take settings and are compared."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import cv2
import numpy as np

from station_app.core.inspection import Frame, FrameStamp, ImageQuality, Pixels, VerdictKind
from station_app.core.messages import Command, CommandRefused, EngineState
from station_app.core.setup_messages import (
    AcceptSetup,
    CameraMeasured,
    CameraWatched,
    CommonSetting,
    FeatureKind,
    FeatureShown,
    FeaturesRead,
    FingerprintChecked,
    ReadFeatures,
    ReferenceSaved,
    SaveReference,
    SetupDifference,
    ShotJudged,
    TakeTestShot,
    WatchCamera,
    WriteFeature,
)
from station_app.gui.setup.reference_reader import levels_of
from station_app.inference.preprocess import measure_quality
from tests.gui.fake_engine import NOW_MS, WATCHED, FakeEngine, FakePreview
from tests.gui.housings import bad_part, good_part, number_with

LOOKS_PER_S = 8.0
HOLD_S = 0.3
"""How long the picture of a test shot stands in the preview."""
_EXPOSURE_US, _GAIN_DB = 5000.0, 2.0
_LIMITS = {"brightness": 8.0, "focus": 60.0, "histogram": 20.0, "match": 0.7}
_LIMITS.update(shift_x=3.0, shift_y=3.0, turn=0.3)


def feature(name: str, kind: FeatureKind, value: str, category: str, **more: object) -> FeatureShown:
    return FeatureShown(name, kind, value, True, category=category, **more)  # type: ignore[arg-type]


COMMON = (
    feature("ExposureTime", FeatureKind.FLOAT, "5000", "AcquisitionControl", low=20.0, high=200_000.0, step=1.0,
            unit="us", common=CommonSetting.EXPOSURE),
    feature("AcquisitionFrameRate", FeatureKind.FLOAT, "25", "AcquisitionControl", low=0.5, high=62.0, unit="Hz",
            common=CommonSetting.RATE),
    feature("TriggerSource", FeatureKind.CHOICE, "software", "AcquisitionControl/TriggerControl",
            entries=("off", "software", "Line1", "Line3"), common=CommonSetting.TRIGGER),
    feature("Gain", FeatureKind.FLOAT, "2", "AnalogControl", low=0.0, high=24.0, step=0.1, unit="dB",
            common=CommonSetting.GAIN),
    feature("PixelFormat", FeatureKind.CHOICE, "mono8", "ImageFormatControl", entries=("mono8", "bgr8", "bayer_rg8"),
            common=CommonSetting.PIXEL_FORMAT),
)  # fmt: skip
OTHERS = (
    feature("TriggerDelay", FeatureKind.FLOAT, "0", "AcquisitionControl/TriggerControl", high=1e6, unit="us"),
    feature("BlackLevel", FeatureKind.FLOAT, "0.5", "AnalogControl", high=31.0, step=0.25),
    feature("GammaEnable", FeatureKind.BOOLEAN, "false", "AnalogControl"),
    feature("Width", FeatureKind.INTEGER, "1632", "ImageFormatControl", low=16.0, high=2448.0, step=16.0, unit="px"),
    feature("Height", FeatureKind.INTEGER, "1224", "ImageFormatControl", low=2.0, high=2048.0, step=2.0, unit="px"),
    feature("ReverseX", FeatureKind.BOOLEAN, "true", "ImageFormatControl"),
    feature("DeviceUserID", FeatureKind.TEXT, "top camera", "DeviceControl"),
    replace(feature("DeviceTemperature", FeatureKind.FLOAT, "41.25", "DeviceControl", unit="°C"), is_writable=False),
    replace(feature("DeviceModelName", FeatureKind.TEXT, "acA2440-35um", "DeviceControl"), is_writable=False),
    feature("DeviceReset", FeatureKind.COMMAND, "", "DeviceControl"),
    feature("UserSetSave", FeatureKind.COMMAND, "", "UserSetControl"),
)
MANY = tuple(
    feature(f"Register{number:04d}", FeatureKind.INTEGER, str(number), f"Vendor/Block{number // 50:02d}", high=65_535.0)
    for number in range(1000)
)


@dataclass(slots=True)
class FakeSetup:
    """Obeys the set-up screen's commands for `engine`. References are files in `folder`; `takes` are values that a
    camera rounds to, `refuses` sentences by command, `given` a picture in place of the rendered ones."""

    engine: FakeEngine
    folder: Path
    features: dict[str, tuple[FeatureShown, ...]] = field(default_factory=dict)
    references: dict[str, tuple[str, tuple[float, float, tuple[float, ...]]]] = field(default_factory=dict)
    watched: str = ""
    shift_px: float = 0.0
    sequence: int = 0
    resumes_s: float = 0.0
    lost: frozenset[str] = frozenset()
    takes: dict[str, str] = field(default_factory=dict)
    refuses: dict[type, str] = field(default_factory=dict)
    given: Pixels | None = None

    def __post_init__(self) -> None:
        self.engine.on_setup = self.obey
        good_part(7)
        bad_part(number_with("scratch", "missing_hole"))  # rendered beforehand: an engine that is silent is lost

    def obey(self, command: Command) -> None:
        is_running = self.engine.station.state is EngineState.RUNNING
        match command:
            case _ if type(command) in self.refuses:
                self.engine.tell(CommandRefused(type(command).__name__, self.refuses[type(command)], "try again"))
            case WatchCamera(camera_id):
                self._watch(camera_id)
            case WriteFeature() | TakeTestShot() if is_running:
                self.engine.tell(CommandRefused(type(command).__name__, "the line is running", "pause the line first"))
            case ReadFeatures(camera_id):
                self.engine.tell(FeaturesRead(camera_id, self.features_of(camera_id)))
            case WriteFeature():
                self._write(command)
            case TakeTestShot(camera_id):
                self._shoot(camera_id)
            case SaveReference():
                self._save(command)
            case AcceptSetup():
                self.engine.tell(FingerprintChecked(self.watched, True, (), NOW_MS))

    def features_of(self, camera_id: str) -> tuple[FeatureShown, ...]:
        return self.features.setdefault(camera_id, (*COMMON, *OTHERS))

    def value(self, camera_id: str, name: str) -> str:
        """What the camera is set to; one without features is as it was made."""
        values = {found.name: found.value for found in (*COMMON, *self.features_of(camera_id))}
        return values[name]

    def look(self) -> None:
        """One live picture of the watched camera with its measures, the picture first; while the line runs, parts."""
        if self.watched and self.watched not in self.lost and time.monotonic() >= self.resumes_s:
            pixels = self.pixels()
            self.sequence += 1
            self.engine.watched = FakePreview(self.sequence, 0, self.watched, pixels)
            self.engine.tell(self.measured(pixels))

    def play(self, rate: float, is_over: Callable[[], bool]) -> None:
        """Live pictures at a steady pace."""
        while not is_over():
            time.sleep(1 / rate)
            self.look()

    def pixels(self) -> Pixels:
        """A part as the camera would see it with its exposure and gain."""
        if self.given is not None:
            return self.given
        light = float(self.value(self.watched, "ExposureTime")) / _EXPOSURE_US
        light *= 10 ** ((float(self.value(self.watched, "Gain")) - _GAIN_DB) / 20)
        lit = np.clip(good_part(7).astype(np.float32) * light, 0, 255).astype(np.uint8)
        return np.roll(lit, round(self.shift_px), axis=1)

    def _watch(self, camera_id: str) -> None:
        self.watched = camera_id
        self.engine.watched = None
        self.engine.tell(CameraWatched(camera_id, f"{WATCHED}{camera_id}" if camera_id else ""))
        self.look()

    def _write(self, command: WriteFeature) -> None:
        if command.name == "TriggerSource" and command.value == "Line3":
            what = "the camera cannot take Line3 for TriggerSource"
            self.engine.tell(CommandRefused("WriteFeature", what, "choose another trigger"))
            return
        features, value = self.features_of(command.camera_id), self.takes.get(command.name, command.value)
        written = tuple(
            replace(found, value=value) if found.name == command.name and value else found for found in features
        )
        self.features[command.camera_id] = written
        self.engine.tell(FeaturesRead(command.camera_id, written))
        self.look()

    def _shoot(self, camera_id: str) -> None:
        pixels, findings, _ = bad_part(number_with("scratch", "missing_hole"))
        self.sequence += 1
        found = tuple(replace(finding, camera_id=camera_id) for finding in findings)
        self.engine.watched = FakePreview(self.sequence, 0, camera_id, pixels)
        self.resumes_s = time.monotonic() + HOLD_S
        self.engine.tell(ShotJudged(camera_id, VerdictKind.FAIL, None, found, self.sequence, 43.2))

    def _save(self, command: SaveReference) -> None:
        path, pixels = self.folder / f"{command.camera_id}.png", self.pixels()
        stored = cv2.imencode(".png", pixels)[1]
        path.write_bytes(stored.tobytes())
        quality = self._quality(pixels)
        self.references[command.camera_id] = (str(path), (quality[0], quality[3], levels_of(pixels)))
        self.engine.tell(ReferenceSaved(command.camera_id, str(path), NOW_MS, command.operator))
        self.look()

    def measured(self, pixels: Pixels) -> CameraMeasured:
        quality, levels = self._quality(pixels), levels_of(pixels)
        reference, differences = "", tuple[SetupDifference, ...]()
        if self.watched in self.references:
            reference, (mean, focus, reference_levels) = self.references[self.watched]
            exposure, gain = (float(self.value(self.watched, name)) for name in ("ExposureTime", "Gain"))
            moved = 4 * float(np.abs(np.cumsum(np.subtract(levels, reference_levels))).sum())
            differences = (
                _difference("exposure", exposure, _EXPOSURE_US, 100.0),
                _difference("gain", gain, _GAIN_DB, 0.1),
                _difference("brightness", quality[0], mean),
                _difference("histogram", moved, 0.0),
                _difference("focus", quality[3], focus),
                _difference("match", 0.86, 1.0),
                _difference("shift_x", self.shift_px, 0.0),
                _difference("shift_y", 0.4, 0.0),
                _difference("turn", 0.02, 0.0),
            )
        return CameraMeasured(self.watched, self.sequence, quality, levels, (), reference, differences)

    def _quality(self, pixels: Pixels) -> ImageQuality:
        return measure_quality(Frame(0, self.watched, FrameStamp(0, 0), pixels))


def _difference(measure: str, now: float, reference: float, limit: float = 0.0) -> SetupDifference:
    limit = limit or _LIMITS[measure]
    return SetupDifference(measure, now, reference, limit, abs(now - reference) <= limit)
