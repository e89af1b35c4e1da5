"""A screen beside the operator's: it fills what rail, top strip and alarm line leave. GUI thread."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from station_app.gui.actions import Deed
from station_app.gui.look import Look


class Page(QWidget):
    """Base of the other screens. Beside one that `hides_verdicts` nothing tells how the line judges now."""

    hides_verdicts = False

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look

    def set_look(self, look: Look) -> None:
        """Other colours or another scale."""
        self._look = look
        self.update()

    def retranslate(self) -> None:
        """The language has changed."""

    def set_open(self, *, is_open: bool) -> None:
        """The screen was opened, or left: what nobody sees neither asks nor reads."""

    def stop(self) -> None:
        """The window closes: end what runs for this screen."""

    def take_scan(self, text: str) -> bool:
        """Whether this screen wants a scan for itself now, and has taken it."""
        return False

    def take_serial(self, serial: str) -> bool:
        """A serial number was scanned while this screen is open; False where it goes on to the line."""
        return False

    def deeds(self) -> dict[Deed, Callable[[], None]]:
        """What the operator's keys do on this screen; every other answer is refused here."""
        return {}
