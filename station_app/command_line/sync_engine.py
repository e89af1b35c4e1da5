"""What a running engine says of the records on their way out."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from station_app.command_line.engine_process import engine_answers
from station_app.core.errors import LinkError, NotAllowedError
from station_app.core.messages import CommandRefused
from station_app.core.sync_messages import SyncNow, SyncReported, SyncState
from station_app.engine.client import EngineClient

WELCOME_S = 5.0
LISTEN_S = 20.0
_RECEIVE_S = 0.2


def reported(data_dir: Path) -> SyncReported | None:
    """How it stands now; None where no engine of this data folder answers."""
    if not engine_answers(data_dir):
        return None
    with _connected(data_dir) as client:
        return _welcomed(client)


def asked(data_dir: Path) -> SyncReported:
    """Have the engine try now, and listen what comes of it. LinkError where none answers, NotAllowedError where the
    engine does not do it for whoever is signed in."""
    with _connected(data_dir) as client:
        told = _welcomed(client)
        if told.state is SyncState.OFF:
            return told
        client.send(SyncNow())
        until = time.monotonic() + LISTEN_S
        has_moved = False
        while time.monotonic() < until:
            event = client.receive(_RECEIVE_S)
            if isinstance(event, CommandRefused) and event.command == SyncNow.__name__:
                raise NotAllowedError(event.what, remedy=event.remedy)
            if isinstance(event, SyncReported):
                told, has_moved = event, True
            if has_moved and told.state is not SyncState.SENDING:
                break
        return told


def _welcomed(client: EngineClient) -> SyncReported:
    until = time.monotonic() + WELCOME_S
    while time.monotonic() < until:
        event = client.receive(_RECEIVE_S)
        if isinstance(event, SyncReported):
            return event
    raise LinkError("the engine does not say how sync stands", remedy="start the station again")


@contextmanager
def _connected(data_dir: Path) -> Iterator[EngineClient]:
    client = EngineClient(data_dir)
    client.connect()
    try:
        yield client
    finally:
        client.close()
