"""What turns lines into parts that can be judged, and what is to be said about it. Pure."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from station_app.core.errors import CameraError
from station_app.core.inspection import PixelFormat
from station_app.core.lines import LengthTolerance, LinePart, LineScale, LineScanInfo
from station_app.core.lines_encoder import LineTiming, aspect_warning, timing_warnings
from station_app.devices.camera import CameraInfo, FeatureValue
from station_app.devices.linescan.flat_field import FlatConditions, FlatField


@dataclass(frozen=True, slots=True, eq=False)
class LineSetup:
    """With a `tolerance` the camera measures each part's length. `line_rate_max_hz` is what the camera takes at most,
    infinite where nobody said. `is_watching_drift` only where the web fills the whole picture: a belt between parts
    would look like drift. `stretch_lines` and `overlap` as in `LineScanInfo`; the cutter must agree.

    `may_teach` where a flat field that is taught at the station would be used.
    """

    scale: LineScale
    tolerance: LengthTolerance | None = None
    counts_per_line: float = 1.0
    flat: FlatField | None = None
    is_watching_drift: bool = False
    line_rate_max_hz: float = math.inf
    stretch_lines: int = 0
    overlap: int = 0
    may_teach: bool = True

    @property
    def info(self) -> LineScanInfo:
        return LineScanInfo(self.scale, self.tolerance is not None, self.stretch_lines, self.overlap)


def check_format(described: CameraInfo, setup: LineSetup) -> None:
    """Raises CameraError where the camera's strips are not grey, or not as wide as the flat field."""
    where = f"camera {described.serial}"
    if described.pixel_format is not PixelFormat.MONO8 or len(described.shape) != 2:
        what = f"a line-scan camera delivers {described.pixel_format}"
        raise CameraError(what, where=where, remedy="set its pixel format to mono8")
    if setup.flat is not None and setup.flat.width != described.shape[1]:
        what = f"the flat field is for {setup.flat.width} columns and the camera has {described.shape[1]}"
        raise CameraError(what, where=where, remedy="remove the flat field and teach it again")


def picture_fault(part: LinePart, setup: LineSetup) -> str | None:
    """Why a part's picture shows not all of it, as a clause for a person, or None. A part that was longer than the
    longest picture is of wrong length where lengths are measured, and has no result where they are not."""
    if not part.is_complete:
        return f"{part.missing} of {part.frame.length} lines are missing"
    if part.is_cut and setup.tolerance is None:
        return "the part is longer than the longest picture"
    return None


def conditions_of(settings: Mapping[str, FeatureValue]) -> FlatConditions:
    """What a flat field would be taught under now, as far as the settings that were applied tell it."""
    return FlatConditions(
        exposure_us=_number(settings.get("exposure_us")),
        line_rate_hz=_number(settings.get("AcquisitionLineRate")),
        gain=_number(settings.get("gain")),
    )


def setup_notices(settings: Mapping[str, FeatureValue], setup: LineSetup, speed_mm_s: float) -> tuple[str, ...]:
    """What is not as it should be with scale, speed, exposure and flat field, each as a sentence with its remedy."""
    exposure_us = _number(settings.get("exposure_us"))
    timing = LineTiming(setup.line_rate_max_hz, 0.0 if math.isnan(exposure_us) else exposure_us)
    aspect = aspect_warning(setup.scale)
    flat = setup.flat.conditions.differences(conditions_of(settings)) if setup.flat else ()
    return (*timing_warnings(timing, setup.scale, speed_mm_s), *filter(None, (aspect,)), *flat)


def _number(value: FeatureValue | None) -> float:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else math.nan
