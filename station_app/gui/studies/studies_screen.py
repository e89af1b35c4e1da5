"""The studies' screen: its pages, and which of them is open. It decides nothing. GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.history import EVERYTHING
from station_app.core.people import Person
from station_app.core.people_messages import SessionChanged
from station_app.gui.actions import Deed
from station_app.gui.history.small_pictures import SmallPictures
from station_app.gui.history.tab_row import ROW_MM, TabRow
from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.page_makers import PageTools
from station_app.gui.palette import palette_of
from station_app.gui.studies.judge_page import JudgePage
from station_app.gui.studies.list_page import ListPage
from station_app.gui.studies.plan_page import PlanPage
from station_app.gui.studies.report_page import ReportPage
from station_app.gui.studies.seeded_tab import make_seeded
from station_app.gui.studies.studies_state import Place, StudiesState, possible_appraisers

_GAP_MM = 1.5
_TABS = (Place.LIST, Place.TEAM)


class StudiesScreen(Page):
    """`place_asked` carries a page, `opened` whether the screen was opened or left."""

    place_asked = Signal(object)
    opened = Signal(bool)

    def __init__(self, tools: PageTools, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._place_now = Place.LIST
        self._is_open = False
        self.pictures = SmallPictures(tools.new_reader(), self)
        self.tabs = TabRow(look, tools.guard, len(_TABS), self)
        self.list, self.plan = ListPage(look, tools.guard, self), PlanPage(look, tools.guard, self.pictures, self)
        self.judge, self.report = JudgePage(look, tools.guard, self), ReportPage(look, tools.guard, self)
        self.team = make_seeded(tools, look)
        self.team.setParent(self)
        self.team.show_filter(EVERYTHING)
        self.tabs.chosen.connect(self._on_tab)
        self.set_look(look)
        self.retranslate()

    @property
    def pages(self) -> dict[Place, Page]:
        return {
            Place.LIST: self.list,
            Place.PLAN: self.plan,
            Place.JUDGE: self.judge,
            Place.REPORT: self.report,
            Place.TEAM: self.team,
        }

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.setPalette(palette_of(look.theme))
        self.tabs.set_look(look)
        for page in self.pages.values():
            page.set_look(look)
        self._place()

    def retranslate(self) -> None:
        for page in self.pages.values():
            page.retranslate()
        self._show_tabs()

    def set_open(self, *, is_open: bool) -> None:
        self._is_open = is_open
        self.team.set_open(is_open=is_open and self._place_now is Place.TEAM)
        self.opened.emit(is_open)

    def stop(self) -> None:
        for page in self.pages.values():
            page.stop()

    def take_serial(self, serial: str) -> bool:
        """While parts are chosen, a scan looks for the part; it is never the number of the next one."""
        if self._place_now is not Place.PLAN:
            return False
        self.plan.bar.take_scan(serial)
        return True

    def deeds(self) -> dict[Deed, Callable[[], None]]:
        return self.pages[self._place_now].deeds()

    def show_state(self, state: StudiesState, session: SessionChanged, people: tuple[Person, ...]) -> None:
        """Bring the open page up to what is known."""
        if state.place is not self._place_now:
            self._turn_to(state.place)
        if state.place is Place.LIST:
            self.list.show_state(state, session)
        elif state.place is Place.PLAN:
            self.plan.show_state(state, possible_appraisers(people))
        elif state.place is Place.JUDGE:
            self.judge.show_state(state)

    def _turn_to(self, place: Place) -> None:
        self._place_now = place
        self.team.set_open(is_open=self._is_open and place is Place.TEAM)
        self._show_tabs()

    def _show_tabs(self) -> None:
        """Planning, judging and reading take the whole screen: they are left by their own button."""
        captions = (self.tr("Agreement studies"), self.tr("Known-bad images"))
        is_tab = self._place_now in _TABS
        self.tabs.show_tabs(captions, _TABS.index(self._place_now) if is_tab else 0)
        self.tabs.setVisible(is_tab)
        for place, page in self.pages.items():
            page.setVisible(place is self._place_now)
        self._place()

    @Slot(int)
    def _on_tab(self, number: int) -> None:
        self.place_asked.emit(_TABS[number])

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        height = px(ROW_MM)
        self.tabs.setGeometry(0, 0, self.width(), height)
        for place, page in self.pages.items():
            top = height + px(_GAP_MM) if place in _TABS else 0
            page.setGeometry(0, top, self.width(), max(1, self.height() - top))
