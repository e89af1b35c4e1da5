"""From a frame to what a model takes: the image-quality gate and the colours. No threads; buffers belong to callers."""

import cv2
import numpy as np

from station_app.core.errors import ModelOutputError
from station_app.core.inspection import Frame, ImageQuality, PixelFormat, Pixels
from station_app.core.recipe import QualityLimits

_DARK_BELOW = 5
_BRIGHT_ABOVE = 250
_BANDS = 8
_BAND_ROWS = 16
_GREY_LEVELS = np.arange(256)

# OpenCV names Bayer patterns by their second row; the four-letter names say the first two pixels of both rows.
_CONVERSIONS: dict[tuple[PixelFormat, int], int] = {
    (PixelFormat.MONO8, 3): cv2.COLOR_GRAY2BGR,
    (PixelFormat.BGR8, 1): cv2.COLOR_BGR2GRAY,
    (PixelFormat.BAYER_RG8, 1): cv2.COLOR_BayerRGGB2GRAY,
    (PixelFormat.BAYER_RG8, 3): cv2.COLOR_BayerRGGB2BGR,
}


def measure_quality(frame: Frame) -> ImageQuality:
    """Grey levels and focus of a frame, at half size. Of large frames eight bands of rows stand for all rows."""
    stacked, rows = _bands(frame.pixels)
    half = _half_grey(stacked)
    histogram = cv2.calcHist([half], [0], None, [256], [0, 256]).ravel()
    edges = np.asarray(cv2.Laplacian(half, cv2.CV_16S)).reshape(-1, max(1, rows // 2), half.shape[1])
    inner = edges[:, 1:-1] if edges.shape[1] > 2 else edges  # beyond a band's border is a guess
    _, deviation = cv2.meanStdDev(np.ascontiguousarray(inner).reshape(-1, half.shape[1]))
    count = histogram.sum()
    return ImageQuality(
        mean=float(histogram @ _GREY_LEVELS / count),
        dark_share=float(histogram[:_DARK_BELOW].sum() / count),
        bright_share=float(histogram[_BRIGHT_ABOVE + 1 :].sum() / count),
        focus=float(deviation[0, 0] ** 2),
    )


def quality_fault(quality: ImageQuality, limits: QualityLimits) -> str | None:
    """The first limit that a frame breaks, as a clause for a person, or None where it is usable."""
    checks = (
        (quality.mean >= limits.mean_min, f"too dark: mean {quality.mean:.1f} is below {limits.mean_min:g}"),
        (quality.mean <= limits.mean_max, f"too bright: mean {quality.mean:.1f} is above {limits.mean_max:g}"),
        (
            0 <= quality.dark_share <= limits.dark_share_max,
            f"too dark: {quality.dark_share:.0%} of it is black, {limits.dark_share_max:.0%} is allowed",
        ),
        (
            0 <= quality.bright_share <= limits.bright_share_max,
            f"over-exposed: {quality.bright_share:.0%} of it is white, {limits.bright_share_max:.0%} is allowed",
        ),
        (quality.focus >= limits.focus_min, f"blurred: focus {quality.focus:.1f} is below {limits.focus_min:g}"),
    )
    return next((sentence for is_met, sentence in checks if not is_met), None)


def check_frame(frame: Frame) -> None:
    """Raises ModelOutputError where the pixels are not of the format that the frame says."""
    dims = 3 if frame.pixel_format is PixelFormat.BGR8 else 2
    shape = frame.pixels.shape
    if frame.pixels.dtype != np.uint8 or len(shape) != dims or not frame.pixels.size or (dims == 3 and shape[2] != 3):
        raise ModelOutputError(
            f"a frame of {' x '.join(map(str, shape))} {frame.pixels.dtype} is no {frame.pixel_format} image",
            where=f"camera {frame.camera_id}",
            remedy="check the camera's pixel format",
        )


def colour_buffer(shape: tuple[int, ...], pixel_format: PixelFormat, channels: int) -> Pixels | None:
    """What `match_channels` needs to convert a frame of this shape, or None where nothing is to be converted."""
    if (pixel_format, channels) not in _CONVERSIONS:
        return None
    return np.empty(shape[:2] if channels == 1 else (*shape[:2], channels), np.uint8)


def match_channels(pixels: Pixels, pixel_format: PixelFormat, buffer: Pixels | None, channels: int) -> Pixels:
    """The frame in as many channels as the model takes: itself, or converted into `buffer`."""
    if buffer is None:
        return pixels
    cv2.cvtColor(pixels, _CONVERSIONS[pixel_format, channels], dst=buffer)
    return buffer


def _bands(pixels: Pixels) -> tuple[Pixels, int]:
    """The rows to measure, one band below the other, and how many rows a band has."""
    rows = pixels.shape[0]
    if rows <= _BANDS * _BAND_ROWS:
        return pixels, rows
    # Even starts keep a Bayer mosaic's phase, and even bands halve each by itself.
    starts = [(rows - _BAND_ROWS) * index // (_BANDS - 1) // 2 * 2 for index in range(_BANDS)]
    return np.concatenate([pixels[start : start + _BAND_ROWS] for start in starts]), _BAND_ROWS


def _half_grey(pixels: Pixels) -> Pixels:
    rows, columns = max(1, pixels.shape[0] // 2), max(1, pixels.shape[1] // 2)
    half = cv2.resize(pixels, (columns, rows), interpolation=cv2.INTER_AREA)
    return cv2.cvtColor(half, cv2.COLOR_BGR2GRAY) if half.ndim == 3 else half  # type: ignore[return-value]
