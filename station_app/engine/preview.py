"""The newest frame and its heat map for any screen that cares, through a memory-mapped file: a slow or dead reader
costs the line nothing. One writer at a time, any number of readers in other processes.

Not `multiprocessing.shared_memory`: until Python 3.13 a reader's resource tracker removes the block when the reader
ends, which would take the preview away from the engine and from every other screen.

A file begins with the size of a slot and one mark for each slot: 0 = empty, odd = being written, else twice the
sequence of what it holds. Slots follow: header, frame, heat map.
"""

import contextlib
import itertools
import mmap
import os
import struct
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from station_app.core.errors import LinkError, StorageError
from station_app.core.inspection import Box, HeatMap, Pixels

_HEADER = struct.Struct("<QqIII64s4iII")
_SLOTS = 3
_FIRST_SLOT = 8 * (1 + _SLOTS)
_HEAT_BYTES = 1 << 20
_NAME_BYTES = 64

_numbers = itertools.count(1)
_sequences = itertools.count(1)
"""Over all writers of an engine: a reader that has seen a frame knows every later one by its larger number."""


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """One frame as it was judged, in the reader's own memory. `sequence` rises with every frame written."""

    sequence: int
    part_id: int
    camera_id: str
    pixels: Pixels
    heat_maps: tuple[HeatMap, ...] = ()


@dataclass(frozen=True, slots=True)
class _Header:
    """What lies before a frame. `heat_shape` is (0, 0) where there is no heat map."""

    sequence: int
    part_id: int
    shape: tuple[int, ...]
    camera_id: str
    box: Box
    heat_shape: tuple[int, int]

    def pack(self) -> bytes:
        height, width, channels = (*self.shape, 0)[:3]
        # Cut between two letters: half a letter would be no text any more.
        name = self.camera_id.encode()[:_NAME_BYTES].decode(errors="ignore").encode()
        return _HEADER.pack(self.sequence, self.part_id, height, width, channels, name, *self.box, *self.heat_shape)

    @classmethod
    def unpack(cls, body: bytes) -> "_Header":
        sequence, part_id, height, width, channels, name, *rest = _HEADER.unpack(body)
        shape = (height, width, channels) if channels else (height, width)
        camera_id = name.rstrip(b"\0").decode()
        return cls(sequence, part_id, shape, camera_id, Box(*rest[:4]), (rest[4], rest[5]))


class PreviewWriter:
    """Writes into one of three slots in turn, so that a reader has the time of two frames to copy one."""

    def __init__(self, base: Path, frame_bytes: int) -> None:
        """Make a file of its own beside `base` and remove what a killed engine has left there. StorageError where
        that is impossible, also for want of memory: a page that cannot be had later would kill the program."""
        self.frame_bytes = frame_bytes
        self._slot_bytes = _HEADER.size + frame_bytes + _HEAT_BYTES
        _remove_left(base)
        # A name of its own: readers of the file before this one go on reading that, and see that theirs has ended.
        self.path = base.with_name(f"{base.name}-{os.getpid()}-{next(_numbers)}")
        self._map = _make_file(self.path, _FIRST_SLOT + _SLOTS * self._slot_bytes)
        self._bytes = np.frombuffer(self._map, np.uint8)
        self._words = np.frombuffer(self._map, np.uint64, 1 + _SLOTS)
        self._words[0] = self._slot_bytes
        self._turn = 0

    def write(self, part_id: int, camera_id: str, pixels: Pixels, heat_map: HeatMap | None) -> int:
        """Publish a frame; returns its sequence. Frames larger than announced are not shown (0)."""
        if pixels.nbytes > self.frame_bytes:
            return 0
        heat = heat_map if heat_map is not None and heat_map.scores.nbytes <= _HEAT_BYTES else None
        sequence = next(_sequences)
        self._turn = (self._turn + 1) % _SLOTS
        box, heat_shape = (heat.box, heat.scores.shape) if heat is not None else (Box(0, 0, 0, 0), (0, 0))
        header = _Header(sequence, part_id, pixels.shape, camera_id, box, (heat_shape[0], heat_shape[1]))
        # One store of eight bytes at a multiple of eight: no reader ever sees half a mark.
        self._words[1 + self._turn] = 2 * sequence - 1
        self._fill(self._turn, header.pack(), pixels, heat)
        self._words[1 + self._turn] = 2 * sequence
        return sequence

    def close(self) -> None:
        """Remove the file; readers keep what they have mapped until they close it."""
        del self._bytes, self._words
        self._map.close()
        _remove(self.path)

    def _fill(self, slot: int, header: bytes, pixels: Pixels, heat: HeatMap | None) -> None:
        start = _FIRST_SLOT + slot * self._slot_bytes
        body = start + _HEADER.size
        self._map[start:body] = header
        self._bytes[body : body + pixels.nbytes].reshape(pixels.shape)[...] = pixels
        if heat is not None:
            heat_start = body + self.frame_bytes
            self._bytes[heat_start : heat_start + heat.scores.nbytes] = heat.scores.reshape(-1)


