"""A folder as a store: a mounted share, a stick, a directory that something else carries on.

An object is written beside its place, flushed to the disk, and then given its name in one step, so that a reader never
sees half of one and a power cut leaves all or nothing. File systems without hard links (exFAT, some shares) get their
name by replacing: with the content's hash in it, what is replaced is the same.
"""

import contextlib
import errno
import os
import stat
import sys
import time
import uuid
from pathlib import Path

from station_app.core.errors import RemoteError, RemoteRefusedError
from station_app.sync.remote import Put, check_key

_HALF = ".half-"
_STALE_S = 86_400.0
_NO_LINKS = frozenset((errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES))


class FolderRemote:
    """The folder must be there: a share that is not mounted must not be taken for an empty one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def where(self) -> str:
        return str(self._folder)

    def create(self, key: str, body: bytes) -> Put:
        path = self._path(key)
        self._need_folder()
        try:
            if path.exists():
                return Put.EXISTED
            path.parent.mkdir(parents=True, exist_ok=True)
            half = path.parent / f"{_HALF}{uuid.uuid4().hex}"
            try:
                _write_new(half, body)
                return _name(half, path)
            finally:
                half.unlink(missing_ok=True)
        except OSError as error:
            raise self._failed("an object cannot be written", error) from error

    def read(self, key: str) -> bytes | None:
        self._need_folder()
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._failed("an object cannot be read", error) from error

    def read_within(self, key: str, most_bytes: int) -> bytes | None:
        """As `read`; RemoteRefusedError where it is larger, a link, or no plain file: who can write to a stick could
        name anything of this computer."""
        self._need_folder()
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
        try:
            if not stat.S_ISREG(self._path(key).lstat().st_mode):
                raise _not_taken("is a link or no plain file", f"{self.where}, {key}")
            with os.fdopen(os.open(self._path(key), flags), "rb") as file:
                body = file.read(most_bytes + 1)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise self._failed("an object cannot be read", error) from error
        if len(body) > most_bytes:
            raise _not_taken(f"is larger than {most_bytes} bytes", f"{self.where}, {key}")
        return body

    def names(self, prefix: str) -> tuple[str, ...]:
        self._need_folder()
        top = self._folder / prefix.rpartition("/")[0]
        try:
            found = (path for path in top.rglob("*") if path.is_file() and not path.name.startswith(_HALF))
            keys = (path.relative_to(self._folder).as_posix() for path in found)
            return tuple(sorted(key for key in keys if key.startswith(prefix)))
        except OSError as error:
            raise self._failed("the folder cannot be listed", error) from error

    def folders(self, prefix: str) -> tuple[str, ...]:
        self._need_folder()
        try:
            return tuple(sorted(path.name for path in (self._folder / prefix).iterdir() if path.is_dir()))
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise self._failed("the folder cannot be listed", error) from error

    def remove(self, key: str) -> None:
        try:
            self._path(key).unlink(missing_ok=True)
        except OSError as error:
            raise self._failed("an object cannot be removed", error) from error

    def written_s(self, key: str) -> float | None:
        """When the object got its content, by the clock of who keeps the folder."""
        try:
            return self._path(key).stat().st_mtime
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._failed("an object cannot be looked at", error) from error

    def sweep(self, older_than_s: float = _STALE_S) -> int:
        """Remove what a crash has left half written; how many there were. Younger ones may be another station's."""
        self._need_folder()
        before, swept = time.time() - older_than_s, 0
        for half in self._folder.rglob(f"{_HALF}*"):
            with contextlib.suppress(OSError):
                if half.stat().st_mtime < before:
                    half.unlink()
                    swept += 1
        return swept

    def _path(self, key: str) -> Path:
        return self._folder / check_key(key)

    def _need_folder(self) -> None:
        if self._folder.is_file():
            raise RemoteRefusedError("this is a file, no folder", where=self.where, remedy="name a folder")
        if not self._folder.is_dir():
            raise RemoteError("the folder is not there", where=self.where, remedy="mount the share or plug in the disk")

    def _failed(self, what: str, error: OSError) -> RemoteError:
        remedy = "make room there, or give this user the right to write"
        return RemoteError(f"{what}: {error.strerror}", where=self.where, remedy=remedy)


def _not_taken(what: str, where: str) -> RemoteRefusedError:
    return RemoteRefusedError(f"the object {what}", where=where, remedy="find out who put it there")


def _write_new(path: Path, body: bytes) -> None:
    with path.open("xb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def _name(half: Path, path: Path) -> Put:
    """Give the whole file its name, so that it survives a power cut."""
    try:
        os.link(half, path)
    except FileExistsError:
        return Put.EXISTED
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.replace(half, path)
    _flush_folder(path.parent)
    return Put.CREATED


def _flush_folder(folder: Path) -> None:
    """Not every system can (Windows) and not every share wants to (EINVAL): there the name is as safe as it gets."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
