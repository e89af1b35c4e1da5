"""Keys, scans, language and light."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from station_app.core.inspection import VerdictKind
from station_app.core.messages import Pause, RecordOverride, SetSerial, SignIn
from station_app.gui import main_window
from station_app.gui.questions import Asking
from station_app.gui.scan import ScanRejected
from station_app.gui.theme import DIM
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
    bench.station.window.on_scanned("CMD:F11")
    assert "F11" in bench.station.screen.engine.sentence()
    bench.station.window.on_scan_rejected(ScanRejected(is_too_long=True))
    assert "too long" in bench.station.screen.engine.sentence()
    bench.tell()
    QTest.keyClicks(bench.station.screen, "bad?serial")
    QTest.keyClick(bench.station.screen, Qt.Key.Key_Return)
    bench.settle()
    assert "not valid" in bench.station.screen.engine.sentence()


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


def test_the_window_only_lays_out() -> None:
    with open(main_window.__file__, encoding="utf-8") as source:
        assert len(source.readlines()) <= 200
