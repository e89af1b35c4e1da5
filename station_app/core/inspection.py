"""The records of one inspection: frames in, findings and verdict out. Frozen; shared by every room."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from station_app.core.lines import LinesTaken
from station_app.core.lines_record import StretchRecord

Pixels = NDArray[np.uint8]


class PixelFormat(StrEnum):
    """Memory layout of a frame; Bayer mosaics are HxW and are demosaiced before inference."""

    MONO8 = "mono8"
    BGR8 = "bgr8"
    BAYER_RG8 = "bayer_rg8"

    @property
    def channels(self) -> int:
        return 3 if self is PixelFormat.BGR8 else 1


@dataclass(frozen=True, slots=True)
class FrameStamp:
    """What a camera says about the buffer that it has just filled.

    `captured_at_ns` is the host's monotonic clock when the exposure was received; `hardware_ns` the camera's own
    clock, None where it has none. `frame_id` rises by one per exposure: a gap is a lost frame. `is_complete` is
    False for a torn or partial frame, which is never judged. `source` names a file where the frame came from one.
    `shape` is that of the frame where it fills only the top left of the buffer. `lines` is what a line-scan camera
    knows of it.
    """

    frame_id: int
    captured_at_ns: int
    hardware_ns: int | None = None
    is_complete: bool = True
    source: str = ""
    shape: tuple[int, ...] | None = None
    lines: LinesTaken | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One exposure of one part: `pixels` is HxW (mono, Bayer) or HxWx3 (BGR), uint8, on loan from the frame pool."""

    part_id: int
    camera_id: str
    stamp: FrameStamp
    pixels: Pixels
    pixel_format: PixelFormat = PixelFormat.MONO8


class Box(NamedTuple):
    """Rectangle in frame pixels: left, top, width, height."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height


Polygon = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A region that the model reports. `score` is 0 (certainly good) to 1 (certainly this defect).

    `polygon` is the outer contour in frame pixels, None where the model gives boxes or a whole-image class only.
    """

    label: str
    score: float
    box: Box
    camera_id: str = ""
    region: str = ""
    polygon: Polygon | None = None


@dataclass(frozen=True, slots=True, eq=False)
class HeatMap:
    """A coarse score map for display: `scores` is HxW uint8 (0..255 stands for 0..1) covering `box` of the frame."""

    scores: Pixels
    box: Box


class VerdictKind(StrEnum):
    """What the station decided; to the line everything but PASS is a reject."""

    PASS = "PASS"
    FAIL = "FAIL"
    REVIEW = "REVIEW"
    NO_RESULT = "NO_RESULT"


class NoResultReason(StrEnum):
    """Why a part has no valid result. Stored and shown; the texts live in the GUI's translations."""

    NOT_INSPECTED = "not_inspected"
    OVERRUN = "overrun"
    CAMERA_LOST = "camera_lost"
    FRAME_LOST = "frame_lost"
    FRAME_TORN = "frame_torn"
    FRAME_FROZEN = "frame_frozen"
    FRAME_STALE = "frame_stale"
    FRAME_SLIPPED = "frame_slipped"
    QUALITY = "quality"
    MODEL_OUTPUT = "model_output"
    MODEL_MISMATCH = "model_mismatch"
    UNKNOWN_LABEL = "unknown_label"
    MISSING = "missing"
    DUPLICATE = "duplicate"
    LATE = "late"
    NOT_RECORDED = "not_recorded"
    SERIAL_MISSING = "serial_missing"
    SERIAL_WRONG = "serial_wrong"
    SERIAL_DUPLICATE = "serial_duplicate"
    SERIAL_AMBIGUOUS = "serial_ambiguous"
    SERIAL_UNCHECKED = "serial_unchecked"
    INTERNAL = "internal"
    CRASH = "crash"


class ImageQuality(NamedTuple):
    """Measures of one frame: grey levels 0..255, shares 0..1, focus = variance of the Laplacian at half size."""

    mean: float
    dark_share: float
    bright_share: float
    focus: float


@dataclass(frozen=True, slots=True)
class StageTimes:
    """Milliseconds a part spent in each stage, on the monotonic clock; `code_ms` is what reading its code took, beside
    the others."""

    acquire_ms: float = 0.0
    queue_ms: float = 0.0
    inspect_ms: float = 0.0
    total_ms: float = 0.0
    code_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class CameraRecord:
    """What is recorded of one camera's share in an inspection."""

    camera_id: str
    frame_id: int = -1
    source: str = ""
    model_hash: str = ""
    quality: ImageQuality | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """The record of one part, ready to be committed: never changed afterwards.

    `part_id` rises by one per trigger and is never reused; `inspected_at_ms` is UTC and only a label. `scores` holds
    the largest score per label, also below the thresholds: thresholds can be studied on it later. `stretch` is there
    where the part is a stretch of an endless web. `lot` is what it was made in, "" where nobody said.
    """

    part_id: int
    inspected_at_ms: int
    recipe: str
    recipe_revision: int
    recipe_hash: str
    verdict: VerdictKind = VerdictKind.NO_RESULT
    reason: NoResultReason | None = NoResultReason.NOT_INSPECTED
    serial: str = ""
    detail: str = ""
    findings: tuple[Finding, ...] = ()
    scores: tuple[tuple[str, float], ...] = ()
    cameras: tuple[CameraRecord, ...] = ()
    times: StageTimes = field(default_factory=StageTimes)
    stretch: StretchRecord | None = None
    lot: str = ""


class Disposition(StrEnum):
    """What a person decided for a part."""

    AGREE = "agree"
    FALSE_REJECT = "false_reject"
    MISSED_DEFECT = "missed_defect"
    UNSURE = "unsure"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Override:
    """A person's decision about a recorded part. An undo is a further record that names the one it takes back.

    `marks` are regions drawn by the person (missed defects), in pixels of the frame of camera `camera_id`.
    """

    part_id: int
    disposition: Disposition
    operator: str
    decided_at_ms: int
    reason: str = ""
    label: str = ""
    marks: tuple[Box, ...] = ()
    undoes: int | None = None
    viewed_ms: int = 0
    camera_id: str = ""
