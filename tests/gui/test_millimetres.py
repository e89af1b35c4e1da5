"""Layout in millimetres."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.gui.millimetres import (
    FALLBACK_PX_PER_MM,
    Millimetres,
    Places,
    Spot,
    arrange,
    fitted,
    trusted_px_per_mm,
)

SCREENS = [(1920, 1080, 4.03), (1366, 768, 3.96), (1024, 600, 3.78), (3840, 2160, 4.03), (1280, 1024, 3.4)]


def _spots(places: Places) -> dict[str, Spot]:
    return {name: getattr(places, name) for name in Places.__dataclass_fields__}


def _overlap(one: Spot, other: Spot) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


@pytest.mark.parametrize(("width", "height", "px_per_mm"), SCREENS)
def test_pieces_stay_in_the_window_and_apart(width: int, height: int, px_per_mm: float) -> None:
    places = _spots(arrange(width, height, fitted(width, height, px_per_mm)))
    for spot in places.values():
        assert spot.x >= 0 and spot.y >= 0
        assert spot.x + spot.width <= width and spot.y + spot.height <= height
        assert spot.width > 0 and spot.height > 0
    del places["question"]  # takes the place of strip, counters and bar
    for (one, a), (other, b) in itertools.combinations(places.items(), 2):
        assert not _overlap(a, b), (one, other)


@pytest.mark.parametrize(("width", "height", "px_per_mm"), SCREENS[:2])
def test_real_screens_get_real_millimetres(width: int, height: int, px_per_mm: float) -> None:
    mm = fitted(width, height, px_per_mm)
    assert mm.px_per_mm == px_per_mm
    places = arrange(width, height, mm)
    assert places.bar.height >= mm.px(20) and places.strip.height >= mm.px(20) and places.tools.width >= mm.px(20)
    assert places.image.height >= mm.px(100)


@given(st.floats(allow_nan=False), st.one_of(st.none(), st.floats(2, 20)))
def test_a_calibration_wins_and_an_impossible_report_is_not_believed(reported: float, override: float | None) -> None:
    trusted = trusted_px_per_mm(reported, override)
    assert trusted == override or (override is None and 60 / 25.4 <= trusted <= 400 / 25.4)
    assert trusted_px_per_mm(0.0, None) == FALLBACK_PX_PER_MM


def test_letters_are_measured_by_their_capitals() -> None:
    assert Millimetres(4.0).font_px(7.3) == 40
