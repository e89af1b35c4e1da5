"""From screen to screen: what menu, rail and keys do, and what is remembered of the line meanwhile. GUI thread."""

from PySide6.QtCore import QObject, Signal, Slot

from station_app.core.messages import EngineState
from station_app.gui import sentences
from station_app.gui.actions import Deed
from station_app.gui.bridge import Batch, Lost
from station_app.gui.desk import Desk
from station_app.gui.rights import may_open
from station_app.gui.screen_state import ScreenState
from station_app.gui.screens import ScreenName
from station_app.gui.waiting import Waiting, waiting_after
from station_app.gui.workplace import Workplace

_ANYWHERE = (Deed.ACKNOWLEDGE, Deed.CANCEL)
"""Deeds whose object is in sight on every screen. Answers are not among them: their part is not seen."""


class Ways(QObject):
    """`opened` carries the screen that was opened."""

    opened = Signal(object)

    def __init__(self, workplace: Workplace, desk: Desk) -> None:
        super().__init__(workplace)
        self._workplace, self._desk = workplace, desk
        self._waiting = Waiting()
        desk.rendered.connect(self._on_rendered)
        desk.batch_taken.connect(self._on_batch_taken)
        workplace.rail.chosen.connect(self.go)
        workplace.glance.left.connect(self.go_to_line)
        workplace.operator.top.menu_asked.connect(self.toggle_menu)

    @property
    def here(self) -> ScreenName:
        return self._workplace.here

    @property
    def waiting(self) -> Waiting:
        return self._waiting

    def do(self, deed: Deed) -> None:
        """One deed of the table, on the screen that is open."""
        if deed is Deed.MENU:
            self.toggle_menu()
        elif self.here is ScreenName.RUN:
            self._desk.do(deed)
        else:
            self._do_elsewhere(deed)

    def take_serial(self, serial: str) -> None:
        """A scanned serial number: for the screen that is open where that wants it, else for the next part."""
        page = self._workplace.pages.get(self.here)
        if page is None or not page.take_serial(serial):
            self._desk.take_serial(serial)

    def _do_elsewhere(self, deed: Deed) -> None:
        own = self._workplace.pages[self.here].deeds()
        is_pause = deed is Deed.RUN_PAUSE and self._desk.state.engine is EngineState.RUNNING
        if deed in own:
            own[deed]()
        elif deed in _ANYWHERE or is_pause:
            self._desk.do(deed)
        else:
            self._desk.notify(sentences.NOT_HERE)

    @Slot()
    def toggle_menu(self) -> None:
        """At the line the rail comes and goes; elsewhere this is the way back."""
        if self.here is ScreenName.RUN:
            self._workplace.show_screen(ScreenName.RUN, is_rail_open=not self._workplace.is_rail_open)
        else:
            self.go_to_line()

    @Slot()
    def go_to_line(self) -> None:
        self.go(ScreenName.RUN)

    @Slot(object)
    def go(self, name: ScreenName) -> None:
        """Open a screen. An answer that is being given is finished first."""
        if not may_open(name, self._desk.state.operator):
            self._desk.notify(sentences.NOT_ALLOWED)
            return
        if self._desk.asking is not None and self.here is ScreenName.RUN:
            self._desk.notify(sentences.ANSWER_FIRST)
            return
        self._waiting = Waiting()
        self._workplace.show_screen(name, is_rail_open=False)
        self._on_rendered(self._desk.state)
        self.opened.emit(name)

    @Slot(object)
    def _on_batch_taken(self, batch: Batch) -> None:
        if self.here is ScreenName.RUN:
            return
        for news in batch.news:
            if not isinstance(news, Lost):
                self._waiting = waiting_after(self._waiting, news)
        self._on_rendered(self._desk.state)

    @Slot(object)
    def _on_rendered(self, state: ScreenState) -> None:
        self._workplace.show_line(state, self._waiting)
