"""From the pixels that OpenCV gives to those that a camera has promised. Pure."""

import cv2
import numpy as np
from numpy.typing import NDArray

from station_app.core.inspection import PixelFormat, Pixels


def to_format(image: NDArray[np.uint8], pixel_format: PixelFormat) -> Pixels:
    """OpenCV's image in the layout that was promised."""
    is_mono = image.ndim == 2
    if pixel_format is PixelFormat.MONO8:
        return image if is_mono else np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_GRAY2BGR), np.uint8) if is_mono else image
