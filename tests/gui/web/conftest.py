"""A station with a web, on a fake engine."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from station_app.core.messages import Event, HealthReported
from station_app.gui.application import OpenStation, open_station
from station_app.gui.desk import Desk
from station_app.gui.operator_screen import OperatorScreen
from station_app.gui.web.web_desk import WebDesk
from station_app.gui.web.web_pane import WebPane
from station_app.gui.web.web_state import WebState
from tests.gui.conftest import PX_PER_MM
from tests.gui.fake_engine import NOW_MS, FakeArchive
from tests.gui.web.moving_web import CAMERA, WebEngine, WebLink


@dataclass(slots=True)
class WebBench:
    """A station whose camera looks at a web, and the engine behind it."""

    engine: WebEngine
    station: OpenStation
    qtbot: QtBot
    clock_ms: int = 2 * NOW_MS

    @property
    def screen(self) -> OperatorScreen:
        return self.station.screen

    @property
    def desk(self) -> Desk:
        return self.station.desk

    @property
    def pane(self) -> WebPane:
        return self.screen.web

    @property
    def web_desk(self) -> WebDesk:
        (found,) = self.screen.findChildren(WebDesk)
        return found

    @property
    def web(self) -> WebState:
        return self.web_desk.web

    def settle(self, *events: Event) -> None:
        """Until every command has been answered, and every event told so far is known to the screen."""
        self.qtbot.waitUntil(lambda: self.station.bridge.outbound_is_empty)
        self.clock_ms += 1
        self.engine.tell(*events, HealthReported(self.clock_ms, self.desk.state.counters))
        self.qtbot.waitUntil(lambda: self.desk.state.clock_ms >= self.clock_ms)

    def move(self, *steps: int) -> None:
        """The web runs on; returns when all that was told of it is shown."""
        for lines in steps:
            self.engine.move(lines)
            self.settle()

    def shown(self, is_met: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(is_met)

    def tap(self, button: QAbstractButton) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def drag(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(widget, end)
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=end)

    def start_roll(self, name: str) -> None:
        """By touch, as an operator does."""
        self.tap(self.pane.roll)
        self.screen.question.field.setText(name)
        self.screen.question.field.returnPressed.emit()
        self.settle()


@pytest.fixture
def web_bench(qapp: QApplication, qtbot: QtBot, settings_folder: None) -> Iterator[WebBench]:
    """A connected station at full HD that watches its web, of which some lines have passed."""
    engine = WebEngine()
    station = open_station(lambda: WebLink(engine), FakeArchive, language="en", px_per_mm=PX_PER_MM, guard_ms=0)
    station.window.resize(1920, 1080)
    station.window.show()
    bench = WebBench(engine, station, qtbot)
    qtbot.waitUntil(lambda: engine.watched_camera == CAMERA)
    bench.move(400, 400)
    yield bench
    engine.die()
    station.window.close()
    station.close()
    station.window.deleteLater()
