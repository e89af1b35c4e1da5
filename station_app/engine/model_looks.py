"""Looks at the model channel beside the line, now and then and when a person asks, and does what else may wait."""

import queue
import time
from collections.abc import Callable

from station_app.core.errors import StationError, StorageError
from station_app.core.messages import CommandRefused, Priority
from station_app.core.model_messages import FetchModels
from station_app.core.recipe import Recipe
from station_app.engine.books import Books
from station_app.engine.head_signing import NICENESS
from station_app.engine.model_room import ModelRoom
from station_app.engine.worker import IDLE_S, Worker

ALARM = "model_channel"
FIRST_LOOK_S = 10.0
"""After the engine's start: the line comes first."""

Active = Callable[[], tuple[tuple[str, Recipe], ...]]


class ModelLooks:
    """`active` gives the recipes that offers are looked for, each with its name. `on_looked` is called after each
    look, in its thread."""

    def __init__(self, room: ModelRoom, active: Active, books: Books, on_looked: Callable[[], None]) -> None:
        self._room, self._active, self._books, self._on_looked = room, active, books, on_looked
        self._asked: queue.Queue[tuple[str, str]] = queue.Queue()
        self._jobs: queue.Queue[Callable[[], None]] = queue.Queue()
        self._due_s = time.monotonic() + FIRST_LOOK_S

    def workers(self) -> tuple[Worker, ...]:
        """Not yet started."""
        return (
            Worker("model-channel", self._look_step, self._books.note_bug, niceness=NICENESS),
            Worker("model-desk", self._job_step, self._books.note_bug, niceness=NICENESS),
        )

    def ask(self, folder: str, person: str) -> None:
        """Look as soon as the look under way is over."""
        self._asked.put((folder, person))

    def do(self, job: Callable[[], None]) -> None:
        """Do this on the desk's own thread, again and again where the disk does not answer."""
        self._jobs.put(job)

    def look(self, folder: str = "", person: str = "") -> None:
        """Look now. What is wrong with the channel is an alarm, and for who asked the answer."""
        try:
            look = self._room.look([recipe for _, recipe in self._active()], folder, person)
        except StationError as error:
            self._books.alarms.raise_error(ALARM, error, Priority.LOW)
            if person:
                self._books.publish(CommandRefused(FetchModels.__name__, error.what, error.remedy))
        else:
            self._tell(look.faults, look.where)
        self._on_looked()

    def _tell(self, faults: tuple[str, ...], where: str) -> None:
        if not faults:
            self._books.alarms.clear(ALARM)
            return
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        remedy = "find out who writes into the channel"
        self._books.alarms.raise_alarm(ALARM, f"{faults[0]}{more}", where=where, remedy=remedy, priority=Priority.LOW)

    def _look_step(self) -> None:
        try:
            self.look(*self._asked.get(timeout=IDLE_S))
            return
        except queue.Empty:
            pass
        if self._room.has_channel and time.monotonic() >= self._due_s:
            self._due_s = time.monotonic() + self._room.look_every_s
            self.look()

    def _job_step(self) -> None:
        try:
            job = self._jobs.get(timeout=IDLE_S)
        except queue.Empty:
            return
        try:
            job()
        except StorageError as error:  # what the line has done must be in the records before it is loaded anew
            self._books.alarms.raise_error("storage", error)
            self._jobs.put(job)
            time.sleep(IDLE_S)
