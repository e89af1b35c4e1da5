"""Bytes are hashed before they leave: what is not what was recorded is never sent under its name."""

import hashlib
from pathlib import Path

from station_app.core.errors import StationError


class SpoiledError(StationError):
    """A file that was to be sent is gone, or is not what it was."""


def read_checked(path: Path, sha256: str) -> bytes:
    """The file's content. SpoiledError unless its hash is this one."""
    try:
        body = path.read_bytes()
    except FileNotFoundError as error:
        raise SpoiledError("a file that was to be sent is gone", where=str(path), remedy=_REMEDY) from error
    except OSError as error:
        what = f"a file that was to be sent cannot be read: {error.strerror}"
        raise SpoiledError(what, where=str(path), remedy=_REMEDY) from error
    if hashlib.sha256(body).hexdigest() != sha256:
        raise SpoiledError("a file that was to be sent has changed", where=str(path), remedy=_REMEDY)
    return body


_REMEDY = "put it back from a backup, then: station-app sync now"
