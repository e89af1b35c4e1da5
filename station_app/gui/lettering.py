"""Text that fits its rectangle: as large as asked for, smaller where it must, elided only at the smallest size.

The rectangle never grows with the text, whatever the language. On the GUI thread, or on one that writes a PDF.
"""

import threading
from dataclasses import dataclass, replace
from functools import lru_cache

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from station_app.gui.faces import FAMILIES

_STEP = 0.94
_HAN_FROM, _SENTENCE_LENGTH = 0x2E80, 10
_WEIGHTS = {False: QFont.Weight.Normal, True: QFont.Weight.Bold}


@dataclass(frozen=True, slots=True)
class Style:
    """How a text may look: largest and smallest font in pixels, weight, wrapping, alignment."""

    largest_px: int
    smallest_px: int
    is_bold: bool = False
    is_wrapped: bool = False
    alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft


class _Fonts(threading.local):
    """Of one thread: Qt lets no two threads write with the same font at a time."""

    def __init__(self) -> None:
        self.made: dict[tuple[int, bool], QFont] = {}


_fonts = _Fonts()


def font(pixel_size: int, *, is_bold: bool = False) -> QFont:
    """The station's typeface; shared within its thread, so never changed by who gets it."""
    known = _fonts.made.get((pixel_size, is_bold))
    if known is None:
        known = _fonts.made[pixel_size, is_bold] = _made(pixel_size, is_bold=is_bold)
    return known


def _made(pixel_size: int, *, is_bold: bool) -> QFont:
    chosen = QFont()
    chosen.setFamilies(FAMILIES)
    chosen.setPixelSize(pixel_size)
    chosen.setWeight(_WEIGHTS[is_bold])
    return chosen


@dataclass(frozen=True, slots=True)
class _Fit:
    """The font size that fits, and how far the text reaches above and below its baseline."""

    size_px: int
    is_elided: bool = False


@lru_cache(maxsize=4096)
def _fitted(text: str, width: int, height: int, style: Style) -> _Fit:
    size = style.largest_px
    while True:
        if _fits(text, QSize(width, height), size, style):
            return _Fit(size)
        if size <= style.smallest_px:
            return _Fit(size, is_elided=True)
        size = max(style.smallest_px, int(size * _STEP))


def _fits(text: str, room: QSize, pixel_size: int, style: Style) -> bool:
    metrics = QFontMetrics(font(pixel_size, is_bold=style.is_bold))
    if not style.is_wrapped:
        ink = metrics.tightBoundingRect(text)
        return metrics.horizontalAdvance(text) <= room.width() and ink.height() <= room.height()
    words = max((metrics.horizontalAdvance(word) for word in text.split() if not _is_sentence(word)), default=0)
    needed = metrics.boundingRect(QRect(0, 0, room.width(), 10_000), int(_flags(style)), text)
    return needed.height() <= room.height() and max(words, needed.width()) <= room.width()


def _is_sentence(word: str) -> bool:
    """A line of a sentence may end after every hanzi; a button's few are kept together."""
    return len(word) > _SENTENCE_LENGTH and any(ord(letter) > _HAN_FROM for letter in word)


def _flags(style: Style) -> Qt.AlignmentFlag | Qt.TextFlag:
    flags = style.alignment | Qt.AlignmentFlag.AlignVCenter
    return flags | Qt.TextFlag.TextWordWrap if style.is_wrapped else flags


def draw(painter: QPainter, rect: QRect, text: str, style: Style) -> bool:
    """Draw `text` into `rect` in the painter's pen. False where it had to be elided."""
    fit = _fitted(text, rect.width(), rect.height(), style)
    painter.setFont(font(fit.size_px, is_bold=style.is_bold))
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width()) if fit.is_elided else text
    if style.is_wrapped and (not fit.is_elided or metrics.height() <= rect.height()):
        painter.drawText(rect, int(_flags(style)), shown)
    else:
        painter.drawText(
            rect.x() + _indent(rect, metrics.horizontalAdvance(shown), style), _baseline(rect, metrics, shown), shown
        )
    return not fit.is_elided


def advance(text: str, style: Style) -> int:
    """How wide `text` is in one line of the largest letters, in pixels."""
    return QFontMetrics(font(style.largest_px, is_bold=style.is_bold)).horizontalAdvance(text)


def _indent(rect: QRect, advance: int, style: Style) -> int:
    room = rect.width() - advance
    shares = {Qt.AlignmentFlag.AlignHCenter: room // 2, Qt.AlignmentFlag.AlignRight: room}
    return shares.get(style.alignment, 0)


def _baseline(rect: QRect, metrics: QFontMetrics, text: str) -> int:
    """Capitals stand in the middle, unless a descender would be cut off: the line box of CJK fonts is no guide."""
    ink = metrics.tightBoundingRect(text)
    baseline = rect.y() + (rect.height() + metrics.capHeight()) // 2
    return max(rect.y() - ink.top(), min(baseline, rect.y() + rect.height() - ink.bottom() - 1))


def centred(style: Style) -> Style:
    """The same letters in the middle."""
    return replace(style, alignment=Qt.AlignmentFlag.AlignHCenter)


def flush_right(style: Style) -> Style:
    """The same letters at the right."""
    return replace(style, alignment=Qt.AlignmentFlag.AlignRight)
