"""One station per data folder: a lock that the kernel frees when the program dies, however it dies."""

import os
import sys
from pathlib import Path
from typing import IO

from station_app.core.errors import StorageError


class FolderLock:
    """Held while the object lives. StorageError names the process that already has the folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "station.lock"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file: IO[str] = open(self._path, "a+", encoding="ascii", errors="replace")  # noqa: SIM115 - held for life
        except OSError as error:
            remedy = "give this user the right to write there, or choose another folder with --data-dir"
            what = f"the data folder cannot be used: {error.strerror}"
            raise StorageError(what, where=str(folder), remedy=remedy) from error
        self._seize(folder)

    def release(self) -> None:
        self._file.close()

    def _seize(self, folder: Path) -> None:
        try:
            _lock(self._file)
        except OSError as error:
            self._file.seek(0)
            owner = self._file.read(20).strip()
            self._file.close()
            remedy = "use the station that is already open, or choose another folder with --data-dir"
            what = f"another station uses this data folder already, process {owner if owner.isdigit() else 'unknown'}"
            raise StorageError(what, where=str(folder), remedy=remedy) from error
        self._file.seek(0)
        self._file.truncate()
        self._file.write(str(os.getpid()))
        self._file.flush()


def _lock(file: IO[str]) -> None:
    if sys.platform == "win32":
        import msvcrt

        # Byte 64 is locked, far behind the process number, which others must be able to read.
        file.seek(64)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
