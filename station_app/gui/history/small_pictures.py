"""The small pictures of the rows in sight, read off the GUI thread a few at a time; what is not seen is not read."""

from collections import OrderedDict
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from station_app.core.errors import StationError
from station_app.gui.link import PartArchive
from station_app.gui.reading import Reader
from station_app.gui.scaling import shrink

_KIND = "pictures"
_AT_ONCE = 6
_KEPT = 240

Pictures = tuple[tuple[int, QImage | None], ...]


class SmallPictures(QObject):
    """`came` says that there are more. Keeps the latest ones seen. GUI thread."""

    came = Signal()

    def __init__(self, reader: Reader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._kept: OrderedDict[int, QImage | None] = OrderedDict()
        self._wanted: tuple[int, ...] = ()
        self._side_px = 96
        self._is_reading = False
        reader.answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        reader.refused.connect(self._on_refused, Qt.ConnectionType.QueuedConnection)

    def of(self, part_id: int) -> QImage | None:
        return self._kept.get(part_id)

    def want(self, part_ids: tuple[int, ...], side_px: int) -> None:
        """These rows are in sight now, on a screen where a picture is so wide; no others are read."""
        gone = set(self._wanted) - set(part_ids)
        self._wanted, self._side_px = part_ids, side_px
        for part_id in gone & self._kept.keys():
            if self._kept[part_id] is None:
                del self._kept[part_id]  # the part may have a picture when it is seen again
        for part_id in part_ids:
            if part_id in self._kept:
                self._kept.move_to_end(part_id)
        self._go_on()

    def forget(self) -> None:
        """The rows are not in sight any more."""
        self._wanted = ()
        self._kept.clear()

    def _go_on(self) -> None:
        missing = [part_id for part_id in self._wanted if part_id not in self._kept][:_AT_ONCE]
        if missing and not self._is_reading:
            self._is_reading = True
            self._reader.ask(_KIND, partial(_read, tuple(missing), self._side_px))

    @Slot(str, object)
    def _on_answered(self, kind: str, pictures: Pictures) -> None:
        if kind != _KIND:
            return
        self._is_reading = False
        self._kept.update(pictures)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        self.came.emit()
        self._go_on()

    @Slot(str, object)
    def _on_refused(self, kind: str, _: StationError) -> None:
        """The table's own pages say what is wrong; without pictures it is as good."""
        if kind == _KIND:
            self._is_reading = False


def _read(part_ids: tuple[int, ...], side_px: int, archive: PartArchive) -> Pictures:
    found = ((part_id, archive.thumbnail(part_id)) for part_id in part_ids)
    return tuple((part_id, None if pixels is None else shrink(pixels, side_px)) for part_id, pixels in found)
