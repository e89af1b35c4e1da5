"""Teaching a flat field, and the engine's sentences about it in the screen's language."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from station_app.core.inspection import Pixels
from station_app.core.messages import CommandRefused, EngineState, Event
from station_app.core.setup_messages import FlatFieldStep, FlatFieldTaught
from station_app.devices.linescan.drift import DriftWatch
from station_app.devices.linescan.teaching import level_refusals, teach_flat_field
from station_app.gui.language import CHINESE, ENGLISH, Language
from station_app.gui.web.engine_words import DRIFTS, REFUSALS, drift_sentence, refusal_sentence
from station_app.gui.web.flat_steps import FlatTeaching, Stage, asked, begun, interrupted, may_teach, teaching_after
from tests.gui.web.moving_web import CONDITIONS

DARK, WHITE = FlatFieldTaught("web", FlatFieldStep.DARK, 512), FlatFieldTaught("web", FlatFieldStep.WHITE, 512)
SAVED = FlatFieldTaught("web", FlatFieldStep.SAVE, 0, path="web.json")
REFUSED = CommandRefused("TeachFlatField", "the line is running", "pause the line first")


def _after(teaching: FlatTeaching, *events: Event) -> FlatTeaching:
    for event in events:
        teaching = teaching_after(teaching, event)
    return teaching


def _taught(teaching: FlatTeaching, *answers: FlatFieldTaught) -> FlatTeaching:
    """Each step asked for and answered."""
    for answer in answers:
        teaching = teaching_after(asked(teaching, answer.step), answer)
    return teaching


def test_three_steps_lead_to_a_saved_flat_field() -> None:
    teaching = begun("web")
    assert teaching.stage is Stage.DARK and teaching.next_step is FlatFieldStep.DARK
    teaching = _after(asked(teaching, FlatFieldStep.DARK), DARK)
    assert teaching.stage is Stage.WHITE and teaching.next_step is FlatFieldStep.WHITE and teaching.waiting is None
    teaching = _after(asked(teaching, FlatFieldStep.WHITE), replace(WHITE, before=(50.0, 90.0), after=(90.0, 90.0)))
    assert teaching.can_save and teaching.next_step is FlatFieldStep.SAVE
    assert (teaching.before, teaching.after) == ((50.0, 90.0), (90.0, 90.0))
    teaching = _after(asked(teaching, FlatFieldStep.SAVE), SAVED)
    assert teaching.stage is Stage.SAVED and teaching.path == "web.json" and not teaching.is_open


def test_what_is_refused_cannot_be_saved() -> None:
    teaching = _taught(begun("web"), DARK, replace(WHITE, refusals=("too dark",)))
    assert teaching.stage is Stage.RESULT and not teaching.can_save and teaching.next_step is None
    dark = _taught(begun("web"), replace(DARK, refusals=("no cap",)))
    assert dark.stage is Stage.DARK and dark.refusals == ("no cap",)
    unsaved = _taught(begun("web"), DARK, WHITE, replace(SAVED, refusals=("the disk is full",)))
    assert unsaved.stage is Stage.RESULT and unsaved.is_open


def test_a_step_that_was_not_done_is_asked_again() -> None:
    teaching = _after(asked(begun("web"), FlatFieldStep.DARK), REFUSED)
    assert teaching.stage is Stage.DARK and teaching.waiting is None
    assert teaching.refusal == ("the line is running", "pause the line first")
    assert asked(teaching, FlatFieldStep.DARK).refusal == ("", "")
    assert teaching_after(begun("web"), REFUSED) == begun("web"), "nothing was asked for"
    other = CommandRefused("StartRoll", "a roll runs", "")
    assert _after(asked(begun("web"), FlatFieldStep.DARK), other).waiting is FlatFieldStep.DARK


def test_a_profile_that_the_engine_does_not_tell_is_the_live_one() -> None:
    white = asked(_taught(begun("web"), DARK), FlatFieldStep.WHITE)
    assert teaching_after(white, WHITE, (1.0, 2.0)).before == (1.0, 2.0)


def test_a_late_answer_to_what_was_cancelled_leads_nowhere() -> None:
    assert _after(begun("web"), DARK) == begun("web") and _after(FlatTeaching(), DARK) == FlatTeaching()
    discarded = FlatFieldTaught("web", FlatFieldStep.DISCARD, 0)
    assert _after(asked(begun("web"), FlatFieldStep.DARK), discarded).waiting is FlatFieldStep.DARK


def test_without_an_engine_it_begins_again() -> None:
    teaching = interrupted(_taught(begun("web"), DARK), "gone")
    assert teaching.stage is Stage.START and teaching.refusal == ("gone", "")
    saved = _taught(begun("web"), DARK, WHITE, SAVED)
    assert interrupted(saved, "gone") == saved and interrupted(FlatTeaching(), "gone") == FlatTeaching()


@given(st.lists(st.sampled_from([DARK, WHITE, SAVED, REFUSED, *FlatFieldStep]), max_size=12))
def test_nothing_can_be_saved_before_white_was_taken(steps: list[Event | FlatFieldStep]) -> None:
    teaching = begun("web")
    for step in steps:
        teaching = asked(teaching, step) if isinstance(step, FlatFieldStep) else teaching_after(teaching, step)
    if teaching.can_save:
        assert WHITE in steps


@pytest.mark.parametrize("state", list(EngineState))
def test_a_running_line_is_not_taught(state: EngineState) -> None:
    assert may_teach(state) == (state in (EngineState.READY, EngineState.PAUSED, EngineState.FAULTED))


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    spoken = Language(qapp)
    spoken.switch(CHINESE)
    yield
    spoken.switch(ENGLISH)


def _refusals() -> set[str]:
    """Every sentence that teaching can say, as it says it."""
    level = np.full(100, 100.0, np.float32)
    dark = np.zeros(100, np.float32)
    bad = level.copy()
    said: list[str] = []
    for columns in ([7], [7, 9, 11]):
        for value, target in ((5.0, 100.0), (250.0, 100.0)):
            bad = level.copy()
            bad[columns] = value
            said += level_refusals(dark, bad, target)
        bright = dark.copy()
        bright[columns] = 120.0
        said += level_refusals(bright, level, 100.0)
    said += level_refusals(dark, level[:50], 100.0)
    few, enough, narrow = (np.zeros(shape, np.uint8) for shape in ((5, 10), (256, 10), (256, 9)))
    pairs: list[tuple[Pixels, Pixels]] = [(few, enough), (enough, few), (enough, narrow)]
    for dark_lines, white_lines in pairs:
        said += teach_flat_field(dark_lines, white_lines, CONDITIONS, "").refusals
    return set(said)


def test_every_refusal_is_said_in_chinese(chinese: None) -> None:
    said = _refusals()
    assert len(said) >= len(REFUSALS)
    for sentence in said:
        translated = refusal_sentence(sentence)
        assert translated != sentence and "{" not in translated, sentence
        assert not any(word in translated for word in ("column", "lines")), translated
    assert "共 3 列，首列为 7" in refusal_sentence(next(s for s in said if "Below 5 %" in s and "in 3" in s))


@pytest.mark.parametrize("share", [0.8, 1.3])
def test_drift_is_said_in_chinese(chinese: None, share: float) -> None:
    watch = DriftWatch(64, every=1)
    level = np.full((256, 64), 100, np.uint8)
    watch.add(level)
    level[:, 20:40] = round(100 * share)
    watch.add(level)
    assert watch.warning is not None
    translated = drift_sentence(watch.warning)
    assert translated != watch.warning and "column" not in translated.lower() and "%" in translated


def test_in_english_nothing_changes_and_what_is_unknown_is_shown_as_it_is(qapp: QApplication) -> None:
    for sentence in _refusals():
        assert refusal_sentence(sentence) == sentence
    assert refusal_sentence("something else") == "something else" and len(DRIFTS) == 2
