"""The set-up screen in its place in the window, drawn without threads: for lint and pictures."""

from dataclasses import dataclass, replace

from PySide6.QtGui import QImage

from station_app.core.inspection import VerdictKind
from station_app.core.messages import EngineState, Event, StateChanged
from station_app.gui.look import Look
from station_app.gui.millimetres import Millimetres
from station_app.gui.operator_screen import View
from station_app.gui.screen_state import ScreenState
from station_app.gui.screens import ScreenName
from station_app.gui.setup.extra_pane import ExtraPanes, no_extra_panes
from station_app.gui.setup.reference_reader import read_reference
from station_app.gui.setup.setup_screen import SetupScreen
from station_app.gui.setup.setup_state import SetupState, setup_after
from station_app.gui.snapshot import draw_screen, state_after
from station_app.gui.theme import ThemeName
from station_app.gui.touch_button import TapGuard
from station_app.gui.waiting import Waiting
from station_app.gui.workplace import Workplace
from tests.gui.fake_engine import STATION, FakeEngine, FakePreview, part
from tests.gui.fake_setup import FakeSetup

BIG, SMALL = ((1920, 1080), 4.03), ((1366, 768), 3.955)
CAMERAS = replace(STATION, state=EngineState.PAUSED, camera_ids=("top", "left side", "右侧"))


@dataclass(slots=True)
class Drawn:
    """A window's content, and what it was drawn from."""

    workplace: Workplace
    screen: SetupScreen

    def show(
        self, station: ScreenState, setup: SetupState, picture: FakePreview | None = None, *, page: int = 0
    ) -> QImage:
        """Bring everything up to these states and give the picture of it."""
        self.screen.show_state(station, setup)
        reference = setup.reference(setup.chosen)
        self.screen.show_reference(read_reference(reference) if reference else None)
        if picture is not None:
            self.screen.show_picture(picture)
        self.screen.open_page(page)
        waiting = Waiting(((7, VerdictKind.REVIEW), (8, VerdictKind.NO_RESULT)) if station.strip else ())
        self.workplace.show_line(station, waiting)
        self.workplace.operator.show_view(station, View(station.newest))
        return self.workplace.grab().toImage()


def drawn(
    size: tuple[int, int],
    px_per_mm: float,
    theme: ThemeName = ThemeName.LIGHT,
    extra_panes: ExtraPanes = no_extra_panes,
) -> Drawn:
    """The set-up screen is open and knows nothing yet."""
    guard = TapGuard()
    look = Look(theme.theme, Millimetres(px_per_mm))
    operator = draw_screen(ScreenState(), None, size, theme)
    screen = SetupScreen(look, guard, is_live=False, extra_panes=extra_panes)
    workplace = Workplace(operator, {ScreenName.SETUP: screen}, px_per_mm, guard)
    workplace.resize(*size)
    workplace.set_theme(theme.theme)
    workplace.show_screen(ScreenName.SETUP, is_rail_open=True)
    workplace.grab()  # sizes are given to what is drawn
    return Drawn(workplace, screen)


def told(engine: FakeEngine, *events: Event) -> tuple[ScreenState, SetupState]:
    """What the screens know after everything that the engine has said so far, and then `events`."""
    said: list[Event] = []
    while not engine.events.empty():
        event = engine.events.get()
        said += [event] if event is not None else []
    setup = SetupState()
    for event in (engine.station, *said, *events):
        setup = setup_after(setup, event)
    return state_after(engine.station, [*said, *events]), setup


def with_parts() -> tuple[Event, ...]:
    """A line that runs, and its last part."""
    return StateChanged(EngineState.RUNNING), part(8, VerdictKind.NO_RESULT)


def watched(setup: FakeSetup) -> FakePreview:
    """The picture that the preview holds."""
    assert setup.engine.watched is not None
    return setup.engine.watched
