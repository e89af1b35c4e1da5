"""An operator at a station with a web: watching, rolls, lost lines, the flat field, loss of camera and engine."""

from dataclasses import replace

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import VerdictKind
from station_app.core.lines import LineSpan
from station_app.core.messages import CameraChanged, Start
from station_app.core.setup_messages import CameraWatched, WatchCamera
from station_app.core.web_messages import StartRoll, StopRoll
from station_app.devices.rendering.web_plan import WebSpec
from station_app.gui.actions import Deed
from station_app.gui.questions import Asking
from station_app.gui.theme import LIGHT
from tests.gui.conftest import Bench
from tests.gui.fake_engine import part
from tests.gui.web.conftest import WebBench
from tests.gui.web.moving_web import CAMERA
from tests.gui.web.test_web_state import REPORT


def test_a_station_without_a_web_shows_none_of_it(bench: Bench) -> None:
    bench.tell(part(1, preview_sequence=0))
    screen = bench.station.screen
    assert not screen.web.isVisible() and not screen.tools.switch.isVisible() and screen.images.isVisible()
    assert screen.tools.slider.isVisible()
    assert not any(isinstance(command, WatchCamera) for command in bench.engine.commands)


def test_a_camera_that_cuts_parts_has_no_rolls(bench: Bench) -> None:
    bench.tell(replace(REPORT, is_web=False))
    screen = bench.station.screen
    assert screen.images.isVisible() and not screen.web.isVisible(), "its parts are seen, until somebody asks"
    bench.tap(screen.tools.switch)
    pane = screen.web
    assert pane.waterfall.isVisible() and not pane.map.isVisible() and not pane.defects.isVisible()
    assert not pane.roll.isEnabled() and pane.waterfall.width() == pane.width()


def test_a_web_is_watched_while_it_is_shown(web_bench: WebBench) -> None:
    screen = web_bench.screen
    assert web_bench.engine.commands == [WatchCamera(CAMERA)] and screen.web.isVisible()
    assert not screen.images.isVisible()
    web_bench.tap(screen.tools.switch)
    assert web_bench.engine.commands[-1] == WatchCamera("") and screen.images.isVisible()
    assert screen.tools.switch.caption == "Web"
    web_bench.tap(screen.tools.switch)
    assert web_bench.engine.commands[-1] == WatchCamera(CAMERA) and web_bench.web.watched == CAMERA


def test_the_lines_are_shown_by_their_numbers(web_bench: WebBench) -> None:
    waterfall = web_bench.pane.waterfall
    web_bench.move(300)
    web_bench.shown(lambda: waterfall.view is not None and waterfall.view.end == web_bench.engine.line)
    assert waterfall.drawn is not None and waterfall.drawn.held == LineSpan(0, web_bench.engine.line)
    assert web_bench.web.columns == 1024 and "204.8 mm" in web_bench.pane.readouts.accessibleName()
    assert "50.00" not in web_bench.pane.readouts.accessibleName()
    assert "30.00 m/min" in web_bench.pane.readouts.accessibleName(), "500 mm/s"


def test_zoom_keys_are_for_the_web_while_it_is_shown(web_bench: WebBench) -> None:
    waterfall = web_bench.pane.waterfall
    web_bench.shown(lambda: waterfall.view is not None)
    web_bench.desk.do(Deed.ZOOM_IN)
    assert waterfall.view is not None and waterfall.view.zoom == 1.5
    web_bench.desk.do(Deed.ZOOM_FIT)
    assert waterfall.view.zoom == 1.0


def test_a_roll_is_started_by_name_and_stopped_after_a_question(web_bench: WebBench) -> None:
    web_bench.start_roll("R-4711")
    assert StartRoll("R-4711", "王芳") in web_bench.engine.commands
    assert web_bench.pane.roll.caption == "Stop roll" and web_bench.pane.defects.heading()[0] == "Roll R-4711"
    web_bench.move(1500)
    web_bench.tap(web_bench.pane.roll)
    assert web_bench.desk.asking is Asking.STOP_ROLL and StopRoll("王芳") not in web_bench.engine.commands
    web_bench.tap(web_bench.screen.question.tiles[0])
    assert web_bench.engine.commands[-1] == StopRoll("王芳")
    assert web_bench.pane.defects.heading() == ("Roll R-4711", "Ended: 0.30 m, 0.30 m inspected")


