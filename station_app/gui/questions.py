"""What the operator's screen asks, and which tiles answer it. GUI thread, for the translations."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from station_app.gui import texts
from station_app.gui.account_questions import proof_question, who_question
from station_app.gui.answers import Draft, Reason, Step
from station_app.gui.proving import FIRST_STEP, SignInStep
from station_app.gui.question import Choice, Question
from station_app.gui.screen_state import ScreenState
from station_app.gui.serial_entry import serial_question


class Asking(StrEnum):
    """What is open now; the first three are steps of an answer."""

    SIGN_IN = Step.SIGN_IN.value
    REASON = Step.REASON.value
    DEFECT = Step.DEFECT.value
    RECIPE = "recipe"
    SERIAL = "serial"
    ROLL = "roll"
    STOP_ROLL = "stop_roll"
    PROOF = "proof"


def question_for(
    asking: Asking | None,
    draft: Draft | None,
    state: ScreenState,
    operators: tuple[str, ...],
    *,
    is_grid: bool = False,
    sign_in_step: SignInStep = FIRST_STEP,
) -> Question | None:
    """The words and tiles of what is open. In the grid of all cameras nothing can be drawn: one is chosen first."""
    match asking:
        case Asking.PROOF if sign_in_step.proving is not None:
            question = proof_question(state, sign_in_step.proving)
        case Asking.SIGN_IN | Asking.PROOF if state.session.has_people:
            question = who_question(state, operators, sign_in_step.page, is_answer=draft is not None)
        case Asking.SIGN_IN | Asking.PROOF:
            question = _sign_in(draft, state, operators)
        case Asking.REASON:
            question = _reason()
        case Asking.DEFECT:
            question = _defect(state, is_grid=is_grid)
        case Asking.RECIPE:
            question = _recipe(state)
        case Asking.SERIAL:
            question = serial_question(state)
        case Asking.ROLL | Asking.STOP_ROLL:
            question = _roll(asking)
        case None:
            return None
    return question


def _reason() -> Question:
    tiles = tuple(Choice(reason.value, texts.reason_name(reason)) for reason in Reason)
    heading = QCoreApplication.translate("Question", "The part is good. Why did the station reject it?")
    return Question(heading, tiles)


def _defect(state: ScreenState, *, is_grid: bool) -> Question:
    translate = QCoreApplication.translate
    labels = state.station.labels if state.station else ()
    tiles = tuple(Choice(label, texts.label_name(label)) for label in labels)
    heading = translate("Question", "Draw a box around the defect, then say what it is")
    if is_grid:
        heading = translate("Question", "Tap the camera that shows the defect, draw a box, then say what it is")
    return Question(heading, tiles)


def _recipe(state: ScreenState) -> Question:
    recipes = state.station.recipes if state.station else ()
    heading = QCoreApplication.translate("Question", "Which recipe?")
    return Question(heading, tuple(Choice(name, name) for name in recipes))


def _sign_in(draft: Draft | None, state: ScreenState, operators: tuple[str, ...]) -> Question:
    translate = QCoreApplication.translate
    heading = translate("Question", "Who is at the station?")
    if draft is not None:
        heading = translate("Question", "Who gives this answer?")
    tiles = [Choice(name, name) for name in operators if name != state.operator]
    if state.operator:
        tiles.append(Choice("", translate("Question", "Sign out")))
    return Question(heading, tuple(tiles), translate("Question", "Scan the badge, or type the name and press Enter"))


def _roll(asking: Asking) -> Question:
    translate = QCoreApplication.translate
    if asking is Asking.STOP_ROLL:
        tile = Choice("", translate("Question", "Stop the roll"))
        return Question(translate("Question", "Does the roll end here?"), (tile,))
    field = translate("Question", "Scan the roll's code, or type its name and press Enter")
    return Question(translate("Question", "Which roll begins?"), (), field)
