"""A server to knock at, and guests who do."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from multiprocessing.connection import Client, Connection
from pathlib import Path
from queue import SimpleQueue

from station_app.core.messages import (
    AlarmCleared,
    Command,
    EngineState,
    Event,
    StateChanged,
)
from station_app.engine.address import engine_address, read_key
from station_app.engine.client import EngineClient
from station_app.engine.greeting import greet_engine
from station_app.engine.server import EngineServer
from tests.engine.fakes import PATIENCE_S

WELCOME: tuple[Event, ...] = (StateChanged(EngineState.READY), AlarmCleared("welcome"))


class Door:
    """A server and what comes through it."""

    def __init__(self, folder: Path, **settings: float) -> None:
        self.folder = folder
        self.commands: SimpleQueue[Command] = SimpleQueue()
        self.on_command: Callable[[Command], None] = self.commands.put
        address, key = engine_address(folder), read_key(folder)
        self.server = EngineServer(address, key, self._obey, lambda: WELCOME, **settings)  # type: ignore[arg-type]

    def next_command(self) -> Command:
        return self.commands.get(timeout=PATIENCE_S)

    def _obey(self, command: Command) -> None:
        self.on_command(command)


class Guests:
    """Connects clients, and sees them off in the end."""

    def __init__(self, folder: Path, opened: ExitStack) -> None:
        self._folder = folder
        self._opened = opened

    def client(self) -> EngineClient:
        """One that has been welcomed."""
        client = EngineClient(self._folder)
        self._opened.callback(client.close)
        client.connect()
        assert (hear(client), hear(client)) == WELCOME
        return client

    def stranger(self) -> socket.socket:
        """One that has connected and said nothing."""
        made = socket.socket(socket.AF_UNIX)
        self._opened.callback(made.close)
        made.settimeout(PATIENCE_S)
        made.connect(engine_address(self._folder))
        return made

    def raw(self) -> Connection:
        """One with the key that then may send any bytes."""
        connection = Client(engine_address(self._folder))
        self._opened.callback(connection.close)
        greet_engine(connection, read_key(self._folder), PATIENCE_S)
        return connection


def hear(client: EngineClient) -> Event:
    event = client.receive(PATIENCE_S)
    assert event is not None
    return event


def wait_seen_off(stranger: socket.socket) -> None:
    """Until the door is shut; the time-out of the socket fails the test."""
    with contextlib.suppress(ConnectionResetError):
        while stranger.recv(100):
            pass


def wait_no_thread() -> None:
    """Until the server has none left: whoever was hung up on ends a moment later."""
    until = time.monotonic() + PATIENCE_S
    while left := [thread.name for thread in threading.enumerate() if thread.name.startswith("server")]:
        assert time.monotonic() < until, left
        time.sleep(0.01)
