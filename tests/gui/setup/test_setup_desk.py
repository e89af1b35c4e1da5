"""The set-up screen against the engine: what is sent, what is shown, and what is refused."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from station_app.core.inspection import NoResultReason, VerdictKind
from station_app.core.messages import CameraChanged, EngineState, SignIn
from station_app.core.setup_messages import (
    AcceptSetup,
    CameraWatched,
    CommonSetting,
    FingerprintChecked,
    ReadFeatures,
    SaveReference,
    SetupDifference,
    ShotJudged,
    TakeTestShot,
    WatchCamera,
    WriteFeature,
)
from station_app.core.web_messages import LinesReported
from station_app.gui.actions import Deed
from station_app.gui.overlay import OverlayKind
from station_app.gui.questions import Asking
from station_app.gui.setup.live_view import LiveView
from tests.gui.fake_engine import NOW_MS
from tests.gui.setup.conftest import SetupBench

OUT = SetupDifference("shift_x", 6.0, 0.0, 3.0, False)


def _seen(live: LiveView) -> bool:
    """Whether there is a picture."""
    return live.canvas.has_image


def test_a_camera_is_watched_while_the_screen_is_open(rig: SetupBench) -> None:
    assert not rig.commands
    rig.open()
    assert rig.commands == [WatchCamera("top"), ReadFeatures("top")]
    rig.look()
    assert _seen(rig.screen.live) and rig.state.measured["top"].histogram
    rig.tap(rig.screen.cameras.tiles[1])
    assert rig.commands[2:] == [WatchCamera("side"), ReadFeatures("side")]
    rig.tap(rig.bench.station.workplace.glance.button)
    assert rig.commands[4:] == [WatchCamera("")]


def test_the_choice_is_kept_when_the_screen_is_opened_again(rig: SetupBench) -> None:
    rig.open()
    rig.tap(rig.screen.cameras.tiles[1])
    rig.tap(rig.bench.station.workplace.glance.button)
    rig.open()
    assert rig.sent(WatchCamera)[-1] == WatchCamera("side")


def test_what_was_seen_of_another_camera_is_gone(rig: SetupBench) -> None:
    rig.open()
    rig.look()
    rig.setup.lost = frozenset({"side"})
    rig.tap(rig.screen.cameras.tiles[1])
    assert not _seen(rig.screen.live)


def test_frozen_pictures_stand_and_go_on(rig: SetupBench) -> None:
    rig.open()
    canvas, freeze = rig.screen.live.canvas, rig.screen.live.tools.freeze
    rig.look()
    stood = canvas._pixels
    rig.tap(freeze)
    rig.look()
    assert canvas._pixels is stood and "stands still" in rig.screen.live.header.headline.words
    rig.tap(freeze)
    assert canvas._pixels is not stood


def test_steps_add_up_and_the_cameras_answer_is_shown(rig: SetupBench) -> None:
    rig.open()
    rig.screen.open_page(1)
    row = rig.screen.settings.rows[CommonSetting.EXPOSURE]
    for _ in range(2):
        QTest.mouseClick(row.editor.more, Qt.MouseButton.LeftButton)
    rig.bench.settle()
    assert rig.sent(WriteFeature) == [
        WriteFeature("top", "ExposureTime", "5200", "王芳"),
        WriteFeature("top", "ExposureTime", "5400", "王芳"),
    ]
    assert row.editor.field.text() == "5400" and not row.note.words and not rig.state.pending


def test_a_value_is_typed_or_refused_where_it_stands(rig: SetupBench) -> None:
    rig.open()
    rig.screen.open_page(1)
    row = rig.screen.settings.rows[CommonSetting.GAIN]
    row.editor.field.setFocus()
    for text, said in (("99", "Too high: at most 24 dB"), ("quiet", "This is no number")):
        _type(rig, text)
        assert row.note.is_warning and row.note.words == said
    assert not rig.sent(WriteFeature)
    _type(rig, "3,5")
    assert rig.sent(WriteFeature) == [WriteFeature("top", "Gain", "3.5", "王芳")]
    assert not row.note.words


def _type(rig: SetupBench, text: str) -> None:
    """As slowly as a person: the scanner's rhythm is ruled out between two strokes."""
    field = rig.screen.settings.rows[CommonSetting.GAIN].editor.field
    field.selectAll()
    for letter in text:
        QTest.keyClicks(field, letter)
        rig.bench.qtbot.waitUntil(lambda: not rig.bench.station.scanner.is_holding)
    QTest.keyClick(field, Qt.Key.Key_Return)
    rig.bench.qtbot.waitUntil(lambda: not rig.bench.station.scanner.is_holding)
    rig.bench.settle()


