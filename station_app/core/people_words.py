"""What people said about a part, in the words of docs/sync.md: no name and no free text of theirs leaves. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from station_app.core.cloud_event import Words, utc_text
from station_app.core.inspection import Override
from station_app.core.review import Brush, DefectDrawn, Review

Pseudonym = Callable[[str], str]
"""The name of a person outside of the station."""

UNDO = "undo"
_CODE = re.compile(r"[A-Za-z0-9_.-]{0,40}")
_FREE_TEXT = "other"


@dataclass(frozen=True, slots=True)
class ReviewTold:
    """A review as it is told; `undone_by` and `undone_at_ms` where the record takes it back."""

    review_id: int
    review: Review
    undone_by: str = ""
    undone_at_ms: int | None = None


def decision_words(number: int, decision: Override, name: Pseudonym) -> Words:
    return {
        "id": number,
        "disposition": decision.disposition,
        "by": name(decision.operator),
        "at": utc_text(decision.decided_at_ms),
        # A tile's name; where an older screen let people write, what they wrote stays here.
        "reason": decision.reason if _CODE.fullmatch(decision.reason) else _FREE_TEXT,
        "label": decision.label,
        "camera": decision.camera_id,
        "marks": [list(box) for box in decision.marks],
        "viewed_ms": decision.viewed_ms,
        "undoes": decision.undoes,
        "is_blind": False,
    }


def review_words(told: ReviewTold, name: Pseudonym) -> Words:
    """Without its comment. One that is taken back says again what it was."""
    review, undone_at_ms = told.review, told.undone_at_ms
    is_undo = undone_at_ms is not None
    return {
        "id": told.review_id,
        "queue": review.queue,
        "answer": UNDO if is_undo else review.answer,
        "by": name(told.undone_by if is_undo else review.reviewer),
        "at": utc_text(review.reviewed_at_ms if undone_at_ms is None else undone_at_ms),
        "is_blind": review.is_blind,
        "label": review.label,
        "severity": review.severity,
        "drawn": [_drawn_words(defect) for defect in review.drawn],
        "is_adjudication": review.is_adjudication,
        "viewed_ms": review.viewed_ms,
        "undoes": told.review_id if is_undo else None,
    }


def _drawn_words(defect: DefectDrawn) -> Words:
    words: Words = {"label": defect.label, "camera": defect.camera_id}
    if defect.box is not None:
        return words | {"box": list(defect.box)}
    if defect.polygon is not None:
        return words | {"polygon": [list(point) for point in defect.polygon]}
    return words | {"brush": _brush_words(defect.brush)}


def _brush_words(brush: Brush | None) -> Words | None:
    return None if brush is None else {"box": list(brush.box), "runs": list(brush.runs)}
