"""The engine's door: commands in, events out, over an authenticated local connection. Two threads per client."""

import contextlib
import logging
import os
import sys
import threading
from collections.abc import Callable
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, Listener

from station_app.core import wire
from station_app.core.errors import LinkError
from station_app.core.messages import Command, Event
from station_app.engine.bounded_queue import BoundedQueue, Policy

log = logging.getLogger(__name__)

EVENTS_HELD = 2000
"""Events kept for a client that does not read; then the oldest go. At 100 parts/s this is 20 s of a frozen screen."""


class EngineServer:
    """Accepts clients until closed. `welcome` gives the events that a new client needs first."""

    def __init__(
        self,
        address: str,
        key: bytes,
        on_command: Callable[[Command], None],
        welcome: Callable[[], tuple[Event, ...]],
    ) -> None:
        self._on_command = on_command
        self._welcome = welcome
        self._clients: list[_Client] = []
        self._lock = threading.Lock()
        self._is_closing = False
        self._address = address
        _remove_stale_socket(address)
        self._listener = Listener(address, authkey=key)
        if sys.platform != "win32":
            os.chmod(address, 0o600)
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
        """Send what is still due, for at most a second, and let go of all clients."""
        self._is_closing = True
        with self._lock:
            clients = tuple(self._clients)
        for client in clients:
            client.outgoing.wait_empty(1.0)
            client.close()
        # A listener that waits in accept() is woken only by one more client; the thread is a daemon either way.
        self._listener.close()
        _remove_stale_socket(self._address)

    def _accept(self) -> None:
        while not self._is_closing:
            try:
                connection = self._listener.accept()
            except AuthenticationError:
                log.warning("a client with a wrong key was turned away")
            except (OSError, EOFError):
                if not self._is_closing:
                    log.info("a client left before it was let in")
            else:
                self._admit(connection)

    def _admit(self, connection: Connection) -> None:
        client = _Client(connection, self._on_command, self._forget)
        with self._lock:
            for event in self._welcome():
                client.outgoing.put(wire.encode(event))
            self._clients.append(client)
        client.start()

    def _forget(self, client: "_Client") -> None:
        with self._lock:
            if client in self._clients:
                self._clients.remove(client)


class _Client:
    """One connected program."""

    def __init__(
        self, connection: Connection, on_command: Callable[[Command], None], on_gone: Callable[["_Client"], None]
    ) -> None:
        self.outgoing: BoundedQueue[bytes] = BoundedQueue("events", EVENTS_HELD, Policy.DROP_OLDEST)
        self._connection = connection
        self._on_command = on_command
        self._on_gone = on_gone

    def start(self) -> None:
        threading.Thread(target=self._read, name="server-read", daemon=True).start()
        threading.Thread(target=self._write, name="server-write", daemon=True).start()

    def close(self) -> None:
        self.outgoing.close()
        with contextlib.suppress(OSError):
            self._connection.close()

    def _read(self) -> None:
        try:
            while True:
                self._obey(self._connection.recv_bytes())
        except (EOFError, OSError):
            self._on_gone(self)
            self.close()

    def _obey(self, body: bytes) -> None:
        try:
            self._on_command(wire.decode(body))
        except LinkError as error:
            log.warning("%s", error)

    def _write(self) -> None:
        while (body := self.outgoing.get()) is not None:
            try:
                self._connection.send_bytes(body)
            except (OSError, ValueError):
                self._on_gone(self)
                return


def _remove_stale_socket(address: str) -> None:
    if sys.platform != "win32":
        with contextlib.suppress(FileNotFoundError):
            os.unlink(address)
