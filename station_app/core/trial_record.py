"""What the records say of a model on trial that decides, for the rules that may end its trial. Values only."""

from dataclasses import dataclass

from station_app.core.inspection import NoResultReason

MODEL_FAULTS = (
    NoResultReason.MODEL_OUTPUT,
    NoResultReason.MODEL_MISMATCH,
    NoResultReason.LATE,
    NoResultReason.INTERNAL,
)
"""Reasons of a NO_RESULT that may lie with the model. Of LATE nobody can tell who was to blame: it counts."""


@dataclass(frozen=True, slots=True)
class TrialAsked:
    """Which trial: recipe hashes, the candidate's package and camera, and from when on (UTC ms). What was inspected
    before `settled_before_ms` counts as settled."""

    recipe_hash: str
    champion_hash: str
    package_sha256: str
    camera_id: str
    since_ms: int
    settled_before_ms: int


@dataclass(frozen=True, slots=True)
class JudgedParts:
    """How many of `parts` with a result that people judged they overturned."""

    overturned: int = 0
    parts: int = 0


@dataclass(frozen=True, slots=True)
class TrialRecord:
    """`parts` the candidate decided; `bad` of them have no result for a reason that may be its own, or were overturned
    by people; `settled` are bad, judged or old enough. `ours` and `theirs` are the candidate's and the champion's
    judged parts. `reference` are its scores in shadow, `scores` those since it decides, oldest first."""

    parts: int = 0
    bad: int = 0
    settled: int = 0
    ours: JudgedParts = JudgedParts()
    theirs: JudgedParts = JudgedParts()
    reference: tuple[float, ...] = ()
    scores: tuple[float, ...] = ()
