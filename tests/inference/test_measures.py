"""Histogram and column profile against numpy, on every format."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.inspection import Frame, FrameStamp, PixelFormat, Pixels
from station_app.inference.measures import COLUMN_GROUPS, columns, grey_of, histogram, measure_picture
from station_app.inference.preprocess import measure_quality


def picture(height: int, width: int, seed: int = 1) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, (height, width), np.uint8)


@given(st.integers(1, 40), st.integers(1, 60), st.integers(0, 1000))
def test_the_histogram_is_numpys(height: int, width: int, seed: int) -> None:
    pixels = picture(height, width, seed)
    expected = np.histogram(pixels, 64, (0, 256))[0] / pixels.size
    assert histogram(pixels) == pytest.approx(expected.tolist(), abs=1e-6)


@pytest.mark.parametrize("width", [1, 7, 512, 513, 1024, 1280, 2448, 5000])
def test_columns_are_means_of_equal_groups_from_left_to_right(width: int) -> None:
    pixels = picture(20, width)
    told = columns(pixels)
    group = -(-width // COLUMN_GROUPS)
    expected = [float(pixels[:, start : start + group].mean()) for start in range(0, width, group)]
    assert len(told) <= COLUMN_GROUPS
    assert told == pytest.approx(expected, abs=1e-3)


def test_a_mosaic_shows_no_stripes_of_its_colours() -> None:
    pixels = np.zeros((20, 100), np.uint8)
    pixels[:, 1::2] = 200
    frame = Frame(0, "top", FrameStamp(0, 0), pixels, PixelFormat.BAYER_RG8)
    assert measure_picture(frame).columns == (100.0,) * 50


def test_colours_count_as_grey() -> None:
    pixels = np.dstack([picture(20, 30, seed) for seed in range(3)])
    frame = Frame(0, "top", FrameStamp(0, 0), pixels, PixelFormat.BGR8)
    measured = measure_picture(frame)
    assert measured.histogram == histogram(grey_of(pixels))
    assert measured.quality == measure_quality(frame)
    assert sum(measured.histogram) == pytest.approx(1, abs=1e-4)
