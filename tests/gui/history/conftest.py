"""The history on a station with real records, as the store writes them."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from station_app.core.inspection import Inspection, Override
from station_app.core.people import Role
from station_app.core.people_messages import SessionChanged
from station_app.gui.history.history_screen import HistoryScreen
from station_app.gui.history.parts_tab import PartsTab
from station_app.gui.page import Page
from station_app.gui.screens import ScreenName
from station_app.store.archive import StationArchive
from station_app.store.connection import open_writer
from station_app.store.inspections import record_inspection
from station_app.store.ledger import DATABASE
from station_app.store.overrides import record_override
from tests.gui.conftest import Bench
from tests.gui.history.recorded import keep_pictures, write_records

PARTS = 900
PICTURED = range(PARTS - 40, PARTS + 1)


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that nobody may write to: many tests read it."""
    folder = tmp_path_factory.mktemp("recorded") / "data"
    write_records(folder, PARTS)
    keep_pictures(folder, PICTURED)
    return folder


def decide(folder: Path, *overrides: Override) -> None:
    """The engine writes what people said."""
    with closing(open_writer(folder / DATABASE)) as connection:
        for override in overrides:
            record_override(connection, override)


@dataclass(slots=True)
class HistoryBench:
    """A station with records, its history opened by the rail."""

    bench: Bench
    folder: Path

    @property
    def screen(self) -> HistoryScreen:
        page = self.bench.station.workplace.pages[ScreenName.HISTORY]
        assert isinstance(page, HistoryScreen)
        return page

    @property
    def tab(self) -> PartsTab:
        assert isinstance(self.screen.tab, PartsTab)
        return self.screen.tab

    @property
    def ids(self) -> list[int]:
        """The parts in memory, from the top of the table."""
        return [row.part_id for row in self.tab.list.rows.rows]

    @property
    def seen(self) -> list[int]:
        """The parts in sight."""
        return [row.part_id for row in self.tab.list.table.rows_in_sight]

    def open(self) -> None:
        workplace = self.bench.station.workplace
        self.bench.tap(workplace.operator.top.menu)
        self.bench.tap(workplace.rail.buttons[ScreenName.HISTORY])

    def shows(self, page: Page) -> bool:
        """Whether this one of the tab's pages is the one that is seen."""
        return self.tab.shown is page and page.isVisible()

    def wait_for(self, *ids: int) -> None:
        """Until these parts stand at the top."""
        self.bench.qtbot.waitUntil(lambda: self.ids[: len(ids)] == list(ids))

    def sign_in(self, role: Role) -> None:
        self.bench.tell(SessionChanged("Anna", "Anna", role, role, has_people=True))

    def tap(self, button: QAbstractButton) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.bench.settle()

    def record(self, *inspections: Inspection) -> None:
        """The engine writes further parts."""
        with closing(open_writer(self.folder / DATABASE)) as connection:
            for inspection in inspections:
                record_inspection(connection, inspection)


@pytest.fixture
def archive_folder(recorded: Path, tmp_path: Path) -> Path:
    """A copy of the records of one's own."""
    return Path(shutil.copytree(recorded, tmp_path / "data"))


@pytest.fixture
def history(bench: Bench, archive_folder: Path) -> Iterator[HistoryBench]:
    """王芳 is signed in, and the newest part stands at the top."""
    bench.archive.records = StationArchive(archive_folder)
    bench.engine.station = replace(bench.engine.station, shifts=("06:00", "14:00", "22:00"))
    bench.tell(bench.engine.station)
    made = HistoryBench(bench, archive_folder)
    made.open()
    made.wait_for(PARTS)
    yield made
