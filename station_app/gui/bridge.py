"""The whole boundary between the engine and Qt: one thread that receives, one that sends, one signal that says "take".

Events are handed over at the screen's rate at most: what came in between is one batch. When the engine goes, the
bridge says so and attaches again by itself.
"""

import contextlib
import logging
import queue
import threading
import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from station_app.core.errors import EngineFailedError, LinkError
from station_app.core.messages import (
    AlarmCleared,
    AlarmRaised,
    Command,
    Event,
    HealthReported,
    PartInspected,
    StateChanged,
    StationDescribed,
)
from station_app.core.people_messages import PeopleListed, SessionChanged
from station_app.core.serial_messages import SerialWaiting
from station_app.core.setup_messages import CameraMeasured, CameraWatched
from station_app.core.web_messages import LinesReported
from station_app.gui.link import EngineLink, LinkFactory, PreviewImage
from station_app.gui.opened_preview import OpenedPreview
from station_app.gui.screen_state import STRIP_LENGTH

SILENCE_S = 1.5
"""The engine reports once a second; half a second more is a hung engine and not a late report."""
FRAME_S = 1 / 15
"""No faster than the eye needs; the cores belong to the engine."""
_RETRY_S = 0.3
_WAKE_S = 0.2
_STOP_S = 2.0
_BACKLOG_LIMIT = 256
_OUTBOUND_LIMIT = 32
_LINE_CAMERAS = 8
"""Each reports once a second: the newest report of every one is among the last so many."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lost:
    """The engine has gone or is silent; what follows in the batch came after it was found again.

    `reason` is the engine's own sentence where it cannot run at all.
    """

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """What arrived since the last batch, in order, and the newest picture where there is a new one: of the parts, and
    of the camera that is watched."""

    news: tuple[Event | Lost, ...]
    preview: PreviewImage | None
    watched: PreviewImage | None = None


class Bridge(QObject):
    """Owns the link. `ready` is emitted on the bridge's thread: connect it queued and call `take`."""

    ready = Signal()

    def __init__(self, link_factory: LinkFactory, silence_s: float = SILENCE_S) -> None:
        super().__init__()
        self._link_factory = link_factory
        self._silence_s = silence_s
        self._lock = threading.Lock()
        self._news: list[Event | Lost] = []
        self._preview: PreviewImage | None = None
        self._watched: PreviewImage | None = None
        self._is_announced = False
        self._stop = threading.Event()
        self._outbound: queue.Queue[tuple[EngineLink, Command] | None] = queue.Queue(_OUTBOUND_LIMIT)
        self._link: EngineLink | None = None
        self._receiver = threading.Thread(target=self._receive_forever, name="gui-receive", daemon=True)
        self._sender = threading.Thread(target=self._send_forever, name="gui-send", daemon=True)

    def start(self) -> None:
        self._receiver.start()
        self._sender.start()

    def stop(self) -> None:
        """Ends both threads; a send that hangs in a dead engine is left to end with the process."""
        self._stop.set()
        self._receiver.join()
        until = time.monotonic() + _STOP_S
        while self._sender.is_alive() and time.monotonic() < until:
            with contextlib.suppress(queue.Full):
                self._outbound.put_nowait(None)
            self._sender.join(0.05)

    def send(self, command: Command) -> bool:
        """Hand a command to the sending thread. False where there is no engine or it takes no more."""
        link = self._link
        if link is None:
            return False
        try:
            self._outbound.put_nowait((link, command))
        except queue.Full:
            return False
        return True

    @property
    def outbound_is_empty(self) -> bool:
        """Whether every command has been handed to the link."""
        return self._outbound.unfinished_tasks == 0

    def take(self) -> Batch:
        """Everything since the last call."""
        with self._lock:
            batch = Batch(tuple(self._news), self._preview, self._watched)
            self._news, self._preview, self._watched, self._is_announced = [], None, None, False
        return batch

    def _receive_forever(self) -> None:
        while not self._stop.is_set():
            link, reason = self._link_factory(), ""
            try:
                link.connect()
                self._serve(link)
            except EngineFailedError as error:
                reason = str(error)
            except LinkError as error:
                _log.debug("no engine: %s", error)
            finally:
                self._link = None
                link.close()
            if not self._stop.is_set():
                self._hand_over([Lost(reason)])
                self._stop.wait(_RETRY_S)

    def _serve(self, link: EngineLink) -> None:
        self._link = link
        session = _Session(link)
        try:
            while not self._stop.is_set():
                news = session.gather(self._silence_s)
                if news:
                    self._hand_over(news, session.parts.newest(), session.watched.newest())
        finally:
            session.close()

    def _hand_over(
        self, news: list[Event | Lost], preview: PreviewImage | None = None, watched: PreviewImage | None = None
    ) -> None:
        with self._lock:
            self._news = compacted([*self._news, *news])
            self._preview = preview or self._preview
            self._watched = watched or self._watched
            is_due, self._is_announced = not self._is_announced, True
        if is_due:
            self.ready.emit()

    def _send_forever(self) -> None:
        while (entry := self._outbound.get()) is not None:
            self._send_one(*entry)
            self._outbound.task_done()

    def _send_one(self, link: EngineLink, command: Command) -> None:
        """A command that was meant for a connection that has ended is not sent on the next one."""
        if link is not self._link:
            return
        try:
            link.send(command)
        except LinkError as error:
            _log.warning("%s was not sent: %s", type(command).__name__, error)
            self._hand_over([Lost()])


