"""The secret of the blind sample: made once, at the first start, and never shown, exported or recorded.

Who knows it could tell which part will be looked at. Its fingerprint is recorded with the plan, so that a check can say
whether the draws of a time were made with it.
"""

import hashlib
import logging
import secrets
import time
from pathlib import Path

from station_app.store.owned_file import read_owned, write_owned

log = logging.getLogger(__name__)

SECRET = "sampling.secret"
_BYTES = 32
_DIGITS = frozenset(b"0123456789abcdef")


def open_secret(folder: Path) -> str:
    """The station's secret; a new one where there is none. One that is not whole is set aside: a line does not stand
    still for it, and the change shows in the audit chain. StorageError where none can be kept."""
    path = folder / SECRET
    body = read_owned(path)
    secret = _whole(body or b"")
    if secret:
        return secret
    if body is not None:
        log.error("the secret of the blind sample is not whole: set aside, a new one is made")
        write_owned(path.with_name(f"{SECRET}-damaged-{time.time_ns()}"), body)
    secret = secrets.token_hex(_BYTES)
    write_owned(path, secret.encode())
    return secret


def read_secret(folder: Path) -> str:
    """The secret; "" where there is none that is whole. StorageError where it cannot be read."""
    return _whole(read_owned(folder / SECRET) or b"")


def fingerprint(secret: str) -> str:
    """What is recorded of the secret; nothing follows from it."""
    return hashlib.sha256(f"station-app sampling {secret}".encode()).hexdigest()


def _whole(text: bytes) -> str:
    return text.decode() if len(text) == 2 * _BYTES and set(text) <= _DIGITS else ""
