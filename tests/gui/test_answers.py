"""Which answers make sense, and what they still need."""

from dataclasses import replace

import pytest

from station_app.core.inspection import Disposition, VerdictKind
from station_app.core.messages import RecordOverride, UndoOverride
from station_app.gui.answers import Draft, Step, allowed, to_command
from station_app.gui.screen_state import PartOnScreen
from tests.gui.fake_engine import part


def test_a_part_without_result_cannot_be_talked_good() -> None:
    shown = PartOnScreen(part(1, VerdictKind.NO_RESULT))
    assert allowed(shown, is_connected=True) == frozenset()


def test_a_good_part_cannot_be_a_false_reject() -> None:
    answers = allowed(PartOnScreen(part(1)), is_connected=True)
    assert Disposition.FALSE_REJECT not in answers
    assert answers >= {Disposition.AGREE, Disposition.MISSED_DEFECT, Disposition.UNSURE}


def test_nothing_can_be_answered_twice_unconnected_or_about_no_part() -> None:
    shown = PartOnScreen(part(1, VerdictKind.FAIL))
    assert allowed(shown, is_connected=False) == frozenset()
    assert allowed(None, is_connected=True) == frozenset()
    assert allowed(replace(shown, pending=Disposition.AGREE), is_connected=True) == frozenset()
    assert allowed(replace(shown, standing=Disposition.AGREE), is_connected=True) == {Disposition.UNDO}


@pytest.mark.parametrize(
    ("draft", "step"),
    [
        (Draft(1, Disposition.AGREE), Step.SIGN_IN),
        (Draft(1, Disposition.UNDO), Step.SIGN_IN),
        (Draft(1, Disposition.AGREE, "A"), Step.COMPLETE),
        (Draft(1, Disposition.FALSE_REJECT, "A"), Step.REASON),
        (Draft(1, Disposition.FALSE_REJECT, "A", reason="dust"), Step.COMPLETE),
        (Draft(1, Disposition.MISSED_DEFECT, "A"), Step.DEFECT),
        (Draft(1, Disposition.MISSED_DEFECT, "A", label="dent"), Step.COMPLETE),
        (Draft(1, Disposition.UNSURE, "A"), Step.COMPLETE),
    ],
)
def test_what_is_asked(draft: Draft, step: Step) -> None:
    assert draft.step is step
    if step is not Step.COMPLETE:
        with pytest.raises(ValueError, match=step.value):
            to_command(draft)


def test_commands_carry_everything_that_was_said() -> None:
    draft = Draft(7, Disposition.FALSE_REJECT, "王芳", reason="dust", viewed_ms=900)
    assert to_command(draft) == RecordOverride(7, Disposition.FALSE_REJECT, "王芳", reason="dust", viewed_ms=900)
    assert to_command(Draft(7, Disposition.UNDO, "王芳")) == UndoOverride(7, "王芳")
