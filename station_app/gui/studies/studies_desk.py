"""Joins the engine's events, the records and the studies' screen. Holds the state; owns no widget's inside. GUI thread.

Everything that is changed is asked of the engine; what is shown is read back from the records. Who judges is who is
signed in: when somebody else signs in, nothing of the one before stays open.
"""

import time
from dataclasses import replace
from datetime import time as clock_time
from functools import partial
from pathlib import Path
from typing import get_args

from PySide6.QtCore import QObject, Qt, Slot

from station_app.core.errors import StationError
from station_app.core.history import HistoryChoices
from station_app.core.messages import CommandRefused
from station_app.core.people_messages import PeopleListed, SessionChanged
from station_app.core.shifts import parse_start
from station_app.core.study_messages import CloseStudy, StudyChanged, StudyCommand
from station_app.gui.bridge import Batch, Lost
from station_app.gui.page_makers import PageTools
from station_app.gui.paper.study_paper import PaperStudy, write_study
from station_app.gui.sentences import sentence
from station_app.gui.studies.list_page import ListDeed
from station_app.gui.studies.questions import (
    Offer,
    ReadReport,
    Shown,
    ask_choices,
    ask_offer,
    ask_report,
    ask_showing,
    ask_studies,
)
from station_app.gui.studies.studies_screen import StudiesScreen
from station_app.gui.studies.studies_state import (
    OFFERED,
    Place,
    PlanChoice,
    Refusal,
    StudiesState,
    answering,
    going,
    listing,
    offering,
)

LIST, CHOICES, OFFER, SHOWING, REPORT = "list", "choices", "offer", "showing", "report"
_COMMANDS = frozenset(kind.__name__ for kind in get_args(StudyCommand))


