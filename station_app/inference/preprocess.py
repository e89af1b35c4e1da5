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


class QualityGauge:
    """Measures frames of one shape at half size, in kept buffers. Of large frames eight bands of rows stand for all."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self._bands = _bands(shape[0])
        rows = sum(max(1, (end - start) // 2) for start, end in self._bands)
        self._half: Pixels = np.empty((rows, max(1, shape[1] // 2), *shape[2:]), np.uint8)
        self._grey: Pixels = np.empty(self._half.shape[:2], np.uint8) if len(shape) == 3 else self._half
        self._edges = np.empty((rows, max(1, shape[1] // 2)), np.int16)

    def measure(self, pixels: Pixels) -> ImageQuality:
        """Grey levels and focus of a frame of the gauge's shape."""
        self._halve(pixels)
        histogram = cv2.calcHist([self._grey], [0], None, [256], [0, 256]).ravel()
        count = histogram.sum()
        return ImageQuality(
            mean=float(histogram @ _GREY_LEVELS / count),
            dark_share=float(histogram[:_DARK_BELOW].sum() / count),
            bright_share=float(histogram[_BRIGHT_ABOVE + 1 :].sum() / count),
            focus=self._focus(),
        )

    def _halve(self, pixels: Pixels) -> None:
        rows = len(self._half) // len(self._bands)
        for index, (start, end) in enumerate(self._bands):
            half = self._half[index * rows : (index + 1) * rows]
            cv2.resize(pixels[start:end], half.shape[1::-1], dst=half, interpolation=cv2.INTER_AREA)
        if self._grey is not self._half:
            cv2.cvtColor(self._half, cv2.COLOR_BGR2GRAY, dst=self._grey)

    def _focus(self) -> float:
        cv2.Laplacian(self._grey, cv2.CV_16S, dst=self._edges)
        columns = self._edges.shape[1]
        edges = self._edges.reshape(len(self._bands), -1, columns)
        inner = edges[:, 1:-1] if edges.shape[1] > 2 else edges  # beyond a band's border is a guess
        _, deviation = cv2.meanStdDev(np.ascontiguousarray(inner).reshape(-1, columns))
        return float(deviation[0, 0] ** 2)


def measure_quality(frame: Frame) -> ImageQuality:
    """The quality of one frame; whoever measures many of one shape keeps a `QualityGauge`."""
    return QualityGauge(frame.pixels.shape).measure(frame.pixels)


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


def _bands(rows: int) -> tuple[tuple[int, int], ...]:
    """First row and end of each band that is measured."""
    if rows <= _BANDS * _BAND_ROWS:
        return ((0, rows),)
    # Even starts keep a Bayer mosaic's phase, and even bands halve each by itself.
    starts = [(rows - _BAND_ROWS) * index // (_BANDS - 1) // 2 * 2 for index in range(_BANDS)]
    return tuple((start, start + _BAND_ROWS) for start in starts)
