"""The history: one filter for all its tabs, each of which is made when it is first opened. GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QRect, Qt, Slot
from PySide6.QtGui import QResizeEvent

from station_app.core.history import HistoryChoices, HistoryFilter
from station_app.core.shifts import parse_start
from station_app.gui.actions import Deed
from station_app.gui.history.filter_bar import FilterBar
from station_app.gui.history.tab import HistoryTab
from station_app.gui.history.tab_row import ROW_MM, TabRow
from station_app.gui.history.tabs import TABS, TabTable
from station_app.gui.link import PartArchive
from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.page_makers import PageTools
from station_app.gui.palette import palette_of
from station_app.gui.screen_state import ScreenState
from station_app.store.history import choices

_CHOICES = "choices"
_GAP_MM = 1.5


class HistoryScreen(Page):
    """A tab that wants the whole page has it until it gives it back."""

    def __init__(self, tools: PageTools, look: Look, tabs: TabTable = TABS) -> None:
        super().__init__(look)
        self._tools, self._tabs = tools, tabs
        self._made: dict[int, HistoryTab] = {}
        self._current, self._is_open = 0, False
        self.bar = FilterBar(look, tools.guard, self)
        self.row = TabRow(look, tools.guard, len(tabs), self)
        self.bar.changed.connect(self._on_filter_changed)
        self.row.chosen.connect(self.open_tab)
        self._reader = tools.new_reader()
        self._reader.answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        tools.desk.rendered.connect(self._on_rendered)
        self._on_rendered(tools.desk.state)
        self._make(0)
        self.set_look(look)
        self.retranslate()

    @property
    def tab(self) -> HistoryTab:
        """The tab that is open."""
        return self._made[self._current]

    @property
    def where(self) -> HistoryFilter:
        """The filter that holds for all tabs."""
        return self.bar.where

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.setPalette(palette_of(look.theme))
        self.bar.set_look(look)
        self.row.set_look(look)
        for tab in self._made.values():
            tab.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.bar.retranslate()
        captions = tuple(QCoreApplication.translate("HistoryTab", caption) for caption, _ in self._tabs)
        self.row.show_tabs(captions, self._current)
        for tab in self._made.values():
            tab.retranslate()

    def set_open(self, *, is_open: bool) -> None:
        self._is_open = is_open
        self.setFocusProxy(self.tab)
        if is_open:
            self.bar.retranslate()
            self._reader.ask(_CHOICES, _read_choices)
            self.tab.show_filter(self.where)
        self.tab.set_open(is_open=is_open)

    def stop(self) -> None:
        for tab in self._made.values():
            tab.stop()

    def deeds(self) -> dict[Deed, Callable[[], None]]:
        return self.tab.deeds()

    def take_serial(self, serial: str) -> bool:
        """A scan here looks for the part; it is never the number of the next one."""
        self.tab.give_back_page()
        self.bar.take_scan(serial)
        return True

    @Slot(int)
    def open_tab(self, number: int) -> None:
        """Open a tab; the first time, it is made."""
        if number == self._current:
            return
        self.tab.give_back_page()
        self.tab.set_open(is_open=False)
        self._current = number
        self._make(number)
        for other, tab in self._made.items():
            tab.setVisible(other == number)
        self._place()
        self.retranslate()
        self.tab.show_filter(self.where)
        self.tab.set_open(is_open=self._is_open)
        self.setFocusProxy(self.tab)
        self.tab.setFocus()

    def _make(self, number: int) -> None:
        if number in self._made:
            return
        tab = self._made[number] = self._tabs[number][1](self._tools, self._look)
        tab.setParent(self)
        tab.whole_page_asked.connect(self._on_whole_page_asked)

    @Slot(bool)
    def _on_whole_page_asked(self, is_whole: bool) -> None:
        self.bar.setHidden(is_whole)
        self.row.setHidden(is_whole)
        self._place()

    @Slot()
    def _on_filter_changed(self) -> None:
        self._place()
        if self._is_open:
            self.tab.show_filter(self.where)

    @Slot(object)
    def _on_rendered(self, state: ScreenState) -> None:
        if state.station is not None:
            self.bar.set_shifts(tuple(parse_start(start) for start in state.station.shifts))

    @Slot(str, object)
    def _on_answered(self, kind: str, answer: object) -> None:
        if isinstance(answer, HistoryChoices):
            self.bar.set_choices(answer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, gap = self._look.mm.px, self._look.mm.px(_GAP_MM)
        top = 0
        if not self.bar.isHidden():
            bar, row = self.bar.height_px(), px(ROW_MM)
            self.bar.setGeometry(0, 0, self.width(), bar)
            self.row.setGeometry(0, bar + gap, self.width(), row)
            top = bar + row + 2 * gap
        for tab in self._made.values():
            tab.setGeometry(QRect(0, top, self.width(), max(1, self.height() - top)))


def _read_choices(archive: PartArchive) -> HistoryChoices:
    return archive.read(choices)
