"""A tab of charts: what may be chosen, the figures on the left, the charts on the right. GUI thread.

Everything is read and reckoned off this thread; the library of the charts is loaded when the first chart is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QRect, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent

from station_app.core.chart_messages import FreezeLimits, LimitsFrozen
from station_app.core.errors import StationError
from station_app.core.history import EVERYTHING, HistoryFilter
from station_app.core.shifts import parse_start
from station_app.gui import lettering
from station_app.gui.bridge import Batch
from station_app.gui.charts.facts_pane import FactsPane
from station_app.gui.charts.freeze_bar import FreezeBar
from station_app.gui.charts.sheet import Freezable, PartMap, Sheet
from station_app.gui.history.filter_box import FilterBox, Option
from station_app.gui.history.tab import HistoryTab
from station_app.gui.look import Look
from station_app.gui.page_makers import PageTools
from station_app.gui.palette import palette_of
from station_app.gui.reading import Question
from station_app.gui.screen_state import ScreenState

if TYPE_CHECKING:
    from station_app.gui.charts.chart_box import ChartBox

_NOTE_MM, _BAR_MM, _GAP_MM, _FACTS_MM, _CHOICE_MM, _FREEZE_MM = 5.0, 10.0, 1.5, 88.0, 44.0, 130.0
_KIND = "figures"
_PICTURE = 1.8


@dataclass(frozen=True, slots=True)
class Asked:
    """What a tab is asked to show: the filter, what is chosen above the charts, and when shifts begin."""

    where: HistoryFilter
    chosen: Mapping[str, str]
    shifts: tuple[time, ...]


class ChartSource(Protocol):
    """What one tab is about."""

    def question(self, asked: Asked) -> Question:
        """What to read and reckon, on the reader's thread."""
        ...

    def sheet(self, figures: object) -> Sheet:
        """The answer in words and charts, on the GUI thread."""
        ...


class ChartChoice(FilterBox):
    """A choice that always holds: none of its lines asks nothing, so none is marked as set."""

    def show_options(self, caption: str, options: tuple[Option, ...], value: object) -> None:
        super().show_options(caption, options, value)
        self._is_set = False
        self.setEnabled(len(options) > 1)


