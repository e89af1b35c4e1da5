"""Pixels gone wrong: what a dark, blurred or torn exposure looks like. Pure."""

import cv2
import numpy as np

from station_app.core.inspection import Pixels
from station_app.devices.faults import FaultKind

_DARK_GAIN = 0.03


def spoil(pixels: Pixels, kind: FaultKind) -> Pixels:
    """The frame with the fault in it, as new pixels; kinds that do not change pixels give it back as it is."""
    if kind is FaultKind.DARK:
        return brighten(pixels, _DARK_GAIN)
    if kind is FaultKind.BLURRED:
        return np.asarray(cv2.GaussianBlur(pixels, (0, 0), max(1.0, pixels.shape[0] / 120)), np.uint8)
    if kind is FaultKind.TORN:
        torn = pixels.copy()
        torn[pixels.shape[0] // 2 :] = 0
        return torn
    return pixels


def brighten(pixels: Pixels, factor: float) -> Pixels:
    """Grey levels times `factor`, clipped; new pixels."""
    levels = np.clip(np.arange(256) * factor, 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(pixels, levels), np.uint8)
