"""What a store can do, tried out: a few small objects are written, read back where that is allowed, and taken away."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import TypeVar

from station_app.core.errors import RemoteError, RemoteRefusedError
from station_app.sync.remote import Put, Remote

T = TypeVar("T")

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Capabilities:
    """`is_create_only`: a second object of the same name is told as such; without it names with hashes do as well.
    `may_read`, `may_list`, `may_remove` are not needed; a key that may do none of it is the better one."""

    is_create_only: bool
    may_read: bool
    may_list: bool
    may_remove: bool
    write_ms: float


def probe(remote: Remote, prefix: str) -> Capabilities:
    """Try the store out below `prefix`. RemoteError where not even writing works, or what was read is not what was
    written."""
    keys = [f"{prefix}/probe/{uuid.uuid4().hex}" for _ in range(ROUNDS)]
    took_ms = [_timed(partial(remote.create, key, key.encode())) for key in keys]
    again = remote.create(keys[0], keys[0].encode())
    read = _tried(lambda: remote.read(keys[0]))
    if read is not None and read != keys[0].encode():
        raise RemoteError("the store gives back something else", where=remote.where, remedy="ask who runs it")
    listed = _tried(lambda: remote.names(f"{prefix}/probe/"))
    removed = [_tried(partial(_remove, remote, key)) for key in keys]
    return Capabilities(
        is_create_only=again is Put.EXISTED,
        may_read=read is not None,
        may_list=listed is not None and keys[0] in listed,
        may_remove=None not in removed,
        write_ms=median(took_ms),
    )


def _remove(remote: Remote, key: str) -> bool:
    remote.remove(key)
    return True


def _timed(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def _tried(call: Callable[[], T]) -> T | None:
    """None where this station may not."""
    try:
        return call()
    except RemoteRefusedError:
        return None
