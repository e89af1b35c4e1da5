"""The newest frame and its heat map for any screen that cares, through a memory-mapped file: a slow or dead reader
costs the line nothing. One writer (the inspect thread), any number of readers in other processes.

Not `multiprocessing.shared_memory`: until Python 3.13 a reader's resource tracker removes the block when the reader
ends, which would take the preview away from the engine and from every other screen.
"""

import mmap
import os
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from station_app.core.errors import LinkError
from station_app.core.inspection import Box, HeatMap, Pixels

_HEADER = struct.Struct("<QQqIII16s4iII")
_SLOTS = 3
_HEAT_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """One frame as it was judged, in the reader's own memory. `sequence` rises with every frame written."""

    sequence: int
    part_id: int
    camera_id: str
    pixels: Pixels
    heat_maps: tuple[HeatMap, ...] = ()


class PreviewWriter:
    """Writes into one of three slots in turn. A slot's sequence is odd while it is being written."""

    def __init__(self, path: Path, frame_bytes: int) -> None:
        self._slot_bytes = _HEADER.size + frame_bytes + _HEAT_BYTES
        self._frame_bytes = frame_bytes
        self._path = path
        with path.open("wb") as file:
            os.chmod(path, 0o600)
            file.truncate(8 + _SLOTS * self._slot_bytes)
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), 0)
        self._bytes = np.frombuffer(self._map, np.uint8)
        struct.pack_into("<Q", self._map, 0, self._slot_bytes)
        self._sequence = 0

    def write(self, part_id: int, camera_id: str, pixels: Pixels, heat_map: HeatMap | None) -> int:
        """Publish a frame; returns its sequence. Frames larger than announced are not shown (0)."""
        if pixels.nbytes > self._frame_bytes:
            return 0
        self._sequence += 1
        start = 8 + (self._sequence % _SLOTS) * self._slot_bytes
        heat = heat_map if heat_map is not None and heat_map.scores.nbytes <= _HEAT_BYTES else None
        self._write_header(start, 2 * self._sequence - 1, part_id, camera_id, pixels, heat)
        body = start + _HEADER.size
        self._bytes[body : body + pixels.nbytes].reshape(pixels.shape)[...] = pixels
        if heat is not None:
            heat_start = body + self._frame_bytes
            self._bytes[heat_start : heat_start + heat.scores.nbytes] = heat.scores.reshape(-1)
        struct.pack_into("<Q", self._map, start, 2 * self._sequence)
        return self._sequence

    def close(self) -> None:
        """Remove the file; readers keep what they have mapped until they close it."""
        del self._bytes
        self._map.close()
        self._path.unlink(missing_ok=True)

    def _write_header(
        self, start: int, mark: int, part_id: int, camera_id: str, pixels: Pixels, heat: HeatMap | None
    ) -> None:
        height, width = pixels.shape[:2]
        channels = 1 if pixels.ndim == 2 else pixels.shape[2]
        box = heat.box if heat is not None else (0, 0, 0, 0)
        heat_shape = heat.scores.shape if heat is not None else (0, 0)
        name = camera_id.encode()[:16]
        _HEADER.pack_into(
            self._map, start, mark, self._sequence, part_id, height, width, channels, name, *box, *heat_shape
        )


class PreviewReader:
    """Reads the newest whole frame, as a copy."""

    def __init__(self, path: str) -> None:
        try:
            with open(path, "rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise LinkError("the preview cannot be read", where=path, remedy="start the engine again") from error
        (self._slot_bytes,) = struct.unpack_from("<Q", self._map, 0)
        self._frame_bytes = self._slot_bytes - _HEADER.size - _HEAT_BYTES

    def newest(self) -> Preview | None:
        """The newest frame, or None where none was written yet or the writer was faster than three tries."""
        for _ in range(_SLOTS):
            starts = [8 + slot * self._slot_bytes for slot in range(_SLOTS)]
            marks = [struct.unpack_from("<Q", self._map, start)[0] for start in starts]
            whole = [(mark, start) for mark, start in zip(marks, starts, strict=True) if mark and mark % 2 == 0]
            if not whole:
                return None
            mark, start = max(whole)
            preview = self._copy(start)
            if struct.unpack_from("<Q", self._map, start)[0] == mark:
                return preview
        return None

    def close(self) -> None:
        self._map.close()

    def _copy(self, start: int) -> Preview:
        _, sequence, part_id, height, width, channels, name, *rest = _HEADER.unpack_from(self._map, start)
        x, y, box_width, box_height, heat_height, heat_width = rest
        shape = (height, width) if channels == 1 else (height, width, channels)
        body = start + _HEADER.size
        pixels = np.frombuffer(self._map, np.uint8, height * width * channels, body).reshape(shape).copy()
        heat_maps: tuple[HeatMap, ...] = ()
        if heat_height:
            heat = np.frombuffer(self._map, np.uint8, heat_height * heat_width, body + self._frame_bytes)
            scores = heat.reshape(heat_height, heat_width).copy()
            heat_maps = (HeatMap(scores, Box(x, y, box_width, box_height)),)
        return Preview(sequence, part_id, name.rstrip(b"\0").decode(errors="replace"), pixels, heat_maps)
