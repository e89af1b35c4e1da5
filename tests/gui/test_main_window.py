"""Keys, scans, language and light."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from station_app.core.inspection import Disposition, VerdictKind
from station_app.core.messages import Pause, RecordOverride, SetSerial, SignIn
from station_app.gui import main_window
from station_app.gui.actions import Deed
from station_app.gui.questions import Asking
from station_app.gui.scan import ScanRejected
from station_app.gui.screens import ScreenName
from station_app.gui.theme import DIM, LIGHT
from tests.gui.conftest import Bench
from tests.gui.fake_engine import part


def _key(bench: Bench, key: Qt.Key) -> None:
    """A person's key: held back until the scanner's rhythm is ruled out."""
    QTest.keyClick(bench.station.screen, key)
    bench.qtbot.waitUntil(lambda: not bench.station.scanner.is_holding)
    bench.settle()


def test_every_answer_has_its_key(bench: Bench) -> None:
    bench.tell(part(1, VerdictKind.FAIL, preview_sequence=0))
    _key(bench, Qt.Key.Key_F2)
    assert bench.station.desk.asking is Asking.REASON
    _key(bench, Qt.Key.Key_3)
    assert [c.reason for c in bench.engine.commands if isinstance(c, RecordOverride)] == ["within_limit_sample"]
    _key(bench, Qt.Key.Key_F12)
    assert bench.engine.commands[-1] == Pause()


def test_space_and_enter_do_nothing(bench: Bench) -> None:
    bench.tell(part(1, VerdictKind.FAIL, preview_sequence=0))
    _key(bench, Qt.Key.Key_Space)
    _key(bench, Qt.Key.Key_Return)
    assert bench.engine.commands == []


def test_a_scan_is_a_command_a_badge_or_a_serial_number(bench: Bench) -> None:
    bench.tell(part(1, VerdictKind.PASS, preview_sequence=0))
    for text in ("CMD:F12", "OP:Anna", "2A17-0093413"):
        QTest.keyClicks(bench.station.screen, text)
        QTest.keyClick(bench.station.screen, Qt.Key.Key_Return)
        bench.settle()
    assert bench.engine.commands == [Pause(), SignIn("Anna"), SetSerial("2A17-0093413")]
    assert bench.station.screen.engine.sentence() == "Next part: 2A17-0093413"


def test_what_a_scan_cannot_do_is_said(bench: Bench) -> None:
    for key in ("F8", "F13", "0"):
        bench.station.window.on_scanned(f"CMD:{key}")
        assert f"Unknown command code {key}" == bench.station.screen.engine.sentence()
    bench.station.window.on_scan_rejected(ScanRejected(is_too_long=True))
    assert "too long" in bench.station.screen.engine.sentence()
    bench.tell()
    QTest.keyClicks(bench.station.screen, "bad?serial")
    QTest.keyClick(bench.station.screen, Qt.Key.Key_Return)
    bench.settle()
    assert bench.station.screen.engine.sentence() == "Not taken: bad?serial is no serial number of this recipe"


def test_a_false_reject_is_given_by_scanner_alone(bench: Bench) -> None:
    bench.tell(part(1, VerdictKind.FAIL, preview_sequence=0))
    for text in ("CMD:F2", "CMD:3"):
        bench.station.window.on_scanned(text)
        bench.settle()
    assert [c.reason for c in bench.engine.commands if isinstance(c, RecordOverride)] == ["within_limit_sample"]
    bench.station.window.on_scanned("CMD:3")
    assert "Unknown command" in bench.station.screen.engine.sentence()


def test_spaces_in_a_scan_press_nothing(bench: Bench) -> None:
    bench.tell(part(1, VerdictKind.FAIL, preview_sequence=0))
    bench.tap(bench.station.screen.tools.buttons[Deed.ZOOM_IN])
    assert not isinstance(QApplication.focusWidget(), QAbstractButton)
    QTest.keyClicks(bench.station.screen, "A B  C")
    QTest.keyClick(bench.station.screen, Qt.Key.Key_Return)
    bench.settle()
    assert bench.engine.commands == [SetSerial("A B  C")]


def test_a_finger_answers(bench: Bench) -> None:
    bench.tell(part(1, VerdictKind.FAIL, preview_sequence=0))
    bench.station.window.resize(800, 600)  # touch is for what lies on the screen, and the offscreen one is small
    button = bench.station.screen.bar.buttons[Deed.AGREE]
    finger, spot = QTest.touchEvent(button, QTest.createTouchDevice()), button.rect().center()
    finger.press(0, spot, button)
    finger.commit()
    finger.release(0, spot, button)
    finger.commit()
    bench.settle()
    assert [c.disposition for c in bench.engine.commands if isinstance(c, RecordOverride)] == [Disposition.AGREE]


def test_marks_are_hidden_while_the_key_is_held(bench: Bench) -> None:
    canvas, screen = bench.station.screen.canvas, bench.station.screen
    QTest.keyPress(screen, Qt.Key.Key_F8)
    bench.qtbot.waitUntil(lambda: canvas.are_marks_hidden)
    QTest.keyRelease(screen, Qt.Key.Key_F8)
    bench.qtbot.waitUntil(lambda: not canvas.are_marks_hidden)
    canvas.set_marks_hidden(True)
    bench.station.window.hide()  # the key is let go elsewhere
    bench.qtbot.waitUntil(lambda: not canvas.are_marks_hidden)


def test_nothing_in_the_window_polls(bench: Bench) -> None:
    timers = bench.station.window.findChildren(QTimer)
    assert timers and all(timer.isSingleShot() for timer in timers)


def test_a_badge_completes_a_waiting_answer(bench: Bench) -> None:
    bench.tell(replace(bench.engine.station, operator=""), part(1, VerdictKind.FAIL, preview_sequence=0))
    _key(bench, Qt.Key.Key_F1)
    assert bench.station.desk.asking is Asking.SIGN_IN
    bench.station.window.on_scanned("OP:Li Lei")
    bench.settle()
    assert [c.operator for c in bench.engine.commands if isinstance(c, RecordOverride)] == ["Li Lei"]


def test_a_name_is_typed_into_the_field_and_nowhere_else(bench: Bench) -> None:
    bench.tap(bench.station.screen.top.operator)
    field = bench.station.screen.question.field
    for key in (Qt.Key.Key_L, Qt.Key.Key_1):
        QTest.keyClick(field, key)
        bench.qtbot.waitUntil(lambda: not bench.station.scanner.is_holding)
    assert field.text().lower() == "l1" and bench.station.desk.asking is Asking.SIGN_IN


def test_language_and_light_change_while_it_runs(bench: Bench) -> None:
    bench.tell(part(1, VerdictKind.FAIL, preview_sequence=0))
    screen = bench.station.screen
    size = bench.station.window.size()
    bench.tap(screen.top.language)
    bench.qtbot.waitUntil(lambda: screen.verdict.accessibleName().split(" ")[1] == "不合格")
    assert bench.station.window.language == "zh_CN" and screen.top.language.caption == "EN"
    bench.tap(screen.top.theme)
    assert screen.theme is DIM
    bench.tap(screen.top.language)
    assert bench.station.window.language == "en" and bench.station.window.size() == size


def _seen_between_the_pieces(bench: Bench) -> set[str]:
    """Colours that stand on the display just below the alarm line and at the lower edge, where no piece lies."""
    window, screen = bench.station.window, bench.station.screen
    seen = window.screen().grabWindow(window.winId()).toImage()
    spots = (QPoint(window.width() // 2, window.height() - 1), QPoint(1, screen.tools.y() - 1))
    return {seen.pixelColor(spot).name().upper() for spot in spots}


def _wait_for_background(bench: Bench, colour: str) -> None:
    bench.qtbot.waitUntil(lambda: _seen_between_the_pieces(bench) == {colour})


def test_other_colours_reach_what_lies_between_the_pieces(bench: Bench) -> None:
    for here in (ScreenName.RUN, ScreenName.SETUP):
        bench.station.ways.go(here)
        for theme in (DIM, LIGHT):
            bench.tap(bench.station.screen.top.theme)
            _wait_for_background(bench, theme.background)


def test_the_window_comes_back_where_it_was(bench: Bench) -> None:
    window = bench.station.window
    assert not window.restore_place()
    window.resize(800, 600)
    window.close()
    window.resize(800, 500)
    assert window.restore_place() and window.height() == 600


def test_the_window_only_lays_out() -> None:
    with open(main_window.__file__, encoding="utf-8") as source:
        assert len(source.readlines()) <= 200
