"""Tells at which lines a part is before the camera: by its sensor, or by what the lines look like. Pure."""

from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np

from station_app.core.inspection import Pixels
from station_app.devices.linescan.block import Block, LineFlags


class Presence(Protocol):
    """One flag for each line of a block that is no gap; pixels are corrected already."""

    def __call__(self, block: Block) -> LineFlags: ...


def by_sensor(block: Block) -> LineFlags:
    """The part sensor's level at each line; no part where the source tells of no sensor."""
    if block.part_sensor is None:
        return np.zeros(len(block.pixels), np.bool_)
    return block.part_sensor


@dataclass(frozen=True, slots=True, eq=False)
class ByBackground:
    """A line shows a part where at least `share` of its pixels differ from the empty belt by more than `contrast`.

    `belt` is the grey level of the empty belt in every `step`-th column, see `teach_belt`, or one level for all.
    """

    belt: Pixels
    contrast: int = 25
    share: float = 0.05
    step: int = 4

    def __call__(self, block: Block) -> LineFlags:
        seen = np.ascontiguousarray(block.pixels[:, :: self.step])
        if not seen.size:
            return np.zeros(len(seen), np.bool_)
        far = cv2.absdiff(seen, np.ascontiguousarray(np.broadcast_to(self.belt, seen.shape))) > self.contrast
        return np.asarray(np.count_nonzero(far, axis=1) >= max(1.0, self.share * seen.shape[1]), np.bool_)


def teach_belt(empty: Pixels, step: int = 4) -> Pixels:
    """The level of the empty belt, of n x width lines that show nothing else."""
    return np.asarray(np.median(empty[:, ::step], axis=0).round(), np.uint8)
