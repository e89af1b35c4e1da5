"""A scaled frame with its heat map on the canvas: one to one, or stretched while a new view is on its way. Paint only;
GUI thread."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from station_app.gui.scaling import ScaledFrame
from station_app.gui.viewport import Viewport


def paint_picture(painter: QPainter, scaled: ScaledFrame, view: Viewport, heat_opacity: float) -> None:
    """Draw in `view`; an opacity of 0 leaves the heat map out."""
    layers: list[tuple[QImage, float]] = [(scaled.image, 1.0)]
    if scaled.heat is not None and heat_opacity > 0:
        layers.append((scaled.heat, heat_opacity))
    for image, opacity in layers:
        painter.setOpacity(opacity)
        if scaled.viewport == view:
            painter.drawImage(scaled.spot.x, scaled.spot.y, image)
        else:
            painter.drawImage(_stretched(scaled, view), image)
    painter.setOpacity(1.0)


def _stretched(scaled: ScaledFrame, view: Viewport) -> QRectF:
    """Where the last picture lies in the new view."""
    old = scaled.spot
    left, top = view.to_screen(*scaled.viewport.to_frame(old.x, old.y))
    right, bottom = view.to_screen(*scaled.viewport.to_frame(old.x + old.width, old.y + old.height))
    return QRectF(left, top, right - left, bottom - top)
