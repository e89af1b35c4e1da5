"""From one camera's shot to its evidence, by whichever model is asked. No threads of its own."""

from dataclasses import dataclass

from station_app.core.decision import CameraEvidence
from station_app.core.inspection import Frame, HeatMap, NoResultReason
from station_app.core.lines_length import with_length
from station_app.core.recipe import Recipe
from station_app.engine.line_picture import own_row, received, regions_of
from station_app.engine.part import Part, Shot
from station_app.inference.inspector import Inspector
from station_app.inference.preparing import Prepared
from station_app.inference.preprocess import measure_quality, quality_fault


@dataclass(frozen=True, slots=True)
class Judge:
    """A recipe and the model that it names for one camera. One thread at a time."""

    recipe: Recipe
    inspector: Inspector

    def judge(
        self, part: Part, shot: Shot, frame: Frame, deadline_ns: int | None
    ) -> tuple[CameraEvidence, HeatMap | None]:
        """What the model says to a shot with this frame. `deadline_ns` is on the monotonic clock.

        LateError past the deadline, ModelOutputError where the answer is no evidence.
        """
        setup, inspector = self.recipe.camera(shot.camera_id), self.inspector
        prepared = self._prepared(shot, frame)
        whole = received(frame)
        quality = prepared.quality if whole is frame else measure_quality(whole)
        poor = quality_fault(quality, setup.quality)
        if poor is not None:
            fault = NoResultReason.QUALITY if frame.stamp.is_complete else NoResultReason.FRAME_TORN
            return evidence_of(part, shot, quality=quality, fault=fault, detail=poor), None
        reading = inspector.judge(prepared, self.recipe.labels, deadline_ns, own_row(frame))
        evidence = evidence_of(
            part,
            shot,
            quality=quality,
            model_hash=reading.model_hash,
            labels=inspector.package.labels,
            scores=reading.scores,
            findings=reading.findings,
        )
        if frame.stamp.lines is not None:
            evidence = with_length(evidence, frame.stamp.lines, frame.pixels.shape[1])
        return evidence, reading.heat_map

    def _prepared(self, shot: Shot, frame: Frame) -> Prepared:
        """The frame as this model is shown it; what was prepared for another model serves where both want the same."""
        if shot.prepared is not None and self.inspector.takes(shot.prepared):
            return shot.prepared
        return self.inspector.prepare(frame, regions_of(frame, self.recipe.camera(shot.camera_id)))


def without(part: Part, shot: Shot, fault: NoResultReason, detail: str) -> CameraEvidence:
    """A camera that gives no evidence, and why."""
    return evidence_of(part, shot, fault=fault, detail=detail)


def evidence_of(part: Part, shot: Shot, **known: object) -> CameraEvidence:
    """The evidence of one shot, with what is `known` of it."""
    # The frame's own part id, not the part's: a frame that slipped to the next part is told by exactly this.
    part_id = shot.frame.part_id if shot.frame is not None else part.part_id
    stamp = shot.frame.stamp if shot.frame is not None else None
    return CameraEvidence(part_id, shot.camera_id, stamp, **known)  # type: ignore[arg-type]


def largest_scores(evidence: tuple[CameraEvidence, ...]) -> tuple[tuple[str, float], ...]:
    """Of every label the largest score that any camera gave it."""
    largest: dict[str, float] = {}
    for camera in evidence:
        for label, score in camera.scores:
            largest[label] = max(score, largest.get(label, 0.0))
    return tuple(largest.items())
