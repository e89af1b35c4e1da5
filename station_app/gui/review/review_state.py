"""What the review screen knows, and how events and deeds change it. Pure; no Qt, no clock.

A blind part is known by its place in the queue alone until its answer is on disk and the person asks for the reveal:
`wants_facts` says when the records may be asked, and `with_facts` drops what came too early.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from station_app.core.messages import CommandRefused, EngineState, Event, StateChanged
from station_app.core.people import Act, may
from station_app.core.people_messages import SessionChanged
from station_app.core.review import Answer, Queue, QueueCount, QueuedPart, Severity
from station_app.core.review_messages import ReviewRecorded, ReviewUndone, UndoReview
from station_app.gui.review.drawing import Drawing
from station_app.gui.review.facts import PartFacts
from station_app.gui.screen_state import NOBODY


class Step(StrEnum):
    """How far the answer about the part on the screen has come."""

    ANSWERING = "answering"
    SENDING = "sending"
    RECORDED = "recorded"
    REVEALED = "revealed"


class Bar(StrEnum):
    """Why nobody can review here now."""

    SIGN_IN = "sign_in"
    ROLE = "role"
    ADJUDICATOR = "adjudicator"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Draft:
    """The answer that is being given. Nothing is chosen beforehand."""

    answer: Answer | None = None
    label: str = ""
    severity: Severity | None = None
    comment: str = ""
    drawing: Drawing = field(default_factory=Drawing)


@dataclass(frozen=True, slots=True)
class ReviewState:
    """`parts` are the open ones of `queue`, the one on the screen first. `answered` are those on record, which a page
    that was read before may still hold. `page_is_read` tells an empty queue from one that is being read,
    `is_withdrawn` that the last answer was taken back and its part has gone."""

    session: SessionChanged = NOBODY
    is_connected: bool = False
    queue: Queue = Queue.BLIND
    counts: tuple[QueueCount, ...] = ()
    parts: tuple[QueuedPart, ...] = ()
    page_is_read: bool = False
    step: Step = Step.ANSWERING
    draft: Draft = field(default_factory=Draft)
    review_id: int | None = None
    is_contested: bool = False
    facts: PartFacts | None = None
    answered: frozenset[QueuedPart] = frozenset()
    skipped: frozenset[QueuedPart] = frozenset()
    done: int = 0
    refusal: tuple[str, str] | None = None
    is_withdrawn: bool = False

    @property
    def part(self) -> QueuedPart | None:
        return self.parts[0] if self.parts else None

    @property
    def is_blind(self) -> bool:
        """Whether an answer given now is a blind one."""
        return self.queue is Queue.BLIND

    @property
    def is_hidden(self) -> bool:
        """Whether nothing on the screen may tell what the station, the operator or another reviewer said."""
        return self.queue is Queue.BLIND and self.step is not Step.REVEALED

    @property
    def is_adjudication(self) -> bool:
        return self.queue is Queue.CONTESTED

    @property
    def bar(self) -> Bar | None:
        return bar_of(self)

    @property
    def total(self) -> int:
        """Of the session's queue: what was answered, and what is still open."""
        waiting = next((entry.waiting for entry in self.counts if entry.queue is self.queue), len(self.parts))
        return self.done + max(waiting, len(self.parts) - (self.step in (Step.RECORDED, Step.REVEALED)))


def bar_of(state: ReviewState) -> Bar | None:
    """The engine enforces it; the screen only says it before."""
    role = state.session.role
    if not state.is_connected:
        return Bar.OFFLINE
    if not state.session.name:
        return Bar.SIGN_IN
    if not may(role, Act.REVIEW):
        return Bar.ROLE
    return Bar.ADJUDICATOR if state.is_adjudication and not may(role, Act.ADJUDICATE) else None


def opened(state: ReviewState, queue: Queue) -> ReviewState:
    """Another queue, from its beginning; progress counts anew."""
    kept = (state.session, state.is_connected, queue, state.counts)
    return ReviewState(*kept, answered=state.answered, skipped=state.skipped)


def with_session(state: ReviewState, session: SessionChanged, *, is_connected: bool) -> ReviewState:
    """Another person begins anew, and knows nothing of what the last one saw."""
    if session.name != state.session.name:
        return ReviewState(session, is_connected, state.queue, state.counts)
    unsent = state.step is Step.SENDING and not is_connected
    step = Step.ANSWERING if unsent else state.step
    return replace(state, session=session, is_connected=is_connected, step=step)