class _Session:
    """One connection's time: gathers events for one frame of the screen, opens the previews that they name, and knows
    silence from idleness."""

    def __init__(self, link: EngineLink) -> None:
        self._link = link
        self.parts, self.watched = OpenedPreview(link), OpenedPreview(link)
        self._heard_at = time.monotonic()
        self._handed_at = 0.0
        self._is_silent = False
        self._standing: dict[str, Event] = {}

    def gather(self, silence_s: float) -> list[Event | Lost]:
        """Blocks for the first event and takes what else is due in this frame. Lost() once after a silence."""
        first = self._link.receive(_WAKE_S)
        if first is None:
            is_overdue = time.monotonic() - self._heard_at > silence_s and not self._is_silent
            self._is_silent = self._is_silent or is_overdue
            return [Lost()] if is_overdue else []
        news: list[Event | Lost] = [first]
        try:
            self._gather_until(self._handed_at + FRAME_S, news)
        except LinkError:
            _log.debug("lost while gathering")  # what was heard counts; the next receive raises again
        self._handed_at = time.monotonic()
        return self._heard(news)

    def _gather_until(self, until: float, news: list[Event | Lost]) -> None:
        """What comes before `until`, and at least what has come already; after a pause the first event goes at once."""
        while len(news) < _BACKLOG_LIMIT:
            left_s = until - time.monotonic()
            event = self._link.receive(max(0.0, left_s))
            if event is not None:
                news.append(event)
            elif left_s <= 0:
                return

    def close(self) -> None:
        self.parts.close()
        self.watched.close()

    def _heard(self, news: list[Event | Lost]) -> list[Event | Lost]:
        self._heard_at = time.monotonic()
        told_before = tuple(self._standing.values())
        for event in news:
            self._note_standing(event)
            if isinstance(event, StationDescribed):
                self._describe(event)
            elif isinstance(event, CameraWatched):
                self.watched.try_open(event.preview)
        if self._is_silent:
            news = [*told_before, *news]
        self._is_silent = False
        return news

    def _note_standing(self, event: Event | Lost) -> None:
        """What holds until something else is told: after a silence the screen must hear all of it again."""
        match event:
            case StationDescribed() | StateChanged() | SerialWaiting() | SessionChanged() | PeopleListed():
                self._standing[type(event).__name__] = event
            case AlarmRaised(code):
                self._standing[f"alarm {code}"] = event
            case AlarmCleared(code):
                self._standing.pop(f"alarm {code}", None)

    def _describe(self, event: StationDescribed) -> None:
        """A new recipe makes a new preview under the old name, so it is opened again each time."""
        self.parts.open(event.preview)


def compacted(news: list[Event | Lost]) -> list[Event | Lost]:
    """A bounded backlog: of parts only those that the strip can show, of health reports and of a
    camera's measures the newest."""
    if len(news) <= _BACKLOG_LIMIT:
        return news
    parts = [i for i, event in enumerate(news) if isinstance(event, PartInspected)]
    health = [i for i, event in enumerate(news) if isinstance(event, HealthReported)]
    measured = [i for i, event in enumerate(news) if isinstance(event, CameraMeasured)]
    lines = [i for i, event in enumerate(news) if isinstance(event, LinesReported)]
    stale = {*parts[:-STRIP_LENGTH], *health[:-1], *measured[:-1], *lines[:-_LINE_CAMERAS]}
    return [event for i, event in enumerate(news) if i not in stale]
