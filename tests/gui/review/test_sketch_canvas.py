"""Corners by tap, outlines by drag, and a trace that is a faithful picture of the path."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from station_app.gui.millimetres import Millimetres
from station_app.gui.review.sketch_canvas import SketchCanvas
from station_app.gui.review.tools import Tool, next_tool
from station_app.gui.review.trace import Trace
from station_app.gui.theme import LIGHT
from station_app.gui.viewport import fit
from tests.gui.fake_engine import housing

SQUARE = ((100, 100), (300, 100), (300, 250), (100, 250))


@pytest.fixture
def canvas(qapp: QApplication) -> Iterator[SketchCanvas]:
    canvas = SketchCanvas(LIGHT, Millimetres(4))
    canvas.resize(500, 400)
    canvas.show()
    canvas.show_picture(housing(size=(400, 500)), "top")
    yield canvas
    canvas.close()
    canvas.deleteLater()


def _tap(canvas: SketchCanvas, *points: tuple[int, int]) -> None:
    for x, y in points:
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(x, y))


def test_corners_are_tapped_and_the_first_one_closes(canvas: SketchCanvas) -> None:
    drawn: list[object] = []
    canvas.polygon_drawn.connect(drawn.append)
    canvas.set_tool(Tool.POLYGON)
    _tap(canvas, *SQUARE)
    assert canvas.has_open_polygon and not drawn
    _tap(canvas, (102, 101))
    assert drawn == [SQUARE] and not canvas.has_open_polygon


def test_a_key_closes_an_outline_and_another_tool_gives_it_up(canvas: SketchCanvas) -> None:
    drawn: list[object] = []
    canvas.polygon_drawn.connect(drawn.append)
    canvas.set_tool(Tool.POLYGON)
    _tap(canvas, *SQUARE[:2])
    canvas.close_polygon()
    assert not drawn, "two corners are no outline"
    _tap(canvas, *SQUARE)
    canvas.set_tool(Tool.HAND)
    assert not canvas.has_open_polygon and not drawn


def test_the_brush_paints_where_the_finger_was(canvas: SketchCanvas) -> None:
    strokes: list[object] = []
    canvas.stroke_drawn.connect(strokes.append)
    canvas.set_tool(Tool.BRUSH)
    canvas.thicken(2)
    _tap(canvas, (250, 200))
    (dab,) = strokes
    assert dab.box.x < 250 < dab.box.right and dab.box.y < 200 < dab.box.bottom  # type: ignore[attr-defined]


def test_the_hand_points_and_moves(canvas: SketchCanvas) -> None:
    points: list[tuple[float, float]] = []
    canvas.pointed.connect(lambda x, y: points.append((x, y)))
    _tap(canvas, (120, 90))
    assert [(round(x), round(y)) for x, y in points] == [(120, 90)]
    canvas.zoom_in()
    before = canvas.viewport
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    QTest.mouseMove(canvas, QPoint(160, 170))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(160, 170))
    assert canvas.viewport != before and len(points) == 1


def test_full_size_is_one_pixel_for_one(canvas: SketchCanvas) -> None:
    canvas.show_picture(housing(size=(1600, 2000)), "top")
    canvas.zoom_full()
    assert canvas.viewport is not None and canvas.viewport.scale == pytest.approx(1.0)


def test_a_trace_looks_the_same_painted_step_by_step_and_anew(qapp: QApplication) -> None:
    near, far = fit(500, 400, 500, 400), fit(500, 400, 500, 400).zoomed(2.0, 250, 200)
    stepped, followed = Trace(), Trace()
    stepped.begin(far, 6, 1.0, is_veil=True)
    followed.begin(near, 6, 1.0, is_veil=True)
    for x, y in SQUARE:
        stepped.add(x, y)
        followed.add(x, y)
    followed.follow(far)
    assert followed._layer == stepped._layer and followed.path == stepped.path


def test_the_tools_come_round() -> None:
    tool = Tool.HAND
    seen = [tool := next_tool(tool) for _ in Tool]
    assert set(seen) == set(Tool) and seen[-1] is Tool.HAND
