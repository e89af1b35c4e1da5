"""Reads a reference's picture off the GUI thread: one worker, the newest wish wins. The disk never stalls Qt."""

import logging
import threading
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from station_app.core.inspection import Pixels
from station_app.gui.scaling import shrink

BINS = 64
_SMALL_PX = 480

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class ReferencePicture:
    """The picture of a reference as it was stored: HxW or HxWx3 (BGR). `levels` are shares in 64 bins, `small` is for
    a glance."""

    path: str
    pixels: Pixels
    levels: tuple[float, ...]
    small: QImage


def read_reference(path: str) -> ReferencePicture | None:
    """None where there is no such picture, or none that can be read."""
    try:
        stored = np.frombuffer(Path(path).read_bytes(), np.uint8)
    except OSError as error:
        _log.warning("no picture of the reference: %s", error)
        return None
    decoded = cv2.imdecode(stored, cv2.IMREAD_UNCHANGED) if stored.size else None
    if decoded is None or decoded.dtype != np.uint8 or (decoded.ndim == 3 and decoded.shape[2] != 3):
        _log.warning("the picture of the reference cannot be read: %s", path)
        return None
    pixels = decoded.astype(np.uint8, copy=False)
    return ReferencePicture(path, pixels, levels_of(pixels), shrink(pixels, _SMALL_PX))


def levels_of(pixels: Pixels) -> tuple[float, ...]:
    """Shares of all pixels in 64 bins of four grey levels; colours count as grey."""
    grey = pixels if pixels.ndim == 2 else np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY))
    counts = np.bincount(grey.ravel() // np.uint8(256 // BINS), minlength=BINS)
    return tuple(float(count) / grey.size for count in counts)


class ReferenceReader(QObject):
    """`picture_read` carries the path that was wished for and what was there, None where nothing was. It is emitted on
    the worker's thread: connect it queued."""

    picture_read = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._wished, self._answered = "", ""
        self._is_stopping = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._read_forever, name="gui-reference", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self._changed:
            self._is_stopping = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join()

    def wish(self, path: str, *, is_new: bool = False) -> None:
        """Replaces what was wished before; the same path is read again only where its content is new."""
        with self._changed:
            self._answered = "" if is_new else self._answered
            self._wished = path
            self._changed.notify()

    def _read_forever(self) -> None:
        while (path := self._next()) is not None:
            self.picture_read.emit(path, read_reference(path))

    def _next(self) -> str | None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopping or self._wished not in ("", self._answered))
            self._answered = self._wished
            return None if self._is_stopping else self._wished
