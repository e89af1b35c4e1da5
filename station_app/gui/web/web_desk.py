"""Joins the engine's words about a web, the operator's taps and the web's screens. Holds the state. GUI thread."""

from PySide6.QtCore import QObject, Slot

from station_app.core.lines import LineSpan
from station_app.core.messages import Event
from station_app.core.setup_messages import CameraMeasured, CameraWatched, FlatFieldStep, TeachFlatField, WatchCamera
from station_app.gui import sentences
from station_app.gui.bridge import Batch, Bridge, Lost
from station_app.gui.desk import Desk
from station_app.gui.link import PreviewImage
from station_app.gui.operator_screen import OperatorScreen
from station_app.gui.orders import Orders
from station_app.gui.questions import Asking
from station_app.gui.screen_state import ScreenState
from station_app.gui.web.flat_steps import FlatTeaching, Stage, asked, begun, interrupted, teaching_after
from station_app.gui.web.line_history import LinesPicture
from station_app.gui.web.web_state import WebState, acknowledged, web_after, with_columns, without_engine

_PAIRED = 4
"""A picture and its measures may come in two batches: so many of each wait for the other."""


class WebDesk(QObject):
    """Beside the `Desk`, which has the parts. The web is watched while it is chosen instead of the image."""

    def __init__(self, screen: OperatorScreen, desk: Desk, bridge: Bridge) -> None:
        super().__init__(screen)
        self._screen, self._desk, self._orders = screen, desk, Orders(bridge, desk.notify)
        self._pane = screen.web
        self._web, self._teaching, self._state = WebState(), FlatTeaching(), ScreenState()
        self._is_asked = False
        self._pictures: dict[int, PreviewImage] = {}
        self._measured: dict[int, CameraMeasured] = {}
        desk.batch_taken.connect(self._on_batch_taken)
        desk.rendered.connect(self._on_rendered)
        screen.web_chosen.connect(self._on_web_chosen)
        self._pane.roll_asked.connect(self._on_roll_asked)
        self._pane.lost_seen.connect(self._on_lost_seen)
        self._pane.light.wizard.advanced.connect(self._on_advanced)
        self._pane.light.wizard.cancelled.connect(self._on_cancelled)

    @property
    def web(self) -> WebState:
        return self._web

    @property
    def teaching(self) -> FlatTeaching:
        return self._teaching

    @Slot(object)
    def _on_batch_taken(self, batch: Batch) -> None:
        for news in batch.news:
            if isinstance(news, Lost):
                self._lose()
            else:
                self._take(news)
        if batch.watched is not None:
            self._pictures[batch.watched.sequence] = batch.watched
        self._show_picture()
        self.watch()
        self._show()

    def _take(self, event: Event) -> None:
        before = self._web
        self._web = web_after(self._web, event)
        profile = self._web.measured.columns if self._web.measured is not None else ()
        self._teaching = teaching_after(self._teaching, event, profile)
        if isinstance(event, CameraWatched):
            self._is_asked = False
            self._forget_pictures()
        elif isinstance(event, CameraMeasured):
            self._measured[event.sequence] = event
        if not before.has_lines and self._web.has_lines:
            self._screen.show_web(is_shown=self._web.has_rolls)

    def _lose(self) -> None:
        self._web = without_engine(self._web)
        self._teaching = interrupted(self._teaching, sentences.BEGIN_AGAIN)
        self._is_asked = False
        self._forget_pictures()

    def _forget_pictures(self) -> None:
        self._pictures, self._measured = {}, {}

    def _show_picture(self) -> None:
        """The newest picture whose measures are known: they say which lines it shows."""
        pairs = sorted(self._pictures.keys() & self._measured.keys())
        lines = self._web.lines
        if pairs and lines is not None and self._measured[pairs[-1]].camera_id == lines.camera_id:
            self._show_lines(self._pictures[pairs[-1]], self._measured[pairs[-1]])
        newest = pairs[-1] if pairs else 0
        self._pictures = {k: v for k, v in sorted(self._pictures.items())[-_PAIRED:] if k > newest}
        self._measured = {k: v for k, v in sorted(self._measured.items())[-_PAIRED:] if k > newest}

    def _show_lines(self, preview: PreviewImage, measured: CameraMeasured) -> None:
        frame = next(iter(preview.frames), None)
        if frame is None or frame.pixels.ndim != 2:
            return
        self._web = with_columns(self._web, frame.pixels.shape[1])
        lost = tuple(LineSpan(*span) for span in measured.lost)
        self._pane.show_web(self._web, self._teaching, self._state.engine)
        self._pane.waterfall.add_picture(LinesPicture(measured.first_line, frame.pixels, lost))

    def watch(self) -> None:
        """Ask for live pictures of the web while it is chosen, unless they come or were asked for."""
        lines = self._web.lines
        is_wanted = self._screen.is_web_chosen and self._web.is_live and lines is not None
        if is_wanted and lines is not None and self._web.watched != lines.camera_id and not self._is_asked:
            self._is_asked = self._orders.send(WatchCamera(lines.camera_id))

    @Slot(bool)
    def _on_web_chosen(self, is_chosen: bool) -> None:
        lines = self._web.lines
        self._is_asked = False
        if not is_chosen and lines is not None and self._web.watched == lines.camera_id:
            self._orders.send(WatchCamera(""))
        self.watch()

    @Slot(object)
    def _on_rendered(self, state: ScreenState) -> None:
        self._state = state
        self._show()

    def _show(self) -> None:
        self._screen.know_web(self._web)
        self._pane.waterfall.show_trouble(self._trouble())
        self._pane.show_web(self._web, self._teaching, self._state.engine)

    def _trouble(self) -> str:
        """Why the picture of the web does not go on."""
        lines = self._web.lines
        if not self._state.is_connected or lines is None:
            return self.tr("The station does not answer: this is the last picture")
        if lines.camera_id in self._state.lost_cameras:
            return self.tr("Camera {name} is not connected: this is the last picture").format(name=lines.camera_id)
        if self._web.watched != lines.camera_id:
            return self.tr("No live picture: the camera is not watched")
        return ""

    @Slot()
    def _on_roll_asked(self) -> None:
        roll = self._web.roll
        self._desk.ask(Asking.STOP_ROLL if roll is not None and roll.is_running else Asking.ROLL)

    @Slot()
    def _on_lost_seen(self) -> None:
        self._web = acknowledged(self._web)
        self._show()

    @Slot()
    def _on_advanced(self) -> None:
        """The wizard's button: the first step, the next one, or from the start again."""
        lines, step = self._web.lines, self._teaching.next_step
        if lines is None:
            return
        if step is None:
            self._discard()
            self._teaching = begun(lines.camera_id)
        elif self._teach(step):
            self._teaching = asked(self._teaching, step)
        self._show()

    @Slot()
    def _on_cancelled(self) -> None:
        self._discard()
        self._teaching = FlatTeaching()
        self._show()

    def _discard(self) -> None:
        if self._teaching.stage in (Stage.WHITE, Stage.RESULT) or self._teaching.waiting is not None:
            self._teach(FlatFieldStep.DISCARD)

    def _teach(self, step: FlatFieldStep) -> bool:
        return self._orders.send(TeachFlatField(self._teaching.camera_id, step, self._state.operator))
