"""The path of a finger over a frame: the pixels that a round brush touches on it, and the outline of a lasso. Pure."""

import math
from collections.abc import Sequence

import cv2
import numpy as np

from station_app.core.inspection import Box, Polygon
from station_app.core.review import Brush
from station_app.gui.review.runs import brush_of

Path = Sequence[tuple[float, float]]


def stroke(path: Path, radius: float, frame: tuple[int, int]) -> Brush | None:
    """A round brush of `radius` frame pixels drawn along `path`, within a frame of (width, height) pixels; None where
    it misses the frame. Only the pixels around the path are held, so that a large frame costs nothing."""
    room = _room(path, radius, frame)
    if room is None:
        return None
    canvas = np.zeros((room.height, room.width), np.uint8)
    points = np.array([[math.floor(x) - room.x, math.floor(y) - room.y] for x, y in path], np.int32)
    cv2.polylines(canvas, [points.reshape(-1, 1, 2)], False, 255, max(1, round(2 * radius)))
    for x, y in (points[0], points[-1]):
        cv2.circle(canvas, (int(x), int(y)), max(0, round(radius)), 255, -1)
    return brush_of(canvas > 0, room.x, room.y)


def _room(path: Path, radius: float, frame: tuple[int, int]) -> Box | None:
    if not path:
        return None
    xs, ys, edge = [x for x, _ in path], [y for _, y in path], radius + 2
    left, top = max(0, math.floor(min(xs) - edge)), max(0, math.floor(min(ys) - edge))
    right, bottom = min(frame[0], math.ceil(max(xs) + edge)), min(frame[1], math.ceil(max(ys) + edge))
    return Box(left, top, right - left, bottom - top) if right > left and bottom > top else None


def lasso(path: Path, tolerance: float, frame: tuple[int, int]) -> Polygon | None:
    """The corners of a drawn outline, each within the frame, those left out that lie within `tolerance` pixels of the
    line without them; None where fewer than three stay."""
    inside = [(min(max(0.0, x), frame[0] - 1.0), min(max(0.0, y), frame[1] - 1.0)) for x, y in path]
    if len(inside) < 3:
        return None
    simple = cv2.approxPolyDP(np.array(inside, np.float32).reshape(-1, 1, 2), max(0.0, tolerance), True)
    corners = tuple(dict.fromkeys((round(float(x)), round(float(y))) for x, y in simple.reshape(-1, 2)))
    return corners if len(corners) >= 3 else None


def is_within(polygon: Polygon, x: float, y: float) -> bool:
    """Whether the point lies inside, by the rule of even and odd."""
    is_inside = False
    for (x1, y1), (x2, y2) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            is_inside = not is_inside
    return is_inside
