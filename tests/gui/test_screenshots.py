"""Pictures of the operator's screen for the documentation, and what must be seen in them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from station_app.core.inspection import Box, Disposition, HeatMap, NoResultReason, Pixels, VerdictKind
from station_app.core.messages import AlarmRaised, Counters, Event, Priority, StationDescribed
from station_app.gui.answers import Draft
from station_app.gui.frames import StoredFrame
from station_app.gui.language import CHINESE, ENGLISH, NAMES, Language, other_language
from station_app.gui.operator_screen import OperatorScreen, View
from station_app.gui.questions import Asking, question_for
from station_app.gui.scaling import shrink
from station_app.gui.screen_state import ScreenState, disconnected
from station_app.gui.snapshot import draw_screen, save_operator_screen, state_after
from station_app.gui.theme import DIM, LIGHT, Theme, ThemeName
from tests.gui.fake_engine import NOW_MS, STATION, FakePreview, part
from tests.gui.housings import bad_part, good_part, number_with
from tests.gui.pictures import IMAGES, keep

BIG, SMALL = (1920, 1080), (1366, 768)
COUNTERS = Counters(4851, 4806, 37, 4, 2, 2)
BEFORE = (
    *(VerdictKind.PASS,) * 3,
    VerdictKind.FAIL,
    *(VerdictKind.PASS,) * 2,
    VerdictKind.NO_RESULT,
    *(VerdictKind.PASS,) * 3,
    VerdictKind.REVIEW,
)
CAMERA = AlarmRaised("camera top", Priority.HIGH, "the camera does not answer", "top", "check the cable", NOW_MS, 3)
Scene = tuple[tuple[Event, ...], FakePreview, dict[int, Pixels]]
"""Events, the picture of the last part, and the pictures of all."""


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    spoken = Language(qapp)
    yield spoken
    spoken.switch(ENGLISH)


def _scene(verdict: VerdictKind) -> Scene:
    events: list[Event] = []
    pictures: dict[int, Pixels] = {}
    heat: tuple[HeatMap, ...] = ()
    for number, kind in enumerate((*BEFORE, verdict), 1):
        inspected = replace(part(number, kind), counters=COUNTERS)
        match kind:
            case VerdictKind.FAIL | VerdictKind.REVIEW:
                shown = ("scratch", "missing_hole") if kind is VerdictKind.FAIL else ("stain",)
                pictures[number], findings, heat_map = bad_part(number_with(*shown))
                inspected, heat = replace(inspected, findings=findings), (heat_map,)
            case VerdictKind.NO_RESULT:
                pictures[number], heat = good_part(number) // np.uint8(8), ()
                inspected = replace(inspected, reason=NoResultReason.QUALITY)
            case _:
                pictures[number], heat = good_part(number), ()
        events.append(inspected)
    last = len(events)
    return tuple(events), FakePreview(last, last, "top", pictures[last], heat), pictures


def _draw(
    scene: Scene,
    size: tuple[int, int] = BIG,
    theme: ThemeName = ThemeName.LIGHT,
    spoken: str = ENGLISH,
    station: StationDescribed = STATION,
) -> tuple[OperatorScreen, ScreenState]:
    events, preview, pictures = scene
    state = state_after(station, events)
    screen = draw_screen(state, preview, size, theme)
    screen.top.set_other_language(NAMES[other_language(spoken)])
    for number, pixels in pictures.items():
        screen.strip.set_picture(number, shrink(pixels, screen.strip.height()))
    return screen, state


def _take(screen: OperatorScreen, name: str = "") -> QImage:
    """What the screen shows; kept for the documentation under `name`."""
    return keep(screen.grab().toImage(), name)


def _corner(screen: OperatorScreen, picture: QImage) -> str:
    """The verdict panel's fill, away from its shape and word."""
    place = screen.verdict.geometry()
    return picture.pixelColor(place.x() + place.width() // 2, place.y() + place.height() // 14).name().upper()


def _fill(theme: Theme, verdict: VerdictKind) -> str:
    return theme.verdict(verdict).fill


_KEPT = {
    (ENGLISH, VerdictKind.FAIL): "operator_ng",
    (ENGLISH, VerdictKind.NO_RESULT): "operator_no_result",
    (CHINESE, VerdictKind.PASS): "operator_ok_zh",
}


@pytest.mark.parametrize("spoken", [ENGLISH, CHINESE])
@pytest.mark.parametrize("verdict", list(VerdictKind))
def test_each_verdict(language: Language, spoken: str, verdict: VerdictKind) -> None:
    language.switch(spoken)
    screen, _ = _draw(_scene(verdict), spoken=spoken)
    picture = _take(screen, _KEPT.get((spoken, verdict), ""))
    assert (picture.width(), picture.height()) == BIG
    assert _corner(screen, picture) == _fill(LIGHT, verdict)
    _assert_image_is_shown(screen, picture)
    screen.deleteLater()


def test_dim_and_small(language: Language) -> None:
    scene = _scene(VerdictKind.FAIL)
    language.switch(CHINESE)
    dim, _ = _draw(scene, theme=ThemeName.DIM, spoken=CHINESE)
    picture = _take(dim, "operator_dim_zh")
    assert _corner(dim, picture) == _fill(DIM, VerdictKind.FAIL)
    assert picture.pixelColor(2, 600).name().upper() == DIM.background
    small, _ = _draw(scene, SMALL)
    picture = _take(small)
    assert _corner(small, picture) == _fill(LIGHT, VerdictKind.FAIL)
    _assert_image_is_shown(small, picture)


CAMERAS = replace(STATION, camera_ids=("top", "left", "right"))


def _camera_scene() -> Scene:
    """One part under three cameras: the left one sees a dent, the right one delivered no image."""
    events, _, pictures = _scene(VerdictKind.PASS)
    number = len(events)
    pixels, findings, heat = bad_part(number_with("dent"))
    findings = tuple(replace(finding, camera_id="left") for finding in findings)
    alerts = (("left", VerdictKind.FAIL), ("right", VerdictKind.NO_RESULT))
    inspected = replace(part(number, VerdictKind.NO_RESULT), reason=NoResultReason.FRAME_LOST, counters=COUNTERS)
    top = StoredFrame("top", good_part(number))
    preview = FakePreview(number, number, "left", pixels, (heat,), (top,))
    return (*events[:-1], replace(inspected, findings=findings, alerts=alerts)), preview, {**pictures, number: pixels}


@pytest.mark.parametrize("size", [BIG, SMALL])
@pytest.mark.parametrize("spoken", [ENGLISH, CHINESE])
def test_three_cameras(language: Language, spoken: str, size: tuple[int, int]) -> None:
    language.switch(spoken)
    screen, _ = _draw(_camera_scene(), size, spoken=spoken, station=CAMERAS)
    picture = _take(screen, "operator_cameras" if (spoken, size) == (ENGLISH, BIG) else "")
    frames = [_at(screen, pane, picture, 1, 1) for pane in screen.images.shown]
    assert frames == [LIGHT.background, LIGHT.ng.frame, LIGHT.no_result.frame]
    images = [_at(screen, pane, picture, pane.width() // 2, pane.height() // 2) for pane in screen.images.shown]
    assert images[0] != LIGHT.canvas and images[1] != LIGHT.canvas and images[2] == LIGHT.canvas
    screen.images.toggle()  # a camera without an image has nothing to show
    picture = _take(screen)
    assert screen.images.main is not None and screen.images.main.camera_id == "left"
    thumbs = [pane for pane in screen.images.shown if pane is not screen.images.main]
    assert [_at(screen, pane, picture, 1, 1) for pane in thumbs] == [LIGHT.background, LIGHT.no_result.frame]
    screen.deleteLater()


def _at(screen: OperatorScreen, widget: QWidget, picture: QImage, x: int, y: int) -> str:
    """The colour of the picture at a place of a widget."""
    spot = widget.mapTo(screen, QPoint(x, y))
    return picture.pixelColor(spot).name().upper()


def test_alarm_and_no_connection(language: Language) -> None:
    events, preview, pictures = _scene(VerdictKind.PASS)
    screen, state = _draw(((*events, CAMERA), preview, pictures))
    picture = _take(screen, "operator_alarm")
    alarm = screen.alarm.geometry()
    assert picture.pixelColor(alarm.x() + 2, alarm.center().y()).name().upper() == LIGHT.ng.fill
    screen.show_view(disconnected(state, ""), View(state.newest))
    picture = _take(screen)
    assert _corner(screen, picture) == LIGHT.no_result.fill
    assert picture.pixelColor(alarm.x() + 2, alarm.center().y()).name().upper() == LIGHT.background


@pytest.mark.parametrize(
    ("asking", "verdict", "disposition", "name"),
    [
        (Asking.REASON, VerdictKind.FAIL, Disposition.FALSE_REJECT, "operator_false_reject"),
        (Asking.DEFECT, VerdictKind.PASS, Disposition.MISSED_DEFECT, "operator_missed_defect"),
    ],
)
def test_questions(
    language: Language, asking: Asking, verdict: VerdictKind, disposition: Disposition, name: str
) -> None:
    screen, state = _draw(_scene(verdict))
    question = question_for(asking, Draft(12, disposition, STATION.operator), state, ())
    is_drawing = asking is Asking.DEFECT
    drawn = (Box(980, 830, 210, 130),) if is_drawing else ()
    screen.show_view(state, View(state.newest, question=question, is_drawing=is_drawing, drawn=drawn))
    picture = _take(screen, name)
    asked = screen.question.geometry()
    assert picture.pixelColor(asked.x() + 4, asked.y() + 4).name().upper() == LIGHT.action.fill
    _assert_image_is_shown(screen, picture)


def _assert_image_is_shown(screen: OperatorScreen, picture: QImage) -> None:
    """The dark table left of the part, and the part, which is brighter."""
    view, place = screen.canvas.viewport, screen.images.geometry()
    assert view is not None
    levels = []
    for share in (0.01, 0.4):
        x, y = view.to_screen(view.frame_width * share, view.frame_height * 0.25)
        levels.append(picture.pixelColor(place.x() + round(x), place.y() + round(y)).lightness())
    assert levels[0] < 40 and levels[1] > levels[0] + 5


def test_the_pictures_of_the_documentation_are_small_and_shown() -> None:
    pictures = list(IMAGES.rglob("*.png"))
    assert all(path.stat().st_size <= 150_000 for path in pictures)
    project = IMAGES.parents[1]
    pages = (project / "README.md", *(project / "docs").glob("*.md"))
    words = "".join(page.read_text(encoding="utf-8") for page in pages)
    assert [path.name for path in pictures if f"images/{path.relative_to(IMAGES)}" not in words] == []


def test_the_demo_saves_a_picture(qapp: QApplication, tmp_path: Path) -> None:
    events, preview, _ = _scene(VerdictKind.FAIL)
    path = tmp_path / "screen.png"
    save_operator_screen(path, STATION, events, preview)
    saved = QImage(str(path))
    assert (saved.width(), saved.height()) == BIG
    with pytest.raises(OSError, match="cannot be written"):
        save_operator_screen(tmp_path / "no" / "screen.png", STATION, events, None)


def test_a_picture_before_the_first_part(qapp: QApplication) -> None:
    bare: StationDescribed = replace(STATION, operator="", recipe="")
    screen = draw_screen(state_after(bare, []), None, BIG)
    assert screen.grab().toImage().pixelColor(2, 600).name().upper() == LIGHT.background
