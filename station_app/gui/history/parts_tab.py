"""The parts themselves, newest first. GUI thread."""

from station_app.core.history import EVERYTHING, HistoryFilter
from station_app.gui.history.tab import HistoryTab
from station_app.gui.look import Look
from station_app.gui.page_makers import PageTools


class PartsTab(HistoryTab):
    """One row for each part."""

    def __init__(self, tools: PageTools, look: Look) -> None:
        super().__init__(look)
        self._tools, self._where = tools, EVERYTHING

    def show_filter(self, where: HistoryFilter) -> None:
        self._where = where


def make_parts(tools: PageTools, look: Look) -> HistoryTab:
    return PartsTab(tools, look)
