"""A line-scan camera at the set-up screen: its waterfall and its flat field."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from station_app.core.setup_messages import FlatFieldStep, TeachFlatField
from station_app.gui.pane import Pane
from station_app.gui.screens import ScreenName
from station_app.gui.setup.line_panes import FlatFieldPane, WaterfallPane
from station_app.gui.touch_button import TouchButton
from tests.gui.web.conftest import WebBench
from tests.gui.web.moving_web import CAMERA


def _open(bench: WebBench) -> tuple[WaterfallPane, FlatFieldPane]:
    bench.station.ways.go(ScreenName.SETUP)
    bench.settle()
    bench.move(100, 100)
    falls, flat = bench.station.setup.extras
    assert isinstance(falls, WaterfallPane) and isinstance(flat, FlatFieldPane)
    return falls, flat


def test_the_waterfall_of_the_chosen_camera_runs_at_the_set_up_screen(web_bench: WebBench) -> None:
    falls, _ = _open(web_bench)
    web_bench.station.setup.open_page(4)
    web_bench.move(100)
    web_bench.shown(lambda: falls.waterfall.view is not None and falls.waterfall.view.end == web_bench.engine.line)
    assert falls.isVisible() and "204.8 mm" in falls.readouts.accessibleName()
    assert web_bench.engine.watched_camera == CAMERA and falls.waterfall.accessibleName() == "Web"
    web_bench.station.ways.go_to_line()
    web_bench.settle()
    web_bench.settle()
    assert web_bench.engine.watched_camera == CAMERA, "the operator's web goes on"


def test_a_flat_field_is_taught_at_the_set_up_screen(web_bench: WebBench) -> None:
    _, flat = _open(web_bench)
    web_bench.station.setup.open_page(5)
    wizard = flat.light.wizard
    for _ in range(4):
        QTest.mouseClick(wizard.on, Qt.MouseButton.LeftButton)
        web_bench.settle()
        web_bench.settle()
    taught = [command for command in web_bench.engine.commands if isinstance(command, TeachFlatField)]
    assert [command.step for command in taught] == [FlatFieldStep.DARK, FlatFieldStep.WHITE, FlatFieldStep.SAVE]
    assert all(command.operator == "王芳" for command in taught)
    assert wizard.heading() == "Flat field saved"
    flat.grab()
    assert not any(p.is_clipped for p in flat.findChildren(Pane)) and not wizard.on.is_clipped
    assert isinstance(wizard.on, TouchButton)
