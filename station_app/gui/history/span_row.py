"""From and to, each with a calendar: the third line of the filter bar, there while it is asked for. GUI thread."""

from datetime import datetime

from PySide6.QtCore import QDateTime, Qt, QTime, Signal, Slot
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QCalendarWidget, QDateTimeEdit, QWidget

from station_app.gui import lettering
from station_app.gui.history.period import Span
from station_app.gui.look import Look
from station_app.gui.palette import palette_of
from station_app.gui.pane import Pane

_FORMAT = "yyyy-MM-dd HH:mm"
_CAPTION_MM, _FIELD_MM, _GAP_MM = 14.0, 52.0, 3.0


class SpanRow(Pane):
    """`span_chosen` carries a `Span`; one that ends before it begins is turned round."""

    span_chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.begin, self.end = QDateTimeEdit(self), QDateTimeEdit(self)
        for field in (self.begin, self.end):
            field.setCalendarPopup(True)
            field.setDisplayFormat(_FORMAT)
            field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
            field.setKeyboardTracking(False)
            calendar = QCalendarWidget(field)
            calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
            calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
            field.setCalendarWidget(calendar)
            field.dateTimeChanged.connect(self._on_changed)
        self.retranslate()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        palette, letters = palette_of(look.theme), lettering.font(look.mm.font_px(2.7))
        for field in (self.begin, self.end):
            field.setPalette(palette)
            field.setFont(letters)
        self._place()

    def retranslate(self) -> None:
        self.begin.setAccessibleName(self.tr("From"))
        self.end.setAccessibleName(self.tr("to"))
        self.update()

    def show_span(self, span: Span, now: datetime) -> None:
        """An open end reads as the end of today."""
        midnight = QTime(0, 0)
        tomorrow = QDateTime(_to_qt(now).date().addDays(1), midnight)
        for field, value in ((self.begin, span.begin), (self.end, span.end)):
            field.blockSignals(True)
            field.setDateTime(_to_qt(value) if value is not None else tomorrow)
            field.blockSignals(False)

    @Slot(QDateTime)
    def _on_changed(self, _: QDateTime) -> None:
        begin, end = sorted((_from_qt(self.begin.dateTime()), _from_qt(self.end.dateTime())))
        self.span_chosen.emit(Span(begin, end))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, x = self._look.mm.px, self._look.mm.px(_CAPTION_MM)
        for field in (self.begin, self.end):
            field.setGeometry(x, 0, px(_FIELD_MM), self.height())
            x += px(_FIELD_MM) + px(_CAPTION_MM)

    def _paint(self, painter: QPainter) -> None:
        px = self._look.mm.px
        style = lettering.flush_right(self._look.style(2.7, 1.8))
        for field, words in ((self.begin, self.tr("From")), (self.end, self.tr("to"))):
            room = field.geometry().translated(-px(_CAPTION_MM), 0)
            room.setWidth(px(_CAPTION_MM) - px(_GAP_MM))
            self._write(painter, room, words, style, self._look.theme.muted)


def _to_qt(moment: datetime) -> QDateTime:
    return QDateTime.fromString(moment.strftime("%Y-%m-%d %H:%M"), _FORMAT)


def _from_qt(moment: QDateTime) -> datetime:
    return datetime.strptime(moment.toString(_FORMAT), "%Y-%m-%d %H:%M")  # noqa: DTZ007 - the wall clock, as shown
