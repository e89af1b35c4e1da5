"""From a plan to pixels and truth: the good housing, its defects, the light, the shift, the noise, the format."""

from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from station_app.core.inspection import Box, PixelFormat, Pixels
from station_app.devices.rendering.defects import draw_defect
from station_app.devices.rendering.housing import MARGIN, body_mask, good_housing, hole_radius
from station_app.devices.rendering.label import print_label
from station_app.devices.rendering.plan import PartPlan, PlannedDefect, RenderSpec, hole_centre

Grey = NDArray[np.float32]

_NOISE_SIGMA = 2.2
_NOISE_ROOM = 256
"""The noise is drawn once, this much larger than the frame, and each frame cuts its own piece: 65,536 pieces."""
_TINT = (1.02, 1.0, 0.97)
"""Blue, green, red: the metal is slightly cold."""
_REACH = {"scratch": 0.65, "contamination": 8.0}
"""Half the window that a defect is drawn in, in units of its size: most of the part is left alone, to save time."""
_USUAL_REACH = 2.56


@dataclass(frozen=True, slots=True, eq=False)
class RenderedPart:
    """`pixels` in the specification's format; `truth` HxW, 0 = good, 1..6 = the defect's place in `LABELS` plus one."""

    pixels: Pixels
    truth: Pixels


def render_part(spec: RenderSpec, plan: PartPlan) -> RenderedPart:
    """The part as the camera sees it, and its truth."""
    canvas = good_housing(spec.width, spec.height, spec.seed)
    truth = np.zeros((spec.height, spec.width), np.uint8)
    move, size = _move(spec, plan), (spec.width, spec.height)
    if spec.has_codes:
        canvas = canvas.copy()
        print_label(canvas[_inner(spec)], plan.frame_id)
    if plan.defects:
        canvas, mask = canvas.copy(), np.zeros(canvas.shape, np.uint8)
        _draw_all(spec, plan, canvas, mask)
        truth = np.asarray(cv2.warpAffine(mask, move, size, flags=cv2.INTER_NEAREST), np.uint8)
    scene = np.asarray(cv2.warpAffine(canvas, move, size, flags=cv2.INTER_LINEAR), np.float32)
    return RenderedPart(_to_format(_expose(spec, scene, plan), spec.pixel_format), truth)


def _draw_all(spec: RenderSpec, plan: PartPlan, canvas: Grey, mask: Pixels) -> None:
    inner = _inner(spec)
    face, truth = canvas[inner], mask[inner]
    for hole in {defect.hole for defect in plan.defects if defect.hole >= 0}:  # before what may lie on top
        _close_hole(face, good_housing(spec.width, spec.height, spec.seed, has_holes=False)[inner], hole)
    for number, defect in enumerate(plan.defects):
        _draw(spec, face, truth, defect, plan.noise_seed + number)


def _inner(spec: RenderSpec) -> tuple[slice, slice]:
    """The part's own face in the canvas with its margin."""
    margin_x, margin_y = round(MARGIN * spec.width), round(MARGIN * spec.height)
    return slice(margin_y, margin_y + spec.height), slice(margin_x, margin_x + spec.width)


def _close_hole(face: Grey, closed: Grey, hole: int) -> None:
    height, width = face.shape
    x, y = hole_centre(hole)
    reach = round(hole_radius(height) * 1.6) + 3
    left, top = round(x * width) - reach, round(y * height) - reach
    part = (slice(top, top + 2 * reach), slice(left, left + 2 * reach))
    face[part] = closed[part]


def _draw(spec: RenderSpec, face: Grey, truth: Pixels, defect: PlannedDefect, seed: int) -> None:
    scale = spec.height / 960
    if defect.hole >= 0:
        draw_defect(face, truth, defect, scale, seed)
        return
    box = _window(spec, defect)
    part = (slice(box.y, box.bottom), slice(box.x, box.right))
    x, y = defect.x * spec.width - box.x, defect.y * spec.height - box.y
    local = replace(defect, x=x / box.width, y=y / box.height, size=defect.size * spec.height / box.height)
    before, known = face[part].copy(), truth[part].copy()
    draw_defect(face[part], truth[part], local, scale, seed)
    outside = _body(spec.width, spec.height)[part] < 128  # nothing can be scratched where there is no part
    face[part][outside] = before[outside]
    truth[part][outside] = known[outside]


def _window(spec: RenderSpec, defect: PlannedDefect) -> Box:
    """The window in which the defect is drawn, cut at the frame."""
    reach = int(max(defect.size * spec.height * _REACH.get(defect.label, _USUAL_REACH), 24 * max(1, spec.height / 960)))
    x, y = int(defect.x * spec.width), int(defect.y * spec.height)
    left, top = max(0, x - reach), max(0, y - reach)
    return Box(left, top, min(spec.width, x + reach) - left, min(spec.height, y + reach) - top)


@lru_cache(maxsize=4)
def _body(width: int, height: int) -> Pixels:
    return body_mask(width, height)


def _move(spec: RenderSpec, plan: PartPlan) -> Grey:
    """From the canvas with its margin to the frame, shifted as planned."""
    x, y = (plan.shift[0] - round(MARGIN * spec.width), plan.shift[1] - round(MARGIN * spec.height))
    return np.array([[1, 0, x], [0, 1, y]], np.float32)


def _expose(spec: RenderSpec, scene: Grey, plan: PartPlan) -> Pixels:
    top, left = np.random.default_rng(plan.noise_seed).integers(_NOISE_ROOM, size=2).tolist()
    noise = _noise(spec.width, spec.height, spec.seed)[top : top + spec.height, left : left + spec.width]
    lit = cv2.addWeighted(scene, plan.light, noise, 1.0, 0.0)
    return np.asarray(cv2.convertScaleAbs(cv2.max(lit, 0.0)), np.uint8)  # type: ignore[call-overload]


@lru_cache(maxsize=2)
def _noise(width: int, height: int, seed: int) -> Grey:
    random = np.random.default_rng((seed, 815))
    return _NOISE_SIGMA * random.standard_normal((height + _NOISE_ROOM, width + _NOISE_ROOM), np.float32)


def _to_format(grey: Pixels, pixel_format: PixelFormat) -> Pixels:
    if pixel_format is PixelFormat.MONO8:
        return grey
    if pixel_format is PixelFormat.BGR8:
        return np.asarray(cv2.merge([_tinted(grey, tint) for tint in _TINT]), np.uint8)
    mosaic = grey.copy()
    mosaic[0::2, 0::2] = _tinted(grey[0::2, 0::2], _TINT[2])
    mosaic[1::2, 1::2] = _tinted(grey[1::2, 1::2], _TINT[0])
    return mosaic


def _tinted(grey: Pixels, tint: float) -> Pixels:
    levels = np.clip(np.arange(256) * tint, 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(grey, levels), np.uint8)
