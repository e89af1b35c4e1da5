"""Pictures of the set-up screen for the documentation, and what must be seen in them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from station_app.core.messages import CameraChanged
from station_app.core.setup_messages import ReadFeatures, SaveReference, TakeTestShot, WatchCamera, WriteFeature
from station_app.gui.language import CHINESE, ENGLISH, Language
from station_app.gui.overlay import OverlayKind
from station_app.gui.theme import DIM, LIGHT, ThemeName
from tests.gui.fake_engine import FakeEngine
from tests.gui.fake_setup import FakeSetup
from tests.gui.pictures import keep
from tests.gui.setup.drawn import BIG, CAMERAS, SMALL, Drawn, drawn, told, watched

_WIDTH_PX = 1360
"""The live picture is larger than the operator's: a little less of it keeps the file small."""


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    spoken = Language(qapp)
    yield spoken
    spoken.switch(ENGLISH)


@pytest.fixture
def setup(tmp_path: Path) -> FakeSetup:
    """Somebody has moved the camera and opened its lens since the reference was saved."""
    made = FakeSetup(FakeEngine(CAMERAS), tmp_path)
    for command in (WatchCamera("top"), ReadFeatures("top"), SaveReference("top", "王芳")):
        made.obey(command)
    made.shift_px = -18.0
    made.obey(WriteFeature("top", "ExposureTime", "5800"))
    made.look()
    return made


def _colour(made: Drawn, picture: QImage, widget: QWidget, x: int, y: int) -> str:
    spot = widget.mapTo(made.workplace, QPoint(x, y))
    return picture.pixelColor(spot).name().upper()


def test_what_has_changed_since_the_reference(language: Language, setup: FakeSetup) -> None:
    made = drawn(*BIG)
    made.screen.live.overlays.kind = OverlayKind.EDGES
    lost = CameraChanged("left side", False, "the camera does not answer")
    picture = keep(made.show(*told(setup.engine, lost), watched(setup)), "setup", _WIDTH_PX)
    assert (picture.width(), picture.height()) == BIG[0]
    table, row = made.screen.picture.table, made.screen.picture.table.height() // 40
    assert table.rows()[0][0] == "Exposure"
    assert _colour(made, picture, table, 2, 7 * 4 + row) == LIGHT.no_result.fill
    canvas = made.screen.live.canvas
    levels = {picture.pixelColor(canvas.mapTo(made.workplace, QPoint(x, 300))).saturation() for x in range(0, 800, 2)}
    assert max(levels) > 100, "the reference's edges are coloured, the rest of the picture is grey"
    made.workplace.deleteLater()


@pytest.mark.parametrize("spoken", [ENGLISH, CHINESE])
@pytest.mark.parametrize("size", [BIG, SMALL], ids=["big", "small"])
def test_a_test_shot_in_light_and_dim(
    language: Language, setup: FakeSetup, spoken: str, size: tuple[tuple[int, int], float]
) -> None:
    language.switch(spoken)
    setup.obey(TakeTestShot("top"))
    for theme, colours in ((ThemeName.LIGHT, LIGHT), (ThemeName.DIM, DIM)):
        made = drawn(*size, theme)
        station, known = told(setup.engine)
        picture = made.show(station, known, watched(setup), page=1)
        header = made.screen.live.header
        assert picture.pixelColor(2, picture.height() - 2).name().upper() == colours.background
        if known.shot is not None:
            assert _colour(made, picture, header, header.width() // 2, 2) == colours.ng.fill
            assert made.screen.live.canvas.marks()
        setup.obey(TakeTestShot("top"))
        made.workplace.deleteLater()
