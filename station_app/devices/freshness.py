"""Tells frames that are no evidence: torn, frozen, stale, slipped. No clock, no device; used by one acquire thread.

The frozen check compares a checksum of `SAMPLED_ROWS` rows spread over the frame, not of every pixel: it finds exact
repeats (also loops of up to `MEMORY` frames), because noise makes every real exposure differ in every row. It misses
a repeat that was encoded again or had noise added. On a source without noise, or of a scene that truly stands still
and is noiseless (a replay of equal images), set `check_pixels=False`.
"""

import zlib
from collections import deque

import numpy as np

from station_app.core.inspection import FrameStamp, NoResultReason, Pixels

MEMORY = 8
SAMPLED_ROWS = 64


class Freshness:
    """The memory of one camera's last frames. Every frame must be shown to `fault` once, in order of delivery."""

    def __init__(self, check_pixels: bool = True, check_gaps: bool = True, tolerance_ms: float = 0.0) -> None:
        """`tolerance_ms` is how long before the trigger reached the station a frame may have been received: some
        milliseconds where a wire triggers the camera and a slower link tells the station."""
        self._check_pixels = check_pixels
        self._check_gaps = check_gaps
        self._tolerance_ns = round(tolerance_ms * 1e6)
        self._last_id: int | None = None
        self._seen: deque[int] = deque(maxlen=MEMORY)

    def fault(self, stamp: FrameStamp, pixels: Pixels, triggered_ns: int) -> NoResultReason | None:
        """Why the frame says nothing about the part triggered at `triggered_ns` (monotonic clock), or None."""
        last, self._last_id = self._last_id, stamp.frame_id
        is_repeat = self._check_pixels and self._is_repeat(pixels)
        if not stamp.is_complete:
            return NoResultReason.FRAME_TORN
        if is_repeat or (last is not None and stamp.frame_id <= last):
            return NoResultReason.FRAME_FROZEN
        if stamp.captured_at_ns < triggered_ns - self._tolerance_ns:
            return NoResultReason.FRAME_STALE
        if self._check_gaps and last is not None and stamp.frame_id != last + 1:
            return NoResultReason.FRAME_SLIPPED
        return None

    def _is_repeat(self, pixels: Pixels) -> bool:
        checksum = sampled_checksum(pixels)
        is_repeat = checksum in self._seen
        self._seen.append(checksum)
        return is_repeat


def sampled_checksum(pixels: Pixels) -> int:
    """CRC-32 of the frame's shape and of rows spread evenly over it."""
    step = max(1, pixels.shape[0] // SAMPLED_ROWS)
    rows = np.ascontiguousarray(pixels[::step])
    return zlib.crc32(rows.data, zlib.crc32(repr(pixels.shape).encode()))
