"""Crops for training, varied as a line varies them: position, turn, size, light, noise, and pasted defects. Pure.

Everything random comes from the generator that is handed in, so that a seed decides every crop.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

from station_app.core.inspection import Pixels
from station_app.training.drawn import draw_defect
from station_app.training.labelled import GOOD, UNKNOWN, LabelledImage, shrink_mask

_PASTE_SIDE = 96
_PASTE_ZOOM = 0.4


@dataclass(frozen=True, slots=True)
class Variation:
    """How far a crop may differ from its image. Light: gain, gamma and a slow gradient; angles in degrees."""

    size: int = 256
    angle: float = 8.0
    zoom: float = 0.15
    light: float = 0.3
    noise: float = 4.0
    flips: bool = True
    transpose: bool = False
    paste_share: float = 0.3
    drawn_share: float = 0.0


FIXTURED = Variation(angle=2.0, zoom=0.04, light=0.15, noise=1.5, flips=False, paste_share=0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Crop:
    """One training crop. `mask` is at the network's stride; `is_defect` is known even where the mask is not."""

    pixels: Pixels
    mask: Pixels
    is_defect: bool


def make_crop(
    image: LabelledImage,
    donor: LabelledImage | None,
    variation: Variation,
    stride: int,
    rng: Generator,
    *,
    is_drawn: bool = False,
) -> Crop:
    """A varied crop of `image`, about a defect where it has one; a defect of `donor`, or a drawn one, is added."""
    pixels, mask = _cut(image, variation, rng)
    if donor is not None:
        pixels, mask = _paste(pixels, mask, donor, rng)
    if is_drawn:
        pixels, mask = draw_defect(pixels, mask, rng)
    if variation.flips:
        pixels, mask = _flip(pixels, mask, variation, rng)
    pixels = _noise(_light(pixels, variation.light, rng), variation.noise, rng)
    small = shrink_mask(mask, stride)
    return Crop(pixels, small, bool(np.any(small != GOOD)))


