"""What the station needs of a store that collects records: objects are created once, and never changed.

Every name carries the hash of its content, so that "it is there already" means "the same is there already": a station
needs no right to read, and a store that does not know create-only writes does no harm.
"""

import re
from enum import StrEnum
from typing import Protocol

from station_app.core.errors import ConfigError, RemoteRefusedError

LONGEST_KEY = 512
_KEY = re.compile(r"[A-Za-z0-9=_-][A-Za-z0-9=._-]*(/[A-Za-z0-9=_-][A-Za-z0-9=._-]*)*")


class Put(StrEnum):
    """What became of an object that was to be created."""

    CREATED = "created"
    EXISTED = "existed"


class ObjectRefusedError(RemoteRefusedError):
    """The store refuses this one object, and may take others."""


class Remote(Protocol):
    """Any thread, one call at a time. RemoteError where trying again later may help, RemoteRefusedError where not."""

    @property
    def where(self) -> str:
        """How people call it; never with a secret in it."""
        ...

    def create(self, key: str, body: bytes) -> Put:
        """Store `body` for good under a key that `check_key` takes; returns when it is safe there."""
        ...

    def read(self, key: str) -> bytes | None:
        """The object's content, None where there is none."""
        ...

    def names(self, prefix: str) -> tuple[str, ...]:
        """The keys of all whole objects that begin so, in order."""
        ...

    def folders(self, prefix: str) -> tuple[str, ...]:
        """The next parts of the keys that begin so, each once, in order: of `a/b/c` and `a/b/d` below `a/` it is `b`.
        `prefix` ends with a slash. Costs no more than what it tells, however many objects lie below."""
        ...

    def remove(self, key: str) -> None:
        """Take an object away, where there is one. Only what a probe has left is ever removed."""
        ...


def check_key(key: str) -> str:
    """The key itself. ConfigError unless it is one on every store and every file system: letters of ASCII, digits and
    `= . _ -` between slashes, no part that begins with a dot."""
    if len(key) > LONGEST_KEY or not _KEY.fullmatch(key):
        remedy = "use letters, digits, dots and dashes"
        raise ConfigError("this is no name for an object", where=repr(key[:80]), remedy=remedy)
    return key
