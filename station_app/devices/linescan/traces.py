"""From a mask of one tile to the traces of its defects, in the web's lines. Pure."""

import cv2
import numpy as np

from station_app.core.inspection import Pixels
from station_app.core.lines_merge import Runs, Trace
from station_app.devices.linescan.ring import Lines


def mask_traces(mask: Pixels, lines: Lines, label: str = "defect", score: float = 1.0) -> list[Trace]:
    """The connected regions (diagonals included) of a mask HxW of these lines, above 0 where there is a defect.

    Nothing is reported on lines that were never received, and no region goes on over them.
    """
    first_line = lines.span.start
    known = np.where(lines.ok[:, None], mask, np.uint8(0))
    count, names, stats, _ = cv2.connectedComponentsWithStats(known, connectivity=8, ltype=cv2.CV_32S)
    traces = []
    for number in range(1, count):
        left, top, width, height = (int(v) for v in stats[number, : cv2.CC_STAT_AREA])
        window = names[top : top + height, left : left + width] == number
        runs = _runs(window) + np.array([first_line + top, left, left], np.int64)
        start = first_line + top
        traces.append(Trace(label, score, start, start + height, left, left + width, runs))
    return traces


def _runs(window: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Runs:
    """Row, first column, column after the last, of every run of True."""
    edges = np.diff(np.pad(window.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, begins = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    return np.stack([rows, begins, ends], axis=1).astype(np.int64)
