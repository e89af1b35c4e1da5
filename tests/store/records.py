"""Inspections as the tests record them."""

from station_app.core.inspection import (
    Box,
    CameraRecord,
    Finding,
    ImageQuality,
    Inspection,
    NoResultReason,
    StageTimes,
    VerdictKind,
)
from station_app.core.recipe import CameraSetup, ModelReference, Recipe, Thresholds
from station_app.store.retention import Limits

ROOMY = Limits(max_bytes=10**12, disk_share=1.0, ballast_bytes=0)
SCRATCH = Finding("scratch", 0.9, Box(1, 2, 30, 4), "top", "lid", ((1, 2), (31, 2), (31, 6)))

MODEL = "cd" * 32
RECIPE = Recipe(
    name="A17",
    revision=2,
    cameras=(CameraSetup("top", ModelReference("housing", MODEL)),),
    thresholds=(("scratch", Thresholds(review=0.3, fail=0.6)),),
)


def inspection(part_id: int, verdict: VerdictKind = VerdictKind.PASS, serial: str = "") -> Inspection:
    """A whole record, one minute after the part before it."""
    is_missing = verdict is VerdictKind.NO_RESULT
    findings = (SCRATCH,) if verdict is VerdictKind.FAIL else ()
    return Inspection(
        part_id=part_id,
        inspected_at_ms=1_700_000_000_000 + part_id * 60_000,
        recipe=RECIPE.name,
        recipe_revision=RECIPE.revision,
        recipe_hash=RECIPE.sha256,
        verdict=verdict,
        reason=NoResultReason.LATE if is_missing else None,
        serial=serial,
        findings=findings,
        scores=(("scratch", 0.9 if findings else 0.1),),
        cameras=(CameraRecord("top", part_id, "", MODEL, ImageQuality(120.0, 0.0, 0.0, 40.0)),),
        times=StageTimes(1.0, 0.5, 20.0, 22.0),
    )
