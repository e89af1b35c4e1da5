"""How the two ends of a connection prove to each other that they know the engine's key, and how one ends it.

The library's own listener and client do this without a time limit, the listener even while it lets nobody else in.
"""

import contextlib
import os
import socket
import sys
import threading
from collections.abc import Callable
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, answer_challenge, deliver_challenge

from station_app.core.errors import LinkError


def greet_client(connection: Connection, key: bytes, timeout_s: float) -> None:
    """The engine's side. LinkError where the other end does not know the key, or says nothing in time."""
    _greet((deliver_challenge, answer_challenge), connection, key, timeout_s)


def greet_engine(connection: Connection, key: bytes, timeout_s: float) -> None:
    """The client's side. LinkError where the other end does not know the key, or says nothing in time."""
    _greet((answer_challenge, deliver_challenge), connection, key, timeout_s)


def hang_up(connection: Connection) -> None:
    """End the conversation for both ends, and for a thread that waits in it: closing alone would wake nobody."""
    if sys.platform == "win32":
        connection.close()
        return
    with contextlib.suppress(OSError), socket.socket(fileno=os.dup(connection.fileno())) as twin:
        twin.shutdown(socket.SHUT_RDWR)


def _greet(
    steps: tuple[Callable[[Connection, bytes], None], ...], connection: Connection, key: bytes, timeout_s: float
) -> None:
    patience = threading.Timer(timeout_s, hang_up, (connection,))
    patience.daemon = True
    patience.start()
    try:
        for step in steps:
            step(connection, key)
    except AuthenticationError as error:
        raise LinkError("the key is not the engine's", remedy="use the engine's data folder") from error
    # Bytes that are no challenge at all end in an assertion of the library.
    except (OSError, EOFError, AssertionError) as error:
        raise LinkError("the other end said nothing that could be understood", remedy="start it again") from error
    finally:
        patience.cancel()
