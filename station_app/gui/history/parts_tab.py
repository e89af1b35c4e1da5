"""The parts themselves: the table, one of them large, or two of them compared. GUI thread."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Slot
from PySide6.QtGui import QResizeEvent

from station_app.core.history import HistoryFilter, HistoryRow
from station_app.gui.actions import Deed
from station_app.gui.history.parts_list import PartsList
from station_app.gui.history.tab import HistoryTab
from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.page_makers import PageTools

if TYPE_CHECKING:
    from station_app.gui.history.compare_page import ComparePage
    from station_app.gui.history.detail_desk import DetailDesk
    from station_app.gui.history.detail_page import DetailPage


class PartsTab(HistoryTab):
    """One of its three pages is seen; detail and comparison have the whole page. They are made when they are first
    asked for: the table must not wait for them."""

    def __init__(self, tools: PageTools, look: Look) -> None:
        super().__init__(look)
        self._tools, self._first, self._part_id = tools, 0, 0
        self.list = PartsList(tools, look, self)
        self._made: list[Page] = [self.list]
        self.list.opened.connect(self._on_opened)
        self.list.grown.connect(self._show_ways)
        self.list.foot.cancelled.connect(self._on_cancelled)
        self._show(self.list)

    @cached_property
    def detail(self) -> "DetailPage":
        from station_app.gui.history.detail_page import DetailPage

        page = DetailPage(self._tools, self._look, self._current_filter, self)
        page.left.connect(self.close_part)
        page.step_asked.connect(self._on_step)
        page.compare_asked.connect(self._on_compare_asked)
        self._add(page)
        return page

    @cached_property
    def desk(self) -> "DetailDesk":
        from station_app.gui.history.detail_desk import DetailDesk

        return DetailDesk(self.detail, self._tools)

    @cached_property
    def compare(self) -> "ComparePage":
        from station_app.gui.history.compare_page import ComparePage

        page = ComparePage(self._tools, self._look, self)
        page.left.connect(self.close_part)
        self._add(page)
        return page

    def _add(self, page: Page) -> None:
        page.hide()
        self._made.append(page)
        page.set_look(self._look)
        page.retranslate()
        self._place()

    @property
    def shown(self) -> Page:
        """The page that is seen."""
        return self._shown

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        for page in self._made:
            page.set_look(look)
        self._place()

    def retranslate(self) -> None:
        for page in self._made:
            page.retranslate()
        self._say_first()

    def show_filter(self, where: HistoryFilter) -> None:
        self.list.show_filter(where)

    def set_open(self, *, is_open: bool) -> None:
        self.list.set_open(is_open=is_open)

    def stop(self) -> None:
        for page in self._made:
            page.stop()

    def give_back_page(self) -> None:
        self._first = 0
        self._say_first()
        self.close_part()

    def deeds(self) -> dict[Deed, Callable[[], None]]:
        if self._shown is self.list:
            return {Deed.CANCEL: self._on_cancelled} if self._first else {}
        if self.desk.is_asking:
            return {**self.detail.images.deeds(), Deed.CANCEL: self.desk.cancel}
        return self._shown.deeds()

    def open_part(self, part_id: int) -> None:
        """One part, large."""
        self.list.table.choose(part_id)
        self._part_id = part_id
        self._show(self.detail)
        self.desk.open(part_id)
        self._show_ways()

    @Slot()
    def close_part(self) -> None:
        """Back to the table, where it was left."""
        if self._part_id:
            self._part_id = 0
            self.desk.close()
        self._show(self.list)

    def compare_parts(self, first: int, second: int) -> None:
        self._first = 0
        self._say_first()
        self._show(self.compare)
        self.compare.open(first, second)

    def _show(self, shown: Page) -> None:
        self._shown = shown
        for page in self._made:
            page.setVisible(page is shown)
        self.whole_page_asked.emit(shown is not self.list)
        self.setFocusProxy(shown)
        shown.setFocus()

    def _current_filter(self) -> HistoryFilter:
        return self.list.where

    @Slot(object)
    def _on_opened(self, row: HistoryRow) -> None:
        if self._first and row.part_id != self._first:
            self.compare_parts(self._first, row.part_id)
        elif not self._first:
            self.open_part(row.part_id)

    @Slot(int)
    def _on_step(self, step: int) -> None:
        row = self.list.neighbour(self._part_id, -step)
        if row is not None:
            self.open_part(row.part_id)

    @Slot()
    def _show_ways(self) -> None:
        if not self._part_id:
            return
        older, newer = (self.list.neighbour(self._part_id, step) is not None for step in (1, -1))
        self.detail.show_ways(has_older=older, has_newer=newer)

    @Slot()
    def _on_compare_asked(self) -> None:
        """The table comes back to choose the other part from."""
        self._first = self._part_id
        self._say_first()
        self.close_part()

    @Slot()
    def _on_cancelled(self) -> None:
        self._first = 0
        self._say_first()

    def _say_first(self) -> None:
        words = self.tr("Tap the part to compare with part {number}").format(number=self._first)
        self.list.foot.ask_second(words if self._first else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        for page in self._made:
            page.setGeometry(QRect(0, 0, self.width(), self.height()))


def make_parts(tools: PageTools, look: Look) -> HistoryTab:
    return PartsTab(tools, look)
