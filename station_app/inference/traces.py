"""From what a model finds on a picture of a web to the traces of its defects, in the web's own lines. Pure."""

from collections.abc import Iterable, Iterator

import cv2
import numpy as np

from station_app.core.inspection import Finding, Pixels
from station_app.core.lines import LineSpan
from station_app.core.lines_merge import Runs, Trace


def finding_traces(findings: Iterable[Finding], picture: LineSpan, gaps: tuple[LineSpan, ...]) -> list[Trace]:
    """The traces of findings on a picture of these lines. Nothing is reported on gaps, and nothing goes on over them:
    a finding across one becomes two. Where a finding has an outline its pixels are known, else only its box."""
    return [trace for finding in findings for trace in _traces(finding, picture, gaps)]


def mask_traces(
    mask: Pixels,
    origin: tuple[int, int],
    gaps: tuple[LineSpan, ...] = (),
    label: str = "defect",
    score: float = 1.0,
) -> list[Trace]:
    """The connected regions (diagonals included) of a mask HxW, above 0 where there is a defect; as if there were
    nothing on gaps. `origin` is the line and the column of its first pixel."""
    first_line, first_column = origin
    known = mask.copy() if gaps else mask
    for gap in gaps:
        known[max(0, gap.start - first_line) : max(0, gap.end - first_line)] = 0
    count, names, stats, _ = cv2.connectedComponentsWithStats(known, connectivity=8, ltype=cv2.CV_32S)
    traces = []
    for number in range(1, count):
        column, row, width, height = (int(v) for v in stats[number, : cv2.CC_STAT_AREA])
        window = names[row : row + height, column : column + width] == number
        start, left = first_line + row, first_column + column
        runs = _runs(window) + np.array([start, left, left], np.int64)
        traces.append(Trace(label, score, start, start + height, left, left + width, runs))
    return traces


def _traces(finding: Finding, picture: LineSpan, gaps: tuple[LineSpan, ...]) -> Iterator[Trace]:
    box = finding.box
    lines = LineSpan(picture.start + box.y, picture.start + box.bottom)
    if finding.polygon is None:
        for span in _without(lines, gaps):
            yield Trace(finding.label, finding.score, span.start, span.end, box.x, box.right)
        return
    window = np.zeros((box.height, box.width), np.uint8)
    corners = np.array(finding.polygon, np.int32) - (box.x, box.y)
    cv2.fillPoly(window, [corners.astype(np.int32)], 1)
    yield from mask_traces(window, (lines.start, box.x), gaps, finding.label, finding.score)


def _without(lines: LineSpan, gaps: tuple[LineSpan, ...]) -> Iterator[LineSpan]:
    start = lines.start
    for gap in gaps:
        if gap.meets(lines):
            if gap.start > start:
                yield LineSpan(start, gap.start)
            start = gap.end
    if start < lines.end:
        yield LineSpan(start, lines.end)


def _runs(window: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Runs:
    """Row, first column, column after the last, of every run of True."""
    edges = np.diff(np.pad(window.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, begins = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    return np.stack([rows, begins, ends], axis=1).astype(np.int64)
