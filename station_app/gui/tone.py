"""Brightness and contrast of a picture as it is looked at; the record stays as it is. Pure."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from station_app.core.inspection import Pixels

MOST = 4
"""Steps to each side."""
_LEVELS_PER_STEP, _GAIN_PER_STEP = 20.0, 1.25


@dataclass(frozen=True, slots=True)
class Tone:
    """Steps from -MOST to MOST; 0 changes nothing."""

    brightness: int = 0
    contrast: int = 0

    def brighter(self, steps: int) -> "Tone":
        return replace(self, brightness=min(MOST, max(-MOST, self.brightness + steps)))

    def stronger(self, steps: int) -> "Tone":
        return replace(self, contrast=min(MOST, max(-MOST, self.contrast + steps)))


PLAIN = Tone()


def toned(pixels: Pixels, tone: Tone) -> Pixels:
    """The picture (uint8, any shape) in this tone: grey levels about the middle by the contrast, then shifted."""
    if tone == PLAIN:
        return pixels
    levels = (np.arange(256) - 127.5) * _GAIN_PER_STEP**tone.contrast + 127.5 + _LEVELS_PER_STEP * tone.brightness
    return np.asarray(cv2.LUT(pixels, np.clip(levels, 0, 255).astype(np.uint8)), np.uint8)
