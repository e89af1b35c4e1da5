"""The facts of a part, in a column that scrolls: as high as what it says, whatever the language. GUI thread."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from station_app.gui import lettering
from station_app.gui.history.facts import Section
from station_app.gui.look import Look

_HEAD_MM, _TEXT_MM = 2.7, 2.6
_GAP_MM, _NAME_SHARE, _SCROLL_MM = 1.2, 0.36, 5.0
_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class _Line:
    """A text and where it goes."""

    room: QRect
    text: str
    is_bold: bool
    is_muted: bool


class _Column(QWidget):
    """The painted content."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._sections: tuple[Section, ...] = ()
        self._lines: tuple[_Line, ...] = ()

    def show_sections(self, look: Look, sections: tuple[Section, ...], width: int) -> None:
        self._look, self._sections = look, sections
        lines: list[_Line] = []
        y = look.mm.px(_GAP_MM)
        for section in sections:
            y = self._add(lines, section, y, width)
        self._lines = tuple(lines)
        self.setFixedSize(max(1, width), max(1, y))
        self.update()

    def _add(self, lines: list[_Line], section: Section, y: int, width: int) -> int:
        px, edge = self._look.mm.px, self._look.mm.px(2)
        name_width = round((width - 2 * edge) * _NAME_SHARE)
        head = self._line(section.heading, edge, y, width - 2 * edge, is_bold=True, is_muted=False)
        lines.append(head)
        y = head.room.bottom() + px(_GAP_MM) // 2
        for fact in section.facts:
            left = self._line(fact.name, edge, y, name_width - px(1), is_bold=False, is_muted=True)
            value_x = edge + name_width
            right = self._line(fact.value, value_x, y, width - edge - value_x, is_bold=False, is_muted=False)
            lines += [left, right]
            y = max(left.room.bottom(), right.room.bottom()) + px(_GAP_MM) // 2
        return y + px(_GAP_MM) * 2

    def _line(self, text: str, x: int, y: int, width: int, *, is_bold: bool, is_muted: bool) -> _Line:
        bounds = QFontMetrics(self._font(is_bold)).boundingRect(QRect(0, 0, max(1, width), 10_000), _wrap(text), text)
        return _Line(QRect(x, y, width, bounds.height()), text, is_bold, is_muted)

    def _font(self, is_bold: bool) -> QFont:
        return lettering.font(self._look.mm.font_px(_HEAD_MM if is_bold else _TEXT_MM), is_bold=is_bold)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._look.theme
        painter.fillRect(event.rect(), QColor(theme.face))
        for line in self._lines:
            if line.room.intersects(event.rect()):
                painter.setFont(self._font(line.is_bold))
                painter.setPen(QColor(theme.muted if line.is_muted else theme.ink))
                painter.drawText(line.room, _wrap(line.text), line.text)
        painter.end()


def _wrap(text: str) -> int:
    """Words stay whole, but a hash has none."""
    how = Qt.TextFlag.TextWordWrap if " " in text else Qt.TextFlag.TextWrapAnywhere
    return int(_FLAGS) | int(how)


class FactsPane(QScrollArea):
    """Begins at its top with every other part."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._sections: tuple[Section, ...] = ()
        self._column = _Column(look)
        self.setWidget(self._column)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def sections(self) -> tuple[Section, ...]:
        return self._sections

    def set_look(self, look: Look) -> None:
        self._look = look
        self.verticalScrollBar().setStyleSheet(f"QScrollBar:vertical {{ width: {look.mm.px(_SCROLL_MM)}px; }}")
        self._lay_out()

    def show_sections(self, sections: tuple[Section, ...], *, is_other_part: bool) -> None:
        """Also said in words, for who does not see it."""
        self._sections = sections
        said = (f"{fact.name}: {fact.value}" for section in sections for fact in section.facts)
        self.setAccessibleName("; ".join(said))
        self._lay_out()
        if is_other_part:
            self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        self._column.show_sections(self._look, self._sections, self.viewport().width())
