"""The operator's window on a real engine with three rendered cameras: preview, records and images as they are."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station_app.core.inspection import NoResultReason, VerdictKind
from station_app.core.messages import Event
from station_app.core.recipe import Keep, KeepImages, Thresholds
from station_app.devices.faults import Fault, FaultKind
from station_app.devices.rendered_camera import RenderedCamera
from station_app.devices.rendering.plan import RenderSpec
from station_app.engine.address import engine_address, read_key
from station_app.engine.client import EngineClient
from station_app.engine.server import EngineServer
from station_app.gui.actions import Deed
from station_app.gui.application import OpenStation, open_station
from station_app.gui.camera_pane import CameraPane
from station_app.store.archive import StationArchive
from station_app.store.connection import open_reader
from station_app.store.ledger import DATABASE, StationLedger
from tests.engine.fakes import Heard
from tests.engine.line import Line, LineSettings, open_line
from tests.gui.conftest import PX_PER_MM
from tests.store.records import ROOMY

CAMERAS = ("top", "left", "right")
EARLIER = 2
"""Parts that were inspected before the window opened."""
LOST = EARLIER + 1
"""The exposure, counted from 0, that the right camera loses."""
WAIT_MS = 20_000


class Told(Heard):
    """An ear that passes on what it hears."""

    def __init__(self) -> None:
        super().__init__()
        self.receivers: list[Callable[[Event], None]] = []

    def __call__(self, event: Event) -> None:
        super().__call__(event)
        for receiver in self.receivers:
            receiver(event)


def rendered(seed: int, faults: dict[int, Fault]) -> RenderedCamera:
    spec = RenderSpec(width=320, height=240, defect_rate=0.0, seed=seed, bank=8)
    return RenderedCamera(spec, serial=f"R{seed}", fault_plan=faults)


@dataclass
class Window:
    """A station's window and the line behind it, in one process but joined as two programs are."""

    line: Line
    station: OpenStation
    qtbot: QtBot

    def inspect(self, parts: int) -> None:
        """Returns when the window shows the last of them."""
        last = self.line.inspect(parts)[-1].part_id
        self.wait(lambda: self.shown_id == last)

    @property
    def shown_id(self) -> int:
        return self.station.desk.shown.part_id if self.station.desk.shown else 0

    @property
    def panes(self) -> dict[str, CameraPane]:
        return {pane.camera_id: pane for pane in self.station.screen.images.shown}

    def have_images(self) -> list[str]:
        return [camera_id for camera_id, pane in self.panes.items() if pane.canvas.has_image]

    def wait(self, is_met: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(is_met, timeout=WAIT_MS)


@pytest.fixture
def window(
    qapp: QApplication, qtbot: QtBot, settings_folder: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Window]:
    told = Told()
    monkeypatch.setattr("tests.engine.line.Heard", lambda: told)
    # A window that opens at once meets its first part before the next picture would be due.
    monkeypatch.setattr("station_app.engine.showing.INTERVAL_S", 0.0)
    with ExitStack() as opened:
        ledger = StationLedger(tmp_path, ROOMY)
        opened.callback(ledger.close)
        faults = {"right": {LOST: Fault(FaultKind.LOST)}}
        cameras = {name: rendered(seed, faults.get(name, {})) for seed, name in enumerate(CAMERAS, 1)}
        settings = LineSettings(cameras=cameras, deadline_ms=8000.0, keep=Keep(KeepImages.ALL))
        line = open_line(tmp_path, ledger, settings)
        opened.callback(line.engine.close)
        # What a rendered part scores is of no matter here: these thresholds pass every frame that is judged.
        line.write_recipe(replace(line.recipe, thresholds=(("scratch", Thresholds(1.0, 1.0)),)))
        line.run()
        line.inspect(EARLIER)
        welcome = partial(_welcome, line)
        server = EngineServer(engine_address(tmp_path), read_key(tmp_path), line.engine.obey, welcome)
        opened.callback(server.close)
        told.receivers.append(server.publish)
        station = open_station(
            lambda: EngineClient(tmp_path),
            lambda: StationArchive(tmp_path),
            language="en",
            px_per_mm=PX_PER_MM,
            guard_ms=0,
        )
        opened.callback(station.window.deleteLater)
        opened.callback(station.close)
        opened.callback(station.window.close)
        station.window.resize(1920, 1080)
        station.window.show()
        made = Window(line, station, qtbot)
        made.wait(lambda: made.shown_id == EARLIER)
        yield made


def _welcome(line: Line) -> tuple[Event, ...]:
    return (*line.engine.welcome(), *line.heard.parts)


def test_the_frames_of_one_part_are_shown_together(window: Window) -> None:
    window.inspect(1)
    window.wait(lambda: window.have_images() == list(CAMERAS))
    frames = window.station.screen.images.frames
    assert len({frame.pixels.tobytes() for frame in frames}) == 3, "three cameras see three pictures"
    assert [pane.kind for pane in window.panes.values()] == [None, None, None]


def test_a_camera_without_a_frame_says_so_and_is_the_one_at_fault(window: Window) -> None:
    window.inspect(LOST + 1 - EARLIER)
    window.wait(lambda: window.have_images() == ["top", "left"])
    shown = window.station.desk.shown
    assert shown is not None
    assert (shown.inspected.verdict, shown.inspected.reason) == (VerdictKind.NO_RESULT, NoResultReason.FRAME_LOST)
    assert {name: pane.kind for name, pane in window.panes.items()} == {
        "top": None,
        "left": None,
        "right": VerdictKind.NO_RESULT,
    }
    assert window.station.screen.findings.lines()[0] == "The camera delivered no image · right"
    window.inspect(1)
    window.wait(lambda: window.have_images() == list(CAMERAS))


def test_the_camera_that_was_drawn_on_is_on_record(window: Window, tmp_path: Path) -> None:
    window.inspect(1)
    window.wait(lambda: window.have_images() == list(CAMERAS))
    desk, question = window.station.desk, window.station.screen.question
    desk.sign_in("wang")
    window.wait(lambda: desk.state.operator == "wang")
    desk.do(Deed.MISSED_DEFECT)
    QTest.mouseClick(window.panes["left"].canvas, Qt.MouseButton.LeftButton)
    canvas = window.panes["left"].canvas
    middle = canvas.rect().center()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(canvas, middle + QPoint(80, 60))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(80, 60))
    question.choose(1)
    window.wait(lambda: "recorded" in window.station.screen.part.accessibleName())
    with closing(open_reader(tmp_path / DATABASE)) as reader:
        (row,) = reader.execute("SELECT disposition, label, camera_id FROM overrides").fetchall()
    assert tuple(row) == ("missed_defect", "scratch", "left")


def test_looking_back_reads_every_camera_s_image(window: Window, tmp_path: Path) -> None:
    archive = StationArchive(tmp_path)
    window.wait(lambda: len(archive.images(1)) == 3)
    window.station.desk.look_back(1)
    window.wait(lambda: window.shown_id == 1 and window.have_images() == list(CAMERAS))
    stored = dict(archive.images(1))
    frames = window.station.screen.images.frames
    assert {frame.camera_id for frame in frames} == set(CAMERAS)
    assert all((frame.pixels == stored[frame.camera_id]).all() for frame in frames)
