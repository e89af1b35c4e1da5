"""Rules that every state of the web keeps, in every language and on both screens."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from station_app.core.inspection import ImageQuality, VerdictKind
from station_app.core.lines import LineSpan
from station_app.core.messages import EngineState, Event
from station_app.core.setup_messages import CameraMeasured, CameraWatched, FlatFieldStep, FlatFieldTaught
from station_app.core.web_messages import LinesReported, StretchInspected, WebDefectFound
from station_app.gui.language import CHINESE, ENGLISH, STRETCHED, Language
from station_app.gui.operator_screen import OperatorScreen, View
from station_app.gui.pane import Pane
from station_app.gui.questions import Asking, question_for
from station_app.gui.screen_state import ScreenState, after
from station_app.gui.snapshot import draw_screen
from station_app.gui.touch_button import TouchButton
from station_app.gui.web.flat_steps import FlatTeaching, asked, begun, interrupted, teaching_after
from station_app.gui.web.line_history import LinesPicture
from station_app.gui.web.web_state import WebState, web_after, with_columns, without_engine
from tests.gui.fake_engine import part
from tests.gui.web.moving_web import CAMERA, WEB_STATION

W = TypeVar("W", bound=QWidget)
SIZES = {"21.5 inch": ((1920, 1080), 4.03), "15.6 inch": ((1366, 768), 3.955)}
DRIFT = (
    "Column 4031 has become 12% darker than when the run began: clean the lens and the light, then teach the flat "
    "field again."
)
REPORT = LinesReported(CAMERA, 123_456_789, 1_234_567, 0.0487, 0.1025, 2500.0, 493_827_156, drift=DRIFT)
ROLLING = replace(REPORT, roll="COIL-2026-11-24/0093413-B", roll_start=103_456_789)
COLUMNS = tuple(250.0 if 100 < i < 200 else 8.0 if i > 500 else 120.0 for i in range(512))
MEASURED = CameraMeasured(CAMERA, 1, ImageQuality(120, 0, 0, 1), (1.0,), COLUMNS, first_line=123_456_589)
DEFECTS = tuple(
    WebDefectFound(ROLLING.roll, label, 0.9, 12.345 * n + 100, 1234.5, 300.2, 104.1)
    for n, label in enumerate(("missing_thread", "contamination", "wrong_length") * 40)
)
REFUSALS = (
    "Below 5 % on white in 1234 columns, the first is 4090: give more light, or clean the lens.",
    "A gain above 4 would be needed in 1234 columns, the first is 4090: make the light more even across the web.",
    "Above 25 % with the cap on in 1234 columns, the first is 4090: put the cap on and teach dark again.",
)


def _stretch(number: int) -> StretchInspected:
    verdict = list(VerdictKind)[number % 4]
    missing = 12 if verdict is VerdictKind.NO_RESULT else 0
    return StretchInspected(
        ROLLING.roll, number, number, number * 100.0, number * 100.0 + 100, missing, verdict, DEFECTS
    )


def _web(*reports: LinesReported) -> WebState:
    web = WebState()
    events: tuple[Event, ...] = (*reports, CameraWatched(CAMERA, "live"), MEASURED)
    for event in events:
        web = web_after(web, event)
    return with_columns(web, 4096)


def _roll() -> WebState:
    web = _web(REPORT, ROLLING)
    for number in range(9):
        web = web_after(web, _stretch(number))
    return web


def _show(
    screen: OperatorScreen,
    web: WebState,
    teaching: FlatTeaching | None = None,
    engine: EngineState = EngineState.PAUSED,
    trouble: str = "",
) -> None:
    """The web in this state; with a teaching the page of light and flat field."""
    state = after(after(ScreenState(), replace(WEB_STATION, state=engine)), replace(part(8), serial=""))
    screen.show_web(is_shown=True)
    screen.know_web(web)
    screen.web.show_light(teaching is not None)
    screen.web.show_web(web, teaching or FlatTeaching(), engine)
    screen.web.waterfall.show_trouble(trouble)
    screen.show_view(state, View(state.newest))
    screen.grab()


def _picture(screen: OperatorScreen) -> None:
    pixels = np.full((200, 4096), 120, np.uint8)
    lost = (LineSpan(123_456_620, 123_456_700),)
    screen.web.waterfall.add_picture(LinesPicture(123_456_589, pixels, lost))


def _ask(screen: OperatorScreen, asking: Asking) -> None:
    state = after(ScreenState(), WEB_STATION)
    screen.show_view(state, View(question=question_for(asking, None, state, ())))
    screen.grab()


def _taught(step: FlatFieldStep, *refusals: str) -> FlatTeaching:
    teaching = begun(CAMERA)
    for answer in (FlatFieldStep.DARK, FlatFieldStep.WHITE, FlatFieldStep.SAVE):
        done = FlatFieldTaught(CAMERA, answer, 512, refusals if answer is step else (), "data/flat/web.json")
        teaching = teaching_after(asked(teaching, answer), done, COLUMNS)
        if answer is step:
            break
    return teaching


STATES: dict[str, Callable[[OperatorScreen], None]] = {
    "no picture yet": lambda screen: _show(screen, _web(REPORT)),
    "a roll": lambda screen: _show(screen, _roll()),
    "a roll that ended": lambda screen: _show(screen, web_after(_roll(), REPORT)),
    "square": lambda screen: _show(screen, _web(replace(REPORT, drift="", mm_per_line=0.1025, encoder=None))),
    "stretched": lambda screen: _show(screen, _web(replace(REPORT, drift="", mm_per_line=0.0487))),
    "compressed": lambda screen: _show(screen, _web(replace(REPORT, drift="", mm_per_line=0.487))),
    "not watched": lambda screen: _show(screen, _roll(), trouble=screen.web.tr("Live")),
    "no engine": lambda screen: _show(screen, without_engine(_roll()), engine=EngineState.OFFLINE),
    "flat field": lambda screen: _show(screen, _roll(), FlatTeaching()),
    "no camera": lambda screen: _show(screen, WebState(), FlatTeaching()),
    "dark": lambda screen: _show(screen, _roll(), begun(CAMERA)),
    "taking": lambda screen: _show(screen, _roll(), asked(begun(CAMERA), FlatFieldStep.DARK)),
    "white": lambda screen: _show(screen, _roll(), _taught(FlatFieldStep.DARK)),
    "result": lambda screen: _show(screen, _roll(), _taught(FlatFieldStep.WHITE)),
    "refused": lambda screen: _show(screen, _roll(), _taught(FlatFieldStep.WHITE, *REFUSALS)),
    "saved": lambda screen: _show(screen, _roll(), _taught(FlatFieldStep.SAVE)),
    "running": lambda screen: _show(screen, _roll(), begun(CAMERA), EngineState.RUNNING),
    "interrupted": lambda screen: _show(
        screen, _roll(), interrupted(begun(CAMERA), "The connection was lost: begin again")
    ),
    "which roll": lambda screen: _ask(screen, Asking.ROLL),
    "end of roll": lambda screen: _ask(screen, Asking.STOP_ROLL),
}


@pytest.fixture(params=[ENGLISH, CHINESE, STRETCHED])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    spoken = Language(qapp)
    spoken.switch(request.param)
    yield request.param
    spoken.switch(ENGLISH)


@pytest.fixture(params=list(SIZES))
def screen(request: pytest.FixtureRequest, qapp: QApplication, language: str) -> Iterator[OperatorScreen]:
    size, px_per_mm = SIZES[request.param]
    screen = draw_screen(ScreenState(), None, size)
    screen.set_px_per_mm(px_per_mm)
    yield screen
    screen.deleteLater()


def _visible(parent: QWidget, kind: type[W]) -> list[W]:
    return [widget for widget in parent.findChildren(kind) if widget.isVisibleTo(parent)]


def test_no_text_is_cut_off(screen: OperatorScreen) -> None:
    for name, show in STATES.items():
        show(screen)
        _check_nothing_is_cut_off(screen, name)
    STATES["a roll"](screen)
    _picture(screen)
    screen.web.waterfall.freeze(True)
    screen.web.waterfall.show_trouble(screen.tr("Camera web is not connected: this is the last picture"))
    screen.grab()
    _check_nothing_is_cut_off(screen, "frozen")


def _check_nothing_is_cut_off(screen: OperatorScreen, name: str) -> None:
    clipped = [w for w in _visible(screen, QWidget) if isinstance(w, (Pane, TouchButton)) and w.is_clipped]
    assert not clipped, (name, [(type(w).__name__, w.accessibleName()) for w in clipped])


def test_every_piece_lies_within_the_image_s_place_and_over_no_other(screen: OperatorScreen) -> None:
    for name in ("a roll", "result"):
        STATES[name](screen)
        web = screen.web
        assert web.geometry() == screen.images.geometry()
        pieces = [child for child in web.findChildren(QWidget) if child.parent() is web and child.isVisibleTo(web)]
        for piece in pieces:
            assert web.rect().contains(piece.geometry()), (name, type(piece).__name__)
            others = [other for other in pieces if other is not piece]
            assert not any(piece.geometry().intersects(other.geometry()) for other in others), (name, type(piece))


def test_targets_are_twenty_millimetres_without_focus_and_have_names(screen: OperatorScreen) -> None:
    least = round(20 * screen.width() / 476.6) if screen.width() == 1920 else round(20 * 3.955)
    for name, show in STATES.items():
        show(screen)
        for button in (*_visible(screen.web, QAbstractButton), screen.tools.switch):
            assert min(button.width(), button.height()) >= least - 2, (name, button.accessibleName())
            assert button.focusPolicy() is Qt.FocusPolicy.NoFocus
            assert QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name), name


def test_panes_say_what_they_show(screen: OperatorScreen) -> None:
    STATES["a roll"](screen)
    web = screen.web
    for pane in (web.readouts, web.map, web.defects, web.light.profile, web.light.wizard):
        assert pane.accessibleName(), type(pane).__name__
        assert pane.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert ROLLING.roll in web.map.accessibleName() and ROLLING.roll in web.defects.accessibleName()


def test_words_change_with_the_language_while_they_stand(qapp: QApplication) -> None:
    screen = draw_screen(ScreenState(), None, (1920, 1080))
    STATES["a roll"](screen)
    before = screen.web.readouts.accessibleName(), screen.web.roll.caption, screen.tools.switch.caption
    spoken = Language(qapp)
    spoken.switch(CHINESE)
    qapp.processEvents()
    changed = screen.web.readouts.accessibleName(), screen.web.roll.caption, screen.tools.switch.caption
    spoken.switch(ENGLISH)
    assert all(one != other for one, other in zip(before, changed, strict=True))
    assert changed[1:] == ("结束本卷", "图像")
    screen.deleteLater()
