"""The screen of people: its pages, where they stand, and which of them can be seen. It decides nothing. GUI thread."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.people_messages import SessionChanged
from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.palette import palette_of
from station_app.gui.people.accounts_tab import AccountsTab
from station_app.gui.people.audit_state import AuditBook
from station_app.gui.people.audit_tab import AuditTab
from station_app.gui.people.first_page import FirstPage
from station_app.gui.people.own_tab import OwnTab
from station_app.gui.people.people_state import PeopleState, Tab, first_tab, why_tab_barred
from station_app.gui.people.people_texts import tab_name
from station_app.gui.screen_state import ScreenState
from station_app.gui.sentences import sentence
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.touch_button import TapGuard, TouchButton

_TAB_MM, _TAB_WIDTH_MM, _GAP_MM = 12.0, 44.0, 2.0


class PeopleScreen(Page):
    """`tab_asked` carries a page, `opened` whether the screen is open."""

    tab_asked = Signal(object)
    opened = Signal(bool)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._known = (ScreenState(), PeopleState())
        self.first, self.accounts = FirstPage(look, guard, self), AccountsTab(look, guard, self)
        self.audit, self.own, self.why = AuditTab(look, guard, self), OwnTab(look, guard, self), WhyPane(look, self)
        self.tabs: dict[Tab, Page] = {Tab.ACCOUNTS: self.accounts, Tab.AUDIT: self.audit, Tab.OWN: self.own}
        self.buttons = {tab: TouchButton(look, guard, self) for tab in Tab}
        for tab, button in self.buttons.items():
            button.setObjectName(tab)
            button.set_letters(3.4)
            button.tapped.connect(self._on_tapped)
        self.set_look(look)
        self.retranslate()

    @property
    def page(self) -> Page:
        """The one that is seen."""
        station, people = self._known
        return self.tabs[shown_tab(people, station.session)] if station.session.has_people else self.first

    def set_open(self, *, is_open: bool) -> None:
        """What was begun is kept, but for what nobody may read."""
        if not is_open:
            self._wipe_all_but(None)
        elif self.page is self.first:
            self.first.form.begin_typing()
        self.opened.emit(is_open)

    def take_scan(self, text: str) -> bool:
        form = self.accounts.form
        return form.isVisible() and form.take_scan(text)

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.setPalette(palette_of(look.theme))
        self.why.set_look(look)
        for page in (self.first, *self.tabs.values()):
            page.set_look(look)
        for button in self.buttons.values():
            button.set_look(look)
        self._place()

    def retranslate(self) -> None:
        for tab, button in self.buttons.items():
            button.set_caption(tab_name(tab))
        for page in (self.first, *self.tabs.values()):
            page.retranslate()
        self.show_state(*self._known)

    def show_state(self, station: ScreenState, people: PeopleState) -> None:
        """Bring the pages up to what is known."""
        self._known = (station, people)
        session = station.session
        me = next((person for person in station.people if person.name == session.name), None)
        self.first.show_state(people)
        self.accounts.show_people(station.people, people)
        self.own.show_me(me, people)
        self._show_tabs(people, session)

    def show_book(self, book: AuditBook, station: ScreenState, trouble: str = "") -> None:
        self.audit.show_book(book, station.alarms, trouble)

    def _show_tabs(self, people: PeopleState, session: SessionChanged) -> None:
        shown = shown_tab(people, session)
        for tab, button in self.buttons.items():
            button.setVisible(session.has_people)
            button.set_barred(is_barred=bool(why_tab_barred(tab, session)))
            button.set_on(is_on=tab is shown)
        why = why_tab_barred(people.tab, session) if session.has_people else ""
        self.why.setVisible(session.has_people)
        self.why.say(sentence(why) if why else "", is_warning=bool(why))
        current = self.page
        for page in (self.first, *self.tabs.values()):
            page.setVisible(page is current)
        self._wipe_all_but(current)

    def _wipe_all_but(self, current: Page | None) -> None:
        """What nobody may read goes from the forms that are out of sight."""
        for page in (self.first, self.accounts, self.own):
            if page is not current:
                page.form.wipe()

    @Slot()
    def _on_tapped(self) -> None:
        self.tab_asked.emit(Tab(self.sender().objectName()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, width = self._look.mm.px, self.width()
        gap, height, each = px(_GAP_MM), px(_TAB_MM), px(_TAB_WIDTH_MM)
        for number, button in enumerate(self.buttons.values()):
            button.setGeometry(number * (each + gap), 0, each, height)
        left = len(self.buttons) * (each + gap)
        self.why.setGeometry(left, 0, max(1, width - left), height)
        top = height + gap
        self.first.setGeometry(0, 0, width, self.height())
        for page in self.tabs.values():
            page.setGeometry(0, top, width, max(1, self.height() - top))


def shown_tab(people: PeopleState, session: SessionChanged) -> Tab:
    """The page that was asked for, or the first that this person may see."""
    return people.tab if not why_tab_barred(people.tab, session) else first_tab(session)