class ChartTab(HistoryTab):
    """It asks again when it is opened, when the filter or a choice changes, and when limits were frozen; `asked` counts
    how often."""

    def __init__(self, tools: PageTools, look: Look, source: ChartSource) -> None:
        super().__init__(look)
        self._tools, self._source = tools, source
        self._where = EVERYTHING
        self._shifts: tuple[time, ...] = ()
        self._chosen: dict[str, str] = {}
        self._figures: object = None
        self._failure = ""
        self.asked = 0
        self._is_open = False
        self._shown: object = None
        self.sheet = Sheet()
        self.facts = FactsPane(look, self)
        self.freeze = FreezeBar(look, tools.guard, self)
        self.freeze.freeze_asked.connect(self._on_freeze_asked)
        self.boxes: dict[str, ChartChoice] = {}
        self.charts: list[ChartBox] = []
        self._reader = tools.new_reader()
        self._reader.answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        self._reader.refused.connect(self._on_refused, Qt.ConnectionType.QueuedConnection)
        tools.desk.rendered.connect(self._on_rendered)
        tools.desk.batch_taken.connect(self._on_batch_taken)
        self._on_rendered(tools.desk.state)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.setPalette(palette_of(look.theme))
        self.facts.set_look(look)
        self.freeze.set_look(look)
        for box in self.boxes.values():
            box.set_look(look)
        self._show()

    def retranslate(self) -> None:
        self._show()

    def show_filter(self, where: HistoryFilter) -> None:
        self._where = where
        self._ask()

    def set_open(self, *, is_open: bool) -> None:
        if is_open and not self._is_open:
            self._is_open = True
            self._show()
            self._ask()
        self._is_open = is_open
        if not is_open:
            self._reader.forget(_KIND)

    def _ask(self) -> None:
        if self._is_open:
            self.asked += 1
            self._reader.ask(_KIND, self._source.question(Asked(self._where, dict(self._chosen), self._shifts)))

    @Slot(str, object)
    def _on_answered(self, kind: str, answer: object) -> None:
        self._figures, self._failure = answer, ""
        self._show()

    @Slot(str, object)
    def _on_refused(self, kind: str, error: StationError) -> None:
        self._failure = str(error)
        self._show()

    @Slot(object)
    def _on_rendered(self, state: ScreenState) -> None:
        if state.station is not None:
            self._shifts = tuple(parse_start(start) for start in state.station.shifts)

    @Slot(object)
    def _on_batch_taken(self, batch: Batch) -> None:
        if any(isinstance(event, LimitsFrozen) for event in batch.news):
            self.freeze.forget_reason()
            self._ask()

    @Slot(object)
    def _on_chosen(self, value: str) -> None:
        self._chosen[self.sender().objectName()] = value
        self._ask()

    @Slot(object, str)
    def _on_freeze_asked(self, freezable: Freezable, reason: str) -> None:
        for chart in freezable.charts:
            period = (freezable.from_ms, freezable.until_ms)
            self._tools.orders.send(FreezeLimits(chart, freezable.recipe, *period, reason))

    def _show(self) -> None:
        """The figures as a sheet, in this language and these colours; made again only where one of them is another."""
        state = (id(self._figures), self._failure, self._look, _reading_words())
        if not self._is_open or state == self._shown:
            return
        self._shown = state
        if self._failure:
            self.sheet = Sheet(empty=self._failure)
        elif self._figures is not None:
            self.sheet = self._source.sheet(self._figures)
        self._drop_charts()
        self._show_choices()
        self.facts.show_sheet(self.sheet)
        self.facts.setVisible(not self.sheet.empty)
        self.freeze.show_freezable(self.sheet.freezable)
        if self.sheet.charts:
            self._draw_charts()
        self._place()
        self.update()

    def _drop_charts(self) -> None:
        for chart in self.charts:
            chart.hide()
            chart.deleteLater()
        self.charts = []

    def _draw_charts(self) -> None:
        from station_app.gui.charts.chart_box import ChartBox

        self.charts = [ChartBox(chart, self._look, self) for chart in self.sheet.charts]
        for chart in self.charts:
            chart.show()

    def _show_choices(self) -> None:
        for row in self.sheet.choices:
            if row.key not in self.boxes:
                box = self.boxes[row.key] = ChartChoice(self._look, self)
                box.setObjectName(row.key)
                box.set_look(self._look)
                box.chosen.connect(self._on_chosen)
            options = tuple(Option(value, text) for value, text in row.entries)
            self.boxes[row.key].show_options(row.caption, options, row.value)
        for key, box in self.boxes.items():
            box.setVisible(any(row.key == key for row in self.sheet.choices))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, gap = self._look.mm.px, self._look.mm.px(_GAP_MM)
        top, left = self._bar_top(), gap
        bar = px(_BAR_MM)
        shown = [self.boxes[row.key] for row in self.sheet.choices]
        for box in shown:
            box.setGeometry(left, top, px(_CHOICE_MM), bar)
            left += px(_CHOICE_MM) + gap
        if self.sheet.freezable is not None:
            width = min(px(_FREEZE_MM), max(1, self.width() - left - gap))
            self.freeze.setGeometry(self.width() - width - gap, top, width, bar)
        top += bar + gap if shown or self.sheet.freezable is not None else 0
        facts = min(px(_FACTS_MM), self.width() // 3)
        height = max(1, self.height() - top)
        self.facts.setGeometry(0, top, facts, height)
        self._place_charts(QRect(facts + gap, top, max(1, self.width() - facts - 2 * gap), height))

    def _place_charts(self, room: QRect) -> None:
        """One under the other; a picture has more room than lines."""
        gap, top = self._look.mm.px(_GAP_MM), room.y()
        weights = [_PICTURE if isinstance(chart, PartMap) else 1.0 for chart in self.sheet.charts]
        for chart, weight in zip(self.charts, weights, strict=True):
            height = max(1, int((room.height() - gap * len(weights)) * weight / sum(weights)))
            chart.setGeometry(room.x(), top, room.width(), height)
            top += height + gap

    def _bar_top(self) -> int:
        return self._look.mm.px(_NOTE_MM) * len(self.sheet.notes)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), self._look.mm.px
        painter.setPen(self.palette().windowText().color())
        for number, note in enumerate(self.sheet.notes):
            line = QRect(px(1.5), number * px(_NOTE_MM), self.width() - px(3), px(_NOTE_MM))
            lettering.draw(painter, line, note, self._look.style(2.4, 1.6))
        if self.sheet.empty or self._figures is None:
            words = self.sheet.empty or _reading_words()
            room = self.rect().adjusted(px(10), px(30), -px(10), -px(10))
            lettering.draw(painter, room, words, lettering.centred(self._look.style(4, 2.6, is_wrapped=True)))
        painter.end()


def _reading_words() -> str:
    return QCoreApplication.translate("Charts", "Reading the records …")
