"""Frames scaled to the widget off the GUI thread: one worker, the newest request wins. Only what can be seen is scaled.

`render` is pure; the worker owns a thread and knows nothing of widgets.
"""

import math
import threading
from dataclasses import dataclass

import cv2
import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from station_app.core.inspection import Box, HeatMap, Pixels
from station_app.gui.millimetres import Spot
from station_app.gui.overlay import Overlay, laid_over
from station_app.gui.tone import PLAIN, Tone, toned
from station_app.gui.viewport import Viewport

_PIXELS_SHOWN_FROM = 3.0
_HEAT_FLOOR = 40
"""Scores below this stay clear: a veil over the whole part would hide it."""


@dataclass(frozen=True, slots=True, eq=False)
class ScaleRequest:
    """One view of one frame. `pixel_ratio` is the screen's; an answer with an older `generation` is dropped.

    `canvas` tells the askers of one worker apart. A glance shows the part and not the defect, for a tenth of the work.
    """

    generation: int
    pixels: Pixels
    heat_maps: tuple[HeatMap, ...]
    viewport: Viewport
    pixel_ratio: float = 1.0
    thumbnail_px: int = 0
    canvas: int = 0
    is_glance: bool = False
    overlay: Overlay | None = None
    tone: Tone = PLAIN


@dataclass(frozen=True, slots=True, eq=False)
class ScaledFrame:
    """Ready to draw one to one at `spot`."""

    generation: int
    spot: Spot
    viewport: Viewport
    image: QImage
    heat: QImage | None
    thumbnail: QImage | None
    canvas: int = 0


class Scaler(QObject):
    """The worker of all canvases of a window. `scaled` is emitted on its thread: connect it queued."""

    scaled = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._wanted: dict[int, ScaleRequest] = {}
        self._is_stopping = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._scale_forever, name="gui-scale", daemon=True)
        self._thread.start()

    def request(self, wanted: ScaleRequest) -> None:
        """Replaces a request of the same canvas that has not begun, in its place: no canvas starves another."""
        with self._changed:
            self._wanted[wanted.canvas] = wanted
            self._changed.notify()

    def stop(self) -> None:
        with self._changed:
            self._is_stopping = True
            self._changed.notify()
        self._thread.join()

    def _scale_forever(self) -> None:
        while (wanted := self._next()) is not None:
            self.scaled.emit(render(wanted))

    def _next(self) -> ScaleRequest | None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopping or bool(self._wanted))
            return None if self._is_stopping else self._wanted.pop(next(iter(self._wanted)))


def render(wanted: ScaleRequest) -> ScaledFrame:
    """Scale what can be seen: by area where it shrinks, by nearest pixel where it grows far."""
    seen = wanted.viewport.visible()
    spot = wanted.viewport.spot_of(seen)
    size = (max(1, round(spot.width * wanted.pixel_ratio)), max(1, round(spot.height * wanted.pixel_ratio)))
    crop = wanted.pixels[seen.y : seen.bottom, seen.x : seen.right]
    if wanted.is_glance:
        crop = _thinned(crop, max(size))
    shown = _resized(crop, size)
    if wanted.overlay is not None:
        height, width = wanted.pixels.shape[:2]
        shown = laid_over(shown, wanted.overlay, seen, (width, height))
    image = to_image(toned(shown, wanted.tone))
    image.setDevicePixelRatio(wanted.pixel_ratio)
    heat = _heat_image(wanted.heat_maps, seen, size)
    if heat is not None:
        heat.setDevicePixelRatio(wanted.pixel_ratio)
    thumbnail = shrink(wanted.pixels, wanted.thumbnail_px) if wanted.thumbnail_px else None
    return ScaledFrame(wanted.generation, spot, wanted.viewport, image, heat, thumbnail, wanted.canvas)


def shrink(pixels: Pixels, longest_px: int) -> QImage:
    """A small picture of the whole frame. Every n-th pixel first: a tile shows the part, not the defect."""
    coarse = _thinned(pixels, longest_px)
    ratio = min(1.0, longest_px / max(coarse.shape[:2]))
    size = (max(1, round(coarse.shape[1] * ratio)), max(1, round(coarse.shape[0] * ratio)))
    return to_image(cv2.resize(coarse, size, interpolation=cv2.INTER_AREA))  # type: ignore[arg-type]


