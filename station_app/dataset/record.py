"""A record that a station has sent, checked field by field against docs/sync.md. Pure."""

import json
import re
from dataclasses import dataclass

from station_app.core.inspection import Box, Disposition, Finding, VerdictKind
from station_app.core.review import Answer, Brush, DefectDrawn
from station_app.dataset.fields import FieldError, Fields

UNDO = "undo"
_MOST_PAINTED = 1 << 28
"""Pixels of a painted mask: what is larger is no mask of an image, and would fill this computer's memory."""
_BLOB = re.compile(r"blobs/([0-9a-f]{2})/([0-9a-f]{64})\.[a-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class ImageSent:
    """An image of the part. `uri` is below the station's prefix; `settings` and `quality` are JSON texts."""

    camera: str
    sha256: str
    uri: str
    settings: str
    quality: str


@dataclass(frozen=True, slots=True)
class RecipeSent:
    name: str
    revision: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ModelSent:
    camera: str
    package: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the station itself said."""

    verdict: VerdictKind
    reason: str
    label: str
    score: float | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class SamplingSent:
    """The part's draw for the blind review: with which probability it was drawn in its stratum."""

    is_rejected: bool
    stratum: int
    probability: float


@dataclass(frozen=True, slots=True)
class PartSent:
    """All that a record says about the part itself."""

    part_id: int
    serial: str
    lot: str
    group: str
    inspected_at: str
    images: tuple[ImageSent, ...]
    recipe: RecipeSent
    models: tuple[ModelSent, ...]
    prediction: Prediction
    why: tuple[str, ...]
    sampling: SamplingSent | None
    app_version: str

    @property
    def cameras(self) -> frozenset[str]:
        """All cameras that saw the part, also those whose image is not there any more."""
        return frozenset((*(image.camera for image in self.images), *(model.camera for model in self.models)))


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided at the line. `by` is a pseudonym, "" for all whom nobody knows: they count as one person.
    `undoes` names the decision that this one takes back."""

    number: int
    at: str
    disposition: Disposition
    by: str
    reason: str
    label: str
    camera: str
    marks: tuple[Box, ...]
    viewed_ms: int
    undoes: int | None


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reviewer answered; `answer` is None where it takes the review `undoes` back."""

    number: int
    at: str
    answer: Answer | None
    by: str
    is_blind: bool
    label: str
    severity: str
    drawn: tuple[DefectDrawn, ...]
    is_adjudication: bool
    viewed_ms: int
    undoes: int | None


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a batch, without its envelope."""

    seq: int
    prev: str
    part: PartSent
    decision: Decision | None
    opinion: Opinion | None


def record_of(data: Fields) -> Record:
    """The record in `data`. FieldError names what is wrong with it."""
    decision, opinion = data.inner_or_none("decision"), data.inner_or_none("review")
    return Record(
        seq=data.whole("seq"),
        prev=data.sha256("prev"),
        part=_part(data),
        decision=None if decision is None else _decision(decision),
        opinion=None if opinion is None else _opinion(opinion),
    )


def _part(data: Fields) -> PartSent:
    part, recipe, sampling = data.inner("part"), data.inner("recipe"), data.inner_or_none("sampling")
    group = part.text("group").strip()
    if not group:
        raise FieldError(f"{part.path}.group is empty")
    return PartSent(
        part_id=part.whole("id"),
        serial=part.text_or("serial"),
        lot=part.text_or("lot"),
        group=group,
        inspected_at=part.time("inspected_at"),
        images=tuple(_image(image) for image in data.each("images")),
        recipe=RecipeSent(recipe.text("name"), recipe.whole("revision"), recipe.sha256("sha256")),
        models=tuple(
            ModelSent(model.text("camera"), model.text("package"), model.sha256("sha256"))
            for model in data.each("models")
        ),
        prediction=_prediction(data.inner("prediction")),
        why=data.texts("why"),
        sampling=None if sampling is None else _sampling(sampling),
        app_version=data.inner("app").text("version"),
    )


def _image(image: Fields) -> ImageSent:
    sha256, uri = image.sha256("sha256"), image.text("uri")
    named = _BLOB.fullmatch(uri)
    if named is None or named.groups() != (sha256[:2], sha256):
        raise FieldError(f"{image.path}.uri does not carry the image's own hash")
    return ImageSent(image.text("camera"), sha256, uri, _json(image, "settings"), _json(image, "quality"))


def _json(fields: Fields, name: str) -> str:
    """Whatever a camera has to say about itself, as one text in one fixed form."""
    inner = fields.inner_or_none(name)
    return json.dumps(inner.values if inner else {}, sort_keys=True, allow_nan=False, separators=(",", ":"))


def _prediction(prediction: Fields) -> Prediction:
    verdict = prediction.text("verdict")
    if verdict not in set(VerdictKind):
        raise FieldError(f"{prediction.path}.verdict is no verdict: {verdict[:40]!r}")
    return Prediction(
        verdict=VerdictKind(verdict),
        reason=prediction.text_or("reason"),
        label=prediction.text_or("label"),
        score=None if prediction.values.get("score") is None else prediction.number("score"),
        # A model that said no number as its score has said nothing.
        findings=tuple(_finding(each) for each in prediction.each("findings") if each.values.get("score") is not None),
    )


def _finding(finding: Fields) -> Finding:
    score = finding.number("score")
    if not 0 <= score <= 1:
        raise FieldError(f"{finding.path}.score lies outside 0 and 1")
    return Finding(
        label=finding.text("label"),
        score=score,
        box=finding.box("box"),
        camera_id=finding.text_or("camera"),
        region=finding.text_or("region"),
        polygon=finding.polygon_or_none("polygon"),
    )


def _sampling(sampling: Fields) -> SamplingSent:
    probability = sampling.number("probability")
    if not 0 < probability <= 1:
        raise FieldError(f"{sampling.path}.probability lies outside 0 and 1")
    return SamplingSent(sampling.flag("is_rejected"), sampling.whole("stratum"), probability)


def _decision(decision: Fields) -> Decision:
    said = decision.text("disposition")
    if said not in set(Disposition):
        raise FieldError(f"{decision.path}.disposition is none: {said[:40]!r}")
    return Decision(
        number=decision.whole("id"),
        at=decision.time("at"),
        disposition=Disposition(said),
        by=decision.text("by"),
        reason=decision.text_or("reason"),
        label=decision.text_or("label"),
        camera=decision.text_or("camera"),
        marks=tuple(Fields({"mark": mark}, decision.path).box("mark") for mark in _list(decision, "marks")),
        viewed_ms=decision.whole("viewed_ms"),
        undoes=_undoes(decision, is_undo=said == Disposition.UNDO),
    )


def _opinion(review: Fields) -> Opinion:
    said = review.text("answer")
    if said != UNDO and said not in set(Answer):
        raise FieldError(f"{review.path}.answer is none: {said[:40]!r}")
    return Opinion(
        number=review.whole("id"),
        at=review.time("at"),
        answer=None if said == UNDO else Answer(said),
        by=review.text("by"),
        is_blind=review.flag("is_blind"),
        label=review.text_or("label"),
        severity=review.text_or("severity"),
        drawn=tuple(_drawn(shape) for shape in review.each("drawn")),
        is_adjudication=review.flag("is_adjudication"),
        viewed_ms=review.whole("viewed_ms"),
        undoes=_undoes(review, is_undo=said == UNDO),
    )


def _undoes(fields: Fields, *, is_undo: bool) -> int | None:
    if is_undo:
        return fields.whole("undoes")
    if fields.values.get("undoes") is not None:
        raise FieldError(f"{fields.path}.undoes stands in a record that takes nothing back")
    return None


def _list(fields: Fields, name: str) -> list[object]:
    value = fields.values.get(name, [])
    if not isinstance(value, list):
        raise FieldError(f"{fields.path}.{name} is no list")
    return value


def _drawn(shape: Fields) -> DefectDrawn:
    brush = shape.inner_or_none("brush")
    drawn = DefectDrawn(
        label=shape.text_or("label"),
        camera_id=shape.text_or("camera"),
        box=shape.box_or_none("box"),
        polygon=shape.polygon_or_none("polygon"),
        brush=None if brush is None else _brush(brush),
    )
    if [drawn.box, drawn.polygon, drawn.brush].count(None) != 2:
        raise FieldError(f"{shape.path} is not exactly one shape")
    return drawn


def _brush(brush: Fields) -> Brush:
    box, runs = brush.box("box"), brush.wholes("runs")
    if box.width * box.height > _MOST_PAINTED:
        raise FieldError(f"{brush.path}.box is larger than any image")
    if min(runs, default=0) < 0 or sum(runs) != box.width * box.height:
        raise FieldError(f"{brush.path}.runs do not fill the box")
    return Brush(box, runs)
