"""The secret of the blind sample: made once, at the first start, and never shown, exported or recorded.

Who knows it could tell which part will be looked at. Its fingerprint is recorded with the plan, so that a check can say
whether the draws of a time were made with it.
"""

import hashlib
import logging
import os
import secrets
import time
from pathlib import Path

from station_app.core.errors import StorageError

log = logging.getLogger(__name__)

SECRET = "sampling.secret"
_BYTES = 32
_DIGITS = frozenset(b"0123456789abcdef")


def open_secret(folder: Path) -> str:
    """The station's secret; a new one where there is none. One that is not whole is set aside: a line does not stand
    still for it, and the change shows in the audit chain. StorageError where none can be kept."""
    path = folder / SECRET
    try:
        if path.exists():
            secret = _whole(path.read_bytes())
            if secret:
                return secret
            log.error("the secret of the blind sample is not whole: set aside, a new one is made")
            path.replace(path.with_name(f"{SECRET}-damaged-{time.time_ns()}"))
        _make(path)
        return _whole(path.read_bytes())
    except OSError as error:
        remedy = "give this user the right to read and write there"
        what = f"the secret of the blind sample cannot be kept: {error.strerror}"
        raise StorageError(what, where=str(path), remedy=remedy) from error


def read_secret(folder: Path) -> str:
    """The secret; "" where there is none that is whole. StorageError where it cannot be read."""
    path = folder / SECRET
    try:
        return _whole(path.read_bytes()) if path.exists() else ""
    except OSError as error:
        what = f"the secret of the blind sample cannot be read: {error.strerror}"
        raise StorageError(what, where=str(path), remedy="give this user the right to read it") from error


def fingerprint(secret: str) -> str:
    """What is recorded of the secret; nothing follows from it."""
    return hashlib.sha256(f"station-app sampling {secret}".encode()).hexdigest()


def _make(path: Path) -> None:
    """Whole or not at all: half a secret after a power cut would be another one."""
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(descriptor, secrets.token_hex(_BYTES).encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    new.replace(path)


def _whole(text: bytes) -> str:
    return text.decode() if len(text) == 2 * _BYTES and set(text) <= _DIGITS else ""
