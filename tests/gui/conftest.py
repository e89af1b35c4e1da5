"""A station on a fake engine, without a display and without a second's wait."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from station_app.core.inspection import HeatMap, Pixels
from station_app.core.messages import Event, HealthReported, PartInspected
from station_app.gui.actions import Deed
from station_app.gui.application import OpenStation, make_application, open_station
from tests.gui.fake_engine import NOW_MS, FakeArchive, FakeEngine, FakeLink

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

PX_PER_MM = 4.03


@dataclass(slots=True)
class Bench:
    """A station, the engine behind it and the archive beside it."""

    engine: FakeEngine
    archive: FakeArchive
    station: OpenStation
    qtbot: QtBot
    clock_ms: int = 2 * NOW_MS

    def tell(self, *events: Event) -> None:
        """Events to the screen; returns when the screen knows the last of them."""
        self.engine.tell(*events, HealthReported(self._next_ms(), self.station.desk.state.counters))
        self._wait_for_clock()

    def show(self, inspected: PartInspected, pixels: Pixels, heat_maps: tuple[HeatMap, ...] = ()) -> None:
        """A part with its picture."""
        self.engine.show(inspected, pixels, heat_maps)
        self.tell()

    def settle(self) -> None:
        """Until everything sent so far was answered and shown."""
        self.qtbot.waitUntil(lambda: self.station.bridge.outbound_is_empty)
        self.tell()

    def press(self, deed: Deed) -> None:
        """A finger on an answer's button."""
        QTest.mouseClick(self.station.screen.bar.buttons[deed], Qt.MouseButton.LeftButton)
        self.settle()

    def tap(self, button: QAbstractButton) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def _next_ms(self) -> int:
        self.clock_ms += 1
        return self.clock_ms

    def _wait_for_clock(self) -> None:
        self.qtbot.waitUntil(lambda: self.station.desk.state.clock_ms >= self.clock_ms)


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application as the station sets it up: its fonts, its style."""
    assert make_application() is qapp
    return qapp


@pytest.fixture
def settings_folder(tmp_path: Path) -> None:
    """Window geometry of the tests stays out of the developer's own settings."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))


@pytest.fixture
def bench(qapp: QApplication, qtbot: QtBot, settings_folder: None) -> Iterator[Bench]:
    """A connected station, shown at full HD."""
    engine, archive = FakeEngine(), FakeArchive()
    station = open_station(lambda: FakeLink(engine), lambda: archive, language="en", px_per_mm=PX_PER_MM, guard_ms=0)
    station.window.resize(1920, 1080)
    station.window.show()
    bench = Bench(engine, archive, station, qtbot)
    qtbot.waitUntil(lambda: station.desk.state.is_connected)
    yield bench
    engine.die()  # a waiting link ends sooner than a blocked one
    station.window.close()
    station.close()
    station.window.deleteLater()
