"""A button of a quality screen, which is used at arm's length: its letters may be small, and its key stands beside
them. GUI thread."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from station_app.gui import lettering
from station_app.gui.touch_button import TouchButton

_LARGEST_MM, _SMALLEST_MM, _KEY_MM = 2.8, 1.25, 3.0


class SmallButton(TouchButton):
    """At least nine millimetres high."""

    def _paint_texts(self, painter: QPainter) -> None:
        px, look = self._look.mm.px, self._look
        room = self.rect().adjusted(px(0.8), px(0.5), -px(0.8), -px(0.5))
        if self._hint:
            key = QRect(room.x(), room.y(), px(_KEY_MM), room.height())
            lettering.draw(painter, key, self._hint, look.style(2.4, 2.0, is_bold=True))
            room.setLeft(key.right())
        style = lettering.centred(look.style(_LARGEST_MM, _SMALLEST_MM, is_bold=True, is_wrapped=True))
        self.is_clipped = not lettering.draw(painter, room, self._caption, style)
