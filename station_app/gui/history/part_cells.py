"""How the cells of the parts' table are painted: the small picture, and the verdict by its shape. GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from station_app.core.history import HistoryRow
from station_app.core.inspection import VerdictKind
from station_app.gui import lettering
from station_app.gui.history.columns import Column
from station_app.gui.history.filter_texts import verdict_name
from station_app.gui.look import Look
from station_app.gui.symbols import draw_verdict

Index = QModelIndex | QPersistentModelIndex


class PartCells(QStyledItemDelegate):
    """`row_of` gives a table row's part, `picture_of` the part's small picture, None where there is none (yet)."""

    def __init__(
        self,
        look: Look,
        row_of: Callable[[int], HistoryRow | None],
        picture_of: Callable[[int], QImage | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._row_of, self._picture_of = look, row_of, picture_of

    def set_look(self, look: Look) -> None:
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, 0)  # rows and columns have sizes of their own

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._row_of(index.row())
        if row is None or index.column() not in (Column.PICTURE, Column.VERDICT):
            super().paint(painter, option, index)
            return
        room, theme = option.rect, self._look.theme
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(room, QColor(theme.ink if is_selected else _ground(option)))
        painter.save()
        if index.column() == Column.PICTURE:
            self._paint_picture(painter, room, self._picture_of(row.part_id))
        else:
            self._paint_verdict(painter, room, row.verdict, theme.background if is_selected else theme.ink)
        painter.restore()

    def _paint_picture(self, painter: QPainter, room: QRect, picture: QImage | None) -> None:
        edge = self._look.mm.px(0.5)
        inner = room.adjusted(edge, edge, -edge, -edge)
        painter.fillRect(inner, QColor(self._look.theme.canvas))
        if picture is not None:
            size = picture.size().scaled(inner.size(), Qt.AspectRatioMode.KeepAspectRatio)
            spot = QRect(inner.topLeft(), size)
            spot.moveCenter(inner.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(spot, picture)

    def _paint_verdict(self, painter: QPainter, room: QRect, kind: VerdictKind, ink: str) -> None:
        """Only what is abnormal has colour; the shape tells all four apart."""
        px = self._look.mm.px
        paint = self._look.theme.verdict(kind)
        side = px(6)
        shape = QRectF(room.x() + px(1), room.y() + (room.height() - side) / 2, side, side)
        if kind is VerdictKind.PASS:
            draw_verdict(painter, kind, shape, QColor(self._look.theme.line), QColor(self._look.theme.ink))
        elif kind is VerdictKind.REVIEW:
            draw_verdict(painter, kind, shape, QColor(paint.ink), QColor(paint.fill))
        else:
            draw_verdict(painter, kind, shape, QColor(paint.fill), QColor(paint.ink))
        painter.setPen(QColor(ink))
        word = room.adjusted(px(8.5), 0, -px(0.5), 0)
        style = self._look.style(2.9, 1.8, is_bold=kind is not VerdictKind.PASS)
        lettering.draw(painter, word, verdict_name(kind), style)


def _ground(option: QStyleOptionViewItem) -> QColor:
    is_other = bool(option.features & QStyleOptionViewItem.ViewItemFeature.Alternate)
    return option.palette.color(QPalette.ColorRole.AlternateBase if is_other else QPalette.ColorRole.Base)
