"""What lies where in a preview file, and what is said of each frame in it. Sizes and bytes only; opens no file.

A file begins with the size of a part's frames, the number of cameras, and one mark for each slot: 0 = empty, odd =
being written, else twice the sequence of what it holds. Slots follow: part, a header for each frame, the frames one
after the other, the heat maps one after the other.
"""

import struct
from dataclasses import dataclass

from station_app.core.inspection import Box, HeatMap, Pixels

PART = struct.Struct("<QqQ")
"""Sequence, part id, number of frames."""
SLOTS = 3
WORDS = 2 + SLOTS
"""Of eight bytes each: two sizes, then the marks."""
FIRST_MARK = 2
HEAT_BYTES = 1 << 20

_HEADER = struct.Struct("<III256s4iII")
_NAME_BYTES = 256
_NO_BOX = Box(0, 0, 0, 0)


@dataclass(frozen=True, slots=True, eq=False)
class PreviewFrame:
    """One camera's frame as it was judged."""

    camera_id: str
    pixels: Pixels
    heat_maps: tuple[HeatMap, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """What is said of one frame before all frames. `heat_shape` is (0, 0) where there is no heat map."""

    shape: tuple[int, ...]
    camera_id: str
    box: Box
    heat_shape: tuple[int, int]

    @classmethod
    def of(cls, frame: PreviewFrame) -> "Header":
        if not frame.heat_maps:
            return cls(frame.pixels.shape, frame.camera_id, _NO_BOX, (0, 0))
        heat = frame.heat_maps[0]
        rows, columns = heat.scores.shape
        return cls(frame.pixels.shape, frame.camera_id, heat.box, (rows, columns))

    def pack(self) -> bytes:
        height, width, channels = (*self.shape, 0)[:3]
        # Cut between two letters: half a letter would be no text any more.
        name = self.camera_id.encode()[:_NAME_BYTES].decode(errors="ignore").encode()
        return _HEADER.pack(height, width, channels, name, *self.box, *self.heat_shape)

    @classmethod
    def unpack(cls, head: bytes, number: int) -> "Header":
        """The header of the frame with this number, from 0, in what lies before the frames of a slot."""
        height, width, channels, name, *rest = _HEADER.unpack_from(head, PART.size + number * _HEADER.size)
        shape = (height, width, channels) if channels else (height, width)
        return cls(shape, name.rstrip(b"\0").decode(), Box(*rest[:4]), (rest[4], rest[5]))


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things lie in a file for parts of so many frames, of so many bytes together."""

    frame_bytes: int
    cameras: int

    @property
    def head_bytes(self) -> int:
        return PART.size + self.cameras * _HEADER.size

    @property
    def slot_bytes(self) -> int:
        # Marks and slots lie at multiples of eight.
        return -(-(self.head_bytes + self.frame_bytes + self.cameras * HEAT_BYTES) // 8) * 8

    @property
    def file_bytes(self) -> int:
        return self.slot(SLOTS)

    def slot(self, number: int) -> int:
        return 8 * WORDS + number * self.slot_bytes

    def frames(self, number: int) -> int:
        return self.slot(number) + self.head_bytes

    def heat(self, number: int) -> int:
        return self.frames(number) + self.frame_bytes