def test_what_the_camera_refuses_is_said_at_its_row(rig: SetupBench) -> None:
    rig.open()
    rig.screen.settings.rows[CommonSetting.TRIGGER].written.emit("TriggerSource", "Line3")
    rig.bench.settle()
    row = rig.screen.settings.rows[CommonSetting.TRIGGER]
    assert row.note.is_warning and "cannot take Line3" in row.note.words and "choose another" in row.note.words.lower()
    assert row.editor.choice.currentText() == "software", "what the camera has"
    assert not rig.screen.settings.rows[CommonSetting.GAIN].note.words


def test_another_value_than_asked_for_is_said(rig: SetupBench) -> None:
    rig.open()
    row = rig.screen.settings.rows[CommonSetting.EXPOSURE]
    rig.setup.takes = {"ExposureTime": "5199"}
    QTest.mouseClick(row.editor.more, Qt.MouseButton.LeftButton)
    rig.bench.settle()
    assert row.note.words == "Asked for 5200: the camera took 5199 µs"


def test_while_the_line_runs_nothing_can_be_changed_and_why_is_said(rig: SetupBench) -> None:
    rig.open()
    rig.enter(EngineState.RUNNING)
    screen = rig.screen
    assert not screen.shoot.isEnabled() and "running" in screen.shoot_note.words
    assert "running" in screen.settings.why.words and "running" in screen.features.why.words
    for row in screen.settings.rows.values():
        assert not any(button.isEnabled() for button in row.editor.buttons)
        assert not row.editor.field.isEnabled() and not row.editor.choice.isEnabled()
    assert not screen.reference.save.button.isEnabled()
    rig.look()
    assert _seen(screen.live) and "parts are shown" in screen.live.header.headline.words


def test_a_test_shot_shows_its_own_picture_and_says_what_it_is_not(rig: SetupBench) -> None:
    rig.open()
    rig.look()
    rig.tap(rig.screen.shoot)
    assert rig.sent(TakeTestShot) == [TakeTestShot("top", "王芳")]
    live = rig.screen.live
    assert live.header.headline.kind is VerdictKind.FAIL
    assert "not recorded, not told to the line" in live.header.headline.note
    assert len(live.canvas.marks()) == 2
    rig.setup.resumes_s = 0.0
    rig.look()
    assert len(live.canvas.marks()) == 2, "it stands while live pictures go on"
    rig.tap(live.header.button)
    assert not live.canvas.marks() and not live.header.headline.is_shot


def test_findings_are_never_drawn_on_another_picture(rig: SetupBench) -> None:
    rig.open()
    rig.look()
    rig.bench.tell(ShotJudged("top", VerdictKind.NO_RESULT, NoResultReason.FRAME_LOST, (), 9999, 12.0))
    live = rig.screen.live
    assert not _seen(live) and "no image" in live.header.headline.words
    rig.look()
    assert not _seen(live)


def test_a_refused_test_shot_says_why_beside_its_button(rig: SetupBench) -> None:
    rig.open()
    rig.setup.refuses = {TakeTestShot: "the camera does not answer in time"}
    rig.tap(rig.screen.shoot)
    assert rig.screen.shoot_note.is_warning and "in time" in rig.screen.shoot_note.words
    assert rig.screen.shoot.isEnabled()