def test_a_scanned_code_names_the_roll_that_is_asked_for(web_bench: WebBench) -> None:
    web_bench.tap(web_bench.pane.roll)
    web_bench.station.window.on_scanned("ROLL-0099")
    web_bench.settle()
    assert StartRoll("ROLL-0099", "王芳") in web_bench.engine.commands and web_bench.desk.asking is None
    web_bench.station.window.on_scanned("SN-1")
    web_bench.settle()
    assert not any(isinstance(command, StartRoll) and command.roll == "SN-1" for command in web_bench.engine.commands)


def test_a_question_about_a_roll_can_be_dropped(web_bench: WebBench) -> None:
    web_bench.tap(web_bench.pane.roll)
    web_bench.tap(web_bench.screen.question.cancel)
    assert web_bench.desk.asking is None and web_bench.engine.roll == ""


def test_stretches_fill_the_map_and_the_list_and_are_parts(web_bench: WebBench) -> None:
    web_bench.start_roll("A")
    web_bench.move(*(500,) * 8)
    roll = web_bench.web.roll
    assert roll is not None and len(roll.stretches) == 4 and roll.defects
    rows = web_bench.pane.defects.rows()
    assert [number for number, _, _ in rows] == list(range(len(roll.defects), 0, -1))
    assert all(" m · " in place and " mm" in place for _, place, _ in rows)
    shown = web_bench.desk.shown
    assert shown is not None and shown.part_id == roll.stretches[-1].part_id
    assert web_bench.screen.part.accessibleName().strip() == "A · 0.60–0.80 m"
    failed = [stretch.verdict for stretch in roll.stretches].count(VerdictKind.FAIL)
    assert f"NG {failed}" in web_bench.pane.map.accessibleName()
    assert len(web_bench.pane.map.accessibleName()) > 10


def test_a_finding_lies_so_many_millimetres_from_the_front_edge(web_bench: WebBench) -> None:
    web_bench.engine.spec = WebSpec(width=1024, flaw_rate=1.0)
    web_bench.start_roll("A")
    web_bench.move(1000)
    shown = web_bench.desk.shown
    assert shown is not None and shown.inspected.verdict is VerdictKind.FAIL
    first = shown.inspected.findings[0]
    expected = f"{first.box.y * 0.2:.1f} mm along, {first.box.x * 0.2:.1f} mm across"
    assert web_bench.screen.findings.lines()[0].endswith(expected)


def test_a_defect_is_marked_on_the_web_where_it_was_found(web_bench: WebBench) -> None:
    web_bench.engine.spec = WebSpec(width=1024, flaw_rate=1.0)
    web_bench.start_roll("A")
    web_bench.move(1000)
    roll, pane = web_bench.web.roll, web_bench.pane
    assert roll is not None and roll.start_line == 800
    web_bench.shown(lambda: pane.waterfall.view is not None and pane.waterfall.view.end == 1800)
    image = pane.waterfall.grab().toImage()
    pane.waterfall.set_marks_hidden(True)
    assert image != pane.waterfall.grab().toImage()


def test_lost_lines_alarm_until_somebody_has_seen_them(web_bench: WebBench) -> None:
    seen, readouts = web_bench.pane.seen, web_bench.pane.readouts
    assert not seen.isEnabled()
    web_bench.engine.lost = (LineSpan(850, 900),)
    web_bench.move(200)
    assert seen.isEnabled() and _has(readouts, LIGHT.ng.fill)
    web_bench.move(200)
    assert seen.isEnabled(), "it stays although no more are lost"
    web_bench.tap(seen)
    assert not seen.isEnabled() and not _has(readouts, LIGHT.ng.fill)
    assert "Lost lines 50" in readouts.accessibleName(), "the number stays"


def _has(widget: QWidget, colour: str) -> bool:
    image = widget.grab().toImage()
    y = image.height() // 8
    return any(image.pixelColor(x, y).name() == QColor(colour).name() for x in range(0, image.width(), 3))


def test_drift_is_said_with_the_figures(web_bench: WebBench) -> None:
    web_bench.engine.drift = "Column 12 has become 8% darker than when the run began: clean the lens and the light, "
    web_bench.engine.drift += "then teach the flat field again."
    web_bench.move(100)
    assert web_bench.pane.readouts.sentence() == (web_bench.engine.drift, True)
    web_bench.engine.drift, web_bench.engine.scale = "", replace(web_bench.engine.scale, mm_per_line=0.4)
    web_bench.move(100)
    assert "2.000 times as long" in web_bench.pane.readouts.sentence()[0]


