"""Where the one image ends and the other begins: a bar to touch anywhere. GUI thread."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from station_app.gui.look import Look
from station_app.gui.pane import Pane

_INSET_MM = 6.0


class SplitBar(Pane):
    """`moved` carries the share of the left image, 0 to 1."""

    moved = Signal(float)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._share = 0.5
        self.retranslate()

    @property
    def share(self) -> float:
        return self._share

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("{percent} % of the first part").format(percent=round(self._share * 100)))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._set_from(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_from(event)

    def _set_from(self, event: QMouseEvent) -> None:
        groove = self._groove()
        self._share = min(1.0, max(0.0, (event.position().x() - groove.x()) / max(1, groove.width())))
        self.retranslate()
        self.moved.emit(self._share)

    def _groove(self) -> QRect:
        px = self._look.mm.px
        return QRect(px(_INSET_MM), self.height() // 2 - px(1.2), self.width() - 2 * px(_INSET_MM), px(2.4))

    def _paint(self, painter: QPainter) -> None:
        px, theme, groove = self._look.mm.px, self._look.theme, self._groove()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.line))
        painter.drawRoundedRect(groove, px(1.2), px(1.2))
        x = groove.x() + round(self._share * groove.width())
        painter.setBrush(QColor(theme.ink))
        painter.drawRoundedRect(QRect(x - px(3), px(0.8), px(6), self.height() - px(1.6)), px(1), px(1))
