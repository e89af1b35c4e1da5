"""The Data Matrix on a rendered part: a light label in the recess that carries the part's running serial number."""

import numpy as np
from numpy.typing import NDArray

from station_app.core.inspection import Box
from station_app.core.serial import CodeFormat
from station_app.devices.rendering.plan import RenderSpec

Grey = NDArray[np.float32]

_MIDDLE = (0.635, 0.5)
_MODULES = 18
"""Of the region to look in, code, quiet zone and a shifted part included; 12 are the code's own."""
_PAPER, _INK = 205.0, 35.0


def serial_of(frame_id: int) -> str:
    """What is printed on the part of this frame."""
    return f"SN{frame_id:06d}"


def label_box(spec: RenderSpec) -> Box:
    """Where the code is, in frame pixels, however the part is shifted."""
    reach = _MODULES * _module_px(spec.height) // 2 + round(spec.jitter_px * spec.width / 1280)
    x, y = round(_MIDDLE[0] * spec.width), round(_MIDDLE[1] * spec.height)
    return Box(x - reach, y - reach, 2 * reach, 2 * reach)


def print_label(face: Grey, frame_id: int) -> None:
    """Print the part's number onto its face, in place."""
    from station_app.codes.drawing import draw_code

    height, width = face.shape
    code = draw_code(serial_of(frame_id), CodeFormat.DATA_MATRIX, _module_px(height))
    top, left = round(_MIDDLE[1] * height) - code.shape[0] // 2, round(_MIDDLE[0] * width) - code.shape[1] // 2
    face[top : top + code.shape[0], left : left + code.shape[1]] = np.where(code > 0, _PAPER, _INK)


def _module_px(height: int) -> int:
    return max(1, round(height / 160))
