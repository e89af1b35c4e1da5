"""Reduction of frames by area filters only: a plain linear shrink by more than 2 loses one-pixel scratches.

Training uses the same functions, so that a model sees at the station what it saw when it was trained. No threads.
"""

import cv2
import numpy as np

from station_app.core.inspection import Pixels


class Shrinker:
    """Reduces frames of one size to one other size, into kept buffers.

    Even sizes are halved while that does not fall below the target: 2 x 2 averaging is ten times faster in OpenCV
    than any other ratio, and repeated it is the exact area filter but for rounding to whole grey levels.
    """

    def __init__(self, shape: tuple[int, ...], height: int, width: int) -> None:
        self._buffers: list[Pixels] = []
        rows, columns = shape[:2]
        while rows % 2 == columns % 2 == 0 and rows // 2 >= height and columns // 2 >= width:
            rows, columns = rows // 2, columns // 2
            self._buffers.append(np.empty((rows, columns, *shape[2:]), np.uint8))
        # OpenCV's area filter turns into a linear one for both axes where either is enlarged: so reduce first.
        for size in ((min(rows, height), min(columns, width)), (height, width)):
            if (rows, columns) != size:
                rows, columns = size
                self._buffers.append(np.empty((rows, columns, *shape[2:]), np.uint8))

    def __call__(self, pixels: Pixels) -> Pixels:
        """The reduced frame: a buffer that the next call overwrites, or `pixels` itself where the size is right."""
        for buffer in self._buffers:
            cv2.resize(pixels, buffer.shape[1::-1], dst=buffer, interpolation=cv2.INTER_AREA)
            pixels = buffer
        return pixels


def shrink(pixels: Pixels, height: int, width: int) -> Pixels:
    """A copy of `pixels` at another size, by the same filter that the station uses."""
    return Shrinker(pixels.shape, height, width)(pixels).copy()
