"""Rules that every state of the screen keeps, in every language and on both screens."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from station_app.core.inspection import Disposition, NoResultReason, VerdictKind
from station_app.core.messages import AlarmRaised, Counters, EngineState, Event, OverrideRecorded, Priority
from station_app.core.model_messages import ModelsReported, ModelStage, ModelState
from station_app.core.serial import CodeRefusal, SerialRules
from station_app.core.serial_messages import CodeRefused, SerialWaiting
from station_app.core.sync_messages import SyncReported, SyncState
from station_app.gui import texts
from station_app.gui.alarm_texts import KNOWN
from station_app.gui.answers import Draft
from station_app.gui.camera_pane import CameraPane
from station_app.gui.frames import StoredFrame
from station_app.gui.language import CHINESE, ENGLISH, STRETCHED, Language
from station_app.gui.operator_screen import OperatorScreen, View
from station_app.gui.pane import Pane
from station_app.gui.questions import Asking, question_for
from station_app.gui.screen_state import Notice, ScreenState, after, disconnected
from station_app.gui.sentences import NOT_RECORDED, OF_THE_ENGINE, sentence
from station_app.gui.snapshot import draw_screen
from station_app.gui.touch_button import TouchButton
from tests.gui.fake_engine import NOW_MS, STATION, FakePreview, housing, part, scratch

W = TypeVar("W", bound=QWidget)
SIZES = {"21.5 inch": ((1920, 1080), 4.03), "15.6 inch": ((1366, 768), 3.955)}
PIXELS = housing(size=(256, 306))
FINDINGS = scratch(PIXELS.copy())
LONG_SERIAL = "2A17-0093413-REV-C-L77-2025"
FAILURE = "the data folder cannot be written (/var/lib/inspection-station): make it writable or choose another folder"
COUNTERS = Counters(48_510, 48_100, 373, 22, 12, 3)
ALARM = AlarmRaised("storage", Priority.HIGH, "the disk is full", "data", "make room on the disk", NOW_MS, 12)


def _state(verdict: VerdictKind, reason: NoResultReason | None = None) -> ScreenState:
    inspected = replace(part(1, verdict), findings=FINDINGS if verdict is not VerdictKind.PASS else ())
    inspected = replace(inspected, counters=COUNTERS, reason=reason or inspected.reason)
    return after(after(after(ScreenState(), STATION), inspected), ALARM)


def _looped(sync: SyncReported) -> ScreenState:
    """A package that decides some of the parts, and records that wait or are refused."""
    canary = ModelState("ab" * 32, "demo-housing", "1.13.0", STATION.recipe, "top", ModelStage.CANARY, 1, share=0.25)
    state = replace(_state(VerdictKind.PASS), alarms=(), clock_ms=119 * 60_000)
    return after(after(state, ModelsReported((canary,))), sync)


def _show(screen: OperatorScreen, state: ScreenState, asking: Asking | None = None) -> None:
    dispositions = {Asking.REASON: Disposition.FALSE_REJECT, Asking.DEFECT: Disposition.MISSED_DEFECT}
    draft = Draft(1, dispositions[asking], "A") if asking in dispositions else None
    question = question_for(asking, draft, state, ("李雷", "Anna Schmidt"))
    screen.show_view(state, View(state.newest, asking is None and state.pinned is not None, question))
    screen.grab()


def _show_cameras(
    screen: OperatorScreen, count: int, enlarged: str = "", verdict: VerdictKind = VerdictKind.FAIL, page: int = 0
) -> None:
    """So many cameras, the last of which keeps the part from an OK and the first of which has no image."""
    cameras = ("top", "left side", "右侧", "back", "inside", "label")[:count]
    findings = tuple(replace(finding, camera_id=cameras[-1]) for finding in FINDINGS)
    reason = NoResultReason.FRAME_LOST if verdict is VerdictKind.NO_RESULT else None
    inspected = replace(part(1, verdict), counters=COUNTERS, findings=findings, reason=reason)
    inspected = replace(inspected, alerts=((cameras[-1], verdict),))
    state = after(after(ScreenState(), replace(STATION, camera_ids=cameras)), inspected)
    screen.show_view(state, View(state.newest))
    screen.images.show_frames(1, [StoredFrame(camera_id, PIXELS) for camera_id in cameras[1:]])
    screen.images.show_all()
    while screen.images.arrangement.page != page:
        screen.images.more.tapped.emit()
    screen.images.enlarge(enlarged)
    screen.show_view(state, View(state.newest))
    screen.grab()


def _show_serial(screen: OperatorScreen, *told: Event, asking: Asking | None = None) -> None:
    """A recipe with scanned numbers, and what was said of them."""
    station = replace(STATION, serial=SerialRules(is_required=True))
    state = after(_state(VerdictKind.FAIL), station)
    for event in told:
        state = after(state, event)
    _show(screen, state, asking)


def _draw_on_cameras(screen: OperatorScreen) -> None:
    """The question while none of three cameras is enlarged."""
    _show_cameras(screen, 3)
    state = after(ScreenState(), replace(STATION, camera_ids=("top", "left side", "右侧")))
    state = after(state, part(1))
    draft = Draft(1, Disposition.MISSED_DEFECT, "A")
    question = question_for(Asking.DEFECT, draft, state, (), is_grid=True)
    screen.show_view(state, View(state.newest, question=question, is_drawing=True))
    screen.grab()


CAMERA_STATES: dict[str, Callable[[OperatorScreen], None]] = {
    "two cameras": lambda screen: _show_cameras(screen, 2),
    "three cameras": lambda screen: _show_cameras(screen, 3, verdict=VerdictKind.REVIEW),
    "three, none from one": lambda screen: _show_cameras(screen, 3, verdict=VerdictKind.NO_RESULT),
    "four, one enlarged": lambda screen: _show_cameras(screen, 4, enlarged="left side"),
    "six cameras": lambda screen: _show_cameras(screen, 6),
    "six, one enlarged": lambda screen: _show_cameras(screen, 6, enlarged="右侧"),
    "six, second page": lambda screen: _show_cameras(screen, 6, page=1),
    "where to draw": _draw_on_cameras,
}
STATES: dict[str, Callable[[OperatorScreen], None]] = {
    "ok": lambda screen: _show(screen, _state(VerdictKind.PASS)),
    "ng": lambda screen: _show(screen, _state(VerdictKind.FAIL)),
    "review": lambda screen: _show(screen, _state(VerdictKind.REVIEW)),
    "empty": lambda screen: _show(screen, ScreenState()),
    "offline": lambda screen: _show(screen, disconnected(_state(VerdictKind.FAIL), NOT_RECORDED)),
    "failed": lambda screen: _show(screen, replace(ScreenState(), failure=FAILURE)),
    "paused": lambda screen: _show(screen, replace(_state(VerdictKind.PASS), engine=EngineState.PAUSED)),
    "reason": lambda screen: _show(screen, _state(VerdictKind.FAIL), Asking.REASON),
    "defect": lambda screen: _show(screen, _state(VerdictKind.PASS), Asking.DEFECT),
    "sign in": lambda screen: _show(screen, _state(VerdictKind.PASS), Asking.SIGN_IN),
    "recipe": lambda screen: _show(screen, _state(VerdictKind.PASS), Asking.RECIPE),
    "next number": lambda screen: _show_serial(screen, SerialWaiting(LONG_SERIAL)),
    "number refused": lambda screen: _show_serial(screen, CodeRefused(LONG_SERIAL, CodeRefusal.UNCHECKED)),
    "number wanted": _show_serial,
    "number typed": lambda screen: _show_serial(screen, SerialWaiting("2A17-0093413"), asking=Asking.SERIAL),
    "on trial": lambda screen: _show(screen, _looped(SyncReported(SyncState.WAITING, oldest_ms=1))),
    "sync refused": lambda screen: _show(screen, _looped(SyncReported(SyncState.REFUSED))),
    "recorded": lambda screen: _show(
        screen,
        after(
            _state(VerdictKind.FAIL),
            OverrideRecorded(1, 1, Disposition.FALSE_REJECT, "王芳", Disposition.FALSE_REJECT),
        ),
    ),
    **CAMERA_STATES,
}


@pytest.fixture(params=[ENGLISH, CHINESE, STRETCHED])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    spoken = Language(qapp)
    spoken.switch(request.param)
    assert spoken.current == request.param, "the catalogue is missing"
    yield request.param
    spoken.switch(ENGLISH)


@pytest.fixture(params=list(SIZES))
def screen(request: pytest.FixtureRequest, qapp: QApplication, language: str) -> Iterator[OperatorScreen]:
    size, px_per_mm = SIZES[request.param]
    screen = draw_screen(ScreenState(), None, size)
    screen.set_px_per_mm(px_per_mm)
    preview = FakePreview(1, 1, "top", PIXELS)
    screen.images.show_frames(preview.part_id, preview.frames)
    yield screen
    screen.deleteLater()


def _visible(screen: OperatorScreen, kind: type[W]) -> list[W]:
    return [widget for widget in screen.findChildren(kind) if widget.isVisibleTo(screen)]


def test_no_text_is_cut_off(screen: OperatorScreen) -> None:
    for name, show in STATES.items():
        show(screen)
        clipped = [w for w in _visible(screen, QWidget) if isinstance(w, (Pane, TouchButton)) and w.is_clipped]
        assert not clipped, (name, [(type(w).__name__, w.accessibleName()) for w in clipped])


def test_every_reason_for_no_result_fits(screen: OperatorScreen) -> None:
    for reason in NoResultReason:
        _show(screen, _state(VerdictKind.NO_RESULT, reason))
        assert not screen.findings.is_clipped, reason


def test_every_sentence_fits(screen: OperatorScreen) -> None:
    for source in (NOT_RECORDED, *OF_THE_ENGINE):
        _show(screen, replace(_state(VerdictKind.PASS), notice=Notice(source)))
        assert sentence(source) in screen.engine.accessibleName() and not screen.engine.is_clipped, source


def test_every_alarm_fits(screen: OperatorScreen) -> None:
    for code in KNOWN:
        alarm = replace(ALARM, code=code, where="/var/lib/inspection-station/station.sqlite", remedy="")
        _show(screen, after(after(_state(VerdictKind.PASS), alarm), replace(ALARM, code="other")))
        assert not screen.alarm.is_clipped, code


def test_nothing_grows_with_the_text(screen: OperatorScreen, language: str) -> None:
    size, places = screen.size(), [child.geometry() for child in screen.findChildren(QWidget)][:3]
    STATES["ng"](screen)
    assert screen.size() == size
    assert [child.geometry() for child in screen.findChildren(QWidget)][:3] == places


def test_targets_are_twenty_millimetres(screen: OperatorScreen) -> None:
    least = round(20 * screen.width() / 476.6) if screen.width() == 1920 else round(20 * 3.955)
    strips = {screen.top, screen.alarm}  # 14 mm high by design, and never needed in a hurry
    for name, show in STATES.items():
        show(screen)
        for button in _visible(screen, QAbstractButton):
            is_in_strip = button.parentWidget() in strips
            assert button.width() >= least - 1, (name, button.accessibleName())
            assert is_in_strip or button.height() >= round(least * 0.98) - 5, (name, button.accessibleName())


def test_panes_are_targets_with_names_and_never_take_the_keyboard(screen: OperatorScreen) -> None:
    px_per_mm = screen.bar.height() / 22
    for name, show in CAMERA_STATES.items():
        show(screen)
        shown = _visible(screen, CameraPane)
        assert len(shown) == min(4, len(screen.images.arrangement.on_page)), name
        for pane in shown:
            assert min(pane.width(), pane.height()) >= 20 * px_per_mm - 1, (name, pane.camera_id)
            assert pane.focusPolicy() is Qt.FocusPolicy.NoFocus and pane.canvas.focusPolicy() is Qt.FocusPolicy.NoFocus
            assert pane.camera_id in pane.accessibleName(), name
            assert screen.images.rect().contains(pane.geometry()) and pane.rect().contains(pane.canvas.geometry())


def test_an_alert_is_a_symbol_and_never_colour_alone(screen: OperatorScreen) -> None:
    for kind in (VerdictKind.FAIL, VerdictKind.REVIEW, VerdictKind.NO_RESULT):
        for count, enlarged in ((3, ""), (4, "left side")):
            _show_cameras(screen, count, enlarged, kind)
            pane = next(pane for pane in screen.images.shown if pane.kind is kind)
            colours = screen.theme.verdict(kind)
            picture = pane.grab().toImage()
            header = [
                picture.pixelColor(x, y).name().upper() for x in range(pane.width()) for y in range(pane.canvas.y())
            ]
            assert picture.pixelColor(0, 0).name().upper() == colours.frame
            assert colours.fill in header and colours.ink in header
            assert texts.verdict_word(kind).replace("\n", " ") in pane.accessibleName()


def test_answers_are_apart_and_pause_is_far(screen: OperatorScreen) -> None:
    STATES["ng"](screen)
    boxes = [button.geometry() for button in screen.bar.buttons.values()]
    px_per_mm = screen.bar.height() / 22
    gaps = [after.x() - before.right() for before, after in itertools.pairwise(boxes)]
    assert all(gap >= 5.5 * px_per_mm for gap in gaps) and gaps[-1] >= 29 * px_per_mm
    assert len({(box.width(), box.height()) for box in boxes}) == 1


def test_no_button_can_take_the_keyboard_and_all_have_names(screen: OperatorScreen) -> None:
    for name, show in STATES.items():
        show(screen)
        for button in _visible(screen, QAbstractButton):
            assert button.focusPolicy() is Qt.FocusPolicy.NoFocus, (name, button.accessibleName())
            interface = QAccessible.queryAccessibleInterface(button)
            assert interface.text(QAccessible.Text.Name), (name, button.objectName())
        for pane in (screen.top, screen.alarm, screen.verdict, screen.engine, screen.counters):
            assert pane.accessibleName(), (name, type(pane).__name__)


def test_words_change_with_the_language(screen: OperatorScreen, language: str) -> None:
    STATES["ng"](screen)
    agree = next(iter(screen.bar.buttons.values())).caption
    assert (agree == "Agree") == (language == ENGLISH)