def test_a_frozen_web_says_so_and_runs_on_at_a_touch(web_bench: WebBench) -> None:
    pane = web_bench.pane
    web_bench.shown(lambda: pane.waterfall.drawn is not None)
    web_bench.tap(pane.freeze)
    assert (pane.waterfall.is_frozen, pane.freeze.caption) == (True, "Live")
    web_bench.tap(pane.freeze)
    assert (pane.waterfall.is_frozen, pane.freeze.caption) == (False, "Freeze")
    web_bench.drag(pane.waterfall, QPoint(200, 100), QPoint(200, 180))
    assert (pane.waterfall.is_frozen, pane.freeze.caption) == (True, "Live")


def test_looking_back_shows_the_part_s_image_and_then_the_web_again(web_bench: WebBench) -> None:
    web_bench.start_roll("A")
    web_bench.move(1000, 1000, 1000)
    web_bench.desk.look_back(1)
    assert web_bench.screen.images.isVisible() and not web_bench.screen.web.isVisible()
    web_bench.desk.return_to_live()
    web_bench.settle()
    assert web_bench.screen.web.isVisible() and web_bench.web.watched == CAMERA


def test_a_missed_defect_is_drawn_on_the_image(web_bench: WebBench) -> None:
    web_bench.engine.spec = WebSpec(width=1024, flaw_rate=0.0)
    web_bench.start_roll("A")
    web_bench.move(1000)
    web_bench.desk.do(Deed.MISSED_DEFECT)
    assert web_bench.screen.images.isVisible()
    web_bench.desk.do(Deed.CANCEL)
    assert web_bench.screen.web.isVisible()


def test_a_camera_that_is_lost_and_a_watch_that_is_taken_away_are_said(web_bench: WebBench) -> None:
    waterfall = web_bench.pane.waterfall
    web_bench.settle(CameraChanged(CAMERA, is_live=False))
    assert "Camera web is not connected" in waterfall.accessibleName()
    web_bench.settle(CameraChanged(CAMERA, is_live=True))
    assert waterfall.accessibleName() == "Web"
    web_bench.engine.watched_camera = ""
    web_bench.settle(CameraWatched("", ""))
    assert web_bench.engine.commands[-1] == WatchCamera(CAMERA), "it is asked for again while the web is shown"


def test_a_watch_of_another_screen_is_left_alone_until_it_ends(web_bench: WebBench) -> None:
    web_bench.engine.commands.clear()
    web_bench.settle(CameraWatched("top", "live"))
    web_bench.move(100)
    assert web_bench.engine.commands == [] and "not watched" in web_bench.pane.waterfall.accessibleName()
    web_bench.settle(CameraWatched("", ""))
    web_bench.settle()
    assert web_bench.engine.commands == [WatchCamera(CAMERA)] and web_bench.pane.waterfall.accessibleName() == "Web"


def test_without_an_engine_what_was_read_last_is_grey(web_bench: WebBench) -> None:
    web_bench.start_roll("A")
    web_bench.move(1000)
    web_bench.engine.die()
    web_bench.shown(lambda: not web_bench.desk.state.is_connected)
    assert not web_bench.web.is_live and not web_bench.pane.roll.isEnabled()
    assert "does not answer" in web_bench.pane.waterfall.accessibleName()
    assert web_bench.pane.defects.heading()[0] == "Roll A", "the map stays"
    web_bench.engine.watched_camera = ""
    web_bench.engine.revive()
    web_bench.shown(lambda: web_bench.engine.watched_camera == CAMERA)
    web_bench.engine.line = 5000
    web_bench.move(100)
    assert web_bench.pane.roll.isEnabled() and web_bench.pane.waterfall.accessibleName() == "Web"
    web_bench.shown(lambda: _held(web_bench) == LineSpan(4500, 5100))


def _held(bench: WebBench) -> LineSpan | None:
    drawn = bench.pane.waterfall.drawn
    return drawn.held if drawn is not None else None


def test_run_and_pause_work_as_ever(web_bench: WebBench) -> None:
    web_bench.tap(web_bench.screen.bar.buttons[Deed.RUN_PAUSE])
    assert web_bench.engine.commands[-1] == Start()
