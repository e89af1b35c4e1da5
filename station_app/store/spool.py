"""The bodies of batches that wait, as files: a batch's bytes never change, so they are kept and not made again."""

import gzip
import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from station_app.core.errors import StorageError
from station_app.store.image_files import write_durably

FOLDER = "outbox"
_SUFFIX = ".jsonl.gz"
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of a batch and their hash."""

    sha256: str
    packed: bytes


def pack(lines: Iterable[bytes]) -> Body:
    """The lines as one object: the same lines give the same bytes."""
    packed = gzip.compress(b"".join(line + b"\n" for line in lines), _LEVEL, mtime=0)
    return Body(hashlib.sha256(packed).hexdigest(), packed)


class Spool:
    """The folder of one data folder. One thread writes. Every call may raise StorageError."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER

    def path(self, number: int, sha256: str) -> Path:
        return self.folder / f"{number:012d}-{sha256[:16]}{_SUFFIX}"

    def write(self, number: int, body: Body) -> Path:
        """Returns when the file is on disk."""
        path = self.path(number, body.sha256)
        try:
            write_durably(path, body.packed)
        except OSError as error:
            what = f"a batch cannot be written: {error.strerror}"
            remedy = "make room on the disk, or give this user the right to write there"
            raise StorageError(what, where=str(path), remedy=remedy) from error
        return path

    def is_whole(self, number: int, sha256: str) -> bool:
        """Whether the file is there and is what was cut."""
        try:
            return hashlib.sha256(self.path(number, sha256).read_bytes()).hexdigest() == sha256
        except OSError:
            return False

    def remove(self, number: int, sha256: str) -> None:
        """Let go of a file that is not needed any more. One that does not go is swept at the next start."""
        with suppress(OSError):
            self.path(number, sha256).unlink(missing_ok=True)

    def sweep(self, kept: frozenset[Path]) -> int:
        """Remove what is not of `kept`, as a crash left it; how many files."""
        strays = [path for path in self.folder.glob("*") if path not in kept] if self.folder.is_dir() else []
        for path in strays:
            with suppress(OSError):
                path.unlink()
        return len(strays)
