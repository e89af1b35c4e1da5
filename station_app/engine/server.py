"""The engine's door: commands in, events out, over an authenticated local connection.

One thread opens the door and does nothing else; whoever stands there is asked for the key on a thread of its own, so
that one who says nothing keeps nobody out. When the client that watches a camera has gone, nobody watches it any more.
"""

import contextlib
import logging
import os
import sys
import threading
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Client, Connection, Listener

from station_app.core import wire
from station_app.core.errors import LinkError
from station_app.core.messages import Command, Event
from station_app.core.setup_messages import WatchCamera
from station_app.engine.greeting import greet_client, hang_up
from station_app.engine.served_client import EVENTS_HELD, ServedClient

log = logging.getLogger(__name__)

GREETING_S = 2.0
_BACKLOG = 16
_END_S = 2.0


class EngineServer:
    """Accepts clients until closed. `welcome` gives the events that a new client needs first."""

    def __init__(
        self,
        address: str,
        key: bytes,
        on_command: Callable[[Command], None],
        welcome: Callable[[], tuple[Event, ...]],
        *,
        greeting_s: float = GREETING_S,
        events_held: int = EVENTS_HELD,
    ) -> None:
        """LinkError where the address cannot be listened at."""
        self._key = key
        self._on_command = on_command
        self._welcome = welcome
        self._greeting_s = greeting_s
        self._events_held = events_held
        self._strangers: set[Connection] = set()
        self._clients: dict[ServedClient, threading.Thread] = {}
        self._lock = threading.Lock()
        self._watcher: Connection | None = None
        self._is_closing = threading.Event()
        self._address = address
        self._listener = _listen(address)
        self._thread = threading.Thread(target=self._accept, name="server", daemon=True)
        self._thread.start()

    def publish(self, event: Event) -> None:
        """Send to every client that is there now; never waits."""
        with self._lock:
            clients = tuple(self._clients)
        if clients:
            body = wire.encode(event)
            for client in clients:
                client.outgoing.put(body)

    def close(self) -> None:
        """Send what is still due, for at most a second, let go of all clients and of the address."""
        self._is_closing.set()
        self._wake()
        self._thread.join(_END_S)
        with self._lock:
            strangers, clients = tuple(self._strangers), dict(self._clients)
        for stranger in strangers:
            hang_up(stranger)
        for client in clients:
            client.say_goodbye()
        for thread in clients.values():
            thread.join(_END_S)
        with contextlib.suppress(FileNotFoundError):
            self._listener.close()
        _remove_stale_socket(self._address)

    def _wake(self) -> None:
        """A thread that waits at the door hears nothing but a knock."""
        with contextlib.suppress(OSError, EOFError):
            Client(self._address).close()

    def _accept(self) -> None:
        while not self._is_closing.is_set():
            try:
                connection = self._listener.accept()
            except (OSError, EOFError) as error:
                log.warning("nobody could be let in: %s", error)
                self._is_closing.wait(0.1)
                continue
            if self._is_closing.is_set():
                connection.close()
                return
            threading.Thread(target=self._greet, args=(connection,), name="server-read", daemon=True).start()

    def _greet(self, connection: Connection) -> None:
        with self._lock:
            self._strangers.add(connection)
        try:
            greet_client(connection, self._key, self._greeting_s)
        except LinkError as error:
            if not self._is_closing.is_set():
                log.warning("a client was turned away: %s", error)
            connection.close()
            return
        finally:
            with self._lock:
                self._strangers.discard(connection)
        self._serve(connection)

    def _serve(self, connection: Connection) -> None:
        client = ServedClient(connection, partial(self._obey, connection), self._welcome, self._events_held)
        with self._lock:
            self._clients[client] = threading.current_thread()
        try:
            if not self._is_closing.is_set():
                client.serve()
        finally:
            with self._lock:
                del self._clients[client]
            connection.close()
            self._end_watching(connection)

    def _obey(self, connection: Connection, command: Command) -> None:
        if isinstance(command, WatchCamera):
            with self._lock:
                self._watcher = connection if command.camera_id else None
        self._on_command(command)

    def _end_watching(self, connection: Connection) -> None:
        """A screen that dies must not leave a camera exposing for nobody."""
        with self._lock:
            was_watching = self._watcher is connection
            if was_watching:
                self._watcher = None
        if was_watching and not self._is_closing.is_set():
            self._on_command(WatchCamera(""))


def _listen(address: str) -> Listener:
    try:
        _remove_stale_socket(address)
        listener = Listener(address, backlog=_BACKLOG)
        if sys.platform != "win32":
            os.chmod(address, 0o600)
    except OSError as error:
        remedy = "give this user the right to write there, or choose another folder with --data-dir"
        raise LinkError(f"no screen could reach the engine: {error.strerror}", where=address, remedy=remedy) from error
    return listener


def _remove_stale_socket(address: str) -> None:
    if sys.platform != "win32":
        with contextlib.suppress(FileNotFoundError):
            os.unlink(address)
