"""From screen to screen: nothing of the line is lost, and no answer is given to a part that is not seen."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import Disposition, VerdictKind
from station_app.core.messages import (
    AcknowledgeAlarm,
    AlarmRaised,
    EngineState,
    OverrideRecorded,
    Pause,
    Priority,
    RecordOverride,
    SetSerial,
    Start,
)
from station_app.gui.actions import Deed
from station_app.gui.answers import Reason
from station_app.gui.screens import ENTRIES, ScreenName
from tests.gui.conftest import Bench
from tests.gui.fake_engine import NOW_MS, part

ALARM = AlarmRaised("storage", Priority.HIGH, "the disk is full", "data", "make room on the disk", NOW_MS)


def _open(bench: Bench) -> None:
    bench.station.ways.go(ScreenName.SETUP)
    bench.tell()


def _is_seen(bench: Bench, widget: QWidget) -> bool:
    """Whether its middle is what a person sees there, whole."""
    window = bench.station.window
    middle = widget.mapTo(window, QPoint(widget.width() // 2, widget.height() // 2))
    found = window.childAt(middle)
    return widget.isVisible() and found is not None and (found is widget or widget.isAncestorOf(found))


def _glance(bench: Bench) -> str:
    return bench.station.workplace.glance.sentence()


def test_the_rail_takes_no_room_from_the_operator(bench: Bench) -> None:
    screen, workplace = bench.station.screen, bench.station.workplace
    before = [piece.geometry() for piece in (screen.images, screen.verdict, screen.bar, screen.strip)]
    assert not workplace.rail.isVisible()
    bench.tap(screen.top.menu)
    assert _is_seen(bench, workplace.rail) and not _is_seen(bench, screen.tools)
    for piece in (screen.images, screen.verdict, screen.strip, screen.counters, screen.top, screen.alarm):
        assert _is_seen(bench, piece)
    for button in screen.bar.buttons.values():
        assert _is_seen(bench, button)
    assert [piece.geometry() for piece in (screen.images, screen.verdict, screen.bar, screen.strip)] == before
    bench.tap(screen.top.menu)
    assert not workplace.rail.isVisible()


def test_every_screen_has_its_way_and_its_way_back(bench: Bench) -> None:
    assert set(bench.station.workplace.rail.buttons) == {entry.name for entry in ENTRIES} == set(ScreenName)
    for name in set(ScreenName) - {ScreenName.RUN}:
        bench.station.ways.go(name)
        workplace = bench.station.workplace
        assert _is_seen(bench, workplace.rail.buttons[ScreenName.RUN]) and _is_seen(bench, workplace.glance.button)
        assert workplace.pages[name].isVisible() and not _is_seen(bench, bench.station.screen.images)
        bench.tap(workplace.rail.buttons[ScreenName.RUN])
        assert bench.station.ways.here is ScreenName.RUN and _is_seen(bench, bench.station.screen.images)
        assert not workplace.rail.isVisible(), "chosen, the rail closes"


def test_the_home_key_opens_the_menu_and_leads_back(bench: Bench) -> None:
    for is_open in (True, False):
        _key(bench, Qt.Key.Key_Home)
        assert bench.station.workplace.is_rail_open == is_open
    _open(bench)
    _key(bench, Qt.Key.Key_Home)
    assert bench.station.ways.here is ScreenName.RUN
    _open(bench)
    bench.station.window.on_scanned("CMD:HOME")
    assert bench.station.ways.here is ScreenName.RUN


def _key(bench: Bench, key: Qt.Key) -> None:
    QTest.keyClick(bench.station.window, key)
    bench.qtbot.waitUntil(lambda: not bench.station.scanner.is_holding)
    bench.settle()


def test_alarm_verdict_and_state_stay_in_sight(bench: Bench) -> None:
    bench.tell(part(1))
    _open(bench)
    bench.tell(ALARM, part(2, VerdictKind.FAIL, preview_sequence=0))
    screen, workplace = bench.station.screen, bench.station.workplace
    for piece in (screen.top, screen.alarm, screen.alarm.button, workplace.engine, workplace.glance):
        assert _is_seen(bench, piece)
    assert "disk is full" in screen.alarm.accessibleName()
    assert "NG" in _glance(bench) and "93402" in _glance(bench)
    bench.tap(screen.alarm.button)
    assert bench.engine.commands[-1] == AcknowledgeAlarm("storage", "王芳")


def test_parts_that_wait_are_counted_until_somebody_comes(bench: Bench) -> None:
    _open(bench)
    bench.tell(part(1, VerdictKind.REVIEW, preview_sequence=0), part(2, VerdictKind.NO_RESULT, preview_sequence=0))
    assert "wait for you: 2" in _glance(bench) and "NO RESULT" in _glance(bench)
    bench.tell(*(part(number) for number in range(3, 40)))
    assert "wait for you: 2" in _glance(bench), "good parts after them change nothing, nor does the strip's end"
    assert bench.station.workplace.rail.buttons[ScreenName.RUN].kind is VerdictKind.NO_RESULT
    bench.tell(OverrideRecorded(1, 1, Disposition.AGREE, "Anna", Disposition.AGREE))
    assert "wait for you: 1" in _glance(bench)
    bench.station.ways.go_to_line()
    _open(bench)
    assert "wait" not in _glance(bench)


def test_what_came_meanwhile_is_on_the_operators_screen(bench: Bench) -> None:
    _open(bench)
    bench.tell(*(part(number, VerdictKind.FAIL, preview_sequence=0) for number in range(1, 6)))
    bench.station.ways.go_to_line()
    shown = bench.station.desk.shown
    assert shown is not None and shown.part_id == 5 and len(bench.station.desk.state.strip) == 5
    bench.press(Deed.FALSE_REJECT)
    bench.station.desk.choose(Reason.DUST)
    bench.settle()
    assert [c.part_id for c in bench.engine.commands if isinstance(c, RecordOverride)] == [5]


@pytest.mark.parametrize("key", ["F1", "F2", "F3", "F4", "F9", "F10", "LEFT", "RIGHT"])
def test_no_answer_is_given_to_a_part_that_is_not_seen(bench: Bench, key: str) -> None:
    bench.tell(part(1, VerdictKind.FAIL, preview_sequence=0))
    _open(bench)
    bench.station.window.on_scanned(f"CMD:{key}")
    bench.settle()
    assert not [c for c in bench.engine.commands if isinstance(c, RecordOverride)]
    assert bench.station.desk.asking is None
    assert "go back to the line" in bench.station.workplace.engine.sentence()


def test_elsewhere_the_line_can_be_stopped_but_not_started(bench: Bench) -> None:
    _open(bench)
    bench.station.ways.do(Deed.RUN_PAUSE)
    bench.settle()
    assert Pause() in bench.engine.commands and bench.station.desk.state.engine is EngineState.PAUSED
    bench.station.ways.do(Deed.RUN_PAUSE)
    bench.settle()
    assert not [c for c in bench.engine.commands if isinstance(c, Start)]


def test_scans_still_count(bench: Bench) -> None:
    _open(bench)
    bench.station.window.on_scanned("2A17-0093413")
    bench.settle()
    assert bench.engine.commands[-1] == SetSerial("2A17-0093413")
    assert "2A17-0093413" in bench.station.workplace.engine.sentence()


def test_an_answer_is_finished_before_another_screen_is_opened(bench: Bench) -> None:
    bench.tell(part(1, VerdictKind.FAIL, preview_sequence=0))
    bench.press(Deed.FALSE_REJECT)
    bench.station.ways.go(ScreenName.SETUP)
    assert bench.station.screen.question.isVisible() and not bench.station.setup.isVisible()
    bench.station.desk.cancel()
    bench.station.ways.go(ScreenName.SETUP)
    assert bench.station.setup.isVisible()


def test_a_question_stands_before_the_other_screen(bench: Bench) -> None:
    _open(bench)
    bench.station.desk.ask_operator()
    assert _is_seen(bench, bench.station.screen.question.cancel)
    bench.station.ways.do(Deed.CANCEL)
    assert bench.station.desk.asking is None and bench.station.ways.here is ScreenName.SETUP


def test_zoom_keys_belong_to_the_picture_in_sight(bench: Bench) -> None:
    _open(bench)
    before = bench.station.screen.canvas.viewport
    bench.station.ways.do(Deed.ZOOM_IN)
    assert bench.station.screen.canvas.viewport == before


def test_language_and_light_reach_every_screen(bench: Bench) -> None:
    _open(bench)
    workplace = bench.station.workplace
    bench.tap(bench.station.screen.top.language)
    assert workplace.glance.button.caption == "返回产线" and bench.station.setup.shoot.caption == "试拍"
    bench.tap(bench.station.screen.top.theme)
    dim = workplace.grab().toImage().pixelColor(workplace.width() - 2, workplace.height() - 2).lightness()
    assert dim < 60
    bench.tap(bench.station.screen.top.language)
