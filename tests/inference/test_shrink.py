"""The area filter: a one-pixel scratch survives every reduction, and a plain linear shrink is what loses it."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.inspection import Pixels
from station_app.inference.shrink import Shrinker, shrink

HEIGHT, WIDTH = 2048, 2448  # 5 MP


@pytest.fixture(scope="module")
def scratched() -> tuple[Pixels, Pixels]:
    """A grey 5 MP frame, and the same with a scratch one pixel wide."""
    clean = np.full((HEIGHT, WIDTH), 120, np.uint8)
    frame = clean.copy()
    frame[701, 400:1400] = 250
    return clean, frame


@pytest.mark.parametrize("size", [(256, 256), (512, 512), (256, 306), (1024, 1024), (224, 320)])
def test_a_one_pixel_scratch_survives_the_reduction(scratched: tuple[Pixels, Pixels], size: tuple[int, int]) -> None:
    clean, frame = scratched
    change = np.abs(shrink(frame, *size).astype(int) - shrink(clean, *size))
    # One row of 130 grey levels more, spread over the rows that share a reduced row, at worst over two of them.
    assert change.max() >= 130 / (HEIGHT / size[0]) / 2 - 1
    assert change.max() >= 5


def test_a_plain_linear_shrink_loses_the_scratch(scratched: tuple[Pixels, Pixels]) -> None:
    clean, frame = scratched
    reduced = [cv2.resize(pixels, (256, 256), interpolation=cv2.INTER_LINEAR) for pixels in (clean, frame)]
    assert np.array_equal(reduced[0], reduced[1])


def test_a_scratch_survives_where_the_other_axis_is_enlarged() -> None:
    frame = np.full((2000, 100), 120, np.uint8)
    frame[701] = 250
    change = shrink(frame, 256, 256).astype(int) - 120
    assert (change.max(axis=0) >= 130 / (2000 / 256) / 2 - 1).all()


@given(st.integers(1, 90), st.integers(1, 90), st.integers(1, 40), st.integers(1, 40), st.sampled_from([1, 3]))
def test_the_mean_grey_level_is_kept_at_any_size(
    rows: int, columns: int, height: int, width: int, channels: int
) -> None:
    pixels = np.random.default_rng(rows * 91 + columns).integers(0, 256, (rows, columns, channels), np.uint8)
    pixels = pixels[..., 0] if channels == 1 else pixels
    small = shrink(pixels, min(height, rows), min(width, columns))
    assert small.shape == (min(height, rows), min(width, columns), *pixels.shape[2:])
    assert abs(float(small.mean()) - float(pixels.mean())) < 3


def test_halving_is_the_area_filter_but_for_rounding() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (256, 512), np.uint8)
    area = cv2.resize(pixels, (64, 32), interpolation=cv2.INTER_AREA)
    assert np.abs(shrink(pixels, 32, 64).astype(int) - area).max() <= 2


def test_nothing_is_copied_where_the_size_is_right() -> None:
    pixels = np.zeros((8, 8), np.uint8)
    assert Shrinker(pixels.shape, 8, 8)(pixels) is pixels


def test_buffers_are_kept_between_frames() -> None:
    shrinker = Shrinker((64, 64), 10, 10)
    first = shrinker(np.full((64, 64), 7, np.uint8))
    assert shrinker(np.full((64, 64), 9, np.uint8)) is first
    assert (first == 9).all()
