"""The image-quality gate and the colours."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.errors import ModelOutputError
from station_app.core.inspection import Frame, FrameStamp, ImageQuality, PixelFormat, Pixels
from station_app.core.recipe import QualityLimits
from station_app.inference.preprocess import (
    check_frame,
    colour_buffer,
    match_channels,
    measure_quality,
    quality_fault,
)

GOOD = ImageQuality(mean=120.0, dark_share=0.1, bright_share=0.1, focus=50.0)
LIMITS = QualityLimits(mean_min=20, mean_max=200, dark_share_max=0.5, bright_share_max=0.5, focus_min=10)


def frame_of(pixels: Pixels, pixel_format: PixelFormat = PixelFormat.MONO8) -> Frame:
    return Frame(1, "cam", FrameStamp(1, 0), pixels, pixel_format)


def texture(rows: int = 240, columns: int = 320) -> Pixels:
    return np.random.default_rng(0).integers(40, 200, (rows, columns), np.uint8)


def test_the_measures_of_a_known_frame() -> None:
    pixels = np.zeros((100, 100), np.uint8)
    pixels[:, 50:] = 255
    quality = measure_quality(frame_of(pixels))
    assert quality.mean == pytest.approx(127.5)
    assert quality.dark_share == pytest.approx(0.5)
    assert quality.bright_share == pytest.approx(0.5)


@pytest.mark.parametrize("rows", [300, 2048])
def test_focus_is_the_variance_of_the_laplacian_at_half_size(rows: int) -> None:
    pixels = cv2.GaussianBlur(texture(rows, 600), (0, 0), 2.0)
    half = cv2.resize(pixels, (300, rows // 2), interpolation=cv2.INTER_AREA)
    whole = float(cv2.Laplacian(half, cv2.CV_64F).var())
    assert measure_quality(frame_of(np.asarray(pixels, np.uint8))).focus == pytest.approx(whole, rel=0.1)


def test_more_blur_never_means_more_focus() -> None:
    focus = [
        measure_quality(frame_of(np.asarray(cv2.GaussianBlur(texture(), (0, 0), sigma), np.uint8))).focus
        for sigma in (0.5, 1.0, 2.0, 4.0, 8.0)
    ]
    assert focus == sorted(focus, reverse=True)


@given(st.integers(1, 40), st.integers(1, 40), st.sampled_from(list(PixelFormat)), st.integers(0, 255))
def test_any_frame_can_be_measured(rows: int, columns: int, pixel_format: PixelFormat, level: int) -> None:
    shape = (rows, columns, 3) if pixel_format is PixelFormat.BGR8 else (rows, columns)
    quality = measure_quality(frame_of(np.full(shape, level, np.uint8), pixel_format))
    assert quality.mean == pytest.approx(level, abs=1)
    assert quality.focus == pytest.approx(0, abs=1e-6)


def test_a_good_frame_has_no_fault() -> None:
    assert quality_fault(GOOD, LIMITS) is None


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"mean": 19.0}, "mean 19.0 is below 20"),
        ({"mean": 201.0}, "mean 201.0 is above 200"),
        ({"dark_share": 0.6}, "60% of it is black, 50% is allowed"),
        ({"bright_share": 0.6}, "60% of it is white"),
        ({"focus": 9.0}, "focus 9.0 is below 10"),
        ({"mean": float("nan")}, "too dark"),
        ({"dark_share": float("nan")}, "black"),
        ({"focus": float("nan")}, "blurred"),
    ],
)
def test_a_fault_names_its_limit(change: dict[str, float], word: str) -> None:
    fault = quality_fault(GOOD._replace(**change), LIMITS)
    assert fault is not None and word in fault


def test_a_bayer_mosaic_gets_its_own_colours() -> None:
    mosaic = np.zeros((20, 20), np.uint8)
    mosaic[::2, ::2] = 200  # the red pixels of RGGB
    buffer = colour_buffer(mosaic.shape, PixelFormat.BAYER_RG8, 3)
    bgr = match_channels(mosaic, PixelFormat.BAYER_RG8, buffer, 3)
    assert bgr is buffer
    np.testing.assert_array_equal(bgr[5:15, 5:15].reshape(-1, 3).max(axis=0), [0, 0, 200])


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("pixel_format", list(PixelFormat))
def test_every_format_reaches_every_model(pixel_format: PixelFormat, channels: int) -> None:
    shape = (8, 10, 3) if pixel_format is PixelFormat.BGR8 else (8, 10)
    pixels = np.full(shape, 90, np.uint8)
    matched = match_channels(pixels, pixel_format, colour_buffer(shape, pixel_format, channels), channels)
    assert matched.shape == ((8, 10) if channels == 1 else (8, 10, 3))
    assert np.abs(matched.astype(int) - 90).max() <= 1


@pytest.mark.parametrize(
    ("shape", "dtype", "pixel_format"),
    [
        ((8, 8, 3), np.uint8, PixelFormat.MONO8),
        ((8, 8), np.uint8, PixelFormat.BGR8),
        ((8, 8, 4), np.uint8, PixelFormat.BGR8),
        ((8, 8), np.uint16, PixelFormat.MONO8),
        ((0, 8), np.uint8, PixelFormat.MONO8),
    ],
)
def test_a_frame_that_is_not_what_it_says_is_never_judged(
    shape: tuple[int, ...], dtype: type, pixel_format: PixelFormat
) -> None:
    with pytest.raises(ModelOutputError, match="camera cam"):
        check_frame(frame_of(np.zeros(shape, dtype), pixel_format))