class StudiesDesk(QObject):
    """One person at the studies' screen, which is its parent."""

    def __init__(self, screen: StudiesScreen, tools: PageTools) -> None:
        super().__init__(screen)
        self._screen, self._tools = screen, tools
        self._state = StudiesState()
        self._read: ReadReport | None = None
        self._is_open, self._person = False, ""
        self._reader = tools.new_reader()
        self._reader.answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        self._reader.refused.connect(self._on_refused, Qt.ConnectionType.QueuedConnection)
        tools.desk.batch_taken.connect(self._on_batch_taken)
        screen.opened.connect(self._on_opened)
        screen.place_asked.connect(self.go)
        self._connect_pages(screen)

    def _connect_pages(self, screen: StudiesScreen) -> None:
        screen.list.chosen.connect(self.choose)
        screen.list.asked.connect(self._on_deed)
        screen.list.close_asked.connect(self._on_close_asked)
        screen.plan.planned.connect(self._on_planned)
        screen.plan.offer_asked.connect(self._ask_offer)
        screen.plan.start_asked.connect(self._on_start_asked)
        screen.judge.answered.connect(self._on_judged)
        screen.report.save_asked.connect(self._on_save_asked)
        for page in (screen.plan, screen.judge, screen.report):
            page.left.connect(self._on_left)

    @property
    def state(self) -> StudiesState:
        return self._state

    @Slot(bool)
    def _on_opened(self, is_open: bool) -> None:
        self._is_open = is_open
        if is_open:
            self._follow(self._tools.desk.state.session.name)
            self._reader.ask(LIST, ask_studies)
            if self._state.place is Place.JUDGE:
                self._ask_showing()
            self._render()
        else:
            self._put_away()

    def _put_away(self) -> None:
        """Nobody looks at the part now; when it comes back the time begins anew."""
        if self._state.place is Place.JUDGE:
            self._reader.forget(SHOWING)
            self._state = replace(self._state, showing=None, is_waiting=False)
            self._screen.judge.show_frames(None, ())

    def _follow(self, person: str) -> None:
        """Another person: nothing of the one before stays open."""
        if person != self._person:
            self._put_away()
            self._person = person
            self._state, self._read = going(self._state, Place.LIST), None

    @Slot(object)
    def go(self, place: Place) -> None:
        """Open a page, and read what it shows."""
        self._put_away()
        self._state = going(self._state, place)
        self._read = None
        if place is Place.LIST:
            self._reader.ask(LIST, ask_studies)
        elif place is Place.PLAN:
            self._state = replace(self._state, plan=PlanChoice())
            self._screen.plan.bar.set_shifts(self._shifts())
            self._reader.ask(CHOICES, ask_choices)
            self._ask_offer()
        elif place is Place.JUDGE:
            self._ask_showing()
        elif place is Place.REPORT:
            self._ask_report()
        self._render()

    def _shifts(self) -> tuple[clock_time, ...]:
        station = self._tools.desk.state.station
        return tuple(parse_start(start) for start in station.shifts) if station is not None else ()

    @Slot()
    def _on_left(self) -> None:
        self.go(Place.LIST)

    @Slot(int)
    def choose(self, study_id: int) -> None:
        self._state = replace(self._state, chosen=study_id, refusal=None)
        self._render()

    @Slot(object)
    def _on_deed(self, deed: ListDeed) -> None:
        self.go({ListDeed.JUDGE: Place.JUDGE, ListDeed.REPORT: Place.REPORT, ListDeed.PLAN: Place.PLAN}[deed])

    @Slot()
    def _ask_offer(self) -> None:
        self._reader.ask(OFFER, partial(ask_offer, self._screen.plan.bar.where, OFFERED))

    def _ask_showing(self) -> None:
        self._reader.ask(SHOWING, partial(ask_showing, self._state.chosen, self._person))

    def _ask_report(self) -> None:
        self._screen.report.show_report(None)
        self._screen.report.say("")
        self._reader.ask(REPORT, partial(ask_report, self._state.chosen))

    @Slot(object)
    def _on_planned(self, plan: PlanChoice) -> None:
        self._state = replace(self._state, plan=plan, refusal=None)
        self._render()

    @Slot()
    def _on_start_asked(self) -> None:
        if self._state.plan.can_start and self._tools.orders.send(self._state.plan.command()):
            self._state = replace(self._state, is_waiting=True, refusal=None)
        self._render()

    @Slot(str)
    def _on_close_asked(self, reason: str) -> None:
        self._state = replace(self._state, refusal=None)
        self._tools.orders.send(CloseStudy(self._state.chosen, reason))
        self._render()

    @Slot(bool, int)
    def _on_judged(self, is_bad: bool, viewed_ms: int) -> None:
        after, command = answering(self._state, is_bad=is_bad, viewed_ms=viewed_ms)
        if command is not None and self._tools.orders.send(command):
            self._state = after
        self._render()

    @Slot(object)
    def _on_save_asked(self, path: Path) -> None:
        read = self._read
        if read is None:
            return
        station = self._tools.desk.state.station
        name = station.station if station is not None else ""
        try:
            write_study(path, PaperStudy(read.report, read.pictures, name, time.time_ns() // 1_000_000))
        except StationError as error:
            self._screen.report.say(sentence(str(error)), is_warning=True)
        else:
            self._screen.report.say(self.tr("Saved: {path}").format(path=path))

    @Slot(str, object)
    def _on_answered(self, kind: str, answer: object) -> None:
        if kind == LIST and isinstance(answer, tuple):
            self._state = listing(self._state, answer)
        elif isinstance(answer, HistoryChoices):
            self._screen.plan.bar.set_choices(answer)
        elif isinstance(answer, Offer):
            self._state = offering(self._state, answer.good, answer.bad)
        elif isinstance(answer, Shown) and self._state.place is Place.JUDGE and self._is_open:
            self._take_showing(answer)
        elif isinstance(answer, ReadReport) and self._state.place is Place.REPORT:
            self._read = answer
            self._screen.report.show_report(answer)
        self._render()

    def _take_showing(self, shown: Shown) -> None:
        """Where all is judged, the list says so."""
        if shown.showing is None:
            self.go(Place.LIST)
            return
        self._state = replace(self._state, showing=shown.showing, is_waiting=False)
        self._screen.judge.show_frames(shown.showing, shown.frames)

    @Slot(str, object)
    def _on_refused(self, kind: str, error: StationError) -> None:
        if kind == REPORT:
            self._screen.report.say(sentence(str(error)), is_warning=True)
        self._state = replace(self._state, refusal=Refusal(error.what, error.remedy))
        self._render()

    @Slot(object)
    def _on_batch_taken(self, batch: Batch) -> None:
        for news in batch.news:
            match news:
                case CommandRefused(kind, what, remedy) if kind in _COMMANDS:
                    self._after_refusal(Refusal(what, remedy))
                case StudyChanged():
                    self._after_change(news)
                case SessionChanged(name=name):
                    self._follow(name)
                case Lost():
                    self._state = replace(self._state, is_waiting=False)
                case _:
                    pass
        if any(isinstance(news, SessionChanged | StudyChanged | CommandRefused | PeopleListed) for news in batch.news):
            self._render()

    def _after_refusal(self, refusal: Refusal) -> None:
        """What was refused may have been answered meanwhile elsewhere: the records say what is next."""
        self._state = replace(self._state, refusal=refusal, is_waiting=False)
        if self._state.place is Place.JUDGE and self._is_open:
            self._ask_showing()

    def _after_change(self, change: StudyChanged) -> None:
        if self._state.place is Place.PLAN and self._state.is_waiting and not change.answered:
            self._state = replace(self._state, chosen=change.study_id)
            self.go(Place.LIST)
        elif self._is_open and self._state.place is Place.JUDGE and change.study_id == self._state.chosen:
            self._ask_showing()
        elif self._is_open and self._state.place is Place.LIST:
            self._reader.ask(LIST, ask_studies)

    def _render(self) -> None:
        if self._is_open:
            station = self._tools.desk.state
            self._screen.show_state(self._state, station.session, station.people)
