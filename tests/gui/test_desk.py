"""The operator at work: answers, look-back, sign-in, recipe, loss of the engine."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from station_app.core.inspection import Box, Disposition, VerdictKind
from station_app.core.messages import (
    AcknowledgeAlarm,
    AlarmRaised,
    CommandRefused,
    EngineState,
    Pause,
    Priority,
    RecordOverride,
    SelectRecipe,
    SignIn,
    Start,
    UndoOverride,
)
from station_app.gui.actions import Deed
from station_app.gui.desk import LOOK_BACK_MS
from station_app.gui.questions import Asking
from tests.gui.conftest import Bench
from tests.gui.fake_engine import NOW_MS, housing, part, scratch


def _overrides(bench: Bench) -> list[RecordOverride]:
    return [command for command in bench.engine.commands if isinstance(command, RecordOverride)]


def _asking(bench: Bench) -> str:
    return bench.station.desk.asking or ""


def _bad(bench: Bench, part_id: int = 1) -> None:
    pixels = housing(size=(512, 612))
    findings = scratch(pixels)
    bench.show(replace(part(part_id, VerdictKind.FAIL), findings=findings), pixels)


def test_agree_is_one_touch_and_done_only_when_recorded(bench: Bench) -> None:
    _bad(bench)
    bench.engine.answers_overrides = False
    bench.press(Deed.AGREE)
    (sent,) = _overrides(bench)
    assert (sent.part_id, sent.disposition, sent.operator) == (1, Disposition.AGREE, "王芳")
    assert "Recording" in bench.station.screen.part.accessibleName()
    bench.tell(CommandRefused("RecordOverride", "the disk is full", "call the lead"))
    assert "recorded" not in bench.station.screen.part.accessibleName()
    assert bench.station.screen.engine.sentence() == "The disk is full: Call the lead"
    bench.engine.answers_overrides = True
    bench.press(Deed.AGREE)
    assert "Agree · 王芳 · recorded" in bench.station.screen.part.accessibleName()


def test_false_reject_needs_a_reason(bench: Bench) -> None:
    _bad(bench)
    bench.press(Deed.FALSE_REJECT)
    question = bench.station.screen.question
    assert question.isVisible() and len(question.tiles) == 6 and not _overrides(bench)
    assert not bench.station.screen.bar.isVisible()
    bench.tap(question.tiles[1])
    (sent,) = _overrides(bench)
    assert (sent.disposition, sent.reason) == (Disposition.FALSE_REJECT, "reflection")
    assert not question.isVisible()


def test_the_answer_stays_with_the_part_that_was_seen(bench: Bench) -> None:
    _bad(bench, 1)
    bench.press(Deed.FALSE_REJECT)
    for number in range(2, 20):
        bench.engine.tell(part(number, preview_sequence=0))
    bench.tell()
    assert bench.station.desk.shown is not None and bench.station.desk.shown.part_id == 1
    bench.tap(bench.station.screen.question.tiles[0])
    assert [sent.part_id for sent in _overrides(bench)] == [1]


def test_a_part_that_comes_while_the_finger_is_down_gets_no_answer(bench: Bench) -> None:
    _bad(bench, 1)
    button = bench.station.screen.bar.buttons[Deed.AGREE]
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    bench.tell(part(2, VerdictKind.FAIL, preview_sequence=0))
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    bench.settle()
    assert [sent.part_id for sent in _overrides(bench)] == [1]


def test_a_missed_defect_is_drawn_and_named(bench: Bench) -> None:
    bench.show(part(1), housing(size=(512, 612)))
    bench.press(Deed.MISSED_DEFECT)
    canvas = bench.station.screen.canvas
    view = canvas.viewport
    assert view is not None and bench.station.desk.asking is Asking.DEFECT
    start, end = view.to_screen(100, 100), view.to_screen(200, 160)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(start[0]), round(start[1])))
    QTest.mouseMove(canvas, QPoint(round(end[0]), round(end[1])))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(end[0]), round(end[1])))
    bench.tap(bench.station.screen.question.tiles[1])
    (sent,) = _overrides(bench)
    assert (sent.disposition, sent.label, sent.camera_id) == (Disposition.MISSED_DEFECT, "dent", "top")
    (mark,) = sent.marks
    assert abs(mark.x - 100) <= 2 and abs(mark.y - 100) <= 2
    assert abs(mark.right - 200) <= 2 and abs(mark.bottom - 160) <= 2


def test_a_rectangle_is_taken_back_by_a_tap_on_it(bench: Bench) -> None:
    bench.show(part(1), housing(size=(512, 612)))
    bench.press(Deed.MISSED_DEFECT)
    canvas = bench.station.screen.canvas
    assert canvas.viewport is not None
    inside, outside = (QPoint(*map(round, canvas.viewport.to_screen(*spot))) for spot in ((15, 15), (300, 300)))
    for box in (Box(0, 0, 40, 40), Box(10, 10, 20, 20)):
        canvas.box_drawn.emit(box)
    for spot in (outside, inside):
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=spot)
    bench.tap(bench.station.screen.question.tiles[0])
    assert [sent.marks for sent in _overrides(bench)] == [(Box(0, 0, 40, 40),)]


def test_nobody_answers_without_a_name(bench: Bench) -> None:
    bench.tell(replace(bench.engine.station, operator=""))
    _bad(bench)
    bench.press(Deed.FALSE_REJECT)
    assert _asking(bench) == "sign_in" and not _overrides(bench)
    field = bench.station.screen.question.field
    assert field.isVisible()
    field.setText("Anna Schmidt")
    field.returnPressed.emit()
    bench.settle()
    assert SignIn("Anna Schmidt") in bench.engine.commands
    assert _asking(bench) == "reason"
    bench.tap(bench.station.screen.question.tiles[0])
    assert [sent.operator for sent in _overrides(bench)] == ["Anna Schmidt"]


def test_undo_is_a_new_record(bench: Bench) -> None:
    _bad(bench)
    bench.press(Deed.AGREE)
    assert not bench.station.screen.bar.buttons[Deed.AGREE].isEnabled()
    bench.press(Deed.UNDO)
    assert UndoOverride(1, "王芳") in bench.engine.commands
    assert bench.station.screen.bar.buttons[Deed.AGREE].isEnabled()


def test_undo_leads_to_the_last_answer_before_it_takes_it_back(bench: Bench) -> None:
    _bad(bench, 1)
    bench.press(Deed.AGREE)
    bench.tell(part(2, VerdictKind.REVIEW, preview_sequence=0))
    desk, undo = bench.station.desk, bench.station.screen.bar.buttons[Deed.UNDO]
    assert desk.shown is not None and desk.shown.part_id == 2 and undo.isEnabled()
    bench.press(Deed.UNDO)
    assert desk.shown.part_id == 1 and "recorded" in bench.station.screen.part.accessibleName()
    assert UndoOverride(1, "王芳") not in bench.engine.commands
    bench.press(Deed.UNDO)
    assert UndoOverride(1, "王芳") in bench.engine.commands


def test_cancel_leaves_nothing_behind(bench: Bench) -> None:
    _bad(bench)
    bench.press(Deed.FALSE_REJECT)
    bench.tap(bench.station.screen.question.cancel)
    assert not bench.station.screen.question.isVisible()
    assert bench.engine.commands == [] and bench.station.desk.state.pinned is None


@pytest.mark.parametrize(
    ("verdict", "enabled"),
    [
        (VerdictKind.PASS, {Deed.AGREE, Deed.MISSED_DEFECT, Deed.UNSURE}),
        (VerdictKind.FAIL, {Deed.AGREE, Deed.FALSE_REJECT, Deed.MISSED_DEFECT, Deed.UNSURE}),
        (VerdictKind.NO_RESULT, set()),
    ],
)
def test_answers_without_sense_cannot_be_pressed(bench: Bench, verdict: VerdictKind, enabled: set[Deed]) -> None:
    bench.tell(part(1, verdict, preview_sequence=0))
    buttons = bench.station.screen.bar.buttons
    assert {deed for deed, button in buttons.items() if button.isEnabled()} == enabled | {Deed.RUN_PAUSE}
    bench.station.desk.do(Deed.FALSE_REJECT)  # by key, where no button stands in the way
    assert (bench.station.desk.asking is Asking.REASON) == (Deed.FALSE_REJECT in enabled)
    refused = "not possible" in bench.station.screen.engine.sentence()
    assert refused == (Deed.FALSE_REJECT not in enabled)


def test_looking_back_shows_the_part_with_its_stored_image_and_returns(bench: Bench) -> None:
    stored = housing(2, (300, 400))
    bench.archive.pictures[1] = (("top", stored),)
    bench.tell(*(part(number, preview_sequence=0) for number in range(1, 5)))
    bench.tap(bench.station.screen.strip.tiles[-4])
    shown = bench.station.desk.shown
    assert shown is not None and shown.part_id == 1
    bench.qtbot.waitUntil(lambda: bench.station.screen.canvas.viewport is not None)
    view = bench.station.screen.canvas.viewport
    assert view is not None and (view.frame_width, view.frame_height) == (400, 300)
    assert bench.station.screen.part.accessibleName().startswith("Looking back")
    bench.tell(part(5, preview_sequence=0))
    assert bench.station.desk.shown is not None and bench.station.desk.shown.part_id == 1
    bench.station.desk.return_to_live()
    assert bench.station.desk.shown.part_id == 5


def test_a_look_back_lasts_ten_seconds_and_as_long_as_a_question(bench: Bench) -> None:
    bench.tell(*(part(number, VerdictKind.FAIL, preview_sequence=0) for number in (1, 2)))
    desk = bench.station.desk
    assert LOOK_BACK_MS == 10_000 and not desk.returning.isActive()
    desk.look_back(1)
    assert desk.returning.isActive()
    bench.press(Deed.FALSE_REJECT)
    assert not desk.returning.isActive()
    bench.tap(bench.station.screen.question.tiles[0])
    assert desk.shown is not None and desk.shown.part_id == 1 and desk.returning.isActive()


def test_look_back_returns_by_itself(bench: Bench) -> None:
    bench.tell(part(1, preview_sequence=0), part(2, preview_sequence=0))
    bench.station.desk.returning.setInterval(1)
    bench.station.desk.look_back(1)
    bench.qtbot.waitUntil(lambda: bench.station.desk.state.pinned is None)
    assert bench.station.desk.shown is not None and bench.station.desk.shown.part_id == 2


def test_run_and_pause(bench: Bench) -> None:
    bench.press(Deed.RUN_PAUSE)
    assert bench.engine.commands == [Pause()] and bench.station.desk.state.engine is EngineState.PAUSED
    assert bench.station.screen.bar.buttons[Deed.RUN_PAUSE].caption == "Run"
    bench.press(Deed.RUN_PAUSE)
    assert bench.engine.commands[-1] == Start()


def test_the_recipe_is_chosen_only_while_nothing_runs(bench: Bench) -> None:
    recipe = bench.station.screen.top.recipe
    assert not recipe.isEnabled()
    bench.press(Deed.RUN_PAUSE)
    bench.tap(recipe)
    assert [tile.caption for tile in bench.station.screen.question.tiles] == ["A17-cover", "A18-cover", "B02-plate"]
    bench.tap(bench.station.screen.question.tiles[2])
    assert SelectRecipe("B02-plate", "王芳") in bench.engine.commands
    assert recipe.caption.startswith("B02-plate")


def test_an_alarm_is_acknowledged_and_moves_nothing(bench: Bench) -> None:
    screen = bench.station.screen
    before = [child.geometry() for child in (screen.canvas, screen.verdict, screen.strip, screen.alarm)]
    bench.tell(AlarmRaised("camera top", Priority.HIGH, "no camera", "top", "check the cable", NOW_MS, 3))
    assert [child.geometry() for child in (screen.canvas, screen.verdict, screen.strip, screen.alarm)] == before
    assert "rejected" in screen.alarm.accessibleName() and screen.alarm.button.isVisible()
    bench.tap(screen.alarm.button)
    assert AcknowledgeAlarm("camera top", "王芳") in bench.engine.commands
    assert not screen.alarm.button.isVisible()


def test_an_alarm_is_acknowledged_by_key_once(bench: Bench) -> None:
    bench.tell(AlarmRaised("storage", Priority.HIGH, "disk full", "", "make room", NOW_MS))
    for _ in range(2):
        bench.station.desk.do(Deed.ACKNOWLEDGE)
        bench.settle()
    assert bench.engine.commands == [AcknowledgeAlarm("storage", "王芳")]


def test_the_words_that_are_open_follow_the_language(bench: Bench) -> None:
    screen = bench.station.screen
    _bad(bench)
    bench.tell(CommandRefused("SelectRecipe", "the line is running", "pause the line first"))
    bench.tap(screen.top.operator)
    assert screen.question.accessibleName() == "Who is at the station?"
    bench.tap(screen.top.language)
    assert screen.question.accessibleName() == "当前操作员是谁？"
    assert screen.engine.sentence() == "产线正在运行：请先暂停"
    bench.tap(screen.top.language)
    assert screen.engine.sentence() == "The line is running: Pause the line first"


def test_the_operator_signs_in_and_out_at_the_strip(bench: Bench) -> None:
    bench.tap(bench.station.screen.top.operator)
    (sign_out,) = bench.station.screen.question.tiles
    bench.tap(sign_out)
    assert bench.engine.commands == [SignIn("")]
    assert bench.station.screen.top.operator.caption == "Sign in"


def test_no_score_is_shown_to_an_operator(bench: Bench) -> None:
    _bad(bench)
    assert bench.station.screen.findings.lines() == ("Scratch · zone C", "Stain · zone B")
