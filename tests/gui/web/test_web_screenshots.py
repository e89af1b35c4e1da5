"""The picture of the web for the documentation, and what must be seen in it."""

import queue
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget

from station_app.core.lines import LineScale, LineSpan
from station_app.core.messages import EngineState, Event, PartInspected
from station_app.core.setup_messages import CameraMeasured, FlatFieldStep, FlatFieldTaught, TeachFlatField, WatchCamera
from station_app.core.web_messages import StartRoll
from station_app.devices.rendering.web_plan import Texture, WebSpec
from station_app.gui.language import CHINESE, ENGLISH, NAMES, Language, other_language
from station_app.gui.marks import DEFECT_COLOUR
from station_app.gui.operator_screen import OperatorScreen, View
from station_app.gui.scaling import shrink
from station_app.gui.screen_state import after
from station_app.gui.snapshot import draw_screen, state_after
from station_app.gui.theme import DIM, LIGHT, Theme, ThemeName
from station_app.gui.web.flat_steps import FlatTeaching, asked, begun, teaching_after
from station_app.gui.web.line_history import LinesPicture
from station_app.gui.web.web_state import WebState, acknowledged, web_after, with_columns
from tests.gui.test_screenshots import BIG, SMALL, _take
from tests.gui.web.moving_web import CAMERA, WEB_STATION, WebEngine

RUNNING = replace(WEB_STATION, state=EngineState.RUNNING)


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    spoken = Language(qapp)
    yield spoken
    spoken.switch(ENGLISH)


def _engine() -> WebEngine:
    engine = WebEngine(
        station=RUNNING,
        spec=WebSpec(Texture.FILM, width=1536, flaw_rate=0.11, seed=11),
        scale=LineScale(0.3, 0.3),
        picture_lines=1000,
        stretch_lines=1000,
        lost=(LineSpan(5250, 5400), LineSpan(16_480, 16_560)),
    )
    engine.obey(WatchCamera(CAMERA))
    engine.move(1000)
    engine.obey(StartRoll("C-0093413"))
    for _ in range(32):
        engine.move(500)
    return engine


def _told(engine: WebEngine) -> list[Event]:
    events: list[Event] = []
    while True:
        try:
            event = engine.events.get_nowait()
        except queue.Empty:
            return events
        if event is not None:
            events.append(event)


def _draw(
    size: tuple[int, int] = BIG,
    theme: ThemeName = ThemeName.LIGHT,
    spoken: str = ENGLISH,
    teaching: FlatTeaching | None = None,
) -> OperatorScreen:
    engine = _engine()
    events = _told(engine)
    web = WebState()
    for event in events:
        web = web_after(web, event)
    web = acknowledged(with_columns(web, engine.spec.width))
    state = state_after(RUNNING, events)
    screen = draw_screen(state, None, size, theme)
    screen.top.set_other_language(NAMES[other_language(spoken)])
    screen.show_web(is_shown=True)
    screen.know_web(web)
    screen.web.show_light(teaching is not None)
    screen.web.show_web(web, teaching or FlatTeaching(), state.engine)
    for measured in (event for event in events if isinstance(event, CameraMeasured)):
        screen.web.waterfall.add_picture(_picture(engine, measured))
    screen.web.waterfall.zoom_out()
    for inspected in (event for event in events if isinstance(event, PartInspected)):
        start = 1000 * inspected.part_id
        pixels = engine.pixels(LineSpan(start, start + 1000))
        screen.strip.set_picture(inspected.part_id, shrink(pixels, screen.strip.height()))
    screen.show_view(after(state, RUNNING), View(state.newest))
    return screen


def _picture(engine: WebEngine, measured: CameraMeasured) -> LinesPicture:
    span = LineSpan(measured.first_line, measured.first_line + engine.picture_lines)
    return LinesPicture(span.start, engine.pixels(span), tuple(LineSpan(*gap) for gap in measured.lost))


def _colours(picture: QImage, screen: OperatorScreen, widget: QWidget, step: int = 2) -> set[str]:
    """Every colour of a widget, by a fine grid."""
    corner = widget.mapTo(screen, QPoint(0, 0))
    xs, ys = range(0, widget.width(), step), range(0, widget.height(), step)
    return {picture.pixelColor(corner.x() + x, corner.y() + y).name() for x in xs for y in ys}


def _has(colours: set[str], *wanted: str) -> bool:
    return all(QColor(colour).name() in colours for colour in wanted)


@pytest.mark.parametrize("spoken", [ENGLISH, CHINESE])
@pytest.mark.parametrize("size", [BIG, SMALL])
def test_a_roll_on_the_screen(language: Language, spoken: str, size: tuple[int, int]) -> None:
    language.switch(spoken)
    screen = _draw(size, spoken=spoken)
    picture = _take(screen, "operator_web" if (spoken, size) == (ENGLISH, BIG) else "")
    _assert_all_is_shown(screen, picture, LIGHT)
    screen.deleteLater()


def test_dim(language: Language) -> None:
    screen = _draw(theme=ThemeName.DIM)
    _assert_all_is_shown(screen, _take(screen), DIM)
    screen.deleteLater()


def _assert_all_is_shown(screen: OperatorScreen, picture: QImage, theme: Theme) -> None:
    web = screen.web
    assert _has(_colours(picture, screen, web.waterfall), theme.ng.fill, theme.ng.ink, DEFECT_COLOUR)
    on_map = _colours(picture, screen, web.map)
    assert _has(on_map, theme.ng.frame, theme.no_result.fill, theme.ok.ink, DEFECT_COLOUR, theme.ink)
    assert _has(_colours(picture, screen, web.defects), DEFECT_COLOUR)
    assert not _has(_colours(picture, screen, web.readouts), theme.ng.fill), "they were acknowledged"


def test_a_taught_flat_field(language: Language) -> None:
    engine = WebEngine(spec=WebSpec(width=1536))
    teaching = begun(CAMERA)
    for step in (FlatFieldStep.DARK, FlatFieldStep.WHITE):
        engine.obey(TeachFlatField(CAMERA, step))
        for event in _told(engine):
            teaching = teaching_after(asked(teaching, step), event) if isinstance(event, FlatFieldTaught) else teaching
    screen = _draw(teaching=teaching)
    picture = _take(screen)
    colours = _colours(picture, screen, screen.web.light.profile, step=1)
    assert _has(colours, LIGHT.ink, DEFECT_COLOUR) and "before" in screen.web.light.profile.accessibleName()
    screen.deleteLater()
