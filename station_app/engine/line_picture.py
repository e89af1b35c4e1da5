"""What is judged of a picture of a line-scan camera: the lines that were received, in regions that fit it. Pure."""

from dataclasses import replace

import numpy as np

from station_app.core.inspection import Frame
from station_app.core.recipe import CameraSetup, Region
from station_app.inference.region_plan import cut_regions, regions_along


def received(frame: Frame) -> Frame:
    """The frame without the lines that were never received: they say nothing about light and focus. The frame itself
    where none is missing, or all are."""
    taken = frame.stamp.lines
    if taken is None or not taken.gaps:
        return frame
    is_there = np.ones(len(frame.pixels), np.bool_)
    for gap in taken.gaps:
        is_there[gap.start - taken.part.frame.start : gap.end - taken.part.frame.start] = False
    return replace(frame, pixels=frame.pixels[is_there]) if is_there.any() else frame


def regions_of(frame: Frame, setup: CameraSetup) -> tuple[Region, ...]:
    """The regions to judge. On an endless web their columns hold for all lines. What is shorter than it should be has
    less to look at, and is no PASS whatever is seen on it."""
    taken = frame.stamp.lines
    if taken is not None and taken.info.is_web:
        return regions_along(setup.regions, frame.pixels.shape)
    if taken is not None and taken.wrong_length is not None:
        return cut_regions(setup.regions, frame.pixels.shape)
    return setup.regions


def own_row(frame: Frame) -> int:
    """The first row whose score counts: a stretch of a web shows the last lines of the one before again."""
    taken = frame.stamp.lines
    return 0 if taken is None or not taken.info.is_web else taken.part.body.start - taken.part.frame.start