def test_a_reference_is_saved_by_name_and_replaced_only_on_a_second_tap(rig: SetupBench) -> None:
    rig.open()
    rig.screen.open_page(3)
    page = rig.screen.reference
    assert "No reference yet" in page.saved.lines()
    rig.tap(page.save.button)
    assert rig.sent(SaveReference) == [SaveReference("top", "王芳")]
    assert any("王芳" in line for line in page.saved.lines())
    rig.tap(page.save.button)
    assert page.save.yes.isVisible() and len(rig.sent(SaveReference)) == 1
    rig.tap(page.save.no)
    assert page.save.button.isVisible() and len(rig.sent(SaveReference)) == 1
    rig.tap(page.save.button)
    rig.tap(page.save.yes)
    assert len(rig.sent(SaveReference)) == 2


def test_the_reference_is_laid_over_and_compared(rig: SetupBench) -> None:
    rig.open()
    live = rig.screen.live
    assert not live.overlays.buttons[OverlayKind.BLEND].isEnabled()
    rig.screen.reference.save_asked.emit()
    rig.bench.settle()
    rig.bench.qtbot.waitUntil(live.overlays.buttons[OverlayKind.BLEND].isEnabled)
    rig.tap(live.overlays.buttons[OverlayKind.DIFFERENCE])
    assert live.canvas._overlay is not None and live.canvas._overlay.kind is OverlayKind.DIFFERENCE
    rig.setup.shift_px = 6.0
    rig.look()
    table = rig.screen.picture.table
    assert table.rows()[0][:2] == ("Shift to the right", "6.0 px")
    assert rig.screen.cameras.tiles[0].comparison() == "differing: 1"
    rig.bench.tell(LinesReported("top", 1, 0, 0.1, 0.05, 200.0))
    assert table.rows()[0][1] == "6.0 px · 0.30 mm"
    rig.tap(live.overlays.buttons[OverlayKind.NONE])
    assert live.canvas._overlay is None


def test_a_set_up_that_differs_is_accepted_with_a_reason_only(rig: SetupBench) -> None:
    rig.open()
    rig.screen.open_page(3)
    accept = rig.screen.reference.accept
    assert not accept.isVisible()
    rig.bench.tell(FingerprintChecked("side", False, (OUT,), NOW_MS))
    assert accept.isVisible() and not accept.accept.isEnabled()
    rig.tap(accept.tiles[1])
    rig.tap(accept.accept)
    assert rig.sent(AcceptSetup) == [AcceptSetup("王芳", "Lamp or lens changed")]
    assert rig.screen.cameras.tiles[1].comparison() == "differing: 1"
    rig.bench.tell(FingerprintChecked("side", True, (), NOW_MS))
    assert not accept.isVisible()


def test_a_lost_camera_is_said_and_leaves_no_picture(rig: SetupBench) -> None:
    rig.open()
    rig.look()
    rig.setup.lost = frozenset({"top"})
    rig.bench.tell(CameraChanged("top", False, "the cable is out"))
    live = rig.screen.live
    assert not _seen(live) and "The cable is out" in live.header.headline.note
    assert rig.screen.cameras.tiles[0].line() == "The cable is out" and not rig.screen.shoot.isEnabled()
    assert rig.screen.picture.histogram.clipped == (False, False) and "top" not in rig.state.measured
    rig.setup.lost = frozenset()
    rig.bench.tell(CameraChanged("top", True))
    rig.look()
    assert _seen(live) and rig.screen.shoot.isEnabled()
    assert rig.sent(ReadFeatures) == 2 * [ReadFeatures("top")], "it may have been switched off meanwhile"


def test_nobody_changes_anything_without_a_name(rig: SetupBench) -> None:
    rig.bench.engine.station = replace(rig.bench.engine.station, operator="")
    rig.bench.tell(rig.bench.engine.station)
    rig.open()
    desk = rig.bench.station.desk
    rig.tap(rig.screen.shoot)
    assert desk.asking is Asking.SIGN_IN and not rig.sent(TakeTestShot)
    assert rig.bench.station.screen.question.isVisible()
    rig.bench.station.ways.do(Deed.CANCEL)
    rig.bench.station.window.on_scanned("OP:Anna")
    rig.bench.settle()
    assert not rig.sent(TakeTestShot), "cancelled is cancelled"
    desk.sign_in("")
    rig.bench.settle()
    rig.tap(rig.screen.shoot)
    rig.bench.station.window.on_scanned("OP:Ben")
    rig.bench.settle()
    assert rig.sent(TakeTestShot) == [TakeTestShot("top", "Ben")] and rig.sent(SignIn)


