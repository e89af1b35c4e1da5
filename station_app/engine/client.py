"""The other end of the door, for any program that shows or steers the engine. Blocking; one reader, any senders."""

import threading
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import cast

from station_app.core import wire
from station_app.core.errors import LinkError
from station_app.core.messages import Command, Event
from station_app.engine.address import engine_address, find_key
from station_app.engine.greeting import greet_engine, hang_up
from station_app.engine.preview import Preview, PreviewReader

__all__ = ["EngineClient", "Preview", "PreviewReader"]

GREETING_S = 5.0
_REMEDY = "start the station again; if the engine runs as a service, look at its state"


class EngineClient:
    """A connection to the engine of one data folder."""

    def __init__(self, data_dir: Path, greeting_s: float = GREETING_S) -> None:
        self._data_dir = data_dir
        self._greeting_s = greeting_s
        self._connection: Connection | None = None
        self._sending = threading.Lock()

    def connect(self) -> None:
        """Connect once. Raises LinkError where no engine answers in time or the key is not its own."""
        address = engine_address(self._data_dir)
        key = find_key(self._data_dir)
        try:
            connection = Client(address)
        except (OSError, EOFError) as error:
            raise LinkError("no engine answers", where=address, remedy=_REMEDY) from error
        try:
            greet_engine(connection, key, self._greeting_s)
        except LinkError as error:
            connection.close()
            raise LinkError(f"the engine does not let us in: {error.what}", where=address, remedy=_REMEDY) from error
        self._connection = connection

    def send(self, command: Command) -> None:
        """Hand a command over. Raises LinkError where the engine has gone."""
        try:
            with self._sending:
                self._open_connection().send_bytes(wire.encode(command))
        except (OSError, TypeError, ValueError) as error:
            raise LinkError("the engine has gone", where=str(self._data_dir), remedy=_REMEDY) from error

    def receive(self, timeout_s: float) -> Event | None:
        """The next event, or None at the time-out. Raises LinkError where the engine has gone."""
        connection = self._open_connection()
        try:
            if not connection.poll(timeout_s):
                return None
            return cast(Event, wire.decode(connection.recv_bytes()))
        except (OSError, EOFError, TypeError) as error:
            raise LinkError("the engine has gone", where=str(self._data_dir), remedy=_REMEDY) from error

    def open_preview(self, name: str) -> PreviewReader:
        """The preview that the engine named in `StationDescribed`."""
        return PreviewReader(name)

    def close(self) -> None:
        """Also ends a `receive` that waits on another thread."""
        connection, self._connection = self._connection, None
        if connection is not None:
            hang_up(connection)
            connection.close()

    def _open_connection(self) -> Connection:
        if self._connection is None:
            raise LinkError("not connected to the engine", where=str(self._data_dir), remedy=_REMEDY)
        return self._connection
