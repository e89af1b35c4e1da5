"""Freezing limits over the shown period: the reason first, then the button. GUI thread."""

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from station_app.gui import lettering
from station_app.gui.charts.sheet import Freezable
from station_app.gui.look import Look
from station_app.gui.palette import palette_of
from station_app.gui.touch_button import TapGuard, TouchButton

_LONGEST_REASON = 200
_BUTTON_MM, _GAP_MM = 52.0, 1.5


class FreezeBar(QWidget):
    """`freeze_asked` carries what may be frozen and the reason."""

    freeze_asked = Signal(object, str)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._freezable: Freezable | None = None
        self.reason = QLineEdit(self)
        self.reason.setMaxLength(_LONGEST_REASON)
        self.reason.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.reason.textChanged.connect(self._on_written)
        self.button = TouchButton(look, guard, self)
        self.button.set_letters(2.6)
        self.button.tapped.connect(self._on_tapped)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        self._look = look
        self.reason.setFont(lettering.font(look.mm.font_px(2.6)))
        self.reason.setPalette(palette_of(look.theme))
        self.button.set_look(look)
        self._place()

    def show_freezable(self, freezable: Freezable | None) -> None:
        self._freezable = freezable
        self.setVisible(freezable is not None)
        if freezable is not None:
            hint = QCoreApplication.translate("Charts", "Reason for freezing")
            self.reason.setPlaceholderText(hint)
            self.reason.setAccessibleName(hint)
            self.button.set_caption(freezable.caption)
        self._on_written()

    @Slot()
    def _on_written(self) -> None:
        self.button.setEnabled(self._freezable is not None and bool(self.reason.text().strip()))

    @Slot()
    def _on_tapped(self) -> None:
        self.freeze_asked.emit(self._freezable, self.reason.text().strip())

    def forget_reason(self) -> None:
        """It was taken: the limits are frozen."""
        self.reason.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        button, gap = min(self._look.mm.px(_BUTTON_MM), self.width() // 2), self._look.mm.px(_GAP_MM)
        self.reason.setGeometry(0, 0, max(1, self.width() - button - gap), self.height())
        self.button.setGeometry(self.width() - button, 0, button, self.height())
