"""One filter: what it is about, what it is set to, and a list to choose from. A set one is seen as set. GUI thread."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.setup.choice_box import ChoiceBox
from station_app.gui.theme import Paint, Theme


def filter_paint(theme: Theme, *, is_set: bool) -> Paint:
    """A filter that is set is written in the paint of its letters turned round, like a button that is on."""
    return Paint(theme.ink, theme.background, theme.ink) if is_set else Paint(theme.face, theme.ink, theme.line)


@dataclass(frozen=True, slots=True)
class Option:
    """One line of the list: what it stands for, and what it says."""

    value: object
    caption: str


class FilterBox(ChoiceBox):
    """`chosen` carries the value of the line that a person took. The first line asks nothing."""

    chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._caption = ""
        self._options: tuple[Option, ...] = ()
        self._is_set = False
        self.activated.connect(self._on_activated)

    @property
    def is_set(self) -> bool:
        return self._is_set

    @property
    def options(self) -> tuple[Option, ...]:
        return self._options

    def show_options(self, caption: str, options: tuple[Option, ...], value: object) -> None:
        """`value` is written as the list says it; one that is not in the list is written as it is."""
        self._caption, self._options = caption, options
        said = next((option.caption for option in options if option.value == value), str(value))
        self._is_set = bool(options) and value != options[0].value
        self.show_choice(tuple(option.caption for option in options), said)
        self.setAccessibleName(f"{caption}: {said}")
        self.setEnabled(len(options) > 1 or self._is_set)

    @Slot(int)
    def _on_activated(self, number: int) -> None:
        if 0 <= number < len(self._options):
            self.chosen.emit(self._options[number].value)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, theme = self._look.mm.px, self._look.theme
        paint = filter_paint(theme, is_set=self._is_set)
        ink = paint.ink if self.isEnabled() else theme.disabled.ink
        painter.setPen(QPen(QColor(paint.frame), px(0.3)))
        painter.setBrush(QColor(paint.fill if self.isEnabled() else theme.disabled.fill))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), px(1.2), px(1.2))
        self._paint_texts(painter, ink)
        painter.end()

    def _paint_texts(self, painter: QPainter, ink: str) -> None:
        """What it is about above, what holds below; the names of a station's own things are as long as they are."""
        px = self._look.mm.px
        room = self.rect().adjusted(px(2), px(0.6), -px(5), -px(0.8))
        upper = QRect(room.x(), room.y(), room.width(), round(room.height() * 0.42))
        lower = QRect(room.x(), upper.bottom() + 1, room.width(), room.bottom() - upper.bottom())
        painter.setPen(QColor(ink))
        lettering.draw(painter, upper, self._caption, self._look.style(2.1, 1.6))
        text = self.currentText() or self.placeholderText()
        lettering.draw(painter, lower, text, self._look.style(2.7, 1.9, is_bold=self._is_set))
        side = px(2.2)
        x, y = self.width() - px(4), (self.height() - side * 0.6) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ink))
        corners = [QPointF(x, y), QPointF(x + side, y), QPointF(x + side / 2, y + side * 0.6)]
        painter.drawPolygon(QPolygonF(corners))
