"""The good housing: textures, recess, holes and printed text, drawn once per specification and kept."""

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from station_app.devices.rendering.plan import HOLES, hole_centre, window_box

Grey = NDArray[np.float32]

BACKGROUND = 26.0
MARGIN = 0.08
"""The part is drawn this much larger than the frame, so that a shifted part has no seam."""


@lru_cache(maxsize=4)
def good_housing(width: int, height: int, seed: int, has_holes: bool = True) -> Grey:
    """The housing in the middle of a canvas that is `MARGIN` larger on every side; grey levels, read-only."""
    random = np.random.default_rng((seed, 4711))
    margin_x, margin_y = round(MARGIN * width), round(MARGIN * height)
    canvas = np.full((height + 2 * margin_y, width + 2 * margin_x), BACKGROUND, np.float32)
    canvas += _cloud(random, canvas.shape, height / 6, 3.0)
    face = canvas[margin_y : margin_y + height, margin_x : margin_x + width]
    _draw_body(face, random)
    _draw_recess(face, random)
    for hole in range(HOLES if has_holes else 0):
        _draw_hole(face, hole)
    _draw_text(face)
    canvas.setflags(write=False)
    return canvas


def body_mask(width: int, height: int) -> NDArray[np.uint8]:
    """255 where the housing is, with its rounded corners."""
    mask = np.zeros((height, width), np.uint8)
    left, top, right, bottom = (round(v) for v in (0.04 * width, 0.05 * height, 0.96 * width, 0.95 * height))
    radius = round(0.05 * height)
    cv2.rectangle(mask, (left + radius, top), (right - radius, bottom), 255, -1)
    cv2.rectangle(mask, (left, top + radius), (right, bottom - radius), 255, -1)
    for x in (left + radius, right - radius):
        for y in (top + radius, bottom - radius):
            cv2.circle(mask, (x, y), radius, 255, -1, cv2.LINE_AA)
    return mask


def hole_radius(height: int) -> float:
    return 0.034 * height


def _draw_body(face: Grey, random: np.random.Generator) -> None:
    height, width = face.shape
    brushed = random.normal(0, 1, (height, width)).astype(np.float32)
    brushed = np.asarray(cv2.blur(brushed, (max(3, width // 14), 1)), np.float32)
    brushed *= 7.0 / max(float(brushed.std()), 1e-6)
    slope = np.linspace(10, -10, height, dtype=np.float32)[:, None]
    metal = 150 + brushed + slope + _cloud(random, face.shape, height / 3, 5.0)
    mask = body_mask(width, height)
    bevel = cv2.GaussianBlur(mask, (0, 0), height * 0.008).astype(np.float32) - 127
    metal += np.clip(90 - np.abs(bevel), 0, 90) * 0.35
    weight = mask.astype(np.float32) / 255
    face[...] = face * (1 - weight) + metal * weight


def _draw_recess(face: Grey, random: np.random.Generator) -> None:
    height, width = face.shape
    left, top, right, bottom = (
        round(v * extent) for v, extent in zip(window_box(), (width, height, width, height), strict=True)
    )
    recess = face[top:bottom, left:right]
    cast = random.normal(0, 1, recess.shape).astype(np.float32)
    cast = np.asarray(cv2.GaussianBlur(cast, (0, 0), max(0.8, height / 700)), np.float32)
    recess[...] = 112 + cast * (6.5 / max(float(cast.std()), 1e-6)) + _cloud(random, recess.shape, height / 12, 3.0)
    line = max(1, round(height / 240))
    cv2.rectangle(face, (left, top), (right, bottom), 70.0, line, cv2.LINE_AA)
    cv2.line(face, (left, bottom + line), (right, bottom + line), 205.0, line, cv2.LINE_AA)


def _draw_hole(face: Grey, hole: int) -> None:
    height, width = face.shape
    x, y = hole_centre(hole)
    centre = (round(x * width), round(y * height))
    radius = hole_radius(height)
    cv2.circle(face, centre, round(radius * 1.35), 186.0, -1, cv2.LINE_AA)
    cv2.circle(face, centre, round(radius * 1.35), 120.0, max(1, round(height / 500)), cv2.LINE_AA)
    cv2.circle(face, centre, round(radius), 22.0, -1, cv2.LINE_AA)
    cv2.ellipse(face, centre, (round(radius),) * 2, 0, 20, 160, 74.0, max(1, round(height / 300)), cv2.LINE_AA)


def _draw_text(face: Grey) -> None:
    height, width = face.shape
    scale = height / 960
    left = round(0.345 * width)
    ink = np.zeros(face.shape, np.uint8)  # OpenCV writes text on 8-bit images only
    lines = (("A17  COVER", 0.47, 1.5), ("AL 6061-T6  REV C", 0.56, 0.9))
    for text, y, size in lines:
        at, thickness = (left, round(y * height)), max(1, round(1.6 * size * scale))
        cv2.putText(ink, text, at, cv2.FONT_HERSHEY_DUPLEX, size * scale, 255, thickness, cv2.LINE_AA)
    weight = ink.astype(np.float32) / 255
    face[...] = face * (1 - weight) + 204 * weight


def _cloud(random: np.random.Generator, shape: tuple[int, ...], grain: float, amplitude: float) -> Grey:
    """Slow variation of about `amplitude` grey levels with features of `grain` pixels."""
    rows, columns = (max(2, round(extent / grain) + 2) for extent in shape[:2])
    coarse = random.normal(0, amplitude, (rows, columns)).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC), np.float32)
