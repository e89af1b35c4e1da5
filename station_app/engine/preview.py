"""The newest part's frames and heat maps for any screen that cares, through a memory-mapped file: a slow or dead
reader costs the line nothing. One writer at a time, any number of readers in other processes.

Not `multiprocessing.shared_memory`: until Python 3.13 a reader's resource tracker removes the block when the reader
ends, which would take the preview away from the engine and from every other screen.

A slot holds all frames of one part, so that no reader ever pairs the frames of two.
"""

import contextlib
import itertools
import mmap
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from station_app.core.errors import LinkError, StorageError
from station_app.core.inspection import HeatMap, Pixels
from station_app.engine.preview_layout import FIRST_MARK, HEAT_BYTES, PART, SLOTS, WORDS, Header, Layout, PreviewFrame

__all__ = ["Preview", "PreviewFrame", "PreviewReader", "PreviewWriter"]

_numbers = itertools.count(1)
_sequences = itertools.count(1)
"""Over all writers of an engine: a reader that has seen a part knows every later one by its larger number."""


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """The frames of one part in the reader's own memory, the most telling one first. Cameras that delivered none are
    not among them. `sequence` rises with every part written."""

    sequence: int
    part_id: int
    frames: tuple[PreviewFrame, ...]


class PreviewWriter:
    """Writes into one of three slots in turn, so that a reader has the time of two parts to copy one."""

    def __init__(self, base: Path, frame_bytes: int, cameras: int = 1) -> None:
        """Make a file of its own beside `base` and remove what a killed engine has left there; `frame_bytes` is the
        size of all frames of a part. StorageError where that is impossible, also for want of memory: a page that
        cannot be had later would kill the program."""
        self._layout = Layout(frame_bytes, cameras)
        _remove_left(base)
        # A name of its own: readers of the file before this one go on reading that, and see that theirs has ended.
        self.path = base.with_name(f"{base.name}-{os.getpid()}-{next(_numbers)}")
        self._map = _make_file(self.path, self._layout.file_bytes)
        self._bytes = np.frombuffer(self._map, np.uint8)
        self._words = np.frombuffer(self._map, np.uint64, WORDS)
        self._words[:FIRST_MARK] = frame_bytes, cameras
        self._turn = 0

    def write(self, part_id: int, frames: Sequence[PreviewFrame]) -> int:
        """Publish the frames of a part, the most telling one first; returns the sequence. Frames larger than announced
        are not shown; 0 where none is left."""
        fitting = self._fitting(frames)
        if not fitting:
            return 0
        sequence = next(_sequences)
        self._turn = (self._turn + 1) % SLOTS
        # One store of eight bytes at a multiple of eight: no reader ever sees half a mark.
        self._words[FIRST_MARK + self._turn] = 2 * sequence - 1
        self._fill(self._turn, PART.pack(sequence, part_id, len(fitting)), fitting)
        self._words[FIRST_MARK + self._turn] = 2 * sequence
        return sequence

    def close(self) -> None:
        """Remove the file; readers keep what they have mapped until they close it."""
        del self._bytes, self._words
        self._map.close()
        _remove(self.path)

    def _fitting(self, frames: Sequence[PreviewFrame]) -> list[PreviewFrame]:
        fitting: list[PreviewFrame] = []
        room = self._layout.frame_bytes
        for frame in frames[: self._layout.cameras]:
            if frame.pixels.nbytes <= room:
                room -= frame.pixels.nbytes
                small = tuple(heat for heat in frame.heat_maps[:1] if heat.scores.nbytes <= HEAT_BYTES)
                fitting.append(replace(frame, heat_maps=small))
        return fitting

    def _fill(self, slot: int, part: bytes, frames: list[PreviewFrame]) -> None:
        head = part + b"".join(Header.of(frame).pack() for frame in frames)
        start = self._layout.slot(slot)
        self._map[start : start + len(head)] = head
        at, heat_at = self._layout.frames(slot), self._layout.heat(slot)
        for frame in frames:
            at = self._put(at, frame.pixels)
            for heat in frame.heat_maps:
                heat_at = self._put(heat_at, heat.scores)

    def _put(self, start: int, pixels: Pixels) -> int:
        """Copy; gives where the next one begins."""
        end = start + pixels.nbytes
        self._bytes[start:end].reshape(pixels.shape)[...] = pixels
        return end


class PreviewReader:
    """Reads the newest part whose frames are whole, as copies."""

    def __init__(self, path: str) -> None:
        try:
            with open(path, "rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise LinkError("the preview cannot be read", where=path, remedy="start the engine again") from error
        self._layout = Layout(*self._words()[:FIRST_MARK])

    def newest(self) -> Preview | None:
        """The newest part, or None where none was written yet or the writer was faster than three tries."""
        for _ in range(SLOTS):
            marks = self._words()[FIRST_MARK:]
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
        """The sizes and the marks, as they are at this moment."""
        return [int(word) for word in np.frombuffer(self._map, np.uint64, WORDS)]

    def _is_still(self, slot: int, mark: int) -> bool:
        return self._words()[FIRST_MARK + slot] == mark

    def _read(self, slot: int, mark: int) -> Preview | None:
        """What the slot holds, None where it was written anew meanwhile. A torn header is never believed."""
        start = self._layout.slot(slot)
        head = self._map[start : start + self._layout.head_bytes]
        if not self._is_still(slot, mark):
            return None
        sequence, part_id, count = PART.unpack_from(head)
        headers = [Header.unpack(head, number) for number in range(count)]
        frames = self._frames(slot, headers)
        return Preview(sequence, part_id, frames) if self._is_still(slot, mark) else None

    def _frames(self, slot: int, headers: Sequence[Header]) -> tuple[PreviewFrame, ...]:
        at, heat_at = self._layout.frames(slot), self._layout.heat(slot)
        frames = []
        for header in headers:
            heat_maps: tuple[HeatMap, ...] = ()
            pixels = self._copy(at, header.shape)
            at += pixels.nbytes
            if header.heat_shape[0]:
                heat_maps = (HeatMap(self._copy(heat_at, header.heat_shape), header.box),)
                heat_at += heat_maps[0].scores.nbytes
            frames.append(PreviewFrame(header.camera_id, pixels, heat_maps))
        return tuple(frames)

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
