"""One sample of the dataset, and all that its row in the tables says. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from station_app.dataset.choosing import Candidate
from station_app.dataset.images import MadeImage
from station_app.dataset.registry import Registry
from station_app.dataset.shapes import MODEL, Shape
from station_app.dataset.split import Split
from station_app.dataset.standing import Voice, Vote

Value = str | int | float | bool | None

COLUMNS: Mapping[str, str] = {
    "image_path": "VARCHAR",
    "label": "VARCHAR",
    "label_index": "INTEGER",
    "mask_path": "VARCHAR",
    "mask_source": "VARCHAR",
    "split": "VARCHAR",
    "group": "VARCHAR",
    "weight": "DOUBLE",
    "consensus": "VARCHAR",
    "people": "INTEGER",
    "is_blind": "BOOLEAN",
    "decision": "VARCHAR",
    "decision_reason": "VARCHAR",
    "review": "VARCHAR",
    "severity": "VARCHAR",
    "sampling_probability": "DOUBLE",
    "sampling_stratum": "INTEGER",
    "sampling_is_rejected": "BOOLEAN",
    "why": "VARCHAR",
    "verdict": "VARCHAR",
    "verdict_reason": "VARCHAR",
    "predicted_label": "VARCHAR",
    "predicted_score": "DOUBLE",
    "recipe": "VARCHAR",
    "recipe_revision": "INTEGER",
    "recipe_sha256": "VARCHAR",
    "model": "VARCHAR",
    "model_sha256": "VARCHAR",
    "plant": "VARCHAR",
    "station": "VARCHAR",
    "part": "BIGINT",
    "serial": "VARCHAR",
    "lot": "VARCHAR",
    "camera": "VARCHAR",
    "inspected_at": "VARCHAR",
    "image_sha256": "VARCHAR",
    "width": "INTEGER",
    "height": "INTEGER",
    "camera_settings": "VARCHAR",
    "image_quality": "VARCHAR",
    "app_version": "VARCHAR",
}
"""The columns of samples.csv in their order, with their types in the Parquet tables."""

OBJECTS = "STRUCT(bbox DOUBLE[][], category VARCHAR[], category_id INTEGER[], area BIGINT[], source VARCHAR[])"


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """A candidate with its image, its split and the shapes on it."""

    candidate: Candidate
    made: MadeImage
    split: Split
    shapes: tuple[Shape, ...]

    @property
    def file_name(self) -> str:
        return f"{self.candidate.image.sha256[:16]}.png"

    @property
    def image_id(self) -> int:
        """The same for the same image in every version; below 2**52, so that every JSON reader keeps it."""
        return int(self.candidate.image.sha256[:13], 16)

    def image_path(self, registry: Registry) -> str:
        return f"images/{self.split}/{registry.folder_of(self.candidate.label)}/{self.file_name}"

    def mask_path(self, registry: Registry) -> str:
        """Nothing for a good image. The mask of a defect that nobody drew is empty."""
        if not self.candidate.label:
            return ""
        folder = registry.folder_of(self.candidate.label)
        return f"images/ground_truth/{folder}/{self.file_name.removesuffix('.png')}_mask.png"

    @property
    def mask_source(self) -> str:
        """Who drew the mask; nothing where nobody did."""
        return next((shape.source for shape in self.shapes if shape.source != MODEL), "")


def row_of(sample: Sample, registry: Registry) -> dict[str, Value]:
    """The values of `COLUMNS`."""
    return {
        **_about_label(sample, registry),
        **_about_people(sample.candidate),
        **_about_draw(sample.candidate),
        **_about_inspection(sample.candidate),
        **_about_image(sample),
    }


def objects_of(sample: Sample, registry: Registry) -> dict[str, list[object]]:
    """The shapes as parallel lists, as `datasets` likes them."""
    return {
        "bbox": [[float(number) for number in shape.box] for shape in sample.shapes],
        "category": [registry.of(shape.label).name for shape in sample.shapes],
        "category_id": [registry.number_of(shape.label) for shape in sample.shapes],
        "area": [shape.area for shape in sample.shapes],
        "source": [shape.source for shape in sample.shapes],
    }


def _about_label(sample: Sample, registry: Registry) -> dict[str, Value]:
    candidate = sample.candidate
    return {
        "image_path": sample.image_path(registry),
        "label": registry.of(candidate.label).name if candidate.label else "good",
        "label_index": registry.number_of(candidate.label),
        "mask_path": sample.mask_path(registry),
        "mask_source": sample.mask_source,
        "split": sample.split.value,
        "group": candidate.part.group,
        "weight": candidate.weight,
    }


def _about_people(candidate: Candidate) -> dict[str, Value]:
    votes, supporters = candidate.standing.votes, candidate.standing.supporters
    line = _last(vote for vote in votes if vote.voice is Voice.LINE)
    review = _last(vote for vote in votes if vote.voice is not Voice.LINE)
    return {
        "consensus": candidate.standing.consensus.value,
        "people": len(supporters),
        "is_blind": any(vote.is_blind for vote in votes if vote.by in supporters),
        "decision": line.word if line else "",
        "decision_reason": line.reason if line else "",
        "review": review.word if review else "",
        "severity": review.reason if review else "",
    }


def _last(votes: Iterable[Vote]) -> Vote | None:
    return next(reversed(list(votes)), None)


def _about_draw(candidate: Candidate) -> dict[str, Value]:
    sampling = candidate.part.sampling
    return {
        "sampling_probability": sampling.probability if sampling else None,
        "sampling_stratum": sampling.stratum if sampling else None,
        "sampling_is_rejected": sampling.is_rejected if sampling else None,
        "why": " ".join(candidate.part.why),
    }


def _about_inspection(candidate: Candidate) -> dict[str, Value]:
    part, prediction = candidate.part, candidate.part.prediction
    model = next((model for model in part.models if model.camera == candidate.image.camera), None)
    return {
        "verdict": prediction.verdict.value,
        "verdict_reason": prediction.reason,
        "predicted_label": prediction.label,
        "predicted_score": prediction.score,
        "recipe": part.recipe.name,
        "recipe_revision": part.recipe.revision,
        "recipe_sha256": part.recipe.sha256,
        "model": model.package if model else "",
        "model_sha256": model.sha256 if model else "",
        "plant": candidate.name.station.plant,
        "station": candidate.name.station.station,
        "part": part.part_id,
        "serial": part.serial,
        "lot": part.lot,
        "camera": candidate.image.camera,
        "inspected_at": part.inspected_at,
    }


def _about_image(sample: Sample) -> dict[str, Value]:
    return {
        "image_sha256": sample.candidate.image.sha256,
        "width": sample.made.width,
        "height": sample.made.height,
        "camera_settings": sample.candidate.image.settings,
        "image_quality": sample.candidate.image.quality,
        "app_version": sample.candidate.part.app_version,
    }
