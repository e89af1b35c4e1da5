"""Puts a part and its pictures on the screen: from the previews while they are in memory, else from the archive.

GUI thread; the archive answers later, and its answer counts only while the same part is still shown.
"""

from PySide6.QtCore import QElapsedTimer, QObject, Qt, Slot
from PySide6.QtGui import QImage

from station_app.gui.archive_reader import ArchiveReader, Wishes
from station_app.gui.frames import RecentFrames
from station_app.gui.link import PreviewFrame, PreviewImage
from station_app.gui.operator_screen import OperatorScreen, View
from station_app.gui.screen_state import PartOnScreen, ScreenState


class Showing(QObject):
    """Knows which part is on the canvas, whether with its picture, and since when."""

    def __init__(self, screen: OperatorScreen, archive: ArchiveReader) -> None:
        super().__init__(screen)
        self._screen, self._archive = screen, archive
        self._frames = RecentFrames()
        self._part_id: int | None = None
        self._has_picture = False
        self._last = (ScreenState(), View())
        self._viewed = QElapsedTimer()
        archive.images_read.connect(self._on_images_read, Qt.ConnectionType.QueuedConnection)
        archive.thumbnail_read.connect(self._on_thumbnail_read, Qt.ConnectionType.QueuedConnection)

    @property
    def viewed_ms(self) -> int:
        """How long the part now shown has been on the screen."""
        return int(self._viewed.elapsed()) if self._viewed.isValid() else 0

    def live(self, preview: PreviewImage | None, state: ScreenState, current: int | None) -> int | None:
        """Keeps the preview; the id of the part that is live with it."""
        if preview is not None:
            self._frames.add(preview)
        return self._frames.live([part.inspected for part in state.strip], current)

    def forget_sequences(self) -> None:
        """The next previews come from another engine."""
        self._frames.forget_sequences()

    def ask_again(self) -> None:
        """What the archive did not have may have been written since."""
        self._archive.ask_again()

    def show(self, state: ScreenState, view: View) -> None:
        """Bring canvas and pieces up to `state`, and ask the archive for what is missing."""
        self._last = (state, view)
        self._show_picture(view.part)
        self._screen.show_view(state, view)
        is_wanted = view.part is not None and state.pinned is not None and not self._has_picture
        images = view.part.part_id if view.part is not None and is_wanted else None
        self._archive.wish(Wishes(images, self._screen.strip.without_picture(), self._screen.strip.height()))

    def _show_picture(self, part: PartOnScreen | None) -> None:
        part_id = part.part_id if part else None
        frames = self._frames.of(part_id) if part_id is not None else ()
        if part_id == self._part_id and (self._has_picture or not frames):
            return
        if part_id != self._part_id:
            self._viewed.start()
        self._part_id, self._has_picture = part_id, bool(frames)
        self._screen.images.show_frames(part_id or 0, frames)

    @Slot(int, object)
    def _on_images_read(self, part_id: int, frames: tuple[PreviewFrame, ...]) -> None:
        if frames and part_id == self._part_id and not self._has_picture:
            self._has_picture = True
            self._screen.images.show_frames(part_id, sorted(frames, key=self._has_no_alert))
            self.show(*self._last)

    def _has_no_alert(self, frame: PreviewFrame) -> bool:
        """Sorts what was stored as the engine does: first what keeps the part from an OK."""
        part = self._last[1].part
        return part is None or frame.camera_id not in dict(part.inspected.alerts)

    @Slot(int, object)
    def _on_thumbnail_read(self, part_id: int, picture: QImage) -> None:
        self._screen.strip.set_picture(part_id, picture)
