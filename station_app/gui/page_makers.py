"""How each screen beside the operator's is made, when it is first opened. GUI thread."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from station_app.gui.bridge import Bridge
from station_app.gui.desk import Desk
from station_app.gui.link import ArchiveFactory
from station_app.gui.look import Look
from station_app.gui.orders import Orders
from station_app.gui.page import Page
from station_app.gui.reading import Reader
from station_app.gui.screens import ScreenName
from station_app.gui.surroundings import Surroundings
from station_app.gui.touch_button import TapGuard

if TYPE_CHECKING:
    from station_app.gui.exporting.desk import ExportDesk


@dataclass(frozen=True, slots=True)
class PageTools:
    """What a screen is given to work with: events by `desk.batch_taken`, commands by `orders`, records by a reader.
    `exporting` takes files out of the screen's records, where it can."""

    guard: TapGuard
    bridge: Bridge
    desk: Desk
    orders: Orders
    archive_factory: ArchiveFactory
    around: Surroundings = field(default_factory=Surroundings)
    readers: list[Reader] = field(default_factory=list)
    exporting: "ExportDesk | None" = None

    def new_reader(self) -> Reader:
        """A running reader of the records; it ends with the window."""
        reader = Reader(self.archive_factory)
        reader.start()
        self.readers.append(reader)
        return reader

    def stop(self) -> None:
        for reader in self.readers:
            reader.stop()


PageMaker = Callable[[PageTools, Look], Page]


def _people(tools: PageTools, look: Look) -> Page:
    from station_app.gui.people.people_desk import PeopleDesk
    from station_app.gui.people.people_screen import PeopleScreen

    screen = PeopleScreen(look, tools.guard)
    PeopleDesk(screen, tools.desk, tools.orders, tools.new_reader())  # the screen is its parent, and keeps it
    return screen


def _review(tools: PageTools, look: Look) -> Page:
    from station_app.gui.review.opening import open_review

    return open_review(tools, look)


def _history(tools: PageTools, look: Look) -> Page:
    from station_app.gui.history.history_screen import HistoryScreen

    return HistoryScreen(tools, look)


def _studies(tools: PageTools, look: Look) -> Page:
    from station_app.gui.studies.studies_desk import StudiesDesk
    from station_app.gui.studies.studies_screen import StudiesScreen

    screen = StudiesScreen(tools, look)
    StudiesDesk(screen, tools)  # the screen is its parent, and keeps it
    return screen


def _recipes(tools: PageTools, look: Look) -> Page:
    from station_app.gui.recipes.recipes_desk import RecipesDesk
    from station_app.gui.recipes.recipes_screen import RecipesScreen
    from station_app.gui.replay.page import ReplayPage
    from station_app.gui.whatif.page import WhatIfPage

    replays = () if tools.around.program is None else (ReplayPage(look, tools, tools.around.program),)
    screen = RecipesScreen(look, tools.guard, wide=(WhatIfPage(look, tools), *replays))
    RecipesDesk(screen, tools)  # the screen is its parent, and keeps it
    return screen


def _models(tools: PageTools, look: Look) -> Page:
    from station_app.gui.models.models_desk import ModelsDesk
    from station_app.gui.models.models_screen import ModelsScreen

    screen = ModelsScreen(look, tools.guard, tools.new_reader())
    ModelsDesk(screen, tools)  # the screen is its parent, and keeps it
    return screen


MAKERS: dict[ScreenName, PageMaker] = {
    ScreenName.REVIEW: _review,
    ScreenName.HISTORY: _history,
    ScreenName.STUDIES: _studies,
    ScreenName.RECIPES: _recipes,
    ScreenName.MODELS: _models,
    ScreenName.PEOPLE: _people,
}
"""Each maker imports its screen itself, so that a start does not wait for screens that nobody has opened."""
