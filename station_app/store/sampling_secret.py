"""The secret of the blind sample: made once, at the first start, and never shown, exported or recorded.

Who knows it could tell which part will be looked at. Its fingerprint is recorded with the plan, so that a check can say
whether the draws of a time were made with it.
"""

import hashlib
import os
import secrets
from pathlib import Path

from station_app.core.errors import StorageError

SECRET = "sampling.secret"
_BYTES = 32


def open_secret(folder: Path) -> str:
    """The station's secret; a new one where there is none. StorageError where it cannot be kept or is not whole."""
    path = folder / SECRET
    try:
        if not path.exists():
            _make(path)
        return _read(path)
    except OSError as error:
        remedy = "give this user the right to write there"
        what = f"the secret of the blind sample cannot be kept: {error.strerror}"
        raise StorageError(what, where=str(path), remedy=remedy) from error


def read_secret(folder: Path) -> str | None:
    """The secret, None where there is none. StorageError where it cannot be read."""
    path = folder / SECRET
    try:
        return _read(path) if path.exists() else None
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


def _read(path: Path) -> str:
    text = path.read_bytes()
    if len(text) != 2 * _BYTES or not text.isalnum():
        remedy = "remove the file: a new secret is made, and the change is noted in the audit chain"
        raise StorageError("the secret of the blind sample is not whole", where=str(path), remedy=remedy)
    return text.decode("ascii", "replace")
