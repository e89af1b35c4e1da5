"""What a model says that decides nothing: recorded beside the verdict of the one that decided. Records, frozen."""

from dataclasses import dataclass

from station_app.core.inspection import Disposition, NoResultReason, VerdictKind
from station_app.core.review import Answer


@dataclass(frozen=True, slots=True)
class ShadowPair:
    """Which model ran in shadow (its package and recipe hash), and which one decided meanwhile."""

    camera_id: str
    package_sha256: str
    recipe_hash: str
    beside_sha256: str
    beside_recipe_hash: str


@dataclass(frozen=True, slots=True)
class ShadowResult:
    """What the model in shadow would have said of a part: its `verdict` by its recipe's thresholds and the decision
    rule of the line, of which the deadline alone does not hold here. `label` is the one with the largest `score`.
    `took_ms` is what judging took, at the lowest priority."""

    part_id: int
    pair: ShadowPair
    verdict: VerdictKind
    reason: NoResultReason | None
    label: str
    score: float | None
    scores: tuple[tuple[str, float], ...]
    took_ms: float


REJECTING = (VerdictKind.FAIL, VerdictKind.REVIEW)


def is_discordant(one: VerdictKind, other: VerdictKind) -> bool:
    """Whether one lets a part pass that the other does not; a part without result is no opinion."""
    return {one, other} in ({VerdictKind.PASS, kind} for kind in REJECTING)


def is_bad(verdict: VerdictKind, disposition: Disposition | None, answer: Answer | None) -> bool | None:
    """What people say of a part: a settled review before a decision at the line; None where nobody was sure."""
    if answer in (Answer.GOOD, Answer.BAD):
        return answer is Answer.BAD
    if disposition is Disposition.AGREE:
        return None if verdict is VerdictKind.NO_RESULT else verdict in REJECTING
    return {Disposition.FALSE_REJECT: False, Disposition.MISSED_DEFECT: True}.get(disposition) if disposition else None


def is_overturned(verdict: VerdictKind, is_bad: bool) -> bool:
    """Whether people say the opposite of the verdict. A REVIEW asked them, and says nothing to overturn."""
    return (verdict is VerdictKind.PASS and is_bad) or (verdict is VerdictKind.FAIL and not is_bad)
