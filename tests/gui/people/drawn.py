"""The screen of people in its place in the window, drawn without threads: for lint and pictures."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtGui import QImage

from station_app.core.audit_view import AuditHead, AuditRow, Change
from station_app.core.messages import EngineState, Event, HealthReported
from station_app.core.people import Role
from station_app.core.people_messages import PeopleListed, SessionChanged, SignInRefused
from station_app.gui.answering import Answering
from station_app.gui.asked_view import view_of
from station_app.gui.look import Look
from station_app.gui.millimetres import Millimetres
from station_app.gui.operator_screen import View
from station_app.gui.people.audit_state import AuditBook
from station_app.gui.people.forms import Field
from station_app.gui.people.people_screen import PeopleScreen
from station_app.gui.people.people_state import PeopleState
from station_app.gui.proving import Proving
from station_app.gui.questions import Asking
from station_app.gui.screen_state import ScreenState, after
from station_app.gui.screens import ScreenName
from station_app.gui.snapshot import draw_screen, state_after
from station_app.gui.theme import ThemeName
from station_app.gui.touch_button import TapGuard
from station_app.gui.waiting import Waiting
from station_app.gui.workplace import Workplace
from tests.gui.fake_engine import NOW_MS, STATION, part
from tests.gui.fake_people import PEOPLE

BIG, SMALL = ((1920, 1080), 4.03), ((1366, 768), 3.955)
ADMIN = SessionChanged("admin", "Petra Vogel", Role.ADMIN, Role.ADMIN, has_people=True)
ANNA = SessionChanged("anna", "Anna Kovács", Role.OPERATOR, Role.OPERATOR, has_people=True)
ERIK = SessionChanged("erik", "Erik Lindqvist", Role.ENGINEER, Role.ENGINEER, has_people=True)
LOWERED = replace(ERIK, role=Role.OPERATOR)
NOBODY_IN = SessionChanged("", "", Role.OPERATOR, Role.OPERATOR, has_people=True)
NO_ACCOUNTS = SessionChanged("", "", Role.OPERATOR, Role.OPERATOR, has_people=False)
HEAD = AuditHead(4_812, "5f0c9a71" * 8, NOW_MS, "ab" * 64, "cd" * 32)
_SHA = "3f9c2b7a" * 8
ROWS = (
    AuditRow(
        4815,
        NOW_MS + 9_000,
        "admin",
        "person_changed",
        "wang",
        "",
        Change("王芳, operator, active", "王芳, lead, active", "takes over the late shift from January"),
        _SHA,
    ),
    AuditRow(4814, NOW_MS + 8_000, "admin", "secret_set", "anna", "pin", Change(why="forgotten"), _SHA),
    AuditRow(
        4813, NOW_MS + 7_000, "admin", "person_added", "anna", "", Change("", "Anna Kovács, operator, active"), _SHA
    ),
    AuditRow(
        4812,
        NOW_MS + 6_000,
        "erik",
        "feature_written",
        "camera top, ExposureTime",
        "",
        Change("1200 us", "1450 us", "the lamp was cleaned and the picture too dark <b>"),
        _SHA,
    ),
    AuditRow(4811, NOW_MS + 5_000, "wang", "override", "part 93413", "false_reject dust", Change(), _SHA),
)
BOOK = AuditBook(rows=ROWS, has_older=True, before=(None, 4900), chosen=4815, head=HEAD)
TYPED = {
    Field.NAME: "li.na",
    Field.FULL_NAME: "李娜",
    Field.PIN: "4711",
    Field.PIN_AGAIN: "4711",
    Field.REASON: "new at the line",
}


def known(session: SessionChanged, *, state: EngineState = EngineState.RUNNING) -> ScreenState:
    """What the screens know of a running line with these people."""
    people = PeopleListed(PEOPLE if session.has_people else ())
    station = replace(STATION, state=state, operator="" if session.has_people else STATION.operator)
    return state_after(station, (session, people, part(1)))


@dataclass(slots=True)
class DrawnPeople:
    """A window's content with the screen of people open."""

    workplace: Workplace
    screen: PeopleScreen

    def show(
        self,
        station: ScreenState,
        people: PeopleState,
        book: AuditBook | None = None,
        typed: Mapping[Field, str] | None = None,
    ) -> QImage:
        """Bring everything up to these states, type into the open form, and give the picture of it."""
        self.screen.show_state(station, replace(people, said=None))
        if book is not None:
            self.screen.show_book(book, station)
        form = self.screen.accounts.form if station.session.has_people else self.screen.first.form
        for field, value in (typed or {}).items():
            form.rows[field].set_value(value)
        self.screen.show_state(station, people)
        self.workplace.show_line(station, Waiting())
        self.workplace.operator.show_view(station, View(station.newest))
        return self.workplace.grab().toImage()


def drawn_people(size: tuple[int, int], px_per_mm: float, theme: ThemeName = ThemeName.LIGHT) -> DrawnPeople:
    """The screen is open and knows nothing yet."""
    guard = TapGuard()
    operator = draw_screen(ScreenState(), None, size, theme)
    screen = PeopleScreen(Look(theme.theme, Millimetres(px_per_mm)), guard)
    workplace = Workplace(operator, {ScreenName.PEOPLE: screen}, px_per_mm, guard)
    workplace.resize(*size)
    workplace.set_theme(theme.theme)
    workplace.show_screen(ScreenName.PEOPLE, is_rail_open=True)
    workplace.grab()  # sizes are given to what is drawn
    return DrawnPeople(workplace, screen)


def signing_in(
    session: SessionChanged, proving: Proving | None = None, refused: SignInRefused | None = None
) -> tuple[ScreenState, View]:
    """The operator's screen while somebody signs in."""
    station = known(session)
    events: list[Event] = [HealthReported(NOW_MS, station.counters), *([refused] if refused is not None else [])]
    for event in events:
        station = after(station, event)
    answering = Answering(asking=Asking.SIGN_IN)
    if proving is not None:
        answering.prove(proving)
    return station, view_of(station, station.newest, answering, is_grid=False)
