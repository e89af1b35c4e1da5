"""A form: its fields in one or two columns, a sentence about what is wrong with them, and what sends it. GUI thread."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.account_rules import badge_text
from station_app.core.people import SecretKind
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.people.field_row import CAPTION_MM, CONTROL_MM, FieldRow
from station_app.gui.people.forms import FIELDS, KINDS, Field, Form
from station_app.gui.people.people_state import Said
from station_app.gui.people.people_texts import form_name, said_words, strength_sentence
from station_app.gui.people.strength import strength
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.touch_button import TapGuard, TouchButton

_TITLE_MM, _GAP_MM, _NOTE_MM, _BUTTON_MM, _COLUMN_MM = 9.0, 2.0, 10.0, 12.0, 48.0


class FormPane(Pane):
    """`sent` carries the values by field and whether the secret is to be taken away; `cancelled` that it is closed."""

    sent = Signal(object, bool)
    cancelled = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._form, self._about = Form.FIRST, ""
        self._can_take_away = False
        self._names: tuple[str, ...] = ()
        self._said: Said | None = None
        self.rows: dict[Field, FieldRow] = {}
        self.note = WhyPane(look, self)
        self.accept, self.take_away, self.cancel = (TouchButton(look, guard, self) for _ in range(3))
        for button in (self.accept, self.take_away, self.cancel):
            button.set_letters(3.2)
        self.accept.tapped.connect(self._on_accepted)
        self.take_away.tapped.connect(self._on_taken_away)
        self.cancel.tapped.connect(self.cancelled)
        self.set_look(look)

    @property
    def values(self) -> dict[Field, str]:
        return {field: row.value for field, row in self.rows.items()}

    def open_form(
        self,
        form: Form,
        beginning: Mapping[Field, str],
        about: str = "",
        *,
        can_take_away: bool = False,
        signed_by: SecretKind | None = None,
    ) -> None:
        """Empty fields but for `beginning`. `about` is whose account it is, `signed_by` what the signature is given
        by: the password where nothing else is said."""
        self._form, self._about, self._can_take_away = form, about, can_take_away
        for row in self.rows.values():
            row.wipe()
            row.hide()
            row.deleteLater()
        self.rows = {field: FieldRow(self._look, field, self, by=signed_by) for field in FIELDS[form]}
        for field, row in self.rows.items():
            row.set_value(beginning.get(field, ""))
            row.edited.connect(self._on_edited)
            row.entered.connect(self._on_entered)
            row.show()
        self._said = None
        self._names = (about, beginning.get(Field.FULL_NAME, ""))
        self.note.say("")
        self.retranslate()
        self._place()

    def show_progress(self, said: Said | None, *, is_pending: bool) -> None:
        """What came of it, and whether an answer is awaited."""
        for button in (self.accept, self.take_away):
            button.setEnabled(not is_pending)
        if said is not None and said != self._said:
            self.note.say(said_words(said), is_warning=said.is_refusal)
        elif is_pending:
            self.note.say("")
        self._said = said  # said once: what is typed afterwards answers it

    def begin_typing(self) -> None:
        """The keyboard writes into the first field that is typed."""
        first = next((row for row in self.rows.values() if row.line.isVisibleTo(self)), None)
        if first is not None:
            first.line.setFocus()

    def take_scan(self, text: str) -> bool:
        """A badge that is scanned goes into its field, whatever field is being typed in."""
        row = self.rows.get(Field.BADGE)
        if row is None:
            return False
        row.set_value(badge_text(text))
        self.note.say(self.tr("The badge was scanned"))
        return True

    def forget_signature(self) -> None:
        """It was sent; the next change is signed anew."""
        row = self.rows.get(Field.SIGNATURE)
        if row is not None:
            row.wipe()

    def wipe(self) -> None:
        """What nobody may read goes, the rest stays."""
        for row in self.rows.values():
            row.wipe()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        for pane in (*self.rows.values(), self.note):
            pane.set_look(look)
        for button in (self.accept, self.take_away, self.cancel):
            button.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.accept.set_caption(self._accept_caption())
        self.take_away.set_caption(self.tr("Take away"))
        self.take_away.setVisible(self._can_take_away)
        self.cancel.set_caption(self.tr("Cancel"))
        for row in self.rows.values():
            row.retranslate()
        self._on_edited()
        self.setAccessibleName(self._title())
        self.update()

    def _accept_caption(self) -> str:
        return self.tr("Set") if self._form in KINDS else self.tr("Save")

    def _title(self) -> str:
        name = form_name(self._form)
        return f"{name}: {self._about}" if self._about else name

    def _send(self, *, is_taken_away: bool) -> None:
        self.sent.emit(self.values, is_taken_away)

    @Slot()
    def _on_accepted(self) -> None:
        self._send(is_taken_away=False)

    @Slot()
    def _on_taken_away(self) -> None:
        self._send(is_taken_away=True)

    @Slot()
    def _on_edited(self) -> None:
        """What the new password is worth."""
        row = self.rows.get(Field.PASSWORD)
        if row is None:
            return
        own = tuple(self.rows[field].value for field in (Field.NAME, Field.FULL_NAME) if field in self.rows)
        self.note.say(strength_sentence(strength(row.value, (*self._names, *own))))

    @Slot()
    def _on_entered(self) -> None:
        """Enter leads to the next field that is typed, and from the last one on its way."""
        typed = [row for row in self.rows.values() if row.line.isVisibleTo(self)]
        number = next((n for n, row in enumerate(typed) if row.line.hasFocus()), len(typed) - 1)
        if number + 1 < len(typed):
            typed[number + 1].line.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.accept.isEnabled():
            self._send(is_taken_away=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        gap, row_height = px(_GAP_MM), px(CAPTION_MM) + px(CONTROL_MM)
        columns = 2 if self.width() >= 2 * px(_COLUMN_MM) and len(self.rows) > 3 else 1
        width = (self.width() - gap * (columns - 1)) // columns
        for number, row in enumerate(self.rows.values()):
            x, y = number % columns * (width + gap), number // columns * (row_height + gap)
            row.setGeometry(x, px(_TITLE_MM) + y, width, row_height)
        top = px(_TITLE_MM) + -(-len(self.rows) // columns) * (row_height + gap)
        self.note.setGeometry(0, top, self.width(), px(_NOTE_MM))
        shown = [self.accept, *([self.take_away] if self._can_take_away else []), self.cancel]
        each = (self.width() - gap * 2) // 3
        for number, button in enumerate(shown):
            button.setGeometry(number * (each + gap), top + px(_NOTE_MM) + gap, each, px(_BUTTON_MM))

    def set_cancel_shown(self, *, is_shown: bool) -> None:
        self.cancel.setVisible(is_shown)

    def _paint(self, painter: QPainter) -> None:
        room = QRect(0, 0, self.width(), self._look.mm.px(_TITLE_MM))
        self._write(painter, room, self._title(), self._look.style(4.0, 2.4, is_bold=True))
