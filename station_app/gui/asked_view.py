"""What the operator's screen shows of a part while something is asked. Pure but for the translations; GUI thread."""

from station_app.gui.answering import Answering
from station_app.gui.operator_screen import View
from station_app.gui.questions import Asking, question_for
from station_app.gui.screen_state import PartOnScreen, ScreenState


def view_of(state: ScreenState, shown: PartOnScreen | None, answering: Answering, *, is_grid: bool) -> View:
    """The part with the open question, and what has been drawn on it so far."""
    draft, asking = answering.draft, answering.asking
    is_looking_back = state.pinned is not None and draft is None
    step = answering.sign_in_step
    question = question_for(asking, draft, state, answering.operators, is_grid=is_grid, sign_in_step=step)
    drawn, drawn_on = (draft.marks, draft.camera_id) if draft is not None else ((), "")
    return View(shown, is_looking_back, question, asking is Asking.DEFECT, drawn, drawn_on)
