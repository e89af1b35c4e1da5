"""The replay page on parts that the real engine has recorded, with the real program as its child."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station_app.core.people import Role
from station_app.core.people_messages import SessionChanged
from station_app.gui.application import open_station
from station_app.gui.own_program import OwnProgram
from station_app.gui.replay.page import ReplayPage
from station_app.gui.replay.replay_state import Phase
from station_app.gui.surroundings import Surroundings
from station_app.store.archive import StationArchive
from station_app.store.ledger import StationLedger
from tests.gui.conftest import PX_PER_MM, Bench
from tests.gui.fake_engine import FakeArchive, FakeEngine, FakeLink
from tests.gui.recipes.conftest import RecipeRoom
from tests.replay.conftest import Recorded, recorded  # noqa: F401 - the fixture
from tests.store.records import ROOMY

REPLAY = 7
_PATIENCE_MS = 120_000


@dataclass(slots=True)
class ReplayRoom:
    """A person at the replay page."""

    recipes: RecipeRoom
    folder: Path

    @property
    def page(self) -> ReplayPage:
        (page,) = (step for step in self.recipes.screen.steps if isinstance(step, ReplayPage))
        return page

    def open(self) -> None:
        self.recipes.open()
        self.recipes.screen.open_step(REPLAY)
        self.recipes.bench.settle()

    def until(self, *phases: Phase) -> None:
        self.recipes.bench.qtbot.waitUntil(lambda: self.page.state.phase in phases, timeout=_PATIENCE_MS)

    def until_told(self) -> None:
        """Until what it came to is read."""
        self.recipes.bench.qtbot.waitUntil(lambda: self.page.result is not None, timeout=_PATIENCE_MS)


@pytest.fixture
def room(
    recorded: Recorded,  # noqa: F811 - it is a fixture
    qapp: QApplication,
    qtbot: QtBot,
    settings_folder: None,
    tmp_path: Path,
) -> Iterator[ReplayRoom]:
    folder = tmp_path / "records"
    shutil.copytree(recorded.folder, folder)
    engine, archive = FakeEngine(), FakeArchive(records=StationArchive(folder))
    program = OwnProgram((sys.executable, "-P", "-m", "station_app"), ("--data-dir", str(folder)), folder)
    station = open_station(
        lambda: FakeLink(engine),
        lambda: archive,
        language="en",
        px_per_mm=PX_PER_MM,
        guard_ms=0,
        surroundings=Surroundings(program=program),
    )
    station.window.resize(1920, 1080)
    station.window.show()
    bench = Bench(engine, archive, station, qtbot)
    qtbot.waitUntil(lambda: station.desk.state.is_connected)
    with closing(StationLedger(folder, ROOMY)) as ledger:
        recipes = RecipeRoom(bench, ledger)
        engine.on_setup = recipes.obey
        bench.tell(SessionChanged("wang", "Wang", Role.ENGINEER, Role.ENGINEER, has_people=True))
        recipes.commission("housing")
        yield ReplayRoom(recipes, folder)
    engine.die()
    station.window.close()
    station.close()
    station.window.deleteLater()
