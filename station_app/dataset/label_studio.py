"""The samples as tasks for Label Studio, to be looked at and corrected there. Pure.

Painted masks come as their outlines: Label Studio's own run lengths are read by nothing else.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

from station_app.core.inspection import Box
from station_app.dataset.registry import GOOD, Registry
from station_app.dataset.sample import Sample
from station_app.dataset.shapes import Shape, clipped, mask_of, outlines


def tasks(samples: Sequence[Sample], registry: Registry) -> list[dict[str, Any]]:
    """One task a sample: what people say as its annotation, what the model said as its prediction."""
    return [_task(number, sample, registry) for number, sample in enumerate(samples, 1)]


def labelling_config(registry: Registry) -> str:
    """The interface that these tasks are made for."""
    names = [label.name for label in registry.in_order()]
    choices = "".join(f"<Choice value={quoteattr(name)}/>" for name in (GOOD, *names))
    labels = "".join(f"<Label value={quoteattr(name)}/>" for name in names)
    return (
        '<View><Image name="image" value="$image"/>'
        f'<Choices name="label" toName="image">{choices}</Choices>'
        f'<RectangleLabels name="box" toName="image">{labels}</RectangleLabels>'
        f'<PolygonLabels name="outline" toName="image">{labels}</PolygonLabels></View>\n'
    )


def _task(number: int, sample: Sample, registry: Registry) -> dict[str, Any]:
    path, part = sample.image_path(registry), sample.candidate.part
    drawn = [result for shape in sample.shapes for result in _drawn(shape, sample, registry)]
    found = list(_found(sample, registry))
    annotation = {"id": number, "created_at": part.inspected_at, "result": _named([_choice(sample, registry), *drawn])}
    prediction = {"model_version": f"{part.recipe.name}-{part.recipe.revision}", "result": _named(found)}
    return {
        "id": number,
        "data": {"image": f"/data/local-files/?d={quote(path)}", "group": part.group, "split": sample.split.value},
        "annotations": [annotation],
        "predictions": [prediction] if found else [],
    }


def _named(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": f"r{number}", **result} for number, result in enumerate(results, 1)]


def _choice(sample: Sample, registry: Registry) -> dict[str, Any]:
    label = sample.candidate.label
    name = registry.of(label).name if label else GOOD
    return {"from_name": "label", "to_name": "image", "type": "choices", "value": {"choices": [name]}}


def _drawn(shape: Shape, sample: Sample, registry: Registry) -> Iterator[dict[str, Any]]:
    if shape.drawn is None:
        return
    name = registry.of(shape.label).name
    if shape.drawn.box is not None:
        yield _rectangle(shape.box, name, sample)
        return
    width, height = sample.made.width, sample.made.height
    for outline in outlines(mask_of([shape], width, height)):
        points = [[_percent(x, width), _percent(y, height)] for x, y in outline]
        yield _result("outline", "polygonlabels", {"points": points, "closed": True}, name, sample)


def _found(sample: Sample, registry: Registry) -> Iterator[dict[str, Any]]:
    for finding in sample.candidate.part.prediction.findings:
        box = clipped(finding.box, sample.made.width, sample.made.height)
        if finding.camera_id in ("", sample.candidate.image.camera) and finding.label and box is not None:
            yield {**_rectangle(box, registry.of(finding.label).name, sample), "score": finding.score}


def _rectangle(box: Box, name: str, sample: Sample) -> dict[str, Any]:
    width, height = sample.made.width, sample.made.height
    value = {
        "x": _percent(box.x, width),
        "y": _percent(box.y, height),
        "width": _percent(box.width, width),
        "height": _percent(box.height, height),
        "rotation": 0,
    }
    return _result("box", "rectanglelabels", value, name, sample)


def _result(tool: str, kind: str, value: dict[str, Any], name: str, sample: Sample) -> dict[str, Any]:
    return {
        "from_name": tool,
        "to_name": "image",
        "type": kind,
        "original_width": sample.made.width,
        "original_height": sample.made.height,
        "image_rotation": 0,
        "value": {**value, kind: [name]},
    }


def _percent(pixels: int, of: int) -> float:
    return 100 * pixels / of
