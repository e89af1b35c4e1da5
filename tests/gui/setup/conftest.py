"""The set-up screen on the fake engine."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from station_app.core.messages import Command, EngineState, StateChanged
from station_app.gui.screens import ScreenName
from station_app.gui.setup.setup_screen import SetupScreen
from station_app.gui.setup.setup_state import SetupState
from tests.gui.conftest import Bench
from tests.gui.fake_setup import FakeSetup


@dataclass(slots=True)
class SetupBench:
    """A station whose line rests, and the cameras behind it."""

    bench: Bench
    setup: FakeSetup

    @property
    def screen(self) -> SetupScreen:
        return self.bench.station.setup

    @property
    def state(self) -> SetupState:
        return self.bench.station.setup_desk.state

    @property
    def commands(self) -> list[Command]:
        return self.bench.engine.commands

    def sent(self, *kinds: type) -> list[Command]:
        return [command for command in self.commands if isinstance(command, kinds)]

    def open(self) -> None:
        """By the menu and the rail, as a person does."""
        workplace = self.bench.station.workplace
        self.bench.tap(workplace.operator.top.menu)
        self.bench.tap(workplace.rail.buttons[ScreenName.SETUP])

    def tap(self, button: QAbstractButton) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.bench.settle()

    def look(self) -> None:
        """One more live picture, shown."""
        self.setup.look()
        self.bench.tell()

    def enter(self, state: EngineState) -> None:
        """The line runs, or rests."""
        engine = self.bench.engine
        engine.station = replace(engine.station, state=state)
        self.bench.tell(StateChanged(state))


@pytest.fixture
def rig(bench: Bench, tmp_path: Path) -> SetupBench:
    """Two cameras, the line paused, 王芳 signed in; the set-up screen is not open yet."""
    made = SetupBench(bench, FakeSetup(bench.engine, tmp_path))
    bench.engine.station = replace(bench.engine.station, camera_ids=("top", "side"))
    bench.tell(bench.engine.station)
    made.enter(EngineState.PAUSED)
    return made
