"""The one kind of button: large, painted, answering on release, and never able to take the keyboard. GUI thread."""

from PySide6.QtCore import QElapsedTimer, QObject, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.theme import Paint

GUARD_MS = 300


class TapGuard(QObject):
    """One for all buttons of a window: a second tap within 300 ms is a bounce, also on the next question's tile."""

    def __init__(self, parent: QObject | None = None, guard_ms: int = GUARD_MS) -> None:
        super().__init__(parent)
        self._guard_ms = guard_ms
        self._since = QElapsedTimer()

    def admit(self) -> bool:
        """Whether a tap now counts; if so, the next one has to wait."""
        if self._since.isValid() and self._since.elapsed() < self._guard_ms:
            return False
        self._since.start()
        return True


class TouchButton(QAbstractButton):
    """`tapped` comes on release inside the button. A focusable button could be pressed by a scanned space."""

    tapped = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._guard = look, guard
        self._caption, self._hint, self._cap_mm = "", "", 4.5
        self._is_label = self._is_on = self._is_barred = False
        self.is_clipped = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(self._on_clicked)

    @property
    def caption(self) -> str:
        return self._caption

    def set_look(self, look: Look) -> None:
        self._look = look
        self.update()

    def set_caption(self, caption: str, hint: str = "", *, spoken: str = "") -> None:
        """`hint` is the key in the corner; `spoken` names a button whose caption is only a sign."""
        if (caption, hint, spoken or caption) == (self._caption, self._hint, self.accessibleName()):
            return
        self._caption, self._hint = caption, hint
        self.setAccessibleName(spoken or caption)
        self.update()

    def set_letters(self, cap_mm: float) -> None:
        self._cap_mm = cap_mm

    def set_label(self) -> None:
        """What it says must be read also while it cannot be pressed."""
        self._is_label = True

    def set_barred(self, *, is_barred: bool) -> None:
        """Looks as if it could not be pressed; a tap is told all the same, so that it can be said why."""
        if is_barred != self._is_barred:
            self._is_barred = is_barred
            self.update()

    @property
    def is_barred(self) -> bool:
        return self._is_barred

    @property
    def is_on(self) -> bool:
        return self._is_on

    def set_on(self, *, is_on: bool) -> None:
        """Of several choices the one that holds: written in the paint of its letters turned round."""
        if is_on != self._is_on:
            self._is_on = is_on
            self.update()

    @Slot()
    def _on_clicked(self) -> None:
        if self._guard.admit():
            self.tapped.emit()

    def _colours(self) -> Paint:
        theme = self._look.theme
        if not self.isEnabled():
            return Paint(theme.face, theme.ink, theme.face) if self._is_label else theme.disabled
        if self._is_barred:
            return theme.disabled
        if self._is_on:
            return Paint(theme.ink, theme.background, theme.ink)
        return Paint(theme.face_pressed if self.isDown() else theme.face, theme.ink, theme.line)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, px = self._colours(), self._look.mm.px
        line = px(0.3)
        painter.setPen(QPen(QColor(colours.frame), line))
        painter.setBrush(QColor(colours.fill))
        inset = line // 2 + 1
        painter.drawRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), px(1.2), px(1.2))
        painter.setPen(QColor(colours.ink))
        self._paint_texts(painter)
        painter.end()

    def _paint_texts(self, painter: QPainter) -> None:
        px, look = self._look.mm.px, self._look
        room = self.rect().adjusted(px(1.2), px(1), -px(1.2), -px(1))
        if self._hint:
            is_low, hint_style = self.height() < px(16), look.style(2.8, 2.4, is_bold=True)
            height = room.height() if is_low else px(4.5)
            width = max(px(7), lettering.advance(self._hint, hint_style))
            hint = QRect(room.x() + px(0.8), room.y() + px(0.4) * (not is_low), width, height)
            lettering.draw(painter, hint, self._hint, hint_style)
            room = room.adjusted(width + px(1), 0, 0, 0) if is_low else room.adjusted(0, height, 0, 0)
        plain = look.style(self._cap_mm, 2.0, is_bold=True, is_wrapped=True)
        style = lettering.centred(plain)
        self.is_clipped = not lettering.draw(painter, room, self._caption, style)

    def sizeHint(self) -> QSize:
        return QSize(self._look.mm.px(22), self._look.mm.px(22))
