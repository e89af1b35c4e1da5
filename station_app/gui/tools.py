"""The image's tools: zoom by button, fit, hold to hide the marks, and how strongly the heat map shows. GUI thread."""

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.gui import lettering
from station_app.gui.actions import BY_DEED, Deed, tool_caption
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.touch_button import TapGuard, TouchButton

_TOOLS = (Deed.ZOOM_IN, Deed.ZOOM_OUT, Deed.ZOOM_FIT, Deed.HIDE_MARKS)
_STEPS = 4
_LEAST_SLIDER_MM = 25.0


class OpacitySlider(Pane):
    """Vertical, in five steps: a tap anywhere sets it, so that dragging is never needed."""

    changed = Signal(float)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._opacity = 0.5
        self.retranslate()

    @property
    def opacity(self) -> float:
        return self._opacity

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Heat map {percent} %").format(percent=round(self._opacity * 100)))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._set_from(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_from(event)

    def _groove(self) -> QRect:
        px = self._look.mm.px
        return QRect(self.width() // 2 - px(1.5), px(8), px(3), max(1, self.height() - px(11)))

    def _set_from(self, event: QMouseEvent) -> None:
        groove = self._groove()
        share = (groove.bottom() - event.position().y()) / groove.height()
        self._opacity = round(min(1.0, max(0.0, share)) * _STEPS) / _STEPS
        self.retranslate()
        self.changed.emit(self._opacity)

    def _paint(self, painter: QPainter) -> None:
        px, theme, groove = self._look.mm.px, self._look.theme, self._groove()
        ink = QColor(theme.ink if self.isEnabled() else theme.disabled.ink)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        name = QRect(0, 0, self.width(), px(6))
        centred = lettering.centred(self._look.style(3, 2))
        self._write(painter, name, self.tr("Heat map"), centred, ink.name())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.line))
        painter.drawRoundedRect(groove, px(1.5), px(1.5))
        y = groove.bottom() - round(self._opacity * groove.height())
        painter.setBrush(ink)
        painter.drawRoundedRect(QRect(px(3), y - px(2), self.width() - px(6), px(4)), px(1), px(1))


class Tools(QWidget):
    """A column of buttons left of the image. `asked` carries a zoom deed, `marks_hidden` whether they are held;
    `switched` is asked for the web instead of the image, or the other way round, where the station has one."""

    asked = Signal(object)
    marks_hidden = Signal(bool)
    switched = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None, *, has_heat: bool = True) -> None:
        """Without `has_heat` there are no heat maps, and no slider for them."""
        super().__init__(parent)
        self._look, self._has_heat = look, has_heat
        self.slider = OpacitySlider(look, self)
        self.buttons = {deed: TouchButton(look, guard, self) for deed in _TOOLS}
        for deed, button in self.buttons.items():
            button.setObjectName(deed)
            button.set_letters(8 if deed in (Deed.ZOOM_IN, Deed.ZOOM_OUT) else 3.4)
            button.tapped.connect(self._on_tapped)
        self.switch = TouchButton(look, guard, self)
        self.switch.set_letters(3.4)
        self.switch.tapped.connect(self.switched)
        self.switch.hide()
        self._is_web = False
        self.buttons[Deed.HIDE_MARKS].pressed.connect(self._on_held)
        self.buttons[Deed.HIDE_MARKS].released.connect(self._on_let_go)
        self.retranslate()

    def set_look(self, look: Look) -> None:
        self._look = look
        self.slider.set_look(look)
        for button in (*self.buttons.values(), self.switch):
            button.set_look(look)
        self._place()

    def set_web(self, *, is_web: bool) -> None:
        """The station has a web; `is_web` is whether it stands there instead of the image."""
        self._is_web = is_web
        self.switch.show()
        self.retranslate()
        self._place()

    def set_zoomable(self, is_zoomable: bool) -> None:
        """Whether there is one image that zooming is for."""
        for deed in (Deed.ZOOM_IN, Deed.ZOOM_OUT, Deed.ZOOM_FIT):
            self.buttons[deed].setEnabled(is_zoomable)

    def retranslate(self) -> None:
        for deed, button in self.buttons.items():
            caption, name = tool_caption(deed)
            button.set_caption(caption, BY_DEED[deed].key_name, spoken=name)
        self.switch.set_caption(self.tr("Image") if self._is_web else self.tr("Web"))
        self.slider.retranslate()

    @Slot()
    def _on_tapped(self) -> None:
        sender = self.sender()
        if sender.objectName() != Deed.HIDE_MARKS:
            self.asked.emit(Deed(sender.objectName()))

    @Slot()
    def _on_held(self) -> None:
        self.marks_hidden.emit(True)

    @Slot()
    def _on_let_go(self) -> None:
        self.marks_hidden.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        side, gap = self.width(), self._look.mm.px(1.5)
        shown = [*self.buttons.values(), *([self.switch] if self.switch.isVisibleTo(self) else [])]
        for index, button in enumerate(shown):
            button.setGeometry(0, index * (side + gap), side, side)
        top = len(shown) * (side + gap)
        room = min(max(0, self.height() - top), self._look.mm.px(70))
        self.slider.setGeometry(0, top, side, room)
        self.slider.setVisible(self._has_heat and not self._is_web and room >= self._look.mm.px(_LEAST_SLIDER_MM))
