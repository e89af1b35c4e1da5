"""Makes every column of a line-scan camera answer alike: takes off its dark level, multiplies by its own gain.

One thread. A camera that corrects its own columns does it better: then nothing is to be taught here.
"""

from dataclasses import dataclass, field, fields

import cv2
import numpy as np
from numpy.typing import NDArray

from station_app.core.inspection import Pixels

Columns = NDArray[np.float32]
"""One number for each column."""

MOST_GAIN = 4.0
_SLAB = 64
"""Lines corrected at once: their floats stay in the processor's cache."""
_TOLERANCE = 0.02


@dataclass(frozen=True, slots=True)
class FlatConditions:
    """What a flat field was taught under; with other settings it is no longer true. NaN or "" where not known.

    `light` is the setting of the light, in the units of its controller.
    """

    exposure_us: float
    line_rate_hz: float
    gain: float
    light: float = float("nan")
    lens: str = ""

    def differences(self, now: "FlatConditions") -> tuple[str, ...]:
        """What is set differently now, each as a sentence."""
        names = [f.name for f in fields(self) if not _is_same(getattr(self, f.name), getattr(now, f.name))]
        return tuple(
            f"The flat field was taught with {_WORDS[name]} {getattr(self, name)} and now it is {getattr(now, name)}: "
            "teach it again."
            for name in names
        )


_WORDS = {
    "exposure_us": "an exposure (us) of",
    "line_rate_hz": "a line rate (Hz) of",
    "gain": "a gain of",
    "light": "a light level of",
    "lens": "the lens",
}


@dataclass(frozen=True, slots=True, eq=False)
class FlatField:
    """The levels of every column with the cap on and on a white target, and what white is to become. Grey levels.

    `taught_on` is an ISO date. Only `teach_flat_field` and the reader of its file check that it can be used.
    """

    dark: Columns
    white: Columns
    target: float
    conditions: FlatConditions
    taught_on: str
    gain: Columns = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "gain", (self.target / (self.white - self.dark)).astype(np.float32))

    @property
    def width(self) -> int:
        return len(self.dark)


class FlatFieldCorrection:
    """Corrects blocks of any length: `(raw - dark) * gain`, rounded, kept within 0..255."""

    def __init__(self, flat: FlatField) -> None:
        self._gain = np.repeat(flat.gain[None], _SLAB, axis=0)
        self._offset = np.repeat((flat.dark * flat.gain)[None].astype(np.float32), _SLAB, axis=0)
        self._scaled = np.empty_like(self._gain)

    def correct(self, raw: Pixels, out: Pixels | None = None) -> Pixels:
        """The corrected lines of `raw` n x width, in `out` where given; `out` may be `raw` itself."""
        corrected = np.empty_like(raw) if out is None else out
        for top in range(0, len(raw), _SLAB):
            rows = raw[top : top + _SLAB]
            count = len(rows)
            scaled = self._scaled[:count]
            # Floats within, bytes at both ends: exact, and faster than sums of bytes in several steps.
            cv2.multiply(rows, self._gain[:count], scaled, 1.0, cv2.CV_32F)
            cv2.subtract(scaled, self._offset[:count], corrected[top : top + count], dtype=cv2.CV_8U)
        return corrected


def _is_same(taught: float | str, now: float | str) -> bool:
    if isinstance(taught, str) or isinstance(now, str):
        return taught == now
    if np.isnan(taught) or np.isnan(now):
        return bool(np.isnan(taught) and np.isnan(now))
    return abs(taught - now) <= _TOLERANCE * max(abs(taught), abs(now))
