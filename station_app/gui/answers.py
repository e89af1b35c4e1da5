"""What a person may answer about a part, and what must be asked before the answer is complete. Pure; no Qt."""

from dataclasses import dataclass
from enum import StrEnum

from station_app.core.inspection import Box, Disposition, VerdictKind
from station_app.core.messages import RecordOverride, UndoOverride
from station_app.gui.screen_state import PartOnScreen

_SENSIBLE = {
    VerdictKind.PASS: frozenset({Disposition.AGREE, Disposition.MISSED_DEFECT, Disposition.UNSURE}),
    VerdictKind.FAIL: frozenset(
        {Disposition.AGREE, Disposition.FALSE_REJECT, Disposition.MISSED_DEFECT, Disposition.UNSURE}
    ),
    VerdictKind.REVIEW: frozenset(
        {Disposition.AGREE, Disposition.FALSE_REJECT, Disposition.MISSED_DEFECT, Disposition.UNSURE}
    ),
    VerdictKind.NO_RESULT: frozenset(),
}


class Reason(StrEnum):
    """Why a rejected part is good: six tiles, stored by value."""

    DUST = "dust"
    REFLECTION = "reflection"
    WITHIN_LIMIT_SAMPLE = "within_limit_sample"
    POSITION = "position"
    MODEL_WRONG = "model_wrong"
    OTHER = "other"


class Step(StrEnum):
    """What is still to be asked."""

    SIGN_IN = "sign_in"
    REASON = "reason"
    DEFECT = "defect"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer being given about one part; it stays with that part while the line goes on. `camera_id` is the camera
    whose frame the marks are in."""

    part_id: int
    disposition: Disposition
    operator: str = ""
    reason: str = ""
    label: str = ""
    marks: tuple[Box, ...] = ()
    viewed_ms: int = 0
    camera_id: str = ""

    @property
    def step(self) -> Step:
        if not self.operator:
            return Step.SIGN_IN
        if self.disposition is Disposition.FALSE_REJECT and not self.reason:
            return Step.REASON
        if self.disposition is Disposition.MISSED_DEFECT and not self.label:
            return Step.DEFECT
        return Step.COMPLETE


def allowed(part: PartOnScreen | None, *, is_connected: bool) -> frozenset[Disposition]:
    """The answers that make sense now. A part is answered once; another answer needs an undo first."""
    if part is None or not is_connected or part.pending is not None:
        return frozenset()
    if part.standing is not None:
        return frozenset({Disposition.UNDO})
    return _SENSIBLE[part.inspected.verdict]


def offered(
    part: PartOnScreen | None, last_answered: PartOnScreen | None, *, is_connected: bool
) -> frozenset[Disposition]:
    """What the buttons offer: the answers allowed, and an undo, which first leads back to the last answered part."""
    now = allowed(part, is_connected=is_connected)
    return now | {Disposition.UNDO} if is_connected and last_answered is not None else now


def to_command(draft: Draft) -> RecordOverride | UndoOverride:
    """The command for a complete draft; ValueError for one that still has a question open."""
    if draft.step is not Step.COMPLETE:
        raise ValueError(f"the answer still needs {draft.step}")
    if draft.disposition is Disposition.UNDO:
        return UndoOverride(draft.part_id, draft.operator)
    return RecordOverride(
        part_id=draft.part_id,
        disposition=draft.disposition,
        operator=draft.operator,
        reason=draft.reason,
        label=draft.label,
        marks=draft.marks,
        viewed_ms=draft.viewed_ms,
        camera_id=draft.camera_id,
    )
