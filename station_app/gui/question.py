"""A question in place of strip and answers: heading, tiles, sometimes a name to type. Never over the image."""

import itertools
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.touch_button import TapGuard, TouchButton

_COLUMNS = 7
_HEADING_COLUMNS = 2
_GAP_MM, _KEY_GAP_MM = 4.0, 2.0
_ROW_MM = 22.0
_WORD_SHARE = 1.25
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """One tile: what it stands for and what it says."""

    value: str
    caption: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. With `field` something can be typed, and the text is what the empty field says; it begins with
    `beginning`; with `is_secret` nobody can read what is typed, and nothing of it stays. The tiles of a keypad are all
    keys of one row, without numbers of their own. `trouble` says what was wrong with the last try."""

    heading: str
    choices: tuple[Choice, ...]
    field: str = ""
    beginning: str = ""
    longest: int = LONGEST_NAME
    is_keypad: bool = False
    is_secret: bool = False
    trouble: str = ""


class QuestionPane(Pane):
    """`chosen` carries a tile's value, `typed` a name, `cancelled` comes from the last tile."""

    chosen = Signal(str)
    typed = Signal(str)
    cancelled = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._guard = guard
        self._question = Question("", ())
        self.tiles: list[TouchButton] = []
        self.cancel = TouchButton(look, guard, self)
        self.cancel.tapped.connect(self.cancelled)
        self.field = QLineEdit(self)
        self.field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.field.returnPressed.connect(self._on_typed)
        self.field.hide()

    @property
    def question(self) -> Question:
        """What is asked, or was asked last."""
        return self._question

    def set_look(self, look: Look) -> None:
        for button in (*self.tiles, self.cancel):
            button.set_look(look)
        super().set_look(look)
        theme = look.theme
        colours = f"background: {theme.face}; color: {theme.ink}; border: 2px solid {theme.action.frame}"
        self.field.setStyleSheet(f"QLineEdit {{ {colours}; padding: 0 {look.mm.px(3)}px; }}")
        palette = self.field.palette()
        palette.setColor(QPalette.ColorRole.PlaceholderText, QColor(theme.muted))
        self.field.setPalette(palette)
        self._place()

    def ask(self, question: Question) -> bool:
        """Show a question; the same one again only changes its words. Whether it is another one."""
        is_new = self.isHidden() or _sameness(question) != _sameness(self._question)
        self._question = question
        if is_new:
            self._make_tiles(len(question.choices))
            self.field.clear()  # before it shows what is typed
            self.field.setEchoMode(QLineEdit.EchoMode.Password if question.is_secret else QLineEdit.EchoMode.Normal)
            self.field.setMaxLength(question.longest)
            self.field.setText(question.beginning)
        for number, (tile, choice) in enumerate(zip(self.tiles, question.choices, strict=True), 1):
            tile.setObjectName(choice.value)
            is_numbered = number <= 9 and not question.is_keypad
            tile.set_caption(choice.caption, str(number) if is_numbered else "")
        self.cancel.set_caption(self.tr("Cancel"), "ESC")
        self.setAccessibleName(question.heading)
        self.field.setPlaceholderText(question.field)
        self.field.setAccessibleName(question.field)
        self.field.setVisible(bool(question.field))
        self._place()
        self.update()
        return is_new

    def forget(self) -> None:
        """Nothing is asked any more: what was typed goes."""
        self.field.clear()

    def focus_field(self) -> None:
        if self._question.field:
            self.field.setFocus()

    def type_in(self, text: str) -> None:
        """As if it had been typed."""
        self.field.insert(text)

    def erase_last(self) -> None:
        self.field.backspace()

    def enter(self) -> None:
        """What has been typed is complete."""
        self._on_typed()

    def choose(self, number: int) -> None:
        """The tile with this number, by key."""
        if 1 <= number <= len(self.tiles):
            self.chosen.emit(self._question.choices[number - 1].value)

    def _make_tiles(self, count: int) -> None:
        for tile in self.tiles:
            tile.hide()
            tile.deleteLater()
        self.tiles = [TouchButton(self._look, self._guard, self) for _ in range(count)]
        for tile in self.tiles:
            tile.tapped.connect(self._on_tapped)
            tile.show()

    @Slot()
    def _on_tapped(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.chosen.emit(sender.objectName())

    @Slot()
    def _on_typed(self) -> None:
        if self._question.is_secret:
            typed = self.field.text()
            self.field.clear()
        else:
            typed = self.field.text().strip()
        if typed:
            self.typed.emit(typed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        """The lower row first; what it cannot hold stands right of the heading."""
        columns = self._columns()
        cells = [self._cell(index, columns, 1) for index in range(columns)]
        if self._question.is_keypad:
            cells = self._keys()
        self.cancel.setGeometry(cells.pop())
        cells += [self._cell(index, columns, 0) for index in range(_HEADING_COLUMNS, columns)]
        for tile, cell in zip(self.tiles, cells, strict=False):
            tile.setGeometry(cell)
        px = self._look.mm.px
        self.field.setFont(lettering.font(self._look.mm.font_px(4.5)))
        half = self.width() // 2
        self.field.setGeometry(half, 0, self.width() - half, self._upper_height() - px(2))

    def _columns(self) -> int:
        """How many places a row has; the tiles of a keypad all stand in the lower one."""
        if self._question.is_keypad:
            return len(self.tiles) + 1
        return max(_COLUMNS, -(-(len(self.tiles) + 1 + _HEADING_COLUMNS) // 2))

    def _keys(self) -> list[QRect]:
        """The keypad's row: words get more room than digits."""
        px = self._look.mm.px
        words = [len(choice.caption) > 1 for choice in self._question.choices]
        shares = [_WORD_SHARE if is_word else 1.0 for is_word in (*words, True)]
        gap, height = px(_KEY_GAP_MM), px(_ROW_MM)
        room = self.width() - gap * (len(shares) - 1)
        edges = [round(room * edge / sum(shares)) for edge in itertools.accumulate(shares, initial=0.0)]
        top = self.height() - height
        pairs = enumerate(itertools.pairwise(edges))
        return [QRect(start + number * gap, top, end - start, height) for number, (start, end) in pairs]

    def _upper_height(self) -> int:
        return self.height() - self._look.mm.px(_ROW_MM)

    def _cell(self, column: int, columns: int, row: int) -> QRect:
        gap = self._look.mm.px(_GAP_MM)
        width = (self.width() - gap * (columns - 1)) // columns
        lower, x = self._look.mm.px(_ROW_MM), column * (width + gap)
        if row:
            return QRect(x, self.height() - lower, width, lower)
        return QRect(x, 0, width, self._upper_height() - self._look.mm.px(2))

    def _paint(self, painter: QPainter) -> None:
        px, theme = self._look.mm.px, self._look.theme
        is_shared = len(self.tiles) > _COLUMNS - 1 or bool(self._question.field)
        columns = self._columns()
        width = self._cell(_HEADING_COLUMNS - 1, columns, 0).right() if is_shared else self.width()
        if self._question.field:
            width = self.width() // 2 - px(4)
        room = QRect(0, 0, width, self._upper_height() - px(2))
        if self._question.trouble:
            room = self._paint_trouble(painter, room)
        painter.fillRect(room, QColor(theme.action.fill))
        style = self._look.style(5.5, 2.8, is_bold=True, is_wrapped=True)
        inner = room.adjusted(px(4), px(1), -px(4), -px(1))
        self._write(painter, inner, self._question.heading, style, theme.action.ink)

    def _paint_trouble(self, painter: QPainter, room: QRect) -> QRect:
        """Amber in the lower half of the heading's room; the half that is left."""
        px, paint = self._look.mm.px, self._look.theme.no_result
        lower = QRect(room.x(), room.center().y(), room.width(), room.bottom() - room.center().y() + 1)
        painter.fillRect(lower, QColor(paint.fill))
        style = self._look.style(3.6, 2.2, is_bold=True, is_wrapped=True)
        self._write(painter, lower.adjusted(px(4), 0, -px(4), 0), self._question.trouble, style, paint.ink)
        return QRect(room.x(), room.y(), room.width(), lower.y() - room.y())


def _sameness(question: Question) -> tuple[object, ...]:
    """What makes two questions one: the words may differ."""
    values = tuple(choice.value for choice in question.choices)
    return values, bool(question.field), question.is_secret, question.is_keypad
