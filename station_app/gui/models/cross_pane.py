"""Champion and candidate side by side: how many parts each lets pass or rejects, as a table of four. GUI thread."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.store.shadow_view import PairCounts

_HEAD_MM, _SIDE = 7.0, 0.3


class CrossPane(Pane):
    """Rows are the champion's verdicts, columns the candidate's; where they differ the frame is strong."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.counts = PairCounts()

    def show_counts(self, counts: PairCounts) -> None:
        self.counts = counts
        names = self._names()
        cells = zip(("both", "candidate", "champion", "neither"), self._cells(), strict=True)
        self.setAccessibleName(f"{names[0]}, {names[1]}: " + ", ".join(f"{who} {count:,}" for who, count in cells))
        self._is_news((counts, names))

    def retranslate(self) -> None:
        self.show_counts(self.counts)

    def _cells(self) -> tuple[int, int, int, int]:
        """By row: the champion passes, then rejects; in each the candidate passes, then rejects."""
        counts = self.counts
        return counts.both_pass, counts.only_candidate_rejects, counts.only_champion_rejects, counts.both_reject

    def _names(self) -> tuple[str, str, str, str]:
        return (
            self.tr("Candidate: OK"),
            self.tr("Candidate: rejected"),
            self.tr("Champion: OK"),
            self.tr("Champion: rejected"),
        )

    def _paint(self, painter: QPainter) -> None:
        px, theme = self._look.mm.px, self._look.theme
        head, side = px(_HEAD_MM), round(self.width() * _SIDE)
        width, height = (self.width() - side) // 2, (self.height() - head) // 2
        small = self._look.style(2.4, 1.5, is_wrapped=True)
        names = self._names()
        for column in range(2):
            room = QRect(side + column * width, 0, width, head)
            self._write(painter, room, names[column], lettering.centred(small), theme.muted)
        for row in range(2):
            room = QRect(0, head + row * height, side - px(1.5), height)
            self._write(painter, room, names[2 + row], small, theme.muted)
        for number, count in enumerate(self._cells()):
            row, column = divmod(number, 2)
            cell = QRect(side + column * width, head + row * height, width, height)
            self._paint_cell(painter, cell.adjusted(px(0.6), px(0.6), -px(0.6), -px(0.6)), count, row != column)

    def _paint_cell(self, painter: QPainter, cell: QRect, count: int, differs: bool) -> None:
        px, theme = self._look.mm.px, self._look.theme
        painter.setPen(QPen(QColor(theme.ink if differs else theme.line), px(0.7 if differs else 0.3)))
        painter.setBrush(QColor(theme.face))
        painter.drawRect(cell)
        share = count / self.counts.compared if self.counts.compared else 0.0
        upper = QRect(cell.x(), cell.y(), cell.width(), round(cell.height() * 0.62))
        lower = QRect(cell.x(), upper.bottom(), cell.width(), cell.height() - upper.height())
        figure = lettering.centred(self._look.style(4.4, 2.0, is_bold=differs))
        self._write(painter, upper, f"{count:,}", figure)
        told = f"{100 * share:.1f} %" if self.counts.compared else ""
        self._write(painter, lower, told, lettering.centred(self._look.style(2.2, 1.4)), theme.muted)
