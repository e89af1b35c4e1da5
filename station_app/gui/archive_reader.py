"""Recorded parts read off the GUI thread: one worker, the newest wish list wins. The disk never stalls Qt."""

import logging
import threading
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from station_app.core.errors import StationError
from station_app.core.inspection import Pixels
from station_app.gui.link import ArchiveFactory, PartArchive
from station_app.gui.scaling import shrink

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the screen misses now: one whole image, then thumbnails for tiles `tile_px` wide, first wish first."""

    image: int | None = None
    thumbnails: tuple[int, ...] = ()
    tile_px: int = 96


class ArchiveReader(QObject):
    """`image_read` and `thumbnail_read` are emitted on the worker's thread: connect them queued."""

    image_read = Signal(int, object)
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
            if wishes.image != self._wishes.image:
                self._answered = {key for key in self._answered if key[0] == "thumbnail"}
            self._wishes = wishes
            kept = {("thumbnail", part_id) for part_id in wishes.thumbnails} | {("image", wishes.image or 0)}
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
                pixels = archive.image(part_id) if kind == "image" else archive.thumbnail(part_id)
            except StationError as error:
                _log.warning("part %s cannot be read back: %s", part_id, error)
                pixels = None
            self._tell(kind, part_id, pixels)

    def _tell(self, kind: str, part_id: int, pixels: Pixels | None) -> None:
        if kind == "image":
            self.image_read.emit(part_id, pixels)
        elif pixels is not None:
            self.thumbnail_read.emit(part_id, shrink(pixels, self._wishes.tile_px))

    def _next(self) -> tuple[str, int] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopping or self._open_wish() is not None)
            wanted = None if self._is_stopping else self._open_wish()
            if wanted is not None:
                self._answered.add(wanted)
            return wanted

    def _open_wish(self) -> tuple[str, int] | None:
        wishes = self._wishes
        wanted = [("image", wishes.image)] if wishes.image is not None else []
        wanted += [("thumbnail", part_id) for part_id in wishes.thumbnails]
        return next((wish for wish in wanted if wish not in self._answered), None)
