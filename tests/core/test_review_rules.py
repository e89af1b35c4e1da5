"""What several answers come to, and where a part waits."""

import pytest

from station_app.core.inspection import Disposition
from station_app.core.review import Answer, Queue, Review
from station_app.core.review_rules import (
    Numbered,
    PartState,
    barred_from,
    is_contested,
    queue_of,
    settled_answer,
    settled_blind,
)

GOOD, BAD, UNSURE = Answer.GOOD, Answer.BAD, Answer.UNSURE


def said(*answers: tuple[str, Answer, str]) -> tuple[Numbered, ...]:
    """Reviews in order: who, what, and "blind", "seen" or "settles"."""
    return tuple(
        (n, Review(1, Queue.BLIND, answer, who, n, how == "blind", is_adjudication=how == "settles"))
        for n, (who, answer, how) in enumerate(answers, start=1)
    )


@pytest.mark.parametrize(
    ("reviews", "settled", "blind"),
    [
        ((), None, None),
        ((("li", GOOD, "blind"),), GOOD, GOOD),
        ((("li", UNSURE, "blind"),), None, None),
        ((("li", UNSURE, "blind"), ("wu", BAD, "blind")), BAD, BAD),
        ((("li", GOOD, "blind"), ("wu", BAD, "blind")), None, None),
        ((("li", GOOD, "blind"), ("wu", BAD, "blind"), ("bo", BAD, "settles")), BAD, BAD),
        ((("li", GOOD, "blind"), ("wu", BAD, "seen")), None, GOOD),
        # Who has seen the marks may change their mind; the estimate must not hear of it.
        ((("li", GOOD, "blind"), ("li", BAD, "seen")), BAD, GOOD),
        ((("li", GOOD, "seen"), ("li", BAD, "seen")), BAD, None),
        ((("li", BAD, "seen"), ("bo", GOOD, "settles")), GOOD, None),
    ],
)
def test_what_answers_come_to(
    reviews: tuple[tuple[str, Answer, str], ...], settled: Answer | None, blind: Answer | None
) -> None:
    assert (settled_answer(said(*reviews)), settled_blind(said(*reviews))) == (settled, blind)


def test_a_contest_ends_with_its_adjudication() -> None:
    differing = (("li", GOOD, "blind"), ("wu", BAD, "blind"))
    assert is_contested(said(*differing))
    assert not is_contested(said(*differing, ("bo", GOOD, "settles")))
    assert queue_of(PartState(needed=1, reviews=said(*differing))) is Queue.CONTESTED
    assert barred_from(Queue.CONTESTED, PartState(reviews=said(*differing))) == {"li", "wu"}


FALSE_REJECT = Disposition.FALSE_REJECT


@pytest.mark.parametrize(
    ("state", "queue"),
    [
        (PartState(), None),
        (PartState(is_near=True), Queue.NEAR),
        (PartState(is_no_result=True), Queue.NO_RESULT),
        (PartState(is_near=True, override=FALSE_REJECT), Queue.OVERRIDES),
        (PartState(override=Disposition.AGREE), None),
        (PartState(override=Disposition.UNSURE), Queue.UNSURE),
        (PartState(override=FALSE_REJECT, marked_after=0), Queue.SUSPECT),
        # The blind sample goes first, or it would lose the parts that somebody had a doubt about.
        (PartState(needed=1, is_near=True, override=FALSE_REJECT, marked_after=0), Queue.BLIND),
        (PartState(needed=1, reviews=said(("li", GOOD, "blind"))), None),
        (PartState(needed=2, reviews=said(("li", GOOD, "blind"))), Queue.BLIND),
        (PartState(needed=2, reviews=said(("li", GOOD, "blind"), ("wu", GOOD, "blind"))), None),
        (PartState(needed=1, reviews=said(("li", UNSURE, "blind"))), Queue.BLIND),
        (PartState(needed=1, reviews=said(("li", UNSURE, "blind"), ("wu", UNSURE, "blind"))), Queue.UNSURE),
        (PartState(needed=1, reviews=said(("li", BAD, "seen"))), Queue.BLIND),
        (PartState(override=FALSE_REJECT, reviews=said(("li", GOOD, "seen"))), None),
        (PartState(marked_after=0, reviews=said(("li", GOOD, "seen"))), None),
        (PartState(marked_after=1, reviews=said(("li", GOOD, "seen"))), Queue.SUSPECT),
        (PartState(marked_after=0, reviews=said(("li", UNSURE, "seen"))), Queue.UNSURE),
    ],
)
def test_where_a_part_waits(state: PartState, queue: Queue | None) -> None:
    assert queue_of(state) is queue


def test_nobody_is_shown_what_they_cannot_answer() -> None:
    state = PartState(needed=2, reviews=said(("li", UNSURE, "blind")), has_seen=frozenset({"li", "wang"}))
    assert barred_from(Queue.BLIND, state) == {"li", "wang"}
    assert barred_from(Queue.UNSURE, state) == {"li"}
    assert barred_from(Queue.OVERRIDES, state) == frozenset()
