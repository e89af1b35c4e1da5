"""One region's pixels, cut from the frame and reduced, then laid tile by tile into the model's input. No threads."""

import cv2
import numpy as np

from station_app.core.inspection import Pixels
from station_app.inference.region_plan import RegionPlan
from station_app.inference.shrink import Shrinker


class RegionReader:
    """Cuts one region out of frames of one shape."""

    def __init__(self, plan: RegionPlan, channels: int) -> None:
        self._box = plan.box
        # Mono images have no channel axis in OpenCV.
        colours = () if channels == 1 else (channels,)
        shape = (plan.box.height, plan.box.width, *colours)
        self._shrink = Shrinker(shape, plan.reduced_height, plan.reduced_width)

    def read(self, pixels: Pixels) -> Pixels:
        """The reduced region of a frame that has the model's channels: a kept buffer, or a view of the frame."""
        box = self._box
        return self._shrink(pixels[box.y : box.bottom, box.x : box.right])


class TileSheet:
    """The kept input tensor [1, height, width, channels], into which tiles are laid one at a time."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.tensor: Pixels = np.zeros(shape, np.uint8)
        self._tile = self.tensor[0, :, :, 0] if shape[3] == 1 else self.tensor[0]

    def lay(self, reduced: Pixels, tile: tuple[int, int]) -> Pixels:
        """The tensor with the tile at this left and top; what reaches beyond the region is its reflection."""
        left, top = tile
        height, width = self._tile.shape[:2]
        part = reduced[top : top + height, left : left + width]
        below, beside = height - part.shape[0], width - part.shape[1]
        if below or beside:
            cv2.copyMakeBorder(part, 0, below, 0, beside, cv2.BORDER_REFLECT_101, dst=self._tile)
        else:
            np.copyto(self._tile, part)
        return self.tensor
