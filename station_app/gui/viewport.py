"""Where a frame lies in the widget: fit, zoom, pan, and which part of it can be seen. Pure geometry; no Qt."""

import math
from dataclasses import dataclass, replace

from station_app.core.inspection import Box
from station_app.gui.millimetres import Spot

MAX_SCALE = 8.0
"""Largest number of screen pixels for one of the frame: enough to count pixels of a scratch."""


@dataclass(frozen=True, slots=True)
class Viewport:
    """A frame of `frame_width` x `frame_height` shown in a widget; `zoom` 1 is fit, the centre is in frame pixels."""

    frame_width: int
    frame_height: int
    width: int
    height: int
    zoom: float = 1.0
    centre_x: float = 0.0
    centre_y: float = 0.0

    @property
    def fit_scale(self) -> float:
        return min(self.width / self.frame_width, self.height / self.frame_height)

    @property
    def scale(self) -> float:
        """Screen pixels per frame pixel."""
        return self.fit_scale * self.zoom

    @property
    def offset(self) -> tuple[float, float]:
        """Screen position of the frame's top left corner: centred where it fits, else never past its edge."""
        return (
            _offset(self.width, self.frame_width * self.scale, self.centre_x * self.scale),
            _offset(self.height, self.frame_height * self.scale, self.centre_y * self.scale),
        )

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        left, top = self.offset
        return x * self.scale + left, y * self.scale + top

    def to_frame(self, x: float, y: float) -> tuple[float, float]:
        left, top = self.offset
        return (x - left) / self.scale, (y - top) / self.scale

    def zoomed(self, factor: float, x: float, y: float) -> "Viewport":
        """Zoom about the widget's point (x, y), which keeps its place as far as the frame's edges allow."""
        frame_x, frame_y = self.to_frame(x, y)
        zoom = min(max(self.zoom * factor, 1.0), max(1.0, MAX_SCALE / self.fit_scale))
        scale = self.fit_scale * zoom
        centre_x = frame_x + (self.width / 2 - x) / scale
        centre_y = frame_y + (self.height / 2 - y) / scale
        return replace(self, zoom=zoom, centre_x=centre_x, centre_y=centre_y)._settled()

    def panned(self, dx: float, dy: float) -> "Viewport":
        """Move the frame by screen pixels."""
        centre_x, centre_y = self.centre_x - dx / self.scale, self.centre_y - dy / self.scale
        return replace(self, centre_x=centre_x, centre_y=centre_y)._settled()

    def fitted(self) -> "Viewport":
        return replace(self, zoom=1.0, centre_x=self.frame_width / 2, centre_y=self.frame_height / 2)

    def visible(self) -> Box:
        """The part of the frame that can be seen, in whole pixels."""
        left, top = self.to_frame(0, 0)
        right, bottom = self.to_frame(self.width, self.height)
        x, y = max(0, math.floor(left)), max(0, math.floor(top))
        return Box(x, y, min(self.frame_width, math.ceil(right)) - x, min(self.frame_height, math.ceil(bottom)) - y)

    def spot_of(self, box: Box) -> Spot:
        """A frame rectangle on the screen."""
        left, top = self.to_screen(box.x, box.y)
        right, bottom = self.to_screen(box.right, box.bottom)
        x, y = round(left), round(top)
        return Spot(x, y, max(1, round(right) - x), max(1, round(bottom) - y))

    def box_between(self, x1: float, y1: float, x2: float, y2: float) -> Box | None:
        """The frame rectangle that a person drew between two screen points; None where it misses the frame."""
        (left, top), (right, bottom) = self.to_frame(min(x1, x2), min(y1, y2)), self.to_frame(max(x1, x2), max(y1, y2))
        x, y = max(0, math.floor(left)), max(0, math.floor(top))
        width, height = min(self.frame_width, math.ceil(right)) - x, min(self.frame_height, math.ceil(bottom)) - y
        return Box(x, y, width, height) if width > 0 and height > 0 else None

    def _settled(self) -> "Viewport":
        """With the centre that is really shown, so that panning back answers at once."""
        centre_x, centre_y = self.to_frame(self.width / 2, self.height / 2)
        return replace(self, centre_x=centre_x, centre_y=centre_y)


def fit(frame_width: int, frame_height: int, width: int, height: int) -> Viewport:
    """A fresh view of the whole frame."""
    return Viewport(frame_width, frame_height, width, height).fitted()


def _offset(room: int, extent: float, centre: float) -> float:
    if extent <= room:
        return (room - extent) / 2
    return min(0.0, max(room - extent, room / 2 - centre))
