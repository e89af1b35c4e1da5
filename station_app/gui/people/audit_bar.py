"""The filter of the audit viewer: who, what, of what, from which day to which. GUI thread."""

from PySide6.QtCore import QCoreApplication, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from station_app.core.audit_view import AuditFilter
from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.people.audit_state import day_ends, day_starts
from station_app.gui.people.audit_texts import action_name
from station_app.gui.setup.choice_box import ChoiceBox
from station_app.gui.touch_button import TapGuard, TouchButton

HEIGHT_MM = 10.0
_GAP_MM = 1.5
_SHARES = (20, 24, 24, 16, 16, 12, 12)


class AuditBar(QWidget):
    """`asked` carries a filter, `mistyped` a sentence about a day that is none."""

    asked = Signal(object)
    mistyped = Signal(str)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._people: tuple[str, ...] = ()
        self._actions: tuple[str, ...] = ()
        self.who, self.action = ChoiceBox(look, self), ChoiceBox(look, self)
        self.subject, self.first, self.last = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.apply, self.clear = TouchButton(look, guard, self), TouchButton(look, guard, self)
        for choice in (self.who, self.action):
            choice.activated.connect(self._on_chosen)
        for line in self._lines():
            line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
            line.setMaxLength(200)
            line.returnPressed.connect(self.ask)
        self.apply.tapped.connect(self.ask)
        self.clear.tapped.connect(self.empty)
        self.retranslate()
        self.set_look(look)

    def _lines(self) -> tuple[QLineEdit, ...]:
        return self.subject, self.first, self.last

    def set_look(self, look: Look) -> None:
        self._look = look
        letters = lettering.font(look.mm.font_px(2.8))
        for line in self._lines():
            line.setFont(letters)
            line.setTextMargins(look.mm.px(1.5), 0, look.mm.px(1.5), 0)
            palette = line.palette()
            palette.setColor(QPalette.ColorRole.PlaceholderText, QColor(look.theme.muted))
            line.setPalette(palette)
        for choice in (self.who, self.action):
            choice.setFont(letters)
            choice.set_look(look)
        for button in (self.apply, self.clear):
            button.set_look(look)
            button.set_letters(3.0)
        self._place()

    def retranslate(self) -> None:
        self.subject.setPlaceholderText(self.tr("Subject holds"))
        self.first.setPlaceholderText(self.tr("From, 2026-01-31"))
        self.last.setPlaceholderText(self.tr("Until, 2026-01-31"))
        for line in self._lines():
            line.setAccessibleName(line.placeholderText())
        self.who.setAccessibleName(self.tr("Who"))
        self.action.setAccessibleName(self.tr("Action"))
        self.apply.set_caption(self.tr("Show"))
        self.clear.set_caption(self.tr("Clear"))
        self.offer(self._people, self._actions)

    def offer(self, people: tuple[str, ...], actions: tuple[str, ...]) -> None:
        """Whoever ever acted, and whatever was ever done; what is chosen stays so."""
        who, action = self._chosen(self.who, self._people), self._chosen(self.action, self._actions)
        self._people, self._actions = people, actions
        everybody = QCoreApplication.translate("AuditBar", "Everybody")
        anything = QCoreApplication.translate("AuditBar", "All actions")
        self.who.show_choice((everybody, *people), who or everybody)
        self.action.show_choice((anything, *map(action_name, actions)), action_name(action) if action else anything)

    def _chosen(self, box: ChoiceBox, values: tuple[str, ...]) -> str:
        """The first entry of a box is "all of them"."""
        index = box.currentIndex() - 1
        return values[index] if 0 <= index < len(values) else ""

    @Slot()
    def ask(self) -> None:
        """What the fields say now."""
        who, action = self._chosen(self.who, self._people), self._chosen(self.action, self._actions)
        try:
            where = AuditFilter(
                who, action, self.subject.text().strip(), day_starts(self.first.text()), day_ends(self.last.text())
            )
        except ValueError:
            self.mistyped.emit(self.tr("A day is written as 2026-01-31"))
        else:
            self.asked.emit(where)

    @Slot()
    def empty(self) -> None:
        """Ask for everything."""
        for line in self._lines():
            line.clear()
        for choice in (self.who, self.action):
            choice.setCurrentIndex(0)
        self.ask()

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        self.ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, x = self._look.mm.px, 0
        gap = px(_GAP_MM)
        pieces = (self.who, self.action, self.subject, self.first, self.last, self.apply, self.clear)
        room = self.width() - gap * (len(pieces) - 1)
        for piece, share in zip(pieces, _SHARES, strict=True):
            width = room * share // sum(_SHARES)
            piece.setGeometry(QRect(x, 0, width, self.height()))
            x += width + gap
