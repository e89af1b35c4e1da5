"""The last part id that was given to a trigger, in eight bytes that outlive the death of the program.

Written at every trigger without waiting for the disk: a killed program loses nothing, since the system holds the page.
After a power cut the mark may be old; then only ids return for which no verdict had been recorded.
"""

import os
import struct
from pathlib import Path

from station_app.core.errors import StorageError

_MARK = struct.Struct("<Q")


class IssuedMark:
    """The mark of one data folder. One writer."""

    def __init__(self, path: Path) -> None:
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            remedy = "give this user the right to write there"
            what = f"the trigger mark cannot be kept: {error.strerror}"
            raise StorageError(what, where=str(path), remedy=remedy) from error

    def write(self, part_id: int) -> None:
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, _MARK.pack(part_id))

    def read(self) -> int:
        """The last id given, 0 where none was."""
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        body = os.read(self._descriptor, _MARK.size)
        return int(_MARK.unpack(body)[0]) if len(body) == _MARK.size else 0

    def close(self) -> None:
        os.close(self._descriptor)
