"""Scaled frames and heat maps."""

from dataclasses import replace

import numpy as np
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station_app.core.inspection import Box, HeatMap, Pixels
from station_app.gui.scaling import ScaledFrame, Scaler, ScaleRequest, render, shrink, to_image
from station_app.gui.viewport import fit


def _request(pixels: Pixels, *heat: HeatMap, zoom: float = 1.0, generation: int = 1) -> ScaleRequest:
    view = fit(pixels.shape[1], pixels.shape[0], 200, 100).zoomed(zoom, 0, 0)
    return ScaleRequest(generation, pixels, heat, view)


def test_a_fitted_frame_keeps_a_one_pixel_scratch(qapp: QApplication) -> None:
    pixels = np.zeros((1000, 2000), np.uint8)
    pixels[:, 1003] = 255
    scaled = render(_request(pixels))
    assert (scaled.image.width(), scaled.image.height()) == (200, 100)
    assert QColor(scaled.image.pixel(100, 50)).red() >= 20


def test_only_the_visible_part_is_scaled(qapp: QApplication) -> None:
    pixels = np.zeros((1000, 2000), np.uint8)
    pixels[:500, :1000] = 200
    scaled = render(_request(pixels, zoom=2))
    assert (scaled.image.width(), scaled.image.height()) == (200, 100)
    assert QColor(scaled.image.pixel(190, 90)).red() == 200


def test_colour_frames_keep_their_channel_order(qapp: QApplication) -> None:
    blue = np.zeros((10, 20, 3), np.uint8)
    blue[..., 0] = 250
    colour = QColor(to_image(blue).pixel(5, 5))
    assert (colour.red(), colour.blue()) == (0, 250)


def test_heat_is_clear_where_it_is_cold_and_lies_on_its_box(qapp: QApplication) -> None:
    heat = HeatMap(np.full((4, 4), 255, np.uint8), Box(1000, 0, 1000, 1000))
    scaled = render(_request(np.zeros((1000, 2000), np.uint8), heat))
    assert scaled.heat is not None
    assert scaled.heat.pixelColor(50, 50).alpha() == 0
    assert scaled.heat.pixelColor(150, 50).alpha() > 200
    cold = HeatMap(np.full((4, 4), 20, np.uint8), Box(0, 0, 2000, 1000))
    cool = render(_request(np.zeros((1000, 2000), np.uint8), cold)).heat
    assert cool is not None and cool.pixelColor(50, 50).alpha() == 0


def test_a_thumbnail_keeps_the_shape_of_the_frame(qapp: QApplication) -> None:
    small = shrink(np.full((2048, 2448), 90, np.uint8), 96)
    assert (small.width(), small.height()) == (96, 80)


def test_the_newest_request_wins(qtbot: QtBot) -> None:
    scaler, seen = Scaler(), []

    def keep(scaled: ScaledFrame) -> None:
        seen.append(scaled.generation)

    scaler.scaled.connect(keep)
    pixels = np.zeros((400, 800), np.uint8)
    for generation in range(1, 200):
        scaler.request(_request(pixels, generation=generation))
    qtbot.waitUntil(lambda: 199 in seen)
    scaler.stop()
    assert seen == sorted(seen)


def test_no_canvas_waits_for_ever_behind_another(qtbot: QtBot) -> None:
    scaler, seen = Scaler(), set()

    def keep(scaled: ScaledFrame) -> None:
        seen.add(scaled.canvas)
        if len(seen) < 3:  # the first canvas asks again and again
            scaler.request(replace(_request(pixels), canvas=1))

    scaler.scaled.connect(keep)
    pixels = np.zeros((400, 800), np.uint8)
    for canvas in (1, 2, 3):
        scaler.request(replace(_request(pixels), canvas=canvas))
    qtbot.waitUntil(lambda: seen == {1, 2, 3})
    scaler.stop()


def test_a_glance_has_the_size_of_the_view(qapp: QApplication) -> None:
    pixels = np.full((3000, 4000), 120, np.uint8)
    scaled = render(replace(_request(pixels), is_glance=True))
    assert scaled.image.size() == render(_request(pixels)).image.size()
    assert QColor(scaled.image.pixel(60, 50)).red() == 120
