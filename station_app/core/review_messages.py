"""What the review screen and the engine say to each other. The reviewer is who is signed in: the engine writes it."""

from dataclasses import dataclass

from station_app.core.review import Answer, DefectDrawn, Queue, Severity


@dataclass(frozen=True, slots=True)
class RecordReview:
    """A reviewer's answer; see `core.review.Review`. An adjudication settles a contested part."""

    part_id: int
    queue: Queue
    answer: Answer
    is_blind: bool
    label: str = ""
    severity: Severity | None = None
    comment: str = ""
    drawn: tuple[DefectDrawn, ...] = ()
    viewed_ms: int = 0
    is_adjudication: bool = False
    seed: str = ""


@dataclass(frozen=True, slots=True)
class UndoReview:
    """Take back one's own review of this number by a record that says so."""

    review_id: int


@dataclass(frozen=True, slots=True)
class MarkSuspect:
    """Put a part into the queue of suspects."""

    part_id: int
    reason: str


ReviewCommand = RecordReview | UndoReview | MarkSuspect


@dataclass(frozen=True, slots=True)
class ReviewRecorded:
    """An answer is on disk. `is_contested`: another reviewer says otherwise, and nobody has settled it yet."""

    review_id: int
    part_id: int
    queue: Queue
    answer: Answer
    reviewer: str
    is_contested: bool = False
    seed: str = ""


@dataclass(frozen=True, slots=True)
class ReviewUndone:
    review_id: int
    part_id: int


@dataclass(frozen=True, slots=True)
class SuspectMarked:
    part_id: int
    reason: str


ReviewEvent = ReviewRecorded | ReviewUndone | SuspectMarked
