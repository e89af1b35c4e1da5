"""Files of secrets: for the engine's own user alone, whole or absent after a power cut."""

import os
from pathlib import Path

from station_app.core.errors import StorageError
from station_app.store.image_files import sync_folder


def write_owned(path: Path, body: bytes) -> None:
    """Replace the file in one step; nobody else may read it at any moment. StorageError where the disk takes none."""
    scratch = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        scratch.unlink(missing_ok=True)
        descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        remedy = "make room on the disk, or give this user the right to write there"
        raise StorageError(
            f"a file of the station cannot be written: {error.strerror}", where=str(path), remedy=remedy
        ) from error


def read_owned(path: Path) -> bytes | None:
    """What is in the file, None where there is none. StorageError where it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        remedy = "give this user the right to read it"
        raise StorageError(
            f"a file of the station cannot be read: {error.strerror}", where=str(path), remedy=remedy
        ) from error
