"""What the set-up screen shows of a camera of lines besides: its waterfall with read-outs, and light and flat field.

Both stand in place of the live picture. GUI thread.
"""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.messages import Event
from station_app.core.setup_messages import CameraWatched, TeachFlatField
from station_app.gui.link import PreviewImage
from station_app.gui.look import Look
from station_app.gui.screen_state import ScreenState
from station_app.gui.setup.extra_pane import ExtraPane
from station_app.gui.setup.setup_state import SetupState
from station_app.gui.touch_button import TapGuard
from station_app.gui.web.flat_teacher import FlatTeacher
from station_app.gui.web.light_page import LightPage
from station_app.gui.web.live_lines import LiveLines
from station_app.gui.web.readouts import READOUTS_MM, Readouts
from station_app.gui.web.waterfall import Waterfall
from station_app.gui.web.web_texts import trouble_sentence


class WaterfallPane(ExtraPane):
    """The newest lines and where the web stands."""

    is_wide = True

    def __init__(self, look: Look, parent: QWidget | None = None, *, is_live: bool = True) -> None:
        super().__init__(look, parent)
        self._live = LiveLines()
        self.readouts, self.waterfall = Readouts(look, self), Waterfall(look, self, is_live=is_live)

    def caption(self) -> str:
        return self.tr("Lines")

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.readouts.set_look(look)
        self.waterfall.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.readouts.retranslate()
        self.waterfall.retranslate()

    def show_state(self, station: ScreenState, setup: SetupState) -> None:
        if setup.chosen != self._live.web.chosen:
            self.waterfall.clear()
        self._live.look_at(setup.chosen)
        if setup.watched != self._live.web.watched:  # said before this screen was open
            self._live.take(CameraWatched(setup.watched, ""))
        web = self._live.web
        self.waterfall.show_scale(web.scale, web.origin)
        self.waterfall.show_trouble(trouble_sentence(web, station))
        self.readouts.show_web(web)

    def show_event(self, event: Event) -> None:
        self._live.take(event)

    def show_picture(self, picture: PreviewImage) -> None:
        self._live.add(picture)
        lines = self._live.newest()
        if lines is not None:
            self.waterfall.show_scale(self._live.web.scale, self._live.web.origin)
            self.waterfall.add_picture(lines)

    def stop(self) -> None:
        self.waterfall.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        head, gap = self._look.mm.px(READOUTS_MM), self._look.mm.px(2)
        self.readouts.setGeometry(0, 0, self.width(), head)
        self.waterfall.setGeometry(0, head + gap, self.width(), self.height() - head - gap)


class FlatFieldPane(ExtraPane):
    """The column profile and the wizard."""

    is_wide = True

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._live, self._teacher = LiveLines(), FlatTeacher(self._send)
        self._station, self._setup = ScreenState(), SetupState()
        self.light = LightPage(look, guard, self)
        self.light.wizard.advanced.connect(self._on_advanced)
        self.light.wizard.cancelled.connect(self._on_cancelled)

    def caption(self) -> str:
        return self.tr("Flat field")

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.light.set_look(look)

    def retranslate(self) -> None:
        self.light.retranslate()

    def show_state(self, station: ScreenState, setup: SetupState) -> None:
        self._station, self._setup = station, setup
        if not station.is_connected:
            self._teacher.lose()
        self._live.look_at(setup.chosen)
        self.light.show_web(self._live.web, self._teacher.teaching, station.engine)

    def show_event(self, event: Event) -> None:
        self._live.take(event)
        measured = self._live.web.measured
        self._teacher.take(event, measured.columns if measured is not None else ())

    def show_picture(self, picture: PreviewImage) -> None:
        self._live.add(picture)
        self._live.newest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.light.setGeometry(self.rect())

    def _send(self, command: TeachFlatField) -> bool:
        self.asked.emit(command)
        return True

    @Slot()
    def _on_advanced(self) -> None:
        self._teacher.advance(self._setup.chosen, self._station.operator)
        self.show_state(self._station, self._setup)

    @Slot()
    def _on_cancelled(self) -> None:
        self._teacher.cancel(self._station.operator)
        self.show_state(self._station, self._setup)


def line_panes(look: Look, guard: TapGuard, parent: QWidget) -> Sequence[ExtraPane]:
    """Both, for the window."""
    return WaterfallPane(look, parent), FlatFieldPane(look, guard, parent)
