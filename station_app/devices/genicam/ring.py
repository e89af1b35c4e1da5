"""Frames from one process to another through shared memory: a ring of slots, each written in turn.

The writer marks a slot as being written, fills it and then numbers it. Who reads copies the frame once and looks at
the number before and after, so that a slot which was written over meanwhile is noticed and its frame never judged.
"""

import contextlib
from multiprocessing import shared_memory

import numpy as np
from numpy.typing import NDArray

from station_app.core.errors import CameraError
from station_app.core.inspection import Pixels

SLOTS = 4
_HEADER = 64
_BEING_WRITTEN = -1


class Ring:
    """Made by the reader, who also removes it; the writer attaches by name. One writer, one reader."""

    def __init__(self, shape: tuple[int, ...], name: str = "") -> None:
        """Make the ring for frames of up to this shape, or attach to the one called `name`."""
        self._shape = shape
        self._frame_bytes = int(np.prod(shape))
        self._slot_bytes = _HEADER + (self._frame_bytes + _HEADER - 1) // _HEADER * _HEADER
        self._is_owner = not name
        try:
            size = SLOTS * self._slot_bytes
            self._memory = shared_memory.SharedMemory(name or None, create=not name, size=size if not name else 0)
        except OSError as error:
            raise CameraError(f"no memory for frames: {error}", remedy="close other programs") from error
        self._bytes: NDArray[np.uint8] = np.ndarray((SLOTS * self._slot_bytes,), np.uint8, self._memory.buf)
        self._next = 0

    @property
    def name(self) -> str:
        return self._memory.name

    def begin(self) -> Pixels:
        """The next slot, to be filled by the writer."""
        self._next += 1
        self._mark(self._next, _BEING_WRITTEN)
        return self._pixels(self._next)

    def end(self) -> int:
        """The slot is filled: its number, by which it is read."""
        self._mark(self._next, self._next)
        return self._next

    def read(self, number: int, buffer: Pixels, shape: tuple[int, ...]) -> bool:
        """Copy the frame of this number and shape. False where its slot holds another one by now."""
        if self._marked(number) != number:
            return False
        part = tuple(slice(0, side) for side in shape)
        buffer[part] = self._pixels(number)[part]
        return self._marked(number) == number

    def close(self) -> None:
        self._bytes = np.empty(0, np.uint8)  # the memory cannot be given back while anybody looks at it
        self._memory.close()
        if self._is_owner:
            with contextlib.suppress(FileNotFoundError):
                self._memory.unlink()

    def _mark(self, number: int, mark: int) -> None:
        self._mark_of(number)[0] = mark

    def _marked(self, number: int) -> int:
        return int(self._mark_of(number)[0])

    def _mark_of(self, number: int) -> NDArray[np.int64]:
        return self._bytes[self._start(number) : self._start(number) + 8].view(np.int64)

    def _start(self, number: int) -> int:
        return (number % SLOTS) * self._slot_bytes

    def _pixels(self, number: int) -> Pixels:
        start = self._start(number) + _HEADER
        return self._bytes[start : start + self._frame_bytes].reshape(self._shape)
