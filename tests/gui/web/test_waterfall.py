"""The waterfall as it is painted, frozen and moved, without an engine."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from station_app.core.lines import LineScale, LineSpan
from station_app.gui.look import Look
from station_app.gui.marks import DEFECT_COLOUR
from station_app.gui.millimetres import Millimetres
from station_app.gui.theme import LIGHT
from station_app.gui.web.line_history import LinesPicture
from station_app.gui.web.view import WebView
from station_app.gui.web.waterfall import Waterfall
from station_app.gui.web.web_paint import DefectOnLines

LOOK = Look(LIGHT, Millimetres(4.0))


@pytest.fixture
def waterfall(qapp: QApplication) -> Iterator[Waterfall]:
    made = Waterfall(LOOK, is_live=False)
    made.resize(600, 400)
    made.show_scale(LineScale(0.2, 0.1), 0)
    yield made
    made.deleteLater()


def _picture(start: int, end: int, *lost: tuple[int, int], grey: int = 120) -> LinesPicture:
    pixels = np.full((end - start, 400), grey, np.uint8)
    return LinesPicture(start, pixels, tuple(LineSpan(*gap) for gap in lost))


def _view(waterfall: Waterfall) -> WebView:
    assert waterfall.view is not None
    return waterfall.view


def _at(waterfall: Waterfall, image: QImage, column: float, line: float) -> QColor:
    room = waterfall.room()
    return image.pixelColor(
        room.x() + round(_view(waterfall).to_x(column)), room.y() + round(_view(waterfall).to_y(line))
    )


def _picture_of(waterfall: Waterfall) -> QImage:
    return waterfall.grab().toImage()


def test_the_newest_line_is_at_the_bottom_and_the_web_scrolls(waterfall: Waterfall) -> None:
    waterfall.add_picture(_picture(0, 100, grey=60))
    assert _view(waterfall).end == 100
    waterfall.add_picture(_picture(100, 130, grey=200))
    image = _picture_of(waterfall)
    assert _at(waterfall, image, 200, 125).red() == 200 and _at(waterfall, image, 200, 90).red() == 60


def test_before_the_first_lines_nothing_is_shown_as_if_it_were_web(waterfall: Waterfall) -> None:
    waterfall.add_picture(_picture(0, 20))
    assert _at(waterfall, _picture_of(waterfall), 200, -20).name() == QColor(LIGHT.canvas).name()


def test_lost_lines_are_a_red_hatched_band_and_lines_that_nobody_saw_are_not(waterfall: Waterfall) -> None:
    waterfall.add_picture(_picture(0, 60, (20, 40)))
    image = _picture_of(waterfall)
    band = {_at(waterfall, image, column, 30).name() for column in range(150, 190)}
    assert QColor(LIGHT.ng.fill).name() in band and QColor(LIGHT.ng.ink).name() in band
    waterfall.add_picture(_picture(100, 120))
    image = _picture_of(waterfall)
    unseen = {_at(waterfall, image, column, 80).name() for column in range(150, 190)}
    assert unseen == {QColor(LIGHT.canvas).name()}


def test_a_defect_is_marked_where_it_lies_and_hidden_with_the_marks(waterfall: Waterfall) -> None:
    waterfall.add_picture(_picture(0, 120))
    waterfall.show_defects((DefectOnLines(LineSpan(60, 80), (100, 140), 3),))
    room, view = waterfall.room(), _view(waterfall)
    left, middle = room.x() + round(view.to_x(100)), room.y() + round(view.to_y(70))

    def edge() -> set[str]:
        image = _picture_of(waterfall)
        return {image.pixelColor(left + offset, middle).name() for offset in range(-6, 4)}

    assert QColor(DEFECT_COLOUR).name() in edge()
    waterfall.set_marks_hidden(True)
    assert QColor(DEFECT_COLOUR).name() not in edge()


def test_a_frozen_web_stands_still_and_can_be_looked_through(waterfall: Waterfall) -> None:
    for end in range(200, 1001, 200):
        waterfall.add_picture(_picture(end - 200, end, grey=end // 5))
    waterfall.freeze(True)
    waterfall.add_picture(_picture(1000, 1200, grey=255))
    assert _view(waterfall).end == 1000
    _drag(waterfall, QPoint(300, 200), QPoint(300, 380))
    assert _view(waterfall).end == pytest.approx(1000 - 180 / _view(waterfall).px_per_line)
    for _ in range(20):
        _drag(waterfall, QPoint(300, 50), QPoint(300, 390))
    assert _view(waterfall).lines.start == 0, "not past the oldest line"
    for _ in range(20):
        _drag(waterfall, QPoint(300, 390), QPoint(300, 50))
    assert _view(waterfall).end == 1000, "nor past the newest"
    waterfall.freeze(False)
    waterfall.add_picture(_picture(1200, 1300))
    assert _view(waterfall).end == 1300


def test_a_finger_along_the_web_freezes_it(waterfall: Waterfall) -> None:
    said: list[bool] = []
    waterfall.froze.connect(said.append)
    for end in range(200, 1001, 200):
        waterfall.add_picture(_picture(end - 200, end))
    waterfall.zoom_in()
    _drag(waterfall, QPoint(300, 200), QPoint(260, 202))
    assert said == [] and _view(waterfall).end == 1000, "across it runs on"
    _drag(waterfall, QPoint(300, 200), QPoint(302, 300))
    assert said == [True] and _view(waterfall).end < 1000


def test_zoom_is_about_the_finger_and_fit_shows_all(waterfall: Waterfall) -> None:
    waterfall.add_picture(_picture(0, 300))
    waterfall.freeze(True)
    corner = waterfall.room().topLeft()
    column = _view(waterfall).to_column(100)
    spot = QPointF(corner.x() + 100, corner.y() + 50)
    no_button, no_key = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    wheel = QWheelEvent(spot, spot, QPoint(), QPoint(0, 240), no_button, no_key, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(waterfall, wheel)
    assert _view(waterfall).zoom == pytest.approx(1.5**2)
    assert _view(waterfall).to_column(100) == pytest.approx(column, abs=0.5)
    waterfall.zoom_out()
    waterfall.zoom_fit()
    assert _view(waterfall).columns_seen == (0, 400)


def test_another_scale_and_another_size_keep_the_shape(waterfall: Waterfall) -> None:
    waterfall.add_picture(_picture(0, 300))
    assert _view(waterfall).px_per_line == pytest.approx(2 * _view(waterfall).px_per_column)
    waterfall.show_scale(LineScale(0.1, 0.1), 0)
    waterfall.add_picture(_picture(0, 310))
    assert _view(waterfall).px_per_line == pytest.approx(_view(waterfall).px_per_column)
    waterfall.resize(900, 300)
    waterfall.grab()
    assert _view(waterfall).width == waterfall.room().width() and _view(waterfall).columns_seen == (0, 400)


def test_trouble_is_said_over_the_last_picture_and_instead_of_none(waterfall: Waterfall) -> None:
    waterfall.show_trouble("Camera web is not connected")
    assert "not connected" in waterfall.accessibleName()
    before = _picture_of(waterfall)
    room = waterfall.room()
    assert before.pixelColor(room.x() + 2, room.y() + 2).name() == QColor(LIGHT.canvas).name()
    waterfall.add_picture(_picture(0, 300))
    after = _picture_of(waterfall)
    assert after.pixelColor(room.x() + 2, room.y() + 2).name() == QColor(LIGHT.no_result.fill).name()


def test_what_was_seen_of_another_run_is_forgotten(waterfall: Waterfall) -> None:
    waterfall.add_picture(_picture(0, 300))
    waterfall.clear()
    assert waterfall.drawn is None or waterfall.drawn.image is None


def _drag(waterfall: Waterfall, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(waterfall, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(waterfall, end)
    QTest.mouseRelease(waterfall, Qt.MouseButton.LeftButton, pos=end)
