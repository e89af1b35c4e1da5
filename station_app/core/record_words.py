"""What a record says about its part, in the words of docs/sync.md. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from station_app.core.cloud_event import Words, number, utc_text
from station_app.core.inspection import CameraRecord, Finding, Inspection
from station_app.core.review import SampleDrawn

BLOB_SUFFIX = ".tif"


@dataclass(frozen=True, slots=True)
class CameraTold:
    """One camera of a recorded recipe: its model's package, that package's hash, its settings."""

    package: str = ""
    sha256: str = ""
    settings: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RecipeTold:
    """A recipe as recorded with the parts; empty where its text is not there. `thresholds` by label."""

    thresholds: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    cameras: Mapping[str, CameraTold] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImageTold:
    """A stored image of the part."""

    camera_id: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class PartTold:
    """All that is known of a part without people. `subject` names it; `is_withheld` says that its PASS was recorded too
    late, so that the line was told that there is no result."""

    subject: str
    inspection: Inspection
    recipe: RecipeTold
    is_withheld: bool
    images: tuple[ImageTold, ...] = ()
    sample: SampleDrawn | None = None
    is_near: bool = False
    shadow: tuple[Words, ...] = ()


def blob_name(sha256: str) -> str:
    """A blob's name below the station's prefix."""
    return f"blobs/{sha256[:2]}/{sha256}{BLOB_SUFFIX}"


def part_words(told: PartTold) -> Words:
    """Who the part is, and with what it was inspected: the same in records and in the history."""
    inspection = told.inspection
    return {
        "part": {
            "id": inspection.part_id,
            "serial": inspection.serial,
            "lot": inspection.lot,
            "group": inspection.serial or inspection.lot or told.subject,
            "inspected_at": utc_text(inspection.inspected_at_ms),
        },
        "recipe": {
            "name": inspection.recipe,
            "revision": inspection.recipe_revision,
            "sha256": inspection.recipe_hash,
            "thresholds": told.recipe.thresholds,
        },
        "models": [_model_words(camera, told.recipe) for camera in inspection.cameras if camera.model_hash],
    }


def prediction_words(told: PartTold) -> Words:
    """What the station said. Labels of the same name stand once, as they are scored."""
    inspection = told.inspection
    top = max(inspection.findings, key=lambda finding: finding.score, default=None)
    scores = dict(inspection.scores)
    return {
        "verdict": inspection.verdict,
        "reason": inspection.reason,
        "is_withheld": told.is_withheld,
        "label": top.label if top is not None else "",
        "score": number(max(scores.values())) if scores else None,
        "scores": {label: number(score) for label, score in scores.items()},
        "total_ms": number(inspection.times.total_ms),
    }


def finding_words(finding: Finding) -> Words:
    return {
        "label": finding.label,
        "score": number(finding.score),
        "box": list(finding.box),
        "camera": finding.camera_id,
        "region": finding.region,
        "polygon": [list(point) for point in finding.polygon] if finding.polygon is not None else None,
    }


def image_words(told: PartTold) -> list[Words]:
    """The images that the station has."""
    cameras = {camera.camera_id: camera for camera in told.inspection.cameras}
    return [_image_words(image, cameras.get(image.camera_id), told.recipe) for image in told.images]


def sampling_words(sample: SampleDrawn | None) -> Words | None:
    if sample is None:
        return None
    return {"is_rejected": sample.is_rejected, "stratum": sample.stratum, "probability": sample.probability}


def _image_words(image: ImageTold, camera: CameraRecord | None, recipe: RecipeTold) -> Words:
    quality = camera.quality if camera is not None else None
    return {
        "camera": image.camera_id,
        "sha256": image.sha256,
        "uri": blob_name(image.sha256),
        "media_type": "image/tiff",
        "bytes": image.size,
        "settings": recipe.cameras.get(image.camera_id, CameraTold()).settings,
        "quality": {name: number(value) for name, value in quality._asdict().items()} if quality is not None else None,
    }


def _model_words(camera: CameraRecord, recipe: RecipeTold) -> Words:
    """The package that judged; its name where the recipe's text says it."""
    known = recipe.cameras.get(camera.camera_id, CameraTold())
    package = known.package if known.sha256 == camera.model_hash else ""
    return {"camera": camera.camera_id, "package": package, "sha256": camera.model_hash}
