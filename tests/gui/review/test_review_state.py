"""Before a blind answer is on disk and revealed, the screen's state holds nothing that could tell the verdict."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from enum import Enum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.core.inspection import (
    Box,
    Disposition,
    Finding,
    Inspection,
    NoResultReason,
    Override,
    VerdictKind,
)
from station_app.core.messages import CommandRefused, EngineState, StateChanged
from station_app.core.people import Role
from station_app.core.people_messages import SessionChanged
from station_app.core.recipe import Thresholds
from station_app.core.review import Answer, Queue, QueuedPart, Review, Severity
from station_app.core.review_messages import ReviewRecorded, ReviewUndone
from station_app.gui.review import answering, review_state
from station_app.gui.review.drawing import Drawing, with_box
from station_app.gui.review.facts import PartFacts, agrees, contest, others, score_lines
from station_app.gui.review.review_state import Bar, ReviewState, Step
from tests.gui.review.drawn import LEAD, NO_ONE, OPERATOR, QUALITY, inspected, known, queued, recorded, waiting_in

verdicts = st.sampled_from(VerdictKind)
findings = st.builds(
    Finding, st.sampled_from(("scratch", "dent")), st.floats(0, 1), st.just(Box(1, 2, 3, 4)), st.just("top")
)
inspections = st.builds(
    Inspection,
    st.integers(1, 10**6),
    st.integers(0, 10**12),
    st.just("A17"),
    st.integers(1, 99),
    st.just("ab"),
    verdicts,
    st.one_of(st.none(), st.sampled_from(NoResultReason)),
    st.text(max_size=5),
    findings=st.lists(findings, max_size=3).map(tuple),
    scores=st.lists(st.tuples(st.sampled_from(("scratch", "dent")), st.floats(0, 1)), max_size=2).map(tuple),
)
overrides = st.builds(
    Override, st.just(1), st.sampled_from((Disposition.AGREE, Disposition.FALSE_REJECT)), st.just("op"), st.just(5)
)
reviews = st.builds(
    Review, st.just(1), st.just(Queue.BLIND), st.sampled_from(Answer), st.sampled_from("xyz"), st.just(5), st.just(True)
)
all_facts = st.builds(
    PartFacts,
    st.one_of(st.none(), inspections),
    st.one_of(st.none(), overrides),
    st.one_of(st.none(), st.lists(reviews, max_size=3).map(lambda said: tuple(enumerate(said, 1)))),
    st.just((("scratch", Thresholds(0.4, 0.7)),)),
    st.booleans(),
)

Deed = Callable[[ReviewState, PartFacts], ReviewState]


def _read(state: ReviewState, facts: PartFacts) -> ReviewState:
    """The records answer, whether or not they may."""
    return state if state.part is None else review_state.with_facts(state, state.part, facts)


def _sent(state: ReviewState, _: PartFacts) -> ReviewState:
    return review_state.sent(state) if answering.to_record(state, 1) is not None else state


def _told(state: ReviewState, _: PartFacts) -> ReviewState:
    here = state.part or queued(1)
    return review_state.review_after(state, ReviewRecorded(7, here.part_id, state.queue, Answer.BAD, "李娜"))


DEEDS: dict[str, Deed] = {
    "read": _read,
    "good": lambda s, _: answering.answered(s, Answer.GOOD),
    "bad": lambda s, _: answering.labelled(s, "scratch"),
    "unsure": lambda s, _: answering.answered(s, Answer.UNSURE),
    "grade": lambda s, _: answering.graded(s, Severity.MINOR),
    "send": _sent,
    "told": _told,
    "reveal": lambda s, _: review_state.revealed(s),
    "next": lambda s, _: review_state.gone_on(s),
    "skip": lambda s, _: review_state.passed_over(s),
    "undone": lambda s, _: review_state.review_after(s, ReviewUndone(7, 100)),
    "refused": lambda s, _: review_state.review_after(s, CommandRefused("RecordReview", "the disk is full")),
    "lost": lambda s, _: review_state.review_after(s, StateChanged(EngineState.OFFLINE)),
    "page": lambda s, _: review_state.with_parts(s, tuple(queued(n) for n in range(100, 104))),
    "queue": lambda s, _: review_state.opened(s, Queue.BLIND),
}
paths = st.lists(st.sampled_from(list(DEEDS)), max_size=25)


@settings(max_examples=200)
@given(paths, all_facts, all_facts)
def test_the_blind_screen_is_the_same_whatever_the_records_say(
    path: list[str], one: PartFacts, other: PartFacts
) -> None:
    """Two worlds that differ in all that was ever said about the parts cannot be told apart before the reveal."""
    first = second = waiting_in(Queue.BLIND)
    for name in path:
        first, second = DEEDS[name](first, one), DEEDS[name](second, other)
        assert first.step == second.step
        if first.step is not Step.REVEALED:
            assert first == second
            assert first.facts is None and not review_state.wants_facts(first)


def _types_within(value: object) -> set[type]:
    """Every type in the tree of a record."""
    found = {type(value)}
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            found |= _types_within(getattr(value, field.name))
    elif isinstance(value, (tuple, frozenset)):
        for entry in value:
            found |= _types_within(entry)
    return found


TELLING: set[type] = {VerdictKind, Inspection, Finding, Override, Review, Disposition, NoResultReason, float}


@given(paths, all_facts)
def test_no_verdict_score_or_mark_is_anywhere_in_the_state(path: list[str], facts: PartFacts) -> None:
    state = waiting_in(Queue.BLIND)
    for name in path:
        state = DEEDS[name](state, facts)
        if state.is_hidden:
            assert not _types_within(state) & TELLING


def test_what_waits_in_a_queue_carries_no_verdict_either() -> None:
    kinds = {str(field.type) for field in fields(QueuedPart)}
    assert not [kind for kind in kinds if any(word.__name__ in kind for word in TELLING if not issubclass(word, Enum))]
    assert not {"verdict", "score", "label", "disposition"} & {field.name for field in fields(QueuedPart)}


@pytest.mark.parametrize("queue", [queue for queue in Queue if queue is not Queue.BLIND])
def test_other_queues_show_what_the_station_said_and_are_not_blind(queue: Queue) -> None:
    state = waiting_in(queue)
    assert review_state.wants_facts(state) and not state.is_blind
    command = answering.to_record(answering.answered(state, Answer.GOOD), 900)
    assert command is not None and not command.is_blind and command.viewed_ms == 900
    assert command.is_adjudication == (queue is Queue.CONTESTED)


@pytest.mark.parametrize("queue", [Queue.NEAR, Queue.OVERRIDES, Queue.SUSPECT])
def test_a_second_reviewer_sees_nothing_of_the_first_before_the_answer(queue: Queue) -> None:
    said = Review(100, queue, Answer.BAD, "x", 1, False)
    facts = replace(known(inspected(())), reviews=((1, said),))
    state = _read(waiting_in(queue), facts)
    assert state.facts is not None and state.facts.reviews is None
    state = review_state.revealed(recorded(answering.answered(state, Answer.GOOD)))
    assert review_state.wants_facts(state)
    state = _read(state, facts)
    assert state.facts is not None and others(state.facts, "李娜") == (said,)
    assert not review_state.wants_facts(state)


def test_an_adjudicator_sees_both_answers_and_not_those_who_are_unsure() -> None:
    said = [Review(100, Queue.BLIND, answer, name, 1, True) for answer, name in zip(Answer, "xyz", strict=True)]
    facts = replace(known(inspected(())), reviews=tuple(enumerate(said, 1)))
    state = _read(waiting_in(Queue.CONTESTED), facts)
    assert state.facts is not None
    assert [review.answer for review in contest(state.facts)] == [Answer.GOOD, Answer.BAD]


def test_nothing_is_chosen_beforehand_and_nothing_incomplete_is_sent() -> None:
    state = waiting_in(Queue.BLIND)
    assert state.draft.answer is None and answering.to_record(state, 1) is None
    state = answering.answered(state, Answer.BAD)
    assert answering.missing(state) == "label" and answering.to_record(state, 1) is None
    assert answering.to_record(answering.labelled(state, "dent"), 1) is not None


def test_the_answer_goes_out_with_all_that_was_given() -> None:
    state = answering.graded(answering.labelled(waiting_in(Queue.BLIND), "dent"), Severity.CRITICAL)
    drawing = with_box(Drawing(), "dent", "side", Box(1, 2, 3, 4))
    state = answering.sketched(answering.commented(state, "  at the edge "), drawing)
    command = answering.to_record(state, 4321)
    assert command is not None
    assert (command.part_id, command.answer, command.label) == (100, Answer.BAD, "dent")
    assert (command.severity, command.comment, command.viewed_ms) == (Severity.CRITICAL, "at the edge", 4321)
    assert command.is_blind and command.drawn == drawing.shapes
    good = answering.to_record(answering.answered(state, Answer.GOOD), 1)
    assert good is not None and (good.label, good.severity, good.drawn) == ("", None, ())


def test_a_known_bad_image_is_answered_by_its_name_alone() -> None:
    state = replace(waiting_in(Queue.BLIND), parts=(queued(55, seed="55@100"),))
    command = answering.to_record(answering.answered(state, Answer.GOOD), 1)
    assert command is not None and (command.part_id, command.seed) == (0, "55@100")
    assert recorded(answering.answered(state, Answer.GOOD)).step is Step.RECORDED


def test_only_a_key_goes_on_and_never_past_the_reveal() -> None:
    state = recorded(answering.answered(waiting_in(Queue.BLIND), Answer.GOOD))
    assert state.step is Step.RECORDED
    assert review_state.gone_on(state) == state and review_state.passed_over(state) == state
    state = review_state.revealed(state)
    assert state.part == queued(100)
    state = review_state.gone_on(state)
    assert state.part == queued(101) and state.draft.answer is None and state.done == 1


def test_a_blind_answer_that_was_taken_back_goes_to_somebody_else() -> None:
    state = recorded(answering.answered(waiting_in(Queue.BLIND), Answer.GOOD))
    undo = review_state.to_undo(state)
    assert undo is not None and undo.review_id == 7
    state = review_state.review_after(state, ReviewUndone(7, 100))
    assert state.part == queued(101) and state.is_withdrawn and state.done == 0
    again = review_state.with_parts(state, (queued(100), queued(101), queued(102)))
    assert queued(100) not in again.parts


def test_an_answer_of_another_queue_can_be_given_anew() -> None:
    state = recorded(answering.answered(waiting_in(Queue.NEAR), Answer.GOOD))
    state = review_state.review_after(state, ReviewUndone(7, 100))
    assert state.step is Step.ANSWERING and state.part == queued(100, Queue.NEAR) and state.draft.answer is Answer.GOOD


def test_what_was_not_recorded_can_be_sent_again() -> None:
    state = review_state.sent(answering.answered(waiting_in(Queue.BLIND), Answer.GOOD))
    assert answering.to_record(state, 1) is None
    refused = review_state.review_after(state, CommandRefused("RecordReview", "the disk is full", "make room"))
    assert refused.refusal == ("the disk is full", "make room") and answering.may_record(refused)
    lost = review_state.review_after(state, StateChanged(EngineState.OFFLINE))
    assert answering.may_record(lost)
    other = review_state.review_after(state, ReviewRecorded(8, 999, Queue.BLIND, Answer.BAD, "x"))
    assert other == state


def test_a_skipped_part_comes_last_and_stays_unanswered() -> None:
    state = review_state.passed_over(waiting_in(Queue.BLIND))
    assert state.part == queued(101) and state.parts[-1] == queued(100)
    again = review_state.with_parts(state, tuple(queued(100 + n) for n in range(8)))
    assert again.parts[-1] == queued(100) and len(again.parts) == 8 and again.done == 0


@pytest.mark.parametrize(
    ("who", "queue", "bar"),
    [
        (NO_ONE, Queue.BLIND, Bar.SIGN_IN),
        (OPERATOR, Queue.BLIND, Bar.ROLE),
        (LEAD, Queue.BLIND, None),
        (LEAD, Queue.CONTESTED, Bar.ADJUDICATOR),
        (QUALITY, Queue.CONTESTED, None),
    ],
)
def test_who_may_review_what(who: SessionChanged, queue: Queue, bar: Bar | None) -> None:
    state = waiting_in(queue, who)
    assert state.bar is bar
    assert (answering.to_record(answering.answered(state, Answer.GOOD), 1) is None) == (bar is not None)
    assert bar is None or not review_state.wants_facts(state)


def test_another_person_begins_anew() -> None:
    state = _read(waiting_in(Queue.NEAR), known(inspected(())))
    assert state.facts is not None
    changed = review_state.with_session(state, replace(LEAD, name="陈"), is_connected=True)
    assert (changed.facts, changed.parts, changed.done) == (None, (), 0)
    badge = review_state.with_session(state, replace(QUALITY, role=Role.OPERATOR), is_connected=True)
    assert badge.bar is Bar.ROLE


def test_progress_counts_what_was_done_and_what_is_open() -> None:
    state = waiting_in(Queue.BLIND)
    assert (state.done, state.total) == (0, 83)
    state = replace(state, done=37)
    assert state.total == 120


def test_agreement_in_words_needs_two_who_say_something() -> None:
    passed, failed = (known(inspected((), kind)) for kind in (VerdictKind.PASS, VerdictKind.FAIL))
    silent = known(inspected((), VerdictKind.NO_RESULT))
    assert agrees(Answer.GOOD, passed) and agrees(Answer.BAD, failed)
    assert agrees(Answer.BAD, known(inspected((), VerdictKind.REVIEW)))
    assert agrees(Answer.BAD, passed) is False and agrees(Answer.GOOD, failed) is False
    assert agrees(Answer.UNSURE, passed) is None and agrees(Answer.GOOD, silent) is None
    seed = replace(failed, is_seed=True)
    assert agrees(Answer.BAD, seed) and agrees(Answer.GOOD, seed) is False


def test_scores_come_highest_first_with_the_thresholds_they_were_judged_by() -> None:
    lines = score_lines(known(inspected(())))
    assert [line.label for line in lines][:2] == ["scratch", "stain"]
    assert lines[0].thresholds == Thresholds(0.4, 0.7) and lines[3].thresholds is None
