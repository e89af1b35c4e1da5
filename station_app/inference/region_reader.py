"""One region's pixels, cut from the frame, reduced, and laid tile by tile into the kept input tensor. No threads."""

import cv2
import numpy as np

from station_app.core.inspection import Pixels
from station_app.inference.region_plan import RegionPlan
from station_app.inference.shrink import Shrinker


class RegionReader:
    """Fills one input tensor [1, height, width, channels] with the tiles of a region, one at a time."""

    def __init__(self, plan: RegionPlan, tensor: Pixels) -> None:
        self.plan = plan
        self.tensor = tensor
        # Mono images have no channel axis in OpenCV.
        self._tile = tensor[0, :, :, 0] if tensor.shape[3] == 1 else tensor[0]
        shape = (plan.box.height, plan.box.width, *self._tile.shape[2:])
        self._shrink = Shrinker(shape, plan.reduced_height, plan.reduced_width)
        self._reduced: Pixels | None = None

    def read(self, pixels: Pixels) -> None:
        """Take the region out of a frame that has the model's channels already."""
        box = self.plan.box
        self._reduced = self._shrink(pixels[box.y : box.bottom, box.x : box.right])

    def fill(self, tile: tuple[int, int]) -> None:
        """Lay one tile into the tensor; what reaches beyond the region is filled with its reflection."""
        assert self._reduced is not None
        left, top = tile
        height, width = self._tile.shape[:2]
        part = self._reduced[top : top + height, left : left + width]
        below, beside = height - part.shape[0], width - part.shape[1]
        if below or beside:
            cv2.copyMakeBorder(part, 0, below, 0, beside, cv2.BORDER_REFLECT_101, dst=self._tile)
        else:
            np.copyto(self._tile, part)
