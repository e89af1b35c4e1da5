"""A frame with its findings drawn on it, to be looked at: never what is measured or judged. Pure."""

from collections.abc import Sequence

import cv2
import numpy as np

from station_app.core.inspection import Box, Finding, Pixels

_RED, _WHITE = (32, 0, 176), (255, 255, 255)
_LONGEST_SIDE_LINE = 400
"""One pixel of the line for so many of the frame's longer side."""


def drawn_findings(pixels: Pixels, findings: Sequence[Finding], camera_id: str, marks: Sequence[Box] = ()) -> Pixels:
    """A copy as HxWx3 BGR with box, contour and number of each finding of this camera, numbered as in the record from
    1 on, and with the boxes `marks` that a person drew (blue)."""
    coloured = pixels if pixels.ndim == 3 else cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR)
    picture = np.array(coloured, np.uint8, order="C")
    line = max(1, round(max(pixels.shape[:2]) / _LONGEST_SIDE_LINE))
    for number, finding in enumerate(findings, 1):
        if finding.camera_id in ("", camera_id):
            _draw_finding(picture, number, finding, line)
    for box in marks:
        _draw_box(picture, box, (165, 95, 11), line)
    return picture


def _draw_finding(picture: Pixels, number: int, finding: Finding, line: int) -> None:
    _draw_box(picture, finding.box, _RED, line)
    if finding.polygon:
        cv2.polylines(picture, [np.array(finding.polygon, np.int32)], isClosed=True, color=_RED, thickness=line)
    _draw_number(picture, str(number), finding.box, line)


def _draw_box(picture: Pixels, box: Box, colour: tuple[int, int, int], line: int) -> None:
    """White under colour, so that it shows on any metal."""
    for tint, width in ((_WHITE, 2 * line + 1), (colour, line)):
        cv2.rectangle(picture, (box.x, box.y), (box.right, box.bottom), tint, width)


def _draw_number(picture: Pixels, text: str, box: Box, line: int) -> None:
    """In a square above the box, below it where there is no room."""
    scale = line * 0.55
    (width, height), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, scale, line)
    pad = 3 * line
    side_x, side_y = width + 2 * pad, height + 2 * pad
    left = max(0, min(box.x, picture.shape[1] - side_x))
    top = box.y - side_y if box.y >= side_y else min(box.bottom, picture.shape[0] - side_y)
    cv2.rectangle(picture, (left, top), (left + side_x, top + side_y), _RED, cv2.FILLED)
    spot = (left + pad, top + pad + height)
    cv2.putText(picture, text, spot, cv2.FONT_HERSHEY_SIMPLEX, scale, _WHITE, line, cv2.LINE_AA)
