"""How the reference is laid over the live picture: four buttons and how strongly. GUI thread."""

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.gui.look import Look
from station_app.gui.overlay import OverlayKind
from station_app.gui.pane import Pane
from station_app.gui.touch_button import TapGuard, TouchButton

_BUTTON_MM, _GAP_MM = 26.0, 1.5
_STEPS = 10

KINDS = (OverlayKind.NONE, OverlayKind.BLEND, OverlayKind.DIFFERENCE, OverlayKind.EDGES)


class OpacityBar(Pane):
    """Lying, in steps of a tenth: a tap anywhere sets it, so that dragging is never needed."""

    changed = Signal(float)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.opacity = 0.5
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self._words())
        self.update()

    def _words(self) -> str:
        return self.tr("Reference {percent} %").format(percent=round(self.opacity * 100))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._set_from(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_from(event)

    def _groove(self) -> QRect:
        px = self._look.mm.px
        return QRect(px(3), self.height() - px(5.5), max(1, self.width() - px(6)), px(3))

    def _set_from(self, event: QMouseEvent) -> None:
        groove = self._groove()
        share = (event.position().x() - groove.x()) / groove.width()
        self.opacity = round(min(1.0, max(0.0, share)) * _STEPS) / _STEPS
        self.retranslate()
        self.changed.emit(self.opacity)

    def _paint(self, painter: QPainter) -> None:
        px, theme, groove = self._look.mm.px, self._look.theme, self._groove()
        ink = QColor(theme.ink if self.isEnabled() else theme.disabled.ink)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        name = QRect(px(3), 0, self.width() - px(6), px(6.5))
        self._write(painter, name, self._words(), self._look.style(2.8, 2.0), ink.name())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.line))
        painter.drawRoundedRect(groove, px(1.5), px(1.5))
        x = groove.x() + round(self.opacity * groove.width())
        painter.setBrush(ink)
        painter.drawRoundedRect(QRect(x - px(2), groove.y() - px(1.5), px(4), px(6)), px(1), px(1))


class OverlayBar(QWidget):
    """`changed` says that another kind or strength was chosen. Without a reference there is nothing to choose."""

    changed = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.kind = OverlayKind.NONE
        self.bar = OpacityBar(look, self)
        self.bar.changed.connect(self._on_opacity)
        self.buttons = {kind: TouchButton(look, guard, self) for kind in KINDS}
        for kind, button in self.buttons.items():
            button.setObjectName(kind)
            button.set_letters(3)
            button.tapped.connect(self._on_tapped)
        self.retranslate()
        self.set_possible(is_possible=False)

    @property
    def opacity(self) -> float:
        return self.bar.opacity

    def set_look(self, look: Look) -> None:
        self._look = look
        self.bar.set_look(look)
        for button in self.buttons.values():
            button.set_look(look)
        self._place()

    def set_possible(self, *, is_possible: bool) -> None:
        """Whether there is a reference to lay over."""
        for widget in (*self.buttons.values(), self.bar):
            widget.setEnabled(is_possible)
        for kind, button in self.buttons.items():
            button.set_on(is_on=is_possible and kind is self.kind)

    def retranslate(self) -> None:
        captions = {
            OverlayKind.NONE: self.tr("Live only"),
            OverlayKind.BLEND: self.tr("Blend"),
            OverlayKind.DIFFERENCE: self.tr("Difference"),
            OverlayKind.EDGES: self.tr("Edges"),
        }
        for kind, caption in captions.items():
            self.buttons[kind].set_caption(caption)
        self.bar.retranslate()

    @Slot()
    def _on_tapped(self) -> None:
        self.kind = OverlayKind(self.sender().objectName())
        self.set_possible(is_possible=True)
        self.changed.emit()

    @Slot(float)
    def _on_opacity(self, _: float) -> None:
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        width, gap = px(_BUTTON_MM), px(_GAP_MM)
        for number, button in enumerate(self.buttons.values()):
            button.setGeometry(number * (width + gap), 0, width, self.height())
        left = len(self.buttons) * (width + gap)
        self.bar.setGeometry(left, 0, max(1, self.width() - left), self.height())
