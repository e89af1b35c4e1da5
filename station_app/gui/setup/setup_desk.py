"""Joins the engine's events, the engineer's deeds and the set-up screen. Holds the state; owns no widget's inside.

Every change is asked for in the name of who is signed in; where nobody is, it waits for the name. GUI thread.
"""

from dataclasses import fields, replace
from typing import Any

from PySide6.QtCore import QObject, Qt, Slot

from station_app.core.messages import CameraChanged, Command, EngineState, Event, StateChanged, StationDescribed
from station_app.core.setup_messages import (
    AcceptSetup,
    CameraWatched,
    ReadFeatures,
    ReferenceSaved,
    SaveReference,
    TakeTestShot,
    WatchCamera,
    WriteFeature,
)
from station_app.gui.bridge import Batch, Bridge, Lost
from station_app.gui.desk import Desk
from station_app.gui.orders import Orders
from station_app.gui.rights import may_change_setup
from station_app.gui.screen_state import ScreenState
from station_app.gui.screens import ScreenName
from station_app.gui.setup.locks import why_locked
from station_app.gui.setup.reference_reader import ReferencePicture, ReferenceReader
from station_app.gui.setup.setup_screen import SetupScreen
from station_app.gui.setup.setup_state import SetupState, asking, choosing, cut_off, setup_after, writing

_TURNS = (StationDescribed, StateChanged, CameraChanged)
"""After these a camera may have to be watched, or can be read."""


class SetupDesk(QObject):
    """One engineer at the set-up screen. A camera is watched while the screen is open, and only then."""

    def __init__(self, screen: SetupScreen, bridge: Bridge, desk: Desk, reader: ReferenceReader) -> None:
        super().__init__(screen)
        self._screen, self._desk, self._reader = screen, desk, reader
        self._orders = Orders(bridge, desk.notify)
        self._state = SetupState()
        self._is_open = False
        self._asked_camera = self._read_camera = ""
        self._held: Command | None = None
        desk.batch_taken.connect(self._on_batch_taken)
        desk.rendered.connect(self._on_rendered)
        desk.cancelled.connect(self._on_cancelled)
        reader.picture_read.connect(self._on_picture_read, Qt.ConnectionType.QueuedConnection)
        self._connect_screen(screen)

    def _connect_screen(self, screen: SetupScreen) -> None:
        screen.cameras.chosen.connect(self.choose)
        screen.shoot_asked.connect(self.shoot)
        screen.live.live_asked.connect(self.look_live)
        screen.settings.written.connect(self.write)
        screen.features.written.connect(self.write)
        screen.reference.save_asked.connect(self.save_reference)
        screen.reference.accepted.connect(self.accept)
        for extra in screen.extras:
            extra.asked.connect(self.change)

    @property
    def state(self) -> SetupState:
        return self._state

    @Slot(object)
    def on_opened(self, name: ScreenName) -> None:
        """Another screen was opened, this one or not."""
        was_open, self._is_open = self._is_open, name is ScreenName.SETUP
        self._held = None
        if self._is_open:
            self._look_at_chosen()
        elif was_open:
            self._orders.send(WatchCamera(""))
            self._asked_camera = ""
            self._state = replace(self._state, shot=None)
        self._render()

    @Slot(str)
    def choose(self, camera_id: str) -> None:
        """Look at another camera."""
        if camera_id != self._state.chosen:
            self._held = None
            self._state = choosing(self._state, camera_id)
            self._look_at_chosen()
            self._render()

    @Slot()
    def shoot(self) -> None:
        self._state = replace(self._state, shot=None)
        self.change(TakeTestShot(self._state.chosen))

    @Slot()
    def look_live(self) -> None:
        """The test shot was looked at long enough."""
        self._state = replace(self._state, shot=None)
        self._render()

    @Slot(str, str)
    def write(self, name: str, value: str) -> None:
        self.change(WriteFeature(self._state.chosen, name, value))

    @Slot()
    def save_reference(self) -> None:
        self.change(SaveReference(self._state.chosen, ""))

    @Slot(str)
    def accept(self, reason: str) -> None:
        self.change(AcceptSetup("", reason))

    @Slot(object)
    def change(self, command: Command) -> None:
        """Send a command in the name of who is signed in, or ask who that is first."""
        operator = self._desk.state.operator
        if may_change_setup(self._desk.state.session, operator):
            self._send(_signed(command, operator))
        else:
            self._held = command
            self._desk.ask_operator()
        self._render()

    def _send(self, command: Command) -> None:
        if not self._orders.send(command):
            return
        if isinstance(command, WriteFeature):
            self._state = writing(self._state, command)
        else:
            self._state = asking(self._state, type(command).__name__)

    def _look_at_chosen(self) -> None:
        """Watch the chosen camera, and read its features as soon as the line rests: each once."""
        chosen, station = self._state.chosen, self._desk.state
        if not self._is_open or not station.is_connected or station.engine is EngineState.OFFLINE:
            return
        if chosen != self._asked_camera:
            self._asked_camera, self._read_camera = chosen, ""
            self._orders.send(WatchCamera(chosen))
        if chosen != self._read_camera and not why_locked(station, self._state):
            self._read_camera = chosen
            self._orders.send(ReadFeatures(chosen))

    @Slot(object)
    def _on_batch_taken(self, batch: Batch) -> None:
        for news in batch.news:
            if isinstance(news, Lost):
                self._state, self._asked_camera, self._held = cut_off(self._state), "", None
                continue
            self._state = setup_after(self._state, news)
            self._note(news)
            if self._is_open:
                for extra in self._screen.extras:
                    extra.show_event(news)
        if any(isinstance(news, _TURNS) for news in batch.news):
            self._look_at_chosen()
        self._render()
        if self._is_open and batch.watched is not None:
            self._screen.show_picture(batch.watched)

    def _note(self, news: Event) -> None:
        """What must be asked again, or read anew."""
        match news:
            case StateChanged(EngineState.OFFLINE):
                self._asked_camera, self._held = "", None
            case CameraWatched(camera_id):
                self._asked_camera = camera_id
            case CameraChanged(camera_id, False) if camera_id == self._read_camera:
                self._read_camera = ""  # it is read again when it is back: it may have been switched off
            case ReferenceSaved(camera_id, picture) if camera_id == self._state.chosen:
                self._reader.wish(picture, is_new=True)
            case _:
                pass

    @Slot(object)
    def _on_rendered(self, state: ScreenState) -> None:
        held = self._held
        if held is not None and may_change_setup(state.session, state.operator):
            self._held = None
            self.change(held)
        else:
            self._render()

    @Slot()
    def _on_cancelled(self) -> None:
        """Nobody wanted to be named: what waited for a name is not done."""
        self._held = None

    def _render(self) -> None:
        if not self._is_open:
            return
        self._screen.show_state(self._desk.state, self._state)
        path = self._state.reference(self._state.chosen)
        self._reader.wish(path)
        if not path:
            self._screen.show_reference(None)

    @Slot(str, object)
    def _on_picture_read(self, path: str, reference: ReferencePicture | None) -> None:
        if path == self._state.reference(self._state.chosen):
            self._screen.show_reference(reference)


def _signed(command: Command, operator: str) -> Command:
    """The same command in the operator's name, where it has room for one."""
    names: Any = command
    has_room = "operator" in {field.name for field in fields(names)}
    return replace(names, operator=operator) if has_room else command
