"""Evidence as hypothesis draws it: complete and good, then made worse in one way."""

from dataclasses import replace

from hypothesis import strategies as st

from station_app.core.decision import CameraEvidence, Evidence
from station_app.core.inspection import Box, Finding, FrameStamp, ImageQuality, NoResultReason
from station_app.core.recipe import CameraSetup, ModelReference, Recipe, Thresholds

LABELS = ("scratch", "dent")
CAMERAS = ("top", "side")


def recipe() -> Recipe:
    setups = tuple(CameraSetup(camera, ModelReference("demo", f"{i}" * 64)) for i, camera in enumerate(CAMERAS))
    return Recipe("A17", 1, setups, tuple((label, Thresholds(0.4, 0.6)) for label in LABELS), deadline_ms=500)


def scores_upto(high: float) -> st.SearchStrategy[float]:
    return st.floats(0, high, exclude_max=high < 1)


@st.composite
def camera_evidence(draw: st.DrawFn, setup: CameraSetup, part_id: int, high: float) -> CameraEvidence:
    labels = st.sampled_from(LABELS)
    findings = draw(st.lists(st.tuples(labels, scores_upto(high)), max_size=3))
    return CameraEvidence(
        part_id=part_id,
        camera_id=setup.camera_id,
        stamp=FrameStamp(frame_id=draw(st.integers(0, 1000)), captured_at_ns=1),
        quality=ImageQuality(120.0, 0.0, 0.0, 50.0),
        model_hash=setup.model.sha256,
        labels=LABELS,
        scores=tuple((label, draw(scores_upto(high))) for label in LABELS),
        findings=tuple(Finding(label, score, Box(0, 0, 5, 5)) for label, score in findings),
    )


@st.composite
def evidence(draw: st.DrawFn, high: float = 1.0) -> Evidence:
    """Complete evidence with every score below `high` (or up to 1): PASS where `high` is the review threshold."""
    made = recipe()
    part_id = draw(st.integers(1, 10_000))
    cameras = tuple(draw(camera_evidence(setup, part_id, high)) for setup in made.cameras)
    return Evidence(part_id, made.sha256, cameras, draw(st.floats(0, made.deadline_ms)))


BAD_SCORES = st.sampled_from([float("nan"), float("inf"), float("-inf"), -0.001, 1.001])


def _bad_score(draw: st.DrawFn, camera: CameraEvidence) -> CameraEvidence:
    return replace(camera, scores=((LABELS[0], draw(BAD_SCORES)), *camera.scores[1:]))


def _bad_finding(draw: st.DrawFn, camera: CameraEvidence) -> CameraEvidence:
    return replace(camera, findings=(*camera.findings, Finding(LABELS[1], draw(BAD_SCORES), Box(0, 0, 1, 1))))


_CAMERA_FAULTS = (
    _bad_score,
    _bad_finding,
    lambda draw, camera: replace(camera, scores=camera.scores[1:]),
    lambda draw, camera: replace(camera, scores=()),
    lambda draw, camera: replace(camera, scores=(*camera.scores, camera.scores[0])),
    lambda draw, camera: replace(camera, labels=()),
    lambda draw, camera: replace(camera, stamp=None),
    lambda draw, camera: replace(camera, stamp=replace(camera.stamp, is_complete=False)),
    lambda draw, camera: replace(camera, quality=None),
    lambda draw, camera: replace(camera, quality=ImageQuality(float("nan"), 0.0, 0.0, 50.0)),
    lambda draw, camera: replace(camera, quality=ImageQuality(1.0, 0.99, 0.0, 50.0)),
    lambda draw, camera: replace(camera, model_hash="f" * 64),
    lambda draw, camera: replace(camera, part_id=camera.part_id + draw(st.sampled_from([-1, 1]))),
    lambda draw, camera: replace(camera, fault=draw(st.sampled_from(list(NoResultReason)))),
    lambda draw, camera: replace(camera, findings=(Finding("unheard_of", 0.0, Box(0, 0, 1, 1)),)),
)


@st.composite
def broken(draw: st.DrawFn, whole: Evidence) -> Evidence:
    """The same evidence with one thing missing, late, duplicated, out of range or of another part."""
    chosen = draw(st.integers(0, len(whole.cameras) - 1))
    camera = whole.cameras[chosen]
    others = (*whole.cameras[:chosen], *whole.cameras[chosen + 1 :])
    whole_faults = (
        replace(whole, cameras=others),
        replace(whole, cameras=(*whole.cameras, camera)),
        replace(whole, cameras=()),
        replace(whole, elapsed_ms=draw(st.sampled_from([500.1, 1e9, -1.0, float("nan"), float("inf")]))),
        replace(whole, recipe_hash="0" * 64),
        replace(whole, fault=draw(st.sampled_from(list(NoResultReason)))),
        replace(whole, cameras=(*others, replace(camera, camera_id="unknown"))),
    )
    camera_faults = tuple(replace(whole, cameras=(*others, fault(draw, camera))) for fault in _CAMERA_FAULTS)
    return draw(st.sampled_from(whole_faults + camera_faults))
