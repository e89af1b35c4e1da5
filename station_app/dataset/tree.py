"""A folder that comes to be as a whole: it is filled under another name, flushed to the disk, and then renamed. A crash
leaves no half dataset, and nothing under the final name ever changes."""

import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

from station_app.core.errors import ConfigError, StorageError
from station_app.dataset.manifest import MANIFEST, FileEntry, check_dataset, file_entry
from station_app.store.image_files import sync_folder

_STALE_S = 86_400.0


class Tree:
    """The folder that is being filled, `folder`. Use as a context: what was not kept is gone at its end."""

    def __init__(self, out: Path, threads: int) -> None:
        self._out = out
        self._threads = threads
        self.folder = out.parent / f".{out.name}.half-{uuid4().hex}"

    def __enter__(self) -> "Tree":
        _check_free(self._out)
        try:
            self.folder.mkdir(parents=True)
        except OSError as error:
            raise _unwritable(error, self._out) from error
        _sweep(self._out)
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def write(self, name: str, text: str) -> FileEntry:
        """One file; what it is."""
        path = self.folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        except OSError as error:
            raise _unwritable(error, self._out) from error
        return file_entry(path)

    def keep(self) -> bool:
        """Give the folder its final name; False where the same version is there already. ConfigError where another one
        is, StorageError where the disk does not take it."""
        if self._out.exists():
            _check_same(self._out, self.folder)
            return False
        try:
            self._flush()
            self.folder.rename(self._out)
            sync_folder(self._out.parent)
        except OSError as error:
            raise _unwritable(error, self._out) from error
        return True

    def _flush(self) -> None:
        """Every file and folder, so that a power cut after the rename takes nothing away."""
        paths = sorted(self.folder.rglob("*"))
        with ThreadPoolExecutor(self._threads) as pool:
            list(pool.map(_flush_file, (path for path in paths if path.is_file())))
        for path in reversed([path for path in paths if path.is_dir()]):
            sync_folder(path)
        sync_folder(self.folder)


def _flush_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _check_free(out: Path) -> None:
    """Something else than a dataset is refused before any work is done."""
    if out.exists() and not (out / MANIFEST).is_file():
        raise ConfigError("this is there already and no dataset", where=str(out), remedy="name a new folder with --out")


def _check_same(out: Path, made: Path) -> None:
    if (out / MANIFEST).read_bytes() != (made / MANIFEST).read_bytes():
        remedy = "name a new folder with --out: a dataset is never changed"
        raise ConfigError("another version of a dataset is there already", where=str(out), remedy=remedy)
    check_dataset(out)


def _sweep(out: Path) -> None:
    """What crashes have left half done here; younger ones may be another run's."""
    for half in out.parent.glob(f".{out.name}.half-*"):
        if half.stat().st_mtime < time.time() - _STALE_S:
            shutil.rmtree(half, ignore_errors=True)


def _unwritable(error: OSError, where: Path) -> StorageError:
    remedy = "make room on the disk, or give this user the right to write there"
    return StorageError(f"the dataset cannot be written: {error.strerror}", where=str(where), remedy=remedy)