class PreviewReader:
    """Reads the newest whole frame, as a copy."""

    def __init__(self, path: str) -> None:
        try:
            with open(path, "rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise LinkError("the preview cannot be read", where=path, remedy="start the engine again") from error
        self._slot_bytes = self._words()[0]
        self._frame_bytes = self._slot_bytes - _HEADER.size - _HEAT_BYTES

    def newest(self) -> Preview | None:
        """The newest frame, or None where none was written yet or the writer was faster than three tries."""
        for _ in range(_SLOTS):
            marks = self._words()[1:]
            whole = [(mark, slot) for slot, mark in enumerate(marks) if mark and mark % 2 == 0]
            if not whole:
                return None
            mark, slot = max(whole)
            preview = self._read(slot, mark)
            if preview is not None:
                return preview
        return None

    def close(self) -> None:
        self._map.close()

    def _words(self) -> list[int]:
        """The size of a slot and the marks, as they are at this moment."""
        return [int(word) for word in np.frombuffer(self._map, np.uint64, 1 + _SLOTS)]

    def _read(self, slot: int, mark: int) -> Preview | None:
        """What the slot holds, None where it was written anew meanwhile. A torn header is never believed."""
        start = _FIRST_SLOT + slot * self._slot_bytes
        body = start + _HEADER.size
        packed = self._map[start:body]
        if self._words()[1 + slot] != mark:
            return None
        header = _Header.unpack(packed)
        pixels = self._copy(body, header.shape)
        heat_maps: tuple[HeatMap, ...] = ()
        if header.heat_shape[0]:
            heat_maps = (HeatMap(self._copy(body + self._frame_bytes, header.heat_shape), header.box),)
        if self._words()[1 + slot] != mark:
            return None
        return Preview(header.sequence, header.part_id, header.camera_id, pixels, heat_maps)

    def _copy(self, start: int, shape: tuple[int, ...]) -> Pixels:
        size = int(np.prod(shape))
        return np.frombuffer(self._map, np.uint8, size, start).reshape(shape).copy()


def _make_file(path: Path, size: int) -> mmap.mmap:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.ftruncate(descriptor, size)
            if sys.platform == "linux":
                os.posix_fallocate(descriptor, 0, size)
            return mmap.mmap(descriptor, size)
        except OSError:
            _remove(path)
            raise
        finally:
            os.close(descriptor)
    except OSError as error:
        what = f"the preview needs {size >> 20} MiB and cannot be made: {error.strerror}"
        raise StorageError(what, where=str(path.parent), remedy="make room there") from error


def _remove_left(base: Path) -> None:
    for left in base.parent.glob(f"{base.name}-*"):
        _remove(left)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):  # a system that keeps a file while it is being read removes it another time
        path.unlink()
