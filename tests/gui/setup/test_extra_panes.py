"""Panes that only cameras of lines have: the seam for whoever builds them."""

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QWidget

from station_app.core.web_messages import LinesReported
from station_app.gui.look import Look
from station_app.gui.screen_state import ScreenState
from station_app.gui.setup.extra_pane import ExtraPane
from station_app.gui.setup.setup_state import SetupState, setup_after
from station_app.gui.touch_button import TapGuard
from tests.gui.setup.drawn import BIG, CAMERAS, SMALL, drawn

LINES = LinesReported("top", 1, 0, 0.1, 0.05, 200.0)
START = setup_after(SetupState(), CAMERAS)


class _Pane(ExtraPane):
    def __init__(self, look: Look, parent: QWidget, caption: str, *, is_wide: bool) -> None:
        super().__init__(look, parent)
        self._caption, self.is_wide = caption, is_wide

    def caption(self) -> str:
        return self._caption


def _panes(look: Look, guard: TapGuard, parent: QWidget) -> Sequence[ExtraPane]:
    return _Pane(look, parent, "Waterfall", is_wide=True), _Pane(look, parent, "Flat field", is_wide=False)


def test_they_come_with_a_camera_of_lines_and_go_with_it(qapp: QApplication) -> None:
    for size in (BIG, SMALL):
        made = drawn(*size, extra_panes=_panes)
        screen = made.screen
        made.show(ScreenState(), START)
        assert len(screen.pages) == 4 and screen.tabs.rows == 1
        lines = setup_after(START, LINES)
        made.show(ScreenState(), lines, page=4)
        waterfall, flat_field = screen.extras
        assert [button.caption for button in screen.tabs.buttons[4:6]] == ["Waterfall", "Flat field"]
        assert waterfall.isVisibleTo(screen) and not screen.live.canvas.isVisibleTo(screen)
        assert waterfall.geometry().contains(screen.live.canvas.geometry())
        made.show(ScreenState(), lines, page=5)
        assert flat_field.isVisibleTo(screen) and screen.live.canvas.isVisibleTo(screen)
        assert flat_field.geometry() == screen.picture.geometry() and flat_field.y() > screen.tabs.buttons[4].y()
        made.show(ScreenState(), START, page=5)
        assert not flat_field.isVisibleTo(screen) and len(screen.pages) == 4
        made.workplace.deleteLater()
