"""Eyes for rendered parts: they read the printed code off the screen, as a person reads the part's face, and know from
the frame's plan what is to be seen on it. The screen itself hides the number and the verdict of a blind part."""

from dataclasses import dataclass

import numpy as np

from station_app.codes.reading import read_codes
from station_app.core.serial import CodeFormat
from station_app.devices.rendering.plan import PlannedDefect, RenderSpec, plan_part
from station_app.gui.viewport import Viewport
from tests.campaigns.desktop import Picture
from tests.campaigns.seen_station import Piece

_HALF_SIDE = 0.06


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A part on the screen: its printed number, and what is wrong with it."""

    serial: str
    defects: tuple[PlannedDefect, ...]


def look_at(screen: Picture, canvas: Piece, spec: RenderSpec) -> LookedAt | None:
    """The part in the canvas, None while its code cannot be read there."""
    room = screen[canvas.y : canvas.y + canvas.height, canvas.x : canvas.x + canvas.width]
    grey = np.ascontiguousarray((room & 0xFF).astype(np.uint8))
    codes = read_codes(grey, [CodeFormat.DATA_MATRIX])
    if not codes:
        return None
    return LookedAt(codes[0], plan_part(spec, int(codes[0].removeprefix("SN"))).defects)


def box_around(defect: PlannedDefect, canvas: Piece, spec: RenderSpec) -> tuple[tuple[int, int], tuple[int, int]]:
    """Two corners on the screen between which the defect lies, where the whole frame is shown."""
    view = Viewport(spec.width, spec.height, canvas.width, canvas.height)
    half = max(defect.size, _HALF_SIDE) * spec.height
    x, y = defect.x * spec.width, defect.y * spec.height
    corners = (view.to_screen(x - half, y - half), view.to_screen(x + half, y + half))
    (left, top), (right, bottom) = ((round(canvas.x + a), round(canvas.y + b)) for a, b in corners)
    return (left, top), (right, bottom)
