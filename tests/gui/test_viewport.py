"""Fit, zoom and pan."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.inspection import Box
from station_app.gui.viewport import MAX_SCALE, Viewport, fit

sizes = st.integers(8, 5000)
views = st.builds(fit, sizes, sizes, st.integers(50, 2000), st.integers(50, 2000))


@given(views)
def test_fit_shows_the_whole_frame_centred(view: Viewport) -> None:
    left, top = view.to_screen(0, 0)
    right, bottom = view.to_screen(view.frame_width, view.frame_height)
    assert left >= -1e-6 and top >= -1e-6
    assert right <= view.width + 1e-6 and bottom <= view.height + 1e-6
    assert left == pytest.approx(view.width - right, abs=1e-6)
    assert view.visible() == Box(0, 0, view.frame_width, view.frame_height)


@given(views, st.floats(0.2, 5), st.floats(0, 1), st.floats(0, 1))
def test_screen_and_frame_are_inverse(view: Viewport, factor: float, x: float, y: float) -> None:
    view = view.zoomed(factor, x * view.width, y * view.height)
    back = view.to_frame(*view.to_screen(x * view.frame_width, y * view.frame_height))
    assert back == pytest.approx((x * view.frame_width, y * view.frame_height), abs=1e-6)


@given(views, st.lists(st.tuples(st.floats(0.3, 4), st.floats(0, 1), st.floats(0, 1)), max_size=6))
def test_zoom_stays_between_fit_and_the_largest_pixel(view: Viewport, steps: list[tuple[float, float, float]]) -> None:
    for factor, x, y in steps:
        view = view.zoomed(factor, x * view.width, y * view.height).panned(40 * x, -40 * y)
        assert view.zoom >= 1
        assert view.scale <= max(MAX_SCALE, view.fit_scale) + 1e-6
        seen = view.visible()
        assert seen.width > 0 and seen.height > 0
        assert seen.x >= 0 and seen.right <= view.frame_width
        assert seen.y >= 0 and seen.bottom <= view.frame_height


def test_zoom_keeps_the_point_under_the_finger() -> None:
    view = fit(2448, 2048, 900, 700)
    before = view.to_frame(450, 300)
    assert view.zoomed(3, 450, 300).to_frame(450, 300) == pytest.approx(before)


def test_pan_stops_at_the_edge_and_answers_at_once_on_the_way_back() -> None:
    view = fit(1000, 1000, 500, 500).zoomed(2, 250, 250).panned(10_000, 0)
    assert view.visible().x == 0
    assert view.panned(-10, 0).to_screen(0, 0)[0] == pytest.approx(-10)


def test_a_drawn_rectangle_is_cut_to_the_frame() -> None:
    view = fit(100, 100, 200, 100)
    assert view.box_between(0, 0, 200, 100) == Box(0, 0, 100, 100)
    assert view.box_between(70, 30, 60, 20) == Box(10, 20, 10, 10)
    assert view.box_between(0, 0, 40, 100) is None
