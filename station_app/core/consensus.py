"""How many people stand behind what is said of a part, and whether they agree. Pure.

The rules of `review_rules` hold among reviewers. The decision at the line is one more voice: two reviewers who agree,
or an adjudicator, settle what it says; one reviewer who differs from it does not, and the part is of no use for
training until somebody else has looked.
"""

from collections.abc import Collection, Iterable
from enum import StrEnum

from station_app.core.inspection import Disposition, Override, VerdictKind
from station_app.core.review import Answer
from station_app.core.review_rules import Numbered, is_contested, latest_of_each, settled_answer


class Consensus(StrEnum):
    """NONE: nobody is sure. SINGLE: one person is. DISPUTED: people differ."""

    NONE = "none"
    SINGLE = "single"
    AGREED = "agreed"
    DISPUTED = "disputed"
    ADJUDICATED = "adjudicated"


def consensus(verdict: VerdictKind, decision: Override | None, reviews: Collection[Numbered]) -> Consensus:
    """What stands after all of it. `decision` is the one that stands at the line, `reviews` those not taken back."""
    if any(review.is_adjudication and review.answer is not Answer.UNSURE for _, review in reviews):
        return Consensus.ADJUDICATED
    if is_contested(reviews):
        return Consensus.DISPUTED
    reviewers = {r.reviewer for r in latest_of_each(reviews) if r.answer is not Answer.UNSURE}
    if len(reviewers) > 1:
        return Consensus.AGREED
    answer = _answer(verdict, decision)
    if decision is None or answer is None or decision.operator in reviewers:
        return Consensus.SINGLE if reviewers else Consensus.NONE
    if not reviewers:
        return Consensus.SINGLE
    return Consensus.AGREED if settled_answer(reviews) is answer else Consensus.DISPUTED


def standing_decision(decisions: Iterable[tuple[int, Override]]) -> Override | None:
    """The latest of numbered decisions that was not taken back."""
    told = tuple(decisions)
    undone = {decision.undoes for _, decision in told}
    standing = (d for n, d in told if d.disposition is not Disposition.UNDO and n not in undone)
    return next(reversed(tuple(standing)), None)


def _answer(verdict: VerdictKind, decision: Override | None) -> Answer | None:
    """What the decision says of the part itself; None where it does not."""
    match None if decision is None else decision.disposition:
        case Disposition.FALSE_REJECT:
            return Answer.GOOD
        case Disposition.MISSED_DEFECT:
            return Answer.BAD
        case Disposition.AGREE if verdict is not VerdictKind.NO_RESULT:
            return Answer.GOOD if verdict is VerdictKind.PASS else Answer.BAD
        case _:
            return None
