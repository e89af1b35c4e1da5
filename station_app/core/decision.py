"""From evidence to verdict: pure functions, and the only place where a PASS can be made.

Order of verdicts, best first: PASS, REVIEW, FAIL, NO_RESULT. More or worse evidence never moves a part towards PASS.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from station_app.core.inspection import Finding, FrameStamp, ImageQuality, NoResultReason, VerdictKind
from station_app.core.recipe import CameraSetup, QualityLimits, Recipe
from station_app.core.serial import UNKNOWN, Identity, identity_fault


@dataclass(frozen=True, slots=True)
class CameraEvidence:
    """What one camera contributes to the verdict about `part_id`.

    `fault` is set where an earlier stage already knows that this camera gives no evidence. `scores` must hold every
    label of the camera's model, each within 0..1.
    """

    part_id: int
    camera_id: str
    stamp: FrameStamp | None = None
    quality: ImageQuality | None = None
    model_hash: str = ""
    labels: tuple[str, ...] = ()
    scores: tuple[tuple[str, float], ...] = ()
    findings: tuple[Finding, ...] = ()
    fault: NoResultReason | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything known about one part when the verdict is due. `elapsed_ms` counts from the trigger."""

    part_id: int
    recipe_hash: str
    cameras: tuple[CameraEvidence, ...]
    elapsed_ms: float
    fault: NoResultReason | None = None
    identity: Identity = UNKNOWN


@dataclass(frozen=True, slots=True)
class PassProof:
    """Made by `prove_pass` alone (a test watches over it): the part and recipe for which a PASS was proved."""

    part_id: int
    recipe_hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the station decided; a Verdict made without arguments is NO_RESULT, and a PASS needs its proof."""

    kind: VerdictKind = VerdictKind.NO_RESULT
    reason: NoResultReason | None = NoResultReason.NOT_INSPECTED
    proof: PassProof | None = None

    def __post_init__(self) -> None:
        if (self.kind is VerdictKind.PASS) != isinstance(self.proof, PassProof):
            raise ValueError("a PASS needs a proof, and nothing else has one")
        if (self.kind is VerdictKind.NO_RESULT) != isinstance(self.reason, NoResultReason):
            raise ValueError("a NO_RESULT needs a reason, and nothing else has one")


def no_result(reason: NoResultReason) -> Verdict:
    """A part without a valid result, and why."""
    return Verdict(VerdictKind.NO_RESULT, reason)


def decide(evidence: Evidence, recipe: Recipe) -> Verdict:
    """The verdict that the recipe asks for on this evidence. Never raises on bad evidence: that is a NO_RESULT."""
    fault = first_fault(evidence, recipe)
    if fault is not None:
        return no_result(fault)
    worst = _worst_kind(evidence, recipe)
    if worst is not VerdictKind.PASS:
        return Verdict(worst, None)
    return prove_pass(evidence, recipe)


def prove_pass(evidence: Evidence, recipe: Recipe) -> Verdict:
    """PASS if, and only if, all that a PASS needs is present and good; NO_RESULT(INTERNAL) otherwise.

    It repeats every check on purpose: no path through `decide` can reach a PASS that this function would refuse.
    """
    if first_fault(evidence, recipe) is not None or _worst_kind(evidence, recipe) is not VerdictKind.PASS:
        return no_result(NoResultReason.INTERNAL)
    return Verdict(VerdictKind.PASS, None, PassProof(evidence.part_id, evidence.recipe_hash))


def release(verdict: Verdict, *, is_recorded: bool) -> Verdict:
    """The verdict that may leave the station: no record, no pass. A FAIL may leave unrecorded, since it rejects."""
    if verdict.kind in (VerdictKind.PASS, VerdictKind.REVIEW) and not is_recorded:
        return no_result(NoResultReason.NOT_RECORDED)
    return verdict


def first_fault(evidence: Evidence, recipe: Recipe) -> NoResultReason | None:
    """Why this evidence supports no verdict at all, or None."""
    if evidence.fault is not None:
        return evidence.fault
    if not _can_reject(recipe):
        return NoResultReason.INTERNAL
    if evidence.recipe_hash != recipe.sha256:
        return NoResultReason.MODEL_MISMATCH
    fault = _cameras_fault(evidence, recipe) or identity_fault(evidence.identity, recipe.serial)
    if fault is not None:
        return fault
    return None if 0 <= evidence.elapsed_ms <= recipe.deadline_ms else NoResultReason.LATE


def _can_reject(recipe: Recipe) -> bool:
    """Whether every label has one pair of thresholds that a score can reach. A recipe's file cannot break this."""
    pairs = (pair for _, pair in recipe.thresholds)
    return len(recipe.labels) == len(recipe.thresholds) and all(0 < p.review <= p.fail <= 1 for p in pairs)


