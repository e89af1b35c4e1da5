"""Where the engine listens, and the key that a client must know. Both live in the data folder, for its owner only."""

import os
import secrets
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

from station_app.core.errors import StorageError

_SOCKET_PATH_MAX = 100
"""UNIX socket addresses hold 108 bytes on Linux; longer data folders get a socket in the temporary folder."""


def engine_address(data_dir: Path) -> str:
    """A UNIX socket in the data folder, or a named pipe on Windows; the same for every program of this folder."""
    token = sha256(str(data_dir.resolve()).encode()).hexdigest()[:16]
    if sys.platform == "win32":
        return rf"\\.\pipe\station-app-{token}"
    path = str(data_dir.resolve() / "engine.sock")
    if len(path.encode()) <= _SOCKET_PATH_MAX:
        return path
    return str(Path(tempfile.gettempdir()) / f"station-app-{token}.sock")


def preview_path(data_dir: Path) -> Path:
    """The preview file: in memory where the system has a place for that, so that no disk is written at frame rate."""
    token = sha256(str(data_dir.resolve()).encode()).hexdigest()[:16]
    memory = Path("/dev/shm")  # noqa: S108 - memory file system, the file is made with owner rights only
    folder = memory if memory.is_dir() and os.access(memory, os.W_OK) else data_dir
    return folder / f"station-app-preview-{token}"


def read_key(data_dir: Path) -> bytes:
    """The authentication key, made on first use with owner rights only. StorageError where that is impossible."""
    path = data_dir / "engine.key"
    try:
        if not path.exists():
            data_dir.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(32))
        return path.read_bytes()
    except OSError as error:
        remedy = "give this user the right to write there, or choose another folder with --data-dir"
        raise StorageError(
            f"the data folder cannot be used: {error.strerror}", where=str(path), remedy=remedy
        ) from error
