"""What the set-up screen and the engine say to each other: live pictures, measures, features, references.

Frozen dataclasses of plain values, like all messages; `core.messages` takes them into its unions.
"""

from dataclasses import dataclass
from enum import StrEnum

from station_app.core.inspection import Finding, ImageQuality, NoResultReason, VerdictKind


class FeatureKind(StrEnum):
    """What a camera's feature holds. A command holds nothing and is carried out."""

    INTEGER = "integer"
    FLOAT = "float"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    TEXT = "text"
    COMMAND = "command"


class CommonSetting(StrEnum):
    """The five settings that matter for everyone, by one name for every driver. Exposure in µs, gain in dB."""

    EXPOSURE = "exposure_us"
    GAIN = "gain_db"
    RATE = "rate_hz"
    TRIGGER = "trigger"
    PIXEL_FORMAT = "pixel_format"


@dataclass(frozen=True, slots=True)
class FeatureShown:
    """One feature as the camera shows it now. `value` is its text, "" where it cannot be read.

    `low`, `high` and `step` hold for numbers and are equal where the camera tells no limits; `entries` are what a
    choice accepts now. `category` is the path of its group, "/" between the levels. `common` names the common setting
    that it stands for, "" for none.
    """

    name: str
    kind: FeatureKind
    value: str
    is_writable: bool
    low: float = 0.0
    high: float = 0.0
    step: float = 0.0
    entries: tuple[str, ...] = ()
    unit: str = ""
    category: str = ""
    common: str = ""


class FlatFieldStep(StrEnum):
    """Teaching a flat field: lines with the cap on, lines of a white target, then the result or nothing."""

    DARK = "dark"
    WHITE = "white"
    SAVE = "save"
    DISCARD = "discard"


@dataclass(frozen=True, slots=True)
class WatchCamera:
    """Live pictures of this camera from now on, "" for none. An area camera exposes for it only while the line does
    not run; while it runs, its parts are shown."""

    camera_id: str


@dataclass(frozen=True, slots=True)
class TakeTestShot:
    """One exposure, judged by the model and shown, never recorded or counted; only while not RUNNING."""

    camera_id: str
    operator: str = ""


@dataclass(frozen=True, slots=True)
class ReadFeatures:
    """Tell every feature of this camera."""

    camera_id: str


@dataclass(frozen=True, slots=True)
class WriteFeature:
    """Set a feature, or carry out a command; only while not RUNNING. It holds until the recipe is loaded again."""

    camera_id: str
    name: str
    value: str
    operator: str = ""


@dataclass(frozen=True, slots=True)
class SaveReference:
    """Keep how the camera's picture is now, and its settings, as what later pictures are compared with."""

    camera_id: str
    operator: str


@dataclass(frozen=True, slots=True)
class AcceptSetup:
    """A person lets the line run although the physical set-up differs from its reference; audited."""

    operator: str
    reason: str


@dataclass(frozen=True, slots=True)
class TeachFlatField:
    """One step of teaching a line-scan camera's flat field; only while not RUNNING."""

    camera_id: str
    step: FlatFieldStep
    operator: str = ""


SetupCommand = WatchCamera | TakeTestShot | ReadFeatures | WriteFeature | SaveReference | AcceptSetup | TeachFlatField


@dataclass(frozen=True, slots=True)
class CameraWatched:
    """Live pictures of `camera_id` are in a preview file of their own from now on; both "" where none is watched."""

    camera_id: str
    preview: str


@dataclass(frozen=True, slots=True)
class SetupDifference:
    """One measure of the set-up against the reference: `measure` is exposure, gain, brightness, histogram, focus,
    match, shift_x, shift_y, turn or a setting's name. `now` and `reference` in its own unit; `limit` is the largest
    difference between them that is allowed. Where too little of the picture matches there is no shift and no turn."""

    measure: str
    now: float
    reference: float
    limit: float
    is_within: bool


@dataclass(frozen=True, slots=True)
class CameraMeasured:
    """One live picture of the watched camera, told at most ten times a second.

    `histogram` counts 64 bins of four grey levels, as shares of all pixels. `columns` is the mean grey of at most 512
    groups of columns. `differences` are empty where no reference was saved; shifts are in pixels, turn in degrees.

    A line-scan camera's picture is its newest lines, the last one at the bottom: `first_line` is the number of the
    uppermost, and `lost` are the spans `[start, end)` of those lines that were never received.
    """

    camera_id: str
    sequence: int
    quality: ImageQuality
    histogram: tuple[float, ...]
    columns: tuple[float, ...] = ()
    reference: str = ""
    differences: tuple[SetupDifference, ...] = ()
    first_line: int = 0
    lost: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ShotJudged:
    """What the model says to one exposure; the picture is in the watched preview under `sequence`, 0 for none."""

    camera_id: str
    verdict: VerdictKind
    reason: NoResultReason | None
    findings: tuple[Finding, ...]
    sequence: int
    total_ms: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FeaturesRead:
    """Every feature of a camera as it is now; sent again after one was written."""

    camera_id: str
    features: tuple[FeatureShown, ...]


@dataclass(frozen=True, slots=True)
class ReferenceSaved:
    """The camera has a new reference, or, after it is watched, the one that it has: the picture's path, when it was
    taken, UTC, and by whom."""

    camera_id: str
    picture: str
    saved_at_ms: int
    operator: str = ""


@dataclass(frozen=True, slots=True)
class FingerprintChecked:
    """The physical set-up of a camera at the start of a shift; `is_within` where nothing differs too much, or where a
    person has accepted for this shift that it does."""

    camera_id: str
    is_within: bool
    differences: tuple[SetupDifference, ...]
    checked_at_ms: int


@dataclass(frozen=True, slots=True)
class FlatFieldTaught:
    """One step is done: `lines` were taken; `refusals` are sentences that say why it is not good enough, `path` is
    where the flat field was saved. After WHITE, `before` and `after` are the white lines' column profiles, as in
    `CameraMeasured.columns`, without and with the new flat field; empty where it was refused."""

    camera_id: str
    step: FlatFieldStep
    lines: int
    refusals: tuple[str, ...] = ()
    path: str = ""
    before: tuple[float, ...] = ()
    after: tuple[float, ...] = ()


SetupEvent = (
    CameraWatched | CameraMeasured | ShotJudged | FeaturesRead | ReferenceSaved | FingerprintChecked | FlatFieldTaught
)
