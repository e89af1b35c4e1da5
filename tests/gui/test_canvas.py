"""The image: zoom, pan, marks, heat."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from station_app.core.inspection import Box, HeatMap
from station_app.gui.image_canvas import ImageCanvas
from station_app.gui.marks import DEFECT_COLOUR
from station_app.gui.millimetres import Millimetres
from station_app.gui.theme import LIGHT
from tests.gui.fake_engine import heat_of, housing, scratch

PIXELS = housing(size=(400, 500))
FINDINGS = scratch(PIXELS)


@pytest.fixture
def canvas(qapp: QApplication) -> Iterator[ImageCanvas]:
    canvas = ImageCanvas(LIGHT, Millimetres(4))
    canvas.resize(500, 400)
    canvas.show()
    canvas.show_frame(1, PIXELS, (heat_of(PIXELS, FINDINGS),))
    yield canvas
    canvas.close()
    canvas.deleteLater()


def _picture(canvas: ImageCanvas) -> QImage:
    return canvas.grab().toImage()


def test_boxes_are_drawn_where_the_findings_are(canvas: ImageCanvas) -> None:
    plain = _picture(canvas)
    canvas.set_findings(FINDINGS)
    marked = _picture(canvas)
    box = FINDINGS[1].box
    assert marked.pixelColor(box.x + 5, box.y).name().upper() == DEFECT_COLOUR
    assert marked.pixelColor(5, 5) == plain.pixelColor(5, 5)


def test_marks_are_hidden_while_they_are_held(canvas: ImageCanvas) -> None:
    canvas.set_heat_opacity(0)
    bare = _picture(canvas)
    canvas.set_heat_opacity(1)
    canvas.set_findings(FINDINGS)
    assert _picture(canvas) != bare
    canvas.set_marks_hidden(True)
    assert _picture(canvas) == bare


def test_heat_follows_its_opacity(canvas: ImageCanvas) -> None:
    x, y = FINDINGS[1].box.x + 5, FINDINGS[1].box.y + 5
    reds = []
    for opacity in (0.0, 0.5, 1.0):
        canvas.set_heat_opacity(opacity)
        colour = _picture(canvas).pixelColor(x, y)
        reds.append(colour.red() - colour.blue())
    assert reds == sorted(reds) and reds[0] < reds[1] < reds[2]


def test_a_heat_map_of_a_region_covers_only_it(canvas: ImageCanvas) -> None:
    scores = heat_of(PIXELS, FINDINGS).scores
    scores = scores.copy()
    scores[:] = 255
    canvas.set_heat_opacity(1)
    canvas.show_frame(2, PIXELS, (HeatMap(scores, Box(0, 0, 250, 400)),))
    picture = _picture(canvas)
    left, right = picture.pixelColor(100, 300), picture.pixelColor(400, 300)
    assert left.red() - left.blue() > 50 and right.red() == right.blue()


def test_buttons_wheel_and_drag_move_the_view(canvas: ImageCanvas) -> None:
    canvas.zoom_in()
    assert canvas.viewport is not None and canvas.viewport.zoom == pytest.approx(1.5)
    before = canvas.viewport.offset
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    QTest.mouseMove(canvas, QPoint(230, 210))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(230, 210))
    after = canvas.viewport.offset
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((30, 10))
    canvas.zoom_fit()
    assert canvas.viewport.zoom == 1


def test_the_next_part_is_seen_in_the_same_view(canvas: ImageCanvas) -> None:
    canvas.zoom_in()
    canvas.show_frame(2, housing(2, (400, 500)))
    assert canvas.viewport is not None and canvas.viewport.zoom == pytest.approx(1.5)
    canvas.show_frame(3, housing(2, (300, 500)))
    assert canvas.viewport.zoom == 1


def test_drawing_gives_frame_pixels_and_a_tap_gives_none(canvas: ImageCanvas) -> None:
    drawn: list[Box] = []

    def keep(box: Box) -> None:
        drawn.append(box)

    canvas.box_drawn.connect(keep)
    canvas.set_drawing(True)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    assert drawn == []
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 80))
    QTest.mouseMove(canvas, QPoint(120, 100))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(120, 100))
    assert drawn == [Box(60, 80, 60, 20)]
    canvas.set_drawing(False)
    assert canvas.viewport == replace(canvas.viewport) if canvas.viewport else False


def test_a_part_without_image_says_so(canvas: ImageCanvas) -> None:
    canvas.set_empty_text("No image")
    shown = _picture(canvas)
    canvas.show_frame(4, None)
    empty = _picture(canvas)
    assert empty != shown and canvas.marks() == ()
