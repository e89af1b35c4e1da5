"""Where the engine listens, and the key that a client must know. Both live in the data folder, for its owner only."""

import os
import sys
from hashlib import sha256
from pathlib import Path

from station_app.core.errors import LinkError, StorageError

KEY = "engine.key"
KEY_BYTES = 32

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
    import tempfile  # seldom needed, and the engine's start waits for every import here

    return str(Path(tempfile.gettempdir()) / f"station-app-{token}.sock")


def preview_path(data_dir: Path) -> Path:
    """Where preview files begin: in memory where the system has a place for that, so that no disk is written at frame
    rate. Each file's name goes on with what makes it the only one of its name."""
    token = sha256(str(data_dir.resolve()).encode()).hexdigest()[:16]
    memory = Path("/dev/shm")
    folder = memory if memory.is_dir() and os.access(memory, os.W_OK) else data_dir
    return folder / f"station-app-preview-{token}"


def read_key(data_dir: Path) -> bytes:
    """The engine's authentication key, made on first use with owner rights only. StorageError where that cannot be."""
    path = data_dir / KEY
    try:
        if not path.exists():
            _write_whole(path, os.urandom(KEY_BYTES))
        key = path.read_bytes()
    except OSError as error:
        remedy = "give this user the right to write there, or choose another folder with --data-dir"
        raise StorageError(
            f"the data folder cannot be used: {error.strerror}", where=str(path), remedy=remedy
        ) from error
    # A short key, or none, would let everybody in.
    if len(key) != KEY_BYTES:
        raise StorageError("the engine's key is damaged", where=str(path), remedy="remove the file and start again")
    return key


def find_key(data_dir: Path) -> bytes:
    """The key that a client shows: the engine's, never a new one. LinkError where no engine has made one."""
    path = data_dir / KEY
    try:
        return path.read_bytes()
    except OSError as error:
        raise LinkError("no engine has run here yet", where=str(path), remedy="start the engine first") from error


def _write_whole(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f"{path.name}-{os.getpid()}")
    scratch.unlink(missing_ok=True)
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(body)
    scratch.replace(path)
