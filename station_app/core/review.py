"""Reviews: what a quality person says about a recorded part, away from the line. Records, frozen like all others."""

from dataclasses import dataclass
from enum import StrEnum

from station_app.core.inspection import Box, Polygon


class Queue(StrEnum):
    """Why a part waits for a review. Only the blind sample says anything about the parts nobody looked at."""

    BLIND = "blind"
    OVERRIDES = "overrides"
    UNSURE = "unsure"
    NEAR = "near"
    NO_RESULT = "no_result"
    SUSPECT = "suspect"
    CONTESTED = "contested"
    """Two reviewers differ: an adjudicator settles it."""


class Answer(StrEnum):
    """What the reviewer sees on the part."""

    GOOD = "good"
    BAD = "bad"
    UNSURE = "unsure"


class Severity(StrEnum):
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True)
class Brush:
    """A painted mask: run lengths of off and on pixels, alternating, row by row from the top left of `box`; the first
    run is off."""

    box: Box
    runs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DefectDrawn:
    """One defect that the reviewer has drawn, in pixels of the frame of `camera_id`: exactly one of the shapes."""

    label: str
    camera_id: str
    box: Box | None = None
    polygon: Polygon | None = None
    brush: Brush | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """One person's answer about one part. A later review by the same person replaces their earlier one; nothing is
    erased. `is_blind` says that verdict, scores and marks were hidden until the answer was given. `seed` names the
    known-bad image that was shown instead of a part ("" for a part; then `part_id` is 0)."""

    part_id: int
    queue: Queue
    answer: Answer
    reviewer: str
    reviewed_at_ms: int
    is_blind: bool
    label: str = ""
    severity: Severity | None = None
    comment: str = ""
    drawn: tuple[DefectDrawn, ...] = ()
    viewed_ms: int = 0
    is_adjudication: bool = False
    seed: str = ""


@dataclass(frozen=True, slots=True)
class SampleDrawn:
    """That a part was drawn for a blind review, and with which probability; recorded with the part itself.

    `is_rejected` tells the two samples apart: passed parts for escapes, failed parts for overkill. REVIEW counts as
    failed, NO_RESULT is in neither.
    """

    part_id: int
    is_rejected: bool
    stratum: int
    probability: float
    is_drawn: bool


@dataclass(frozen=True, slots=True)
class QueueCount:
    """How many parts of a queue wait for this reviewer, and since when the oldest does (UTC ms, None where none)."""

    queue: Queue
    waiting: int
    oldest_ms: int | None


@dataclass(frozen=True, slots=True)
class QueuedPart:
    """A part that waits for a review. It carries neither verdict nor score nor label: what a blind screen does not
    have, it cannot show.

    A known-bad image has a name in `seed`, which its review gives back, with the part id 0. Here `part_id` is that of
    the archived part whose images are shown; its time is that of the part beside which it stands.
    """

    part_id: int
    inspected_at_ms: int
    queue: Queue
    recipe: str
    camera_ids: tuple[str, ...]
    seed: str = ""
