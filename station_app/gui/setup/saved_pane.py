"""The reference of a camera at a glance: its picture, when it was saved and by whom. GUI thread."""

import time

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from station_app.core.setup_messages import ReferenceSaved
from station_app.gui.look import Look
from station_app.gui.pane import Pane

_PICTURE_SHARE = 0.42


def day_and_time(at_ms: int) -> str:
    """As everywhere on the screens: ISO, in the time of this place."""
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(at_ms / 1000))


class SavedPane(Pane):
    """Left the picture, right the words."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._picture: QImage | None = None
        self._saved: ReferenceSaved | None = None
        self._has_reference = False
        self.retranslate()

    def show_saved(self, saved: ReferenceSaved | None, *, has_reference: bool) -> None:
        """`saved` is None where nobody told when it was saved."""
        self._saved, self._has_reference = saved, has_reference
        self.retranslate()

    def set_picture(self, picture: QImage | None) -> None:
        self._picture = picture
        self.update()

    def retranslate(self) -> None:
        self.setAccessibleName(". ".join(self.lines()))
        self._is_news((self._saved, self.lines()))

    def lines(self) -> tuple[str, ...]:
        if not self._has_reference:
            return (self.tr("No reference yet"), self.tr("Set the camera up, then save its picture as reference"))
        if self._saved is None or not self._saved.saved_at_ms:
            return (self.tr("Reference saved earlier"),)
        when = self.tr("Saved {time}").format(time=day_and_time(self._saved.saved_at_ms))
        if not self._saved.operator:
            return (when,)
        return when, self.tr("by {operator}").format(operator=self._saved.operator)

    def _paint(self, painter: QPainter) -> None:
        px, theme = self._look.mm.px, self._look.theme
        painter.fillRect(self.rect(), QColor(theme.face))
        frame = QRect(0, 0, round(self.width() * _PICTURE_SHARE), self.height())
        painter.fillRect(frame, QColor(theme.canvas))
        if self._picture is not None and self._has_reference:
            self._paint_picture(painter, frame, self._picture)
        room = self.rect().adjusted(frame.width() + px(3), px(2), -px(2), -px(2))
        for number, line in enumerate(self.lines()):
            height = min(px(13), room.height() // 2)
            row = QRect(room.x(), room.y() + number * height, room.width(), height)
            style = self._look.style(3.4, 2.0, is_bold=number == 0, is_wrapped=True)
            self._write(painter, row, line, style)

    def _paint_picture(self, painter: QPainter, frame: QRect, picture: QImage) -> None:
        size = picture.size().scaled(QSize(frame.width(), frame.height()), Qt.AspectRatioMode.KeepAspectRatio)
        spot = QRect(frame.x(), frame.y(), size.width(), size.height())
        spot.moveCenter(frame.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(spot, picture)
