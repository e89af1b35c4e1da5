"""The one filter of the history: everything that may be asked, in two lines; what is set is seen as set. GUI thread."""

from collections.abc import Callable
from datetime import datetime, time

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.history import HistoryChoices, HistoryFilter
from station_app.gui.history.filter_box import FilterBox, Option
from station_app.gui.history.filter_choice import FilterChoice
from station_app.gui.history.filter_field import FilterField
from station_app.gui.history.filter_texts import (
    NO_CHOICES,
    current_value,
    filter_caption,
    list_options,
    period_options,
    shift_options,
)
from station_app.gui.history.period import Period, Span, span_of
from station_app.gui.history.span_row import SpanRow
from station_app.gui.look import Look
from station_app.gui.touch_button import TapGuard, TouchButton

UPPER = ("period", "shift", "recipe", "verdict", "disposition", "label")
LOWER = ("lot", "model", "operator", "reason")
_LINE_MM, _GAP_MM = 10.0, 1.2


class FilterBar(QWidget):
    """`changed` says that another filter holds. `clock` gives the local time."""

    changed = Signal()

    def __init__(
        self,
        look: Look,
        guard: TapGuard,
        parent: QWidget | None = None,
        *,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(parent)
        self._look, self._clock = look, clock
        self._choice, self._choices = FilterChoice(), NO_CHOICES
        self._starts: tuple[time, ...] = ()
        self.boxes = {name: FilterBox(look, self) for name in (*UPPER, *LOWER)}
        for name, box in self.boxes.items():
            box.setObjectName(name)
            box.chosen.connect(self._on_chosen)
        self.serial, self.span = FilterField(look, self), SpanRow(look, self)
        self.serial.written.connect(self.seek_serial)
        self.span.span_chosen.connect(self._on_span_chosen)
        self.clear = TouchButton(look, guard, self)
        self.clear.set_letters(2.8)
        self.clear.tapped.connect(self.clear_all)
        self.retranslate()

    @property
    def choice(self) -> FilterChoice:
        return self._choice

    @property
    def where(self) -> HistoryFilter:
        """The filter as it reads now."""
        return self._choice.where(self._starts, self._clock())

    def height_mm(self) -> float:
        """Two lines, and a third while from and to are asked for."""
        lines = 3 if self._choice.period is Period.SPAN else 2
        return lines * _LINE_MM + (lines - 1) * _GAP_MM

    def set_look(self, look: Look) -> None:
        self._look = look
        for box in self.boxes.values():
            box.set_look(look)
        self.serial.set_look(look)
        self.span.set_look(look)
        self.clear.set_look(look)
        self._place()

    def set_choices(self, choices: HistoryChoices) -> None:
        """What occurs in the records now."""
        self._choices = choices
        self.retranslate()

    def set_shifts(self, starts: tuple[time, ...]) -> None:
        """When shifts begin, by the station's own word."""
        if starts != self._starts:
            self._starts = starts
            self.retranslate()

    def retranslate(self) -> None:
        self.clear.set_caption(self.tr("Clear all"))
        self.span.retranslate()
        self._show()

    @Slot(str)
    def seek_serial(self, serial: str) -> None:
        """Parts whose number begins so; typed or scanned."""
        self._set(self._choice.with_rest(serial=serial))

    @Slot()
    def clear_all(self) -> None:
        self.serial.pause.stop()
        self._set(FilterChoice())

    @Slot(object)
    def _on_chosen(self, value: object) -> None:
        name = self.sender().objectName()
        if name == "period":
            self._set_period(Period(str(value)))
        elif name == "shift":
            self._set(self._choice.with_shift(value if isinstance(value, Span) else None))
        else:
            self._set(self._choice.with_rest(**{name: value}))

    def _set_period(self, period: Period) -> None:
        """From-to begins with what was chosen before it, or with today."""
        if period is not Period.SPAN:
            self._set(self._choice.with_period(period))
            return
        before = span_of(self._choice.period, self._choice.chosen, self._starts, self._clock())
        today = span_of(Period.TODAY, Span(), (), self._clock())
        self._set(self._choice.with_period(Period.SPAN, before if before.begin is not None else today))

    @Slot(object)
    def _on_span_chosen(self, span: Span) -> None:
        self._set(self._choice.with_period(Period.SPAN, span))

    def _set(self, choice: FilterChoice) -> None:
        is_other = choice != self._choice
        self._choice = choice
        self._show()
        if is_other:
            self.changed.emit()

    def _show(self) -> None:
        now = self._clock()
        for name, box in self.boxes.items():
            box.show_options(filter_caption(name), self._listed(name, now), current_value(name, self._choice))
        self.serial.show_text(filter_caption("serial"), self._choice.rest.serial, self.tr("scan or type"))
        self.span.setVisible(self._choice.period is Period.SPAN)
        if self._choice.period is Period.SPAN:
            self.span.show_span(self._choice.chosen, now)
        self.clear.setEnabled(not self._choice.is_plain)

    def _listed(self, name: str, now: datetime) -> tuple[Option, ...]:
        if name == "period":
            return period_options(self._starts, now)
        return shift_options(self._starts, now) if name == "shift" else list_options(name, self._choices)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, count = self._look.mm.px, len(UPPER)
        line, gap = px(_LINE_MM), px(_GAP_MM)
        width = (self.width() - gap * (count - 1)) // count
        lower: tuple[QWidget, ...] = (self.serial, *(self.boxes[name] for name in LOWER), self.clear)
        for row, pieces in enumerate((tuple(self.boxes[name] for name in UPPER), lower)):
            for column, piece in enumerate(pieces):
                piece.setGeometry(column * (width + gap), row * (line + gap), width, line)
        self.span.setGeometry(0, 2 * (line + gap), self.width(), line)
