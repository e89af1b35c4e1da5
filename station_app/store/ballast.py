"""Room that is set aside while there is plenty, and let go when the disk is full: the last records still fit."""

import contextlib
import logging
import os
from pathlib import Path

log = logging.getLogger(__name__)

_PIECE = 1 << 20


class Ballast:
    """The ballast of one data folder, a file of zeros."""

    def __init__(self, path: Path, size: int) -> None:
        self._path = path
        self._size = size

    def set_aside(self, free_bytes: int) -> None:
        """Make the file where it is missing and leaves at least as much free again; a disk that refuses has none."""
        if not self._size or self._path.exists() or free_bytes < 2 * self._size:
            return
        try:
            with self._path.open("wb") as file:
                _allocate(file.fileno(), self._size)
        except OSError as error:
            log.warning("no ballast: %s", error)
            self.release()

    def release(self) -> bool:
        """Let the room go; True where there was some."""
        with contextlib.suppress(OSError):
            self._path.unlink()
            log.error("the disk is full: the ballast was let go")
            return True
        return False


def _allocate(descriptor: int, size: int) -> None:
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(descriptor, 0, size)
        return
    for start in range(0, size, _PIECE):
        os.write(descriptor, bytes(min(_PIECE, size - start)))
