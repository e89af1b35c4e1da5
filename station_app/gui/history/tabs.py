"""The tabs of the history screen, in their order: what each is called, and how it is made when it is first opened."""

from collections.abc import Callable

from station_app.gui.charts.makers import CHART_TABS
from station_app.gui.history.parts_tab import make_parts
from station_app.gui.history.tab import HistoryTab
from station_app.gui.look import Look
from station_app.gui.marking import QT_TRANSLATE_NOOP
from station_app.gui.page_makers import PageTools

TabMaker = Callable[[PageTools, Look], HistoryTab]
TabTable = tuple[tuple[str, TabMaker], ...]

TABS: TabTable = ((QT_TRANSLATE_NOOP("HistoryTab", "Parts"), make_parts), *CHART_TABS)
"""The captions are translated when they are shown, in the context `HistoryTab`."""
