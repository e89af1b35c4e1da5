"""A reference picture laid over a live one, at the size of the screen: blended, as difference, or its edges. Pure."""

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np

from station_app.core.inspection import Box, Pixels

_GAIN = 4
"""Differences of a few grey levels must be seen."""
_EDGE_BGR = (200, 0, 230)
"""Magenta: no verdict has it, and metal has not either."""
_CANNY = (60, 140)


class OverlayKind(StrEnum):
    """How the reference is laid over."""

    NONE = "none"
    BLEND = "blend"
    DIFFERENCE = "difference"
    EDGES = "edges"
    SPLIT = "split"
    """The live picture to the left of a line, the reference to the right; the opacity is the reference's share."""


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """`reference` is HxW or HxWx3 uint8, `opacity` 0 (the live picture alone) to 1."""

    reference: Pixels
    kind: OverlayKind
    opacity: float = 0.5


def laid_over(live: Pixels, overlay: Overlay, seen: Box, frame: tuple[int, int]) -> Pixels:
    """`live` is what is `seen` of a frame of so many (width, height) pixels, at the size of the screen; a reference of
    another size is stretched to the frame's. The result has the size of `live`."""
    size = (live.shape[1], live.shape[0])
    part = _same_part(overlay.reference, seen, frame)
    reference = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_LINEAR), np.uint8)
    match overlay.kind:
        case OverlayKind.NONE:
            return live
        case OverlayKind.EDGES:
            return _with_edges(live, _grey(reference), overlay.opacity)
        case OverlayKind.BLEND:
            layer = reference
        case OverlayKind.DIFFERENCE:
            difference = cv2.absdiff(_grey(reference), _grey(live))
            layer = np.asarray(cv2.convertScaleAbs(difference, alpha=_GAIN), np.uint8)
        case OverlayKind.SPLIT:
            return _beside(live, reference, overlay.opacity)
    layer, live = _alike(layer, live)
    return np.asarray(cv2.addWeighted(live, 1.0 - overlay.opacity, layer, overlay.opacity, 0.0), np.uint8)


def _same_part(reference: Pixels, seen: Box, frame: tuple[int, int]) -> Pixels:
    across, down = reference.shape[1] / frame[0], reference.shape[0] / frame[1]
    left, top = int(seen.x * across), int(seen.y * down)
    right, bottom = max(left + 1, round(seen.right * across)), max(top + 1, round(seen.bottom * down))
    return np.ascontiguousarray(reference[top:bottom, left:right])


def _with_edges(live: Pixels, reference: Pixels, opacity: float) -> Pixels:
    edges = cv2.dilate(cv2.Canny(cv2.GaussianBlur(reference, (5, 5), 0), *_CANNY), np.ones((2, 2), np.uint8)) > 0
    coloured = _bgr(live).copy()
    coloured[edges] = (coloured[edges] * (1.0 - opacity) + np.array(_EDGE_BGR) * opacity).astype(np.uint8)
    return coloured


def _beside(live: Pixels, reference: Pixels, share: float) -> Pixels:
    layer, live = _alike(reference, live)
    cut = round(live.shape[1] * (1.0 - share))
    return np.concatenate((live[:, :cut], layer[:, cut:]), axis=1)


def _alike(one: Pixels, other: Pixels) -> tuple[Pixels, Pixels]:
    return (one, other) if one.ndim == other.ndim else (_bgr(one), _bgr(other))


def _grey(pixels: Pixels) -> Pixels:
    return pixels if pixels.ndim == 2 else np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)


def _bgr(pixels: Pixels) -> Pixels:
    return pixels if pixels.ndim == 3 else np.asarray(cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR), np.uint8)
