"""Freezing limits over the shown period, and commenting a marked point: words first, then the button. GUI thread."""

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from station_app.gui import lettering
from station_app.gui.charts.sheet import Freezable, NotablePoint
from station_app.gui.look import Look
from station_app.gui.palette import palette_of
from station_app.gui.sentences import sentence
from station_app.gui.touch_button import TapGuard, TouchButton

_LONGEST_REASON = 200
_BUTTON_MM, _GAP_MM = 52.0, 1.5


class FreezeBar(QWidget):
    """`freeze_asked` carries what may be frozen and the reason, `note_asked` the point and what is said about it. Where
    neither may be done by who is signed in, it says why."""

    freeze_asked = Signal(object, str)
    note_asked = Signal(object, str)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._freezable: Freezable | None = None
        self._point: NotablePoint | None = None
        self._why = ""
        self.reason = QLineEdit(self)
        self.reason.setMaxLength(_LONGEST_REASON)
        self.reason.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.reason.textChanged.connect(self._on_written)
        self.button, self.note = TouchButton(look, guard, self), TouchButton(look, guard, self)
        for button in (self.button, self.note):
            button.set_letters(2.6)
        self.button.tapped.connect(self._on_tapped)
        self.note.tapped.connect(self._on_note_tapped)
        self.note.hide()
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        self._look = look
        self.reason.setFont(lettering.font(look.mm.font_px(2.6)))
        self.reason.setPalette(palette_of(look.theme))
        self.button.set_look(look)
        self.note.set_look(look)
        self._place()

    def show_freezable(self, freezable: Freezable | None) -> None:
        self._freezable = freezable
        self.setVisible(freezable is not None)
        if freezable is not None:
            self.button.set_caption(freezable.caption)
        self.show_point(self._point)

    def show_right(self, why: str) -> None:
        """Why nothing may be done here: one of `sentences`, "" where it may."""
        if why != self._why:
            self._why = why
            self._say()

    @Slot(object)
    def show_point(self, point: NotablePoint | None) -> None:
        """The marked point that may be commented; None takes the button away."""
        self._point = point
        self.note.setVisible(point is not None)
        if point is not None:
            caption = QCoreApplication.translate("Charts", "Comment on {when}")
            self.note.set_caption(caption.format(when=point.words))
        self._say()
        self._place()

    def _say(self) -> None:
        reason = QCoreApplication.translate("Charts", "Reason for freezing")
        both = QCoreApplication.translate("Charts", "Reason for freezing, or comment on the point")
        hint = sentence(self._why) if self._why else reason if self._point is None else both
        self.reason.setPlaceholderText(hint)
        self.reason.setAccessibleName(hint)
        self.reason.setEnabled(not self._why)
        self._on_written()

    @Slot()
    def _on_written(self) -> None:
        is_ready = bool(self.reason.text().strip()) and not self._why
        self.button.setEnabled(is_ready and self._freezable is not None)
        self.note.setEnabled(is_ready and self._point is not None)

    @Slot()
    def _on_tapped(self) -> None:
        self.freeze_asked.emit(self._freezable, self.reason.text().strip())

    @Slot()
    def _on_note_tapped(self) -> None:
        self.note_asked.emit(self._point, self.reason.text().strip())

    def forget_reason(self) -> None:
        """It was taken: the limits are frozen, or the comment is on disk."""
        self.reason.clear()
        self.show_point(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        shown = [button for button in (self.note, self.button) if not button.isHidden()]
        gap, right = self._look.mm.px(_GAP_MM), self.width()
        width = min(self._look.mm.px(_BUTTON_MM), self.width() // 3)
        for button in reversed(shown):
            button.setGeometry(right - width, 0, width, self.height())
            right -= width + gap
        self.reason.setGeometry(0, 0, max(1, right), self.height())
