"""The last part id that was given to a trigger, in twelve bytes that outlive the death of the program.

Written at every trigger without waiting for the disk: a killed program loses nothing, since the system holds the page.
After a power cut the mark may be old or, with a checksum that fails, none; then only ids return for which no verdict
had been recorded.
"""

import os
import struct
import zlib
from pathlib import Path

from station_app.core.errors import StorageError

_NUMBER = struct.Struct("<Q")
_CHECKSUM = struct.Struct("<I")


class IssuedMark:
    """The mark of one data folder. One writer."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            remedy = "give this user the right to write there"
            what = f"the trigger mark cannot be kept: {error.strerror}"
            raise StorageError(what, where=str(path), remedy=remedy) from error

    def write(self, part_id: int) -> None:
        """Note the id. StorageError where the disk does not take it."""
        number = _NUMBER.pack(part_id)
        try:
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, number + _CHECKSUM.pack(zlib.crc32(number)))
        except OSError as error:
            what = f"the trigger mark cannot be kept: {error.strerror}"
            raise StorageError(what, where=str(self._path), remedy="make room on the disk") from error

    def read(self) -> int:
        """The last id given, 0 where none was or where the mark is not whole."""
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        body = os.read(self._descriptor, _NUMBER.size + _CHECKSUM.size)
        number, checksum = body[: _NUMBER.size], body[_NUMBER.size :]
        if checksum != _CHECKSUM.pack(zlib.crc32(number)):
            return 0
        return int(_NUMBER.unpack(number)[0])

    def close(self) -> None:
        os.close(self._descriptor)


def refuse_lost_database(path: Path, issued: int) -> None:
    """Never begin with an empty history in silence where parts went before."""
    if issued and (not path.exists() or path.stat().st_size == 0):
        what = f"the database is gone, although {issued} parts were recorded here"
        raise StorageError(what, where=str(path), remedy="run station-app restore: it takes the newest backup")
