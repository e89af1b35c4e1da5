"""What changes the value of one feature, by its kind: steps and a field, a list, two buttons, or one. GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from station_app.core.setup_messages import FeatureKind, FeatureShown
from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.setup.choice_box import ChoiceBox
from station_app.gui.setup.stepping import Typo, stepped, typed
from station_app.gui.touch_button import TapGuard, TouchButton

_STEP_MM, _GAP_MM = 20.0, 1.5
_LONGEST_TEXT = 256
_NUMBERS = (FeatureKind.INTEGER, FeatureKind.FLOAT)
_ON, _OFF = "true", "false"
_TRUE = ("true", "1", "on")


class ValueEditor(QWidget):
    """`written` carries the text for the camera, `mistyped` a `Typo`. A text that is being typed is left alone."""

    written = Signal(str)
    mistyped = Signal(object)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._feature: FeatureShown | None = None
        self._value = ""
        self.less, self.more = TouchButton(look, guard, self), TouchButton(look, guard, self)
        self.off, self.on = TouchButton(look, guard, self), TouchButton(look, guard, self)
        self.carry_out = TouchButton(look, guard, self)
        self.field, self.choice = QLineEdit(self), ChoiceBox(look, self)
        self.field.setMaxLength(_LONGEST_TEXT)
        self.field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.field.returnPressed.connect(self._on_typed)
        self.choice.activated.connect(self._on_chosen)
        slots: tuple[tuple[TouchButton, Callable[[], None]], ...] = (
            (self.less, self._on_less),
            (self.more, self._on_more),
            (self.off, self._on_off),
            (self.on, self._on_on),
            (self.carry_out, self._on_carry_out),
        )
        for button, slot in slots:
            button.tapped.connect(slot)
        self.retranslate()
        self.show_value(None, "", is_enabled=False)

    @property
    def buttons(self) -> tuple[TouchButton, ...]:
        return self.less, self.more, self.off, self.on, self.carry_out

    @property
    def is_typing(self) -> bool:
        """Whether a person is writing a value that is not sent yet."""
        return self.field.hasFocus() and self.field.isModified()

    def set_look(self, look: Look) -> None:
        self._look = look
        for button in self.buttons:
            button.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.less.set_caption("−", spoken=self.tr("Less"))
        self.more.set_caption("+", spoken=self.tr("More"))
        self.off.set_caption(self.tr("Off"))
        self.on.set_caption(self.tr("On"))
        self.carry_out.set_caption(self.tr("Carry out"))

    def show_value(self, feature: FeatureShown | None, value: str, *, is_enabled: bool) -> None:
        """`value` is what the camera has, or what is on its way to it."""
        is_other = feature is None or self._feature is None or feature.name != self._feature.name
        self._feature, self._value = feature, value
        kind = feature.kind if feature is not None else None
        is_enabled = is_enabled and feature is not None and feature.is_writable
        self._show_kind(kind)
        for widget in (*self.buttons, self.field, self.choice):
            widget.setEnabled(is_enabled)
        if is_other or not self.is_typing:
            self.field.setText(value)
        self.choice.show_choice(feature.entries if feature is not None else (), value)
        is_true = value.strip().lower() in _TRUE
        self.on.set_on(is_on=kind is FeatureKind.BOOLEAN and is_true)
        self.off.set_on(is_on=kind is FeatureKind.BOOLEAN and not is_true)

    def _show_kind(self, kind: FeatureKind | None) -> None:
        is_number = kind in _NUMBERS
        for widgets, is_shown in (
            ((self.less, self.more), is_number),
            ((self.field,), is_number or kind is FeatureKind.TEXT or kind is None),
            ((self.choice,), kind is FeatureKind.CHOICE),
            ((self.off, self.on), kind is FeatureKind.BOOLEAN),
            ((self.carry_out,), kind is FeatureKind.COMMAND),
        ):
            for widget in widgets:
                widget.setVisible(is_shown)
        self._place()

    def _step(self, direction: int) -> None:
        if self._feature is not None:
            self._write(stepped(self._feature, self._value, direction))

    def _write(self, value: str) -> None:
        self.field.setModified(False)
        self.written.emit(value)

    @Slot()
    def _on_less(self) -> None:
        self._step(-1)

    @Slot()
    def _on_more(self) -> None:
        self._step(1)

    @Slot()
    def _on_off(self) -> None:
        self._write(_OFF)

    @Slot()
    def _on_on(self) -> None:
        self._write(_ON)

    @Slot()
    def _on_carry_out(self) -> None:
        self._write("")

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        self._write(self.choice.itemText(index))

    @Slot()
    def _on_typed(self) -> None:
        if self._feature is None:
            return
        text = self.field.text()
        outcome = typed(self._feature, text) if self._feature.kind in _NUMBERS else text
        if isinstance(outcome, Typo):
            self.mistyped.emit(outcome)
        else:
            self._write(outcome)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, height = self._look.mm.px, self.height()
        step, gap = px(_STEP_MM), px(_GAP_MM)
        half = (self.width() - gap) // 2
        is_stepped = self._feature is not None and self._feature.kind in _NUMBERS
        inset = step + gap if is_stepped else 0
        self.less.setGeometry(0, 0, step, height)
        self.more.setGeometry(self.width() - step, 0, step, height)
        self.field.setGeometry(QRect(inset, 0, max(1, self.width() - 2 * inset), height))
        self.choice.setGeometry(0, 0, self.width(), height)
        self.off.setGeometry(0, 0, half, height)
        self.on.setGeometry(half + gap, 0, half, height)
        self.carry_out.setGeometry(0, 0, self.width(), height)
        letters = lettering.font(self._look.mm.font_px(3.4))
        self.field.setFont(letters)
        self.field.setTextMargins(px(2), 0, px(2), 0)
        side = Qt.AlignmentFlag.AlignHCenter if is_stepped else Qt.AlignmentFlag.AlignLeft
        self.field.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self.choice.setFont(letters)
        self.choice.set_look(self._look)
        for button in self.buttons:
            button.set_letters(6 if button in (self.less, self.more) else 3.4)
