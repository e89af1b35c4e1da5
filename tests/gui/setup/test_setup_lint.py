"""Rules that every state of the set-up screen keeps, in every language and on both screens."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from station_app.core.inspection import NoResultReason, VerdictKind
from station_app.core.messages import CameraChanged, CommandRefused
from station_app.core.setup_messages import (
    FeaturesRead,
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
from station_app.gui.language import CHINESE, ENGLISH, STRETCHED, Language
from station_app.gui.pane import Pane
from station_app.gui.screen_state import ScreenState
from station_app.gui.setup.setup_state import SetupState, setup_after, writing
from station_app.gui.setup.stepping import Typo
from station_app.gui.touch_button import TouchButton
from tests.gui.fake_engine import NOW_MS, FakeEngine
from tests.gui.fake_setup import COMMON, OTHERS, FakeSetup
from tests.gui.housings import good_part
from tests.gui.setup.drawn import BIG, CAMERAS, SMALL, Drawn, drawn, told, watched, with_parts

W = TypeVar("W", bound=QWidget)
SIZES = {"21.5 inch": BIG, "15.6 inch": SMALL}
PAGES = range(4)
LOST = "the camera does not answer in time and was not found again"
REFUSED = CommandRefused("WriteFeature", "the camera cannot take 123456", "take 20 to 100000")


@pytest.fixture(params=[ENGLISH, CHINESE, STRETCHED])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    spoken = Language(qapp)
    spoken.switch(request.param)
    yield request.param
    spoken.switch(ENGLISH)


@pytest.fixture(params=list(SIZES))
def made(request: pytest.FixtureRequest, qapp: QApplication, language: str) -> Iterator[Drawn]:
    made = drawn(*SIZES[request.param])
    yield made
    made.workplace.deleteLater()


@pytest.fixture
def setup(tmp_path: Path) -> FakeSetup:
    made = FakeSetup(FakeEngine(CAMERAS), tmp_path)
    made.given = good_part(7)[::4, ::4].copy()
    for command in (WatchCamera("top"), ReadFeatures("top"), SaveReference("top", "王芳")):
        made.obey(command)
    made.shift_px = -12.0
    made.look()
    return made


def _differing(setup: FakeSetup) -> tuple[ScreenState, SetupState]:
    many = tuple(SetupDifference(f"Register{number}", 1.0, 2.0, 0.5, False) for number in range(30))
    lines = LinesReported("top", 1, 0, 0.1, 0.05, 200.0)
    measured = setup.measured(setup.pixels())
    outside = tuple(replace(found, is_within=False) for found in measured.differences)
    return told(
        setup.engine,
        lines,
        replace(measured, differences=(*outside, *many)),
        FingerprintChecked("top", False, measured.differences, NOW_MS),
        FingerprintChecked("left side", False, measured.differences, NOW_MS),
    )


def _refused(setup: FakeSetup) -> tuple[ScreenState, SetupState]:
    """Every setting, a test shot and a reference."""
    station, known = told(setup.engine, REFUSED)
    for feature in COMMON:
        known = setup_after(writing(known, WriteFeature("top", feature.name, feature.value)), REFUSED)
    for kind in (TakeTestShot, SaveReference):
        known = setup_after(known, CommandRefused(kind.__name__, "the camera does not answer", "check the cable"))
    return station, known


def _shot(
    verdict: VerdictKind, reason: NoResultReason | None = None
) -> Callable[[FakeSetup], tuple[ScreenState, SetupState]]:
    def show(setup: FakeSetup) -> tuple[ScreenState, SetupState]:
        return told(setup.engine, ShotJudged("top", verdict, reason, (), 1, 4321.0))

    return show


STATES: dict[str, Callable[[FakeSetup], tuple[ScreenState, SetupState]]] = {
    "nothing": lambda _: (ScreenState(), SetupState()),
    "live": lambda setup: told(setup.engine),
    "differing": _differing,
    "running": lambda setup: told(setup.engine, *with_parts()),
    "refused": _refused,
    "lost": lambda setup: told(setup.engine, CameraChanged("top", False, LOST)),
    "no cameras": lambda setup: told(setup.engine, replace(CAMERAS, camera_ids=())),
    "many cameras": lambda setup: told(
        setup.engine, replace(CAMERAS, camera_ids=("top", *(f"camera {number}" for number in range(2, 20))))
    ),
    "no features": lambda setup: told(setup.engine, FeaturesRead("top", ())),
    "good shot": _shot(VerdictKind.PASS),
    "no result": _shot(VerdictKind.NO_RESULT, NoResultReason.UNKNOWN_LABEL),
    "checked": lambda setup: told(setup.engine, FingerprintChecked("top", True, (), NOW_MS)),
}


def _visible(made: Drawn, kind: type[W]) -> list[W]:
    return [widget for widget in made.workplace.findChildren(kind) if widget.isVisibleTo(made.workplace)]


def _cut_off(made: Drawn) -> list[str]:
    clipped = [w for w in _visible(made, QWidget) if isinstance(w, (Pane, TouchButton)) and w.is_clipped]
    return [f"{type(w).__name__} {w.accessibleName()} is cut off" for w in clipped]


def _too_small(made: Drawn) -> list[str]:
    """Twenty millimetres wide and eleven high, but for the strips and the cross that empties the search."""
    px_per_mm = made.workplace.rail.width() / 24.0
    strips = {made.workplace.operator.top, made.workplace.operator.alarm}
    targets = [*_visible(made, QAbstractButton), *_visible(made, QLineEdit), *_visible(made, QComboBox)]
    free = [w for w in targets if w.parentWidget() not in strips and not isinstance(w.parentWidget(), QLineEdit)]
    small = [w for w in free if w.width() < 20 * px_per_mm - 2 or w.height() < 11 * px_per_mm - 3]
    return [f"{w.accessibleName()} is {w.width()} x {w.height()}" for w in small]


def _out_of_place(made: Drawn) -> list[str]:
    screen, live = made.screen, made.screen.live
    pieces = [live.header, live.tools, live.canvas, live.overlays, screen.cameras, screen.shoot, screen.tabs]
    pieces += [page for page in screen.pages if page.isVisibleTo(screen)]
    boxes = {type(piece).__name__: piece.geometry() for piece in pieces}
    outside = [f"{name} is outside" for name, box in boxes.items() if not screen.rect().contains(box)]
    pairs = itertools.combinations(boxes, 2)
    over = [f"{one} and {other} overlap" for one, other in pairs if boxes[one].intersects(boxes[other])]
    buttons = [(button, button.parentWidget()) for button in _visible(made, TouchButton)]
    cut = [button for button, parent in buttons if parent and not parent.rect().contains(button.geometry())]
    return [*outside, *over, *(f"{button.accessibleName()} leaves its place" for button in cut)]


def _reachable_by_a_scan(made: Drawn) -> list[str]:
    buttons = (*_visible(made, TouchButton), *_visible(made, QComboBox))
    return [f"{b.accessibleName()} takes focus" for b in buttons if b.focusPolicy() is not Qt.FocusPolicy.NoFocus]


def _nameless(made: Drawn) -> list[str]:
    widgets = (*_visible(made, TouchButton), *_visible(made, QLineEdit))
    named = [(QAccessible.queryAccessibleInterface(widget), widget) for widget in widgets]
    return [f"{type(w).__name__} has no name" for found, w in named if not found.text(QAccessible.Text.Name)]


RULES = (_cut_off, _too_small, _out_of_place, _reachable_by_a_scan, _nameless)


def test_every_state_keeps_every_rule(made: Drawn, setup: FakeSetup) -> None:
    for name, show in STATES.items():
        station, known = show(setup)
        for page in PAGES:
            made.show(station, known, watched(setup), page=page)
            broken = [complaint for rule in RULES for complaint in rule(made)]
            assert not broken, (name, page, broken)


def test_every_feature_and_typo_fits(made: Drawn, setup: FakeSetup) -> None:
    station, known = told(setup.engine)
    made.show(station, known, page=2)
    page = made.screen.features
    for feature in (*COMMON, *OTHERS):
        page.row.show_feature(f"{feature.name} · {feature.kind}", feature, known, is_enabled=True)
        for typo in Typo:
            page.row.editor.mistyped.emit(typo)
            made.workplace.grab()
            assert not page.row.is_clipped and not page.row.note.is_clipped, (feature.name, typo)


def test_what_is_wrong_is_a_symbol_and_never_colour_alone(made: Drawn, setup: FakeSetup) -> None:
    station, known = told(setup.engine, CameraChanged("left side", False, LOST))
    made.show(station, known)
    tile = next(tile for tile in made.screen.cameras.tiles if tile.status.camera_id == "left side")
    assert tile.line()
    picture = tile.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(tile.width()) for y in range(tile.height())}
    paint = tile._look.theme.no_result
    assert {paint.fill.lower(), paint.ink.lower()} <= colours


def test_many_cameras_are_turned_page_by_page(made: Drawn, setup: FakeSetup) -> None:
    station, known = STATES["many cameras"](setup)
    made.show(station, known)
    seen = set[str]()
    cameras = made.screen.cameras
    for _ in range(10):
        seen |= {tile.status.camera_id for tile in cameras.tiles if tile.isVisibleTo(cameras)}
        cameras.more.tapped.emit()
    assert seen == set(known.cameras)


def test_words_change_with_the_language(made: Drawn, setup: FakeSetup, language: str) -> None:
    made.show(*told(setup.engine))
    assert (made.screen.shoot.caption == "Test shot") == (language == ENGLISH)
