"""Where lines and columns of a web are on the screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.lines import LineScale, LineSpan
from station_app.gui.web.rulers import round_step, ticks
from station_app.gui.web.view import LEAST_ZOOM, MOST_PX_PER_COLUMN, WebView, whole_web

mm = st.floats(0.005, 2.0)
views = st.builds(
    whole_web,
    st.integers(128, 8192),
    st.builds(LineScale, mm, mm),
    st.integers(100, 2000),
    st.integers(100, 1200),
    st.floats(0, 1e6),
)


@given(views, st.floats(0, 1000), st.floats(0, 1000))
def test_a_place_on_the_screen_leads_to_the_web_and_back(view: WebView, x: float, y: float) -> None:
    assert view.to_x(view.to_column(x)) == pytest.approx(x, abs=1e-3)
    assert view.to_y(view.to_line(y)) == pytest.approx(y, abs=1e-3)


@given(views)
def test_a_millimetre_is_as_long_along_as_across_and_all_columns_are_seen(view: WebView) -> None:
    along = view.to_y(100) - view.to_y(0)
    across = view.to_x(100) - view.to_x(0)
    assert along / across == pytest.approx(view.scale.aspect)
    assert view.columns_seen == (0, view.columns)
    assert view.to_y(view.end) == view.height, "the newest line is at the bottom"


@given(views, st.floats(0.2, 5.0), st.floats(0, 1), st.floats(0, 1))
def test_zooming_keeps_the_place_under_the_finger_within_the_web(
    view: WebView, factor: float, across: float, down: float
) -> None:
    near = view.zoomed(4.0, view.width / 2, view.height)
    x, y = across * view.width, down * view.height
    zoomed = near.zoomed(factor, x, y)
    assert zoomed.zoom >= LEAST_ZOOM and zoomed.px_per_column <= max(MOST_PX_PER_COLUMN, view.px_per_column) * 1.001
    first, last = zoomed.columns_seen
    assert 0 <= first < last <= view.columns
    if near.zoom > 1 and zoomed.zoom >= near.zoom and zoomed.end > 0:
        assert zoomed.to_column(x) == pytest.approx(near.to_column(x), abs=1e-3)
        assert zoomed.to_line(y) == pytest.approx(near.to_line(y), abs=1e-3)
    assert zoomed.fitted().zoom == 1 and zoomed.fitted().columns_seen == (0, view.columns)


@given(views, st.floats(-3000, 3000), st.floats(-3000, 3000))
def test_nothing_beside_the_web_is_looked_at(view: WebView, dx: float, dy: float) -> None:
    moved = view.zoomed(3.0, 0, view.height).panned(dx, dy)
    assert moved.end >= 0
    if moved.zoom > 1:
        assert moved.to_column(0) >= -1e-6 and moved.to_column(moved.width) <= moved.columns + 1e-6
    else:
        assert moved.centre == moved.columns / 2


def test_a_defect_lies_where_its_lines_and_columns_are() -> None:
    view = whole_web(1000, LineScale(0.2, 0.1), 500, 300, end=1000)
    spot = view.spot(LineSpan(900, 950), (100, 150))
    assert (spot.x, spot.y, spot.width, spot.height) == (50, 200, 25, 50)
    assert view.lines == LineSpan(700, 1000)


@given(st.floats(1e-6, 1e6), st.floats(1, 200))
def test_steps_of_a_ruler_are_round_and_far_enough_apart(per_px: float, least_px: float) -> None:
    step = round_step(per_px, least_px)
    assert step / per_px >= least_px * (1 - 1e-6) and step / per_px <= least_px * 2.51
    digits = f"{step:e}".partition("e")[0].rstrip("0").rstrip(".")
    assert digits in ("1", "2", "5")


def test_ticks_stand_at_their_values() -> None:
    assert [(tick.at, tick.text) for tick in ticks(0.9, 2.1, (100, 220), 40)] == [
        (110, "1.0"),
        (160, "1.5"),
        (210, "2.0"),
    ]
    assert [tick.text for tick in ticks(-30, 30, (0, 60), 15)] == ["-20", "0", "20"]
    assert ticks(5, 5, (0, 100), 10) == () and ticks(0, 1, (50, 50), 10) == ()
