"""Images as files that are named by their content: lossless TIFF with zstd, the fastest
lossless format that usual tools open. Written once, never changed; a file under its final name is always whole."""

import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

from station_app.core.errors import StorageError
from station_app.core.inspection import Pixels
from station_app.store.tiff import decode_tiff, encode_tiff


@dataclass(frozen=True, slots=True)
class StoredImage:
    """Where an image lies (relative to the image folder) and the hash of its file.

    `is_new` is False where a file of that content was there already, or where the image was only looked up.
    """

    sha256: str
    path: str
    size: int
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class EncodedImage:
    """The bytes of an image file, and their hash."""

    sha256: str
    body: bytes


def encode_image(pixels: Pixels) -> EncodedImage:
    """What is to be written of the pixels. Any thread; most of the time that storing takes goes into this."""
    body = encode_tiff(pixels)
    return EncodedImage(hashlib.sha256(body).hexdigest(), body)


class ImageFiles:
    """The image folder. `store` is called by one thread at a time; `load` by any."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make_folder(self) -> None:
        """StorageError where the folder is missing and cannot be made."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(error, self.folder) from error

    def store(self, image: EncodedImage) -> StoredImage:
        """Write an image so that it survives a power cut. StorageError where the disk does not take it."""
        relative = f"{time.strftime('%Y-%m-%d/%H', time.gmtime())}/{image.sha256}.tif"
        try:
            is_new = not (self.folder / relative).exists()
            write_durably(self.folder / relative, image.body)
        except OSError as error:
            raise _unwritable(error, self.folder) from error
        return StoredImage(image.sha256, relative, len(image.body), is_new)

    def load(self, stored: StoredImage) -> Pixels:
        """The image's pixels. StorageError where the file is gone or is not what was stored."""
        path = self.folder / stored.path
        try:
            body = path.read_bytes()
        except OSError as error:
            raise StorageError("the image is missing", where=str(path), remedy="restore it from a backup") from error
        if hashlib.sha256(body).hexdigest() != stored.sha256:
            raise StorageError("the image is damaged (hash)", where=str(path), remedy="restore it from a backup")
        return decode_tiff(body)

    def remove(self, path: str) -> None:
        """Let go of a file that is shed; one that is already gone is fine. StorageError where it does not go."""
        try:
            (self.folder / path).unlink(missing_ok=True)
        except OSError as error:
            what = f"an image cannot be removed: {error.strerror}"
            remedy = "give this user the right to write there"
            raise StorageError(what, where=str(self.folder / path), remedy=remedy) from error


def _unwritable(error: OSError, folder: Path) -> StorageError:
    remedy = "make room on the disk, or give this user the right to write there"
    return StorageError(f"the image cannot be stored: {error.strerror}", where=str(folder), remedy=remedy)


def write_durably(path: Path, body: bytes) -> None:
    """Temporary file, flush to disk, rename, flush of the folder: after a power cut the file is whole or absent."""
    _make_durably(path.parent)
    temporary = path.with_suffix(".tmp")
    try:
        with temporary.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _make_durably(folder: Path) -> None:
    """Make a missing folder so that a power cut does not take it, and all that is in it, away again."""
    if not folder.exists():
        _make_durably(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make what was renamed in the folder outlive a power cut."""
    if os.name == "nt":
        return  # a folder cannot be opened for this there; NTFS journals the rename
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
