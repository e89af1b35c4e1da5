"""Joins the engine's words about a web, the operator's taps and the web's screens. Holds the state. GUI thread."""

from PySide6.QtCore import QObject, Slot

from station_app.core.messages import Event
from station_app.core.setup_messages import CameraWatched, WatchCamera
from station_app.gui.bridge import Batch, Bridge, Lost
from station_app.gui.desk import Desk
from station_app.gui.operator_screen import OperatorScreen
from station_app.gui.orders import Orders
from station_app.gui.questions import Asking
from station_app.gui.screen_state import ScreenState
from station_app.gui.web.flat_steps import FlatTeaching
from station_app.gui.web.flat_teacher import FlatTeacher
from station_app.gui.web.line_history import LinesPicture
from station_app.gui.web.live_lines import LiveLines
from station_app.gui.web.web_state import WebState
from station_app.gui.web.web_texts import trouble_sentence


class WebDesk(QObject):
    """Beside the `Desk`, which has the parts. The web is watched while it is chosen instead of the image."""

    def __init__(self, screen: OperatorScreen, desk: Desk, bridge: Bridge) -> None:
        super().__init__(screen)
        self._screen, self._pane, self._desk = screen, screen.web, desk
        self._orders = Orders(bridge, desk.notify)
        self._live, self._teacher = LiveLines(), FlatTeacher(self._orders.send)
        self._state = ScreenState()
        self._is_asked = self._is_another_run = False
        desk.batch_taken.connect(self._on_batch_taken)
        desk.rendered.connect(self._on_rendered)
        screen.web_chosen.connect(self._on_web_chosen)
        self._pane.roll_asked.connect(self._on_roll_asked)
        self._pane.lost_seen.connect(self._on_lost_seen)
        self._pane.light.wizard.advanced.connect(self._on_advanced)
        self._pane.light.wizard.cancelled.connect(self._on_cancelled)

    @property
    def web(self) -> WebState:
        return self._live.web

    @property
    def teaching(self) -> FlatTeaching:
        return self._teacher.teaching

    @Slot(object)
    def _on_batch_taken(self, batch: Batch) -> None:
        for news in batch.news:
            if isinstance(news, Lost):
                self._lose()
            else:
                self._take(news)
        if batch.watched is not None:
            self._live.add(batch.watched)
        picture = self._live.newest()
        self._show()
        if picture is not None:
            self._show_picture(picture)
        self._watch()

    def _take(self, event: Event) -> None:
        had_lines = self.web.has_lines
        self._live.take(event)
        self._teacher.take(event, self.web.measured.columns if self.web.measured is not None else ())
        if isinstance(event, CameraWatched):
            self._is_asked = False
        if self.web.has_lines and not had_lines:
            self._screen.show_web(is_shown=self.web.has_rolls)

    def _show_picture(self, picture: LinesPicture) -> None:
        if self._is_another_run:
            self._pane.waterfall.clear()
            self._is_another_run = False
        self._pane.waterfall.add_picture(picture)

    def _lose(self) -> None:
        """Another engine numbers its lines from the start: those of this one are no earlier ones of the same web."""
        self._is_another_run = True
        self._live.lose()
        self._teacher.lose()
        self._is_asked = False

    def _watch(self) -> None:
        """Ask for live pictures of the web while it is chosen; never take them from another camera's screen."""
        if self._screen.is_web_chosen and self.web.is_live and not self.web.watched and not self._is_asked:
            self._ask_watch()

    def _ask_watch(self) -> None:
        lines = self.web.lines
        if lines is not None:
            self._is_asked = self._orders.send(WatchCamera(lines.camera_id))

    @Slot(bool)
    def _on_web_chosen(self, is_chosen: bool) -> None:
        lines = self.web.lines
        if lines is None or not self.web.is_live:
            return
        is_watched = self.web.watched == lines.camera_id
        if is_chosen and not is_watched:
            self._ask_watch()
        elif not is_chosen and is_watched:
            self._orders.send(WatchCamera(""))

    @Slot(object)
    def _on_rendered(self, state: ScreenState) -> None:
        self._state = state
        self._show()

    def _show(self) -> None:
        self._screen.know_web(self.web)
        self._pane.waterfall.show_trouble(trouble_sentence(self.web, self._state))
        self._pane.show_web(self.web, self.teaching, self._state.engine)

    @Slot()
    def _on_roll_asked(self) -> None:
        roll = self.web.roll
        self._desk.ask(Asking.STOP_ROLL if roll is not None and roll.is_running else Asking.ROLL)

    @Slot()
    def _on_lost_seen(self) -> None:
        self._live.acknowledge()
        self._show()

    @Slot()
    def _on_advanced(self) -> None:
        lines = self.web.lines
        if lines is not None:
            self._teacher.advance(lines.camera_id, self._state.operator)
            self._show()

    @Slot()
    def _on_cancelled(self) -> None:
        self._teacher.cancel(self._state.operator)
        self._show()
