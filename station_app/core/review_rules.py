"""What several people's answers about one part come to, and in which queue it waits. Pure.

A person's later answer stands in place of their earlier one, but one that was not blind never replaces a blind one in
the blind sample: who has seen the marks may change their mind, and the estimate must not hear of it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from station_app.core.inspection import Disposition
from station_app.core.review import Answer, Queue, Review

Numbered = tuple[int, Review]


@dataclass(frozen=True, slots=True)
class PartState:
    """All that decides where one part waits. `needed` blind answers were asked for when it was drawn, 0 where it was
    not or has no stored image. `marked_after` is the last review there was when it was marked suspect, None where it
    was not. `reviews` are those that were not taken back, oldest first, with their numbers. `has_seen` are all people
    who decided, marked or answered about it, also those who took that back."""

    is_no_result: bool = False
    is_near: bool = False
    needed: int = 0
    override: Disposition | None = None
    marked_after: int | None = None
    reviews: tuple[Numbered, ...] = ()
    has_seen: frozenset[str] = frozenset()


def latest_of_each(reviews: Iterable[Numbered]) -> tuple[Review, ...]:
    """The answer that stands of each person."""
    return tuple({review.reviewer: review for _, review in reviews}.values())


def settled_answer(reviews: Collection[Numbered]) -> Answer | None:
    """GOOD or BAD where people agree or an adjudicator has settled it; None where they differ or nobody is sure."""
    verdict = _adjudicated(reviews)
    if verdict is not None:
        return verdict
    said = _decided(reviews)
    return said.pop() if len(said) == 1 else None


def settled_blind(reviews: Collection[Numbered]) -> Answer | None:
    """The same from the blind answers alone: all that may enter an estimate. An adjudication settles them too."""
    blind = [entry for entry in reviews if entry[1].is_blind]
    if not blind:
        return None
    return settled_answer([*blind, *(e for e in reviews if e[1].is_adjudication and not e[1].is_blind)])


def is_contested(reviews: Collection[Numbered]) -> bool:
    """Whether people differ and no adjudicator has settled it."""
    return _adjudicated(reviews) is None and len(_decided(reviews)) > 1


def queue_of(state: PartState) -> Queue | None:
    """Where the part waits: in one queue at a time, so that nobody does the same work twice.

    The blind sample comes before all but a contest: whoever met the part elsewhere first could not judge it blind any
    more, and the sample would lose exactly the parts that somebody had a doubt about.
    """
    if is_contested(state.reviews):
        return Queue.CONTESTED
    if _is_blind_open(state):
        return Queue.BLIND
    is_open = settled_answer(state.reviews) is None
    if is_open and _is_unsure(state):
        return Queue.UNSURE
    if _is_suspect(state):
        return Queue.SUSPECT
    return _undecided(state) if is_open else None


def barred_from(queue: Queue, state: PartState) -> frozenset[str]:
    """The people to whom this queue does not show the part."""
    match queue:
        case Queue.BLIND:
            return state.has_seen
        case Queue.UNSURE:
            return frozenset(r.reviewer for r in latest_of_each(state.reviews) if r.answer is Answer.UNSURE)
        case Queue.CONTESTED:
            return contestants(state.reviews)
        case _:
            return frozenset()


def contestants(reviews: Collection[Numbered]) -> frozenset[str]:
    """Who has said GOOD or BAD, and can therefore not settle who is right."""
    return frozenset(r.reviewer for r in latest_of_each(reviews) if not r.is_adjudication and _is_sure(r))


def _undecided(state: PartState) -> Queue | None:
    if state.override in (Disposition.FALSE_REJECT, Disposition.MISSED_DEFECT):
        return Queue.OVERRIDES
    if state.is_no_result:
        return Queue.NO_RESULT
    return Queue.NEAR if state.is_near else None


def _is_unsure(state: PartState) -> bool:
    is_said = any(review.answer is Answer.UNSURE for review in latest_of_each(state.reviews))
    return is_said or state.override is Disposition.UNSURE


def _is_blind_open(state: PartState) -> bool:
    """One who is unsure calls for one more; two of them are enough to ask people who see everything."""
    if not state.needed or _adjudicated(state.reviews) is not None:
        return False
    blind = latest_of_each(entry for entry in state.reviews if entry[1].is_blind)
    return sum(_is_sure(review) for review in blind) < state.needed and len(blind) <= state.needed


def _is_suspect(state: PartState) -> bool:
    if state.marked_after is None:
        return False
    return not any(number > state.marked_after and _is_sure(review) for number, review in state.reviews)


def _adjudicated(reviews: Iterable[Numbered]) -> Answer | None:
    said = [review.answer for _, review in reviews if review.is_adjudication and _is_sure(review)]
    return said[-1] if said else None


def _decided(reviews: Iterable[Numbered]) -> set[Answer]:
    return {review.answer for review in latest_of_each(reviews) if _is_sure(review)}


def _is_sure(review: Review) -> bool:
    return review.answer is not Answer.UNSURE
