"""Defects drawn into good crops: dark pits and thin cracks with soft edges, no two alike. Pure.

A handful of defective parts shows a handful of shapes, and a network learns these by heart. What is drawn has no kind:
it teaches that there is a defect, not which.
"""

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from station_app.core.inspection import Pixels
from station_app.training.labelled import KINDLESS

_CORNERS = 14
_DRAWN_ABOVE = 0.35
_BRIGHT_SHARE = 0.1

Cover = NDArray[np.float32]


def draw_defect(pixels: Pixels, mask: Pixels, rng: Generator) -> tuple[Pixels, Pixels]:
    """A pit or a crack somewhere in a crop, its size relative to the crop's side."""
    cover = _pit(pixels.shape, rng) if rng.random() < 0.6 else _crack(pixels.shape, rng)
    soft = cv2.GaussianBlur(cover, (0, 0), float(rng.uniform(0.5, 1.4)))
    # Blurred, a thin crack would be too faint for anybody to call it a defect.
    cover = np.asarray(soft / soft.max(), np.float32)
    depth = float(rng.uniform(0.25, 0.8)) * (-1.0 if rng.random() < _BRIGHT_SHARE else 1.0)
    shade = 1.0 - depth * cover
    drawn = pixels * (shade[..., None] if pixels.ndim == 3 else shade)
    mask = np.where(cover > _DRAWN_ABOVE, KINDLESS, mask).astype(np.uint8)
    return np.clip(drawn, 0, 255).astype(np.uint8), mask


def _pit(shape: tuple[int, ...], rng: Generator) -> Cover:
    """A rugged ellipse."""
    side = min(shape[:2])
    radius = side * float(np.exp(rng.uniform(np.log(1 / 56), np.log(1 / 14))))
    angles = np.arange(_CORNERS) * (2 * np.pi / _CORNERS)
    reach = radius * np.clip(rng.normal(1.0, 0.2, _CORNERS), 0.5, 1.5)
    flat, turn = float(rng.uniform(0.4, 1.0)), float(rng.uniform(0, np.pi))
    along, across = reach * np.cos(angles), flat * reach * np.sin(angles)
    x = along * np.cos(turn) - across * np.sin(turn)
    y = along * np.sin(turn) + across * np.cos(turn)
    return _filled(shape, np.stack([x, y], axis=1) + _place(shape, rng), thickness=0)


def _crack(shape: tuple[int, ...], rng: Generator) -> Cover:
    """A wandering line."""
    side = min(shape[:2])
    steps = int(rng.integers(5, 16))
    stride = side * float(rng.uniform(0.01, 0.03))
    angles = float(rng.uniform(0, 2 * np.pi)) + np.cumsum(rng.normal(0, 0.3, steps))
    path = np.cumsum(np.stack([np.cos(angles), np.sin(angles)], axis=1) * stride, axis=0)
    return _filled(shape, path + _place(shape, rng), thickness=max(1, round(side * float(rng.uniform(0.004, 0.016)))))


def _place(shape: tuple[int, ...], rng: Generator) -> NDArray[np.float64]:
    return rng.uniform(0.08, 0.92, 2) * (shape[1], shape[0])


def _filled(shape: tuple[int, ...], corners: NDArray[np.float64], *, thickness: int) -> Cover:
    """1 within the outline, or on a line of that thickness; drawn to a sixteenth of a pixel."""
    cover = np.zeros(shape[:2], np.float32)
    points = [np.rint(corners * 16).astype(np.int32)]
    if thickness:
        cv2.polylines(cover, points, False, (1.0,), thickness, cv2.LINE_8, 4)
    else:
        cv2.fillPoly(cover, points, (1.0,), cv2.LINE_8, 4)
    return cover
