"""The application-wide key filter in front of every widget: scans are swallowed, typing is passed on. GUI thread."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from station_app.gui.scan import MAX_GAP_MS, Outcome, Scanned, ScanRecogniser, ScanRejected, Stroke, Typed

_END_TEXTS = ("\r", "\n", "\t")
_END_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)
_MODIFIERS_AND_LOCKS = (*_MODIFIERS, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock)
_EXPIRY_MARGIN_MS = 15
"""A late time-out costs a person nothing; an early one would cut a scan in two."""


def _monotonic_ms() -> int:
    return time.monotonic_ns() // 1_000_000


class ScannerFilter(QObject):
    """Install on the application. `scanned` carries a whole scan, `scan_rejected` why one cannot be used."""

    scanned = Signal(str)
    scan_rejected = Signal(object)

    def __init__(self, parent: QObject | None = None, clock_ms: Callable[[], int] = _monotonic_ms) -> None:
        super().__init__(parent)
        self._clock_ms = clock_ms
        self._recogniser = ScanRecogniser()
        self._held: list[tuple[QObject, QKeyEvent]] = []
        self._swallowed: set[int] = set()
        self._is_replaying = False
        self._waited = QElapsedTimer()
        self._expiry = QTimer(self)
        self._expiry.setSingleShot(True)
        self._expiry.setInterval(MAX_GAP_MS + _EXPIRY_MARGIN_MS)
        self._expiry.timeout.connect(self._on_expired)

    @property
    def is_holding(self) -> bool:
        """Whether strokes wait for what comes next."""
        return bool(self._held)

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        """True swallows the event; a held one is sent again once it is known to be a person's."""
        if self._is_replaying or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyPress:
            return self._press(receiver, event)
        if event.type() == QEvent.Type.KeyRelease:
            return self._release(receiver, event)
        return False

    def _press(self, receiver: QObject, event: QKeyEvent) -> bool:
        if event.key() in _MODIFIERS_AND_LOCKS:
            return False
        at_ms = event.timestamp() or self._clock_ms()
        if self._recogniser.breaks_burst(at_ms) or (event.isAutoRepeat() and self._held):
            self._settle(self._recogniser.expire())
        if event.isAutoRepeat():
            return False
        self._held.append((receiver, _copy(event)))
        self._wait_for_more()
        is_end = event.key() in _END_KEYS or event.text() in _END_TEXTS
        outcome = self._recogniser.press(Stroke(event.text(), at_ms, is_end))
        if outcome is not None:
            self._settle(outcome)
        return True

    def _release(self, receiver: QObject, event: QKeyEvent) -> bool:
        if event.key() in self._swallowed:
            self._swallowed.discard(event.key())
            return True
        if not self._held or event.key() in _MODIFIERS_AND_LOCKS:
            return False
        self._held.append((receiver, _copy(event)))
        return True

    @Slot()
    def _on_expired(self) -> None:
        """A time-out that comes late was held up by a busy event loop: more of the scan may still be waiting in it."""
        is_late = self._waited.elapsed() > 2 * self._expiry.interval()
        if is_late:
            self._wait_for_more()
        elif self._recogniser.is_holding:
            self._settle(self._recogniser.expire())

    def _wait_for_more(self) -> None:
        self._waited.start()
        self._expiry.start()

    def _settle(self, outcome: Outcome) -> None:
        self._expiry.stop()
        held, self._held = self._held, []
        is_typing_field = isinstance(QApplication.focusWidget(), QLineEdit)
        if isinstance(outcome, Typed) or (outcome == ScanRejected() and is_typing_field):
            self._replay(held)
            return
        down = {e.key() for _, e in held if e.type() == QEvent.Type.KeyPress}
        self._swallowed = down - {e.key() for _, e in held if e.type() == QEvent.Type.KeyRelease}
        if isinstance(outcome, Scanned):
            self.scanned.emit(outcome.text)
        else:
            self.scan_rejected.emit(outcome)

    def _replay(self, held: list[tuple[QObject, QKeyEvent]]) -> None:
        self._is_replaying = True
        try:
            for receiver, event in held:
                QCoreApplication.sendEvent(receiver, event)
        finally:
            self._is_replaying = False


def _copy(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(event.type(), event.key(), event.modifiers(), event.text(), event.isAutoRepeat(), event.count())
