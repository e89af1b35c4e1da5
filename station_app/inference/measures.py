"""What a person at the set-up screen wants to know of a picture besides its quality. Pure."""

from dataclasses import dataclass

import cv2
import numpy as np

from station_app.core.inspection import Frame, ImageQuality, PixelFormat, Pixels
from station_app.inference.preprocess import measure_quality

BINS = 64
COLUMN_GROUPS = 512
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class PictureMeasures:
    """`histogram` is the share of all pixels in each of 64 bins of four grey levels; `columns` the mean grey of at
    most 512 groups of columns, of equal width but for the last, from left to right."""

    quality: ImageQuality
    histogram: tuple[float, ...]
    columns: tuple[float, ...]


def measure_picture(frame: Frame) -> PictureMeasures:
    """Every measure of one frame. Colours count as grey; a Bayer mosaic counts as it is."""
    grey = grey_of(frame.pixels)
    group = 2 if frame.pixel_format is PixelFormat.BAYER_RG8 else 1
    return PictureMeasures(measure_quality(frame), histogram(grey), columns(grey, group))


def grey_of(pixels: Pixels) -> Pixels:
    """HxW: the pixels themselves, or their grey where they have colours."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8) if pixels.ndim == 3 else pixels


def histogram(grey: Pixels) -> tuple[float, ...]:
    """Shares of the pixels in 64 bins of four grey levels each; they add up to 1."""
    counts = cv2.calcHist([grey], [0], None, [BINS], [0, 256]).ravel().astype(np.float64)
    return _plain(counts / grey.size)


def columns(grey: Pixels, at_least: int = 1) -> tuple[float, ...]:
    """Mean grey of at most 512 groups of columns, each at least so many columns wide."""
    means = np.asarray(cv2.reduce(grey, 0, cv2.REDUCE_AVG, dtype=cv2.CV_64F)).ravel()
    width = max(at_least, -(-means.size // COLUMN_GROUPS))
    starts = np.arange(0, means.size, width)
    sizes = np.diff(np.append(starts, means.size))
    return _plain(np.add.reduceat(means, starts) / sizes)


def _plain(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> tuple[float, ...]:
    return tuple(np.round(values, _DIGITS).tolist())
