"""How long and how completely the reviewer has looked at the part. GUI thread; nothing polls."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Slot

from station_app.gui.review.looking import Looked
from station_app.gui.review.part_header import PartHeader
from station_app.gui.review.sketch_canvas import SketchCanvas


class Watching(QObject):
    """Counts from view to view; a timer runs only until what is on the screen was seen long enough."""

    def __init__(self, canvas: SketchCanvas, header: PartHeader) -> None:
        super().__init__(canvas)
        self._canvas, self._header = canvas, header
        self._looked = Looked()
        self._clock = QElapsedTimer()
        self._clock.start()
        self._enough = QTimer(self)
        self._enough.setSingleShot(True)
        self._enough.timeout.connect(self.look)
        canvas.view_changed.connect(self.look)

    def start(self, cameras: tuple[str, ...]) -> None:
        """Another part, or none."""
        self._looked.start(cameras)
        self._header.show_looked(self._looked.missing())

    def pause(self) -> None:
        """The screen was left."""
        self._enough.stop()
        self._looked.see("", None, int(self._clock.elapsed()))

    def viewed_ms(self) -> int:
        """How long the part has been looked at so far, fitted or at full size."""
        self._looked.until(int(self._clock.elapsed()))
        return self._looked.viewed_ms

    @Slot()
    def look(self) -> None:
        """Something else is on the screen now, or what is there was there long enough."""
        view = self._canvas.viewport if self._canvas.has_image else None
        self._looked.see(self._canvas.camera_id, view, int(self._clock.elapsed()))
        self._header.show_looked(self._looked.missing())
        wait_ms = self._looked.wait_ms()
        if wait_ms is None:
            self._enough.stop()
        else:
            self._enough.start(wait_ms + 1)
