"""Lines of a web scaled to the screen off the GUI thread: pictures in, what can be seen of them out.

Every picture is taken into the history, in order; of the views asked for only the newest is drawn.
"""

import threading
from collections import deque
from dataclasses import dataclass

import cv2
import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from station_app.core.inspection import Pixels
from station_app.core.lines import LineSpan
from station_app.gui.millimetres import Spot
from station_app.gui.scaling import to_image
from station_app.gui.web.line_history import LineHistory, LinesPicture
from station_app.gui.web.view import WebView

_BACKLOG = 8
"""Pictures that may wait; an older one is left out, and its lines are unknown where no other shows them."""
_PIXELS_SHOWN_FROM = 3.0
_LINES_PER_PX = 6
"""Of more lines than these for a pixel of the screen, some are left out: whole metres are looked at, not defects."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked at. `is_following`: the newest line is at the bottom, whatever the view says."""

    view: WebView
    is_following: bool
    pixel_ratio: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class DrawnLines:
    """Ready to draw at `spot` of `view`; None where no line of it is held. `held` are all lines of the history."""

    view: WebView
    held: LineSpan
    spot: Spot
    image: QImage | None
    unknown: tuple[LineSpan, ...] = ()
    lost: tuple[LineSpan, ...] = ()


class LinesWorker(QObject):
    """`drawn` is emitted on the worker's thread: connect it queued."""

    drawn = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._history = LineHistory()
        self._pictures: deque[LinesPicture | None] = deque(maxlen=_BACKLOG)
        self._wanted: Wanted | None = None
        self._is_stopping = self._is_due = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._work_forever, name="gui-waterfall", daemon=True)
        self._thread.start()

    def add(self, picture: LinesPicture) -> None:
        """The next picture."""
        self._ask(picture)

    def clear(self) -> None:
        """Forget the lines so far."""
        self._ask(None)

    def look(self, wanted: Wanted) -> None:
        """Draw this from now on."""
        with self._changed:
            self._wanted, self._is_due = wanted, True
            self._changed.notify()

    def stop(self) -> None:
        with self._changed:
            self._is_stopping = True
            self._changed.notify()
        self._thread.join()

    def _ask(self, picture: LinesPicture | None) -> None:
        with self._changed:
            self._pictures.append(picture)
            self._is_due = True
            self._changed.notify()

    def _work_forever(self) -> None:
        while (work := self._next()) is not None:
            pictures, wanted = work
            for picture in pictures:
                take(self._history, picture)
            if wanted is not None:
                self.drawn.emit(draw(self._history, wanted))

    def _next(self) -> tuple[list[LinesPicture | None], Wanted | None] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopping or self._is_due)
            pictures, self._is_due = list(self._pictures), False
            self._pictures.clear()
            return None if self._is_stopping else (pictures, self._wanted)


def take(history: LineHistory, picture: LinesPicture | None) -> None:
    """A picture into the history; None empties it."""
    if picture is None:
        history.clear()
    else:
        history.push(picture)


def draw(history: LineHistory, wanted: Wanted) -> DrawnLines:
    """What can be seen of the history: by area where it shrinks, by nearest pixel where it grows far."""
    held = history.span
    view = wanted.view.ending(held.end) if wanted.is_following else wanted.view
    seen = LineSpan(max(held.start, view.lines.start), min(held.end, view.lines.end))
    first, last = view.columns_seen
    if seen.length <= 0 or history.width != view.columns or last <= first:
        return DrawnLines(view, held, Spot(0, 0, 0, 0), None)
    spot = view.spot(seen, (first, last))
    size = (max(1, round(spot.width * wanted.pixel_ratio)), max(1, round(spot.height * wanted.pixel_ratio)))
    step = max(1, seen.length // (size[1] * _LINES_PER_PX))
    image = to_image(_resized(history.lines(seen, step)[:, first:last], size))
    image.setDevicePixelRatio(wanted.pixel_ratio)
    return DrawnLines(view, held, spot, image, history.unknown(seen), history.lost(seen))


def _resized(crop: Pixels, size: tuple[int, int]) -> Pixels:
    """Each direction by its own factor: by area and whole factors first, which is cheap, then to the size."""
    factors = (max(1, crop.shape[1] // size[0]), max(1, crop.shape[0] // size[1]))
    if max(factors) > 1:
        width, height = crop.shape[1] // factors[0], crop.shape[0] // factors[1]
        whole = np.ascontiguousarray(crop[: height * factors[1], : width * factors[0]])
        crop = cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    is_grown_far = min(size[0] / crop.shape[1], size[1] / crop.shape[0]) >= _PIXELS_SHOWN_FROM
    how = cv2.INTER_NEAREST if is_grown_far else cv2.INTER_LINEAR
    return cv2.resize(crop, size, interpolation=how)  # type: ignore[return-value]
