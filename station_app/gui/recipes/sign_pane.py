"""What a deed still needs: the reason, of what is signed a name and a password, or no more than a yes. GUI thread."""

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from station_app.core.people import Signature
from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.touch_button import TapGuard, TouchButton

_ROW_MM, _GAP_MM, _WORDS_MM = 10.0, 1.2, 8.0
HEIGHT_MM = _WORDS_MM + 3 * (_ROW_MM + _GAP_MM)
_LONGEST = 200


class SignPane(Pane):
    """`signed` carries the signature, None where none was asked for, and the reason. A password is forgotten as soon as
    the pane closes."""

    signed = Signal(object, str)
    dropped = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._question, self._is_signature, self._has_reason, self._needs_reason = "", True, True, True
        self.name, self.secret, self.reason = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.yes, self.no = TouchButton(look, guard, self), TouchButton(look, guard, self)
        for field in self._fields():
            field.setMaxLength(_LONGEST)
            field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
            field.textChanged.connect(self._on_changed)
        self.yes.tapped.connect(self._on_yes)
        self.no.tapped.connect(self.drop)
        for button in (self.yes, self.no):
            button.set_letters(3.0)
        self.retranslate()
        self._on_changed()

    def _fields(self) -> tuple[QLineEdit, ...]:
        return self.name, self.secret, self.reason

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        for button in (self.yes, self.no):
            button.set_look(look)
        for field in self._fields():
            field.setFont(lettering.font(look.mm.font_px(2.8)))
            field.setTextMargins(look.mm.px(1.5), 0, look.mm.px(1.5), 0)
        self._place()

    def retranslate(self) -> None:
        texts = (self.tr("Name"), self.tr("Password"), self._reason_name())
        for field, text in zip(self._fields(), texts, strict=True):
            field.setPlaceholderText(text)
            field.setAccessibleName(text)
        self.no.set_caption(self.tr("Cancel"))
        self.update()

    def _reason_name(self) -> str:
        return self.tr("Why?") if self._needs_reason else self.tr("Why? (if you like)")

    def ask(
        self,
        question: str,
        caption: str,
        *,
        is_signature: bool,
        name: str = "",
        has_reason: bool = True,
        needs_reason: bool = True,
    ) -> None:
        """Open for one deed; `name` is who is signed in. Without signature and reason a yes is enough. A reason that is
        not needed may be left out."""
        self._question, self._is_signature, self._has_reason = question, is_signature, has_reason
        self._needs_reason = needs_reason
        self.reason.setPlaceholderText(self._reason_name())
        self.yes.set_caption(caption)
        self.name.setText(name)
        self.secret.clear()
        self.reason.clear()
        self.name.setVisible(is_signature)
        self.secret.setVisible(is_signature)
        self.reason.setVisible(has_reason)
        self.show()
        (self.secret if is_signature and name else self.name if is_signature else self.reason).setFocus()
        self._place()
        self._on_changed()
        self.update()

    @Slot()
    def drop(self) -> None:
        """Not now."""
        self.secret.clear()
        self.hide()
        self.dropped.emit()

    @Slot()
    def _on_yes(self) -> None:
        signature = Signature(self.name.text().strip(), self.secret.text()) if self._is_signature else None
        self.secret.clear()
        self.hide()
        self.signed.emit(signature, self.reason.text().strip())

    @Slot()
    def _on_changed(self) -> None:
        signature = (self.name, self.secret) if self._is_signature else ()
        needed = (*signature, self.reason) if self._has_reason and self._needs_reason else signature
        self.yes.setEnabled(all(field.text().strip() for field in needed))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, width = self._look.mm.px, self.width()
        row, gap, y, half = px(_ROW_MM), px(_GAP_MM), px(_WORDS_MM), (width - px(_GAP_MM)) // 2
        if self._is_signature:
            self.name.setGeometry(0, y, half, row)
            self.secret.setGeometry(half + gap, y, width - half - gap, row)
            y += row + gap
        if self._has_reason:
            self.reason.setGeometry(0, y, width, row)
            y += row + gap
        self.no.setGeometry(0, y, half, row)
        self.yes.setGeometry(half + gap, y, width - half - gap, row)

    def _paint(self, painter: QPainter) -> None:
        """Blue: a person must act."""
        px, paint = self._look.mm.px, self._look.theme.action
        room = QRect(0, 0, self.width(), px(_WORDS_MM - 1))
        painter.fillRect(room, QColor(paint.fill))
        style = self._look.style(2.8, 1.8, is_bold=True, is_wrapped=True)
        self._write(painter, room.adjusted(px(1.5), 0, -px(1.5), 0), self._question, style, paint.ink)
