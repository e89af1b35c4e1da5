"""One key at a time: several at once are no person's. GUI thread.

The scanner's filter takes whole scans away and lets short bursts of two or three strokes go, all of them at once: they
may be typing. Where a key alone records an answer they are a scan's, and none of them counts.
"""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from station_app.gui.review.keys import ReviewDeed


class KeyTaps(QObject):
    """`tapped` carries the deed or the digit of a key that came alone."""

    tapped = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._held: list[ReviewDeed | int] = []
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._on_turn)

    @property
    def is_holding(self) -> bool:
        """Whether a key waits for what comes with it."""
        return bool(self._held)

    def press(self, meant: ReviewDeed | int) -> None:
        self._held.append(meant)
        self._turn.start()

    @Slot()
    def _on_turn(self) -> None:
        held, self._held = self._held, []
        if len(held) == 1:
            self.tapped.emit(held[0])
