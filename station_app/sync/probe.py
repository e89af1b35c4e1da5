"""What a store can do, tried out: a few small objects are written, read back where that is allowed, and taken away."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Protocol, TypeVar, runtime_checkable

from station_app.core.errors import RemoteError, RemoteRefusedError
from station_app.sync.remote import Put, Remote

T = TypeVar("T")

ROUNDS = 20


@runtime_checkable
class Dated(Protocol):
    """A store that tells when it got an object."""

    def written_s(self, key: str) -> float | None:
        """By the store's own clock, in seconds since 1970; None where there is no such object. RemoteError as usual."""
        ...


@dataclass(frozen=True, slots=True)
class Capabilities:
    """`is_create_only`: a second object of the same name is told as such; without it names with hashes do as well.
    `may_read`, `may_list`, `may_remove` are not needed; a key that may do none of it is the better one. `rate` are
    small objects a second, one after the other. `skew_s` is the store's clock against this computer's, None where the
    store does not tell; it is known to a second."""

    is_create_only: bool
    may_read: bool
    may_list: bool
    may_remove: bool
    write_ms: float
    rate: float
    skew_s: float | None


def probe(remote: Remote, prefix: str) -> Capabilities:
    """Try the store out below `prefix`. RemoteError where not even writing works, or what was read is not what was
    written."""
    keys = [f"{prefix}/probe/{uuid.uuid4().hex}" for _ in range(ROUNDS)]
    took_ms = [_timed(partial(remote.create, key, key.encode())) for key in keys]
    skew_s = _tried(partial(_skew_s, remote, keys[-1]))
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
        rate=1000 * ROUNDS / sum(took_ms),
        skew_s=skew_s,
    )


def _skew_s(remote: Remote, key: str) -> float | None:
    """Just after the object was written. Stores cut the fraction of a second off."""
    written_s = remote.written_s(key) if isinstance(remote, Dated) else None
    if written_s is None:
        return None
    ahead_s = written_s - time.time()
    return ahead_s if ahead_s > 0 else min(0.0, ahead_s + 1)


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
