"""Labelled images, as training sees them: reduced pixels, a mask of kinds, and the split of their group. Pure."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from station_app.core.errors import ConfigError
from station_app.core.inspection import Pixels

GOOD = 0
# A drawn defect: it teaches where, not which. Never in a dataset.
KINDLESS = 254
UNKNOWN = 255


class Split(StrEnum):
    """What an image may be used for: to fit weights, to choose thresholds, or to be reported on once."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


@dataclass(frozen=True, slots=True, eq=False)
class LabelledImage:
    """One image and its truth.

    `mask` holds 0 for good, 1 + label index for a defect, and `UNKNOWN` where only the image's kinds are known.
    `kinds` are label indices; empty means a good part. `group` names the physical part: it never stands in two splits.
    `weight`, above 0, says how many parts of the line the image stands for. `is_replay` images are those that a
    champion was trained on before.
    """

    name: str
    group: str
    split: Split
    kinds: frozenset[int]
    pixels: Pixels
    mask: Pixels
    weight: float = 1.0
    is_replay: bool = False

    @property
    def is_defect(self) -> bool:
        return bool(self.kinds)


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Labelled images of one size of pixel: `reduce` frame pixels a side have been averaged into one.

    `is_fixtured` parts stand in a fixture, under a light that hardly changes: a defect such as a missing hole means
    something only in its own place.
    """

    name: str
    labels: tuple[str, ...]
    images: tuple[LabelledImage, ...]
    channels: int = 1
    reduce: int = 1
    is_fixtured: bool = False

    def of(self, split: Split) -> tuple[LabelledImage, ...]:
        return tuple(image for image in self.images if image.split is split)


def draw_split(group: str) -> Split:
    """The split of a group that nobody has divided: 6 in 10 train, 2 validate, 2 test, and the same every time."""
    lot = int.from_bytes(hashlib.sha256(group.encode()).digest()[:4], "big") % 10
    return Split.TRAIN if lot < 6 else Split.VALIDATION if lot < 8 else Split.TEST


def check_groups(images: tuple[LabelledImage, ...], where: str) -> None:
    """Raises ConfigError where a group stands in two splits: figures measured on such a split are worthless."""
    seen: dict[str, Split] = {}
    for image in images:
        if seen.setdefault(image.group, image.split) is not image.split:
            raise ConfigError(
                f"group {image.group} stands in the splits {seen[image.group]} and {image.split}",
                where=where,
                remedy="put all images of one physical part into one split",
            )


def check_trainable(dataset: Dataset, where: str) -> None:
    """Raises ConfigError where a split has no defect to learn or to measure escapes with.

    Good images may be missing; overkill then stays unknown.
    """
    for split in Split:
        if not any(image.is_defect for image in dataset.of(split)):
            raise ConfigError(
                f"the split {split} holds no defective image",
                where=where,
                remedy="add images or divide the groups again",
            )


def shrink_mask(mask: Pixels, step: int) -> Pixels:
    """A mask of cells of `step` pixels that keeps the smallest defect: the largest kind of each cell, UNKNOWN last."""
    if step == 1:
        return mask
    known = _cell_maximum(np.where(mask == UNKNOWN, GOOD, mask), step)
    unknown = _cell_maximum(mask == UNKNOWN, step)
    return np.where((known == GOOD) & (unknown > 0), UNKNOWN, known).astype(np.uint8)


def _cell_maximum(mask: NDArray[np.generic], step: int) -> Pixels:
    below, beside = -mask.shape[0] % step, -mask.shape[1] % step
    padded = np.pad(mask.astype(np.uint8), ((0, below), (0, beside)))
    cells: Pixels = padded.reshape(padded.shape[0] // step, step, padded.shape[1] // step, step).max(axis=(1, 3))
    return cells
