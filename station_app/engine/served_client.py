"""One program that the engine has let in: its commands are read on one thread, carried out one after the other on a
second, its events written on a third.

Nothing that the program asked for before may hold up a stop of the line: a package that is proved, a disk that does not
answer. A `Pause` that does not come to its turn at once is carried out out of turn, and once more in its place, since a
`Start` may wait before it.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import get_args

from station_app.core import wire
from station_app.core.errors import LinkError
from station_app.core.messages import Command, Event, Pause
from station_app.engine.bounded_queue import BoundedQueue, Policy
from station_app.engine.greeting import hang_up

log = logging.getLogger(__name__)

EVENTS_HELD = 2000
"""Events kept for a client that does not read; then the oldest go. At 100 parts/s this is 20 s of a frozen screen."""
COMMANDS_HELD = 1000
"""Commands that may wait for the one that is carried out; then no more are read."""
OVERTAKE_S = 0.2
"""How long a `Pause` waits for its turn."""
COMMAND_BYTES = 1 << 20
_GOODBYE_S = 1.0
_COMMANDS = get_args(Command)


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    """A command in its place, and whether it is being carried out."""

    command: Command
    has_begun: threading.Event = field(default_factory=threading.Event)


class ServedClient:
    """`on_command` is called on two threads. `welcome` gives the events that go out before all that is published.
    `serve` runs on the reading thread, which alone closes the connection: a number that is closed under a waiting
    thread may soon belong to another file."""

    def __init__(
        self,
        connection: Connection,
        on_command: Callable[[Command], None],
        welcome: Callable[[], tuple[Event, ...]],
        events_held: int = EVENTS_HELD,
    ) -> None:
        self.outgoing: BoundedQueue[bytes] = BoundedQueue("events", events_held, Policy.DROP_OLDEST)
        self._connection = connection
        self._on_command = on_command
        self._welcome = welcome
        self._incoming: BoundedQueue[_Waiting] = BoundedQueue("commands", COMMANDS_HELD, Policy.BLOCK)
        self._writer = threading.Thread(target=self._write, name="server-write", daemon=True)
        self._worker = threading.Thread(target=self._work, name="server-obey", daemon=True)

    def serve(self) -> None:
        """Until the client goes, or `hang_up` is called."""
        self._writer.start()
        self._worker.start()
        try:
            while True:
                self._take(self._connection.recv_bytes(COMMAND_BYTES))
        except (EOFError, OSError):
            log.info("a client has gone")
        finally:
            self._incoming.close()
            self.outgoing.close()
            hang_up(self._connection)
            self._writer.join()
            self._worker.join()  # what it had asked for before it went is still done
            self._connection.close()

    def say_goodbye(self) -> None:
        """Send what is still due, for at most a second, and end. `serve` returns soon after."""
        self.outgoing.close()
        if self._writer.ident is not None:
            self._writer.join(_GOODBYE_S)
        hang_up(self._connection)

    def _take(self, body: bytes) -> None:
        try:
            command = wire.decode(body)
            if not isinstance(command, _COMMANDS):
                raise LinkError(f"{type(command).__name__} is no command")
        except LinkError as error:
            log.warning("%s", error)
            return
        waiting = _Waiting(command)
        self._incoming.put(waiting)
        if isinstance(command, Pause) and not waiting.has_begun.wait(OVERTAKE_S):
            self._on_command(command)

    def _work(self) -> None:
        while (waiting := self._incoming.get()) is not None:
            waiting.has_begun.set()
            self._on_command(waiting.command)

    def _write(self) -> None:
        try:
            for event in self._welcome():
                self._connection.send_bytes(wire.encode(event))
            while (body := self.outgoing.get()) is not None:
                self._connection.send_bytes(body)
        except OSError:
            self.outgoing.close()  # what it had asked for before it went is still read
        except ValueError:
            log.exception("a bug: an event that cannot be sent")
            hang_up(self._connection)
