"""The stations' images as 8-bit PNG, made once and kept by their hash: a run that was cut short goes on where it was,
and the next version of a dataset shares what it has in common with the last."""

import contextlib
import hashlib
import os
import shutil
import struct
import uuid
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import cv2

from station_app.core.errors import DatasetError, StorageError
from station_app.dataset.choosing import Candidate
from station_app.store.png import encode_png
from station_app.store.tiff import decode_tiff
from station_app.sync.remote import Remote

_PNG_SIZE = struct.Struct(">II")
_SIZE_AT, _COLOUR_AT = 16, 25
_AT_ONCE = 32
Counted = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class MadeImage:
    """A PNG in the cache. `pixels` is the SHA-256 of its bytes."""

    path: Path
    sha256: str
    size: int
    width: int
    height: int
    is_grey: bool


class ImageCache:
    """PNG files named `<hash of the station's file>.<hash of the PNG>.png`: each can be checked by its name alone. One
    thread calls; StorageError where the disk does not take an image."""

    def __init__(self, remote: Remote, folder: Path, threads: int) -> None:
        self._remote = remote
        # Another release of OpenCV may pack the same pixels into other bytes.
        self._folder = folder / f"opencv-{cv2.__version__}"
        self._threads = threads

    def make(self, candidates: Iterable[Candidate], on_image: Counted) -> Iterator[tuple[Candidate, MadeImage | None]]:
        """Each candidate with its image, in order; None where the store has no such object. DatasetError where an
        object is not what its name says."""
        todo = list(candidates)
        self._make_folder()
        known = {path.name.partition(".")[0]: path for path in sorted(self._folder.glob("*.png"))}
        rest, done = iter(todo), 0
        with ThreadPoolExecutor(self._threads) as pool:
            while some := list(islice(rest, _AT_ONCE)):
                cached = pool.map(lambda each: _checked(known.get(each.image.sha256)), some)
                # The store is asked by one thread alone, as its Protocol says.
                bodies = [made or self._read(each) for each, made in zip(some, cached, strict=True)]
                yield from zip(some, pool.map(self._made, some, bodies), strict=True)
                done += len(some)
                on_image(done, len(todo))

    def _make_folder(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(error, self._folder) from error

    def _read(self, candidate: Candidate) -> bytes | None:
        return self._remote.read(key_of(candidate))

    def _made(self, candidate: Candidate, body: MadeImage | bytes | None) -> MadeImage | None:
        if body is None or isinstance(body, MadeImage):
            return body
        key, sha256 = key_of(candidate), candidate.image.sha256
        if hashlib.sha256(body).hexdigest() != sha256:
            remedy = "put the station's own file back; --without leaves the station out until it is cleared"
            raise DatasetError(
                "an image is not what its name says: it was changed or is torn", where=key, remedy=remedy
            )
        try:
            png = encode_png(decode_tiff(body))
        except StorageError as error:
            remedy = "the station's own copy may be whole; --without leaves the station out"
            raise DatasetError(f"an image cannot be read: {error.what}", where=key, remedy=remedy) from error
        made = _described(self._folder / f"{sha256}.{hashlib.sha256(png).hexdigest()}.png", png)
        _write(made.path, png)
        return made


def key_of(candidate: Candidate) -> str:
    """Where the candidate's image lies in the store."""
    return f"{candidate.name.station.prefix}/{candidate.image.uri}"


def place(made: MadeImage, path: Path) -> None:
    """The image under its name in a dataset: the same file where the file system can, else a copy."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(made.path, path)
    except OSError:
        shutil.copyfile(made.path, path)


def _checked(path: Path | None) -> MadeImage | None:
    """None where there is none, or a crash or a hand has left something else under this name."""
    if path is None:
        return None
    with contextlib.suppress(OSError):
        body = path.read_bytes()
        if hashlib.sha256(body).hexdigest() == path.name.split(".")[1]:
            return _described(path, body)
    return None


def _described(path: Path, body: bytes) -> MadeImage:
    width, height = _PNG_SIZE.unpack_from(body, _SIZE_AT)
    return MadeImage(path, hashlib.sha256(body).hexdigest(), len(body), width, height, body[_COLOUR_AT] == 0)


def _write(path: Path, body: bytes) -> None:
    half = path.with_name(f".{uuid.uuid4().hex}.half")
    try:
        with half.open("xb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise _unwritable(error, path.parent) from error


def _unwritable(error: OSError, where: Path) -> StorageError:
    remedy = "make room on the disk, or name another folder with --cache"
    return StorageError(f"an image cannot be written: {error.strerror}", where=str(where), remedy=remedy)
