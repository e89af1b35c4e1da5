"""The heat map for display: the maps of all judged regions on one canvas. Pure; nothing is decided from it."""

import math

import cv2
import numpy as np

from station_app.core.inspection import Box, HeatMap, Pixels

MAX_SIDE = 2048


def compose_heat(parts: list[tuple[Box, Pixels | None]]) -> HeatMap | None:
    """One map over all regions, at the resolution of the coarsest; None where the model gives no maps."""
    maps = [(box, heat) for box, heat in parts if heat is not None]
    if not maps:
        return None
    if len(maps) == 1:
        return HeatMap(maps[0][1], maps[0][0])
    left, top = min(box.x for box, _ in maps), min(box.y for box, _ in maps)
    whole = Box(left, top, max(box.right for box, _ in maps) - left, max(box.bottom for box, _ in maps) - top)
    step = max(max(box.width / heat.shape[1], box.height / heat.shape[0]) for box, heat in maps)
    # Small regions far apart have maps finer than the frame: the canvas between them must not grow with that.
    step = max(step, whole.width / MAX_SIDE, whole.height / MAX_SIDE)
    # Pixels that a region only touches are its own too: a narrow region at the far edge must still find room.
    canvas = np.zeros((math.ceil(whole.height / step), math.ceil(whole.width / step)), np.uint8)
    for box, heat in maps:
        rows = slice(int((box.y - top) / step), math.ceil((box.bottom - top) / step))
        columns = slice(int((box.x - left) / step), math.ceil((box.right - left) / step))
        target = canvas[rows, columns]
        # Regions may overlap: the higher score is shown.
        np.maximum(target, cv2.resize(heat, target.shape[1::-1], interpolation=cv2.INTER_AREA), out=target)
    return HeatMap(canvas, whole)
