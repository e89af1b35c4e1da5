"""How an answer grows, and the command that it becomes. Pure."""

from dataclasses import replace

from station_app.core.review import Answer, Severity
from station_app.core.review_messages import RecordReview
from station_app.gui.review.drawing import Drawing, relabelled
from station_app.gui.review.review_state import ReviewState, Step, name_of


def is_open(state: ReviewState) -> bool:
    """Whether there is a part on the screen that this person may answer now."""
    return state.step is Step.ANSWERING and state.part is not None and state.bar is None


def answered(state: ReviewState, answer: Answer) -> ReviewState:
    """Good takes class and severity away: there is nothing that they could be of. An adjudicator is never unsure."""
    if not is_open(state) or (state.is_adjudication and answer is Answer.UNSURE):
        return state
    draft = replace(state.draft, answer=answer)
    if answer is Answer.GOOD:
        draft = replace(draft, label="", severity=None)
    return replace(state, draft=draft, refusal=None, is_withdrawn=False)


def labelled(state: ReviewState, label: str) -> ReviewState:
    """The class of the defect, and of the shape that is chosen. A class says that the part is bad."""
    if not is_open(state):
        return state
    answer = state.draft.answer if state.draft.answer is Answer.UNSURE else Answer.BAD
    drawing = relabelled(state.draft.drawing, label)
    draft = replace(state.draft, answer=answer, label=label, drawing=drawing)
    return replace(state, draft=draft, refusal=None, is_withdrawn=False)


def graded(state: ReviewState, severity: Severity) -> ReviewState:
    """How bad it is; the same once more takes it back."""
    if state.step is not Step.ANSWERING or state.draft.answer in (None, Answer.GOOD):
        return state
    chosen = None if state.draft.severity is severity else severity
    return replace(state, draft=replace(state.draft, severity=chosen))


def commented(state: ReviewState, comment: str) -> ReviewState:
    return replace(state, draft=replace(state.draft, comment=comment)) if state.step is Step.ANSWERING else state


def sketched(state: ReviewState, drawing: Drawing) -> ReviewState:
    return replace(state, draft=replace(state.draft, drawing=drawing)) if state.step is Step.ANSWERING else state


def missing(state: ReviewState) -> str:
    """What the answer still lacks: "answer", "label" or nothing."""
    if state.draft.answer is None:
        return "answer"
    return "label" if state.draft.answer is Answer.BAD and not state.draft.label else ""


def may_record(state: ReviewState) -> bool:
    return is_open(state) and not missing(state)


def to_record(state: ReviewState, viewed_ms: int) -> RecordReview | None:
    """The command, None where the answer is not complete. What was drawn goes with every answer but "good"."""
    part, draft = state.part, state.draft
    if not may_record(state) or part is None or draft.answer is None:
        return None
    part_id, seed = name_of(part)
    return RecordReview(
        part_id=part_id,
        queue=state.queue,
        answer=draft.answer,
        is_blind=state.is_blind,
        label=draft.label,
        severity=draft.severity,
        comment=draft.comment.strip(),
        drawn=draft.drawing.shapes if draft.answer is not Answer.GOOD else (),
        viewed_ms=viewed_ms,
        is_adjudication=state.is_adjudication,
        seed=seed,
    )