def test_what_waits_for_a_name_is_dropped_with_the_camera(rig: SetupBench) -> None:
    rig.bench.engine.station = replace(rig.bench.engine.station, operator="")
    rig.bench.tell(rig.bench.engine.station)
    rig.open()
    rig.tap(rig.screen.shoot)
    rig.bench.station.setup_desk.choose("side")
    rig.bench.station.window.on_scanned("OP:Ben")
    rig.bench.settle()
    assert not rig.sent(TakeTestShot)


def test_a_new_engine_is_asked_again(rig: SetupBench) -> None:
    rig.open()
    rig.look()
    rig.bench.engine.die()
    rig.bench.qtbot.waitUntil(lambda: not rig.bench.station.desk.state.is_connected)
    assert not _seen(rig.screen.live)
    assert "does not answer" in rig.screen.live.header.headline.words
    rig.commands.clear()
    rig.bench.engine.revive()
    rig.bench.qtbot.waitUntil(lambda: rig.sent(ReadFeatures) == [ReadFeatures("top")])
    assert rig.sent(WatchCamera) == [WatchCamera("top")]
    rig.look()
    assert _seen(rig.screen.live)


def test_another_recipe_begins_with_nothing_of_the_one_before(rig: SetupBench) -> None:
    rig.open()
    rig.tap(rig.screen.reference.save.button)
    rig.look()
    assert rig.state.reference("top") and rig.state.features
    rig.setup.references.clear()
    rig.commands.clear()
    rig.enter(EngineState.OFFLINE)
    assert not rig.state.reference("top") and not rig.state.features and not rig.commands
    rig.enter(EngineState.READY)
    rig.bench.settle()
    assert rig.commands == [WatchCamera("top"), ReadFeatures("top")]
    assert rig.state.features and not rig.state.reference("top")


def test_a_preview_that_is_gone_does_not_cost_the_connection(rig: SetupBench) -> None:
    rig.open()
    rig.setup.engine.has_watched_file = False
    rig.bench.tell(CameraWatched("top", "watched-gone"))
    rig.setup.engine.has_watched_file = True
    assert rig.bench.station.desk.state.is_connected


def test_no_camera_and_no_features_are_said(rig: SetupBench) -> None:
    rig.setup.features = {"top": ()}
    rig.open()
    assert "no features" in rig.screen.features.why.words
    assert all(row.note.words for row in rig.screen.settings.rows.values())
    rig.bench.tell(replace(rig.bench.engine.station, camera_ids=()))
    assert rig.screen.cameras.accessibleName() == "No camera: load a recipe"
    assert "No camera" in rig.screen.live.header.headline.words and not rig.screen.shoot.isEnabled()


@pytest.mark.parametrize("level", [0, 255])
def test_clipped_ends_are_marked(rig: SetupBench, level: int) -> None:
    rig.open()
    rig.setup.given = np.full((60, 80), level, np.uint8)
    rig.look()
    assert rig.screen.picture.histogram.clipped == (level == 0, level == 255)


def test_features_are_read_as_soon_as_the_line_rests(rig: SetupBench) -> None:
    rig.enter(EngineState.RUNNING)
    rig.open()
    assert rig.commands == [WatchCamera("top")], "a running line is not asked for what it must refuse"
    rig.enter(EngineState.PAUSED)
    rig.bench.settle()
    assert rig.commands[1:] == [ReadFeatures("top")]


def test_features_that_cannot_be_read_say_why(rig: SetupBench) -> None:
    rig.setup.refuses = {ReadFeatures: "the camera does not answer in time"}
    rig.open()
    assert "in time" in rig.screen.features.why.words
