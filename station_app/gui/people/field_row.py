"""One line of a form: what it is called, and what it is typed into or chosen from. GUI thread."""

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from station_app.core.account_rules import PASSWORD_LETTERS
from station_app.core.people import SecretKind
from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.people.forms import HIDDEN, Field
from station_app.gui.people.people_texts import choices, field_name, signature_name
from station_app.gui.setup.choice_box import ChoiceBox

CAPTION_MM, CONTROL_MM = 5.0, 10.0


class FieldRow(Pane):
    """`edited` says that the value is another one, `entered` that Enter was pressed in it."""

    edited = Signal()
    entered = Signal()

    def __init__(
        self, look: Look, field: Field, parent: QWidget | None = None, *, by: SecretKind | None = None
    ) -> None:
        """`by` is what a signature is given by."""
        super().__init__(look, parent)
        self.field, self._by = field, by or SecretKind.PASSWORD
        self.line, self.choice = QLineEdit(self), ChoiceBox(look, self)
        self._values = tuple(value for value, _ in choices(field))
        is_hidden = field in HIDDEN
        self.line.setEchoMode(QLineEdit.EchoMode.Password if is_hidden else QLineEdit.EchoMode.Normal)
        self.line.setMaxLength(PASSWORD_LETTERS[1])
        self.line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.line.textChanged.connect(self.edited)
        self.line.returnPressed.connect(self.entered)
        self.line.setVisible(not self._values)
        self.choice.setVisible(bool(self._values))
        self.choice.activated.connect(self._on_chosen)
        self.retranslate()
        self.set_look(look)

    @property
    def value(self) -> str:
        if self._values:
            index = self.choice.currentIndex()
            return self._values[index] if index >= 0 else ""
        return self.line.text()

    def set_value(self, value: str) -> None:
        if self._values:
            self._show_choice(value)
        else:
            self.line.setText(value)

    def wipe(self) -> None:
        """What nobody may read goes."""
        if self.field in HIDDEN:
            self.line.clear()

    def retranslate(self) -> None:
        name = self._name()
        self.setAccessibleName(name)
        self.line.setAccessibleName(name)
        self.choice.setAccessibleName(name)
        if self._values:
            self._show_choice(self.value)
        self._is_news(name)

    def _name(self) -> str:
        return signature_name(self._by) if self.field is Field.SIGNATURE else field_name(self.field)

    def _show_choice(self, value: str) -> None:
        words = dict(choices(self.field))
        self.choice.show_choice(tuple(words.values()), words.get(value, ""))

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        letters = lettering.font(look.mm.font_px(3.2))
        self.line.setFont(letters)
        self.line.setTextMargins(look.mm.px(2), 0, look.mm.px(2), 0)
        self.choice.setFont(letters)
        self.choice.set_look(look)
        self._place()

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        self.edited.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        top = self._look.mm.px(CAPTION_MM)
        for control in (self.line, self.choice):
            control.setGeometry(0, top, self.width(), max(1, self.height() - top))

    def _paint(self, painter: QPainter) -> None:
        room = QRect(0, 0, self.width(), self._look.mm.px(CAPTION_MM))
        self._write(painter, room, self._name(), self._look.style(2.8, 1.8), self._look.theme.muted)
