"""The recipe: everything set per product, with a revision and a hash. Parsed from TOML text, never edited in place."""

import hashlib
import json
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from operator import itemgetter
from typing import TYPE_CHECKING

from station_app.core.inspection import Box
from station_app.core.serial import SerialRules

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the frame to judge, or, with `is_excluded`, one to leave out. Frame pixels."""

    name: str
    box: Box
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class ModelReference:
    """The exact model package that a recipe was approved with; `provider` is "" where any execution provider may run.

    `sha256` is the package hash: that of its manifest, which in turn names the hash of every member.
    """

    package: str
    sha256: str
    provider: str = ""


@dataclass(frozen=True, slots=True)
class QualityLimits:
    """Limits of a usable frame: grey levels 0..255, shares 0..1, focus as in `ImageQuality`."""

    mean_min: float = 5.0
    mean_max: float = 250.0
    dark_share_max: float = 0.95
    bright_share_max: float = 0.95
    focus_min: float = 0.0


class OnDifference(StrEnum):
    """What a set-up that differs from its reference does to the line: an alarm alone, or no further part until a
    person has accepted it or saved a new reference."""

    WARN = "warn"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class FingerprintLimits:
    """How far the physical set-up may be from its reference: shares of the reference's value, decibels, grey levels,
    frame pixels, degrees; `match_min` as in `Placement`."""

    on_difference: OnDifference = OnDifference.WARN
    exposure_share: float = 0.02
    gain_db: float = 0.2
    brightness: float = 20.0
    histogram: float = 20.0
    focus_share: float = 0.4
    shift_px: float = 20.0
    turn_deg: float = 1.0
    match_min: float = 0.2


@dataclass(frozen=True, slots=True)
class CameraSetup:
    """One camera of the recipe: its settings, its regions, its model and its limits.

    No region means that the whole frame is judged. `settings` are written to the camera and read back. `fingerprint`
    is None where the physical set-up is not checked.
    """

    camera_id: str
    model: ModelReference
    regions: tuple[Region, ...] = ()
    settings: tuple[tuple[str, bool | int | float | str], ...] = ()
    quality: QualityLimits = field(default_factory=QualityLimits)
    fingerprint: FingerprintLimits | None = None


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Score at which a label asks for review, and at which it rejects: 0 < review <= fail <= 1."""

    review: float
    fail: float


class KeepImages(StrEnum):
    """Which images are stored; `EVIDENCE` = fails, reviews, no results, overrides and a random share of passes."""

    ALL = "all"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Keep:
    """What to keep of a part beyond its row and thumbnail. `pass_share` is the probability that a PASS is kept."""

    images: KeepImages = KeepImages.EVIDENCE
    pass_share: float = 0.02


@dataclass(frozen=True, slots=True)
class Recipe:
    """One product's approved settings. `deadline_ms` counts from the trigger to the verdict; `codes` are the texts of
    printed codes that select this recipe."""

    name: str
    revision: int
    cameras: tuple[CameraSetup, ...]
    thresholds: tuple[tuple[str, Thresholds], ...]
    deadline_ms: float = 1000.0
    keep: Keep = field(default_factory=Keep)
    serial: SerialRules = field(default_factory=SerialRules)
    codes: tuple[str, ...] = ()
    sha256: str = field(init=False, compare=False, repr=False)
    """Hash of the meaning, not of the file's bytes: comments, order of labels and of the keys of a table do not change
    it. The order of camera settings does, since they are written in that order."""

    def __post_init__(self) -> None:
        # Once, and not at every question: each part asks several times.
        object.__setattr__(self, "sha256", hashlib.sha256(canonical_json(self).encode()).hexdigest())

    @property
    def labels(self) -> dict[str, Thresholds]:
        return dict(self.thresholds)

    def camera(self, camera_id: str) -> CameraSetup:
        """The set-up of one camera; KeyError where the recipe does not name it."""
        return next((c for c in self.cameras if c.camera_id == camera_id), None) or _unknown(camera_id)


def canonical_json(recipe: Recipe) -> str:
    """All that the recipe means, in the one form that its hash is made of and that is recorded."""
    table = {f.name: getattr(recipe, f.name) for f in fields(recipe) if f.init}
    table["thresholds"] = sorted(recipe.thresholds, key=itemgetter(0))
    # Recipes that say nothing about serial numbers keep the hash that they were recorded with before there were any.
    if recipe.serial == SerialRules():
        del table["serial"]
    if not recipe.codes:
        del table["codes"]
    return json.dumps(table, sort_keys=True, default=_plain)


def _plain(value: "DataclassInstance") -> dict[str, object]:
    """What is not there is left out: the hash of a recipe outlives what recipes learn to say later."""
    return {name: entry for name, entry in asdict(value).items() if entry is not None}


def _unknown(camera_id: str) -> CameraSetup:
    raise KeyError(camera_id)
