"""Judges stored images as the line judges frames: the same preparation, the same model path, the same `decide`.

Time and serial numbers are left out: a replay is about what the model and the thresholds say.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from station_app.core.decision import CameraEvidence, Evidence, Verdict, decide
from station_app.core.errors import ModelOutputError
from station_app.core.inspection import Finding, Frame, FrameStamp, Inspection, NoResultReason, PixelFormat, Pixels
from station_app.core.recipe import CameraSetup, Recipe
from station_app.core.serial import SerialRules
from station_app.inference.inspector import Inspector
from station_app.inference.preprocess import quality_fault
from station_app.replay.outcome import Outcome, Skipped

IMAGE_REASONS = frozenset({NoResultReason.QUALITY, NoResultReason.MODEL_OUTPUT})
"""Reasons of a NO_RESULT that come back when the same image is judged again."""


class Judge:
    """One recipe with its loaded packages, by camera id. One thread."""

    def __init__(self, recipe: Recipe, inspectors: Mapping[str, Inspector]) -> None:
        self._recipe = replace(recipe, serial=SerialRules())
        self._inspectors = MappingProxyType(dict(inspectors))

    def why_not(self, recorded: Inspection, images: Mapping[str, Pixels]) -> Skipped | None:
        """Why this part cannot be judged again, or None where it can."""
        if recorded.reason is not None and recorded.reason not in IMAGE_REASONS:
            return Skipped.NOT_OF_THE_IMAGE
        seen = {label for inspector in self._inspectors.values() for label in inspector.package.labels}
        if recorded.stretch is not None or not set(self._recipe.labels) <= seen:
            return Skipped.LINES
        if any(setup.camera_id not in images for setup in self._recipe.cameras):
            return Skipped.NO_IMAGE
        return None

    def judge(self, recorded: Inspection, images: Mapping[str, Pixels]) -> Outcome:
        """The part as this recipe judges it now."""
        skipped = self.why_not(recorded, images)
        if skipped is not None:
            return Outcome(recorded.part_id, recorded.verdict, skipped=skipped)
        cameras = tuple(self._look(recorded.part_id, s, images[s.camera_id]) for s in self._recipe.cameras)
        verdict = decide(Evidence(recorded.part_id, self._recipe.sha256, cameras, 0.0), self._recipe)
        return _outcome(recorded, cameras, verdict)

    def _look(self, part_id: int, setup: CameraSetup, pixels: Pixels) -> CameraEvidence:
        inspector = self._inspectors[setup.camera_id]
        frame = Frame(part_id, setup.camera_id, FrameStamp(0, 0), pixels, _format_of(setup, pixels))
        known = CameraEvidence(part_id, setup.camera_id, frame.stamp)
        try:
            prepared = inspector.prepare(frame, setup.regions)
            poor = quality_fault(prepared.quality, setup.quality)
            if poor is not None:
                return replace(known, quality=prepared.quality, fault=NoResultReason.QUALITY, detail=poor)
            reading = inspector.judge(prepared, self._recipe.labels, None)
        except ModelOutputError as error:
            return replace(known, fault=NoResultReason.MODEL_OUTPUT, detail=str(error))
        return replace(
            known,
            quality=prepared.quality,
            model_hash=reading.model_hash,
            labels=inspector.package.labels,
            scores=reading.scores,
            findings=reading.findings,
        )


def _format_of(setup: CameraSetup, pixels: Pixels) -> PixelFormat:
    """A mosaic looks like a grey image: only the recipe's settings tell."""
    if pixels.ndim == 3:
        return PixelFormat.BGR8
    told = str(dict(setup.settings).get("pixel_format", "")).replace("_", "").lower()
    return PixelFormat.BAYER_RG8 if told.startswith("bayer") else PixelFormat.MONO8


def _outcome(recorded: Inspection, cameras: tuple[CameraEvidence, ...], verdict: Verdict) -> Outcome:
    findings = tuple(finding for camera in cameras for finding in camera.findings)
    largest: dict[str, float] = {}
    for label, score in (pair for camera in cameras for pair in camera.scores):
        largest[label] = max(score, largest.get(label, 0.0))
    is_identical = (
        verdict.kind is recorded.verdict
        and verdict.reason is recorded.reason
        and tuple(largest.items()) == recorded.scores
        and findings == recorded.findings
    )
    top: Finding | None = max(findings, key=lambda finding: finding.score, default=None)
    return Outcome(
        part_id=recorded.part_id,
        recorded=recorded.verdict,
        replayed=verdict.kind,
        reason=verdict.reason,
        label=top.label if top is not None else "",
        score=max(largest.values(), default=None),
        is_identical=is_identical,
    )
