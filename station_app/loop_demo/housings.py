"""Parts for whoever has no real pictures: rendered housings, whose truth the renderer knows."""

from collections.abc import Iterator

import cv2
import numpy as np

from station_app.core.inspection import Box, Pixels
from station_app.devices.rendering.plan import LABELS, RenderSpec, plan_part
from station_app.devices.rendering.render import render_part
from station_app.loop_demo.parts import TruePart

TOO_FINE = "scratch"
"""At this size a scratch is a pixel wide: what is trained in two minutes finds none of them, before or after."""
KINDS = tuple(label for label in LABELS if label != TOO_FINE)
_WIDTH, _HEIGHT = 640, 480
_FIRST_SEED = 700_000
"""Far from the seeds of the demonstration and of its package's training."""
_DEFECT_RATE = 0.35
_APART = 7
_SMALLEST_PX = 6


def render_housings(first: int, housings: int, each: int) -> tuple[TruePart, ...]:
    """Up to `each` parts of each housing, from housing number `first` on; the housing is their group.

    A part with defects of two kinds, or with one that cannot be seen or is too fine, is left out.
    """
    return tuple(
        part
        for housing in range(first, first + housings)
        for number in range(each)
        for part in _rendered(housing, number)
    )


def _rendered(housing: int, number: int) -> Iterator[TruePart]:
    spec = RenderSpec(_WIDTH, _HEIGHT, _DEFECT_RATE, _FIRST_SEED + housing)
    plan = plan_part(spec, number * _APART)
    part = render_part(spec, plan)
    kinds = {LABELS[value - 1] for value in np.unique(part.truth) if value}
    if kinds == plan.labels and len(kinds) <= 1 and TOO_FINE not in kinds:
        pixels: Pixels = np.array(part.pixels, np.uint8)
        yield TruePart(
            f"H{housing:03}-{number:03}", f"housing-{housing}", pixels, next(iter(kinds), ""), _boxes(part.truth)
        )


def _boxes(truth: Pixels) -> tuple[Box, ...]:
    """A box about each patch of defective pixels; specks of a few pixels belong to their neighbours."""
    near = cv2.dilate((truth > 0).astype(np.uint8), np.ones((9, 9), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(near)
    boxes = [Box(*(int(value) for value in row[:4])) for row in stats[1:]]
    return tuple(box for box in boxes if min(box.width, box.height) >= _SMALLEST_PX)