def _cameras_fault(evidence: Evidence, recipe: Recipe) -> NoResultReason | None:
    by_id = {camera.camera_id: camera for camera in evidence.cameras}
    if len(by_id) != len(evidence.cameras):
        return NoResultReason.DUPLICATE
    for setup in recipe.cameras:
        camera = by_id.pop(setup.camera_id, None)
        if camera is None:
            return NoResultReason.MISSING
        fault = _frame_fault(evidence.part_id, camera) or _judging_fault(setup, camera, recipe)
        if fault is not None:
            return fault
    if by_id or not recipe.cameras:
        return NoResultReason.INTERNAL
    # A label for which the recipe has thresholds and no model looks: nobody knows whether the part has that defect.
    seen = {label for camera in evidence.cameras for label in camera.labels}
    return None if seen >= set(recipe.labels) else NoResultReason.MODEL_MISMATCH


def _frame_fault(part_id: int, camera: CameraEvidence) -> NoResultReason | None:
    if camera.fault is not None:
        return camera.fault
    if camera.part_id != part_id:
        return NoResultReason.FRAME_SLIPPED
    if camera.stamp is None:
        return NoResultReason.FRAME_LOST
    return None if camera.stamp.is_complete else NoResultReason.FRAME_TORN


def _judging_fault(setup: CameraSetup, camera: CameraEvidence, recipe: Recipe) -> NoResultReason | None:
    if camera.quality is None or not is_usable(camera.quality, setup.quality):
        return NoResultReason.QUALITY
    if camera.model_hash != setup.model.sha256:
        return NoResultReason.MODEL_MISMATCH
    return _reading_fault(camera, recipe)


def is_usable(quality: ImageQuality, limits: QualityLimits) -> bool:
    """Whether a frame with these measures may be judged; NaN never may."""
    return (
        limits.mean_min <= quality.mean <= limits.mean_max
        and 0 <= quality.dark_share <= limits.dark_share_max
        and 0 <= quality.bright_share <= limits.bright_share_max
        and limits.focus_min <= quality.focus < math.inf
    )


def _reading_fault(camera: CameraEvidence, recipe: Recipe) -> NoResultReason | None:
    scored = [label for label, _ in camera.scores]
    if len(set(scored)) != len(scored):
        return NoResultReason.DUPLICATE
    if not camera.labels or set(scored) != set(camera.labels):
        return NoResultReason.MODEL_OUTPUT
    if any(not _is_score(score) for _, score in _all_scores(camera)):
        return NoResultReason.MODEL_OUTPUT
    known = recipe.labels
    if any(label not in known for label, _ in _all_scores(camera)):
        return NoResultReason.UNKNOWN_LABEL
    return None


def _is_score(score: object) -> bool:
    return isinstance(score, float) and math.isfinite(score) and 0 <= score <= 1


def _all_scores(camera: CameraEvidence) -> Iterator[tuple[str, float]]:
    yield from camera.scores
    for finding in camera.findings:
        yield finding.label, finding.score


def alerts(cameras: tuple[CameraEvidence, ...], part_id: int, recipe: Recipe) -> tuple[tuple[str, VerdictKind], ...]:
    """The cameras that keep this part from a PASS, each by its own evidence, in the recipe's order. For display only:
    a camera that is not named has not been proved to see a good part."""
    by_id = {camera.camera_id: camera for camera in cameras}
    told = (
        (setup.camera_id, _camera_kind(setup, by_id.get(setup.camera_id), part_id, recipe)) for setup in recipe.cameras
    )
    return tuple((camera_id, kind) for camera_id, kind in told if kind is not VerdictKind.PASS)


def _camera_kind(setup: CameraSetup, camera: CameraEvidence | None, part_id: int, recipe: Recipe) -> VerdictKind:
    if camera is None or _frame_fault(part_id, camera) or _judging_fault(setup, camera, recipe):
        return VerdictKind.NO_RESULT
    return _worst_of((camera,), recipe)


def _worst_kind(evidence: Evidence, recipe: Recipe) -> VerdictKind:
    return _worst_of(evidence.cameras, recipe)


def _worst_of(cameras: tuple[CameraEvidence, ...], recipe: Recipe) -> VerdictKind:
    known = recipe.labels
    worst = VerdictKind.PASS
    for camera in cameras:
        for label, score in _all_scores(camera):
            if score >= known[label].fail:
                return VerdictKind.FAIL
            if score >= known[label].review:
                worst = VerdictKind.REVIEW
    return worst
