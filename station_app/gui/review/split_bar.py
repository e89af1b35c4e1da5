"""The slider that moves the line between the part and the one it is compared with. GUI thread."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.pane import Pane


class SplitBar(Pane):
    """`moved` carries the other part's share of the width, 0 to 1. A tap anywhere sets it. Nothing is painted while
    nothing is compared."""

    moved = Signal(float)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.share = 0.5
        self._is_good: bool | None = None

    def show_compared(self, *, is_good: bool | None) -> None:
        """What is compared with; None for nothing."""
        self._is_good = is_good
        self._is_news((is_good, *self._names()))
        self.setAccessibleName(" / ".join(self._names()))

    def retranslate(self) -> None:
        self.show_compared(is_good=self._is_good)

    def _names(self) -> tuple[str, str]:
        other = self.tr("Good part") if self._is_good else self.tr("Confirmed bad part")
        return self.tr("This part"), other

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._set_from(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_from(event)

    def _groove(self) -> QRect:
        px = self._look.mm.px
        return QRect(px(2), self.height() - px(3.6), max(1, self.width() - px(4)), px(2))

    def _set_from(self, event: QMouseEvent) -> None:
        if self._is_good is None:
            return
        groove = self._groove()
        self.share = 1.0 - min(1.0, max(0.0, (event.position().x() - groove.x()) / groove.width()))
        self.update()
        self.moved.emit(self.share)

    def _paint(self, painter: QPainter) -> None:
        if self._is_good is None:
            return
        px, theme, groove = self._look.mm.px, self._look.theme, self._groove()
        style = self._look.style(2.6, 1.8)
        half, height = self.width() // 2 - px(2), groove.y() - px(1)
        this, other = self._names()
        self._write(painter, QRect(px(2), 0, half, height), this, style)
        self._write(painter, QRect(self.width() // 2, 0, half, height), other, lettering.flush_right(style))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.line))
        painter.drawRoundedRect(groove, px(1), px(1))
        x = groove.x() + round((1.0 - self.share) * groove.width())
        painter.setBrush(QColor(theme.ink))
        painter.drawRoundedRect(QRect(x - px(1.5), groove.y() - px(1), px(3), px(4)), px(0.8), px(0.8))
