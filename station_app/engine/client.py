"""The other end of the door, for any program that shows or steers the engine. Blocking; one reader, any senders."""

import contextlib
import threading
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import cast

from station_app.core import wire
from station_app.core.errors import LinkError
from station_app.core.messages import Command, Event
from station_app.engine.address import engine_address, read_key
from station_app.engine.preview import Preview, PreviewReader

__all__ = ["EngineClient", "Preview", "PreviewReader"]

_REMEDY = "start the station again; if the engine runs as a service, look at its state"


class EngineClient:
    """A connection to the engine of one data folder."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._connection: Connection | None = None
        self._sending = threading.Lock()

    def connect(self) -> None:
        """Connect once. Raises LinkError where no engine answers or the key is not its own."""
        address = engine_address(self._data_dir)
        try:
            self._connection = Client(address, authkey=read_key(self._data_dir))
        except AuthenticationError as error:
            raise LinkError(
                "the engine refused the key", where=address, remedy="use the engine's data folder"
            ) from error
        except (OSError, EOFError) as error:
            raise LinkError("no engine answers", where=address, remedy=_REMEDY) from error

    def send(self, command: Command) -> None:
        """Hand a command over. Raises LinkError where the engine has gone."""
        try:
            with self._sending:
                self._open_connection().send_bytes(wire.encode(command))
        except (OSError, ValueError) as error:
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
        if self._connection is not None:
            with contextlib.suppress(OSError):
                self._connection.close()
            self._connection = None

    def _open_connection(self) -> Connection:
        if self._connection is None:
            raise LinkError("not connected to the engine", where=str(self._data_dir), remedy=_REMEDY)
        return self._connection