def _cut(image: LabelledImage, variation: Variation, rng: Generator) -> tuple[Pixels, Pixels]:
    """Turned and zoomed about a point, by one interpolation; what lies outside is the image's reflection."""
    size = variation.size
    angle = float(rng.uniform(-variation.angle, variation.angle))
    scale = float(np.exp(rng.uniform(-variation.zoom, variation.zoom)))
    x, y = _focus(image, size, rng)
    turn = cv2.getRotationMatrix2D((x, y), angle, scale)
    turn[:, 2] += np.array([size / 2 - x, size / 2 - y])
    pixels = cv2.warpAffine(image.pixels, turn, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    mask = cv2.warpAffine(image.mask, turn, (size, size), flags=cv2.INTER_NEAREST, borderMode=cv2.BORDER_REFLECT_101)
    return np.asarray(pixels, np.uint8), np.asarray(mask, np.uint8)


def _focus(image: LabelledImage, size: int, rng: Generator) -> tuple[float, float]:
    """The centre of the crop: near a defective pixel where there is one, else anywhere that keeps it inside."""
    height, width = image.mask.shape
    spots = np.flatnonzero((image.mask != GOOD) & (image.mask != UNKNOWN))
    if spots.size and rng.random() < 0.8:
        spot = int(rng.choice(spots))
        dx, dy = rng.uniform(-0.4, 0.4, 2) * size
        x, y = spot % width + float(dx), spot // width + float(dy)
    else:
        x, y = float(rng.uniform(0, width)), float(rng.uniform(0, height))
    return _inside(x, width, size), _inside(y, height, size)


def _inside(centre: float, length: int, size: int) -> float:
    if length <= size:
        return length / 2 + (centre - length / 2) * 0.5
    return min(max(centre, size / 2), length - size / 2)


def _paste(pixels: Pixels, mask: Pixels, donor: LabelledImage, rng: Generator) -> tuple[Pixels, Pixels]:
    """A defect of another image, turned and faded, at a random place; brightness follows the new surroundings."""
    patch, stencil = _defect_patch(donor, rng)
    if not stencil.any():
        return pixels, mask
    rows, columns = stencil.shape
    top = int(rng.integers(0, max(1, pixels.shape[0] - rows)))
    left = int(rng.integers(0, max(1, pixels.shape[1] - columns)))
    rows, columns = min(rows, pixels.shape[0] - top), min(columns, pixels.shape[1] - left)
    place = (slice(top, top + rows), slice(left, left + columns))
    patch, stencil = patch[:rows, :columns], stencil[:rows, :columns]
    soft = cv2.GaussianBlur((stencil != GOOD).astype(np.float32), (0, 0), 1.2) * float(rng.uniform(0.6, 1.0))
    soft = soft[..., None] if pixels.ndim == 3 else soft
    beneath = pixels[place].astype(np.float32)
    # Only the deviation from the donor's own surroundings is carried over: its light stays behind.
    surface = np.median(patch[stencil == GOOD], axis=0) if (stencil == GOOD).any() else patch.mean()
    gain = (float(beneath.mean()) + 8.0) / (float(np.mean(surface)) + 8.0)
    joined = beneath * (1 - soft) + soft * (float(beneath.mean()) + (patch - surface) * gain)
    pixels, mask = pixels.copy(), mask.copy()
    pixels[place] = np.clip(joined, 0, 255).astype(np.uint8)
    mask[place] = np.where(stencil != GOOD, stencil, mask[place])
    return pixels, mask


def _defect_patch(donor: LabelledImage, rng: Generator) -> tuple[Pixels, Pixels]:
    """A square of `_PASTE_SIDE` about one defective pixel of the donor, turned anyhow, zoomed and mirrored.

    The stencil is empty where nothing can be pasted.
    """
    known = np.where(donor.mask == UNKNOWN, GOOD, donor.mask).astype(np.uint8)
    spots = np.flatnonzero(known)
    if not spots.size:
        return donor.pixels[:1, :1], known[:1, :1] * 0
    spot = int(rng.choice(spots))
    scale = float(np.exp(rng.uniform(-_PASTE_ZOOM, _PASTE_ZOOM)))
    x, y = float(spot % known.shape[1]), float(spot // known.shape[1])
    turn = cv2.getRotationMatrix2D((x, y), float(rng.uniform(-180, 180)), scale)
    turn[:, 2] += np.array([_PASTE_SIDE / 2 - x, _PASTE_SIDE / 2 - y])
    if rng.random() < 0.5:
        turn[0] = [0, 0, _PASTE_SIDE - 1] - turn[0]
    size = (_PASTE_SIDE, _PASTE_SIDE)
    patch = cv2.warpAffine(donor.pixels, turn, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    stencil = cv2.warpAffine(known, turn, size, flags=cv2.INTER_NEAREST, borderMode=cv2.BORDER_CONSTANT)
    if stencil[[0, -1]].any() or stencil[:, [0, -1]].any():
        # Larger than the square: pasted, its straight cut would be the defect that is learned.
        stencil = np.zeros_like(stencil)
    return np.asarray(patch, np.uint8), np.asarray(stencil, np.uint8)


def _flip(pixels: Pixels, mask: Pixels, variation: Variation, rng: Generator) -> tuple[Pixels, Pixels]:
    across, down, over = rng.random(3) < 0.5
    if across:
        pixels, mask = pixels[:, ::-1], mask[:, ::-1]
    if down:
        pixels, mask = pixels[::-1], mask[::-1]
    if over and variation.transpose:
        pixels, mask = pixels.swapaxes(0, 1), mask.swapaxes(0, 1)
    return np.ascontiguousarray(pixels), np.ascontiguousarray(mask)


def _light(pixels: Pixels, light: float, rng: Generator) -> Pixels:
    """Gain, offset and gamma through one table, and on half of the crops a slow gradient across."""
    gamma, gain = np.exp(rng.uniform(-light, light, 2))
    offset = float(rng.uniform(-40, 40) * light)
    ramp = np.arange(256) / 255.0
    table = np.clip(255.0 * gain * ramp**gamma + offset, 0, 255).astype(np.uint8)
    lit = np.asarray(cv2.LUT(pixels, table), np.uint8)
    if rng.random() < 0.5:
        coarse = np.exp(rng.uniform(-light, light, (3, 3)) * 0.6).astype(np.float32)
        field = cv2.resize(coarse, lit.shape[1::-1], interpolation=cv2.INTER_CUBIC)
        lit = np.clip(lit * (field[..., None] if lit.ndim == 3 else field), 0, 255).astype(np.uint8)
    return lit


def _noise(pixels: Pixels, noise: float, rng: Generator) -> Pixels:
    if rng.random() < 0.5:
        return pixels
    grain = rng.standard_normal(pixels.shape, np.float32) * float(rng.uniform(0, noise))
    return np.clip(pixels + grain, 0, 255).astype(np.uint8)