def with_parts(state: ReviewState, parts: tuple[QueuedPart, ...]) -> ReviewState:
    """A page of the queue. The part on the screen stays; those that were skipped come last."""
    here = state.parts[:1]
    others = tuple(part for part in parts if part not in here and part not in state.answered)
    late = tuple(part for part in others if part in state.skipped)
    return replace(state, parts=(*here, *(p for p in others if p not in state.skipped), *late), page_is_read=True)


def may_see_reviews(state: ReviewState) -> bool:
    """A second reviewer sees nothing of the first before they have answered; an adjudicator sees both at once."""
    return state.step is Step.REVEALED or state.is_adjudication


def with_counts(state: ReviewState, counts: tuple[QueueCount, ...]) -> ReviewState:
    return replace(state, counts=counts)


def wants_facts(state: ReviewState) -> bool:
    """Whether the records may be asked what was said about the part, and have not said all of it."""
    if state.part is None or state.is_hidden or state.bar is not None:
        return False
    return state.facts is None or (may_see_reviews(state) and state.facts.reviews is None)


def with_facts(state: ReviewState, part: QueuedPart, facts: PartFacts) -> ReviewState:
    """What the records said; dropped where it is about another part, or came before it may be seen."""
    if part != state.part or not wants_facts(state):
        return state
    return replace(state, facts=facts if may_see_reviews(state) else replace(facts, reviews=None))


def name_of(part: QueuedPart | None) -> tuple[int, str]:
    """How messages name what is on the screen: a known bad image by its seed alone."""
    if part is None:
        return 0, ""
    return (0, part.seed) if part.seed else (part.part_id, "")


def sent(state: ReviewState) -> ReviewState:
    return replace(state, step=Step.SENDING, refusal=None)


def revealed(state: ReviewState) -> ReviewState:
    """Only what is on disk is revealed."""
    return replace(state, step=Step.REVEALED) if state.step is Step.RECORDED else state


def gone_on(state: ReviewState) -> ReviewState:
    """To the next part, after the reveal; without it nobody would learn."""
    return _next(replace(state, parts=state.parts[1:])) if state.step is Step.REVEALED else state


def passed_over(state: ReviewState) -> ReviewState:
    """Skip: the part waits on, at the end."""
    if state.step is not Step.ANSWERING or state.part is None:
        return state
    skipped = state.skipped | {state.part}
    return _next(replace(state, parts=(*state.parts[1:], state.part), skipped=skipped))


def to_undo(state: ReviewState) -> UndoReview | None:
    """Take the recorded answer of the part on the screen back."""
    is_there = state.step in (Step.RECORDED, Step.REVEALED) and state.review_id is not None
    return UndoReview(state.review_id) if is_there and state.review_id is not None else None


def review_after(state: ReviewState, event: Event) -> ReviewState:
    """The screen's knowledge once `event` is known."""
    match event:
        case ReviewRecorded() if _is_ours(state, event):
            return _recorded(state, event)
        case ReviewUndone(review_id) if review_id == state.review_id:
            return _taken_back(state)
        case CommandRefused("RecordReview") if state.step is Step.SENDING:
            return replace(state, step=Step.ANSWERING, refusal=(event.what, event.remedy))
        case CommandRefused("UndoReview"):
            return replace(state, refusal=(event.what, event.remedy))
        case StateChanged(EngineState.OFFLINE) if state.step is Step.SENDING:
            return replace(state, step=Step.ANSWERING)
        case _:
            return state


def _is_ours(state: ReviewState, event: ReviewRecorded) -> bool:
    return state.step is Step.SENDING and (event.part_id, event.seed) == name_of(state.part)


def _recorded(state: ReviewState, event: ReviewRecorded) -> ReviewState:
    answered = state.answered | set(state.parts[:1])
    known = replace(state, step=Step.RECORDED, review_id=event.review_id, answered=answered, done=state.done + 1)
    return replace(known, is_contested=event.is_contested, refusal=None)


def _taken_back(state: ReviewState) -> ReviewState:
    """A blind part goes to somebody else: nobody answers it blind twice. Others can be answered anew."""
    done = max(0, state.done - 1)
    if state.is_blind:
        return replace(_next(replace(state, parts=state.parts[1:], done=done)), is_withdrawn=True)
    answered = state.answered - set(state.parts[:1])
    blank = replace(state, step=Step.ANSWERING, review_id=None, is_contested=False, done=done, answered=answered)
    return replace(blank, facts=None)


def _next(state: ReviewState) -> ReviewState:
    blank = replace(state, step=Step.ANSWERING, draft=Draft(), review_id=None, is_contested=False)
    return replace(blank, facts=None, refusal=None, is_withdrawn=False)