def _thinned(pixels: Pixels, longest_px: int) -> Pixels:
    """Every n-th pixel, three times as many as will be seen."""
    step = max(1, max(pixels.shape[:2]) // (longest_px * 3))
    return np.ascontiguousarray(pixels[::step, ::step])


def to_image(pixels: Pixels) -> QImage:
    """An image with memory of its own, in the format that the screen draws fastest."""
    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    colour = QImage.Format.Format_BGR888 if pixels.ndim == 3 else QImage.Format.Format_Grayscale8
    borrowed = QImage(pixels.data, width, height, pixels.strides[0], colour)
    return borrowed.convertToFormat(QImage.Format.Format_RGB32)


def _resized(crop: Pixels, size: tuple[int, int]) -> Pixels:
    """By area and a whole factor first, which is ten times cheaper than by area to any size and erases as little."""
    factor = min(crop.shape[1] // size[0], crop.shape[0] // size[1])
    if factor > 1:
        height, width = crop.shape[0] // factor, crop.shape[1] // factor
        whole = crop[: height * factor, : width * factor]
        crop = cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    is_grown_far = size[0] / crop.shape[1] >= _PIXELS_SHOWN_FROM
    how = cv2.INTER_NEAREST if is_grown_far else cv2.INTER_LINEAR
    return cv2.resize(crop, size, interpolation=how)  # type: ignore[return-value]


def _heat_image(heat_maps: tuple[HeatMap, ...], seen: Box, size: tuple[int, int]) -> QImage | None:
    if not heat_maps:
        return None
    layer: Pixels = np.zeros((size[1], size[0]), np.uint8)
    for heat_map in heat_maps:
        _add_heat(layer, heat_map, seen)
    indexed = QImage(layer.data, size[0], size[1], layer.strides[0], QImage.Format.Format_Indexed8)
    indexed.setColorTable(_COLOURS)
    return indexed.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def _add_heat(layer: Pixels, heat_map: HeatMap, seen: Box) -> None:
    """Grow the cells that can be seen, and one around them, to the layer's pixels; the strongest score stands."""
    rows, columns = heat_map.scores.shape
    across = _axis(heat_map.box.x, heat_map.box.width, columns, (seen.x, seen.width), layer.shape[1])
    down = _axis(heat_map.box.y, heat_map.box.height, rows, (seen.y, seen.height), layer.shape[0])
    if across is None or down is None:
        return
    cells = heat_map.scores[down.cells, across.cells]
    grown = cv2.resize(np.ascontiguousarray(cells), (across.extent, down.extent), interpolation=cv2.INTER_LINEAR)
    target = layer[down.target, across.target]
    np.maximum(target, grown[down.source, across.source], out=target)


@dataclass(frozen=True, slots=True)
class _Axis:
    """One direction of a heat map: which cells, how many pixels they become, and where those go."""

    cells: slice
    extent: int
    source: slice
    target: slice


def _axis(start: int, extent: int, count: int, seen: tuple[int, int], pixels: int) -> _Axis | None:
    seen_start, seen_extent = seen
    cell, scale = extent / count, pixels / seen_extent
    first = max(0, math.floor((seen_start - start) / cell) - 1)
    last = min(count, math.ceil((seen_start + seen_extent - start) / cell) + 1)
    if first >= last:
        return None
    left = round((start + first * cell - seen_start) * scale)
    right = max(left + 1, round((start + last * cell - seen_start) * scale))
    low, high = max(0, left), min(pixels, right)
    if low >= high:
        return None
    return _Axis(slice(first, last), right - left, slice(low - left, high - left), slice(low, high))


def _colour_table() -> list[int]:
    """Clear, then amber to deep red, ever less transparent: order is told by lightness as well as by hue."""
    table = []
    for score in range(256):
        share = max(0.0, (score - _HEAT_FLOOR) / (255 - _HEAT_FLOOR))
        alpha = round(min(1.0, share * 1.6) * 235)
        red, green, blue = 255 - round(80 * share**2), round(190 * (1 - share) ** 1.2), round(30 * share)
        table.append((alpha << 24) | (red << 16) | (green << 8) | blue)
    return table


_COLOURS = _colour_table()
