"""Pictures of the operator's screen for the documentation, and what must be seen in them.

With STATION_SAVE_SCREENSHOTS=1 they are written to docs/images; otherwise only looked at.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from station_app.core.inspection import Disposition, Pixels, VerdictKind
from station_app.core.messages import AlarmRaised, Counters, Event, Priority, StationDescribed
from station_app.gui.answers import Draft
from station_app.gui.language import CHINESE, ENGLISH, NAMES, Language, other_language
from station_app.gui.operator_screen import OperatorScreen, View
from station_app.gui.questions import Asking, question_for
from station_app.gui.screen_state import disconnected
from station_app.gui.snapshot import draw_screen, save_operator_screen, state_after
from station_app.gui.theme import DIM, LIGHT, Theme, ThemeName
from tests.gui.fake_engine import NOW_MS, STATION, FakePreview, heat_of, housing, part, scratch

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
BIG, SMALL = (1920, 1080), (1366, 768)
COUNTERS = Counters(4851, 4810, 37, 2, 2)
BEFORE = (VerdictKind.PASS,) * 4 + (VerdictKind.FAIL, VerdictKind.PASS, VerdictKind.NO_RESULT) + (VerdictKind.PASS,) * 4
CAMERA = AlarmRaised("camera top", Priority.HIGH, "the camera does not answer", "top", "check the cable", NOW_MS, 3)


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    spoken = Language(qapp)
    yield spoken
    spoken.switch(ENGLISH)


def _parts(verdict: VerdictKind) -> tuple[list[Event], FakePreview]:
    plain = housing(3, (1024, 1224))
    marked = plain.copy()
    findings = scratch(marked) if verdict in (VerdictKind.FAIL, VerdictKind.REVIEW) else ()
    pixels: Pixels = marked if findings else plain
    heat = (heat_of(marked, findings),) if findings else ()
    last = replace(part(12, verdict), findings=findings, counters=COUNTERS)
    events: list[Event] = [part(number, kind) for number, kind in enumerate(BEFORE, 1)]
    return [*events, last], FakePreview(12, 12, "top", pixels, heat)


def _take(screen: OperatorScreen, name: str) -> QImage:
    picture = screen.grab().toImage()
    if os.environ.get("STATION_SAVE_SCREENSHOTS") == "1":
        IMAGES.mkdir(parents=True, exist_ok=True)
        assert picture.save(str(IMAGES / f"{name}.png"))
    return picture


def _corner(screen: OperatorScreen, picture: QImage) -> str:
    """The verdict panel's fill, away from its shape and word."""
    place = screen.verdict.geometry()
    return picture.pixelColor(place.x() + place.width() // 2, place.y() + place.height() // 14).name().upper()


def _fill(theme: Theme, verdict: VerdictKind) -> str:
    return theme.verdict(verdict).fill


@pytest.mark.parametrize("spoken", [ENGLISH, CHINESE])
@pytest.mark.parametrize("verdict", list(VerdictKind))
def test_each_verdict(language: Language, spoken: str, verdict: VerdictKind) -> None:
    language.switch(spoken)
    events, preview = _parts(verdict)
    screen = draw_screen(state_after(STATION, events), preview, BIG)
    screen.top.set_other_language(NAMES[other_language(spoken)])
    picture = _take(screen, f"operator_{_file_name(verdict)}_{spoken[:2]}")
    assert (picture.width(), picture.height()) == BIG
    assert _corner(screen, picture) == _fill(LIGHT, verdict)
    _assert_image_is_shown(screen, picture)
    screen.deleteLater()


def test_dim_and_small(language: Language) -> None:
    events, preview = _parts(VerdictKind.FAIL)
    dim = draw_screen(state_after(STATION, events), preview, BIG, ThemeName.DIM)
    picture = _take(dim, "operator_dim")
    assert _corner(dim, picture) == _fill(DIM, VerdictKind.FAIL)
    assert picture.pixelColor(2, 600).name().upper() == DIM.background
    small = draw_screen(state_after(STATION, events), preview, SMALL)
    picture = _take(small, "operator_small")
    assert _corner(small, picture) == _fill(LIGHT, VerdictKind.FAIL)
    _assert_image_is_shown(small, picture)


def test_alarm_and_no_connection(language: Language) -> None:
    events, preview = _parts(VerdictKind.NO_RESULT)
    state = state_after(STATION, [*events, CAMERA])
    screen = draw_screen(state, preview, BIG)
    picture = _take(screen, "operator_alarm")
    alarm = screen.alarm.geometry()
    assert picture.pixelColor(alarm.x() + 2, alarm.center().y()).name().upper() == LIGHT.ng.fill
    screen.show_view(disconnected(state, ""), View(state.newest))
    picture = _take(screen, "operator_no_connection")
    assert _corner(screen, picture) == LIGHT.no_result.fill
    assert picture.pixelColor(alarm.x() + 2, alarm.center().y()).name().upper() == LIGHT.canvas


def test_questions(language: Language) -> None:
    events, preview = _parts(VerdictKind.FAIL)
    state = state_after(STATION, events)
    screen = draw_screen(state, preview, BIG)
    draft = Draft(12, Disposition.FALSE_REJECT, "王芳")
    screen.show_view(state, View(state.newest, question=question_for(Asking.REASON, draft, state, ())))
    picture = _take(screen, "operator_reason")
    asked = screen.question.geometry()
    assert picture.pixelColor(asked.x() + 4, asked.y() + 4).name().upper() == LIGHT.action.fill
    _assert_image_is_shown(screen, picture)


def _assert_image_is_shown(screen: OperatorScreen, picture: QImage) -> None:
    view, place = screen.canvas.viewport, screen.canvas.geometry()
    assert view is not None
    x, y = view.to_screen(view.frame_width * 0.5, view.frame_height * 0.2)
    hole = picture.pixelColor(place.x() + round(x), place.y() + round(y))
    assert hole.red() < 60


def _file_name(verdict: VerdictKind) -> str:
    names = {VerdictKind.PASS: "ok", VerdictKind.FAIL: "ng"}
    return names.get(verdict, verdict.value.lower())


def test_the_demo_saves_a_picture(qapp: QApplication, tmp_path: Path) -> None:
    events, preview = _parts(VerdictKind.FAIL)
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
