"""The heat map for display: the maps of all judged regions on one canvas. Pure; nothing is decided from it."""

import cv2
import numpy as np

from station_app.core.inspection import Box, HeatMap, Pixels


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
    canvas = np.zeros((max(1, round(whole.height / step)), max(1, round(whole.width / step))), np.uint8)
    for box, heat in maps:
        x, y = int((box.x - left) / step), int((box.y - top) / step)
        target = canvas[y : y + max(1, round(box.height / step)), x : x + max(1, round(box.width / step))]
        # Regions may overlap: the higher score is shown.
        np.maximum(target, cv2.resize(heat, target.shape[1::-1], interpolation=cv2.INTER_AREA), out=target)
    return HeatMap(canvas, whole)
