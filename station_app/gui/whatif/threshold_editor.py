"""One threshold of the chosen label: less, more, and a field to type it. GUI thread."""

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.touch_button import TapGuard, TouchButton
from station_app.gui.whatif.tried import FINE, Line

_NAME_MM, _STEP_MM, _GAP_MM = 5.0, 12.0, 1.0
_LONGEST = 8


class ThresholdEditor(Pane):
    """`stepped` carries the line, the number of steps and their size, `typed` the line and what was written. The field
    shows what holds as soon as nobody writes in it."""

    stepped = Signal(object, int, float)
    typed = Signal(object, str)

    def __init__(self, look: Look, guard: TapGuard, line: Line, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.line, self._value = line, ""
        self.less, self.more = TouchButton(look, guard, self), TouchButton(look, guard, self)
        self.field = QLineEdit(self)
        self.field.setMaxLength(_LONGEST)
        self.field.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.field.returnPressed.connect(self._on_typed)
        self.less.tapped.connect(self._on_less)
        self.more.tapped.connect(self._on_more)
        for button in (self.less, self.more):
            button.setAutoRepeat(True)
            button.set_letters(5)

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        for button in (self.less, self.more):
            button.set_look(look)
        self.field.setFont(lettering.font(look.mm.font_px(3.2)))
        self._place()

    def retranslate(self) -> None:
        less, more = self.tr("less"), self.tr("more")
        self.less.set_caption("−", spoken=f"{self._name()} {less}")
        self.more.set_caption("+", spoken=f"{self._name()} {more}")
        self.field.setAccessibleName(self._name())
        self.update()

    def show_value(self, value: float, *, is_enabled: bool) -> None:
        for widget in (self.less, self.more, self.field):
            widget.setEnabled(is_enabled)
        self._value = f"{value:.3f}" if is_enabled else ""
        if not (self.field.hasFocus() and self.field.isModified()):
            self.field.setText(self._value)

    def _name(self) -> str:
        return self.tr("Asked from score") if self.line is Line.REVIEW else self.tr("Rejected from score")

    @Slot()
    def _on_less(self) -> None:
        self.stepped.emit(self.line, -1, FINE)

    @Slot()
    def _on_more(self) -> None:
        self.stepped.emit(self.line, 1, FINE)

    @Slot()
    def _on_typed(self) -> None:
        """What cannot be is not kept: the field says again what holds."""
        text = self.field.text()
        self.field.setModified(False)
        self.field.setText(self._value)
        self.typed.emit(self.line, text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, top = self._look.mm.px, self._look.mm.px(_NAME_MM)
        step, gap, height = px(_STEP_MM), px(_GAP_MM), max(1, self.height() - top)
        self.less.setGeometry(0, top, step, height)
        self.field.setGeometry(step + gap, top, max(1, self.width() - 2 * (step + gap)), height)
        self.more.setGeometry(self.width() - step, top, step, height)

    def _paint(self, painter: QPainter) -> None:
        room = QRect(0, 0, self.width(), self._look.mm.px(_NAME_MM))
        self._write(painter, room, self._name(), self._look.style(2.6, 1.8), self._look.theme.muted)
