"""Watches whether a taught flat field is still true while the web runs. Pure."""

import cv2
import numpy as np

from station_app.core.inspection import Pixels
from station_app.devices.linescan.flat_field import Columns
from station_app.devices.linescan.teaching import LEAST_LINES, column_median

DRIFT = 0.05
_WINDOW = 5
"""Columns that one judgement is made of: noise in a single one is no drift, and a speck on the lens covers more."""


class DriftWatch:
    """Compares corrected lines of now with the first ones that it was shown, column by column.

    Every `every`-th line counts, and each judgement is made of `LEAST_LINES` of them: what is printed or woven into
    the web must repeat within them.
    """

    def __init__(self, width: int, every: int = 64) -> None:
        self._every = every
        self._lines = np.zeros((LEAST_LINES, width), np.uint8)
        self._count = 0
        self._skip = 0
        self._reference: Columns | None = None
        self._warning: str | None = None

    @property
    def warning(self) -> str | None:
        """A sentence where the picture has drifted by more than 5 %, as last judged."""
        return self._warning

    @property
    def profile(self) -> Columns | None:
        """The level of each column that all others are compared with; None until enough lines have passed."""
        return self._reference

    def add(self, corrected: Pixels) -> None:
        """Take corrected lines n x width that were really received."""
        chosen = corrected[self._skip :: self._every]
        self._skip = (self._skip - len(corrected)) % self._every
        while len(chosen):
            count = min(len(chosen), LEAST_LINES - self._count)
            self._lines[self._count : self._count + count] = chosen[:count]
            self._count += count
            chosen = chosen[count:]
            if self._count == LEAST_LINES:
                self._judge()

    def _judge(self) -> None:
        self._count = 0
        level = _smooth(column_median(self._lines))
        if self._reference is None:
            self._reference = level
            return
        self._warning = _drift_warning(self._reference, level)


def _drift_warning(reference: Columns, level: Columns) -> str | None:
    ratio = level / np.maximum(reference, 1.0)
    worst = int(np.argmax(np.abs(ratio - 1)))
    if abs(ratio[worst] - 1) <= DRIFT:
        return None
    word = "brighter" if ratio[worst] > 1 else "darker"
    return (
        f"Column {worst} has become {abs(ratio[worst] - 1):.0%} {word} than when the run began: "
        "clean the lens and the light, then teach the flat field again."
    )


def _smooth(level: Columns) -> Columns:
    """The mean over neighbouring columns."""
    size = (min(_WINDOW, len(level)), 1)
    return np.asarray(cv2.blur(level[None], size, borderType=cv2.BORDER_REPLICATE)[0], np.float32)
