"""The samples as COCO: what people say in annotations/, what the model said in predictions/. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any

from station_app.dataset.registry import Registry
from station_app.dataset.sample import Sample, row_of
from station_app.dataset.shapes import MODEL, Shape, clipped

_EXTRA = ("label", "group", "weight", "consensus", "sampling_probability", "verdict", "model_sha256", "mask_source")


def instances(samples: Sequence[Sample], registry: Registry) -> dict[str, Any]:
    """COCO instances of one split, with a key `station` of our own at each image. Ids of images and categories are the
    same in every version; file names are below images/SPLIT."""
    annotations = [
        _annotation(number, sample, shape, registry)
        for number, (sample, shape) in enumerate(((s, shape) for s in samples for shape in s.shapes), 1)
    ]
    categories = [{"id": label.number, "name": label.name, "supercategory": "defect"} for label in registry.in_order()]
    return {
        "info": {"description": "inspection records", "version": "1"},
        "licenses": [],
        "images": [_image(sample, registry) for sample in samples],
        "annotations": annotations,
        "categories": categories,
    }


def results(samples: Sequence[Sample], registry: Registry) -> list[dict[str, Any]]:
    """The model's own boxes, as COCO results: also those on good images, which are its false alarms."""
    return [entry for sample in samples for entry in _found(sample, registry)]


def _image(sample: Sample, registry: Registry) -> dict[str, Any]:
    row = row_of(sample, registry)
    return {
        "id": sample.image_id,
        "file_name": sample.image_path(registry).split("/", 2)[2],
        "width": sample.made.width,
        "height": sample.made.height,
        "station": {name: row[name] for name in _EXTRA},
    }


def _annotation(number: int, sample: Sample, shape: Shape, registry: Registry) -> dict[str, Any]:
    return {
        "id": number,
        "image_id": sample.image_id,
        "category_id": registry.number_of(shape.label),
        "bbox": [float(value) for value in shape.box],
        "area": float(shape.area),
        "iscrowd": 0,
        "segmentation": shape.segmentation,
        "attributes": {"source": shape.source, "is_drawn": shape.source != MODEL},
    }


def _found(sample: Sample, registry: Registry) -> Iterator[dict[str, Any]]:
    camera = sample.candidate.image.camera
    for finding in sample.candidate.part.prediction.findings:
        box = clipped(finding.box, sample.made.width, sample.made.height)
        if finding.camera_id in ("", camera) and finding.label and box is not None:
            yield {
                "image_id": sample.image_id,
                "category_id": registry.number_of(finding.label),
                "bbox": [float(value) for value in box],
                "score": finding.score,
            }
