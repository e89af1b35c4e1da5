"""The length of a part as evidence: the measuring stands beside the model and looks for one label of its own. Pure."""

from dataclasses import replace

from station_app.core.decision import CameraEvidence
from station_app.core.inspection import Box, Finding
from station_app.core.lines import LinesTaken

WRONG_LENGTH = "wrong_length"
"""The label under which a part whose length is out of tolerance is a FAIL; the recipe needs thresholds for it."""


def with_length(evidence: CameraEvidence, taken: LinesTaken, width: int) -> CameraEvidence:
    """The evidence of a part's picture, `width` pixels wide, with what its length says: score 1 for `WRONG_LENGTH`
    where it is at fault. Unchanged where the camera does not measure it.

    Scores and findings of the picture stay as they are, and so does every fault in it.
    """
    if not taken.info.measures_length:
        return evidence
    fault = taken.wrong_length
    score = 0.0 if fault is None else 1.0
    whole = Box(0, 0, max(1, width), max(1, taken.part.frame.length))
    found = Finding(WRONG_LENGTH, score, whole, evidence.camera_id)
    return replace(
        evidence,
        labels=(*evidence.labels, WRONG_LENGTH),
        scores=(*evidence.scores, (WRONG_LENGTH, score)),
        findings=evidence.findings if fault is None else (*evidence.findings, found),
        detail="; ".join(filter(None, (evidence.detail, fault))),
    )
