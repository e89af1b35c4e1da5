"""Boxes around a missed defect: drawn, taken back, and kept to the frame of one camera. GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from station_app.core.inspection import Box
from station_app.gui import sentences
from station_app.gui.answering import Answering
from station_app.gui.camera_grid import CameraGrid


class DefectDrawing(QObject):
    """What is drawn on the images goes into the answer; `changed` comes when the screen should show it."""

    changed = Signal()

    def __init__(self, images: CameraGrid, answering: Answering, notify: Callable[[str, str], None]) -> None:
        super().__init__(images)
        self._images, self._answering, self._notify = images, answering, notify
        images.box_drawn.connect(self._on_box_drawn)
        images.box_erased.connect(self._on_box_erased)
        images.arranged.connect(self._on_arranged)

    @Slot(str, object)
    def _on_box_drawn(self, camera_id: str, box: Box) -> None:
        self._answering.draw(camera_id, box)
        self.changed.emit()

    @Slot(object)
    def _on_box_erased(self, box: Box) -> None:
        self._answering.erase(box)
        self.changed.emit()

    @Slot()
    def _on_arranged(self) -> None:
        """Another camera is seen; what was drawn stays with its own."""
        draft, seen = self._answering.draft, self._images.arrangement.enlarged
        if draft is not None and draft.marks and seen not in ("", draft.camera_id):
            self._notify(sentences.ONE_CAMERA, draft.camera_id)
        else:
            self.changed.emit()
