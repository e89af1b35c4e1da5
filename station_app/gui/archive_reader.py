"""Recorded parts read off the GUI thread: one worker, the newest wish list wins. The disk never stalls Qt."""

import logging
import threading
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from station_app.core.errors import StationError
from station_app.gui.frames import StoredFrame
from station_app.gui.link import ArchiveFactory, PartArchive
from station_app.gui.scaling import shrink

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the screen misses: the images of one part, then thumbnails for tiles `tile_px` wide, first wish first."""

    images: int | None = None
    thumbnails: tuple[int, ...] = ()
    tile_px: int = 96


class ArchiveReader(QObject):
    """`images_read` carries the frames of a part, `thumbnail_read` its small picture. Both are emitted on the worker's
    thread: connect them queued."""

    images_read = Signal(int, object)
    thumbnail_read = Signal(int, object)

    def __init__(self, archive_factory: ArchiveFactory) -> None:
        super().__init__()
        self._archive_factory = archive_factory
        self._wishes = Wishes()
        self._answered: set[tuple[str, int]] = set()
        self._is_stopping = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._read_forever, name="gui-archive", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self._changed:
            self._is_stopping = True
            self._changed.notify()
        self._thread.join()

    def wish(self, wishes: Wishes) -> None:
        """Replaces what was wished before. A part is asked for once; a part that is not stored stays without."""
        with self._changed:
            if wishes.images != self._wishes.images:
                self._answered = {key for key in self._answered if key[0] == "thumbnail"}
            self._wishes = wishes
            kept = {("thumbnail", part_id) for part_id in wishes.thumbnails} | {("images", wishes.images or 0)}
            self._answered &= kept
            self._changed.notify()

    def ask_again(self) -> None:
        """What was not there when it was asked for is asked for once more."""
        with self._changed:
            self._answered.clear()
            self._changed.notify()

    def _read_forever(self) -> None:
        archive: PartArchive | None = None
        while (wanted := self._next()) is not None:
            kind, part_id = wanted
            try:
                archive = archive or self._archive_factory()
                self._read(archive, kind, part_id)
            except StationError as error:
                _log.warning("part %s cannot be read back: %s", part_id, error)

    def _read(self, archive: PartArchive, kind: str, part_id: int) -> None:
        """Nothing read is kept here: what is not shown any more is gone."""
        if kind == "images":
            frames = tuple(StoredFrame(camera_id, pixels) for camera_id, pixels in archive.images(part_id))
            self.images_read.emit(part_id, frames)
            return
        small = archive.thumbnail(part_id)
        if small is not None:
            self.thumbnail_read.emit(part_id, shrink(small, self._wishes.tile_px))

    def _next(self) -> tuple[str, int] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopping or self._open_wish() is not None)
            wanted = None if self._is_stopping else self._open_wish()
            if wanted is not None:
                self._answered.add(wanted)
            return wanted

    def _open_wish(self) -> tuple[str, int] | None:
        wishes = self._wishes
        wanted = [("images", wishes.images)] if wishes.images is not None else []
        wanted += [("thumbnail", part_id) for part_id in wishes.thumbnails]
        return next((wish for wish in wanted if wish not in self._answered), None)
