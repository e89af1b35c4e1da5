"""Masks to run lengths and back, as `core.review.Brush` holds them. Pure."""

import numpy as np
from numpy.typing import NDArray

from station_app.core.inspection import Box
from station_app.core.review import Brush

Mask = NDArray[np.bool_]


def brush_of(mask: Mask, left: int = 0, top: int = 0) -> Brush | None:
    """The pixels of `mask` (HxW) that are on, in the smallest box that holds them; None where none is. `left` and `top`
    are where the mask's own corner lies in the frame."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if rows.size == 0:
        return None
    x, y = int(columns[0]), int(rows[0])
    inner = mask[y : int(rows[-1]) + 1, x : int(columns[-1]) + 1]
    height, width = inner.shape
    return Brush(Box(left + x, top + y, width, height), _runs(inner.ravel()))


def _runs(flat: Mask) -> tuple[int, ...]:
    changes = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    lengths = np.diff(np.concatenate(([0], changes, [flat.size])))
    return ((0,) if flat[0] else ()) + tuple(int(length) for length in lengths)


def mask_of(brush: Brush) -> Mask:
    """The mask over the brush's box, HxW. ValueError where the runs do not fill it exactly."""
    box = brush.box
    lengths = np.asarray(brush.runs, np.int64)
    if box.width < 1 or box.height < 1 or (lengths < 0).any() or int(lengths.sum()) != box.width * box.height:
        raise ValueError("the runs of a brush fill its box exactly")
    is_on = np.arange(lengths.size) % 2 == 1
    return np.repeat(is_on, lengths).reshape(box.height, box.width)


def united(one: Brush, other: Brush) -> Brush:
    """What is on in either."""
    box = _around(one.box, other.box)
    mask = np.zeros((box.height, box.width), np.bool_)
    for brush in (one, other):
        _part(mask, box, brush.box)[...] |= mask_of(brush)
    made = brush_of(mask, box.x, box.y)
    return one if made is None else made


def without(brush: Brush, rubbed: Brush) -> Brush | None:
    """What is on in `brush` and not in `rubbed`; None where nothing is left, the same brush where none was met."""
    box = _around(brush.box, rubbed.box)
    mask, rubber = np.zeros((2, box.height, box.width), np.bool_)
    _part(mask, box, brush.box)[...] = mask_of(brush)
    _part(rubber, box, rubbed.box)[...] = mask_of(rubbed)
    if not (mask & rubber).any():
        return brush
    return brush_of(mask & ~rubber, box.x, box.y)


def is_on(brush: Brush, x: int, y: int) -> bool:
    """Whether this pixel of the frame is painted."""
    box = brush.box
    is_inside = box.x <= x < box.right and box.y <= y < box.bottom
    return is_inside and bool(mask_of(brush)[y - box.y, x - box.x])


def _around(one: Box, other: Box) -> Box:
    x, y = min(one.x, other.x), min(one.y, other.y)
    return Box(x, y, max(one.right, other.right) - x, max(one.bottom, other.bottom) - y)


def _part(mask: Mask, whole: Box, box: Box) -> Mask:
    top, left = box.y - whole.y, box.x - whole.x
    return mask[top : top + box.height, left : left + box.width]
