"""Where a picture lies against a reference picture: moved by how much, turned by how much, and whether it is the same.

Phase correlation of reduced, windowed pictures (Kuglin & Hines 1975), weighted by a band-pass: the lowest frequencies
are light, the highest are noise. The peak of two equal pictures is 1. The turn is searched over a grid of small angles
and read off a parabola, first on coarse pictures and then on finer ones.
"""

import math
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from station_app.core.inspection import Pixels
from station_app.core.reference import Placement

REACH_DEG = 5.0
"""Turns beyond this are not found: the match is poor then."""
_COARSE_SIDE, _FINE_SIDE = 160, 480
_COARSE_STEP_DEG, _FINE_STEP_DEG = 0.5, 0.2
_COARSE_BLUR, _FINE_BLUR = 1.2, 1.0
"""Standard deviation of the peak, in reduced pixels."""
_SLOWEST = 3.0
"""Waves over the shorter side below which a change is light and not structure."""
_TINY = 1e-6

Grey = NDArray[np.float32]
Spectrum = NDArray[np.complex64]


class _Peak(NamedTuple):
    height: float
    x: float
    y: float


class ReferencePicture:
    """A picture to compare others with. Kept: some reduced copies of it, about 3 MB. Any thread; costs about 30 ms of
    one core a picture, whatever its size."""

    def __init__(self, grey: Pixels) -> None:
        """`grey` is HxW."""
        self._shape = grey.shape
        coarse, self._fine = _reduced(grey, _COARSE_SIDE), _reduced(grey, _FINE_SIDE)
        self._scale = (grey.shape[1] / self._fine.shape[1], grey.shape[0] / self._fine.shape[0])
        self._coarse_plane = _Plane(coarse.shape, _COARSE_BLUR)
        self._fine_plane = _Plane(self._fine.shape, _FINE_BLUR)
        steps = round(REACH_DEG / _COARSE_STEP_DEG)
        self._angles = [_COARSE_STEP_DEG * step for step in range(-steps, steps + 1)]
        self._turned = [self._coarse_plane.spectrum(_turned(coarse, angle)) for angle in self._angles]

    def place(self, grey: Pixels) -> Placement:
        """How this picture lies. One of another size matches nothing."""
        if grey.shape != self._shape:
            return Placement(0.0, 0.0, 0.0, 0.0)
        turn = self._coarse_turn(grey)
        spectrum = self._fine_plane.spectrum(_reduced(grey, _FINE_SIDE))
        turn = self._fine_turn(spectrum, turn)
        peak = self._peak_at(spectrum, turn)
        return Placement(peak.x * self._scale[0], peak.y * self._scale[1], turn, min(1.0, max(0.0, peak.height)))

    def _coarse_turn(self, grey: Pixels) -> float:
        spectrum = self._coarse_plane.spectrum(_reduced(grey, _COARSE_SIDE))
        heights = [self._coarse_plane.peak(turned, spectrum).height for turned in self._turned]
        best = int(np.argmax(heights))
        if not 0 < best < len(heights) - 1:
            return self._angles[best]
        return self._angles[best] + _COARSE_STEP_DEG * _vertex(*heights[best - 1 : best + 2])

    def _fine_turn(self, spectrum: Spectrum, turn: float) -> float:
        steps = (-_FINE_STEP_DEG, 0.0, _FINE_STEP_DEG)
        heights = [self._peak_at(spectrum, turn + step).height for step in steps]
        return turn + _FINE_STEP_DEG * _vertex(*heights)

    def _peak_at(self, spectrum: Spectrum, turn: float) -> _Peak:
        return self._fine_plane.peak(self._fine_plane.spectrum(_turned(self._fine, turn)), spectrum)


class _Plane:
    """Phase correlation of pictures of one size."""

    def __init__(self, shape: tuple[int, ...], blur: float) -> None:
        height, width = shape
        self._size = (height, width)
        self._window = np.outer(np.hanning(height), np.hanning(width)).astype(np.float32)
        squared = np.fft.fftfreq(height)[:, None] ** 2 + np.fft.rfftfreq(width)[None, :] ** 2
        noise_free = np.exp(-2 * (np.pi * blur) ** 2 * squared)
        light_free = 1 - np.exp(-squared / (_SLOWEST / min(height, width)) ** 2)
        weight = noise_free * light_free
        twice = np.full(weight.shape[1], 2.0)
        twice[0] = 1.0
        if width % 2 == 0:
            twice[-1] = 1.0
        total = max(_TINY, float((weight * twice).sum()))  # no room for any wave: such pictures match nothing
        self._weight = (weight * (height * width / total)).astype(np.float32)

    def spectrum(self, picture: Grey) -> Spectrum:
        """Phases alone; zero where the picture holds nothing."""
        transformed = np.fft.rfft2((picture - picture.mean()) * self._window)
        return (transformed / (np.abs(transformed) + _TINY)).astype(np.complex64)

    def peak(self, reference: Spectrum, picture: Spectrum) -> _Peak:
        """The highest point and how far the picture is moved there, in reduced pixels."""
        surface = np.fft.irfft2(reference.conj() * picture * self._weight, self._size)
        height, width = self._size
        y, x = divmod(int(surface.argmax()), width)
        column = [float(surface[(y + step) % height, x]) for step in (-1, 0, 1)]
        row = [float(surface[y, (x + step) % width]) for step in (-1, 0, 1)]
        return _Peak(row[1], _signed(x + _bell(*row), width), _signed(y + _bell(*column), height))


def _reduced(grey: Pixels, side: int) -> Grey:
    """At most `side` pixels along the longer side; every pixel counts in the mean that replaces it."""
    factor = min(1.0, side / max(grey.shape))
    size = (max(1, round(grey.shape[1] * factor)), max(1, round(grey.shape[0] * factor)))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.float32)


def _turned(picture: Grey, degrees: float) -> Grey:
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), degrees, 1.0)
    return np.asarray(cv2.warpAffine(picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE), np.float32)


def _vertex(left: float, middle: float, right: float) -> float:
    """Where the parabola through three points at -1, 0, 1 is highest, within these."""
    bend = left - 2 * middle + right
    return min(1.0, max(-1.0, 0.5 * (left - right) / bend)) if bend < 0 else 0.0


def _bell(left: float, middle: float, right: float) -> float:
    """As `_vertex`, for three points of a Gaussian: its logarithm is a parabola."""
    return _vertex(*(math.log(max(value, _TINY)) for value in (left, middle, right)))


def _signed(place: float, extent: int) -> float:
    return place - extent if place > extent / 2 else place
