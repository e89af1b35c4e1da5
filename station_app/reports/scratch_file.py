"""A file that is written under another name beside its own: under the final one there is a whole file, or the old one,
or none."""

import hashlib
import os
from pathlib import Path
from types import TracebackType

from station_app.core.errors import StorageError

_SUFFIX = ".part"
_BLOCK = 1 << 20


class ScratchFile:
    """Use as a context: what was not kept is gone at its end. `path` is where to write."""

    def __init__(self, final: Path) -> None:
        self._final = final
        self.path = final.with_name(f".{final.name}{_SUFFIX}")

    def __enter__(self) -> "ScratchFile":
        self.begin()
        return self

    def begin(self) -> None:
        """An empty file to write to; what an earlier attempt left is gone. StorageError where there can be none."""
        try:
            self.path.write_bytes(b"")
        except OSError as error:
            raise unwritable(error, self._final) from error

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.drop()
        if isinstance(error, OSError):
            raise unwritable(error, self._final) from error

    def sha256(self) -> str:
        """Of the whole file, in hexadecimal."""
        digest = hashlib.sha256()
        with self.path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
        return digest.hexdigest()

    def keep(self) -> None:
        """Give the file its name, over an older one. It is on disk before. OSError where that cannot be."""
        with self.path.open("rb+") as stream:
            os.fsync(stream.fileno())
        self.path.replace(self._final)

    def drop(self) -> None:
        """Nothing is left, and no fault where nothing was."""
        self.path.unlink(missing_ok=True)


def unwritable(error: OSError, path: Path) -> StorageError:
    remedy = "choose another folder, or make room"
    return StorageError("the file cannot be written", where=f"{path}: {error.strerror}", remedy=remedy)
