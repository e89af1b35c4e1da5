"""The newest defects of a roll: number, metres along, millimetres across, kind and size. GUI thread."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from station_app.core.web_messages import WebDefectFound
from station_app.gui import lettering, texts
from station_app.gui.look import Look
from station_app.gui.marks import DEFECT_COLOUR
from station_app.gui.pane import Pane
from station_app.gui.web.web_state import Roll

_HEAD_MM, _ROW_MM = 17.0, 10.0
_MOST_ROWS = 40
"""More than any screen has room for."""


class DefectList(Pane):
    """The roll's name and metres above; below, newest first, the defects by the numbers that they have on the web."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._roll: Roll | None = None

    def show_roll(self, roll: Roll | None) -> None:
        self._roll = roll
        said = (*self.heading(), *(f"{place} {what}" for _, place, what in self.rows()[:8]))
        self.setAccessibleName("; ".join(said))
        self._is_news(said)

    def retranslate(self) -> None:
        self.show_roll(self._roll)

    def heading(self) -> tuple[str, str]:
        """The roll, and how much of it was inspected."""
        roll = self._roll
        if roll is None:
            return self.tr("No roll runs"), self.tr("Start a roll to inspect the web")
        metres = (
            self.tr("{metres} m, {told} m inspected")
            if roll.is_running
            else self.tr("Ended: {metres} m, {told} m inspected")
        )
        length = f"{max(roll.metres, roll.told_metres):.2f}"
        name = self.tr("Roll {name}").format(name=roll.name)
        return name, metres.format(metres=length, told=f"{roll.told_metres:.2f}")

    def rows(self) -> list[tuple[int, str, str]]:
        """Number, place, and what it is, of the newest ones, the last found first."""
        defects = self._roll.defects if self._roll is not None else ()
        newest = zip(range(len(defects), 0, -1), reversed(defects[-_MOST_ROWS:]), strict=False)
        return [(number, _place(defect), _what(defect)) for number, defect in newest]

    def _paint(self, painter: QPainter) -> None:
        px, theme = self._look.mm.px, self._look.theme
        painter.fillRect(self.rect(), QColor(theme.face))
        head = px(_HEAD_MM)
        is_running = self._roll is not None and self._roll.is_running
        painter.fillRect(QRect(0, 0, self.width(), head), QColor(theme.ok.fill if is_running else theme.line))
        self._paint_heading(painter, QRect(px(2), px(0.5), self.width() - px(4), head - px(1)))
        rows, height = self.rows(), px(_ROW_MM)
        if not rows:
            place = QRect(px(2), head + px(1), self.width() - px(4), px(8))
            said = self.tr("No defect on this roll") if self._roll is not None else ""
            self._write(painter, place, said, self._look.style(3.6, 1.8, is_wrapped=True), theme.muted)
        for index, row in enumerate(rows[: max(0, (self.height() - head) // height)]):
            self._paint_row(painter, QRect(0, head + index * height, self.width(), height), row)

    def _paint_heading(self, painter: QPainter, room: QRect) -> None:
        """A roll's name is the station's own: one that is too long is cut, which is no fault of a translation."""
        (name, metres), upper = self.heading(), self._look.mm.px(7)
        bold = self._look.style(4.5, 2.2, is_bold=True)
        painter.setPen(QColor(self._look.theme.ink))
        lettering.draw(painter, QRect(room.x(), room.y(), room.width(), upper), name, bold)
        lower = room.adjusted(0, upper, 0, 0)
        self._write(painter, lower, metres, self._look.style(3.6, 1.7, is_wrapped=True))

    def _paint_row(self, painter: QPainter, room: QRect, row: tuple[int, str, str]) -> None:
        px, theme, (number, place, what) = self._look.mm.px, self._look.theme, row
        tag = QRect(room.x() + px(1.5), room.y() + px(2), px(8), room.height() - px(4))
        painter.fillRect(tag, QColor(DEFECT_COLOUR))
        style = lettering.centred(self._look.style(3.2, 1.4, is_bold=True))
        self._write(painter, tag, str(number), style, "#FFFFFF")
        text = QRect(tag.right() + px(2), room.y() + px(0.8), room.right() - tag.right() - px(3), px(4.5))
        self._write(painter, text, place, self._look.style(3.2, 1.5, is_bold=True))
        lower = text.translated(0, px(4.3))
        self._write(painter, lower, what, self._look.style(2.8, 1.5), theme.muted)
        painter.fillRect(QRect(room.x(), room.bottom(), room.width(), 1), QColor(theme.line))


def _place(defect: WebDefectFound) -> str:
    return f"{defect.at_metres:.3f} m · {defect.left_mm:.1f} mm"


def _what(defect: WebDefectFound) -> str:
    return f"{texts.label_name(defect.label)} · {defect.length_mm:.1f} × {defect.width_mm:.1f} mm"
